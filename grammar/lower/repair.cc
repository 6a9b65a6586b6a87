#include "grammar/lower/repair.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grammar/lower/logical_lines.h"
#include "grammar/verdict/recogniser.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {
namespace {

// Deeper blocks are not taken apart.
constexpr size_t kMaxDepth = 60;

// Statements of more lines are taken apart when the quick parser gives them up: the other one would need longer to say
// the same, and what it alone can read is sound in all its parts.
constexpr size_t kManyLines = 24;
constexpr size_t kLongText = 4096;  // bytes

bool IsDefinition(LineHead head) { return head == LineHead::kClass || head == LineHead::kDef; }

// What must stand around a header so that it is a statement: `elif x:` needs an `if` before it.
struct Frame {
  absl::string_view before;
  absl::string_view after;
};

Frame FrameOf(LineHead head) {
  switch (head) {
    case LineHead::kSimple: return {"", "\n"};
    case LineHead::kDecorator: return {"", "\ndef f():\n pass\n"};
    case LineHead::kClass:
    case LineHead::kDef:
    case LineHead::kIf:
    case LineHead::kFor:
    case LineHead::kWhile:
    case LineHead::kTry:
    case LineHead::kWith: return {"", "\n pass\n"};
    case LineHead::kElif:
    case LineHead::kElse: return {"if 1:\n pass\n", "\n pass\n"};
    case LineHead::kExcept:
    case LineHead::kFinally: return {"try:\n pass\n", "\n pass\n"};
    case LineHead::kMatch: return {"", "\n case None:\n  pass\n"};
    case LineHead::kCase: return {"match x:\n ", "\n  pass\n"};
  }
  return {"", "\n"};
}

// What stands for the rest of a header that cannot be read.
absl::string_view HoleOf(LineHead head) {
  switch (head) {
    case LineHead::kClass: return "(...):";
    case LineHead::kDef: return "():";
    case LineHead::kFor: return " () in ...:";
    case LineHead::kElse:
    case LineHead::kTry:
    case LineHead::kFinally: return ":";
    case LineHead::kCase: return " None:";
    case LineHead::kSimple:
    case LineHead::kDecorator:
    case LineHead::kIf:
    case LineHead::kElif:
    case LineHead::kWhile:
    case LineHead::kExcept:
    case LineHead::kWith:
    case LineHead::kMatch: return " ...:";
  }
  return " ...:";
}

class Repairer {
 public:
  Repairer(absl::string_view text, SyntaxReader& reader, uint32_t sound_until)
      : text_(text), reader_(reader), sound_until_(sound_until), budget_(text.size() * 16 + 65536) {
    LogicalLines found = FindLogicalLines(text);
    lines_ = std::move(found.lines);
    for (const TextRange marker : found.conflict_markers) Replace(marker, "");
  }

  Repairs Run() {
    if (!lines_.empty()) FixBlock(0, lines_.size(), 0, Place::kOrdinary, 0);
    for (auto& [range, change] : changes_) {
      out_.edits.push_back({range, std::move(change.replacement)});
      if (change.kind == Change::kDefault) out_.defaults.push_back(change.default_value);
      if (change.kind == Change::kLost) out_.lost.push_back(range);
      if (change.kind == Change::kHole) out_.holes.push_back(range);
    }
    std::sort(out_.headers.begin(), out_.headers.end());
    return std::move(out_);
  }

 private:
  enum class Place : uint8_t { kOrdinary, kInMatch };

  struct Change {
    enum Kind : uint8_t { kRewritten, kDefault, kLost, kHole };
    std::string replacement;
    Kind kind = kRewritten;
    TextRange default_value;
  };

  absl::string_view Slice(TextRange range) const { return text_.substr(range.begin, range.size()); }

  // --- Asking the parser -------------------------------------------------------------------------------------------

  enum class Size : uint8_t { kSmall, kLarge };

