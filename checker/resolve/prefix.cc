#include "checker/resolve/prefix.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/folder_cache.h"

namespace overt::resolve {
namespace {

using grammar::PythonVersion;

// Collects the site folders of a prefix; links to one that is there already (`lib64` -> `lib`) do not count.
class SiteFinder {
 public:
  explicit SiteFinder(const std::string& prefix) : prefix_(prefix) {}

  std::vector<SiteFolder> Run() && {
    // Debian looks into /usr/local before /usr.
    for (const absl::string_view lib : {"local/lib", "lib", "lib64"}) AddVersions(absl::StrCat(prefix_, "/", lib));
    Add(absl::StrCat(prefix_, "/lib/python3/dist-packages"), std::nullopt);
    Add(absl::StrCat(prefix_, "/Lib/site-packages"), std::nullopt);  // Windows
    return std::move(sites_);
  }

 private:
  void AddVersions(const std::string& lib) {
    std::vector<std::pair<PythonVersion, std::string>> versions;
    for (const auto& [name, kind] : cache_.List(lib).entries) {
      absl::string_view rest = name;
      if (kind != FolderCache::Kind::kFolder) continue;
      if (!absl::ConsumePrefix(&rest, "python") && !absl::ConsumePrefix(&rest, "pypy")) continue;
      if (const auto version = grammar::ParsePythonVersion(absl::StripSuffix(rest, "t"))) {
        versions.emplace_back(*version, name);
      }
    }
    std::sort(versions.rbegin(), versions.rend());  // the newest first
    for (const auto& [version, name] : versions) {
      Add(absl::StrCat(lib, "/", name, "/site-packages"), version);
      Add(absl::StrCat(lib, "/", name, "/dist-packages"), version);
    }
  }

  void Add(const std::string& folder, std::optional<PythonVersion> version) {
    if (IsFolder(folder) && known_.insert(RealPath(folder)).second) sites_.push_back({folder, version});
  }

  const std::string& prefix_;
  FolderCache cache_;
  absl::flat_hash_set<std::string> known_;
  std::vector<SiteFolder> sites_;
};

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

void ReadConfig(Prefix& prefix) {
  const std::string path = prefix.folder + "/pyvenv.cfg";
  prefix.has_config = IsFile(path);
  if (!prefix.has_config) return;
  const std::string text = ReadSmallText(path);
  prefix.home = ConfigValue(text, "home");
  prefix.uses_system = absl::EqualsIgnoreCase(ConfigValue(text, "include-system-site-packages"), "true");
  for (const absl::string_view key : {"version_info", "version"}) {
    if (prefix.version) break;
    prefix.version = FindVersion(ConfigValue(text, key));
    if (prefix.version) prefix.version_source = "pyvenv.cfg";
  }
}

}  // namespace

Prefix ReadPrefix(const std::string& folder, std::optional<PythonVersion> version) {
  Prefix prefix;
  prefix.folder = folder;
  if (version) {
    prefix.version = version;
    prefix.version_source = "the interpreter's name";
  }
  ReadConfig(prefix);
  prefix.sites = SiteFinder(folder).Run();
  const auto has_version = [](const SiteFolder& site) { return site.version.has_value(); };
  if (!prefix.version) {
    const auto newest =
        std::max_element(prefix.sites.begin(), prefix.sites.end(),
                         [](const SiteFolder& a, const SiteFolder& b) { return a.version < b.version; });
    if (newest != prefix.sites.end() && has_version(*newest)) {
      prefix.version = newest->version;
      prefix.version_source = "the environment's layout";
    }
  }
  if (prefix.version) {
    const auto is_other = [&](const SiteFolder& site) { return has_version(site) && *site.version != *prefix.version; };
    prefix.sites.erase(std::remove_if(prefix.sites.begin(), prefix.sites.end(), is_other), prefix.sites.end());
  }
  return prefix;
}

Interpreter InterpreterAt(const std::string& python) {
  const std::string folder = Parent(python);
  const std::string beside = Parent(folder);
  // Windows keeps an installation's interpreter in its prefix.
  for (const std::string& prefix : {beside, folder}) {
    if (IsFile(prefix + "/pyvenv.cfg")) return {prefix, std::nullopt};
  }
  const std::string real = RealPath(python);
  absl::string_view name = real;
  name = name.substr(name.rfind('/') + 1);
  std::optional<PythonVersion> version;
  if (absl::StartsWith(name, "python") || absl::StartsWith(name, "pypy")) version = FindVersion(name);
  for (const std::string& prefix : {Parent(Parent(real)), beside, folder}) {
    if (ReadPrefix(prefix, version).is_usable()) return {prefix, version};
  }
  return {Parent(Parent(real)), version};
}

bool IsCondaBase(const std::string& prefix) { return IsFolder(prefix + "/condabin"); }

std::string ToolThatOwns(const std::string& prefix) {
  for (const absl::string_view file : {".install_state_v1", ".install_state_v2"}) {
    if (IsFile(absl::StrCat(prefix, "/", file))) return "pre-commit";
  }
  if (IsFile(prefix + "/.prek-hook.json")) return "prek";
  if (IsFile(prefix + "/pipx_metadata.json")) return "pipx";
  if (IsFile(prefix + "/uv-receipt.toml")) return "uv";
  const std::string real = RealPath(prefix);
  if (absl::StrContains(real, "/.cache/pre-commit/")) return "pre-commit";
  if (absl::StrContains(real, "/.cache/prek/")) return "prek";
  if (absl::StrContains(real, "/uv/archive-v0/") || absl::StrContains(real, "/uv/environments-v2/")) return "uv";
  return "";
}

bool HoldsOtherPackages(const std::string& prefix) {
  constexpr absl::string_view kOrdinary[] = {"overt", "overt_pre_commit", "pip", "setuptools", "wheel"};
  FolderCache folders;
  for (const SiteFolder& site : ReadPrefix(prefix, std::nullopt).sites) {
    for (const auto& [name, kind] : folders.List(site.folder).entries) {
      absl::string_view stem = name;
      if (!absl::ConsumeSuffix(&stem, ".dist-info") && !absl::ConsumeSuffix(&stem, ".egg-info")) continue;
      if (!absl::c_linear_search(kOrdinary, stem.substr(0, stem.find('-')))) return true;
    }
  }
  return false;
}

std::optional<PythonVersion> FindVersion(absl::string_view text) {
  const auto is_digit = [&](size_t i) {
    return i < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i]));
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(i) || (i > 0 && is_digit(i - 1))) continue;
    size_t dot = i;
    while (is_digit(dot)) ++dot;
    size_t end = dot + 1;
    while (is_digit(end)) ++end;
    if (dot < text.size() && text[dot] == '.' && end > dot + 1) {
      if (const auto version = grammar::ParsePythonVersion(text.substr(i, end - i))) return version;
    }
    i = dot;
  }
  return std::nullopt;
}

}  // namespace overt::resolve
