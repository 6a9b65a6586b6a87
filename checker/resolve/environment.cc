#include "checker/resolve/environment.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/folder_cache.h"
#include "checker/resolve/path_files.h"

namespace overt::resolve {
namespace {

bool IsFolder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool IsFile(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string Parent(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

std::string RealPath(const std::string& path) {
  char* real = realpath(path.c_str(), nullptr);
  if (real == nullptr) return path;
  std::string result = real;
  std::free(real);
  return result;
}

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string BaseName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// The site-packages folders of a prefix, with the version their path tells.
struct SiteFolder {
  std::string folder;
  std::optional<grammar::PythonVersion> version;
};

std::vector<SiteFolder> SiteFoldersOf(const std::string& prefix) {
  std::vector<SiteFolder> folders;
  FolderCache cache;
  for (const absl::string_view lib : {"lib", "lib64", "local/lib"}) {
    const std::string base = absl::StrCat(prefix, "/", lib);
    std::vector<std::pair<grammar::PythonVersion, std::string>> versions;
    for (const auto& [name, kind] : cache.List(base)) {
      absl::string_view rest = name;
      if (kind != FolderCache::Kind::kFolder) continue;
      if (!absl::ConsumePrefix(&rest, "python") && !absl::ConsumePrefix(&rest, "pypy")) continue;
      if (const auto version = grammar::ParsePythonVersion(absl::StripSuffix(rest, "t"))) {
        versions.emplace_back(*version, name);
      }
    }
    std::sort(versions.rbegin(), versions.rend());  // the newest first
    for (const auto& [version, name] : versions) {
      for (const absl::string_view site : {"site-packages", "dist-packages"}) {
        const std::string folder = absl::StrCat(base, "/", name, "/", site);
        if (IsFolder(folder)) folders.push_back({folder, version});
      }
    }
  }
  if (IsFolder(absl::StrCat(prefix, "/lib/python3/dist-packages"))) {
    folders.push_back({absl::StrCat(prefix, "/lib/python3/dist-packages"), std::nullopt});
  }
  if (IsFolder(absl::StrCat(prefix, "/Lib/site-packages"))) {
    folders.push_back({absl::StrCat(prefix, "/Lib/site-packages"), std::nullopt});
  }
  return folders;
}

// `key = value` of a pyvenv.cfg, without regard to case.
std::string ConfigValue(const std::string& text, absl::string_view key) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::vector<absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits('=', 1));
    if (parts.size() == 2 && absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts[0]), key)) {
      return std::string(absl::StripAsciiWhitespace(parts[1]));
    }
  }
  return "";
}

class Discovery {
 public:
  explicit Discovery(const EnvironmentRequest& request) : request_(request) {}

  EnvironmentResult Run() && {
    AddRoots();
    for (const std::string& path : request_.extra_paths) Add(SearchPath::Kind::kExtra, path, "configured");
    FindPrefix();
    if (!out_.prefix.empty()) UsePrefix();
    ChooseVersion();
    if (request_.platform) out_.platform = *request_.platform;
    return {std::move(out_), std::move(error_)};
  }

 private:
  void Add(SearchPath::Kind kind, const std::string& folder, std::string origin) {
    std::string clean = folder;
    while (clean.size() > 1 && clean.back() == '/') clean.pop_back();
    if (!known_.insert(clean).second) return;
    out_.paths.push_back({kind, std::move(clean), std::move(origin)});
  }

  void Try(std::string what, const std::string& path, Verdict verdict, std::string reason) {
    out_.tried.push_back({std::move(what), path, verdict, std::move(reason)});
  }

  // --- First-party roots ---------------------------------------------------------------------------------------------

