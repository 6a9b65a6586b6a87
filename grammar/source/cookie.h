// The coding cookie of PEP 263: where it stands and what it says.
//
//   #!/usr/bin/env python
//   # -*- coding: latin-1 -*-        FindCookie -> name "latin-1", line 1
//
// By CPython's own scanner, which differs from the regular expression of the PEP in corners: the second line counts
// only if the first is blank or a comment. Source: PEP 263; language reference 2.1.4.
#ifndef OVERT_GRAMMAR_SOURCE_COOKIE_H_
#define OVERT_GRAMMAR_SOURCE_COOKIE_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::grammar {

struct Cookie {
  size_t begin = 0;  // of the name, in bytes
  size_t end = 0;
  size_t line = 0;  // 0 is the first
  absl::string_view name;
  // CPython's first normalisation: "UTF_8" is "utf-8", "latin-1-unix" is "iso-8859-1".
  std::string normal_name;
};

// In the first two lines of `bytes` (without its byte-order mark).
std::optional<Cookie> FindCookie(absl::string_view bytes);

// One that stands too late to count: in lines 3 to 10.
std::optional<Cookie> FindLateCookie(absl::string_view bytes);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_COOKIE_H_
