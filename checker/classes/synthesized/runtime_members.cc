#include "absl/strings/str_split.h"
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {
namespace {

struct MembersRow {
  absl::string_view module;
  absl::string_view name;
  absl::string_view members;
};

constexpr MembersRow kMembers[] = {
#define RUNTIME_MEMBERS(module, name, members) {module, name, members},
#include "checker/classes/synthesized/runtime_members.def"
};

}  // namespace

void AddRuntimeMembers(const MemberTarget& target) {
  const program::FileInfo& file = target.engine.program.file(target.file());
  if (!file.is_bundled || file.family != resolve::ResolvedModule::Family::kStandardLibrary) return;
  if (target.info.is(ClassFlags::kInFunction)) return;
  for (const MembersRow& row : kMembers) {
    if (row.name == target.info.name && row.module == file.module) AddSynthesizedList(target, row.members);
  }
}

}  // namespace overt::classes
