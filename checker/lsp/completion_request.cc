// Stubs of methods that a class could override, one where somebody types it, or which there are at all.
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/lsp/asked.h"
#include "checker/lsp/features/override_methods.h"

namespace overt::lsp {
namespace {

constexpr int kMethodItem = 2, kPlainText = 1, kInsertAsIs = 1;

// What an item needs elsewhere can only stand in the same document. So a line that another cell of the notebook would
// get is written into this one; a further name of an import there is left out.
Edit BroughtInto(const Document& document, Edit edit) {
  if (document.Shows(edit.range.begin)) return edit;
  const absl::string_view line = absl::StripAsciiWhitespace(edit.replacement);
  if (!absl::StartsWith(line, "from ") && !absl::StartsWith(line, "import ")) return edit;
  return {{document.extent().begin, document.extent().begin}, absl::StrCat(line, "\n")};
}

Json WriteCompletion(const CompletionItem& item, FileId file, const Document& document, PlaceWriter& places) {
  Json json = {{"label", item.label},
               {"kind", kMethodItem},
               {"detail", item.detail},
               {"sortText", item.sort_text},
               {"insertTextFormat", kPlainText},
               {"insertTextMode", kInsertAsIs},
               {"textEdit", {{"range", places.Range({file, item.replace})}, {"newText", item.new_text}}}};
  std::vector<Edit> others;
  for (const Edit& edit : item.imports) others.push_back(BroughtInto(document, edit));
  if (!item.before_def.replacement.empty()) others.push_back(item.before_def);
  if (Json edits = places.TextEdits(file, document, others); !edits.empty()) json["additionalTextEdits"] = edits;
  return json;
}

}  // namespace

RequestResult OnCompletion(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(nullptr);
  const driver::Snapshot& snapshot = context.view.snapshot;
  const std::vector<CompletionItem> items = CompletionsAt(snapshot, asked->file, asked->offset, BuffersOf(context));
  PlaceWriter places = PlacesOf(context);
  Json list = Json::array();
  for (const CompletionItem& item : items)
    list.push_back(WriteCompletion(item, asked->file, *context.view.document, places));
  // A list without items would be asked for with every letter that is typed anywhere.
  const bool is_incomplete = !list.empty();
  return Answered({{"isIncomplete", is_incomplete}, {"items", std::move(list)}});
}

RequestResult OnOverridable(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(Json::array());
  Json list = Json::array();
  for (const OverridableMethod& one :
       OverridableMethods(context.view.snapshot, asked->file, asked->offset, BuffersOf(context))) {
    list.push_back({{"name", one.name}, {"detail", one.detail}, {"isAbstract", one.is_abstract}});
  }
  return Answered(std::move(list));
}

}  // namespace overt::lsp
