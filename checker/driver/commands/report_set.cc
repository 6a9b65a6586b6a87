#include "checker/driver/commands/report_set.h"

#include <unistd.h>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/commands/statistics.h"
#include "checker/driver/terminal.h"

namespace overt::driver {
namespace {

ReportSink FileSink(const ReportTarget& target, const GlobalOptions& global) {
  return ReportSink::ToFile(AbsolutePath(target.path, global.config.current_folder),
                            absl::StrCat("--output ", target.path));
}

ReportSink UsualSink(const GlobalOptions& global, const CheckOptions& options) {
  const auto named = absl::c_find_if(options.outputs, [](const ReportTarget& one) { return one.format.empty(); });
  if (named != options.outputs.end()) return FileSink(*named, global);
  if (options.is_silent) return ReportSink::ToNowhere();
  // Standard output is for the text that was fixed.
  const bool is_taken = options.input && options.fixes() && !options.diff;
  return ReportSink::ToStream(is_taken ? STDERR_FILENO : STDOUT_FILENO);
}

}  // namespace

ReportSet::ReportSet(const GlobalOptions& global, const CheckOptions& options)
    : global_(global), options_(options), usual_(UsualSink(global, options)) {
  for (const ReportTarget& target : options.outputs) {
    if (!target.format.empty()) further_.push_back({target.format, FileSink(target, global)});
  }
}

size_t ReportSet::Print(const CheckResult& result, const std::vector<std::string>& formats) {
  for (Further& one : further_) {
    PrintReport(result, {{one.format}, std::nullopt, options_.shows_source}, global_, one.sink);
  }
  if (options_.statistics.empty()) {
    return PrintReport(result, {formats, options_.max_diagnostics, options_.shows_source}, global_, usual_);
  }
  PrintStatistics(result, options_.statistics, formats, usual_);
  return 0;
}

std::vector<absl::Status> ReportSet::Finish() {
  std::vector<absl::Status> problems;
  const auto finish = [&](ReportSink& sink) {
    if (absl::Status status = sink.Finish(); !status.ok()) problems.push_back(std::move(status));
  };
  finish(usual_);
  for (Further& one : further_) finish(one.sink);
  return problems;
}

}  // namespace overt::driver
