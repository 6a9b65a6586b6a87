// `overt env [--import NAME]`: every place that was tried, and why it was taken or not.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/workspace.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using Json = nlohmann::ordered_json;
using resolve::ResolvedModule;
using resolve::Verdict;

absl::string_view VerdictWord(Verdict verdict) {
  switch (verdict) {
    case Verdict::kTaken: return "taken";
    case Verdict::kRejected: return "rejected";
    case Verdict::kNotThere: return "not there";
  }
  return "";
}

std::string ShowEnvironment(const resolve::Environment& environment, absl::string_view typeshed) {
  std::string out = absl::StrCat("Python ", grammar::ToString(environment.version), " (", environment.version_source,
                                 "), platform ", environment.platform, "\n",
                                 "environment: ", environment.prefix.empty() ? "none" : environment.prefix, "\n",
                                 "bundled stubs: typeshed ", typeshed, "\n\ntried:\n");
  for (const resolve::TriedPlace& place : environment.tried) {
    absl::StrAppend(&out, "  ", place.what, ": ", place.path, ": ", VerdictWord(place.verdict), ", ", place.reason, "\n");
  }
  absl::StrAppend(&out, "\nsearch path:\n");
  for (const resolve::SearchPath& path : environment.paths) {
    absl::StrAppend(&out, "  ", path.folder, "  (", path.origin, ")\n");
  }
  for (const std::string& note : environment.notes) absl::StrAppend(&out, "note: ", note, "\n");
  return out;
}

std::string ShowImport(const resolve::Resolver& resolver, const std::string& name) {
  std::string out = absl::StrCat("\nimport ", name, ":\n");
  for (const resolve::ResolveStep& step : resolver.Explain(name)) {
    absl::StrAppend(&out, "  ", step.place, ": ", step.outcome, "\n");
  }
  const ResolvedModule& module = resolver.Resolve(name);
  if (module.kind == ResolvedModule::Kind::kNotFound) {
    const std::string top = name.substr(0, name.find('.'));
    absl::StrAppend(&out, "not found. If `", top, "` is installed in another environment, name it:\n\n",
                    "  [tool.overt.environment]\n  python = \"path/to/environment\"\n\n",
                    "If it is your own, name the folder above it:\n\n  [tool.overt.environment]\n  root = [\"path/to/folder\"]\n");
    return out;
  }
  for (const resolve::ModuleFile& other : module.also) absl::StrAppend(&out, "  also consulted: ", other.path, "\n");
  return out;
}

Json ToJson(const resolve::Environment& environment) {
  Json json = {{"python_version", grammar::ToString(environment.version)},
               {"version_source", environment.version_source},
               {"platform", environment.platform},
               {"prefix", environment.prefix}};
  json["tried"] = Json::array();
  for (const resolve::TriedPlace& place : environment.tried) {
    json["tried"].push_back({{"what", place.what}, {"path", place.path},
                             {"verdict", std::string(VerdictWord(place.verdict))}, {"reason", place.reason}});
  }
  json["search_path"] = Json::array();
  for (const resolve::SearchPath& path : environment.paths) {
    json["search_path"].push_back({{"folder", path.folder}, {"origin", path.origin}});
  }
  json["notes"] = environment.notes;
  return json;
}

}  // namespace

ExitCode RunEnv(const GlobalOptions& global, const EnvOptions& options) {
  absl::StatusOr<std::unique_ptr<Workspace>> workspace = Workspace::Open(global);
  if (!workspace.ok()) {
    WriteAll(STDERR_FILENO, absl::StrCat("overt: ", workspace.status().message(), "\n"));
    return ExitCode::kInternal;
  }
  const std::string path = options.file.empty() ? (*workspace)->current_folder() + "/."
                                                : AbsolutePath(options.file, (*workspace)->current_folder());
  const std::string error = (*workspace)->session().EnvironmentError(path);
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  const Snapshot snapshot = (*workspace)->session().SnapshotFor(path);
  const resolve::Resolver& resolver = snapshot.program->resolver();
  if (options.output_format == "json") {
    Json json = ToJson(resolver.environment());
    json["typeshed"] = std::string(resolver.stubs().commit());
    if (!options.import_name.empty()) {
      json["import"] = Json::array();
      for (const resolve::ResolveStep& step : resolver.Explain(options.import_name)) {
        json["import"].push_back({{"place", step.place}, {"outcome", step.outcome}});
      }
    }
    WriteAll(STDOUT_FILENO, json.dump(2) + "\n");
  } else {
    WriteAll(STDOUT_FILENO, ShowEnvironment(resolver.environment(), resolver.stubs().commit()));
    if (!options.import_name.empty()) WriteAll(STDOUT_FILENO, ShowImport(resolver, options.import_name));
  }
  if (error.empty()) return ExitCode::kClean;
  WriteAll(STDERR_FILENO, absl::StrCat("overt: ", EscapeForTerminal(error), "\n"));
  return ExitCode::kUsage;
}

}  // namespace overt::driver
