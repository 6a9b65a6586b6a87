// `return`, `yield`, `await`, `break`, `:=` and their like: right or wrong by what stands around them.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grammar/verdict/tree_judge.h"

namespace overt::grammar {
namespace {

constexpr uint16_t kMaxBlocks = 20;

TextRange From(uint32_t begin, uint32_t end) { return {std::min(begin, end), end}; }

}  // namespace

bool TreeJudge::Holds(const Frame& frame, uint32_t at) {
  return frame.inner.begin <= at && at < frame.inner.end && !(frame.hole.begin <= at && at < frame.hole.end);
}

bool TreeJudge::IsScope(const Frame& frame) {
  switch (frame.kind) {
    case Frame::Kind::kFunction:
    case Frame::Kind::kLambda:
    case Frame::Kind::kClass:
    case Frame::Kind::kComprehension: return true;
    case Frame::Kind::kLoop:
    case Frame::Kind::kExceptStar:
    case Frame::Kind::kBlock: return false;
  }
  return false;
}

// The scope that a place belongs to; null for the module's.
TreeJudge::Frame* TreeJudge::ScopeAt(uint32_t at) {
  for (size_t i = frames_.size(); i-- > 0;) {
    if (IsScope(frames_[i]) && Holds(frames_[i], at)) return &frames_[i];
  }
  return nullptr;
}

TreeJudge::Frame& TreeJudge::Push(Frame::Kind kind, NodeId id, TextRange inner) {
  Frame frame;
  frame.kind = kind;
  frame.node = id;
  frame.range = ast_.range(id);
  frame.inner = inner;
  frames_.push_back(frame);
  return frames_.back();
}

// --- What opens frames
// ------------------------------------------------------------------------------------------------

void TreeJudge::EnterFunction(NodeId id) {
  const FunctionDefNode function(ast_, id);
  CheckDecorators(function.decorators(), ast_.node(id));
  CheckBody(function.body());
  CheckTypeParameters(function.type_parameters());
  uint32_t header_end = ast_.range(function.parameters()).end;
  if (function.returns().present()) {
    Defer(function.returns(), "an annotation", 14);
    if (KindOf(function.returns()) == NodeKind::kStarred) Doubt();
    header_end = ast_.range(function.returns()).end;
  }
  Frame& frame = Push(Frame::Kind::kFunction, id, From(header_end, ast_.range(id).end));
  frame.is_async = (function.flags() & NodeFlags::kAsync) != 0;
  frame.has_type_parameters = !function.type_parameters().empty();
  frame.header = {ast_.range(function.name()).end, header_end};
}

void TreeJudge::EnterClass(NodeId id) {
  const ClassDefNode definition(ast_, id);
  CheckDecorators(definition.decorators(), ast_.node(id));
  CheckBody(definition.body());
  CheckTypeParameters(definition.type_parameters());
  CheckArguments(definition.arguments(), ArgumentOwner::kClass);
  uint32_t header_end = ast_.range(definition.name()).end;
  if (!definition.type_parameters().empty()) header_end = ast_.range(definition.type_parameters().back()).end;
  if (!definition.arguments().empty()) header_end = ast_.range(definition.arguments().back()).end;
  Frame& frame = Push(Frame::Kind::kClass, id, From(header_end, ast_.range(id).end));
  frame.has_type_parameters = !definition.type_parameters().empty();
  frame.header = {ast_.range(definition.name()).end, header_end};
}

void TreeJudge::EnterLambda(NodeId id) {
  const LambdaNode lambda(ast_, id);
  const NodeList parameters = ParametersNode(ast_, lambda.parameters()).parameters();
  if (!parameters.empty() && CharacterBefore(ast_.range(parameters.front()).begin) == '(') Doubt();
  Push(Frame::Kind::kLambda, id, ast_.range(lambda.body()));
}

void TreeJudge::EnterComprehension(NodeId id, NodeList generators) {
  Frame& frame = Push(Frame::Kind::kComprehension, id, ast_.range(id));
  frame.is_generator_expression = KindOf(id) == NodeKind::kGeneratorExp;
  if (generators.empty()) return Doubt();
  frame.hole = ast_.range(ComprehensionNode(ast_, generators.front()).iterable());
  for (const NodeId clause : generators) {
    const bool is_async = (ast_.node(clause).flags & NodeFlags::kAsync) != 0;
    if (is_async) RequireAsync(ast_.range(clause).begin, ast_.range(clause));
  }
}

void TreeJudge::EnterBlock(NodeId id, TextRange inner, uint16_t weight) {
  uint16_t outer = 0;
  for (size_t i = frames_.size(); i-- > 0;) {
    if (!Holds(frames_[i], ast_.range(id).begin)) continue;
    if (!IsScope(frames_[i])) outer = frames_[i].blocks;
    break;
  }
  const bool is_loop = KindOf(id) == NodeKind::kFor || KindOf(id) == NodeKind::kWhile;
  Frame& frame = Push(is_loop ? Frame::Kind::kLoop : Frame::Kind::kBlock, id, inner);
  frame.blocks = static_cast<uint16_t>(outer + weight);
  if (outer <= kMaxBlocks && frame.blocks > kMaxBlocks) {
    Refuse({ast_.range(id).begin, inner.begin}, absl::StrCat("more than ", kMaxBlocks, " blocks are nested"), 0, 12);
  }
}

void TreeJudge::EnterFor(NodeId id) {
  const ForNode loop(ast_, id);
  const Node& node = ast_.node(id);
  CheckBody(loop.body());
  CheckBody(loop.or_else());
  CheckTarget(loop.target(), TargetUse::kAssign);
  CheckPlainValue(loop.iterable());
  if (Is(loop.iterable(), NodeKind::kTuple) && !IsParenthesised(loop.iterable())) {
    for (const NodeId element : TupleNode(ast_, loop.iterable()).elements()) {
      if (KindOf(element) == NodeKind::kStarred) Needs(9, ast_.range(element), "stars in the list of a `for`");
    }
  }
  if ((node.flags & NodeFlags::kAsync) != 0) CheckAsyncStatement(node, "async for");
  const uint32_t end = loop.body().empty() ? node.end : ast_.range(loop.body().back()).end;
  EnterBlock(id, From(ast_.range(loop.iterable()).end, end), 1);
}

void TreeJudge::EnterWhile(NodeId id) {
  const WhileNode loop(ast_, id);
  CheckBody(loop.body());
  CheckBody(loop.or_else());
  const uint32_t end = loop.body().empty() ? ast_.node(id).end : ast_.range(loop.body().back()).end;
  EnterBlock(id, From(ast_.range(loop.test()).end, end), 1);
}

void TreeJudge::EnterWith(NodeId id) {
  const WithNode with(ast_, id);
  const Node& node = ast_.node(id);
  CheckBody(with.body());
  CheckWith(id);
  if ((node.flags & NodeFlags::kAsync) != 0) CheckAsyncStatement(node, "async with");
  if (with.items().empty()) return Doubt();
  EnterBlock(id, From(ast_.range(with.items().back()).end, node.end), static_cast<uint16_t>(with.items().size()));
}

void TreeJudge::EnterTry(NodeId id) {
  const TryNode statement(ast_, id);
  const Node& node = ast_.node(id);
  CheckBody(statement.body());
  CheckBody(statement.or_else());
  CheckBody(statement.final_body());
  CheckTry(id);
  const uint16_t weight =
      static_cast<uint16_t>((statement.handlers().empty() ? 0 : 1) + (statement.final_body().empty() ? 0 : 1));
  EnterBlock(id, {node.begin, node.end}, weight);
  if ((node.flags & NodeFlags::kStar) == 0) return;
  for (const NodeId handler : statement.handlers()) {
    Frame& frame = Push(Frame::Kind::kExceptStar, id, ast_.range(handler));
    frame.blocks = frames_[frames_.size() - 2].blocks;
  }
}

// --- What looks at them
// -----------------------------------------------------------------------------------------------

bool TreeJudge::InsideExceptStar(uint32_t at) const {
  for (size_t i = frames_.size(); i-- > 0;) {
    if (!Holds(frames_[i], at)) continue;
    if (frames_[i].kind == Frame::Kind::kExceptStar) return true;
    if (IsScope(frames_[i])) return false;
  }
  return false;
}

void TreeJudge::CheckReturn(NodeId id) {
  const Node& node = ast_.node(id);
  const NodeId value = ReturnNode(ast_, id).value();
  if (value.present()) CheckPlainValue(value);
  Frame* scope = ScopeAt(node.begin);
  if (scope == nullptr || scope->kind != Frame::Kind::kFunction) {
    return Refuse({node.begin, node.begin + 6}, "`return` outside a function");
  }
  if (value.present()) scope->valued_return = {node.begin, node.end};
  if (InsideExceptStar(node.begin)) Refuse({node.begin, node.begin + 6}, "`return` cannot leave an `except*` block");
}

void TreeJudge::CheckJump(const Node& node, absl::string_view word) {
  for (size_t i = frames_.size(); i-- > 0;) {
    const Frame& frame = frames_[i];
    if (!Holds(frame, node.begin)) continue;
    if (frame.kind == Frame::Kind::kLoop) return;
    if (frame.kind == Frame::Kind::kExceptStar) {
      return Refuse({node.begin, node.end}, absl::StrCat("`", word, "` cannot leave an `except*` block"));
    }
    if (IsScope(frame)) break;
  }
  Refuse({node.begin, node.end}, absl::StrCat("`", word, "` outside a loop"));
}

void TreeJudge::Defer(NodeId part, const char* what, uint8_t first_minor) {
  switch (KindOf(part)) {
    case NodeKind::kName:
    case NodeKind::kString:
    case NodeKind::kNone: return;
    default: deferred_.push_back({ast_.range(part), what, first_minor});
  }
}

// Newer versions evaluate annotations and type parameters in a scope of their own, where nothing can be bound or
// awaited.
bool TreeJudge::CheckDeferred(TextRange range, absl::string_view what) {
  for (size_t i = deferred_.size(); i-- > 0;) {
    const Deferred& part = deferred_[i];
    if (!part.range.contains(range)) continue;
    // Within a lambda or comprehension of its own it is another matter.
    const Frame* scope = ScopeAt(range.begin);
    if (scope != nullptr && part.range.contains(scope->range)) break;
    const uint8_t first = part.first_minor == 14 && future_annotations_ ? uint8_t{10} : part.first_minor;
    Refuse(range, absl::StrCat(what, " cannot stand in ", part.what), first);
    return part.first_minor < 14;
  }
  for (size_t i = frames_.size(); i-- > 0;) {
    const Frame& frame = frames_[i];
    if (!frame.has_type_parameters || !frame.header.contains(range)) continue;
    const bool is_class = frame.kind == Frame::Kind::kClass;
    const Frame* scope = ScopeAt(range.begin);
    if (scope != nullptr && frame.range.contains(scope->range)) break;
    if (!is_class) break;
    Refuse(range, absl::StrCat(what, " cannot stand in the head of a generic class"), 12);
    return true;
  }
  return false;
}

void TreeJudge::CheckYield(NodeId id) {
  const Node& node = ast_.node(id);
  const bool is_from = node.kind == NodeKind::kYieldFrom;
  const std::string shown = is_from ? "`yield from`" : "`yield`";
  if ((node.flags & NodeFlags::kParenthesized) == 0) {
    const char before = CharacterBefore(node.begin);
    const bool plain = before == '\n' || before == '=' || before == ';' || before == ':' || before == '{';
    if (!plain) Doubt();
  }
  if (!is_from && YieldNode(ast_, id).value().present()) CheckPlainValue(YieldNode(ast_, id).value());
  if (CheckDeferred({node.begin, node.end}, shown)) return;
  Frame* scope = ScopeAt(node.begin);
  if (scope == nullptr || scope->kind == Frame::Kind::kClass) {
    return Refuse({node.begin, node.end}, absl::StrCat(shown, " outside a function"));
  }
  if (scope->kind == Frame::Kind::kComprehension) {
    return Refuse({node.begin, node.end}, absl::StrCat(shown, " inside a comprehension"));
  }
  scope->has_yield = true;
  if (is_from && scope->is_async) Refuse({node.begin, node.end}, "`yield from` inside an asynchronous function");
}

void TreeJudge::CheckAwait(NodeId id) {
  const Node& node = ast_.node(id);
  const NodeId operand = AwaitNode(ast_, id).value();
  switch (KindOf(operand)) {
    case NodeKind::kUnaryOp:
    case NodeKind::kBinaryOp:
    case NodeKind::kAwait:
      if (!IsParenthesised(operand)) Doubt();
      break;
    default: break;
  }
  const TextRange word{node.begin, node.begin + 5};
  if (CheckDeferred({node.begin, node.end}, "`await`")) return;
  const Frame* scope = ScopeAt(node.begin);
  if (scope == nullptr || scope->kind == Frame::Kind::kClass) return Refuse(word, "`await` outside a function");
  if (scope->kind == Frame::Kind::kComprehension) return RequireAsync(node.begin, word);
  if (!scope->is_async) Refuse(word, "`await` outside an asynchronous function");
}

// What is asynchronous in a comprehension makes the comprehension so; only generator expressions keep it to themselves.
void TreeJudge::RequireAsync(uint32_t at, TextRange range) {
  for (size_t i = frames_.size(); i-- > 0;) {
    const Frame& frame = frames_[i];
    if (!IsScope(frame) || !Holds(frame, at)) continue;
    if (frame.kind == Frame::Kind::kComprehension) {
      if (frame.is_generator_expression) return;
      at = frame.range.begin;
      continue;
    }
    if (frame.is_async) return;
    break;
  }
  Refuse(range, "asynchronous comprehension outside an asynchronous function");
}

void TreeJudge::CheckAsyncStatement(const Node& node, absl::string_view what) {
  const Frame* scope = ScopeAt(node.begin);
  if (scope != nullptr && scope->is_async) return;
  Refuse({node.begin, node.begin + 5}, absl::StrCat("`", what, "` outside an asynchronous function"));
}

NodeList TreeJudge::GeneratorsOf(NodeId comprehension) const {
  switch (KindOf(comprehension)) {
    case NodeKind::kListComp: return ListCompNode(ast_, comprehension).generators();
    case NodeKind::kSetComp: return SetCompNode(ast_, comprehension).generators();
    case NodeKind::kDictComp: return DictCompNode(ast_, comprehension).generators();
    default: return GeneratorExpNode(ast_, comprehension).generators();
  }
}

// A named expression in the comprehension itself, not in a scope within it. True if it is wrong.
bool TreeJudge::RefuseInComprehension(NodeId comprehension, TextRange range, NameId name) {
  absl::flat_hash_set<NameId> bound;
  for (const NodeId id : GeneratorsOf(comprehension)) {
    const ComprehensionNode clause(ast_, id);
    if (ast_.range(clause.iterable()).contains(range)) {
      Refuse(range, "a named expression cannot stand in the iterable of a comprehension");
      return true;
    }
    CollectTargets(clause.target(), bound);
  }
  if (!bound.contains(name)) return false;
  Refuse(range, absl::StrCat("`:=` cannot rebind `", NameOf(name), "`, which the comprehension iterates with"));
  return true;
}

void TreeJudge::CheckNamedExpr(NodeId id) {
  const Node& node = ast_.node(id);
  const NamedExprNode named(ast_, id);
  if (KindOf(named.target()) != NodeKind::kName || IsParenthesised(named.target())) return Doubt();
  if ((node.flags & NodeFlags::kParenthesized) == 0) {
    // `if x := …` and `while x := …`; whether it may stand elsewhere the recogniser knows.
    uint32_t at = node.begin;
    while (at > 0 && text_[at - 1] == ' ') --at;
    const uint32_t word_end = at;
    while (at > 0 && text_[at - 1] >= 'a' && text_[at - 1] <= 'z') --at;
    const absl::string_view word = text_.substr(at, word_end - at);
    const bool heads = (word == "if" || word == "elif" || word == "while") && ColumnOf(at) >= 0;
    if (!heads) Doubt();
  }
  const TextRange range{node.begin, node.end};
  if (CheckDeferred(range, "a named expression")) return;
  const NameId name = NameNode(ast_, named.target()).name();
  bool in_comprehension = false;
  for (size_t i = frames_.size(); i-- > 0;) {
    const Frame& frame = frames_[i];
    if (!IsScope(frame)) continue;
    const bool holds = Holds(frame, node.begin);
    if (frame.kind == Frame::Kind::kComprehension) {
      // The first iterable is evaluated outside, but counts as the comprehension's here.
      if (!holds && !frame.hole.contains(range)) continue;
      if (RefuseInComprehension(frame.node, range, name)) return;
      in_comprehension = true;
      continue;
    }
    if (!holds) continue;
    if (frame.kind == Frame::Kind::kClass && in_comprehension) {
      Refuse(range, "a named expression within a comprehension cannot stand in the body of a class");
    }
    return;
  }
}

}  // namespace overt::grammar
