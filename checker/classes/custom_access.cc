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
#include "absl/container/flat_hash_set.h"
#include "checker/classes/literal_strings.h"
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

// --- Attributes that are set from outside ---

class StoreFinder {
 public:
  StoreFinder(Engine& engine, const ModuleIndex& index) : engine_(engine), index_(index), ast_(index.ast()) {}

  OutsideStores Find() {
    for (const bind::Definition& definition : index_.definitions()) {
      const bool is_own = definition.kind == bind::DefKind::kInstanceStore;
      if (is_own) on_own_object_.insert(definition.node);
    }
    for (uint32_t id = 0; id < ast_.node_count(); ++id) Look(NodeId(id));
    return std::move(out_);
  }

 private:
  void Look(NodeId node) {
    switch (ast_.kind(node)) {
      case NodeKind::kAssign: AddTargets(ast_.Get<grammar::AssignNode>(node).targets()); return;
      case NodeKind::kAugAssign: AddTarget(ast_.Get<grammar::AugAssignNode>(node).target()); return;
      case NodeKind::kAnnAssign: AddTarget(ast_.Get<grammar::AnnAssignNode>(node).target()); return;
      case NodeKind::kDelete: AddTargets(ast_.Get<grammar::DeleteNode>(node).targets()); return;
      case NodeKind::kFor: AddTarget(ast_.Get<grammar::ForNode>(node).target()); return;
      case NodeKind::kWithItem: AddTarget(ast_.Get<grammar::WithItemNode>(node).target()); return;
      case NodeKind::kCall: AddCall(node); return;
      default: return;
    }
  }

  void AddTargets(grammar::NodeList targets) {
    for (const NodeId target : targets) AddTarget(target);
  }
  void AddTarget(NodeId target) {
    if (!target.present()) return;
    if (ast_.kind(target) == NodeKind::kAttribute) {
      if (on_own_object_.contains(target)) return;
      out_.names.insert(engine_.Intern(ast_.name(ast_.Get<grammar::AttributeNode>(target).attribute())));
      return;
    }
    bool is_display = false;
    AddTargets(DisplayElements(ast_, target, &is_display));
  }

  // `setattr(Class, "name", …)`, `type.__setattr__(Class, "name", …)`, `patch.setattr("module.Class.name", …)`.
  void AddCall(NodeId node) {
    const auto call = ast_.Get<grammar::CallNode>(node);
    const absl::string_view callee = TerminalName(ast_, call.callee());
    if (callee != "setattr" && callee != "delattr" && callee != "__setattr__" && callee != "__delattr__") return;
    bool is_named = false;
    for (const NodeId argument : call.arguments()) {
      if (!IsString(ast_, argument)) continue;
      const absl::string_view text = StringText(ast_, argument);
      out_.names.insert(engine_.Intern(text.substr(text.rfind('.') + 1)));
      is_named = true;
    }
    const NodeId owner = PositionalArgument(ast_, call.arguments(), 0);
    const NodeId name = PositionalArgument(ast_, call.arguments(), 1);
    if (is_named || callee != "setattr" || !owner.present() || !name.present()) return;
    const bind::ScopeId scope = index_.ScopeAt(node);
    std::vector<LiteralString> names;
    const bool is_readable = LiteralStrings(index_, scope, index_.FlowBefore(node)).Of(name, names);
    out_.has_unreadable |= !is_readable && !IsFirstParameter(owner, scope);
    for (const LiteralString& one : names) out_.names.insert(engine_.Intern(one.text));
  }

  // `setattr(self, key, value)` fills an object with data from elsewhere.
  bool IsFirstParameter(NodeId owner, bind::ScopeId scope) const {
    if (ast_.kind(owner) != NodeKind::kName) return false;
    const grammar::NameId name = ast_.Get<grammar::NameNode>(owner).name();
    for (; scope.present(); scope = index_.scope(scope).parent) {
      if (index_.scope(scope).kind != bind::ScopeKind::kFunction) continue;
      const NodeId parameters = ast_.Get<grammar::FunctionDefNode>(index_.scope(scope).node).parameters();
      const auto list = ast_.Get<grammar::ParametersNode>(parameters).parameters();
      if (!list.empty() && ast_.Get<grammar::ParameterNode>(list.front()).name() == name) return true;
    }
    return false;
  }

  Engine& engine_;
  const ModuleIndex& index_;
  const Ast& ast_;
  absl::flat_hash_set<NodeId> on_own_object_;
  OutsideStores out_;
};

// --- Calls of a class ---

