#include "checker/driver/commands/check_report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "checker/driver/version.h"
#include "checker/driver/write_back.h"
#include "checker/resolve/disk.h"

namespace overt::driver {
namespace {

// Texts of the files that diagnostics point into, read once each.
class SourceCache {
 public:
  SourceView Get(const program::Program& program, FileId file, const Renderer& renderer) {
    auto& text = texts_[{&program, file}];
    if (text == nullptr) text = std::make_unique<program::FileText>(program.Text(file));
    const program::FileInfo& info = program.file(file);
    const bool is_whole = !renderer.takes_upward_paths() && absl::StartsWith(info.display, "../");
    return {is_whole ? info.path : info.display, text->text, text->line_starts};
  }

 private:
  absl::flat_hash_map<std::pair<const program::Program*, FileId>, std::unique_ptr<program::FileText>> texts_;
};

// Of one file, in the order of their places; what is more is counted only. Nobody reads so many, and what a report
// holds must have a bound.
constexpr size_t kMostShownOfAFile = 10'000;

// What a baseline accepts stands among the others, for the formats that take it.
std::vector<const Diagnostic*> ToShow(const FileReport& file) {
  std::vector<const Diagnostic*> all;
  for (const std::vector<Diagnostic>* findings : {&file.diagnostics, &file.accepted}) {
    const size_t shown = std::min(findings->size(), kMostShownOfAFile);
    for (const Diagnostic& one : absl::MakeConstSpan(*findings).first(shown)) all.push_back(&one);
  }
  if (!file.accepted.empty()) {
    absl::c_stable_sort(all, [](const Diagnostic* a, const Diagnostic* b) { return ComesBefore(*a, *b); });
  }
  return all;
}

// Of one file all that is accepted is hidden, or nothing.
bool IsHidden(const Diagnostic& diagnostic, const FileReport& file) {
  return diagnostic.standing == Standing::kAccepted && !file.accepted.empty();
}

bool IsRegularFile(int descriptor) {
  struct stat status{};
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

// Into what is there and no regular file: `/dev/null`, a pipe with a name.
absl::Status WriteThrough(const std::string& path, absl::string_view text) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return absl::UnavailableError(strerror(errno));
  const int error = WriteFully(descriptor, text);
  close(descriptor);
  return error == 0 ? absl::OkStatus() : absl::UnavailableError(strerror(error));
}

absl::Status WriteReportFile(const std::string& path, absl::string_view text) {
  struct stat status{};
  constexpr unsigned kMode = 0644;
  if (!resolve::IsFolder(resolve::Parent(path))) return absl::NotFoundError("its folder does not exist");
  if (stat(path.c_str(), &status) != 0) return WriteNewFile(path, text, kMode);
  if (S_ISDIR(status.st_mode)) return absl::FailedPreconditionError("it is a folder");
  if (!S_ISREG(status.st_mode)) return WriteThrough(path, text);
  return WriteNewFile(resolve::RealPath(path), text, status.st_mode & 07777);
}

}  // namespace

ReportSink ReportSink::ToStream(int descriptor) {
  ReportSink sink;
  sink.descriptor_ = descriptor;
  return sink;
}

ReportSink ReportSink::ToFile(std::string path, std::string shown) {
  ReportSink sink;
  sink.path_ = std::move(path);
  sink.shown_ = std::move(shown);
  return sink;
}

ReportSink ReportSink::ToNowhere() { return {}; }

void ReportSink::Write(absl::string_view text) {
  if (descriptor_ >= 0) {
    WriteAll(descriptor_, text);
  } else if (!path_.empty()) {
    contents_.append(text.data(), text.size());
  }
}

absl::Status ReportSink::Finish() {
  if (path_.empty()) return absl::OkStatus();
  absl::Status written = WriteReportFile(path_, contents_);
  if (written.ok()) return written;
  return absl::UnavailableError(absl::StrCat(shown_, ": cannot be written: ", written.message()));
}

bool ReportSink::is_terminal() const { return descriptor_ >= 0 && IsTerminal(descriptor_); }
bool ReportSink::is_standard_output() const { return descriptor_ == STDOUT_FILENO; }

bool ReportSink::has_color(ColorChoice choice) const {
  return descriptor_ >= 0 ? UseColor(choice, descriptor_) : choice == ColorChoice::kAlways;
}

size_t ReportSink::width() const { return TerminalWidth(descriptor_); }

PatchStyle ReportSink::PatchStyleFor(ColorChoice choice) const {
  const bool is_in_log = descriptor_ >= 0 && IsInCi() && !IsRegularFile(descriptor_);
  const bool is_colored = has_color(choice);
  return {is_terminal() || is_in_log || is_colored, is_colored};
}

std::vector<std::string> FormatsFor(const GlobalOptions& global, const Settings& settings, const ReportSink& sink) {
  if (global.config.output_format) return {*global.config.output_format};
  if (const auto chosen = EnvironmentVariable(kFormatVariable)) return {*chosen};
  if (!settings.terminal.output_format.empty()) return {settings.terminal.output_format};
  if (sink.is_standard_output() && EnvironmentVariable("GITHUB_ACTIONS") == "true") return {"concise", "github"};
  return {sink.is_terminal() ? "full" : "concise"};
}

RenderSummary SummaryOf(const CheckResult& result) {
  RenderSummary summary;
  summary.errors = result.errors;
  summary.warnings = result.warnings;
  summary.infos = result.infos;
  summary.hidden = result.hidden;
  summary.files = result.files.size();
  for (const FileReport& file : result.files) {
    summary.classes += file.classes;
    summary.override_pairs += file.override_pairs;
    if (file.diagnostics.size() > kMostShownOfAFile) {
      summary.omitted.push_back({file.display, file.diagnostics.size() - kMostShownOfAFile});
    }
    if (!file.internal_error.empty()) {
      summary.internal_errors.push_back(absl::StrCat(file.display, ": ", file.internal_error));
    }
  }
  for (const auto& [path, reason] : result.crashed_elsewhere) {
    summary.internal_errors.push_back(absl::StrCat(path, ": ", reason));
  }
  return summary;
}

namespace {

// The renderers of one report, with what they have said and nobody has written yet.
class ReportRun {
 public:
  ReportRun(const ReportStyle& style, const GlobalOptions& global, ReportSink& sink) : style_(style), sink_(sink) {
    RenderOptions render;
    render.color = sink.has_color(global.color) ? Color::kAnsi : Color::kPlain;
    render.width = sink.width();
    render.version = kVersion;
    render.folder = global.config.current_folder;
    render.shows_source = style.shows_source;
    render.shows_origin = global.verbosity > 0;
    renderers_.reserve(style.formats.size());
    for (const std::string& format : style.formats) renderers_.push_back(MakeRenderer(format, render));
    for (const auto& renderer : renderers_) renderer->Begin(out_);
  }

