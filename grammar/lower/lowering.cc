#include "grammar/lower/lowering.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grammar/lower/fit_schema.h"

namespace overt::grammar {

// Which function deals with which kind. Kinds without one are leaves, which wait for their parent.
struct Lowering::HandlerTable {
  std::array<Handler, kSyntaxKindCount> by_kind{};
  // Bodies end where their last statement does: the grammar counts the comments behind it.
  std::array<bool, kSyntaxKindCount> ends_with_body{};
  // What a star in front of its first operand is about: `*a.b()` is `*(a.b())`.
  std::array<bool, kSyntaxKindCount> lets_star_out{};
  Handler& operator[](SyntaxKind kind) { return by_kind[static_cast<size_t>(kind)]; }

  HandlerTable() {
    using K = SyntaxKind;
    HandlerTable& on = *this;
    AddStatements(on);
    on[K::kParameters] = on[K::kLambdaParameters] = &Lowering::OnParameters;
    on[K::kTypedParameter] = on[K::kDefaultParameter] = on[K::kTypedDefaultParameter] = &Lowering::OnKeepOperands;
    on[K::kArgumentList] = on[K::kConstrainedType] = &Lowering::OnKeepOperands;
    on[K::kTypeParameter] = &Lowering::OnTypeParameters;
    on[K::kExpressionList] = on[K::kPatternList] = &Lowering::OnKeepOperands;
    on[K::kTuplePattern] = on[K::kListPattern] = &Lowering::OnSequencePattern;
    on[K::kDottedName] = &Lowering::OnKeepOperands;
    on[K::kRelativeImport] = on[K::kChevron] = on[K::kWithClause] = &Lowering::OnKeepOperands;
    on[K::kType] = on[K::kAsPatternTarget] = &Lowering::OnOnlyChild;
    AddExpressions(on);
    on[K::kString] = &Lowering::OnString;
    on[K::kConcatenatedString] = &Lowering::OnConcatenatedString;
    on[K::kInterpolation] = on[K::kFormatExpression] = &Lowering::OnInterpolation;
    on[K::kFormatSpecifier] = &Lowering::OnFormatSpecifier;
    on[K::kCasePattern] = &Lowering::OnCasePattern;
    on[K::kUnionPattern] = &Lowering::OnUnionPattern;
    on[K::kAsPattern] = &Lowering::OnAsPattern;
    on[K::kDictPattern] = &Lowering::OnDictPattern;
    on[K::kKeywordPattern] = &Lowering::OnKeywordPattern;
    on[K::kSplatPattern] = &Lowering::OnSplatPattern;
    on[K::kClassPattern] = &Lowering::OnClassPattern;
    on[K::kComplexPattern] = &Lowering::OnComplexPattern;
    for (const K kind :
         {K::kModule, K::kBlock, K::kIfStatement, K::kElifClause, K::kElseClause, K::kFinallyClause, K::kForStatement,
          K::kWhileStatement, K::kTryStatement, K::kExceptClause, K::kWithStatement, K::kMatchStatement, K::kCaseClause,
          K::kFunctionDefinition, K::kClassDefinition, K::kDecoratedDefinition}) {
      ends_with_body[static_cast<size_t>(kind)] = true;
    }
    for (const K kind : {K::kCall, K::kAttribute, K::kSubscript, K::kBinaryOperator, K::kComparisonOperator,
                         K::kBooleanOperator, K::kConditionalExpression}) {
      lets_star_out[static_cast<size_t>(kind)] = true;
    }
  }

