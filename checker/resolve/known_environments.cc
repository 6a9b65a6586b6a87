#include "checker/resolve/known_environments.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/folder_cache.h"
#include "checker/resolve/prefix.h"

namespace overt::resolve {
namespace {

using grammar::PythonVersion;

std::vector<std::string> Subfolders(const std::string& folder) {
  FolderCache cache;
  std::vector<std::string> names;
  for (const auto& [name, kind] : cache.List(folder).entries) {
    if (kind == FolderCache::Kind::kFolder) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string FirstWord(const std::string& text) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const absl::string_view clean = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    if (!clean.empty()) return std::string(clean.substr(0, clean.find_first_of(" \t")));
  }
  return "";
}

// The name as packaging tools write it in paths: lower case, runs of other characters as one dash.
std::string NormalName(absl::string_view name) {
  std::string normal;
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      normal += absl::ascii_tolower(static_cast<unsigned char>(c));
    } else if (!normal.empty() && normal.back() != '-') {
      normal += '-';
    }
  }
  return normal;
}

class Finder {
 public:
  Finder(const EnvironmentRequest& request, const ProjectFile& file) : request_(request), file_(file) {
    home_ = request.home.value_or("");
    cache_ = request.cache_home.value_or(home_.empty() ? "" : home_ + "/.cache");
    data_ = request.data_home.value_or(home_.empty() ? "" : home_ + "/.local/share");
  }

  std::vector<KnownEnvironment> Run() && {
    AddPdm();
    if (!file_.name.empty() && !cache_.empty()) AddPoetry();
    if (!file_.name.empty() && !data_.empty()) AddHatch();
    if (!data_.empty() && IsFile(request_.project + "/Pipfile")) AddPipenv();
    AddConda();
    AddPyenv();
    return std::move(found_);
  }

 private:
  void Add(std::string what, std::string prefix, std::optional<PythonVersion> version = std::nullopt) {
    found_.push_back({std::move(what), std::move(prefix), "", version});
  }

  // One candidate is taken; several are named, so that the user can choose.
  void AddOnly(const std::string& what, const std::string& folder, const std::vector<std::string>& names) {
    if (names.size() == 1) Add(what, absl::StrCat(folder, "/", names.front()));
    if (names.size() > 1) {
      const std::string refusal = absl::StrCat("there are several: ", absl::StrJoin(names, ", "));
      found_.push_back({what, folder, refusal, std::nullopt});
    }
  }

  // `.pdm-python` holds the path of the interpreter.
  void AddPdm() {
    const std::string python = FirstLine(request_.project + "/.pdm-python");
    if (python.empty()) return;
    const Interpreter place = InterpreterAt(CleanPath(request_.project, python));
    Add("`.pdm-python`", place.prefix, place.version);
  }

  static std::string FirstLine(const std::string& path) {
    const std::string text = ReadSmallText(path);
    return std::string(absl::StripAsciiWhitespace(absl::string_view(text).substr(0, text.find('\n'))));
  }

  // `<name>-<hash of the project's path>-py3.12`. The hash is not computed: of one project there is one.
  void AddPoetry() {
    const std::string folder = cache_ + "/pypoetry/virtualenvs";
    const std::string name = NormalName(file_.name);
    std::vector<std::string> matches;
    for (const std::string& one : Subfolders(folder)) {
      const size_t version = one.rfind("-py");
      if (version == std::string::npos || version < 9) continue;
      const absl::string_view owner = absl::string_view(one).substr(0, version - 9);  // without `-` and 8 of hash
      if (NormalName(owner) == name) matches.push_back(one);
    }
    AddOnly(absl::StrCat("poetry's environment for `", file_.name, "`"), folder, matches);
  }

  // `<data>/hatch/env/virtual/<name>/<hash>/<environment>`; the default one has the project's name.
  void AddHatch() {
    const std::string name = NormalName(file_.name);
    const std::string folder = absl::StrCat(data_, "/hatch/env/virtual/", name);
    std::vector<std::string> matches;
    for (const std::string& hash : Subfolders(folder)) {
      const std::string inner = absl::StrCat(hash, "/", name);
      if (IsFolder(absl::StrCat(folder, "/", inner))) matches.push_back(inner);
    }
    AddOnly(absl::StrCat("hatch's environment for `", file_.name, "`"), folder, matches);
  }

  void AddPipenv() {
    const std::string folder = data_ + "/virtualenvs";
    const std::string name = BaseName(request_.project);
    std::vector<std::string> matches;
    for (const std::string& one : Subfolders(folder)) {
      if (one.size() == name.size() + 9 && absl::StartsWith(one, name + "-")) matches.push_back(one);
    }
    AddOnly(absl::StrCat("pipenv's environment for `", name, "`"), folder, matches);
  }

  // `name:` of environment.yml, among the environments that conda lists in its own file.
  void AddConda() {
    if (home_.empty()) return;
    std::string name;
    for (const absl::string_view file : {"environment.yml", "environment.yaml"}) {
      const std::string text = ReadSmallText(absl::StrCat(request_.project, "/", file));
      for (absl::string_view line : absl::StrSplit(text, '\n')) {
        if (absl::ConsumePrefix(&line, "name:") && name.empty()) name = std::string(absl::StripAsciiWhitespace(line));
      }
    }
    if (name.empty() || name == "base") return;
    const std::string listed = ReadSmallText(home_ + "/.conda/environments.txt");
    for (const absl::string_view line : absl::StrSplit(listed, '\n')) {
      const std::string prefix(absl::StripAsciiWhitespace(line));
      if (BaseName(prefix) == name) return Add(absl::StrCat("conda's environment `", name, "`"), prefix);
    }
  }

  void AddPyenv() {
    const std::string root = request_.pyenv_root.value_or(home_.empty() ? "" : home_ + "/.pyenv");
    if (root.empty() || !IsFolder(root + "/versions")) return;
    PythonPin pin = FindPythonPin(request_.project, "/");
    if (pin.file.empty()) {
      pin.file = root + "/version";
      pin.text = FirstWord(ReadSmallText(pin.file));
    }
    if (pin.text.empty() || pin.text == "system" || absl::StrContains(pin.text, "/")) return;
    std::string folder = absl::StrCat(root, "/versions/", pin.text);
    if (!IsFolder(folder)) {
      // `3.12` stands for the newest 3.12.x that is installed.
      std::pair<unsigned, std::string> newest{0, ""};
      for (const std::string& one : Subfolders(root + "/versions")) {
        unsigned patch = 0;
        if (absl::StartsWith(one, pin.text + ".") && absl::SimpleAtoi(one.substr(pin.text.size() + 1), &patch)) {
          newest = std::max(newest, {patch, one});
        }
      }
      if (!newest.second.empty()) folder = absl::StrCat(root, "/versions/", newest.second);
    }
    Add(absl::StrCat("pyenv's `", pin.text, "` (", pin.file, ")"), folder);
  }

  const EnvironmentRequest& request_;
  const ProjectFile& file_;
  std::string home_, cache_, data_;
  std::vector<KnownEnvironment> found_;
};

}  // namespace

std::vector<KnownEnvironment> FindKnownEnvironments(const EnvironmentRequest& request, const ProjectFile& file) {
  return Finder(request, file).Run();
}

PythonPin FindPythonPin(const std::string& project, const std::string& top) {
  for (std::string folder = project;; folder = Parent(folder)) {
    const std::string path = folder + "/.python-version";
    if (IsFile(path)) {
      const std::string word = FirstWord(ReadSmallText(path));
      return {path, word, FindVersion(word)};
    }
    if (folder == top || folder == "/") return {};
  }
}

}  // namespace overt::resolve
