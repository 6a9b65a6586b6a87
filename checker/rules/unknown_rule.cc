// A suppression comment that names a rule which does not exist, or that cannot be read, and so suppresses nothing.
//
//   x = 1  # overt: ignore[overide-without-base]      # did you mean `override-without-base`?
//   x = 1  # overt: ignore[explicit-override]         # another checker's code; here it is `missing-override`
//   x = 1  # overt: ignore duplicate-base             # did you mean `ignore[duplicate-base]`?
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/rules/rule_functions.h"
#include "diagnostics/spelling.h"

namespace overt::rules {
namespace {

// As much of a comment as a message has room for.
std::string Excerpt(absl::string_view text) {
  constexpr size_t kMost = 40;
  text = absl::StripTrailingAsciiWhitespace(text.substr(0, text.find('`')));
  if (text.size() <= kMost) return std::string(text);
  size_t size = kMost;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;  // no half characters
  return absl::StrCat(text.substr(0, size), "…");
}

absl::string_view FirstWord(absl::string_view text) {
  const auto is_of_name = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '@';
  };
  return text.substr(0, static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_of_name) - text.begin()));
}

// The rules and groups that a text names; a group only with its `@`, since its name may be a word like any other.
std::vector<absl::string_view> NamesIn(absl::string_view text) {
  std::vector<absl::string_view> names;
  while (!text.empty()) {
    const absl::string_view word = FirstWord(text);
    const bool may_be_name = absl::StrContains(word, '-') || absl::StartsWith(word, "@");
    if (may_be_name && !RulesNamed(word).empty()) names.push_back(word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return names;
}

// "ignore[duplicate-base]" for `ignore: duplicate-base`; empty if nothing of the kind seems meant.
std::string DirectiveMeant(absl::string_view text) {
  constexpr absl::string_view kDirectives[] = {"ignore", "file-ignore", "open"};
  const absl::string_view head = FirstWord(text);
  const std::vector<absl::string_view> names = NamesIn(text);
  const bool is_one = std::find(std::begin(kDirectives), std::end(kDirectives), head) != std::end(kDirectives);
  const absl::string_view nearest = is_one ? head : NearestBySpelling(head, kDirectives);
  const bool is_near = absl::StrContains(head, "ignore") || !nearest.empty();
  if (!is_near && names.empty()) return "";
  const absl::string_view directive = absl::StrContains(head, "file") ? "file-ignore"
                                      : nearest == "open"             ? nearest
                                                                      : "ignore";
  return absl::StrCat(directive, "[", names.empty() ? "rule" : absl::StrJoin(names, ", "), "]");
}

void SayUnreadable(absl::string_view text, DiagnosticBuilder& report) {
  const std::string meant = DirectiveMeant(text);
  if (meant.empty()) {
    report.Title("`$0` is no directive; those are `ignore[rule]`, `file-ignore[rule]` and `open[rule]`", Excerpt(text));
  } else {
    report.Title("`$0` is no directive; did you mean `$1`?", Excerpt(text), meant);
  }
  report.Help("a comment that begins with `overt:` silences nothing in any other form; reasons go behind `--`");
}

void SayClosed(absl::string_view name, DiagnosticBuilder& report) {
  std::vector<std::string> names;
  for (const Rule rule : RulesToOpen()) names.emplace_back(NameOf(rule));
  report.Title("`$0` cannot be opened to overrides; $1 can", name, JoinNames(names));
}

void SayForeign(absl::string_view code, absl::Span<const Rule> rules, DiagnosticBuilder& report) {
  constexpr size_t kMost = 2;
  std::vector<std::string> names;
  for (const Rule rule : rules.subspan(0, kMost)) names.emplace_back(NameOf(rule));
  const size_t unnamed = rules.size() - names.size();
  report.Title("`$0` is another checker's code; here it is $1", code, JoinNames(names, unnamed));
  if (unnamed > 0) report.Help(absl::StrCat("`overt explain ", code, "` describes them all"));
}

void SayUnknown(absl::string_view name, DiagnosticBuilder& report) {
  if (const absl::Span<const Rule> rules = RulesForForeignCode(name); !rules.empty()) {
    SayForeign(name, rules, report);
  } else if (const absl::string_view near = NearestRuleName(name); !near.empty()) {
    report.Title("no rule is named `$0`; did you mean `$1`?", name, near);
  } else {
    report.Title("no rule is named `$0`", name);
    report.Help("`overt rules` lists all rules");
  }
}

}  // namespace

void CheckUnknownRule(const SuppressionTable& suppressions, RuleContext& context) {
  for (const Suppression& suppression : suppressions.all()) {
    for (const SuppressionEntry& entry : suppression.entries) {
      if (!entry.unknown) continue;
      auto report = context.out.Begin(Rule::kUnknownRule, entry.range);
      if (!report) continue;
      if (suppression.style == SuppressionStyle::kUnreadable) {
        SayUnreadable(entry.name, report);
      } else if (suppression.style == SuppressionStyle::kOvertOpen && !RulesNamed(entry.name).empty()) {
        SayClosed(entry.name, report);
      } else {
        SayUnknown(entry.name, report);
      }
    }
  }
}

}  // namespace overt::rules
