// `overt config schema`: the table of keys as a JSON schema, for editors. It accepts what `overt config validate`
// accepts.
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "checker/driver/config.h"
#include "checker/driver/config_file.h"
#include "checker/driver/config_keys.h"
#include "checker/driver/required_version.h"
#include "grammar/base/python_version.h"

namespace overt::driver {
namespace {

using SchemaJson = nlohmann::ordered_json;

SchemaJson Reference(absl::string_view definition) { return {{"$ref", absl::StrCat("#/definitions/", definition)}}; }

SchemaJson StringsSchema() { return {{"type", "array"}, {"items", {{"type", "string"}}}}; }

// "3.8" to the newest, and their bug fix releases.
SchemaJson VersionSchema() {
  std::vector<std::string> minors;
  for (int minor = grammar::kOldestPython.minor; minor <= grammar::kNewestPython.minor; ++minor) {
    minors.push_back(absl::StrCat(minor));
  }
  const std::string version = absl::StrCat("3\\.(", absl::StrJoin(minors, "|"), ")(\\.\\d{1,2})?");
  return {{"type", "string"}, {"pattern", absl::StrCat("^", version, "(\\.\\.", version, ")?$")}};
}

// A name, or a list of names.
SchemaJson PlatformsSchema() {
  const SchemaJson name = {{"type", "string"}, {"minLength", 1}};
  const SchemaJson list = {{"type", "array"}, {"items", name}, {"minItems", 1}};
  return {{"anyOf", SchemaJson::array({name, list})}};
}

SchemaJson PathBelowSchema() { return {{"type", "string"}, {"pattern", "^[^/]"}}; }

SchemaJson ChoicesSchema(absl::string_view choices) {
  SchemaJson words = SchemaJson::array();
  for (const absl::string_view word : absl::StrSplit(choices, ' ', absl::SkipEmpty()))
    words.push_back(std::string(word));
  if (words.empty()) return {{"type", "string"}};
  return {{"enum", std::move(words)}};
}

// A list of rules and groups.
SchemaJson RulesSchema() {
  SchemaJson names = SchemaJson::array();
  for (const RuleInfo& rule : AllRules()) names.push_back(std::string(rule.name));
  for (const absl::string_view name : EarlierRuleNames()) names.push_back(std::string(name));
  for (const absl::string_view name : GroupNames()) {
    names.push_back(std::string(name));
    names.push_back(absl::StrCat("@", name));
  }
  return {{"type", "array"}, {"items", {{"enum", std::move(names)}}}};
}

// A table of rules and groups, each with a level or, where `with_options`, a table of a level and options.
SchemaJson LevelsSchema(bool with_options) {
  const auto level_of = [&](absl::string_view name) {
    return Reference(!with_options ? "level" : name == NameOf(Rule::kMissingOverride) ? "missing-override" : "rule");
  };
  SchemaJson properties = SchemaJson::object();
  for (const RuleInfo& rule : AllRules()) {
    properties[std::string(rule.name)] = {{"description", std::string(rule.summary)},
                                          {"allOf", SchemaJson::array({level_of(rule.name)})}};
  }
  for (const absl::string_view name : EarlierRuleNames()) properties[std::string(name)] = level_of(name);
  for (const absl::string_view name : GroupNames()) {
    properties[std::string(name)] = level_of(name);
    properties[absl::StrCat("@", name)] = level_of(name);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

SchemaJson OverridesSchema() {
  const SchemaJson table = {{"type", "object"},
                            {"properties",
                             {{"include", StringsSchema()},
                              {"exclude", StringsSchema()},
                              {"modules", StringsSchema()},
                              {"bases", StringsSchema()},
                              {"members", StringsSchema()},
                              {"decorators", StringsSchema()},
                              {"preset", ChoicesSchema(FindKey("preset")->choices)},
                              {"rules", LevelsSchema(false)}}},
                            {"additionalProperties", false}};
  return {{"type", "array"}, {"items", table}};
}

SchemaJson ValueSchema(const ConfigKey& key) {
  switch (key.form) {
    case ValueForm::kString: return ChoicesSchema(key.choices);
    case ValueForm::kPathBelow: return PathBelowSchema();
    case ValueForm::kBoolean: return {{"type", "boolean"}};
    case ValueForm::kInteger: return {{"type", "integer"}, {"minimum", kLeastInteger}, {"maximum", kMostInteger}};
    case ValueForm::kStrings: return StringsSchema();
    case ValueForm::kRules: return RulesSchema();
    case ValueForm::kVersion: return VersionSchema();
    case ValueForm::kPlatforms: return PlatformsSchema();
    case ValueForm::kVersionClauses: return {{"type", "string"}, {"pattern", RequirementPattern()}};
    case ValueForm::kLevels: return LevelsSchema(true);
    case ValueForm::kTables: return OverridesSchema();
  }
  return {};
}

// What a rule may be set to: a level, or a table of its level and, for `missing-override`, what it leaves alone.
SchemaJson RuleSchema(bool with_exemptions) {
  SchemaJson properties = {{"level", Reference("level")}};
  if (with_exemptions) {
    SchemaJson names = SchemaJson::array();
    for (const absl::string_view name : ExemptionNames()) names.push_back(std::string(name));
    properties["exempt"] = {{"type", "array"}, {"items", {{"enum", std::move(names)}}}};
  }
  const SchemaJson table = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  return {{"anyOf", SchemaJson::array({Reference("level"), table})}};
}

}  // namespace

std::string ConfigSchema() {
  SchemaJson schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", "overt"},
                       {"description", "overt.toml, or [tool.overt] in pyproject.toml"},
                       {"type", "object"}};
  schema["definitions"]["level"] = {{"enum", {"error", "warn", "warning", "info", "hint", "ignore", "off"}}};
  schema["definitions"]["rule"] = RuleSchema(/*with_exemptions=*/false);
  schema["definitions"]["missing-override"] = RuleSchema(/*with_exemptions=*/true);
  SchemaJson& properties = schema["properties"];
  for (const ConfigKey& key : ConfigKeys()) {
    SchemaJson value = ValueSchema(key);
    value["description"] = std::string(key.summary);
    // The defaults are written so that they read the same in TOML and JSON.
    if (!key.default_value.empty()) value["default"] = SchemaJson::parse(std::string(key.default_value));
    const size_t dot = key.path.find('.');
    if (dot == absl::string_view::npos) {
      properties[std::string(key.path)] = std::move(value);
      continue;
    }
    SchemaJson& section = properties[std::string(key.path.substr(0, dot))];
    section["type"] = "object";
    section["additionalProperties"] = false;
    section["properties"][std::string(key.path.substr(dot + 1))] = std::move(value);
  }
  // `baseline = "FILE"` is short for `baseline.path`.
  properties["baseline"]["type"] = {"object", "string"};
  properties["baseline"]["description"] = "findings that are accepted for now; a string is their file, `path`";
  properties["baseline"]["pattern"] = PathBelowSchema()["pattern"];
  schema["additionalProperties"] = false;
  return schema.dump(2) + "\n";
}

}  // namespace overt::driver
