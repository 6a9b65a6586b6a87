// Calls that make classes or hand them on: `namedtuple(…)`, `type(…)`, `cast(…)`, class factories.
#include "checker/classes/steps.h"
#include "grammar/ast/definitions.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::ModuleIndex;
using bind::ScopeKind;
using grammar::Ast;
using grammar::NodeKind;
using grammar::NodeList;

namespace {

struct CallSite {
  const Site& site;
  NodeId call;
  NodeList arguments;
  NodeRef place() const { return {site.file, call}; }
  const Ast& ast() const { return site.ast(); }
  Entity made_class() const { return ClassEntity({site.file, call}); }
};

size_t PositionalCount(const Ast& ast, NodeList arguments) {
  size_t count = 0;
  for (const NodeId argument : arguments) {
    if (ast.kind(argument) != NodeKind::kKeyword) ++count;
  }
  return count;
}

EntitySet Argument(Query& query, const CallSite& call, size_t i) {
  const NodeId argument = PositionalArgument(call.ast(), call.arguments, i);
  if (argument.present()) return EvaluateIn(query, call.site, argument);
  return One(UnknownEntity(UnknownReason::kCallResult, call.place()));
}

// `type(x)`: the class of an object, the metaclass of a class.
EntitySet TypeOf(Query& query, const CallSite& call) {
  EntitySet out;
  for (const Entity& value : Argument(query, call, 0)) {
    if (value.is_class()) {
      const MroInfo& mro = MroIn(query, value.class_ref);
      if (mro.metaclass.present() && !mro.metaclass_unknown) {
        AddTo(out, ClassEntity(mro.metaclass));
        continue;
      }
    }
    if (value.kind == EntityKind::kInstance && value.class_ref.present()) AddTo(out, ClassEntity(value.class_ref));
    AddTo(out, UnknownEntity(UnknownReason::kCallResult, call.place()));
  }
  return out;
}

// Whether calling the class surely makes an instance of it: nobody stands in for `type.__call__` or `object.__new__`.
bool MakesInstances(Query& query, ClassRef ref) {
  const MroInfo& mro = MroIn(query, ref);
  if (!mro.complete() || mro.metaclass_unknown) return false;
  if (OwnInfo(query, ref).is(ClassFlags::kUnknownDecorator)) return false;  // the name may be something else
  if (mro.metaclass.present() && !query.engine.program.file(mro.metaclass.file).is_bundled) return false;
  for (const ClassRef ancestor : mro.order) {
    if (query.engine.program.file(ancestor.file).is_bundled) continue;
    const ModuleIndex* index = query.engine.program.Index(ancestor.file);
    if (index == nullptr || index->ast().kind(ancestor.node) != NodeKind::kClassDef) continue;
    if (index->Find(index->ScopeOpenedBy(ancestor.node), grammar::names::kNew).present()) return false;
  }
  return true;
}

EntitySet CallClass(Query& query, const CallSite& call, const Entity& callee) {
  const size_t count = PositionalCount(call.ast(), call.arguments);
  switch (callee.special) {
    case SpecialForm::kTypeClass:
      if (count >= 3) return One(call.made_class());
      if (count == 1 && call.arguments.size() == 1) return TypeOf(query, call);
      return One(UnknownEntity(UnknownReason::kCallResult, call.place()));
    case SpecialForm::kNewType:
    case SpecialForm::kNamedTuple: return One(call.made_class());
    case SpecialForm::kSuper: return One(UnknownEntity(UnknownReason::kCallResult, call.place()));
    case SpecialForm::kTypeVar:
    case SpecialForm::kTypeVarTuple:
    case SpecialForm::kParamSpec:
    case SpecialForm::kTypeAliasType: {
      Entity entity;
      entity.kind = callee.special == SpecialForm::kTypeAliasType ? EntityKind::kTypeAlias : EntityKind::kTypeVar;
      entity.node = call.place();
      return One(entity);
    }
    default: break;
  }
  if (count >= 3 && HasAncestor(query, callee.class_ref, SpecialForm::kTypeClass)) return One(call.made_class());
  const bool names_members = count >= 2 || KeywordValue(call.ast(), call.arguments, "names").present();
  if (names_members && HasAncestor(query, callee.class_ref, SpecialForm::kEnum)) return One(call.made_class());
  if (!MakesInstances(query, callee.class_ref)) {
    return One(UnknownEntity(UnknownReason::kCallResult, call.place()));
  }
  Entity entity;
  entity.kind = EntityKind::kInstance;
  entity.class_ref = callee.class_ref;
  return One(entity);
}

// `getattr(module, "name"[, fallback])`.
EntitySet CallGetAttr(Query& query, const CallSite& call) {
  const NodeId name = PositionalArgument(call.ast(), call.arguments, 1);
  if (!IsString(call.ast(), name)) return One(UnknownEntity(UnknownReason::kCallResult, call.place()));
  EntitySet out = AttributeOf(query, Argument(query, call, 0), StringText(call.ast(), name), call.place());
  if (const NodeId fallback = PositionalArgument(call.ast(), call.arguments, 2); fallback.present()) {
    EntitySet with_fallback;
    for (const Entity& entity : out) {
      if (entity.kind != EntityKind::kAbsent) AddTo(with_fallback, entity);
    }
    AddAllTo(with_fallback, EvaluateIn(query, call.site, fallback));
    return with_fallback;
  }
  return out;
}

EntitySet CallCast(Query& query, const CallSite& call) {
  const NodeId type = PositionalArgument(call.ast(), call.arguments, 0);
  EntitySet value = Argument(query, call, 1);
  return type.present() ? DeclaredAs(query, call.site, type, std::move(value)) : value;
}

// Decorators that take options when they are called without a class.
EntitySet CallOptionalDecorator(Query& query, const CallSite& call) {
  const NodeId argument = PositionalArgument(call.ast(), call.arguments, 0);
  if (argument.present()) return EvaluateIn(query, call.site, argument);
  Entity identity;
  identity.kind = EntityKind::kSpecial;
  identity.special = SpecialForm::kIdentity;
  return One(identity);
}

// Special functions; false if the form means nothing for calls.
bool CallSpecial(Query& query, const CallSite& call, SpecialForm special, EntitySet& out) {
  switch (special) {
    case SpecialForm::kCast: out = CallCast(query, call); return true;
    case SpecialForm::kGetAttr: out = CallGetAttr(query, call); return true;
    case SpecialForm::kNamedTupleFunction:
    case SpecialForm::kNamedTuple:
    case SpecialForm::kTypedDict:
    case SpecialForm::kNewType:
    case SpecialForm::kMakeDataclass:
    case SpecialForm::kNewClass:
    case SpecialForm::kSixWithMetaclass: out = One(call.made_class()); return true;
    case SpecialForm::kOverride:
    case SpecialForm::kOverload:
    case SpecialForm::kFinal:
    case SpecialForm::kNoTypeCheck:
    case SpecialForm::kRuntimeCheckable:
    case SpecialForm::kDisjointBase:
    case SpecialForm::kTotalOrdering:
    case SpecialForm::kIdentity:
    case SpecialForm::kAbstractMethod: out = Argument(query, call, 0); return true;
    case SpecialForm::kDataclass:
    case SpecialForm::kAttrsDefine:
    case SpecialForm::kAttrsMutable:
    case SpecialForm::kAttrsFrozen:
    case SpecialForm::kAttrsS:
    case SpecialForm::kAttrsSShort:
    case SpecialForm::kAttrsDataclass:
    case SpecialForm::kLruCache:
    case SpecialForm::kDataclassTransform:
    case SpecialForm::kSixAddMetaclass: out = CallOptionalDecorator(query, call); return true;
    default: return false;
  }
}

// --- Binding arguments to what a function gives back -----------------------------------------------------------------

struct Callee {
  FileId file;
  const ModuleIndex* index;
  NodeId node;
  NodeList parameters;
  bool skips_first;  // a method: the caller does not write `self`
  const Ast& ast() const { return index->ast(); }
};

bool IsStaticMethod(const Ast& ast, NodeId function) {
  for (const NodeId decorator : ast.Get<grammar::FunctionDefNode>(function).decorators()) {
    const NodeId expression = ast.Get<grammar::DecoratorNode>(decorator).expression();
    if (ast.kind(expression) == NodeKind::kName &&
        ast.Get<grammar::NameNode>(expression).name() == grammar::names::kStaticMethod) {
      return true;
    }
  }
  return false;
}

Callee CalleeOf(Query& query, NodeRef function) {
  Callee callee{function.file, query.engine.program.Index(function.file), function.node, {}, false};
  const Ast& ast = callee.ast();
  const NodeId parameters = ast.Get<grammar::FunctionDefNode>(function.node).parameters();
  callee.parameters = ast.Get<grammar::ParametersNode>(parameters).parameters();
  const bind::ScopeId around = callee.index->PastTypeParameters(callee.index->ScopeAt(function.node));
  callee.skips_first = callee.index->scope(around).kind == ScopeKind::kClass && !IsStaticMethod(ast, function.node);
  return callee;
}

bool IsParameterOf(const Callee& callee, const Entity& entity) {
  if (!entity.is_unknown() || entity.reason != UnknownReason::kParameter || entity.node.file != callee.file)
    return false;
  for (const NodeId parameter : callee.parameters) {
    if (parameter == entity.node.node) return true;
  }
  return false;
}

// `inner(*args)` in a function with `*args`: the first of them is passed on. Stands for the parameter as a whole.
EntitySet PassedOn(Query& query, const CallSite& call) {
  if (call.arguments.empty() || call.ast().kind(call.arguments.front()) != NodeKind::kStarred) return {};
  const NodeId value = call.ast().Get<grammar::StarredNode>(call.arguments.front()).value();
  EntitySet values = EvaluateIn(query, call.site, value);
  for (const Entity& entity : values) {
    const bool is_own = entity.is_unknown() && entity.reason == UnknownReason::kParameter &&
                        entity.node.file == call.site.file &&
                        call.ast().kind(entity.node.node) == NodeKind::kParameter &&
                        static_cast<grammar::ParameterKind>(call.ast().node(entity.node.node).small) ==
                            grammar::ParameterKind::kVarArgs;
    if (!is_own) return {};
  }
  return values;
}

// What the call passes for `parameter`. For `*args` the first of what is passed counts.
EntitySet PassedFor(Query& query, const CallSite& call, const Callee& callee, NodeId parameter) {
  const auto wanted = callee.ast().Get<grammar::ParameterNode>(parameter);
  const auto kind = static_cast<grammar::ParameterKind>(wanted.small());
  EntitySet unknown = One(UnknownEntity(UnknownReason::kCallResult, call.place()));
  if (kind == grammar::ParameterKind::kKeywordArgs) return unknown;
  const NodeId keyword = KeywordValue(call.ast(), call.arguments, callee.ast().name(wanted.name()));
  if (keyword.present()) return EvaluateIn(query, call.site, keyword);
  size_t position = 0;
  while (callee.parameters[position] != parameter) ++position;
  if (callee.skips_first) {
    if (position == 0) return unknown;
    --position;
  }
  if (kind != grammar::ParameterKind::kKeywordOnly) {
    const NodeId argument = PositionalArgument(call.ast(), call.arguments, position);
    if (argument.present()) return EvaluateIn(query, call.site, argument);
    if (position == 0) {
      if (EntitySet passed_on = PassedOn(query, call); !passed_on.empty()) return passed_on;
    }
  }
  for (const NodeId argument : call.arguments) {
    const bool unpacks = call.ast().kind(argument) == NodeKind::kStarred ||
                         (call.ast().kind(argument) == NodeKind::kKeyword &&
                          !call.ast().Get<grammar::KeywordNode>(argument).name().present());
    if (unpacks) return unknown;
  }
  // Nothing is passed for `*args`: what is made of its first element is made on another path.
  if (kind == grammar::ParameterKind::kVarArgs) return One(ValueEntity());
  if (!wanted.default_value().present()) return unknown;
  const Site site{callee.file, callee.index, callee.index->ScopeAt(wanted.default_value()),
                  callee.index->FlowBefore(callee.node)};
  return EvaluateIn(query, site, wanted.default_value());
}

// A class that the function makes below one of its parameters: what is passed there is an ancestor in this call.
void AddPassedBases(Query& query, const CallSite& call, const Callee& callee, ClassRef made, EntitySet& out) {
  if (made.file != callee.file || made.node > callee.node || made.node < callee.ast().first_of(callee.node)) return;
  for (const Base& base : OwnInfo(query, made).bases) {
    for (const Entity& entity : base.alternatives) {
      if (!IsParameterOf(callee, entity)) continue;
      for (const Entity& passed : PassedFor(query, call, callee, entity.node.node)) {
        if (passed.is_class()) AddTo(out, passed);
      }
    }
  }
}

EntitySet CallFunction(Query& query, const CallSite& call, const Entity& function) {
  if (IsWithMetaclass(query.engine, function)) return One(call.made_class());
  EntitySet out;
  const EntitySet& returned = ReturnValue(query, function.node);
  const Callee callee = CalleeOf(query, function.node);
  for (const Entity& entity : returned) {
    if (IsParameterOf(callee, entity)) {
      AddAllTo(out, PassedFor(query, call, callee, entity.node.node));
    } else if (entity.is_unknown()) {
      AddTo(out, UnknownEntity(UnknownReason::kCallResult, call.place()));
    } else {
      AddTo(out, entity);
      if (entity.is_class()) AddPassedBases(query, call, callee, entity.class_ref, out);
    }
  }
  return out;
}

// --- What a function gives back --------------------------------------------------------------------------------------

// The name in `T` or `type[T]`.
grammar::NameId VariableName(const Ast& ast, NodeId annotation) {
  if (!annotation.present()) return grammar::NameId::None();
  if (ast.kind(annotation) == NodeKind::kSubscript) {
    const auto subscript = ast.Get<grammar::SubscriptNode>(annotation);
    const absl::string_view form = TerminalName(ast, subscript.value());
    if (form != "type" && form != "Type") return grammar::NameId::None();  // `list[T]` is something else than T
    annotation = subscript.index();
  }
  if (ast.kind(annotation) != NodeKind::kName) return grammar::NameId::None();
  return ast.Get<grammar::NameNode>(annotation).name();
}

// `Callable[[T], T]`.
bool IsIdentityCallable(const Ast& ast, NodeId annotation) {
  if (ast.kind(annotation) != NodeKind::kSubscript) return false;
  const auto subscript = ast.Get<grammar::SubscriptNode>(annotation);
  if (TerminalName(ast, subscript.value()) != "Callable" || ast.kind(subscript.index()) != NodeKind::kTuple)
    return false;
  const NodeList items = ast.Get<grammar::TupleNode>(subscript.index()).elements();
  if (items.size() != 2 || ast.kind(items[0]) != NodeKind::kList) return false;
  const NodeList taken = ast.Get<grammar::ListNode>(items[0]).elements();
  if (taken.size() != 1) return false;
  const grammar::NameId name = VariableName(ast, taken[0]);
  return name.present() && name == VariableName(ast, items[1]);
}

// What the annotation of the result says. Empty if it says nothing that the body could not say better.
EntitySet AnnotatedResult(Query& query, const Callee& callee) {
  const Ast& ast = callee.ast();
  const NodeId returns = ast.Get<grammar::FunctionDefNode>(callee.node).returns();
  if (!returns.present()) return {};
  const Site site{callee.file, callee.index, callee.index->ScopeAt(returns), callee.index->FlowBefore(callee.node)};
  if (const grammar::NameId name = VariableName(ast, returns); name.present()) {
    for (const NodeId parameter : callee.parameters) {
      if (VariableName(ast, ast.Get<grammar::ParameterNode>(parameter).annotation()) != name) continue;
      if (!AllAre(ResolveName(query, site, name), EntityKind::kTypeVar)) break;
      return One(UnknownEntity(UnknownReason::kParameter, {callee.file, parameter}));
    }
  }
  if (IsIdentityCallable(ast, returns)) {
    Entity identity;
    identity.kind = EntityKind::kSpecial;
    identity.special = SpecialForm::kIdentity;
    return One(identity);
  }
  return AnnotatedValue(query, site, returns);
}

constexpr size_t kMaxReturns = 32;

EntitySet BodyResult(Query& query, const Callee& callee) {
  const Ast& ast = callee.ast();
  const bind::ScopeId scope = callee.index->ScopeOpenedBy(callee.node);
  EntitySet out;
  size_t count = 0;
  for (uint32_t id = ast.first_of(callee.node).raw; id < callee.node.raw; ++id) {
    const NodeId node(id);
    if (ast.kind(node) != NodeKind::kReturn || callee.index->ScopeAt(node) != scope) continue;
    const bind::FlowId flow = callee.index->FlowBefore(node);
    if (flow == bind::kUnreachableFlow) continue;
    if (++count > kMaxReturns) return One(UnknownEntity(UnknownReason::kCallResult, {callee.file, callee.node}));
    const NodeId value = ast.Get<grammar::ReturnNode>(node).value();
    if (value.present()) {
      AddAllTo(out, EvaluateIn(query, {callee.file, callee.index, scope, flow}, value));
    } else {
      AddTo(out, ValueEntity());
    }
  }
  return out.empty() ? One(ValueEntity()) : out;
}

// Whether the decorators leave the result of a call alone.
bool HasTransparentDecorators(Query& query, const Callee& callee) {
  const Ast& ast = callee.ast();
  for (const NodeId decorator : ast.Get<grammar::FunctionDefNode>(callee.node).decorators()) {
    NodeId expression = ast.Get<grammar::DecoratorNode>(decorator).expression();
    if (ast.kind(expression) == NodeKind::kCall) expression = ast.Get<grammar::CallNode>(expression).callee();
    const Site site{callee.file, callee.index, callee.index->ScopeAt(expression),
                    callee.index->FlowBefore(callee.node)};
    for (const Entity& entity : EvaluateIn(query, site, expression)) {
      switch (entity.special) {
        case SpecialForm::kStaticMethod:
        case SpecialForm::kClassMethod:
        case SpecialForm::kOverload:
        case SpecialForm::kOverride:
        case SpecialForm::kFinal:
        case SpecialForm::kAbstractMethod:
        case SpecialForm::kNoTypeCheck:
        case SpecialForm::kDeprecated:
        case SpecialForm::kLruCache:
        case SpecialForm::kCache:
        case SpecialForm::kWraps:
        case SpecialForm::kDataclassTransform: continue;
        default: break;
      }
      if (entity.kind == EntityKind::kFunction && entity.node != NodeRef{callee.file, callee.node} &&
          IsIdentity(query, entity.node)) {
        continue;
      }
      return false;
    }
  }
  return true;
}

// `def deprecate(obj: T, *, message: str) -> T`: what comes out is what went in, however the body brings that about.
bool IsDeclaredIdentity(Query& query, const Callee& callee, const EntitySet& annotated) {
  if (annotated.size() != 1 || annotated[0].reason != UnknownReason::kParameter || !annotated[0].is_unknown())
    return false;
  const Ast& ast = callee.ast();
  const grammar::NameId name = VariableName(ast, ast.Get<grammar::FunctionDefNode>(callee.node).returns());
  size_t takers = 0;
  for (const NodeId parameter : callee.parameters) {
    takers += VariableName(ast, ast.Get<grammar::ParameterNode>(parameter).annotation()) == name ? 1 : 0;
  }
  const Site site{callee.file, callee.index, callee.index->ScopeAt(callee.node), callee.index->FlowBefore(callee.node)};
  return takers == 1 && AllAre(ResolveName(query, site, name), EntityKind::kTypeVar);
}

bool HasUnfollowed(const EntitySet& values) {
  for (const Entity& value : values) {
    if (value.is_unknown() && value.reason != UnknownReason::kParameter) return true;
  }
  return false;
}

EntitySet ComputeReturn(Query& query, NodeRef function) {
  const Callee callee = CalleeOf(query, function);
  EntitySet unknown = One(UnknownEntity(UnknownReason::kCallResult, function));
  const auto def = callee.ast().Get<grammar::FunctionDefNode>(function.node);
  if (!HasTransparentDecorators(query, callee)) return unknown;
  const bind::ScopeId scope = callee.index->ScopeOpenedBy(function.node);
  const bool is_generator = (callee.index->scope(scope).flags & bind::Scope::kGenerator) != 0;
  if (is_generator || (def.flags() & grammar::NodeFlags::kAsync) != 0) return One(ValueEntity());
  EntitySet annotated = AnnotatedResult(query, callee);
  const bool is_stub = callee.index->options().file_kind == grammar::FileKind::kStub;
  if (is_stub) return annotated.empty() ? unknown : annotated;
  bool is_certain = !annotated.empty();
  for (const Entity& entity : annotated) {
    is_certain &= entity.kind == EntityKind::kInstance || entity.kind == EntityKind::kValue;
  }
  if (is_certain) return annotated;
  EntitySet body = BodyResult(query, callee);
  if (IsDeclaredIdentity(query, callee, annotated) && HasUnfollowed(body)) return annotated;
  for (const Entity& entity : annotated) {
    if (entity.is_class()) AddTo(body, entity);
  }
  return body;
}

}  // namespace

