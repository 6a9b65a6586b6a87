// Source: the documentation of collections.namedtuple; the typing specification, "Named Tuples".
#include "absl/algorithm/container.h"
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {
namespace {

constexpr absl::string_view kNames[] = {
    "__new__",  "_fields",        "_field_defaults", "_make",          "_asdict", "_replace",
    "__repr__", "__getnewargs__", "__slots__",       "__match_args__", "__doc__", "__orig_bases__",
};
constexpr absl::string_view kReplace = "__replace__";  // since 3.13

bool HasReplace(const grammar::PythonVersion& version) { return version >= grammar::PythonVersion{3, 13}; }

}  // namespace

void AddNamedTupleMembers(const MemberTarget& target) {
  for (const absl::string_view name : kNames) AddSynthesized(target, name);
  if (HasReplace(target.engine.program.options().target.version)) AddSynthesized(target, kReplace);
}

bool IsNamedTupleMember(absl::string_view name, const grammar::PythonVersion& version) {
  return absl::c_linear_search(kNames, name) || (name == kReplace && HasReplace(version));
}

}  // namespace overt::classes
