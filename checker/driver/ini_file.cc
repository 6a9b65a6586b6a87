#include "checker/driver/ini_file.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::driver {

std::vector<IniEntry> ReadIni(absl::string_view text) {
  std::vector<IniEntry> entries;
  std::string section;
  bool is_open = false;  // the last entry may go on
  size_t number = 0;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    const absl::string_view words = absl::StripAsciiWhitespace(line);
    if (words.empty() || words[0] == '#' || words[0] == ';') continue;
    if (is_open && absl::ascii_isspace(static_cast<unsigned char>(line[0]))) {
      std::string& value = entries.back().value;
      absl::StrAppend(&value, value.empty() ? "" : "\n", words);
      continue;
    }
    is_open = false;
    if (words[0] == '[') {
      const size_t close = words.rfind(']');
      section = close == absl::string_view::npos ? "" : std::string(words.substr(1, close - 1));
      continue;
    }
    const size_t sign = words.find_first_of("=:");
    if (section.empty() || sign == absl::string_view::npos || sign == 0) continue;
    entries.push_back({section, absl::AsciiStrToLower(absl::StripAsciiWhitespace(words.substr(0, sign))),
                       std::string(absl::StripAsciiWhitespace(words.substr(sign + 1))), number});
    is_open = true;
  }
  return entries;
}

}  // namespace overt::driver