  bool Parses(absl::string_view text, Size size = Size::kSmall) {
    // What is left when the budget is gone is left as it is.
    if (text.size() > budget_) return true;
    budget_ -= text.size();
    if (size == Size::kLarge) return reader_.ReadIfSound(text) != nullptr;
    // How tree-sitter gets over an error within a line takes time by the square of the line's length.
    if (text.size() > kLongText) {
      if (reader_.ReadIfSound(text) != nullptr) return true;
      if (!IsModule(text)) return false;
    }
    return !reader_.Read(text).has_error();
  }

  // By CPython's grammar, of any version.
  static bool IsModule(absl::string_view text) {
    const std::vector<VerdictProblem> problems = Recogniser(text).Run();
    return std::none_of(problems.begin(), problems.end(), [](const VerdictProblem& problem) {
      return problem.first_minor == 0 && problem.last_minor == UINT8_MAX;
    });
  }

  // The text of a range with the edits made so far.
  std::string Edited(TextRange range) const {
    std::vector<Edit> edits;
    for (auto it = changes_.lower_bound({range.begin, 0}); it != changes_.end() && it->first.end <= range.end; ++it) {
      edits.push_back({{it->first.begin - range.begin, it->first.end - range.begin}, it->second.replacement});
    }
    return std::string(EditedText(Slice(range), edits).text());
  }

  bool HeaderParses(LineHead head, absl::string_view header) {
    const Frame frame = FrameOf(head);
    return Parses(absl::StrCat(frame.before, header, frame.after));
  }

  bool LineParses(LineHead head, absl::string_view line) {
    return Parses(absl::StrCat(FrameOf(head).before, line, "\n"));
  }

  bool ChunkParses(size_t first, size_t last, Place place) {
    const std::string text = Edited({lines_[first].start, lines_[last - 1].next});
    const Size size = last - first > kManyLines ? Size::kLarge : Size::kSmall;
    // A header above: how deep a line may be indented within brackets depends on it.
    if (place == Place::kInMatch) return Parses(absl::StrCat("match x:\n", text), size);
    return Parses(lines_[first].indent > 0 ? absl::StrCat("if 1:\n", text) : text, size);
  }

  // Known from the parse of the whole text, in which the statement stands where it should.
  bool IsSound(size_t last) const { return lines_[last - 1].end <= sound_until_; }

  // --- Edits -------------------------------------------------------------------------------------------------------

  // Takes the place of all changes within the range.
  void Replace(TextRange range, absl::string_view replacement, Change::Kind kind = Change::kRewritten,
               TextRange default_value = {}) {
    auto it = changes_.lower_bound({range.begin, 0});
    while (it != changes_.end() && it->first.end <= range.end) it = changes_.erase(it);
    changes_[range] = {std::string(replacement), kind, default_value};
  }
  void PutHole(TextRange range, absl::string_view replacement) { Replace(range, replacement, Change::kHole); }
  void Lose(TextRange range) { Replace(range, "pass", Change::kLost); }

  // --- Taking apart ------------------------------------------------------------------------------------------------

  // A statement with all that belongs to it: decorators before, deeper lines and further clauses behind.
  size_t EndOfChunk(size_t at, size_t last) const {
    const uint32_t indent = lines_[at].indent;
    while (at < last && lines_[at].head == LineHead::kDecorator) ++at;
    if (at < last) ++at;
    while (at < last &&
           (lines_[at].indent > indent || (lines_[at].indent == indent && ContinuesCompound(lines_[at].head)))) {
      ++at;
    }
    return at;
  }

  // The statements of one block, which stand at `indent`.
  void FixBlock(size_t first, size_t last, size_t depth, Place place, uint32_t indent) {
    for (size_t at = first; at < last;) {
      const size_t end = EndOfChunk(at, last);
      if (lines_[at].indent != indent || !IsSound(end)) {
        Shift(at, end, indent);
        FixChunk(at, end, depth, place);
      }
      at = end;
    }
  }