  // Of a file, as many as there is room for.
  void Add(const FileReport& file) {
    for (const Diagnostic* diagnostic : ToShow(file)) {
      const bool is_hidden = IsHidden(*diagnostic, file);
      if (!is_hidden && shown_ == style_.most) return;
      shown_ += is_hidden ? 0 : 1;
      for (const auto& renderer : renderers_) {
        if (is_hidden && !renderer->takes_accepted()) continue;
        renderer->Add(*diagnostic, [&](FileId id) { return sources_.Get(*file.program, id, *renderer); }, out_);
      }
      constexpr size_t kEnough = 1u << 16;
      if (out_.size() > kEnough) Flush();
    }
  }

  // How many findings had no room.
  size_t End(RenderSummary summary) {
    const size_t findings = summary.errors + summary.warnings + summary.infos;
    const bool is_full = shown_ == style_.most && shown_ < findings;
    if (is_full) summary.unlisted = findings - shown_;
    if (is_full) summary.omitted.clear();  // who left them out is said for all files at once
    for (const auto& renderer : renderers_) renderer->End(summary, out_);
    Flush();
    return summary.unlisted;
  }

 private:
  void Flush() {
    sink_.Write(out_);
    out_.clear();
  }

  const ReportStyle& style_;
  ReportSink& sink_;
  std::vector<std::unique_ptr<Renderer>> renderers_;
  SourceCache sources_;
  std::string out_;
  size_t shown_ = 0;
};

}  // namespace

size_t PrintReport(const CheckResult& result, const ReportStyle& style, const GlobalOptions& global, ReportSink& sink) {
  ReportRun run(style, global, sink);
  for (const FileReport& file : result.files) run.Add(file);
  return run.End(SummaryOf(result));
}

std::string WhyNotToWatchIn(absl::string_view format) {
  // What reads these takes one document, which is handed on whole.
  if (format != "sarif" && format != "gitlab" && format != "junit") return "";
  return absl::StrCat("`--watch` prints one report after the other, and `", format, "` is one document");
}

std::string Counted(size_t number, absl::string_view what) {
  return absl::StrCat(number, " ", what, number == 1 ? "" : "s");
}

}  // namespace overt::driver
