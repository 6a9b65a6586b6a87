// Expressions and the pieces of type expressions that the grammar treats apart.
#include "absl/container/inlined_vector.h"
#include "grammar/lower/lowering.h"

namespace overt::grammar {
namespace {

constexpr uint16_t kNoOperator = UINT16_MAX;

uint16_t BinaryOperatorOf(SyntaxKind token) {
  switch (token) {
    case SyntaxKind::kTokenPlus: return static_cast<uint16_t>(BinaryOperator::kAdd);
    case SyntaxKind::kTokenMinus: return static_cast<uint16_t>(BinaryOperator::kSub);
    case SyntaxKind::kTokenStar: return static_cast<uint16_t>(BinaryOperator::kMult);
    case SyntaxKind::kTokenAt: return static_cast<uint16_t>(BinaryOperator::kMatMult);
    case SyntaxKind::kTokenSlash: return static_cast<uint16_t>(BinaryOperator::kDiv);
    case SyntaxKind::kTokenDoubleSlash: return static_cast<uint16_t>(BinaryOperator::kFloorDiv);
    case SyntaxKind::kTokenPercent: return static_cast<uint16_t>(BinaryOperator::kMod);
    case SyntaxKind::kTokenDoubleStar: return static_cast<uint16_t>(BinaryOperator::kPow);
    case SyntaxKind::kTokenLeftShift: return static_cast<uint16_t>(BinaryOperator::kLeftShift);
    case SyntaxKind::kTokenRightShift: return static_cast<uint16_t>(BinaryOperator::kRightShift);
    case SyntaxKind::kTokenBitOr: return static_cast<uint16_t>(BinaryOperator::kBitOr);
    case SyntaxKind::kTokenBitXor: return static_cast<uint16_t>(BinaryOperator::kBitXor);
    case SyntaxKind::kTokenBitAnd: return static_cast<uint16_t>(BinaryOperator::kBitAnd);
    default: return kNoOperator;
  }
}

uint16_t CompareOperatorOf(SyntaxKind token) {
  switch (token) {
    case SyntaxKind::kTokenEqualEqual: return static_cast<uint16_t>(CompareOperator::kEq);
    case SyntaxKind::kTokenNotEqual:
    case SyntaxKind::kTokenOldNotEqual: return static_cast<uint16_t>(CompareOperator::kNotEq);
    case SyntaxKind::kTokenLess: return static_cast<uint16_t>(CompareOperator::kLt);
    case SyntaxKind::kTokenLessEqual: return static_cast<uint16_t>(CompareOperator::kLtE);
    case SyntaxKind::kTokenGreater: return static_cast<uint16_t>(CompareOperator::kGt);
    case SyntaxKind::kTokenGreaterEqual: return static_cast<uint16_t>(CompareOperator::kGtE);
    case SyntaxKind::kTokenIs: return static_cast<uint16_t>(CompareOperator::kIs);
    case SyntaxKind::kTokenIsNot: return static_cast<uint16_t>(CompareOperator::kIsNot);
    case SyntaxKind::kTokenIn: return static_cast<uint16_t>(CompareOperator::kIn);
    case SyntaxKind::kTokenNotIn: return static_cast<uint16_t>(CompareOperator::kNotIn);
    default: return kNoOperator;
  }
}

UnaryOperator UnaryOperatorOf(SyntaxKind token) {
  if (token == SyntaxKind::kTokenMinus) return UnaryOperator::kMinus;
  return token == SyntaxKind::kTokenPlus ? UnaryOperator::kPlus : UnaryOperator::kInvert;
}

}  // namespace

void Lowering::OnKeep(Items in, Item& out) { Keep(in, out); }

void Lowering::OnKeepOperands(Items in, Item& out) {
  size_t count = 0;
  for (size_t i = 0; i < in.size(); ++i) {
    if (IsToken(in[i])) continue;
    if (count != i) in[count] = in[i];
    ++count;
  }
  Keep(in.first(count), out);
}

// `(a, b)` and `[a, b]`, where they are assigned to or matched. One in another becomes a node at once: however deep
// they nest, nobody descends into them later. `(a)` is `a`.
void Lowering::OnSequencePattern(Items in, Item& out) {
  size_t count = 0;
  bool has_comma = false;
  for (size_t i = 0; i < in.size(); ++i) {
    has_comma |= in[i].kind == SyntaxKind::kTokenComma;
    if (IsToken(in[i])) continue;
    const bool waits =
        !in[i].node.present() && (in[i].kind == SyntaxKind::kTuplePattern || in[i].kind == SyntaxKind::kListPattern);
    if (count != i) in[count] = in[i];
    if (waits) {
      in[count].node = Expr(in[i]);
      in[count].kept_count = 0;
    }
    ++count;
  }
  if (out.kind == SyntaxKind::kTuplePattern && count == 1 && !has_comma) {
    const Item only = in.front();
    if (only.kind == SyntaxKind::kCasePattern) {
      PassThrough(only, out);
      return;
    }
    out.node = Expr(only);
    out.kind = only.kind;
    out.begin = only.begin;
    out.end = only.end;
    b_.mutable_node(out.node).flags |= NodeFlags::kParenthesized;
    return;
  }
  Keep(in.first(count), out);
}

void Lowering::OnOnlyChild(Items in, Item& out) {
  const Item* child = FirstOperand(in);
  if (child != nullptr) PassThrough(*child, out);
}

void Lowering::OnParenthesized(Items in, Item& out) {
  const Item* child = FirstOperand(in);
  if (child == nullptr) {
    out.node = Missing(out.begin);
    return;
  }
  const bool is_with_item = !child->node.present() && child->kind == SyntaxKind::kAsPattern;
  if (is_with_item) {
    Item only[] = {*child};
    Keep(absl::MakeSpan(only), out);
    return;
  }
  out.node = Expr(*child);
  b_.mutable_node(out.node).flags |= NodeFlags::kParenthesized;
}

void Lowering::OnNamedExpression(Items in, Item& out) {
  if (in.size() < 3) return;
  const NodeId target = Expr(in[0]);
  const NodeId value = Expr(in[2]);
  out.binds = NodeFlags::kBinds;
  out.node = b_.Add(NodeKind::kNamedExpr, out.range(), {target.raw, value.raw});
}

void Lowering::OnNot(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  const NodeId value = operand == nullptr ? Missing(out.end) : Expr(*operand);
  out.node = b_.Leaf(NodeKind::kUnaryOp, out.range(), value.raw, static_cast<uint16_t>(UnaryOperator::kNot));
}

void Lowering::OnUnary(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  const NodeId value = operand == nullptr ? Missing(out.end) : Expr(*operand);
  out.node =
      b_.Leaf(NodeKind::kUnaryOp, out.range(), value.raw, static_cast<uint16_t>(UnaryOperatorOf(in.front().kind)));
}

// `a and b and c` nests to the left; its operands wait in order, so that the whole becomes one node. While an item of
// this kind waits, `is_missing` says that the operator is `or`.
void Lowering::OnBoolean(Items in, Item& out) {
  if (in.size() < 3) return;
  const bool is_or = in[1].kind == SyntaxKind::kTokenOr;
  const Item& left = in[0];
  Item right = in[2];
  right.node = Expr(in[2]);
  right.kept_count = 0;
  out.is_missing = is_or;
  const bool goes_on = left.kind == SyntaxKind::kBooleanOperator && !left.node.present() && left.is_missing == is_or;
  if (goes_on) {
    kept_.resize(left.kept_first + left.kept_count);
    kept_.push_back(right);
    out.kept_first = left.kept_first;
    out.kept_count = left.kept_count + 1;
    return;
  }
  Item first = left;
  first.node = Expr(left);
  first.kept_count = 0;
  Item operands[] = {first, right};
  Keep(absl::MakeSpan(operands), out);
}

void Lowering::OnBinary(Items in, Item& out) {
  if (in.size() < 3) {
    out.node = in.empty() ? Missing(out.begin) : Expr(in.front());
    return;
  }
  const bool is_bitwise = in[1].kind == SyntaxKind::kTokenBitOr || in[1].kind == SyntaxKind::kTokenBitAnd ||
                          in[1].kind == SyntaxKind::kTokenBitXor;
  if (is_bitwise) {
    OnBitwise(in, out);
    return;
  }
  const NodeId left = Expr(in[0]);
  const NodeId right = Expr(in[2]);
  const uint16_t op = BinaryOperatorOf(in[1].kind);
  out.node = b_.Add(NodeKind::kBinaryOp, out.range(), {left.raw, right.raw}, op == kNoOperator ? uint16_t{0} : op);
}

// Chains of `|`, `^` and `&` wait as a list of operands and operators: the grammar lets `^` bind closer than `&`, and
// nests
// `|` of types to the right.
void Lowering::OnBitwise(Items in, Item& out) {
  out.kind = SyntaxKind::kUnionType;
  const auto is_chain = [](const Item& item) { return item.kind == SyntaxKind::kUnionType && !item.node.present(); };
  std::vector<Item>& right = item_scratch_;
  right.assign(1, in[1]);
  if (is_chain(in[2])) {
    const Items more = Kept(in[2]);
    right.insert(right.end(), more.begin(), more.end());
  } else {
    right.push_back(in[2]);
    right.back().node = Expr(in[2]);
    right.back().kept_count = 0;
  }
  if (is_chain(in[0])) {
    // Grows in place: a long chain is built step by step.
    out.kept_first = in[0].kept_first;
    kept_.resize(in[0].kept_first + in[0].kept_count);
  } else {
    Item left = in[0];
    left.node = Expr(in[0]);
    left.kept_count = 0;
    kept_.resize(out.mark);
    out.kept_first = out.mark;
    kept_.push_back(left);
  }
  kept_.insert(kept_.end(), right.begin(), right.end());
  out.kept_count = static_cast<uint32_t>(kept_.size()) - out.kept_first;
}

namespace {

int BitwisePrecedence(SyntaxKind token) {
  if (token == SyntaxKind::kTokenBitOr) return 0;
  return token == SyntaxKind::kTokenBitXor ? 1 : 2;
}

}  // namespace

// Operator precedence over a flat list; three levels, so three operands wait at most.
NodeId Lowering::BitwiseOf(const Item& chain) {
  struct Waiting {
    NodeId node;
    uint32_t begin;
    SyntaxKind op;  // behind it
  };
  absl::InlinedVector<Waiting, 4> waiting;
  const Items parts = Kept(chain);
  Item operand = parts[0];
  const auto merge = [&](uint32_t end) {
    const Waiting left = waiting.back();
    waiting.pop_back();
    operand.node = b_.Add(NodeKind::kBinaryOp, {left.begin, end}, {left.node.raw, operand.node.raw},
                          BinaryOperatorOf(left.op), chain.binds);
    operand.begin = left.begin;
  };
  for (size_t i = 1; i + 1 < parts.size(); i += 2) {
    const SyntaxKind op = parts[i].kind;
    while (!waiting.empty() && BitwisePrecedence(waiting.back().op) >= BitwisePrecedence(op)) merge(parts[i - 1].end);
    waiting.push_back({operand.node, operand.begin, op});
    operand = parts[i + 1];
  }
  while (!waiting.empty()) merge(parts.back().end);
  return operand.node;
}

void Lowering::OnComparison(Items in, Item& out) {
  if (in.empty()) return;
  const NodeId left = Expr(in[0]);
  std::vector<NodeId> comparators;
  for (size_t i = 1; i + 1 < in.size(); i += 2) {
    const uint16_t op = CompareOperatorOf(in[i].kind);
    if (in[i].kind == SyntaxKind::kTokenOldNotEqual) Problem(in[i].range(), "`<>` is Python 2: write `!=`");
    const NodeId value = Expr(in[i + 1]);
    comparators.push_back(b_.Leaf(NodeKind::kCompareOperand, {in[i].begin, in[i + 1].end}, value.raw,
                                  op == kNoOperator ? uint16_t{0} : op, in[i + 1].binds));
  }
  const auto list = ListOf(comparators);
  out.node = b_.Add(NodeKind::kCompare, out.range(), {left.raw, list.offset, list.count});
}

void Lowering::OnLambda(Items in, Item& out) {
  const Item* parameters = Find(in, SyntaxKind::kLambdaParameters);
  const NodeId list = parameters == nullptr ? EmptyParameters(out.begin) : parameters->node;
  const Item& last = in.back();
  const NodeId body = IsToken(last) || &last == parameters ? Missing(out.end) : Expr(last);
  out.binds = NodeFlags::kBinds;
  out.node = b_.Add(NodeKind::kLambda, out.range(), {list.raw, body.raw});
}

void Lowering::OnConditional(Items in, Item& out) {
  NodeId parts[3];
  size_t count = 0;
  for (const Item& item : in) {
    if (!IsToken(item) && count < 3) parts[count++] = Expr(item);
  }
  while (count < 3) parts[count++] = Missing(out.end);
  out.node = b_.Add(NodeKind::kIfExp, out.range(), {parts[0].raw, parts[1].raw, parts[2].raw});
}

void Lowering::OnYield(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  out.binds = NodeFlags::kBinds;
  if (Find(in, SyntaxKind::kTokenFrom) != nullptr) {
    out.node = b_.Leaf(NodeKind::kYieldFrom, out.range(), (operand == nullptr ? Missing(out.end) : Expr(*operand)).raw);
    return;
  }
  out.node = b_.Leaf(NodeKind::kYield, out.range(), OptionalExpr(operand).raw);
}

void Lowering::OnAwait(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  out.binds = NodeFlags::kBinds;
  out.node = b_.Leaf(NodeKind::kAwait, out.range(), (operand == nullptr ? Missing(out.end) : Expr(*operand)).raw);
}

void Lowering::OnAttribute(Items in, Item& out) {
  if (in.size() < 2) {
    out.node = in.empty() ? Missing(out.begin) : Expr(in.front());
    return;
  }
  const NodeId value = Expr(in.front());
  out.node = b_.Add(NodeKind::kAttribute, out.range(), {value.raw, b_.Name(Text(in.back())).raw});
}

void Lowering::OnSubscript(Items in, Item& out) {
  std::vector<Item> indices;
  bool has_comma = false;
  for (size_t i = 1; i < in.size(); ++i) {
    has_comma |= in[i].kind == SyntaxKind::kTokenComma;
    if (!IsToken(in[i])) indices.push_back(in[i]);
  }
  const NodeId value = Expr(in.front());
  NodeId index;
  if (indices.empty()) {
    index = Missing(out.end);
  } else if (has_comma) {
    // A comma at the end is part of the tuple.
    const Item& last = in[in.size() - 2];
    const uint32_t end = last.kind == SyntaxKind::kTokenComma ? last.end : indices.back().end;
    index = TupleOf(absl::MakeSpan(indices), {indices.front().begin, end}, 0);
  } else {
    index = Expr(indices.front());
    if (b_.node(index).kind == NodeKind::kStarred) {
      index = TupleOf(absl::MakeSpan(indices), indices.front().range(), 0);  // PEP 646: `x[*a]` is a tuple
    }
  }
  out.node = b_.Add(NodeKind::kSubscript, out.range(), {value.raw, index.raw});
}

void Lowering::OnSlice(Items in, Item& out) {
  NodeId parts[3];
  size_t at = 0;
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kTokenColon) {
      if (at < 2) ++at;
    } else if (!IsToken(item)) {
      parts[at] = Expr(item);
    }
  }
  out.node = b_.Add(NodeKind::kSlice, out.range(), {parts[0].raw, parts[1].raw, parts[2].raw});
}