  // Moves lines sideways, so that the first stands where it should.
  void Shift(size_t first, size_t last, uint32_t indent) {
    const uint32_t old = lines_[first].indent;
    if (old == indent) return;
    for (size_t i = first; i < last; ++i) {
      LogicalLine& line = lines_[i];
      line.indent = std::max(line.indent + indent, old) - old;
      if (line.start < line.begin || line.indent > 0) Replace({line.start, line.begin}, std::string(line.indent, ' '));
    }
  }

  void FixChunk(size_t first, size_t last, size_t depth, Place place) {
    if (ChunkParses(first, last, place)) return;
    const size_t changes_before = changes_.size();
    for (size_t i = first; i < last; ++i) Rewrite(lines_[i]);
    if (changes_.size() > changes_before && ChunkParses(first, last, place)) return;
    const size_t main = FixDecorators(first, last);
    if (main == last) return;
    if ((lines_[main].head == LineHead::kCase) != (place == Place::kInMatch)) {
      // A case without its match, or the other way round.
      const absl::string_view hole = place == Place::kInMatch ? "case _:" : "if ...:";
      PutHole(lines_[main].range(), main + 1 == last ? absl::StrCat(hole, " pass") : hole);
      if (main + 1 < last) FixBody(main, last, depth);
      return;
    }
    FixClauses(main, last, depth);
  }

  // Behind the decorators. Those that decorate nothing are lost.
  size_t FixDecorators(size_t first, size_t last) {
    size_t main = first;
    while (main < last && lines_[main].head == LineHead::kDecorator) ++main;
    const bool is_definition =
        main < last && IsDefinition(lines_[main].head) && KeptEnd(lines_[main]) != lines_[main].begin;
    for (size_t i = first; i < main; ++i) {
      if (is_definition) {
        FixHeader(lines_[i], "");
      } else {
        Lose(lines_[i].range());
      }
    }
    return main;
  }

  // What may follow as a further clause.
  enum class Chain : uint8_t { kNothing, kElifs, kElse, kHandlers, kFinally };

  static bool Fits(LineHead clause, Chain chain) {
    switch (chain) {
      case Chain::kNothing: return false;
      case Chain::kElifs: return clause == LineHead::kElif || clause == LineHead::kElse;
      case Chain::kElse: return clause == LineHead::kElse;
      case Chain::kHandlers: return clause != LineHead::kElif;
      case Chain::kFinally: return clause == LineHead::kFinally;
    }
    return false;
  }

  static Chain ChainBehind(LineHead clause, Chain before) {
    if (clause == LineHead::kElse) return before == Chain::kHandlers ? Chain::kFinally : Chain::kNothing;
    if (clause == LineHead::kIf || clause == LineHead::kElif) return Chain::kElifs;
    if (clause == LineHead::kFor || clause == LineHead::kWhile) return Chain::kElse;
    if (clause == LineHead::kTry || clause == LineHead::kExcept) return Chain::kHandlers;
    return Chain::kNothing;
  }

  // A statement and its further clauses. Those that fit nothing above them get something above them.
  void FixClauses(size_t first, size_t last, size_t depth) {
    const uint32_t indent = lines_[first].indent;
    Chain chain = Chain::kNothing;
    for (size_t at = first; at < last;) {
      size_t body_end = at + 1;
      bool is_handled = false;
      while (body_end < last && lines_[body_end].indent > indent) ++body_end;
      for (size_t i = body_end; i < last && !is_handled; ++i) {
        const bool is_handler = lines_[i].head == LineHead::kExcept || lines_[i].head == LineHead::kFinally;
        is_handled = lines_[i].indent == indent && is_handler;
      }
      const LogicalLine& line = lines_[at];
      if (ContinuesCompound(line.head)) {
        const bool is_handler = line.head == LineHead::kExcept || line.head == LineHead::kFinally;
        if (!Fits(line.head, chain)) {
          Replace({line.begin, line.begin},
                  absl::StrCat(is_handler ? "try: pass\n" : "if 1: pass\n", std::string(indent, ' ')));
          chain = is_handler ? Chain::kHandlers : Chain::kElifs;
        }
      }
      chain = ChainBehind(FixClause(at, body_end, depth, is_handled), chain);
      at = body_end;
    }
  }

