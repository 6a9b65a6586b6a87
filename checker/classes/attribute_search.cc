#include "checker/classes/attribute_search.h"

#include "absl/algorithm/container.h"
#include "checker/classes/literal_strings.h"
#include "grammar/ast/definitions.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NameId;
using grammar::NodeKind;
using grammar::NodeList;

namespace {

constexpr int kMaxCallDepth = 6;

template <size_t kCount>
bool IsListed(const absl::string_view (&list)[kCount], absl::string_view name) {
  return absl::c_linear_search(list, name);
}

// Builtins and helpers of typing that only look.
bool OnlyReads(absl::string_view function) {
  static constexpr absl::string_view kReaders[] = {
      "bool",      "callable",   "cast",           "delattr",   "dict",       "dir",        "enumerate",
      "getattr",   "hasattr",    "hash",           "id",        "isinstance", "issubclass", "iter",
      "len",       "list",       "get_type_hints", "print",     "repr",       "set",        "sorted",
      "str",       "sum",        "tuple",          "type",      "vars",       "zip",        "frozenset",
      "signature", "getmembers", "isclass",        "getmodule", "dataclass"};
  return IsListed(kReaders, function);
}

// Methods that put what they get into a container, or into a log.
bool OnlyKeeps(absl::string_view method) {
  static constexpr absl::string_view kKeepers[] = {
      "add",    "append", "appendleft", "count", "debug",   "discard",      "error",
      "extend", "format", "get",        "index", "info",    "insert",       "pop",
      "put",    "remove", "setdefault", "warn",  "warning", "__contains__", "__setitem__"};
  return IsListed(kKeepers, method);
}

// The hooks through which a class comes to be: every class of the MRO is asked for its own.
bool IsHook(absl::string_view method) {
  return method == "__new__" || method == "__init__" || method == "__init_subclass__" || method == "__prepare__" ||
         method == "__set_name__";
}

// What pickle and `copy` call gives an object what it had before; `__setattr__` gets the names that others write, and
// `__init_subclass__` another class.
bool SetsNoneOfItsOwn(absl::string_view method) {
  return method == "__init_subclass__" || method == "__setstate__" || method == "__setattr__" || method == "__copy__" ||
         method == "__deepcopy__";
}

}  // namespace

NodeList ParametersOf(const Ast& ast, NodeId function) {
  return ast.Get<grammar::ParametersNode>(ast.Get<grammar::FunctionDefNode>(function).parameters()).parameters();
}

// One function and the functions within.
class FunctionReader {
 public:
  enum class Follows : uint8_t { kNothing, kCalls };

  FunctionReader(AttributeSearch& search, NodeRef function, Follows follows, ClassRef handed)
      : search_(search),
        engine_(search.engine_),
        file_(function.file),
        index_(*engine_.program.Index(function.file)),
        ast_(index_.ast()),
        function_(function.node),
        follows_(follows),
        handed_(handed) {}

  void Watch(NameId name) { names_.push_back(name); }
  void WatchMadeByNew() { is_new_ = true; }
  // Options come first, and the class is what the function within gets: `def option(x): def wrap(cls): …`.
  void WatchFirstParametersWithin() {
    for (uint32_t id = ast_.first_of(function_).raw; id < function_.raw; ++id) {
      if (ast_.kind(NodeId(id)) != NodeKind::kFunctionDef) continue;
      const NodeList parameters = ParametersOf(ast_, NodeId(id));
      if (!parameters.empty()) Watch(ast_.Get<grammar::ParameterNode>(parameters.front()).name());
    }
  }

  bool MaySet() {
    FindOtherNames();
    for (uint32_t id = ast_.first_of(function_).raw; id < function_.raw; ++id) {
      if (Sets(NodeId(id))) return true;
    }
    return false;
  }

 private:
  // --- What stands for the class, or for an object of it ---

