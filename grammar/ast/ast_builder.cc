#include "grammar/ast/ast_builder.h"

#include <cstring>
#include <memory>
#include <utility>

#include "grammar/ast/ast_format.h"
#include "grammar/base/names.h"
#include "grammar/base/nfkc.h"
#include "xxhash.h"

namespace overt::grammar {
namespace {

bool IsAscii(absl::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

uint32_t HashOf(absl::string_view text) {
  // Names are short: a multiplicative hash over two overlapping words beats a general one.
  uint64_t head = 0;
  uint64_t tail = 0;
  const size_t size = text.size();
  if (size >= 8) {
    std::memcpy(&head, text.data(), 8);
    std::memcpy(&tail, text.data() + size - 8, 8);
    if (size > 16) head ^= XXH3_64bits(text.data(), size);
  } else {
    std::memcpy(&head, text.data(), size);
  }
  const uint64_t mixed = (head * 0x9E3779B97F4A7C15u) ^ (tail * 0xC2B2AE3D27D4EB4Fu) ^ (size * 0x165667B19E3779F9u);
  return static_cast<uint32_t>((mixed * 0xD6E8FEB86659FD93u) >> 32);
}

// The node's `data` after its fields, which stood in `old_words`, were added to `words` as `become` says.
template <typename Become>
uint32_t CopyFields(const Node& node, const uint32_t* old_words, Become& become, std::vector<uint32_t>& words) {
  const uint8_t word_count = WordCountOf(node.kind);
  uint32_t single = node.data;
  uint32_t* fields = &single;
  const auto data = static_cast<uint32_t>(words.size());
  if (word_count > 1) {
    words.insert(words.end(), old_words + node.data, old_words + node.data + word_count);
    fields = &words[data];
  }
  for (const FieldInfo& field : FieldsOf(node.kind)) {
    uint32_t& word = fields[field.word];
    switch (field.type) {
      case FieldInfo::Type::kChild: word = become.NodeAt(word); break;
      case FieldInfo::Type::kOptionalChild:
        if (word != NodeId::kAbsent) word = become.NodeAt(word);
        break;
      case FieldInfo::Type::kName: word = become.NameOf(node, word); break;
      case FieldInfo::Type::kOptionalName:
        if (word != NameId::kAbsent) word = become.NameOf(node, word);
        break;
      case FieldInfo::Type::kText: word = become.TextAt(word, fields[field.word + 1]); break;
      case FieldInfo::Type::kValue: break;
      case FieldInfo::Type::kList: {
        const uint32_t from = word;
        const uint32_t size = fields[field.word + 1];
        word = static_cast<uint32_t>(words.size());
        for (uint32_t i = 0; i < size; ++i) words.push_back(become.NodeAt(old_words[from + i]));
        if (word_count > 1) fields = &words[data];
        break;
      }
    }
  }
  return word_count > 1 ? data : single;
}

}  // namespace

struct AstBuilder::Reordered {
  absl::Span<const uint32_t> renamed;
  uint32_t NodeAt(uint32_t id) const { return id == NodeId::kAbsent ? id : renamed[id]; }
  static uint32_t NameOf(const Node& /*node*/, uint32_t name) { return name; }
  static uint32_t TextAt(uint32_t offset, uint32_t /*size*/) { return offset; }
};

struct AstBuilder::Appended {
  AstBuilder& to;
  const Ast& from;
  uint32_t offset;              // of node ids
  std::vector<uint32_t> names;  // by the other tree's ids; absent: not met yet

