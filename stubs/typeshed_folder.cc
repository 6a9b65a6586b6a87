#include "stubs/typeshed_folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>
#include <toml++/toml.h>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::stubs {
namespace {

namespace fs = std::filesystem;
using grammar::PythonVersion;

struct VersionRange {
  PythonVersion first{3, 0};
  PythonVersion last{3, 255};
};
using VersionTable = absl::flat_hash_map<std::string, VersionRange>;

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Lines of `module: 3.4-3.11  # comment`.
VersionTable ReadVersions(const fs::path& path) {
  VersionTable table;
  const std::string text = ReadText(path);
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    const std::vector<absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(':', 1));
    if (parts.size() != 2) continue;
    const std::vector<absl::string_view> bounds = absl::StrSplit(absl::StripAsciiWhitespace(parts[1]), '-');
    VersionRange range;
    range.first = grammar::ParsePythonVersion(bounds[0]).value_or(range.first);
    if (bounds.size() == 2 && !bounds[1].empty()) {
      range.last = grammar::ParsePythonVersion(bounds[1]).value_or(range.last);
    }
    table[parts[0]] = range;
  }
  return table;
}

// The range of the module or of the nearest package around it.
VersionRange RangeOf(const VersionTable& table, absl::string_view module) {
  while (!module.empty()) {
    if (const auto it = table.find(module); it != table.end()) return it->second;
    const size_t dot = module.rfind('.');
    module = dot == absl::string_view::npos ? absl::string_view() : module.substr(0, dot);
  }
  return {};
}

bool IsPartial(const fs::path& metadata) {
  try {
    return toml::parse_file(metadata.string())["partial_stub"].value_or(false);
  } catch (const toml::parse_error&) {
    return false;
  }
}

// All `.pyi` files below `root`, as stubs with module names counted from there.
std::vector<FoundStub> ListRoot(const fs::path& root, const fs::path& typeshed) {
  std::vector<FoundStub> stubs;
  std::error_code ignored;
  for (auto it = fs::recursive_directory_iterator(root, ignored); it != fs::recursive_directory_iterator(); ++it) {
    const std::string name = it->path().filename().string();
    if (it->is_directory() && (absl::StartsWith(name, "@") || absl::StartsWith(name, "."))) {
      it.disable_recursion_pending();
      continue;
    }
    if (!absl::EndsWith(name, ".pyi")) continue;
    FoundStub stub;
    std::string module = it->path().lexically_relative(root).string();
    module.resize(module.size() - 4);
    stub.is_package = name == "__init__.pyi";
    if (stub.is_package) module.resize(module.size() > 9 ? module.size() - 9 : 0);
    stub.module = absl::StrReplaceAll(module, {{"/", "."}});
    stub.path = it->path().lexically_relative(typeshed).string();
    if (!stub.module.empty()) stubs.push_back(std::move(stub));
  }
  return stubs;
}

std::vector<std::string> NamespacesOf(const std::vector<FoundStub>& stubs) {
  absl::flat_hash_set<std::string> packages;
  std::set<std::string> parents;
  for (const FoundStub& stub : stubs) {
    if (stub.is_package) packages.insert(stub.module);
    for (size_t dot = stub.module.find('.'); dot != std::string::npos; dot = stub.module.find('.', dot + 1)) {
      parents.insert(stub.module.substr(0, dot));
    }
  }
  std::vector<std::string> namespaces;
  for (const std::string& parent : parents) {
    if (!packages.contains(parent)) namespaces.push_back(parent);
  }
  return namespaces;
}

}  // namespace

absl::StatusOr<TypeshedListing> ListTypeshed(const std::string& folder) {
  const fs::path typeshed(folder);
  const fs::path stdlib = typeshed / "stdlib";
  std::error_code ignored;
  if (!fs::is_directory(stdlib, ignored)) {
    return absl::NotFoundError(absl::StrCat("`", folder, "` has no folder `stdlib`: it is no copy of typeshed"));
  }
  TypeshedListing listing;
  listing.commit = std::string(absl::StripAsciiWhitespace(ReadText(typeshed / "commit.txt")));
  const VersionTable versions = ReadVersions(stdlib / "VERSIONS");
  for (FoundStub& stub : ListRoot(stdlib, typeshed)) {
    const VersionRange range = RangeOf(versions, stub.module);
    stub.first = range.first;
    stub.last = range.last;
    listing.stubs.push_back(std::move(stub));
  }
  if (fs::is_directory(typeshed / "stubs", ignored)) {
    for (const fs::directory_entry& distribution : fs::directory_iterator(typeshed / "stubs", ignored)) {
      if (!distribution.is_directory()) continue;
      const bool is_partial = IsPartial(distribution.path() / "METADATA.toml");
      for (FoundStub& stub : ListRoot(distribution.path(), typeshed)) {
        stub.distribution = distribution.path().filename().string();
        stub.is_partial = is_partial;
        listing.stubs.push_back(std::move(stub));
      }
    }
  }
  std::sort(listing.stubs.begin(), listing.stubs.end(), [](const FoundStub& a, const FoundStub& b) {
    return std::tie(a.module, a.distribution, a.path) < std::tie(b.module, b.distribution, b.path);
  });
  listing.namespaces = NamespacesOf(listing.stubs);
  return listing;
}

}  // namespace overt::stubs
