// Statements. Blocks and clauses leave no node: their statements are a list in the builder, named by kept_first and
// kept_count of the item (an AstBuilder::ListRef).
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grammar/lower/lowering.h"

namespace overt::grammar {
namespace {

BinaryOperator AugmentedOperator(SyntaxKind token) {
  switch (token) {
    case SyntaxKind::kTokenPlusEqual: return BinaryOperator::kAdd;
    case SyntaxKind::kTokenMinusEqual: return BinaryOperator::kSub;
    case SyntaxKind::kTokenStarEqual: return BinaryOperator::kMult;
    case SyntaxKind::kTokenSlashEqual: return BinaryOperator::kDiv;
    case SyntaxKind::kTokenAtEqual: return BinaryOperator::kMatMult;
    case SyntaxKind::kTokenDoubleSlashEqual: return BinaryOperator::kFloorDiv;
    case SyntaxKind::kTokenPercentEqual: return BinaryOperator::kMod;
    case SyntaxKind::kTokenDoubleStarEqual: return BinaryOperator::kPow;
    case SyntaxKind::kTokenRightShiftEqual: return BinaryOperator::kRightShift;
    case SyntaxKind::kTokenLeftShiftEqual: return BinaryOperator::kLeftShift;
    case SyntaxKind::kTokenBitAndEqual: return BinaryOperator::kBitAnd;
    case SyntaxKind::kTokenBitXorEqual: return BinaryOperator::kBitXor;
    default: return BinaryOperator::kBitOr;
  }
}

bool IsSimpleDefinition(const Item& item) {
  return item.kind == SyntaxKind::kFunctionDefinition || item.kind == SyntaxKind::kClassDefinition ||
         item.kind == SyntaxKind::kDecoratedDefinition;
}

}  // namespace

// --- Lists of statements ---------------------------------------------------------------------------------------------

void Lowering::OnBlock(Items in, Item& out) {
  if (in.empty() && out.kind == SyntaxKind::kBlock) Problem(out.range(), "an indented block is missing here");
  // Nodes made here come before the list is written, so the ids are gathered first.
  std::vector<NodeId> ids;
  ids.reserve(in.size());
  const auto add_error = [&](TextRange range, absl::Span<const NodeId> saved) {
    const auto list = ListOf(saved);
    ids.push_back(b_.Add(NodeKind::kErrorStatement, range, {list.offset, list.count}, 0, NodeFlags::kDamaged));
  };
  if (!orphans_.empty()) {
    add_error(out.range(), orphans_);
    orphans_.clear();
  }
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kError) {
      Problem(item.range(), "invalid syntax");
      std::vector<NodeId> saved;
      for (const Item& inner : Kept(item)) {
        if (inner.node.present() && IsSimpleDefinition(inner)) saved.push_back(inner.node);
      }
      add_error(item.range(), saved);
    } else if (item.node.present() && CategoryOf(b_.node(item.node).kind) == NodeCategory::kStatement) {
      ids.push_back(item.node);
    } else if (item.kind == SyntaxKind::kCaseClause && item.node.present()) {
      ids.push_back(item.node);
    }
  }
  const auto list = ListOf(ids);
  out.kept_first = list.offset;
  out.kept_count = list.count;
  out.node = NodeId();
  kept_.resize(out.mark);
}

void Lowering::OnModule(Items in, Item& out) {
  OnBlock(in, out);
  const auto size = static_cast<uint32_t>(text_.size());
  out.node = b_.Add(NodeKind::kModule, {0, size}, {out.kept_first, out.kept_count});
  out.kept_count = 0;
}

void Lowering::OnClause(Items in, Item& out) {
  const Item* block = Find(in, SyntaxKind::kBlock);
  if (out.kind == SyntaxKind::kElifClause) {
    const NodeId test = OptionalExpr(FirstOperand(in));
    const auto body = Statements(block);
    out.node = b_.Add(NodeKind::kIfBranch, out.range(), {test.raw, body.offset, body.count});
    return;
  }
  const auto body = Statements(block);
  out.kept_first = body.offset;
  out.kept_count = body.count;
  kept_.resize(out.mark);
}

