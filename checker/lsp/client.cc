#include "checker/lsp/client.h"

#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <initializer_list>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/lsp/requests.h"
#include "checker/lsp/uri.h"
#include "diagnostics/preset.h"

namespace overt::lsp {
namespace {

bool Contains(const Json* list, const Json& item) {
  if (list == nullptr || !list->is_array()) return false;
  for (const Json& one : *list) {
    if (one == item) return true;
  }
  return false;
}

PositionEncoding ChooseEncoding(const Json* offered) {
  // The client's order is its wish.
  if (offered != nullptr && offered->is_array()) {
    for (const Json& one : *offered) {
      if (one == "utf-8") return PositionEncoding::kUtf8;
      if (one == "utf-16") return PositionEncoding::kUtf16;
      if (one == "utf-32") return PositionEncoding::kUtf32;
    }
  }
  return PositionEncoding::kUtf16;
}

}  // namespace

bool IsProcessAlive(int64_t process) { return kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM; }

Client ReadClient(const Json& params) {
  Client client;
  const int64_t process = IntegerAt(params, {"processId"}).value_or(0);
  if (process > 1 && IsProcessAlive(process)) client.process_id = process;
  const Json* found = Find(params, {"capabilities"});
  if (found == nullptr) return client;
  const Json& can = *found;
  client.encoding = ChooseEncoding(Find(can, {"general", "positionEncodings"}));
  // Both ways of getting diagnostics describe them in the same words.
  for (const char* way : {"publishDiagnostics", "diagnostic"}) {
    client.related_information |= BoolAt(can, {"textDocument", way, "relatedInformation"});
    client.code_descriptions |= BoolAt(can, {"textDocument", way, "codeDescriptionSupport"});
    const Json* tags = Find(can, {"textDocument", way, "tagSupport", "valueSet"});
    client.tag_unnecessary |= Contains(tags, 1);
    client.tag_deprecated |= Contains(tags, 2);
  }
  client.related_documents = BoolAt(can, {"textDocument", "diagnostic", "relatedDocumentSupport"});
  client.refreshes_diagnostics = BoolAt(can, {"workspace", "diagnostics", "refreshSupport"});
  // One that asks for the edited document only and cannot be told to ask again (Neovim 0.11) would never hear what an
  // edit of a base breaks in the subclasses.
  client.pulls_diagnostics = Find(can, {"textDocument", "diagnostic"}) != nullptr &&
                             (client.related_documents || client.refreshes_diagnostics);
  client.answers_configuration = BoolAt(can, {"workspace", "configuration"});
  client.registers_configuration = BoolAt(can, {"workspace", "didChangeConfiguration", "dynamicRegistration"});
  client.registers_watchers = BoolAt(can, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"});
  client.watches_elsewhere = BoolAt(can, {"workspace", "didChangeWatchedFiles", "relativePatternSupport"});
  client.tells_created = BoolAt(can, {"workspace", "fileOperations", "didCreate"});
  client.tells_renamed = BoolAt(can, {"workspace", "fileOperations", "didRename"});
  client.tells_deleted = BoolAt(can, {"workspace", "fileOperations", "didDelete"});
  client.markdown_hover = Contains(Find(can, {"textDocument", "hover", "contentFormat"}), "markdown");
  client.hierarchical_symbols = BoolAt(can, {"textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"});
  client.code_action_literals = Find(can, {"textDocument", "codeAction", "codeActionLiteralSupport"}) != nullptr;
  client.resolves_action_edits =
      BoolAt(can, {"textDocument", "codeAction", "dataSupport"}) &&
      Contains(Find(can, {"textDocument", "codeAction", "resolveSupport", "properties"}), "edit");
  client.document_changes = BoolAt(can, {"workspace", "workspaceEdit", "documentChanges"});
  client.applies_edits = BoolAt(can, {"workspace", "applyEdit"});
  client.syncs_notebooks = Find(can, {"notebookDocument", "synchronization"}) != nullptr;
  client.refreshes_code_lenses = BoolAt(can, {"workspace", "codeLens", "refreshSupport"});
  client.shows_inlay_hints = Find(can, {"textDocument", "inlayHint"}) != nullptr;
  client.shows_semantic_tokens = Find(can, {"textDocument", "semanticTokens"}) != nullptr;
  client.refreshes_inlay_hints = BoolAt(can, {"workspace", "inlayHint", "refreshSupport"});
  client.knows_overt = BoolAt(can, {"experimental", "overt"});
  client.work_done_progress = BoolAt(can, {"window", "workDoneProgress"});
  return client;
}

const char* EncodingName(PositionEncoding encoding) {
  switch (encoding) {
    case PositionEncoding::kUtf8: return "utf-8";
    case PositionEncoding::kUtf16: return "utf-16";
    case PositionEncoding::kUtf32: return "utf-32";
  }
  return "utf-16";
}

namespace {

bool ReadBool(const Json& value, bool& into) {
  if (value.is_boolean()) into = value.get<bool>();
  return value.is_boolean();
}

// One of some words.
template <typename Choice>
bool ReadChoice(const Json& value, std::initializer_list<std::pair<const char*, Choice>> words, Choice& into) {
  const auto found = absl::c_find_if(words, [&](const auto& one) { return value == one.first; });
  if (found == words.end()) return false;
  into = found->second;
  return true;
}

bool ReadWholeNumber(const Json& value, int64_t& into) {
  const bool is_good = value.is_number_integer() && value >= 0;
  if (is_good) into = value.get<int64_t>();
  return is_good;
}

bool ReadMode(const Json& value, EditorSettings::Mode& into) {
  using Mode = EditorSettings::Mode;
  return ReadChoice(value,
                    {{"off", Mode::kOff},
                     {"openFiles", Mode::kOpenFiles},
                     {"openFilesOnly", Mode::kOpenFiles},
                     {"workspace", Mode::kWorkspace}},
                    into);
}

bool ReadAmount(const Json& value, EditorSettings::Features& into) {
  using Features = EditorSettings::Features;
  return ReadChoice(value, {{"off", Features::kOff}, {"hierarchy", Features::kHierarchy}, {"full", Features::kFull}},
                    into);
}

bool ReadLogLevel(const Json& value, LogLevel& into) {
  return ReadChoice(value,
                    {{"error", LogLevel::kError},
                     {"warning", LogLevel::kWarning},
                     {"info", LogLevel::kInfo},
                     {"debug", LogLevel::kDebug}},
                    into);
}

bool ReadNotifications(const Json& value, EditorSettings::Notifications& into) {
  using Notifications = EditorSettings::Notifications;
  return ReadChoice(value,
                    {{"off", Notifications::kOff},
                     {"onError", Notifications::kOnError},
                     {"onWarning", Notifications::kOnWarning},
                     {"always", Notifications::kAlways}},
                    into);
}

// Rules, groups or "all".
bool ReadRules(const Json& value, std::vector<Rule>& into) {
  if (!value.is_array()) return false;
  std::vector<Rule> rules;
  for (const Json& one : value) {
    const absl::Span<const Rule> named =
        one.is_string() ? RulesNamed(one.get_ref<const std::string&>()) : absl::Span<const Rule>();
    if (named.empty()) return false;
    rules.insert(rules.end(), named.begin(), named.end());
  }
  into = std::move(rules);
  return true;
}

bool ReadPreference(const Json& value, driver::EditorConfig::Preference& into) {
  using Preference = driver::EditorConfig::Preference;
  return ReadChoice(value,
                    {{"filesystemFirst", Preference::kFilesystemFirst},
                     {"editorFirst", Preference::kEditorFirst},
                     {"editorOnly", Preference::kEditorOnly}},
                    into);
}

bool ReadConfiguration(const Json& value, std::string& into) {
  if (value.is_object() && !value.empty()) into = WriteJson(value);
  return value.is_object() || value.is_null();
}

bool ReadPreset(const Json& value, std::optional<std::string>& into) {
  if (value.is_null() || value == "") return true;
  if (!value.is_string() || !PresetNamed(value.get_ref<const std::string&>())) return false;
  into = value.get<std::string>();
  return true;
}

// It stands where the configuration of the settings stands, so that a project goes before it or behind it as that does.
void PutIntoConfiguration(const std::optional<std::string>& preset, std::string& configuration) {
  if (!preset) return;
  std::string why_not;
  Json keys = configuration.empty() ? Json::object() : ParseJson(configuration, &why_not).value_or(Json::object());
  keys.emplace("preset", *preset);
  configuration = WriteJson(keys);
}

// An empty one is none.
bool ReadPath(const Json& value, std::optional<std::string>& into) {
  if (value.is_string() && !value.get_ref<const std::string&>().empty()) into = value.get<std::string>();
  return value.is_string() || value.is_null();
}

bool ReadFeatures(const Json& value, std::vector<std::string>& into) {
  if (!value.is_array()) return false;
  const std::vector<absl::string_view> known = FeatureNames();
  for (const Json& one : value) {
    if (!one.is_string() || !absl::c_linear_search(known, one.get_ref<const std::string&>())) return false;
    into.push_back(one.get<std::string>());
  }
  return true;
}

// Whether the value is one that the setting can have; nothing for a name that is no setting.
std::optional<bool> ReadSetting(const std::string& name, const Json& value, EditorSettings& into) {
  if (name == "enable") return ReadBool(value, into.enable);
  if (name == "diagnosticMode") return ReadMode(value, into.mode);
  if (name == "interpreter") return ReadPath(value, into.interpreter);
  if (name == "configurationFile") return ReadPath(value, into.configuration_file);
  if (name == "configuration") return ReadConfiguration(value, into.configuration.json);
  if (name == "configurationPreference") return ReadPreference(value, into.configuration.preference);
  if (name == "preset") return ReadPreset(value, into.preset);
  if (name == "showSyntaxErrors") return ReadBool(value, into.show_syntax_errors);
  if (name == "showBaselined") return ReadBool(value, into.show_baselined);
  if (name == "languageFeatures") return ReadAmount(value, into.features);
  if (name == "disabledFeatures") return ReadFeatures(value, into.disabled_features);
  if (name == "fixOnSave.rules") return ReadRules(value, into.saving_fixes);
  if (name == "logLevel") return ReadLogLevel(value, into.log_level);
  if (name == "logFile") return ReadPath(value, into.log_file);
  if (name == "showNotifications") return ReadNotifications(value, into.notifications);
  if (name == "codeLens.minimum") return ReadWholeNumber(value, into.lens_minimum);
  if (name == "codeLens.breaks") return ReadBool(value, into.shows_break_lenses);
  if (name == "inlayHints.baseMember") return ReadBool(value, into.shows_base_hints);
  return std::nullopt;
}

// Settings of one subject are an object: `codeLens.minimum` is `{"codeLens": {"minimum": 2}}`.
bool IsSubject(absl::string_view name) { return name == "codeLens" || name == "inlayHints" || name == "fixOnSave"; }

void ReadSettings(const Json& object, const std::string& subject, EditorSettings& into,
                  std::vector<std::string>* notes) {
  for (const auto& [key, value] : object.items()) {
    const std::string name = absl::StrCat(subject, key);
    if (value.is_object() && IsSubject(name)) {
      ReadSettings(value, absl::StrCat(name, "."), into, notes);
      continue;
    }
    const std::optional<bool> is_good = ReadSetting(name, value, into);
    if (!is_good) {
      notes->push_back(absl::StrCat("overt has no setting `", name, "`"));
    } else if (!*is_good && name == "preset" && value.is_string()) {
      notes->push_back(absl::StrCat("`overt.preset`: ", UnknownPreset(value.get_ref<const std::string&>())));
    } else if (!*is_good) {
      notes->push_back(absl::StrCat("`overt.", name, "` cannot be ", WriteJson(value).substr(0, 60)));
    }
  }
}

}  // namespace

EditorSettings ReadEditorSettings(const Json& json, std::vector<std::string>* notes) {
  EditorSettings settings;
  if (json.is_null()) return settings;
  if (!json.is_object()) {
    notes->emplace_back("settings that are no object were left out");
    return settings;
  }
  if (const Json* inner = Find(json, {"overt"})) return ReadEditorSettings(*inner, notes);
  ReadSettings(json, "", settings, notes);
  PutIntoConfiguration(settings.preset, settings.configuration.json);
  return settings;
}

std::vector<Folder> ReadFolderList(const Json* list) {
  std::vector<Folder> folders;
  if (list == nullptr || !list->is_array()) return folders;
  for (const Json& one : *list) {
    std::string uri = StringAt(one, {"uri"});
    std::optional<std::string> path = PathOfUri(uri);
    if (path) AddFolders(folders, {{std::move(uri), *std::move(path)}});
  }
  return folders;
}

void AddFolders(std::vector<Folder>& folders, std::vector<Folder> added) {
  for (Folder& one : added) {
    const auto is_same = [&](const Folder& folder) { return folder.path == one.path; };
    if (std::none_of(folders.begin(), folders.end(), is_same)) folders.push_back(std::move(one));
  }
}

void RemoveFolders(std::vector<Folder>& folders, const std::vector<Folder>& removed) {
  std::erase_if(folders, [&](const Folder& folder) {
    return std::any_of(removed.begin(), removed.end(), [&](const Folder& gone) { return gone.path == folder.path; });
  });
}

std::vector<Folder> ReadFolders(const Json& params) {
  std::vector<Folder> folders = ReadFolderList(Find(params, {"workspaceFolders"}));
  if (!folders.empty()) return folders;
  std::string uri = StringAt(params, {"rootUri"});
  if (uri.empty() && !StringAt(params, {"rootPath"}).empty()) uri = UriOfPath(StringAt(params, {"rootPath"}));
  if (const std::optional<std::string> path = PathOfUri(uri)) folders.push_back({uri, *path});
  return folders;
}

}  // namespace overt::lsp
