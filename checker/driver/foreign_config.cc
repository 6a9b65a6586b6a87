#include "checker/driver/foreign_config.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/driver/ini_file.h"
#include "checker/driver/settings.h"
#include "checker/resolve/disk.h"
#include "diagnostics/foreign_codes.h"
#include "grammar/base/python_version.h"
#include "stubs/toml.h"

namespace overt::driver {
namespace {

// A value of any of the formats: texts, and whether it was one text or a list of them.
struct ForeignValue {
  std::vector<std::string> texts;
  bool is_list = false;
  std::string shown;  // as written, shortened

  bool is_true() const { return texts.size() == 1 && (absl::AsciiStrToLower(texts[0]) == "true" || texts[0] == "1"); }
  bool is_false() const { return texts.size() == 1 && (absl::AsciiStrToLower(texts[0]) == "false" || texts[0] == "0"); }
};

// One key of a tool's file, `section.key` for those below tables.
struct ForeignKey {
  std::string name;
  ForeignValue value;
  std::string place;
};

struct ForeignFile {
  std::string name;  // in the folder
  std::vector<ForeignKey> keys;
};

std::string Shortened(const std::string& text) {
  constexpr size_t kMostShown = 60;
  std::string line = absl::StrReplaceAll(text, {{"\n", ", "}});
  if (line.size() <= kMostShown) return line;
  size_t end = kMostShown;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(line.substr(0, end), "…");
}

// --- The formats -----------------------------------------------------------------------------------------------------

ForeignValue TextValue(const std::string& text) { return {{text}, false, Shortened(text)}; }

// Of TOML and JSON alike, by way of JSON: nothing for a table.
std::optional<ForeignValue> ValueOfJson(const nlohmann::json& json) {
  const auto text = [](const nlohmann::json& one) { return one.is_string() ? one.get<std::string>() : one.dump(); };
  ForeignValue value;
  value.shown = Shortened(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  if (json.is_array()) {
    value.is_list = true;
    for (const nlohmann::json& one : json) value.texts.push_back(text(one));
    return value;
  }
  if (json.is_object()) return std::nullopt;
  value.texts.push_back(text(json));
  return value;
}

nlohmann::json JsonOfToml(const toml::node& node) {
  if (const toml::table* table = node.as_table()) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [key, value] : *table) json[std::string(key.str())] = JsonOfToml(value);
    return json;
  }
  if (const toml::array* array = node.as_array()) {
    nlohmann::json json = nlohmann::json::array();
    for (const toml::node& one : *array) json.push_back(JsonOfToml(one));
    return json;
  }
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto flag = node.value_exact<bool>()) return *flag;
  if (const auto number = node.value_exact<int64_t>()) return *number;
  if (const auto number = node.value_exact<double>()) return *number;
  return nullptr;
}

// Keys of a table and of the tables below it.
void AddTomlKeys(const toml::table& table, const std::string& file, const std::string& prefix,
                 std::vector<ForeignKey>& keys) {
  for (const auto& [key, node] : table) {
    const std::string name = absl::StrCat(prefix, std::string(key.str()));
    if (const toml::table* inner = node.as_table()) {
      AddTomlKeys(*inner, file, name + ".", keys);
      continue;
    }
    if (auto value = ValueOfJson(JsonOfToml(node))) {
      keys.push_back({name, *std::move(value), absl::StrCat(file, ":", key.source().begin.line)});
    }
  }
}

void AddJsonKeys(const nlohmann::json& json, const std::string& file, const std::string& prefix,
                 std::vector<ForeignKey>& keys) {
  for (const auto& [key, node] : json.items()) {
    if (node.is_object()) {
      AddJsonKeys(node, file, absl::StrCat(prefix, key, "."), keys);
    } else if (auto value = ValueOfJson(node)) {
      keys.push_back({prefix + key, *std::move(value), file});
    }
  }
}

