// Where `-o` sends a report: `FILE` takes the usual one, `FORMAT:FILE` one of its own beside it.
//
//   ParseReportTarget("sarif:out/overt.sarif")     // {"sarif", "out/overt.sarif"}
//   ParseReportTarget("a:b")                       // {"", "a:b"}: `a` is no format, so all of it is a path
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_REPORT_TARGET_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_REPORT_TARGET_H_

#include <string>

#include "absl/strings/string_view.h"

namespace overt::driver {

struct ReportTarget {
  std::string format;  // empty: that of the usual report
  std::string path;    // as written
};

ReportTarget ParseReportTarget(absl::string_view word);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_REPORT_TARGET_H_
