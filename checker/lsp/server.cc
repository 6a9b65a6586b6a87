#include "checker/lsp/server.h"

#include <exception>
#include <functional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/config_file.h"
#include "checker/driver/file_finder.h"
#include "checker/driver/version.h"
#include "checker/lsp/analysis.h"
#include "checker/lsp/bundled_files.h"
#include "checker/lsp/connection.h"
#include "checker/lsp/document.h"
#include "checker/lsp/notebook.h"
#include "checker/lsp/requests.h"
#include "checker/lsp/scheduler.h"
#include "checker/lsp/uri.h"

namespace overt::lsp {
namespace {

constexpr absl::Duration kConfigurationWait = absl::Seconds(2);

// All that a project's findings may depend on.
constexpr const char* kWatched[] = {"**/*.py",        "**/*.pyi",          "**/overt.toml",
                                    "**/.overt.toml", "**/pyproject.toml", "**/pyvenv.cfg",
                                    "**/*.pth",       "**/.gitignore",     "**/overt-baseline.json"};

Document::Kind KindOf(absl::string_view path, absl::string_view language) {
  const absl::string_view name = NameOfFile(path);
  if (driver::IsConfigFile(name)) return Document::Kind::kConfiguration;
  if (driver::IsPythonFile(name) || language == "python") return Document::Kind::kPython;
  return Document::Kind::kOther;
}

// The error of a request whose handler gave one.
struct Failure {
  ErrorCode code;
  Json data;
};
Failure FailureOf(const absl::Status& status) {
  if (absl::IsInvalidArgument(status)) return {ErrorCode::kInvalidParams, nullptr};
  if (absl::IsAborted(status)) return {ErrorCode::kServerCancelled, {{"retriggerRequest", true}}};
  return {ErrorCode::kInternalError, nullptr};
}

}  // namespace

struct Server::Impl {
  Impl(Surroundings around, MessageSink& sink)
      : surroundings(std::move(around)),
        connection(sink),
        analysis(connection, client, surroundings,
                 [this](std::function<void()> job) { scheduler.PostAside(std::move(job)); }),
        scheduler([this] { return Idle(); }) {}

  enum class Phase : uint8_t { kNew, kRunning, kShutDown, kExited };

  Surroundings surroundings;
  Connection connection;
  Client client;      // written once, before anything is posted
  Analysis analysis;  // the analysis thread's
  Phase phase = Phase::kNew;
  bool shut_down = false;
  std::vector<Folder> folders;                                                  // as the client said hello
  absl::flat_hash_map<std::string, Notebook::Pointer> notebooks;                // by URI
  absl::flat_hash_map<std::string, std::shared_ptr<const Document>> documents;  // by URI, cells too: the reader's
  Scheduler scheduler;                                                          // last: its threads end first

  // --- The reader's thread ------------------------------------------------------------------------------------------

  void Handle(absl::string_view body) {
    if (phase == Phase::kExited) return;
    std::string why_not;
    const std::optional<Json> message = ParseJson(body, &why_not);
    if (!message) return connection.Refuse(nullptr, ErrorCode::kParseError, why_not);
    if (!message->is_object() || StringAt(*message, {"jsonrpc"}) != "2.0") {
      return connection.Refuse(nullptr, ErrorCode::kInvalidRequest,
                               "a message is an object with `\"jsonrpc\": \"2.0\"`");
    }
    const Json* id = Find(*message, {"id"});
    const Json* method = Find(*message, {"method"});
    if (method == nullptr) {
      if (id != nullptr && (message->contains("result") || message->contains("error"))) {
        return connection.TakeAnswer(*message);
      }
      return connection.Refuse(nullptr, ErrorCode::kInvalidRequest, "neither a method nor an answer");
    }
    if (id != nullptr && !id->is_string() && !id->is_number()) {
      return connection.Refuse(nullptr, ErrorCode::kInvalidRequest, "an `id` is a number or a string");
    }
    if (!method->is_string()) {
      return connection.Refuse(id == nullptr ? Json() : *id, ErrorCode::kInvalidRequest, "`method` is no string");
    }
    const Json* params = Find(*message, {"params"});
    if (id == nullptr) {
      OnNotification(method->get_ref<const std::string&>(), params == nullptr ? Json() : *params);
    } else {
      OnRequest(*id, method->get_ref<const std::string&>(), params == nullptr ? Json() : *params);
    }
  }