  // A header and the lines below it; what it is now. `is_handled` if clauses follow that only a `try` has.
  LineHead FixClause(size_t at, size_t body_end, size_t depth, bool is_handled) {
    const LogicalLine& line = lines_[at];
    const bool has_body = body_end > at + 1;
    const std::string header = Edited(line.range());
    LineHead head = line.head;
    if (head == LineHead::kTry && !is_handled) {
      PutHole(line.range(), has_body ? "if ...:" : "if ...: pass");
      head = LineHead::kIf;
    } else if (!has_body) {
      if (!LineParses(head, header)) FixLine(line);
      return head;
    } else if (head == LineHead::kSimple && HeaderParses(head, header)) {
      // Nothing belongs below it.
      FixBelow(at, body_end, depth, Place::kOrdinary, line.indent);
      return head;
    } else if (head == LineHead::kSimple && is_handled) {
      PutHole(line.range(), "try:");
      head = LineHead::kTry;
    } else {
      head = FixHeader(line, "");
    }
    if (has_body) FixBody(at, body_end, depth);
    return head;
  }

  void FixBody(size_t at, size_t body_end, size_t depth) {
    const Place place = lines_[at].head == LineHead::kMatch ? Place::kInMatch : Place::kOrdinary;
    FixBelow(at, body_end, depth, place, std::max(lines_[at].indent + 1, lines_[at + 1].indent));
  }

  void FixBelow(size_t at, size_t body_end, size_t depth, Place place, uint32_t indent) {
    if (depth < kMaxDepth) {
      FixBlock(at + 1, body_end, depth + 1, place, indent);
      return;
    }
    Shift(at + 1, at + 2, indent);
    Lose({lines_[at + 1].begin, lines_[body_end - 1].end});
  }

  // --- Headers -----------------------------------------------------------------------------------------------------

  // What the header is now. `tail` comes behind it.
  LineHead FixHeader(const LogicalLine& line, absl::string_view tail) {
    const std::string header = Edited(line.range());
    if (HeaderParses(line.head, header)) {
      if (!tail.empty()) Replace({line.end, line.end}, tail, Change::kLost);
      return line.head;
    }
    if (line.head == LineHead::kDecorator) {
      PutHole({line.begin + 1, line.end}, "...");
      return line.head;
    }
    // A colon or a bracket is all that is missing, often.
    const bool has_colon = absl::EndsWith(header, ":");
    const std::string close = MissingBrackets(line.range());
    if (HeaderParses(line.head, absl::StrCat(header, close, ":"))) {
      Replace({line.end, line.end}, absl::StrCat(close, ":", tail));
      return line.head;
    }
    if (has_colon && !close.empty() &&
        HeaderParses(line.head, absl::StrCat(header.substr(0, header.size() - 1), close, ":"))) {
      Replace({line.end - 1, line.end}, absl::StrCat(close, ":", tail));
      return line.head;
    }
    const uint32_t kept = KeptEnd(line);
    if (kept == line.begin) {
      // Nobody knows what this was; what stands below it stays below something.
      PutHole(line.range(), absl::StrCat("if ...:", tail));
      return LineHead::kIf;
    }
    PutHole({kept, line.end}, absl::StrCat(HoleOf(line.head), tail));
    if (IsDefinition(line.head)) out_.headers.push_back(line.begin);
    return line.head;
  }

