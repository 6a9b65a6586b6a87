// Flow nodes, and the statements that branch: if, for, while, match, with, and the jumps.
#include <algorithm>
#include <utility>

#include "checker/bind/binder.h"
#include "grammar/base/names.h"

namespace overt::bind {

using grammar::NodeKind;

uint32_t Binder::NewFlow(FlowKind kind, uint32_t antecedent, uint32_t payload) {
  if (antecedent == 0) return 0;
  index_.flow_nodes_.push_back({kind, true, 0, antecedent, payload});
  return static_cast<uint32_t>(index_.flow_nodes_.size() - 1);
}

uint32_t Binder::Condition(NodeId test, uint32_t antecedent, bool positive) {
  if (antecedent == 0) return 0;
  index_.flow_nodes_.push_back({FlowKind::kCondition, positive, 0, antecedent, test.raw});
  return static_cast<uint32_t>(index_.flow_nodes_.size() - 1);
}

void Binder::AddEdge(EdgeList& list, uint32_t flow) {
  if (flow == 0 || (list.count > 0 && edges_[list.head].flow == flow)) return;
  edges_.push_back({flow, list.head});
  list.head = static_cast<uint32_t>(edges_.size() - 1);
  ++list.count;
}

void Binder::AddEdges(EdgeList& list, const EdgeList& more) {
  for (uint32_t edge = more.head; edge != UINT32_MAX; edge = edges_[edge].next) AddEdge(list, edges_[edge].flow);
}

uint32_t Binder::Join(const EdgeList& list) {
  if (list.count == 0) return 0;
  if (list.count == 1) return edges_[list.head].flow;
  index_.flow_nodes_.push_back({FlowKind::kJoin});
  const auto node = static_cast<uint32_t>(index_.flow_nodes_.size() - 1);
  FillJoin(node, list);
  return node;
}

// Writes the antecedents of a join or loop node. What does not fit into one node's count goes into joins of their own.
void Binder::FillJoin(uint32_t node, const EdgeList& list) {
  std::vector<uint32_t>& out = index_.flow_lists_;
  size_t first = out.size();
  for (uint32_t edge = list.head; edge != UINT32_MAX; edge = edges_[edge].next) out.push_back(edges_[edge].flow);
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
  while (out.size() - first > UINT16_MAX) {
    const size_t end = out.size();
    std::vector<uint32_t> joins;
    for (size_t begin = first; begin < end; begin += UINT16_MAX) {
      FlowNode part{FlowKind::kJoin};
      part.count = static_cast<uint16_t>(std::min<size_t>(UINT16_MAX, end - begin));
      part.antecedent = static_cast<uint32_t>(begin);
      joins.push_back(static_cast<uint32_t>(index_.flow_nodes_.size()));
      index_.flow_nodes_.push_back(part);
    }
    first = out.size();
    out.insert(out.end(), joins.begin(), joins.end());
  }
  index_.flow_nodes_[node].antecedent = static_cast<uint32_t>(first);
  index_.flow_nodes_[node].count = static_cast<uint16_t>(out.size() - first);
}

uint32_t Binder::OpenSuite(uint32_t entry) {
  const auto begin = static_cast<uint32_t>(index_.flow_nodes_.size());
  index_.flow_suites_.push_back({begin, begin, entry, 0, suite_});
  suite_ = static_cast<uint32_t>(index_.flow_suites_.size() - 1);
  return suite_;
}

void Binder::OpenFrameSuite(uint32_t entry) {
  Frame& frame = frames_.back();
  const uint32_t suite = OpenSuite(entry);
  index_.flow_suites_[suite].after = frame.suites;
  frame.suites = suite;
}

// False if nothing was in it: then it is gone.
bool Binder::CloseSuite() {
  FlowSuite& suite = index_.flow_suites_[suite_];
  suite.end = static_cast<uint32_t>(index_.flow_nodes_.size());
  const bool keep = suite.begin != suite.end || suite_ + 1 != index_.flow_suites_.size();
  suite_ = suite.parent;
  if (!keep) index_.flow_suites_.pop_back();
  return keep;
}

void Binder::CloseFrameSuite() {
  const uint32_t earlier = index_.flow_suites_[suite_].after;
  if (!CloseSuite()) frames_.back().suites = earlier;
}

Frame& Binder::PushFrame(FrameKind kind, NodeId node) {
  Frame& frame = frames_.emplace_back();
  frame.kind = kind;
  frame.reach = reach_;
  frame.flags = flags_;
  frame.node = node;
  frame.before = flow_;
  frame.saved_loop = loop_;
  frame.saved_finally = finally_;
  frame.saved_exception = exception_;
  frame.saved_with = with_;
  return frame;
}

// The statement of the last frame is over; `flow_` is what comes after it.
void Binder::FinishFrame() {
  const Frame& frame = frames_.back();
  for (uint32_t suite = frame.suites; suite != UINT32_MAX;) {
    suite = std::exchange(index_.flow_suites_[suite].after, flow_);
  }
  reach_ = frame.reach;
  flags_ = frame.flags;
  frames_.pop_back();
}

Branch Binder::BranchOn(NodeId test) {
  const ConditionValue value = EvaluateCondition(ast_, test, options_.target, &index_.static_names_);
  const uint8_t taken = value.uses_type_checking ? Definition::kTypeCheckingOnly : 0;
  const uint8_t left_out = value.uses_type_checking ? Definition::kRunTimeOnly : 0;
  switch (value.truth) {
    case Truth::kTrue: return {flow_, 0, true, taken, left_out};
    case Truth::kFalse: return {0, flow_, true, left_out, taken};
    case Truth::kUnknown: break;
  }
  // Both before the suites: walks that leap over suites rely on it.
  const uint32_t if_true = Condition(test, flow_, true);
  return {if_true, Condition(test, flow_, false), false, 0, 0};
}

// --- if
// ---------------------------------------------------------------------------------------------------------------

void Binder::BeginIf(NodeId id) {
  Frame& frame = PushFrame(FrameKind::kIf, id);
  frame.pending = flow_;
  frame.rest_reach = reach_;
  frame.rest_flags = flags_;
}

// An arm has ended, or none has begun.
void Binder::StepIf() {
  statement_ = frames_.back().node;
  const grammar::NodeList branches = ast_.Get<grammar::IfNode>(frames_.back().node).branches();
  if (frames_.back().index > 0) {
    Frame& frame = frames_.back();
    CloseFrameSuite();
    if (frame.start != 0) {
      frame.changed |= flow_ != frame.start;
      AddEdge(frame.exits, flow_);
    }
    flow_ = frame.pending;
    reach_ = frame.rest_reach;
    flags_ = frame.rest_flags;
  }
  if (frames_.back().index == branches.size()) {
    Frame& frame = frames_.back();
    AddEdge(frame.exits, flow_);
    flow_ = frame.changed ? Join(frame.exits) : frame.before;
    FinishFrame();
    return;
  }
  const uint32_t position = frames_.back().index++;
  const auto branch = ast_.Get<grammar::IfBranchNode>(branches[position]);
  if (position > 0) OpenFrameSuite(flow_);
  Branch ways{flow_, 0, true, 0, 0};
  if (branch.test().present()) {
    const uint32_t tested = flow_;
    Visit(branch.test());
    if (position == 0) frames_.back().before = flow_;
    if (position > 0 && flow_ != tested) frames_.back().changed = true;
    ways = BranchOn(branch.test());
  }
  Frame& frame = frames_.back();
  if (!ways.known) reach_ = Reach::kMaybe;
  frame.rest_reach = reach_;
  frame.rest_flags = flags_ | ways.false_flags;
  flags_ |= ways.true_flags;
  frame.pending = ways.if_false;
  frame.start = flow_ = ways.if_true;
  if (position == 0) OpenFrameSuite(flow_);
  PushSuite(branch.body());
}

// --- loops
// ------------------------------------------------------------------------------------------------------------

void Binder::BeginFor(NodeId id) {
  const auto loop = ast_.Get<grammar::ForNode>(id);
  Visit(loop.iterable());
  Frame& frame = PushFrame(FrameKind::kFor, id);
  frame.start = NewFlow(FlowKind::kLoop, flow_, 0);
  frame.pending = frame.start;
  flow_ = frame.start;
  loop_ = static_cast<int32_t>(frames_.size() - 1);
  OpenFrameSuite(flow_);
  reach_ = Reach::kMaybe;
  BindTarget(loop.target(), DefKind::kLoopTarget, id);
  PushSuite(loop.body());
}

void Binder::BeginWhile(NodeId id) {
  const auto loop = ast_.Get<grammar::WhileNode>(id);
  Frame& frame = PushFrame(FrameKind::kWhile, id);
  frame.start = NewFlow(FlowKind::kLoop, flow_, 0);
  flow_ = frame.start;
  loop_ = static_cast<int32_t>(frames_.size() - 1);
  OpenFrameSuite(flow_);
  Visit(loop.test());
  const Branch ways = BranchOn(loop.test());
  reach_ = Reach::kMaybe;
  frames_.back().pending = ways.if_false;
  flow_ = ways.if_true;
  flags_ |= ways.true_flags;
  PushSuite(loop.body());
}

// The body has ended, or the `else` suite.
void Binder::StepLoop() {
  Frame& frame = frames_.back();
  CloseFrameSuite();
  if (frame.stage == 0) {
    frame.stage = 1;
    AddEdge(frame.back, flow_);
    if (frame.start != 0) {
      EdgeList antecedents;
      AddEdge(antecedents, frame.before);
      // Newest first, as everywhere: the list is turned when it is written.
      std::vector<uint32_t> back;
      for (uint32_t edge = frame.back.head; edge != UINT32_MAX; edge = edges_[edge].next) {
        back.push_back(edges_[edge].flow);
      }
      for (size_t i = back.size(); i-- > 0;) AddEdge(antecedents, back[i]);
      FillJoin(frame.start, antecedents);
    }
    loop_ = frame.saved_loop;
    flow_ = frame.pending;
    reach_ = Reach::kMaybe;
    flags_ = frame.flags;
    const grammar::NodeList or_else = frame.kind == FrameKind::kFor
                                          ? ast_.Get<grammar::ForNode>(frame.node).or_else()
                                          : ast_.Get<grammar::WhileNode>(frame.node).or_else();
    OpenFrameSuite(flow_);
    if (!or_else.empty()) {
      PushSuite(or_else);
      return;
    }
    CloseFrameSuite();
  }
  AddEdge(frame.exits, flow_);
  flow_ = Join(frame.exits);
  FinishFrame();
}

// `break` and `continue` go to the innermost loop, through a `finally` that stands between.
void Binder::Jump(NodeId id) {
  const bool is_break = KindOf(id) == NodeKind::kBreak;
  if (loop_ < 0) return;  // a syntax error, reported as such
  const auto goal = static_cast<size_t>(std::max(loop_, finally_));
  LeaveHandlers(goal);
  Frame& target = frames_[goal];
  if (finally_ > loop_) {
    AddEdge(is_break ? target.breaks : target.continues, flow_);
    AddEdge(target.raises, flow_);
  } else {
    AddEdge(is_break ? target.exits : target.back, flow_);
  }
  flow_ = 0;
}

// --- match
// ------------------------------------------------------------------------------------------------------------

void Binder::BeginMatch(NodeId id) {
  Visit(ast_.Get<grammar::MatchNode>(id).subject());
  PushFrame(FrameKind::kMatch, id).pending = flow_;
  reach_ = Reach::kMaybe;
}

// A case has ended, or none has begun.
void Binder::StepMatch() {
  statement_ = frames_.back().node;
  const grammar::NodeList cases = ast_.Get<grammar::MatchNode>(frames_.back().node).cases();
  if (frames_.back().index > 0) {
    CloseFrameSuite();
    AddEdge(frames_.back().exits, flow_);
    flow_ = frames_.back().pending;
  }
  if (frames_.back().index < cases.size()) {
    BeginCase(cases[frames_.back().index++]);
    return;
  }
  AddEdge(frames_.back().exits, flow_);
  flow_ = Join(frames_.back().exits);
  FinishFrame();
}

void Binder::BeginCase(NodeId id) {
  const auto arm = ast_.Get<grammar::MatchCaseNode>(id);
  OpenFrameSuite(flow_);
  const bool irrefutable = IsIrrefutable(arm.pattern());
  EdgeList misses;
  if (!irrefutable) AddEdge(misses, Condition(id, flow_, false));
  flow_ = irrefutable ? flow_ : Condition(id, flow_, true);
  BindPattern(arm.pattern(), frames_.back().node);
  if (arm.guard().present()) {
    Visit(arm.guard());
    const Branch ways = BranchOn(arm.guard());
    AddEdge(misses, ways.if_false);
    flow_ = ways.if_true;
  }
  frames_.back().pending = Join(misses);
  PushSuite(arm.body());
}

bool Binder::IsIrrefutable(NodeId pattern) const {
  for (;;) {
    if (KindOf(pattern) == NodeKind::kMatchAs) {
      const NodeId inner = ast_.Get<grammar::MatchAsNode>(pattern).pattern();
      if (!inner.present()) return true;
      pattern = inner;
    } else if (KindOf(pattern) == NodeKind::kMatchOr) {
      // Only the last alternative may match everything.
      const grammar::NodeList patterns = ast_.Get<grammar::MatchOrNode>(pattern).patterns();
      if (patterns.empty()) return false;
      pattern = patterns.back();
    } else {
      return false;
    }
  }
}

// --- with
// -------------------------------------------------------------------------------------------------------------

void Binder::BeginWith(NodeId id) {
  const auto with = ast_.Get<grammar::WithNode>(id);
  bool suppresses = false;
  uint8_t flag = 0;
  for (const NodeId item_id : with.items()) {
    const auto item = ast_.Get<grammar::WithItemNode>(item_id);
    Visit(item.context());
    flag |= SuppressionFlag(item.context(), &suppresses);
    if (item.target().present()) BindTarget(item.target(), DefKind::kWithTarget, id);
  }
  PushFrame(FrameKind::kWith, id);
  const auto index = static_cast<int32_t>(frames_.size() - 1);
  OpenFrameSuite(flow_);
  if (suppresses) {
    frames_.back().stage = 1;
    AddEdge(frames_.back().raises, flow_);
    exception_ = index;
    reach_ = Reach::kMaybe;
    flags_ |= flag;
  } else {
    with_ = index;
  }
  PushSuite(with.body());
}

// `contextlib.suppress(ImportError)` is a `try` whose handler does nothing.
uint8_t Binder::SuppressionFlag(NodeId context, bool* suppresses) const {
  if (KindOf(context) != NodeKind::kCall) return 0;
  const auto call = ast_.Get<grammar::CallNode>(context);
  NameId name;
  if (KindOf(call.callee()) == NodeKind::kName) {
    name = ast_.Get<grammar::NameNode>(call.callee()).name();
  } else if (KindOf(call.callee()) == NodeKind::kAttribute) {
    name = ast_.Get<grammar::AttributeNode>(call.callee()).attribute();
  } else {
    return 0;
  }
  if (ast_.name(name) != "suppress") return 0;
  *suppresses = true;
  for (const NodeId argument : call.arguments()) {
    if (CatchesImportError(argument)) return Definition::kTryImport;
  }
  return 0;
}

void Binder::StepWith() {
  Frame& frame = frames_.back();
  CloseFrameSuite();
  exception_ = frame.saved_exception;
  with_ = frame.saved_with;
  if (frame.stage == 1) {
    AddEdge(frame.raises, flow_);
    flow_ = Join(frame.raises);
    // Other exceptions pass.
    if (exception_ >= 0) AddEdge(frames_[static_cast<size_t>(exception_)].raises, flow_);
  } else if (flow_ == 0) {
    // `with pytest.raises(E): raise E`: any context manager may swallow what was raised in its body.
    flow_ = Join(frame.raises);
  }
  FinishFrame();
}

}  // namespace overt::bind
