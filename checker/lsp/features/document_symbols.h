// The outline of a file: classes, methods, attributes, functions, with what each method overrides beside its name.
//
//   class CsvReader(Reader):             CsvReader
//       size = 3                         ├ size
//       def open(self): ...              └ open   overrides Reader.open
#ifndef OVERT_CHECKER_LSP_FEATURES_DOCUMENT_SYMBOLS_H_
#define OVERT_CHECKER_LSP_FEATURES_DOCUMENT_SYMBOLS_H_

#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

struct DocumentSymbol {
  enum class Kind : uint8_t { kClass, kFunction, kMethod, kConstructor, kProperty, kAttribute, kVariable };
  Kind kind;
  std::string name;
  std::string detail;  // "overrides Reader.open", or empty
  TextRange whole;     // with decorators; holds the ranges of all children
  TextRange selection;
  std::vector<DocumentSymbol> children;  // in source order
};

// In source order. Of several bindings of one variable or attribute the first. Names of functions' insides are left
// out, but for classes and functions.
std::vector<DocumentSymbol> DocumentSymbols(const driver::Snapshot& snapshot, FileId file);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_DOCUMENT_SYMBOLS_H_