// `pyrightconfig.json` may have commas behind the last of a list, which the JSON library does not take.
std::string WithoutTrailingCommas(absl::string_view text) {
  std::string out;
  bool is_string = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_string && c == '\\' && at + 1 < text.size()) out += text[at++];
    if (c == '"') is_string = !is_string;
    const size_t next = text.find_first_not_of(" \t\r\n", at + 1);
    const bool is_last =
        !is_string && c == ',' && next != absl::string_view::npos && (text[next] == ']' || text[next] == '}');
    if (!is_last) out += text[at];
  }
  return out;
}

// --- Finding the files -----------------------------------------------------------------------------------------------

class FolderReader {
 public:
  FolderReader(const std::string& folder, std::vector<std::string>& problems) : folder_(folder), problems_(problems) {}

  // The table at `path` of a TOML file; nothing if there is none.
  std::optional<ForeignFile> Toml(const std::string& name, const std::vector<std::string>& path) {
    const std::string text = resolve::ReadSmallText(absl::StrCat(folder_, "/", name));
    if (text.empty()) return std::nullopt;
    try {
      const toml::table root = toml::parse(std::string_view(text.data(), text.size()));
      const toml::table* table = &root;
      for (const std::string& part : path) {
        table = table == nullptr ? nullptr : (*table)[part].as_table();
      }
      if (table == nullptr) return std::nullopt;
      ForeignFile file{name, {}};
      AddTomlKeys(*table, name, "", file.keys);
      return file;
    } catch (const toml::parse_error& problem) {
      AddProblem(absl::StrCat(name, ":", problem.source().begin.line, ": ", std::string(problem.description())));
      return std::nullopt;
    }
  }

  std::optional<ForeignFile> Json(const std::string& name) {
    const std::string text = resolve::ReadSmallText(absl::StrCat(folder_, "/", name));
    if (text.empty()) return std::nullopt;
    const nlohmann::json json = nlohmann::json::parse(WithoutTrailingCommas(text), nullptr, /*allow_exceptions=*/false,
                                                      /*ignore_comments=*/true);
    if (!json.is_object()) {
      AddProblem(absl::StrCat(name, ": it is no JSON object"));
      return std::nullopt;
    }
    ForeignFile file{name, {}};
    AddJsonKeys(json, name, "", file.keys);
    return file;
  }

  // Sections that begin with `section`: the part behind that comes before the key. A `mypy.ini` counts without one.
  std::optional<ForeignFile> Ini(const std::string& name, absl::string_view section, bool needs_section) {
    const std::string path = absl::StrCat(folder_, "/", name);
    if (!resolve::IsFile(path)) return std::nullopt;
    ForeignFile file{name, {}};
    bool has_section = !needs_section;
    for (const IniEntry& entry : ReadIni(resolve::ReadSmallText(path))) {
      absl::string_view rest = entry.section;
      if (!absl::ConsumePrefix(&rest, section)) continue;
      if (!rest.empty() && !absl::ConsumePrefix(&rest, "-")) continue;
      has_section = true;
      const std::string prefix = rest.empty() ? "" : absl::StrCat(rest, "::");
      file.keys.push_back({prefix + entry.key, TextValue(entry.value), absl::StrCat(name, ":", entry.line)});
    }
    if (!has_section) return std::nullopt;
    return file;
  }

 private:
  void AddProblem(std::string text) {
    if (!absl::c_linear_search(problems_, text)) problems_.push_back(std::move(text));
  }

  const std::string& folder_;
  std::vector<std::string>& problems_;
};

std::optional<ForeignFile> FileOfMypy(FolderReader& reader) {
  for (const char* name : {"mypy.ini", ".mypy.ini"}) {
    if (auto file = reader.Ini(name, "mypy", false)) return file;
  }
  if (auto file = reader.Toml("pyproject.toml", {"tool", "mypy"})) return file;
  return reader.Ini("setup.cfg", "mypy", true);
}

