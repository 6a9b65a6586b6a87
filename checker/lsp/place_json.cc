#include "checker/lsp/place_json.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "checker/lsp/bundled_files.h"
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

Json PlaceWriter::Range(const Span& span) {
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

std::string PlaceWriter::Uri(FileId file) const {
  if (const Document* document = DocumentOf(file)) return document->uri();
  return UriOfPath(program_.file(file).path);
}

std::optional<Json> PlaceWriter::Location(FileId file, TextRange range) {
  std::optional<std::string> uri = Uri(file);
  if (program_.file(file).is_bundled) uri = UriOfBundledStub(program_.file(file).path, TextOf(file).text);
  if (!uri) return std::nullopt;
  return Json{{"uri", *uri}, {"range", Range({file, range})}};
}

std::string PlaceWriter::PathAndLine(const Span& span) {
  const uint32_t line = LineOf(TextOf(span.file).line_starts, span.range.begin) + 1;
  return absl::StrCat(program_.file(span.file).display, ":", line);
}

Json PlaceWriter::TextEdits(FileId file, const std::vector<Edit>& edits) {
  Json list = Json::array();
  for (const Edit& edit : edits) {
    list.push_back({{"range", Range({file, edit.range})}, {"newText", edit.replacement}});
  }
  return list;
}

Json PlaceWriter::WorkspaceEdit(const std::vector<std::pair<FileId, std::vector<Edit>>>& files) {
  if (!client_.document_changes) {
    Json changes = Json::object();
    for (const auto& [file, edits] : files) changes[Uri(file)] = TextEdits(file, edits);
    return {{"changes", std::move(changes)}};
  }
  Json changes = Json::array();
  for (const auto& [file, edits] : files) {
    const Document* document = DocumentOf(file);
    changes.push_back(
        {{"textDocument", {{"uri", Uri(file)}, {"version", document == nullptr ? Json() : Json(document->version())}}},
         {"edits", TextEdits(file, edits)}});
  }
  return {{"documentChanges", std::move(changes)}};
}

std::optional<uint32_t> OffsetIn(const Document& document, const Json* position, const Client& client) {
  const std::optional<Position> place = ReadPosition(position, nullptr);
  if (!place) return std::nullopt;
  const uint32_t offset = document.map(client.encoding).ToOffset(*place);
  return offset - std::min(offset, document.mark_bytes());
}

}  // namespace overt::lsp