const EntitySet& ReturnValue(Query& query, NodeRef function) {
  return query.Answer<EntitySet>({FrameKind::kReturn, function.file, function.node.raw},
                                 MemoStore<NodeRef, EntitySet>{query.engine.returns, function},
                                 [&] { return ComputeReturn(query, function); });
}

bool IsIdentity(Query& query, NodeRef function) {
  const EntitySet& returned = ReturnValue(query, function);
  const Callee callee = CalleeOf(query, function);
  const size_t first = callee.skips_first ? 1 : 0;
  if (callee.parameters.size() <= first) return false;
  bool gives_back = false;
  for (const Entity& entity : returned) {
    if (IsParameterOf(callee, entity) && entity.node.node == callee.parameters[first]) {
      gives_back = true;
    } else if (entity.kind != EntityKind::kFunction && entity.special != SpecialForm::kIdentity) {
      // A function is what it gives back when it is called with options instead.
      return false;
    }
  }
  return gives_back;
}

bool IsWithMetaclass(const Engine& engine, const Entity& callee) {
  if (callee.kind != EntityKind::kFunction) return false;
  if (callee.special == SpecialForm::kSixWithMetaclass) return true;
  // Copies of six's function are found in many a `compat.py`.
  return DefinedName(engine.program.Index(callee.node.file)->ast(), callee.node.node) == "with_metaclass";
}

