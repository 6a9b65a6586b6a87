// The patterns of `match`. A bare name captures, a dotted name is a value; lists and tuples wait as they are, because
// assignment targets look the same.
#include <algorithm>

#include "grammar/lower/lowering.h"

namespace overt::grammar {

NodeId Lowering::CaptureOrValue(const Item& item) {
  if (item.kept_count > 1) {
    const NodeId value = DottedNameExpr(item);
    return b_.Leaf(NodeKind::kMatchValue, item.range(), value.raw);
  }
  if (Text(item) == "_") return b_.Add(NodeKind::kMatchAs, item.range(), {NodeId::kAbsent, NodeId::kAbsent});
  const NodeId name = Identifier(item.kept_count == 1 ? Kept(item).front() : item);
  return b_.Add(NodeKind::kMatchAs, item.range(), {NodeId::kAbsent, name.raw});
}

// Nested patterns are kept by their parents, so this descends one level for each bracket of the source; the depth is
// bounded by the two hundred brackets that Python accepts.
NodeId Lowering::SequencePattern(const Item& item) {
  std::vector<NodeId> ids;
  for (size_t i = 0; i < item.kept_count; ++i) {
    const Item part = kept_[item.kept_first + i];
    if (!IsToken(part)) ids.push_back(Pattern(part));
  }
  const bool is_parenthesized = item.kind == SyntaxKind::kTuplePattern;
  const auto list = ListOf(ids);
  return b_.Add(NodeKind::kMatchSequence, item.range(), {list.offset, list.count}, 0,
                is_parenthesized ? NodeFlags::kParenthesized : uint8_t{0});
}

NodeId Lowering::Pattern(const Item& item) {
  if (item.node.present()) {
    const NodeCategory category = CategoryOf(b_.node(item.node).kind);
    if (category != NodeCategory::kExpression) return item.node;
    return b_.Leaf(NodeKind::kMatchValue, item.range(), item.node.raw);
  }
  switch (item.kind) {
    case SyntaxKind::kCasePattern: {
      // Kept: one pattern, or `-` and a number.
      const Items parts = Kept(item);
      if (parts.empty()) break;
      if (parts.size() == 1) {
        return Pattern(parts[0]);
      }
      const Item number = parts[parts.size() - 1];
      const NodeId operand = Expr(number);
      const NodeId value =
          b_.Leaf(NodeKind::kUnaryOp, item.range(), operand.raw, static_cast<uint16_t>(UnaryOperator::kMinus));
      return b_.Leaf(NodeKind::kMatchValue, item.range(), value.raw);
    }
    case SyntaxKind::kDottedName:
    case SyntaxKind::kIdentifier: return CaptureOrValue(item);
    case SyntaxKind::kTokenUnderscore:
      return b_.Add(NodeKind::kMatchAs, item.range(), {NodeId::kAbsent, NodeId::kAbsent});
    case SyntaxKind::kListPattern:
    case SyntaxKind::kTuplePattern: return SequencePattern(item);
    case SyntaxKind::kKeywordPattern:
      // tree-sitter's grammar takes it wherever a pattern can stand. What is matched is saved.
      Problem(item.range(), "`name=pattern` stands only between the parentheses of a class pattern");
      return Kept(item)[1].node;
    default: {
      const NodeId value = Expr(item);
      return b_.Leaf(NodeKind::kMatchValue, item.range(), value.raw);
    }
  }
  return b_.Leaf(NodeKind::kMatchValue, item.range(), Missing(item.begin).raw);
}

void Lowering::OnCasePattern(Items in, Item& out) {
  if (in.size() == 1) {
    const Item& only = in.front();
    if (only.kind == SyntaxKind::kKeywordPattern) {
      PassThrough(only, out);
      return;
    }
    const bool waits =
        !only.node.present() && (only.kind == SyntaxKind::kListPattern || only.kind == SyntaxKind::kTuplePattern);
    if (waits) {
      out.node = SequencePattern(only);
      return;
    }
    out.node = Pattern(only);
    return;
  }
  Keep(in, out);
  out.node = Pattern(out);
  out.kept_count = 0;
}

void Lowering::OnUnionPattern(Items in, Item& out) {
  std::vector<NodeId> ids;
  for (size_t i = 0; i < in.size(); ++i) {
    if (in[i].kind == SyntaxKind::kTokenBitOr) continue;
    if (in[i].kind == SyntaxKind::kTokenMinus && i + 1 < in.size()) {
      Item pair[] = {in[i], in[i + 1]};
      const NodeId operand = Expr(pair[1]);
      const TextRange range{pair[0].begin, pair[1].end};
      const NodeId value =
          b_.Leaf(NodeKind::kUnaryOp, range, operand.raw, static_cast<uint16_t>(UnaryOperator::kMinus));
      ids.push_back(b_.Leaf(NodeKind::kMatchValue, range, value.raw));
      ++i;
    } else if (!IsToken(in[i]) || in[i].kind == SyntaxKind::kTokenUnderscore) {
      ids.push_back(Pattern(in[i]));
    }
  }
  const auto list = ListOf(ids);
  out.node = b_.Add(NodeKind::kMatchOr, out.range(), {list.offset, list.count});
}

// `pattern as name` of a case, or `expression as target` of `with` and `except`.
void Lowering::OnAsPattern(Items in, Item& out) {
  const bool is_case =
      !in.empty() && (in.front().kind == SyntaxKind::kCasePattern || in.front().kind == SyntaxKind::kKeywordPattern);
  if (is_case) {
    const bool is_keyword = in.front().kind == SyntaxKind::kKeywordPattern && !in.front().node.present();
    Item keyword[2];
    if (is_keyword) std::copy_n(Kept(in.front()).begin(), 2, keyword);
    const NodeId pattern = is_keyword ? keyword[1].node : Pattern(in.front());
    const NodeId name = in.back().kind == SyntaxKind::kIdentifier ? Identifier(in.back()) : NodeId();
    const uint32_t begin = is_keyword ? keyword[1].begin : out.begin;
    const NodeId as = b_.Add(NodeKind::kMatchAs, {begin, out.end}, {pattern.raw, name.raw});
    if (!is_keyword) {
      out.node = as;
      return;
    }
    keyword[1].node = as;
    keyword[1].end = out.end;
    out.kind = SyntaxKind::kKeywordPattern;
    Keep(absl::MakeSpan(keyword), out);
    return;
  }
  OnKeepOperands(in, out);
}

// The grammar takes any pattern there.
NodeId Lowering::KeyOf(const Item& item) {
  const bool is_sequence = item.kind == SyntaxKind::kListPattern || item.kind == SyntaxKind::kTuplePattern;
  const bool is_pattern = item.node.present() && CategoryOf(b_.node(item.node).kind) != NodeCategory::kExpression;
  if (!is_sequence && !is_pattern) return Expr(item);
  Problem(item.range(), "this is no key of a mapping");
  return b_.Add(NodeKind::kErrorExpression, item.range(), {0, 0}, 0, NodeFlags::kDamaged);
}

void Lowering::OnDictPattern(Items in, Item& out) {
  std::vector<NodeId> items;
  NodeId rest;
  for (size_t i = 0; i < in.size(); ++i) {
    if (in[i].kind == SyntaxKind::kSplatPattern) {
      const NodeId star = in[i].node;
      rest = NodeId(b_.node(star).data);
      continue;
    }
    size_t colon = i;
    while (colon < in.size() && in[colon].kind != SyntaxKind::kTokenColon &&
           in[colon].kind != SyntaxKind::kTokenComma) {
      ++colon;
    }
    if (colon + 1 >= in.size() || in[colon].kind != SyntaxKind::kTokenColon || colon == i) continue;
    // The key: a literal, a dotted name, or `-` and a number.
    NodeId key;
    if (in[i].kind == SyntaxKind::kTokenMinus) {
      const NodeId operand = Expr(in[colon - 1]);
      key = b_.Leaf(NodeKind::kUnaryOp, {in[i].begin, in[colon - 1].end}, operand.raw,
                    static_cast<uint16_t>(UnaryOperator::kMinus));
    } else if (!IsToken(in[colon - 1])) {
      key = KeyOf(in[colon - 1]);
    } else {
      continue;
    }
    const NodeId value = Pattern(in[colon + 1]);
    items.push_back(b_.Add(NodeKind::kMatchMappingItem, {in[i].begin, in[colon + 1].end}, {key.raw, value.raw}));
    i = colon + 1;
  }
  const auto list = ListOf(items);
  out.node = b_.Add(NodeKind::kMatchMapping, out.range(), {list.offset, list.count, rest.raw});
}

void Lowering::OnKeywordPattern(Items in, Item& out) {
  if (in.size() < 3) return;
  Item value = in.back();
  if (in.size() >= 4 && in[2].kind == SyntaxKind::kTokenMinus) {
    const NodeId operand = Expr(value);
    value.node = b_.Leaf(NodeKind::kUnaryOp, {in[2].begin, value.end}, operand.raw,
                         static_cast<uint16_t>(UnaryOperator::kMinus));
    value.begin = in[2].begin;
  }
  // Waits: the grammar reads `name=(pattern as x)` out of `name=pattern as x` the other way round.
  Item parts[] = {in[0], value};
  parts[1].node = Pattern(value);
  parts[1].kept_count = 0;
  Keep(absl::MakeSpan(parts), out);
}

void Lowering::OnSplatPattern(Items in, Item& out) {
  const Item& last = in.back();
  const NodeId name = last.kind == SyntaxKind::kIdentifier && Text(last) != "_" ? Identifier(last) : NodeId();
  out.node = b_.Leaf(NodeKind::kMatchStar, out.range(), name.raw);
}

NodeId Lowering::ClassArgument(const Item& item) {
  if (item.kind != SyntaxKind::kKeywordPattern || item.node.present()) return Pattern(item);
  const Items parts = Kept(item);
  return b_.Add(NodeKind::kMatchKeyword, item.range(), {b_.Name(Text(parts[0])).raw, parts[1].node.raw});
}

void Lowering::OnClassPattern(Items in, Item& out) {
  const Item* name = FirstOperand(in);
  const NodeId class_name = name == nullptr ? Missing(out.begin) : Expr(*name);
  std::vector<NodeId> patterns;
  for (const Item& item : in) {
    if (IsToken(item) || &item == name) continue;
    patterns.push_back(ClassArgument(item));
  }
  const auto list = ListOf(patterns);
  out.node = b_.Add(NodeKind::kMatchClass, out.range(), {class_name.raw, list.offset, list.count});
}

// `1 + 2j`, `-1 - 2j`.
void Lowering::OnComplexPattern(Items in, Item& out) {
  NodeId sides[2];
  size_t count = 0;
  SyntaxKind op = SyntaxKind::kTokenPlus;
  bool negative = false;
  for (size_t i = 0; i < in.size(); ++i) {
    if (IsToken(in[i])) {
      if (count == 0) {
        negative = in[i].kind == SyntaxKind::kTokenMinus;
      } else {
        op = in[i].kind;
      }
    } else if (count < 2) {
      sides[count++] = Expr(in[i]);
    }
  }
  while (count < 2) sides[count++] = Missing(out.end);
  if (negative) {
    sides[0] = b_.Leaf(NodeKind::kUnaryOp, {out.begin, b_.node(sides[0]).end}, sides[0].raw,
                       static_cast<uint16_t>(UnaryOperator::kMinus));
  }
  const BinaryOperator sign = op == SyntaxKind::kTokenMinus ? BinaryOperator::kSub : BinaryOperator::kAdd;
  // A pattern makes a MatchValue of it; a key of a mapping is the bare value.
  out.node = b_.Add(NodeKind::kBinaryOp, out.range(), {sides[0].raw, sides[1].raw}, static_cast<uint16_t>(sign));
}

}  // namespace overt::grammar
