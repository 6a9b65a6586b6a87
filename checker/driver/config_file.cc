#include "checker/driver/config_file.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/driver/config_json.h"
#include "checker/driver/config_reader.h"
#include "checker/driver/terminal.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/shown_path.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/source_file.h"
#include "stubs/toml.h"

namespace overt::driver {
namespace {

constexpr size_t kMostConfigBytes = 10u << 20;

bool IsPyproject(absl::string_view path) { return absl::EndsWith(path, "pyproject.toml"); }

// Also where it is a link that leads nowhere: somebody wanted a file to be there.
bool Exists(const std::string& path) {
  const grammar::KindAnswer answer = grammar::AskKind(path);
  if (answer.kind != grammar::PathKind::kNothing || answer.error == ELOOP) return true;
  return answer.error == ENOENT && grammar::AskIsLink(path);
}

// The text of a TOML file, or why it cannot be used.
std::optional<std::string> ReadTomlText(const ConfigFile& file, std::vector<ConfigProblem>& problems) {
  absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(file.path, kMostConfigBytes);
  if (!bytes.ok()) {
    const bool is_lost = grammar::AskKind(file.path).kind == grammar::PathKind::kNothing;
    problems.push_back({file.display, 0, 0,
                        is_lost && grammar::AskIsLink(file.path)
                            ? "cannot be read: it is a link to nowhere"
                            : absl::StrCat("cannot be read: ", bytes.status().message())});
    return std::nullopt;
  }
  absl::string_view text = *bytes;
  if (absl::StartsWith(text, "\xFF\xFE") || absl::StartsWith(text, "\xFE\xFF")) {
    problems.push_back({file.display, 0, 0, "this file is UTF-16; TOML must be UTF-8"});
    return std::nullopt;
  }
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  return std::string(text);
}

// What a file says to overt: all of it, or `[tool.overt]` of a `pyproject.toml`, if that is there.
const toml::node* OvertNode(const toml::table& root, const std::string& path) {
  return IsPyproject(path) ? root["tool"]["overt"].node() : &root;
}

// One of the files that a configuration is made of.
struct ConfigDocument {
  ConfigFile file;
  toml::table root;
  const toml::table* table = nullptr;  // null: it says nothing to overt

  const toml::node* extend() const { return table == nullptr ? nullptr : table->get("extend"); }
};
using Documents = std::vector<std::unique_ptr<ConfigDocument>>;

// Null, with a problem, if it cannot be used.
std::unique_ptr<ConfigDocument> ParseDocument(const ConfigFile& file, absl::string_view text,
                                              std::vector<ConfigProblem>& problems) {
  auto document = std::make_unique<ConfigDocument>();
  document->file = file;
  try {
    document->root = toml::parse(ToToml(text), file.display);
  } catch (const toml::parse_error& error) {
    const toml::source_region& at = error.source();
    problems.push_back({file.display, at.begin.line, at.begin.column,
                        absl::StrCat("this is no valid TOML: ", FromToml(error.description()))});
    return nullptr;
  }
  const toml::node* const node = OvertNode(document->root, file.path);
  if (node != nullptr && !node->is_table()) {
    const toml::source_position at = node->source().begin;
    problems.push_back({file.display, at.line, at.column,
                        node->is_array() ? "`tool.overt` must be a table, `[tool.overt]` in single brackets"
                                         : "`tool.overt` must be a table"});
    return nullptr;
  }
  if (node != nullptr) document->table = node->as_table();
  return document;
}

// Follows `extend` from file to file.
class DocumentChain {
 public:
  DocumentChain(const std::string& current_folder, std::vector<ConfigProblem>& problems)
      : current_folder_(current_folder), problems_(problems) {}

  // What others extend stands first.
  Documents Load(const ConfigFile& file, absl::string_view text) {
    looked_at_.push_back(file.path);
    return LoadFrom(ParseDocument(file, text, problems_));
  }

