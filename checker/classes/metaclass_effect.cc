// What a metaclass of the program does to its classes: other bases, another order, names that no class body shows.
//
//   class Meta(type):
//       def __new__(mcs, name, bases, namespace):
//           namespace["table"] = name.lower()                               # its classes have `table`
//           return super().__new__(mcs, name, (*bases, Mixin), namespace)   # and a base more than they list
//
// Read from the text of its methods, without following what they call. The metaclasses of the standard library are
// known for what they do elsewhere.
#include "absl/algorithm/container.h"
#include "checker/classes/literal_strings.h"
#include "checker/classes/members.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NameId;
using grammar::NodeKind;
using grammar::NodeList;

namespace {

constexpr int kMaxNamespaceDepth = 6;

// One method of a metaclass: `__new__`, `__init__` or `__prepare__`.
class MetaMethod {
 public:
  MetaMethod(Engine& engine, FileId file, const ModuleIndex& index, NodeId function, MetaclassEffect& out)
      : engine_(engine), file_(file), index_(index), ast_(index.ast()), function_(function), out_(out) {
    const NodeId parameters = ast_.Get<grammar::FunctionDefNode>(function).parameters();
    for (const NodeId id : ast_.Get<grammar::ParametersNode>(parameters).parameters()) {
      const auto parameter = ast_.Get<grammar::ParameterNode>(id);
      switch (static_cast<grammar::ParameterKind>(parameter.small())) {
        case grammar::ParameterKind::kVarArgs: rest_ = parameter.name(); break;
        case grammar::ParameterKind::kKeywordOnly:
        case grammar::ParameterKind::kKeywordArgs: break;
        default: positional_.push_back(parameter.name()); break;
      }
    }
    scope_ = index.ScopeOpenedBy(function);
  }

  void ReadNew() {
    if (positional_.size() > 3) spaces_.push_back(positional_[3]);
    bool makes_class = false;
    ForEachNode(NodeKind::kCall, [&](NodeId id) { makes_class |= ReadMaking(id); });
    if (!makes_class) out_.hides_bases = true;
    if (HandsOnNames()) out_.drops_names = true;
    ReadStores();
  }

  void ReadInit() {
    if (!positional_.empty()) made_.push_back(positional_[0]);
    ReadStores();
  }

  void ReadPrepare() {
    ForEachNode(NodeKind::kReturn, [&](NodeId id) {
      const NodeId value = ast_.Get<grammar::ReturnNode>(id).value();
      if (value.present() && index_.ScopeAt(id) == scope_) ReadNamespace(value, 0);
    });
    ReadStores();
  }

 private:
  template <typename Visit>
  void ForEachNode(NodeKind kind, Visit visit) const {
    for (uint32_t id = ast_.first_of(function_).raw; id < function_.raw; ++id) {
      if (ast_.kind(NodeId(id)) == kind) visit(NodeId(id));
    }
  }

  NameId NameOf(NodeId expression) const {
    if (!expression.present() || ast_.kind(expression) != NodeKind::kName) return NameId::None();
    return ast_.Get<grammar::NameNode>(expression).name();
  }
  bool IsOneOf(NodeId expression, const std::vector<NameId>& names) const {
    const NameId name = NameOf(expression);
    return name.present() && absl::c_linear_search(names, name);
  }
  bool IsRebound(NameId name) const {
    const bind::SymbolId symbol = index_.Find(scope_, name);
    return symbol.present() && index_.symbol(symbol).first != index_.symbol(symbol).last;
  }

  void Add(absl::string_view name, TextRange range) {
    out_.drops_names |= name == "__slots__";  // those of the body are replaced
    Member member;
    member.name = engine_.Intern(name);
    member.kind = MemberKind::kInjected;
    member.file = file_;
    member.name_range = range;
    out_.on_class.adds.push_back(std::move(member));
  }
  void AddUnknown() {
    out_.on_class.adds_unknown = true;
    out_.drops_names = true;
  }

