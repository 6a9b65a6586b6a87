#include "grammar/ast/ast_check.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/ast/schema.h"
#include "grammar/base/names.h"

namespace overt::grammar {
namespace {

// One more than the greatest `small` that a kind can have.
uint32_t SmallBoundOf(NodeKind kind) {
  constexpr uint32_t kAny = 1u << 16;
  if (kind == NodeKind::kParameter) return static_cast<uint32_t>(ParameterKind::kKeywordArgs) + 1;
  if (kind == NodeKind::kBoolOp) return static_cast<uint32_t>(BoolOperator::kOr) + 1;
  if (kind == NodeKind::kBinaryOp || kind == NodeKind::kAugAssign) {
    return static_cast<uint32_t>(BinaryOperator::kBitAnd) + 1;
  }
  if (kind == NodeKind::kUnaryOp) return static_cast<uint32_t>(UnaryOperator::kInvert) + 1;
  if (kind == NodeKind::kCompareOperand) return static_cast<uint32_t>(CompareOperator::kNotIn) + 1;
  if (kind == NodeKind::kNumber) return static_cast<uint32_t>(NumberKind::kImaginary) + 1;
  return kAny;
}

// Binds names or opens a scope by itself.
constexpr KindSet kBinding = {NodeKind::kNamedExpr, NodeKind::kLambda,    NodeKind::kListComp,
                              NodeKind::kSetComp,   NodeKind::kDictComp,  NodeKind::kGeneratorExp,
                              NodeKind::kYield,     NodeKind::kYieldFrom, NodeKind::kAwait};

struct KindFacts {
  std::array<uint32_t, kNodeKindCount> small_bounds{};

