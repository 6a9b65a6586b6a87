// Findings into edits: what `overt fix`, `--diff` and an editor's quick fix write.
//
//   def run(self): ...            # missing-override
//   → "from typing import override" beside the other imports, "@override" above the `def`
//
// A fix is made on demand, from a finding's rule and place, the file's tree and its text; rules stay free of it, and a
// run that fixes nothing pays nothing. `FixFor` is one finding alone (an editor, a report); `Plan` takes all findings
// of a file together: it merges their imports into one, drops an import only when the last use goes, and leaves out
// what would overlap, for the next round. A file that Python would refuse gets no fix. Not a writer:
// `checker/driver/write_back.h` is.
#ifndef OVERT_CHECKER_FIXES_FIXES_H_
#define OVERT_CHECKER_FIXES_FIXES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "checker/classes/class_table.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/rule.h"

namespace overt::fixes {

// Where `override` is imported from when a file does not have it yet.
enum class OverrideImport : uint8_t {
  kAuto,  // `typing` if the target version has it (3.12), else `typing_extensions`
  kTyping,
  kTypingExtensions,
};

// What a project wants of fixes.
struct FixOptions {
  OverrideImport override_import = OverrideImport::kAuto;
  RuleSet fixable = RuleSet::All();  // the findings of other rules have no fix
};

// Borrowed; all of it outlives what is made from it.
struct FixContext {
  const classes::ClassTable& classes;
  FileId file;             // readable: `program.Index(file)` is not null
  absl::string_view text;  // decoded; what the tree's offsets count in
  FixOptions options = {};
};

struct FilePlan {
  std::vector<Edit> edits;    // sorted, not overlapping
  std::vector<size_t> fixed;  // indices of the findings that the edits remove, ascending
};

// `from module import name as alias`, or without a name `import module as alias`.
struct NeededImport {
  std::string module;
  std::string name;
  std::string alias;        // empty: none
  uint32_t not_before = 0;  // where the last statement ends that would take the name away again

  friend bool operator==(const NeededImport&, const NeededImport&) = default;
};

// How a decorator of some function says `override`.
struct OverrideMark {
  std::string spelling;                // without the `@`
  std::optional<NeededImport> import;  // none: the file has the name
};

// What is known of one file for fixing it, kept for all its findings. Belongs to one thread.
class FileFixer {
 public:
  explicit FileFixer(const FixContext& context);
  ~FileFixer();
  FileFixer(const FileFixer&) = delete;
  FileFixer& operator=(const FileFixer&) = delete;

  // The fix of one finding by itself; none if it has none. Its edits are sorted and do not overlap.
  std::optional<Fix> FixFor(const Diagnostic& finding) const;

  // All fixes of the file at once, of the applicability asked for or a safer one.
  FilePlan Plan(absl::Span<const Diagnostic> findings, Fix::Applicability most) const;

  // For a FunctionDef of the file, marked or not; none if no spelling is safe there.
  std::optional<OverrideMark> OverrideMarkFor(grammar::NodeId function) const;

  // What brings all the names to a use at `offset` that is still to be written; none if there is no safe place. Sorted.
  std::optional<std::vector<Edit>> Import(const std::vector<NeededImport>& imports, uint32_t offset) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The same for a single question.
std::optional<Fix> FixFor(const Diagnostic& finding, const FixContext& context);
FilePlan PlanFile(absl::Span<const Diagnostic> findings, const FixContext& context, Fix::Applicability most);

// The text with the edits (sorted, not overlapping) made.
std::string ApplyEdits(absl::string_view text, absl::Span<const Edit> edits);

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_FIXES_H_
