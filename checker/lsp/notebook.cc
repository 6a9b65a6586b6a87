#include "checker/lsp/notebook.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "checker/lsp/notebook_cell.h"

namespace overt::lsp {
namespace {

constexpr int64_t kCode = 2;  // `NotebookCellKind`; the other one is text between the code

const Json* ListAt(const Json& object, const char* name) {
  const Json* list = Find(object, {name});
  return list != nullptr && list->is_array() ? list : nullptr;
}

// Each cell is compiled for itself, so that any of them may begin with an import from `__future__`. In a module only
// the first may; what it asks for holds for all of them then.
void BlankOutFutureImports(std::string& text) {
  constexpr absl::string_view kImport = "from __future__ import ";
  for (size_t at = 0; at < text.size();) {
    const size_t newline = std::min(text.find('\n', at), text.size());
    const absl::string_view line = absl::string_view(text).substr(at, newline - at);
    if (absl::StartsWith(line, kImport) && !absl::StrContains(line, '(')) BlankOut(text, at, newline);
    at = newline + 1;
  }
}

// The cell's part of the module, as long as its text.
std::string PartOf(const std::string& text, bool is_first) {
  std::string part = PythonOfCell(text);
  // An editor may put a byte-order mark into any text: blanks that say nothing of indentation.
  if (absl::StartsWith(part, "\xEF\xBB\xBF")) part.replace(0, 3, "\f\f\f");
  if (!is_first) BlankOutFutureImports(part);
  return part;
}

bool IsBlank(absl::string_view text) { return text.find_first_not_of(" \t\r\n\f") == absl::string_view::npos; }

}  // namespace

Notebook::Pointer Notebook::Opened(const Json& params, std::string path, std::vector<std::string>* notes) {
  auto notebook = std::make_shared<Notebook>();
  notebook->uri_ = StringAt(params, {"notebookDocument", "uri"});
  if (notebook->uri_.empty()) return nullptr;
  notebook->version_ = IntegerAt(params, {"notebookDocument", "version"}).value_or(0);
  notebook->cells_ = ReadCells(Find(params, {"notebookDocument", "cells"}));
  notebook->Open(ListAt(params, "cellTextDocuments"), notes);
  notebook->Join(path);
  return notebook;
}

Notebook::Pointer Notebook::Changed(const Json& params, PositionEncoding encoding,
                                    std::vector<std::string>* notes) const {
  auto next = std::make_shared<Notebook>(*this);
  next->version_ = IntegerAt(params, {"notebookDocument", "version"}).value_or(version_ + 1);
  const Json* change = Find(params, {"change", "cells"});
  if (change == nullptr || !change->is_object()) return next;  // of what is no cell's business
  if (const Json* structure = Find(*change, {"structure"})) next->ChangeStructure(*structure, notes);
  for (const Cell& changed : ReadCells(ListAt(*change, "data"))) {
    for (Cell& cell : next->cells_) {
      if (cell.uri == changed.uri) cell.is_code = changed.is_code;
    }
  }
  if (const Json* texts = ListAt(*change, "textContent")) {
    for (const Json& one : *texts) next->ChangeText(one, encoding, notes);
  }
  next->Join(path());
  return next;
}

std::vector<Notebook::Cell> Notebook::ReadCells(const Json* list) {
  std::vector<Cell> cells;
  if (list == nullptr || !list->is_array()) return cells;
  for (const Json& one : *list) {
    cells.push_back({StringAt(one, {"document"}), IntegerAt(one, {"kind"}).value_or(kCode) == kCode});
  }
  return cells;
}

void Notebook::Open(const Json* texts, std::vector<std::string>* notes) {
  if (texts == nullptr) return;
  for (const Json& one : *texts) {
    const std::string uri = StringAt(one, {"uri"});
    const Json* text = Find(one, {"text"});
    if (uri.empty() || text == nullptr || !text->is_string()) {
      notes->push_back(absl::StrCat(uri_, ": a cell without name or text was left out"));
      continue;
    }
    texts_[uri] = {StringAt(one, {"languageId"}) == "python",
                   std::make_shared<const Document>(uri, "", Document::Kind::kPython,
                                                    IntegerAt(one, {"version"}).value_or(0), text->get<std::string>())};
  }
}

// Some cells go, others come in their place. One that moves does both, its text stays open.
void Notebook::ChangeStructure(const Json& structure, std::vector<std::string>* notes) {
  const auto size = static_cast<int64_t>(cells_.size());
  const int64_t start = IntegerAt(structure, {"array", "start"}).value_or(0);
  const int64_t count = IntegerAt(structure, {"array", "deleteCount"}).value_or(0);
  const int64_t first = std::clamp<int64_t>(start, 0, size);
  const int64_t gone = std::clamp<int64_t>(count, 0, size - first);
  if (first != start || gone != count) {
    notes->push_back(absl::StrCat(uri_, ": of ", size, " cells, ", count, " from number ", start, " on cannot go"));
  }
  const auto begin = cells_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto place = cells_.erase(begin, begin + static_cast<std::ptrdiff_t>(gone));
  const std::vector<Cell> added = ReadCells(Find(structure, {"array", "cells"}));
  cells_.insert(place, added.begin(), added.end());
  if (const Json* closed = ListAt(structure, "didClose")) {
    for (const Json& one : *closed) texts_.erase(StringAt(one, {"uri"}));
  }
  Open(ListAt(structure, "didOpen"), notes);
}

void Notebook::ChangeText(const Json& change, PositionEncoding encoding, std::vector<std::string>* notes) {
  const std::string uri = StringAt(change, {"document", "uri"});
  const auto found = texts_.find(uri);
  if (found == texts_.end()) {
    notes->push_back(absl::StrCat("an edit of a cell that is not open: ", uri.substr(0, 200)));
    return;
  }
  const Document& before = *found->second.document;
  const Json* changes = ListAt(change, "changes");
  const int64_t version = IntegerAt(change, {"document", "version"}).value_or(before.version() + 1);
  found->second.document = before.Edited(changes == nullptr ? Json() : *changes, encoding, version, notes);
}

void Notebook::Join(const std::string& path) {
  std::string module;
  std::vector<Document::Pointer> placed;
  for (size_t i = 0; i < cells_.size(); ++i) {
    const Cell& cell = cells_[i];
    const auto text = texts_.find(cell.uri);
    if (!cell.is_code || text == texts_.end() || !text->second.is_python) continue;
    std::string part = PartOf(text->second.document->raw_text(), placed.empty());
    if (IsBlank(part)) continue;
    placed.push_back(text->second.document->PlacedAt(path, static_cast<uint32_t>(module.size()), i + 1));
    absl::StrAppend(&module, part, "\n");
  }
  module_ = Document(uri_, path, Document::Kind::kPython, version_, std::move(module)).WithCells(std::move(placed));
}

}  // namespace overt::lsp
