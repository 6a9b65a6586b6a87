// The protocol's `SymbolKind` of what overt shows.
//
//   SymbolKindOf(DocumentSymbol::Kind::kMethod)     // 6
#ifndef OVERT_CHECKER_LSP_SYMBOL_KIND_H_
#define OVERT_CHECKER_LSP_SYMBOL_KIND_H_

#include "checker/lsp/features/document_symbols.h"

namespace overt::lsp {

inline int SymbolKindOf(DocumentSymbol::Kind kind) {
  switch (kind) {
    case DocumentSymbol::Kind::kClass: return 5;
    case DocumentSymbol::Kind::kMethod: return 6;
    case DocumentSymbol::Kind::kProperty: return 7;
    case DocumentSymbol::Kind::kAttribute: return 8;
    case DocumentSymbol::Kind::kConstructor: return 9;
    case DocumentSymbol::Kind::kFunction: return 12;
    case DocumentSymbol::Kind::kVariable: return 13;
  }
  return 13;
}

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_SYMBOL_KIND_H_