// tree-sitter takes an `else` or `finally` in any column.
void Lowering::CheckClauseColumns(Items in, const Item& out) {
  const auto column_of = [&](uint32_t at) {
    uint32_t begin = at;
    while (begin > 0 && text_[begin - 1] == ' ') --begin;
    const bool is_first = begin == 0 || text_[begin - 1] == '\n';
    return is_first ? static_cast<int64_t>(at - begin) : int64_t{-1};
  };
  for (const Item& item : in) {
    if (item.kind != SyntaxKind::kElseClause && item.kind != SyntaxKind::kFinallyClause) continue;
    if (column_of(item.begin) != column_of(out.begin)) Problem(item.range(), "this clause belongs to nothing");
  }
}

// --- Simple statements -----------------------------------------------------------------------------------------------

void Lowering::OnExpressionStatement(Items in, Item& out) {
  if (in.empty()) return;
  const Item& first = in.front();
  const bool is_tuple = in.size() > 1;
  if (!is_tuple && (first.kind == SyntaxKind::kAssignment || first.kind == SyntaxKind::kAugmentedAssignment)) {
    out.node = AssignmentStatement(first, out.range());
    return;
  }
  NodeId value;
  if (is_tuple) {
    std::vector<Item> operands;
    for (const Item& item : in) {
      if (!IsToken(item)) operands.push_back(item);
    }
    value = TupleOf(absl::MakeSpan(operands), {in.front().begin, out.end}, 0);
  } else {
    value = Expr(first);
    if (b_.node(value).kind == NodeKind::kString) b_.DropText(value);
  }
  out.node = b_.Leaf(NodeKind::kExpressionStatement, out.range(), value.raw);
}

// `a = b = value` nests to the right; its parts wait in reverse: value, b, a.
void Lowering::OnAssignment(Items in, Item& out) {
  const Item* left = FirstOperand(in);
  const Item* colon = Find(in, SyntaxKind::kTokenColon);
  const Item* value = OperandAfter(in, SyntaxKind::kTokenEqual);
  if (left == nullptr) return;
  if (colon != nullptr) {
    const bool is_parenthesized = text_[out.begin] == '(';
    const NodeId target = Expr(*left);
    const NodeId annotation = OptionalExpr(OperandAfter(in, SyntaxKind::kTokenColon));
    const NodeId assigned = value == nullptr ? NodeId() : AssignedValue(*value);
    out.node = b_.Add(NodeKind::kAnnAssign, out.range(),
                      {target.raw, annotation.present() ? annotation.raw : Missing(out.end).raw, assigned.raw}, 0,
                      is_parenthesized ? NodeFlags::kParenthesized : uint8_t{0});
    return;
  }
  const NodeId target = Expr(*left);
  Item target_item = *left;
  target_item.node = target;
  target_item.kept_count = 0;
  if (value != nullptr && value->kind == SyntaxKind::kAssignment && !value->node.present()) {
    // The inner parts are the last that were kept, unless something lies above them.
    if (value->kept_first + value->kept_count != kept_.size()) kept_.resize(value->kept_first + value->kept_count);
    out.kept_first = value->kept_first;
    kept_.push_back(target_item);
    out.kept_count = value->kept_count + 1;
    return;
  }
  Item value_item = value == nullptr ? Item{} : *value;
  if (value != nullptr && value->kind == SyntaxKind::kAugmentedAssignment) {
    Problem(value->range(), "an augmented assignment is no value");
  }
  value_item.node = value == nullptr ? Missing(out.end) : AssignedValue(*value);
  value_item.kept_count = 0;
  Item parts[] = {value_item, target_item};
  Keep(absl::MakeSpan(parts), out);
}

void Lowering::OnAugmentedAssignment(Items in, Item& out) {
  if (in.size() < 3) return;
  const NodeId target = Expr(in[0]);
  const NodeId value = AssignedValue(in[2]);
  out.node = b_.Add(NodeKind::kAugAssign, out.range(), {target.raw, value.raw},
                    static_cast<uint16_t>(AugmentedOperator(in[1].kind)));
}

// tree-sitter takes `a += b: int = 1` and its like, where Python has no value: what is bound there is saved.
NodeId Lowering::AssignedValue(const Item& item) {
  const bool is_assignment = item.kind == SyntaxKind::kAssignment || item.kind == SyntaxKind::kAugmentedAssignment;
  if (!is_assignment || !item.node.present()) return Expr(item);
  const auto saved = ListOf({item.node});
  return b_.Add(NodeKind::kErrorExpression, item.range(), {saved.offset, saved.count}, 0,
                static_cast<uint8_t>(NodeFlags::kDamaged | NodeFlags::kBinds));
}

