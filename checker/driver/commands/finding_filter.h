// Which of the findings of a run are reported: `--select`, `--only` and `--min-severity`.
//
//   KeepSelected(rules, result);          // `--select`: the others were never asked for
//   … fixes are made, baselines compared …
//   HideUnwanted(filter, result);         // `--only`, `--min-severity`: the others are there, and counted as hidden
//
// What is hidden was found all the same: a baseline keeps its entry, and the comment that silences it is in use.
// Changes no level: `--only missing-override` reports nothing where the rule is off.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_FINDING_FILTER_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_FINDING_FILTER_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "checker/driver/session.h"
#include "diagnostics/rule.h"

namespace overt::driver {

struct FindingFilter {
  Severity least = Severity::kIgnore;  // `--min-severity`
  std::vector<std::string> only;       // `--only`: rules and groups as written; empty: all

  bool hides() const { return least != Severity::kIgnore || !only.empty(); }
};

// What all these names of rules and groups stand for; of those that are none, nothing.
std::vector<Rule> RulesOf(const std::vector<std::string>& names);

// Leaves findings of these rules, if there are any, and syntax errors: in a file that Python refuses nothing else is
// certain to be found.
void KeepSelected(absl::Span<const Rule> rules, CheckResult& result);

// Syntax errors stay here too, unless their level is too low. What comments and baselines have accepted is counted as
// before.
void HideUnwanted(const FindingFilter& filter, CheckResult& result);

// The rules that `--only` names one by one although no file of the run has them on, where none of them was found.
std::vector<Rule> NamedThoughOff(const FindingFilter& filter, const CheckResult& result, const Session& session);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_FINDING_FILTER_H_
