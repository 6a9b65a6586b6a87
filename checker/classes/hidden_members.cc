#include "checker/classes/hidden_members.h"

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "checker/classes/attribute_search.h"
#include "checker/classes/literal_strings.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

class HiddenMemberSearch {
 public:
  HiddenMemberSearch(Engine& engine, ClassRef child, Atom name)
      : engine_(engine), name_(name), text_(engine.Text(name)), child_mro_(MroOf(child)) {}

  bool Finds() {
    for (size_t i = 1; i < child_mro_.order.size(); ++i) {
      if (InAncestor(child_mro_.order[i])) return true;
    }
    return absl::c_any_of(child_mro_.alternatives, [&](ClassRef ref) { return InAncestor(ref); }) ||
           InFile(child_mro_.order.front().file);
  }

 private:
  const MroInfo& MroOf(ClassRef ref) const { return MroAlone(engine_, ref); }
  bool IsBundled(ClassRef ref) const { return engine_.program.file(ref.file).is_bundled; }

  bool InAncestor(ClassRef ref) {
    if (!engine_.program.file(ref.file).is_stub) return InSource(ref);
    if (IsLibraryAttribute(engine_, ref, text_)) return true;
    if (const ClassRef source = LibrarySource(engine_, ref); source.present()) return InLibrary(source);
    const ClassRef source = Query::Run(engine_, [&](Query& query) { return CounterpartClass(query, ref); });
    return source.present() && InSource(source);
  }

  // --- The standard library ---

  // Its source's class, and what that derives from.
  bool InLibrary(ClassRef source) {
    const MroInfo& mro = MroOf(source);
    if (!mro.complete()) return true;
    return absl::c_any_of(mro.order, [&](ClassRef ref) {
      if (!seen_.insert(ref).second) return false;
      if (IsBundled(ref)) return InAncestor(ref);
      return ComputeMembers(engine_, ref).Find(name_) != nullptr || InSource(ref);
    });
  }

  // --- A class whose source is at hand ---

  bool InSource(ClassRef ref) {
    const ModuleIndex* index = engine_.program.Index(ref.file);
    if (index == nullptr || index->ast().kind(ref.node) != NodeKind::kClassDef) return false;
    return ByMethods(ref, *index) || BySubclassHook(ref) || ByMetaclass(ref) || ByDecorators(ref) ||
           ByValues(ref, *index) || InFile(ref.file);
  }

  bool ByMethods(ClassRef ref, const ModuleIndex& index) const {
    const Ast& ast = index.ast();
    AttributeSearch search(engine_, text_);
    return absl::c_any_of(ast.Get<grammar::ClassDefNode>(ref.node).body(), [&](NodeId statement) {
      if (ast.kind(statement) != NodeKind::kFunctionDef) return false;
      const NodeRef method{ref.file, statement};
      return IsHandedItsOwn(method, index) && search.MaySetAsMethod(method);
    });
  }

  // Its first parameter is an object of the class, or the class.
  bool IsHandedItsOwn(NodeRef method, const ModuleIndex& index) const {
    const auto node = index.ast().Get<grammar::FunctionDefNode>(method.node);
    return node.decorators().empty() ||
           FactsIn(engine_, method, index.ScopeAt(method.node)).kind != MemberKind::kStaticMethod;
  }

  // `__init_subclass__` of a base runs for the class.
  bool BySubclassHook(ClassRef ref) const {
    const MroInfo& mro = MroOf(ref);
    for (size_t i = 1; i < mro.order.size(); ++i) {
      if (HookSets(mro.order[i], "__init_subclass__", 0, ref)) return true;
    }
    return false;
  }

  bool ByMetaclass(ClassRef ref) const {
    const MroInfo& mro = MroOf(ref);
    if (!mro.metaclass.present() || IsBundled(mro.metaclass)) return false;
    for (const ClassRef meta : MroOf(mro.metaclass).order) {
      if (HookSets(meta, "__init__", 0, ref)) return true;
      if (IsBundled(meta)) continue;
      std::vector<NodeRef> functions;
      AttributeSearch search(engine_, text_);
      if (!search.FunctionsOf(meta, "__new__", functions)) return true;
      for (const NodeRef function : functions) {
        if (search.MaySetOnMadeClass(function, ref)) return true;
      }
    }
    return false;
  }

