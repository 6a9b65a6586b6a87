#include "diagnostics/suppression.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "diagnostics/suppression_text.h"

namespace overt {
namespace {

// One directive within a comment: `overt: ignore[a, b]`, with positions inside the comment's text.
struct Directive {
  SuppressionStyle style = SuppressionStyle::kOvertIgnore;
  bool has_names = false;
  size_t names_begin = 0;  // behind `[`; of a directive that cannot be read, where it begins
  size_t names_end = 0;    // at `]`; of a directive that cannot be read, where it ends
};

void SkipSpaces(absl::string_view text, size_t& at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
}

bool Take(absl::string_view text, size_t& at, absl::string_view word) {
  if (!absl::StartsWith(text.substr(std::min(at, text.size())), word)) return false;
  at += word.size();
  return true;
}

// `[a, b]`, if it is there. False if it does not end.
bool ReadNames(absl::string_view text, size_t at, Directive& directive) {
  SkipSpaces(text, at);
  if (at >= text.size() || text[at] != '[') return true;
  const size_t close = text.find_first_of("]#", at);
  if (close == absl::string_view::npos || text[close] == '#') return false;
  directive.has_names = true;
  directive.names_begin = at + 1;
  directive.names_end = close;
  return true;
}

// Whether a directive without names may end here: the comment does, another begins, or `-- why` follows.
bool IsEndOfDirective(absl::string_view text, size_t at) {
  // A line may end with `\r\n`, of which the `\r` is the comment's.
  text = absl::StripAsciiWhitespace(text.substr(std::min(at, text.size())));
  return text.empty() || text[0] == '#' || absl::StartsWith(text, "--");
}

// Whether what stands at `at` is within a pair of backticks: prose about a comment, not one.
bool IsQuoted(absl::string_view text, size_t at) {
  const auto before = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '`');
  return before % 2 != 0 && text.find('`', at) != absl::string_view::npos;
}

// `word`: where its `overt:` stands.
Directive Unreadable(absl::string_view text, size_t word) {
  size_t begin = word + absl::string_view("overt:").size();
  size_t end = std::min({text.find('#', begin), text.find(" --", begin), text.size()});
  SkipSpaces(text, begin);
  while (end > word && absl::ascii_isspace(static_cast<unsigned char>(text[end - 1]))) --end;
  return {SuppressionStyle::kUnreadable, false, begin < end ? begin : word, end};
}

Directive ReadOwnDirective(absl::string_view text, size_t word) {
  size_t at = word + absl::string_view("overt:").size();
  SkipSpaces(text, at);
  Directive directive;
  if (Take(text, at, "file-ignore")) {
    directive.style = SuppressionStyle::kOvertFileIgnore;
  } else if (Take(text, at, "open")) {
    directive.style = SuppressionStyle::kOvertOpen;
  } else if (!Take(text, at, "ignore")) {
    return Unreadable(text, word);
  }
  const bool is_readable = ReadNames(text, at, directive) && (directive.has_names || IsEndOfDirective(text, at));
  return is_readable ? directive : Unreadable(text, word);
}

// As CPython reads it: no letter or digit follows.
std::optional<Directive> ReadTypeIgnore(absl::string_view text, size_t at) {
  SkipSpaces(text, at);
  if (!Take(text, at, "ignore")) return std::nullopt;
  Directive directive{SuppressionStyle::kTypeIgnore};
  if (!ReadNames(text, at, directive)) return std::nullopt;
  SkipSpaces(text, at);
  if (at < text.size() && absl::ascii_isalnum(static_cast<unsigned char>(text[at]))) return std::nullopt;
  return directive;
}

// What begins at the `#` at `at`.
std::optional<Directive> ReadDirective(absl::string_view text, size_t at) {
  ++at;
  SkipSpaces(text, at);
  const size_t word = at;
  if (Take(text, at, "overt:")) return ReadOwnDirective(text, word);
  if (Take(text, at, "type:")) return ReadTypeIgnore(text, at);
  return std::nullopt;
}

bool CanBeOpened(Rule rule) { return absl::c_linear_search(RulesToOpen(), rule); }

SuppressionEntry ReadEntry(absl::string_view text, size_t begin, size_t end, uint32_t base, SuppressionStyle style) {
  while (begin < end && absl::ascii_isspace(static_cast<unsigned char>(text[begin]))) ++begin;
  while (end > begin && absl::ascii_isspace(static_cast<unsigned char>(text[end - 1]))) --end;
  SuppressionEntry entry;
  entry.range = {base + static_cast<uint32_t>(begin), base + static_cast<uint32_t>(end)};
  absl::string_view name = text.substr(begin, end - begin);
  const bool is_ours = absl::ConsumePrefix(&name, "overt:") || style != SuppressionStyle::kTypeIgnore;
  entry.name = std::string(name);
  if (!is_ours) return entry;  // another tool's
  const absl::Span<const Rule> rules = RulesNamed(name);
  entry.rules.assign(rules.begin(), rules.end());
  if (style == SuppressionStyle::kOvertOpen) std::erase_if(entry.rules, [](Rule rule) { return !CanBeOpened(rule); });
  entry.unknown = entry.rules.empty();
  return entry;
}

class Parser {
 public:
  explicit Parser(const SuppressionInput& input) : input_(input) {}