  void OnRequest(const Json& id, const std::string& method, Json params) {
    if (method == "initialize") {
      if (phase != Phase::kNew) return connection.Refuse(id, ErrorCode::kInvalidRequest, "initialized already");
      return Initialize(id, params);
    }
    if (phase == Phase::kNew) return connection.Refuse(id, ErrorCode::kServerNotInitialized, "not initialized yet");
    if (phase == Phase::kShutDown) return connection.Refuse(id, ErrorCode::kInvalidRequest, "shut down already");
    if (method == "shutdown") return ShutDown(id);
    const RequestRow* row = FindRequest(method);
    if (row == nullptr) {
      return connection.Refuse(id, ErrorCode::kMethodNotFound, absl::StrCat("no method `", method, "`"));
    }
    if (const std::string problem = ProblemOf(*row, params); !problem.empty()) {
      return connection.Refuse(id, ErrorCode::kInvalidParams, problem);
    }
    std::shared_ptr<Call> call = connection.Open(id, method, std::move(params));
    if (call == nullptr) return;
    // In the order of messages, so that it sees the edits before it and none after.
    const std::string uri = DocumentUriOf(call->params);
    // An open document keeps the path that it was opened with, wherever the folders went meanwhile.
    const auto open = documents.find(uri);
    const std::string path = open == documents.end() ? PathOf(uri) : open->second->path();
    Post([this, row, call, path, uri] { StartRequest(*row, call, path, uri); });
  }

  void OnNotification(const std::string& method, const Json& params) {
    if (method == "exit") {
      phase = Phase::kExited;
      return;
    }
    if (method == "$/cancelRequest") {
      if (const Json* id = Find(params, {"id"})) connection.Cancel(*id);
      return;
    }
    if (phase != Phase::kRunning) return;
    static const absl::flat_hash_map<absl::string_view, void (Impl::*)(const Json&)> handlers = {
        {"initialized", &Impl::OnInitialized},
        {"textDocument/didOpen", &Impl::OnOpen},
        {"textDocument/didChange", &Impl::OnChange},
        {"textDocument/didClose", &Impl::OnClose},
        {"textDocument/didSave", &Impl::OnSave},
        {"notebookDocument/didOpen", &Impl::OnOpenNotebook},
        {"notebookDocument/didChange", &Impl::OnChangeNotebook},
        {"notebookDocument/didClose", &Impl::OnCloseNotebook},
        {"notebookDocument/didSave", &Impl::OnSaveNotebook},
        {"workspace/didChangeConfiguration", &Impl::OnConfiguration},
        {"workspace/didChangeWatchedFiles", &Impl::OnWatchedFiles},
        {"workspace/didCreateFiles", &Impl::OnCreatedFiles},
        {"workspace/didRenameFiles", &Impl::OnRenamedFiles},
        {"workspace/didDeleteFiles", &Impl::OnDeletedFiles},
        {"window/workDoneProgress/cancel", &Impl::OnCancelledWork},
        {"workspace/didChangeWorkspaceFolders", &Impl::OnFolders},
    };
    if (const auto handler = handlers.find(method); handler != handlers.end()) (this->*handler->second)(params);
  }