std::optional<ForeignFile> FileOfPyright(FolderReader& reader) {
  if (auto file = reader.Json("pyrightconfig.json")) return file;
  if (auto file = reader.Toml("pyproject.toml", {"tool", "basedpyright"})) return file;
  return reader.Toml("pyproject.toml", {"tool", "pyright"});
}

std::optional<ForeignFile> FileOfPyrefly(FolderReader& reader) {
  if (auto file = reader.Toml("pyrefly.toml", {})) return file;
  return reader.Toml("pyproject.toml", {"tool", "pyrefly"});
}

std::optional<ForeignFile> FileOfTy(FolderReader& reader) {
  if (auto file = reader.Toml("ty.toml", {})) return file;
  return reader.Toml("pyproject.toml", {"tool", "ty"});
}

// --- Keys into keys --------------------------------------------------------------------------------------------------

constexpr char kNothingLikeIt[] = "overt has nothing like it";

// The one rule that a code of another checker stands for; empty where it stands for several things. Some are called the
// same here.
std::string RuleOfCode(absl::string_view code) {
  if (absl::c_any_of(AllRules(), [&](const RuleInfo& rule) { return rule.name == code; })) return std::string(code);
  const ForeignCode* known = FindForeignCode(code);
  const bool is_one = known != nullptr && known->rules.size() == 1 && known->gap.empty();
  return is_one ? std::string(NameOf(known->rules.front())) : "";
}

// Takes the keys of one file over, one by one.
class Translator {
 public:
  Translator(const std::string& folder, ForeignConfig& out) : folder_(folder), out_(out) {}

  void Take(const ForeignKey& from, std::string key, std::vector<std::string> values) {
    out_.taken.push_back({Written(from), std::move(key), std::move(values)});
  }
  void Leave(const ForeignKey& from, std::string why) { out_.left.push_back({Written(from), std::move(why)}); }

  void Version(const ForeignKey& from) {
    const std::vector<absl::string_view> numbers = absl::StrSplit(from.value.texts.front(), '.');
    const auto version =
        numbers.size() < 2 ? std::nullopt : grammar::ParsePythonVersion(absl::StrCat(numbers[0], ".", numbers[1]));
    if (!version || *version < grammar::kOldestPython || *version > grammar::kNewestPython) {
      return Leave(from, KnownPythons());
    }
    Take(from, "environment.python-version", {grammar::ToString(*version)});
  }

  void Platform(const ForeignKey& from) {
    static const std::map<std::string, std::string>* names = new std::map<std::string, std::string>{
        {"linux", "linux"}, {"darwin", "darwin"}, {"windows", "win32"}, {"all", "all"}, {"macos", "darwin"}};
    const std::string low = absl::AsciiStrToLower(from.value.texts.front());
    const auto known = names->find(low);
    Take(from, "environment.python-platform", {known == names->end() ? low : known->second});
  }

  // Folders that must be there, or the configuration would not be valid.
  void Folders(const ForeignKey& from, const std::string& key, const std::vector<std::string>& written) {
    std::vector<std::string> there;
    for (std::string one : written) {
      while (absl::StartsWith(one, "./")) one = one.substr(2);
      if (one.empty()) one = ".";
      if (resolve::IsFolder(resolve::CleanPath(folder_, one))) {
        there.push_back(one);
      } else {
        Leave(from, absl::StrCat("no such folder: ", one));
      }
    }
    if (!there.empty()) Take(from, key, there);
  }

  void Python(const ForeignKey& from, const std::string& path) {
    const std::string whole = resolve::CleanPath(folder_, path);
    if (resolve::IsFolder(whole) || resolve::IsFile(whole)) return Take(from, "environment.python", {path});
    Leave(from, absl::StrCat("no such file or folder: ", path));
  }

