// Source: CPython's Lib/enum.py (`EnumType.__new__`) sets these on every enumeration; typeshed has them on the
// metaclass or not at all.
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {

void AddEnumMembers(const MemberTarget& target) {
  AddSynthesizedList(target,
                     "__new__ _member_names_ _member_map_ _member_type_ _value2member_map_ _use_args_ _value_repr_ "
                     "_new_member_ _generate_next_value_");
}

}  // namespace overt::classes
