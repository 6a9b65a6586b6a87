// Classes, functions, type parameters: what opens a scope among statements.
#include "checker/bind/binder.h"
#include "grammar/ast/definitions.h"
#include "grammar/base/names.h"

namespace overt::bind {

using grammar::NodeKind;
using grammar::NodeList;
namespace names = grammar::names;

// What stands in bytes [begin, end) is evaluated in the scope or in scopes within.
ScopeId Binder::OpenScope(ScopeKind kind, NodeId node, TextRange range) {
  const ScopeId id(static_cast<uint32_t>(index_.scopes_.size()));
  Scope& scope = index_.scopes_.emplace_back();
  scope.kind = kind;
  if (id.raw > 0) scope.parent = scope_;
  scope.node = node;
  index_.scope_ends_.emplace_back(0);
  if (range.begin < range.end) index_.extents_.push_back({range.begin, range.end, id, UINT32_MAX});
  return id;
}

ScopeId Binder::OpenBody(ScopeKind kind, NodeId node, NodeList body) {
  if (body.empty()) return OpenScope(kind, node, TextRange());
  return OpenScope(kind, node, {StatementBegin(body.front()), ast_.range(body.back()).end});
}

// With its decorators.
uint32_t Binder::StatementBegin(NodeId id) const { return WholeOf(ast_, id).begin; }

void Binder::EnterScope(ScopeId scope) {
  contexts_.push_back({scope_, flow_, suite_, reach_, flags_, loop_, finally_, exception_, with_, escapes_, returns_});
  scope_ = scope;
  reach_ = Reach::kAlways;
  flags_ &= Definition::kTypeCheckingOnly | Definition::kRunTimeOnly;
  loop_ = finally_ = exception_ = with_ = -1;
  returns_ = EdgeList();
}

// `flow_` is the flow around again, as it was.
void Binder::LeaveScope() {
  const ScopeContext& context = contexts_.back();
  index_.scope_ends_[scope_.raw] = FlowId(flow_);
  scope_ = context.scope;
  flow_ = context.flow;
  suite_ = context.suite;
  reach_ = context.reach;
  flags_ = context.flags;
  loop_ = context.loop;
  finally_ = context.finally;
  exception_ = context.exception;
  with_ = context.with;
  returns_ = context.returns;
  contexts_.pop_back();
}

// A body that runs when something calls it: its flow begins anew, unless nobody can ever get at the function.
void Binder::StartLater() {
  if (flow_ == 0) return;
  index_.flow_nodes_.push_back({FlowKind::kStart, true, 0, 0, scope_.raw});
  flow_ = static_cast<uint32_t>(index_.flow_nodes_.size() - 1);
}

void Binder::OpenTypeParameters(NodeId owner, NodeList parameters) {
  const TextRange range{ast_.range(parameters.front()).begin, ast_.range(owner).end};
  const ScopeId scope = OpenScope(ScopeKind::kTypeParameters, owner, range);
  EnterScope(scope);
  flow_ = NewFlow(FlowKind::kStart, flow_, scope.raw);
  for (const NodeId id : parameters) {
    NodeId identifier;
    NodeId bound;
    NodeId default_value;
    if (KindOf(id) == NodeKind::kTypeVarParameter) {
      const auto parameter = ast_.Get<grammar::TypeVarParameterNode>(id);
      identifier = parameter.name();
      bound = parameter.bound();
      default_value = parameter.default_value();
    } else if (KindOf(id) == NodeKind::kTypeVarTupleParameter) {
      const auto parameter = ast_.Get<grammar::TypeVarTupleParameterNode>(id);
      identifier = parameter.name();
      default_value = parameter.default_value();
    } else if (KindOf(id) == NodeKind::kParamSpecParameter) {
      const auto parameter = ast_.Get<grammar::ParamSpecParameterNode>(id);
      identifier = parameter.name();
      default_value = parameter.default_value();
    } else {
      continue;
    }
    DefineParameter(DefKind::kTypeParameter, id, owner, IdentifierName(identifier));
    if (bound.present()) Visit(bound);
    if (default_value.present()) Visit(default_value);
  }
}

void Binder::TypeAlias(NodeId id) {
  const auto alias = ast_.Get<grammar::TypeAliasNode>(id);
  const bool generic = !alias.type_parameters().empty();
  if (generic) OpenTypeParameters(id, alias.type_parameters());
  Visit(alias.value());
  if (generic) LeaveScope();
  Define(DefKind::kTypeAlias, id, id, IdentifierName(alias.name()));
}

void Binder::BeginClass(NodeId id) {
  const auto node = ast_.Get<grammar::ClassDefNode>(id);
  for (const NodeId decorator : node.decorators()) Visit(decorator);
  const bool generic = !node.type_parameters().empty();
  if (generic) OpenTypeParameters(id, node.type_parameters());
  VisitAll(node.arguments());
  PushFrame(FrameKind::kClass, id).stage = generic ? 1 : 0;
  if (InFunction()) ObserveHeader(id, node.body());
  const ScopeId scope = OpenBody(ScopeKind::kClass, id, node.body());
  index_.class_scopes_.push_back(scope);
  EnterScope(scope);
  flow_ = NewFlow(FlowKind::kStart, flow_, scope.raw);
  OpenFrameSuite(flow_);
  PushSuite(node.body());
}

void Binder::EndClass() {
  Frame& frame = frames_.back();
  const auto node = ast_.Get<grammar::ClassDefNode>(frame.node);
  CloseFrameSuite();
  const uint32_t body_end = flow_;
  // A body that binds nothing outside is left out of the flow around.
  const bool escaped = escapes_ != contexts_.back().escapes;
  LeaveScope();
  if (body_end == 0 || escaped) flow_ = body_end;
  if (frame.stage == 1) {
    const uint32_t flow = flow_;
    LeaveScope();
    if (flow == 0 || escaped) flow_ = flow;
  }
  Define(DefKind::kClass, frame.node, frame.node, IdentifierName(node.name()));
  frame.reach = reach_;
  frame.flags = flags_;
  FinishFrame();
}

void Binder::BeginFunction(NodeId id) {
  const auto node = ast_.Get<grammar::FunctionDefNode>(id);
  const ScopeId outer = scope_;
  for (const NodeId decorator : node.decorators()) Visit(decorator);
  const bool generic = !node.type_parameters().empty();
  DefineIn(outer, DefKind::kFunction, id, id, IdentifierName(node.name()));
  if (generic) OpenTypeParameters(id, node.type_parameters());
  Visit(node.parameters());
  if (node.returns().present()) Visit(node.returns());
  PushFrame(FrameKind::kFunction, id).stage = generic ? 1 : 0;
  // A method of a class that a function makes.
  if (InFunction() && index_.scopes_[outer.raw].kind == ScopeKind::kClass) ObserveHeader(id, node.body());
  const ScopeId scope = OpenBody(ScopeKind::kFunction, id, node.body());
  EnterScope(scope);
  StartLater();
  OpenFrameSuite(flow_);
  ++function_depth_;
  NoteMethod(id, outer);
  BindParameters(node.parameters(), id);
  PushSuite(node.body());
}

void Binder::EndFunction() {
  Frame& frame = frames_.back();
  AddEdge(returns_, flow_);
  flow_ = Join(returns_);
  CloseFrameSuite();
  while (!methods_.empty() && methods_.back().scope == scope_) methods_.pop_back();
  --function_depth_;
  LeaveScope();
  if (frame.stage == 1) LeaveScope();
  frame.reach = reach_;
  frame.flags = flags_;
  FinishFrame();
}

void Binder::BindParameters(NodeId parameters, NodeId statement) {
  for (const NodeId id : ast_.Get<grammar::ParametersNode>(parameters).parameters()) {
    if (KindOf(id) != NodeKind::kParameter) continue;
    DefineParameter(DefKind::kParameter, id, statement, ast_.Get<grammar::ParameterNode>(id).name());
  }
}

// Remembers whose attributes `self.x = …` sets in the function just opened and in the functions within.
void Binder::NoteMethod(NodeId function, ScopeId class_scope) {
  const auto node = ast_.Get<grammar::FunctionDefNode>(function);
  const NodeList parameters = ast_.Get<grammar::ParametersNode>(node.parameters()).parameters();
  NameId receiver;
  if (index_.scopes_[class_scope.raw].kind == ScopeKind::kClass && !parameters.empty() &&
      KindOf(parameters.front()) == NodeKind::kParameter) {
    const auto first = ast_.Get<grammar::ParameterNode>(parameters.front());
    const auto kind = static_cast<grammar::ParameterKind>(first.small());
    const NameId name = IdentifierName(node.name());
    bool is_static = false;
    bool is_class = name == names::kNew || name == names::kInitSubclass || name == names::kClassGetItem;
    for (const NodeId id : node.decorators()) {
      const NodeId expression = ast_.Get<grammar::DecoratorNode>(id).expression();
      NameId decorator;
      if (KindOf(expression) == NodeKind::kName) {
        decorator = ast_.Get<grammar::NameNode>(expression).name();
      } else if (KindOf(expression) == NodeKind::kAttribute) {
        decorator = ast_.Get<grammar::AttributeNode>(expression).attribute();
      } else {
        continue;
      }
      is_static |= decorator == names::kStaticMethod || ast_.name(decorator) == "abstractstaticmethod";
      is_class |= decorator == names::kClassMethod || ast_.name(decorator) == "abstractclassmethod";
    }
    if (!is_static &&
        (kind == grammar::ParameterKind::kPositionalOnly || kind == grammar::ParameterKind::kPositionalOrKeyword)) {
      receiver = first.name();
      const DefKind store = is_class ? DefKind::kClassStore : DefKind::kInstanceStore;
      methods_.push_back({scope_, class_scope, receiver, store, is_class, {}});
    }
  }
  if (!methods_.empty()) NoteShadows(node.parameters(), receiver);
}

// A parameter that hides the receiver of a method around: stores through it are nobody's.
void Binder::NoteShadows(NodeId parameters, NameId receiver) {
  const size_t around = methods_.size();
  for (const NodeId id : ast_.Get<grammar::ParametersNode>(parameters).parameters()) {
    if (KindOf(id) != NodeKind::kParameter) continue;
    const NameId name = ast_.Get<grammar::ParameterNode>(id).name();
    if (name == receiver) continue;
    for (size_t i = 0; i < around; ++i) {
      if (methods_[i].receiver != name) continue;
      methods_.push_back({scope_, ScopeId::None(), name, DefKind::kInstanceStore, false, {}});
      break;
    }
  }
}

ScopeId Binder::InstanceScope(ScopeId class_scope) {
  if (const ScopeId known = index_.scopes_[class_scope.raw].instance; known.present()) return known;
  const ScopeId id(static_cast<uint32_t>(index_.scopes_.size()));
  Scope& scope = index_.scopes_.emplace_back();
  scope.kind = ScopeKind::kInstance;
  scope.parent = class_scope;
  scope.node = index_.scopes_[class_scope.raw].node;
  index_.scope_ends_.emplace_back(0);
  index_.scopes_[class_scope.raw].instance = id;
  return id;
}

}  // namespace overt::bind
