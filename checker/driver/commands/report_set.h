// All reports of one run: the usual one, and those that `-o FORMAT:FILE` asks for beside it.
//
//   ReportSet reports(global, options);
//   reports.usual().Write(patch);                      // of `--diff`: there is one
//   const size_t left_out = reports.Print(result, FormatsFor(global, settings, reports.usual()));
//   for (const absl::Status& problem : reports.Finish()) …
//
// `--statistics`, `--max-diagnostics` and `--silent` are about the usual report, which people look at; the others hold
// all findings, for the programs that they are made for.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_REPORT_SET_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_REPORT_SET_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/commands.h"

namespace overt::driver {

class ReportSet {
 public:
  // Borrows both.
  ReportSet(const GlobalOptions& global, const CheckOptions& options);

  ReportSink& usual() { return usual_; }

  // `formats`: of the usual report. How many findings `--max-diagnostics` left out of it.
  size_t Print(const CheckResult& result, const std::vector<std::string>& formats);

  // Writes the files; what went wrong with each, in one line for people.
  std::vector<absl::Status> Finish();

 private:
  struct Further {
    std::string format;
    ReportSink sink;
  };

  const GlobalOptions& global_;
  const CheckOptions& options_;
  ReportSink usual_;
  std::vector<Further> further_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_REPORT_SET_H_
