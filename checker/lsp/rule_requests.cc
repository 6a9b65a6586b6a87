// Names of rules wherever they are written, in comments, configurations and baselines: links to the rules' pages, and
// what is said of a name under the pointer.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/driver/baseline_file.h"
#include "checker/driver/config_file.h"
#include "checker/lsp/asked.h"
#include "checker/lsp/bundled_files.h"
#include "checker/lsp/features/rule_mentions.h"
#include "checker/lsp/rule_names.h"
#include "checker/lsp/uri.h"

namespace overt::lsp {

std::vector<driver::NamedRule> RulesNamedInConfig(const RequestContext& context) {
  const View& view = context.view;
  if (view.document == nullptr || view.root == nullptr || !view.root->settings().enable) return {};
  if (KindIn(view.all_roots(), *view.document) != Document::Kind::kConfiguration) return {};
  const std::string& path = view.document->path();
  return driver::RulesNamedIn({path, path}, *view.document->text());
}

Json RangeInConfig(const RequestContext& context, TextRange range) {
  const PositionMap map = context.view.document->map(context.client.encoding);
  return {{"start", WritePosition(map.ToPosition(range.begin))}, {"end", WritePosition(map.ToPosition(range.end))}};
}

namespace {

// The values of `"rule"` in a baseline, one in each entry. Nobody has looked whether the text is JSON; within a string
// the quotes would be escaped.
std::vector<driver::NamedRule> RulesNamedInBaseline(const std::string& text) {
  const std::string kKey = "\"rule\"";
  std::vector<driver::NamedRule> rules;
  for (size_t at = text.find(kKey); at != std::string::npos; at = text.find(kKey, at + 1)) {
    const size_t begin = text.find_first_not_of(" \t:", at + kKey.size());
    if (begin == std::string::npos || text[begin] != '"' || (at > 0 && text[at - 1] == '\\')) continue;
    const size_t end = text.find_first_of("\"\n", begin + 1);
    if (end == std::string::npos) break;
    rules.push_back(
        {{static_cast<uint32_t>(begin + 1), static_cast<uint32_t>(end)}, text.substr(begin + 1, end - begin - 1)});
  }
  return rules;
}

bool IsBaseline(const View& view) {
  if (view.document == nullptr || view.root == nullptr || !view.root->settings().enable) return false;
  return NameOfFile(view.document->path()) == driver::kBaselineName;
}

// One link for each name that means one rule: of several, hover tells the pages.
class Links {
 public:
  void Add(const driver::NamedRule& named, Json range) {
    const absl::Span<const Rule> rules = RulesNamed(named.name);
    if (rules.size() != 1) return;
    const auto [page, is_new] = pages_.try_emplace(rules.front());
    if (is_new) page->second = UriOfRulePage(rules.front());
    if (!page->second) return;
    list_.push_back({{"range", std::move(range)},
                     {"target", *page->second},
                     {"tooltip", std::string(InfoOf(rules.front()).summary)}});
  }
  Json Take() { return std::move(list_); }

 private:
  std::map<Rule, std::optional<std::string>> pages_;  // each looked for once
  Json list_ = Json::array();
};

}  // namespace

RequestResult OnDocumentLink(const RequestContext& context) {
  Links links;
  if (IsBaseline(context.view)) {
    for (const driver::NamedRule& one : RulesNamedInBaseline(*context.view.document->text())) {
      links.Add(one, RangeInConfig(context, one.range));
    }
  } else if (const std::optional<Asked> asked = AskedFile(context)) {
    PlaceWriter places = PlacesOf(context);
    for (const driver::NamedRule& one : RulesNamedInComments(context.view.snapshot, asked->file)) {
      if (!context.view.document->Shows(one.range.begin)) continue;
      links.Add(one, places.Range({asked->file, one.range}));
    }
  } else {
    for (const driver::NamedRule& one : RulesNamedInConfig(context)) links.Add(one, RangeInConfig(context, one.range));
  }
  return Answered(links.Take());
}

}  // namespace overt::lsp
