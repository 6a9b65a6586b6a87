// `overt doctor`: this program, the configuration, the environment, the cache, and what else in the project calls
// overt, in one report for a bug report. Looks only: starts nothing, writes nothing.
#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/driver/commands/check_report.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/environment_text.h"
#include "checker/driver/redact.h"
#include "checker/driver/run_cache.h"
#include "checker/driver/version.h"
#include "checker/driver/workspace.h"
#include "checker/program/cache_store.h"
#include "checker/resolve/disk.h"
#include "stubs/locate.h"

namespace overt::driver {
namespace {

using DoctorJson = nlohmann::ordered_json;

std::string TextOf(const DoctorJson& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

// --- What is looked at -----------------------------------------------------------------------------------------------

std::string PlacedMessage(const ConfigProblem& problem) {
  std::string place = problem.file;
  if (problem.line > 0) absl::StrAppend(&place, ":", problem.line, ":", problem.column);
  return absl::StrCat(place, place.empty() ? "" : ": ", problem.message);
}

DoctorJson AboutProgram() {
  utsname system{};
  uname(&system);
  return {{"version", kVersion},
          {"commit", Commit()},
          {"build", BuildDescription()},
          {"program", stubs::ProgramPath()},
          {"stubs", stubs::FindBundledStubs()},
          {"system", absl::StrCat(system.sysname, " ", system.release, " ", system.machine)}};
}

DoctorJson AboutConfiguration(const ConfigLoader& config, const Settings& settings) {
  DoctorJson problems = DoctorJson::array(), remarks = DoctorJson::array();
  for (const ConfigProblem& one : config.problems()) problems.push_back(PlacedMessage(one));
  for (const ConfigProblem& one : config.remarks()) remarks.push_back(PlacedMessage(one));
  return {{"project", settings.project},
          {"file", settings.config_file.empty() ? DoctorJson() : DoctorJson(settings.config_file)},
          {"problems", std::move(problems)},
          {"remarks", std::move(remarks)}};
}

DoctorJson AboutEnvironment(const Session& session, const std::string& path) {
  const std::string error = session.EnvironmentError(path);
  const Snapshot snapshot = session.SnapshotFor(path);
  const resolve::Resolver& resolver = snapshot.program->resolver();
  DoctorJson lines = DoctorJson::array();
  for (const absl::string_view line :
       absl::StrSplit(EnvironmentText(resolver.environment(), resolver.stubs().commit()), '\n', absl::SkipEmpty())) {
    lines.push_back(std::string(line));
  }
  return {{"problem", error.empty() ? DoctorJson() : DoctorJson(error)}, {"report", std::move(lines)}};
}

uint64_t BytesBelow(const std::string& folder) {
  namespace fs = std::filesystem;
  uint64_t bytes = 0;
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
       !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored)) continue;
    const uint64_t size = at->file_size(ignored);
    if (!ignored) bytes += size;
  }
  return bytes;
}

DoctorJson AboutCache(const GlobalOptions& global, const Settings& settings) {
  const std::string folder = CacheFolderFor(global, settings);
  DoctorJson cache = {{"folder", folder}, {"state", "not there yet"}, {"bytes", 0}};
  if (!global.use_cache || EnvironmentVariable("OVERT_NO_CACHE")) {
    cache["state"] = "switched off";
    return cache;
  }
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(folder, error))) return cache;
  std::string why_not;
  const bool is_usable = program::CacheStore::Open(folder, {}, &why_not) != nullptr;
  cache["state"] = is_usable ? "healthy" : absl::StrCat("not used: ", why_not);
  cache["bytes"] = BytesBelow(folder);
  return cache;
}

