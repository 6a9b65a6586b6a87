// Where code of the program decides what `Class.name` and `Class[…]` are, and names alone do not tell.
//
//   class Table:
//       def __class_getitem__(cls, key):
//           return tables[key]
//   class Rows(Table["rows"]): ...      # below whatever stands there, not below Table
//
// The standard library's own `__class_getitem__` and descriptors are known for what they give, and do not count.
// Source: PEP 560; the language reference, "Emulating generic types" and "Implementing Descriptors".
#include "absl/algorithm/container.h"
#include "checker/classes/steps.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

// What a class body of the program binds the name to; none if it does not, or if the class is the standard library's.
bind::SymbolId OwnBinding(Query& query, ClassRef ref, absl::string_view name, const ModuleIndex** index) {
  if (query.engine.program.file(ref.file).is_bundled) return bind::SymbolId::None();
  *index = query.engine.program.Index(ref.file);
  if (*index == nullptr || (*index)->ast().kind(ref.node) != NodeKind::kClassDef) return bind::SymbolId::None();
  const bind::ScopeId scope = (*index)->ScopeOpenedBy(ref.node);
  return scope.present() ? (*index)->Find(scope, name) : bind::SymbolId::None();
}

bool BindsBelowLibrary(Query& query, ClassRef ref, absl::string_view name) {
  if (!ref.present() || query.engine.program.file(ref.file).is_bundled) return false;
  return absl::c_any_of(MroIn(query, ref).order, [&](ClassRef at) {
    const ModuleIndex* index = nullptr;
    return OwnBinding(query, at, name, &index).present();
  });
}

// `cls`, `GenericAlias(cls, key)`, `super().__class_getitem__(key)`: the class, or what stands for it.
bool IsClassItself(const Ast& ast, NodeId value, grammar::NameId first_parameter) {
  if (!value.present()) return false;
  if (ast.kind(value) == NodeKind::kName) return ast.Get<grammar::NameNode>(value).name() == first_parameter;
  if (ast.kind(value) != NodeKind::kCall) return false;
  const absl::string_view callee = TerminalName(ast, ast.Get<grammar::CallNode>(value).callee());
  return callee == "GenericAlias" || callee == "_GenericAlias" || callee == "__class_getitem__";
}

bool FunctionGivesClass(const ModuleIndex& index, NodeId function) {
  const Ast& ast = index.ast();
  const auto def = ast.Get<grammar::FunctionDefNode>(function);
  const auto parameters = ast.Get<grammar::ParametersNode>(def.parameters()).parameters();
  if (parameters.empty()) return false;
  const grammar::NameId first = ast.Get<grammar::ParameterNode>(parameters.front()).name();
  const bind::ScopeId scope = index.ScopeOpenedBy(function);
  const bind::SymbolId receiver = index.Find(scope, first);
  if (!receiver.present() || index.symbol(receiver).first != index.symbol(receiver).last) return false;
  bool returns = false;
  for (uint32_t id = ast.first_of(function).raw; id < function.raw; ++id) {
    const NodeId node(id);
    if (ast.kind(node) != NodeKind::kReturn || index.ScopeAt(node) != scope) continue;
    returns = true;
    if (!IsClassItself(ast, ast.Get<grammar::ReturnNode>(node).value(), first)) return false;
  }
  // A stub says no more than that the class can be subscripted.
  return returns || index.options().file_kind == grammar::FileKind::kStub;
}

// `__class_getitem__ = classmethod(GenericAlias)`.
bool AssignmentGivesClass(const Ast& ast, const bind::Definition& definition) {
  if (!ast.Is<grammar::AssignNode>(definition.statement)) return false;
  const NodeId value = ast.Get<grammar::AssignNode>(definition.statement).value();
  if (ast.kind(value) != NodeKind::kCall) return false;
  const auto call = ast.Get<grammar::CallNode>(value);
  const NodeId wrapped = PositionalArgument(ast, call.arguments(), 0);
  return TerminalName(ast, call.callee()) == "classmethod" && wrapped.present() &&
         TerminalName(ast, wrapped) == "GenericAlias";
}

bool GivesClass(const ModuleIndex& index, bind::SymbolId symbol) {
  for (bind::DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
    const bind::Definition& definition = index.definition(id);
    if (definition.reach == bind::Reach::kNever) continue;
    const bool gives = definition.kind == bind::DefKind::kFunction ? FunctionGivesClass(index, definition.node)
                                                                   : AssignmentGivesClass(index.ast(), definition);
    if (!gives) return false;
  }
  return true;
}

bool StoresAttribute(const ModuleIndex& index, absl::string_view name) {
  const Ast& ast = index.ast();
  const auto is_store = [&](bind::DefId id) {
    const bind::Definition& definition = index.definition(id);
    return definition.reach != bind::Reach::kNever &&
           ast.name(ast.Get<grammar::AttributeNode>(definition.node).attribute()) == name;
  };
  const auto is_setattr = [&](const bind::SetAttrCall& one) {
    const NodeId written = PositionalArgument(ast, ast.Get<grammar::CallNode>(one.call).arguments(), 1);
    return written.present() && IsString(ast, written) && StringText(ast, written) == name;
  };
  return absl::c_any_of(index.attribute_stores(), is_store) || absl::c_any_of(index.setattr_calls(), is_setattr);
}

}  // namespace

bool HasOwnSubscript(Query& query, ClassRef ref) {
  const MroInfo& mro = MroIn(query, ref);
  if (BindsBelowLibrary(query, mro.metaclass, "__getitem__")) return true;
  // The first `__class_getitem__` of the MRO is the one that is called.
  for (const ClassRef at : mro.order) {
    const ModuleIndex* index = nullptr;
    const bind::SymbolId symbol = OwnBinding(query, at, "__class_getitem__", &index);
    if (symbol.present()) return !GivesClass(*index, symbol);
  }
  return false;
}

bool IsDescriptor(Query& query, ClassRef ref) { return BindsBelowLibrary(query, ref, "__get__"); }

bool MayBeSetFromOutside(Query& query, ClassRef owner, absl::string_view name, FileId user) {
  for (const FileId file : {owner.file, user}) {
    const ModuleIndex* index = query.engine.program.Index(file);
    if (index != nullptr && StoresAttribute(*index, name)) return true;
  }
  return false;
}

}  // namespace overt::classes