NodeId Lowering::AssignmentStatement(const Item& item, TextRange range) {
  if (item.node.present()) return item.node;  // annotated or augmented
  Items parts = Kept(item);
  if (parts.empty()) return b_.Leaf(NodeKind::kExpressionStatement, range, Missing(range.begin).raw);
  std::vector<NodeId>& targets = Scratch();
  for (size_t i = parts.size(); i-- > 1;) targets.push_back(parts[i].node);
  const auto list = ListOf(targets);
  return b_.Add(NodeKind::kAssign, range, {list.offset, list.count, parts.front().node.raw}, 0, item.binds);
}

void Lowering::OnReturn(Items in, Item& out) {
  out.node = b_.Leaf(NodeKind::kReturn, out.range(), OptionalExpr(FirstOperand(in)).raw);
}

void Lowering::OnDelete(Items in, Item& out) {
  std::vector<NodeId> targets;
  if (const Item* operand = FirstOperand(in); operand != nullptr) {
    if (operand->kind == SyntaxKind::kExpressionList) {
      for (size_t i = 0; i < operand->kept_count; ++i) targets.push_back(Expr(kept_[operand->kept_first + i]));
    } else {
      targets.push_back(Expr(*operand));
    }
  }
  const auto list = ListOf(targets);
  out.node = b_.Add(NodeKind::kDelete, out.range(), {list.offset, list.count});
}

void Lowering::OnRaise(Items in, Item& out) {
  const Item* first = FirstOperand(in);
  const Item* cause = OperandAfter(in, SyntaxKind::kTokenFrom);
  if (first == cause) first = nullptr;
  if (first != nullptr && first->kind == SyntaxKind::kExpressionList) {
    Problem(first->range(), "`raise` takes one exception, not a list (Python 2 syntax)");
  }
  const NodeId exception = OptionalExpr(first);
  const NodeId from = OptionalExpr(cause);
  out.node = b_.Add(NodeKind::kRaise, out.range(), {exception.raw, from.raw});
}

void Lowering::OnAssert(Items in, Item& out) {
  std::vector<NodeId> parts;
  for (const Item& item : in) {
    if (!IsToken(item)) parts.push_back(Expr(item));
  }
  if (parts.size() > 2) Problem(out.range(), "`assert` takes a condition and one message");
  parts.resize(2);
  if (!parts[0].present()) parts[0] = Missing(out.end);
  out.node = b_.Add(NodeKind::kAssert, out.range(), {parts[0].raw, parts[1].raw});
}

void Lowering::OnPass(Items, Item& out) {
  const bool is_lost =
      repairs_ != nullptr && std::binary_search(repairs_->lost.begin(), repairs_->lost.end(), out.range());
  if (is_lost) {
    out.node = b_.Add(NodeKind::kErrorStatement, out.range(), {0, 0}, 0, NodeFlags::kDamaged);
    return;
  }
  out.node = b_.Leaf(NodeKind::kPass, out.range());
}
void Lowering::OnBreak(Items, Item& out) { out.node = b_.Leaf(NodeKind::kBreak, out.range()); }
void Lowering::OnContinue(Items, Item& out) { out.node = b_.Leaf(NodeKind::kContinue, out.range()); }

void Lowering::OnNames(Items in, Item& out) {
  std::vector<NodeId> names;
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kIdentifier) names.push_back(Identifier(item));
  }
  const auto list = ListOf(names);
  const NodeKind kind = out.kind == SyntaxKind::kGlobalStatement ? NodeKind::kGlobal : NodeKind::kNonlocal;
  out.node = b_.Add(kind, out.range(), {list.offset, list.count});
}

