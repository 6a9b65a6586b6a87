// For bash, which shows no descriptions. It takes `--color=al` for three words, so an option may stand two words back.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/commands/completions/shells.h"

namespace overt::driver {
namespace {

std::string SpellingsForBash(const std::vector<OptionWord>& options) {
  return absl::StrJoin(options, " ", [](std::string* out, const OptionWord& one) {
    absl::StrAppend(out, absl::StrJoin(one.Spellings(), " "));
  });
}

// What may stand behind an option: `    'check -o'|'check --output') files "$word"; return ;;`. `command`: a pattern.
std::string ValuesForBash(const std::string& command, const std::vector<OptionWord>& options) {
  std::string out;
  for (const OptionWord& option : options) {
    if (!option.needs_value()) continue;
    const std::string places = absl::StrJoin(option.Spellings(), "|", [&](std::string* to, const std::string& name) {
      absl::StrAppend(to, command, "' ", name, "'");
    });
    std::string answer;
    if (option.kind == ValueKind::kPath) answer = R"(COMPREPLY=($(compgen -f -- "$word")); )";
    if (option.kind == ValueKind::kChoice) {
      answer = absl::StrCat("COMPREPLY=($(compgen -W '", absl::StrJoin(option.choices, " "), R"(' -- "$word")); )");
    }
    absl::StrAppend(&out, "    ", places, ") ", answer, "return ;;\n");
  }
  return out;
}

}  // namespace

std::string ScriptForBash(const Vocabulary& words) {
  std::string names, values, options;
  for (const CommandWord& command : words.commands) {
    absl::StrAppend(&names, names.empty() ? "" : " ", command.name);
    absl::StrAppend(&values, ValuesForBash(command.name, command.options));
    absl::StrAppend(&options, "    ", command.name, ") options='", SpellingsForBash(command.options), "' operands='",
                    absl::StrJoin(command.first_operand, " "), "' ;;\n");
  }
  absl::StrAppend(&values, ValuesForBash("*", words.common));
  return absl::StrReplaceAll(
      R"(_overt() {
  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command=check one options operands
  if [[ "$word" == = ]]; then
    word=
  elif [[ "$before" == = ]]; then
    before="${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for one in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " @NAMES@ " in *" $one "*) command="$one"; break ;; esac
  done
  case "$command $before" in
@VALUES@  esac
  case "$command" in
@OPTIONS@  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$options @COMMON@" -- "$word"))
  elif [[ "$COMP_CWORD" -eq 1 ]]; then
    COMPREPLY=($(compgen -W "@NAMES@" -- "$word") $(compgen -f -- "$word"))
  elif [[ -n "$operands" && "$before" == "$command" ]]; then
    COMPREPLY=($(compgen -W "$operands" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _overt overt
)",
      {{"@NAMES@", names}, {"@VALUES@", values}, {"@OPTIONS@", options}, {"@COMMON@", SpellingsForBash(words.common)}});
}

}  // namespace overt::driver
