// Which pattern leaves a file or folder out, and who wrote it: the configuration, the command line, git's ignore files.
//
//   Exclusions exclusions;
//   exclusions.Of("/p/gen", PatternSet::Entry::kFolder, settings, ignore_files)    // `gen/` of overt.toml:2
//
// git's ignore files are every `.gitignore` from the repository's top down, `info/exclude` of the repository, and the
// user's own (`git_config.h`). They are read; git is not started.
#ifndef OVERT_CHECKER_DRIVER_EXCLUSIONS_H_
#define OVERT_CHECKER_DRIVER_EXCLUSIONS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/driver/ignore_rules.h"
#include "checker/driver/settings.h"

namespace overt::driver {

struct IgnoreFile {
  std::string folder;  // absolute; where its patterns start
  PatternSet patterns;
};
using IgnoreFiles = std::vector<IgnoreFile>;  // what is later goes before what is earlier

// Those that the folders above `folder` have, if they belong to a repository.
IgnoreFiles IgnoreFilesAbove(const std::string& folder);
// Adds those of `folder` itself. `is_repository`: it has a `.git`; `has_gitignore`: a `.gitignore`.
void AddIgnoreFilesOf(const std::string& folder, bool is_repository, bool has_gitignore, IgnoreFiles& files);

// What leaves something out.
struct Exclusion {
  FilePattern pattern;           // of `include`: the origin alone, for no pattern of it matches
  bool is_not_included = false;  // `include` names other files
};

class Exclusions {
 public:
  // Nothing if the entry (absolute path) is to be looked at. Its folders are taken to be.
  std::optional<Exclusion> Of(const std::string& path, PatternSet::Entry entry, const Settings& settings,
                              const IgnoreFiles& ignore_files);
  // As if the entry had been found on the way down from the project's folder; by the settings alone.
  std::optional<Exclusion> OfNamed(const std::string& path, PatternSet::Entry entry, const Settings& settings);

 private:
  struct Patterns {
    PatternSet include, exclude;
  };
  const Patterns& PatternsOf(const Settings& settings);

  absl::flat_hash_map<const Settings*, std::unique_ptr<Patterns>> patterns_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_EXCLUSIONS_H_