  // `new = cls`, `o = cls()`, `new = super().__new__(mcs, …)`.
  void FindOtherNames() {
    for (uint32_t id = ast_.first_of(function_).raw; id < function_.raw; ++id) {
      if (ast_.kind(NodeId(id)) != NodeKind::kAssign) continue;
      const auto assign = ast_.Get<grammar::AssignNode>(NodeId(id));
      if (!IsWatched(assign.value())) continue;
      for (const NodeId target : assign.targets()) {
        if (ast_.kind(target) == NodeKind::kName) Watch(ast_.Get<grammar::NameNode>(target).name());
      }
    }
  }

  bool IsWatched(NodeId expression) const {
    if (!expression.present()) return false;
    switch (ast_.kind(expression)) {
      case NodeKind::kName: return absl::c_linear_search(names_, ast_.Get<grammar::NameNode>(expression).name());
      case NodeKind::kAttribute: {
        const auto attribute = ast_.Get<grammar::AttributeNode>(expression);
        return ast_.name(attribute.attribute()) == "__class__" && IsWatched(attribute.value());
      }
      case NodeKind::kCall: return MakesWatched(ast_.Get<grammar::CallNode>(expression));
      default: return false;
    }
  }

  // `cls()`, `type(self)`, `object.__new__(cls)`, `super().__new__(mcs, …)` of a metaclass.
  bool MakesWatched(const grammar::CallNode& call) const {
    const absl::string_view callee = TerminalName(ast_, call.callee());
    const NodeId first = PositionalArgument(ast_, call.arguments(), 0);
    if (callee == "__new__") return is_new_ || IsWatched(first);
    if (callee == "type") return call.arguments().size() == 1 ? IsWatched(first) : is_new_;
    return ast_.kind(call.callee()) == NodeKind::kName && IsWatched(call.callee());
  }

  // `self.__dict__`, `vars(self)`.
  bool IsNamespace(NodeId expression) const {
    if (ast_.kind(expression) == NodeKind::kAttribute) {
      const auto attribute = ast_.Get<grammar::AttributeNode>(expression);
      return ast_.name(attribute.attribute()) == "__dict__" && IsWatched(attribute.value());
    }
    if (ast_.kind(expression) != NodeKind::kCall) return false;
    const auto call = ast_.Get<grammar::CallNode>(expression);
    return TerminalName(ast_, call.callee()) == "vars" && IsWatched(PositionalArgument(ast_, call.arguments(), 0));
  }

  // --- Stores ---

  bool Sets(NodeId id) { return MaySetAt(id) && index_.IsReachable(id); }

  bool MaySetAt(NodeId id) {
    switch (ast_.kind(id)) {
      case NodeKind::kAssign:
        return absl::c_any_of(ast_.Get<grammar::AssignNode>(id).targets(),
                              [&](NodeId target) { return SetsTarget(target, id); });
      case NodeKind::kAugAssign: return SetsTarget(ast_.Get<grammar::AugAssignNode>(id).target(), id);
      case NodeKind::kAnnAssign: return SetsTarget(ast_.Get<grammar::AnnAssignNode>(id).target(), id);
      case NodeKind::kFor: return SetsTarget(ast_.Get<grammar::ForNode>(id).target(), id);
      case NodeKind::kCall: return SetsByCall(id);
      default: return false;
    }
  }

  bool SetsTarget(NodeId target, NodeId statement) const {
    switch (ast_.kind(target)) {
      case NodeKind::kAttribute: {
        const auto attribute = ast_.Get<grammar::AttributeNode>(target);
        const absl::string_view name = ast_.name(attribute.attribute());
        return (name == search_.name() || name == "__dict__") && IsWatched(attribute.value());
      }
      case NodeKind::kSubscript: {
        const auto subscript = ast_.Get<grammar::SubscriptNode>(target);
        return IsNamespace(subscript.value()) && MayBeTheName(subscript.index(), statement);
      }
      case NodeKind::kStarred: return SetsTarget(ast_.Get<grammar::StarredNode>(target).value(), statement);
      default: break;
    }
    bool is_display = false;
    return absl::c_any_of(DisplayElements(ast_, target, &is_display),
                          [&](NodeId element) { return SetsTarget(element, statement); });
  }

