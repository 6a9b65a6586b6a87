// Commands that a client sends back, and what people ask about overt itself.
#include <functional>

#include "absl/strings/str_cat.h"
#include "checker/driver/environment_text.h"
#include "checker/lsp/asked.h"
#include "checker/lsp/features/override_methods.h"
#include "checker/lsp/source_edits.h"
#include "checker/lsp/work_progress.h"
#include "diagnostics/spelling.h"

namespace overt::lsp {
namespace {

constexpr const char* kAddOverrideInWorkspace = "overt.addOverrideInWorkspace";
constexpr size_t kFilesBetweenWords = 64;
constexpr const char* kFixAllInFile = "overt.fixAll";
constexpr const char* kOverrideMethods = "overt.writeOverrides";

using FileEdits = std::vector<std::pair<FileId, std::vector<Edit>>>;

// The client applies it and answers that it did; nobody waits for that.
void SendEdit(const RequestContext& context, const driver::Snapshot& snapshot, const std::string& label,
              const FileEdits& edits) {
  PlaceWriter places(*snapshot.program, context.client, *context.view.open);
  context.connection.Ask("workspace/applyEdit", {{"label", label}, {"edit", places.WorkspaceEdit(edits)}}, nullptr);
}

// The files of one root, project by project. How many change; nothing if nobody wants to know any more.
std::optional<size_t> AddOverrideIn(const RequestContext& context, const Root& root,
                                    const std::vector<std::string>& files, const std::function<void()>& looked) {
  size_t changed = 0;
  std::map<const driver::Settings*, std::pair<driver::Snapshot, FileEdits>> projects;
  for (const std::string& path : files) {
    if (context.call.cancelled) return std::nullopt;
    looked();
    const driver::Settings* settings = root.config()->SettingsFor(path).get();
    const auto [project, is_new] = projects.try_emplace(settings);
    auto& [snapshot, edits] = project->second;
    if (is_new) snapshot = root.session()->SnapshotFor(path);
    const FileId file = snapshot.program->AddFile(path);
    if (snapshot.program->Index(file) == nullptr) continue;
    std::vector<Edit> marks = OverrideMarks(snapshot, file);
    if (!marks.empty()) edits.emplace_back(file, std::move(marks));
  }
  for (auto& [settings, project] : projects) {
    changed += project.second.size();
    if (!project.second.empty()) SendEdit(context, project.first, "overt: add @override", project.second);
  }
  return changed;
}

RequestResult AddOverrideInWorkspace(const RequestContext& context) {
  WorkProgress progress(context, "overt: adding @override");
  std::vector<std::pair<const Root*, std::vector<std::string>>> all;
  size_t total = 0, done = 0, changed = 0;
  for (const std::shared_ptr<const Root>& root : context.view.roots) {
    if (!root->settings().enable || root->is_too_wide()) continue;
    all.emplace_back(root.get(), FilesOf(*root, context.view.roots));
    total += all.back().second.size();
  }
  const auto looked = [&] {
    if (++done % kFilesBetweenWords == 0) progress.Reached(done, total);
  };
  for (const auto& [root, files] : all) {
    const std::optional<size_t> count = AddOverrideIn(context, *root, files, looked);
    if (!count) return Failed(absl::AbortedError("cancelled"));
    changed += *count;
  }
  return Answered({{"files", changed}});
}

RequestResult FixAllInFile(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked) return Failed(absl::InvalidArgumentError("the argument is the URI of an open Python document"));
  std::vector<Edit> edits = SafeFixes(context.view.snapshot, asked->file);
  const size_t count = edits.empty() ? 0 : 1;
  if (count > 0) SendEdit(context, context.view.snapshot, "overt: fix all", {{asked->file, std::move(edits)}});
  return Answered({{"files", count}});
}

// The arguments are a URI, a position in the class, and the methods' names.
RequestResult OverrideMethodsOfClass(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked) return Failed(absl::InvalidArgumentError("the first argument is the URI of an open Python document"));
  const Json& arguments = *Find(context.call.params, {"arguments"});
  const std::optional<uint32_t> offset =
      OffsetIn(*context.view.document, arguments.size() > 1 ? &arguments[1] : nullptr, context.client);
  if (!offset) return Failed(absl::InvalidArgumentError("the second argument is a position"));
  std::vector<std::string> names;
  if (arguments.size() > 2 && arguments[2].is_array()) {
    for (const Json& one : arguments[2]) {
      if (one.is_string()) names.push_back(one.get<std::string>());
    }
  }
  if (names.empty()) return Failed(absl::InvalidArgumentError("the third argument is a list of methods' names"));
  std::vector<Edit> edits = OverrideMethods(context.view.snapshot, asked->file, *offset, names, BuffersOf(context));
  const size_t count = edits.empty() ? 0 : 1;
  if (count > 0) SendEdit(context, context.view.snapshot, "overt: override methods", {{asked->file, std::move(edits)}});
  return Answered({{"files", count}});
}

}  // namespace

Json CommandNames() { return {kAddOverrideInWorkspace, kFixAllInFile, kOverrideMethods}; }

RequestResult OnExecuteCommand(const RequestContext& context) {
  if (!context.client.applies_edits) {
    return Failed(absl::InvalidArgumentError("the client says that it applies no edits"));
  }
  const std::string command = StringAt(context.call.params, {"command"});
  if (command == kAddOverrideInWorkspace) return AddOverrideInWorkspace(context);
  if (command == kFixAllInFile) return FixAllInFile(context);
  if (command == kOverrideMethods) return OverrideMethodsOfClass(context);
  return Failed(absl::InvalidArgumentError(absl::StrCat("overt has no command `", command, "`")));
}

RequestResult OnExplain(const RequestContext& context) {
  const std::string name = StringAt(context.call.params, {"rule"});
  const absl::Span<const Rule> rules = RulesNamed(name);
  if (rules.size() != 1) {
    return Failed(
        absl::InvalidArgumentError(absl::StrCat("no rule is named `", name, "`", DidYouMean(NearestRuleName(name)))));
  }
  return Answered({{"rule", NameOf(rules.front())}, {"text", DocumentationOf(rules.front())}});
}

// What `overt env` says for the document's project, or for the first folder.
RequestResult OnEnvironment(const RequestContext& context) {
  std::shared_ptr<const Root> root = context.view.root;
  if (root == nullptr && !context.view.roots.empty()) root = context.view.roots.front();
  if (root == nullptr) return Answered({{"text", "no folder is open"}, {"python", ""}, {"version", ""}});
  const std::string path =
      context.view.document == nullptr ? absl::StrCat(root->folder(), "/overt.py") : context.view.document->path();
  const driver::Snapshot snapshot = root->session()->SnapshotFor(path);
  const resolve::Resolver& resolver = snapshot.program->resolver();
  const resolve::Environment& environment = resolver.environment();
  return Answered({{"text", driver::EnvironmentText(environment, resolver.stubs().commit())},
                   {"python", environment.prefix},
                   {"version", grammar::ToString(environment.version)}});
}

}  // namespace overt::lsp
