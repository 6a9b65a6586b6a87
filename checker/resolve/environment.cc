#include "checker/resolve/environment.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/known_environments.h"
#include "checker/resolve/path_files.h"
#include "checker/resolve/prefix.h"
#include "checker/resolve/project_file.h"
#include "checker/resolve/project_roots.h"
#include "grammar/source/disk_log.h"

namespace overt::resolve {
namespace {

using grammar::PythonVersion;

std::string PlatformOfThisMachine() {
#if defined(__APPLE__)
  return "darwin";
#elif defined(_WIN32)
  return "win32";
#else
  return "linux";
#endif
}

class Discovery {
 public:
  explicit Discovery(const EnvironmentRequest& request)
      : request_(request), file_(ReadProjectFile(request.project)), top_(TopOf(request)) {}

  EnvironmentResult Run() && {
    for (SearchPath& root : FindProjectRoots(request_, file_)) Add(std::move(root));
    for (const std::string& path : request_.extra_paths) AddExtra(path);
    FindPrefix();
    if (prefix_) UsePrefix();
    SortPaths();
    ChooseVersion();
    AddLibrary();
    out_.platform = request_.platform.value_or(PlatformOfThisMachine());
    out_.platform_source = request_.platform ? request_.platform_source : "this machine";
    return {std::move(out_), std::move(error_)};
  }

 private:
  // The highest folder to look into for environments: the repository's, else the home folder, else any.
  static std::string TopOf(const EnvironmentRequest& request) {
    for (std::string folder = request.project; folder != "/"; folder = Parent(folder)) {
      for (const absl::string_view mark : {".git", ".hg", ".jj", ".svn"}) {
        if (!WhyUnusable(absl::StrCat(folder, "/", mark)).empty()) continue;
        return folder;
      }
    }
    const bool is_at_home = request.home && *request.home != "/" && IsInside(request.project, *request.home);
    return is_at_home ? *request.home : "/";
  }

  void Note(std::string text) {
    if (std::find(out_.notes.begin(), out_.notes.end(), text) == out_.notes.end())
      out_.notes.push_back(std::move(text));
  }

  void Try(std::string what, const std::string& path, Verdict verdict, std::string reason) {
    out_.tried.push_back({std::move(what), path, verdict, std::move(reason)});
  }

  // --- Search paths --------------------------------------------------------------------------------------------------

  void Add(SearchPath path) {
    while (path.folder.size() > 1 && path.folder.back() == '/') path.folder.pop_back();
    // One folder under two names (links) is one folder; a mapped module is another matter than its folder.
    if (!known_.insert(absl::StrCat(RealPath(path.folder), "|", path.module)).second) return;
    out_.paths.push_back(std::move(path));
  }

  void AddExtra(const std::string& folder) {
    if (IsFile(folder)) return Note(absl::StrCat("archives are not searched: ", folder, " (extra path)"));
    if (const std::string why = WhyUnusable(folder); !why.empty()) {
      Note(absl::StrCat("the extra path ", folder, " cannot be searched: ", why));
    }
    Add({SearchPath::Kind::kExtra, folder, "configured", "", false});
  }

  void AddSite(const std::string& folder, const std::string& origin) {
    if (const std::string why = WhyUnusable(folder); !why.empty()) {
      return Note(absl::StrCat("the environment at ", out_.prefix, " is incomplete: ", folder, ": ", why));
    }
    Add({SearchPath::Kind::kSitePackages, folder, origin, "", false});
    PathFiles files = ReadPathFiles(folder);
    for (PathEntry& entry : files.entries) AddEditable(std::move(entry));
    for (std::string& note : files.notes) Note(std::move(note));
  }

  // The project itself, installed in its own environment, stays first-party.
  void AddEditable(PathEntry entry) {
    const std::string real = RealPath(entry.folder);
    const bool is_own = IsInside(real, RealPath(request_.project)) && !IsInside(real, RealPath(out_.prefix));
    const auto kind = is_own ? SearchPath::Kind::kFirstParty : SearchPath::Kind::kEditable;
    Add({kind, std::move(entry.folder), std::move(entry.origin), std::move(entry.module), false});
  }

  // First-party, extra, installed; mapped modules last within the installed, as import hooks are.
  void SortPaths() {
    const auto rank = [](const SearchPath& path) {
      switch (path.kind) {
        case SearchPath::Kind::kFirstParty: return 0;
        case SearchPath::Kind::kExtra: return 1;
        case SearchPath::Kind::kSitePackages:
        case SearchPath::Kind::kEditable: return path.module.empty() ? 2 : 3;
      }
      return 3;
    };
    std::stable_sort(out_.paths.begin(), out_.paths.end(),
                     [&](const SearchPath& a, const SearchPath& b) { return rank(a) < rank(b); });
  }

  // --- The environment -----------------------------------------------------------------------------------------------

