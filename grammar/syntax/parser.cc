#include "grammar/syntax/parser.h"

#include <tree_sitter/api.h>

#include <new>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "grammar/syntax/flat_syntax.h"
#include "grammar/syntax/python_language.h"
#include "grammar/syntax/quick_parse.h"
#include "grammar/syntax/tree_memory.h"

namespace overt::grammar {
namespace {

const TSLanguage* PythonLanguage() {
  static const TSLanguage* language = overt_make_python_language();
  if (language == nullptr) throw std::bad_alloc();
  return language;
}

// Never fails: there is no time limit, and without memory tree-sitter ends the program.
TSTree* ParseText(TSParser* parser, absl::string_view text) {
  return ts_parser_parse_string_encoding(parser, nullptr, text.data(), static_cast<uint32_t>(text.size()),
                                         TSInputEncodingUTF8);
}

}  // namespace

struct SyntaxTree::Impl {
  TSTree* tree = nullptr;
  ~Impl() {
    if (tree != nullptr) ts_tree_delete(tree);
  }
};

SyntaxTree::SyntaxTree(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SyntaxTree::SyntaxTree(SyntaxTree&&) noexcept = default;
SyntaxTree& SyntaxTree::operator=(SyntaxTree&&) noexcept = default;
SyntaxTree::~SyntaxTree() = default;

bool SyntaxTree::has_error() const { return ts_node_has_error(ts_tree_root_node(impl_->tree)); }
void SyntaxTree::ReadInto(FlatSyntax& syntax) const { syntax.Read(impl_->tree); }

namespace {

void AppendNode(TSNode node, std::string& out) {
  const char* type = ts_node_type(node);
  if (ts_node_is_missing(node)) out += "MISSING ";
  if (ts_node_is_named(node)) {
    out += type;
  } else {
    absl::StrAppend(&out, "\"", absl::CEscape(type), "\"");
  }
  absl::StrAppend(&out, " ", ts_node_start_byte(node), "..", ts_node_end_byte(node));
}

}  // namespace

std::string SyntaxTree::Dump() const {
  std::string out;
  size_t depth = 0;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(impl_->tree));
  for (bool goes_on = true; goes_on;) {
    if (!out.empty()) out += '\n';
    out.append(2 * depth, ' ');
    out += '(';
    AppendNode(ts_tree_cursor_current_node(&cursor), out);
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      ++depth;
      continue;
    }
    out += ')';
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      goes_on = ts_tree_cursor_goto_parent(&cursor);
      if (!goes_on) break;
      --depth;
      out += ')';
    }
  }
  ts_tree_cursor_delete(&cursor);
  out += '\n';
  return out;
}

struct Parser::Impl {
  TSParser* parser = ts_parser_new();
  ~Impl() { ts_parser_delete(parser); }

  SyntaxTree Parse(absl::string_view text) {
    auto tree = std::make_unique<SyntaxTree::Impl>();
    tree->tree = ParseText(parser, text);
    return SyntaxTree(std::move(tree));
  }
};

Parser::Parser() : impl_(std::make_unique<Impl>()) { ts_parser_set_language(impl_->parser, PythonLanguage()); }
Parser::~Parser() = default;

SyntaxTree Parser::Parse(absl::string_view text) { return impl_->Parse(text); }

namespace {

struct KindName {
  SyntaxKind kind;
  const char* name;
  bool is_named;
};

constexpr KindName kKindNames[] = {
#define NODE_KIND(ident, name) {SyntaxKind::ident, name, true},
#define TOKEN(ident, text) {SyntaxKind::ident, text, false},
#include "grammar/syntax/kinds.def"
};

struct LanguageTable {
  std::vector<SyntaxKind> kinds;  // by symbol
  uint16_t comment = 0;
};

std::unique_ptr<const LanguageTable> MakeLanguageTable() {
  const TSLanguage* language = PythonLanguage();
  absl::flat_hash_map<std::pair<std::string, bool>, SyntaxKind> by_name;
  for (const KindName& row : kKindNames) by_name[{row.name, row.is_named}] = row.kind;
  constexpr absl::string_view kComment = "comment";
  auto table = std::make_unique<LanguageTable>();
  table->comment =
      ts_language_symbol_for_name(language, kComment.data(), static_cast<uint32_t>(kComment.size()), /*is_named=*/true);
  for (uint32_t symbol = 0; symbol < ts_language_symbol_count(language); ++symbol) {
    const auto id = static_cast<TSSymbol>(symbol);
    const bool is_named = ts_language_symbol_type(language, id) == TSSymbolTypeRegular;
    const char* name = ts_language_symbol_name(language, id);
    const auto it = by_name.find({name, is_named});
    table->kinds.push_back(it == by_name.end() ? SyntaxKind::kToken : it->second);
  }
  return table;
}

const LanguageTable& TheLanguageTable() {
  static const LanguageTable* const table = MakeLanguageTable().release();
  return *table;
}

}  // namespace

void FlatSyntax::Read(const TSTree* tree) {
  const LanguageTable& table = TheLanguageTable();
  kinds_ = table.kinds.data();
  if (overt_flatten(tree, table.comment, &tree_) == 0) throw std::bad_alloc();
}

bool FlatSyntax::ReadQuickly(OvertQuickParser* parser, absl::string_view text) {
  const LanguageTable& table = TheLanguageTable();
  kinds_ = table.kinds.data();
  const int answer = overt_quick_parse(parser, text.data(), static_cast<uint32_t>(text.size()), table.comment, &tree_);
  if (answer < 0) throw std::bad_alloc();
  return answer == 1;
}

struct SyntaxReader::Impl {
  OvertQuickParser* quick = overt_quick_parser_new(PythonLanguage());
  OvertTreeArena* arena = overt_tree_arena_new();
  FlatSyntax syntax;
  ~Impl() {
    overt_quick_parser_delete(quick);
    overt_tree_arena_delete(arena);
  }
};

SyntaxReader::SyntaxReader() : impl_(std::make_unique<Impl>()) {
  if (impl_->quick == nullptr || impl_->arena == nullptr) throw std::bad_alloc();
}
SyntaxReader::~SyntaxReader() = default;

const FlatSyntax* SyntaxReader::ReadIfSound(absl::string_view text) {
  return impl_->syntax.ReadQuickly(impl_->quick, text) ? &impl_->syntax : nullptr;
}

uint32_t SyntaxReader::read_until() const { return overt_quick_parser_read_until(impl_->quick); }
uint32_t SyntaxReader::sound_until() const { return overt_quick_parser_sound_until(impl_->quick); }

const FlatSyntax& SyntaxReader::Read(absl::string_view text) {
  if (impl_->syntax.ReadQuickly(impl_->quick, text)) return impl_->syntax;
  // The parser is made anew: what it keeps from one text to the next would lie in the arena too.
  overt_tree_arena_enter(impl_->arena);
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, PythonLanguage());
  const TSTree* tree = ParseText(parser, text);
  overt_tree_arena_leave(impl_->arena);
  impl_->syntax.Read(tree);
  return impl_->syntax;
}

}  // namespace overt::grammar