  // Whether the method of a class, called by Python with `made` as its argument at `position`, may set the name.
  bool HookSets(ClassRef owner, absl::string_view hook, size_t position, ClassRef made) const {
    if (IsBundled(owner)) return false;
    AttributeSearch search(engine_, text_);
    std::vector<NodeRef> functions;
    if (!search.FunctionsOf(owner, hook, functions)) return true;
    return absl::c_any_of(functions, [&](NodeRef function) { return search.MaySetOnClass(function, position, made); });
  }

  bool ByDecorators(ClassRef ref) const {
    const ClassInfo& info = CompleteInfoOf(engine_, ref);
    return absl::c_any_of(DecoratingFunctions(engine_, info), [&](NodeRef function) {
      if (engine_.program.file(function.file).is_bundled) return false;
      const ModuleIndex& index = *engine_.program.Index(function.file);
      AttributeSearch search(engine_, text_);
      if (index.ast().Get<grammar::FunctionDefNode>(function.node).returns().present()) search.TrustUnknownCalls();
      const bind::ScopeId scope = index.ScopeAt(function.node);
      const bool is_method = index.scope(scope).kind == bind::ScopeKind::kClass &&
                             FactsIn(engine_, function, scope).kind != MemberKind::kStaticMethod;
      return search.MaySetOnClass(function, is_method ? 1 : 0, ref);
    });
  }

  // `column = Column()`, whose `__set_name__` gets the class.
  bool ByValues(ClassRef ref, const ModuleIndex& index) const {
    const Ast& ast = index.ast();
    const bind::ScopeId scope = index.ScopeOpenedBy(ref.node);
    return absl::c_any_of(ast.Get<grammar::ClassDefNode>(ref.node).body(), [&](NodeId statement) {
      NodeId value;
      if (ast.kind(statement) == NodeKind::kAssign) value = ast.Get<grammar::AssignNode>(statement).value();
      if (ast.kind(statement) == NodeKind::kAnnAssign) value = ast.Get<grammar::AnnAssignNode>(statement).value();
      if (!value.present() || ast.kind(value) != NodeKind::kCall) return false;
      const Site site{ref.file, &index, scope, index.FlowBefore(statement)};
      const NodeId callee = ast.Get<grammar::CallNode>(value).callee();
      const EntitySet made = EvaluateAlone(engine_, site, callee);
      return absl::c_any_of(made, [&](const Entity& entity) { return entity.is_class() && ValueSets(entity, ref); });
    });
  }

  bool ValueSets(const Entity& made, ClassRef owner) const {
    return absl::c_any_of(MroOf(made.class_ref).order,
                          [&](ClassRef ref) { return HookSets(ref, "__set_name__", 1, owner); });
  }

  // --- Stores of that very name anywhere in a file ---

  // `def patch(): Rows.size = 3`, `rows = cls(); rows.size = 3`, `setattr(rows, "size", 3)`.
  bool InFile(FileId file) {
    if (!files_seen_.insert(file).second) return false;
    const ModuleIndex* index = engine_.program.Index(file);
    if (index == nullptr || engine_.program.file(file).is_stub) return false;
    engine_.program.NoteBodiesRead(file);
    const Ast& ast = index->ast();
    for (uint32_t id = 0; id < ast.node_count(); ++id) {
      if (Stores(file, *index, NodeId(id))) return true;
    }
    return absl::c_any_of(index->setattr_calls(),
                          [&](const bind::SetAttrCall& call) { return CallStores(file, *index, call); });
  }