AstBuilder::ListRef Lowering::Arguments(const Item* list) {
  if (list == nullptr) return {};
  std::vector<NodeId> ids;
  ids.reserve(list->kept_count);
  for (size_t i = 0; i < list->kept_count; ++i) {
    const Item item = kept_[list->kept_first + i];
    if (item.kind == SyntaxKind::kDictionarySplat) {
      // `**kwargs` waits as a DictItem without a key; in a call it is a keyword without a name.
      const NodeId value = NodeId(b_.words()[b_.node(item.node).data + 1]);
      ids.push_back(b_.Add(NodeKind::kKeyword, item.range(), {NameId::kAbsent, value.raw}, 0, item.binds));
    } else {
      ids.push_back(Expr(item));
    }
  }
  return ListOf(ids);
}

void Lowering::OnCall(Items in, Item& out) {
  if (in.size() < 2) {
    out.node = in.empty() ? Missing(out.begin) : Expr(in.front());
    return;
  }
  const NodeId callee = Expr(in[0]);
  AstBuilder::ListRef arguments;
  if (in[1].kind == SyntaxKind::kGeneratorExpression) {
    const NodeId only = Expr(in[1]);
    arguments = ListOf({&only, 1});
  } else {
    arguments = Arguments(&in[1]);
  }
  out.node = b_.Add(NodeKind::kCall, out.range(), {callee.raw, arguments.offset, arguments.count});
}

