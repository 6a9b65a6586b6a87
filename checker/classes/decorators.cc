// What the decorators of a function say: its kind, its part in a property, and the marks of typing.
#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/steps.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;
using grammar::NodeList;
namespace names = grammar::names;

namespace {

// Docstring, `...`, `pass`, `raise NotImplementedError` only.
bool IsEmptyBody(const Ast& ast, NodeList body) {
  for (const NodeId statement : body) {
    switch (ast.kind(statement)) {
      case NodeKind::kPass: break;
      case NodeKind::kExpressionStatement: {
        const NodeKind value = ast.kind(ast.Get<grammar::ExpressionStatementNode>(statement).value());
        if (value != NodeKind::kString && value != NodeKind::kConcatenatedString && value != NodeKind::kEllipsis) {
          return false;
        }
        break;
      }
      case NodeKind::kRaise: {
        NodeId raised = ast.Get<grammar::RaiseNode>(statement).exception();
        if (!raised.present()) return false;
        if (ast.kind(raised) == NodeKind::kCall) raised = ast.Get<grammar::CallNode>(raised).callee();
        if (ast.kind(raised) != NodeKind::kName ||
            ast.name(ast.Get<grammar::NameNode>(raised).name()) != "NotImplementedError") {
          return false;
        }
        break;
      }
      default: return false;
    }
  }
  return true;
}

// The names that the language treats so without a decorator.
MemberKind ImplicitKind(grammar::NameId name) {
  if (name == names::kNew) return MemberKind::kStaticMethod;
  if (name == names::kInitSubclass || name == names::kClassGetItem) return MemberKind::kClassMethod;
  return MemberKind::kFunction;
}

class FactsBuilder {
 public:
  FactsBuilder(Query& query, const Site& site, NodeId function)
      : query_(query), site_(site), ast_(site.ast()), node_(ast_.Get<grammar::FunctionDefNode>(function)) {}

  FunctionFacts Build() {
    for (const NodeId decorator : node_.decorators()) {
      AddDecorator(decorator, ast_.Get<grammar::DecoratorNode>(decorator).expression());
    }
    if (!kind_known_) {
      const grammar::NameId name = ast_.Get<grammar::IdentifierNode>(node_.name()).name();
      facts_.kind = changed_ ? MemberKind::kDecoratedFunction : ImplicitKind(name);
    }
    facts_.is_empty_body = IsEmptyBody(ast_, node_.body());
    return std::move(facts_);
  }

 private:
  void AddDecorator(NodeId decorator, NodeId expression) {
    if (ast_.kind(expression) == NodeKind::kAttribute && AddAccessor(expression)) return;
    const bool is_call = ast_.kind(expression) == NodeKind::kCall;
    const NodeId named = is_call ? ast_.Get<grammar::CallNode>(expression).callee() : expression;
    const EntitySet callees = EvaluateIn(query_, site_, named);
    const bool is_override = !is_call && IsOverride(callees);
    if (is_override) {
      facts_.is_override = true;
      if (!facts_.override_decorator.present()) facts_.override_decorator = decorator;
      return;
    }
    bool is_known = !callees.empty();
    for (const Entity& callee : callees) is_known &= AddSpecial(callee, decorator, expression);
    if (is_known) return;
    Judge(is_call ? EvaluateIn(query_, site_, expression) : callees);
  }

  // `@x.setter`, `@Base.x.getter`.
  bool AddAccessor(NodeId expression) {
    const grammar::NameId attribute = ast_.Get<grammar::AttributeNode>(expression).attribute();
    Accessor accessor = Accessor::kNone;
    if (attribute == names::kSetter) accessor = Accessor::kSetter;
    if (attribute == names::kGetter) accessor = Accessor::kGetter;
    if (attribute == names::kDeleter) accessor = Accessor::kDeleter;
    if (accessor == Accessor::kNone) return false;
    facts_.accessor = accessor;
    facts_.extends_property = true;
    SetKind(MemberKind::kProperty);
    return true;
  }