  // `args[2].pop("__slots__")`, `tidy(namespace)`: somebody else than the call that makes the class sees the namespace.
  bool HandsOnNames() const {
    bool found = false;
    ForEachNode(NodeKind::kSubscript, [&](NodeId id) {
      found |= rest_.present() && NameOf(ast_.Get<grammar::SubscriptNode>(id).value()) == rest_;
    });
    ForEachNode(NodeKind::kCall, [&](NodeId id) {
      const auto call = ast_.Get<grammar::CallNode>(id);
      if (OnlyReadsNamespace(TerminalName(ast_, call.callee()))) return;
      for (const NodeId argument : call.arguments()) found |= IsOneOf(argument, spaces_);
    });
    return found;
  }
  static bool OnlyReadsNamespace(absl::string_view callee) {
    return callee == "__new__" || callee == "__init__" || callee == "type" || callee == "dict" || callee == "len" ||
           callee == "list" || callee == "tuple" || callee == "set" || callee == "sorted" || callee == "print" ||
           callee == "OrderedDict" || callee == "update";
  }

  // --- The call that makes the class ---

  // `super().__new__(mcs, name, bases, namespace)`, `type(name, bases, namespace)`, or whatever gets as much.
  bool ReadMaking(NodeId id) {
    const auto call = ast_.Get<grammar::CallNode>(id);
    const NodeList arguments = call.arguments();
    const absl::string_view callee = TerminalName(ast_, call.callee());
    for (const NodeId argument : arguments) {
      if (ast_.kind(argument) != NodeKind::kStarred) continue;
      if (callee != "__new__") return false;
      const NodeId value = ast_.Get<grammar::StarredNode>(argument).value();
      const bool is_passed_on = rest_.present() && NameOf(value) == rest_ && !IsRebound(rest_);
      if (!is_passed_on) out_.hides_bases = true;
      NoteMade(id);
      return true;
    }
    size_t at = 2;
    if (callee == "type" && ast_.kind(call.callee()) == NodeKind::kName) {
      at = 1;
    } else if (callee != "__new__" &&
               (positional_.empty() || NameOf(PositionalArgument(ast_, arguments, 0)) != positional_[0])) {
      return false;
    }
    const NodeId bases = PositionalArgument(ast_, arguments, at);
    const NodeId space = PositionalArgument(ast_, arguments, at + 1);
    if (!bases.present() || !space.present()) return false;
    const NameId own = positional_.size() > 2 ? positional_[2] : NameId::None();
    if (!own.present() || NameOf(bases) != own || IsRebound(own)) out_.changes_bases = true;
    ReadNamespace(space, 0);
    NoteMade(id);
    return true;
  }

  // `cls = super().__new__(…)`: what is set on `cls` from there on is set on the class.
  void NoteMade(NodeId call) {
    ForEachNode(NodeKind::kAssign, [&](NodeId id) {
      if (call > id || call < ast_.first_of(id)) return;
      for (const NodeId target : ast_.Get<grammar::AssignNode>(id).targets()) {
        if (const NameId name = NameOf(target); name.present()) made_.push_back(name);
      }
    });
  }

  // --- Namespaces ---

  // What a namespace holds besides what the class body binds.
  void ReadNamespace(NodeId expression, int depth) {
    if (depth > kMaxNamespaceDepth) return AddUnknown();
    switch (ast_.kind(expression)) {
      case NodeKind::kName: ReadNamespaceName(expression, depth); return;
      case NodeKind::kDict: ReadDisplay(expression, depth); return;
      case NodeKind::kCall: ReadNamespaceCall(expression, depth); return;
      case NodeKind::kDictComp: ReadComprehension(expression); return;
      case NodeKind::kBinaryOp:
        ReadNamespace(ast_.Get<grammar::BinaryOpNode>(expression).left(), depth + 1);
        ReadNamespace(ast_.Get<grammar::BinaryOpNode>(expression).right(), depth + 1);
        return;
      default: AddUnknown(); return;
    }
  }

