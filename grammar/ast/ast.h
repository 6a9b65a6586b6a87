// The syntax tree of one file: flat, immutable, position-independent.
//
//   class A(B, metaclass=M): ...      ast.Get<ClassDef>(id).arguments() -> [Name `B`, Keyword `metaclass`]
//
// All nodes lie in one array in post-order (children before parents), their fields in another, names and text in two
// pools; the whole is one block of bytes that is written to the stub index and the cache as it is and read in place.
// `Ast::Open` trusts nothing: it checks stamp, checksum and every reference before the first use.
// Which parser made the tree cannot be told from it. Scopes and meaning are `checker/bind`'s.
#ifndef OVERT_GRAMMAR_AST_AST_H_
#define OVERT_GRAMMAR_AST_AST_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/id.h"
#include "diagnostics/span.h"
#include "grammar/base/python_version.h"

namespace overt::grammar {

using NodeId = Id<struct NodeTag>;
using NameId = Id<struct NameTag>;  // a name of one tree; the well-known ones (names.def) have the same id in all trees

enum class NodeKind : uint8_t {
#define NODE(Kind, Category, words) k##Kind,
#include "grammar/ast/nodes.def"
};
inline constexpr size_t kNodeKindCount = 0
#define NODE(Kind, Category, words) +1
#include "grammar/ast/nodes.def"
    ;

enum class NodeCategory : uint8_t { kPart, kStatement, kExpression, kPattern };

absl::string_view KindName(NodeKind kind);
NodeCategory CategoryOf(NodeKind kind);

// Bits of `Node::flags`.
struct NodeFlags {
  static constexpr uint8_t kAsync = 1;  // FunctionDef, For, With, Comprehension
  static constexpr uint8_t kStar = 1;   // Try: `except*`
  static constexpr uint8_t kLazy = 1;   // Import, ImportFrom
  static constexpr uint8_t kDebug = 1;  // Interpolation: `{x=}`
  static constexpr uint8_t kParenthesized =
      2;  // Tuple, AnnAssign, MatchSequence; any expression in its own parentheses
  // The subtree binds names or opens a scope (walrus, lambda, comprehension, yield, await, def, class, …): walks that
  // look for those may skip every expression without it.
  static constexpr uint8_t kBinds = 4;
  // Damage: the parser had to guess within this node.
  static constexpr uint8_t kDamaged = 8;
  // String:
  static constexpr uint8_t kBytes = 16;
  static constexpr uint8_t kRaw = 32;
  static constexpr uint8_t kTextDropped = 64;
  static constexpr uint8_t kTripleQuoted = 128;
};

enum class ParameterKind : uint16_t { kPositionalOnly, kPositionalOrKeyword, kVarArgs, kKeywordOnly, kKeywordArgs };
enum class BoolOperator : uint16_t { kAnd, kOr };
enum class UnaryOperator : uint16_t { kNot, kMinus, kPlus, kInvert };
enum class BinaryOperator : uint16_t {
  kAdd,
  kSub,
  kMult,
  kMatMult,
  kDiv,
  kFloorDiv,
  kMod,
  kPow,
  kLeftShift,
  kRightShift,
  kBitOr,
  kBitXor,
  kBitAnd
};
enum class CompareOperator : uint16_t { kEq, kNotEq, kLt, kLtE, kGt, kGtE, kIs, kIsNot, kIn, kNotIn };
enum class NumberKind : uint16_t { kInt, kFloat, kImaginary };

struct Node {
  NodeKind kind;
  uint8_t flags;
  uint16_t small;  // an operator, a parameter kind, a number of dots: see nodes.def
  uint32_t begin;  // bytes
  uint32_t end;
  uint32_t data;  // the field itself if there is one, else the index of the first of the node's words
};
static_assert(sizeof(Node) == 16, "four to a cache line; a large project has a hundred million bytes of them");

// A comment that may matter to a checker (it says `type:` or `overt:`), with its text from `#` on.
struct Comment {
  uint32_t begin;
  uint32_t end;
  uint32_t text_offset;
  uint32_t text_size;
  uint32_t lead;  // bytes from its line's first character that is no blank; 0 on a line of its own

  uint32_t line_begin() const { return begin - lead; }
};

// What CPython would refuse, for the versions first..last (both included).
struct SyntaxProblem {
  uint32_t begin;
  uint32_t end;
  uint32_t text_offset;  // the message, for people: no final period, code in backticks
  uint32_t text_size;
  uint8_t first_minor;  // 3.x
  uint8_t last_minor;
  uint16_t reserved;

