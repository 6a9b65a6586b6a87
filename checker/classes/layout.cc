#include "checker/classes/layout.h"

#include "absl/strings/match.h"
#include "checker/classes/slots.h"
#include "checker/classes/steps.h"
#include "grammar/ast/definitions.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

bool IsNewSlot(const Ast& ast, NodeId name) {
  if (!IsString(ast, name)) return false;
  const absl::string_view text = StringText(ast, name);
  return text != "__dict__" && text != "__weakref__";
}

bool HasNewSlot(const Ast& ast, NodeId value) {
  if (IsString(ast, value)) return IsNewSlot(ast, value);
  if (ast.kind(value) == NodeKind::kDict) {
    for (const NodeId item : ast.Get<grammar::DictNode>(value).items()) {
      const NodeId key = ast.Get<grammar::DictItemNode>(item).key();
      if (key.present() && IsNewSlot(ast, key)) return true;
    }
    return false;
  }
  bool is_display = false;
  for (const NodeId element : DisplayElements(ast, value, &is_display)) {
    if (IsNewSlot(ast, element)) return true;
  }
  return false;
}

// The value that a plain or an annotated assignment gives; none for other definitions.
NodeId AssignedValue(const Ast& ast, const bind::Definition& definition) {
  if (ast.Is<grammar::AssignNode>(definition.statement) && definition.kind == bind::DefKind::kAssignment) {
    return ast.Get<grammar::AssignNode>(definition.statement).value();
  }
  if (ast.Is<grammar::AnnAssignNode>(definition.statement)) {
    return ast.Get<grammar::AnnAssignNode>(definition.statement).value();
  }
  return NodeId::None();
}

// `@dataclass(slots=True)`, nothing else above it that might make another class.
bool IsSlotsDataclass(Query& query, const Site& site, NodeId class_def) {
  const Ast& ast = site.ast();
  for (const NodeId decorator : grammar::DecoratorsOf(ast, class_def)) {
    const NodeId expression = ast.Get<grammar::DecoratorNode>(decorator).expression();
    if (ast.kind(expression) != NodeKind::kCall) continue;
    const auto call = ast.Get<grammar::CallNode>(expression);
    const NodeId slots = KeywordValue(ast, call.arguments(), "slots");
    if (!slots.present() || ast.kind(slots) != NodeKind::kTrue) continue;
    const EntitySet callee = EvaluateIn(query, site, call.callee());
    if (callee.size() == 1 && callee[0].special == SpecialForm::kDataclass) return true;
  }
  return false;
}

// `ClassVar[int]`, `InitVar[int]`, `KW_ONLY`, and what cannot be read, are no fields.
bool IsFieldAnnotation(const Ast& ast, NodeId annotation) {
  if (IsString(ast, annotation)) {
    const absl::string_view text = StringText(ast, annotation);
    return !absl::StrContains(text, "Var") && !absl::StrContains(text, "KW_ONLY");
  }
  if (ast.kind(annotation) == NodeKind::kSubscript) annotation = ast.Get<grammar::SubscriptNode>(annotation).value();
  const absl::string_view name = TerminalName(ast, annotation);
  return name != "ClassVar" && name != "InitVar" && name != "KW_ONLY" && name != "Annotated";
}

}  // namespace

bool AddsSlots(const ModuleIndex& index, NodeId class_def) {
  const bind::ScopeId scope = index.ScopeOpenedBy(class_def);
  if (!scope.present() || (index.scope(scope).flags & bind::Scope::kDynamic) != 0) return false;
  const bind::SymbolId slots = index.Find(scope, grammar::names::kSlots);
  if (!slots.present()) return false;
  const bind::Definition& definition = index.definition(index.symbol(slots).last);
  if (definition.reach != bind::Reach::kAlways) return false;
  const NodeId value = AssignedValue(index.ast(), definition);
  return value.present() && HasNewSlot(index.ast(), value) && !ChangesSlots(index, class_def);
}

std::vector<grammar::NameId> SlotFields(Query& query, FileId file, NodeId class_def) {
  std::vector<grammar::NameId> out;
  const ModuleIndex& index = *query.engine.program.Index(file);
  if (!index.ast().Is<grammar::ClassDefNode>(class_def)) return out;
  const bind::ScopeId scope = index.ScopeOpenedBy(class_def);
  const Site site{file, &index, index.ScopeAt(class_def), index.FlowBefore(class_def)};
  if (!scope.present() || !IsSlotsDataclass(query, site, class_def)) return out;
  const bind::Scope& body = index.scope(scope);
  for (uint32_t i = 0; i < body.symbol_count; ++i) {
    const bind::Symbol& symbol = index.symbol(bind::SymbolId(body.first_symbol + i));
    if (!symbol.first.present() || symbol.first != symbol.last) continue;
    const bind::Definition& definition = index.definition(symbol.first);
    if (definition.reach != bind::Reach::kAlways || !index.ast().Is<grammar::AnnAssignNode>(definition.statement)) {
      continue;
    }
    const NodeId annotation = index.ast().Get<grammar::AnnAssignNode>(definition.statement).annotation();
    if (IsFieldAnnotation(index.ast(), annotation)) out.push_back(symbol.name);
  }
  return out;
}

bool HasVariableSize(absl::string_view builtin, grammar::PythonVersion version) {
  if (builtin == "tuple") return version < grammar::PythonVersion{3, 15};
  return builtin == "int" || builtin == "bytes" || builtin == "type";
}

}  // namespace overt::classes
