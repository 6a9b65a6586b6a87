// What brings a name to a file: into the list of an import, or a statement of its own.
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

// All of them before a use at `first_use`, names of one module in one statement; none if one has no safe place.
std::optional<Edits> AddImports(const FixSite& site, std::vector<NeededImport> imports, uint32_t first_use);

// Whether some statement of the module's own body imports names from `module` within the window.
bool HasImportFrom(const FixSite& site, absl::string_view module, ImportWindow window);

// --- Statements, for import_removal.h as well ------------------------------------------------------------------------

// As written: "a.b", "name", "*".
absl::string_view ImportedName(const grammar::Ast& ast, NodeId alias);
// A string that stands alone, which is a docstring where it comes first.
bool IsDocstringStatement(const grammar::Ast& ast, NodeId statement);

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_IMPORT_EDITS_H_
