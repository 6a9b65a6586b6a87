// What to change in a text that did not parse, so that all of it but the damaged lines does.
//
//   class A(B):                class A(B):
//       x = = 1        ->          x = ...         the value is a hole
//       def f(self): ...           def f(self): ...
//
// Works by lines and their indentation, as people read: a statement that does not parse on its own is taken apart into
// its header and the statements below, until what is left is the lines at fault. Also rewrites what is good Python and
// unknown to the grammar: defaults of type parameters (PEP 696), lazy imports (PEP 810). Reads nothing of the damaged
// tree. The depth of its recursion is bounded. What is wrong with the lines is for `grammar/verdict` to say.
#ifndef OVERT_GRAMMAR_LOWER_REPAIR_H_
#define OVERT_GRAMMAR_LOWER_REPAIR_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "diagnostics/span.h"
#include "grammar/lower/edited_text.h"
#include "grammar/syntax/parser.h"

namespace overt::grammar {

// All of it in bytes of the original text, and sorted.
struct Repairs {
  std::vector<Edit> edits;
  std::vector<TextRange> defaults;  // expressions that were cut out behind type parameters
  std::vector<TextRange> lost;      // statements that became `pass`
  std::vector<TextRange> holes;     // what became `...` (or nothing) because no expression could be made of it
  std::vector<uint32_t> headers;    // where classes and functions begin whose headers have such a hole
};

// `sound_until`: lines of statements that end here or before are known to parse. Nothing to change if the text has no
// error.
Repairs FindRepairs(absl::string_view text, SyntaxReader& reader, uint32_t sound_until);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_LOWER_REPAIR_H_
