// A law: what `ParseEdited` makes of a text after any number of edits is what `ParseSource` makes of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grammar/ast/print.h"
#include "grammar/lower/lower.h"

namespace overt::grammar {
namespace {

std::string Everything(const Ast& ast) {
  std::string out = Dump(ast);
  for (const Comment& comment : ast.comments()) {
    absl::StrAppend(&out, "comment ", comment.line_begin(), "..", comment.begin, "..", comment.end, " ",
                    ast.comment_text(comment), "\n");
  }
  absl::StrAppend(&out, "lines ", ast.line_starts().size(), ", bytes ", ast.source_size(), ", hash ",
                  ast.content_hash(), "\n");
  return out;
}

// A text that is edited, and its tree that follows the edits.
class Editor {
 public:
  explicit Editor(std::string text) : text_(std::move(text)) { Follow(); }

  void Replace(size_t at, size_t size, absl::string_view with) {
    text_.replace(at, size, with.data(), with.size());
    Follow();
  }
  const std::string& text() const { return text_; }
  size_t kept() const { return parsed_.statements_kept; }

  void ExpectEqualToColdRun() const {
    const std::string cold = Everything(ParseSource(SourceFile::FromText(text_), FileKind::kSource));
    ASSERT_EQ(Everything(parsed_.ast), cold) << "before:\n" << before_ << "\n--- now:\n" << text_ << "\n---";
  }

 private:
  void Follow() {
    before_ = std::string(parsed_.source.text());
    const ParsedSource before = std::move(parsed_);
    parsed_ =
        ParseEdited(SourceFile::FromText(text_), FileKind::kSource, before.ast.node_count() > 0 ? &before : nullptr);
  }

  std::string text_, before_;
  ParsedSource parsed_;
};

std::vector<std::string> Corpus() {
  std::vector<std::string> texts;
  const char* folder = std::getenv("OVERT_EDITED_TEXTS");  // ctest says: the fuzzer's seeds
  if (folder == nullptr) return texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    if (text.str().size() < 20000) texts.push_back(text.str());
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

// What people type and paste, and what breaks parsers.
const char* const kSnippets[] = {
    "x",
    " ",
    "\n",
    "    ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "=",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "#",
    "\\\n",
    "\\",
    "@",
    "@override\n",
    "def f(self",
    "def f(self):\n        return 1\n",
    "class A(B):\n    x = 1\n",
    "class ",
    "else:\n",
    "    else:\n        pass\n",
    "elif x:\n    y\n",
    "except E:\n    pass\n",
    "finally:\n",
    "try:\n",
    "if x:\n",
    "match x:\n    case 1:\n        pass\n",
    "case _:\n",
    "import os.path\n",
    "from a import (b,\n",
    "return",
    "async ",
    "await x",
    "lambda",
    "f\"{x",
    "f'{x:=5}'",
    "print \"x\"\n",
    "lazy import a\n",
    "class A[T = int]: ...\n",
    ";",
    "\t",
    "\r\n",
    "\f",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> x\n",
    "# type: ignore\n",
    "# overt: ignore\n",
    "é",
    "global x\n",
    "nonlocal x\n",
    "from __future__ import annotations\n",
    "pass",
    "...",
    "x: int = 1\n",
    "(yield)",
    "*a, b = c\n",
};

TEST(ParseEdited, EqualsAColdRunAfterEveryEdit) {
  const char* seed = std::getenv("OVERT_LAW_SEED");
  std::mt19937 random(seed != nullptr ? static_cast<uint32_t>(std::atoi(seed)) : 20260101U);
  const char* more = std::getenv("OVERT_EDITED_STEPS");
  const int steps = more != nullptr ? std::atoi(more) : 40;
  size_t kept = 0;
  const std::vector<std::string> corpus = Corpus();
  ASSERT_GT(corpus.size(), 5U) << "OVERT_EDITED_TEXTS must name a folder of Python texts";
  const auto pick = [&](size_t count) { return static_cast<size_t>(random() % std::max<size_t>(count, 1)); };
  for (const std::string& first : corpus) {
    // Two of them below one another, so that something is left alone.
    const std::string sound = absl::StrCat(first, "\n", corpus[pick(corpus.size())]);
    Editor editor(sound);
    for (int step = 0; step < steps; ++step) {
      const std::string& text = editor.text();
      size_t at = pick(text.size() + 1);
      if (random() % 3 == 0) at = std::min(text.find('\n', at), text.size() - 1) + 1;  // the beginning of a line
      at = std::min(at, text.size());
      const size_t cut = random() % 3 == 0 ? pick(30) : 0;
      std::string put = kSnippets[pick(std::size(kSnippets))];
      if (random() % 8 == 0) put = text.substr(pick(text.size()), pick(200));
      if (cut > 0 && random() % 2 == 0) put.clear();
      if (random() % 6 == 0) {
        editor.Replace(0, text.size(), sound);  // all of it undone
      } else {
        editor.Replace(at, std::min(cut, text.size() - at), put);
      }
      kept += editor.kept();
      editor.ExpectEqualToColdRun();
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
  EXPECT_GT(kept, 0U);
}

TEST(ParseEdited, LettersTypedIntoAClassLeaveTheOtherStatementsAlone) {
  const std::string before = "import os\n\nclass A:\n    x = 1\n\n\nclass B(A):\n    y = 1\n";
  const std::string behind = "\n\nclass C(B):\n    z = 1\n\n\ndef g(): ...\n";
  Editor editor(before + behind);
  size_t at = before.size();
  for (const char letter :
       std::string("\n    def name(self, a: int = (1)) -> \"str\":\n        return a[0] + f(1)\n")) {
    editor.Replace(at++, 0, std::string(1, letter));
    editor.ExpectEqualToColdRun();
    EXPECT_GE(editor.kept(), 3U) << editor.text();
  }
}

TEST(ParseEdited, AnUnclosedQuoteTakesTheStatementsBehindItIn) {
  Editor editor("a = 1\n\nb = 2\n\ndef f():\n    \"\"\"doc\"\"\"\n\nc = 3\n");
  editor.Replace(7, 1, "\"\"\"");
  editor.ExpectEqualToColdRun();
  editor.Replace(7, 3, "b");
  editor.ExpectEqualToColdRun();
}

// While it is there nothing else is said of the text, and all is said again when it has gone.
TEST(ParseEdited, ANulThatComesAndGoes) {
  const std::string nul(1, '\0');
  Editor editor("a = 1\n\nb = \x01 2\n\nreturn\n\nc = 3\n");
  editor.Replace(0, 0, nul);
  editor.ExpectEqualToColdRun();
  editor.Replace(1, 1, "d");
  editor.ExpectEqualToColdRun();
  editor.Replace(0, 1, "");
  editor.ExpectEqualToColdRun();
}

// The verdict looks from the first doubt on, so an edit far below must not make that the place of the edit.
TEST(ParseEdited, TheFirstOfTwoDamagedPlacesIsToldAgainWhenTheOtherIsEdited) {
  Editor editor("class\nase:\n    pass\n\nx = 1\n\nclass B:\n    def f(self): ...\n   @hod\n    def g(self): ...\n");
  editor.ExpectEqualToColdRun();
  editor.Replace(editor.text().size() - 1, 0, "  ");
  editor.ExpectEqualToColdRun();
}

}  // namespace
}  // namespace overt::grammar