  bool MayBeTheName(NodeId expression, NodeId place) const {
    if (!expression.present()) return true;
    std::vector<LiteralString> names;
    const bool is_known = LiteralStrings(index_, index_.ScopeAt(place), index_.FlowBefore(place)).Of(expression, names);
    return !is_known || IsAmong(search_.name(), names);
  }

  // --- Calls ---

  bool SetsByCall(NodeId id) {
    const auto call = ast_.Get<grammar::CallNode>(id);
    const absl::string_view callee = TerminalName(ast_, call.callee());
    const NodeId first = PositionalArgument(ast_, call.arguments(), 0);
    if (callee == "setattr" || callee == "__setattr__") {
      if (IsWatched(first)) return MayBeTheName(PositionalArgument(ast_, call.arguments(), 1), id);
      return callee == "__setattr__" && IsSetterOfWatched(call.callee()) && MayBeTheName(first, id);
    }
    if (ast_.kind(call.callee()) == NodeKind::kAttribute &&
        IsNamespace(ast_.Get<grammar::AttributeNode>(call.callee()).value())) {
      if (callee == "update") return Updates(call.arguments(), id);
      return (callee == "setdefault" || callee == "__setitem__") && MayBeTheName(first, id);
    }
    return follows_ == Follows::kCalls && SetsByHandingOn(id, callee);
  }

  // `super().__setattr__` and `self.__setattr__`, which take a name first.
  bool IsSetterOfWatched(NodeId callee) const {
    if (ast_.kind(callee) != NodeKind::kAttribute) return false;
    const NodeId value = ast_.Get<grammar::AttributeNode>(callee).value();
    if (IsWatched(value)) return true;
    return ast_.kind(value) == NodeKind::kCall &&
           TerminalName(ast_, ast_.Get<grammar::CallNode>(value).callee()) == "super";
  }

  // The arguments of `self.__dict__.update(…)`.
  bool Updates(NodeList arguments, NodeId place) const {
    return absl::c_any_of(arguments, [&](NodeId argument) {
      if (ast_.kind(argument) == NodeKind::kKeyword) {
        const NameId name = ast_.Get<grammar::KeywordNode>(argument).name();
        return !name.present() || ast_.name(name) == search_.name();
      }
      std::vector<LiteralString> names;
      const bool is_known =
          LiteralStrings(index_, index_.ScopeAt(place), index_.FlowBefore(place)).OfElements(argument, names);
      return !is_known || IsAmong(search_.name(), names);
    });
  }

  bool SetsByHandingOn(NodeId id, absl::string_view callee) {
    const auto call = ast_.Get<grammar::CallNode>(id);
    if (IsHook(callee)) return false;
    const bool is_attribute = ast_.kind(call.callee()) == NodeKind::kAttribute;
    if (is_attribute && IsWatched(ast_.Get<grammar::AttributeNode>(call.callee()).value())) {
      if (SetsByOwnMethod(callee)) return true;
    } else if (!is_attribute && OnlyReads(callee)) {
      return false;
    }
    size_t position = 0;
    for (const NodeId argument : call.arguments()) {
      const bool is_keyword = ast_.kind(argument) == NodeKind::kKeyword;
      const NodeId value = is_keyword ? ast_.Get<grammar::KeywordNode>(argument).value() : argument;
      const NameId name = is_keyword ? ast_.Get<grammar::KeywordNode>(argument).name() : NameId::None();
      if (IsWatched(value) && SetsByHandingTo(id, position, name)) return true;
      ++position;
    }
    return false;
  }

