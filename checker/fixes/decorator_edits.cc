#include "absl/strings/str_cat.h"
#include "checker/fixes/draft.h"
#include "checker/fixes/text_places.h"
#include "grammar/ast/definitions.h"

namespace overt::fixes {

std::optional<Edit> AddDecorator(const FixSite& site, NodeId definition, absl::string_view spelling) {
  const uint32_t begin = site.ast().range(definition).begin;
  if (!IsFirstOnLine(site.text(), begin)) return std::nullopt;
  return Edit{{begin, begin}, absl::StrCat("@", spelling, site.line_end(), TextBefore(site.text(), begin))};
}

std::optional<Edit> RemoveDecorator(const FixSite& site, NodeId decorator) {
  const absl::string_view text = site.text();
  const TextRange range = site.ast().range(decorator);
  if (!IsFirstOnLine(text, range.begin)) return std::nullopt;
  switch (RestOfLineAt(text, range.end)) {
    case RestOfLine::kNothing: return Edit{{StartOfLine(text, range.begin), StartOfNextLine(text, range.end)}, ""};
    case RestOfLine::kComment: return Edit{{range.begin, SkipBlanks(text, range.end)}, ""};
    case RestOfLine::kCode: break;
  }
  return std::nullopt;
}

NodeId DecoratorAt(const FixSite& site, NodeId definition, TextRange place) {
  for (const NodeId decorator : DecoratorsOf(site.ast(), definition)) {
    if (site.ast().range(decorator) == place) return decorator;
  }
  return NodeId::None();
}

absl::string_view DecoratorText(const FixSite& site, NodeId decorator) {
  const TextRange range = site.ast().range(site.ast().Get<grammar::DecoratorNode>(decorator).expression());
  return site.text().substr(range.begin, range.size());
}

}  // namespace overt::fixes