  // The same from a document that stands in no file.
  Documents LoadFrom(std::unique_ptr<ConfigDocument> first) {
    Add(std::move(first));
    while (const std::optional<ConfigFile> next = Next()) {
      const std::optional<std::string> more = ReadTomlText(*next, problems_);
      if (!more) break;
      std::unique_ptr<ConfigDocument> document = ParseDocument(*next, *more, problems_);
      if (document != nullptr && document->table == nullptr) {
        AddProblem(absl::StrCat("`", next->display, "` has no `[tool.overt]`"));
      }
      if (!Add(std::move(document))) break;
    }
    absl::c_reverse(documents_);
    return std::move(documents_);
  }

  // All files that the chain was made of, or that it led to in vain.
  const std::vector<std::string>& looked_at() const { return looked_at_; }

 private:
  bool Add(std::unique_ptr<ConfigDocument> document) {
    if (document == nullptr) return false;
    seen_.push_back(resolve::RealPath(document->file.path));
    documents_.push_back(std::move(document));
    return true;
  }

  // About the `extend` of the last document.
  void AddProblem(std::string message) {
    const ConfigDocument& last = *documents_.back();
    const toml::source_position at = last.extend()->source().begin;
    problems_.push_back({last.file.display, at.line, at.column, std::move(message)});
  }

  std::optional<ConfigFile> Next() {
    if (documents_.empty() || documents_.back()->extend() == nullptr) return std::nullopt;
    const ConfigDocument& last = *documents_.back();
    const auto written = last.extend()->value_exact<std::string>();
    if (!written) return std::nullopt;  // its reader says so
    const std::string path = AbsolutePath(*written, resolve::Parent(last.file.path));
    const std::string display = resolve::ShownPath(path, current_folder_);
    looked_at_.push_back(path);
    if (grammar::AskKind(path).kind != grammar::PathKind::kFile) {
      AddProblem(absl::StrCat("`extend`: no such file: ", display));
      return std::nullopt;
    }
    if (absl::c_linear_search(seen_, resolve::RealPath(path))) {
      std::vector<std::string> way;
      way.reserve(documents_.size());
      for (const auto& document : documents_) way.push_back(document->file.display);
      AddProblem(absl::StrCat("`extend` leads in a circle: ", absl::StrJoin(way, ", "), ", ", display));
      return std::nullopt;
    }
    return ConfigFile{path, display};
  }

