// Parameters of functions and lambdas. What kind a parameter has depends on the `/` and `*` around it, so all wait
// until the list is complete.
#include "grammar/lower/lowering.h"

namespace overt::grammar {

NodeId Lowering::EmptyParameters(uint32_t at) { return b_.Add(NodeKind::kParameters, {at, at}, {0, 0}); }

namespace {

// `name: type = value`, or a part of it: the name is the first of what is kept.
bool IsGroup(const Item& item) {
  return item.kept_count > 0 &&
         (item.kind == SyntaxKind::kTypedParameter || item.kind == SyntaxKind::kDefaultParameter ||
          item.kind == SyntaxKind::kTypedDefaultParameter);
}

}  // namespace

// `item`: a name, or a list of what the grammar keeps of `name: type = value`.
NodeId Lowering::ParameterOf(const Item& item, ParameterKind kind) {
  Item name = item;
  NodeId annotation;
  NodeId default_value;
  if (IsGroup(item)) {
    const Items parts = Kept(item);
    name = parts[0];
    const bool is_typed = item.kind != SyntaxKind::kDefaultParameter;
    if (is_typed && parts.size() > 1) annotation = Expr(parts[1]);
    if (item.kind != SyntaxKind::kTypedParameter && parts.size() > 1) default_value = Expr(parts[parts.size() - 1]);
  }
  if (name.kind == SyntaxKind::kTuplePattern) Problem(name.range(), "a parameter cannot be a tuple (Python 2 syntax)");
  // `*args` and `**kwargs` are starred names: the parameter is the name alone.
  uint32_t begin = name.begin;
  while (begin < name.end && (text_[begin] == '*' || text_[begin] == ' ' || text_[begin] == '\t')) ++begin;
  const NameId name_id = b_.Name(text_.substr(begin, name.end - begin));
  return b_.Add(NodeKind::kParameter, {begin, item.end}, {name_id.raw, annotation.raw, default_value.raw},
                static_cast<uint16_t>(kind), item.binds);
}

void Lowering::OnParameters(Items in, Item& out) {
  std::vector<NodeId> parameters;
  size_t first_plain = 0;
  bool is_keyword_only = false;
  bool is_after_slash = false;
  bool waits_for_name = false;  // a bare `*` was the last
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kPositionalSeparator) {
      if (is_after_slash || is_keyword_only || parameters.empty()) Problem(item.range(), "`/` has no meaning here");
      is_after_slash = true;
      for (size_t i = first_plain; i < parameters.size(); ++i) {
        b_.mutable_node(parameters[i]).small = static_cast<uint16_t>(ParameterKind::kPositionalOnly);
      }
      continue;
    }
    if (item.kind == SyntaxKind::kKeywordSeparator) {
      if (is_keyword_only) Problem(item.range(), "`*` can stand in a parameter list only once");
      waits_for_name = true;
      is_keyword_only = true;
      continue;
    }
    if (IsToken(item)) continue;
    // The star that the name wears: of `*args: int` too.
    const SyntaxKind star = IsGroup(item) ? Kept(item).front().kind : item.kind;
    ParameterKind kind = is_keyword_only ? ParameterKind::kKeywordOnly : ParameterKind::kPositionalOrKeyword;
    if (star == SyntaxKind::kListSplatPattern) kind = ParameterKind::kVarArgs;
    if (star == SyntaxKind::kDictionarySplatPattern) kind = ParameterKind::kKeywordArgs;
    if (waits_for_name && kind != ParameterKind::kKeywordOnly) Problem(item.range(), "a name must follow the bare `*`");
    waits_for_name = false;
    parameters.push_back(ParameterOf(item, kind));
    if (kind == ParameterKind::kVarArgs) is_keyword_only = true;
  }
  if (waits_for_name) Problem(out.range(), "a name must follow the bare `*`");
  const auto list = ListOf(parameters);
  out.node = b_.Add(NodeKind::kParameters, out.range(), {list.offset, list.count});
}

}  // namespace overt::grammar
