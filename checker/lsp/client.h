// What the editor said about itself when it said hello, and what it chose.
//
//   Client client = ReadClient(params);                     // of `initialize`
//   if (client.related_information) …
#ifndef OVERT_CHECKER_LSP_CLIENT_H_
#define OVERT_CHECKER_LSP_CLIENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/driver/config.h"
#include "checker/lsp/connection.h"
#include "checker/lsp/json.h"
#include "checker/lsp/positions.h"
#include "diagnostics/rule.h"

namespace overt::lsp {

// What it can do. All off for a client that says nothing.
struct Client {
  PositionEncoding encoding = PositionEncoding::kUtf16;
  bool related_information = false;
  bool tag_unnecessary = false;
  bool tag_deprecated = false;
  bool code_descriptions = false;  // a link from a diagnostic's code
  bool pulls_diagnostics = false;  // and would hear of other documents too; then nothing is pushed
  bool related_documents = false;  // an answer for one document may bring those of others
  bool refreshes_diagnostics = false;
  bool answers_configuration = false;
  bool registers_configuration = false;
  bool registers_watchers = false;
  bool watches_elsewhere = false;  // below any folder, not those of the workspace alone
  // Tells what people do to files in the editor itself.
  bool tells_created = false, tells_renamed = false, tells_deleted = false;
  bool work_done_progress = false;
  bool markdown_hover = false;
  bool hierarchical_symbols = false;
  bool code_action_literals = false;   // actions with edits, not commands only
  bool resolves_action_edits = false;  // asks for the edit of an action when somebody takes it
  bool document_changes = false;       // edits that name versions
  bool applies_edits = false;
  bool syncs_notebooks = false;  // tells of notebooks as a whole, not of each cell for itself
  bool refreshes_code_lenses = false;
  bool shows_inlay_hints = false, refreshes_inlay_hints = false;
  bool shows_semantic_tokens = false;
  bool knows_overt = false;  // our own extension: takes notifications that no other client has heard of
  // Of the editor; 0 if it does not say, or if no such process is to be seen: it may live in another namespace.
  int64_t process_id = 0;

  // Asks again for what it shows between the lines, when it is told to.
  bool refreshes_words() const { return refreshes_code_lenses || refreshes_inlay_hints; }
};

bool IsProcessAlive(int64_t process);

// `params` of `initialize`.
Client ReadClient(const Json& params);
// "utf-16", …
const char* EncodingName(PositionEncoding encoding);

// What people chose in their editor, under `overt`. A project's own configuration goes before it, unless they say
// otherwise.
struct EditorSettings {
  bool enable = true;
  enum class Mode : uint8_t { kOff, kOpenFiles, kWorkspace };
  Mode mode = Mode::kOpenFiles;
  // Paths as people wrote them; `Root` makes them whole.
  std::optional<std::string> interpreter;         // where a project names none
  std::optional<std::string> configuration_file;  // governs everything
  std::optional<std::string> preset;              // as if `configuration` had it, which goes before it
  driver::EditorConfig configuration;             // keys of `overt.toml`; nobody has looked yet what they say
  bool show_syntax_errors = true;                 // another server may show its own
  bool show_baselined = true;                     // what a baseline accepts, as hints
  // How much there is beside findings and their fixes. For the server the other two are one: our own extension leaves
  // to others what they have as well.
  enum class Features : uint8_t { kOff, kHierarchy, kFull };
  Features features = Features::kHierarchy;
  std::vector<std::string> disabled_features;  // of `FeatureNames`
  int64_t lens_minimum = 0;                    // lenses that count fewer classes are left out
  std::vector<Rule> saving_fixes;              // `source.fixAll.overt` at a save is about these alone; empty: about all
  // Of the server as a whole: those that hold for no folder in particular.
  LogLevel log_level = LogLevel::kWarning;  // and what weighs more
  std::optional<std::string> log_file;
  enum class Notifications : uint8_t { kOff, kOnError, kOnWarning, kAlways };
  Notifications notifications = Notifications::kAlways;
  bool shows_break_lenses = true;  // how many overrides of a member break its contract
  bool shows_base_hints = false;   // what a method overrides, behind its header
  friend bool operator==(const EditorSettings&, const EditorSettings&) = default;
};

// Unknown names and wrong forms are left out and noted. They may stand under `overt`, as in an editor's own settings.
EditorSettings ReadEditorSettings(const Json& json, std::vector<std::string>* notes);

// One folder of the workspace.
struct Folder {
  std::string uri;
  std::string path;
};
// The folders that `initialize` names, in whichever of its three ways.
std::vector<Folder> ReadFolders(const Json& params);
// Of a list of `WorkspaceFolder`; those that lie nowhere are left out.
std::vector<Folder> ReadFolderList(const Json* list);
// Appends those that are not among the folders yet, and takes some away: by path, since a URI has many spellings.
void AddFolders(std::vector<Folder>& folders, std::vector<Folder> added);
void RemoveFolders(std::vector<Folder>& folders, const std::vector<Folder>& removed);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_CLIENT_H_