  bool IsOverride(const EntitySet& decorators) {
    if (Contains(decorators, SpecialForm::kOverride)) return true;
    if (query_.engine.options.treat_as_override.empty()) return false;
    const std::vector<Entity>& names_given = OverrideNames();
    for (const Entity& entity : decorators) {
      for (const Entity& given : names_given) {
        if (entity.kind == given.kind && !entity.is_unknown() && entity.node == given.node &&
            entity.class_ref == given.class_ref) {
          return true;
        }
      }
      if (entity.is_unknown() && entity.reason == UnknownReason::kUnresolvedImport &&
          entity.module_name != UINT32_MAX) {
        const absl::string_view dotted = query_.engine.Text(Atom(entity.module_name));
        for (const std::string& name : query_.engine.options.treat_as_override) {
          if (name == dotted) return true;
        }
      }
    }
    return false;
  }

  // What the configured names lead to.
  const std::vector<Entity>& OverrideNames() {
    Engine& engine = query_.engine;
    return engine.override_names.Get(0, [&engine] {
      std::vector<Entity> out;
      for (const std::string& dotted : engine.options.treat_as_override) {
        const size_t dot = dotted.rfind('.');
        if (dot == std::string::npos) continue;
        const EntitySet found = Query::Run(engine, [&](Query& query) {
          return AttributeOfModule(query, engine.ModuleNamed(dotted.substr(0, dot)), dotted.substr(dot + 1));
        });
        for (const Entity& entity : found) {
          if (!entity.is_unknown() && entity.kind != EntityKind::kAbsent) out.push_back(entity);
        }
      }
      return out;
    });
  }

  void SetKind(MemberKind kind) {
    facts_.kind = kind;
    kind_known_ = true;
  }

  void SetProperty(MemberKind kind) {
    if (facts_.accessor == Accessor::kNone) facts_.accessor = Accessor::kGetter;
    SetKind(kind);
  }

  // True: the decorator is one that overt knows, and nothing more is to be said.
  bool AddSpecial(const Entity& callee, NodeId decorator, NodeId expression) {
    if (callee.kind == EntityKind::kInstance) return false;
    switch (callee.special) {
      case SpecialForm::kOverride: changed_ = facts_.has_unknown_decorator = true; return true;  // `@override()`
      case SpecialForm::kOverload: facts_.is_overload = true; return true;
      case SpecialForm::kFinal:
        facts_.is_final = true;
        if (!facts_.final_decorator.present()) facts_.final_decorator = decorator;
        return true;
      case SpecialForm::kAbstractMethod: facts_.is_abstract = true; return true;
      case SpecialForm::kAbstractProperty:
        facts_.is_abstract = true;
        SetProperty(MemberKind::kProperty);
        return true;
      case SpecialForm::kAbstractClassMethod:
        facts_.is_abstract = true;
        SetKind(MemberKind::kClassMethod);
        return true;
      case SpecialForm::kAbstractStaticMethod:
        facts_.is_abstract = true;
        SetKind(MemberKind::kStaticMethod);
        return true;
      case SpecialForm::kPropertyClass:
      case SpecialForm::kEnumProperty:
      case SpecialForm::kDynamicClassAttribute: SetProperty(MemberKind::kProperty); return true;
      case SpecialForm::kCachedProperty: SetProperty(MemberKind::kCachedProperty); return true;
      case SpecialForm::kStaticMethod: SetKind(MemberKind::kStaticMethod); return true;
      case SpecialForm::kClassMethod: SetKind(MemberKind::kClassMethod); return true;
      case SpecialForm::kNoTypeCheck: facts_.is_no_type_check = true; return true;
      case SpecialForm::kDeprecated: AddDeprecation(expression); return true;
      case SpecialForm::kIdentity:
      case SpecialForm::kDataclassTransform: return true;
      case SpecialForm::kSingleDispatchMethod:
      case SpecialForm::kWraps:
      case SpecialForm::kLruCache:
      case SpecialForm::kCache:
      case SpecialForm::kContextManager:
      case SpecialForm::kAsyncContextManager: changed_ = true; return true;
      default: return false;
    }
  }

