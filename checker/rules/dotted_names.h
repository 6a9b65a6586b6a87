// Patterns of dotted names, as the configuration has them.
//
//   MatchesDotted("django.*", "django.db.models")        # also `django` itself
//   MatchesDotted("*.visit_*", "plugins.Walker.visit_name")
//
// `*` stands for any text, dots included. No pattern of paths: those are gitignore's.
#ifndef OVERT_CHECKER_RULES_DOTTED_NAMES_H_
#define OVERT_CHECKER_RULES_DOTTED_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt::rules {

bool MatchesDotted(absl::string_view pattern, absl::string_view name);
bool MatchesAnyDotted(absl::Span<const std::string> patterns, absl::string_view name);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_DOTTED_NAMES_H_