  static void AddStatements(HandlerTable& on) {
    using K = SyntaxKind;
    on[K::kModule] = &Lowering::OnModule;
    on[K::kBlock] = &Lowering::OnBlock;
    on[K::kExpressionStatement] = &Lowering::OnExpressionStatement;
    on[K::kAssignment] = &Lowering::OnAssignment;
    on[K::kAugmentedAssignment] = &Lowering::OnAugmentedAssignment;
    on[K::kReturnStatement] = &Lowering::OnReturn;
    on[K::kDeleteStatement] = &Lowering::OnDelete;
    on[K::kRaiseStatement] = &Lowering::OnRaise;
    on[K::kAssertStatement] = &Lowering::OnAssert;
    on[K::kPassStatement] = &Lowering::OnPass;
    on[K::kBreakStatement] = &Lowering::OnBreak;
    on[K::kContinueStatement] = &Lowering::OnContinue;
    on[K::kGlobalStatement] = on[K::kNonlocalStatement] = &Lowering::OnNames;
    on[K::kImportStatement] = &Lowering::OnImport;
    on[K::kFutureImport] = &Lowering::OnFutureImport;
    on[K::kImportFrom] = &Lowering::OnImportFrom;
    on[K::kAliasedImport] = &Lowering::OnAliasedImport;
    on[K::kPrintStatement] = &Lowering::OnPrint;
    on[K::kExecStatement] = &Lowering::OnExec;
    on[K::kIfStatement] = &Lowering::OnIf;
    on[K::kElifClause] = on[K::kElseClause] = on[K::kFinallyClause] = &Lowering::OnClause;
    on[K::kForStatement] = &Lowering::OnFor;
    on[K::kWhileStatement] = &Lowering::OnWhile;
    on[K::kTryStatement] = &Lowering::OnTry;
    on[K::kExceptClause] = &Lowering::OnExcept;
    on[K::kWithStatement] = &Lowering::OnWith;
    on[K::kWithItem] = &Lowering::OnWithItem;
    on[K::kMatchStatement] = &Lowering::OnMatch;
    on[K::kCaseClause] = &Lowering::OnCase;
    on[K::kFunctionDefinition] = &Lowering::OnFunction;
    on[K::kClassDefinition] = &Lowering::OnClass;
    on[K::kDecoratedDefinition] = &Lowering::OnDecorated;
    on[K::kDecorator] = &Lowering::OnDecorator;
    on[K::kTypeAliasStatement] = &Lowering::OnTypeAlias;
  }

