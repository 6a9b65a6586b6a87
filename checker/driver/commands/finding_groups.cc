#include "checker/driver/commands/finding_groups.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {

FindingGroup& FindingGroups::Of(const std::string& name) {
  FindingGroup& group = groups_[name];
  group.name = name;
  return group;
}

std::vector<FindingGroup> FindingGroups::LargestFirst() const {
  std::vector<FindingGroup> list;
  list.reserve(groups_.size());
  for (const auto& [name, group] : groups_) list.push_back(group);
  std::stable_sort(list.begin(), list.end(),
                   [](const FindingGroup& a, const FindingGroup& b) { return a.findings > b.findings; });
  return list;
}

std::string GroupNameOf(absl::string_view by, Rule rule, const Subject& subject, absl::string_view path) {
  if (by == "class") return subject.class_name;
  if (by == "base") return subject.base;
  return std::string(by == "path" ? path : NameOf(rule));
}

std::string ShownGroupName(absl::string_view by, const FindingGroup& group) {
  return group.name.empty() ? absl::StrCat("(no ", by, ")") : EscapeForTerminal(group.name);
}

}  // namespace overt::driver