  void FindPrefix() {
    if (request_.python) return UseNamed(*request_.python);
    const bool has_base = request_.conda_prefix && IsCondaBase(*request_.conda_prefix);
    if (request_.virtual_env && Consider("VIRTUAL_ENV", *request_.virtual_env)) return;
    if (request_.conda_prefix && !has_base && Consider("CONDA_PREFIX", *request_.conda_prefix)) return;
    if (FindInFolders() || FindKnown()) return;
    // Where conda is set up its own environment is active in every shell: that says little.
    if (has_base && Consider("CONDA_PREFIX (conda's base)", *request_.conda_prefix)) return;
    if (FindOnPath()) return;
    Note(
        "no Python environment was found: installed packages are unknown, except for those with bundled stubs; name "
        "one with `--python` or `environment.python`");
    SayWhatAHookTried();
  }

  // Who runs overt in a terminal knows which environment is active. A hook's user does not see what the hook sees.
  void SayWhatAHookTried() {
    const bool is_tools = std::any_of(out_.tried.begin(), out_.tried.end(), [](const TriedPlace& place) {
      return place.verdict == Verdict::kRejected && !ToolThatOwns(place.path).empty();
    });
    if (!out_.incomplete.empty() || !(request_.inside_pre_commit || is_tools)) return;
    constexpr size_t kMostNamed = 5;
    std::vector<std::string> names;
    for (const TriedPlace& place : out_.tried) {
      const bool is_rejected = place.verdict == Verdict::kRejected;
      names.push_back(is_rejected ? absl::StrCat(place.what, " (", place.reason, ")") : place.what);
    }
    const size_t more = names.size() - std::min(names.size(), kMostNamed);
    names.resize(names.size() - more);
    out_.incomplete = absl::StrCat(
        "no Python environment of this project was found, so what classes inherit from installed packages is unknown; "
        "tried ",
        names.empty() ? "nothing" : absl::StrJoin(names, ", "), more == 0 ? "" : ", …",
        "; name one with `environment.python`");
  }

  // The user named it: anything wrong with it is an error.
  void UseNamed(const std::string& python) {
    const auto fail = [&](const std::string& reason, const std::string& sentence) {
      error_ = absl::StrCat("`", python, "` ", sentence);
      Try("--python", python, Verdict::kRejected, reason);
    };
    if (const std::string why = WhyUnusable(python); !why.empty()) {
      return fail(why, absl::StrCat("is neither an interpreter nor the folder of an environment: ", why));
    }
    Interpreter place{python, std::nullopt};
    if (IsFile(python)) {
      place = InterpreterAt(python);
    } else if (const std::string name = BaseName(python); name == "bin" || name == "Scripts") {
      place.prefix = Parent(python);
    } else if (name == "site-packages" || name == "dist-packages") {
      place.prefix = Parent(Parent(Parent(python)));
    }
    Prefix prefix = ReadPrefix(place.prefix, place.version);
    if (!prefix.is_usable()) {
      return fail("no site-packages folder", "has no site-packages folder: it is no Python environment");
    }
    Take("--python", std::move(prefix), "named on the command line or in the configuration");
  }

  void Take(std::string what, Prefix prefix, std::string reason) {
    Try(std::move(what), prefix.folder, Verdict::kTaken, std::move(reason));
    out_.prefix = prefix.folder;
    prefix_ = std::move(prefix);
  }

  bool Consider(const std::string& what, const std::string& folder,
                std::optional<PythonVersion> version = std::nullopt) {
    if (const std::string why = WhyUnusable(folder); !why.empty() || !IsFolder(folder)) {
      Try(what, folder, Verdict::kNotThere, why.empty() ? "it is no folder" : why);
      return false;
    }
    if (const std::string owner = OwnerOf(folder); !owner.empty()) {
      Try(what, folder, Verdict::kRejected, owner);
      return false;
    }
    Prefix prefix = ReadPrefix(folder, version);
    if (!prefix.is_usable()) {
      Try(what, folder, Verdict::kRejected, "no site-packages folder");
      if (prefix.has_config) SayIncomplete(folder, "no site-packages folder");
      return false;
    }
    Take(what, std::move(prefix), "has site-packages");
    return true;
  }

  // An environment that a tool made to run tools in is not the project's. Empty if it may be.
  std::string OwnerOf(const std::string& prefix) const {
    if (const std::string tool = ToolThatOwns(prefix); !tool.empty()) {
      return absl::StrCat(tool, " made it to run a tool in: what the project imports is elsewhere");
    }
    const bool is_ours = request_.own_executable && (IsInside(*request_.own_executable, RealPath(prefix)) ||
                                                     IsInside(*request_.own_executable, prefix));
    // An environment of the project may lie elsewhere (virtualenvwrapper, poetry), with overt installed in it.
    if (request_.inside_pre_commit && is_ours && !IsInside(RealPath(prefix), RealPath(request_.project)) &&
        !HoldsOtherPackages(prefix)) {
      return "overt itself was started from it by a hook runner";
    }
    return "";
  }

  bool FindInFolders() {
    for (std::string folder = request_.project;; folder = Parent(folder)) {
      for (const absl::string_view name : {".venv", "venv", "env"}) {
        if (Consider(absl::StrCat("`", name, "` in ", folder), CleanPath(folder, name))) return true;
      }
      if (folder == top_ || folder == "/" || Parent(folder) == "/") return false;
    }
  }

