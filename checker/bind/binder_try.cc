// try, except, else, finally.
//
// An exception may leave the body anywhere, so the handlers begin where the flows before the body and after each of its
// definitions join. A `finally` suite is walked once, entered by everything that passes through it; what comes after it
// begins at the normal end of the statement, with the suite's definitions written once more behind it.
#include <algorithm>

#include "checker/bind/binder.h"

namespace overt::bind {

using grammar::NodeKind;

namespace {
enum Stage : uint8_t { kBody, kHandlers, kInHandler, kElse, kFinally };

}  // namespace

// Whether `suite` cannot end normally without the definition: one of its own statements makes it, and always. A loop
// and a comprehension may run no time at all, a walrus may stand behind `and`, a pattern need not match, a handler (all
// that a `try` itself binds) need not run.
bool Binder::IsAlwaysMade(const Definition& definition, grammar::NodeList suite) const {
  switch (definition.kind) {
    case DefKind::kLoopTarget:
    case DefKind::kExceptionName:
    case DefKind::kCapture:
    case DefKind::kWalrus: return false;
    case DefKind::kImport:
    case DefKind::kImportAs:
    case DefKind::kImportFrom:
    case DefKind::kClass:
    case DefKind::kFunction:
    case DefKind::kAssignment:
    case DefKind::kUnpacking:
    case DefKind::kAnnotated:
    case DefKind::kDeclaration:
    case DefKind::kAugmented:
    case DefKind::kWithTarget:
    case DefKind::kDeletion:
    case DefKind::kParameter:
    case DefKind::kTypeParameter:
    case DefKind::kTypeAlias:
    case DefKind::kInstanceStore:
    case DefKind::kInstanceDeclaration:
    case DefKind::kClassStore: break;
  }
  return KindOf(definition.statement) != NodeKind::kTry &&
         std::find(suite.begin(), suite.end(), definition.statement) != suite.end();
}

void Binder::BeginTry(NodeId id) {
  const auto statement = ast_.Get<grammar::TryNode>(id);
  PushFrame(FrameKind::kTry, id);
  AddEdge(frames_.back().raises, flow_);
  exception_ = static_cast<int32_t>(frames_.size() - 1);
  if (!statement.final_body().empty()) finally_ = exception_;
  if (!statement.handlers().empty()) reach_ = Reach::kMaybe;
  flags_ |= ImportFlagOf(statement.handlers());
  OpenFrameSuite(flow_);
  PushSuite(statement.body());
}

void Binder::StepTry() {
  for (;;) {
    switch (static_cast<Stage>(frames_.back().stage)) {
      case kBody:
        EndTryBody();
        frames_.back().stage = kHandlers;
        break;
      case kHandlers: {
        if (BeginHandler()) return;
        const grammar::NodeList or_else = ast_.Get<grammar::TryNode>(frames_.back().node).or_else();
        frames_.back().stage = kElse;
        flow_ = frames_.back().start;
        OpenFrameSuite(flow_);
        if (!or_else.empty()) {
          PushSuite(or_else);
          return;
        }
        break;
      }
      case kInHandler:
        EndHandler();
        frames_.back().stage = kHandlers;
        break;
      case kElse:
        CloseFrameSuite();
        AddEdge(frames_.back().exits, flow_);
        if (BeginFinally()) return;
        flow_ = Join(frames_.back().exits);
        FinishFrame();
        return;
      case kFinally:
        EndFinally();
        FinishFrame();
        return;
    }
  }
}

void Binder::EndTryBody() {
  Frame& frame = frames_.back();
  const bool has_finally = !ast_.Get<grammar::TryNode>(frame.node).final_body().empty();
  CloseFrameSuite();
  flags_ = frame.flags;
  frame.start = flow_;  // of the `else` suite
  frame.pending = Join(frame.raises);
  frame.raises = EdgeList();
  if (has_finally) {
    AddEdge(frame.raises, frame.pending);
  } else {
    exception_ = frame.saved_exception;
    // No handler may fit.
    if (exception_ >= 0) AddEdge(frames_[static_cast<size_t>(exception_)].raises, frame.pending);
  }
}

bool Binder::BeginHandler() {
  const grammar::NodeList handlers = ast_.Get<grammar::TryNode>(frames_.back().node).handlers();
  if (frames_.back().index == handlers.size()) return false;
  const auto handler = ast_.Get<grammar::ExceptHandlerNode>(handlers[frames_.back().index++]);
  statement_ = frames_.back().node;
  frames_.back().stage = kInHandler;
  flow_ = frames_.back().pending;
  OpenFrameSuite(flow_);
  reach_ = Reach::kMaybe;
  if (!handler.type().present() || CatchesImportError(handler.type())) flags_ |= Definition::kImportFallback;
  if (handler.type().present()) Visit(handler.type());
  if (handler.name().present()) {
    Define(DefKind::kExceptionName, handler.name(), frames_.back().node, IdentifierName(handler.name()));
  }
  PushSuite(handler.body());
  return true;
}

// `except E as e` deletes `e` when the handler ends, also by a jump.
void Binder::DeleteExceptionName(NodeId statement, uint32_t handlers_begun) {
  if (flow_ == 0) return;
  const auto handler =
      ast_.Get<grammar::ExceptHandlerNode>(ast_.Get<grammar::TryNode>(statement).handlers()[handlers_begun - 1]);
  if (!handler.name().present()) return;
  Define(DefKind::kDeletion, handler.name(), statement, IdentifierName(handler.name()));
}

void Binder::LeaveHandlers(size_t outermost) {
  for (size_t i = frames_.size(); i-- > outermost;) {
    const Frame& frame = frames_[i];
    if (frame.kind == FrameKind::kTry && frame.stage == kInHandler) DeleteExceptionName(frame.node, frame.index);
  }
}

void Binder::EndHandler() {
  DeleteExceptionName(frames_.back().node, frames_.back().index);
  CloseFrameSuite();
  flags_ = frames_.back().flags;
  AddEdge(frames_.back().exits, flow_);
}

bool Binder::BeginFinally() {
  Frame& frame = frames_.back();
  const grammar::NodeList body = ast_.Get<grammar::TryNode>(frame.node).final_body();
  if (body.empty()) return false;
  frame.stage = kFinally;
  exception_ = frame.saved_exception;
  finally_ = frame.saved_finally;
  frame.pending = Join(frame.exits);  // the normal end
  AddEdge(frame.raises, frame.pending);
  flow_ = Join(frame.raises);
  frame.start = flow_;
  frame.first_flow = static_cast<uint32_t>(index_.flow_nodes_.size());
  reach_ = frame.reach;
  flags_ = frame.flags;
  // The suite itself may raise before it binds anything.
  if (exception_ >= 0) AddEdge(frames_[static_cast<size_t>(exception_)].raises, flow_);
  OpenFrameSuite(flow_);
  PushSuite(body);
  return true;
}

void Binder::EndFinally() {
  Frame& frame = frames_.back();
  CloseFrameSuite();
  const uint32_t end = flow_;
  const bool unchanged = end == frame.start;
  if (exception_ >= 0) AddEdge(frames_[static_cast<size_t>(exception_)].raises, end);
  // What jumped goes on from here, to the next `finally` or to its goal.
  if (unchanged || end != 0) {
    EdgeList breaks = frame.breaks, continues = frame.continues, returns = frame.returns;
    if (!unchanged) {
      if (breaks.count > 0) AddEdge(breaks = EdgeList(), end);
      if (continues.count > 0) AddEdge(continues = EdgeList(), end);
      if (returns.count > 0) AddEdge(returns = EdgeList(), end);
    }
    if (finally_ >= 0) {
      Frame& outer = frames_[static_cast<size_t>(finally_)];
      AddEdges(outer.raises, returns);
      AddEdges(outer.returns, returns);
    } else {
      AddEdges(returns_, returns);
    }
    if (loop_ >= 0) {
      Frame& outer = frames_[static_cast<size_t>(std::max(loop_, finally_))];
      const bool through = finally_ > loop_;
      AddEdges(through ? outer.breaks : outer.exits, breaks);
      AddEdges(through ? outer.continues : outer.back, continues);
      if (through) AddEdges(outer.raises, breaks), AddEdges(outer.raises, continues);
    }
  }
  flow_ = frame.pending;
  if (unchanged) return;
  if (end == 0) {
    flow_ = 0;
    return;
  }
  if (flow_ != 0) Replay(frame);
}

// The definitions of the `finally` suite once more, after the normal end of the statement.
void Binder::Replay(const Frame& frame) {
  const auto last = static_cast<uint32_t>(index_.flow_nodes_.size());
  const grammar::NodeList suite = ast_.Get<grammar::TryNode>(frame.node).final_body();
  for (uint32_t id = frame.first_flow; id < last; ++id) {
    const FlowNode node = index_.flow_nodes_[id];
    if (node.kind != FlowKind::kDefinition) continue;
    const Definition& definition = index_.definitions_[node.payload];
    // Copies that a suite within made are left out: copies of copies would double with each nesting. Until symbols are
    // made, `symbol` holds the scope that a definition binds in.
    if (definition.flow.raw != id || definition.symbol.raw != scope_.raw) continue;
    const uint32_t before = flow_;
    flow_ = NewFlow(FlowKind::kDefinition, flow_, node.payload);
    if (IsAlwaysMade(definition, suite)) continue;
    EdgeList both;
    AddEdge(both, before);
    AddEdge(both, flow_);
    flow_ = Join(both);
  }
}

uint8_t Binder::ImportFlagOf(grammar::NodeList handlers) const {
  for (const NodeId id : handlers) {
    const NodeId type = ast_.Get<grammar::ExceptHandlerNode>(id).type();
    if (!type.present() || CatchesImportError(type)) return Definition::kTryImport;
  }
  return 0;
}

// ImportError, its child and its parents, alone or in a tuple.
bool Binder::CatchesImportError(NodeId type) const {
  if (KindOf(type) == NodeKind::kTuple) {
    for (const NodeId element : ast_.Get<grammar::TupleNode>(type).elements()) {
      if (KindOf(element) != NodeKind::kTuple && CatchesImportError(element)) return true;
    }
    return false;
  }
  NameId name;
  if (KindOf(type) == NodeKind::kName) {
    name = ast_.Get<grammar::NameNode>(type).name();
  } else if (KindOf(type) == NodeKind::kAttribute) {
    name = ast_.Get<grammar::AttributeNode>(type).attribute();
  } else {
    return false;
  }
  const absl::string_view text = ast_.name(name);
  return text == "ImportError" || text == "ModuleNotFoundError" || text == "Exception" || text == "BaseException";
}

}  // namespace overt::bind