  void ReadNamespaceName(NodeId expression, int depth) {
    if (IsOneOf(expression, spaces_)) return;
    const bind::SymbolId symbol = index_.Find(scope_, NameOf(expression));
    if (!symbol.present()) return AddUnknown();
    spaces_.push_back(NameOf(expression));
    for (bind::DefId id = index_.symbol(symbol).first; id.present(); id = index_.definition(id).next) {
      const bind::Definition& definition = index_.definition(id);
      NodeId value;
      if (ast_.kind(definition.statement) == NodeKind::kAssign && definition.kind == bind::DefKind::kAssignment) {
        value = ast_.Get<grammar::AssignNode>(definition.statement).value();
      } else if (ast_.kind(definition.statement) == NodeKind::kAnnAssign) {
        value = ast_.Get<grammar::AnnAssignNode>(definition.statement).value();
        if (!value.present()) continue;
      }
      if (definition.kind == bind::DefKind::kAugmented) continue;  // among the stores
      if (value.present()) {
        ReadNamespace(value, depth + 1);
      } else {
        AddUnknown();
      }
    }
  }

  void ReadDisplay(NodeId expression, int depth) {
    out_.drops_names = true;
    for (const NodeId item : ast_.Get<grammar::DictNode>(expression).items()) {
      const auto entry = ast_.Get<grammar::DictItemNode>(item);
      if (entry.key().present()) {
        ReadKey(entry.key(), item);
      } else {
        ReadNamespace(entry.value(), depth + 1);
      }
    }
  }

  // `dict(namespace, table=…)`, `namespace.copy()`, `super().__prepare__(…)`, an empty mapping of any class.
  void ReadNamespaceCall(NodeId expression, int depth) {
    const auto call = ast_.Get<grammar::CallNode>(expression);
    const absl::string_view callee = TerminalName(ast_, call.callee());
    if (callee == "__prepare__") return;
    if (callee == "copy" && call.arguments().empty() && ast_.kind(call.callee()) == NodeKind::kAttribute) {
      return ReadNamespace(ast_.Get<grammar::AttributeNode>(call.callee()).value(), depth + 1);
    }
    const bool is_plain = callee == "dict" || callee == "OrderedDict";
    if (call.arguments().empty()) {
      out_.drops_names |= !is_plain;  // a mapping of the program's own may keep what it likes
      return;
    }
    if (!is_plain) return AddUnknown();
    ReadEntries(call.arguments(), depth);
  }

  // The arguments of `dict(…)` and of `namespace.update(…)`.
  void ReadEntries(NodeList arguments, int depth) {
    for (const NodeId argument : arguments) {
      if (ast_.kind(argument) != NodeKind::kKeyword) {
        ReadNamespace(argument, depth + 1);
        continue;
      }
      const auto keyword = ast_.Get<grammar::KeywordNode>(argument);
      if (keyword.name().present()) {
        Add(ast_.name(keyword.name()), ast_.range(argument));
      } else {
        AddUnknown();
      }
    }
  }

  // `{name: value for name, value in namespace.items()}`.
  void ReadComprehension(NodeId expression) {
    out_.drops_names = true;
    const auto comprehension = ast_.Get<grammar::DictCompNode>(expression);
    const NameId key = NameOf(ast_.Get<grammar::DictItemNode>(comprehension.element()).key());
    for (const NodeId generator : comprehension.generators()) {
      const auto loop = ast_.Get<grammar::ComprehensionNode>(generator);
      if (key.present() && Binds(loop.target(), key) && IsWalkOverNamespace(loop.iterable())) return;
    }
    AddUnknown();
  }

  bool Binds(NodeId target, NameId name) const {
    if (NameOf(target) == name) return true;
    bool is_display = false;
    const NodeList items = DisplayElements(ast_, target, &is_display);
    return is_display && !items.empty() && NameOf(items.front()) == name;
  }

