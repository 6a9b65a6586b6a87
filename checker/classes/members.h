// The parts that a class's own member table is made of. Internal to checker/classes.
//
//   class Rows(Base):
//       read = property(f)          # from the class body
//       def m(self): self.pos = 0   # from the instance scope
//   Rows.size = 3                   # beside the class
#ifndef OVERT_CHECKER_CLASSES_MEMBERS_H_
#define OVERT_CHECKER_CLASSES_MEMBERS_H_

#include "absl/container/inlined_vector.h"
#include "checker/classes/steps.h"

namespace overt::classes {

// A class whose members are being listed.
struct MemberTarget {
  Engine& engine;
  const ClassInfo& info;  // complete
  MemberTable& table;
  FileId file() const { return info.ref.file; }
};

MemberTable ComputeMembers(Engine& engine, ClassRef ref);
// The class's info with the flags that follow from its ancestors.
const ClassInfo& CompleteInfoOf(Engine& engine, ClassRef ref);

// members.cc, for a class statement: what the body binds.
void AddBodyMembers(const MemberTarget& target, const bind::ModuleIndex& index, NodeId class_def);
// instance_members.cc: what methods set on `self` and `cls`, and `__slots__`.
void AddInstanceMembers(const MemberTarget& target, const bind::ModuleIndex& index, NodeId class_def);
// injected_members.cc: what is set beside the class, by decorators and by the module.
void AddInjectedMembers(const MemberTarget& target);
// The functions that decorate the class.
absl::InlinedVector<NodeRef, 2> DecoratingFunctions(Engine& engine, const ClassInfo& info);
// metaclass_effect.cc: what the metaclass adds.
void AddMetaclassMembers(const MemberTarget& target);
const Injections& InjectionsOf(Engine& engine, FileId file);
// Whether something beside the class sets attributes whose names cannot be read.
bool HasUnknownInjections(Engine& engine, ClassRef ref);
// call_members.cc: fields and namespaces of class-making calls. True: the list is incomplete.
bool AddCallMembers(const MemberTarget& target, const bind::ModuleIndex& index, NodeId call);
// counterpart.cc: what the source beside a stub has.
void AddCounterpartMembers(const MemberTarget& target);
// synthesized/: what the language, dataclasses and friends add.
void AddSynthesizedMembers(const MemberTarget& target);

// --- Shared ---
Atom MemberName(const MemberTarget& target, absl::string_view name);  // mangled where Python mangles
Member MakeMember(const MemberTarget& target, absl::string_view name, MemberKind kind, TextRange range);
void AddSynthesized(const MemberTarget& target, absl::string_view name);
void AddSynthesizedList(const MemberTarget& target, absl::string_view space_separated);
// The name's own place in what binds it.
TextRange NameRangeOf(const grammar::Ast& ast, const bind::Definition& def);
// Whether the scope is that of `__init_subclass__`: its `cls` is each class that is made below, never the class itself.
bool IsOfInitSubclass(const bind::ModuleIndex& index, bind::ScopeId scope);
// Flags of `Final` and `ClassVar` in an annotation.
uint16_t QualifierFlags(Engine& engine, const Site& site, NodeId annotation);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_MEMBERS_H_
