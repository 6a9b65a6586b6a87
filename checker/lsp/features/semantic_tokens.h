// What an editor may show of a name by its colour: that a method overrides, that it is abstract or final, or inherited.
//
//   class Csv(Reader):                # `Csv`: final, if `@final` stands above it
//       def close(self):              # `close`: override
//           self.reset()              # `reset`: inherited, if `Csv` has none of its own
//
// Only names with one of these marks: all else, and what kind of name it is, the main server says.
#ifndef OVERT_CHECKER_LSP_FEATURES_SEMANTIC_TOKENS_H_
#define OVERT_CHECKER_LSP_FEATURES_SEMANTIC_TOKENS_H_

#include <vector>

#include "checker/driver/session.h"

namespace overt::lsp {

struct SemanticToken {
  enum class Type : uint8_t { kClass, kMethod, kProperty };
  // Bits of `modifiers`.
  enum Modifier : uint8_t { kOverride = 1, kAbstract = 2, kInherited = 4, kFinal = 8 };
  TextRange name;
  Type type;
  uint8_t modifiers;
};

// In source order, each place once.
std::vector<SemanticToken> SemanticTokens(const driver::Snapshot& snapshot, FileId file);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_SEMANTIC_TOKENS_H_
