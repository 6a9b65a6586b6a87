#include "checker/lsp/diagnostics_json.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/lsp/uri.h"

namespace overt::lsp {
namespace {

int ProtocolSeverity(Severity severity) {
  switch (severity) {
    case Severity::kError: return 1;
    case Severity::kWarning: return 2;
    case Severity::kInfo: return 3;
    case Severity::kIgnore: return 4;
  }
  return 1;
}

// One report's findings. Texts are those of the snapshot that was checked, whatever was typed since.
class FindingsWriter {
 public:
  FindingsWriter(const driver::FileReport& report, const Client& client, const OpenDocuments& open)
      : report_(report), client_(client), open_(open) {}

  Json Write() {
    Json items = Json::array();
    for (const Diagnostic& diagnostic : report_.diagnostics) items.push_back(WriteOne(diagnostic));
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
  const program::FileText& TextOf(FileId file) {
    auto& text = texts_[file];
    if (text == nullptr) text = std::make_unique<program::FileText>(report_.program->Text(file));
    return *text;
  }

  const Document* DocumentOf(FileId file) const {
    const auto found = open_.find(report_.program->file(file).path);
    return found == open_.end() ? nullptr : found->second.get();
  }

  Json RangeOf(const Span& span) {
    const program::FileText& text = TextOf(span.file);
    const PositionMap map(text.text, text.line_starts, client_.encoding);
    Position start = map.ToPosition(span.range.begin);
    Position end = map.ToPosition(span.range.end);
    // A byte-order mark is a character of the editor's text and none of ours.
    const Document* document = DocumentOf(span.file);
    if (document != nullptr && document->mark_bytes() > 0) {
      const uint32_t units = client_.encoding == PositionEncoding::kUtf8 ? document->mark_bytes() : 1;
      if (start.line == 0) start.character += units;
      if (end.line == 0) end.character += units;
    }
    return {{"start", WritePosition(start)}, {"end", WritePosition(end)}};
  }

  // Bundled stubs lie in no folder that an editor could open.
  std::string UriOf(FileId file) const {
    if (const Document* document = DocumentOf(file)) return document->uri();
    return UriOfPath(report_.program->file(file).path);
  }

  std::string LineOfLabel(const Label& label) {
    const program::FileText& text = TextOf(label.span.file);
    const uint32_t line = LineOf(text.line_starts, label.span.range.begin) + 1;
    return absl::StrCat(label.text, " (", report_.program->file(label.span.file).display, ":", line, ")");
  }

  Json WriteOne(const Diagnostic& diagnostic) {
    std::string message = diagnostic.title;
    Json related = Json::array();
    for (const Label& label : diagnostic.secondary) {
      if (client_.related_information && !report_.program->file(label.span.file).is_bundled) {
        related.push_back({{"location", {{"uri", UriOf(label.span.file)}, {"range", RangeOf(label.span)}}},
                           {"message", label.text}});
      } else {
        absl::StrAppend(&message, "\n", LineOfLabel(label));
      }
    }
    for (const Note& note : diagnostic.notes) {
      absl::StrAppend(&message, "\n", note.kind == Note::Kind::kHelp ? "help: " : "note: ", note.text);
    }
    const std::string rule(InfoOf(diagnostic.rule).name);
    Json json = {{"range", RangeOf(diagnostic.primary.span)},
                 {"severity", ProtocolSeverity(diagnostic.severity)},
                 {"code", rule},
                 {"source", "overt"},
                 {"message", std::move(message)},
                 {"data", {{"rule", rule}}}};
    if (!related.empty()) json["relatedInformation"] = std::move(related);
    if (diagnostic.tag == DiagnosticTag::kUnnecessary && client_.tag_unnecessary) json["tags"] = {1};
    if (diagnostic.tag == DiagnosticTag::kDeprecated && client_.tag_deprecated) json["tags"] = {2};
    return json;
  }

  const driver::FileReport& report_;
  const Client& client_;
  const OpenDocuments& open_;
  absl::flat_hash_map<FileId, std::unique_ptr<program::FileText>> texts_;
};

}  // namespace

Json WriteFindings(const driver::FileReport& report, const Client& client, const OpenDocuments& open) {
  if (report.diagnostics.empty() && report.internal_error.empty()) return Json::array();
  return FindingsWriter(report, client, open).Write();
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