// The version that an installed program has, by the metadata of its package beside it; empty if that says nothing.
std::string InstalledVersion(const std::string& program) {
  namespace fs = std::filesystem;
  const std::string library = resolve::Parent(resolve::Parent(program)) + "/lib";
  std::error_code error;
  for (auto at = fs::directory_iterator(library, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    std::error_code ignored;
    for (auto one = fs::directory_iterator(at->path() / "site-packages", ignored);
         !ignored && one != fs::directory_iterator(); one.increment(ignored)) {
      const std::string name = one->path().filename().string();
      absl::string_view version = name;
      if (absl::ConsumePrefix(&version, "overt-") && absl::ConsumeSuffix(&version, ".dist-info")) {
        return std::string(version);
      }
    }
  }
  return "";
}

// A program that somebody who types `overt`, or an editor, would start.
void AddProgram(absl::string_view where, const std::string& path, DoctorJson& programs) {
  const bool is_this = resolve::RealPath(path) == resolve::RealPath(stubs::ProgramPath());
  const std::string version = is_this ? kVersion : InstalledVersion(path);
  programs.push_back({{"where", where},
                      {"path", path},
                      {"is_this", is_this},
                      {"version", version.empty() ? DoctorJson() : DoctorJson(version)}});
}

DoctorJson AboutPrograms(const std::string& prefix) {
  DoctorJson programs = DoctorJson::array();
  const std::string path = EnvironmentVariable("PATH").value_or("");
  for (const absl::string_view folder : absl::StrSplit(path, ':', absl::SkipEmpty())) {
    const std::string candidate = absl::StrCat(folder, "/overt");
    if (!resolve::IsFile(candidate) || access(candidate.c_str(), X_OK) != 0) continue;
    AddProgram("PATH", candidate, programs);
    break;
  }
  const std::string own = absl::StrCat(prefix, "/bin/overt");
  if (!prefix.empty() && resolve::IsFile(own)) AddProgram("the project's environment", own, programs);
  return programs;
}

// One repository of `.pre-commit-config.yaml`, as far as its lines say it.
struct HookRepository {
  std::string url, revision;
  size_t line = 0;
  bool is_overt = false;
};

// The value of `key: value`, without quotes and comment; empty if the line has another key.
std::string YamlValue(absl::string_view line, absl::string_view key) {
  line = absl::StripLeadingAsciiWhitespace(line);
  while (absl::ConsumePrefix(&line, "- ")) line = absl::StripLeadingAsciiWhitespace(line);
  if (!absl::ConsumePrefix(&line, key) || !absl::ConsumePrefix(&line, ":")) return "";
  line = absl::StripAsciiWhitespace(line.substr(0, line.find(" #")));
  if (line.size() >= 2 && (line.front() == '"' || line.front() == '\'') && line.back() == line.front()) {
    line = line.substr(1, line.size() - 2);
  }
  return std::string(line);
}

std::vector<HookRepository> HookRepositories(absl::string_view text) {
  std::vector<HookRepository> all;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (const std::string url = YamlValue(line, "repo"); !url.empty()) {
      all.push_back({url, "", number, absl::StrContains(url, "overt")});
    }
    if (all.empty()) continue;
    if (const std::string revision = YamlValue(line, "rev"); !revision.empty()) all.back().revision = revision;
    const std::string id = YamlValue(line, "id");
    all.back().is_overt |= id == "overt" || absl::StartsWith(id, "overt-");
  }
  std::erase_if(all, [](const HookRepository& one) { return !one.is_overt; });
  return all;
}

DoctorJson AboutHooks(const std::string& project) {
  DoctorJson hooks = DoctorJson::array();
  constexpr absl::string_view kHooks = ".pre-commit-config.yaml";
  for (const HookRepository& one : HookRepositories(resolve::ReadSmallText(absl::StrCat(project, "/", kHooks)))) {
    absl::string_view version = one.revision;
    absl::ConsumePrefix(&version, "v");
    hooks.push_back({{"file", kHooks},
                     {"line", one.line},
                     {"repo", one.url},
                     {"rev", one.revision.empty() ? DoctorJson() : DoctorJson(one.revision)},
                     {"is_this_version", one.url == "local" || version == kVersion}});
  }
  return hooks;
}

DoctorJson AboutFiles(const FoundFiles& found) {
  size_t excluded = 0;
  for (const FoundFiles::Excluded& one : found.excluded) excluded += one.files + one.folders;
  return {{"checked", found.files.size()}, {"left_out", excluded}, {"skipped", found.skipped.size()}};
}

// --- What is wrong ---------------------------------------------------------------------------------------------------

DoctorJson ProblemsOf(const DoctorJson& report) {
  DoctorJson problems = DoctorJson::array();
  const auto add = [&](const std::string& text) { problems.push_back(text); };
  if (report.contains("installation")) add(TextOf(report["installation"]));
  if (report.contains("configuration")) {
    for (const DoctorJson& one : report["configuration"]["problems"]) add(TextOf(one));
  }
  if (report.contains("environment") && !report["environment"]["problem"].is_null()) {
    add(TextOf(report["environment"]["problem"]));
  }
  if (report.contains("cache") && absl::StartsWith(TextOf(report["cache"]["state"]), "not used")) {
    add(absl::StrCat("the cache is ", TextOf(report["cache"]["state"])));
  }
  for (const DoctorJson& one : report.value("programs", DoctorJson::array())) {
    if (one["is_this"] || one["version"] == kVersion) continue;
    const std::string version =
        one["version"].is_null() ? "another program" : absl::StrCat("overt ", TextOf(one["version"]));
    add(absl::StrCat(TextOf(one["path"]), " (", TextOf(one["where"]), ") is ", version, ", this is overt ", kVersion));
  }
  for (const DoctorJson& one : report.value("hooks", DoctorJson::array())) {
    if (one["is_this_version"]) continue;
    add(absl::StrCat(TextOf(one["file"]), ":", one["line"].get<size_t>(), ": the hook is of ",
                     one["rev"].is_null() ? "no revision" : TextOf(one["rev"]), ", this is overt ", kVersion));
  }
  return problems;
}

// --- The report as text ----------------------------------------------------------------------------------------------

class DoctorText {
 public:
  explicit DoctorText(const DoctorJson& report) : report_(report) {}