// `print >>file, x` is a tuple to Python 3.
void Lowering::OnPrint(Items in, Item& out) {
  const Item* chevron = Find(in, SyntaxKind::kChevron);
  if (chevron != nullptr && chevron->kept_count == 1) {
    const NodeId print = b_.Leaf(NodeKind::kName, in.front().range(), b_.Name("print").raw);
    const NodeId file = Expr(Kept(*chevron).front());
    Item first = *chevron;
    first.begin = in.front().begin;
    first.node = b_.Add(NodeKind::kBinaryOp, first.range(), {print.raw, file.raw},
                        static_cast<uint16_t>(BinaryOperator::kRightShift));
    std::vector<Item> values{first};
    for (const Item& item : in.subspan(1)) {
      if (!IsToken(item) && item.kind != SyntaxKind::kChevron) values.push_back(item);
    }
    const bool is_tuple = Find(in, SyntaxKind::kTokenComma) != nullptr;
    const NodeId value = is_tuple ? TupleOf(absl::MakeSpan(values), out.range(), 0) : first.node;
    out.node = b_.Leaf(NodeKind::kExpressionStatement, out.range(), value.raw);
    return;
  }
  Problem(out.range(), "`print` is a function: write `print(…)`");
  out.node = b_.Add(NodeKind::kErrorStatement, out.range(), {0, 0}, 0, NodeFlags::kDamaged);
}

void Lowering::OnExec(Items, Item& out) {
  Problem(out.range(), "`exec` is a function: write `exec(…)`");
  out.node = b_.Add(NodeKind::kErrorStatement, out.range(), {0, 0}, 0, NodeFlags::kDamaged);
}

// --- Imports ---------------------------------------------------------------------------------------------------------

// `lazy import x` was parsed as if `lazy import` were one word.
uint8_t Lowering::LazinessOf(const Item& statement) const {
  const bool is_lazy = repairs_ != nullptr && absl::StartsWith(Text(statement), "lazy");
  return is_lazy ? NodeFlags::kLazy : uint8_t{0};
}

NodeId Lowering::ImportAliasOf(const Item& item) {
  if (item.node.present()) return item.node;
  const NameId name = b_.Name(item.kind == SyntaxKind::kDottedName ? DottedText(item) : std::string(Text(item)));
  return b_.Add(NodeKind::kImportAlias, item.range(), {name.raw, NodeId::kAbsent});
}

void Lowering::OnAliasedImport(Items in, Item& out) {
  const Item* name = FirstOperand(in);
  if (in.empty() || name == nullptr) return;
  const Item& as_name = in.back();
  const NodeId alias = as_name.kind == SyntaxKind::kIdentifier ? Identifier(as_name) : NodeId();
  const NameId dotted = b_.Name(DottedText(*name));
  out.node = b_.Add(NodeKind::kImportAlias, out.range(), {dotted.raw, alias.raw});
}

void Lowering::OnImport(Items in, Item& out) {
  std::vector<NodeId> names;
  for (const Item& item : in) {
    if (IsToken(item)) continue;
    // `import a.b` binds `a`, which may be written nowhere else.
    if (item.kind == SyntaxKind::kDottedName) {
      const std::string dotted = DottedText(item);
      if (const size_t dot = dotted.find('.'); dot != std::string::npos) b_.Name(dotted.substr(0, dot));
    }
    names.push_back(ImportAliasOf(item));
  }
  const auto list = ListOf(names);
  out.node = b_.Add(NodeKind::kImport, out.range(), {list.offset, list.count}, 0, LazinessOf(out));
}

void Lowering::OnFutureImport(Items in, Item& out) {
  std::vector<NodeId> names;
  for (const Item& item : in) {
    if (!IsToken(item)) names.push_back(ImportAliasOf(item));
  }
  const auto list = ListOf(names);
  out.node = b_.Add(NodeKind::kImportFrom, out.range(), {b_.Name("__future__").raw, list.offset, list.count});
}

void Lowering::OnImportFrom(Items in, Item& out) {
  const Item* module = FirstOperand(in);
  uint16_t level = 0;
  NameId name;
  if (module != nullptr && module->kind == SyntaxKind::kRelativeImport) {
    for (const Item& part : Kept(*module)) {
      if (part.kind == SyntaxKind::kImportPrefix) {
        for (const char c : Text(part)) level = static_cast<uint16_t>(level + (c == '.'));
      } else if (part.kind == SyntaxKind::kDottedName) {
        name = b_.Name(DottedText(part));
      }
    }
  } else if (module != nullptr) {
    name = b_.Name(DottedText(*module));
  }
  std::vector<NodeId> names;
  for (const Item& item : in) {
    if (IsToken(item) || &item == module) continue;
    names.push_back(ImportAliasOf(item));
  }
  const auto list = ListOf(names);
  out.node = b_.Add(NodeKind::kImportFrom, out.range(), {name.raw, list.offset, list.count}, level, LazinessOf(out));
}

