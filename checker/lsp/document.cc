#include "checker/lsp/document.h"

#include <algorithm>
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

}  // namespace overt::lsp
