// For zsh: what `_arguments` takes. As a file `_overt` in a folder of `fpath` it is the function itself, evaluated in a
// start file it names it for `overt`.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/commands/completions/shells.h"

namespace overt::driver {
namespace {

std::string QuotedForZsh(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// Within the parts of a specification.
std::string EscapedForZsh(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"}, {":", "\\:"}, {"[", "\\["}, {"]", "\\]"}});
}

// ":FILE:_files"; its first part says what is wanted.
std::string ValueForZsh(const OptionWord& option) {
  const std::string what = absl::StrCat(":", EscapedForZsh(option.placeholder), ":");
  const std::string choices = absl::StrCat("(", absl::StrJoin(option.choices, " "), ")");
  switch (option.kind) {
    case ValueKind::kNone: return "";
    case ValueKind::kOptional: return absl::StrCat(":", what, option.choices.empty() ? "" : choices);
    case ValueKind::kWord: return absl::StrCat(what, "( )");
    case ValueKind::kPath: return absl::StrCat(what, "_files");
    case ValueKind::kChoice: return absl::StrCat(what, choices);
  }
  return "";
}

// Whether the value may or must stand in the same word.
std::string MarkForZsh(const OptionWord& option, bool is_long) {
  if (option.kind == ValueKind::kNone) return "";
  if (option.kind == ValueKind::kOptional) return "=-";
  return is_long ? "=" : "+";
}

// `    '*--color=[…]:auto|always|never:(auto always never)'`, for each spelling.
std::string SpecificationsForZsh(const std::vector<OptionWord>& options) {
  std::string out;
  for (const OptionWord& option : options) {
    for (const std::string& name : option.Spellings()) {
      const std::string mark = MarkForZsh(option, name[1] == '-');
      absl::StrAppend(
          &out, "        ",
          QuotedForZsh(absl::StrCat("*", name, mark, "[", EscapedForZsh(option.description), "]", ValueForZsh(option))),
          "\n");
    }
  }
  return out;
}

std::string OperandForZsh(const CommandWord& command) {
  if (!command.first_operand.empty()) {
    return absl::StrCat("        ':action:(", absl::StrJoin(command.first_operand, " "), ")' '*:path:_files'\n");
  }
  return command.takes_paths ? "        '*:path:_files'\n" : "        '*:word:( )'\n";
}

}  // namespace

std::string ScriptForZsh(const Vocabulary& words) {
  std::string commands, cases;
  for (const CommandWord& command : words.commands) {
    absl::StrAppend(&commands, "    ",
                    QuotedForZsh(absl::StrCat(EscapedForZsh(command.name), ":", command.description)), "\n");
    absl::StrAppend(&cases, "    ", command.name, ")\n      specifications+=(\n", SpecificationsForZsh(command.options),
                    OperandForZsh(command), "      ) ;;\n");
  }
  return absl::StrReplaceAll(
      R"(#compdef overt
_overt() {
  local -a commands specifications
  commands=(
@COMMANDS@  )
  specifications=(
@COMMON@  )
  local at name=
  for (( at = 2; at < CURRENT; at++ )); do
    if (( ${commands[(I)${words[at]}:*]} )); then
      name=${words[at]}
      words=("${(@)words[1,at-1]}" "${(@)words[at+1,-1]}")
      (( CURRENT-- ))
      break
    fi
  done
  if (( CURRENT == 2 )) && [[ -z $name && ${words[2]} != -* ]]; then
    _describe -t commands command commands
    _files
    return
  fi
  case ${name:-check} in
@CASES@  esac
  _arguments -s $specifications
}
if [[ ${funcstack[1]} == _overt ]]; then
  _overt "$@"
else
  compdef _overt overt
fi
)",
      {{"@COMMANDS@", commands}, {"@COMMON@", SpecificationsForZsh(words.common)}, {"@CASES@", cases}});
}

}  // namespace overt::driver