  // Paths and globs of the folder, as patterns of `.gitignore`: a plain name would match at any depth.
  void Patterns(const ForeignKey& from, const std::string& key, const std::vector<std::string>& written) {
    std::vector<std::string> patterns;
    for (std::string one : written) {
      while (absl::StartsWith(one, "./")) one = one.substr(2);
      while (one.size() > 1 && absl::EndsWith(one, "/")) one.pop_back();
      if (absl::EndsWith(one, "/**")) one.resize(one.size() - 3);
      if (one.empty() || one == "." || one == "**" || absl::EndsWith(one, "**/*")) continue;  // everything
      if (absl::StartsWith(one, "../") || absl::StrContains(one, "${")) {
        Leave(from, absl::StrCat("it leads out of the project: ", one));
        continue;
      }
      const bool is_anchored = absl::StartsWith(one, "/") || absl::StartsWith(one, "**/");
      patterns.push_back(is_anchored ? one : "/" + one);
    }
    if (!patterns.empty()) Take(from, key, patterns);
  }

  void Modules(const ForeignKey& from, const std::vector<std::string>& names) {
    std::vector<std::string> modules;
    for (const std::string& name : names) {
      const bool is_plain = absl::c_all_of(absl::StripSuffix(name, ".*"), [](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.';
      });
      if (is_plain && !name.empty()) {
        modules.push_back(name);
      } else {
        Leave(from, absl::StrCat("a pattern of modules is `name` or `name.*`, not `", name, "`"));
      }
    }
    if (!modules.empty()) Take(from, "environment.allowed-unresolved-imports", modules);
  }

  // A code with a level of its own: "error", "warning", true, …
  void Code(const ForeignKey& from, absl::string_view code) {
    const std::string rule = RuleOfCode(code);
    if (rule.empty()) {
      const ForeignCode* known = FindForeignCode(code);
      const bool has_rules = known != nullptr && !known->rules.empty();
      return Leave(from, has_rules ? absl::StrCat("it stands for several things; see `overt explain ", code, "`")
                                   : std::string(kNothingLikeIt));
    }
    const std::string level = LevelOf(from.value);
    if (level.empty()) return Leave(from, "no level that overt knows");
    Take(from, "rules." + rule, {level});
  }

  void Flag(const ForeignKey& from, const std::string& key, bool value) { Take(from, key, {value ? "true" : "false"}); }

 private:
  static ForeignSetting Written(const ForeignKey& from) {
    return {from.place, absl::StrCat(from.name, " = ", from.value.shown)};
  }
  static std::string LevelOf(const ForeignValue& value) {
    if (value.is_true()) return "error";
    if (value.is_false()) return "ignore";
    static const std::map<std::string, std::string>* levels = new std::map<std::string, std::string>{
        {"error", "error"}, {"warning", "warn"}, {"warn", "warn"},    {"information", "info"},
        {"info", "info"},   {"none", "ignore"},  {"ignore", "ignore"}};
    const auto known = levels->find(value.texts.empty() ? "" : value.texts.front());
    return known == levels->end() ? "" : known->second;
  }

  const std::string& folder_;
  ForeignConfig& out_;
};

using KeyRule = std::function<void(const ForeignKey&, Translator&)>;
using KeyTable = std::map<std::string, KeyRule>;

// Rows of the tables: which key of overt's a key becomes, whose meaning is the same.
void Version(const ForeignKey& from, Translator& to) { to.Version(from); }
void Platform(const ForeignKey& from, Translator& to) { to.Platform(from); }
void Python(const ForeignKey& from, Translator& to) { to.Python(from, from.value.texts.front()); }
void Modules(const ForeignKey& from, Translator& to) { to.Modules(from, from.value.texts); }
KeyRule Folders(const char* key) {
  return [key](const ForeignKey& from, Translator& to) { to.Folders(from, key, from.value.texts); };
}
KeyRule Patterns(const char* key) {
  return [key](const ForeignKey& from, Translator& to) { to.Patterns(from, key, from.value.texts); };
}
KeyRule Flag(const char* key) {
  return [key](const ForeignKey& from, Translator& to) { to.Flag(from, key, from.value.is_true()); };
}
KeyRule Left(const char* why) {
  return [why](const ForeignKey& from, Translator& to) { to.Leave(from, why); };
}

