// `overt/debugInfo`: what a bug report about the server needs, as JSON and as a text to paste. What `overt doctor` says
// of a project in the terminal, this says of the process that an editor runs: its folders, its settings, its size.
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/version.h"
#include "checker/lsp/requests.h"

namespace overt::lsp {
namespace {

constexpr int kDebugInfoVersion = 1;  // grows when a key goes or means something else

Json ProgramInfo() {
  utsname system{};
  uname(&system);
  return {{"version", driver::kVersion},
          {"commit", driver::Commit()},
          {"build", driver::BuildDescription()},
          {"system", absl::StrCat(system.sysname, " ", system.release, " ", system.machine)}};
}

// Of this process now, and at its largest. 0 where the system does not say.
Json MemoryInfo() {
  uint64_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return {{"resident_bytes", resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE))},
          {"peak_bytes", static_cast<uint64_t>(usage.ru_maxrss) * 1024}};
}

const char* ModeName(EditorSettings::Mode mode) {
  switch (mode) {
    case EditorSettings::Mode::kOff: return "off";
    case EditorSettings::Mode::kOpenFiles: return "openFiles";
    case EditorSettings::Mode::kWorkspace: return "workspace";
  }
  return "";
}

Json RootInfo(const Root& root) {
  const std::string path = absl::StrCat(root.folder() == "/" ? "" : root.folder(), "/overt.py");
  const driver::Snapshot snapshot = root.session()->SnapshotFor(path);
  const resolve::Environment& environment = snapshot.program->resolver().environment();
  const std::string& file = root.config()->SettingsFor(path)->config_file;
  Json problems = Json::array();
  for (const driver::ConfigProblem& one : root.config()->problems()) {
    problems.push_back(
        absl::StrCat(one.file, one.line == 0 ? "" : absl::StrCat(":", one.line, ":", one.column), ": ", one.message));
  }
  const std::string trouble = root.session()->EnvironmentError(path);
  const std::optional<std::string>& preset = root.settings().preset;
  return {{"folder", root.folder()},
          {"enabled", root.settings().enable},
          {"diagnostic_mode", ModeName(root.settings().mode)},
          {"preset", preset ? Json(*preset) : Json()},
          {"configuration", {{"file", file.empty() ? Json() : Json(file)}, {"problems", std::move(problems)}}},
          {"environment",
           {{"prefix", environment.prefix.empty() ? Json() : Json(environment.prefix)},
            {"python_version", grammar::ToString(environment.version)},
            {"problem", trouble.empty() ? Json() : Json(trouble)}}},
          {"files_read", snapshot.program->file_count()}};
}

std::string OrNone(const Json& value) { return value.is_string() ? value.get<std::string>() : "none"; }

std::string AsText(const Json& info) {
  std::string text;
  const auto line = [&](const auto&... parts) { absl::StrAppend(&text, parts..., "\n"); };
  const Json& overt = info["overt"];
  line("overt ", OrNone(overt["version"]), ", commit ", OrNone(overt["commit"]));
  line("  build: ", OrNone(overt["build"]));
  line("  system: ", OrNone(overt["system"]));
  for (const Json& root : info["roots"]) {
    line(OrNone(root["folder"]), root["enabled"].get<bool>() ? "" : ", switched off");
    line("  diagnosticMode: ", OrNone(root["diagnostic_mode"]), "; preset: ", OrNone(root["preset"]));
    line("  configuration: ", OrNone(root["configuration"]["file"]));
    for (const Json& problem : root["configuration"]["problems"]) line("    ", OrNone(problem));
    const Json& environment = root["environment"];
    line("  environment: ", OrNone(environment["prefix"]), ", Python ", OrNone(environment["python_version"]));
    if (!environment["problem"].is_null()) line("    ", OrNone(environment["problem"]));
    line("  files read: ", root["files_read"].get<size_t>());
  }
  const Json& documents = info["documents"];
  line("open documents: ", documents["open"].get<size_t>(), ", of Python: ", documents["python"].get<size_t>(),
       ", notebooks: ", documents["notebooks"].get<size_t>());
  const auto mebi = [](const Json& bytes) { return absl::StrFormat("%.1f MiB", bytes.get<double>() / (1u << 20)); };
  line("memory: ", mebi(info["memory"]["resident_bytes"]), ", at most ", mebi(info["memory"]["peak_bytes"]));
  line("cache: ", OrNone(info["cache"]["state"]));
  return text;
}

}  // namespace

RequestResult OnDebugInfo(const RequestContext& context) {
  Json roots = Json::array();
  for (const auto& [folder, root] : context.view.all_roots()) roots.push_back(RootInfo(*root));
  const OpenDocuments& open = *context.view.open;
  const auto count = [&](auto is_meant) {
    return absl::c_count_if(open, [&](const auto& entry) { return is_meant(*entry.second); });
  };
  Json info = {{"schema_version", kDebugInfoVersion},
               {"overt", ProgramInfo()},
               {"roots", std::move(roots)},
               {"documents",
                {{"open", open.size()},
                 {"python", count([](const Document& one) { return one.kind() == Document::Kind::kPython; })},
                 {"notebooks", count([](const Document& one) { return one.is_notebook(); })}}},
               {"memory", MemoryInfo()},
               {"cache", {{"state", "not used: the server keeps in memory what it has read"}}}};
  info["text"] = AsText(info);
  return Answered(std::move(info));
}

}  // namespace overt::lsp