  bool AppliesTo(uint8_t minor) const { return first_minor <= minor && minor <= last_minor; }
};

// Node ids of a LIST field, in source order.
class NodeList {
 public:
  class iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = NodeId;
    using difference_type = std::ptrdiff_t;
    using pointer = const NodeId*;
    using reference = NodeId;
    iterator() = default;
    explicit iterator(const uint32_t* word) : word_(word) {}
    NodeId operator*() const { return NodeId(*word_); }
    iterator& operator++() {
      ++word_;
      return *this;
    }
    iterator operator++(int) {
      iterator old = *this;
      ++word_;
      return old;
    }
    friend bool operator==(iterator, iterator) = default;

   private:
    const uint32_t* word_ = nullptr;
  };
  NodeList() = default;
  NodeList(const uint32_t* words, size_t size) : words_(words), size_(size) {}
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  NodeId operator[](size_t i) const { return NodeId(words_[i]); }
  NodeId front() const { return NodeId(words_[0]); }
  NodeId back() const { return NodeId(words_[size_ - 1]); }
  iterator begin() const { return iterator(words_); }
  iterator end() const { return iterator(words_ + size_); }

 private:
  const uint32_t* words_ = nullptr;
  size_t size_ = 0;
};

class AstBuilder;

class Ast {
 public:
  // Checks the block and reads it in place. `keep_alive` owns the bytes, which must be 8-byte aligned.
  //   kNothing           format stamp, sizes, checksum, and all that readers rely on (`ast_check.h`)
  //   kRightChecksum     the same without the checksum, which somebody else has checked: a tree made up with care is
  //                      refused, or read like any other
  //   kChecksumVerified  stamp and sizes only: this process made the block, or somebody checked all of it before
  enum class Trust : uint8_t { kNothing, kRightChecksum, kChecksumVerified };
  static absl::StatusOr<Ast> Open(absl::Span<const uint8_t> bytes, std::shared_ptr<const void> keep_alive, Trust trust);

  Ast() = default;

  // The block itself: what the stub index and the cache store.
  absl::Span<const uint8_t> bytes() const { return bytes_; }

  uint32_t node_count() const { return node_count_; }
  NodeId root() const { return NodeId(node_count_ - 1); }
  const Node& node(NodeId id) const { return nodes_[id.raw]; }
  NodeKind kind(NodeId id) const { return nodes_[id.raw].kind; }
  TextRange range(NodeId id) const { return {nodes_[id.raw].begin, nodes_[id.raw].end}; }
  // The smallest id of the subtree: its nodes are [first_of(id), id]. Costs the depth of the leftmost path.
  NodeId first_of(NodeId id) const;

  // Typed view of a node: `ast.Get<CallNode>(id).callee()`. The kind must be right (checked in debug builds).
  template <typename View>
  View Get(NodeId id) const {
    return View(*this, id);
  }
  // The view, if the node is of that kind.
  template <typename View>
  bool Is(NodeId id) const {
    return id.present() && kind(id) == View::kKind;
  }

  uint32_t name_count() const { return name_count_; }
  // Offsets into the text: name i is [name_offsets()[i], name_offsets()[i + 1]).
  absl::Span<const uint32_t> name_offsets() const { return {name_offsets_, size_t{name_count_} + 1}; }
  absl::string_view name(NameId id) const {
    return {text_ + name_offsets_[id.raw], name_offsets_[id.raw + 1] - name_offsets_[id.raw]};
  }
  // By text; looks at all names, so this is for tools and tests.
  NameId FindName(absl::string_view text) const;
  absl::string_view text(uint32_t offset, uint32_t size) const { return {text_ + offset, size}; }

  absl::Span<const uint32_t> line_starts() const { return {line_starts_, line_count_}; }
  absl::Span<const Comment> comments() const { return {comments_, comment_count_}; }
  absl::string_view comment_text(const Comment& comment) const { return text(comment.text_offset, comment.text_size); }
  absl::Span<const SyntaxProblem> problems() const { return {problems_, problem_count_}; }
  absl::string_view problem_text(const SyntaxProblem& problem) const {
    return text(problem.text_offset, problem.text_size);
  }
  uint32_t source_size() const { return source_size_; }    // bytes of the decoded text
  uint64_t content_hash() const { return content_hash_; }  // of the file's undecoded bytes