std::vector<std::string> SplitList(const ForeignValue& value, absl::string_view separators) {
  if (value.is_list) return value.texts;
  std::vector<std::string> parts;
  for (const absl::string_view part : absl::StrSplit(value.texts.front(), absl::ByAnyChar(separators))) {
    const absl::string_view stripped = absl::StripAsciiWhitespace(part);
    if (!stripped.empty()) parts.emplace_back(stripped);
  }
  return parts;
}

// mypy's `exclude` is a regular expression, searched in paths: what has a plain meaning becomes a pattern.
std::optional<std::string> PatternOfRegex(absl::string_view regex) {
  const bool is_begin = absl::ConsumePrefix(&regex, "^");
  absl::ConsumePrefix(&regex, "./");
  const bool is_end = absl::ConsumeSuffix(&regex, "$");
  std::string plain;
  for (size_t at = 0; at < regex.size(); ++at) {
    char c = regex[at];
    if (c == '\\' && at + 1 < regex.size() && absl::ascii_ispunct(static_cast<unsigned char>(regex[at + 1]))) {
      c = regex[++at];
    } else if (absl::StrContains("\\.*+?()[]{}|^$", c)) {
      return std::nullopt;
    }
    plain += c;
  }
  const bool is_whole = is_end || absl::EndsWith(plain, "/");
  if (plain.empty() || plain == "/" || !is_whole || (!is_begin && !absl::EndsWith(plain, "/"))) return std::nullopt;
  // Not at the beginning, it is found at any depth, and in the middle of a name; the latter nobody means.
  return is_begin ? "/" + plain : absl::StrContains(plain.substr(0, plain.size() - 1), '/') ? "**/" + plain : plain;
}

// The alternatives of a regular expression that is nothing but alternatives, written over several lines perhaps.
std::vector<std::string> AlternativesOf(absl::string_view regex) {
  std::string plain(regex);
  if (absl::ConsumePrefix(&regex, "(?x)")) {
    plain.clear();
    for (const absl::string_view line : absl::StrSplit(regex, '\n')) {
      for (const char c : line.substr(0, line.find('#'))) {
        if (!absl::ascii_isspace(static_cast<unsigned char>(c))) plain += c;
      }
    }
  }
  absl::string_view inside = plain;
  const bool is_group = absl::StartsWith(inside, "(") && inside.find(')') == inside.size() - 1;
  if (is_group) inside = inside.substr(1, inside.size() - 2);
  return absl::StrSplit(inside, '|', absl::SkipWhitespace());
}

void TakeMypyExclude(const ForeignKey& from, Translator& to) {
  std::vector<std::string> patterns;
  for (const std::string& regex : from.value.texts) {
    for (const std::string& part : AlternativesOf(regex)) {
      if (const std::optional<std::string> pattern = PatternOfRegex(part)) {
        patterns.push_back(*pattern);
      } else {
        to.Leave(from, absl::StrCat("a regular expression, where `src.exclude` takes patterns of gitignore: ", part));
      }
    }
  }
  if (!patterns.empty()) to.Take(from, "src.exclude", patterns);
}

void TakeMypyCodes(const ForeignKey& from, Translator& to, const std::string& level) {
  for (const std::string& code : SplitList(from.value, ",\n")) {
    const std::string rule = RuleOfCode(code);
    if (!rule.empty()) {
      to.Take(from, "rules." + rule, {level});
    } else {
      to.Leave(from, absl::StrCat("`", code, "` has no single rule here; see `overt explain ", code, "`"));
    }
  }
}

