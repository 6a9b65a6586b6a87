// Hover, and ways from a member to those above and below it.
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/impact_json.h"
#include "checker/lsp/asked.h"
#include "checker/lsp/bundled_files.h"
#include "checker/lsp/features/definition.h"
#include "checker/lsp/features/hover.h"
#include "checker/lsp/features/impact.h"
#include "checker/lsp/features/implementation.h"
#include "checker/lsp/features/place.h"
#include "checker/lsp/rule_names.h"

namespace overt::lsp {
namespace {

// "[missing-override](file:///…/missing-override.md)": for each rule that is explained, where the rest stands.
std::string LinksToPages(const std::vector<Rule>& rules) {
  std::vector<std::string> links;
  for (const Rule rule : rules) {
    if (const std::optional<std::string> page = UriOfRulePage(rule)) {
      links.push_back(absl::StrCat("[", NameOf(rule), "](", *page, ")"));
    }
  }
  return links.empty() ? "" : absl::StrCat("\n\n", absl::StrJoin(links, ", "));
}

Json WriteHover(const RequestContext& context, const Hover& hover, Json range) {
  const bool markdown = context.client.markdown_hover;
  return {{"contents",
           {{"kind", markdown ? "markdown" : "plaintext"},
            {"value", markdown ? absl::StrCat(ToMarkdown(hover), LinksToPages(hover.rules)) : ToPlainText(hover)}}},
          {"range", std::move(range)}};
}

// Over the name of a rule.
RequestResult HoverInConfig(const RequestContext& context) {
  const std::vector<driver::NamedRule> rules = RulesNamedInConfig(context);
  const std::optional<Position> position = ReadPosition(Find(context.call.params, {"position"}), nullptr);
  if (rules.empty() || !position) return Answered(nullptr);
  const uint32_t offset = context.view.document->map(context.client.encoding).ToOffset(*position);
  for (const driver::NamedRule& one : rules) {
    if (offset < one.range.begin || offset >= one.range.end) continue;
    const std::optional<Hover> hover = HoverOnRule(one.range, one.name);
    return Answered(hover ? WriteHover(context, *hover, RangeInConfig(context, one.range)) : Json());
  }
  return Answered(nullptr);
}

}  // namespace

RequestResult OnHover(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return HoverInConfig(context);
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  const std::optional<Hover> hover = HoverAt(context.view.snapshot, family.get(), asked->file, asked->offset);
  if (!hover) return Answered(nullptr);
  PlaceWriter places = PlacesOf(context);
  return Answered(WriteHover(context, *hover, places.Range({asked->file, hover->range})));
}

RequestResult OnDefinition(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(nullptr);
  PlaceWriter places = PlacesOf(context);
  return Answered(WriteLocations(DefinitionAt(context.view.snapshot, asked->file, asked->offset), places));
}

RequestResult OnDeclaration(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(nullptr);
  PlaceWriter places = PlacesOf(context);
  return Answered(WriteLocations(DeclarationAt(context.view.snapshot, asked->file, asked->offset), places));
}

RequestResult OnImplementation(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(nullptr);
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  PlaceWriter places = PlacesOf(context);
  return Answered(
      WriteLocations(ImplementationsAt(context.view.snapshot, *family, asked->file, asked->offset), places));
}

// The list of `overt impact --output-format json`, for the member whose definition stands there; empty without one.
RequestResult OnImpact(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(Json::array());
  const driver::Snapshot& snapshot = context.view.snapshot;
  const std::optional<Place> place = PlaceAt(snapshot, asked->file, asked->offset);
  const std::optional<MemberPlace> at = place ? MemberAt(snapshot, *place) : std::nullopt;
  if (!at) return Answered(Json::array());
  const classes::Member* member = snapshot.classes->MembersOf(at->owner).Find(at->name);
  if (member == nullptr) return Answered(Json::array());
  const classes::FamilyIndex::Pointer family = FamilyOf(context);
  const classes::MemberImpact impact = ImpactWhileTyping(snapshot, *family, at->owner, *member);
  return Answered(Json::array({Json(driver::ImpactJson(snapshot, impact, at->owner))}));
}

// Anywhere in a method, or in the line of an attribute: `definition` answers at the name and the mark only.
RequestResult OnSuperMember(const RequestContext& context) {
  const std::optional<Asked> asked = AskedPlace(context);
  if (!asked) return Answered(Json::array());
  PlaceWriter places = PlacesOf(context);
  return Answered(WriteLocations(SuperMembersAround(context.view.snapshot, asked->file, asked->offset), places));
}

}  // namespace overt::lsp
