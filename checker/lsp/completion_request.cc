// Stubs of methods that a class could override.
#include "checker/lsp/asked.h"
#include "checker/lsp/features/completion.h"

namespace overt::lsp {
namespace {

constexpr int kMethodItem = 2, kPlainText = 1, kInsertAsIs = 1;

// The texts of all open files, as the session has them.
std::shared_ptr<program::Program::Overlays> BuffersOf(const RequestContext& context) {
  auto buffers = std::make_shared<program::Program::Overlays>();
  for (const auto& [path, document] : *context.view.open) {
    if (document->kind() == Document::Kind::kPython) (*buffers)[path] = document->text();
  }
  return buffers;
}

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

}  // namespace overt::lsp
