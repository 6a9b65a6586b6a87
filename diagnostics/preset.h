// Presets: a level for every rule at once, the ground that single levels stand on.
//
//   # overt.toml
//   preset = "strict"              # missing-override is an error now
//   [rules]
//   missing-override = "warn"      # and now a warning, wherever in the file this stands
//
// The table is `presets.def`. No group: a group (`"@mro"`) chooses one level for some rules, a preset a level for each.
#ifndef OVERT_DIAGNOSTICS_PRESET_H_
#define OVERT_DIAGNOSTICS_PRESET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/rule.h"

namespace overt {

enum class Preset : uint8_t {
#define PRESET(ident, name, summary) ident,
#include "diagnostics/presets.def"
};

struct PresetInfo {
  Preset preset;
  absl::string_view name;
  absl::string_view summary;  // no final period
};

absl::Span<const PresetInfo> AllPresets();  // index = enum value
absl::string_view NameOf(Preset preset);
std::optional<Preset> PresetNamed(absl::string_view name);
// "no preset is named `strct`; did you mean `strict`?", or all names where none is near.
std::string UnknownPreset(absl::string_view name);

// Without a source.
Chosen LevelIn(Preset preset, Rule rule);
// Whether the rule has cases that are errors wherever it is off by default.
bool HasStrongCases(Rule rule);
// Whether warnings fail a run, unless somebody says otherwise.
bool FailsOnWarnings(Preset preset);

// Levels as somebody wrote them, in order, to be laid over others.
struct LevelChanges {
  struct Choice {
    Rule rule;
    Severity severity;
    SettingSource source;
  };
  std::optional<Preset> preset;  // stands below all choices, and replaces what is below it
  SettingSource preset_source;
  std::vector<Choice> choices;  // later ones win

  // Of a rule, a group or "all"; nothing for any other name.
  void Choose(absl::string_view name, Severity severity, const SettingSource& source);
  void ApplyTo(RuleSelection& rules) const;
};

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_PRESET_H_
