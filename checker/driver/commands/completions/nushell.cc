// For Nushell: an `extern` for each command, which is what the shell completes, shows and checks.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/commands/completions/shells.h"

namespace overt::driver {
namespace {

std::string ChoicesForNushell(const std::string& name, const std::vector<std::string>& choices) {
  return absl::StrCat("def ", name, " [] {\n  [", absl::StrJoin(choices, " "), "]\n}\n\n");
}

std::string CompleterName(const std::string& command, const std::string& word) {
  return absl::StrCat("\"nu-complete overt ", command, command.empty() ? "" : " ", word, "\"");
}

// Of several names with two dashes each is an option of its own; a short one goes with the first of them.
std::string ParametersForNushell(const std::string& command, const std::vector<OptionWord>& options) {
  std::string out;
  for (const OptionWord& option : options) {
    std::string type;
    if (option.kind == ValueKind::kWord) type = ": string";
    if (option.kind == ValueKind::kPath) type = ": path";
    if (option.kind == ValueKind::kChoice)
      type = absl::StrCat(": string@", CompleterName(command, option.long_names[0]));
    for (const std::string& name : option.long_names) {
      const bool has_short = !option.short_names.empty() && name == option.long_names[0];
      absl::StrAppend(&out, "  --", name, has_short ? absl::StrCat("(-", option.short_names[0], ")") : "", type, " # ",
                      option.description, "\n");
    }
  }
  return out;
}

std::string CompletersForNushell(const std::string& command, const std::vector<OptionWord>& options) {
  std::string out;
  for (const OptionWord& option : options) {
    if (option.kind != ValueKind::kChoice) continue;
    absl::StrAppend(&out, ChoicesForNushell(CompleterName(command, option.long_names[0]), option.choices));
  }
  return out;
}

std::string OperandsForNushell(const CommandWord& command) {
  std::string out;
  if (!command.first_operand.empty()) {
    absl::StrAppend(&out, "  action?: string@", CompleterName(command.name, "action"), "\n");
  }
  return absl::StrCat(out, "  ...rest: ", command.takes_paths ? "path" : "string", "\n");
}

std::string ExternForNushell(const CommandWord& command, const std::vector<OptionWord>& common) {
  std::string out = CompletersForNushell(command.name, command.options);
  if (!command.first_operand.empty()) {
    absl::StrAppend(&out, ChoicesForNushell(CompleterName(command.name, "action"), command.first_operand));
  }
  return absl::StrCat(out, "# ", command.description, "\nexport extern \"overt ", command.name, "\" [\n",
                      OperandsForNushell(command), ParametersForNushell(command.name, command.options),
                      ParametersForNushell("", common), "]\n\n");
}

}  // namespace

std::string ScriptForNushell(const Vocabulary& words) {
  std::string out = CompletersForNushell("", words.common);
  for (const CommandWord& command : words.commands) absl::StrAppend(&out, ExternForNushell(command, words.common));
  return absl::StrCat(out, "# A static checker for Python class hierarchies.\nexport extern overt [\n  ...rest: path\n",
                      ParametersForNushell("", words.common), "]\n");
}

}  // namespace overt::driver