  std::vector<Suppression> Run() && {
    for (const CommentText& comment : input_.comments) {
      // Several tools may share a comment: `# overt: ignore[x]  # type: ignore`.
      for (size_t at = comment.text.find('#'); at != absl::string_view::npos; at = comment.text.find('#', at + 1)) {
        if (IsQuoted(comment.text, at)) continue;
        if (const auto directive = ReadDirective(comment.text, at)) Add(comment, *directive);
      }
    }
    return std::move(out_);
  }

 private:
  void Add(const CommentText& comment, const Directive& directive) {
    Suppression suppression;
    suppression.style = directive.style;
    suppression.comment = comment.range;
    ReadEntries(comment, directive, suppression);
    suppression.misplaced =
        directive.style == SuppressionStyle::kOvertFileIgnore && FirstStatement() < comment.range.begin;
    if (!suppression.misplaced) suppression.covers = CoveredBy(comment, directive.style);
    out_.push_back(std::move(suppression));
  }

  // What a comment without brackets is about: nothing that is said of comments.
  static SuppressionEntry Blanket(const CommentText& comment, SuppressionStyle style) {
    SuppressionEntry entry;
    entry.range = comment.range;
    for (const RuleInfo& info : AllRules()) {
      const bool is_meant =
          style == SuppressionStyle::kOvertOpen ? CanBeOpened(info.rule) : info.group != "suppression";
      if (is_meant) entry.rules.push_back(info.rule);
    }
    return entry;
  }

  static SuppressionEntry UnreadableEntry(const CommentText& comment, const Directive& directive) {
    const size_t begin = directive.names_begin, end = directive.names_end;
    SuppressionEntry entry;
    entry.range = {comment.range.begin + static_cast<uint32_t>(begin),
                   comment.range.begin + static_cast<uint32_t>(end)};
    entry.name = std::string(comment.text.substr(begin, end - begin));
    entry.unknown = true;
    return entry;
  }

  static void ReadEntries(const CommentText& comment, const Directive& directive, Suppression& suppression) {
    if (directive.style == SuppressionStyle::kUnreadable) {
      suppression.entries.push_back(UnreadableEntry(comment, directive));
      return;
    }
    if (!directive.has_names) {
      suppression.entries.push_back(Blanket(comment, directive.style));
      return;
    }
    size_t begin = directive.names_begin;
    while (begin <= directive.names_end) {
      size_t comma = comment.text.find(',', begin);
      if (comma == absl::string_view::npos || comma > directive.names_end) comma = directive.names_end;
      SuppressionEntry entry = ReadEntry(comment.text, begin, comma, comment.range.begin, directive.style);
      if (entry.range.size() > 0) suppression.entries.push_back(std::move(entry));
      begin = comma + 1;
    }
    if (suppression.entries.empty()) suppression.entries.push_back({comment.range, "", {}});  // `ignore[]`
  }

  using Statements = absl::Span<const StatementLines>;

  uint32_t FirstStatement() const {
    return input_.statements.empty() ? UINT32_MAX : input_.statements.front().header.begin;
  }

  // Statements stand in source order and their headers do not overlap, so neighbours tell all.
  Statements::const_iterator FirstFrom(uint32_t offset) const {
    return std::lower_bound(input_.statements.begin(), input_.statements.end(), offset,
                            [](const StatementLines& one, uint32_t at) { return one.header.begin < at; });
  }

  uint32_t LastLine(const StatementLines& statement) const {
    return LineOf(input_.line_starts, statement.header.end == 0 ? 0 : statement.header.end - 1);
  }

  uint32_t LineStart(uint32_t line) const {
    return line < input_.line_starts.size() ? input_.line_starts[line] : input_.text_size + 1;
  }

  TextRange WholeFile() const { return {0, input_.text_size + 1}; }

  TextRange CoveredBy(const CommentText& comment, SuppressionStyle style) const {
    const bool is_own_line = comment.line_begin == comment.range.begin;
    switch (style) {
      case SuppressionStyle::kOvertIgnore:
      case SuppressionStyle::kOvertOpen: return is_own_line ? Below(comment) : OnLine(comment, /*with_bodies=*/true);
      case SuppressionStyle::kOvertFileIgnore: return WholeFile();
      case SuppressionStyle::kTypeIgnore:
        if (!is_own_line) return OnLine(comment, /*with_bodies=*/false);
        return comment.range.begin < input_.code_begin ? WholeFile() : TextRange{};
      case SuppressionStyle::kUnreadable: break;
    }
    return {};
  }

  static uint32_t EndWithBody(const StatementLines& statement) {
    return statement.is_class ? std::max(statement.header.end, statement.body.end) : statement.header.end;
  }

  // A comment on a line of its own: between a decorator and its `def` it stands within the header.
  TextRange Below(const CommentText& comment) const {
    auto statement = FirstFrom(comment.range.begin);
    const bool is_within = statement != input_.statements.begin() && comment.range.end <= (statement - 1)->header.end;
    if (is_within) --statement;
    if (statement == input_.statements.end()) return {};
    const uint32_t end = EndWithBody(*statement);
    // With the comments behind it.
    return {statement->header.begin, std::max(end, LineStart(LineOf(input_.line_starts, end == 0 ? 0 : end - 1) + 1))};
  }