  std::string Write() {
    const DoctorJson& own = report_["overt"];
    Line(absl::StrCat("overt ", TextOf(own["version"]), ", commit ", TextOf(own["commit"])));
    for (const char* key : {"build", "program", "stubs", "system"}) Named(key, own[key]);
    Named("folder", report_["folder"]);
    if (report_.contains("configuration")) WriteProject();
    Heading("problems");
    for (const DoctorJson& one : report_["problems"]) Line("  " + TextOf(one));
    if (report_["problems"].empty()) Line("  none found");
    return std::move(out_);
  }

 private:
  void Line(const std::string& text) { absl::StrAppend(&out_, EscapeForTerminal(text), "\n"); }
  void Heading(absl::string_view name) { absl::StrAppend(&out_, "\n", name, "\n"); }
  void Named(absl::string_view key, const DoctorJson& value) {
    Line(absl::StrCat("  ", key, ": ", value.is_null() ? "none" : TextOf(value)));
  }

  void WriteProject() {
    Heading("configuration");
    for (const char* key : {"project", "file"}) Named(key, report_["configuration"][key]);
    for (const DoctorJson& one : report_["configuration"]["remarks"]) Named("note", one);
    Heading("environment");
    for (const DoctorJson& one : report_["environment"]["report"]) Line("  " + TextOf(one));
    Heading("cache");
    const double mebi = static_cast<double>(report_["cache"]["bytes"].get<uint64_t>()) / (1u << 20);
    Line(absl::StrCat("  ", TextOf(report_["cache"]["folder"]), ": ", TextOf(report_["cache"]["state"]),
                      mebi > 0 ? absl::StrFormat(", %.1f MiB", mebi) : ""));
    Heading("files");
    const DoctorJson& files = report_["files"];
    Line(absl::StrCat("  ", Counted(files["checked"].get<size_t>(), "Python file"), " to check; left out by patterns: ",
                      files["left_out"].get<size_t>(), "; skipped: ", files["skipped"].get<size_t>()));
    Heading("who else calls overt");
    for (const DoctorJson& one : report_["programs"]) {
      const std::string version = one["is_this"]             ? "this program"
                                  : one["version"].is_null() ? "its version is not known, for it is not started"
                                                             : absl::StrCat("overt ", TextOf(one["version"]));
      Line(absl::StrCat("  ", TextOf(one["where"]), ": ", TextOf(one["path"]), ": ", version));
    }
    for (const DoctorJson& one : report_["hooks"]) {
      Line(absl::StrCat("  ", TextOf(one["file"]), ":", one["line"].get<size_t>(), ": ", TextOf(one["repo"]),
                        one["rev"].is_null() ? "" : absl::StrCat(", ", TextOf(one["rev"]))));
    }
    if (report_["programs"].empty() && report_["hooks"].empty()) Line("  nobody: no `overt` on PATH, no hook");
  }

  const DoctorJson& report_;
  std::string out_;
};

void RedactAll(const Redactor& redactor, DoctorJson& value) {
  if (value.is_string()) {
    value = redactor.Redacted(value.get_ref<const std::string&>());
  } else if (value.is_structured()) {
    for (DoctorJson& one : value) RedactAll(redactor, one);
  }
}

Redactor RedactorOfThisUser() {
  std::vector<std::string> users = {EnvironmentVariable("USER").value_or(""),
                                    EnvironmentVariable("LOGNAME").value_or("")};
  if (const passwd* entry = getpwuid(geteuid()); entry != nullptr) users.emplace_back(entry->pw_name);
  return Redactor(EnvironmentVariable("HOME").value_or(""), std::move(users));
}

}  // namespace

ExitCode RunDoctor(const GlobalOptions& global, const DoctorOptions& options) {
  const std::string& folder = global.config.start();
  DoctorJson report = {{"schema_version", 1}, {"overt", AboutProgram()}, {"folder", folder}};
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (workspace.ok()) {
    const Session& session = (*workspace)->session();
    const std::string path = folder + "/.";
    const FoundFiles found = session.FindFiles({folder});
    const std::shared_ptr<const Settings> settings = (*workspace)->config().SettingsFor(path);
    report["environment"] = AboutEnvironment(session, path);
    report["configuration"] = AboutConfiguration((*workspace)->config(), *settings);
    report["cache"] = AboutCache(global, *settings);
    report["files"] = AboutFiles(found);
    report["programs"] = AboutPrograms(session.SnapshotFor(path).program->resolver().environment().prefix);
    report["hooks"] = AboutHooks(settings->project);
  } else {
    report["installation"] = std::string(workspace.status().message());
  }
  report["problems"] = ProblemsOf(report);
  if (options.redact) RedactAll(RedactorOfThisUser(), report);
  WriteAll(STDOUT_FILENO, options.output_format == "json" ? JsonDocument(report) : DoctorText(report).Write());
  return report["problems"].empty() ? ExitCode::kClean : ExitCode::kFindings;
}

}  // namespace overt::driver