  uint32_t NodeAt(uint32_t id) const { return id == NodeId::kAbsent ? id : id + offset; }
  uint32_t NameOf(const Node& node, uint32_t name) {
    if (names[name] != NameId::kAbsent) return names[name];
    const absl::string_view text = from.name(NameId(name));
    // What `import a.b.c` binds is in the table too.
    const size_t dot = node.kind == NodeKind::kImportAlias ? text.find('.') : absl::string_view::npos;
    if (dot != absl::string_view::npos) to.InternName(text.substr(0, dot));
    return names[name] = to.InternName(text).raw;
  }
  uint32_t TextAt(uint32_t offset_there, uint32_t size) { return to.Text(from.text(offset_there, size)).offset; }
};

AstBuilder::AstBuilder(absl::string_view source, uint64_t content_hash) : source_(source), content_hash_(content_hash) {
  nodes_.reserve(source.size() / 8 + 16);
  words_.reserve(source.size() / 4 + 16);
  name_slots_.resize(kFirstSlots, NameId::kAbsent);
  name_offsets_.push_back(0);
  for (const absl::string_view known : names::WellKnownNames()) InternName(known);
}

NodeId AstBuilder::Leaf(NodeKind kind, TextRange range, uint32_t word, uint16_t small, uint8_t flags) {
  nodes_.push_back({kind, flags, small, range.begin, range.end, word});
  return NodeId(static_cast<uint32_t>(nodes_.size() - 1));
}

NodeId AstBuilder::Add(NodeKind kind, TextRange range, std::initializer_list<uint32_t> words, uint16_t small,
                       uint8_t flags) {
  const auto data = static_cast<uint32_t>(words_.size());
  words_.insert(words_.end(), words.begin(), words.end());
  return Leaf(kind, range, data, small, flags);
}

AstBuilder::ListRef AstBuilder::List(absl::Span<const NodeId> ids) {
  const ListRef ref{static_cast<uint32_t>(words_.size()), static_cast<uint32_t>(ids.size())};
  for (const NodeId id : ids) words_.push_back(id.raw);
  return ref;
}

uint32_t AstBuilder::Field(NodeId id, uint8_t word) const {
  const Node& node = nodes_[id.raw];
  return WordCountOf(node.kind) == 1 ? node.data : words_[node.data + word];
}

void AstBuilder::SetField(NodeId id, uint8_t word, uint32_t value) {
  Node& node = nodes_[id.raw];
  (WordCountOf(node.kind) == 1 ? node.data : words_[node.data + word]) = value;
}

void AstBuilder::SetList(NodeId id, uint8_t word, ListRef list) {
  SetField(id, word, list.offset);
  SetField(id, static_cast<uint8_t>(word + 1), list.count);
}

NameId AstBuilder::Name(absl::string_view identifier) {
  if (IsAscii(identifier)) return InternName(identifier);
  return InternName(NormalizeNfkc(identifier));
}

NameId AstBuilder::InternName(absl::string_view text) {
  const uint32_t hash = HashOf(text);
  const size_t mask = name_slots_.size() - 1;
  size_t slot = hash & mask;
  while (name_slots_[slot] != NameId::kAbsent) {
    const uint32_t id = name_slots_[slot];
    if (name_hashes_[id] == hash && NameText(id) == text) return NameId(id);
    slot = (slot + 1) & mask;
  }
  const auto id = static_cast<uint32_t>(name_hashes_.size());
  names_.append(text.data(), text.size());
  name_offsets_.push_back(static_cast<uint32_t>(names_.size()));
  name_hashes_.push_back(hash);
  name_slots_[slot] = id;
  if (name_hashes_.size() * 2 > name_slots_.size()) GrowNameSlots();
  return NameId(id);
}

void AstBuilder::GrowNameSlots() {
  std::vector<uint32_t> slots(name_slots_.size() * 2, NameId::kAbsent);
  const size_t mask = slots.size() - 1;
  for (uint32_t id = 0; id < name_hashes_.size(); ++id) {
    size_t slot = name_hashes_[id] & mask;
    while (slots[slot] != NameId::kAbsent) slot = (slot + 1) & mask;
    slots[slot] = id;
  }
  name_slots_ = std::move(slots);
}

AstBuilder::TextRef AstBuilder::Text(absl::string_view text) {
  const TextRef ref{static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(text.size())};
  text_.append(text.data(), text.size());
  return ref;
}

void AstBuilder::DropText(NodeId string) {
  Node& node = nodes_[string.raw];
  uint32_t& offset = words_[node.data];
  uint32_t& size = words_[node.data + 1];
  if (offset + size == text_.size()) text_.resize(offset);
  offset = 0;
  size = 0;
  node.flags |= NodeFlags::kTextDropped;
}

void AstBuilder::AddComment(TextRange range, absl::string_view text, uint32_t lead) {
  const TextRef ref = Text(text);
  comments_.push_back({range.begin, range.end, ref.offset, ref.size, lead});
}

void AstBuilder::AddProblem(TextRange range, absl::string_view message, uint8_t first_minor, uint8_t last_minor) {
  const TextRef ref = Text(message);
  problems_.push_back({range.begin, range.end, ref.offset, ref.size, first_minor, last_minor, 0});
}

Ast AstBuilder::View(absl::Span<const uint32_t> line_starts) const {
  Ast ast;
  ast.nodes_ = nodes_.data();
  ast.words_ = words_.data();
  ast.name_offsets_ = name_offsets_.data();
  ast.text_ = names_.data();  // names only: strings are read through the finished tree
  ast.line_starts_ = line_starts.data();
  ast.line_count_ = static_cast<uint32_t>(line_starts.size());
  ast.node_count_ = static_cast<uint32_t>(nodes_.size());
  ast.word_count_ = static_cast<uint32_t>(words_.size());
  ast.name_count_ = static_cast<uint32_t>(name_hashes_.size());
  ast.source_size_ = static_cast<uint32_t>(source_.size());
  return ast;
}

// Nodes are added when what they are is known, which is not always in source order.
void AstBuilder::PutInOrder() {
  if (is_in_order_) return;
  is_in_order_ = true;
  const Ast tree = View({});
  std::vector<uint32_t> backwards;  // old ids; the root is first
  backwards.reserve(nodes_.size());
  std::vector<NodeId> stack{tree.root()};
  bool is_in_order = true;
  while (!stack.empty()) {
    const NodeId id = stack.back();
    stack.pop_back();
    is_in_order &= id.raw == nodes_.size() - 1 - backwards.size();
    backwards.push_back(id.raw);
    tree.ForEachChild(id, [&](NodeId child) { stack.push_back(child); });
  }
  if (is_in_order && backwards.size() == nodes_.size()) return;
  std::vector<uint32_t> renamed(nodes_.size(), NodeId::kAbsent);
  const auto count = static_cast<uint32_t>(backwards.size());
  for (uint32_t i = 0; i < count; ++i) renamed[backwards[i]] = count - 1 - i;
  Reordered fields{renamed};
  std::vector<Node> nodes(count);
  std::vector<uint32_t> words;
  words.reserve(words_.size());
  for (uint32_t i = count; i-- > 0;) {
    Node node = nodes_[backwards[i]];
    node.data = CopyFields(node, words_.data(), fields, words);
    nodes[count - 1 - i] = node;
  }
  nodes_ = std::move(nodes);
  words_ = std::move(words);
}

uint32_t AstBuilder::Append(const Ast& from, uint32_t first, uint32_t last, int64_t shift) {
  const uint32_t begin = node_count();
  Appended fields{*this, from, begin - first, std::vector<uint32_t>(from.name_count(), NameId::kAbsent)};
  for (uint32_t id = first; id < last; ++id) {
    Node node = from.node(NodeId(id));
    node.begin = static_cast<uint32_t>(node.begin + shift);
    node.end = static_cast<uint32_t>(node.end + shift);
    node.data = CopyFields(node, from.words(), fields, words_);
    nodes_.push_back(node);
  }
  return begin;
}

Ast AstBuilder::Build(absl::Span<const uint32_t> line_starts) && {
  PutInOrder();
  AstHeader header{};
  header.stamp = kFormatStamp;
  header.content_hash = content_hash_;
  header.source_size = static_cast<uint32_t>(source_.size());
  header.node_count = static_cast<uint32_t>(nodes_.size());
  header.word_count = static_cast<uint32_t>(words_.size());
  header.name_count = static_cast<uint32_t>(name_hashes_.size());
  header.text_size = static_cast<uint32_t>(names_.size() + text_.size());
  header.line_count = static_cast<uint32_t>(line_starts.size());
  header.comment_count = static_cast<uint32_t>(comments_.size());
  header.problem_count = static_cast<uint32_t>(problems_.size());
  const AstLayout layout = LayoutOf(header);
  header.total_size = static_cast<uint32_t>(layout.end);

  // Names stand behind the other text, so that only their offsets move.
  for (uint32_t& offset : name_offsets_) offset += static_cast<uint32_t>(text_.size());
  auto block = std::make_shared<std::vector<uint64_t>>(layout.end / 8);
  auto* base = reinterpret_cast<uint8_t*>(block->data());
  const auto put = [&](uint64_t offset, const void* data, size_t size) {
    if (size > 0) std::memcpy(base + offset, data, size);
  };
  put(layout.nodes, nodes_.data(), nodes_.size() * sizeof(Node));
  put(layout.words, words_.data(), words_.size() * sizeof(uint32_t));
  put(layout.names, name_offsets_.data(), name_offsets_.size() * sizeof(uint32_t));
  put(layout.lines, line_starts.data(), line_starts.size() * sizeof(uint32_t));
  put(layout.comments, comments_.data(), comments_.size() * sizeof(Comment));
  put(layout.problems, problems_.data(), problems_.size() * sizeof(SyntaxProblem));
  put(layout.text, text_.data(), text_.size());
  put(layout.text + text_.size(), names_.data(), names_.size());
  header.checksum = ChecksumOf(header, base, layout.end);
  put(0, &header, sizeof(header));
  const absl::Span<const uint8_t> bytes(base, layout.end);
  return *Ast::Open(bytes, std::move(block), Ast::Trust::kChecksumVerified);
}

}  // namespace overt::grammar