  void AddDeprecation(NodeId expression) {
    facts_.is_deprecated = true;
    if (ast_.kind(expression) != NodeKind::kCall) return;
    NodeId message = PositionalArgument(ast_, ast_.Get<grammar::CallNode>(expression).arguments(), 0);
    if (!message.present()) return;
    if (IsString(ast_, message)) facts_.deprecation = std::string(StringText(ast_, message));
    if (ast_.kind(message) != NodeKind::kConcatenatedString) return;
    for (const NodeId part : ast_.Get<grammar::ConcatenatedStringNode>(message).parts()) {
      if (IsString(ast_, part)) absl::StrAppend(&facts_.deprecation, std::string(StringText(ast_, part)));
    }
  }

  // What the decorator turned out to be, an ordinary object of the program.
  void Judge(const EntitySet& decorators) {
    for (const Entity& entity : decorators) {
      if (entity.kind == EntityKind::kFunction && IsIdentity(query_, entity.node)) continue;
      if (entity.special == SpecialForm::kIdentity || entity.special == SpecialForm::kOverload) continue;
      changed_ = true;
      if (entity.is_class()) {
        JudgeClass(entity.class_ref);
      } else if (entity.kind != EntityKind::kInstance) {
        facts_.has_unknown_decorator = true;
      }
    }
    if (decorators.empty()) changed_ = facts_.has_unknown_decorator = true;
  }

  // A class as a decorator makes an object of it: a property, if it derives from property.
  void JudgeClass(ClassRef ref) {
    if (HasAncestor(query_, ref, SpecialForm::kPropertyClass) ||
        HasAncestor(query_, ref, SpecialForm::kDynamicClassAttribute)) {
      SetProperty(MemberKind::kProperty);
    } else if (HasAncestor(query_, ref, SpecialForm::kCachedProperty)) {
      SetProperty(MemberKind::kCachedProperty);
    } else if (HasAncestor(query_, ref, SpecialForm::kStaticMethod)) {
      SetKind(MemberKind::kStaticMethod);
    } else if (HasAncestor(query_, ref, SpecialForm::kClassMethod)) {
      SetKind(MemberKind::kClassMethod);
    }
  }

