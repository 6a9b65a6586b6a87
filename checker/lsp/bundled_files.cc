#include "checker/lsp/bundled_files.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/terminal.h"
#include "checker/driver/write_back.h"
#include "checker/lsp/uri.h"

namespace overt::lsp {
namespace {

// Ends with a slash; empty without a home.
std::string CopiesFolder() {
  std::string cache = driver::EnvironmentVariable("XDG_CACHE_HOME").value_or("");
  if (!absl::StartsWith(cache, "/")) {
    const std::string home = driver::EnvironmentVariable("HOME").value_or("");
    if (!absl::StartsWith(home, "/")) return "";
    cache = absl::StrCat(home, "/.cache");
  }
  return absl::StrCat(cache, "/overt/");
}

// `kind`: a folder among the copies.
std::optional<std::string> UriOfCopy(absl::string_view kind, absl::string_view path, absl::string_view text) {
  const std::string folder = CopiesFolder();
  if (folder.empty()) return std::nullopt;
  // Under the name of its contents: another version of overt makes another copy, and a copy is never changed.
  const std::string hash = absl::StrFormat("%016x", XXH3_64bits(text.data(), text.size()));
  const std::filesystem::path file = absl::StrCat(folder, kind, "/", hash, "/", path);
  std::error_code error;
  if (std::filesystem::exists(file, error)) return UriOfPath(file.string());
  std::filesystem::create_directories(file.parent_path(), error);
  if (error || !driver::WriteNewFile(file.string(), text, 0444).ok()) return std::nullopt;
  return UriOfPath(file.string());
}

}  // namespace

std::optional<std::string> UriOfBundledStub(absl::string_view path, absl::string_view text) {
  return UriOfCopy("stubs", path, text);
}

std::optional<std::string> UriOfRulePage(Rule rule) {
  return UriOfCopy("rules", absl::StrCat(NameOf(rule), ".md"), DocumentationOf(rule));
}

bool IsCopyOfBundledFile(absl::string_view path) {
  const std::string folder = CopiesFolder();
  return !folder.empty() && absl::StartsWith(path, folder);
}

}  // namespace overt::lsp
