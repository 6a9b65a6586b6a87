// The patterns of `match`: what they capture, and which cases nothing can reach.
#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "grammar/verdict/tree_judge.h"

namespace overt::grammar {

void TreeJudge::CheckMatch(NodeId id) {
  const MatchNode match(ast_, id);
  const Node& node = ast_.node(id);
  Needs(10, {node.begin, node.begin + 5}, "`match` statements");
  const NodeList cases = match.cases();
  if (cases.empty()) return Doubt();
  CheckBody(cases);
  for (const NodeId case_id : cases) {
    if (KindOf(case_id) != NodeKind::kMatchCase) return Doubt();
    const MatchCaseNode one(ast_, case_id);
    if (!one.guard().present() && case_id != cases.back() && IsIrrefutable(one.pattern())) {
      Refuse(ast_.range(one.pattern()), "this pattern matches everything, so the cases after it are never reached");
    }
    std::vector<NodeId> names;
    CollectCaptures(one.pattern(), names);
    std::vector<NameId> seen;
    for (const NodeId name : names) {
      const NameId text = IdentifierNode(ast_, name).name();
      if (std::find(seen.begin(), seen.end(), text) != seen.end()) {
        Refuse(ast_.range(name), absl::StrCat("`", NameOf(text), "` is bound twice in one pattern"));
      }
      seen.push_back(text);
    }
    if (KindOf(one.pattern()) == NodeKind::kMatchStar) Doubt();
  }
}

bool TreeJudge::IsIrrefutable(NodeId pattern) const {
  while (KindOf(pattern) == NodeKind::kMatchAs) {
    const MatchAsNode as(ast_, pattern);
    if (!as.pattern().present()) return true;
    pattern = as.pattern();
  }
  if (KindOf(pattern) != NodeKind::kMatchOr) return false;
  const NodeList alternatives = MatchOrNode(ast_, pattern).patterns();
  return !alternatives.empty() && IsIrrefutable(alternatives.back());
}

// The names that a pattern binds, in order; of alternatives those of the first.
void TreeJudge::CollectCaptures(NodeId pattern, std::vector<NodeId>& names) const {
  std::vector<NodeId> pending = {pattern};
  const auto add_all = [&](NodeList list) {
    for (const NodeId id : list) pending.push_back(id);
  };
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    switch (KindOf(id)) {
      case NodeKind::kMatchAs:
        if (MatchAsNode(ast_, id).name().present()) names.push_back(MatchAsNode(ast_, id).name());
        if (MatchAsNode(ast_, id).pattern().present()) pending.push_back(MatchAsNode(ast_, id).pattern());
        break;
      case NodeKind::kMatchStar:
        if (MatchStarNode(ast_, id).name().present()) names.push_back(MatchStarNode(ast_, id).name());
        break;
      case NodeKind::kMatchSequence: add_all(MatchSequenceNode(ast_, id).patterns()); break;
      case NodeKind::kMatchMapping:
        if (MatchMappingNode(ast_, id).rest().present()) names.push_back(MatchMappingNode(ast_, id).rest());
        add_all(MatchMappingNode(ast_, id).items());
        break;
      case NodeKind::kMatchMappingItem: pending.push_back(MatchMappingItemNode(ast_, id).pattern()); break;
      case NodeKind::kMatchClass: add_all(MatchClassNode(ast_, id).patterns()); break;
      case NodeKind::kMatchKeyword: pending.push_back(MatchKeywordNode(ast_, id).pattern()); break;
      case NodeKind::kMatchOr: {
        const NodeList alternatives = MatchOrNode(ast_, id).patterns();
        if (!alternatives.empty()) pending.push_back(alternatives.front());
        break;
      }
      default: break;
    }
  }
}