  const std::string& current_folder_;
  std::vector<ConfigProblem>& problems_;
  Documents documents_;
  std::vector<std::string> seen_;       // real paths
  std::vector<std::string> looked_at_;  // as written
};

// Those that stand first have others behind them that say more.
std::vector<NamedPath> ReadDocuments(const Documents& documents, Settings& settings,
                                     std::vector<ConfigProblem>& problems) {
  std::vector<NamedPath> named_paths;
  for (const auto& document : documents) {
    if (document->table == nullptr) continue;
    ConfigReader(document->file, settings, named_paths, problems).Run(*document->table);
  }
  return named_paths;
}

void BeGovernedBy(const ConfigFile& file, Settings& settings) {
  settings.project = resolve::Parent(file.path);
  settings.config_file = file.display;
  settings.read_from = {file.path};
}

// The file, with what it extends before it.
Documents FileDocuments(const ConfigFile& file, absl::string_view text, const std::string& current_folder,
                        Settings& settings, std::vector<ConfigProblem>& problems) {
  BeGovernedBy(file, settings);
  DocumentChain chain(current_folder, problems);
  Documents documents = chain.Load(file, text);
  settings.read_from = chain.looked_at();
  return documents;
}

// What an editor says, with what that extends before it.
Documents EditorDocuments(const EditorConfig& editor, const std::string& current_folder, Settings& settings,
                          std::vector<ConfigProblem>& problems) {
  if (editor.json.empty()) return {};
  auto document = std::make_unique<ConfigDocument>();
  // Its paths start where those of a file in the current folder would.
  document->file = {AbsolutePath(kEditorConfigName, current_folder), std::string(kEditorConfigName)};
  document->root = TomlOfJson(editor.json);
  document->table = &document->root;
  DocumentChain chain(current_folder, problems);
  Documents documents = chain.LoadFrom(std::move(document));
  settings.read_from.insert(settings.read_from.end(), chain.looked_at().begin(), chain.looked_at().end());
  return documents;
}

// Whether a `pyproject.toml` speaks to overt. What cannot be read may do so: whoever uses it will say what is wrong.
bool MayGovern(const std::string& pyproject, bool* is_certain) {
  *is_certain = false;
  const absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(pyproject, kMostConfigBytes);
  if (!bytes.ok()) return true;
  try {
    *is_certain = true;
    return OvertNode(toml::parse(ToToml(*bytes)), pyproject) != nullptr;
  } catch (const toml::parse_error&) {
    *is_certain = false;
    return true;
  }
}

}  // namespace

absl::Span<const absl::string_view> ExemptionNames() {
  static constexpr absl::string_view kNames[] = {"constructors", "private", "object-dunders",
                                                 "abstract-implementations", "protocol-members"};
  return kNames;
}

bool IsConfigFile(absl::string_view name) {
  return name == "overt.toml" || name == ".overt.toml" || name == "pyproject.toml";
}

FolderConfig ConfigIn(const std::string& folder, const std::string& current_folder) {
  FolderConfig config;
  const std::string inside = folder == "/" ? folder : absl::StrCat(folder, "/");
  for (const absl::string_view name : {"overt.toml", ".overt.toml"}) {
    const std::string path = absl::StrCat(inside, name);
    if (!Exists(path)) continue;
    if (config.file) {
      config.ignored.push_back(absl::StrCat("`", name, "`"));
    } else {
      config.file = ConfigFile{path, resolve::ShownPath(path, current_folder)};
    }
  }
  const std::string pyproject = absl::StrCat(inside, "pyproject.toml");
  bool is_certain = false;
  if (!Exists(pyproject) || grammar::AskKind(pyproject).kind == grammar::PathKind::kFolder ||
      !MayGovern(pyproject, &is_certain)) {
    return config;
  }
  if (!config.file) {
    config.file = ConfigFile{pyproject, resolve::ShownPath(pyproject, current_folder)};
  } else if (is_certain) {
    config.ignored.emplace_back("`[tool.overt]` of `pyproject.toml`");
  }
  return config;
}

std::vector<NamedPath> ReadConfig(const std::optional<ConfigFile>& file, const EditorConfig& editor,
                                  const std::string& current_folder, Settings& settings,
                                  std::vector<ConfigProblem>& problems) {
  Documents documents;
  if (file) {
    BeGovernedBy(*file, settings);
    if (const auto text = ReadTomlText(*file, problems)) {
      documents = FileDocuments(*file, *text, current_folder, settings, problems);
    }
  }
  Documents own = EditorDocuments(editor, current_folder, settings, problems);
  // Who is read last is heard.
  if (editor.preference == EditorConfig::Preference::kFilesystemFirst) std::swap(documents, own);
  absl::c_move(own, std::back_inserter(documents));
  return ReadDocuments(documents, settings, problems);
}

void CheckNamedPaths(const std::vector<NamedPath>& paths, std::vector<ConfigProblem>& problems) {
  for (const NamedPath& one : paths) {
    const grammar::PathKind kind = grammar::AskKind(one.path).kind;
    const bool is_python = one.key == "environment.python";
    if (kind == grammar::PathKind::kFolder || (is_python && kind != grammar::PathKind::kNothing)) continue;
    ConfigProblem problem = one.place;
    problem.message = absl::StrCat(problem.message, "`", one.key, "`: no such ",
                                   is_python ? "file or folder" : "folder", ": ", one.path);
    problems.push_back(std::move(problem));
  }
}

std::vector<ConfigProblem> CheckConfigText(const ConfigFile& file, absl::string_view text) {
  std::vector<ConfigProblem> problems;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  if (IsPyproject(file.path) && !absl::StrContains(text, "overt")) return problems;
  Settings settings;
  const Documents documents = FileDocuments(file, text, "", settings, problems);
  CheckNamedPaths(ReadDocuments(documents, settings, problems), problems);
  std::erase_if(problems, [&](const ConfigProblem& one) { return one.file != file.display; });
  return problems;
}

namespace {

// A place that TOML's reader tells, lines and characters from 1, in bytes.
size_t OffsetOf(absl::string_view text, toml::source_position at) {
  size_t offset = 0;
  for (toml::source_index line = 1; line < at.line && offset < text.size(); ++line) {
    offset = std::min(text.find('\n', offset), text.size() - 1) + 1;
  }
  for (toml::source_index column = 1; column < at.column && offset < text.size(); ++column) {
    do {
      ++offset;
    } while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80);
  }
  return offset;
}

void AddRuleNames(const toml::node* levels, absl::string_view text, std::vector<NamedRule>& found) {
  if (levels == nullptr || !levels->is_table()) return;
  for (const auto& [key, value] : *levels->as_table()) {
    const absl::string_view name = FromToml(key.str());
    size_t begin = OffsetOf(text, key.source().begin);
    if (begin < text.size() && (text[begin] == '"' || text[begin] == '\'')) ++begin;
    // A name may be spelt with escapes, and one that is no rule leads nowhere.
    if (RulesNamed(name).empty() || text.substr(begin, name.size()) != name) continue;
    found.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + name.size())}, std::string(name)});
  }
}

}  // namespace

