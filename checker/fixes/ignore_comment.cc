#include "checker/fixes/ignore_comment.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/bind/statement_lines.h"
#include "checker/fixes/fix_site.h"
#include "checker/fixes/text_places.h"
#include "grammar/ast/path.h"

namespace overt::fixes {
namespace {

using grammar::NodeKind;

// Findings about comments are answered by changing the comment, and a text that is no Python by changing the text.
bool CanBeIgnored(Rule rule) {
  return rule != Rule::kSyntaxError && rule != Rule::kUnusedSuppression && rule != Rule::kUnknownRule;
}

// Where names of rules go, and what stands around them there.
struct CommentPlace {
  TextRange range;       // what is replaced: blanks, or nothing
  std::string before;    // "  " at the end of a line, the statement's indentation above it
  std::string after;     // the line end of a line of its own
  bool is_list = false;  // the brackets of a comment that is there already
};

// The names of a comment of that style that begins within `where`, and holds names already.
const Suppression* NamesToJoin(const SuppressionTable& table, SuppressionStyle style, TextRange where) {
  for (const Suppression& one : table.all()) {
    const bool is_there = where.begin <= one.comment.begin && one.comment.begin <= where.end;
    const bool has_names = !one.entries.empty() && !one.entries.back().name.empty();
    if (one.style == style && is_there && has_names && !one.misplaced) return &one;
  }
  return nullptr;
}

CommentPlace ListOf(const Suppression& suppression) {
  const uint32_t end = suppression.entries.back().range.end;
  return {{end, end}, "", "", true};
}

// Whether the end of a line is within a string, where a comment would be text, or would end the literal too early for
// older versions of Python.
bool IsWithinString(const grammar::Ast& ast, uint32_t offset) {
  return absl::c_any_of(grammar::PathTo(ast, offset), [&](NodeId node) {
    const NodeKind kind = ast.kind(node);
    return kind == NodeKind::kString || kind == NodeKind::kFormattedString || kind == NodeKind::kTemplateString;
  });
}

bool IsCodingLine(absl::string_view line) { return absl::StartsWith(line, "#") && absl::StrContains(line, "coding"); }

std::string Written(const CommentPlace& place, absl::string_view directive, const std::vector<Rule>& rules,
                    absl::string_view reason) {
  const std::string names =
      absl::StrJoin(rules, ", ", [](std::string* out, Rule rule) { absl::StrAppend(out, NameOf(rule)); });
  if (place.is_list) return absl::StrCat(", ", names);
  return absl::StrCat(place.before, "# overt: ", directive, "[", names, "]", reason.empty() ? "" : " -- ", reason,
                      place.after);
}

// Where comments may stand in one file.
class CommentPlaces {
 public:
  explicit CommentPlaces(const FixContext& context)
      : ast_(context.classes.program().Index(context.file)->ast()),
        text_(context.text),
        table_(context.classes.program().Index(context.file)->MakeSuppressions()) {}

  const SuppressionTable& table() const { return table_; }

  // At the end of the line that holds `at`, in a comment of that style if one is there; none if a line that goes on
  // leaves no room for it.
  std::optional<CommentPlace> OnLine(uint32_t at, SuppressionStyle style = SuppressionStyle::kOvertIgnore) const {
    const uint32_t begin = StartOfLine(text_, at);
    const uint32_t end = EndOfLine(text_, begin);
    if (const Suppression* known = NamesToJoin(table_, style, {begin, end})) {
      return ListOf(*known);
    }
    const bool goes_on = end > begin && text_[end - 1] == '\\';
    if (goes_on || IsWithinString(ast_, end)) return std::nullopt;
    TextRange blanks{end, end};
    while (blanks.begin > begin && (text_[blanks.begin - 1] == ' ' || text_[blanks.begin - 1] == '\t')) --blanks.begin;
    return CommentPlace{blanks, "  ", ""};
  }

  // At the end of the header that holds `at`.
  std::optional<CommentPlace> BehindHeader(uint32_t at) const {
    const std::optional<StatementLines> lines = StatementAt(at);
    return lines ? OnLine(lines->header.end - 1) : std::nullopt;
  }

  // On a line of its own above the header that holds `at`.
  std::optional<CommentPlace> Above(uint32_t at) const {
    const std::optional<StatementLines> lines = StatementAt(at);
    if (!lines || !IsFirstOnLine(text_, lines->header.begin)) return std::nullopt;
    for (const Suppression& one : table_.all()) {
      const bool is_above = one.style == SuppressionStyle::kOvertIgnore && !one.entries.back().name.empty() &&
                            one.comment.end <= lines->header.begin && one.covers.begin == lines->header.begin;
      if (is_above) return ListOf(one);
    }
    const uint32_t begin = StartOfLine(text_, lines->header.begin);
    return CommentPlace{
        {begin, begin}, std::string(TextBefore(text_, lines->header.begin)), std::string(LineEndOf(text_))};
  }

