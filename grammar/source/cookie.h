// The coding cookie of PEP 263: a comment in one of the first two lines that names the file's encoding.
//
//   #!/usr/bin/python3
//   # -*- coding: latin-1 -*-        Cookie{"latin-1", …}
//
// In the second line it counts only if the first holds nothing but blanks or a comment.
#ifndef OVERT_GRAMMAR_SOURCE_COOKIE_H_
#define OVERT_GRAMMAR_SOURCE_COOKIE_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "diagnostics/span.h"

namespace overt::grammar {

struct Cookie {
  absl::string_view name;  // as written; empty if there is none
  TextRange range;         // of the name, in the bytes after a byte-order mark
  bool too_late = false;   // found in line 3, where Python does not look
};

Cookie FindCookie(absl::string_view bytes);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_COOKIE_H_
