// Identifiers that look different and are the same: PEP 3131 compares them in Unicode's normal form NFKC.
//
//   ｘ = 1; print(x)      # the fullwidth letter is the same name
#ifndef OVERT_GRAMMAR_BASE_NFKC_H_
#define OVERT_GRAMMAR_BASE_NFKC_H_

#include <string>

#include "absl/strings/string_view.h"

namespace overt::grammar {

// The text itself where it cannot be normalised (invalid UTF-8).
std::string NormalizeNfkc(absl::string_view text);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_BASE_NFKC_H_
