// `mypy.ini` and `setup.cfg`: sections of keys, as Python's `configparser` reads them.
//
//   [mypy]
//   exclude = build/      ReadIni -> {"mypy", "exclude", "build/\ndist/", line 2}
//       dist/
//
// Values go on in lines that are indented further. `#` and `;` begin a comment where a line does. Nothing is
// interpolated, and lines that make no sense are left out. Source: the documentation of `configparser`.
#ifndef OVERT_CHECKER_DRIVER_INI_FILE_H_
#define OVERT_CHECKER_DRIVER_INI_FILE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace overt::driver {

struct IniEntry {
  std::string section;
  std::string key;    // in small letters
  std::string value;  // without blanks around it; its lines parted by `\n`
  size_t line = 0;    // from 1
};

std::vector<IniEntry> ReadIni(absl::string_view text);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_INI_FILE_H_