// `[[tool.mypy.overrides]]`: modules with settings of their own.
void TakeMypyOverrides(const ForeignKey& from, Translator& to) {
  std::vector<std::string> modules;
  bool has_more = false;
  for (const std::string& text : from.value.texts) {
    const nlohmann::json table = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!table.is_object()) continue;
    const bool may_be_missing = table.value("ignore_missing_imports", nlohmann::json()) == true;
    has_more |= table.size() > (may_be_missing ? 2u : 1u);
    const nlohmann::json named = table.value("module", nlohmann::json());
    if (!may_be_missing) continue;
    if (named.is_string()) modules.push_back(named.get<std::string>());
    if (!named.is_array()) continue;
    for (const nlohmann::json& one : named) {
      if (one.is_string()) modules.push_back(one.get<std::string>());
    }
  }
  if (!modules.empty()) to.Modules(from, modules);
  if (has_more) to.Leave(from, "`[[overrides]]` go by file here, not by module");
}

const KeyTable& MypyKeys() {
  static const KeyTable* table = new KeyTable{
      {"python_version", Version},
      {"platform", Platform},
      {"python_executable", Python},
      {"mypy_path", [](const ForeignKey& from,
                       Translator& to) { to.Folders(from, "environment.extra-paths", SplitList(from.value, ",:\n")); }},
      {"files",
       [](const ForeignKey& from, Translator& to) { to.Patterns(from, "src.include", SplitList(from.value, ",\n")); }},
      {"custom_typeshed_dir",
       [](const ForeignKey& from, Translator& to) {
         to.Folders(from, "environment.typeshed", {from.value.texts.front()});
       }},
      {"exclude", TakeMypyExclude},
      {"overrides", TakeMypyOverrides},
      {"enable_error_code", [](const ForeignKey& from, Translator& to) { TakeMypyCodes(from, to, "error"); }},
      {"disable_error_code", [](const ForeignKey& from, Translator& to) { TakeMypyCodes(from, to, "ignore"); }},
      {"warn_unused_ignores",
       Left("overt reports unused comments of its own unless `suppressions.report-unused` is false")},
      {"strict", Left("nothing of it is about class hierarchies; `missing-override` is a choice of its own")},
  };
  return *table;
}

const KeyTable& PyrightKeys() {
  static const KeyTable* table = new KeyTable{
      {"pythonVersion", Version},
      {"pythonPlatform", Platform},
      {"include", Patterns("src.include")},
      {"exclude", Patterns("src.exclude")},
      {"extraPaths", Folders("environment.extra-paths")},
      {"typeshedPath", Folders("environment.typeshed")},
      {"enableTypeIgnoreComments",
       [](const ForeignKey& from, Translator& to) {
         to.Flag(from, "suppressions.honour-type-ignore", !from.value.is_false());
       }},
  };
  return *table;
}

const KeyTable& PyreflyKeys() {
  static const KeyTable* table = new KeyTable{
      {"python-version", Version},
      {"python-platform", Platform},
      {"python-interpreter-path", Python},
      {"python-interpreter", Python},
      {"project-includes", Patterns("src.include")},
      {"project-excludes", Patterns("src.exclude")},
      {"search-path", Folders("environment.root")},
      {"site-package-path", Folders("environment.extra-paths")},
      {"typeshed-path", Folders("environment.typeshed")},
      {"ignore-missing-imports", Modules},
      {"replace-imports-with-any", Modules},
      {"use-ignore-files", Flag("src.respect-ignore-files")},
  };
  return *table;
}

