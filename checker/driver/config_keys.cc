#include "checker/driver/config_keys.h"

namespace overt::driver {

absl::Span<const ConfigKey> ConfigKeys() {
  static constexpr absl::string_view kPresetNames =
#define PRESET(ident, name, summary) name " "
#include "diagnostics/presets.def"
      ;
  static constexpr ConfigKey kKeys[] = {
      {"preset", ValueForm::kString, "\"standard\"", "a level for every rule, on which `rules` stands", kPresetNames},
      {"environment.python", ValueForm::kString, "", "interpreter, environment folder or prefix to read packages from"},
      {"environment.python-version", ValueForm::kVersion, "",
       "version of Python that the code is written for, or a range: \"3.9..3.13\""},
      {"environment.python-platform", ValueForm::kPlatforms, "\"linux\"",
       "a value of `sys.platform`, or a list; \"all\" is linux, darwin and win32"},
      {"environment.root", ValueForm::kStrings, "[]", "first-party folders; found by layout if empty"},
      {"environment.extra-paths", ValueForm::kStrings, "[]", "folders searched before installed packages"},
      {"environment.typeshed", ValueForm::kString, "", "a folder of typeshed's layout, in place of the bundled stubs"},
      {"environment.allowed-unresolved-imports", ValueForm::kStrings, "[]",
       "modules that `unresolved-import` leaves alone, `name` or `name.*`"},
      {"src.include", ValueForm::kStrings, "[]", "gitignore-style patterns of files to check; all if empty"},
      {"src.exclude", ValueForm::kStrings, "[]", "gitignore-style patterns of files and folders to leave out"},
      {"src.extend-exclude", ValueForm::kStrings, "[]",
       "further patterns to leave out, on top of `exclude` and of what an extended file leaves out"},
      {"src.respect-ignore-files", ValueForm::kBoolean, "true",
       "leave out what `.gitignore` files, the repository's `info/exclude` and git's `core.excludesFile` name"},
      {"src.force-exclude", ValueForm::kBoolean, "false",
       "leave out excluded files and folders even when they are named"},
      {"src.max-file-size", ValueForm::kInteger, "50", "larger files are not read, in megabytes"},
      {"rules", ValueForm::kLevels, "{}",
       "rules, groups or \"all\" to \"error\", \"warn\", \"info\" or \"ignore\"; or { level, exempt }"},
      {"analysis.treat-as-override", ValueForm::kStrings, "[]", "dotted names of decorators that mean `@override`"},
      {"suppressions.honour-type-ignore", ValueForm::kBoolean, "true", "`# type: ignore` silences overt too"},
      {"suppressions.report-unused", ValueForm::kBoolean, "true", "report comments that suppress nothing"},
      {"suppressions.require-reason", ValueForm::kBoolean, "false", "`overt suppress add` needs a `--reason`"},
      {"fix.fixable", ValueForm::kRules, "[\"all\"]", "rules, groups or \"all\": whose findings fixes are made of"},
      {"fix.unfixable", ValueForm::kRules, "[]", "rules, groups or \"all\" whose findings stay, whatever is fixable"},
      {"fix.override-import", ValueForm::kString, "\"auto\"",
       "where fixes import `override` from: \"typing\", \"typing_extensions\", or \"auto\" for `typing` from Python "
       "3.12 on",
       "auto typing typing_extensions"},
      {"terminal.output-format", ValueForm::kString, "",
       "full, concise, grouped, json, json-lines, sarif, github, gitlab, junit, rdjson, azure, teamcity, pylint, "
       "markdown, mypy, mypy-json or pyright-json",
       "full concise json json-lines sarif github gitlab junit rdjson grouped azure teamcity pylint markdown mypy "
       "mypy-json pyright-json"},
      {"terminal.error-on-warning", ValueForm::kBoolean, "false", "warnings fail the run too"},
      {"baseline.path", ValueForm::kPathBelow, "\"overt-baseline.json\"",
       "file below the project with the findings that are accepted for now"},
      {"baseline.mode", ValueForm::kString, "",
       "what is done about entries that are no longer found: \"auto\" takes them out, \"lock\" fails, \"discard\" lets "
       "them be; \"lock\" in CI and \"auto\" elsewhere, if nothing is chosen",
       "auto lock discard"},
      {"baseline.level", ValueForm::kString, "\"ignore\"",
       "\"warn\" or \"info\" shows findings of the baseline at that level, without failing the run",
       "ignore info warn"},
      {"cache-dir", ValueForm::kPathBelow, "\".overt_cache\"",
       "folder below the project for what a later run can use again"},
      {"extend", ValueForm::kString, "", "another TOML file, whose settings are taken first"},
      {"required-version", ValueForm::kVersionClauses, "",
       "versions of overt that this is written for, as in \">=0.1\""},
      {"overrides", ValueForm::kTables, "[]",
       "tables of selectors (include, exclude, modules, bases, members, decorators), with a preset or rules for the "
       "findings that they select; later ones win"},
  };
  return kKeys;
}

const ConfigKey* FindKey(absl::string_view path) {
  for (const ConfigKey& key : ConfigKeys()) {
    if (key.path == path) return &key;
  }
  return nullptr;
}

absl::string_view FormName(ValueForm form) {
  switch (form) {
    case ValueForm::kString:
    case ValueForm::kVersionClauses:
    case ValueForm::kPathBelow: return "a string";
    case ValueForm::kBoolean: return "true or false";
    case ValueForm::kInteger: return "a whole number";
    case ValueForm::kStrings: return "a list of strings";
    case ValueForm::kRules: return "a list of rules and groups";
    case ValueForm::kVersion: return "a version in quotes, such as \"3.12\", or a range, \"3.9..3.12\"";
    case ValueForm::kPlatforms: return "the name of a platform, such as \"linux\", or a list of such names";
    case ValueForm::kLevels: return "a table of rules and levels";
    case ValueForm::kTables: return "a list of tables";
  }
  return "";
}

}  // namespace overt::driver