  static void AddExpressions(HandlerTable& on) {
    using K = SyntaxKind;
    on[K::kParenthesizedExpression] = &Lowering::OnParenthesized;
    on[K::kNamedExpression] = &Lowering::OnNamedExpression;
    on[K::kNotOperator] = &Lowering::OnNot;
    on[K::kUnaryOperator] = &Lowering::OnUnary;
    on[K::kBooleanOperator] = &Lowering::OnBoolean;
    on[K::kBinaryOperator] = &Lowering::OnBinary;
    on[K::kComparisonOperator] = &Lowering::OnComparison;
    on[K::kLambda] = &Lowering::OnLambda;
    on[K::kConditionalExpression] = &Lowering::OnConditional;
    on[K::kYield] = &Lowering::OnYield;
    on[K::kAwait] = &Lowering::OnAwait;
    on[K::kAttribute] = &Lowering::OnAttribute;
    on[K::kSubscript] = &Lowering::OnSubscript;
    on[K::kSlice] = &Lowering::OnSlice;
    on[K::kCall] = &Lowering::OnCall;
    on[K::kKeywordArgument] = &Lowering::OnKeywordArgument;
    on[K::kDictionarySplat] = &Lowering::OnDictionarySplat;
    on[K::kListSplat] = on[K::kListSplatPattern] = on[K::kSplatType] = &Lowering::OnStarred;
    on[K::kDictionarySplatPattern] = &Lowering::OnKeepOperands;
    on[K::kList] = &Lowering::OnList;
    on[K::kSet] = &Lowering::OnSet;
    on[K::kTuple] = &Lowering::OnTuple;
    on[K::kDictionary] = &Lowering::OnDictionary;
    on[K::kPair] = &Lowering::OnPair;
    on[K::kListComprehension] = on[K::kSetComprehension] = &Lowering::OnComprehension;
    on[K::kDictionaryComprehension] = on[K::kGeneratorExpression] = &Lowering::OnComprehension;
    on[K::kForInClause] = &Lowering::OnForInClause;
    on[K::kIfClause] = &Lowering::OnIfClause;
    on[K::kGenericType] = &Lowering::OnGenericType;
    on[K::kUnionType] = &Lowering::OnUnionType;
    on[K::kMemberType] = &Lowering::OnMemberType;
  }
};

const Lowering::HandlerTable& Lowering::Handlers() {
  static const HandlerTable* table = new HandlerTable();
  return *table;
}

namespace {

// What stands before a comment on its line, without the blanks at the line's beginning: Comment::lead.
uint32_t LeadOf(absl::string_view text, uint32_t comment) {
  const absl::string_view before = text.substr(0, comment);
  const size_t line_end = before.find_last_of("\r\n");
  const size_t line = line_end == absl::string_view::npos ? 0 : line_end + 1;
  const size_t first = before.find_first_not_of(" \t\f", line);
  return first == absl::string_view::npos ? 0 : comment - static_cast<uint32_t>(first);
}

}  // namespace

void Lowering::Run(const FlatSyntax& syntax, const EditedText* edited, const Repairs& repairs) {
  if (edited != nullptr) repairs_ = &repairs;
  for (uint32_t i = 0; i < syntax.comment_count(); ++i) {
    const TextRange range = edited == nullptr ? syntax.comment(i) : edited->ToOriginal(syntax.comment(i));
    const absl::string_view comment = text_.substr(range.begin, range.size());
    if (absl::StrContains(comment, "type:") || absl::StrContains(comment, "overt:")) {
      b_.AddComment(range, comment, LeadOf(text_, range.begin));
    }
  }
  Walk(syntax, syntax.size(), edited);
  // A text of which the parser could make nothing has an error at its root.
  if (stack_.size() == 1 && stack_.back().kind == SyntaxKind::kError) {
    Item out;
    OnModule(Items(stack_.data(), stack_.size()), out);
  }
  if (syntax.has_error() || edited != nullptr) FitSchema(b_);
}

NodeId Lowering::RunExpression(const FlatSyntax& syntax, const EditedText& edited) {
  // Last come the brackets' own node, its statement and the module.
  if (syntax.size() < 4) return {};
  const uint32_t brackets = syntax.size() - 3;
  const bool is_one_statement = syntax[brackets + 1].kind == SyntaxKind::kExpressionStatement &&
                                syntax[brackets + 1].child_count == 1 && syntax[brackets + 2].child_count == 1;
  if (!is_one_statement) return {};
  const SyntaxKind kind = syntax[brackets].kind;
  const bool is_wrapped = kind == SyntaxKind::kParenthesizedExpression || kind == SyntaxKind::kList;
  std::vector<Item> outer;
  outer.swap(stack_);
  NodeId result;
  if (is_wrapped) {
    Walk(syntax, brackets, &edited);
    if (stack_.size() == 3) result = Expr(stack_[1]);
  } else if (kind == SyntaxKind::kTuple || kind == SyntaxKind::kGeneratorExpression) {
    Walk(syntax, brackets + 1, &edited);
    result = Expr(stack_.back());
  }
  stack_.swap(outer);
  return result;
}

void Lowering::Walk(const FlatSyntax& syntax, uint32_t count, const EditedText* edited) {
  for (uint32_t i = 0; i < count; ++i) {
    FlatNode node = syntax[i];
    if (edited != nullptr) {
      const TextRange range = edited->ToOriginal({node.begin, node.end});
      node.begin = range.begin;
      node.end = range.end;
    }
    if (node.child_count > 0 || node.kind == SyntaxKind::kError || node.kind == SyntaxKind::kModule) {
      Reduce(node);
      continue;
    }
    const Handler handler = Handlers().by_kind[static_cast<size_t>(node.kind)];
    if (handler != nullptr) {
      Reduce(node);  // a construct without children, such as an empty block
      continue;
    }
    Item leaf;
    leaf.kind = node.kind;
    leaf.is_missing = node.is_missing;
    leaf.begin = node.begin;
    leaf.end = node.end;
    leaf.mark = static_cast<uint32_t>(kept_.size());
    stack_.push_back(leaf);
    if (node.is_missing) Problem({node.begin, node.end}, "something is missing here");
  }
}

// --- Repaired texts --------------------------------------------------------------------------------------------------

bool Lowering::IsHole(uint32_t begin) const {
  if (repairs_ == nullptr) return false;
  const auto it = std::lower_bound(repairs_->holes.begin(), repairs_->holes.end(), TextRange{begin, 0});
  return it != repairs_->holes.end() && it->begin == begin;
}

uint8_t Lowering::DamageOf(uint32_t header) const {
  const bool is_damaged =
      repairs_ != nullptr && std::binary_search(repairs_->headers.begin(), repairs_->headers.end(), header);
  return is_damaged ? NodeFlags::kDamaged : uint8_t{0};
}

NodeId Lowering::DefaultBehind(uint32_t end, uint32_t* new_end) {
  if (repairs_ == nullptr) return {};
  const auto it = std::lower_bound(repairs_->defaults.begin(), repairs_->defaults.end(), TextRange{end, 0});
  if (it == repairs_->defaults.end()) return {};
  for (uint32_t at = end; at < it->begin; ++at) {
    const char c = text_[at];
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '=') return {};
  }
  *new_end = it->end;
  return Fragment(*it);
}

