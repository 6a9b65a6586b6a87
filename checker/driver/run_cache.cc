#include "checker/driver/run_cache.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/terminal.h"
#include "checker/driver/workspace.h"
#include "diagnostics/render/renderer.h"
#include "stubs/locate.h"

namespace overt::driver {
namespace {

constexpr char kFolderVariable[] = "OVERT_CACHE_DIR";
constexpr size_t kMostOutput = 8u << 20;

RunRequest RequestOf(const GlobalOptions& global, const std::string& executable) {
  RunRequest request;
  request.words = global.words;
  request.current_folder = global.config.current_folder;
  request.program = grammar::StampOf(executable);
  request.stubs = grammar::StampOf(stubs::FindBundledStubs());
  request.stdout_is_terminal = IsTerminal(STDOUT_FILENO);
  request.stderr_is_terminal = IsTerminal(STDERR_FILENO);
  request.width = request.stdout_is_terminal ? TerminalWidth(STDOUT_FILENO) : 0;
  request.user = geteuid();
  request.group = getegid();
  return request;
}

size_t SizeOf(const std::vector<OutputChunk>& chunks) {
  size_t size = 0;
  for (const OutputChunk& chunk : chunks) size += chunk.text.size();
  return size;
}

}  // namespace

std::string CacheFolderFor(const GlobalOptions& global, const Settings& settings) {
  if (global.cache_dir) return AbsolutePath(*global.cache_dir, global.config.current_folder);
  if (const auto named = EnvironmentVariable(kFolderVariable)) {
    return AbsolutePath(*named, global.config.current_folder);
  }
  return settings.cache_folder.value_or(AbsolutePath(".overt_cache", settings.project));
}

void WriteSummary(absl::string_view summary, RunClock::time_point start) {
  const std::chrono::duration<double> elapsed = RunClock::now() - start;
  WriteForNow(STDERR_FILENO, absl::StrCat(summary, absl::StrFormat(" (%.2f s)\n", elapsed.count())));
}

RunCache::RunCache(const GlobalOptions& global, const std::vector<std::string>& paths, const ConfigLoader& config,
                   CacheUse use)
    : global_(global), use_(use) {
  if (use == CacheUse::kNothing || !global.use_cache || !global.crashed.empty() ||
      EnvironmentVariable("OVERT_NO_CACHE"))
    return;
  const std::string executable = stubs::ProgramPath();
  if (grammar::StampOf(executable).mode == 0) return;  // which program this is cannot be told
  if (use == CacheUse::kRuns) grammar::DiskLog::Start();
  const std::string first = AbsolutePaths(paths, global.config).front();
  const bool is_folder = grammar::AskKind(first).kind == grammar::PathKind::kFolder;
  const std::shared_ptr<const Settings> settings = config.SettingsFor(is_folder ? first + "/." : first);
  if (!config.problems().empty()) return;  // the run will end with them
  request_ = RequestOf(global, executable);
  Open(CacheFolderFor(global, *settings));
  if (store_ != nullptr && use == CacheUse::kRuns) OutputCapture::Start();
}

void RunCache::Open(const std::string& folder) {
  folder_ = folder;
  std::string why_not;
  store_ = program::CacheStore::Open(folder, {}, &why_not);
  if (store_ != nullptr) {
    trees_ = std::make_shared<program::TreeStore>(store_, request_.program);
  } else {
    Notify("is not used", why_not);
  }
}

void RunCache::Notify(absl::string_view what, const std::string& reason) const {
  if (global_.verbosity < 0) return;
  WriteForNow(STDERR_FILENO,
              absl::StrCat("overt: the cache ", EscapeForTerminal(folder_), " ", what, ": ", reason, "\n"));
}

void RunCache::Say(const std::string& text) const {
  if (global_.verbosity > 0) WriteForNow(STDERR_FILENO, absl::StrCat("overt: cache: ", text, "\n"));
}

std::optional<ExitCode> RunCache::Replay(RunClock::time_point start) {
  if (store_ == nullptr || use_ != CacheUse::kRuns) return std::nullopt;
  bool renewed = false;
  std::optional<RunRecord> record = FindRun(*store_, request_, &renewed);
  if (!record) return std::nullopt;
  for (const OutputChunk& chunk : record->output) WriteForNow(chunk.descriptor, chunk.text);
  if (!record->summary.empty()) WriteSummary(record->summary, start);
  Say(absl::StrCat("run replayed, ", record->files, " files"));
  if (renewed) KeepRun(*store_, request_, *record);
  store_->Commit();
  return static_cast<ExitCode>(record->exit_code);
}

void RunCache::Keep(ExitCode code, std::string summary, size_t files) {
  RunRecord record;
  record.output = OutputCapture::Take();
  std::optional<std::vector<grammar::DiskLog::Entry>> asked = grammar::DiskLog::Take();
  const bool is_plain = code == ExitCode::kClean || code == ExitCode::kFindings;
  if (!is_plain || !asked || OutputFailure() != 0 || SizeOf(record.output) > kMostOutput) return;
  record.asked = *std::move(asked);
  record.variables = grammar::DiskLog::TakeVariables();
  record.summary = std::move(summary);
  record.exit_code = static_cast<int>(code);
  record.files = files;
  KeepRun(*store_, request_, record);
}

void RunCache::Finish(ExitCode code, std::string summary, size_t files) {
  if (store_ == nullptr) return;
  if (use_ == CacheUse::kRuns) Keep(code, std::move(summary), files);
  const std::string problem = store_->Commit();
  const bool is_busy = problem == program::CacheStore::kBusy;
  Say(absl::StrCat(trees_->found(), " of ", trees_->asked(), " trees", is_busy ? "; nothing kept: " : "",
                   is_busy ? problem : ""));
  if (!problem.empty() && !is_busy) Notify("keeps nothing", problem);
}

}  // namespace overt::driver