// --- Compound statements ---------------------------------------------------------------------------------------------

void Lowering::OnIf(Items in, Item& out) {
  std::vector<NodeId> branches;
  const NodeId test = OptionalExpr(FirstOperand(in));
  const Item* block = Find(in, SyntaxKind::kBlock);
  const auto body = Statements(block);
  const TextRange first{out.begin, block == nullptr ? out.end : block->end};
  branches.push_back(b_.Add(NodeKind::kIfBranch, first, {test.raw, body.offset, body.count}));
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kElifClause && item.node.present()) branches.push_back(item.node);
    if (item.kind == SyntaxKind::kElseClause) {
      branches.push_back(
          b_.Add(NodeKind::kIfBranch, item.range(), {NodeId::kAbsent, item.kept_first, item.kept_count}));
    }
  }
  const auto list = ListOf(branches);
  out.node = b_.Add(NodeKind::kIf, out.range(), {list.offset, list.count});
}

void Lowering::OnFor(Items in, Item& out) {
  CheckClauseColumns(in, out);
  const bool is_async = in.front().kind == SyntaxKind::kTokenAsync;
  const Item* target = FirstOperand(in);
  const NodeId target_node = OptionalExpr(target);
  const NodeId iterable = OptionalExpr(OperandAfter(in, SyntaxKind::kTokenIn));
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  const auto or_else = Statements(Find(in, SyntaxKind::kElseClause));
  out.node = b_.Add(NodeKind::kFor, out.range(),
                    {target_node.present() ? target_node.raw : Missing(out.begin).raw,
                     iterable.present() ? iterable.raw : Missing(out.begin).raw, body.offset, body.count,
                     or_else.offset, or_else.count},
                    0, is_async ? NodeFlags::kAsync : uint8_t{0});
}

void Lowering::OnWhile(Items in, Item& out) {
  CheckClauseColumns(in, out);
  const Item* test = FirstOperand(in);
  const NodeId condition = test == nullptr || test->kind == SyntaxKind::kBlock ? Missing(out.begin) : Expr(*test);
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  const auto or_else = Statements(Find(in, SyntaxKind::kElseClause));
  out.node =
      b_.Add(NodeKind::kWhile, out.range(), {condition.raw, body.offset, body.count, or_else.offset, or_else.count});
}

void Lowering::OnTry(Items in, Item& out) {
  CheckClauseColumns(in, out);
  std::vector<NodeId> handlers;
  uint8_t flags = 0;
  for (const Item& item : in) {
    if (item.kind != SyntaxKind::kExceptClause || !item.node.present()) continue;
    handlers.push_back(item.node);
    if (b_.node(item.node).flags & NodeFlags::kStar) flags = NodeFlags::kStar;
  }
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  const auto list = ListOf(handlers);
  const auto or_else = Statements(Find(in, SyntaxKind::kElseClause));
  const auto final_body = Statements(Find(in, SyntaxKind::kFinallyClause));
  out.node = b_.Add(NodeKind::kTry, out.range(),
                    {body.offset, body.count, list.offset, list.count, or_else.offset, or_else.count, final_body.offset,
                     final_body.count},
                    0, flags);
}

