#include "checker/classes/literal_strings.h"

#include "absl/strings/str_cat.h"
#include "checker/classes/steps.h"

namespace overt::classes {

using bind::DefKind;
using grammar::NodeKind;
using grammar::NodeList;

bool LiteralStrings::Collect(NodeId expression, int depth, std::vector<LiteralString>& out) {
  if (!expression.present() || depth > kMaxDepth || out.size() > kMaxStrings) return false;
  switch (ast_.kind(expression)) {
    case NodeKind::kString:
      if (!IsString(ast_, expression)) return false;
      out.push_back({std::string(StringText(ast_, expression)), ast_.range(expression)});
      return true;
    case NodeKind::kName: return Name(expression, depth, out);
    case NodeKind::kFormattedString: return Formatted(expression, depth, out);
    case NodeKind::kBinaryOp: {
      const auto binary = ast_.Get<grammar::BinaryOpNode>(expression);
      std::vector<LiteralString> left, right;
      if (!Collect(binary.left(), depth + 1, left) || !Collect(binary.right(), depth + 1, right)) return false;
      if (left.size() * right.size() > kMaxStrings) return false;
      const auto op = static_cast<grammar::BinaryOperator>(binary.small());
      for (const LiteralString& a : left) {
        for (const LiteralString& b : right) {
          if (op == grammar::BinaryOperator::kAdd) {
            out.push_back({a.text + b.text, ast_.range(expression)});
          } else if (op == grammar::BinaryOperator::kMod) {
            const size_t place = a.text.find("%s");
            if (place == std::string::npos || a.text.find('%', place + 1) != std::string::npos) return false;
            out.push_back(
                {absl::StrCat(a.text.substr(0, place), b.text, a.text.substr(place + 2)), ast_.range(expression)});
          } else {
            return false;
          }
        }
      }
      return true;
    }
    default: return false;
  }
}

bool LiteralStrings::Formatted(NodeId expression, int depth, std::vector<LiteralString>& out) {
  std::vector<std::string> made{""};
  for (const NodeId part : ast_.Get<grammar::FormattedStringNode>(expression).parts()) {
    std::vector<LiteralString> pieces;
    if (ast_.kind(part) == NodeKind::kInterpolation) {
      const auto interpolation = ast_.Get<grammar::InterpolationNode>(part);
      if (interpolation.format_spec().present() || interpolation.small() != 0) return false;
      if (!Collect(interpolation.value(), depth + 1, pieces)) return false;
    } else if (!Collect(part, depth + 1, pieces)) {
      return false;
    }
    if (made.size() * pieces.size() > kMaxStrings) return false;
    std::vector<std::string> longer;
    for (const std::string& before : made) {
      for (const LiteralString& piece : pieces) longer.push_back(before + piece.text);
    }
    made = std::move(longer);
  }
  for (std::string& text : made) out.push_back({std::move(text), ast_.range(expression)});
  return true;
}

std::vector<DefId> LiteralStrings::DefinitionsOf(grammar::NameId name) const {
  for (bind::ScopeId scope = scope_; scope.present(); scope = index_.scope(scope).parent) {
    if (scope != scope_ && index_.scope(scope).kind == bind::ScopeKind::kClass) continue;
    const bind::SymbolId symbol = index_.Find(scope, name);
    if (!symbol.present()) continue;
    // What another scope binds is seen as it is when that scope is done.
    if (scope != scope_ || !flow_.present()) return index_.FinalDefinitions(symbol, nullptr);
    return index_.ReachingDefinitions(symbol, flow_, nullptr);
  }
  return {};
}

bool LiteralStrings::Name(NodeId expression, int depth, std::vector<LiteralString>& out) {
  const std::vector<DefId> definitions = DefinitionsOf(ast_.Get<grammar::NameNode>(expression).name());
  for (const DefId id : definitions) {
    const bind::Definition& def = index_.definition(id);
    if (def.kind == DefKind::kAssignment && ast_.kind(def.statement) == NodeKind::kAssign) {
      if (!Collect(ast_.Get<grammar::AssignNode>(def.statement).value(), depth + 1, out)) return false;
    } else if (def.kind != DefKind::kLoopTarget || !LoopTarget(def, depth + 1, out)) {
      return false;
    }
  }
  return !definitions.empty();
}

// `for a in …`, or `a` of `for a, b in …`.
bool LiteralStrings::LoopTarget(const bind::Definition& def, int depth, std::vector<LiteralString>& out) {
  if (ast_.kind(def.statement) != NodeKind::kFor) return false;
  const auto loop = ast_.Get<grammar::ForNode>(def.statement);
  if (loop.target() == def.node) return Elements(loop.iterable(), SIZE_MAX, depth, out);
  bool is_display = false;
  const NodeList targets = DisplayElements(ast_, loop.target(), &is_display);
  for (size_t i = 0; i < targets.size(); ++i) {
    if (targets[i] == def.node) return Elements(loop.iterable(), i, depth, out);
  }
  return false;
}

// `position`: which item of each element counts; SIZE_MAX for the element itself.
bool LiteralStrings::Elements(NodeId iterable, size_t position, int depth, std::vector<LiteralString>& out) {
  if (!iterable.present() || depth > kMaxDepth) return false;
  switch (ast_.kind(iterable)) {
    case NodeKind::kName: return ElementsOfName(iterable, position, depth + 1, out);
    case NodeKind::kString: {
      if (!IsString(ast_, iterable) || position != SIZE_MAX) return false;
      for (const char c : StringText(ast_, iterable)) out.push_back({std::string(1, c), ast_.range(iterable)});
      return true;
    }
    case NodeKind::kDict:
      if (position != SIZE_MAX && position != 0) return false;
      for (const NodeId item : ast_.Get<grammar::DictNode>(iterable).items()) {
        if (!Collect(ast_.Get<grammar::DictItemNode>(item).key(), depth + 1, out)) return false;
      }
      return true;
    case NodeKind::kBinaryOp: {
      const auto sum = ast_.Get<grammar::BinaryOpNode>(iterable);
      if (static_cast<grammar::BinaryOperator>(sum.small()) != grammar::BinaryOperator::kAdd) return false;
      const bool is_left_known = Elements(sum.left(), position, depth + 1, out);
      return Elements(sum.right(), position, depth + 1, out) && is_left_known;
    }
    case NodeKind::kCall: {
      // `"a b".split()`, `{…}.items()`, `{…}.keys()`
      const auto call = ast_.Get<grammar::CallNode>(iterable);
      if (!call.arguments().empty() || ast_.kind(call.callee()) != NodeKind::kAttribute) return false;
      const auto method = ast_.Get<grammar::AttributeNode>(call.callee());
      const absl::string_view name = ast_.name(method.attribute());
      if (name == "items" && position == 0) return Elements(method.value(), SIZE_MAX, depth + 1, out);
      if (name == "keys") return Elements(method.value(), position, depth + 1, out);
      if (name != "split" || (position != SIZE_MAX && position != 0) || !IsString(ast_, method.value())) return false;
      std::string word;
      for (const char c : absl::StrCat(StringText(ast_, method.value()), " ")) {
        if (c != ' ' && c != '\n' && c != '\t') {
          word += c;
        } else if (!word.empty()) {
          out.push_back({std::move(word), ast_.range(iterable)});
          word.clear();
        }
      }
      return true;
    }
    default: return ElementsOfDisplay(iterable, position, depth, out);
  }
}

bool LiteralStrings::ElementsOfDisplay(NodeId display, size_t position, int depth, std::vector<LiteralString>& out) {
  bool is_display = false;
  bool is_known = true;
  for (const NodeId element : DisplayElements(ast_, display, &is_display)) {
    if (ast_.kind(element) == NodeKind::kStarred) {
      is_known &= Elements(ast_.Get<grammar::StarredNode>(element).value(), position, depth + 1, out);
      continue;
    }
    NodeId item = element;
    bool is_row = false;
    const NodeList row = DisplayElements(ast_, element, &is_row);
    if (is_row && position != SIZE_MAX) {
      if (position >= row.size()) return false;
      item = row[position];
    } else if (!is_row && position != SIZE_MAX && position != 0) {
      return false;
    }
    is_known &= Collect(item, depth + 1, out);
  }
  return is_display && is_known;
}

// A function that the module itself calls with a display: `def fill(names): …` and then `fill("a b".split())`.
bool LiteralStrings::ElementsOfArguments(const bind::Definition& parameter, size_t position, int depth,
                                         std::vector<LiteralString>& out) {
  const NodeId function = index_.scope(parameter.scope).node;
  if (!ast_.Is<grammar::FunctionDefNode>(function) || index_.ScopeAt(function) != index_.module_scope()) return false;
  const auto definition = ast_.Get<grammar::FunctionDefNode>(function);
  const NodeList parameters = ast_.Get<grammar::ParametersNode>(definition.parameters()).parameters();
  size_t place = 0;
  while (place < parameters.size() && parameters[place] != parameter.node) ++place;
  const grammar::NameId name = ast_.Get<grammar::IdentifierNode>(definition.name()).name();
  bool is_called = false;
  for (uint32_t id = 0; id < ast_.node_count(); ++id) {
    if (ast_.kind(NodeId(id)) != NodeKind::kCall) continue;
    const auto call = ast_.Get<grammar::CallNode>(NodeId(id));
    if (!ast_.Is<grammar::NameNode>(call.callee()) || ast_.Get<grammar::NameNode>(call.callee()).name() != name)
      continue;
    if (place >= call.arguments().size() || ast_.kind(call.arguments()[place]) == NodeKind::kKeyword) return false;
    LiteralStrings caller(index_, index_.module_scope(), bind::FlowId());
    if (!caller.Elements(call.arguments()[place], position, depth + 1, out)) return false;
    is_called = true;
  }
  return is_called;
}

bool LiteralStrings::ElementsOfName(NodeId name, size_t position, int depth, std::vector<LiteralString>& out) {
  const std::vector<DefId> definitions = DefinitionsOf(ast_.Get<grammar::NameNode>(name).name());
  for (const DefId id : definitions) {
    const bind::Definition& def = index_.definition(id);
    NodeId value;
    if (def.kind == DefKind::kParameter) {
      if (!ElementsOfArguments(def, position, depth, out)) return false;
      continue;
    }
    if (ast_.kind(def.statement) == NodeKind::kAssign && def.kind == DefKind::kAssignment) {
      value = ast_.Get<grammar::AssignNode>(def.statement).value();
    } else if (ast_.kind(def.statement) == NodeKind::kAnnAssign) {
      value = ast_.Get<grammar::AnnAssignNode>(def.statement).value();
    }
    if (!value.present() || !Elements(value, position, depth, out)) return false;
  }
  return !definitions.empty();
}

}  // namespace overt::classes