  Query& query_;
  const Site& site_;
  const Ast& ast_;
  grammar::FunctionDefNode node_;
  FunctionFacts facts_;
  bool kind_known_ = false;
  bool changed_ = false;
};

// --- Effects of class decorators -------------------------------------------------------------------------------------

Member AddedMember(Engine& engine, FileId file, absl::string_view name, TextRange range) {
  Member member;
  member.name = engine.Intern(name);
  member.kind = MemberKind::kInjected;
  member.file = file;
  member.name_range = range;
  return member;
}

bool IsNamed(const Ast& ast, NodeId expression, grammar::NameId name) {
  return expression.present() && ast.kind(expression) == NodeKind::kName &&
         ast.Get<grammar::NameNode>(expression).name() == name;
}

bool IsOneOf(const Ast& ast, NodeId expression, absl::Span<const grammar::NameId> names_given) {
  for (const grammar::NameId name : names_given) {
    if (IsNamed(ast, expression, name)) return true;
  }
  return false;
}

// `cls.x = …` and `setattr(cls, "x", …)` in the body of a decorator.
void AddStores(Engine& engine, FileId file, const Ast& ast, NodeId node, absl::Span<const grammar::NameId> receivers,
               DecoratorEffect& effect) {
  if (ast.kind(node) == NodeKind::kAssign) {
    for (const NodeId target : ast.Get<grammar::AssignNode>(node).targets()) {
      if (ast.kind(target) != NodeKind::kAttribute) continue;
      const auto attribute = ast.Get<grammar::AttributeNode>(target);
      if (!IsOneOf(ast, attribute.value(), receivers)) continue;
      effect.adds.push_back(AddedMember(engine, file, ast.name(attribute.attribute()), ast.range(target)));
    }
  } else if (ast.kind(node) == NodeKind::kCall) {
    const auto call = ast.Get<grammar::CallNode>(node);
    if (!IsNamed(ast, call.callee(), names::kSetAttr)) return;
    if (!IsOneOf(ast, PositionalArgument(ast, call.arguments(), 0), receivers)) return;
    const NodeId name = PositionalArgument(ast, call.arguments(), 1);
    if (IsString(ast, name)) {
      effect.adds.push_back(AddedMember(engine, file, StringText(ast, name), ast.range(name)));
    } else {
      effect.adds_unknown = true;
    }
  }
}

DecoratorEffect ComputeEffect(Engine& engine, NodeRef function) {
  DecoratorEffect effect;
  effect.is_identity = Query::Run(engine, [&](Query& query) { return IsIdentity(query, function); });
  engine.program.NoteBodiesRead(function.file);
  const Ast& ast = engine.program.Index(function.file)->ast();
  // The class is the first argument of the function, or of the one that it gives back when it is called with options.
  const uint32_t first = ast.first_of(function.node).raw;
  absl::InlinedVector<grammar::NameId, 2> receivers;
  for (uint32_t id = first; id <= function.node.raw; ++id) {
    if (ast.kind(NodeId(id)) != NodeKind::kFunctionDef) continue;
    const NodeList parameters =
        ast.Get<grammar::ParametersNode>(ast.Get<grammar::FunctionDefNode>(NodeId(id)).parameters()).parameters();
    if (!parameters.empty()) receivers.push_back(ast.Get<grammar::ParameterNode>(parameters.front()).name());
  }
  for (uint32_t id = first; id < function.node.raw; ++id) {
    AddStores(engine, function.file, ast, NodeId(id), receivers, effect);
  }
  return effect;
}

}  // namespace

const FunctionFacts& FactsIn(Engine& engine, NodeRef function, bind::ScopeId scope) {
  const ModuleIndex& index = *engine.program.Index(function.file);
  const Ast& ast = index.ast();
  const auto node = ast.Get<grammar::FunctionDefNode>(function.node);
  if (node.decorators().empty()) {
    const grammar::NameId name = ast.Get<grammar::IdentifierNode>(node.name()).name();
    return engine.PlainFacts(ImplicitKind(name), IsEmptyBody(ast, node.body()));
  }
  return engine.facts.Get(function, [&] {
    const Site site{function.file, &index, scope, index.FlowBefore(function.node)};
    return Query::Run(engine, [&](Query& query) { return FactsBuilder(query, site, function.node).Build(); });
  });
}

NodeId FindOverrideDecorator(Engine& engine, NodeRef class_def) {
  const ModuleIndex& index = *engine.program.Index(class_def.file);
  const Ast& ast = index.ast();
  const Site site{class_def.file, &index, index.ScopeAt(class_def.node), index.FlowBefore(class_def.node)};
  for (const NodeId decorator : ast.Get<grammar::ClassDefNode>(class_def.node).decorators()) {
    const NodeId expression = ast.Get<grammar::DecoratorNode>(decorator).expression();
    const EntitySet values = EvaluateAlone(engine, site, expression);
    for (const Entity& value : values) {
      if (value.kind == EntityKind::kFunction && value.special == SpecialForm::kOverride) return decorator;
    }
  }
  return NodeId::None();
}

const DecoratorEffect& EffectOf(Engine& engine, NodeRef function) {
  return engine.effects.Get(function, [&] { return ComputeEffect(engine, function); });
}

}  // namespace overt::classes
