#include "checker/lsp/diagnostics_json.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/lsp/bundled_files.h"

namespace overt::lsp {
namespace {

constexpr int kHint = 4;

// What a baseline accepts is there for whoever looks for it.
int ProtocolSeverity(const Diagnostic& diagnostic) {
  if (diagnostic.standing == Standing::kAccepted) return kHint;
  switch (diagnostic.severity) {
    case Severity::kError: return 1;
    case Severity::kWarning: return 2;
    case Severity::kInfo: return 3;
    case Severity::kIgnore: return kHint;
  }
  return 1;
}

// One report's findings. Texts are those of the snapshot that was checked, whatever was typed since.
class FindingsWriter {
 public:
  FindingsWriter(const driver::FileReport& report, const Client& client, const OpenDocuments& open)
      : report_(report), client_(client), places_(*report.program, client, open) {}

  Json Write(TextRange extent) {
    Json items = Json::array();
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      const uint32_t begin = diagnostic.primary.span.range.begin;
      if (extent.begin <= begin && begin <= extent.end) items.push_back(WriteOne(diagnostic));
    }
    if (!report_.internal_error.empty()) {
      items.push_back({{"range", {{"start", WritePosition({})}, {"end", WritePosition({})}}},
                       {"severity", 1},
                       {"source", "overt"},
                       {"code", "internal-error"},
                       {"message", absl::StrCat("overt failed on this file: ", report_.internal_error)}});
    }
    return items;
  }

 private:
  Json WriteOne(const Diagnostic& diagnostic) {
    std::string message = diagnostic.title;
    Json related = Json::array();
    for (const Label& label : diagnostic.secondary) {
      if (client_.related_information && !report_.program->file(label.span.file).is_bundled) {
        related.push_back(
            {{"location", *places_.Location(label.span.file, label.span.range)}, {"message", label.text}});
      } else {
        absl::StrAppend(&message, "\n", label.text, " (", places_.PathAndLine(label.span), ")");
      }
    }
    for (const Note& note : diagnostic.notes) {
      absl::StrAppend(&message, "\n", note.kind == Note::Kind::kHelp ? "help: " : "note: ", note.text);
    }
    if (diagnostic.standing == Standing::kAccepted) message += "\nnote: accepted in the baseline";
    const std::string rule(InfoOf(diagnostic.rule).name);
    Json json = {{"range", places_.Range(diagnostic.primary.span)},
                 {"severity", ProtocolSeverity(diagnostic)},
                 {"code", rule},
                 {"source", "overt"},
                 {"message", std::move(message)},
                 {"data", {{"rule", rule}}}};
    if (const std::optional<std::string>& page = PageOf(diagnostic.rule)) json["codeDescription"] = {{"href", *page}};
    if (!related.empty()) json["relatedInformation"] = std::move(related);
    if (diagnostic.tag == DiagnosticTag::kUnnecessary && client_.tag_unnecessary) json["tags"] = {1};
    if (diagnostic.tag == DiagnosticTag::kDeprecated && client_.tag_deprecated) json["tags"] = {2};
    return json;
  }

  // Each page is looked for once in a report.
  const std::optional<std::string>& PageOf(Rule rule) {
    const auto [page, is_new] = pages_.try_emplace(rule);
    if (is_new && client_.code_descriptions) page->second = UriOfRulePage(rule);
    return page->second;
  }

  const driver::FileReport& report_;
  const Client& client_;
  PlaceWriter places_;
  std::map<Rule, std::optional<std::string>> pages_;
};

}  // namespace

Json WriteFindings(const driver::FileReport& report, const Client& client, const OpenDocuments& open,
                   TextRange extent) {
  // Installed packages are there to be read: nobody mends them.
  const bool is_library = report.program->file(report.file).family != resolve::ResolvedModule::Family::kFirstParty;
  if (is_library || (report.diagnostics.empty() && report.internal_error.empty())) return Json::array();
  return FindingsWriter(report, client, open).Write(extent);
}

Json WriteConfigProblems(const std::vector<driver::ConfigProblem>& problems, absl::string_view text,
                         const Client& client) {
  Json items = Json::array();
  const std::vector<uint32_t> lines = ProtocolLineStarts(text);
  const PositionMap map(text, lines, client.encoding);
  const PositionMap characters(text, lines, PositionEncoding::kUtf32);
  for (const driver::ConfigProblem& problem : problems) {
    const Position at{std::max(problem.line, 1u) - 1, std::max(problem.column, 1u) - 1};
    const uint32_t begin = characters.ToOffset(at);
    // To the end of the word, or of the quoted text.
    size_t end = begin;
    if (end < text.size() && (text[end] == '"' || text[end] == '\'')) {
      end = text.find_first_of(absl::StrCat(text.substr(end, 1), "\n"), end + 1);
      end = end == absl::string_view::npos ? text.size() : end + (text[end] == '\n' ? 0 : 1);
    } else {
      end = std::min(text.find_first_of(" \t\r\n=,]}#", end), text.size());
    }
    items.push_back({{"range",
                      {{"start", WritePosition(map.ToPosition(begin))},
                       {"end", WritePosition(map.ToPosition(static_cast<uint32_t>(end)))}}},
                     {"severity", 1},
                     {"code", "configuration"},
                     {"source", "overt"},
                     {"message", problem.message}});
  }
  return items;
}

std::string ResultId(const Json& items) {
  const std::string text = WriteJson(items);
  return absl::StrFormat("%016x", XXH3_64bits(text.data(), text.size()));
}

}  // namespace overt::lsp
