// What `overt check` says of findings in the end, in a format.
//
//   ReportSink sink = ReportSink::ToStream(STDOUT_FILENO);
//   PrintReport(result, {.formats = FormatsFor(global, settings, sink)}, global, sink);
//   sink.Finish()                                       // ok, or why the file of `--output` could not be written
//
// One report in one place: `report_set.h` has all of a run, `statistics.h` counts instead, `run_summary.h` the last
// line.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_CHECK_REPORT_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_CHECK_REPORT_H_

#include <cstddef>
#include <optional>
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
  static ReportSink ToFile(std::string path, std::string shown);  // absolute; the option with the path as written
  static ReportSink ToNowhere();

  void Write(absl::string_view text);
  absl::Status Finish();  // errors are one line for people

  bool is_terminal() const;
  bool is_standard_output() const;
  bool has_color(ColorChoice choice) const;
  size_t width() const;
  // Harmless where people or a CI system's log may read it, byte for byte where a program does.
  PatchStyle PatchStyleFor(ColorChoice choice) const;

 private:
  int descriptor_ = -1;  // a file has none, nor has nowhere, which has no path either
  std::string path_, shown_, contents_;
};

// More than one where nobody chose and GitHub's runner reads along.
std::vector<std::string> FormatsFor(const GlobalOptions& global, const Settings& settings, const ReportSink& sink);

RenderSummary SummaryOf(const CheckResult& result);

struct ReportStyle {
  std::vector<std::string> formats;           // all at once
  std::optional<size_t> most = std::nullopt;  // `--max-diagnostics`: so many findings, and no more
  bool shows_source = true;                   // `--no-source`
};

// How many findings were left out because of `style.most`.
size_t PrintReport(const CheckResult& result, const ReportStyle& style, const GlobalOptions& global, ReportSink& sink);

// Why one report after the other is of no use in a format; empty if it is.
std::string WhyNotToWatchIn(absl::string_view format);

std::string Counted(size_t number, absl::string_view what);  // "1 file", "2 files"

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_CHECK_REPORT_H_
