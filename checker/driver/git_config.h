// Where git keeps patterns that hold for all repositories of a user: `core.excludesFile`, or its default.
//
//   [core]
//       excludesFile = ~/.gitignore_global         # of ~/.gitconfig
//
// Reads the files that git reads (system, user, repository), `include.path` in them too; starts no git. What depends
// on the branch or the place of the repository (`includeIf`) is not followed. Source: git-config(1), gitignore(5).
#ifndef OVERT_CHECKER_DRIVER_GIT_CONFIG_H_
#define OVERT_CHECKER_DRIVER_GIT_CONFIG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace overt::driver {

// The file with the user's patterns for the repository whose data is in `repository` (absolute, `.git`), whether it is
// there or not; empty if there can be none.
std::string GlobalExcludesFile(const std::string& repository);

// A text of git's configuration as "section.key" (both in small letters, a subsection between them as it is) and value,
// in order. Lines that git would refuse are left out.
std::vector<std::pair<std::string, std::string>> ReadGitConfig(absl::string_view text);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_GIT_CONFIG_H_
