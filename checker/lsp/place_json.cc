#include "checker/lsp/place_json.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "checker/lsp/bundled_files.h"
#include "checker/lsp/notebook_cell.h"
#include "checker/lsp/uri.h"

namespace overt::lsp {

const program::FileText& PlaceWriter::TextOf(FileId file) {
  auto& text = texts_[file];
  if (text == nullptr) text = std::make_unique<program::FileText>(program_.Text(file));
  return *text;
}

const Document* PlaceWriter::DocumentOf(FileId file) const {
  const auto found = open_.find(program_.file(file).path);
  return found == open_.end() ? nullptr : found->second.get();
}

const Document* PlaceWriter::CellAt(const Span& span) const {
  const Document* document = DocumentOf(span.file);
  return document == nullptr ? nullptr : document->CellAt(span.range.begin);
}

Json PlaceWriter::Range(const Span& span) {
  if (const Document* cell = CellAt(span)) {
    const PositionMap map = cell->map(client_.encoding);
    const uint32_t before = cell->extent().begin;
    return {{"start", WritePosition(map.ToPosition(span.range.begin - std::min(before, span.range.begin)))},
            {"end", WritePosition(map.ToPosition(span.range.end - std::min(before, span.range.end)))}};
  }
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

std::string PlaceWriter::Uri(FileId file, uint32_t offset) const {
  if (const Document* cell = CellAt({file, {offset, offset}})) return cell->uri();
  if (const Document* document = DocumentOf(file)) return document->uri();
  return UriOfPath(program_.file(file).path);
}

std::optional<Json> PlaceWriter::Location(FileId file, TextRange range) {
  std::optional<std::string> uri = Uri(file, range.begin);
  if (program_.file(file).is_bundled) uri = UriOfBundledStub(program_.file(file).path, TextOf(file).text);
  if (!uri) return std::nullopt;
  return Json{{"uri", *uri}, {"range", Range({file, range})}};
}

std::string PlaceWriter::PathAndLine(const Span& span) {
  if (const Document* cell = CellAt(span)) {
    const uint32_t line = cell->map(client_.encoding).ToPosition(span.range.begin - cell->extent().begin).line + 1;
    return absl::StrCat(program_.file(span.file).display, ", cell ", cell->number(), ":", line);
  }
  const uint32_t line = LineOf(TextOf(span.file).line_starts, span.range.begin) + 1;
  return absl::StrCat(program_.file(span.file).display, ":", line);
}

Json PlaceWriter::WriteEdits(FileId file, const std::vector<Edit>& edits) {
  Json list = Json::array();
  for (const Edit& edit : edits) {
    list.push_back({{"range", Range({file, edit.range})}, {"newText", edit.replacement}});
  }
  return list;
}

Json PlaceWriter::TextEdits(FileId file, const Document& document, const std::vector<Edit>& edits) {
  std::vector<Edit> shown;
  for (const Edit& edit : edits) {
    if (!document.Shows(edit.range.begin) || !document.Shows(edit.range.end)) continue;
    shown.push_back(edit);
    if (edit.range == TextRange{document.extent().begin, document.extent().begin}) {
      const uint32_t begin = edit.range.begin + (document.is_cell() ? BeginOfCode(document.raw_text()) : 0);
      shown.back().range = {begin, begin};
    }
  }
  return WriteEdits(file, shown);
}

namespace {

struct DocumentEdits {
  std::string uri;
  Json version;
  Json edits;
};

}  // namespace

Json PlaceWriter::WorkspaceEdit(const std::vector<std::pair<FileId, std::vector<Edit>>>& files) {
  std::vector<DocumentEdits> documents;
  for (const auto& [file, edits] : files) {
    const Document* document = DocumentOf(file);
    if (document == nullptr || !document->is_notebook()) {
      const Json version = document == nullptr ? Json() : Json(document->version());
      documents.push_back({Uri(file, 0), version, WriteEdits(file, edits)});
      continue;
    }
    for (const Document::Pointer& cell : document->cells()) {
      Json shown = TextEdits(file, *cell, edits);
      if (!shown.empty()) documents.push_back({cell->uri(), cell->version(), std::move(shown)});
    }
  }
  if (!client_.document_changes) {
    Json changes = Json::object();
    for (DocumentEdits& one : documents) changes[one.uri] = std::move(one.edits);
    return {{"changes", std::move(changes)}};
  }
  Json changes = Json::array();
  for (DocumentEdits& one : documents) {
    changes.push_back(
        {{"textDocument", {{"uri", one.uri}, {"version", one.version}}}, {"edits", std::move(one.edits)}});
  }
  return {{"documentChanges", std::move(changes)}};
}

std::optional<uint32_t> OffsetIn(const Document& document, const Json* position, const Client& client) {
  const std::optional<Position> place = ReadPosition(position, nullptr);
  if (!place) return std::nullopt;
  const uint32_t offset = document.map(client.encoding).ToOffset(*place);
  return document.extent().begin + offset - std::min(offset, document.mark_bytes());
}

}  // namespace overt::lsp