 private:
  // The innermost statement around `at`, if its header holds that.
  std::optional<StatementLines> StatementAt(uint32_t at) const {
    const std::vector<NodeId> path = grammar::PathTo(ast_, at);
    const auto statement = std::find_if(path.rbegin(), path.rend(), [&](NodeId node) {
      return grammar::CategoryOf(ast_.kind(node)) == grammar::NodeCategory::kStatement;
    });
    if (statement == path.rend()) return std::nullopt;
    const StatementLines lines = bind::LinesOf(ast_, *statement);
    if (at < lines.header.begin || at >= lines.header.end) return std::nullopt;
    return lines;
  }

  const grammar::Ast& ast_;
  const absl::string_view text_;
  const SuppressionTable table_;
};

std::optional<CommentPlace> PlaceFor(const CommentPlaces& places, uint32_t at, IgnoreStyle::Location location) {
  if (location == IgnoreStyle::Location::kAbove) {
    if (std::optional<CommentPlace> above = places.Above(at)) return above;
  }
  if (std::optional<CommentPlace> on_line = places.OnLine(at)) return on_line;
  if (std::optional<CommentPlace> behind = places.BehindHeader(at)) return behind;
  return location == IgnoreStyle::Location::kLine ? places.Above(at) : std::nullopt;
}

}  // namespace

std::string WhyNoReason(absl::string_view reason) {
  if (absl::StripAsciiWhitespace(reason).empty()) return "it is empty";
  if (absl::c_any_of(reason, [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); })) {
    return "a comment is one line without control characters";
  }
  // Python would look for the file's encoding in it (PEP 263), and overt for another directive.
  if (absl::StrContains(reason, "coding:") || absl::StrContains(reason, "coding=")) {
    return "Python may read `coding:` in a comment as the encoding of the file";
  }
  const bool is_directive = absl::StrContains(reason, '#') && SuppressionTable::MayHold(reason);
  return is_directive ? "it holds a comment of its own that may silence something" : "";
}

std::optional<Edit> IgnoreOnLine(const FixContext& context, const Diagnostic& finding) {
  if (!CanBeIgnored(finding.rule)) return std::nullopt;
  const CommentPlaces places(context);
  const uint32_t at = finding.primary.span.range.begin;
  std::optional<CommentPlace> place = places.OnLine(at);
  if (!place) place = places.BehindHeader(at);
  if (!place) return std::nullopt;
  return Edit{place->range, Written(*place, "ignore", {finding.rule}, "")};
}

std::optional<Edit> OpenMember(const FixContext& base_file, uint32_t member, Rule rule) {
  if (!absl::c_linear_search(RulesToOpen(), rule)) return std::nullopt;
  const std::optional<CommentPlace> place = CommentPlaces(base_file).OnLine(member, SuppressionStyle::kOvertOpen);
  if (!place) return std::nullopt;
  return Edit{place->range, Written(*place, "open", {rule}, "")};
}

std::optional<Edit> IgnoreInFile(const FixContext& context, const Diagnostic& finding) {
  if (!CanBeIgnored(finding.rule)) return std::nullopt;
  const absl::string_view text = context.text;
  const CommentPlaces places(context);
  const TextRange whole{0, static_cast<uint32_t>(text.size())};
  if (const Suppression* known = NamesToJoin(places.table(), SuppressionStyle::kOvertFileIgnore, whole)) {
    const CommentPlace list = ListOf(*known);
    return Edit{list.range, Written(list, "file-ignore", {finding.rule}, "")};
  }
  // Lines that must come first: `#!` and the encoding (PEP 263).
  const auto line_at = [&](uint32_t at) { return text.substr(at, EndOfLine(text, at) - at); };
  uint32_t at = absl::StartsWith(text, "#!") ? StartOfNextLine(text, 0) : 0;
  if (IsCodingLine(line_at(at))) at = StartOfNextLine(text, at);
  return Edit{{at, at}, absl::StrCat("# overt: file-ignore[", NameOf(finding.rule), "]", LineEndOf(text))};
}

FilePlan PlanIgnores(absl::Span<const Diagnostic> findings, const FixContext& context, const IgnoreStyle& style) {
  FilePlan plan;
  if (!FixSite(context).IsFixable()) return plan;
  const CommentPlaces places(context);
  struct Comment {
    CommentPlace place;
    std::vector<Rule> rules;
  };
  std::map<TextRange, Comment> comments;
  for (size_t i = 0; i < findings.size(); ++i) {
    const Diagnostic& finding = findings[i];
    if (!CanBeIgnored(finding.rule)) continue;
    std::optional<CommentPlace> place = PlaceFor(places, finding.primary.span.range.begin, style.location);
    if (!place) continue;
    const TextRange range = place->range;
    Comment& comment = comments.try_emplace(range, Comment{*std::move(place), {}}).first->second;
    if (!absl::c_linear_search(comment.rules, finding.rule)) comment.rules.push_back(finding.rule);
    plan.fixed.push_back(i);
  }
  for (const auto& [range, comment] : comments) {
    plan.edits.push_back({range, Written(comment.place, "ignore", comment.rules, style.reason)});
  }
  return plan;
}

}  // namespace overt::fixes
