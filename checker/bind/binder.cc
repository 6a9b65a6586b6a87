#include "checker/bind/binder.h"

#include <utility>

#include "checker/bind/guards.h"
#include "checker/bind/symbol_table.h"

namespace overt::bind {

using grammar::NodeFlags;
using grammar::NodeKind;
using grammar::NodeList;

Binder::Binder(grammar::Ast ast, const BindOptions& options, StaticNames guards)
    : ast_(index_.ast_), options_(index_.options_) {
  index_.ast_ = std::move(ast);
  index_.options_ = options;
  index_.static_names_ = std::move(guards);
}

ModuleIndex Binder::BindAgain(ModuleIndex first, StaticNames guards) {
  const BindOptions options = first.options_;
  return Binder(std::move(first.ast_), options, std::move(guards)).Run();
}

// Averages of real projects, so that growing is rare.
void Binder::Reserve() {
  const size_t nodes = ast_.node_count();
  index_.definitions_.reserve(nodes / 12 + 16);
  definition_names_.reserve(nodes / 12 + 16);
  index_.flow_nodes_.reserve(nodes / 10 + 16);
  index_.flow_points_.reserve(nodes / 14 + 16);
  index_.scopes_.reserve(nodes / 60 + 4);
  frames_.reserve(32);
}

ModuleIndex Binder::Run() && {
  Reserve();
  index_.flow_nodes_.push_back({FlowKind::kUnreachable});
  const NodeId root = ast_.root();
  OpenScope(ScopeKind::kModule, root, {0, UINT32_MAX});
  index_.flow_nodes_.push_back({FlowKind::kStart, true, 0, 0, 0});
  index_.flow_suites_.push_back({0, UINT32_MAX, 1, 0, UINT32_MAX});
  flow_ = 1;
  if (KindOf(root) == NodeKind::kModule) PushSuite(ast_.Get<grammar::ModuleNode>(root).body());
  while (!frames_.empty()) Step();
  index_.scope_ends_[0] = FlowId(flow_);
  index_.interface_hash_ = InterfaceHash();
  SymbolTableBuilder(index_, std::move(definition_names_), std::move(declarations_), std::move(candidates_),
                     receiver_rebound_)
      .Build();
  index_.ReadOpenMembers();
  return std::move(index_);
}

void Binder::Step() {
  switch (frames_.back().kind) {
    case FrameKind::kSuite: RunSuite(); return;
    case FrameKind::kIf: StepIf(); return;
    case FrameKind::kFor:
    case FrameKind::kWhile: StepLoop(); return;
    case FrameKind::kTry: StepTry(); return;
    case FrameKind::kWith: StepWith(); return;
    case FrameKind::kMatch: StepMatch(); return;
    case FrameKind::kClass: EndClass(); return;
    case FrameKind::kFunction: EndFunction(); return;
  }
}

void Binder::PushSuite(NodeList body) { frames_.emplace_back().list = body; }

void Binder::RunSuite() {
  const size_t depth = frames_.size();
  while (frames_.size() == depth) {
    Frame& frame = frames_.back();
    if (frame.index == frame.list.size()) {
      frames_.pop_back();
      return;
    }
    Statement(frame.list[frame.index++]);
  }
}

void Binder::Statement(NodeId id) {
  statement_ = id;
  const grammar::Node& node = ast_.node(id);
  if (flow_ != noted_flow_) {
    index_.flow_points_.push_back({node.begin, FlowId(flow_)});
    noted_flow_ = flow_;
  }
  switch (node.kind) {
    case NodeKind::kFunctionDef: BeginFunction(id); return;
    case NodeKind::kClassDef: BeginClass(id); return;
    case NodeKind::kExpressionStatement: ExpressionStatement(id); break;
    case NodeKind::kAssign: Assign(id); break;
    case NodeKind::kAnnAssign: AnnAssign(id); break;
    case NodeKind::kAugAssign: AugAssign(id); break;
    case NodeKind::kReturn: Return(id); return;
    case NodeKind::kRaise: Raise(id); return;
    case NodeKind::kIf: BeginIf(id); return;
    case NodeKind::kFor: BeginFor(id); return;
    case NodeKind::kWhile: BeginWhile(id); return;
    case NodeKind::kTry: BeginTry(id); return;
    case NodeKind::kWith: BeginWith(id); return;
    case NodeKind::kMatch: BeginMatch(id); return;
    case NodeKind::kImport: Import(id); break;
    case NodeKind::kImportFrom: ImportFrom(id); break;
    case NodeKind::kDelete: Delete(id); break;
    case NodeKind::kAssert: Assert(id); break;
    case NodeKind::kGlobal: Declare(ast_.Get<grammar::GlobalNode>(id).names(), Symbol::kGlobal); break;
    case NodeKind::kNonlocal: Declare(ast_.Get<grammar::NonlocalNode>(id).names(), Symbol::kNonlocal); break;
    case NodeKind::kTypeAlias: TypeAlias(id); break;
    case NodeKind::kBreak:
    case NodeKind::kContinue: Jump(id); return;
    case NodeKind::kErrorStatement: PushSuite(ast_.Get<grammar::ErrorStatementNode>(id).saved()); return;
    default: return;  // `pass`, and what damage put here
  }
  if (CurrentKind() == ScopeKind::kClass) {
    if (InFunction()) Observe(id);
    NoteNamespaceUses(id);
  }
}

void Binder::ExpressionStatement(NodeId id) {
  const NodeId value = ast_.Get<grammar::ExpressionStatementNode>(id).value();
  if (KindOf(value) == NodeKind::kCall) {
    if ((ast_.node(value).flags & NodeFlags::kBinds) == 0) NoteCall(value);
    if (scope_.raw == 0 && flow_ != 0) ExportCall(value);
  }
  Visit(value);
}

void Binder::Assign(NodeId id) {
  const auto assign = ast_.Get<grammar::AssignNode>(id);
  Visit(assign.value());
  for (const NodeId target : assign.targets()) {
    BindTarget(target, DefKind::kAssignment, id);
    if (IsAll(target)) AssignExports(assign.value());
  }
  if (!methods_.empty() && assign.targets().size() == 1) NoteCreated(assign.targets().front(), assign.value());
}

void Binder::AnnAssign(NodeId id) {
  const auto assign = ast_.Get<grammar::AnnAssignNode>(id);
  Visit(assign.annotation());
  const bool has_value = assign.value().present();
  if (has_value) Visit(assign.value());
  const NodeId target = assign.target();
  switch (KindOf(target)) {
    case NodeKind::kName:
      // `(x): int` annotates an expression and declares nothing.
      if (!has_value && (assign.flags() & NodeFlags::kParenthesized) != 0) return;
      Define(has_value ? DefKind::kAnnotated : DefKind::kDeclaration, target, id,
             ast_.Get<grammar::NameNode>(target).name());
      break;
    case NodeKind::kAttribute:
      BindAttribute(target, has_value ? DefKind::kAnnotated : DefKind::kDeclaration, id);
      break;
    default: BindTarget(target, DefKind::kAnnotated, id); break;
  }
  if (has_value && IsAll(target)) AssignExports(assign.value());
}

void Binder::AugAssign(NodeId id) {
  const auto assign = ast_.Get<grammar::AugAssignNode>(id);
  Visit(assign.value());
  BindTarget(assign.target(), DefKind::kAugmented, id);
  if (!IsAll(assign.target())) return;
  if (static_cast<grammar::BinaryOperator>(assign.small()) == grammar::BinaryOperator::kAdd) {
    AddExports(assign.value());
  } else {
    index_.exports_.all = Exports::All::kDynamic;
  }
}

void Binder::Delete(NodeId id) {
  for (const NodeId target : ast_.Get<grammar::DeleteNode>(id).targets()) {
    BindTarget(target, DefKind::kDeletion, id);
  }
}

void Binder::Return(NodeId id) {
  const NodeId value = ast_.Get<grammar::ReturnNode>(id).value();
  if (value.present()) {
    Visit(value);
    Observe(id);
  }
  if (CurrentKind() != ScopeKind::kFunction) return;  // a syntax error, reported as such
  if (finally_ >= 0) {
    Frame& through = frames_[static_cast<size_t>(finally_)];
    AddEdge(through.returns, flow_);
    AddEdge(through.raises, flow_);
  } else {
    AddEdge(returns_, flow_);
  }
  flow_ = 0;
}

void Binder::Raise(NodeId id) {
  const auto raise = ast_.Get<grammar::RaiseNode>(id);
  if (raise.exception().present()) Visit(raise.exception());
  if (raise.cause().present()) Visit(raise.cause());
  if (with_ > exception_) AddEdge(frames_[static_cast<size_t>(with_)].raises, flow_);
  flow_ = 0;
}

void Binder::Assert(NodeId id) {
  const auto assertion = ast_.Get<grammar::AssertNode>(id);
  Visit(assertion.test());
  if (assertion.message().present()) {
    // Evaluated only when the test fails, and then nothing comes after it.
    const uint32_t flow = flow_;
    const uint32_t suite = OpenSuite(flow);
    Visit(assertion.message());
    if (CloseSuite()) index_.flow_suites_[suite].after = flow;
    flow_ = flow;
  }
  const ConditionValue value = EvaluateCondition(ast_, assertion.test(), options_.target, &index_.static_names_);
  switch (value.truth) {
    case Truth::kTrue: break;
    case Truth::kFalse: flow_ = 0; break;
    case Truth::kUnknown: flow_ = Condition(assertion.test(), flow_, true); break;
  }
}

void Binder::Declare(NodeList names, uint8_t flag) {
  if (scope_.raw == 0) return;  // a syntax error for `nonlocal`, and no news for `global`
  for (const NodeId name : names) declarations_.push_back({scope_, IdentifierName(name), flag});
  // A class body runs where it stands: what it binds out there belongs to the flow around.
  if (CurrentKind() == ScopeKind::kClass) ++escapes_;
}

// Which names are guards shows when all of the file is bound. Few files have any.
ModuleIndex Bind(grammar::Ast ast, const BindOptions& options) {
  ModuleIndex index = Binder(std::move(ast), options, {}).Run();
  StaticNames guards = FindGuards(index);
  if (guards.all().empty()) return index;
  return Binder::BindAgain(std::move(index), std::move(guards));
}

}  // namespace overt::bind
