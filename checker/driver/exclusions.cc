#include "checker/driver/exclusions.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/driver/git_config.h"
#include "checker/resolve/disk.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

using grammar::PathKind;

absl::string_view PathBelow(absl::string_view path, absl::string_view folder) {
  if (folder != "/" && resolve::IsInside(path, folder)) path.remove_prefix(folder.size());
  absl::ConsumePrefix(&path, "/");
  return path;
}

void AddIgnoreFile(const std::string& path, const std::string& folder, IgnoreFiles& files) {
  constexpr size_t kMostIgnoreBytes = 10u << 20;
  const absl::StatusOr<std::string> text = grammar::ReadFileBytes(path, kMostIgnoreBytes);
  if (!text.ok()) return;
  PatternSet patterns = PatternSet::FromIgnoreFile(*text, path);
  if (!patterns.empty()) files.push_back({folder, std::move(patterns)});
}

// The folder with the repository's own data: `.git`, or what stands in a file of that name, as worktrees and submodules
// have it. A worktree shares it with its main working tree. Source: gitrepository-layout(5).
std::string RepositoryFolder(const std::string& top) {
  std::string git = absl::StrCat(top, "/.git");
  if (grammar::AskKind(git).kind != PathKind::kFile) return git;
  const std::string text = resolve::ReadSmallText(git);
  absl::string_view written = absl::StripAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&written, "gitdir:")) return git;
  const std::string own = resolve::CleanPath(top, absl::StripLeadingAsciiWhitespace(written));
  const std::string shared = resolve::ReadSmallText(absl::StrCat(own, "/commondir"));
  return shared.empty() ? own : resolve::CleanPath(own, absl::StripAsciiWhitespace(shared));
}

const PatternSet::Pattern* DecidingOf(const IgnoreFiles& files, absl::string_view path, PatternSet::Entry entry) {
  for (auto it = files.rbegin(); it != files.rend(); ++it) {
    if (const auto* pattern = it->patterns.Deciding(PathBelow(path, it->folder), entry)) return pattern;
  }
  return nullptr;
}

}  // namespace

void AddIgnoreFilesOf(const std::string& folder, bool is_repository, bool has_gitignore, IgnoreFiles& files) {
  if (is_repository) {
    const std::string repository = RepositoryFolder(folder);
    const std::string of_user = GlobalExcludesFile(repository);
    if (!of_user.empty()) AddIgnoreFile(of_user, folder, files);
    AddIgnoreFile(absl::StrCat(repository, "/info/exclude"), folder, files);
  }
  if (has_gitignore) AddIgnoreFile(absl::StrCat(folder, "/.gitignore"), folder, files);
}

IgnoreFiles IgnoreFilesAbove(const std::string& folder) {
  std::vector<std::string> above;
  std::string at = folder;
  while (at.size() > 1) {
    const bool is_top = grammar::AskKind(absl::StrCat(at, "/.git")).kind != PathKind::kNothing;
    if (is_top) {
      IgnoreFiles files;
      for (auto it = above.rbegin(); it != above.rend(); ++it) {
        AddIgnoreFilesOf(*it, /*is_repository=*/*it == at, /*has_gitignore=*/true, files);
      }
      return files;
    }
    at = resolve::Parent(at);
    above.push_back(at);
  }
  return {};
}

std::optional<Exclusion> Exclusions::Of(const std::string& path, PatternSet::Entry entry, const Settings& settings,
                                        const IgnoreFiles& ignore_files) {
  const Patterns& patterns = PatternsOf(settings);
  const absl::string_view relative = PathBelow(path, settings.project);
  const PatternSet::Pattern* pattern = patterns.exclude.Deciding(relative, entry);
  if (pattern == nullptr && settings.source.respect_ignore_files) pattern = DecidingOf(ignore_files, path, entry);
  if (pattern != nullptr && !pattern->negated) return Exclusion{pattern->written};
  const bool is_included = entry == PatternSet::Entry::kFolder || patterns.include.empty() ||
                           patterns.include.MatchOrAbove(relative) == PatternSet::Decision::kIgnored;
  if (is_included) return std::nullopt;
  return Exclusion{{"", settings.source.include.front().origin}, /*is_not_included=*/true};
}

std::optional<Exclusion> Exclusions::OfNamed(const std::string& path, PatternSet::Entry entry,
                                             const Settings& settings) {
  const absl::string_view relative = PathBelow(path, settings.project);
  if (relative.empty()) return std::nullopt;
  if (!resolve::IsInside(path, settings.project)) return Of(path, entry, settings, {});
  for (size_t slash = relative.find('/'); slash != absl::string_view::npos; slash = relative.find('/', slash + 1)) {
    const std::string folder = path.substr(0, path.size() - relative.size() + slash);
    if (auto exclusion = Of(folder, PatternSet::Entry::kFolder, settings, {})) return exclusion;
  }
  return Of(path, entry, settings, {});
}

const Exclusions::Patterns& Exclusions::PatternsOf(const Settings& settings) {
  std::unique_ptr<Patterns>& patterns = patterns_[&settings];
  if (patterns == nullptr) {
    patterns = std::make_unique<Patterns>();
    patterns->include = PatternSet(settings.source.include);
    std::vector<FilePattern> exclude = settings.source.exclude;
    const std::vector<FilePattern>& more = settings.source.extend_exclude;
    exclude.insert(exclude.end(), more.begin(), more.end());
    patterns->exclude = PatternSet(exclude);
  }
  return *patterns;
}

}  // namespace overt::driver
