// Symbols of the whole workspace: of each folder's projects, and of the documents that lie in none.
#include <algorithm>
#include <atomic>
#include <map>

#include "absl/algorithm/container.h"
#include "checker/lsp/asked.h"
#include "checker/lsp/features/workspace_symbols.h"
#include "checker/lsp/symbol_kind.h"
#include "checker/lsp/work_progress.h"

namespace overt::lsp {
namespace {

// Whoever wants others types more of the name.
constexpr size_t kMostSymbols = 128;
constexpr size_t kFilesBetweenReports = 64;

struct SearchedProject {
  driver::Snapshot snapshot;
  std::vector<FileId> files;
};

bool IsSearched(const Root& root) {
  const std::vector<std::string>& off = root.settings().disabled_features;
  return root.settings().enable && !absl::c_linear_search(off, "workspaceSymbol");
}

// The files of one root, and those of its documents that lie on no disk, project by project.
std::vector<SearchedProject> ProjectsOf(const View& view, const Root& root, bool is_folder) {
  std::vector<std::string> paths;
  if (is_folder) {
    paths = root.families()->Files();
    std::erase_if(paths, [&](const std::string& path) { return InnermostRoot(view.roots, path) != &root; });
  }
  for (const auto& [path, document] : *view.open) {
    const auto root_of = view.root_of.find(path);
    const bool is_here = root_of != view.root_of.end() && root_of->second.get() == &root;
    if (is_here && document->kind() == Document::Kind::kPython) paths.push_back(path);
  }
  std::map<const driver::Settings*, SearchedProject> projects;
  for (const std::string& path : paths) {
    const auto [project, is_new] = projects.try_emplace(root.config()->SettingsFor(path).get());
    if (is_new) project->second.snapshot = root.session()->SnapshotFor(path);
    project->second.files.push_back(project->second.snapshot.program->AddFile(path));
  }
  std::vector<SearchedProject> list;
  list.reserve(projects.size());
  for (auto& [settings, project] : projects) list.push_back(std::move(project));
  return list;
}

// Counts files from many threads.
class SearchProgress {
 public:
  SearchProgress(const RequestContext& context, size_t total)
      : context_(context), progress_(context, "overt: reading the workspace"), total_(total) {}

  bool Looked() {
    const size_t done = ++done_;
    if (done % kFilesBetweenReports == 0) progress_.Reached(done, total_);
    return !context_.call.cancelled;
  }

 private:
  const RequestContext& context_;
  WorkProgress progress_;
  const size_t total_;
  std::atomic<size_t> done_ = 0;
};

struct PlacedSymbol {
  WorkspaceSymbol symbol;
  size_t project;
};

Json WriteWorkspaceSymbols(const RequestContext& context, const std::vector<SearchedProject>& projects,
                           const std::vector<PlacedSymbol>& found) {
  std::map<size_t, PlaceWriter> writers;
  Json list = Json::array();
  for (const auto& [symbol, project] : found) {
    const program::Program& program = *projects[project].snapshot.program;
    PlaceWriter& places = writers.try_emplace(project, program, context.client, *context.view.open).first->second;
    std::optional<Json> location = places.Location(symbol.file, symbol.place);
    if (!location) continue;
    list.push_back({{"name", symbol.name},
                    {"kind", SymbolKindOf(symbol.kind)},
                    {"containerName", symbol.container},
                    {"location", *std::move(location)}});
  }
  return list;
}

}  // namespace

RequestResult OnWorkspaceSymbol(const RequestContext& context) {
  std::vector<SearchedProject> projects;
  size_t total = 0;
  for (const auto& [folder, root] : context.view.all_roots()) {
    if (!IsSearched(*root)) continue;
    for (SearchedProject& one : ProjectsOf(context.view, *root, absl::c_linear_search(context.view.roots, root))) {
      total += one.files.size();
      projects.push_back(std::move(one));
    }
  }
  SearchProgress progress(context, total);
  const NameQuery query(StringAt(context.call.params, {"query"}));
  std::vector<PlacedSymbol> found;
  for (size_t i = 0; i < projects.size(); ++i) {
    for (WorkspaceSymbol& one :
         FindSymbols(projects[i].snapshot, projects[i].files, query, kMostSymbols, [&] { return progress.Looked(); })) {
      found.push_back({std::move(one), i});
    }
    if (context.call.cancelled) return Failed(absl::AbortedError("cancelled"));
  }
  absl::c_stable_sort(found,
                      [](const PlacedSymbol& a, const PlacedSymbol& b) { return ComesBefore(a.symbol, b.symbol); });
  if (found.size() > kMostSymbols) found.erase(found.begin() + kMostSymbols, found.end());
  return Answered(WriteWorkspaceSymbols(context, projects, found));
}

}  // namespace overt::lsp
