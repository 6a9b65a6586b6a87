// Diagnostics that the client asks for: of one document, or of everything in the workspace's folders.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/config_file.h"
#include "checker/driver/terminal.h"
#include "checker/lsp/requests.h"
#include "checker/lsp/uri.h"
#include "checker/lsp/work_progress.h"
#include "grammar/source/source_file.h"

namespace overt::lsp {
namespace {

constexpr size_t kFilesAtOnce = 64;  // between two looks at whether the answer is still wanted

// A report: the items, or that nothing is new for whoever has the result of that id.
Json Report(Json items, const std::string& previous_id) {
  std::string id = ResultId(items);
  if (id == previous_id) return {{"kind", "unchanged"}, {"resultId", std::move(id)}};
  return {{"kind", "full"}, {"resultId", std::move(id)}, {"items", std::move(items)}};
}

// The findings of one open document, which may be a cell. Nothing if an edit came in between.
std::optional<Json> ItemsOf(const RequestContext& context, const Document& document, const Root& root) {
  if (root.is_off()) return Json::array();
  switch (KindIn(context.view.all_roots(), document)) {
    case Document::Kind::kPython: {
      driver::CheckHooks hooks;
      hooks.cancel = &context.call.cancelled;
      driver::CheckResult result = root.session()->Check({document.path()}, hooks);
      if (result.files.empty()) return std::nullopt;
      return WriteFindings(root.Judged(std::move(result.files.front())), context.client, *context.view.open,
                           document.extent());
    }
    case Document::Kind::kConfiguration:
      return WriteConfigProblems(driver::CheckConfigText({document.path(), document.path()}, *document.text()),
                                 *document.text(), context.client);
    case Document::Kind::kOther: return Json::array();
  }
  return Json::array();
}

// Open documents that derive from this one's classes, in other folders too, may have other findings since it was
// edited; so may the other cells of its notebook.
std::optional<Json> RelatedDocuments(const RequestContext& context, const Document& document) {
  Json related = Json::object();
  for (const auto& [path, other] : *context.view.open) {
    const Root& root = *context.view.root_of.at(path);
    if (other->kind() != Document::Kind::kPython || root.is_off()) continue;
    for (const Document::Pointer& shown : ShownOf(other)) {
      if (shown->uri() == document.uri()) continue;
      std::optional<Json> items = ItemsOf(context, *shown, root);
      if (!items) return std::nullopt;
      related[shown->uri()] = Report(*std::move(items), "");
    }
  }
  return related;
}

class WorkspaceReports {
 public:
  explicit WorkspaceReports(const RequestContext& context) : context_(context) {
    if (const Json* token = Find(context.call.params, {"partialResultToken"})) token_ = *token;
    const Json* known = Find(context.call.params, {"previousResultIds"});
    if (known == nullptr || !known->is_array()) return;
    for (const Json& one : *known) previous_[StringAt(one, {"uri"})] = StringAt(one, {"value"});
  }

  void Add(const std::string& path, Json items) {
    const auto open = context_.view.open->find(path);
    const bool is_open = open != context_.view.open->end();
    const std::string uri = is_open ? open->second->uri() : UriOfPath(path);
    if (told_.contains(uri)) return;  // a configuration that holds in several folders
    const auto known = previous_.find(uri);
    // Whoever knows nothing of a file without findings needs to hear nothing of it.
    if (known == previous_.end() && items.empty() && !is_open) return;
    Json report = Report(std::move(items), known == previous_.end() ? "" : known->second);
    report["uri"] = uri;
    report["version"] = is_open ? Json(open->second->version()) : Json();
    told_.insert(uri);
    reports_.push_back(std::move(report));
  }

  // What was told before and is nobody's finding now: files that are gone.
  void ClearTheRest() {
    for (const auto& [uri, id] : previous_) {
      if (told_.contains(uri)) continue;
      Json report = Report(Json::array(), id);
      report["uri"] = uri;
      report["version"] = nullptr;
      reports_.push_back(std::move(report));
    }
  }

