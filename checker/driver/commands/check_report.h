// What `overt check` says in the end: findings in a format, or counts of them, and the line that sums them up.
//
//   ReportSink sink = ReportSink::ToStream(STDOUT_FILENO);
//   PrintReport(result, FormatsFor(global, settings, sink), global, sink);
//   sink.Finish()                                       // ok, or why the file of `--output` could not be written
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_CHECK_REPORT_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_CHECK_REPORT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "checker/driver/cli.h"
#include "checker/driver/patch.h"
#include "checker/driver/session.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {

// Where a report goes: a stream, or a file that is written whole at the end.
class ReportSink {
 public:
  static ReportSink ToStream(int descriptor);
  static ReportSink ToFile(std::string path, std::string shown);  // absolute; as the user wrote it

  void Write(absl::string_view text);
  absl::Status Finish();  // errors are one line for people

  bool is_terminal() const;
  bool is_standard_output() const;
  bool has_color(ColorChoice choice) const;
  size_t width() const;
  // Harmless where people or a CI system's log may read it, byte for byte where a program does.
  PatchStyle PatchStyleFor(ColorChoice choice) const;

 private:
  int descriptor_ = -1;  // a file has none
  std::string path_, shown_, contents_;
};

// More than one where nobody chose and GitHub's runner reads along.
std::vector<std::string> FormatsFor(const GlobalOptions& global, const Settings& settings, const ReportSink& sink);

RenderSummary SummaryOf(const CheckResult& result);

// In all the formats at once.
void PrintReport(const CheckResult& result, const std::vector<std::string>& formats, const GlobalOptions& global,
                 ReportSink& sink);

// Why one report after the other is of no use in a format; empty if it is.
std::string WhyNotToWatchIn(absl::string_view format);

// `--statistics`: how often each rule was broken. Only text and JSON have such a table.
bool HasStatistics(const std::vector<std::string>& formats);
void PrintStatistics(const CheckResult& result, const std::vector<std::string>& formats, ReportSink& sink);

// The last line, up to the time that the run took. `fixable` of the findings can be fixed safely.
std::string SummaryLine(const CheckResult& result, size_t fixable);

std::string Counted(size_t number, absl::string_view what);  // "1 file", "2 files"

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_CHECK_REPORT_H_