  // `cls.method(…)`: a method of the class, or of its metaclass.
  bool SetsByOwnMethod(absl::string_view method) {
    if (!handed_.present()) return true;
    const MroInfo& mro = MroAlone(engine_, handed_);
    std::vector<ClassRef> owners = mro.order;
    if (mro.metaclass.present()) {
      const MroInfo& meta = MroAlone(engine_, mro.metaclass);
      owners.insert(owners.end(), meta.order.begin(), meta.order.end());
    }
    for (const ClassRef owner : owners) {
      std::vector<NodeRef> functions;
      const bool is_known = search_.FunctionsOf(owner, method, functions);
      if (is_known && functions.empty()) continue;
      if (engine_.program.file(owner.file).is_bundled) return false;
      return !is_known ||
             absl::c_any_of(functions, [&](NodeRef function) { return search_.MaySetOnClass(function, 0, handed_); });
    }
    return true;
  }

  bool SetsByHandingTo(NodeId id, size_t position, NameId keyword) {
    const auto call = ast_.Get<grammar::CallNode>(id);
    const Site site{file_, &index_, index_.ScopeAt(id), index_.FlowBefore(id)};
    const EntitySet callees = EvaluateAlone(engine_, site, call.callee());
    const bool only_keeps = search_.trusts_unknown_ || (ast_.kind(call.callee()) == NodeKind::kAttribute &&
                                                        OnlyKeeps(TerminalName(ast_, call.callee())));
    if (callees.empty()) return !only_keeps;
    return absl::c_any_of(callees, [&](const Entity& callee) {
      switch (callee.kind) {
        case EntityKind::kFunction: return FunctionSets(callee, site, call.callee(), position, keyword);
        case EntityKind::kClass: return ConstructorSets(callee.class_ref, position, keyword);
        case EntityKind::kSpecial: return false;
        case EntityKind::kInstance:
          return !callee.class_ref.present() || !engine_.program.file(callee.class_ref.file).is_bundled;
        case EntityKind::kUnknown:
        case EntityKind::kModule:
        case EntityKind::kTypeVar:
        case EntityKind::kTypeAlias:
        case EntityKind::kValue:
        case EntityKind::kAbsent: return !only_keeps;
      }
      return true;
    });
  }

  bool FunctionSets(const Entity& function, const Site& site, NodeId callee, size_t position, NameId keyword) {
    if (function.special != SpecialForm::kNone || engine_.program.file(function.node.file).is_bundled) return false;
    return SetsInParameter(function.node, position + (IsBound(function.node, site, callee) ? 1 : 0), keyword);
  }

  // Whether the first parameter is given by what stands before the dot.
  bool IsBound(NodeRef function, const Site& site, NodeId callee) const {
    const ModuleIndex& index = *engine_.program.Index(function.file);
    const bind::ScopeId scope = index.ScopeAt(function.node);
    if (ast_.kind(callee) != NodeKind::kAttribute || index.scope(scope).kind != bind::ScopeKind::kClass) return false;
    const MemberKind kind = FactsIn(engine_, function, scope).kind;
    if (kind == MemberKind::kStaticMethod) return false;
    if (kind == MemberKind::kClassMethod) return true;
    const NodeId value = ast_.Get<grammar::AttributeNode>(callee).value();
    const EntitySet owners = EvaluateAlone(engine_, site, value);
    return !AllAre(owners, EntityKind::kClass);
  }

  bool ConstructorSets(ClassRef ref, size_t position, NameId keyword) {
    const MroInfo& mro = MroAlone(engine_, ref);
    for (const ClassRef owner : mro.order) {
      if (engine_.program.file(owner.file).is_bundled) continue;
      for (const absl::string_view name : {"__init__", "__new__"}) {
        std::vector<NodeRef> functions;
        if (!search_.FunctionsOf(owner, name, functions)) return true;
        for (const NodeRef function : functions) {
          if (SetsInParameter(function, position + 1, keyword)) return true;
        }
      }
    }
    return !mro.complete();
  }