void Lowering::OnExcept(Items in, Item& out) {
  uint8_t flags = Find(in, SyntaxKind::kTokenStar) != nullptr ? NodeFlags::kStar : uint8_t{0};
  std::vector<Item> values;
  const Item* alias = nullptr;
  for (const Item& item : in) {
    if (IsToken(item) || item.kind == SyntaxKind::kBlock) continue;
    values.push_back(item);
  }
  if (Find(in, SyntaxKind::kTokenAs) != nullptr && values.size() > 1) {
    alias = &in[static_cast<size_t>(OperandAfter(in, SyntaxKind::kTokenAs) - in.data())];
    values.pop_back();
  }
  NodeId type;
  NodeId name;
  if (values.size() == 1 && values[0].kind == SyntaxKind::kAsPattern && !values[0].node.present()) {
    const Items parts = Kept(values[0]);
    type = Expr(parts[0]);
    if (parts.size() > 1 && parts[1].kind == SyntaxKind::kIdentifier) name = Identifier(parts[1]);
  } else if (values.size() == 1) {
    type = Expr(values[0]);
  } else if (values.size() > 1) {
    // PEP 758: `except A, B:` from Python 3.14 on.
    type = TupleOf(absl::MakeSpan(values), {values.front().begin, values.back().end}, 0);
    Problem(b_.node(type).begin < out.end ? TextRange{values.front().begin, values.back().end} : out.range(),
            "several exception types need parentheses before Python 3.14", 0, 13);
  }
  if (alias != nullptr && alias->kind == SyntaxKind::kIdentifier) name = Identifier(*alias);
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  out.node = b_.Add(NodeKind::kExceptHandler, out.range(), {type.raw, name.raw, body.offset, body.count}, 0, flags);
}

void Lowering::OnWithItem(Items in, Item& out) {
  if (in.empty()) return;
  PassThrough(in.front(), out);
}

// `a as b`, `a`, and the parenthesised forms `(a as b)` and `(a as b, c)`, which are lists of items.
void Lowering::AddWithItems(const Item& item, std::vector<NodeId>& items) {
  const bool is_wrapped = !item.node.present() && item.kept_count > 0 &&
                          (item.kind == SyntaxKind::kTuple || item.kind == SyntaxKind::kParenthesizedExpression);
  if (is_wrapped) {
    for (size_t i = 0; i < item.kept_count; ++i) AddWithItems(kept_[item.kept_first + i], items);
    return;
  }
  NodeId context;
  NodeId target;
  if (item.kind == SyntaxKind::kAsPattern && !item.node.present()) {
    context = Expr(kept_[item.kept_first]);
    if (item.kept_count > 1) target = Expr(kept_[item.kept_first + 1]);
  } else {
    context = Expr(item);
  }
  items.push_back(b_.Add(NodeKind::kWithItem, item.range(), {context.raw, target.raw}, 0, item.binds));
}

void Lowering::OnWith(Items in, Item& out) {
  const bool is_async = in.front().kind == SyntaxKind::kTokenAsync;
  std::vector<NodeId> items;
  if (const Item* clause = Find(in, SyntaxKind::kWithClause); clause != nullptr) {
    for (size_t i = 0; i < clause->kept_count; ++i) AddWithItems(kept_[clause->kept_first + i], items);
  }
  const auto list = ListOf(items);
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  out.node = b_.Add(NodeKind::kWith, out.range(), {list.offset, list.count, body.offset, body.count}, 0,
                    is_async ? NodeFlags::kAsync : uint8_t{0});
}

void Lowering::OnMatch(Items in, Item& out) {
  std::vector<Item> subjects;
  uint32_t end_of_commas = 0;
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kTokenComma) end_of_commas = item.end;
    if (!IsToken(item) && item.kind != SyntaxKind::kBlock) subjects.push_back(item);
  }
  if (subjects.empty()) subjects.emplace_back();
  const TextRange tuple{subjects.front().begin, std::max(subjects.back().end, end_of_commas)};
  const NodeId subject = end_of_commas > 0 ? TupleOf(absl::MakeSpan(subjects), tuple, 0) : Expr(subjects.front());
  const auto cases = Statements(Find(in, SyntaxKind::kBlock));
  out.node = b_.Add(NodeKind::kMatch, out.range(), {subject.raw, cases.offset, cases.count}, 0, NodeFlags::kBinds);
}

void Lowering::OnCase(Items in, Item& out) {
  std::vector<NodeId> patterns;
  bool has_comma = false;
  for (const Item& item : in) {
    has_comma |= item.kind == SyntaxKind::kTokenComma;
    const bool is_pattern = item.kind == SyntaxKind::kCasePattern || item.kind == SyntaxKind::kKeywordPattern;
    if (is_pattern) patterns.push_back(Pattern(item));
  }
  if (patterns.empty())
    patterns.push_back(b_.Add(NodeKind::kMatchAs, {out.begin, out.begin}, {UINT32_MAX, UINT32_MAX}));
  NodeId pattern = patterns.front();
  if (has_comma) {
    uint32_t end = b_.node(patterns.back()).end;
    for (const Item& item : in) {
      if (item.kind == SyntaxKind::kTokenComma) end = std::max(end, item.end);
    }
    const TextRange range{b_.node(patterns.front()).begin, end};
    const auto list = ListOf(patterns);
    pattern = b_.Add(NodeKind::kMatchSequence, range, {list.offset, list.count});
  }
  const Item* guard = Find(in, SyntaxKind::kIfClause);
  const NodeId test = guard == nullptr ? NodeId() : guard->node;
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  out.node = b_.Add(NodeKind::kMatchCase, out.range(), {pattern.raw, test.raw, body.offset, body.count});
}

