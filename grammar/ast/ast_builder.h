// Makes an `Ast`, children first. Consumed by `Build`.
//
//   NodeId value = b.Leaf(NodeKind::kName, range, b.Name("x"));
//   b.Add(NodeKind::kReturn, range, {value.raw});
#ifndef OVERT_GRAMMAR_AST_AST_BUILDER_H_
#define OVERT_GRAMMAR_AST_AST_BUILDER_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "grammar/ast/ast.h"

namespace overt::grammar {

class AstBuilder {
 public:
  // `source` is borrowed until `Build`: names and text are copied from it.
  AstBuilder(absl::string_view source, uint64_t content_hash);

  // A node without fields or with exactly one word (see nodes.def).
  NodeId Leaf(NodeKind kind, TextRange range, uint32_t word = 0, uint16_t small = 0, uint8_t flags = 0);
  // A node with two or more words. The list fields hold what `List` returned: offset and count.
  NodeId Add(NodeKind kind, TextRange range, std::initializer_list<uint32_t> words, uint16_t small = 0,
             uint8_t flags = 0);
  struct ListRef {
    uint32_t offset = 0, count = 0;
  };
  ListRef List(absl::Span<const NodeId> ids);
  // Of a node that exists already: the word of a field (of a list: its offset, and behind it its count).
  uint32_t Field(NodeId id, uint8_t word) const;
  void SetField(NodeId id, uint8_t word, uint32_t value);
  // Decorators stand before what they decorate.
  void SetList(NodeId id, uint8_t word, ListRef list);

  // NFKC-normalised where it is not ASCII (PEP 3131).
  NameId Name(absl::string_view identifier);
  struct TextRef {
    uint32_t offset = 0, size = 0;
  };
  TextRef Text(absl::string_view text);
  // Gives back the text of a string that turned out to be a statement of its own, if it was the last one added.
  void DropText(NodeId string);

  Node& mutable_node(NodeId id) { return nodes_[id.raw]; }
  const Node& node(NodeId id) const { return nodes_[id.raw]; }
  absl::Span<const uint32_t> words() const { return words_; }
  uint32_t node_count() const { return static_cast<uint32_t>(nodes_.size()); }

  // Adds the nodes [first, last) of a finished tree, which refer to no others, all positions `shift` bytes further on.
  // The new id of `first`; the others follow.
  uint32_t Append(const Ast& from, uint32_t first, uint32_t last, int64_t shift);

  // `lead`: Comment::lead.
  void AddComment(TextRange range, absl::string_view text, uint32_t lead);
  // For 3.first_minor … 3.last_minor.
  void AddProblem(TextRange range, absl::string_view message, uint8_t first_minor = 0, uint8_t last_minor = 255);

  uint32_t source_size() const { return static_cast<uint32_t>(source_.size()); }
  absl::Span<const SyntaxProblem> problems() const { return problems_; }
  uint32_t problem_count() const { return static_cast<uint32_t>(problems_.size()); }
  void DropProblems() { problems_.clear(); }

  // The last node added is the root. Ids change: nodes come to stand in the order that nodes.def promises, and those
  // that no other refers to are left out. No nodes are added afterwards.
  void PutInOrder();
  // They were added in that order.
  void AreInOrder() { is_in_order_ = true; }

  // The tree so far, for checks before `Build`; valid until the next change.
  Ast View(absl::Span<const uint32_t> line_starts) const;

  // In order, as `PutInOrder` leaves it.
  Ast Build(absl::Span<const uint32_t> line_starts) &&;

 private:
  static constexpr size_t kFirstSlots = 512;  // a power of two, above twice the well-known names

  struct Reordered;  // what the fields of a node become in another order of the nodes
  struct Appended;   // … and in another tree
  NameId InternName(absl::string_view text);
  void GrowNameSlots();
  absl::string_view NameText(uint32_t id) const {
    return {names_.data() + name_offsets_[id], name_offsets_[id + 1] - name_offsets_[id]};
  }

  absl::string_view source_;
  uint64_t content_hash_;
  std::vector<Node> nodes_;
  bool is_in_order_ = false;
  std::vector<uint32_t> words_;
  std::string names_;
  std::vector<uint32_t> name_offsets_;
  std::vector<uint32_t> name_hashes_;
  std::vector<uint32_t> name_slots_;  // open addressing, NameId::kAbsent where free
  std::string text_;
  std::vector<Comment> comments_;
  std::vector<SyntaxProblem> problems_;
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_AST_BUILDER_H_