NodeId Lowering::Fragment(TextRange range) {
  const Edit edits[] = {{{0, range.begin}, "["}, {{range.end, static_cast<uint32_t>(text_.size())}, "]"}};
  const EditedText edited(text_, edits);
  Parser parser;
  const SyntaxTree tree = parser.Parse(edited.text());
  FlatSyntax syntax;
  tree.ReadInto(syntax);
  const NodeId node = syntax.has_error() ? NodeId() : RunExpression(syntax, edited);
  if (node.present()) return node;
  Problem(range, "this is no expression");
  return b_.Add(NodeKind::kErrorExpression, range, {0, 0}, 0, NodeFlags::kDamaged);
}

void Lowering::Reduce(const FlatNode& node) {
  Items children(stack_.data() + stack_.size() - node.child_count, node.child_count);
  Item out;
  out.kind = node.kind;
  out.begin = node.begin;
  out.end = node.end;
  out.mark = children.empty() ? static_cast<uint32_t>(kept_.size()) : children.front().mark;
  for (const Item& child : children) out.binds |= child.binds;
  const HandlerTable& handlers = Handlers();
  if (handlers.ends_with_body[static_cast<size_t>(node.kind)]) out.end = EndOfBody(children, node);
  // A backslash at the very end belongs to nobody.
  for (size_t i = children.size(); i > 1 && children[i - 1].kind == SyntaxKind::kLineContinuation; --i) {
    if (out.end == children[i - 1].end) out.end = children[i - 2].end;
  }
  // The star leaves its operand and takes the whole.
  const bool is_starred =
      handlers.lets_star_out[static_cast<size_t>(node.kind)] && !children.empty() && IsWaitingStar(children.front());
  if (is_starred) {
    const Item operand = Kept(children.front()).front();
    children.front() = operand;
    out.begin = operand.begin;
  }
  if (node.kind == SyntaxKind::kError) {
    Keep(children, out);
  } else if (const Handler handler = Handlers().by_kind[static_cast<size_t>(node.kind)]; handler != nullptr) {
    (this->*handler)(WithoutErrors(children, node), out);
  } else {
    OnKeepOperands(WithoutErrors(children, node), out);
  }
  if (out.node.present()) {
    b_.mutable_node(out.node).flags |= out.binds;
    if (out.kept_count == 0) kept_.resize(out.mark);
  }
  if (is_starred) PutStarBack(node.begin, out);
  stack_.resize(stack_.size() - node.child_count);
  stack_.push_back(out);
}

uint32_t Lowering::EndOfBody(Items children, const FlatNode& node) {
  for (size_t i = children.size(); i-- > 0;) {
    const bool is_empty = children[i].kind == SyntaxKind::kBlock && children[i].kept_count == 0;
    if (!is_empty) return children[i].end;
  }
  return node.begin;
}

bool Lowering::IsWaitingStar(const Item& item) {
  return item.kind == SyntaxKind::kListSplat && !item.node.present() && item.kept_count == 1;
}

// `out` is what stands behind the star at `begin`.
void Lowering::PutStarBack(uint32_t begin, Item& out) {
  Item operand = out;
  operand.node = Expr(out);
  operand.kept_count = 0;
  kept_.resize(out.mark);
  kept_.push_back(operand);
  out.kind = SyntaxKind::kListSplat;
  out.node = NodeId();
  out.begin = begin;
  out.kept_first = out.mark;
  out.kept_count = 1;
}

namespace {

bool IsDefinition(const Item& item) {
  return item.node.present() &&
         (item.kind == SyntaxKind::kFunctionDefinition || item.kind == SyntaxKind::kClassDefinition ||
          item.kind == SyntaxKind::kDecoratedDefinition);
}

}  // namespace

// Children of statement lists keep their errors: there they become statements. Elsewhere what can be saved waits for
// the next statement list, and the parent sees only what the grammar promises it.
Items Lowering::WithoutErrors(Items children, const FlatNode& parent) {
  const bool is_list = parent.kind == SyntaxKind::kModule || parent.kind == SyntaxKind::kBlock;
  size_t kept = 0;
  for (size_t i = 0; i < children.size(); ++i) {
    const Item& child = children[i];
    if (child.kind == SyntaxKind::kLineContinuation) continue;
    if (child.kind == SyntaxKind::kError && !is_list) {
      Problem(child.range(), "invalid syntax");
      for (const Item& inner : Kept(child)) {
        if (IsDefinition(inner)) orphans_.push_back(inner.node);
      }
      continue;
    }
    if (kept != i) children[kept] = child;
    ++kept;
  }
  return children.first(kept);
}

