// Names that mean one thing to type checkers and another when the program runs.
//
//   if TYPE_CHECKING:
//       _Base = tuple[str, ...]
//   else:
//       _Base = Sequence
//   class Row(_Base): ...       # at run time no tuple: what CPython says of the bases is not to be known here
//
// Followed through `from … import`; not through calls.
#include "checker/classes/steps.h"

namespace overt::classes {

using bind::DefId;
using bind::Definition;
using bind::DefKind;
using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

bool HasRunTimeDefinition(const ModuleIndex& index, bind::SymbolId symbol) {
  for (DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
    if ((index.definition(id).flags & Definition::kRunTimeOnly) != 0) return true;
  }
  return false;
}

// A symbol, and where it comes from if it is imported.
struct Followed {
  FileId file;
  std::string name;
};

bool Follow(Query& query, Followed at) {
  constexpr int kMostImports = 8;
  for (int i = 0; i < kMostImports; ++i) {
    const ModuleIndex* index = query.engine.program.Index(at.file);
    if (index == nullptr || index->options().file_kind == grammar::FileKind::kStub) return false;
    const bind::SymbolId symbol = index->Find(index->module_scope(), at.name);
    if (!symbol.present()) return false;
    if (HasRunTimeDefinition(*index, symbol)) return true;
    const Definition& def = index->definition(index->symbol(symbol).last);
    if (def.kind != DefKind::kImportFrom) return false;
    const Ast& ast = index->ast();
    const auto import = ast.Get<grammar::ImportFromNode>(def.statement);
    const absl::string_view module = import.module().present() ? ast.name(import.module()) : absl::string_view();
    const program::ImportTarget target = query.engine.program.Import(at.file, import.small(), module);
    if (target.kind != program::ImportTarget::Kind::kFile) return false;
    at = {target.file, std::string(ast.name(ast.Get<grammar::ImportAliasNode>(def.node).name()))};
  }
  return false;
}

}  // namespace

bool DiffersAtRunTime(Query& query, const Site& site, NodeId expression) {
  const Ast& ast = site.ast();
  while (ast.kind(expression) == NodeKind::kSubscript) expression = ast.Get<grammar::SubscriptNode>(expression).value();
  if (ast.kind(expression) == NodeKind::kAttribute) {
    const auto attribute = ast.Get<grammar::AttributeNode>(expression);
    const EntitySet values = EvaluateIn(query, site, attribute.value());
    if (values.size() != 1 || values[0].kind != EntityKind::kModule || !values[0].module.present()) return false;
    return Follow(query, {values[0].module, std::string(ast.name(attribute.attribute()))});
  }
  if (ast.kind(expression) != NodeKind::kName) return false;
  const grammar::NameId name = ast.Get<grammar::NameNode>(expression).name();
  if (const bind::SymbolId own = site.index->Find(site.scope, name); own.present() && site.scope.raw != 0) {
    return HasRunTimeDefinition(*site.index, own);
  }
  return Follow(query, {site.file, std::string(ast.name(name))});
}

bool HasRunTimeMember(const Engine& engine, ClassRef ref, grammar::Atom name) {
  const ModuleIndex* index = engine.program.Index(ref.file);
  if (index == nullptr || index->ast().kind(ref.node) != NodeKind::kClassDef) return false;
  const bind::ScopeId scope = index->ScopeOpenedBy(ref.node);
  if (!scope.present()) return false;
  const bind::SymbolId symbol = index->Find(scope, engine.Text(name));
  return symbol.present() && HasRunTimeDefinition(*index, symbol);
}

}  // namespace overt::classes
