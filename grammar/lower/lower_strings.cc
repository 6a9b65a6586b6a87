// String literals: plain ones are decoded whole, formatted ones become parts.
#include "absl/strings/ascii.h"
#include "grammar/ast/literal.h"
#include "grammar/lower/lowering.h"

namespace overt::grammar {
namespace {

struct StringPrefix {
  uint8_t flags = 0;
  bool is_formatted = false;
  bool is_template = false;
};

// `start` is prefix and opening quotes: `rb'''`.
StringPrefix ReadPrefix(absl::string_view start) {
  StringPrefix prefix;
  for (const char c : start) {
    switch (absl::ascii_tolower(static_cast<unsigned char>(c))) {
      case 'b': prefix.flags |= NodeFlags::kBytes; break;
      case 'r': prefix.flags |= NodeFlags::kRaw; break;
      case 'f': prefix.is_formatted = true; break;
      case 't': prefix.is_template = true; break;
      default: break;
    }
  }
  if (start.size() >= 3 && start[start.size() - 1] == start[start.size() - 2]) prefix.flags |= NodeFlags::kTripleQuoted;
  return prefix;
}

}  // namespace

NodeId Lowering::StringPart(TextRange range, uint8_t flags) {
  const auto text = b_.Text(DecodeLiteral(text_.substr(range.begin, range.size()), flags));
  return b_.Add(NodeKind::kString, range, {text.offset, text.size}, 0, flags);
}

void Lowering::OnString(Items in, Item& out) {
  const Item* start = Find(in, SyntaxKind::kStringStart);
  if (start == nullptr) {
    out.node = Missing(out.begin);
    return;
  }
  const StringPrefix prefix = ReadPrefix(Text(*start));
  const Item* end = Find(in, SyntaxKind::kStringEnd);
  // The last token may hold more than the quotes: all of a raw string that is nothing but backslashes.
  const uint32_t quotes = (prefix.flags & NodeFlags::kTripleQuoted) != 0 ? 3 : 1;
  const uint32_t content_end = end == nullptr ? out.end : end->end - quotes;
  if (!prefix.is_formatted && !prefix.is_template) {
    const auto text = b_.Text(DecodeLiteral(text_.substr(start->end, content_end - start->end), prefix.flags));
    out.node = b_.Add(NodeKind::kString, out.range(), {text.offset, text.size}, 0, prefix.flags);
    return;
  }
  std::vector<NodeId> parts;
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kInterpolation && item.node.present()) parts.push_back(item.node);
    if (item.kind == SyntaxKind::kStringContent) {
      parts.push_back(StringPart(item.range(), static_cast<uint8_t>(prefix.flags | kDoubledBraces)));
      b_.mutable_node(parts.back()).flags = prefix.flags;
    }
  }
  const auto list = ListOf(parts);
  const NodeKind kind = prefix.is_template ? NodeKind::kTemplateString : NodeKind::kFormattedString;
  if (prefix.is_template) Problem(start->range(), "template strings need Python 3.14", 0, 13);
  out.node = b_.Add(kind, out.range(), {list.offset, list.count}, 0,
                    static_cast<uint8_t>(prefix.flags & (NodeFlags::kRaw | NodeFlags::kTripleQuoted)));
}

void Lowering::OnConcatenatedString(Items in, Item& out) {
  std::vector<NodeId> parts;
  for (const Item& item : in) {
    if (item.node.present()) parts.push_back(item.node);
  }
  const auto list = ListOf(parts);
  out.node = b_.Add(NodeKind::kConcatenatedString, out.range(), {list.offset, list.count});
}

void Lowering::OnInterpolation(Items in, Item& out) {
  const Item* value = nullptr;
  uint16_t conversion = 0;
  NodeId spec;
  uint8_t flags = 0;
  for (const Item& item : in) {
    if (item.kind == SyntaxKind::kTypeConversion) {
      conversion = static_cast<unsigned char>(text_[item.end - 1]);
    } else if (item.kind == SyntaxKind::kFormatSpecifier) {
      spec = item.node;
    } else if (item.kind == SyntaxKind::kTokenEqual) {
      flags = NodeFlags::kDebug;
    } else if (value == nullptr && !IsToken(item)) {
      value = &item;
    }
  }
  if (value != nullptr && value->kind == SyntaxKind::kNamedExpression) {
    // `{x:=5}` is `x` with the format `=5`: with a space the parser sees that.
    const auto colon = static_cast<uint32_t>(text_.find(":=", value->begin));
    if (colon < value->end) misread_.push_back({{colon + 1, colon + 1}, " "});
  }
  const NodeId expression = value == nullptr ? Missing(out.end) : Expr(*value);
  out.node = b_.Add(NodeKind::kInterpolation, out.range(), {expression.raw, spec.raw}, conversion, flags);
}

// The literal stretches of a format specification are what lies between its interpolations.
void Lowering::OnFormatSpecifier(Items in, Item& out) {
  std::vector<NodeId> parts;
  uint32_t at = out.begin + 1;  // behind the colon
  const auto add_literal = [&](uint32_t end) {
    if (end > at) parts.push_back(StringPart({at, end}, 0));
  };
  for (const Item& item : in) {
    if (!item.node.present()) continue;
    add_literal(item.begin);
    parts.push_back(item.node);
    at = item.end;
  }
  add_literal(out.end);
  const auto list = ListOf(parts);
  out.node = b_.Add(NodeKind::kFormattedString, out.range(), {list.offset, list.count});
}

}  // namespace overt::grammar