  // Where the part of a header ends that is kept in any case: the keyword, and the name of what is defined. The line's
  // beginning if there is no such part.
  uint32_t KeptEnd(const LogicalLine& line) const {
    if (!IsDefinition(line.head)) return line.keyword_end;
    uint32_t at = line.keyword_end;
    while (at < line.end && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    const uint32_t name = at;
    while (at < line.end && IsIdentifierByte(text_[at])) ++at;
    const bool is_name = at > name && !(text_[name] >= '0' && text_[name] <= '9');
    // A keyword is no name.
    return is_name && !reader_.Read(absl::StrCat("def ", Slice({name, at}), "(): pass\n")).has_error() ? at
                                                                                                       : line.begin;
  }

  // The closing brackets that a stretch lacks, innermost first.
  std::string MissingBrackets(TextRange range) const {
    std::string open;
    for (size_t at = range.begin; at < range.end;) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        at = EndOfString(text_, at);
        continue;
      }
      if (c == '#') {
        at = std::min(text_.find('\n', at), text_.size());
        continue;
      }
      if (c == '(') open += ')';
      if (c == '[') open += ']';
      if (c == '{') open += '}';
      const bool closes = c == ')' || c == ']' || c == '}';
      if (closes && !open.empty() && open.back() == c) open.pop_back();
      ++at;
    }
    std::reverse(open.begin(), open.end());
    return open;
  }

  // --- Single lines ------------------------------------------------------------------------------------------------

  // A line without anything below it.
  void FixLine(const LogicalLine& line) {
    if (line.head == LineHead::kSimple) {
      if (!KeepTarget(line)) Lose(line.range());
    } else if (line.head == LineHead::kMatch) {
      Lose(line.range());
    } else {
      FixHeader(line, " pass");
    }
  }

  // `x = <damage>` still binds `x`.
  bool KeepTarget(const LogicalLine& line) {
    const uint32_t equal = FindEqual({line.begin, line.end});
    if (equal == line.end) return false;
    const TextRange value{equal + 1, line.end};
    if (!Parses(absl::StrCat(Slice({line.begin, equal + 1}), " ...\n"))) return false;
    PutHole(value, " ...");
    return true;
  }

