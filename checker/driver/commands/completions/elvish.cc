// For elvish: a function that is asked with the words so far and answers with candidates and what they are for.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/commands/completions/shells.h"

namespace overt::driver {
namespace {

std::string QuotedForElvish(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
}

std::string ListForElvish(const std::vector<std::string>& words) {
  return absl::StrCat("[", absl::StrJoin(words, " "), "]");
}

// `    [--color '…' [auto always never]]` for each spelling: its word, what it is for, its values.
std::string RowsForElvish(const std::vector<OptionWord>& options) {
  std::string out;
  for (const OptionWord& option : options) {
    for (const std::string& name : option.Spellings()) {
      absl::StrAppend(&out, "    [", name, " ", QuotedForElvish(option.description), " ", ListForElvish(option.choices),
                      "]\n");
    }
  }
  return out;
}

}  // namespace

std::string ScriptForElvish(const Vocabulary& words) {
  std::string names, options, operands;
  for (const CommandWord& command : words.commands) {
    absl::StrAppend(&names, "    [", command.name, " ", QuotedForElvish(command.description), "]\n");
    absl::StrAppend(&options, "  &", command.name, "=[\n", RowsForElvish(command.options), "  ]\n");
    absl::StrAppend(&operands, "  &", command.name, "=", ListForElvish(command.first_operand), "\n");
  }
  return absl::StrReplaceAll(R"(var overt-commands = [
@NAMES@]
var overt-common = [
@COMMON@]
var overt-options = [
@OPTIONS@]
var overt-operands = [
@OPERANDS@]
fn overt-candidates {|@words|
  var word = $words[-1]
  var before = $words[1..-1]
  var command = check
  for one $before {
    if (has-key $overt-options $one) {
      set command = $one
      break
    }
  }
  var known = [(all $overt-options[$command]) (all $overt-common)]
  var last = ''
  if (> (count $before) 0) {
    set last = $before[-1]
  }
  for option $known {
    if (and (eq $option[0] $last) (> (count $option[2]) 0)) {
      all $option[2]
      return
    }
  }
  if (and (> (count $word) 0) (eq $word[0] '-')) {
    for option $known {
      edit:complex-candidate $option[0] &display=$option[0]'  '$option[1]
    }
    return
  }
  if (== (count $before) 0) {
    for one $overt-commands {
      edit:complex-candidate $one[0] &display=$one[0]'  '$one[1]
    }
  } elif (eq $last $command) {
    all $overt-operands[$command]
  }
  edit:complete-filename $word
}
set edit:completion:arg-completer[overt] = $overt-candidates~
)",
                             {{"@NAMES@", names},
                              {"@COMMON@", RowsForElvish(words.common)},
                              {"@OPTIONS@", options},
                              {"@OPERANDS@", operands}});
}

}  // namespace overt::driver
