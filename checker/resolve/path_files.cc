#include "checker/resolve/path_files.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/finder_file.h"
#include "checker/resolve/folder_cache.h"

namespace overt::resolve {
namespace {

constexpr size_t kMostLines = 10'000;  // of one .pth file

// Files whose code changes nothing about where modules are, so that saying "not run" would only worry people.
bool IsKnownHook(absl::string_view name) {
  return name == "distutils-precedence.pth" || name == "_virtualenv.pth" || name == "a1_coverage.pth" ||
         absl::EndsWith(name, "-nspkg.pth");  // folders without `__init__.py` are namespaces anyway
}

bool IsFinder(absl::string_view name) {
  if (!absl::EndsWith(name, ".py")) return false;
  return (absl::StartsWith(name, "__editable___") && absl::EndsWith(name, "_finder.py")) ||
         absl::StartsWith(name, "_editable_impl_") || (name[0] == '_' && absl::EndsWith(name, "_editable.py"));
}

// `file:///p/with%20space` -> `/p/with space`.
std::optional<std::string> PathOfUrl(absl::string_view url) {
  if (!absl::ConsumePrefix(&url, "file://")) return std::nullopt;
  absl::ConsumePrefix(&url, "localhost");
  if (!absl::StartsWith(url, "/")) return std::nullopt;
  std::string path;
  for (size_t i = 0; i < url.size(); ++i) {
    uint32_t code = 0;
    if (url[i] == '%' && i + 2 < url.size() && absl::SimpleHexAtoi(url.substr(i + 1, 2), &code) && code != 0) {
      path += static_cast<char>(code);
      i += 2;
    } else {
      path += url[i];
    }
  }
  return path;
}

class Reader {
 public:
  explicit Reader(const std::string& site) : site_(site) {}

  PathFiles Run() && {
    FolderCache cache;
    std::vector<std::string> files;
    std::vector<std::string> infos;
    for (const auto& [name, kind] : cache.List(site_).entries) {
      if (kind == FolderCache::Kind::kFile && name[0] != '.') files.push_back(name);
      if (kind == FolderCache::Kind::kFolder && absl::EndsWith(name, ".dist-info")) infos.push_back(name);
    }
    std::sort(files.begin(), files.end());
    std::sort(infos.begin(), infos.end());
    for (const std::string& name : files) {
      if (absl::EndsWith(name, ".pth")) ReadPth(name);
      if (absl::EndsWith(name, ".egg-link")) ReadEggLink(name);
      if (absl::EndsWith(name, ".egg")) NoteArchive(absl::StrCat(site_, "/", name));
    }
    // Import hooks are asked after every folder of the path.
    for (const std::string& name : files) {
      if (IsFinder(name)) ReadFinder(name);
    }
    for (const std::string& name : infos) ReadDirectUrl(name);
    return std::move(out_);
  }

 private:
  void Add(absl::string_view folder, std::string origin, std::string module) {
    const std::string path = CleanPath(site_, folder);
    if (IsFolder(path)) {
      out_.entries.push_back({path, std::move(origin), std::move(module)});
    } else if (!module.empty() && (IsFile(path + ".py") || IsFile(path + ".pyi"))) {
      out_.entries.push_back({path, std::move(origin), std::move(module)});
    } else if (IsFile(path)) {
      NoteArchive(absl::StrCat(path, " (", origin, ")"));
    } else {
      out_.notes.push_back(absl::StrCat("the environment of ", site_, " is incomplete: ", origin, " names ", path, ": ",
                                        WhyUnusable(path)));
    }
  }

  void NoteArchive(absl::string_view what) { out_.notes.push_back(absl::StrCat("archives are not searched: ", what)); }

  void ReadPth(const std::string& name) {
    const std::string text = ReadSmallText(absl::StrCat(site_, "/", name));
    absl::string_view rest = text;
    absl::ConsumePrefix(&rest, "\xEF\xBB\xBF");
    size_t number = 0;
    bool has_code = false;
    for (absl::string_view line : absl::StrSplit(rest, '\n')) {
      if (++number > kMostLines) {
        out_.notes.push_back(absl::StrCat("only the first ", kMostLines, " lines are read of ", site_, "/", name));
        break;
      }
      line = absl::StripAsciiWhitespace(line);
      if (line.empty() || line[0] == '#' || absl::StrContains(line, '\0')) continue;
      if (absl::StartsWith(line, "import ") || absl::StartsWith(line, "import\t")) {
        has_code = true;
      } else {
        Add(line, absl::StrCat(name, " line ", number), "");
      }
    }
    if (has_code && !IsKnownHook(name) && !absl::StartsWith(name, "__editable__") &&
        !absl::StartsWith(name, "_editable_impl_")) {
      out_.notes.push_back(absl::StrCat("executable .pth lines are not run: ", site_, "/", name));
    }
  }

  void ReadEggLink(const std::string& name) {
    const std::string text = ReadSmallText(absl::StrCat(site_, "/", name));
    const absl::string_view line = absl::StripAsciiWhitespace(absl::string_view(text).substr(0, text.find('\n')));
    if (!line.empty()) Add(line, name, "");
  }

  void ReadFinder(const std::string& name) {
    const std::vector<FinderEntry> found = ReadFinderFile(ReadSmallText(absl::StrCat(site_, "/", name)));
    for (const FinderEntry& entry : found) Add(entry.path, name, entry.module);
  }

  // An editable install whose hook says nothing that can be read: the project's folder is a good guess.
  void ReadDirectUrl(const std::string& name) {
    const std::string path = absl::StrCat(site_, "/", name, "/direct_url.json");
    if (!IsFile(path)) return;
    const nlohmann::json json = nlohmann::json::parse(ReadSmallText(path), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || !json.contains("dir_info") || !json["dir_info"].is_object()) return;
    const auto editable = json["dir_info"].find("editable");
    if (editable == json["dir_info"].end() || !editable->is_boolean() || !editable->get<bool>()) return;
    const auto url = json.find("url");
    if (url == json.end() || !url->is_string()) return;
    const std::optional<std::string> place = PathOfUrl(url->get<std::string>());
    if (!place) return;
    const std::string project = CleanPath("/", *place);
    const std::string origin = absl::StrCat(name, "/direct_url.json");
    const bool is_known = std::any_of(out_.entries.begin(), out_.entries.end(), [&](const PathEntry& entry) {
      return IsInside(entry.folder, project) || IsInside(RealPath(entry.folder), RealPath(project));
    });
    if (is_known) return;
    for (const absl::string_view inner : {"src", "python"}) {
      const std::string folder = absl::StrCat(project, "/", inner);
      if (IsFolder(folder) && !IsFile(folder + "/__init__.py")) return Add(folder, origin, "");
    }
    Add(project, origin, "");
  }

  const std::string& site_;
  PathFiles out_;
};

}  // namespace

PathFiles ReadPathFiles(const std::string& site_packages) { return Reader(site_packages).Run(); }

}  // namespace overt::resolve
