// What an editor shows beside and around a whole text: symbols, lenses, hints behind lines, marks in the margin.
#include "checker/lsp/asked.h"
#include "checker/lsp/features/code_lens.h"
#include "checker/lsp/features/document_symbols.h"
#include "checker/lsp/features/gutter.h"
#include "checker/lsp/features/inlay_hints.h"
#include "checker/lsp/features/semantic_tokens.h"
#include "checker/lsp/symbol_kind.h"

namespace overt::lsp {
namespace {

Json WriteSymbols(const std::vector<DocumentSymbol>& symbols, FileId file, PlaceWriter& places) {
  Json list = Json::array();
  for (const DocumentSymbol& symbol : symbols) {
    Json json = {{"name", symbol.name},
                 {"kind", SymbolKindOf(symbol.kind)},
                 {"range", places.Range({file, symbol.whole})},
                 {"selectionRange", places.Range({file, symbol.selection})}};
    if (!symbol.detail.empty()) json["detail"] = symbol.detail;
    if (!symbol.children.empty()) json["children"] = WriteSymbols(symbol.children, file, places);
    list.push_back(std::move(json));
  }
  return list;
}

// For clients that know no trees of symbols.
void AppendFlat(const std::vector<DocumentSymbol>& symbols, const std::string& container, FileId file,
                PlaceWriter& places, Json& list) {
  for (const DocumentSymbol& symbol : symbols) {
    list.push_back(
        {{"name", symbol.name},
         {"kind", SymbolKindOf(symbol.kind)},
         {"containerName", container},
         {"location", {{"uri", places.Uri(file, symbol.whole.begin)}, {"range", places.Range({file, symbol.whole})}}}});
    AppendFlat(symbol.children, symbol.name, file, places, list);
  }
}

absl::string_view LensKindName(CodeLens::Kind kind) {
  switch (kind) {
    case CodeLens::Kind::kOverrides: return "overrides";
    case CodeLens::Kind::kOverridden: return "overridden";
    case CodeLens::Kind::kSubclasses: return "subclasses";
    case CodeLens::Kind::kBreaks: return "breaks";
  }
  return "";
}

std::optional<CodeLens::Kind> LensKindNamed(absl::string_view name) {
  for (const CodeLens::Kind kind : {CodeLens::Kind::kOverrides, CodeLens::Kind::kOverridden,
                                    CodeLens::Kind::kSubclasses, CodeLens::Kind::kBreaks}) {
    if (LensKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace

RequestResult OnDocumentSymbol(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked) return Answered(nullptr);
  std::vector<DocumentSymbol> symbols = DocumentSymbols(context.view.snapshot, asked->file);
  std::erase_if(symbols, [&](const DocumentSymbol& one) { return !context.view.document->Shows(one.whole.begin); });
  PlaceWriter places = PlacesOf(context);
  if (context.client.hierarchical_symbols) return Answered(WriteSymbols(symbols, asked->file, places));
  Json list = Json::array();
  AppendFlat(symbols, "", asked->file, places, list);
  return Answered(std::move(list));
}

// Titles now, since they are cheap; where a lens leads when it is seen.
RequestResult OnCodeLens(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked) return Answered(nullptr);
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  PlaceWriter places = PlacesOf(context);
  Json list = Json::array();
  const auto least = static_cast<size_t>(context.view.root->settings().lens_minimum);
  SnapshotFindings findings(context.view.snapshot);
  const FindingsOf of = context.view.root->settings().shows_break_lenses ? findings.AsFunction() : FindingsOf();
  for (const CodeLens& lens : CodeLenses(context.view.snapshot, family.get(), asked->file, least, of)) {
    if (!context.view.document->Shows(lens.place.begin)) continue;
    list.push_back({{"range", places.Range({asked->file, lens.place})},
                    {"data",
                     {{"document", context.view.document->uri()},
                      {"kind", LensKindName(lens.kind)},
                      {"title", lens.title},
                      {"class", lens.class_name},
                      {"member", lens.member}}}});
  }
  return Answered(std::move(list));
}

// Where nobody can follow a lens, since only our own extension has a command for it, the title says it all.
RequestResult OnResolveCodeLens(const RequestContext& context) {
  Json lens = context.call.params;
  const Json* data = Find(lens, {"data"});
  const std::optional<Asked> asked = AskedFile(context);
  if (data == nullptr || !lens.is_object()) return Failed(absl::InvalidArgumentError("this lens is none of overt's"));
  CodeLens wanted;
  wanted.title = StringAt(*data, {"title"});
  wanted.class_name = StringAt(*data, {"class"});
  wanted.member = StringAt(*data, {"member"});
  const std::optional<CodeLens::Kind> kind = LensKindNamed(StringAt(*data, {"kind"}));
  Json command = {{"title", wanted.title}, {"command", ""}};
  if (asked && kind && context.client.knows_overt) {
    wanted.kind = *kind;
    const classes::FamilyIndex::Pointer family = FamilyOf(context);
    PlaceWriter places = PlacesOf(context);
    SnapshotFindings findings(context.view.snapshot);
    const std::optional<FollowedLens> followed =
        FollowLens(context.view.snapshot, *family, asked->file, wanted, findings.AsFunction());
    const Json* start = Find(lens, {"range", "start"});
    Json from = start == nullptr ? WritePosition({}) : *start;
    if (followed && followed->from.file == asked->file) {
      from = places.Range({asked->file, followed->from.name})["start"];
    }
    command["command"] = "overt.showLens";
    command["arguments"] = {StringAt(*data, {"document"}), std::move(from),
                            WriteLocations(followed ? followed->targets : std::vector<Target>(), places)};
  }
  lens["command"] = std::move(command);
  return Answered(std::move(lens));
}

// Off until somebody asks for them: they make lines longer.
RequestResult OnInlayHint(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked || !context.view.root->settings().shows_base_hints) return Answered(nullptr);
  const Document& document = *context.view.document;
  const std::optional<uint32_t> begin =
      OffsetIn(document, Find(context.call.params, {"range", "start"}), context.client);
  const std::optional<uint32_t> end = OffsetIn(document, Find(context.call.params, {"range", "end"}), context.client);
  if (!begin || !end) return Failed(absl::InvalidArgumentError("`range` is none"));
  PlaceWriter places = PlacesOf(context);
  Json list = Json::array();
  for (const InlayHint& hint : InlayHints(context.view.snapshot, asked->file, {*begin, *end})) {
    Json label = Json::array();
    for (const InlayHint::Part& part : hint.parts) {
      Json json = {{"value", part.text}, {"tooltip", places.PathAndLine({part.target.file, part.target.name})}};
      if (std::optional<Json> location = places.Location(part.target.file, part.target.name)) {
        json["location"] = *std::move(location);
      }
      label.push_back(std::move(json));
    }
    list.push_back({{"position", places.Range({asked->file, {hint.offset, hint.offset}})["start"]},
                    {"label", std::move(label)},
                    {"paddingLeft", true}});
  }
  return Answered(std::move(list));
}

RequestResult OnGutter(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked) return Answered(Json::array());
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  SnapshotFindings findings(context.view.snapshot);
  PlaceWriter places = PlacesOf(context);
  Json list = Json::array();
  for (const GutterMark& mark : GutterMarks(context.view.snapshot, family.get(), asked->file, findings.AsFunction())) {
    if (!context.view.document->Shows(mark.name.begin)) continue;
    list.push_back(
        {{"range", places.Range({asked->file, mark.name})}, {"kind", GutterKindName(mark.kind)}, {"text", mark.text}});
  }
  return Answered(std::move(list));
}

// Each token by its distance from the one before, in five numbers: lines, characters, length, type, modifiers. Off
// until somebody asks for everything: another server's colours would go.
RequestResult OnSemanticTokens(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked) return Answered(nullptr);
  PlaceWriter places = PlacesOf(context);
  Json data = Json::array();
  Position before;
  for (const SemanticToken& token : SemanticTokens(context.view.snapshot, asked->file)) {
    if (!context.view.document->Shows(token.name.begin)) continue;
    const Json range = places.Range({asked->file, token.name});
    const Position start = *ReadPosition(&range["start"], nullptr), end = *ReadPosition(&range["end"], nullptr);
    const bool is_same_line = start.line == before.line;
    data.push_back(start.line - before.line);
    data.push_back(start.character - (is_same_line ? before.character : 0));
    data.push_back(end.character - start.character);
    data.push_back(static_cast<int>(token.type));
    data.push_back(token.modifiers);
    before = start;
  }
  return Answered({{"data", std::move(data)}});
}

}  // namespace overt::lsp
