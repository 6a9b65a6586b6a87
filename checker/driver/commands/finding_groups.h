// Findings counted by what they have in common, the largest group first: `check --statistics`, `baseline show --by`.
//
//   FindingGroups groups;
//   groups.Of(GroupNameOf("base", finding.rule, finding.subject, path)).findings += 1;
//   groups.LargestFirst()[0].name       // "shop.base.Base"
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_FINDING_GROUPS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_FINDING_GROUPS_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "diagnostics/diagnostic.h"

namespace overt::driver {

struct FindingGroup {
  std::string name;
  Severity severity = Severity::kIgnore;  // the worst of its findings
  size_t findings = 0, fixable = 0;
};

class FindingGroups {
 public:
  FindingGroup& Of(const std::string& name);       // made, if it is not there
  std::vector<FindingGroup> LargestFirst() const;  // those of one size by their names

 private:
  std::map<std::string, FindingGroup> groups_;
};

// `by`: rule, class, base, path. Empty where a finding has no such thing.
std::string GroupNameOf(absl::string_view by, Rule rule, const Subject& subject, absl::string_view path);

// "(no base)" where there is no name. For a terminal.
std::string ShownGroupName(absl::string_view by, const FindingGroup& group);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_FINDING_GROUPS_H_
