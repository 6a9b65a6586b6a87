#include "grammar/ast/ast_splicer.h"

#include <utility>

namespace overt::grammar {

void AstSplicer::AddStatements(const Ast& from, size_t first, size_t last, int64_t shift) {
  if (first == last) return;
  // Statements follow each other without gaps, and each ends with its own node.
  const NodeList body = from.Get<ModuleNode>(from.root()).body();
  const uint32_t begin = first == 0 ? 0 : body[first - 1].raw + 1;
  const uint32_t offset = builder_.Append(from, begin, body[last - 1].raw + 1, shift) - begin;
  for (size_t i = first; i < last; ++i) body_.emplace_back(body[i].raw + offset);
}

void AstSplicer::AddComments(const Ast& from, TextRange range, int64_t shift) {
  for (const Comment& comment : from.comments()) {
    if (comment.begin < range.begin || comment.begin >= range.end) continue;
    const auto moved = [&](uint32_t at) { return static_cast<uint32_t>(at + shift); };
    builder_.AddComment({moved(comment.begin), moved(comment.end)}, from.comment_text(comment), comment.lead);
  }
}

AstBuilder AstSplicer::Finish() && {
  const AstBuilder::ListRef list = builder_.List(body_);
  builder_.Add(NodeKind::kModule, {0, builder_.source_size()}, {list.offset, list.count});
  builder_.AreInOrder();
  return std::move(builder_);
}

}  // namespace overt::grammar
