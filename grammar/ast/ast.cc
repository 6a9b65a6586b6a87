#include "grammar/ast/ast.h"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "grammar/ast/ast_check.h"
#include "grammar/ast/ast_format.h"
#include "xxhash.h"

namespace overt::grammar {
namespace {

struct KindInfo {
  absl::string_view name;
  NodeCategory category;
  uint8_t words;
};

constexpr KindInfo kKinds[] = {
#define NODE(Kind, Category, words) {#Kind, NodeCategory::Category, words},
#include "grammar/ast/nodes.def"
};

struct FieldRow {
  NodeKind kind;
  FieldInfo field;
};

// All fields of all kinds, in the order of the kinds.
constexpr FieldRow kFieldRows[] = {
#define NODE(Kind, Category, words) FieldRow{NodeKind::k##Kind, {FieldInfo::Type::kValue, UINT8_MAX, ""}},
#define CHILD(field, word) FieldRow{NodeKind::kModule, {FieldInfo::Type::kChild, word, #field}},
#define OPTIONAL_CHILD(field, word) FieldRow{NodeKind::kModule, {FieldInfo::Type::kOptionalChild, word, #field}},
#define LIST(field, word) FieldRow{NodeKind::kModule, {FieldInfo::Type::kList, word, #field}},
#define NAME(field, word) FieldRow{NodeKind::kModule, {FieldInfo::Type::kName, word, #field}},
#define OPTIONAL_NAME(field, word) FieldRow{NodeKind::kModule, {FieldInfo::Type::kOptionalName, word, #field}},
#define TEXT(field, word) FieldRow{NodeKind::kModule, {FieldInfo::Type::kText, word, #field}},
#define VALUE(field, word) FieldRow{NodeKind::kModule, {FieldInfo::Type::kValue, word, #field}},
#include "grammar/ast/nodes.def"
};

// The fields alone, and where each kind's begin: a row with word UINT8_MAX above begins a kind.
constexpr size_t kFieldCount = std::size(kFieldRows) - kNodeKindCount;
struct FieldTable {
  std::array<FieldInfo, kFieldCount> fields{};
  std::array<uint8_t, kNodeKindCount> first{};
  std::array<uint8_t, kNodeKindCount> count{};
};

constexpr FieldTable MakeFieldTable() {
  FieldTable table;
  size_t field = 0;
  size_t kind = 0;
  for (const FieldRow& row : kFieldRows) {
    if (row.field.word == UINT8_MAX) {
      kind = static_cast<size_t>(row.kind);
      table.first[kind] = static_cast<uint8_t>(field);
    } else {
      table.fields[field++] = row.field;
      ++table.count[kind];
    }
  }
  return table;
}

constexpr FieldTable kFields = MakeFieldTable();
static_assert(kFieldCount < 256, "FieldTable::first is a byte");

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("damaged syntax tree: ", what));
}

}  // namespace

absl::string_view KindName(NodeKind kind) { return kKinds[static_cast<size_t>(kind)].name; }
NodeCategory CategoryOf(NodeKind kind) { return kKinds[static_cast<size_t>(kind)].category; }
uint8_t WordCountOf(NodeKind kind) { return kKinds[static_cast<size_t>(kind)].words; }

absl::Span<const FieldInfo> FieldsOf(NodeKind kind) {
  const size_t i = static_cast<size_t>(kind);
  return {kFields.fields.data() + kFields.first[i], kFields.count[i]};
}

absl::StatusOr<Ast> Ast::Open(absl::Span<const uint8_t> bytes, std::shared_ptr<const void> keep_alive, Trust trust) {
  AstHeader header;
  if (bytes.size() < sizeof(header)) return Damaged("too short");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.stamp != kFormatStamp) return Damaged("another format");
  const AstLayout layout = LayoutOf(header);
  if (layout.end != header.total_size || layout.end > bytes.size()) return Damaged("sizes do not add up");
  if (header.node_count == 0) return Damaged("no nodes");
  bytes = bytes.first(layout.end);
  if (trust == Trust::kNothing && ChecksumOf(header, bytes.data(), bytes.size()) != header.checksum) {
    return Damaged("checksum");
  }
  Ast ast;
  ast.keep_alive_ = std::move(keep_alive);
  ast.bytes_ = bytes;
  const uint8_t* base = bytes.data();
  ast.nodes_ = reinterpret_cast<const Node*>(base + layout.nodes);
  ast.words_ = reinterpret_cast<const uint32_t*>(base + layout.words);
  ast.name_offsets_ = reinterpret_cast<const uint32_t*>(base + layout.names);
  ast.line_starts_ = reinterpret_cast<const uint32_t*>(base + layout.lines);
  ast.comments_ = reinterpret_cast<const Comment*>(base + layout.comments);
  ast.problems_ = reinterpret_cast<const SyntaxProblem*>(base + layout.problems);
  ast.text_ = reinterpret_cast<const char*>(base + layout.text);
  ast.node_count_ = header.node_count;
  ast.word_count_ = header.word_count;
  ast.name_count_ = header.name_count;
  ast.text_size_ = header.text_size;
  ast.line_count_ = header.line_count;
  ast.comment_count_ = header.comment_count;
  ast.problem_count_ = header.problem_count;
  ast.source_size_ = header.source_size;
  ast.content_hash_ = header.content_hash;
  if (trust != Trust::kChecksumVerified && !IsSoundTree(ast, header.text_size)) return Damaged("it is no tree");
  return ast;
}

NodeId Ast::first_of(NodeId id) const {
  while (true) {
    NodeId first;
    ForEachChild(id, [&](NodeId child) {
      if (!first.present() || child < first) first = child;
    });
    if (!first.present()) return id;
    id = first;
  }
}

NameId Ast::FindName(absl::string_view wanted) const {
  for (uint32_t i = 0; i < name_count_; ++i) {
    if (name(NameId(i)) == wanted) return NameId(i);
  }
  return NameId();
}

NodeId Ast::NodeAt(uint32_t offset) const {
  NodeId at = root();
  while (true) {
    NodeId inner;
    ForEachChild(at, [&](NodeId child) {
      if (node(child).begin <= offset && offset < node(child).end) inner = child;
    });
    if (!inner.present()) return at;
    at = inner;
  }
}

}  // namespace overt::grammar
