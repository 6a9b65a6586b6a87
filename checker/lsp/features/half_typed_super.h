// A call of `super()` in a statement that nobody can parse yet, read from its text.
//
//   super(Csv, self).rows(        # at `rows`: attribute "rows", first argument "Csv";  at `super`: no attribute
//   super().                      # at `super`
//
// Knows characters only: what the names mean is for `place.cc` to say.
#ifndef OVERT_CHECKER_LSP_FEATURES_HALF_TYPED_SUPER_H_
#define OVERT_CHECKER_LSP_FEATURES_HALF_TYPED_SUPER_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "diagnostics/span.h"

namespace overt::lsp {

struct HalfTypedSuper {
  TextRange range;                   // the word at the offset
  absl::string_view first_argument;  // as written; empty if there is none
  absl::string_view attribute;       // the word, where it is taken from the call
};

// `offset` lies within `statement`, a range of `text`.
std::optional<HalfTypedSuper> ReadHalfTypedSuper(absl::string_view text, TextRange statement, uint32_t offset);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_HALF_TYPED_SUPER_H_
