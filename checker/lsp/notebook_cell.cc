#include "checker/lsp/notebook_cell.h"

#include <cstddef>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "checker/lsp/uri.h"
#include "grammar/base/identifier.h"

namespace overt::lsp {
namespace {

// `%%bash` hands the whole cell to something else. These run it as Python.
constexpr absl::string_view kMagicsOverPython[] = {"%%time", "%%timeit", "%%capture", "%%prun"};

bool IsBlankInLine(char c) { return c == ' ' || c == '\t' || c == '\f'; }
bool BeginsMagic(char c) { return c == '%' || c == '!' || c == '?'; }

class CellReader {
 public:
  explicit CellReader(std::string text) : text_(std::move(text)) {}

  std::string Read() && {
    if (IsOfAnotherLanguage()) {
      BlankOut(text_, 0, text_.size());
      return std::move(text_);
    }
    while (at_ < text_.size()) ReadStatementLine();
    return std::move(text_);
  }

 private:
  char CharAt(size_t at) const { return at < text_.size() ? text_[at] : '\n'; }

  size_t SkipBlanks(size_t at) const {
    while (at < text_.size() && IsBlankInLine(text_[at])) ++at;
    return at;
  }

  size_t EndOfLine(size_t at) const {
    const size_t end = text_.find('\n', at);
    return end == std::string::npos ? text_.size() : end;
  }

  bool IsOfAnotherLanguage() const {
    const size_t begin = text_.find_first_not_of(" \t\r\n\f");
    if (begin == std::string::npos || !absl::StartsWith(absl::string_view(text_).substr(begin), "%%")) return false;
    const absl::string_view line = absl::string_view(text_).substr(begin, EndOfLine(begin) - begin);
    const absl::string_view magic = line.substr(0, line.find_first_of(" \t\r"));
    return !absl::c_linear_search(kMagicsOverPython, magic);
  }

  bool IsWordAt(size_t at, absl::string_view word) const {
    if (absl::string_view(text_).substr(at, word.size()) != word) return false;
    return (at == 0 || !grammar::IsIdentifierByte(text_[at - 1])) &&
           !grammar::IsIdentifierByte(CharAt(at + word.size()));
  }

  // Behind the line that begins there and those that a backslash joins to it.
  size_t EndOfJoinedLines(size_t at) const {
    while (true) {
      const size_t end = EndOfLine(at);
      size_t last = end;
      while (last > at && (text_[last - 1] == '\r' || IsBlankInLine(text_[last - 1]))) --last;
      if (end == text_.size() || last == at || text_[last - 1] != '\\') return end;
      at = end + 1;
    }
  }

  // A magic in a block may be all that the block has; one at the left edge is none of Python's business.
  void ReplaceMagic(size_t line_begin, size_t begin) {
    const size_t end = EndOfJoinedLines(begin);
    BlankOut(text_, begin, end);
    if (begin > line_begin) text_[begin] = '0';
    at_ = end + 1;
  }

  // A line outside of brackets and strings, with all that its brackets and strings hold.
  void ReadStatementLine() {
    const size_t line_begin = at_;
    const size_t begin = SkipBlanks(at_);
    if (BeginsMagic(CharAt(begin))) return ReplaceMagic(line_begin, begin);
    size_t depth = 0;
    char last = ' ';  // that is no blank
    for (at_ = begin; at_ < text_.size() && (depth > 0 || text_[at_] != '\n'); ++at_) {
      const char c = text_[at_];
      const bool follows_sign = depth == 0 && last == '=' && (c == '!' || c == '%');
      if (follows_sign) return ReplaceValue();
      if (c == '#') {
        at_ = EndOfLine(at_) - 1;
        continue;
      }
      if (c == 'a' && IsWordAt(at_, "await")) text_.replace(at_, 5, "-    ");
      if (c == '"' || c == '\'') SkipString();
      if (c == '(' || c == '[' || c == '{') ++depth;
      if (depth > 0 && (c == ')' || c == ']' || c == '}')) --depth;
      if (c == '\\') at_ += CharAt(at_ + 1) == '\r' ? 2 : 1;  // the line goes on
      if (!IsBlankInLine(c) && c != '\r') last = c;
    }
    if (last == '?') return ReplaceMagic(line_begin, begin);
    ++at_;
  }

  // `rows = !ls`: to the end of the line.
  void ReplaceValue() {
    const size_t end = EndOfJoinedLines(at_);
    BlankOut(text_, at_, end);
    text_[at_] = '0';
    at_ = end + 1;
  }

  // To the last character of the literal; to the end of its line if it is not closed there and has single quotes.
  void SkipString() {
    const char quote = text_[at_];
    const bool is_triple = CharAt(at_ + 1) == quote && CharAt(at_ + 2) == quote;
    at_ += is_triple ? 3 : 1;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '\n' && !is_triple) {
        --at_;
        return;
      } else if (text_[at_] == quote && (!is_triple || (CharAt(at_ + 1) == quote && CharAt(at_ + 2) == quote))) {
        at_ += is_triple ? 2 : 0;
        return;
      }
    }
  }

  std::string text_;
  size_t at_ = 0;
};

}  // namespace

bool IsNotebookCell(absl::string_view uri) { return SchemeOf(uri) == "vscode-notebook-cell"; }

uint32_t BeginOfCode(absl::string_view text) {
  if (!absl::StartsWith(text, "%%")) return 0;
  const size_t newline = text.find('\n');
  return static_cast<uint32_t>(newline == absl::string_view::npos ? text.size() : newline + 1);
}

void BlankOut(std::string& text, size_t begin, size_t end) {
  for (size_t at = begin; at < end; ++at) {
    if (text[at] != '\n' && text[at] != '\r') text[at] = ' ';
  }
}

std::string PythonOfCell(std::string text) { return CellReader(std::move(text)).Read(); }

}  // namespace overt::lsp