  void SendPart() {
    if (token_.is_null() || reports_.empty()) return;
    context_.connection.Notify("$/progress", {{"token", token_}, {"value", {{"items", std::move(reports_)}}}});
    reports_ = Json::array();
  }

  Json Take() { return {{"items", std::move(reports_)}}; }

 private:
  const RequestContext& context_;
  std::map<std::string, std::string> previous_;
  std::set<std::string> told_;
  Json token_;
  Json reports_ = Json::array();
};

void AddConfigProblems(const RequestContext& context, const Root& root, WorkspaceReports& reports) {
  for (const auto& [path, problems] : root.ConfigProblems()) {
    if (context.view.open->contains(path)) continue;
    const std::string text = grammar::ReadFileBytes(path, size_t{10} << 20).value_or("");
    reports.Add(path, WriteConfigProblems(problems, text, context.client));
  }
}

// Adds the files of a root, and says after each few how many there were; false if an edit came in between or nobody
// wants to know any more.
bool AddFiles(const RequestContext& context, const Root& root, const std::vector<std::string>& files,
              WorkspaceReports& reports, const std::function<void(size_t)>& looked) {
  driver::CheckHooks hooks;
  hooks.cancel = &context.call.cancelled;
  for (size_t begin = 0; begin < files.size(); begin += kFilesAtOnce) {
    const size_t end = std::min(begin + kFilesAtOnce, files.size());
    const auto first = files.begin() + static_cast<std::ptrdiff_t>(begin);
    driver::CheckResult result =
        root.session()->Check({first, files.begin() + static_cast<std::ptrdiff_t>(end)}, hooks);
    if (result.cancelled) return false;
    for (driver::FileReport& report : result.files) {
      const std::string path = report.path;
      reports.Add(path, WriteFindings(root.Judged(std::move(report)), context.client, *context.view.open));
    }
    reports.SendPart();
    looked(end - begin);
  }
  return true;
}

}  // namespace

RequestResult OnDocumentDiagnostic(const RequestContext& context) {
  if (context.view.document == nullptr) {
    return Answered({{"kind", "full"}, {"items", Json::array()}});
  }
  std::optional<Json> items = ItemsOf(context, *context.view.document, *context.view.root);
  if (!items) return Failed(absl::AbortedError("the text changed meanwhile"));
  Json report = Report(*std::move(items), StringAt(context.call.params, {"previousResultId"}));
  if (!context.client.related_documents || context.view.root->is_off()) return Answered(std::move(report));
  std::optional<Json> related = RelatedDocuments(context, *context.view.document);
  if (!related) return Failed(absl::AbortedError("the text changed meanwhile"));
  if (!related->empty()) report["relatedDocuments"] = *std::move(related);
  return Answered(std::move(report));
}

RequestResult OnWorkspaceDiagnostic(const RequestContext& context) {
  WorkspaceReports reports(context);
  WorkProgress progress(context, "overt: checking the workspace");
  std::vector<std::pair<const Root*, std::vector<std::string>>> all;
  size_t total = 0, done = 0;
  for (const std::shared_ptr<const Root>& root : context.view.roots) {
    if (root->is_off() || root->settings().mode != EditorSettings::Mode::kWorkspace || root->is_too_wide()) continue;
    all.emplace_back(root.get(), FilesOf(*root, context.view.roots));
    total += all.back().second.size();
  }
  const auto looked = [&](size_t files) { progress.Reached(done += files, total); };
  for (const auto& [root, files] : all) {
    if (!AddFiles(context, *root, files, reports, looked)) {
      return Failed(absl::AbortedError("the workspace changed meanwhile"));
    }
  }
  // Nobody is told of them elsewhere, whichever files are wanted.
  for (const auto& [folder, root] : context.view.all_roots()) {
    if (!root->is_off()) AddConfigProblems(context, *root, reports);
  }
  reports.ClearTheRest();
  return Answered(reports.Take());
}

}  // namespace overt::lsp
