#include "grammar/lower/logical_lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"

namespace overt::grammar {
namespace {

struct HeadWord {
  absl::string_view word;
  LineHead head;
};

constexpr HeadWord kHeads[] = {
    {"class", LineHead::kClass},     {"def", LineHead::kDef},   {"if", LineHead::kIf},
    {"elif", LineHead::kElif},       {"else", LineHead::kElse}, {"for", LineHead::kFor},
    {"while", LineHead::kWhile},     {"try", LineHead::kTry},   {"except", LineHead::kExcept},
    {"finally", LineHead::kFinally}, {"with", LineHead::kWith}, {"match", LineHead::kMatch},
    {"case", LineHead::kCase},
};

// Words that begin a statement and nothing else: no bracket is open before them.
constexpr absl::string_view kNeverInBrackets[] = {"class", "def",   "return",   "import", "raise",    "del",
                                                  "pass",  "break", "continue", "global", "nonlocal", "assert",
                                                  "while", "try",   "with",     "except", "finally",  "elif"};

class LineFinder {
 public:
  explicit LineFinder(absl::string_view text) : text_(text), reread_budget_(4 * text.size()) {}

  LogicalLines Run(size_t count) {
    while (at_ < text_.size() && out_.lines.size() < count) {
      if (SkipConflictMarker()) continue;
      LogicalLine line;
      line.start = static_cast<uint32_t>(at_);
      line.indent = SkipIndent();
      if (at_ >= text_.size() || AtLineEnd() || text_[at_] == '#') {
        SkipToNextLine();
        continue;
      }
      line.begin = static_cast<uint32_t>(at_);
      ReadLine(line);
      Classify(line);
      out_.lines.push_back(line);
    }
    return std::move(out_);
  }

 private:
  char Char(size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  bool AtLineEnd() const { return Char(at_) == '\n' || (Char(at_) == '\r' && Char(at_ + 1) == '\n'); }

  uint32_t SkipIndent() {
    uint32_t indent = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == ' ') {
        ++indent;
      } else if (text_[at_] == '\t') {
        indent = (indent / 8 + 1) * 8;
      } else if (text_[at_] == '\f') {
        indent = 0;
      } else {
        break;
      }
    }
    return indent;
  }

  // What a merge leaves where both sides changed a line.
  bool SkipConflictMarker() {
    const absl::string_view rest = text_.substr(at_);
    for (const absl::string_view marker : {"<<<<<<<", "|||||||", "=======", ">>>>>>>"}) {
      const char behind = Char(at_ + marker.size());
      const bool ends = behind == ' ' || behind == '\n' || behind == '\r' || behind == '\0';
      if (!ends || !absl::StartsWith(rest, marker)) continue;
      const size_t end = std::min(text_.find('\n', at_), text_.size());
      const TextRange range{static_cast<uint32_t>(at_), static_cast<uint32_t>(end)};
      if (out_.conflict_markers.empty() || out_.conflict_markers.back() < range) out_.conflict_markers.push_back(range);
      at_ = std::min(end + 1, text_.size());
      return true;
    }
    return false;
  }

  void SkipToNextLine() {
    const size_t end = text_.find('\n', at_);
    at_ = end == absl::string_view::npos ? text_.size() : end + 1;
  }

  // Where a line ends if its brackets turn out to be never closed.
  struct Cut {
    size_t at = 0;  // none yet
    uint32_t end = 0;
  };