  // `namespace`, `namespace.items()`, `list(namespace)`: nothing but names that the class body binds.
  bool IsWalkOverNamespace(NodeId iterable) const {
    for (int depth = 0; depth < kMaxNamespaceDepth && ast_.kind(iterable) == NodeKind::kCall; ++depth) {
      const auto call = ast_.Get<grammar::CallNode>(iterable);
      if (ast_.kind(call.callee()) == NodeKind::kAttribute) {
        iterable = ast_.Get<grammar::AttributeNode>(call.callee()).value();
      } else if (NodeId first = PositionalArgument(ast_, call.arguments(), 0); first.present()) {
        iterable = first;
      } else {
        return false;
      }
    }
    return IsOneOf(iterable, spaces_);
  }

  // --- Stores ---

  void ReadKey(NodeId key, NodeId place) {
    if (const NameId name = NameOf(key); name.present()) {
      bool is_own = false;
      ForEachNode(NodeKind::kFor, [&](NodeId id) {
        const auto loop = ast_.Get<grammar::ForNode>(id);
        is_own |=
            key < id && key > ast_.first_of(id) && Binds(loop.target(), name) && IsWalkOverNamespace(loop.iterable());
      });
      if (is_own) return;
    }
    std::vector<LiteralString> names;
    if (!LiteralStrings(index_, scope_, index_.FlowBefore(place)).Of(key, names)) AddUnknown();
    for (const LiteralString& name : names) Add(name.text, name.range);
  }

  void ReadStores() {
    ForEachNode(NodeKind::kAssign, [&](NodeId id) {
      for (const NodeId target : ast_.Get<grammar::AssignNode>(id).targets()) ReadTarget(target, id);
    });
    ForEachNode(NodeKind::kAugAssign, [&](NodeId id) {
      const auto assign = ast_.Get<grammar::AugAssignNode>(id);
      if (IsOneOf(assign.target(), spaces_)) ReadNamespace(assign.value(), 0);
    });
    ForEachNode(NodeKind::kCall, [&](NodeId id) { ReadCall(id); });
    ForEachNode(NodeKind::kDelete, [&](NodeId id) {
      for (const NodeId target : ast_.Get<grammar::DeleteNode>(id).targets()) {
        out_.drops_names |= ast_.kind(target) == NodeKind::kSubscript &&
                            IsOneOf(ast_.Get<grammar::SubscriptNode>(target).value(), spaces_);
      }
    });
  }

  void ReadTarget(NodeId target, NodeId statement) {
    if (ast_.kind(target) == NodeKind::kSubscript) {
      const auto subscript = ast_.Get<grammar::SubscriptNode>(target);
      if (IsOneOf(subscript.value(), spaces_)) ReadKey(subscript.index(), statement);
    } else if (ast_.kind(target) == NodeKind::kAttribute) {
      const auto attribute = ast_.Get<grammar::AttributeNode>(target);
      if (IsOneOf(attribute.value(), made_)) Add(ast_.name(attribute.attribute()), ast_.range(target));
    }
  }

  // `namespace.update(…)`, `namespace.setdefault(…)`, `setattr(cls, …)`.
  void ReadCall(NodeId id) {
    const auto call = ast_.Get<grammar::CallNode>(id);
    const absl::string_view callee = TerminalName(ast_, call.callee());
    const NodeId first = PositionalArgument(ast_, call.arguments(), 0);
    if (callee == "setattr" || callee == "__setattr__") {
      const NodeId name = PositionalArgument(ast_, call.arguments(), 1);
      // In a nested function `cls` may be a parameter of its own.
      if (IsOneOf(first, made_) && name.present() && index_.ScopeAt(id) == scope_) ReadKey(name, id);
      return;
    }
    if (ast_.kind(call.callee()) != NodeKind::kAttribute) return;
    if (!IsOneOf(ast_.Get<grammar::AttributeNode>(call.callee()).value(), spaces_)) return;
    if (callee == "update") ReadEntries(call.arguments(), 0);
    if (callee == "pop" || callee == "popitem" || callee == "clear") out_.drops_names = true;
    if ((callee == "setdefault" || callee == "__setitem__") && first.present()) ReadKey(first, id);
  }