const KeyTable& TyKeys() {
  static const KeyTable* table = new KeyTable{
      {"environment.python-version", Version},
      {"environment.python-platform", Platform},
      {"environment.python", Python},
      {"environment.root", Folders("environment.root")},
      {"environment.extra-paths", Folders("environment.extra-paths")},
      {"environment.typeshed", Folders("environment.typeshed")},
      // Patterns of `.gitignore` already, but anchored unless they begin with `**/`.
      {"src.include", Patterns("src.include")},
      {"src.exclude", [](const ForeignKey& from, Translator& to) { to.Take(from, "src.exclude", from.value.texts); }},
      {"src.respect-ignore-files", Flag("src.respect-ignore-files")},
      {"analysis.allowed-unresolved-imports", Modules},
      {"analysis.respect-type-ignore-comments", Flag("suppressions.honour-type-ignore")},
      {"terminal.error-on-warning", Flag("terminal.error-on-warning")},
      {"rules.all", Left("its rules are others; say `all` below `[tool.overt.rules]` if you want all of these")},
  };
  return *table;
}

bool IsMissingImports(absl::string_view key) { return key == "ignore_missing_imports" || key == "follow_imports"; }

void TranslateKey(absl::string_view tool, const ForeignKey& from, Translator& to) {
  const KeyTable& table = tool == "mypy"      ? MypyKeys()
                          : tool == "pyright" ? PyrightKeys()
                          : tool == "pyrefly" ? PyreflyKeys()
                                              : TyKeys();
  if (from.value.texts.empty()) return;  // an empty list says nothing
  if (const auto known = table.find(from.name); known != table.end()) return known->second(from, to);
  absl::string_view name = from.name;
  if (tool == "mypy") {
    // `[mypy-foo.*]` of an INI file.
    const size_t sign = name.find("::");
    const bool is_of_modules = sign != absl::string_view::npos && IsMissingImports(name.substr(sign + 2)) &&
                               (from.value.is_true() || from.value.texts.front() == "skip");
    if (is_of_modules) return to.Modules(from, SplitList({{std::string(name.substr(0, sign))}, false, ""}, ","));
    return to.Leave(from, kNothingLikeIt);
  }
  const bool is_code = (tool == "pyright" && absl::StartsWith(name, "report")) ||
                       (tool == "pyrefly" && absl::ConsumePrefix(&name, "errors.")) ||
                       (tool == "ty" && absl::ConsumePrefix(&name, "rules."));
  if (is_code) return to.Code(from, name);
  to.Leave(from, kNothingLikeIt);
}

// pyright's environment has two keys.
void TakeVenv(const ForeignFile& file, Translator& to) {
  const auto find = [&](absl::string_view name) {
    return absl::c_find_if(file.keys,
                           [&](const ForeignKey& key) { return key.name == name && !key.value.texts.empty(); });
  };
  const auto venv = find("venv"), path = find("venvPath");
  if (venv == file.keys.end()) return;
  const std::string folder = path == file.keys.end() ? "" : path->value.texts.front() + "/";
  to.Python(*venv, absl::StrCat(folder, venv->value.texts.front()));
}

}  // namespace

absl::Span<const absl::string_view> ForeignTools() {
  static constexpr absl::string_view kTools[] = {"mypy", "pyright", "pyrefly", "ty"};
  return kTools;
}

ForeignConfig ReadForeignConfig(const std::string& folder, absl::string_view only) {
  ForeignConfig config;
  FolderReader reader(folder, config.problems);
  for (const absl::string_view tool : ForeignTools()) {
    if (!only.empty() && tool != only) continue;
    const std::optional<ForeignFile> file = tool == "mypy"      ? FileOfMypy(reader)
                                            : tool == "pyright" ? FileOfPyright(reader)
                                            : tool == "pyrefly" ? FileOfPyrefly(reader)
                                                                : FileOfTy(reader);
    if (!file) continue;
    config.tools.push_back(absl::StrCat(tool, " (", file->name, ")"));
    Translator to(folder, config);
    for (const ForeignKey& key : file->keys) {
      const bool is_venv = tool == "pyright" && (key.name == "venv" || key.name == "venvPath");
      if (!is_venv) TranslateKey(tool, key, to);
    }
    if (tool == "pyright") TakeVenv(*file, to);
  }
  return config;
}

}  // namespace overt::driver