  void AddRoots() {
    if (!request_.roots.empty()) {
      for (const std::string& root : request_.roots) Add(SearchPath::Kind::kFirstParty, root, "configured");
      return;
    }
    const std::string& project = request_.project;
    for (const absl::string_view name : {"src", "python", "lib"}) {
      const std::string folder = absl::StrCat(project, "/", name);
      if (IsFolder(folder) && !IsFile(folder + "/__init__.py")) {
        Add(SearchPath::Kind::kFirstParty, folder, absl::StrCat("layout: `", name, "`"));
      }
    }
    const std::string own = absl::StrCat(project, "/", BaseName(project));
    if (IsFolder(absl::StrCat(own, "/", BaseName(project)))) {
      Add(SearchPath::Kind::kFirstParty, own, "layout: `<name>/<name>`");
    }
    // A project folder that is a package itself is found from the folder above it.
    std::string top = project;
    while (top.size() > 1 && (IsFile(top + "/__init__.py") || IsFile(top + "/__init__.pyi"))) top = Parent(top);
    if (top != project) Add(SearchPath::Kind::kFirstParty, top, "the folder above the package");
    Add(SearchPath::Kind::kFirstParty, project, "the project's folder");
  }

  // --- The environment -----------------------------------------------------------------------------------------------

  void FindPrefix() {
    if (request_.python) {
      UseNamed(*request_.python);
      return;
    }
    if (request_.virtual_env && Consider("VIRTUAL_ENV", *request_.virtual_env)) return;
    if (request_.conda_prefix && Consider("CONDA_PREFIX", *request_.conda_prefix)) return;
    std::string folder = request_.project;
    while (true) {
      for (const absl::string_view name : {".venv", "venv", "env"}) {
        const std::string candidate = absl::StrCat(folder, "/", name);
        const std::string what = absl::StrCat("`", name, "` in ", folder);
        if (Consider(what, candidate)) return;
      }
      const bool is_top = IsFolder(folder + "/.git") || IsFolder(folder + "/.hg") || folder == "/";
      if (is_top) break;
      folder = Parent(folder);
    }
    FindOnPath();
  }

  // The user named it: anything wrong with it is an error.
  void UseNamed(const std::string& python) {
    std::string prefix = python;
    if (IsFile(python)) {
      prefix = PrefixOfInterpreter(python);
    } else if (!IsFolder(python)) {
      error_ = absl::StrCat("`", python, "` is neither an interpreter nor the folder of an environment");
      Try("--python", python, Verdict::kRejected, "no such file or folder");
      return;
    }
    if (SiteFoldersOf(prefix).empty()) {
      error_ = absl::StrCat("`", python, "` has no site-packages folder: it is no Python environment");
      Try("--python", python, Verdict::kRejected, "no site-packages folder");
      return;
    }
    Try("--python", prefix, Verdict::kTaken, "named on the command line or in the configuration");
    out_.prefix = prefix;
  }

  static std::string PrefixOfInterpreter(const std::string& python) {
    // An environment's interpreter is a link out of it: what counts is where the link stands.
    const std::string beside = Parent(Parent(python));
    if (IsFile(beside + "/pyvenv.cfg") || !SiteFoldersOf(beside).empty()) return beside;
    return Parent(Parent(RealPath(python)));
  }

  bool Consider(const std::string& what, const std::string& prefix) {
    if (!IsFolder(prefix)) {
      Try(what, prefix, Verdict::kNotThere, "no such folder");
      return false;
    }
    if (IsOwn(prefix)) {
      Try(what, prefix, Verdict::kRejected, "overt itself was started from it by a hook runner");
      return false;
    }
    if (SiteFoldersOf(prefix).empty()) {
      const bool claims = IsFile(prefix + "/pyvenv.cfg");
      Try(what, prefix, Verdict::kRejected, "no site-packages folder");
      if (claims) out_.notes.push_back(absl::StrCat("the environment at ", prefix, " is incomplete: it has no site-packages folder"));
      return false;
    }
    Try(what, prefix, Verdict::kTaken, "has site-packages");
    out_.prefix = prefix;
    return true;
  }