std::vector<NamedRule> RulesNamedIn(const ConfigFile& file, absl::string_view text) {
  absl::string_view content = text;
  absl::ConsumePrefix(&content, "\xEF\xBB\xBF");
  std::vector<ConfigProblem> problems;
  const std::unique_ptr<ConfigDocument> document = ParseDocument(file, content, problems);
  std::vector<NamedRule> found;
  if (document == nullptr || document->table == nullptr) return found;
  AddRuleNames(document->table->get("rules"), content, found);
  if (const toml::node* overrides = document->table->get("overrides"); overrides != nullptr && overrides->is_array()) {
    for (const toml::node& one : *overrides->as_array()) {
      if (one.is_table()) AddRuleNames(one.as_table()->get("rules"), content, found);
    }
  }
  const auto mark = static_cast<uint32_t>(text.size() - content.size());
  for (NamedRule& one : found) one.range = {one.range.begin + mark, one.range.end + mark};
  absl::c_sort(found, [](const NamedRule& a, const NamedRule& b) { return a.range.begin < b.range.begin; });
  return found;
}

std::optional<grammar::PythonVersion> RequiresPython(const std::string& folder) {
  absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(absl::StrCat(folder, "/pyproject.toml"), kMostConfigBytes);
  if (!bytes.ok()) return std::nullopt;
  std::string requirement;
  try {
    requirement = toml::parse(ToToml(*bytes))["project"]["requires-python"].value_or(std::string());
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
  // The lower bound of ">=3.9,<4": the oldest version that must work.
  for (absl::string_view part : absl::StrSplit(requirement, ',')) {
    part = absl::StripAsciiWhitespace(part);
    const bool is_bound =
        absl::ConsumePrefix(&part, ">=") || absl::ConsumePrefix(&part, "~=") || absl::ConsumePrefix(&part, "==");
    if (!is_bound) continue;
    const std::vector<absl::string_view> numbers = absl::StrSplit(absl::StripAsciiWhitespace(part), '.');
    if (numbers.size() < 2) continue;
    if (auto version = grammar::ParsePythonVersion(absl::StrCat(numbers[0], ".", numbers[1]))) {
      return std::clamp(*version, grammar::kOldestPython, grammar::kNewestPython);
    }
  }
  return std::nullopt;
}

}  // namespace overt::driver