void Lowering::OnKeywordArgument(Items in, Item& out) {
  if (in.size() < 3) return;
  const NodeId value = Expr(in[2]);
  out.node = b_.Add(NodeKind::kKeyword, out.range(), {b_.Name(Text(in[0])).raw, value.raw});
}

void Lowering::OnDictionarySplat(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  const NodeId value = operand == nullptr ? Missing(out.end) : Expr(*operand);
  out.node = b_.Add(NodeKind::kDictItem, out.range(), {NodeId::kAbsent, value.raw});
}

void Lowering::OnStarred(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  if (operand == nullptr) {
    out.node = b_.Leaf(NodeKind::kStarred, out.range(), Missing(out.end).raw);
    return;
  }
  // Waits: in `*a.b` the grammar lets the star take `a` alone, and a parameter `*args` is no expression.
  Item value = *operand;
  if (value.kind != SyntaxKind::kIdentifier) {
    value.node = Expr(*operand);
    value.kept_count = 0;
  }
  Keep(absl::MakeSpan(&value, 1), out);
}

void Lowering::OnList(Items in, Item& out) {
  std::vector<NodeId> ids;
  for (const Item& item : in) {
    if (!IsToken(item)) ids.push_back(Expr(item));
  }
  const auto list = ListOf(ids);
  out.node = b_.Add(NodeKind::kList, out.range(), {list.offset, list.count});
}

