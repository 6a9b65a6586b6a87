// Every key that a configuration file may have: its place, the form of its value, its default, what it does.
//
//   {"src.exclude", ValueForm::kPaths, "[]", "gitignore-style patterns …"}
//
// One table for reading, for `config schema`, for `config show` and for the documentation.
#ifndef OVERT_CHECKER_DRIVER_CONFIG_KEYS_H_
#define OVERT_CHECKER_DRIVER_CONFIG_KEYS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt::driver {

enum class ValueForm : uint8_t {
  kString,
  kPathBelow,  // a file or folder below the project, by its relative name
  kBoolean,
  kInteger,
  kStrings,         // a list of strings
  kRules,           // a list of rules and groups
  kVersion,         // "3.12"
  kPlatforms,       // "linux", ["linux", "win32"]
  kVersionClauses,  // ">=0.1,<2"
  kLevels,          // a table of rules or groups to levels
  kTables,          // a list of tables: `[[overrides]]`
};

struct ConfigKey {
  absl::string_view path;  // "environment.python"
  ValueForm form;
  absl::string_view default_value;  // as TOML, in the part of it that is JSON as well; empty: none
  absl::string_view summary;        // one phrase
  absl::string_view choices = "";   // all values that a string may have, parted by blanks; empty: any
};

// What the whole number may be, in every key that is one.
inline constexpr int kLeastInteger = 1;
inline constexpr int kMostInteger = 2000;

absl::Span<const ConfigKey> ConfigKeys();
const ConfigKey* FindKey(absl::string_view path);  // null: there is none
absl::string_view FormName(ValueForm form);        // "a string", "a list of strings", …

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CONFIG_KEYS_H_