// --- Definitions -----------------------------------------------------------------------------------------------------

void Lowering::OnDecorator(Items in, Item& out) {
  const Item* operand = FirstOperand(in);
  const NodeId expression = operand == nullptr ? Missing(out.end) : Expr(*operand);
  // The grammar counts the line end as part of the decorator.
  const uint32_t end = operand == nullptr ? out.end : operand->end;
  out.end = end;
  out.node = b_.Leaf(NodeKind::kDecorator, {out.begin, end}, expression.raw);
}

NodeId Lowering::TypeParameter(Item item) {
  uint32_t end = item.end;
  if (item.kind == SyntaxKind::kConstrainedType && item.kept_count > 0) {
    const Items parts = Kept(item);
    const Item name = parts[0];
    const Item bound_item = parts.size() > 1 ? parts[1] : Item{};
    const NodeId identifier = Identifier(name);
    const NodeId bound = parts.size() > 1 ? Expr(bound_item) : NodeId();
    const NodeId default_value = DefaultBehind(item.end, &end);
    return b_.Add(NodeKind::kTypeVarParameter, {item.begin, end}, {identifier.raw, bound.raw, default_value.raw});
  }
  if (item.kind == SyntaxKind::kSplatType) {
    const bool is_double = absl::StartsWith(Text(item), "**");
    uint32_t begin = item.begin + (is_double ? 2 : 1);
    while (begin < item.end && (text_[begin] == ' ' || text_[begin] == '\t')) ++begin;
    const NodeId identifier =
        b_.Leaf(NodeKind::kIdentifier, {begin, item.end}, b_.Name(text_.substr(begin, item.end - begin)).raw);
    const NodeKind kind = is_double ? NodeKind::kParamSpecParameter : NodeKind::kTypeVarTupleParameter;
    const NodeId default_value = DefaultBehind(item.end, &end);
    return b_.Add(kind, {item.begin, end}, {identifier.raw, default_value.raw});
  }
  if (item.kind != SyntaxKind::kIdentifier) Problem(item.range(), "a type parameter must be a name");
  const NodeId identifier = Identifier(item);
  const NodeId default_value = DefaultBehind(item.end, &end);
  return b_.Add(NodeKind::kTypeVarParameter, {item.begin, end}, {identifier.raw, NodeId::kAbsent, default_value.raw});
}

// `[…]` behind a name in an annotation, or behind the name of a class, function or alias. What nests in it becomes a
// node at once, so that nobody descends into it later.
void Lowering::OnTypeParameters(Items in, Item& out) {
  for (Item& item : in) {
    if (item.kind != SyntaxKind::kGenericType || item.node.present()) continue;
    item.node = Expr(item);
    item.kept_count = 0;
  }
  // As an index it reaches from the first operand to the last, or to the comma behind it; while it waits, `is_missing`
  // says that there is a comma.
  for (const Item& item : in) out.is_missing |= item.kind == SyntaxKind::kTokenComma;
  if (in.size() > 2) {
    out.begin = in[1].begin;
    out.end = in[in.size() - 2].end;
  }
  OnKeepOperands(in, out);
}

AstBuilder::ListRef Lowering::TypeParameters(const Item* item) {
  if (item == nullptr) return {};
  std::vector<NodeId> ids;
  ids.reserve(item->kept_count);
  for (size_t i = 0; i < item->kept_count; ++i) ids.push_back(TypeParameter(kept_[item->kept_first + i]));
  return ListOf(ids);
}