// Whether a call with three arguments may pass: by how many the function takes, unless it is decorated.
bool TakesThree(const Ast& ast, NodeId function) {
  const auto def = ast.Get<grammar::FunctionDefNode>(function);
  if (!def.decorators().empty()) return true;
  size_t most = 0, least = 0;
  for (const NodeId id : ast.Get<grammar::ParametersNode>(def.parameters()).parameters()) {
    const auto parameter = ast.Get<grammar::ParameterNode>(id);
    switch (static_cast<grammar::ParameterKind>(parameter.small())) {
      case grammar::ParameterKind::kVarArgs: most = SIZE_MAX; break;
      case grammar::ParameterKind::kKeywordOnly:
        if (!parameter.default_value().present()) return false;
        break;
      case grammar::ParameterKind::kKeywordArgs: break;
      default:
        if (most != SIZE_MAX) ++most;
        if (!parameter.default_value().present()) ++least;
        break;
    }
  }
  return least <= 4 && most >= 4;  // `self` and three
}

enum class Takes : uint8_t { kAbsent, kNo, kMaybe };

// What the first `name` of the order does with three arguments; `object`'s own does not count.
Takes FirstTakes(Query& query, const MroInfo& mro, absl::string_view name) {
  for (const ClassRef at : mro.order) {
    if (at == mro.order.back()) break;
    const ModuleIndex* index = query.engine.program.Index(at.file);
    if (index == nullptr || index->ast().kind(at.node) != NodeKind::kClassDef) return Takes::kMaybe;
    const bind::SymbolId symbol = index->Find(index->ScopeOpenedBy(at.node), name);
    if (!symbol.present()) continue;
    for (bind::DefId id = index->symbol(symbol).first; id.present(); id = index->definition(id).next) {
      const bind::Definition& definition = index->definition(id);
      if (definition.reach == bind::Reach::kNever) continue;
      if (definition.kind != bind::DefKind::kFunction || TakesThree(index->ast(), definition.node))
        return Takes::kMaybe;
    }
    return Takes::kNo;
  }
  return Takes::kAbsent;
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

bool IsReadByMetaclass(Query& query, ClassRef ref, absl::string_view name) {
  const ClassRef metaclass = MroIn(query, ref).metaclass;
  return BindsBelowLibrary(query, metaclass, name) || BindsBelowLibrary(query, metaclass, "__getattribute__");
}

bool MayBeSetFromOutside(Query& query, ClassRef owner, absl::string_view name, FileId user) {
  Engine& engine = query.engine;
  for (const FileId file : {owner.file, user}) {
    const ModuleIndex* index = file.present() ? engine.program.Index(file) : nullptr;
    if (index == nullptr || engine.program.file(file).is_stub) continue;
    const OutsideStores& stores = engine.outside_stores.Get(file, [&] { return StoreFinder(engine, *index).Find(); });
    engine.program.NoteBodiesRead(file);
    if (stores.has_unreadable || stores.names.contains(engine.Intern(name))) return true;
  }
  return false;
}

bool MaySetOnModule(const ModuleIndex& user, absl::string_view name) {
  const Ast& ast = user.ast();
  const auto is_import = [&](NodeId owner) {
    if (!owner.present() || ast.kind(owner) != NodeKind::kName) return false;
    const bind::SymbolId symbol = user.Find(user.module_scope(), ast.Get<grammar::NameNode>(owner).name());
    if (!symbol.present() || !user.symbol(symbol).first.present()) return false;
    const bind::DefKind kind = user.definition(user.symbol(symbol).first).kind;
    return kind == bind::DefKind::kImport || kind == bind::DefKind::kImportAs || kind == bind::DefKind::kImportFrom;
  };
  for (const bind::DefId id : user.attribute_stores()) {
    const auto attribute = ast.Get<grammar::AttributeNode>(user.definition(id).node);
    if (ast.name(attribute.attribute()) == name && is_import(attribute.value())) return true;
  }
  return absl::c_any_of(user.setattr_calls(), [&](const bind::SetAttrCall& one) {
    const auto arguments = ast.Get<grammar::CallNode>(one.call).arguments();
    const NodeId written = PositionalArgument(ast, arguments, 1);
    return one.scope == user.module_scope() && written.present() && IsString(ast, written) &&
           StringText(ast, written) == name && is_import(PositionalArgument(ast, arguments, 0));
  });
}

bool MayTakeClassArguments(Query& query, ClassRef ref) {
  const MroInfo& mro = MroIn(query, ref);
  if (mro.metaclass_unknown || BindsBelowLibrary(query, mro.metaclass, "__call__")) return true;
  const uint32_t flags = OwnInfo(query, ref).flags | mro.ancestor_flags;
  if ((flags & (ClassFlags::kDataclass | ClassFlags::kNamedTuple)) != 0) return true;
  const Takes by_new = FirstTakes(query, mro, "__new__");
  const Takes by_init = FirstTakes(query, mro, "__init__");
  if (by_new == Takes::kAbsent && by_init == Takes::kAbsent) return false;
  return by_new != Takes::kNo && by_init != Takes::kNo;
}

}  // namespace overt::classes