  // All children of a node in source order, for generic walks (printing, verifying, searching).
  template <typename Visit>
  void ForEachChild(NodeId id, Visit visit) const;

  // The innermost node at a byte offset.
  NodeId NodeAt(uint32_t offset) const;

  const uint32_t* words() const { return words_; }
  uint32_t word_count() const { return word_count_; }

 private:
  friend class AstBuilder;
  std::shared_ptr<const void> keep_alive_;
  absl::Span<const uint8_t> bytes_;
  const Node* nodes_ = nullptr;
  const uint32_t* words_ = nullptr;
  const uint32_t* name_offsets_ = nullptr;  // name_count + 1, into text
  const char* text_ = nullptr;
  const uint32_t* line_starts_ = nullptr;
  const Comment* comments_ = nullptr;
  const SyntaxProblem* problems_ = nullptr;
  uint32_t node_count_ = 0, word_count_ = 0, name_count_ = 0, text_size_ = 0;
  uint32_t line_count_ = 0, comment_count_ = 0, problem_count_ = 0, source_size_ = 0;
  uint64_t content_hash_ = 0;
};

// What a field of a node is, for code that treats all kinds alike.
struct FieldInfo {
  enum class Type : uint8_t { kChild, kOptionalChild, kList, kName, kOptionalName, kText, kValue };
  Type type;
  uint8_t word;
  absl::string_view name;
};
absl::Span<const FieldInfo> FieldsOf(NodeKind kind);
uint8_t WordCountOf(NodeKind kind);

// --- Typed views: one class per kind, `<Kind>Node`, an accessor per field --------------------------------------------

template <NodeKind kKindValue, uint8_t kWordCount>
class NodeView {
 public:
  static constexpr NodeKind kKind = kKindValue;
  NodeView(const Ast& ast, NodeId id) : ast_(&ast), id_(id) {}
  NodeId id() const { return id_; }
  const Node& node() const { return ast_->node(id_); }
  TextRange range() const { return ast_->range(id_); }
  uint8_t flags() const { return node().flags; }
  uint16_t small() const { return node().small; }

 protected:
  uint32_t Word(uint8_t i) const {
    if constexpr (kWordCount == 1) return node().data;
    return ast_->words()[node().data + i];
  }
  NodeList ListAt(uint8_t i) const { return NodeList(ast_->words() + Word(i), Word(static_cast<uint8_t>(i + 1))); }
  const Ast* ast_;
  NodeId id_;
};

#define NODE(Kind, Category, words)                              \
  class Kind##Node : public NodeView<NodeKind::k##Kind, words> { \
   public:                                                       \
    using NodeView::NodeView;
#define CHILD(field, word) \
  NodeId field() const { return NodeId(Word(word)); }
#define OPTIONAL_CHILD(field, word) \
  NodeId field() const { return NodeId(Word(word)); }
#define LIST(field, word) \
  NodeList field() const { return ListAt(word); }
#define NAME(field, word) \
  NameId field() const { return NameId(Word(word)); }
#define OPTIONAL_NAME(field, word) \
  NameId field() const { return NameId(Word(word)); }
#define TEXT(field, word) \
  absl::string_view field() const { return ast_->text(Word(word), Word((word) + 1)); }
#define VALUE(field, word) \
  uint32_t field() const { return Word(word); }
#define END_NODE(Kind) \
  }                    \
  ;
#include "grammar/ast/nodes.def"

template <typename Visit>
void Ast::ForEachChild(NodeId id, Visit visit) const {
  const Node& parent = node(id);
  const uint8_t word_count = WordCountOf(parent.kind);
  const uint32_t* fields = word_count == 1 ? &parent.data : words_ + parent.data;
  for (const FieldInfo& field : FieldsOf(parent.kind)) {
    const uint32_t value = fields[field.word];
    switch (field.type) {
      case FieldInfo::Type::kChild: visit(NodeId(value)); break;
      case FieldInfo::Type::kOptionalChild:
        if (value != NodeId::kAbsent) visit(NodeId(value));
        break;
      case FieldInfo::Type::kList:
        for (uint32_t i = 0; i < fields[field.word + 1]; ++i) visit(NodeId(words_[value + i]));
        break;
      case FieldInfo::Type::kName:
      case FieldInfo::Type::kOptionalName:
      case FieldInfo::Type::kText:
      case FieldInfo::Type::kValue: break;
    }
  }
}

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_AST_AST_H_
