#include "checker/driver/config_inline.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/config_reader.h"
#include "checker/driver/terminal.h"
#include "grammar/source/disk_log.h"
#include "stubs/toml.h"

namespace overt::driver {
namespace {

std::optional<toml::table> ParsedToml(const std::string& text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

// The text as a string of TOML, in one line.
std::string QuotedToml(absl::string_view text) {
  std::string out = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') out += '\\';
    out += byte == '\n' || byte == '\r' ? ' ' : byte;
  }
  return out + "\"";
}

}  // namespace

bool IsInlineSetting(const std::string& word, const std::string& current_folder) {
  return absl::StrContains(word, "=") &&
         grammar::AskKind(AbsolutePath(word, current_folder)).kind != grammar::PathKind::kFile;
}

void ReadInlineSetting(const std::string& word, const std::string& current_folder, Settings& settings,
                       std::vector<NamedPath>& named_paths, std::vector<ConfigProblem>& problems) {
  const size_t sign = word.find('=');
  const std::string key = word.substr(0, sign);
  const std::string value = word.substr(sign + 1);
  std::optional<toml::table> table = ParsedToml(word);
  if (!table) table = ParsedToml(absl::StrCat(key, "=", QuotedToml(value)));
  const ConfigFile file{absl::StrCat(current_folder, "/--config"), absl::StrCat("--config ", word), /*is_inline=*/true};
  if (!table) {
    problems.push_back(
        {"", 0, 0, absl::StrCat("`", file.display, "`: before `=` a key is wanted, such as `rules.missing-override`")});
  } else if (table->contains("extend")) {
    problems.push_back({"", 0, 0, absl::StrCat("`", file.display, "`: only a file can extend another one")});
  } else {
    ConfigReader(file, settings, named_paths, problems).Run(*table);
  }
}

}  // namespace overt::driver
