// Members that no statement writes: the language and its libraries make them from what the class is.
//
//   @dataclass(order=True)
//   class P: x: int             # __init__, __repr__, __eq__, __lt__, __le__, __gt__, __ge__, __hash__, __match_args__,
//   …
//
// Each function adds what is not there yet. Internal to checker/classes.
#ifndef OVERT_CHECKER_CLASSES_SYNTHESIZED_SYNTHESIZED_H_
#define OVERT_CHECKER_CLASSES_SYNTHESIZED_SYNTHESIZED_H_

#include "checker/classes/members.h"

namespace overt::classes {

void AddDataclassMembers(const MemberTarget& target);
void AddNamedTupleMembers(const MemberTarget& target);
// Whether each named tuple has that name before anything of its body is added.
bool IsNamedTupleMember(absl::string_view name, const grammar::PythonVersion& version);
void AddEnumMembers(const MemberTarget& target);
void AddTypedDictMembers(const MemberTarget& target);
void AddTotalOrderingMembers(const MemberTarget& target);
// What CPython's own classes have and typeshed does not say.
void AddRuntimeMembers(const MemberTarget& target);
// What typeshed says and CPython's own classes do not have.
void MarkDeclaredOnly(const MemberTarget& target);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_SYNTHESIZED_SYNTHESIZED_H_
