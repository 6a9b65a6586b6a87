// The well-known names as constants: `names::kInit` is `__init__` in every tree. The table is names.def.
#ifndef OVERT_GRAMMAR_BASE_NAMES_H_
#define OVERT_GRAMMAR_BASE_NAMES_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "grammar/ast/ast.h"

namespace overt::grammar::names {

enum class WellKnown : uint32_t {
#define WELL_KNOWN(ident, text) ident,
#include "grammar/base/names.def"
};

#define WELL_KNOWN(ident, text) inline constexpr NameId ident{static_cast<uint32_t>(WellKnown::ident)};
#include "grammar/base/names.def"

absl::Span<const absl::string_view> WellKnownNames();  // in the order of their ids

}  // namespace overt::grammar::names

#endif  // OVERT_GRAMMAR_BASE_NAMES_H_
