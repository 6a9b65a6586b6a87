// The words of the command line as a shell that completes them needs to know them: every command, what it takes, and
// what each word is for. Read from the one description in `checker/driver/cli_options.h`.
//
//   ReadVocabulary(app).commands[0]      # check: its options, those of every command, and that paths follow
//
// Not a script: there is one file for each shell beside this one (`shells.h`).
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_COMPLETIONS_VOCABULARY_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_COMPLETIONS_VOCABULARY_H_

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace overt::driver {

enum class ValueKind : uint8_t {
  kNone,
  kOptional,  // `--changed`, `--changed=REF`
  kWord,      // nothing a shell could know
  kPath,
  kChoice,  // one of `choices`
};

struct OptionWord {
  std::vector<std::string> short_names, long_names;  // without dashes
  std::string description;
  ValueKind kind = ValueKind::kNone;
  std::string placeholder;  // "FILE"; empty where there is no value
  std::vector<std::string> choices;

  // With their dashes: "-o", "--output".
  std::vector<std::string> Spellings() const;
  bool needs_value() const { return kind != ValueKind::kNone && kind != ValueKind::kOptional; }
};

struct CommandWord {
  std::string name, description;
  std::vector<OptionWord> options;         // its own
  std::vector<std::string> first_operand;  // what it may be: `create`, `update`; empty: anything
  bool takes_paths = false;
};

struct Vocabulary {
  std::vector<CommandWord> commands;
  std::vector<OptionWord> common;  // options of every command
};

Vocabulary ReadVocabulary(const CLI::App& app);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_COMPLETIONS_VOCABULARY_H_
