#include "checker/resolve/path_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "checker/resolve/folder_cache.h"

namespace overt::resolve {
namespace {

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Reader {
 public:
  explicit Reader(const std::string& site) : site_(site) {}

  PathFiles Run() && {
    FolderCache cache;
    std::vector<std::string> names;
    for (const auto& [name, kind] : cache.List(site_)) {
      if (kind == FolderCache::Kind::kFile) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (absl::EndsWith(name, ".pth")) ReadPth(name);
      if (absl::EndsWith(name, ".egg-link")) ReadEggLink(name);
      if (absl::StartsWith(name, "__editable___") && absl::EndsWith(name, "_finder.py")) ReadFinder(name);
    }
    return std::move(out_);
  }

 private:
  void Add(absl::string_view folder, std::string origin) {
    const std::string path =
        !folder.empty() && folder[0] == '/' ? std::string(folder) : absl::StrCat(site_, "/", folder);
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) return;
    if (S_ISDIR(status.st_mode)) {
      out_.entries.push_back({path, std::move(origin)});
    } else {
      out_.notes.push_back(absl::StrCat("archives are not searched: ", path, " (", origin, ")"));
    }
  }

  void ReadPth(const std::string& name) {
    const std::string text = ReadText(absl::StrCat(site_, "/", name));
    size_t number = 0;
    bool has_code = false;
    for (absl::string_view line : absl::StrSplit(text, '\n')) {
      ++number;
      line = absl::StripAsciiWhitespace(line);
      if (line.empty() || line[0] == '#') continue;
      if (absl::StartsWith(line, "import ") || absl::StartsWith(line, "import\t")) {
        has_code = true;
        continue;
      }
      Add(line, absl::StrCat(name, " line ", number));
    }
    if (has_code && !absl::StartsWith(name, "__editable__")) {
      out_.notes.push_back(absl::StrCat("executable lines are not run: ", site_, "/", name));
    }
  }

  void ReadEggLink(const std::string& name) {
    const std::string text = ReadText(absl::StrCat(site_, "/", name));
    Add(absl::StripAsciiWhitespace(absl::string_view(text).substr(0, text.find('\n'))), name);
  }

  // setuptools writes a literal dictionary from module names to paths: `MAPPING: … = {'pkg': '/src/pkg', …}`.
  void ReadFinder(const std::string& name) {
    const std::string text = ReadText(absl::StrCat(site_, "/", name));
    size_t at = text.find("\nMAPPING");
    if (at == std::string::npos) return;
    at = text.find('{', at);
    const size_t end = text.find('}', at);
    if (at == std::string::npos || end == std::string::npos) return;
    std::vector<std::string> strings;
    while (at < end) {
      const size_t open = text.find_first_of("'\"", at);
      if (open == std::string::npos || open > end) break;
      const size_t close = text.find(text[open], open + 1);
      if (close == std::string::npos) break;
      strings.push_back(text.substr(open + 1, close - open - 1));
      at = close + 1;
    }
    for (size_t i = 0; i + 1 < strings.size(); i += 2) {
      // The folder above the top-level package is what has to be searched.
      std::string folder = strings[i + 1];
      for (size_t dots = 0; dots <= static_cast<size_t>(std::count(strings[i].begin(), strings[i].end(), '.')); ++dots) {
        folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/'));
      }
      if (!folder.empty()) Add(folder, name);
    }
  }

  const std::string& site_;
  PathFiles out_;
};

}  // namespace

PathFiles ReadPathFiles(const std::string& site_packages) { return Reader(site_packages).Run(); }

}  // namespace overt::resolve
