// unused-suppression: the name out of its list, or the whole comment with the blanks before it.
//
//   x = 1  # overt: ignore[override-of-final]  # pylint: disable=all    →    x = 1  # pylint: disable=all
//
// What stands behind a directive on its own account (`-- why`) goes with it; what other tools said stays. A line that
// held nothing else goes as a whole.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/fixes/draft.h"
#include "checker/fixes/text_places.h"
#include "diagnostics/suppression_text.h"

namespace overt::fixes {
namespace {

bool Holds(const std::vector<TextRange>& ranges, TextRange range) {
  return std::find(ranges.begin(), ranges.end(), range) != ranges.end();
}

bool HasEntry(const Suppression& suppression, TextRange range) {
  return std::any_of(suppression.entries.begin(), suppression.entries.end(),
                     [&](const SuppressionEntry& entry) { return entry.range == range; });
}

// The directive of a suppression within its comment: from its `#` to the next one.
TextRange DirectiveOf(absl::string_view text, const Suppression& suppression) {
  const TextRange comment = suppression.comment;
  const TextRange first = suppression.entries.front().range;
  const absl::string_view whole = text.substr(comment.begin, comment.size());
  // The entry of a directive without brackets is the whole comment, whose first directive it need not be.
  if (first == comment) return whole.find('#', 1) == absl::string_view::npos ? comment : TextRange{};
  const size_t begin = whole.rfind('#', first.begin - comment.begin);
  const size_t end = EndOfDirective(whole, first.begin - comment.begin);
  return {comment.begin + static_cast<uint32_t>(begin), comment.begin + static_cast<uint32_t>(end)};
}

std::optional<Edit> WithoutDirective(const FixSite& site, const Suppression& suppression) {
  const absl::string_view text = site.text();
  const TextRange directive = DirectiveOf(text, suppression);
  if (directive.size() == 0) return std::nullopt;
  if (directive == suppression.comment && IsFirstOnLine(text, directive.begin)) {
    return Edit{{StartOfLine(text, directive.begin), StartOfNextLine(text, directive.end)}, ""};
  }
  // Another comment behind it takes its place; otherwise the blanks before it go as well.
  uint32_t begin = directive.begin;
  if (directive.end == suppression.comment.end) {
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  }
  // The carriage return that ends the line is none of the comment's.
  const bool has_return = text[directive.end - 1] == '\r';
  return Edit{{begin, has_return ? directive.end - 1 : directive.end}, ""};
}

std::optional<Edit> WithoutEntries(const FixSite& site, const Suppression& suppression,
                                   const std::vector<TextRange>& gone) {
  std::vector<absl::string_view> kept;
  for (const SuppressionEntry& entry : suppression.entries) {
    if (!Holds(gone, entry.range)) kept.push_back(site.text().substr(entry.range.begin, entry.range.size()));
  }
  if (kept.empty()) return WithoutDirective(site, suppression);
  const TextRange all{suppression.entries.front().range.begin, suppression.entries.back().range.end};
  return Edit{all, absl::StrJoin(kept, ", ")};
}

}  // namespace

std::vector<Edit> WithoutSuppressionEntries(const FixSite& site, const std::vector<TextRange>& entries) {
  std::vector<Edit> edits;
  std::vector<TextRange> sorted = entries;
  std::sort(sorted.begin(), sorted.end());
  const Suppression* last = nullptr;
  for (const TextRange entry : sorted) {
    for (const Suppression& suppression : site.SuppressionsAround(entry)) {
      // Its entries follow one another, so one that was done is the last that was.
      if (&suppression == last || !HasEntry(suppression, entry)) continue;
      if (std::optional<Edit> edit = WithoutEntries(site, suppression, entries)) edits.push_back(*std::move(edit));
      last = &suppression;
    }
  }
  return edits;
}

std::optional<Draft> FixUnusedSuppression(const Diagnostic& finding, const DraftContext& context) {
  const TextRange entry = finding.primary.span.range;
  for (const Suppression& suppression : context.site.SuppressionsAround(entry)) {
    for (const SuppressionEntry& one : suppression.entries) {
      if (one.range != entry) continue;
      // A `file-ignore` that stands too late wants to be moved, which is not for us to decide.
      if (suppression.misplaced) return std::nullopt;
      std::optional<Edit> edit = WithoutEntries(context.site, suppression, {entry});
      if (!edit) return std::nullopt;
      Draft draft;
      draft.title = one.name.empty() || suppression.entries.size() == 1
                        ? "remove the comment"
                        : absl::StrCat("remove `", one.name, "` from the comment");
      draft.edits.push_back(*std::move(edit));
      draft.suppression_entry = entry;
      return draft;
    }
  }
  return std::nullopt;
}

}  // namespace overt::fixes
