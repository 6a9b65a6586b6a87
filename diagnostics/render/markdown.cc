// A table in GitHub's Markdown, for a comment on a pull request or a summary of a job.
//
//   | place | level | rule | finding |
//   | --- | --- | --- | --- |
//   | `src/a.py:4:9` | error | `override-without-base` | `A.rows` is marked … |
//
// Code stays code; whatever else of a project's text could be markup, a table's bar, HTML or somebody's name (`@ada`)
// is escaped. Source: the specification of GitHub Flavored Markdown.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

std::string PlainMarkdown(absl::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '@': out += "&#64;"; break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '#':
      case '|':
      case '~':
      case '!': absl::StrAppend(&out, "\\", absl::string_view(&c, 1)); break;
      default: out += c;
    }
  }
  // What looks like an address becomes a link without any markup.
  return absl::StrReplaceAll(out, {{"://", ":&#47;/"}, {"www.", "www&#46;"}});
}

// Within a table a bar is escaped even in code, and a backslash there is itself.
std::string CodeMarkdown(absl::string_view text) {
  const bool is_plain = text.empty() || text.find('`') != absl::string_view::npos;
  return is_plain ? PlainMarkdown(text) : absl::StrCat("`", absl::StrReplaceAll(text, {{"|", "\\|"}}), "`");
}

// A title, whose code stands in backticks. With an odd one somewhere nobody can say where code begins.
std::string SentenceMarkdown(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '`');
  if (parts.size() % 2 == 0) return PlainMarkdown(text);
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::StrAppend(&out, i % 2 == 0 ? PlainMarkdown(parts[i]) : CodeMarkdown(parts[i]));
  }
  return out;
}

void AddCount(size_t number, absl::string_view what, std::vector<std::string>& parts) {
  if (number > 0) parts.push_back(absl::StrCat(number, " ", what, number == 1 ? "" : "s"));
}

class MarkdownRenderer final : public Renderer {
 public:
  void Begin(std::string&) override {}

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string&) override {
    const SourceView source = sources(diagnostic.primary.span.file);
    const LineColumn at = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    const std::string place = absl::StrCat(EscapeForTerminal(source.path), ":", at.line + 1, ":", at.column + 1);
    absl::StrAppend(&rows_, "| ", CodeMarkdown(place), " | ", SeverityName(diagnostic.severity), " | `",
                    NameOf(diagnostic.rule), "` | ", SentenceMarkdown(EscapeForTerminal(diagnostic.title)), " |\n");
  }

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      absl::StrAppend(&rows_, "| ", CodeMarkdown(EscapeForTerminal(one.path)), " | | | ", OmittedText(one.findings),
                      " |\n");
    }
    for (const std::string& error : summary.internal_errors) {
      absl::StrAppend(&rows_, "| | internal error | | ", PlainMarkdown(EscapeForTerminal(error)), " |\n");
    }
    std::vector<std::string> counts;
    AddCount(summary.errors, "error", counts);
    AddCount(summary.warnings, "warning", counts);
    AddCount(summary.infos, "info", counts);
    absl::StrAppend(&out, "**overt: ", counts.empty() ? "no findings" : absl::StrJoin(counts, ", "), "**\n");
    if (!rows_.empty()) {
      absl::StrAppend(&out, "\n| place | level | rule | finding |\n| --- | --- | --- | --- |\n", rows_);
    }
  }

 private:
  std::string rows_;
};

}  // namespace

std::unique_ptr<Renderer> MakeMarkdownRenderer(const RenderOptions&) { return std::make_unique<MarkdownRenderer>(); }

}  // namespace overt
