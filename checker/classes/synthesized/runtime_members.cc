// Where CPython's own classes and their stubs disagree on what is there.
#include "absl/strings/str_split.h"
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {
namespace {

struct MembersRow {
  absl::string_view module;
  absl::string_view name;
  absl::string_view members;  // separated by spaces
};

constexpr MembersRow kRuntimeMembers[] = {
#define RUNTIME_MEMBERS(module, name, members) {module, name, members},
#include "checker/classes/synthesized/runtime_members.def"
};

constexpr MembersRow kDeclaredOnly[] = {
#define DECLARED_ONLY(module, name, members) {module, name, members},
#include "checker/classes/synthesized/declared_only.def"
};

template <size_t kCount>
absl::string_view MembersIn(const MembersRow (&rows)[kCount], const MemberTarget& target) {
  const program::FileInfo& file = target.engine.program.file(target.file());
  const bool is_library = file.is_bundled && file.family == resolve::ResolvedModule::Family::kStandardLibrary;
  if (!is_library || target.info.is(ClassFlags::kInFunction)) return "";
  for (const MembersRow& row : rows) {
    if (row.name == target.info.name && row.module == file.module) return row.members;
  }
  return "";
}

}  // namespace

void AddRuntimeMembers(const MemberTarget& target) { AddSynthesizedList(target, MembersIn(kRuntimeMembers, target)); }

void MarkDeclaredOnly(const MemberTarget& target) {
  for (const absl::string_view name : absl::StrSplit(MembersIn(kDeclaredOnly, target), ' ', absl::SkipEmpty())) {
    target.table.Mark(target.engine.Intern(name), MemberFlags::kTypeCheckingOnly);
  }
}

}  // namespace overt::classes
