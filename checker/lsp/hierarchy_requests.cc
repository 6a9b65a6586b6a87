// The type hierarchy, of classes and of methods, and who calls whom.
#include "absl/strings/match.h"
#include "checker/lsp/asked.h"
#include "checker/lsp/features/call_hierarchy.h"
#include "checker/lsp/features/type_hierarchy.h"

namespace overt::lsp {
namespace {

// The protocol's `SymbolKind`.
int KindNumber(HierarchyItem::Kind kind) {
  switch (kind) {
    case HierarchyItem::Kind::kClass: return 5;
    case HierarchyItem::Kind::kMethod: return 6;
    case HierarchyItem::Kind::kProperty: return 7;
    case HierarchyItem::Kind::kField: return 8;
    case HierarchyItem::Kind::kFunction: return 12;
    case HierarchyItem::Kind::kModule: return 2;
  }
  return 5;
}

// `data` brings back what the next step starts from, and whose snapshot that is.
std::optional<Json> WriteItem(const RequestContext& context, const HierarchyItem& item, PlaceWriter& places) {
  const std::optional<Json> whole = places.Location(item.place.file, item.place.whole);
  if (!whole) return std::nullopt;
  return Json{{"name", item.name},
              {"kind", KindNumber(item.kind)},
              {"detail", item.detail},
              {"uri", (*whole)["uri"]},
              {"range", (*whole)["range"]},
              {"selectionRange", places.Range({item.place.file, item.place.name})},
              {"data",
               {{"document", DocumentUriOf(context.call.params)},
                {"file", context.view.snapshot.program->file(item.place.file).path},
                {"class", item.class_name},
                {"member", item.member}}}};
}

Json WriteItems(const RequestContext& context, const std::vector<HierarchyItem>& items) {
  PlaceWriter places = PlacesOf(context);
  Json list = Json::array();
  for (const HierarchyItem& item : items) {
    if (std::optional<Json> json = WriteItem(context, item, places)) list.push_back(*std::move(json));
  }
  return list;
}

// What `WriteItem` wrote; nothing if its file is gone. The document that it came from need not be open any more.
std::optional<HierarchyItem> ReadItem(const RequestContext& context) {
  const Json* data = Find(context.call.params, {"item", "data"});
  const View& view = context.view;
  if (data == nullptr || view.snapshot.program == nullptr || !view.root->settings().enable) return std::nullopt;
  const program::Program& program = *view.snapshot.program;
  HierarchyItem item;
  const std::string file = StringAt(*data, {"file"});
  item.place.file = absl::StartsWith(file, "/") ? program.AddFile(file) : program.FindFile(file);
  if (!item.place.file.present() || program.Index(item.place.file) == nullptr) return std::nullopt;
  item.name = StringAt(context.call.params, {"item", "name"});
  item.class_name = StringAt(*data, {"class"});
  item.member = StringAt(*data, {"member"});
  return item;
}

}  // namespace

RequestResult OnPrepareTypeHierarchy(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(nullptr);
  SnapshotFindings findings(context.view.snapshot);
  const std::optional<HierarchyItem> item =
      PrepareTypeHierarchy(context.view.snapshot, asked->file, asked->offset, findings.AsFunction());
  if (!item) return Answered(nullptr);
  return Answered(WriteItems(context, {*item}));
}

RequestResult OnSupertypes(const RequestContext& context) {
  const std::optional<HierarchyItem> item = ReadItem(context);
  if (!item) return Answered(nullptr);
  SnapshotFindings findings(context.view.snapshot);
  return Answered(WriteItems(context, Supertypes(context.view.snapshot, *item, findings.AsFunction())));
}

RequestResult OnSubtypes(const RequestContext& context) {
  const std::optional<HierarchyItem> item = ReadItem(context);
  if (!item) return Answered(nullptr);
  SnapshotFindings findings(context.view.snapshot);
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  return Answered(WriteItems(context, Subtypes(context.view.snapshot, *family, *item, findings.AsFunction())));
}

namespace {

// `end`: what the other end of the calls is called. The ranges are of `caller`, or where nothing is given of that end.
Json WriteCalls(const RequestContext& context, const std::vector<CallItem>& calls, const char* end,
                std::optional<FileId> caller) {
  PlaceWriter places = PlacesOf(context);
  Json list = Json::array();
  for (const CallItem& call : calls) {
    std::optional<Json> item = WriteItem(context, call.item, places);
    if (!item) continue;
    Json ranges = Json::array();
    for (const TextRange range : call.ranges) {
      ranges.push_back(places.Range({caller.value_or(call.item.place.file), range}));
    }
    list.push_back({{end, *std::move(item)}, {"fromRanges", std::move(ranges)}});
  }
  return list;
}

}  // namespace

RequestResult OnPrepareCallHierarchy(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(nullptr);
  const std::optional<HierarchyItem> item = PrepareCallHierarchy(context.view.snapshot, asked->file, asked->offset);
  if (!item) return Answered(nullptr);
  return Answered(WriteItems(context, {*item}));
}

RequestResult OnIncomingCalls(const RequestContext& context) {
  const std::optional<HierarchyItem> item = ReadItem(context);
  if (!item) return Answered(nullptr);
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  return Answered(WriteCalls(context, IncomingCalls(context.view.snapshot, *family, *item), "from", std::nullopt));
}

RequestResult OnOutgoingCalls(const RequestContext& context) {
  const std::optional<HierarchyItem> item = ReadItem(context);
  if (!item) return Answered(nullptr);
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  return Answered(WriteCalls(context, OutgoingCalls(context.view.snapshot, *family, *item), "to", item->place.file));
}

}  // namespace overt::lsp