  bool Stores(FileId file, const ModuleIndex& index, NodeId statement) const {
    const Ast& ast = index.ast();
    const auto is_store = [&](NodeId target) {
      if (ast.kind(target) != NodeKind::kAttribute || !index.IsReachable(statement)) return false;
      const auto attribute = ast.Get<grammar::AttributeNode>(target);
      return ast.name(attribute.attribute()) == text_ && MayBeOurs(file, index, attribute.value(), statement);
    };
    switch (ast.kind(statement)) {
      case NodeKind::kAssign: return absl::c_any_of(ast.Get<grammar::AssignNode>(statement).targets(), is_store);
      case NodeKind::kAugAssign: return is_store(ast.Get<grammar::AugAssignNode>(statement).target());
      case NodeKind::kAnnAssign: return is_store(ast.Get<grammar::AnnAssignNode>(statement).target());
      default: return false;
    }
  }

  bool CallStores(FileId file, const ModuleIndex& index, const bind::SetAttrCall& call) const {
    const Ast& ast = index.ast();
    const auto node = ast.Get<grammar::CallNode>(call.call);
    if (ast.kind(node.callee()) == NodeKind::kAttribute) return false;
    const NodeId owner = PositionalArgument(ast, node.arguments(), 0);
    const NodeId name = PositionalArgument(ast, node.arguments(), 1);
    if (!owner.present() || !name.present()) return false;
    std::vector<LiteralString> names;
    LiteralStrings(index, call.scope, index.FlowBefore(call.call)).Of(name, names);
    return IsAmong(text_, names) && MayBeOurs(file, index, owner, call.call);
  }

  // Whether a name may stand for an ancestor or an object of it: not for what is known to be something else.
  bool MayBeOurs(FileId file, const ModuleIndex& index, NodeId object, NodeId place) const {
    const Ast& ast = index.ast();
    if (ast.kind(object) != NodeKind::kName) return false;
    const bind::ScopeId scope = index.ScopeAt(object);
    if (IsParameter(index, scope, ast.Get<grammar::NameNode>(object).name())) return false;
    const Site site{file, &index, scope, index.FlowBefore(place)};
    const EntitySet values = EvaluateAlone(engine_, site, object);
    return values.empty() || absl::c_any_of(values, [&](const Entity& value) {
             switch (value.kind) {
               case EntityKind::kClass: return IsAncestor(value.class_ref);
               case EntityKind::kInstance: return !value.class_ref.present() || IsAncestor(value.class_ref);
               case EntityKind::kUnknown: return true;
               case EntityKind::kFunction:
               case EntityKind::kModule:
               case EntityKind::kSpecial:
               case EntityKind::kTypeVar:
               case EntityKind::kTypeAlias:
               case EntityKind::kValue:
               case EntityKind::kAbsent: return false;
             }
             return true;
           });
  }

  // Of a function around: what it is handed is not to be seen here, and what methods set on `self` is listed.
  static bool IsParameter(const ModuleIndex& index, bind::ScopeId scope, grammar::NameId name) {
    for (; scope.present(); scope = index.scope(scope).parent) {
      const bind::SymbolId symbol = index.Find(scope, name);
      if (!symbol.present() || index.scope(scope).kind == bind::ScopeKind::kClass) continue;
      return index.definition(index.symbol(symbol).first).kind == bind::DefKind::kParameter;
    }
    return false;
  }

  bool IsAncestor(ClassRef ref) const {
    return (absl::c_linear_search(child_mro_.order, ref) && ref != child_mro_.order.front()) ||
           absl::c_linear_search(child_mro_.alternatives, ref) || seen_.contains(ref);
  }

  Engine& engine_;
  const Atom name_;
  const absl::string_view text_;
  const MroInfo& child_mro_;
  absl::flat_hash_set<ClassRef> seen_;  // of the standard library's source
  absl::flat_hash_set<FileId> files_seen_;
};

}  // namespace

bool MayBeHidden(Engine& engine, ClassRef ref, Atom name) {
  const MroInfo& mro = MroAlone(engine, ref);
  // Every class but `object` itself is made so.
  if (mro.order.size() > 2 && IsPutIntoClasses(engine.Text(name), engine.program.options().target.version)) return true;
  return HiddenMemberSearch(engine, ref, name).Finds();
}

}  // namespace overt::classes