EntitySet EvaluateCall(Query& query, const Site& site, NodeId call_id) {
  const auto node = site.ast().Get<grammar::CallNode>(call_id);
  const CallSite call{site, call_id, node.arguments()};
  EntitySet out;
  for (const Entity& callee : EvaluateIn(query, site, node.callee())) {
    if (EntitySet special; callee.kind != EntityKind::kClass && callee.kind != EntityKind::kInstance &&
                           CallSpecial(query, call, callee.special, special)) {
      AddAllTo(out, special);
      continue;
    }
    switch (callee.kind) {
      case EntityKind::kClass: AddAllTo(out, CallClass(query, call, callee)); break;
      case EntityKind::kFunction: AddAllTo(out, CallFunction(query, call, callee)); break;
      case EntityKind::kUnknown: {
        Entity result = callee;
        result.module_name = UINT32_MAX;
        if (result.reason == UnknownReason::kParameter)
          result = UnknownEntity(UnknownReason::kCallResult, call.place());
        AddTo(out, result);
        break;
      }
      case EntityKind::kAbsent:
      case EntityKind::kModule:
      case EntityKind::kSpecial:
      case EntityKind::kTypeVar:
      case EntityKind::kTypeAlias:
      case EntityKind::kInstance:
      case EntityKind::kValue: AddTo(out, UnknownEntity(UnknownReason::kCallResult, call.place())); break;
    }
  }
  return out;
}

}  // namespace overt::classes