  Engine& engine_;
  const FileId file_;
  const ModuleIndex& index_;
  const Ast& ast_;
  const NodeId function_;
  MetaclassEffect& out_;
  bind::ScopeId scope_;
  std::vector<NameId> positional_;
  NameId rest_;                 // `*args`
  std::vector<NameId> spaces_;  // names of the namespace
  std::vector<NameId> made_;    // names of the class
};

// The functions that a class body binds to a name, live ones only.
template <typename Visit>
void ForEachFunction(const ModuleIndex& index, bind::ScopeId scope, absl::string_view name, Visit visit) {
  const bind::SymbolId symbol = index.Find(scope, name);
  if (!symbol.present()) return;
  for (bind::DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
    const bind::Definition& definition = index.definition(id);
    if (definition.reach != bind::Reach::kNever && definition.kind == bind::DefKind::kFunction) visit(definition.node);
  }
}

MetaclassEffect ComputeOwnEffect(Engine& engine, ClassRef ref) {
  MetaclassEffect out;
  const ModuleIndex* index = engine.program.Index(ref.file);
  if (index == nullptr || engine.program.file(ref.file).is_bundled) return out;
  if (index->ast().kind(ref.node) != NodeKind::kClassDef) return out;
  const bind::ScopeId scope = index->ScopeOpenedBy(ref.node);
  if (!scope.present()) return out;
  out.orders = index->Find(scope, absl::string_view("mro")).present();
  if (index->options().file_kind == grammar::FileKind::kStub) {
    out.hides_bases = index->Find(scope, absl::string_view("__new__")).present();
    return out;
  }
  const auto method = [&](NodeId function) {
    engine.program.NoteBodiesRead(ref.file);
    return MetaMethod(engine, ref.file, *index, function, out);
  };
  ForEachFunction(*index, scope, "__new__", [&](NodeId function) { method(function).ReadNew(); });
  ForEachFunction(*index, scope, "__init__", [&](NodeId function) { method(function).ReadInit(); });
  ForEachFunction(*index, scope, "__prepare__", [&](NodeId function) { method(function).ReadPrepare(); });
  return out;
}

}  // namespace

const MetaclassEffect& OwnMetaclassEffect(Engine& engine, ClassRef metaclass) {
  return engine.metaclass_effects.Get(metaclass, [&] { return ComputeOwnEffect(engine, metaclass); });
}

MetaclassEffect MetaclassEffectIn(Query& query, ClassRef metaclass) {
  MetaclassEffect out;
  if (!metaclass.present() || query.engine.program.file(metaclass.file).is_bundled) return out;
  const MroInfo& mro = MroIn(query, metaclass);
  out.orders = out.hides_bases = !mro.complete();
  for (const ClassRef ref : mro.order) {
    const MetaclassEffect& own = OwnMetaclassEffect(query.engine, ref);
    out.orders |= own.orders;
    out.hides_bases |= own.hides_bases;
    out.changes_bases |= own.changes_bases;
    out.drops_names |= own.drops_names;
    out.on_class.adds_unknown |= own.on_class.adds_unknown;
  }
  return out;
}

void AddMetaclassMembers(const MemberTarget& target) {
  const MroInfo& mro = MroAlone(target.engine, target.info.ref);
  if (!mro.metaclass.present() || target.engine.program.file(mro.metaclass.file).is_bundled) return;
  const MroInfo& meta = MroAlone(target.engine, mro.metaclass);
  for (const ClassRef ref : meta.order) {
    for (const Member& member : OwnMetaclassEffect(target.engine, ref).on_class.adds) target.table.Add(member);
  }
}

}  // namespace overt::classes
