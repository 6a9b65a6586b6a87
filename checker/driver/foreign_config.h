// The configuration of another checker, in this one's words: what carries over, and what does not.
//
//   # mypy.ini
//   [mypy]
//   python_version = 3.11         environment.python-version = "3.11"
//   disallow_untyped_defs = True  left: overt has nothing like it
//
// mypy (`mypy.ini`, `.mypy.ini`, `pyproject.toml`, `setup.cfg`), pyright and basedpyright (`pyrightconfig.json`,
// `pyproject.toml`), pyrefly and ty (their own files, `pyproject.toml`), each the first of its files that there is, as
// those tools look for them. Reads the folder only, runs nothing; a file that cannot be read says so in `problems`.
// Sources: the documentation of the four tools.
#ifndef OVERT_CHECKER_DRIVER_FOREIGN_CONFIG_H_
#define OVERT_CHECKER_DRIVER_FOREIGN_CONFIG_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt::driver {

// A setting of the other tool.
struct ForeignSetting {
  std::string place;    // "mypy.ini:3", "pyproject.toml"
  std::string written;  // "python_version = 3.11"
};

struct TakenSetting : ForeignSetting {
  std::string key;                  // "environment.python-version", "rules.missing-override"
  std::vector<std::string> values;  // one for a string or a boolean, any number for a list
};

struct LeftSetting : ForeignSetting {
  std::string why;  // one phrase
};

struct ForeignConfig {
  std::vector<std::string> tools;  // whose configuration was found: "mypy (mypy.ini)"
  std::vector<TakenSetting> taken;
  std::vector<LeftSetting> left;
  std::vector<std::string> problems;  // files that cannot be read, one line each
};

// "mypy", "pyright", "pyrefly", "ty".
absl::Span<const absl::string_view> ForeignTools();

// What lies in `folder` (absolute); `only`: one tool's, or empty for all.
ForeignConfig ReadForeignConfig(const std::string& folder, absl::string_view only);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_FOREIGN_CONFIG_H_
