#include "checker/driver/cli_help.h"

#include <CLI/CLI.hpp>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "checker/driver/cli_options.h"

namespace overt::driver {
namespace {

constexpr char kOverview[] = R"(overt: a type checker for Python that knows its class hierarchies

usage: overt [COMMAND] [OPTIONS] [PATH…]        `overt src` means `overt check src`

commands
  check [PATH…|-]        report findings; `-`: in what comes from standard input
  fix [PATH…]            make the safe fixes; `check --fix` reports what is left as well
  suppress ACTION        comments that silence findings: add, remove-unused, list
  baseline ACTION        what is accepted for now: create, update, prune, check, show, accept ID…

  explain RULE           what a rule finds, how to fix it; other checkers' codes too
  rules                  all rules with their levels here
  tree CLASS             its ancestors and its subclasses
  impact CLASS.MEMBER    what depends on it: overrides, heirs, uses by super(), class and self
  diff REF [PATH…]       what changed for those who derive from the classes

  files [PATH…]          the files that would be checked; or why one is not
  env [FILE]             the environment in use, and why; where an import is looked for
  config ACTION [FILE]   show, validate, schema, path
  init                   a configuration here, from that of mypy, pyright, pyrefly or ty
  doctor                 all that a bug report needs
  completions SHELL      a script with which a shell completes these words
  server                 the language server, on standard input and output
  clean                  remove the cache
  version                versions of overt and of its stubs

often used
  --fix, --diff          make the safe fixes, or show them
  --select RULE,…        report or fix these alone; turns on what is off by default
  --error, --warn, --info, --ignore RULE,…         level of a rule, a group or `all`
  --staged, --changed[=REF]                        what a commit or the work since REF breaks
  --output-format NAME   full, concise, json, sarif, github and more
  -w, --watch            check again when a file changes

`overt COMMAND --help` lists all options of a command.
exit code: 0 clean, 1 findings, 2 wrong usage or configuration, 101 internal error, 130 interrupted
)";

constexpr size_t kColumn = 32;  // where descriptions begin
constexpr size_t kWidth = 100;

// "-o, --output FILE".
std::string Spelling(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  const std::string& value = option.get_option_text();
  const absl::string_view gap = value.empty() || absl::StartsWith(value, "[=") ? "" : " ";
  return absl::StrCat(absl::StrJoin(names, ", "), gap, value);
}

// Columns on a terminal, where a character beyond ASCII takes one too.
size_t Width(absl::string_view text) {
  size_t width = 0;
  for (const char byte : text) width += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
  return width;
}

// The text in lines of at most `kWidth` columns, from `kColumn` on.
std::string Wrapped(absl::string_view text) {
  std::string out;
  size_t column = kColumn;
  for (const absl::string_view word : absl::StrSplit(text, ' ')) {
    const size_t width = Width(word);
    const bool is_first = column == kColumn;
    if (!is_first && column + 1 + width > kWidth) {
      absl::StrAppend(&out, "\n", std::string(kColumn, ' '), word);
      column = kColumn + width;
    } else {
      absl::StrAppend(&out, is_first ? "" : " ", word);
      column += width + (is_first ? 0 : 1);
    }
  }
  return out;
}

std::string Entry(const CLI::Option& option) {
  const std::string start = absl::StrCat("  ", Spelling(option));
  if (option.get_description().empty()) return start + "\n";
  const size_t width = Width(start);
  const std::string gap = width + 2 > kColumn ? "\n" + std::string(kColumn, ' ') : std::string(kColumn - width, ' ');
  return absl::StrCat(start, gap, Wrapped(option.get_description()), "\n");
}

}  // namespace

absl::string_view HelpOverview() { return kOverview; }

std::string HelpOf(const CLI::App& app, const CLI::App& command) {
  std::string usage = absl::StrCat("usage: overt ", command.get_name(), " [OPTIONS]");
  std::vector<std::string> groups;
  std::vector<const CLI::Option*> options;
  for (const CLI::App* one : {&command, &app}) {
    for (const CLI::Option* option : one->get_options()) {
      if (option->get_positional()) {
        absl::StrAppend(&usage, " ", option->get_option_text());
      } else if (!option->get_group().empty()) {
        options.push_back(option);
      }
    }
  }
  std::string out = absl::StrCat(command.get_description(), "\n\n", usage, "\n");
  for (const char* group : kOptionGroups) {
    std::string entries;
    for (const CLI::Option* option : options) {
      if (option->get_group() == group) entries += Entry(*option);
    }
    if (!entries.empty()) absl::StrAppend(&out, "\n", group, "\n", entries);
  }
  return out;
}

}  // namespace overt::driver
