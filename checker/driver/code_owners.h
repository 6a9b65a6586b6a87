// Who owns a file, as the `CODEOWNERS` file of GitHub and GitLab says.
//
//   CodeOwners owners("*.py @python\n/docs/ @writers\n");
//   owners.Of("docs/conf.py")              // "@writers": the last line that matches decides
//
// Patterns are those of `.gitignore`, except that `docs/*` speaks of the files in `docs` and not of those further down,
// and that there is no `!`. Sections of GitLab are read as one list. Source: the documentation of both.
#ifndef OVERT_CHECKER_DRIVER_CODE_OWNERS_H_
#define OVERT_CHECKER_DRIVER_CODE_OWNERS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/ignore_rules.h"

namespace overt::driver {

class CodeOwners {
 public:
  CodeOwners() = default;
  explicit CodeOwners(absl::string_view text);

  // Reads the file of the repository that `folder` (absolute) lies in; sets the folder where its paths start. Nobody
  // owns anything where there is none.
  static CodeOwners Find(const std::string& folder, std::string* root);

  // Parted by blanks; empty if nobody does. `path` from the root on.
  std::string Of(absl::string_view path) const;

 private:
  struct Line {
    PatternSet pattern;
    bool is_of_one_folder = false;  // `docs/*`
    std::string owners;
  };
  std::vector<Line> lines_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CODE_OWNERS_H_
