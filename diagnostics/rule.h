// The rules as data: their names, groups and levels, and the level that is in force for a file.
//
//   # overt.toml
//   [rules]
//   missing-override = "warn"      # Chosen{kWarning, false, {kConfigFile, "overt.toml", 2}}
//
// The table is `rules.def`; `preset.h` has levels for all rules at once. What a rule finds and how it says so is in
// `checker/rules`, not here.
#ifndef OVERT_DIAGNOSTICS_RULE_H_
#define OVERT_DIAGNOSTICS_RULE_H_

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace overt {

enum class Severity : uint8_t { kIgnore, kInfo, kWarning, kError };

// "ignore", "info", "warning", "error": the words of the output formats.
absl::string_view SeverityName(Severity severity);
// Also takes "warn" and "hint"'s neighbours that configuration files use: error, warn, warning, info, ignore, off.
std::optional<Severity> ParseSeverity(absl::string_view text);

enum class Rule : uint8_t {
#define RULE(ident, name, severity, group, since, summary) ident,
#include "diagnostics/rules.def"
};

inline constexpr size_t kRuleCount = 0
#define RULE(...) +1
#include "diagnostics/rules.def"
    ;

struct RuleInfo {
  Rule rule;
  absl::string_view name;     // kebab-case, never reused
  Severity default_severity;  // without configuration
  absl::string_view group;    // may stand for its rules on the command line and in configuration, with `@` or without
  absl::string_view since;    // version of overt
  absl::string_view summary;  // no final period
};

absl::Span<const RuleInfo> AllRules();  // sorted by name; index = enum value
const RuleInfo& InfoOf(Rule rule);
inline absl::string_view NameOf(Rule rule) { return InfoOf(rule).name; }

// The Markdown page of a rule: what it catches, why, examples, how to fix. Embedded from `diagnostics/docs`.
absl::string_view DocumentationOf(Rule rule);

// The rules that a name stands for: one rule (or an alias of it), a group, or "all". Empty if there is none.
absl::Span<const Rule> RulesNamed(absl::string_view name);
// The groups and "all", which may stand for their rules, and names that rules had before.
absl::Span<const absl::string_view> GroupNames();
absl::Span<const absl::string_view> EarlierRuleNames();
// The rule, group or "all" nearest by spelling; empty when nothing is near.
absl::string_view NearestRuleName(absl::string_view name);
// The rules about overrides of a member that a comment at the member may allow: `# overt: open[missing-override]`.
absl::Span<const Rule> RulesToOpen();
// The rules that other checkers' codes correspond to (`reportIncompatibleMethodOverride`, `explicit-override`, …).
absl::Span<const Rule> RulesForForeignCode(absl::string_view code);

// Some of the rules. A value.
class RuleSet {
 public:
  static RuleSet All() {
    RuleSet set;
    set.rules_.set();
    return set;
  }
  void Add(Rule rule) { rules_.set(static_cast<size_t>(rule)); }
  bool contains(Rule rule) const { return rules_.test(static_cast<size_t>(rule)); }
  RuleSet Without(const RuleSet& others) const {
    RuleSet set;
    set.rules_ = rules_ & ~others.rules_;
    return set;
  }

 private:
  std::bitset<kRuleCount> rules_;
};
// What all these names stand for; of those that are none, nothing.
RuleSet RuleSetOf(absl::Span<const std::string> names);

// Where a setting was chosen, to answer "why do I see this?".
struct SettingSource {
  enum class Kind : uint8_t { kDefault, kConfigFile, kCommandLine, kEditor };
  Kind kind = Kind::kDefault;
  std::string file;               // kConfigFile: path as shown to people
  uint32_t line = 0;              // kConfigFile: from 1; 0: all that it says
  absl::string_view preset = {};  // the name of the preset that brought it; empty: it was chosen for itself
};
// "overt.toml:2", "preset strict (overt.toml:1)", "command line", …
std::string SourceText(const SettingSource& source);

struct Chosen {
  Severity severity = Severity::kIgnore;
  bool admits_strong_cases = false;  // nobody chose the level for this rule: a stronger case may raise it
  SettingSource source;
};

// The level of every rule for one set of files. A value; later choices replace earlier ones.
class RuleSelection {
 public:
  RuleSelection();  // the defaults
  void Choose(Rule rule, Severity severity, const SettingSource& source);
  void Set(Rule rule, const Chosen& chosen) { chosen_[static_cast<size_t>(rule)] = chosen; }
  // False, and nothing changes, when `name` is no rule, group or "all".
  bool Choose(absl::string_view name, Severity severity, const SettingSource& source);
  const Chosen& of(Rule rule) const { return chosen_[static_cast<size_t>(rule)]; }
  bool enabled(Rule rule) const { return of(rule).severity != Severity::kIgnore; }

 private:
  std::array<Chosen, kRuleCount> chosen_;
};

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_RULE_H_
