#include "checker/resolve/project_file.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/disk.h"
#include "stubs/toml.h"

namespace overt::resolve {
namespace {

class TomlReader {
 public:
  TomlReader(const toml::table& table, ProjectFile& out) : table_(table), out_(out) {}

  void Run() {
    out_.name = Text("project.name");
    if (out_.name.empty()) out_.name = Text("tool.poetry.name");
    for (const char* key : {"tool.setuptools.packages.find.where", "tool.pytest.ini_options.pythonpath",
                            "tool.hatch.build.sources", "tool.hatch.build.targets.wheel.sources"}) {
      for (const std::string& folder : Texts(key)) Add(folder, key);
    }
    for (const char* key :
         {"tool.pdm.build.package-dir", "tool.uv.build-backend.module-root", "tool.maturin.python-source"}) {
      if (const std::string folder = Text(key); !folder.empty()) Add(folder, key);
    }
    for (const char* key :
         {"tool.hatch.build.targets.wheel.packages", "tool.hatch.build.packages", "tool.scikit-build.wheel.packages"}) {
      for (const std::string& package : Texts(key)) Add(ParentOf(package), key);
    }
    ReadPackageDir();
    ReadPoetryPackages();
    out_.members = Texts("tool.uv.workspace.members");
  }

 private:
  static std::string ParentOf(const std::string& path) {
    const size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash);
  }

  std::string Text(const char* key) const { return table_.at_path(key).value_or(std::string()); }

  // A string, or an array of strings.
  std::vector<std::string> Texts(const char* key) const {
    std::vector<std::string> texts;
    const auto node = table_.at_path(key);
    if (const auto* array = node.as_array()) {
      for (const toml::node& one : *array) {
        if (const auto text = one.value<std::string>()) texts.push_back(*text);
      }
    } else if (const auto text = node.value<std::string>()) {
      for (const absl::string_view one : absl::StrSplit(*text, ' ', absl::SkipEmpty())) texts.emplace_back(one);
    }
    return texts;
  }

  void Add(const std::string& folder, absl::string_view key, std::string module = "") {
    out_.roots.push_back({folder, absl::StrCat("pyproject.toml: ", key), std::move(module)});
  }

  void ReadPackageDir() {
    constexpr absl::string_view kKey = "tool.setuptools.package-dir";
    const auto* folders = table_.at_path("tool.setuptools.package-dir").as_table();
    if (folders == nullptr) return;
    for (const auto& [package, folder] : *folders) {
      if (const auto text = folder.value<std::string>()) Add(*text, kKey, std::string(package.str()));
    }
  }

  void ReadPoetryPackages() {
    const auto* packages = table_.at_path("tool.poetry.packages").as_array();
    if (packages == nullptr) return;
    for (const toml::node& one : *packages) {
      const auto* package = one.as_table();
      if (package == nullptr) continue;
      Add((*package)["from"].value_or(std::string(".")), "tool.poetry.packages");
    }
  }

  const toml::table& table_;
  ProjectFile& out_;
};

// `key = value` below `[section]`, values continued on indented lines.
std::vector<std::string> IniValues(const std::string& text, absl::string_view section, absl::string_view key) {
  std::vector<std::string> values;
  bool in_section = false;
  bool in_value = false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const absl::string_view clean = absl::StripAsciiWhitespace(line);
    if (clean.empty() || clean[0] == '#' || clean[0] == ';') continue;
    if (line[0] == '[') {
      in_section = clean == absl::StrCat("[", section, "]");
      in_value = false;
    } else if (in_section && in_value && absl::ascii_isspace(static_cast<unsigned char>(line[0]))) {
      values.emplace_back(clean);
    } else if (in_section) {
      const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(clean, absl::MaxSplits('=', 1));
      in_value = absl::StripAsciiWhitespace(parts.first) == key;
      const absl::string_view value = absl::StripAsciiWhitespace(parts.second);
      if (in_value && !value.empty()) values.emplace_back(value);
    }
  }
  return values;
}

void ReadSetupConfig(const std::string& text, ProjectFile& out) {
  for (const absl::string_view key : {"package_dir", "package-dir"}) {
    for (const std::string& value : IniValues(text, "options", key)) {
      const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(value, absl::MaxSplits('=', 1));
      out.roots.push_back({std::string(absl::StripAsciiWhitespace(parts.second)), "setup.cfg: options.package_dir",
                           std::string(absl::StripAsciiWhitespace(parts.first))});
    }
  }
  for (const std::string& value : IniValues(text, "options.packages.find", "where")) {
    out.roots.push_back({value, "setup.cfg: options.packages.find.where", ""});
  }
  if (out.name.empty()) {
    const std::vector<std::string> names = IniValues(text, "metadata", "name");
    if (!names.empty()) out.name = names.front();
  }
}

}  // namespace

ProjectFile ReadProjectFile(const std::string& project) {
  ProjectFile out;
  const std::string text = ReadSmallText(project + "/pyproject.toml");
  if (!text.empty()) {
    try {
      const toml::table table = toml::parse(text);
      TomlReader(table, out).Run();
    } catch (const toml::parse_error&) {
      out = ProjectFile();
    }
  }
  if (const std::string setup = ReadSmallText(project + "/setup.cfg"); !setup.empty()) ReadSetupConfig(setup, out);
  return out;
}

}  // namespace overt::resolve
