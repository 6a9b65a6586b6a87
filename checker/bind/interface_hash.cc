// One number for everything of a file that an importer can observe.
//
// The tree is read as one row of nodes: order, kinds and list lengths stand for it, so no positions and no ids are
// needed. Of function bodies only what shows outside counts: attributes that they set, what they return and yield,
// imports, the classes that they make, and which names they take away from static conditions.
#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "checker/bind/binder.h"
#include "diagnostics/suppression_text.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace overt::bind {

using grammar::NodeKind;

namespace {

class TreeHash {
 public:
  explicit TreeHash(const grammar::Ast& ast) : ast_(ast), names_(ast.name_count(), 0) {}

  void Add(uint64_t value) {
    state_ = (state_ ^ value) * 0x9E3779B97F4A7C15u;
    state_ ^= state_ >> 29;
  }
  void AddText(absl::string_view text) { Add(XXH3_64bits(text.data(), text.size())); }
  void AddName(uint32_t name) {
    if (name == grammar::NameId::kAbsent) return Add(1);
    if (names_[name] == 0) {
      const absl::string_view text = ast_.name(grammar::NameId(name));
      names_[name] = XXH3_64bits(text.data(), text.size()) | 1;
    }
    Add(names_[name]);
  }

  // Its length does not show.
  static constexpr bool IsFunctionBody(NodeKind kind, uint8_t word) {
    return kind == NodeKind::kFunctionDef && word == 7;
  }

  uint64_t value() const { return state_; }

  void AddNode(const grammar::Node& node) {
    Add(static_cast<uint64_t>(node.kind) | static_cast<uint64_t>(node.flags) << 8 |
        static_cast<uint64_t>(node.small) << 16);
    switch (node.kind) {
#define NODE(Kind, Category, word_count) \
  case NodeKind::k##Kind: {              \
    [[maybe_unused]] const uint32_t* fields = (word_count) == 1 ? &node.data : ast_.words() + node.data;
#define CHILD(field, word)
#define OPTIONAL_CHILD(field, word) Add(fields[word] == NodeId::kAbsent ? 1 : 2);
#define LIST(field, word) \
  if (!IsFunctionBody(node.kind, word)) Add(fields[(word) + 1]);
#define NAME(field, word) AddName(fields[word]);
#define OPTIONAL_NAME(field, word) AddName(fields[word]);
#define TEXT(field, word) AddText(ast_.text(fields[word], fields[(word) + 1]));
#define VALUE(field, word) Add(fields[word]);
#define END_NODE(Kind) \
  return;              \
  }
#include "grammar/ast/nodes.def"
    }
  }

 private:
  const grammar::Ast& ast_;
  std::vector<uint64_t> names_;  // hashes of their texts, made when asked for
  uint64_t state_ = 0x243F6A8885A308D3u;
};

}  // namespace

// The smallest id of a statement or expression: before it in the row stand nodes of earlier source.
uint32_t Binder::FirstNodeOf(NodeId id) const {
  const uint32_t begin = StatementBegin(id);
  uint32_t first = id.raw;
  while (first > 0 && ast_.node(NodeId(first - 1)).begin >= begin) --first;
  return first;
}

void Binder::Observe(NodeId node) {
  if (!InFunction()) return;
  if (!observed_.empty() && observed_.back().node == node) return;
  observed_.push_back({node, TextRange(), ReachHere(), flags_});
}

// A class or function without its body.
void Binder::ObserveHeader(NodeId definition, grammar::NodeList body) {
  if (body.empty()) return Observe(definition);
  const TextRange left_out{StatementBegin(body.front()), ast_.range(body.back()).end};
  observed_.push_back({definition, left_out, ReachHere(), flags_});
}

namespace {

// Nothing but a docstring, `...`, `pass` and `raise`: a declaration, as far as protocols and overloads are concerned.
bool IsTrivial(const grammar::Ast& ast, grammar::NodeList body) {
  for (const NodeId id : body) {
    switch (ast.kind(id)) {
      case NodeKind::kPass:
      case NodeKind::kRaise: break;
      case NodeKind::kExpressionStatement: {
        const NodeKind value = ast.kind(ast.Get<grammar::ExpressionStatementNode>(id).value());
        if (value != NodeKind::kString && value != NodeKind::kEllipsis && value != NodeKind::kConcatenatedString) {
          return false;
        }
        break;
      }
      default: return false;
    }
  }
  return true;
}

}  // namespace

// Where a comment stands, in words that edits of function bodies leave alone.
uint64_t Binder::NodesAbove(uint32_t offset, const std::vector<TextRange>& bodies) const {
  uint64_t count = 0;
  for (uint32_t i = 0; i < ast_.node_count(); ++i) {
    const uint32_t begin = ast_.node(NodeId(i)).begin;
    if (begin >= offset) continue;
    const auto body = absl::c_upper_bound(bodies, begin, [](uint32_t at, TextRange one) { return at < one.end; });
    count += body == bodies.end() || begin < body->begin ? 1 : 0;
  }
  return count;
}

uint64_t Binder::InterfaceHash() const {
  TreeHash hash(ast_);
  const auto add = [&](NodeId id) {
    hash.AddNode(ast_.node(id));
    if (KindOf(id) == NodeKind::kFunctionDef) {
      hash.Add(IsTrivial(ast_, ast_.Get<grammar::FunctionDefNode>(id).body()) ? 1 : 2);
    }
  };
  // Bodies of functions that are in no other function, in source order.
  std::vector<TextRange> bodies;
  for (const ModuleIndex::ScopeExtent& extent : index_.extents_) {
    if (index_.scopes_[extent.scope.raw].kind != ScopeKind::kFunction) continue;
    if (bodies.empty() || extent.begin >= bodies.back().end) bodies.push_back({extent.begin, extent.end});
  }
  size_t current = 0;
  for (uint32_t i = 0; i < ast_.node_count(); ++i) {
    const uint32_t begin = ast_.node(NodeId(i)).begin;
    while (current < bodies.size() && bodies[current].end <= begin) ++current;
    if (current == bodies.size() || begin < bodies[current].begin) add(NodeId(i));
  }
  for (const Observed& part : observed_) {
    hash.Add(static_cast<uint64_t>(part.reach) << 8 | part.flags);
    for (uint32_t i = FirstNodeOf(part.node); i <= part.node.raw; ++i) {
      const uint32_t begin = ast_.node(NodeId(i)).begin;
      if (begin < part.body.begin || begin >= part.body.end) add(NodeId(i));
    }
  }
  // What a name means to a condition outside may change with a function's body: `global WINDOWS`.
  for (const auto& [name, meaning] : index_.static_names_.all()) {
    hash.AddName(name.raw);
    hash.Add(static_cast<uint64_t>(meaning));
  }
  for (const grammar::Comment& comment : ast_.comments()) {
    const absl::string_view text = ast_.comment_text(comment);
    if (absl::StrContains(text, "type:") && !absl::StrContains(text, "ignore")) hash.AddText(text);
    if (MayOpen(text)) {
      hash.AddText(text);
      hash.Add(NodesAbove(comment.begin, bodies));
    }
  }
  return hash.value();
}

}  // namespace overt::bind
