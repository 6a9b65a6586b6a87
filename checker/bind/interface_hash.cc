// One number for everything of a file that an importer can observe.
//
// The tree is read as one row of nodes: its order, kinds and list lengths determine it, so no positions and no ids are
// needed. Of function bodies only what shows outside counts: attributes that they set, what they return and yield,
// imports, and the classes that they make.
#include <algorithm>

#include "absl/strings/match.h"
#include "checker/bind/binder.h"

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

  // Nodes [first, end) in the order of their ids.
  void AddNodes(uint32_t first, uint32_t end) {
    for (uint32_t id = first; id < end; ++id) AddNode(ast_.node(NodeId(id)));
  }

  uint64_t value() const { return state_; }

 private:
  void AddNode(const grammar::Node& node) {
    Add(static_cast<uint64_t>(node.kind) | static_cast<uint64_t>(node.flags) << 8 |
        static_cast<uint64_t>(node.small) << 16);
    switch (node.kind) {
#define NODE(Kind, Category, word_count) \
  case NodeKind::k##Kind: {              \
    [[maybe_unused]] const uint32_t* fields = (word_count) == 1 ? &node.data : ast_.words() + node.data;
#define CHILD(field, word)
#define OPTIONAL_CHILD(field, word) Add(fields[word] == NodeId::kAbsent ? 1 : 2);
#define LIST(field, word) Add(fields[(word) + 1]);
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

  const grammar::Ast& ast_;
  std::vector<uint64_t> names_;  // hashes of their texts, made when asked for
  uint64_t state_ = 0x243F6A8885A308D3u;
};

}  // namespace

void Binder::Observe(NodeId node) {
  if (!InFunction()) return;
  const std::pair range(ast_.first_of(node).raw, node.raw);
  if (observed_.empty() || observed_.back() != range) observed_.push_back(range);
}

// A class or function without its body.
void Binder::ObserveHeader(NodeId definition, grammar::NodeList body) {
  if (body.empty()) return Observe(definition);
  const uint32_t first = ast_.first_of(definition).raw;
  const uint32_t body_first = ast_.first_of(body.front()).raw;
  if (first < body_first) observed_.emplace_back(first, body_first - 1);
  observed_.emplace_back(body.back().raw + 1, definition.raw);
}

uint64_t Binder::InterfaceHash() const {
  TreeHash hash(ast_);
  // Bodies of functions that are in no other function, in source order.
  uint32_t next = 0;
  size_t seen = 0;
  for (const ModuleIndex::ScopeExtent& extent : index_.extents_) {
    if (extent.first < next || index_.scopes_[extent.scope.raw].kind != ScopeKind::kFunction) continue;
    hash.AddNodes(next, extent.first);
    next = extent.last + 1;
    for (; seen < observed_.size() && observed_[seen].first < next; ++seen) {
      hash.AddNodes(observed_[seen].first, observed_[seen].second + 1);
    }
  }
  hash.AddNodes(next, ast_.node_count());
  for (const grammar::Comment& comment : ast_.comments()) {
    const absl::string_view text = ast_.comment_text(comment);
    if (absl::StrContains(text, "type:") && !absl::StrContains(text, "ignore")) hash.AddText(text);
  }
  return hash.value();
}

}  // namespace overt::bind
