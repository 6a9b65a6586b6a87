// Edits of a file's imports: a name more, a name less.
//
//   AddName("typing", "override")      from typing import (       →  a line `    override,` at its place in the list
//                                          Any,
//                                          overload,
//                                      )
//
// A name joins an import of its module at the top level of the file if there is one; otherwise a statement is made,
// beside the imports of its kind, behind the docstring and `__future__`. Nothing is ever put into a branch
// (`if TYPE_CHECKING:`, `try:`): whoever uses the name must have it. Lists that are sorted stay sorted.
// Knows statements and text, not what a name means: `override_name.h` does.
#ifndef OVERT_CHECKER_FIXES_IMPORT_EDITS_H_
#define OVERT_CHECKER_FIXES_IMPORT_EDITS_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/fixes/fix_site.h"

namespace overt::fixes {

// The part of the file in which an import must come to stand: after whatever would take its name away again, before
// the first use.
struct ImportWindow {
  uint32_t begin = 0;
  uint32_t end = 0;  // where the first use begins
};

using Edits = std::vector<Edit>;

// `from module import name`; none if there is no safe place.
std::optional<Edits> AddName(const FixSite& site, absl::string_view module, absl::string_view name,
                             ImportWindow window);
// `import module`.
std::optional<Edits> AddModule(const FixSite& site, absl::string_view module, ImportWindow window);

// Whether some statement of the module's own body imports names from `module` within the window.
bool HasImportFrom(const FixSite& site, absl::string_view module, ImportWindow window);

// Takes the one name out of its import, or the whole statement if it is the last; none if it must stay: the statement
// stands in a branch or shares its line, the name is exported again or imported by another file, or something but
// `uses` (decorators) may use it.
std::optional<Edits> DropImport(const FixSite& site, SymbolId symbol, const std::vector<NodeId>& uses);

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_IMPORT_EDITS_H_