// --- What waiting items become ---------------------------------------------------------------------------------------

NodeId Lowering::Expr(const Item& item) {
  if (item.node.present()) return item.node;
  switch (item.kind) {
    case SyntaxKind::kIdentifier:
      if (item.is_missing) return Missing(item.begin);
      return b_.Leaf(NodeKind::kName, item.range(), b_.Name(Text(item)).raw);
    case SyntaxKind::kInteger:
    case SyntaxKind::kFloat: return NumberOf(item);
    case SyntaxKind::kTrue: return b_.Leaf(NodeKind::kTrue, item.range());
    case SyntaxKind::kFalse: return b_.Leaf(NodeKind::kFalse, item.range());
    case SyntaxKind::kNone: return b_.Leaf(NodeKind::kNone, item.range());
    case SyntaxKind::kEllipsis:
      if (!IsHole(item.begin)) return b_.Leaf(NodeKind::kEllipsis, item.range());
      return b_.Add(NodeKind::kErrorExpression, item.range(), {0, 0}, 0, NodeFlags::kDamaged);
    case SyntaxKind::kExpressionList:
    case SyntaxKind::kPatternList: return TupleOf(Kept(item), item.range(), 0);
    case SyntaxKind::kTuple:
    case SyntaxKind::kTuplePattern: return TupleOf(Kept(item), item.range(), NodeFlags::kParenthesized);
    case SyntaxKind::kListPattern: {
      std::vector<NodeId> ids;
      ids.reserve(item.kept_count);
      for (size_t i = 0; i < item.kept_count; ++i) ids.push_back(Expr(kept_[item.kept_first + i]));
      const auto list = ListOf(ids);
      return b_.Add(NodeKind::kList, item.range(), {list.offset, list.count}, 0, item.binds);
    }
    case SyntaxKind::kBooleanOperator: {
      std::vector<NodeId> ids;
      ids.reserve(item.kept_count);
      for (size_t i = 0; i < item.kept_count; ++i) ids.push_back(Expr(kept_[item.kept_first + i]));
      const auto list = ListOf(ids);
      const auto op = static_cast<uint16_t>(item.is_missing ? BoolOperator::kOr : BoolOperator::kAnd);
      return b_.Add(NodeKind::kBoolOp, item.range(), {list.offset, list.count}, op, item.binds);
    }
    case SyntaxKind::kUnionType: return BitwiseOf(item);
    case SyntaxKind::kGenericType: {
      const Items parts = Kept(item);
      const NodeId value = Expr(parts[0]);
      const Items types = Kept(parts[1]);
      const bool has_star = types.size() == 1 && types[0].kind == SyntaxKind::kSplatType;
      const bool has_comma = parts[1].is_missing;  // see OnTypeParameters
      const NodeId index =
          types.size() == 1 && !has_comma && !has_star ? Expr(types[0]) : TupleOf(types, parts[1].range(), 0);
      return b_.Add(NodeKind::kSubscript, item.range(), {value.raw, index.raw}, 0, item.binds);
    }
    case SyntaxKind::kDottedName: return DottedNameExpr(item);
    case SyntaxKind::kListSplat:
    case SyntaxKind::kListSplatPattern:
    case SyntaxKind::kSplatType: {
      const NodeId value = item.kept_count == 0 ? Missing(item.end) : Expr(Kept(item).front());
      return b_.Leaf(NodeKind::kStarred, item.range(), value.raw, 0, item.binds);
    }
    case SyntaxKind::kConstrainedType: {
      // `a: b` between the brackets of a subscript in an annotation is a slice.
      NodeId parts[3];
      for (size_t i = 0; i < item.kept_count && i < 2; ++i) parts[i] = Expr(kept_[item.kept_first + i]);
      return b_.Add(NodeKind::kSlice, item.range(), {parts[0].raw, parts[1].raw, parts[2].raw}, 0, item.binds);
    }
    case SyntaxKind::kAsPattern:
    case SyntaxKind::kParenthesizedExpression:
      // `(a as b)` has a meaning in `with` only.
      Problem(item.range(), "`as` has no meaning here");
      return item.kept_count == 0 ? Missing(item.begin) : Expr(Kept(item).front());
    default: break;
  }
  return Missing(item.begin);
}

NodeId Lowering::Identifier(const Item& item) {
  return b_.Leaf(NodeKind::kIdentifier, item.range(), b_.Name(Text(item)).raw);
}

