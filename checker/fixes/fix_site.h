// The file that is being fixed, and where its definitions stand: what every fix asks first.
//
// Internal to checker/fixes.
#ifndef OVERT_CHECKER_FIXES_FIX_SITE_H_
#define OVERT_CHECKER_FIXES_FIX_SITE_H_

#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "checker/fixes/fixes.h"
#include "diagnostics/suppression.h"

namespace overt::fixes {

using bind::Definition;
using bind::ScopeId;
using bind::SymbolId;
using grammar::NodeId;

// `import …` or `from … import …`.
bool IsImport(const grammar::Ast& ast, NodeId statement);

class FixSite {
 public:
  explicit FixSite(const FixContext& context);

  const classes::ClassTable& classes() const { return context_.classes; }
  const program::Program& program() const { return context_.classes.program(); }
  const bind::ModuleIndex& index() const { return index_; }
  const grammar::Ast& ast() const { return index_.ast(); }
  FileId file() const { return context_.file; }
  absl::string_view text() const { return context_.text; }
  absl::string_view line_end() const { return line_end_; }
  const FixOptions& options() const { return context_.options; }

  // Whether the target version of Python takes the file, and the text at hand is the one that the tree was made of.
  bool IsFixable() const;

  absl::string_view NameOf(NodeId identifier) const;
  grammar::NodeList ModuleBody() const;
  // The import statements of the module's own body, by their places in it: few, where the body may be long.
  absl::Span<const size_t> ModuleImports() const { return module_imports_; }
  size_t PlaceInModule(NodeId statement) const;  // of a statement of the module's own body

  // The FunctionDef or ClassDef whose name stands there; none if there is none.
  NodeId DefinitionNamedAt(TextRange name) const;
  // The scope in which such a definition stands; type parameters' scopes count.
  ScopeId ScopeAround(NodeId definition) const;

  // Whether it holds of any other file that was read so far; bundled stubs do not count.
  bool AnyOtherFile(absl::FunctionRef<bool(FileId, const bind::ModuleIndex&)> holds) const;

  // All suppressions in source order, and those in the comment around a place; made when first asked for.
  const SuppressionTable& suppressions() const;
  absl::Span<const Suppression> SuppressionsAround(TextRange place) const;

 private:
  const FixContext context_;
  const bind::ModuleIndex& index_;
  absl::string_view line_end_;
  std::vector<size_t> module_imports_;
  mutable std::optional<SuppressionTable> suppressions_;
  absl::flat_hash_map<uint32_t, const Definition*> by_name_begin_;
};

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_FIX_SITE_H_
