// Source: the documentation of collections.namedtuple; the typing specification, "Named Tuples".
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {

void AddNamedTupleMembers(const MemberTarget& target) {
  AddSynthesizedList(target,
                     "__new__ _fields _field_defaults _make _asdict _replace __repr__ __getnewargs__ __slots__ "
                     "__match_args__ __doc__ __orig_bases__");
  if (target.engine.program.options().target.version >= grammar::PythonVersion{3, 13}) {
    AddSynthesized(target, "__replace__");
  }
}

}  // namespace overt::classes
