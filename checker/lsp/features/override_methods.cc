#include "checker/lsp/features/override_methods.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/fixes/text_places.h"
#include "grammar/ast/definitions.h"

namespace overt::lsp {
namespace {

using driver::Snapshot;

// Where a further method of a class goes: what is replaced there, and what stands before its `def`.
struct MethodGap {
  TextRange replaced;  // empty, or a body that says nothing
  std::string before;
};

bool SaysNothing(absl::string_view statement) { return statement == "..." || statement == "pass"; }

// The class's own statements, those of the innermost class on whose lines the offset lies.
std::optional<grammar::NodeList> BodyAt(const Snapshot& snapshot, FileId file, uint32_t offset,
                                        absl::string_view text) {
  const bind::ModuleIndex* index = snapshot.program->Index(file);
  if (index == nullptr) return std::nullopt;
  std::optional<grammar::NodeList> body;
  uint32_t least = UINT32_MAX;
  for (const classes::ClassRef ref : snapshot.classes->ClassesIn(file)) {
    if (!index->ast().Is<grammar::ClassDefNode>(ref.node)) continue;
    const TextRange whole = WholeOf(index->ast(), ref.node);
    const bool is_around =
        fixes::StartOfLine(text, whole.begin) <= offset && offset <= fixes::EndOfLine(text, whole.end);
    if (!is_around || whole.size() >= least) continue;
    least = whole.size();
    body = index->ast().Get<grammar::ClassDefNode>(ref.node).body();
  }
  return body;
}

std::optional<MethodGap> GapAt(const Snapshot& snapshot, FileId file, uint32_t offset, absl::string_view text) {
  const std::optional<grammar::NodeList> body = BodyAt(snapshot, file, offset, text);
  if (!body || body->empty()) return std::nullopt;
  const grammar::Ast& ast = snapshot.program->Index(file)->ast();
  const TextRange first = WholeOf(ast, body->front());
  const bool is_all = body->size() == 1 && SaysNothing(text.substr(first.begin, first.size()));
  const std::string around(fixes::TextBefore(text, first.begin));
  if (fixes::IsFirstOnLine(text, first.begin)) {
    if (is_all) return MethodGap{first, ""};
    const uint32_t end = fixes::EndOfLine(text, WholeOf(ast, body->back()).end);
    return MethodGap{{end, end}, absl::StrCat("\n\n", around)};
  }
  if (!is_all) return std::nullopt;  // `class A(B): x = 1`
  const size_t blanks = around.size() - absl::StripTrailingAsciiWhitespace(around).size();
  const std::string indentation = around.substr(0, around.find_first_not_of(" \t"));
  return MethodGap{{first.begin - static_cast<uint32_t>(blanks), first.end}, absl::StrCat("\n", indentation, "    ")};
}

// A text with `def NAME` in the gap, and the cursor behind it.
struct TypedDef {
  std::string text;
  uint32_t cursor;
};
TypedDef TypeDef(absl::string_view text, const MethodGap& gap, absl::string_view name) {
  std::string typed = absl::StrCat(text.substr(0, gap.replaced.begin), gap.before, "def ", name);
  const auto cursor = static_cast<uint32_t>(typed.size());
  absl::StrAppend(&typed, text.substr(gap.replaced.end));
  return {std::move(typed), cursor};
}

class MethodWriter {
 public:
  MethodWriter(Snapshot snapshot, FileId file, uint32_t offset, CompletionBuffers buffers)
      : snapshot_(std::move(snapshot)),
        file_(file),
        path_(snapshot_.program->file(file).path),
        offset_(offset),
        buffers_(std::move(buffers)),
        text_(snapshot_.program->Text(file).text) {}

  const std::string& text() const { return text_; }
  std::optional<MethodGap> Gap() const { return GapAt(snapshot_, file_, offset_, text_); }

  std::vector<CompletionItem> Offered(const TypedDef& typed) const {
    return CompletionsAt(WithText(snapshot_, path_, typed.text, buffers_), file_, typed.cursor, buffers_);
  }