  // Whether a header that began above ends on the comment's line: with its last expression, or with a bracket and the
  // colon on a line that holds nothing else of it (`):`).
  bool EndsOnLineOf(const CommentText& comment, const StatementLines& statement) const {
    if (LastLine(statement) == LineOf(input_.line_starts, comment.range.begin)) return true;
    return statement.header.end <= comment.line_begin && comment.line_begin < statement.body.begin;
  }

  TextRange OnLine(const CommentText& comment, bool with_bodies) const {
    const uint32_t line = LineOf(input_.line_starts, comment.range.begin);
    TextRange covers{LineStart(line), LineStart(line + 1)};
    auto one = FirstFrom(covers.begin);
    const auto end = FirstFrom(covers.end);
    if (one != input_.statements.begin() && EndsOnLineOf(comment, *(one - 1))) --one;
    for (; one != end; ++one) {
      covers.begin = std::min(covers.begin, one->header.begin);
      covers.end = std::max(covers.end, with_bodies ? EndWithBody(*one) : one->header.end);
    }
    return covers;
  }

  const SuppressionInput& input_;
  std::vector<Suppression> out_;
};

}  // namespace

SuppressionTable SuppressionTable::Parse(const SuppressionInput& input) {
  SuppressionTable table;
  table.suppressions_ = Parser(input).Run();
  return table;
}

bool SuppressionTable::MayHold(absl::string_view comment_text) {
  return absl::StrContains(comment_text, "overt:") || absl::StrContains(comment_text, "type:");
}

void SuppressionTable::KeepOpen(absl::FunctionRef<bool(TextRange)> holds_member) {
  for (Suppression& one : suppressions_) {
    if (one.style != SuppressionStyle::kOvertOpen || holds_member(one.covers)) continue;
    one.misplaced = true;
    one.covers = {};
  }
}

void SuppressionTable::DropTypeIgnores() {
  std::erase_if(suppressions_, [](const Suppression& one) { return one.style == SuppressionStyle::kTypeIgnore; });
}

namespace {

bool Covers(const Suppression& suppression, TextRange place) {
  return suppression.covers.begin <= place.begin && place.begin < suppression.covers.end;
}

bool HasRule(const SuppressionEntry& entry, Rule rule) { return absl::c_linear_search(entry.rules, rule); }

// Within a comment that covers the place. What is said of a name is not for that name to silence.
bool Silences(const SuppressionEntry& entry, Rule rule, TextRange place) {
  return entry.range != place && HasRule(entry, rule);
}

}  // namespace

bool SuppressionTable::Suppress(Rule rule, TextRange place) {
  bool silenced = false;
  for (Suppression& suppression : suppressions_) {
    if (suppression.style == SuppressionStyle::kOvertOpen || !Covers(suppression, place)) continue;
    for (SuppressionEntry& entry : suppression.entries) {
      if (!Silences(entry, rule, place)) continue;
      entry.used = true;
      silenced = true;
    }
  }
  return silenced;
}

bool Silences(const Suppression& suppression, Rule rule, TextRange place) {
  return suppression.style != SuppressionStyle::kOvertOpen && Covers(suppression, place) &&
         absl::c_any_of(suppression.entries,
                        [&](const SuppressionEntry& entry) { return Silences(entry, rule, place); });
}

bool Opens(const Suppression& suppression, Rule rule, TextRange place) {
  return suppression.style == SuppressionStyle::kOvertOpen && Covers(suppression, place) &&
         absl::c_any_of(suppression.entries, [&](const SuppressionEntry& entry) { return HasRule(entry, rule); });
}

bool MayOpen(absl::string_view comment) {
  return absl::StrContains(comment, "overt:") && absl::StrContains(comment, "open");
}

size_t EndOfDirective(absl::string_view comment, size_t from) {
  size_t at = comment.find('#', from);
  while (at != absl::string_view::npos && at + 1 < comment.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(comment[at + 1]))) {
    at = comment.find('#', at + 1);
  }
  return std::min(at, comment.size());
}

absl::string_view ReasonIn(absl::string_view comment, const Suppression& suppression) {
  const TextRange last = suppression.entries.back().range;
  size_t at = comment.size();
  if (last != suppression.comment) {
    at = comment.find(']', last.end - suppression.comment.begin);
  } else {
    const absl::string_view directive = suppression.style == SuppressionStyle::kOvertOpen ? "open" : "ignore";
    const size_t word = comment.find(directive);
    if (word != absl::string_view::npos) at = word + directive.size() - 1;
  }
  if (at >= comment.size()) return "";
  const size_t end = EndOfDirective(comment, at);
  absl::string_view rest = absl::StripLeadingAsciiWhitespace(comment.substr(at + 1, end - at - 1));
  return absl::ConsumePrefix(&rest, "--") ? absl::StripAsciiWhitespace(rest) : "";
}

}  // namespace overt
