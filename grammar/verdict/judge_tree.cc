#include "grammar/verdict/judge_tree.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grammar/base/names.h"
#include "grammar/verdict/tokenizer.h"
#include "grammar/verdict/tree_judge.h"

namespace overt::grammar {
namespace {

// By length, the first letters of the keywords: tells most names apart from them.
constexpr std::array<uint32_t, 9> kKeywordLetters = [] {
  std::array<uint32_t, 9> letters{};
  for (const absl::string_view word :
       {"False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"}) {
    letters[word.size()] |= 1U << (static_cast<uint32_t>(word[0]) & 31U);
  }
  return letters;
}();

bool MayBeKeyword(absl::string_view name) {
  return name.size() < kKeywordLetters.size() && !name.empty() &&
         (kKeywordLetters[name.size()] >> (static_cast<uint32_t>(static_cast<unsigned char>(name[0])) & 31U) & 1U) != 0;
}

}  // namespace

TreeVerdict JudgeTree(const Ast& ast, absl::string_view text, FileKind kind) {
  TreeVerdict verdict = TreeJudge(ast, text).Run();
  if (kind == FileKind::kStub) verdict.compiler.clear();
  return verdict;
}

TreeVerdict TreeJudge::Run() {
  CheckNames();
  FindFutureImports();
  for (uint32_t raw = ast_.node_count(); raw-- > 0;) {
    const NodeId id(raw);
    at_ = ast_.node(id).begin;
    Visit(id, ast_.node(id));
  }
  at_ = 0;
  while (!frames_.empty()) {
    Leave(frames_.back());
    frames_.pop_back();
  }
  if (!declarations_.empty()) CheckDeclarations();
  CheckDebugName();
  return std::move(verdict_);
}

// Where the grammar takes no keyword, tree-sitter reads it as a name.
void TreeJudge::CheckNames() {
  const uint32_t first = static_cast<uint32_t>(names::WellKnownNames().size());
  for (uint32_t raw = first; raw < ast_.name_count(); ++raw) {
    const absl::string_view name = ast_.name(NameId(raw));
    if (MayBeKeyword(name) && KeywordOf(name) != Keyword::kNone) Doubt();
    if (!name.empty() && (name.back() == '\'' || name.back() == '"')) Doubt();  // a literal where a name must stand
    if (name.size() == 9 && name == "__debug__") debug_ = NameId(raw);
  }
}

void TreeJudge::Refuse(TextRange range, std::string message, uint8_t first_minor, uint8_t last_minor) {
  verdict_.compiler.push_back({range, std::move(message), first_minor, last_minor});
}

void TreeJudge::Needs(uint8_t minor, TextRange range, absl::string_view what) {
  verdict_.grammar.push_back({range, absl::StrCat(what, " need Python 3.", minor), 0, static_cast<uint8_t>(minor - 1)});
}

char TreeJudge::CharacterBefore(uint32_t at) const {
  while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
  return at == 0 ? '\n' : text_[at - 1];
}

char TreeJudge::CharacterAfter(uint32_t at) const {
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
  return at == text_.size() ? '\n' : text_[at];
}

void TreeJudge::LeaveFramesBefore(const Node& node) {
  while (!frames_.empty() && !frames_.back().range.contains({node.begin, node.end})) {
    Leave(frames_.back());
    frames_.pop_back();
  }
}

void TreeJudge::Leave(const Frame& frame) {
  if (frame.kind == Frame::Kind::kFunction && frame.is_async && frame.has_yield && frame.valued_return.size() > 0) {
    Refuse(frame.valued_return, "`return` with a value in an asynchronous generator");
  }
}

// The kinds that make up most of a tree need no frames.
bool TreeJudge::VisitLeaf(NodeId id, const Node& node) {
  switch (node.kind) {
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kIdentifier:
    case NodeKind::kParameter:
    case NodeKind::kKeyword:
    case NodeKind::kTrue:
    case NodeKind::kFalse:
    case NodeKind::kNone:
      if (node.kind == NodeKind::kParameter) {
        const ParameterNode parameter(ast_, id);
        if (const NodeId annotation = parameter.annotation(); annotation.present()) {
          Defer(annotation, "an annotation", 14);
          if (KindOf(annotation) == NodeKind::kSlice) return Doubt(), true;
          if (KindOf(annotation) == NodeKind::kStarred) {
            if (node.small != static_cast<uint16_t>(ParameterKind::kVarArgs)) return Doubt(), true;
            Needs(11, ast_.range(annotation), "stars in annotations");
          }
        }
      }
      return true;
    case NodeKind::kCall: CheckArguments(CallNode(ast_, id).arguments(), ArgumentOwner::kCall); return true;
    case NodeKind::kString: CheckString(id, node); return true;
    case NodeKind::kNumber: CheckNumber(node); return true;
    default: return false;
  }
}

void TreeJudge::Visit(NodeId id, const Node& node) {
  if ((node.flags & NodeFlags::kDamaged) != 0 && node.kind != NodeKind::kString) {
    verdict_.damaged = true;
    Doubt();
  }
  if (VisitLeaf(id, node)) return;
  LeaveFramesBefore(node);
  switch (CategoryOf(node.kind)) {
    case NodeCategory::kStatement:
      CheckLineEnds(id, node);
      while (!deferred_.empty() && deferred_.back().range.begin >= node.end) deferred_.pop_back();
      return VisitStatement(id, node);
    case NodeCategory::kExpression: return VisitExpression(id, node);
    case NodeCategory::kPart: CheckLineEnds(id, node); return VisitPart(id, node);
    case NodeCategory::kPattern: return CheckPattern(id);
  }
}

void TreeJudge::VisitStatement(NodeId id, const Node& node) {
  switch (node.kind) {
    case NodeKind::kFunctionDef: return EnterFunction(id);
    case NodeKind::kClassDef: return EnterClass(id);
    case NodeKind::kReturn: return CheckReturn(id);
    case NodeKind::kDelete:
      for (const NodeId target : DeleteNode(ast_, id).targets()) CheckTarget(target, TargetUse::kDelete);
      return;
    case NodeKind::kAssign:
      for (const NodeId target : AssignNode(ast_, id).targets()) CheckTarget(target, TargetUse::kAssign);
      return CheckPlainValue(AssignNode(ast_, id).value());
    case NodeKind::kAugAssign:
      CheckSingleTarget(AugAssignNode(ast_, id).target());
      return CheckPlainValue(AugAssignNode(ast_, id).value());
    case NodeKind::kAnnAssign: {
      const AnnAssignNode assign(ast_, id);
      CheckSingleTarget(assign.target());
      if (CharacterAfter(ast_.range(assign.annotation()).end) == ':' || Is(assign.annotation(), NodeKind::kSlice))
        Doubt();
      if (assign.value().present()) CheckPlainValue(assign.value());
      Defer(assign.annotation(), "an annotation", 14);
      return;
    }
    case NodeKind::kTypeAlias:
      Needs(12, {node.begin, node.begin + 4}, "`type` statements");
      CheckTypeParameters(TypeAliasNode(ast_, id).type_parameters());
      if (Is(TypeAliasNode(ast_, id).value(), NodeKind::kSlice)) Doubt();
      Defer(TypeAliasNode(ast_, id).value(), "a type alias", 12);
      return;
    case NodeKind::kFor: return EnterFor(id);
    case NodeKind::kWhile: return EnterWhile(id);
    case NodeKind::kIf: return CheckIf(id);
    case NodeKind::kWith: return EnterWith(id);
    case NodeKind::kMatch: return CheckMatch(id);
    case NodeKind::kTry: return EnterTry(id);
    case NodeKind::kImport: return CheckImport(id);
    case NodeKind::kImportFrom: return CheckImportFrom(id);
    case NodeKind::kGlobal: return NoteDeclarations(id, GlobalNode(ast_, id).names(), node);
    case NodeKind::kNonlocal: return NoteDeclarations(id, NonlocalNode(ast_, id).names(), node);
    case NodeKind::kExpressionStatement: return CheckPlainValue(ExpressionStatementNode(ast_, id).value());
    case NodeKind::kRaise:
      if (RaiseNode(ast_, id).cause().present() && !RaiseNode(ast_, id).exception().present()) Doubt();
      return;
    case NodeKind::kBreak: return CheckJump(node, "break");
    case NodeKind::kContinue: return CheckJump(node, "continue");
    case NodeKind::kErrorStatement: verdict_.damaged = true; return Doubt();
    default: return;
  }
}

void TreeJudge::VisitExpression(NodeId id, const Node& node) {
  switch (node.kind) {
    case NodeKind::kCompare:
      CheckLooseOperand(CompareNode(ast_, id).left());
      for (const NodeId operand : CompareNode(ast_, id).comparators()) {
        CheckLooseOperand(CompareOperandNode(ast_, operand).value());
      }
      return;
    case NodeKind::kBinaryOp:
      CheckLooseOperand(BinaryOpNode(ast_, id).left());
      return CheckLooseOperand(BinaryOpNode(ast_, id).right());
    case NodeKind::kTuple: return CheckTuple(node, TupleNode(ast_, id).elements());
    case NodeKind::kSubscript: return CheckSubscript(id);
    case NodeKind::kBoolOp:
      for (const NodeId value : BoolOpNode(ast_, id).values()) CheckLooseOperand(value);
      return;
    case NodeKind::kUnaryOp: return CheckLooseOperand(UnaryOpNode(ast_, id).operand());
    case NodeKind::kIfExp: {
      const IfExpNode conditional(ast_, id);
      CheckLooseOperand(conditional.body());
      return CheckLooseOperand(conditional.test());
    }
    case NodeKind::kNamedExpr: return CheckNamedExpr(id);
    case NodeKind::kLambda: return EnterLambda(id);
    case NodeKind::kSet: return CheckBraces(SetNode(ast_, id).elements());
    case NodeKind::kStarred: {
      const NodeId value = StarredNode(ast_, id).value();
      if (IsParenthesised(id) || !MayStandBeforeStar(node.begin)) Doubt();
      return CheckLooseOperand(value);
    }
    case NodeKind::kListComp:
      CheckComprehensionElement(ListCompNode(ast_, id).element(), node);
      return EnterComprehension(id, ListCompNode(ast_, id).generators());
    case NodeKind::kSetComp:
      CheckComprehensionElement(SetCompNode(ast_, id).element(), node);
      return EnterComprehension(id, SetCompNode(ast_, id).generators());
    case NodeKind::kDictComp:
      CheckComprehensionElement(DictCompNode(ast_, id).element(), node);
      return EnterComprehension(id, DictCompNode(ast_, id).generators());
    case NodeKind::kGeneratorExp:
      CheckComprehensionElement(GeneratorExpNode(ast_, id).element(), node);
      return EnterComprehension(id, GeneratorExpNode(ast_, id).generators());
    case NodeKind::kAwait: return CheckAwait(id);
    case NodeKind::kYield:
    case NodeKind::kYieldFrom: return CheckYield(id);
    case NodeKind::kConcatenatedString: return CheckConcatenation(ConcatenatedStringNode(ast_, id).parts());
    case NodeKind::kFormattedString: return CheckFormattedString(node, FormattedStringNode(ast_, id).parts(), 12);
    case NodeKind::kInterpolation: return CheckInterpolation(id, node);
    case NodeKind::kTemplateString:
      Needs(14, {node.begin, node.begin + 1}, "template strings");
      return CheckFormattedString(node, TemplateStringNode(ast_, id).parts(), 14);
    case NodeKind::kErrorExpression: verdict_.damaged = true; return Doubt();
    default: return;
  }
}

void TreeJudge::CheckTypeParameterDefault(NodeId value) {
  if (!value.present()) return;
  Needs(13, ast_.range(value), "defaults of type parameters");
  Defer(value, "the default of a type parameter", 13);
}

void TreeJudge::VisitPart(NodeId id, const Node& node) {
  switch (node.kind) {
    case NodeKind::kModule: {
      const NodeList body = ModuleNode(ast_, id).body();
      if (!body.empty() && ColumnOf(ast_.node(body.front()).begin) > 0) Doubt();
      return CheckBody(body);
    }
    case NodeKind::kParameters: return CheckParameters(ParametersNode(ast_, id).parameters());
    case NodeKind::kIfBranch: return CheckBody(IfBranchNode(ast_, id).body());
    case NodeKind::kExceptHandler: return CheckBody(ExceptHandlerNode(ast_, id).body());
    case NodeKind::kMatchCase: return CheckBody(MatchCaseNode(ast_, id).body());
    case NodeKind::kWithItem:
      if (const NodeId target = WithItemNode(ast_, id).target(); target.present())
        CheckTarget(target, TargetUse::kAssign);
      return;
    case NodeKind::kComprehension: {
      const ComprehensionNode clause(ast_, id);
      CheckTarget(clause.target(), TargetUse::kAssign);
      CheckLooseOperand(clause.iterable());
      for (const NodeId condition : clause.conditions()) CheckLooseOperand(condition);
      return;
    }
    case NodeKind::kTypeVarParameter: {
      const TypeVarParameterNode parameter(ast_, id);
      if (parameter.bound().present()) Defer(parameter.bound(), "the bound of a type parameter", 12);
      return CheckTypeParameterDefault(parameter.default_value());
    }
    case NodeKind::kTypeVarTupleParameter:
      return CheckTypeParameterDefault(TypeVarTupleParameterNode(ast_, id).default_value());
    case NodeKind::kParamSpecParameter:
      return CheckTypeParameterDefault(ParamSpecParameterNode(ast_, id).default_value());
    default: return;
  }
}

}  // namespace overt::grammar
