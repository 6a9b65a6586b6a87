#include "diagnostics/preset.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "diagnostics/spelling.h"

namespace overt {
namespace {

constexpr PresetInfo kPresets[] = {
#define PRESET(ident, name, summary) {Preset::ident, name, summary},
#include "diagnostics/presets.def"
};

// What a preset says of a rule: a level, or that only its strong cases count.
enum class PresetLevel : uint8_t { kIgnore, kStrongCases, kInfo, kWarning, kError };

struct PresetRow {
  Rule rule;
  PresetLevel basic, strict, like_mypy, like_pyright, like_ty, like_pyrefly;
};

constexpr PresetRow kPresetRows[] = {
#define PRESET_LEVELS(rule, basic, strict, mypy, pyright, ty, pyrefly)               \
  {Rule::rule,           PresetLevel::basic, PresetLevel::strict, PresetLevel::mypy, \
   PresetLevel::pyright, PresetLevel::ty,    PresetLevel::pyrefly},
#include "diagnostics/presets.def"
};

constexpr Rule kRulesInOrder[] = {
#define RULE(ident, ...) Rule::ident,
#include "diagnostics/rules.def"
};

constexpr bool HasRowForEachRule() {
  if (std::size(kPresetRows) != std::size(kRulesInOrder)) return false;
  for (size_t i = 0; i < std::size(kRulesInOrder); ++i) {
    if (kPresetRows[i].rule != kRulesInOrder[i]) return false;
  }
  return true;
}
static_assert(HasRowForEachRule(), "presets.def: one row of levels for each rule, in the order of rules.def");

Chosen AsChosen(PresetLevel level) {
  switch (level) {
    case PresetLevel::kIgnore: return {Severity::kIgnore, false, {}};
    case PresetLevel::kStrongCases: return {Severity::kIgnore, true, {}};
    case PresetLevel::kInfo: return {Severity::kInfo, false, {}};
    case PresetLevel::kWarning: return {Severity::kWarning, false, {}};
    case PresetLevel::kError: return {Severity::kError, false, {}};
  }
  return {};
}

}  // namespace

absl::Span<const PresetInfo> AllPresets() { return kPresets; }
absl::string_view NameOf(Preset preset) { return kPresets[static_cast<size_t>(preset)].name; }

std::optional<Preset> PresetNamed(absl::string_view name) {
  for (const PresetInfo& info : kPresets) {
    if (info.name == name) return info.preset;
  }
  return std::nullopt;
}

std::string UnknownPreset(absl::string_view name) {
  std::vector<absl::string_view> names;
  for (const PresetInfo& info : kPresets) names.push_back(info.name);
  const absl::string_view near = NearestBySpelling(name, names);
  return absl::StrCat("no preset is named `", name, "`",
                      near.empty() ? absl::StrCat(": there are ", absl::StrJoin(names, ", ")) : DidYouMean(near));
}

Chosen LevelIn(Preset preset, Rule rule) {
  const PresetRow& row = kPresetRows[static_cast<size_t>(rule)];
  switch (preset) {
    case Preset::kOff: return AsChosen(rule == Rule::kSyntaxError ? PresetLevel::kError : PresetLevel::kIgnore);
    case Preset::kBasic: return AsChosen(row.basic);
    case Preset::kStandard: return {InfoOf(rule).default_severity, true, {}};
    case Preset::kStrict: return AsChosen(row.strict);
    case Preset::kAll: return AsChosen(PresetLevel::kError);
    case Preset::kLikeMypy: return AsChosen(row.like_mypy);
    case Preset::kLikePyright: return AsChosen(row.like_pyright);
    case Preset::kLikeTy: return AsChosen(row.like_ty);
    case Preset::kLikePyrefly: return AsChosen(row.like_pyrefly);
  }
  return {};
}

bool HasStrongCases(Rule rule) {
  const PresetRow& row = kPresetRows[static_cast<size_t>(rule)];
  for (const PresetLevel level :
       {row.basic, row.strict, row.like_mypy, row.like_pyright, row.like_ty, row.like_pyrefly}) {
    if (level == PresetLevel::kStrongCases) return true;
  }
  return false;
}

bool FailsOnWarnings(Preset preset) { return preset == Preset::kStrict; }

void LevelChanges::Choose(absl::string_view name, Severity severity, const SettingSource& source) {
  for (const Rule rule : RulesNamed(name)) choices.push_back({rule, severity, source});
}

void LevelChanges::ApplyTo(RuleSelection& rules) const {
  if (preset) {
    SettingSource source = preset_source;
    source.preset = NameOf(*preset);
    for (const RuleInfo& info : AllRules()) {
      Chosen level = LevelIn(*preset, info.rule);
      level.source = source;
      rules.Set(info.rule, level);
    }
  }
  for (const Choice& choice : choices) rules.Choose(choice.rule, choice.severity, choice.source);
}

}  // namespace overt