void Lowering::OnFunction(Items in, Item& out) {
  const bool is_async = in.front().kind == SyntaxKind::kTokenAsync;
  const Item* name = Find(in, SyntaxKind::kIdentifier);
  const Item* parameters = Find(in, SyntaxKind::kParameters);
  const NodeId identifier =
      name == nullptr ? b_.Leaf(NodeKind::kIdentifier, {out.begin, out.begin}, b_.Name("").raw) : Identifier(*name);
  const auto type_parameters = TypeParameters(Find(in, SyntaxKind::kTypeParameter));
  const NodeId parameter_list = parameters == nullptr ? EmptyParameters(out.begin) : parameters->node;
  NodeId returns;
  for (size_t i = 1; parameters != nullptr && i < in.size(); ++i) {
    // What stands between the parameters and the body is the return type.
    if (&in[i] > parameters && !IsToken(in[i]) && in[i].kind != SyntaxKind::kBlock) returns = Expr(in[i]);
  }
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  out.node =
      b_.Add(NodeKind::kFunctionDef, out.range(),
             {0, 0, identifier.raw, type_parameters.offset, type_parameters.count, parameter_list.raw, returns.raw,
              body.offset, body.count},
             0, static_cast<uint8_t>((is_async ? NodeFlags::kAsync : 0) | NodeFlags::kBinds | DamageOf(out.begin)));
}

void Lowering::OnClass(Items in, Item& out) {
  const Item* name = Find(in, SyntaxKind::kIdentifier);
  const NodeId identifier =
      name == nullptr ? b_.Leaf(NodeKind::kIdentifier, {out.begin, out.begin}, b_.Name("").raw) : Identifier(*name);
  const auto type_parameters = TypeParameters(Find(in, SyntaxKind::kTypeParameter));
  const auto arguments = Arguments(Find(in, SyntaxKind::kArgumentList));
  const auto body = Statements(Find(in, SyntaxKind::kBlock));
  out.node = b_.Add(NodeKind::kClassDef, out.range(),
                    {0, 0, identifier.raw, type_parameters.offset, type_parameters.count, arguments.offset,
                     arguments.count, body.offset, body.count},
                    0, static_cast<uint8_t>(NodeFlags::kBinds | DamageOf(out.begin)));
}

void Lowering::OnDecorated(Items in, Item& out) {
  std::vector<NodeId> decorators;
  const Item* definition = nullptr;
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kDecorator) decorators.push_back(item.node);
    if (item.kind == SyntaxKind::kFunctionDefinition || item.kind == SyntaxKind::kClassDefinition) definition = &item;
  }
  if (definition == nullptr || !definition->node.present()) {
    out.node = b_.Add(NodeKind::kErrorStatement, out.range(), {0, 0}, 0, NodeFlags::kDamaged);
    return;
  }
  const auto list = ListOf(decorators);
  b_.SetList(definition->node, 0, list);
  out.node = definition->node;
}

void Lowering::OnTypeAlias(Items in, Item& out) {
  std::vector<Item> sides;
  for (const Item& item : in) {
    if (!IsToken(item)) sides.push_back(item);
  }
  if (sides.size() < 2) return;
  const bool is_name = sides[0].kind == SyntaxKind::kIdentifier || sides[0].kind == SyntaxKind::kGenericType;
  if (!is_name) {
    // `type(x).y = z` or `type[0] = z`, read wrongly.
    const char next = text_[std::min<size_t>(text_.find_first_not_of(" \t", in.front().end), text_.size() - 1)];
    if (next == '(' || next == '[') misread_.push_back({in.front().range(), "name"});
    Problem(out.range(), "a type alias is a name");
    out.node = b_.Add(NodeKind::kErrorStatement, out.range(), {0, 0}, 0, NodeFlags::kDamaged);
    return;
  }
  Item name = sides[0];
  AstBuilder::ListRef type_parameters;
  NodeId identifier;
  if (name.kind == SyntaxKind::kGenericType && name.kept_count > 1) {
    const Item list = Kept(name)[1];
    identifier = Identifier(Kept(name)[0]);
    type_parameters = TypeParameters(&list);
  } else {
    identifier = Identifier(name);
  }
  const NodeId value = Expr(sides[1]);
  out.node = b_.Add(NodeKind::kTypeAlias, out.range(),
                    {identifier.raw, type_parameters.offset, type_parameters.count, value.raw}, 0, NodeFlags::kBinds);
}

}  // namespace overt::grammar
