// The quick way through strings against the generated scanner: the same nodes at the same bytes, for random texts made
// of everything that means something in a string, and after edits of trees that are kept.
#include <gtest/gtest.h>
#include <tree_sitter/api.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "grammar/syntax/python_language.h"

extern "C" const TSLanguage* tree_sitter_python(void);

namespace overt::grammar {
namespace {

struct Delete {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
using Tree = std::unique_ptr<TSTree, Delete>;
using Parser = std::unique_ptr<TSParser, Delete>;

Parser ParserOf(const TSLanguage* language) {
  Parser parser(ts_parser_new());
  EXPECT_TRUE(ts_parser_set_language(parser.get(), language));
  return parser;
}

// Made once for the life of the program, as the parser does.
const TSLanguage* OurLanguage() {
  static const TSLanguage* const language = overt_make_python_language();
  return language;
}

Tree Parse(const Parser& parser, const std::string& text, const TSTree* old = nullptr) {
  return Tree(ts_parser_parse_string(parser.get(), old, text.data(), static_cast<uint32_t>(text.size())));
}

std::string Show(const Tree& tree) {
  std::string out;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree.get()));
  for (bool is_open = true; is_open;) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const TSPoint end = ts_node_end_point(node);
    absl::StrAppend(&out, ts_tree_cursor_current_depth(&cursor), " ", ts_node_type(node), " ", ts_node_start_byte(node),
                    "-", ts_node_end_byte(node), " ", end.row, ":", end.column, "\n");
    if (ts_tree_cursor_goto_first_child(&cursor)) continue;
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        is_open = false;
        break;
      }
    }
  }
  ts_tree_cursor_delete(&cursor);
  return out;
}

class StringContent : public testing::Test {
 protected:
  bool HasError(const Tree& tree) const { return ts_node_has_error(ts_tree_root_node(tree.get())); }

  std::string RandomText() {
    static constexpr const char* kOpenings[] = {"'",    "\"",       "'''", "\"\"\"", "f'",  "f\"",
                                                "f'''", "rb\"\"\"", "r'",  "b\"",    "u'''"};
    static constexpr const char* kPieces[] = {"'",  "\"",        "''",         "\"\"", "\\",   "\\\\", "\\'",       "{",
                                              "}",  "{{",        "}}",         "{x}",  "\n",   "a",    "word and ", "é",
                                              "😀", "\\N{DASH}", "{x!r:>{y}}", " ",    "\r\n", "#"};
    const std::string opening = kOpenings[random_() % std::size(kOpenings)];
    std::string text = absl::StrCat("x = ", opening);
    for (size_t i = random_() % 9; i > 0; --i) text += kPieces[random_() % std::size(kPieces)];
    return absl::StrCat(text, opening.substr(opening.find_first_of("'\"")), "\ny = 1\n");
  }

  Parser ours_ = ParserOf(OurLanguage());
  Parser generated_ = ParserOf(tree_sitter_python());
  std::mt19937 random_{1};
};

TEST_F(StringContent, IsCutAsTheGeneratedScannerCutsIt) {
  int correct = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string text = RandomText();
    const Tree expected = Parse(generated_, text);
    const Tree actual = Parse(ours_, text);
    ASSERT_EQ(HasError(actual), HasError(expected)) << text;
    if (HasError(expected)) continue;  // how an error is mended is the parser's choice
    ++correct;
    ASSERT_EQ(Show(actual), Show(expected)) << text;
  }
  EXPECT_GT(correct, 5000);
}

TEST_F(StringContent, IsReadAgainWhereAnEditTouchesIt) {
  for (int round = 0; round < 5000; ++round) {
    std::string text = RandomText();
    const Tree old = Parse(ours_, text);
    // One ASCII character more or less; in the first line, so that its points are easy to say.
    const auto at = static_cast<uint32_t>(random_() % std::min(text.size(), text.find('\n')));
    if (static_cast<unsigned char>(text[at]) >= 0x80) continue;
    const bool is_removal = random_() % 2 == 0;
    TSInputEdit edit{at,      is_removal ? at + 1 : at,      is_removal ? at : at + 1,
                     {0, at}, {0, is_removal ? at + 1 : at}, {0, is_removal ? at : at + 1}};
    if (is_removal) {
      text.erase(at, 1);
    } else {
      text.insert(at, 1, "'\"\\{}a"[random_() % 6]);
    }
    ts_tree_edit(old.get(), &edit);
    const Tree again = Parse(ours_, text, old.get());
    const Tree fresh = Parse(ours_, text);
    if (HasError(fresh)) continue;
    ASSERT_EQ(Show(again), Show(fresh)) << text;
  }
}

}  // namespace
}  // namespace overt::grammar
