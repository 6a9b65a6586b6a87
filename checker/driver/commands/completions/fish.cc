// For fish: a line for each word, with what it is for.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/commands/completions/shells.h"

namespace overt::driver {
namespace {

std::string QuotedForFish(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

// "-x": a value and no file; "-r -F": a file.
std::string ValueForFish(const OptionWord& option) {
  switch (option.kind) {
    case ValueKind::kNone:
    case ValueKind::kOptional: return "";
    case ValueKind::kWord: return " -x";
    case ValueKind::kPath: return " -r -F";
    case ValueKind::kChoice: return absl::StrCat(" -x -a ", QuotedForFish(absl::StrJoin(option.choices, " ")));
  }
  return "";
}

std::string LineForFish(const std::string& condition, const OptionWord& option) {
  std::string line = absl::StrCat("complete -c overt", condition);
  for (const std::string& name : option.short_names) absl::StrAppend(&line, " -s ", name);
  for (const std::string& name : option.long_names) absl::StrAppend(&line, " -l ", name);
  return absl::StrCat(line, ValueForFish(option), " -d ", QuotedForFish(option.description), "\n");
}

}  // namespace

std::string ScriptForFish(const Vocabulary& words) {
  std::string out;
  for (const OptionWord& option : words.common) absl::StrAppend(&out, LineForFish("", option));
  for (const CommandWord& command : words.commands) {
    absl::StrAppend(&out, "complete -c overt -n __fish_use_subcommand -a ", command.name, " -d ",
                    QuotedForFish(command.description), "\n");
    const std::string condition = absl::StrCat(" -n '__fish_seen_subcommand_from ", command.name, "'");
    for (const OptionWord& option : command.options) absl::StrAppend(&out, LineForFish(condition, option));
    if (command.first_operand.empty()) continue;
    absl::StrAppend(&out, "complete -c overt", condition, " -f -a ",
                    QuotedForFish(absl::StrJoin(command.first_operand, " ")), "\n");
  }
  return out;
}

}  // namespace overt::driver