  void ReadLine(LogicalLine& line) {
    size_t depth = 0;
    Cut cut;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        ++at_;
        if (depth == 0) break;
        while (SkipConflictMarker()) continue;
        if (StatementFollows()) break;
        if (cut.at == 0 && CanEndUnclosed(line)) cut = {at_, line.end};
        continue;
      }
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        continue;
      }
      if (c == '"' || c == '\'') {
        at_ = EndOfString(text_, at_);
      } else if (c == '\\' && at_ + 1 < text_.size()) {
        at_ += Char(at_ + 1) == '\r' && Char(at_ + 2) == '\n' ? 3 : 2;
        at_ = std::min(at_, text_.size());
        continue;
      } else {
        if (c == '(' || c == '[' || c == '{') ++depth;
        if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
        ++at_;
      }
      const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\f';
      if (!is_space) line.end = static_cast<uint32_t>(at_);
    }
    if (depth > 0 && cut.at != 0 && at_ - cut.at <= reread_budget_) {
      reread_budget_ -= at_ - cut.at;
      at_ = cut.at;
      line.end = cut.end;
    }
    line.next = static_cast<uint32_t>(at_);
    line.end = std::max(line.end, line.begin);
  }

  // Behind a header's colon, and before a line that is no deeper and begins with a word.
  bool CanEndUnclosed(const LogicalLine& line) const {
    if (line.end > line.begin && text_[line.end - 1] == ':' && HeadOf(line.begin) != LineHead::kSimple) return true;
    const size_t next = BehindSpace(at_);
    return next - at_ <= line.indent && IsIdentifierByte(Char(next));
  }

  // Whether the physical line at `at_` can only be the beginning of a statement.
  bool StatementFollows() const {
    size_t at = at_;
    while (Char(at) == ' ' || Char(at) == '\t') ++at;
    if (Char(at) == '@') return IsDecoratorLine(at);
    const absl::string_view word = WordAt(at);
    if (word == "async") return WordAt(BehindSpace(at + word.size())) == "def";
    return std::find(std::begin(kNeverInBrackets), std::end(kNeverInBrackets), word) != std::end(kNeverInBrackets);
  }

  // `@name` with a definition below it: in brackets `@` is an operator.
  bool IsDecoratorLine(size_t at) const {
    for (int decorators = 0; Char(at) == '@'; ++decorators) {
      if (decorators == 16) return false;
      const size_t end = text_.find('\n', at);
      if (end == absl::string_view::npos) return false;
      at = BehindSpace(end + 1);
    }
    const absl::string_view word = WordAt(at);
    return word == "def" || word == "class" || word == "async";
  }

  size_t BehindSpace(size_t at) const {
    while (Char(at) == ' ' || Char(at) == '\t') ++at;
    return at;
  }

  absl::string_view WordAt(size_t at) const {
    size_t end = std::min(at, text_.size());
    while (end < text_.size() && IsIdentifierByte(text_[end])) ++end;
    return text_.substr(std::min(at, text_.size()), end - std::min(at, text_.size()));
  }

  // What the words at `at` begin; `keyword_end` is behind them.
  LineHead HeadOf(size_t at, uint32_t* keyword_end = nullptr) const {
    absl::string_view word = WordAt(at);
    if (word == "async") {
      at = BehindSpace(at + word.size());
      word = WordAt(at);
      if (word != "def" && word != "for" && word != "with") return LineHead::kSimple;
    }
    for (const HeadWord& row : kHeads) {
      if (row.word != word) continue;
      if (keyword_end != nullptr) *keyword_end = static_cast<uint32_t>(at + word.size());
      return row.head;
    }
    return LineHead::kSimple;
  }

  void Classify(LogicalLine& line) const {
    line.keyword_end = line.begin;
    if (text_[line.begin] == '@') {
      line.head = LineHead::kDecorator;
      return;
    }
    uint32_t keyword_end = 0;
    const LineHead head = HeadOf(line.begin, &keyword_end);
    const bool is_soft = head == LineHead::kMatch || head == LineHead::kCase;
    if (head == LineHead::kSimple || (is_soft && text_[line.end - 1] != ':')) return;
    line.head = head;
    line.keyword_end = keyword_end;
  }

  absl::string_view text_;
  size_t reread_budget_;  // bytes that may be read again where brackets are never closed
  size_t at_ = 0;
  LogicalLines out_;
};

}  // namespace

size_t EndOfString(absl::string_view text, size_t at) {
  const char quote = text[at];
  const size_t line_end = std::min(text.find('\n', at), text.size());
  const bool is_triple = at + 2 < text.size() && text[at + 1] == quote && text[at + 2] == quote;
  for (size_t i = at + (is_triple ? 3 : 1); i < text.size(); ++i) {
    if (text[i] == '\\') {
      i += i + 2 < text.size() && text[i + 1] == '\r' && text[i + 2] == '\n' ? 2 : 1;
    } else if (text[i] == quote) {
      if (!is_triple) return i + 1;
      if (i + 2 < text.size() && text[i + 1] == quote && text[i + 2] == quote) return i + 3;
    } else if (text[i] == '\n' && !is_triple) {
      return i;
    }
  }
  return line_end;
}

LogicalLines FindLogicalLines(absl::string_view text) { return LineFinder(text).Run(SIZE_MAX); }

std::optional<LogicalLine> FirstLogicalLine(absl::string_view text) {
  const LogicalLines found = LineFinder(text).Run(1);
  if (found.lines.empty()) return std::nullopt;
  return found.lines.front();
}

}  // namespace overt::grammar
