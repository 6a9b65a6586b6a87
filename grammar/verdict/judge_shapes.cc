// What can be told from a node and its children: columns of statements, literals, arguments, parameters, targets.
#include <algorithm>
#include <cstring>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grammar/base/identifier.h"
#include "grammar/verdict/judge_text.h"
#include "grammar/verdict/recogniser.h"
#include "grammar/verdict/tokenizer.h"
#include "grammar/verdict/tree_judge.h"

namespace overt::grammar {
namespace {

constexpr size_t kFewNames = 12;
constexpr int64_t kIndentLevelLimit = 100;

bool IsSimpleStatement(NodeKind kind) {
  switch (kind) {
    case NodeKind::kReturn:
    case NodeKind::kDelete:
    case NodeKind::kAssign:
    case NodeKind::kAugAssign:
    case NodeKind::kAnnAssign:
    case NodeKind::kTypeAlias:
    case NodeKind::kRaise:
    case NodeKind::kAssert:
    case NodeKind::kImport:
    case NodeKind::kImportFrom:
    case NodeKind::kGlobal:
    case NodeKind::kNonlocal:
    case NodeKind::kExpressionStatement: return true;
    default: return false;
  }
}

// Behind the last thing that the header of a compound statement says before its `:`; 0 if it says nothing.
uint32_t EndOfHeader(const Ast& ast, NodeId id) {
  const auto end_of = [&](NodeId last) { return last.present() ? ast.range(last).end : 0; };
  const auto either = [&](NodeId last, NodeId other) { return end_of(last.present() ? last : other); };
  switch (ast.kind(id)) {
    case NodeKind::kFunctionDef:
      return either(FunctionDefNode(ast, id).returns(), FunctionDefNode(ast, id).parameters());
    case NodeKind::kClassDef: {
      const NodeList arguments = ClassDefNode(ast, id).arguments();
      return end_of(arguments.empty() ? ClassDefNode(ast, id).name() : arguments.back());
    }
    case NodeKind::kFor: return end_of(ForNode(ast, id).iterable());
    case NodeKind::kWhile: return end_of(WhileNode(ast, id).test());
    case NodeKind::kIfBranch: return end_of(IfBranchNode(ast, id).test());
    case NodeKind::kWith: return WithNode(ast, id).items().empty() ? 0 : end_of(WithNode(ast, id).items().back());
    case NodeKind::kMatch: return end_of(MatchNode(ast, id).subject());
    case NodeKind::kMatchCase: return either(MatchCaseNode(ast, id).guard(), MatchCaseNode(ast, id).pattern());
    case NodeKind::kExceptHandler: return either(ExceptHandlerNode(ast, id).name(), ExceptHandlerNode(ast, id).type());
    default: return 0;
  }
}

// Whether a line ends outside of brackets and literals and without a backslash.
bool HasLooseLineEnd(absl::string_view text) {
  int64_t depth = 0;
  for (size_t i = 0; i < text.size();) {
    switch (text[i]) {
      case '(':
      case '[':
      case '{': ++depth; break;
      case ')':
      case ']':
      case '}': --depth; break;
      case '\\': i += i + 2 < text.size() && text[i + 1] == '\r' && text[i + 2] == '\n' ? 2 : 1; break;
      case '#': i = std::min(text.find('\n', i), text.size()); continue;
      case '"':
      case '\'': i = BehindString(text, i); continue;
      case '\n':
        if (depth <= 0) return true;
        break;
      default: break;
    }
    ++i;
  }
  return false;
}

// Whether a line ends in a literal of one line, without a backslash.
bool HasBareLineEnd(absl::string_view literal) {
  for (size_t i = 0; i < literal.size(); ++i) {
    if (literal[i] == '\n') return true;
    if (literal[i] == '\\') i += i + 2 < literal.size() && literal[i + 1] == '\r' && literal[i + 2] == '\n' ? 2 : 1;
  }
  return false;
}

}  // namespace

// --- Statements ------------------------------------------------------------------------------------------------------

// The column of what stands first on its line; -1 if something stands before it. Tabs are the recogniser's.
int64_t TreeJudge::ColumnOf(uint32_t at) const {
  uint32_t begin = at;
  while (begin > 0 && text_[begin - 1] == ' ') --begin;
  return begin == 0 || text_[begin - 1] == '\n' ? static_cast<int64_t>(at - begin) : -1;
}

// tree-sitter takes a block whose statements stand in different columns.
void TreeJudge::CheckBody(NodeList body) {
  if (body.empty()) return;
  const int64_t column = ColumnOf(ast_.node(body.front()).begin);
  if (column >= kIndentLevelLimit) Doubt();  // so many levels need at least as many blanks
  if (body.size() == 1) return;
  bool first = true;
  for (const NodeId statement : body) {
    if (first) {
      first = false;
      continue;
    }
    const int64_t own = ColumnOf(ast_.node(statement).begin);
    if (own < 0) continue;
    if (own != column) return Doubt();
  }
}

// tree-sitter goes on over the end of a line wherever no statement can end.
void TreeJudge::CheckLineEnds(NodeId id, const Node& node) {
  const uint32_t end = IsSimpleStatement(node.kind) ? node.end : EndOfHeader(ast_, id);
  if (end <= node.begin) return;
  const absl::string_view text = text_.substr(node.begin, end - node.begin);
  if (std::memchr(text.data(), '\n', text.size()) != nullptr && HasLooseLineEnd(text)) Doubt();
}

void TreeJudge::CheckClauseColumns(NodeId first, NodeId second) {
  if (ColumnOf(ast_.node(first).begin) != ColumnOf(ast_.node(second).begin)) Doubt();
}

void TreeJudge::CheckIf(NodeId id) {
  const NodeList branches = IfNode(ast_, id).branches();
  for (const NodeId branch : branches) {
    if (branch != branches.front()) CheckClauseColumns(branches.front(), branch);
  }
}

void TreeJudge::CheckDecorators(NodeList decorators, const Node& owner) {
  for (const NodeId id : decorators) {
    if (ColumnOf(ast_.node(id).begin) != ColumnOf(owner.begin)) Doubt();
    const Node& decorator = ast_.node(id);
    if (HasLooseLineEnd(
            absl::StripTrailingAsciiWhitespace(text_.substr(decorator.begin, decorator.end - decorator.begin))))
      Doubt();
    NodeId expression = DecoratorNode(ast_, id).expression();
    const NodeId whole = expression;
    if (KindOf(expression) == NodeKind::kCall && !IsParenthesised(expression))
      expression = CallNode(ast_, expression).callee();
    while (KindOf(expression) == NodeKind::kAttribute && !IsParenthesised(expression)) {
      expression = AttributeNode(ast_, expression).value();
    }
    if (KindOf(expression) != NodeKind::kName || IsParenthesised(expression) || IsParenthesised(whole)) {
      Needs(9, ast_.range(whole), "decorators that are more than a dotted name and a call");
    }
  }
}

void TreeJudge::CheckWith(NodeId id) {
  const WithNode with(ast_, id);
  const NodeList items = with.items();
  if (items.empty()) return;
  bool has_target = false;
  for (const NodeId item : items) has_target = has_target || WithItemNode(ast_, item).target().present();
  const uint32_t first = ast_.node(items.front()).begin;
  const size_t open = text_.find('(', ast_.node(id).begin);
  if (!has_target || open >= first) return;
  // Parentheses around all items: a `:` follows the closing one.
  uint32_t at = ast_.node(items.back()).end;
  while (at < text_.size() && (absl::ascii_isspace(static_cast<unsigned char>(text_[at])) || text_[at] == ',')) ++at;
  if (at >= text_.size() || text_[at] != ')' || CharacterAfter(at + 1) != ':') return Doubt();
  Needs(9, {static_cast<uint32_t>(open), static_cast<uint32_t>(open) + 1}, "parentheses around the items of a `with`");
}

void TreeJudge::CheckTry(NodeId id) {
  const TryNode statement(ast_, id);
  const NodeList handlers = statement.handlers();
  const bool star = (ast_.node(id).flags & NodeFlags::kStar) != 0;
  if (handlers.empty() && (statement.final_body().empty() || !statement.or_else().empty())) Doubt();
  for (const NodeId handler : handlers) {
    const ExceptHandlerNode node(ast_, handler);
    if (ColumnOf(node.range().begin) != ColumnOf(ast_.node(id).begin)) Doubt();
    if (((node.flags() & NodeFlags::kStar) != 0) != star || (star && !node.type().present())) Doubt();
    if (node.type().present() && !node.name().present() && !node.body().empty()) {
      // `as` with something that is no name.
      const uint32_t end = ast_.range(node.type()).end;
      const absl::string_view rest = text_.substr(end, ast_.range(node.body().front()).begin - end);
      if (absl::StrContains(rest.substr(0, rest.find(':')), "as")) Doubt();
    } else if (node.name().present() && CharacterBefore(ast_.range(node.name()).begin) == '(') {
      Doubt();
    }
    if (!node.type().present() && handler != handlers.back()) {
      Refuse({node.range().begin, node.range().begin + 6}, "an `except` without a type must be the last one");
    }
  }
  if (star && !handlers.empty())
    Needs(11, {ast_.range(handlers.front()).begin, ast_.range(handlers.front()).begin + 6}, "`except*` clauses");
}

// --- Literals --------------------------------------------------------------------------------------------------------

void TreeJudge::CheckNumber(const Node& node) {
  const char next = node.end < text_.size() ? text_[node.end] : '\0';
  const char first = text_[node.begin];
  if (node.end - node.begin == 1 && !IsIdentifierByte(next)) return;
  bool plain = first >= '1' && first <= '9' && node.end - node.begin < 300 && !IsIdentifierByte(next);
  for (uint32_t i = node.begin; plain && i < node.end; ++i) plain = text_[i] >= '0' && text_[i] <= '9';
  if (plain) return;
  size_t length = 0;
  if (!::overt::grammar::CheckNumber(text_.substr(node.begin), &length).empty() || length != node.end - node.begin)
    Doubt();
}

void TreeJudge::CheckString(NodeId id, const Node& node) {
  (void)id;
  const absl::string_view literal = text_.substr(node.begin, node.end - node.begin);
  if (literal.empty()) return;
  size_t quote = 0;
  while (quote < literal.size() && absl::ascii_isalpha(static_cast<unsigned char>(literal[quote]))) ++quote;
  if (quote == literal.size() || (literal[quote] != '"' && literal[quote] != '\'')) return;  // a stretch of an f-string
  const bool is_triple =
      literal.size() >= quote + 6 && literal[quote] == literal[quote + 1] && literal[quote] == literal[quote + 2];
  if (!is_triple && std::memchr(literal.data(), '\n', literal.size()) != nullptr && HasBareLineEnd(literal)) Doubt();
  if (quote == 2) {
    const bool raw = (node.flags & NodeFlags::kRaw) != 0;
    const bool bytes = (node.flags & NodeFlags::kBytes) != 0;
    if (!raw || !bytes) Doubt();
  }
  if ((node.flags & NodeFlags::kBytes) == 0 &&
      ((node.flags & NodeFlags::kRaw) != 0 || std::memchr(literal.data(), '\\', literal.size()) == nullptr)) {
    return;
  }
  const uint8_t prefix = static_cast<uint8_t>(((node.flags & NodeFlags::kRaw) != 0 ? StringPrefix::kRaw : 0) |
                                              ((node.flags & NodeFlags::kBytes) != 0 ? StringPrefix::kBytes : 0));
  if (!FindBadEscapes(text_, {node.begin, node.end}, prefix).empty()) Doubt();
}

// Whether the field's format specification holds a field, whose specification holds one, and so on `levels` times.
bool TreeJudge::HoldsSpecifications(NodeId field, int levels) const {
  if (levels == 0) return true;
  const NodeId specification = InterpolationNode(ast_, field).format_spec();
  if (!Is(specification, NodeKind::kFormattedString)) return false;
  return absl::c_any_of(FormattedStringNode(ast_, specification).parts(), [&](NodeId part) {
    return KindOf(part) == NodeKind::kInterpolation && HoldsSpecifications(part, levels - 1);
  });
}

void TreeJudge::CheckInterpolation(NodeId id, const Node& node) {
  constexpr int kTooManySpecifications = 3;
  const char conversion = static_cast<char>(node.small);
  if (conversion != '\0' && conversion != 's' && conversion != 'r' && conversion != 'a') Doubt();
  if (HoldsSpecifications(id, kTooManySpecifications)) Doubt();
  CheckPlainValue(InterpolationNode(ast_, id).value());
}

void TreeJudge::CheckFormattedString(const Node& node, NodeList parts, uint8_t first_minor) {
  const absl::string_view literal = text_.substr(node.begin, node.end - node.begin);
  const size_t quote = literal.find_first_of("'\"");
  const bool is_triple = quote <= 2 && literal.size() >= quote + 6 && literal[quote] == literal[quote + 1] &&
                         literal[quote] == literal[quote + 2];
  for (const NodeId part : parts) {
    if (KindOf(part) != NodeKind::kString) continue;
    const Node& string = ast_.node(part);
    if (!is_triple && HasBareLineEnd(text_.substr(string.begin, string.end - string.begin))) Doubt();
    if ((string.flags & NodeFlags::kRaw) == 0 && !FindBadEscapes(text_, {string.begin, string.end}, 0).empty()) Doubt();
  }
  if (formatted_.contains({node.begin, node.end})) return;  // within another, or its format specification
  formatted_ = {node.begin, node.end};
  if (quote > 2 || (quote == 2 && (node.flags & NodeFlags::kRaw) == 0)) return Doubt();
  if (first_minor > 12) return;
  if (const std::string why = WhyNotOldFString(text_, formatted_); !why.empty()) Needs(12, formatted_, why);
}

void TreeJudge::CheckConcatenation(NodeList parts) {
  if (parts.empty()) return;
  const auto flavour = [&](NodeId part) {
    if (KindOf(part) == NodeKind::kTemplateString) return 2;
    return KindOf(part) == NodeKind::kString && (ast_.node(part).flags & NodeFlags::kBytes) != 0 ? 1 : 0;
  };
  for (const NodeId part : parts) {
    if (flavour(part) != flavour(parts.front())) return Doubt();
  }
}

// --- Expressions -----------------------------------------------------------------------------------------------------

// Operands that need parentheses in CPython's grammar and none in tree-sitter's.
void TreeJudge::CheckLooseOperand(NodeId id) {
  switch (KindOf(id)) {
    case NodeKind::kLambda:
    case NodeKind::kIfExp:
    case NodeKind::kNamedExpr:
    case NodeKind::kStarred:
    case NodeKind::kYield:
    case NodeKind::kYieldFrom:
      if (!IsParenthesised(id)) Doubt();
      return;
    default: return;
  }
}

// In front of the star of an expression: an opening bracket, a comma, a lone `=`, or one of a few words. tree-sitter
// takes it behind operators as well.
bool TreeJudge::MayStandBeforeStar(uint32_t at) const {
  const absl::string_view before = absl::StripTrailingAsciiWhitespace(text_.substr(0, at));
  if (before.empty() || CharacterBefore(at) == '\n') return true;
  const char last = before.back();
  if (last == '=') return !absl::EndsWith(before, "==") && !absl::EndsWith(before, "!=");
  if (!absl::ascii_isalnum(static_cast<unsigned char>(last))) {
    return absl::string_view("([{,:;\\").find(last) != absl::string_view::npos;
  }
  return absl::EndsWith(before, "return") || absl::EndsWith(before, "yield") || absl::EndsWith(before, "in") ||
         absl::EndsWith(before, "for");
}

// A star needs a tuple, a list or a call around it.
void TreeJudge::CheckPlainValue(NodeId value) {
  if (CategoryOf(KindOf(value)) == NodeCategory::kStatement && KindOf(value) != NodeKind::kAssign) Doubt();
  if (KindOf(value) == NodeKind::kStarred) {
    Refuse(ast_.range(value), "a starred expression needs a list or tuple around it");
  }
}

void TreeJudge::CheckSubscript(NodeId id) {
  const NodeId index = SubscriptNode(ast_, id).index();
  const auto check = [&](NodeId element) {
    if (KindOf(element) == NodeKind::kStarred) Needs(11, ast_.range(element), "stars in subscripts");
    if (KindOf(element) == NodeKind::kNamedExpr && !IsParenthesised(element)) Doubt();
  };
  if (KindOf(index) == NodeKind::kTuple && !IsParenthesised(index)) {
    for (const NodeId element : TupleNode(ast_, index).elements()) check(element);
  } else {
    check(index);
  }
}

// A tuple of one element has a comma.
void TreeJudge::CheckTuple(const Node& tuple, NodeList elements) {
  if (elements.size() != 1) return;
  const uint32_t end = ast_.range(elements.front()).end;
  if (end >= tuple.end || !absl::StrContains(text_.substr(end, tuple.end - end), ',')) Doubt();
}

void TreeJudge::CheckBraces(NodeList elements) {
  for (const NodeId element : elements) {
    if (KindOf(element) == NodeKind::kDictItem) Doubt();
  }
}

void TreeJudge::CheckComprehensionElement(NodeId element, const Node& node) {
  const bool starred = KindOf(element) == NodeKind::kStarred;
  const bool unpacked = KindOf(element) == NodeKind::kDictItem && !DictItemNode(ast_, element).key().present();
  if (KindOf(element) == NodeKind::kDictItem && node.kind != NodeKind::kDictComp) Doubt();
  if (starred || unpacked) Needs(15, ast_.range(element), "stars in comprehensions");
}

void TreeJudge::CheckSingleTarget(NodeId target) {
  switch (KindOf(target)) {
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript: return;
    default: return Doubt();
  }
}

void TreeJudge::CheckTarget(NodeId target, TargetUse use) {
  switch (KindOf(target)) {
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript: return;
    case NodeKind::kStarred:
      if (use == TargetUse::kDelete) return Doubt();
      return Refuse(ast_.range(target), "a starred target needs a list or tuple around it");
    default: break;
  }
  scratch_.assign(1, target);
  while (!scratch_.empty()) {
    const NodeId id = scratch_.back();
    scratch_.pop_back();
    NodeList elements;
    switch (KindOf(id)) {
      case NodeKind::kName:
      case NodeKind::kAttribute:
      case NodeKind::kSubscript: continue;
      case NodeKind::kTuple: elements = TupleNode(ast_, id).elements(); break;
      case NodeKind::kList: elements = ListNode(ast_, id).elements(); break;
      default: return Doubt();
    }
    size_t stars = 0;
    for (const NodeId element : elements) {
      if (KindOf(element) != NodeKind::kStarred) {
        scratch_.push_back(element);
        continue;
      }
      if (use == TargetUse::kDelete || IsParenthesised(element)) return Doubt();
      const NodeId inner = StarredNode(ast_, element).value();
      if (KindOf(inner) == NodeKind::kStarred) return Doubt();
      scratch_.push_back(inner);
      if (++stars == 2) Refuse(ast_.range(element), "an assignment can have one starred target only");
    }
  }
}

void TreeJudge::CheckArguments(NodeList arguments, ArgumentOwner owner) {
  size_t keywords = 0;
  bool unpacked = false;
  for (const NodeId argument : arguments) {
    switch (KindOf(argument)) {
      case NodeKind::kKeyword:
        if (KeywordNode(ast_, argument).name().present()) {
          ++keywords;
          CheckLooseNamed(KeywordNode(ast_, argument).value());
        } else {
          unpacked = true;
        }
        break;
      case NodeKind::kStarred:
        if (unpacked) Doubt();
        break;
      case NodeKind::kGeneratorExp:
        if (owner == ArgumentOwner::kClass && !IsParenthesised(argument)) Doubt();
        [[fallthrough]];
      default:
        if (keywords > 0 || unpacked) return Doubt();
    }
  }
  if (keywords > 1) CheckRepeatedKeywords(arguments);
}

void TreeJudge::CheckLooseNamed(NodeId value) {
  if (KindOf(value) == NodeKind::kNamedExpr && !IsParenthesised(value)) Doubt();
}

void TreeJudge::CheckRepeatedKeywords(NodeList arguments) {
  NameId few[kFewNames];
  size_t count = 0;
  absl::flat_hash_set<NameId> many;
  for (const NodeId argument : arguments) {
    if (KindOf(argument) != NodeKind::kKeyword) continue;
    const NameId name = KeywordNode(ast_, argument).name();
    if (!name.present()) continue;
    bool repeated = std::find(few, few + std::min(count, kFewNames), name) != few + std::min(count, kFewNames);
    if (count >= kFewNames) repeated = !many.insert(name).second || repeated;
    if (count < kFewNames) few[count] = name;
    ++count;
    if (repeated) Refuse(ast_.range(argument), absl::StrCat("keyword argument `", NameOf(name), "` is repeated"));
  }
}

// --- Parameters ------------------------------------------------------------------------------------------------------

// A parameter behind a bracket: only the first has one before it, and its partner closes all of them.
bool TreeJudge::IsOddlyOpened(NodeId parameter, NodeList parameters) const {
  if (parameter != parameters.front()) return true;
  const uint32_t end = ast_.range(parameter).end;
  if (CharacterAfter(end) != ')') return false;
  const auto close = static_cast<uint32_t>(text_.find(')', end));
  return parameters.size() > 1 || CharacterAfter(close + 1) == ')';
}

void TreeJudge::CheckParameters(NodeList parameters) {
  NameId few[kFewNames];
  size_t count = 0;
  absl::flat_hash_set<NameId> many;
  bool seen_default = false;
  bool seen_star = false;
  bool seen_double_star = false;
  for (const NodeId id : parameters) {
    const ParameterNode parameter(ast_, id);
    const NameId name = parameter.name();
    bool repeated = std::find(few, few + std::min(count, kFewNames), name) != few + std::min(count, kFewNames);
    if (count >= kFewNames) repeated = !many.insert(name).second || repeated;
    if (count < kFewNames) few[count] = name;
    ++count;
    // Python 2 unpacked parameters: `def f(a, (b)): …`
    if (CharacterBefore(ast_.range(id).begin) == '(' && IsOddlyOpened(id, parameters)) Doubt();
    if (repeated) Refuse(ast_.range(id), absl::StrCat("parameter `", NameOf(name), "` is repeated"));
    if (seen_double_star) Doubt();
    const bool has_default = parameter.default_value().present();
    switch (static_cast<ParameterKind>(parameter.small())) {
      case ParameterKind::kPositionalOnly:
      case ParameterKind::kPositionalOrKeyword:
        if (seen_star || (seen_default && !has_default)) Doubt();
        seen_default = seen_default || has_default;
        break;
      case ParameterKind::kVarArgs:
        if (seen_star || has_default) Doubt();
        seen_star = true;
        break;
      case ParameterKind::kKeywordOnly: seen_star = true; break;
      case ParameterKind::kKeywordArgs:
        if (has_default) Doubt();
        seen_double_star = true;
        break;
    }
  }
}

void TreeJudge::CheckTypeParameters(NodeList parameters) {
  if (parameters.empty()) return;
  Needs(12, {ast_.range(parameters.front()).begin, ast_.range(parameters.back()).end}, "type parameters");
  std::vector<NameId> names;
  bool seen_default = false;
  for (const NodeId id : parameters) {
    NodeId identifier;
    NodeId value;
    switch (KindOf(id)) {
      case NodeKind::kTypeVarParameter:
        identifier = TypeVarParameterNode(ast_, id).name();
        value = TypeVarParameterNode(ast_, id).default_value();
        break;
      case NodeKind::kTypeVarTupleParameter:
        identifier = TypeVarTupleParameterNode(ast_, id).name();
        value = TypeVarTupleParameterNode(ast_, id).default_value();
        break;
      case NodeKind::kParamSpecParameter:
        identifier = ParamSpecParameterNode(ast_, id).name();
        value = ParamSpecParameterNode(ast_, id).default_value();
        break;
      default: return Doubt();
    }
    const NameId name = IdentifierNode(ast_, identifier).name();
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      Refuse(ast_.range(identifier), absl::StrCat("type parameter `", NameOf(name), "` is repeated"));
    }
    names.push_back(name);
    if (seen_default && !value.present()) {
      Refuse(ast_.range(identifier),
             absl::StrCat("type parameter `", NameOf(name), "` has no default, the one before it has"));
    }
    seen_default = seen_default || value.present();
  }
}

}  // namespace overt::grammar
