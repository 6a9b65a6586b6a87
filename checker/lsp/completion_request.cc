// Stubs of methods that a class could override, one where somebody types it, or which there are at all.
#include "checker/lsp/asked.h"
#include "checker/lsp/features/override_methods.h"

namespace overt::lsp {
namespace {

constexpr int kMethodItem = 2, kPlainText = 1, kInsertAsIs = 1;

Json WriteCompletion(const CompletionItem& item, FileId file, PlaceWriter& places) {
  Json json = {{"label", item.label},
               {"kind", kMethodItem},
               {"detail", item.detail},
               {"sortText", item.sort_text},
               {"insertTextFormat", kPlainText},
               {"insertTextMode", kInsertAsIs},
               {"textEdit", {{"range", places.Range({file, item.replace})}, {"newText", item.new_text}}}};
  std::vector<Edit> others = item.imports;
  if (!item.before_def.replacement.empty()) others.push_back(item.before_def);
  if (!others.empty()) json["additionalTextEdits"] = places.TextEdits(file, others);
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
  for (const CompletionItem& item : items) list.push_back(WriteCompletion(item, asked->file, places));
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
