// Source: the documentation of typing.TypedDict. The keys are items, not attributes.
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {

void AddTypedDictMembers(const MemberTarget& target) {
  AddSynthesizedList(target, "__total__ __required_keys__ __optional_keys__ __annotations__ __orig_bases__");
  if (target.engine.program.options().target.version >= grammar::PythonVersion{3, 13}) {
    AddSynthesizedList(target, "__readonly_keys__ __mutable_keys__");
  }
}

}  // namespace overt::classes
