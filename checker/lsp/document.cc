#include "checker/lsp/document.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/lsp/notebook_cell.h"

namespace overt::lsp {
namespace {

// One change applied to a text. `lines` are those of the text before.
void ApplyChange(const Json& change, PositionEncoding encoding, const std::vector<uint32_t>& lines, std::string& text,
                 std::vector<std::string>& notes) {
  const Json* new_text = Find(change, {"text"});
  if (new_text == nullptr || !new_text->is_string()) {
    notes.emplace_back("a change without text was left out");
    return;
  }
  const Json* range = Find(change, {"range"});
  if (range == nullptr || range->is_null()) {
    text = new_text->get<std::string>();
    return;
  }
  bool was_bent = false;
  const std::optional<Position> start = ReadPosition(Find(*range, {"start"}), &was_bent);
  const std::optional<Position> end = ReadPosition(Find(*range, {"end"}), &was_bent);
  if (!start || !end) {
    notes.emplace_back("a change with a range that is none was left out");
    return;
  }
  const PositionMap map(text, lines, encoding);
  uint32_t begin_offset = map.ToOffset(*start);
  uint32_t end_offset = map.ToOffset(*end);
  if (begin_offset > end_offset) {
    std::swap(begin_offset, end_offset);
    was_bent = true;
  }
  if (was_bent) notes.emplace_back("a change with a reversed or negative range was taken the other way round");
  text.replace(begin_offset, end_offset - begin_offset, new_text->get_ref<const std::string&>());
}

}  // namespace

Document::Document(std::string uri, std::string path, Kind kind, int64_t version, std::string text)
    : uri_(std::move(uri)), path_(std::move(path)), kind_(kind), version_(version) {
  mark_bytes_ = absl::StartsWith(text, "\xEF\xBB\xBF") ? 3 : 0;
  line_starts_ = ProtocolLineStarts(text);
  text_ = std::make_shared<const std::string>(std::move(text));
  const bool is_cell = kind == Kind::kPython && IsNotebookCell(uri_);
  read_ = is_cell ? std::make_shared<const std::string>(PythonOfCell(*text_)) : text_;
}

std::shared_ptr<const Document> Document::Edited(const Json& changes, PositionEncoding encoding, int64_t version,
                                                 std::vector<std::string>* notes) const {
  if (version <= version_) notes->push_back(absl::StrCat("version ", version, " came after ", version_));
  std::string text = *text_;
  std::optional<std::vector<uint32_t>> lines;
  if (!changes.is_array()) {
    notes->emplace_back("changes that are no list were left out");
  } else {
    for (const Json& change : changes) {
      ApplyChange(change, encoding, lines ? *lines : line_starts_, text, *notes);
      lines = ProtocolLineStarts(text);
    }
  }
  return std::make_shared<const Document>(uri_, path_, kind_, version, std::move(text));
}

Document::Pointer Document::PlacedAt(std::string path, uint32_t begin, size_t number) const {
  auto placed = std::make_shared<Document>(*this);
  placed->path_ = std::move(path);
  placed->mark_bytes_ = 0;
  placed->number_ = number;
  placed->extent_ = {begin, begin + static_cast<uint32_t>(text_->size())};
  return placed;
}

Document::Pointer Document::WithCells(std::vector<Pointer> cells) const {
  auto notebook = std::make_shared<Document>(*this);
  notebook->is_notebook_ = true;
  notebook->cells_ = std::move(cells);
  return notebook;
}

const Document* Document::CellAt(uint32_t offset) const {
  if (cells_.empty()) return nullptr;
  const auto after = std::upper_bound(cells_.begin(), cells_.end(), offset,
                                      [](uint32_t at, const Pointer& cell) { return at < cell->extent().begin; });
  return after == cells_.begin() ? cells_.front().get() : std::prev(after)->get();
}

std::vector<Document::Pointer> ShownOf(const Document::Pointer& document) {
  return document->is_notebook() ? document->cells() : std::vector<Document::Pointer>{document};
}

}  // namespace overt::lsp
