// A configuration as JSON, which editors have, in the form that a file's has.
//
//   TomlOfJson(R"({"rules": {"missing-override": "warn"}})")      // [rules]\n missing-override = "warn"
//
// What has no place in a file, as these values have none, is at line 0.
#ifndef OVERT_CHECKER_DRIVER_CONFIG_JSON_H_
#define OVERT_CHECKER_DRIVER_CONFIG_JSON_H_

#include "absl/strings/string_view.h"
#include "stubs/toml.h"

namespace overt::driver {

// `json` is an object. A key whose value is null is not set, as editors have it.
toml::table TomlOfJson(absl::string_view json);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CONFIG_JSON_H_