void Lowering::OnSet(Items in, Item& out) {
  OnList(in, out);
  b_.mutable_node(out.node).kind = NodeKind::kSet;
}

void Lowering::OnTuple(Items in, Item& out) {
  bool is_with_items = false;
  for (const Item& item : in) is_with_items |= !item.node.present() && item.kind == SyntaxKind::kAsPattern;
  if (is_with_items) {
    OnKeepOperands(in, out);
    return;
  }
  OnList(in, out);
  b_.mutable_node(out.node).kind = NodeKind::kTuple;
  b_.mutable_node(out.node).flags |= NodeFlags::kParenthesized;
}

void Lowering::OnDictionary(Items in, Item& out) {
  OnList(in, out);
  b_.mutable_node(out.node).kind = NodeKind::kDict;
}

void Lowering::OnPair(Items in, Item& out) {
  if (in.size() < 3) return;
  const NodeId key = Expr(in[0]);
  const NodeId value = Expr(in[2]);
  out.node = b_.Add(NodeKind::kDictItem, out.range(), {key.raw, value.raw});
}

void Lowering::OnForInClause(Items in, Item& out) {
  const bool is_async = in.front().kind == SyntaxKind::kTokenAsync;
  const Item* target = FirstOperand(in);
  const NodeId target_node = target == nullptr ? Missing(out.begin) : Expr(*target);
  std::vector<Item> iterables;
  bool is_after = false;
  bool has_comma = false;
  for (const Item& item : in) {
    if (is_after && !IsToken(item)) iterables.push_back(item);
    has_comma |= is_after && item.kind == SyntaxKind::kTokenComma;
    is_after |= item.kind == SyntaxKind::kTokenIn;
  }
  NodeId iterable;
  if (iterables.empty()) {
    iterable = Missing(out.end);
  } else if (has_comma) {
    Problem({iterables.front().begin, iterables.back().end}, "an unparenthesised tuple cannot follow `in` here");
    iterable = TupleOf(absl::MakeSpan(iterables), {iterables.front().begin, iterables.back().end}, 0);
  } else {
    iterable = Expr(iterables.front());
  }
  // The conditions that follow belong to it too: it waits for them. While it does, `is_missing` says `async`.
  Item parts[2];
  parts[0].node = target_node;
  parts[1].node = iterable;
  Keep(absl::MakeSpan(parts), out);
  out.is_missing = is_async;
}

