// One finding's fix before it is written down: the edits at its place, and what it asks of the file's imports.
//
//   missing-override    →  Draft{"add `@override`", edits: "@override" above the `def`, need: `from typing import …`}
//
// One function for each rule that has a fix, in a file of its own. They may be given any finding of their rule, also
// one whose text has no safe fix; then they answer nothing. Internal to checker/fixes.
#ifndef OVERT_CHECKER_FIXES_DRAFT_H_
#define OVERT_CHECKER_FIXES_DRAFT_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/fixes/override_name.h"

namespace overt::fixes {

struct Draft {
  std::string title;
  Fix::Applicability applicability = Fix::Applicability::kSafe;
  std::vector<Edit> edits;
  ImportNeed need;
  std::string new_root;          // the first name of a decorator that is added; empty if none is
  std::vector<NodeId> released;  // decorators that go, and perhaps their import with them
  // unused-suppression: the place of the name in its comment; `edits` are for this name alone.
  std::optional<TextRange> suppression_entry;
};

struct DraftContext {
  const FixSite& site;
  const OverrideNames& names;
};

std::optional<Draft> FixMissingOverride(const Diagnostic& finding, const DraftContext& context);
std::optional<Draft> FixOverrideWithoutBase(const Diagnostic& finding, const DraftContext& context);
std::optional<Draft> FixMisplacedOverride(const Diagnostic& finding, const DraftContext& context);
std::optional<Draft> FixOverrideOnNonMethod(const Diagnostic& finding, const DraftContext& context);
std::optional<Draft> FixUnusedSuppression(const Diagnostic& finding, const DraftContext& context);

// The edit that takes names out of suppression comments, where several of one comment go together; one for each
// comment.
std::vector<Edit> WithoutSuppressionEntries(const FixSite& site, const std::vector<TextRange>& entries);

// --- Decorators, for all of them -------------------------------------------------------------------------------------

// "@spelling" on a line of its own above the `def`; none where the `def` does not begin its line.
std::optional<Edit> AddDecorator(const FixSite& site, NodeId definition, absl::string_view spelling);
// A decorator's line, or the decorator alone where a comment stands behind it.
std::optional<Edit> RemoveDecorator(const FixSite& site, NodeId decorator);
// The decorator of a definition that stands exactly there; none if there is none.
NodeId DecoratorAt(const FixSite& site, NodeId definition, TextRange place);
// What stands behind the `@`.
absl::string_view DecoratorText(const FixSite& site, NodeId decorator);

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_DRAFT_H_
