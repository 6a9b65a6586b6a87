#include "checker/lsp/features/ignore_comment.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/fixes/text_places.h"
#include "checker/lsp/features/place.h"

namespace overt::lsp {

using driver::Snapshot;

namespace {

// Findings about comments are answered by changing the comment, and a text that is no Python by changing the text.
bool CanBeIgnored(const Snapshot& snapshot, const Diagnostic& finding) {
  if (snapshot.program->Index(finding.primary.span.file) == nullptr) return false;
  return finding.rule != Rule::kSyntaxError && finding.rule != Rule::kUnusedSuppression &&
         finding.rule != Rule::kUnknownRule;
}

// The names of a comment of that style that begins within `where`, and holds names already.
const Suppression* NamesToJoin(const SuppressionTable& table, SuppressionStyle style, TextRange where) {
  for (const Suppression& one : table.all()) {
    const bool is_there = where.begin <= one.comment.begin && one.comment.begin <= where.end;
    const bool has_names = !one.entries.empty() && !one.entries.back().name.empty();
    if (one.style == style && is_there && has_names && !one.misplaced) return &one;
  }
  return nullptr;
}

Edit Joining(const Suppression& suppression, Rule rule) {
  const uint32_t end = suppression.entries.back().range.end;
  return {{end, end}, absl::StrCat(", ", NameOf(rule))};
}

// Whether the end of a line is within a string, where a comment would be text.
bool IsWithinString(const grammar::Ast& ast, uint32_t offset) {
  const grammar::NodeKind kind = ast.kind(PathTo(ast, offset).back());
  return kind == grammar::NodeKind::kString || kind == grammar::NodeKind::kFormattedString;
}

bool IsCodingLine(absl::string_view line) { return absl::StartsWith(line, "#") && absl::StrContains(line, "coding"); }

// The comment at the end of the line that holds `at`; none if a line that goes on leaves no room for it.
std::optional<Edit> CommentOnLine(const bind::ModuleIndex& index, absl::string_view text, uint32_t at, Rule rule) {
  const uint32_t begin = fixes::StartOfLine(text, at);
  const uint32_t end = fixes::EndOfLine(text, begin);
  const SuppressionTable table = index.MakeSuppressions();
  if (const Suppression* known = NamesToJoin(table, SuppressionStyle::kOvertIgnore, {begin, end})) {
    return Joining(*known, rule);
  }
  const bool goes_on = end > begin && text[end - 1] == '\\';
  if (goes_on || IsWithinString(index.ast(), end)) return std::nullopt;
  TextRange blanks{end, end};
  while (blanks.begin > begin && (text[blanks.begin - 1] == ' ' || text[blanks.begin - 1] == '\t')) --blanks.begin;
  return Edit{blanks, absl::StrCat("  # overt: ignore[", NameOf(rule), "]")};
}

// The last character of the header of the statement around `at`.
std::optional<uint32_t> EndOfHeader(const grammar::Ast& ast, uint32_t at) {
  const std::vector<grammar::NodeId> path = PathTo(ast, at);
  const auto is_statement = [&](grammar::NodeId node) {
    return grammar::CategoryOf(ast.kind(node)) == grammar::NodeCategory::kStatement;
  };
  const auto statement = std::find_if(path.rbegin(), path.rend(), is_statement);
  if (statement == path.rend()) return std::nullopt;
  uint32_t end = ast.range(*statement).end;
  if (ast.Is<grammar::FunctionDefNode>(*statement)) {
    const auto function = ast.Get<grammar::FunctionDefNode>(*statement);
    end = ast.range(function.returns().present() ? function.returns() : function.parameters()).end;
  } else if (ast.Is<grammar::ClassDefNode>(*statement)) {
    const auto node = ast.Get<grammar::ClassDefNode>(*statement);
    end = ast.range(node.arguments().empty() ? node.name() : node.arguments().back()).end;
  }
  return end == 0 ? 0 : end - 1;
}

}  // namespace

std::optional<Edit> IgnoreOnLine(const Snapshot& snapshot, const Diagnostic& finding) {
  if (!CanBeIgnored(snapshot, finding)) return std::nullopt;
  const FileId file = finding.primary.span.file;
  const bind::ModuleIndex& index = *snapshot.program->Index(file);
  const std::string text = snapshot.program->Text(file).text;
  const uint32_t begin = finding.primary.span.range.begin;
  if (std::optional<Edit> edit = CommentOnLine(index, text, begin, finding.rule)) return edit;
  const std::optional<uint32_t> end = EndOfHeader(index.ast(), begin);
  return end ? CommentOnLine(index, text, *end, finding.rule) : std::nullopt;
}

std::optional<Edit> IgnoreInFile(const Snapshot& snapshot, const Diagnostic& finding) {
  if (!CanBeIgnored(snapshot, finding)) return std::nullopt;
  const FileId file = finding.primary.span.file;
  const std::string text = snapshot.program->Text(file).text;
  const SuppressionTable table = snapshot.program->Index(file)->MakeSuppressions();
  const TextRange whole{0, static_cast<uint32_t>(text.size())};
  if (const Suppression* known = NamesToJoin(table, SuppressionStyle::kOvertFileIgnore, whole)) {
    return Joining(*known, finding.rule);
  }
  // Lines that must come first: `#!` and the encoding (PEP 263).
  const auto line_at = [&](uint32_t at) { return absl::string_view(text).substr(at, fixes::EndOfLine(text, at) - at); };
  uint32_t at = absl::StartsWith(text, "#!") ? fixes::StartOfNextLine(text, 0) : 0;
  if (IsCodingLine(line_at(at))) at = fixes::StartOfNextLine(text, at);
  return Edit{{at, at}, absl::StrCat("# overt: file-ignore[", NameOf(finding.rule), "]", fixes::LineEndOf(text))};
}

}  // namespace overt::lsp