void Lowering::OnIfClause(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  out.node = operand == nullptr ? Missing(out.end) : Expr(*operand);
}

// Makes the clause `for … in …` together with the conditions behind it.
NodeId Lowering::ComprehensionClause(Items in, size_t at) {
  const Item& clause = in[at];
  uint32_t end = clause.end;
  std::vector<NodeId> conditions;
  for (size_t i = at + 1; i < in.size() && in[i].kind != SyntaxKind::kForInClause; ++i) {
    if (in[i].kind != SyntaxKind::kIfClause) continue;
    conditions.push_back(in[i].node);
    end = in[i].end;
  }
  const Items parts = Kept(clause);
  const auto list = ListOf(conditions);
  return b_.Add(NodeKind::kComprehension, {clause.begin, end},
                {parts[0].node.raw, parts[1].node.raw, list.offset, list.count}, 0,
                clause.is_missing ? NodeFlags::kAsync : uint8_t{0});
}

void Lowering::OnComprehension(Items in, Item& out) {
  NodeId element;
  std::vector<NodeId> generators;
  for (size_t i = 0; i < in.size(); ++i) {
    if (in[i].kind == SyntaxKind::kForInClause && in[i].kept_count == 2) {
      generators.push_back(ComprehensionClause(in, i));
    } else if (!element.present() && !IsToken(in[i])) {
      element = Expr(in[i]);
    }
  }
  if (!element.present()) element = Missing(out.begin);
  NodeKind kind = NodeKind::kGeneratorExp;
  if (out.kind == SyntaxKind::kListComprehension) kind = NodeKind::kListComp;
  if (out.kind == SyntaxKind::kSetComprehension) kind = NodeKind::kSetComp;
  if (out.kind == SyntaxKind::kDictionaryComprehension) kind = NodeKind::kDictComp;
  const auto list = ListOf(generators);
  out.binds = NodeFlags::kBinds;
  out.node = b_.Add(kind, out.range(), {element.raw, list.offset, list.count});
}

// --- Type expressions ------------------------------------------------------------------------------------------------

// `list[int]` in an annotation, or the name and parameters of `type X[T] = …`: the parent decides.
void Lowering::OnGenericType(Items in, Item& out) {
  if (in.size() < 2) {
    OnOnlyChild(in, out);
    return;
  }
  Keep(in, out);
}

void Lowering::OnUnionType(Items in, Item& out) {
  if (in.size() < 3) {
    out.node = in.empty() ? Missing(out.begin) : Expr(in.front());
    return;
  }
  OnBitwise(in, out);
}

void Lowering::OnMemberType(Items in, Item& out) { OnAttribute(in, out); }

}  // namespace overt::grammar