NodeId Lowering::TupleOf(Items items, TextRange range, uint8_t flags) {
  std::vector<NodeId> ids;
  ids.reserve(items.size());
  // Expr never keeps anything, so `items` stays where it is.
  for (const Item& item : items) {
    flags |= item.binds;
    ids.push_back(Expr(item));
  }
  const auto list = ListOf(ids);
  return b_.Add(NodeKind::kTuple, range, {list.offset, list.count}, 0, flags);
}

NodeId Lowering::NumberOf(const Item& item) {
  const absl::string_view text = Text(item);
  const char last = text.empty() ? '0' : text.back();
  if (last == 'j' || last == 'J') {
    return b_.Leaf(NodeKind::kNumber, item.range(), UINT32_MAX, static_cast<uint16_t>(NumberKind::kImaginary));
  }
  if (item.kind == SyntaxKind::kFloat) {
    return b_.Leaf(NodeKind::kNumber, item.range(), UINT32_MAX, static_cast<uint16_t>(NumberKind::kFloat));
  }
  uint64_t value = 0;
  if (text.size() > 2 && text[0] == '0' && !absl::ascii_isdigit(static_cast<unsigned char>(text[1]))) {
    value = UINT32_MAX;  // hexadecimal, octal, binary: nobody asks for the value
  }
  for (const char c : text) {
    if (c == '_') continue;
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c)) || value >= UINT32_MAX) {
      value = UINT32_MAX;
      break;
    }
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  const uint32_t word = value >= UINT32_MAX ? UINT32_MAX : static_cast<uint32_t>(value);
  return b_.Leaf(NodeKind::kNumber, item.range(), word, static_cast<uint16_t>(NumberKind::kInt));
}

NodeId Lowering::DottedNameExpr(const Item& item) {
  NodeId at;
  for (const Item& part : Kept(item)) {
    at = at.present() ? b_.Add(NodeKind::kAttribute, {item.begin, part.end}, {at.raw, b_.Name(Text(part)).raw})
                      : Expr(part);
  }
  return at.present() ? at : Missing(item.begin);
}

std::string Lowering::DottedText(const Item& item) {
  std::string text;
  for (const Item& part : Kept(item)) absl::StrAppend(&text, text.empty() ? "" : ".", Text(part));
  return text;
}

// --- Building --------------------------------------------------------------------------------------------------------

void Lowering::Keep(Items items, Item& out) {
  bool has_kept = false;
  for (const Item& item : items) has_kept |= item.kept_count > 0;
  // What the children keep must survive; otherwise their leftovers make room.
  if (!has_kept) kept_.resize(out.mark);
  out.kept_first = static_cast<uint32_t>(kept_.size());
  kept_.insert(kept_.end(), items.begin(), items.end());
  out.kept_count = static_cast<uint32_t>(items.size());
}

void Lowering::PassThrough(const Item& from, Item& out) {
  const uint32_t mark = out.mark;
  out = from;
  out.mark = mark;
}

AstBuilder::ListRef Lowering::Statements(const Item* block) {
  if (block == nullptr) return {};
  return {block->kept_first, block->kept_count};
}

NodeId Lowering::Missing(uint32_t at) {
  return b_.Add(NodeKind::kErrorExpression, {at, at}, {0, 0}, 0, NodeFlags::kDamaged);
}

void Lowering::Problem(TextRange range, absl::string_view message, uint8_t first_minor, uint8_t last_minor) {
  b_.AddProblem(range, message, first_minor, last_minor);
}

const Item* Lowering::Find(Items in, SyntaxKind kind) {
  for (const Item& item : in) {
    if (item.kind == kind) return &item;
  }
  return nullptr;
}

bool Lowering::IsToken(const Item& item) {
  return item.kind == SyntaxKind::kToken || item.kind >= SyntaxKind::kTokenAsync;
}

const Item* Lowering::FirstOperand(Items in) {
  for (const Item& item : in) {
    if (!IsToken(item)) return &item;
  }
  return nullptr;
}

const Item* Lowering::OperandAfter(Items in, SyntaxKind token) {
  bool is_after = false;
  for (const Item& item : in) {
    if (is_after && !IsToken(item)) return &item;
    is_after |= item.kind == token;
  }
  return nullptr;
}

std::vector<NodeId>& Lowering::Scratch() {
  scratch_.clear();
  return scratch_;
}

}  // namespace overt::grammar
