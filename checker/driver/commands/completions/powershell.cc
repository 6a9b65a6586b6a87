// For PowerShell, Windows' own and `pwsh`: a table of words with what they are for, and a block that chooses from it.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "checker/driver/commands/completions/shells.h"

namespace overt::driver {
namespace {

std::string QuotedForPowerShell(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
}

std::string ListForPowerShell(const std::vector<std::string>& words) {
  return absl::StrCat(
      "@(",
      absl::StrJoin(words, ", ",
                    [](std::string* out, const std::string& one) { absl::StrAppend(out, QuotedForPowerShell(one)); }),
      ")");
}

// `        , @('--color', '…', @('auto', 'always', 'never'))` for each spelling: its word, what it is for, its values.
// A list of one row would be taken for the row without the comma before it.
std::string RowsForPowerShell(const std::vector<OptionWord>& options) {
  std::vector<std::string> rows;
  for (const OptionWord& option : options) {
    for (const std::string& name : option.Spellings()) {
      rows.push_back(absl::StrCat("        , @(", QuotedForPowerShell(name), ", ",
                                  QuotedForPowerShell(option.description), ", ", ListForPowerShell(option.choices),
                                  ")"));
    }
  }
  return absl::StrCat("@(\n", absl::StrJoin(rows, "\n"), "\n    )");
}

}  // namespace

std::string ScriptForPowerShell(const Vocabulary& words) {
  std::string names, options, operands;
  for (const CommandWord& command : words.commands) {
    absl::StrAppend(&names, "        , @(", QuotedForPowerShell(command.name), ", ",
                    QuotedForPowerShell(command.description), ")\n");
    if (!command.options.empty()) {
      absl::StrAppend(&options, "    $options[", QuotedForPowerShell(command.name),
                      "] = ", RowsForPowerShell(command.options), "\n");
    }
    if (!command.first_operand.empty()) {
      absl::StrAppend(&operands, "    $operands[", QuotedForPowerShell(command.name),
                      "] = ", ListForPowerShell(command.first_operand), "\n");
    }
  }
  return absl::StrReplaceAll(R"(Register-ArgumentCompleter -Native -CommandName overt -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $commands = @(
@NAMES@    )
    $common = @COMMON@
    $options = @{}
@OPTIONS@    $operands = @{}
@OPERANDS@    $names = $commands | ForEach-Object { $_[0] }
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    $command = @($before | Where-Object { $names -contains $_ }) + @('check') | Select-Object -First 1
    $known = @($options[$command] | Where-Object { $_ }) + $common
    $last = if ($before.Count) { $before[-1] } else { '' }
    $values = @($known | Where-Object { $_[0] -ceq $last } | ForEach-Object { $_[2] })
    $found = @(if ($values.Count) {
        $values | ForEach-Object { , @($_, $_) }
    } elseif ($wordToComplete -like '-*') {
        $known | ForEach-Object { , @($_[0], $_[1]) }
    } elseif ($before.Count -eq 0) {
        $commands
    } elseif ($last -eq $command) {
        $operands[$command] | Where-Object { $_ } | ForEach-Object { , @($_, $_) }
    })
    $found | Where-Object { $_ -and $_[0] -clike "$wordToComplete*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
    }
}
)",
                             {{"@NAMES@", names},
                              {"@COMMON@", RowsForPowerShell(words.common)},
                              {"@OPTIONS@", options},
                              {"@OPERANDS@", operands}});
}

}  // namespace overt::driver
