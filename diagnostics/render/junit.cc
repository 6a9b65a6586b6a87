// JUnit's XML, which every CI system reads: a failed test case for each finding, one that passed if there is none.
//
// There is no specification; the elements and attributes are those that Jenkins, GitLab and Azure have in common.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

// Controls, which XML cannot hold at all, are spelled out first.
std::string Xml(absl::string_view text) {
  return absl::StrReplaceAll(EscapeForTerminal(text),
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&apos;"}});
}

class JunitRenderer final : public Renderer {
 public:
  void Begin(std::string& out) override { out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"; }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    (void)out;
    const SourceView source = sources(diagnostic.primary.span.file);
    const LineColumn at = PositionOf(source, diagnostic.primary.span.range.begin, ColumnUnit::kCodePoint);
    const std::string path = Xml(source.path);
    const absl::string_view rule = NameOf(diagnostic.rule);
    absl::StrAppend(&cases_, "    <testcase name=\"", rule, " ", at.line + 1, ":", at.column + 1, "\" classname=\"",
                    path, "\" file=\"", path, "\" line=\"", at.line + 1, "\">\n      <failure type=\"", rule,
                    "\" message=\"", Xml(diagnostic.title), "\">", path, ":", at.line + 1, ":", at.column + 1, ": ",
                    SeverityName(diagnostic.severity), "[", rule, "] ", Xml(diagnostic.title),
                    "</failure>\n    </testcase>\n");
    ++failures_;
  }

  // The counts stand in front of what they count.
  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      const std::string path = Xml(one.path);
      absl::StrAppend(&cases_, "    <testcase name=\"not shown\" classname=\"", path, "\" file=\"", path,
                      "\">\n      <failure type=\"omitted\" message=\"", OmittedText(one.findings),
                      "\"></failure>\n    </testcase>\n");
      ++failures_;
    }
    for (const std::string& error : summary.internal_errors) {
      absl::StrAppend(&cases_, "    <testcase name=\"internal error\" classname=\"overt\">\n      <error message=\"",
                      Xml(error), "\"></error>\n    </testcase>\n");
    }
    if (cases_.empty()) cases_ = "    <testcase name=\"no findings\" classname=\"overt\"></testcase>\n";
    const size_t errors = summary.internal_errors.size();
    const std::string counts = absl::StrCat(" tests=\"", std::max<size_t>(failures_ + errors, 1), "\" failures=\"",
                                            failures_, "\" errors=\"", errors, "\">\n");
    absl::StrAppend(&out, "<testsuites name=\"overt\"", counts, "  <testsuite name=\"overt\"", counts, cases_,
                    "  </testsuite>\n</testsuites>\n");
  }

 private:
  std::string cases_;
  size_t failures_ = 0;
};

}  // namespace

std::unique_ptr<Renderer> MakeJunitRenderer(const RenderOptions&) { return std::make_unique<JunitRenderer>(); }

}  // namespace overt