  // How much longer the text before the gap is from now on; nothing if there is no such stub.
  std::optional<uint32_t> Write(const std::string& name) {
    const std::optional<MethodGap> gap = Gap();
    if (!gap) return std::nullopt;
    const TypedDef typed = TypeDef(text_, *gap, name);
    const std::vector<CompletionItem> items = Offered(typed);
    const auto item = absl::c_find_if(items, [&](const CompletionItem& one) { return one.label == name; });
    if (item == items.end()) return std::nullopt;
    std::vector<Edit> edits = item->imports;
    uint32_t growth = 0;
    for (const Edit& one : edits) growth += static_cast<uint32_t>(one.replacement.size()) - one.range.size();
    if (!item->before_def.replacement.empty()) edits.push_back(item->before_def);
    edits.push_back({item->replace, item->new_text});
    text_ = fixes::ApplyEdits(typed.text, edits);
    offset_ += growth;
    snapshot_ = WithText(snapshot_, path_, text_, buffers_);
    return growth;
  }

 private:
  Snapshot snapshot_;
  const FileId file_;
  const std::string path_;
  uint32_t offset_;  // in the class
  const CompletionBuffers buffers_;
  std::string text_;
};

// What makes `before` of `after`: whole lines, from the first that differs to the last.
std::optional<Edit> LinesThatDiffer(absl::string_view before, absl::string_view after) {
  if (before == after) return std::nullopt;
  const size_t most = std::min(before.size(), after.size());
  size_t same = 0;
  while (same < most && before[same] == after[same]) ++same;
  const uint32_t begin = fixes::StartOfLine(before, static_cast<uint32_t>(same));
  size_t tail = 0;
  while (tail < most - begin && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  while (tail > 0 && tail < before.size() && before[before.size() - tail - 1] != '\n') --tail;
  const TextRange range{begin, static_cast<uint32_t>(before.size() - tail)};
  return Edit{range, std::string(after.substr(begin, after.size() - tail - begin))};
}

}  // namespace

std::vector<OverridableMethod> OverridableMethods(const Snapshot& snapshot, FileId file, uint32_t offset,
                                                  const CompletionBuffers& buffers) {
  const MethodWriter writer(snapshot, file, offset, buffers);
  const std::optional<MethodGap> gap = writer.Gap();
  if (!gap) return {};
  std::vector<OverridableMethod> methods;
  // Names with two underscores are offered once the first of them is typed.
  for (const absl::string_view typed : {"", "_"}) {
    for (const CompletionItem& item : writer.Offered(TypeDef(writer.text(), *gap, typed))) {
      if (!typed.empty() && !bind::IsDunderName(item.label)) continue;
      methods.push_back({item.label, item.detail, absl::StartsWith(item.sort_text, "0")});
    }
  }
  absl::c_stable_sort(methods, [](const auto& a, const auto& b) { return a.is_abstract && !b.is_abstract; });
  return methods;
}

std::vector<Edit> OverrideMethods(const Snapshot& snapshot, FileId file, uint32_t offset,
                                  const std::vector<std::string>& names, const CompletionBuffers& buffers) {
  MethodWriter writer(snapshot, file, offset, buffers);
  const std::string before = writer.text();
  const std::optional<MethodGap> gap = writer.Gap();
  if (!gap) return {};
  uint32_t growth = 0;
  bool is_any = false;
  for (const std::string& name : names) {
    const std::optional<uint32_t> more = writer.Write(name);
    is_any |= more.has_value();
    growth += more.value_or(0);
  }
  if (!is_any) return {};
  const absl::string_view after = writer.text();
  const uint32_t begin = gap->replaced.begin + growth;
  std::vector<Edit> edits;
  const absl::string_view head = absl::string_view(before).substr(0, gap->replaced.begin);
  if (std::optional<Edit> imports = LinesThatDiffer(head, after.substr(0, begin))) edits.push_back(*std::move(imports));
  const size_t rest = before.size() - gap->replaced.end;
  edits.push_back({gap->replaced, std::string(after.substr(begin, after.size() - rest - begin))});
  return edits;
}

}  // namespace overt::lsp