  KindFacts() {
    for (size_t i = 0; i < kNodeKindCount; ++i) small_bounds[i] = SmallBoundOf(static_cast<NodeKind>(i));
  }
};

const KindFacts& Facts() {
  static const KindFacts facts;
  return facts;
}

bool IsInText(uint32_t offset, uint32_t size, uint32_t text_size) {
  return offset <= text_size && text_size - offset >= size;
}

bool IsAscending(absl::Span<const uint32_t> values, uint32_t most) {
  uint32_t last = 0;
  for (const uint32_t value : values) {
    if (value < last || value > most) return false;
    last = value;
  }
  return true;
}

// The bytes of a well-formed sequence that begins here; 0 if there is none. Unicode 15, table 3-7.
size_t SequenceLength(const uint8_t* at, size_t left) {
  const uint8_t lead = at[0];
  if (lead < 0x80) return 1;
  const auto continues = [&](size_t i, uint8_t low = 0x80, uint8_t high = 0xBF) {
    return i < left && at[i] >= low && at[i] <= high;
  };
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;
    const uint8_t high = lead == 0xED ? 0x9F : 0xBF;
    return continues(1, low, high) && continues(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
    const uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;
    return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

bool IsUtf8(absl::string_view text) {
  const auto* at = reinterpret_cast<const uint8_t*>(text.data());
  size_t left = text.size();
  while (left > 0) {
    uint64_t word = 0;
    if (left >= sizeof(word)) {
      std::memcpy(&word, at, sizeof(word));
      if ((word & 0x8080808080808080u) == 0) {
        at += sizeof(word);
        left -= sizeof(word);
        continue;
      }
    }
    const size_t length = SequenceLength(at, left);
    if (length == 0) return false;
    at += length;
    left -= length;
  }
  return true;
}

class TreeCheck {
 public:
  TreeCheck(const Ast& ast, uint32_t text_size) : ast_(ast), facts_(Facts()), text_size_(text_size) {}

  bool Run() {
    return LinesAreSound() && NamesAreSound() && RemarksAreSound(ast_.comments()) && LeadsAreSound() &&
           RemarksAreSound(ast_.problems()) && NodesAreSound();
  }

 private:
  bool LinesAreSound() const {
    const absl::Span<const uint32_t> lines = ast_.line_starts();
    return !lines.empty() && lines[0] == 0 && IsAscending(lines, ast_.source_size());
  }

  bool NamesAreSound() const {
    const absl::Span<const uint32_t> offsets = ast_.name_offsets();
    if (!IsAscending(offsets, text_size_)) return false;
    const absl::string_view all = ast_.text(offsets.front(), offsets.back() - offsets.front());
    if (!IsUtf8(all)) return false;
    // No name begins within a character.
    const auto is_inside = [&](uint32_t offset) {
      return offset < offsets.back() && (static_cast<uint8_t>(all[offset - offsets.front()]) & 0xC0) == 0x80;
    };
    if (std::any_of(offsets.begin(), offsets.end(), is_inside)) return false;
    const absl::Span<const absl::string_view> known = names::WellKnownNames();
    if (ast_.name_count() < known.size()) return false;
    for (uint32_t i = 0; i < known.size(); ++i) {
      if (ast_.name(NameId(i)) != known[i]) return false;
    }
    return true;
  }

  // Comments and problems alike.
  template <typename Remark>
  bool RemarksAreSound(absl::Span<const Remark> remarks) const {
    return std::all_of(remarks.begin(), remarks.end(), [&](const Remark& remark) {
      return remark.begin <= remark.end && remark.end <= ast_.source_size() &&
             IsInText(remark.text_offset, remark.text_size, text_size_) &&
             IsUtf8(ast_.text(remark.text_offset, remark.text_size));
    });
  }

  bool LeadsAreSound() const {
    const absl::Span<const Comment> comments = ast_.comments();
    return std::all_of(comments.begin(), comments.end(), [](const Comment& one) { return one.lead <= one.begin; });
  }

  bool NodesAreSound() {
    static thread_local std::vector<uint32_t> first;  // of each node's subtree
    first.resize(ast_.node_count());
    first_ = first.data();
    for (uint32_t i = 0; i < ast_.node_count(); ++i) {
      if (!NodeIsSound(i)) return false;
    }
    const NodeKind root = ast_.kind(ast_.root());
    return first_[ast_.node_count() - 1] == 0 && (root == NodeKind::kModule || root == NodeKind::kExpression);
  }

  bool NodeIsSound(uint32_t id) {
    const Node& node = ast_.node(NodeId(id));
    if (static_cast<size_t>(node.kind) >= kNodeKindCount) return false;
    if (node.begin > node.end || node.end > ast_.source_size()) return false;
    if (node.small >= facts_.small_bounds[static_cast<size_t>(node.kind)]) return false;
    const uint8_t count = WordCountOf(node.kind);
    if (count > 1 && (node.data > ast_.word_count() || ast_.word_count() - node.data < count)) return false;
    const uint32_t* fields = count <= 1 ? &node.data : ast_.words() + node.data;
    next_ = id;
    binds_ = kBinding.Has(node.kind);
    // From behind: in post-order each child's subtree ends where the next one begins.
    const absl::Span<const FieldInfo> infos = FieldsOf(node.kind);
    for (auto field = infos.rbegin(); field != infos.rend(); ++field) {
      if (!FieldIsSound(node.kind, *field, fields)) return false;
    }
    first_[id] = next_;
    const bool is_expression = CategoryOf(node.kind) == NodeCategory::kExpression;
    return !binds_ || !is_expression || (node.flags & NodeFlags::kBinds) != 0;
  }

  bool FieldIsSound(NodeKind kind, const FieldInfo& field, const uint32_t* fields) {
    const uint32_t value = fields[field.word];
    const KindSet& allowed = KindsIn(kind, field.word);
    switch (field.type) {
      case FieldInfo::Type::kChild: return ChildIsSound(value, allowed);
      case FieldInfo::Type::kOptionalChild: return value == NodeId::kAbsent || ChildIsSound(value, allowed);
      case FieldInfo::Type::kList: {
        const uint32_t count = fields[field.word + 1];
        if (value > ast_.word_count() || ast_.word_count() - value < count) return false;
        for (uint32_t i = count; i-- > 0;) {
          if (!ChildIsSound(ast_.words()[value + i], allowed)) return false;
        }
        return true;
      }
      case FieldInfo::Type::kName: return value < ast_.name_count();
      case FieldInfo::Type::kOptionalName: return value < ast_.name_count() || value == NameId::kAbsent;
      case FieldInfo::Type::kText: return IsInText(value, fields[field.word + 1], text_size_);
      case FieldInfo::Type::kValue: return true;
    }
    return false;
  }

  bool ChildIsSound(uint32_t child, const KindSet& allowed) {
    if (next_ == 0 || child != next_ - 1) return false;
    const Node& node = ast_.node(NodeId(child));
    if (!allowed.Has(node.kind)) return false;
    binds_ |= (node.flags & NodeFlags::kBinds) != 0;
    next_ = first_[child];
    return true;
  }

  const Ast& ast_;
  const KindFacts& facts_;
  uint32_t text_size_;
  uint32_t* first_ = nullptr;
  // Of the node at hand: the lowest id taken by its children so far, whether something below it binds.
  uint32_t next_ = 0;
  bool binds_ = false;
};

}  // namespace

bool IsSoundTree(const Ast& ast, uint32_t text_size) { return TreeCheck(ast, text_size).Run(); }

}  // namespace overt::grammar