void TreeJudge::CheckAlternatives(NodeId pattern) {
  const NodeList alternatives = MatchOrNode(ast_, pattern).patterns();
  std::vector<std::string> first;
  for (const NodeId alternative : alternatives) {
    if (alternative != alternatives.back() && IsIrrefutable(alternative)) {
      Refuse(ast_.range(alternative), "this alternative matches everything, so those after it are never reached");
    }
    std::vector<NodeId> names;
    CollectCaptures(alternative, names);
    std::vector<std::string> own;
    own.reserve(names.size());
    for (const NodeId name : names) own.push_back(NameOf(IdentifierNode(ast_, name).name()));
    std::sort(own.begin(), own.end());
    if (alternative == alternatives.front()) {
      first = std::move(own);
    } else if (own != first) {
      Refuse(ast_.range(alternative), "the alternatives of a pattern must bind the same names");
    }
  }
}

void TreeJudge::CheckMapping(NodeId pattern) {
  std::vector<absl::string_view> keys;
  for (const NodeId item : MatchMappingNode(ast_, pattern).items()) {
    const NodeId key = MatchMappingItemNode(ast_, item).key();
    switch (KindOf(key)) {
      case NodeKind::kAttribute: continue;
      case NodeKind::kString:
      case NodeKind::kNumber:
      case NodeKind::kTrue:
      case NodeKind::kFalse:
      case NodeKind::kNone:
      case NodeKind::kUnaryOp:
      case NodeKind::kBinaryOp:
      case NodeKind::kConcatenatedString: break;
      default: Doubt(); continue;
    }
    const TextRange range = ast_.range(key);
    const absl::string_view shown = text_.substr(range.begin, range.size());
    if (std::find(keys.begin(), keys.end(), shown) != keys.end()) {
      Refuse(range, absl::StrCat("key `", std::string(shown.substr(0, 40)), "` stands in the mapping pattern twice"));
    }
    keys.push_back(shown);
  }
}

void TreeJudge::CheckPattern(NodeId pattern) {
  switch (KindOf(pattern)) {
    case NodeKind::kMatchOr: return CheckAlternatives(pattern);
    case NodeKind::kMatchMapping: return CheckMapping(pattern);
    case NodeKind::kMatchSequence: {
      size_t stars = 0;
      for (const NodeId part : MatchSequenceNode(ast_, pattern).patterns()) {
        if (KindOf(part) == NodeKind::kMatchStar && ++stars == 2) {
          Refuse(ast_.range(part), "a sequence pattern can have one starred pattern only");
        }
      }
      return;
    }
    case NodeKind::kMatchClass: {
      std::vector<NameId> names;
      for (const NodeId part : MatchClassNode(ast_, pattern).patterns()) {
        if (KindOf(part) != NodeKind::kMatchKeyword) {
          if (!names.empty()) Doubt();
          continue;
        }
        const NameId name = MatchKeywordNode(ast_, part).name();
        if (std::find(names.begin(), names.end(), name) != names.end()) {
          Refuse(ast_.range(part), absl::StrCat("attribute `", NameOf(name), "` stands in the class pattern twice"));
        }
        names.push_back(name);
      }
      return;
    }
    case NodeKind::kMatchAs:
      if (MatchAsNode(ast_, pattern).pattern().present() && !MatchAsNode(ast_, pattern).name().present()) Doubt();
      return;
    case NodeKind::kMatchValue: return CheckValuePattern(MatchValueNode(ast_, pattern).value());
    default: return;
  }
}

// `f"…"` is no literal, also as one of several that stand side by side.
void TreeJudge::CheckValuePattern(NodeId value) {
  const auto is_formatted = [this](NodeId id) {
    return KindOf(id) == NodeKind::kFormattedString || KindOf(id) == NodeKind::kTemplateString;
  };
  const bool is_several = KindOf(value) == NodeKind::kConcatenatedString;
  if (is_several ? absl::c_any_of(ConcatenatedStringNode(ast_, value).parts(), is_formatted) : is_formatted(value))
    Doubt();
}

}  // namespace overt::grammar
