// The findings that a project accepts for now, and how a finding is known again when its lines have moved.
//
//   {"rule":"missing-override","class":"shop.cart.Cart","member":"read","base":"shop.base.Base",…}
//
// An entry has no line and no column: reformatting keeps it. Of a finding about a class the path is no part either, so
// that a file may move; a class that got another module is found by its own name, if it is no more where it was. What
// the finding says is a part, as a hash: a violation that changed is a new finding. Knows no disk: `baseline_file.h`
// reads and writes, `baseline_run.h` asks for a whole run.
#ifndef OVERT_CHECKER_DRIVER_BASELINE_H_
#define OVERT_CHECKER_DRIVER_BASELINE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/diagnostic.h"

namespace overt::driver {

struct BaselineEntry {
  Rule rule = Rule::kSyntaxError;
  Subject subject;
  std::string path;     // from the project's folder, valid UTF-8: where it was seen last
  std::string hash;     // of what the finding says, 16 hexadecimal digits
  std::string message;  // the same for people; not compared
  std::string reason;   // why it is accepted; may be empty
  size_t count = 1;     // so many findings that only places tell apart
  uint32_t line = 0;    // of the baseline file, from 1; 0: it stands in none
};

// One finding as an entry, without a reason.
BaselineEntry EntryFor(const Diagnostic& finding, absl::string_view path);

// Negative, 0 or positive: the order of a baseline file. 0 only for the same finding.
int CompareEntries(const BaselineEntry& left, const BaselineEntry& right);

// What people call an entry by: 12 hexadecimal digits of all that makes it the same finding.
std::string IdOf(const BaselineEntry& entry);

// "`shop.Cart.read`", "`shop/cart.py`": what it is about, for people, without backticks.
std::string SubjectText(const BaselineEntry& entry);

// Sorted, with the entries of one finding made one: the larger count holds, for a merge may have doubled a line.
std::vector<BaselineEntry> SortedEntries(std::vector<BaselineEntry> entries);

// Findings as entries, sorted, with counts.
std::vector<BaselineEntry> CountedEntries(std::vector<BaselineEntry> findings);

struct BaselineMatch {
  static constexpr size_t kNone = SIZE_MAX;
  std::vector<size_t> entry_of;  // of each finding: the entry that accepts it, or kNone
  std::vector<size_t> found;     // of each entry: how many findings it accepts, at most its count
};

// `entries` sorted; `findings` in the order in which they count. `is_moved`: whether the first, which no finding of the
// same name is left for, may be the second under its new name: its class or file is no more where it was.
BaselineMatch MatchBaseline(absl::Span<const BaselineEntry> entries, absl::Span<const BaselineEntry> findings,
                            absl::FunctionRef<bool(const BaselineEntry& entry, const BaselineEntry& finding)> is_moved);

// The entries as they should be after a run: found ones as they are called now, with the reasons that they had; of what
// was not found, those that `is_stale` (by their place in `entries`) denies. `is_added`: of the findings that no entry
// accepts, too.
std::vector<BaselineEntry> RenewedEntries(absl::Span<const BaselineEntry> entries,
                                          absl::Span<const BaselineEntry> findings, const BaselineMatch& match,
                                          absl::FunctionRef<bool(size_t entry)> is_stale,
                                          absl::FunctionRef<bool(const BaselineEntry&)> is_added);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_BASELINE_H_