  bool SetsInParameter(NodeRef function, size_t position, NameId keyword) {
    if (!keyword.present()) return search_.MaySetOnClass(function, position, handed_);
    const Ast& ast = engine_.program.Index(function.file)->ast();
    const NodeList parameters = ParametersOf(ast, function.node);
    for (size_t i = 0; i < parameters.size(); ++i) {
      if (ast.name(ast.Get<grammar::ParameterNode>(parameters[i]).name()) == ast_.name(keyword)) {
        return search_.MaySetOnClass(function, i, handed_);
      }
    }
    return true;
  }

  AttributeSearch& search_;
  Engine& engine_;
  const FileId file_;
  const ModuleIndex& index_;
  const Ast& ast_;
  const NodeId function_;
  const Follows follows_;
  const ClassRef handed_;
  std::vector<NameId> names_;
  bool is_new_ = false;  // a metaclass's `__new__`: what such calls give is the class
};

bool AttributeSearch::MaySetOnClass(NodeRef function, size_t position, ClassRef handed) {
  if (engine_.program.file(function.file).is_stub || depth_ > kMaxCallDepth) return true;
  if (!followed_.emplace(function, position).second) return false;
  engine_.program.NoteBodiesRead(function.file);
  const Ast& ast = engine_.program.Index(function.file)->ast();
  const NodeList parameters = ParametersOf(ast, function.node);
  // More arguments than parameters: they end in `*rest`.
  if (position >= parameters.size()) return true;
  const auto parameter = ast.Get<grammar::ParameterNode>(parameters[position]);
  const auto kind = static_cast<grammar::ParameterKind>(parameter.small());
  if (kind != grammar::ParameterKind::kPositionalOnly && kind != grammar::ParameterKind::kPositionalOrKeyword &&
      kind != grammar::ParameterKind::kKeywordOnly) {
    return true;
  }
  FunctionReader reader(*this, function, FunctionReader::Follows::kCalls, handed);
  reader.Watch(parameter.name());
  reader.WatchFirstParametersWithin();
  ++depth_;
  const bool may_set = reader.MaySet();
  --depth_;
  return may_set;
}

bool AttributeSearch::MaySetOnMadeClass(NodeRef function, ClassRef handed) {
  engine_.program.NoteBodiesRead(function.file);
  FunctionReader reader(*this, function, FunctionReader::Follows::kCalls, handed);
  reader.WatchMadeByNew();
  return reader.MaySet();
}

bool AttributeSearch::MaySetAsMethod(NodeRef function) {
  const Ast& ast = engine_.program.Index(function.file)->ast();
  const NodeList parameters = ParametersOf(ast, function.node);
  if (parameters.empty() || SetsNoneOfItsOwn(DefinedName(ast, function.node))) return false;
  engine_.program.NoteBodiesRead(function.file);
  FunctionReader reader(*this, function, FunctionReader::Follows::kNothing, ClassRef());
  reader.Watch(ast.Get<grammar::ParameterNode>(parameters.front()).name());
  return reader.MaySet();
}

bool AttributeSearch::FunctionsOf(ClassRef ref, absl::string_view name, std::vector<NodeRef>& out) const {
  const ModuleIndex* index = engine_.program.Index(ref.file);
  if (index == nullptr || index->ast().kind(ref.node) != NodeKind::kClassDef) return true;
  const bind::ScopeId scope = index->ScopeOpenedBy(ref.node);
  const bind::SymbolId symbol = scope.present() ? index->Find(scope, name) : bind::SymbolId::None();
  if (!symbol.present()) return true;
  bool are_functions = true;
  for (bind::DefId id = index->symbol(symbol).first; id.present(); id = index->definition(id).next) {
    const bind::Definition& definition = index->definition(id);
    if (definition.reach == bind::Reach::kNever) continue;
    if (definition.kind == bind::DefKind::kFunction) {
      out.push_back({ref.file, definition.node});
    } else {
      are_functions = false;
    }
  }
  return are_functions;
}

}  // namespace overt::classes
