#include "checker/driver/commands/completions/vocabulary.h"

#include <CLI/CLI.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace overt::driver {
namespace {

// The parser's check that a word is one of several names them in the option's type: "TEXT:{auto,always,never}".
std::vector<std::string> ChoicesOf(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const size_t begin = type.find('{'), end = type.find('}');
  if (begin == std::string::npos || end == std::string::npos) return {};
  return absl::StrSplit(type.substr(begin + 1, end - begin - 1), ',');
}

bool NamesPath(absl::string_view placeholder) {
  constexpr absl::string_view kPaths[] = {"PATH", "FILE", "DIR"};
  return absl::c_any_of(kPaths, [&](absl::string_view word) { return absl::StrContains(placeholder, word); });
}

ValueKind KindOf(const OptionWord& word) {
  if (word.placeholder.empty()) return ValueKind::kNone;
  if (absl::StartsWith(word.placeholder, "[=")) return ValueKind::kOptional;  // "[FORMAT:]FILE" is not
  if (!word.choices.empty()) return ValueKind::kChoice;
  return NamesPath(word.placeholder) ? ValueKind::kPath : ValueKind::kWord;
}

// "[=REF]" is a REF.
absl::string_view WithoutBrackets(absl::string_view placeholder) {
  absl::ConsumePrefix(&placeholder, "[=");
  absl::ConsumeSuffix(&placeholder, "]");
  return placeholder;
}

OptionWord WordOf(const CLI::Option& option) {
  OptionWord word;
  word.short_names = option.get_snames();
  word.long_names = option.get_lnames();
  word.description = option.get_description();
  word.placeholder = option.get_option_text();
  word.choices = ChoicesOf(option);
  word.kind = KindOf(word);
  if (word.kind == ValueKind::kOptional) word.placeholder = std::string(WithoutBrackets(word.placeholder));
  return word;
}

// Those that the help shows too. `--help` is not among them: whoever reads the command line looks for it first.
std::vector<OptionWord> OptionsOf(const CLI::App& app) {
  std::vector<OptionWord> words;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional() && !option->get_group().empty()) words.push_back(WordOf(*option));
  }
  return words;
}

CommandWord CommandOf(const CLI::App& app) {
  CommandWord command;
  command.name = app.get_name();
  command.description = app.get_description();
  command.options = OptionsOf(app);
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    if (command.first_operand.empty()) command.first_operand = ChoicesOf(*option);
    command.takes_paths |= NamesPath(option->get_option_text());
  }
  return command;
}

}  // namespace

std::vector<std::string> OptionWord::Spellings() const {
  std::vector<std::string> all;
  all.reserve(short_names.size() + long_names.size());
  for (const std::string& name : short_names) all.push_back(absl::StrCat("-", name));
  for (const std::string& name : long_names) all.push_back(absl::StrCat("--", name));
  return all;
}

Vocabulary ReadVocabulary(const CLI::App& app) {
  Vocabulary words;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    words.commands.push_back(CommandOf(*command));
  }
  words.common = OptionsOf(app);
  OptionWord help;
  help.short_names = {"h"};
  help.long_names = {"help"};
  help.description = "list all options of the command";
  words.common.push_back(std::move(help));
  return words;
}

}  // namespace overt::driver
