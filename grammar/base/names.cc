#include "grammar/base/names.h"

namespace overt::grammar::names {

absl::Span<const absl::string_view> WellKnownNames() {
  static constexpr absl::string_view kNames[] = {
#define WELL_KNOWN(ident, text) text,
#include "grammar/base/names.def"
  };
  return kNames;
}

}  // namespace overt::grammar::names
