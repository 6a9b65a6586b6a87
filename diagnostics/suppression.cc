#include "diagnostics/suppression.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace overt {
namespace {

// One directive within a comment: `overt: ignore[a, b]`, with positions inside the comment's text.
struct Directive {
  SuppressionStyle style;
  bool has_names = false;
  size_t names_begin = 0;  // behind `[`
  size_t names_end = 0;    // at `]`
};

void SkipSpaces(absl::string_view text, size_t& at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
}

bool Take(absl::string_view text, size_t& at, absl::string_view word) {
  if (!absl::StartsWith(text.substr(std::min(at, text.size())), word)) return false;
  at += word.size();
  return true;
}

// What follows the words: nothing, a bracket, a space, another comment.
bool ReadNames(absl::string_view text, size_t at, Directive& directive) {
  SkipSpaces(text, at);
  if (at < text.size() && text[at] == '[') {
    const size_t close = text.find(']', at);
    if (close == absl::string_view::npos) return false;
    directive.has_names = true;
    directive.names_begin = at + 1;
    directive.names_end = close;
    return true;
  }
  return at >= text.size() || !absl::ascii_isalnum(static_cast<unsigned char>(text[at]));
}

// Whether what stands at `at` is within a pair of backticks: prose about a comment, not one.
bool IsQuoted(absl::string_view text, size_t at) {
  const auto before = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '`');
  return before % 2 != 0 && text.find('`', at) != absl::string_view::npos;
}

// A directive that begins at the `#` at `at`.
std::optional<Directive> ReadDirective(absl::string_view text, size_t at) {
  ++at;
  SkipSpaces(text, at);
  Directive directive{SuppressionStyle::kOvertIgnore};
  if (Take(text, at, "overt:")) {
    SkipSpaces(text, at);
    if (Take(text, at, "file-ignore")) {
      directive.style = SuppressionStyle::kOvertFileIgnore;
    } else if (!Take(text, at, "ignore")) {
      return std::nullopt;
    }
  } else if (Take(text, at, "type:")) {
    SkipSpaces(text, at);
    if (!Take(text, at, "ignore")) return std::nullopt;
    directive.style = SuppressionStyle::kTypeIgnore;
  } else {
    return std::nullopt;
  }
  if (!ReadNames(text, at, directive)) return std::nullopt;
  return directive;
}

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
  entry.unknown = rules.empty();
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
    if (directive.style == SuppressionStyle::kOvertFileIgnore) {
      suppression.misplaced = !input_.statements.empty() && FirstStatement() < comment.range.begin;
      suppression.covers = suppression.misplaced ? TextRange{} : TextRange{0, input_.text_size + 1};
    } else if (directive.style == SuppressionStyle::kTypeIgnore && IsAloneOnTop(comment)) {
      suppression.covers = {0, input_.text_size + 1};
    } else {
      suppression.covers = CoveredBy(comment);
    }
    out_.push_back(std::move(suppression));
  }

  static void ReadEntries(const CommentText& comment, const Directive& directive, Suppression& suppression) {
    if (!directive.has_names) {
      SuppressionEntry entry;
      entry.range = comment.range;
      for (const RuleInfo& info : AllRules()) {
        if (info.group != "suppression") entry.rules.push_back(info.rule);
      }
      suppression.entries.push_back(std::move(entry));
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

  // Whether only other comments, or nothing, stand between the start of the comment's line and the comment.
  bool IsOwnLine(const CommentText& comment) const {
    const auto next = FirstFrom(comment.range.begin);
    if (next == input_.statements.begin()) return true;
    const StatementLines& before = *(next - 1);
    const uint32_t line = LineOf(input_.line_starts, comment.range.begin);
    return LastLine(before) != line && LineOf(input_.line_starts, before.header.begin) != line &&
           before.header.end <= comment.range.begin;
  }

  bool IsAloneOnTop(const CommentText& comment) const {
    return FirstStatement() > comment.range.begin && IsOwnLine(comment);
  }

  TextRange CoveredBy(const CommentText& comment) const {
    const uint32_t line = LineOf(input_.line_starts, comment.range.begin);
    if (IsOwnLine(comment)) {
      const auto next = FirstFrom(comment.range.end);
      if (next == input_.statements.end()) return {};
      return {next->header.begin, std::max(next->header.end, next->body.end)};
    }
    TextRange covers{LineStart(line), LineStart(line + 1)};
    auto one = FirstFrom(covers.begin);
    const auto end = FirstFrom(covers.end);
    if (one != input_.statements.begin() && LastLine(*(one - 1)) == line) --one;  // begins above, ends here
    for (; one != end; ++one) {
      covers.begin = std::min(covers.begin, one->header.begin);
      covers.end = std::max({covers.end, one->header.end, one->body.end});
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

void SuppressionTable::DropTypeIgnores() {
  std::erase_if(suppressions_, [](const Suppression& one) { return one.style == SuppressionStyle::kTypeIgnore; });
}

bool SuppressionTable::Suppress(Rule rule, TextRange place) {
  if (InfoOf(rule).group == "suppression") return false;
  bool silenced = false;
  for (Suppression& suppression : suppressions_) {
    if (place.begin < suppression.covers.begin || place.begin >= suppression.covers.end) continue;
    for (SuppressionEntry& entry : suppression.entries) {
      if (std::find(entry.rules.begin(), entry.rules.end(), rule) == entry.rules.end()) continue;
      entry.used = true;
      silenced = true;
    }
  }
  return silenced;
}

}  // namespace overt