  bool FindKnown() {
    for (const KnownEnvironment& known : FindKnownEnvironments(request_, file_)) {
      if (!known.refusal.empty()) {
        Try(known.what, known.prefix, Verdict::kRejected, known.refusal);
      } else if (Consider(known.what, known.prefix, known.version)) {
        return true;
      }
    }
    return false;
  }

  // The first one is the one that would run, unless it belongs to a tool or is a shim.
  bool FindOnPath() {
    if (!request_.path) return false;
    for (const absl::string_view folder : absl::StrSplit(*request_.path, ':', absl::SkipEmpty())) {
      if (folder[0] != '/') continue;
      for (const absl::string_view name : {"python3", "python"}) {
        const std::string python = absl::StrCat(folder, "/", name);
        if (!grammar::AskAccess(python, X_OK) || !IsFile(python)) continue;
        const Interpreter place = InterpreterAt(python);
        if (Consider(absl::StrCat("`", name, "` on PATH in ", folder), place.prefix, place.version)) {
          prefix_is_from_path_ = true;
          return true;
        }
        break;
      }
    }
    return false;
  }

  // The first one: the place where the user would expect it.
  void SayIncomplete(absl::string_view folder, absl::string_view lack) {
    if (out_.incomplete.empty())
      out_.incomplete = absl::StrCat("the environment at ", folder, " is incomplete: ", lack);
  }

  static std::string WhatHomeLacks(const Prefix& prefix) {
    if (prefix.home.empty()) return "its pyvenv.cfg has no `home`";
    const std::string why = WhyUnusable(prefix.home);
    return why.empty() ? "" : absl::StrCat("its home ", prefix.home, ": ", why);
  }

  void UsePrefix() {
    const Prefix& prefix = *prefix_;
    for (const SiteFolder& site : prefix.sites) AddSite(site.folder, "site-packages");
    if (!prefix.has_config) return AddUserSite();
    if (const std::string lack = WhatHomeLacks(prefix); !lack.empty()) {
      SayIncomplete(prefix.folder, lack);
      return;
    }
    if (!prefix.uses_system) return;
    AddUserSite();
    for (const SiteFolder& site : ReadPrefix(Parent(prefix.home), prefix.version).sites) {
      AddSite(site.folder, "include-system-site-packages");
    }
  }

  // `pip install --user`; a virtual environment does not see it.
  void AddUserSite() {
    if (!request_.home || !prefix_->version || IsFolder(prefix_->folder + "/conda-meta")) return;
    const std::string folder =
        absl::StrCat(*request_.home, "/.local/lib/python", grammar::ToString(*prefix_->version), "/site-packages");
    if (IsFolder(folder)) AddSite(folder, "the user's site-packages");
  }

  // --- Python's version ----------------------------------------------------------------------------------------------

  void ChooseVersion() {
    if (request_.version) {
      out_.version = *request_.version;
      out_.version_source = request_.version_source.empty() ? "configured" : request_.version_source;
      return;
    }
    if (const PythonPin pin = FindPythonPin(request_.project, top_); pin.version) {
      UseFoundVersion(*pin.version, pin.file == request_.project + "/.python-version" ? ".python-version" : pin.file);
    } else if (prefix_ && prefix_->version) {
      UseFoundVersion(*prefix_->version, prefix_->version_source);
      out_.version_is_guess = prefix_is_from_path_;
    } else {
      out_.version_source = "default";
      out_.version_is_guess = true;
    }
  }

  // What was found, not chosen, may lie outside of what overt knows.
  void UseFoundVersion(PythonVersion version, std::string source) {
    out_.version = std::clamp(version, grammar::kOldestPython, grammar::kNewestPython);
    out_.version_source = std::move(source);
    if (out_.version != version) {
      Note(absl::StrCat("Python ", grammar::ToString(version), " (", out_.version_source,
                        ") is outside of what overt knows: ", grammar::ToString(out_.version), " is assumed"));
    }
  }

  // --- The interpreter's own modules ---------------------------------------------------------------------------------

  void AddLibrary() {
    if (!prefix_ || prefix_->version != out_.version) return;
    if (prefix_->has_config && prefix_->home.empty()) return;
    const std::string base = prefix_->has_config ? Parent(prefix_->home) : prefix_->folder;
    const std::string folder = absl::StrCat(base, "/lib/python", grammar::ToString(out_.version));
    for (const std::string& one : {folder, folder + "/lib-dynload"}) {
      if (!WhyUnusable(one).empty() || !IsFolder(one)) continue;
      // A guess: a script's own `test` beside it goes first.
      out_.library.push_back({SearchPath::Kind::kSitePackages, one, "the interpreter's own modules", "", true});
    }
  }

  const EnvironmentRequest& request_;
  const ProjectFile file_;
  const std::string top_;
  Environment out_;
  std::string error_;
  std::optional<Prefix> prefix_;
  bool prefix_is_from_path_ = false;
  absl::flat_hash_set<std::string> known_;
};

}  // namespace

EnvironmentResult DiscoverEnvironment(const EnvironmentRequest& request) { return Discovery(request).Run(); }

}  // namespace overt::resolve
