// `--statistics[=BY]`: how many findings each rule, class, base or file has, instead of the findings.
//
//   $ overt check --statistics=base
//       12  error    shop.base.Base (3 fixable)
//        1  warning  (no base)
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_STATISTICS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_STATISTICS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/session.h"

namespace overt::driver {

// Only text and JSON have such a table.
bool HasStatistics(const std::vector<std::string>& formats);
// `by`: rule, class, base, path.
void PrintStatistics(const CheckResult& result, const std::string& by, const std::vector<std::string>& formats,
                     ReportSink& sink);

// The table for people, a line for each group.
std::string StatisticsTable(const CheckResult& result, absl::string_view by);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_STATISTICS_H_