  void Initialize(const Json& id, const Json& params) {
    client = ReadClient(params);
    folders = ReadFolders(params);
    phase = Phase::kRunning;
    Json capabilities = {{"positionEncoding", EncodingName(client.encoding)},
                         {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
                         {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}};
    if (client.syncs_notebooks) {
      capabilities["notebookDocumentSync"] = {
          {"notebookSelector", {{{"notebook", "*"}, {"cells", {{{"language", "python"}}}}}}}, {"save", true}};
    }
    if (Json told = FileOperations(); !told.empty()) capabilities["workspace"]["fileOperations"] = std::move(told);
    std::vector<std::string> notes;
    const Json* options = Find(params, {"initializationOptions"});
    EditorSettings defaults = ReadEditorSettings(options == nullptr ? Json() : *options, &notes);
    LogNotes(notes);
    for (const RequestRow& row : RequestRows()) {
      if (row.advertise != nullptr && IsOffered(row, defaults)) row.advertise(client, capabilities);
    }
    if (const std::shared_ptr<Call> call = connection.Open(id, "initialize", nullptr)) {
      connection.Answer(*call, {{"capabilities", std::move(capabilities)},
                                {"serverInfo", {{"name", "overt"}, {"version", driver::kVersion}}}});
    }
    // A client that never says `initialized` gets its answers all the same.
    if (client.answers_configuration) scheduler.Hold(kConfigurationWait);
    Post([this, defaults = std::move(defaults), given = folders] {
      analysis.SetDefaults(defaults);
      analysis.SetFolders(given);
    });
  }

  static bool IsOffered(const RequestRow& row, const EditorSettings& settings) {
    return !row.is_main_servers || settings.features == EditorSettings::Features::kFull;
  }

  // What the client can tell of files that people make, rename and delete in the editor itself.
  Json FileOperations() const {
    const Json everything = {{"filters", {{{"scheme", "file"}, {"pattern", {{"glob", "**"}}}}}}};
    Json told = Json::object();
    if (client.tells_created) told["didCreate"] = everything;
    if (client.tells_renamed) told["didRename"] = everything;
    if (client.tells_deleted) told["didDelete"] = everything;
    return told;
  }

  void ShutDown(const Json& id) {
    phase = Phase::kShutDown;
    shut_down = true;
    connection.CancelAll();
    if (const std::shared_ptr<Call> call = connection.Open(id, "shutdown", nullptr)) {
      connection.Answer(*call, nullptr);
    }
  }

  void OnInitialized(const Json&) {
    Json registrations = Json::array();
    if (client.registers_watchers) {
      Json watchers = Json::array();
      for (const char* pattern : kWatched) watchers.push_back({{"globPattern", pattern}});
      registrations.push_back({{"id", "overt-files"},
                               {"method", "workspace/didChangeWatchedFiles"},
                               {"registerOptions", {{"watchers", std::move(watchers)}}}});
    }
    if (client.registers_configuration) {
      registrations.push_back({{"id", "overt-settings"},
                               {"method", "workspace/didChangeConfiguration"},
                               {"registerOptions", {{"section", "overt"}}}});
    }
    if (!registrations.empty()) {
      connection.Ask("client/registerCapability", {{"registrations", std::move(registrations)}}, nullptr);
    }
    Post([this] { analysis.ClientIsReady(); });
    if (client.answers_configuration) AskForConfiguration();
  }

  // One question for all folders. Until it is answered, or two seconds have passed, nothing is checked.
  void AskForConfiguration() {
    std::vector<std::string> scopes = {""};
    Json items = Json::array();
    items.push_back({{"section", "overt"}});
    for (const Folder& folder : folders) {
      scopes.push_back(folder.path);
      items.push_back({{"scopeUri", folder.uri}, {"section", "overt"}});
    }
    connection.Ask("workspace/configuration", {{"items", std::move(items)}}, [this, scopes](const Json* answer) {
      for (size_t i = 0; i < scopes.size(); ++i) {
        if (answer != nullptr && answer->is_array() && i < answer->size()) TakeSettings(scopes[i], (*answer)[i]);
      }
      if (answer != nullptr && !answer->is_array()) {
        connection.Log(LogLevel::kWarning, "the answer to workspace/configuration is no list: defaults hold");
      }
      scheduler.Release();
    });
  }

  // Null: nothing is set there.
  void TakeSettings(const std::string& scope, const Json& json) {
    if (json.is_null()) return Post([this, scope] { analysis.SetSettings(scope, std::nullopt); });
    std::vector<std::string> notes;
    EditorSettings settings = ReadEditorSettings(json, &notes);
    LogNotes(notes);
    Post([this, scope, settings = std::move(settings)] { analysis.SetSettings(scope, settings); });
  }

  void OnConfiguration(const Json& params) {
    if (client.answers_configuration) return AskForConfiguration();
    const Json* all = Find(params, {"settings"});
    if (all == nullptr || !all->is_object()) return;
    const Json* settings = Find(*all, {"overt"});
    TakeSettings("", settings == nullptr ? Json() : *settings);
  }

  // The path of a document, made up where it lies nowhere: in the first folder, whose project then governs it.
  std::string PathOf(const std::string& uri) const {
    if (uri.empty()) return "";
    if (const std::optional<std::string> path = PathOfUri(uri)) return *path;
    const std::string folder = folders.empty() ? surroundings.global.config.current_folder : folders.front().path;
    return absl::StrCat(folder == "/" ? "" : folder, "/",
                        absl::StrReplaceAll(uri, {{"/", "_"}, {absl::string_view("\0", 1), "_"}}));
  }

  void OnOpen(const Json& params) {
    const Json* item = Find(params, {"textDocument"});
    const std::string uri = item == nullptr ? "" : StringAt(*item, {"uri"});
    const Json* text = item == nullptr ? nullptr : Find(*item, {"text"});
    if (uri.empty() || text == nullptr || !text->is_string()) {
      return connection.Log(LogLevel::kWarning, "a document without name or text was not opened");
    }
    if (documents.contains(uri)) connection.Log(LogLevel::kWarning, absl::StrCat(uri, " was opened twice"));
    if (IsCell(uri)) return;
    const std::string path = PathOf(uri);
    // Old versions of files, as editors show beside the new one, and overt's own stubs: nobody edits them.
    const bool is_copy = SchemeOf(uri) == "git" || SchemeOf(uri) == "gitfs" || IsCopyOfBundledFile(path);
    const Document::Kind kind = is_copy ? Document::Kind::kOther : KindOf(path, StringAt(*item, {"languageId"}));
    Keep(std::make_shared<const Document>(uri, path, kind, IntegerAt(*item, {"version"}).value_or(0),
                                          text->get<std::string>()));
  }

  // The text of a notebook's file may be open beside the notebook, which goes before it.
  void Keep(std::shared_ptr<const Document> document) {
    documents[document->uri()] = document;
    if (NotebookAt(document->path()) != nullptr) return;
    Post([this, document = std::move(document)] { analysis.Change(document); });
  }

  // Null, and the log says so, where nothing is open under the URI. `what`: "an edit of a document".
  template <typename Opened>
  const Opened* FindOpen(const absl::flat_hash_map<std::string, Opened>& opened, const std::string& uri,
                         absl::string_view what) {
    const auto found = opened.find(uri);
    if (found != opened.end()) return &found->second;
    connection.Log(LogLevel::kWarning, absl::StrCat(what, " that is not open: ", uri.substr(0, 200)));
    return nullptr;
  }

  const Document::Pointer* OpenDocument(const Json& params, const char* what) {
    return FindOpen(documents, StringAt(params, {"textDocument", "uri"}), absl::StrCat(what, " of a document"));
  }

  void OnChange(const Json& params) {
    const std::shared_ptr<const Document>* document = OpenDocument(params, "an edit");
    if (document == nullptr) return;
    if (IsCell((*document)->uri())) return;
    std::vector<std::string> notes;
    const Json* changes = Find(params, {"contentChanges"});
    const int64_t version = IntegerAt(params, {"textDocument", "version"}).value_or((*document)->version() + 1);
    std::shared_ptr<const Document> next =
        (*document)->Edited(changes == nullptr ? Json() : *changes, client.encoding, version, &notes);
    for (const std::string& note : notes) {
      connection.Log(LogLevel::kWarning, absl::StrCat((*document)->uri(), ": ", note));
    }
    Keep(std::move(next));
  }

  void OnClose(const Json& params) {
    const std::shared_ptr<const Document>* document = OpenDocument(params, "the end");
    if (document == nullptr) return;
    const std::shared_ptr<const Document> closed = *document;
    if (IsCell(closed->uri())) return;
    documents.erase(closed->uri());
    if (NotebookAt(closed->path()) != nullptr) return;
    End(closed);
  }

  // Another document may stand for the same file, and goes on.
  void End(const std::shared_ptr<const Document>& closed) {
    std::shared_ptr<const Document> heir;
    for (const auto& [uri, other] : documents) {
      if (other->path() == closed->path()) heir = other;
    }
    Post([this, closed, heir] { analysis.Close(*closed, heir); });
  }

  const Notebook* NotebookAt(const std::string& path) const {
    for (const auto& [uri, notebook] : notebooks) {
      if (notebook->path() == path) return notebook.get();
    }
    return nullptr;
  }

  // Whether the document is one that a notebook brought along: its text comes with the notebook's changes.
  bool IsCell(const std::string& uri) const {
    const auto found = documents.find(uri);
    return found != documents.end() && found->second->is_cell();
  }

  void LogNotes(const std::vector<std::string>& notes) {
    for (const std::string& note : notes) connection.Log(LogLevel::kWarning, note);
  }

  void ForgetCells(const Document& module) {
    for (const Document::Pointer& cell : module.cells()) documents.erase(cell->uri());
  }

  // The cells are documents like any other, but for what edits them.
  void KeepNotebook(const Notebook::Pointer& notebook) {
    Notebook::Pointer& kept = notebooks[notebook->uri()];
    if (kept != nullptr) ForgetCells(*kept->Module());
    kept = notebook;
    for (const Document::Pointer& cell : notebook->Module()->cells()) {
      Document::Pointer& known = documents[cell->uri()];
      if (known != nullptr) Post([this, alone = known] { analysis.Close(*alone, nullptr); });
      known = cell;
    }
    Post([this, module = notebook->Module()] { analysis.Change(module); });
  }

  void OnOpenNotebook(const Json& params) {
    std::vector<std::string> notes;
    const std::string uri = StringAt(params, {"notebookDocument", "uri"});
    const Notebook::Pointer notebook = Notebook::Opened(params, PathOf(uri), &notes);
    LogNotes(notes);
    if (notebook == nullptr) return connection.Log(LogLevel::kWarning, "a notebook without name was not opened");
    KeepNotebook(notebook);
  }

  const Notebook::Pointer* OpenNotebook(const Json& params, const char* what) {
    return FindOpen(notebooks, StringAt(params, {"notebookDocument", "uri"}), absl::StrCat(what, " of a notebook"));
  }

  void OnChangeNotebook(const Json& params) {
    const Notebook::Pointer* notebook = OpenNotebook(params, "an edit");
    if (notebook == nullptr) return;
    std::vector<std::string> notes;
    const Notebook::Pointer next = (*notebook)->Changed(params, client.encoding, &notes);
    LogNotes(notes);
    KeepNotebook(next);
  }

  void OnCloseNotebook(const Json& params) {
    const Notebook::Pointer* notebook = OpenNotebook(params, "the end");
    if (notebook == nullptr) return;
    const Document::Pointer module = (*notebook)->Module();
    notebooks.erase(module->uri());
    ForgetCells(*module);
    End(module);
  }

  void OnSaveNotebook(const Json& params) {
    if (OpenNotebook(params, "saving") == nullptr || client.registers_watchers) return;
    Post([this] { analysis.LookAtDiskSoon(); });
  }

  // Clients that watch no files say at least this.
  void OnSave(const Json& params) {
    const std::shared_ptr<const Document>* document = OpenDocument(params, "saving");
    if (document == nullptr || client.registers_watchers) return;
    if ((*document)->kind() != Document::Kind::kConfiguration) return Post([this] { analysis.LookAtDiskSoon(); });
    TellDiskChanges({{(*document)->path(), DiskChange::Kind::kModified}});
  }

  void TellDiskChanges(std::vector<DiskChange> changes) {
    if (changes.empty()) return;
    Post([this, changes = std::move(changes)] { analysis.DiskChanged(changes); });
  }

  // `files` of the parameters, each under some names with what became of it.
  void OnFiles(const Json& params, const std::vector<std::pair<const char*, DiskChange::Kind>>& names) {
    std::vector<DiskChange> changes;
    const Json* files = Find(params, {"files"});
    if (files == nullptr || !files->is_array()) return;
    for (const Json& file : *files) {
      for (const auto& [name, kind] : names) {
        if (const std::optional<std::string> path = PathOfUri(StringAt(file, {name}))) changes.push_back({*path, kind});
      }
    }
    TellDiskChanges(std::move(changes));
  }
  void OnCreatedFiles(const Json& params) { OnFiles(params, {{"uri", DiskChange::Kind::kCreated}}); }
  void OnDeletedFiles(const Json& params) { OnFiles(params, {{"uri", DiskChange::Kind::kDeleted}}); }
  void OnRenamedFiles(const Json& params) {
    OnFiles(params, {{"oldUri", DiskChange::Kind::kDeleted}, {"newUri", DiskChange::Kind::kCreated}});
  }

  void OnCancelledWork(const Json& params) {
    if (const Json* token = Find(params, {"token"})) connection.CancelWork(*token);
  }

  void OnWatchedFiles(const Json& params) {
    std::vector<DiskChange> changes;
    const Json* list = Find(params, {"changes"});
    if (list == nullptr || !list->is_array()) return;
    for (const Json& one : *list) {
      const std::optional<std::string> path = PathOfUri(StringAt(one, {"uri"}));
      if (!path) continue;
      const int64_t type = IntegerAt(one, {"type"}).value_or(2);
      changes.push_back({*path, type == 1   ? DiskChange::Kind::kCreated
                                : type == 3 ? DiskChange::Kind::kDeleted
                                            : DiskChange::Kind::kModified});
    }
    Post([this] { analysis.ClientWatches(); });
    TellDiskChanges(std::move(changes));
  }

  void OnFolders(const Json& params) {
    std::vector<Folder> removed = ReadFolderList(Find(params, {"event", "removed"}));
    std::vector<Folder> added = ReadFolderList(Find(params, {"event", "added"}));
    RemoveFolders(folders, removed);
    AddFolders(folders, added);
    Post([this, removed = std::move(removed), added = std::move(added)] { analysis.ChangeFolders(removed, added); });
    if (client.answers_configuration) AskForConfiguration();
  }

  // A job for the analysis thread. What goes wrong there is logged, and the server lives.
  void Post(std::function<void()> job) {
    scheduler.Post([this, job = std::move(job)] {
      try {
        job();
      } catch (const std::exception& problem) {
        connection.Log(LogLevel::kError, absl::StrCat("overt failed: ", problem.what()));
      }
    });
  }

  // --- The analysis thread and the helpers --------------------------------------------------------------------------

  void StartRequest(const RequestRow& row, const std::shared_ptr<Call>& call, const std::string& path,
                    const std::string& uri) {
    if (call->cancelled) return;
    std::shared_ptr<const View> view;
    try {
      view = std::make_shared<const View>(analysis.ViewFor(path, uri));
    } catch (const std::exception& problem) {
      return connection.Fail(*call, ErrorCode::kInternalError, problem.what());
    }
    scheduler.PostAside([this, &row, call, view] { RunRequest(row, *call, *view); });
  }

  static bool IsSwitchedOff(const RequestRow& row, const View& view) {
    if (view.root == nullptr) return false;
    const EditorSettings& settings = view.root->settings();
    const bool is_alone = settings.features == EditorSettings::Features::kOff;
    return (is_alone && IsBesideFindings(row)) || !IsOffered(row, settings) ||
           absl::c_linear_search(settings.disabled_features, row.feature);
  }

  void RunRequest(const RequestRow& row, const Call& call, const View& view) {
    if (call.cancelled) return;
    connection.Log(LogLevel::kDebug, absl::StrCat(call.method, view.document == nullptr ? "" : " of ",
                                                  view.document == nullptr ? "" : view.document->path()));
    if (IsSwitchedOff(row, view)) return connection.Answer(call, nullptr);
    try {
      RequestResult result = row.handler({call, view, client, connection});
      if (result.status.ok()) {
        if (row.handler == OnDocumentDiagnostic) NotePulled(DocumentUriOf(call.params), result.value);
        // It may have read configurations, which are to be watched from here on.
        if (row.handler == OnWorkspaceDiagnostic) Post([] {});
        return connection.Answer(call, std::move(result.value));
      }
      Failure failure = FailureOf(result.status);
      connection.Fail(call, failure.code, result.status.message(), std::move(failure.data));
    } catch (const std::exception& problem) {
      connection.Fail(call, ErrorCode::kInternalError, problem.what());
    }
  }

  // What the client has of a document from here on, and of those that came along.
  void NotePulled(const std::string& uri, const Json& report) {
    std::vector<std::pair<std::string, std::string>> ids = {{uri, StringAt(report, {"resultId"})}};
    if (const Json* related = Find(report, {"relatedDocuments"})) {
      for (const auto& [other, one] : related->items()) ids.emplace_back(other, StringAt(one, {"resultId"}));
    }
    Post([this, ids = std::move(ids)] {
      for (const auto& [name, id] : ids) analysis.Pulled(name, id);
    });
  }

  absl::Duration Idle() {
    try {
      return analysis.Step();
    } catch (const std::exception& problem) {
      connection.Log(LogLevel::kError, absl::StrCat("overt failed: ", problem.what()));
      return absl::InfiniteDuration();
    }
  }
};

Server::Server(Surroundings surroundings, MessageSink& sink)
    : impl_(std::make_unique<Impl>(std::move(surroundings), sink)) {}
Server::~Server() = default;

void Server::Handle(absl::string_view body) { impl_->Handle(body); }

void Server::RefuseTooLarge(size_t bytes) {
  impl_->connection.Refuse(
      nullptr, ErrorCode::kParseError,
      absl::StrCat("a message of ", bytes >> 20, " MiB; the limit is ", MessageReader::kMostBytes >> 20, " MiB"));
}

void Server::LogProblem(absl::string_view problem) { impl_->connection.Log(LogLevel::kError, problem); }

std::optional<int> Server::exit_code() const {
  if (impl_->phase != Impl::Phase::kExited) return std::nullopt;
  return abandoned_exit_code();
}

int Server::abandoned_exit_code() const { return impl_->shut_down ? 0 : 1; }
int64_t Server::client_process() const { return impl_->client.process_id; }
void Server::WaitUntilIdle() { impl_->scheduler.WaitUntilIdle(); }

bool Server::Stop() {
  impl_->connection.CancelAll();
  return impl_->scheduler.Stop(absl::Seconds(1));
}

}  // namespace overt::lsp