  // The first `=` outside of brackets and strings that assigns; the range's end if there is none.
  uint32_t FindEqual(TextRange range) const {
    size_t depth = 0;
    for (size_t at = range.begin; at < range.end;) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        at = EndOfString(text_, at);
        continue;
      }
      if (c == '(' || c == '[' || c == '{') ++depth;
      if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
      if (c == '=' && depth == 0) return IsAssignment(at) ? static_cast<uint32_t>(at) : range.end;
      ++at;
    }
    return range.end;
  }

  bool IsAssignment(size_t equal) const {
    const char before = equal > 0 ? text_[equal - 1] : '\0';
    const char after = equal + 1 < text_.size() ? text_[equal + 1] : '\0';
    return after != '=' && before != '=' && before != '!' && before != '<' && before != '>' && before != ':';
  }

  // --- What is good Python, but unknown to the grammar -------------------------------------------------------------

  void Rewrite(const LogicalLine& line) {
    DeepenContinuations(line);
    SplitFormats(line);
    const absl::string_view text = Slice(line.range());
    if (IsDefinition(line.head)) {
      CutDefaults(line, line.keyword_end);
    } else if (line.head == LineHead::kSimple && absl::StartsWith(text, "type ")) {
      CutDefaults(line, line.begin + 4);
    } else if (line.head == LineHead::kSimple && absl::StartsWith(text, "lazy ")) {
      UnifyLazyImport(line);
    } else if (line.head == LineHead::kSimple && absl::StartsWith(text, "from __future__ ") &&
               absl::EndsWith(text, "*")) {
      Replace({line.begin + 5, line.begin + 15}, "future");
    }
  }

  // The grammar takes a line within brackets for the end of a block if it is indented less than that.
  void DeepenContinuations(const LogicalLine& line) {
    const std::string indent(line.indent + 1, ' ');
    for (size_t at = line.begin; at < line.end;) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        at = EndOfString(text_, at);
        continue;
      }
      if (c == '#') {
        at = std::min(text_.find('\n', at), text_.size());
        continue;
      }
      ++at;
      if (c != '\n') continue;
      const size_t word = std::min(text_.find_first_not_of(" \t", at), text_.size());
      const TextRange space{static_cast<uint32_t>(at), static_cast<uint32_t>(word)};
      if (word < line.end && space.size() <= line.indent) Replace(space, indent);
      at = word;
    }
  }

  // `f"{x:=5.1f}"` is `x` with the format `=5.1f`, and no assignment expression.
  void SplitFormats(const LogicalLine& line) {
    for (size_t at = line.begin; at < line.end;) {
      const char c = text_[at];
      if (c == '#') {
        at = std::min(text_.find('\n', at), text_.size());
        continue;
      }
      if (c != '"' && c != '\'') {
        ++at;
        continue;
      }
      const size_t end = EndOfString(text_, at);
      size_t prefix = at;
      while (prefix > line.begin && IsIdentifierByte(text_[prefix - 1])) --prefix;
      const absl::string_view letters = text_.substr(prefix, at - prefix);
      if (letters.find_first_of("fFtT") != absl::string_view::npos) SplitFormatsIn(at, end);
      at = end;
    }
  }

  void SplitFormatsIn(size_t at, size_t end) {
    size_t depth = 0;  // of brackets, the field's own included
    for (; at + 1 < end; ++at) {
      const char c = text_[at];
      if (depth == 0 && c == '{' && text_[at + 1] == '{') {
        ++at;
        continue;
      }
      if (c == '{' || c == '(' || c == '[') ++depth;
      if ((c == '}' || c == ')' || c == ']') && depth > 0) --depth;
      if (depth == 1 && c == ':') {
        const auto behind = static_cast<uint32_t>(at + 1);
        if (text_[behind] == '=') Replace({behind, behind}, " ");
        depth = 0;  // the format itself
      }
    }
  }

  // `lazy import x` is parsed as `import x`, with the `import` as wide as both words.
  void UnifyLazyImport(const LogicalLine& line) {
    uint32_t at = line.begin + 4;
    while (at < line.end && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    for (const absl::string_view word : {"import", "from"}) {
      if (!absl::StartsWith(Slice({at, line.end}), absl::StrCat(word, " "))) continue;
      Replace({line.begin, at + static_cast<uint32_t>(word.size())}, word);
    }
  }

  // Takes ` = default` out of the type parameters behind the name that follows `at`.
  void CutDefaults(const LogicalLine& line, uint32_t at) {
    while (at < line.end && (text_[at] == ' ' || text_[at] == '\t' || IsIdentifierByte(text_[at]))) ++at;
    if (at >= line.end || text_[at] != '[') return;
    size_t depth = 0;
    uint32_t equal = 0;  // none yet
    for (; at < line.end; ++at) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        at = static_cast<uint32_t>(EndOfString(text_, at)) - 1;
        continue;
      }
      const bool ends_default = depth == 1 && (c == ',' || c == ']');
      if (ends_default && equal != 0) {
        CutDefault(equal, at);
        equal = 0;
      }
      if (c == '(' || c == '[' || c == '{') ++depth;
      if ((c == ')' || c == ']' || c == '}') && --depth == 0) return;
      if (c == '=' && depth == 1 && equal == 0 && IsAssignment(at)) equal = at;
    }
  }

  void CutDefault(uint32_t equal, uint32_t end) {
    TextRange value{equal + 1, end};
    const auto is_space = [&](uint32_t at) {
      return text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\n' || text_[at] == '\r';
    };
    while (value.begin < value.end && is_space(value.begin)) ++value.begin;
    while (value.begin < value.end && is_space(value.end - 1)) --value.end;
    if (value.begin == value.end) return;
    Replace({equal, value.end}, "", Change::kDefault, value);
  }

  absl::string_view text_;
  SyntaxReader& reader_;
  uint32_t sound_until_;
  std::vector<LogicalLine> lines_;
  size_t budget_;
  std::map<TextRange, Change> changes_;  // disjoint
  Repairs out_;
};

}  // namespace

Repairs FindRepairs(absl::string_view text, SyntaxReader& reader, uint32_t sound_until) {
  return Repairer(text, reader, sound_until).Run();
}

}  // namespace overt::grammar
