// The parts of expressions that bind names or open scopes: walrus, lambda, comprehension; and patterns.
#include <algorithm>
#include <utility>

#include "checker/bind/binder.h"
#include "grammar/base/names.h"

namespace overt::bind {

using grammar::NodeFlags;
using grammar::NodeKind;
using grammar::NodeList;

namespace {

bool IsComprehension(NodeKind kind) {
  return kind == NodeKind::kListComp || kind == NodeKind::kSetComp || kind == NodeKind::kDictComp ||
         kind == NodeKind::kGeneratorExp;
}

// All four have the same fields.
NodeId ElementOf(const grammar::Ast& ast, NodeId id) { return NodeId(ast.words()[ast.node(id).data]); }
NodeList GeneratorsOf(const grammar::Ast& ast, NodeId id) {
  const uint32_t* words = ast.words() + ast.node(id).data;
  return NodeList(ast.words() + words[1], words[2]);
}

}  // namespace

void Binder::Visit(NodeId expression) {
  if ((ast_.node(expression).flags & NodeFlags::kBinds) == 0) return;
  const size_t base = tasks_.size();
  PushVisit(expression);
  RunTasks(base);
}

void Binder::VisitAll(NodeList list) {
  for (const NodeId id : list) Visit(id);
}

void Binder::PushVisit(NodeId id) {
  if ((ast_.node(id).flags & NodeFlags::kBinds) == 0) return;
  ExpressionTask& task = tasks_.emplace_back();
  task.node = id;
}

void Binder::RunTasks(size_t base) {
  using Op = ExpressionTask::Op;
  while (tasks_.size() > base) {
    const ExpressionTask task = tasks_.back();
    tasks_.pop_back();
    switch (task.op) {
      case Op::kVisit: VisitNode(task.node); break;
      case Op::kWalrus: BindWalrus(task.node); break;
      case Op::kBeginLambda: BeginLambda(task.node); break;
      case Op::kEndLambda:
        CloseSuite();
        LeaveScope();
        break;
      case Op::kBeginComprehension: BeginComprehension(task.node); break;
      case Op::kComprehensionTarget:
        BindTarget(ast_.Get<grammar::ComprehensionNode>(task.node).target(), DefKind::kLoopTarget, statement_);
        break;
      case Op::kEndComprehension: EndComprehension(); break;
      case Op::kOperand: StepOperand(task); break;
      case Op::kChoice: StepChoice(task); break;
      case Op::kPattern: StepPattern(task.node); break;
      case Op::kAlternative: StepAlternative(task); break;
    }
  }
}

void Binder::VisitNode(NodeId id) {
  using Op = ExpressionTask::Op;
  const NodeKind kind = KindOf(id);
  const auto push = [&](Op op) {
    ExpressionTask& task = tasks_.emplace_back();
    task.op = op;
    task.node = id;
  };
  switch (kind) {
    case NodeKind::kNamedExpr:
      push(Op::kWalrus);
      PushVisit(ast_.Get<grammar::NamedExprNode>(id).value());
      return;
    case NodeKind::kLambda:
      push(Op::kBeginLambda);
      PushVisit(ast_.Get<grammar::LambdaNode>(id).parameters());
      return;
    case NodeKind::kBoolOp: push(Op::kOperand); return;
    case NodeKind::kIfExp: push(Op::kChoice); return;
    case NodeKind::kCall: NoteCall(id); break;
    case NodeKind::kYield:
    case NodeKind::kYieldFrom:
      index_.scopes_[scope_.raw].flags |= Scope::kGenerator;
      if (InFunction()) Observe(id);
      break;
    case NodeKind::kErrorExpression: {
      // Classes and functions that were saved from the damage run as if they stood after the statement.
      PushSuite(ast_.Get<grammar::ErrorExpressionNode>(id).saved());
      return;
    }
    default:
      if (!IsComprehension(kind)) break;
      push(Op::kBeginComprehension);
      if (const NodeList generators = GeneratorsOf(ast_, id); !generators.empty()) {
        PushVisit(ast_.Get<grammar::ComprehensionNode>(generators.front()).iterable());
      }
      return;
  }
  PushChildren(id);
}

void Binder::PushChildren(NodeId id) {
  const size_t first = tasks_.size();
  ast_.ForEachChild(id, [&](NodeId child) { PushVisit(child); });
  std::reverse(tasks_.begin() + static_cast<std::ptrdiff_t>(first), tasks_.end());
}

// `(x := value)` binds in the function around all comprehensions.
void Binder::BindWalrus(NodeId id) {
  const NodeId target = ast_.Get<grammar::NamedExprNode>(id).target();
  if (KindOf(target) != NodeKind::kName) return;
  ScopeId scope = scope_;
  while (index_.scopes_[scope.raw].kind == ScopeKind::kComprehension ||
         index_.scopes_[scope.raw].kind == ScopeKind::kTypeParameters) {
    scope = index_.scopes_[scope.raw].parent;
  }
  const DefId made = DefineIn(scope, DefKind::kWalrus, target, statement_, ast_.Get<grammar::NameNode>(target).name());
  if (scope != scope_) {
    index_.definitions_[made.raw].flags |= Definition::kFromInner;
    ++escapes_;
  }
}

void Binder::BeginLambda(NodeId id) {
  const auto lambda = ast_.Get<grammar::LambdaNode>(id);
  EnterScope(OpenScope(ScopeKind::kLambda, id, ast_.range(lambda.body())));
  StartLater();
  OpenSuite(flow_);
  BindParameters(lambda.parameters(), statement_);
  ExpressionTask& end = tasks_.emplace_back();
  end.op = ExpressionTask::Op::kEndLambda;
  PushVisit(lambda.body());
}

// The first iterable has been visited in the scope around.
void Binder::BeginComprehension(NodeId id) {
  const ScopeId scope = OpenScope(ScopeKind::kComprehension, id, ast_.range(id));
  EnterScope(scope);
  flow_ = NewFlow(FlowKind::kStart, flow_, scope.raw);
  OpenSuite(flow_);
  tasks_.emplace_back().op = ExpressionTask::Op::kEndComprehension;
  const size_t first = tasks_.size();
  for (const NodeId generator_id : GeneratorsOf(ast_, id)) {
    const auto generator = ast_.Get<grammar::ComprehensionNode>(generator_id);
    if (tasks_.size() > first) PushVisit(generator.iterable());
    ExpressionTask& target = tasks_.emplace_back();
    target.op = ExpressionTask::Op::kComprehensionTarget;
    target.node = generator_id;
    for (const NodeId condition : generator.conditions()) PushVisit(condition);
  }
  const NodeId element = ElementOf(ast_, id);
  if (KindOf(element) == NodeKind::kCall && (ast_.node(element).flags & NodeFlags::kBinds) == 0) NoteCall(element);
  PushVisit(element);
  std::reverse(tasks_.begin() + static_cast<std::ptrdiff_t>(first), tasks_.end());
}

void Binder::EndComprehension() {
  const uint32_t end = flow_;
  const uint32_t suite = suite_;
  const bool escaped = escapes_ != contexts_.back().escapes;
  const bool kept = CloseSuite();
  LeaveScope();
  if (escaped) {
    // The loop may run no time at all.
    EdgeList ways;
    AddEdge(ways, flow_);
    AddEdge(ways, end);
    flow_ = Join(ways);
    // What follows in the statement may raise, with the names bound.
    if (exception_ >= 0) AddEdge(frames_[static_cast<size_t>(exception_)].raises, flow_);
  }
  if (kept) index_.flow_suites_[suite].after = flow_;
}

void Binder::OpenTaskSuite(ExpressionTask& task) {
  const uint32_t suite = OpenSuite(flow_);
  index_.flow_suites_[suite].after = task.suites;
  task.suites = suite;
}

void Binder::CloseTaskSuite(ExpressionTask& task) {
  const uint32_t earlier = index_.flow_suites_[suite_].after;
  if (!CloseSuite()) task.suites = earlier;
}

// All parts of the expression have been visited.
void Binder::FinishTask(const ExpressionTask& task) {
  flow_ = Join(task.exits);
  reach_ = task.reach;
  for (uint32_t suite = task.suites; suite != UINT32_MAX;) {
    suite = std::exchange(index_.flow_suites_[suite].after, flow_);
  }
}

// `a and (b := c)`: what comes after the first operand may be left out.
void Binder::StepOperand(ExpressionTask task) {
  const NodeList values = ast_.Get<grammar::BoolOpNode>(task.node).values();
  const uint32_t position = task.index++;
  if (position == 0) task.reach = reach_;
  if (position > 0) AddEdge(task.exits, flow_);
  if (position == values.size()) {
    if (position > 1) CloseTaskSuite(task);
    FinishTask(task);
    return;
  }
  if (position == 1) {
    OpenTaskSuite(task);
    reach_ = Reach::kMaybe;
  }
  tasks_.push_back(task);
  PushVisit(values[position]);
}

void Binder::StepChoice(ExpressionTask task) {
  const auto choice = ast_.Get<grammar::IfExpNode>(task.node);
  switch (task.index++) {
    case 0:
      tasks_.push_back(task);
      PushVisit(choice.test());
      return;
    case 1:
      task.reach = reach_;
      task.flow = flow_;
      reach_ = Reach::kMaybe;
      OpenTaskSuite(task);
      tasks_.push_back(task);
      PushVisit(choice.body());
      return;
    case 2:
      CloseTaskSuite(task);
      AddEdge(task.exits, flow_);
      flow_ = task.flow;
      OpenTaskSuite(task);
      tasks_.push_back(task);
      PushVisit(choice.or_else());
      return;
    default: break;
  }
  CloseTaskSuite(task);
  AddEdge(task.exits, flow_);
  FinishTask(task);
}

// --- Patterns
// ---------------------------------------------------------------------------------------------------------

void Binder::BindPattern(NodeId pattern, NodeId statement) {
  statement_ = statement;
  const size_t base = tasks_.size();
  ExpressionTask& task = tasks_.emplace_back();
  task.op = ExpressionTask::Op::kPattern;
  task.node = pattern;
  RunTasks(base);
}

void Binder::StepPattern(NodeId pattern) {
  const auto capture = [&](NodeId identifier) {
    if (identifier.present()) Define(DefKind::kCapture, identifier, statement_, IdentifierName(identifier));
  };
  const size_t first = tasks_.size();
  const auto push = [&](NodeId inner) {
    ExpressionTask& task = tasks_.emplace_back();
    task.op = ExpressionTask::Op::kPattern;
    task.node = inner;
  };
  switch (KindOf(pattern)) {
    case NodeKind::kMatchAs: {
      const auto as = ast_.Get<grammar::MatchAsNode>(pattern);
      capture(as.name());
      if (as.pattern().present()) push(as.pattern());
      break;
    }
    case NodeKind::kMatchStar: capture(ast_.Get<grammar::MatchStarNode>(pattern).name()); break;
    case NodeKind::kMatchSequence:
      for (const NodeId inner : ast_.Get<grammar::MatchSequenceNode>(pattern).patterns()) push(inner);
      break;
    case NodeKind::kMatchMapping: {
      const auto mapping = ast_.Get<grammar::MatchMappingNode>(pattern);
      for (const NodeId item : mapping.items()) {
        push(ast_.Get<grammar::MatchMappingItemNode>(item).pattern());
      }
      capture(mapping.rest());
      break;
    }
    case NodeKind::kMatchClass:
      for (const NodeId inner : ast_.Get<grammar::MatchClassNode>(pattern).patterns()) push(inner);
      break;
    case NodeKind::kMatchKeyword: push(ast_.Get<grammar::MatchKeywordNode>(pattern).pattern()); break;
    case NodeKind::kMatchOr: {
      ExpressionTask& task = tasks_.emplace_back();
      task.op = ExpressionTask::Op::kAlternative;
      task.node = pattern;
      break;
    }
    default: break;  // values bind nothing
  }
  std::reverse(tasks_.begin() + static_cast<std::ptrdiff_t>(first), tasks_.end());
}

// `case A(x) | B(x)`: each alternative binds the same names.
void Binder::StepAlternative(ExpressionTask task) {
  const NodeList patterns = ast_.Get<grammar::MatchOrNode>(task.node).patterns();
  const uint32_t position = task.index++;
  if (position == 0) {
    task.reach = reach_;
    task.flow = flow_;
  } else {
    CloseTaskSuite(task);
    AddEdge(task.exits, flow_);
    flow_ = task.flow;
  }
  if (position == patterns.size()) {
    FinishTask(task);
    return;
  }
  OpenTaskSuite(task);
  tasks_.push_back(task);
  ExpressionTask& inner = tasks_.emplace_back();
  inner.op = ExpressionTask::Op::kPattern;
  inner.node = patterns[position];
}

}  // namespace overt::bind
