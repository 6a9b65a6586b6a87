#include "stubs/typeshed_folder.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <tuple>
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
#include "grammar/source/source_file.h"
#include "stubs/toml.h"

namespace overt::stubs {
namespace {

namespace fs = std::filesystem;
using grammar::PythonVersion;

struct VersionRange {
  PythonVersion first{3, 0};
  PythonVersion last{3, 255};
};
using VersionTable = absl::flat_hash_map<std::string, VersionRange>;

// Empty if it cannot be read.
std::string ReadText(const fs::path& path) {
  constexpr size_t kMostBytes = 1u << 20;
  return grammar::ReadFileBytes(path.string(), kMostBytes).value_or("");
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
    return toml::parse(ReadText(metadata))["partial_stub"].value_or(false);
  } catch (const toml::parse_error&) {
    return false;
  }
}

FoundStub StubAt(const fs::path& file, const fs::path& root, const fs::path& typeshed) {
  FoundStub stub;
  std::string module = file.lexically_relative(root).string();
  module.resize(module.size() - absl::string_view(".pyi").size());
  stub.is_package = module == "__init__" || absl::EndsWith(module, "/__init__");
  if (stub.is_package) module.resize(module.size() - std::min(module.size(), absl::string_view("/__init__").size()));
  stub.module = absl::StrReplaceAll(module, {{"/", "."}});
  stub.path = file.lexically_relative(typeshed).string();
  return stub;
}

// All `.pyi` files below `root`, as stubs with module names counted from there. Links to folders are not followed.
std::vector<FoundStub> ListRoot(const fs::path& root, const fs::path& typeshed) {
  std::vector<FoundStub> stubs;
  std::error_code error;
  fs::recursive_directory_iterator it(root, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (it->is_directory(ignored)) {
      if (absl::StartsWith(name, "@") || absl::StartsWith(name, ".")) it.disable_recursion_pending();
      continue;
    }
    if (!absl::EndsWith(name, ".pyi")) continue;
    FoundStub stub = StubAt(it->path(), root, typeshed);
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

void AddDistributions(const fs::path& typeshed, TypeshedListing& listing) {
  std::error_code error;
  fs::directory_iterator it(typeshed / "stubs", error);
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (!it->is_directory(ignored)) continue;
    const bool is_partial = IsPartial(it->path() / "METADATA.toml");
    for (FoundStub& stub : ListRoot(it->path(), typeshed)) {
      stub.distribution = it->path().filename().string();
      stub.is_partial = is_partial;
      listing.stubs.push_back(std::move(stub));
    }
  }
}

}  // namespace

absl::StatusOr<TypeshedListing> ListTypeshed(const std::string& folder) {
  const fs::path typeshed(folder);
  const fs::path stdlib = typeshed / "stdlib";
  for (const char* needed : {"VERSIONS", "builtins.pyi"}) {
    std::error_code ignored;
    if (!fs::is_regular_file(stdlib / needed, ignored)) {
      return absl::NotFoundError(
          absl::StrCat("`", folder, "` has no file `stdlib/", needed, "`: it is no copy of typeshed"));
    }
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
  AddDistributions(typeshed, listing);
  std::sort(listing.stubs.begin(), listing.stubs.end(), [](const FoundStub& a, const FoundStub& b) {
    return std::tie(a.module, a.distribution, a.path) < std::tie(b.module, b.distribution, b.path);
  });
  listing.namespaces = NamespacesOf(listing.stubs);
  return listing;
}

}  // namespace overt::stubs
