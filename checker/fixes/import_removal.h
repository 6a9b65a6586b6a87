// An import that nothing needs any more: out of its list, off its line, or with the whole `try` around it.
//
//   from typing import Any, override                 →    from typing import Any
//   import os; from typing import override; x = 1    →    import os; x = 1
//
// Asks whether anything may still need the name, in this file and in every other file that was read, and leaves the
// import alone where it cannot be sure.
#ifndef OVERT_CHECKER_FIXES_IMPORT_REMOVAL_H_
#define OVERT_CHECKER_FIXES_IMPORT_REMOVAL_H_

#include <optional>
#include <vector>

#include "checker/fixes/import_edits.h"

namespace overt::fixes {

// What a decorator's first name is bound by: the symbol of the innermost scope that has the name where the decorator
// is evaluated. None if it has no such name, or the file does not bind it.
SymbolId SymbolUsedBy(const FixSite& site, NodeId decorator);

// Takes the one name out of its import, or the whole statement if it is the last; none if it must stay: its block would
// be empty, it may fail where somebody handles that, the name is exported again or used by another file, or something
// but `uses` (decorators that go) may use it. Of a `try` and an `except ImportError` that bind just this name, both go.
std::optional<Edits> DropImport(const FixSite& site, SymbolId symbol, const std::vector<NodeId>& uses);

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_IMPORT_REMOVAL_H_