  bool IsOwn(const std::string& prefix) const {
    if (!request_.inside_pre_commit || !request_.own_executable) return false;
    return absl::StartsWith(*request_.own_executable, RealPath(prefix) + "/");
  }

  void FindOnPath() {
    if (!request_.path) return;
    for (const absl::string_view folder : absl::StrSplit(*request_.path, ':', absl::SkipEmpty())) {
      for (const absl::string_view name : {"python3", "python"}) {
        const std::string python = absl::StrCat(folder, "/", name);
        if (access(python.c_str(), X_OK) != 0 || !IsFile(python)) continue;
        if (Consider(absl::StrCat("`", name, "` on PATH"), PrefixOfInterpreter(python))) return;
        return;  // the first one is the one that would run
      }
    }
  }

  void UsePrefix() {
    const std::vector<SiteFolder> folders = SiteFoldersOf(out_.prefix);
    const std::string config = ReadText(out_.prefix + "/pyvenv.cfg");
    for (const absl::string_view key : {"version_info", "version"}) {
      const std::string text = ConfigValue(config, key);
      const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
      if (parts.size() < 2 || found_version_) continue;
      found_version_ = grammar::ParsePythonVersion(absl::StrCat(parts[0], ".", parts[1]));
      if (found_version_) version_source_ = "pyvenv.cfg";
    }
    if (!found_version_ && !folders.empty() && folders.front().version) {
      found_version_ = folders.front().version;
      version_source_ = "the environment's layout";
    }
    for (const SiteFolder& site : folders) {
      if (found_version_ && site.version && *site.version != *found_version_) continue;
      AddSite(site.folder);
    }
    if (absl::EqualsIgnoreCase(ConfigValue(config, "include-system-site-packages"), "true")) {
      const std::string home = Parent(ConfigValue(config, "home"));
      if (!IsFolder(home)) {
        out_.notes.push_back(absl::StrCat("the environment at ", out_.prefix, " is incomplete: its home ", home, " does not exist"));
        return;
      }
      for (const SiteFolder& site : SiteFoldersOf(home)) {
        if (!site.version || !found_version_ || *site.version == *found_version_) AddSite(site.folder);
      }
    }
  }

  void AddSite(const std::string& folder) {
    Add(SearchPath::Kind::kSitePackages, folder, "site-packages");
    const PathFiles files = ReadPathFiles(folder);
    for (const PathEntry& entry : files.entries) Add(SearchPath::Kind::kEditable, entry.folder, entry.origin);
    out_.notes.insert(out_.notes.end(), files.notes.begin(), files.notes.end());
  }

  void ChooseVersion() {
    if (request_.version) {
      out_.version = *request_.version;
      out_.version_source = "configured";
      return;
    }
    const std::string pinned = request_.project + "/.python-version";
    if (IsFile(pinned)) {
      const std::string text = ReadText(pinned);
      const std::vector<absl::string_view> parts = absl::StrSplit(absl::StripAsciiWhitespace(text), '.');
      if (parts.size() >= 2) {
        if (const auto version = grammar::ParsePythonVersion(absl::StrCat(parts[0], ".", parts[1]))) {
          out_.version = *version;
          out_.version_source = ".python-version";
          Clamp();
          return;
        }
      }
    }
    if (found_version_) {
      out_.version = *found_version_;
      out_.version_source = version_source_;
      Clamp();
      return;
    }
    out_.version_source = "default";
  }

  // What was found, not chosen, may lie outside of what overt knows.
  void Clamp() { out_.version = std::clamp(out_.version, grammar::kOldestPython, grammar::kNewestPython); }

  const EnvironmentRequest& request_;
  Environment out_;
  std::string error_;
  absl::flat_hash_set<std::string> known_;
  std::optional<grammar::PythonVersion> found_version_;
  std::string version_source_;
};

}  // namespace

EnvironmentResult DiscoverEnvironment(const EnvironmentRequest& request) { return Discovery(request).Run(); }

}  // namespace overt::resolve
