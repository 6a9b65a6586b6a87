// `overt env [--import NAME]`: every place that was tried, and why it was taken or not.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/environment_text.h"
#include "checker/driver/workspace.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using Json = nlohmann::ordered_json;
using resolve::ModuleFile;
using resolve::ResolvedModule;
using resolve::SearchPath;

absl::string_view KindWord(ResolvedModule::Kind kind) {
  switch (kind) {
    case ResolvedModule::Kind::kNotFound: return "not found";
    case ResolvedModule::Kind::kModule: return "module";
    case ResolvedModule::Kind::kPackage: return "package";
    case ResolvedModule::Kind::kNamespace: return "namespace package";
  }
  return "";
}

absl::string_view FamilyWord(ResolvedModule::Family family) {
  switch (family) {
    case ResolvedModule::Family::kFirstParty: return "first-party";
    case ResolvedModule::Family::kStandardLibrary: return "standard library";
    case ResolvedModule::Family::kThirdParty: return "third-party";
  }
  return "";
}

absl::string_view FileWord(const ModuleFile& file) {
  switch (file.kind) {
    case ModuleFile::Kind::kSource: return "source";
    case ModuleFile::Kind::kStub: return "stub";
    case ModuleFile::Kind::kBundledStub: return "bundled stub";
    case ModuleFile::Kind::kCompiled: return "compiled: its contents are unknown";
  }
  return "";
}

std::string ShowPath(const ModuleFile& file) {
  return file.kind == ModuleFile::Kind::kBundledStub ? absl::StrCat("typeshed/", file.path) : file.path;
}

// Paths and names come from the disk and from the user: one line stays one line.
void AppendLine(std::string* out, absl::string_view text) { absl::StrAppend(out, EscapeForTerminal(text), "\n"); }

// What to write into which file, ready to paste.
std::string FixFor(const std::string& name, const resolve::Environment& environment) {
  const std::string top = name.substr(0, name.find('.'));
  const std::string installed =
      environment.prefix.empty()
          ? absl::StrCat("If `", top, "` is installed somewhere, name that environment:")
          : absl::StrCat("If `", top, "` is installed in another environment than ", environment.prefix, ", name it:");
  return absl::StrCat(installed, "\n\n  [tool.overt.environment]\n  python = \"path/to/environment\"\n\n",
                      "If it is your own, name the folder above it:\n\n",
                      "  [tool.overt.environment]\n  root = [\"path/to/folder\"]\n");
}

std::string ShowImport(const resolve::Resolver& resolver, const std::string& name) {
  std::string out = "\n";
  AppendLine(&out, absl::StrCat("import ", name, ":"));
  for (const resolve::ResolveStep& step : resolver.Explain(name)) {
    AppendLine(&out, absl::StrCat("  ", step.place, ": ", step.outcome));
  }
  const ResolvedModule& module = resolver.Resolve(name);
  switch (module.kind) {
    case ResolvedModule::Kind::kNotFound: return absl::StrCat(out, "not found. ", FixFor(name, resolver.environment()));
    case ResolvedModule::Kind::kNamespace:
      AppendLine(&out,
                 absl::StrCat("found: a namespace package in ",
                              module.folders.empty() ? "the bundled stubs" : absl::StrJoin(module.folders, ", ")));
      return out;
    case ResolvedModule::Kind::kModule:
    case ResolvedModule::Kind::kPackage: break;
  }
  AppendLine(&out, absl::StrCat("found: ", ShowPath(module.file), " (", FamilyWord(module.family), ", ",
                                FileWord(module.file), ")"));
  for (const ModuleFile& other : module.also) {
    AppendLine(&out, absl::StrCat("also consulted: ", ShowPath(other), " (", FileWord(other), ")"));
  }
  return out;
}

Json ToJson(const resolve::Environment& environment) {
  Json json = {{"python_version", grammar::ToString(environment.version)},
               {"version_source", environment.version_source},
               {"platform", environment.platform},
               {"platform_source", environment.platform_source},
               {"prefix", environment.prefix}};
  json["tried"] = Json::array();
  for (const resolve::TriedPlace& place : environment.tried) {
    json["tried"].push_back({{"what", place.what},
                             {"path", place.path},
                             {"verdict", std::string(VerdictWord(place.verdict))},
                             {"reason", place.reason}});
  }
  json["search_path"] = Json::array();
  for (const SearchPath& path : environment.paths) {
    Json entry = {{"folder", path.folder}, {"kind", std::string(SearchPathWord(path))}, {"origin", path.origin}};
    if (!path.module.empty()) entry["module"] = path.module;
    json["search_path"].push_back(std::move(entry));
  }
  json["incomplete"] = environment.incomplete;
  json["notes"] = environment.notes;
  return json;
}

Json ToJson(const ModuleFile& file) { return {{"path", ShowPath(file)}, {"kind", std::string(FileWord(file))}}; }

void AddImport(const resolve::Resolver& resolver, const std::string& name, Json& json) {
  json["import"] = Json::array();
  for (const resolve::ResolveStep& step : resolver.Explain(name)) {
    json["import"].push_back({{"place", step.place}, {"outcome", step.outcome}});
  }
  const ResolvedModule& module = resolver.Resolve(name);
  Json found = {{"name", module.name}, {"kind", std::string(KindWord(module.kind))}};
  if (module.kind == ResolvedModule::Kind::kNotFound) {
    found["fix"] = FixFor(name, resolver.environment());
  } else {
    found["family"] = std::string(FamilyWord(module.family));
    if (module.kind != ResolvedModule::Kind::kNamespace) found["file"] = ToJson(module.file);
    found["also"] = Json::array();
    for (const ModuleFile& other : module.also) found["also"].push_back(ToJson(other));
    found["folders"] = module.folders;
  }
  json["resolved"] = std::move(found);
}

}  // namespace

ExitCode RunEnv(const GlobalOptions& global, const EnvOptions& options) {
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  const std::string path =
      options.file.empty() ? (*workspace)->start() : AbsolutePath(options.file, (*workspace)->current_folder());
  const std::string error = (*workspace)->session().EnvironmentError(path);
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  const Snapshot snapshot = (*workspace)->session().SnapshotFor(path);
  const resolve::Resolver& resolver = snapshot.program->resolver();
  if (options.output_format == "json") {
    Json json = ToJson(resolver.environment());
    json["typeshed"] = std::string(resolver.stubs().commit());
    if (!options.import_name.empty()) AddImport(resolver, options.import_name, json);
    WriteAll(STDOUT_FILENO, JsonDocument(json));
  } else {
    WriteAll(STDOUT_FILENO, EnvironmentText(resolver.environment(), resolver.stubs().commit()));
    if (!options.import_name.empty()) WriteAll(STDOUT_FILENO, ShowImport(resolver, options.import_name));
  }
  if (error.empty()) return ExitCode::kClean;
  return Refuse(error);
}

}  // namespace overt::driver
