#include "checker/driver/git_config.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/driver/terminal.h"
#include "checker/resolve/disk.h"

namespace overt::driver {
namespace {

// One text, character by character, as git does it: lines go on behind a backslash, and quotes keep blanks.
class GitConfigReader {
 public:
  explicit GitConfigReader(absl::string_view text) : text_(text) { absl::ConsumePrefix(&text_, "\xEF\xBB\xBF"); }

  std::vector<std::pair<std::string, std::string>> Run() && {
    while (at_ < text_.size()) {
      SkipBlanks();
      if (at_ < text_.size() && text_[at_] == '[') {
        ReadSection();
      } else if (at_ < text_.size() && absl::ascii_isalpha(static_cast<unsigned char>(text_[at_]))) {
        ReadVariable();
      } else {
        SkipLine();
      }
    }
    return std::move(out_);
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size() && absl::ascii_isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  void SkipLine() {
    const size_t end = text_.find('\n', at_);
    at_ = end == absl::string_view::npos ? text_.size() : end + 1;
  }

  // `[core]`, `[filter "lfs"]`; a variable may follow on the line.
  void ReadSection() {
    std::string name, subsection;
    bool is_quoted = false, has_subsection = false;
    for (++at_; at_ < text_.size() && text_[at_] != '\n' && (is_quoted || text_[at_] != ']'); ++at_) {
      if (text_[at_] == '"') {
        is_quoted = !is_quoted;
        has_subsection = true;
        continue;
      }
      if (is_quoted && text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      (is_quoted ? subsection : name) += text_[at_];
    }
    section_.clear();
    if (at_ >= text_.size() || text_[at_] != ']') return SkipLine();
    ++at_;
    section_ = absl::AsciiStrToLower(absl::StripAsciiWhitespace(name));
    if (has_subsection) absl::StrAppend(&section_, ".", subsection);
  }

  void ReadVariable() {
    const size_t begin = at_;
    while (at_ < text_.size() && (absl::ascii_isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '-'))
      ++at_;
    const std::string name = absl::AsciiStrToLower(text_.substr(begin, at_ - begin));
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    std::string value;
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      value = ReadValue();
    } else {
      SkipLine();
    }
    if (!section_.empty()) out_.emplace_back(absl::StrCat(section_, ".", name), std::move(value));
  }

  std::string ReadValue() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    std::string value;
    size_t kept = 0;  // blanks behind this are dropped, if the line ends with them
    bool is_quoted = false;
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      char c = text_[at_];
      if (!is_quoted && (c == '#' || c == ';')) {
        SkipLine();
        value.resize(kept);
        return value;
      }
      if (c == '"') {
        is_quoted = !is_quoted;
        kept = value.size();
        continue;
      }
      if (c == '\\' && at_ + 1 < text_.size()) {
        c = text_[++at_];
        if (c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
        if (c == '\n' || c == '\r') continue;
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        value += c;
        kept = value.size();
        continue;
      }
      value += c;
      if (is_quoted || !absl::ascii_isspace(static_cast<unsigned char>(c))) kept = value.size();
    }
    value.resize(kept);
    return value;
  }

  absl::string_view text_;
  size_t at_ = 0;
  std::string section_;
  std::vector<std::pair<std::string, std::string>> out_;
};

// `~/` is the home folder; what is relative starts at `folder`.
std::string PathOfValue(absl::string_view value, const std::string& folder) {
  if (value.empty()) return "";
  if (absl::ConsumePrefix(&value, "~/")) {
    const std::optional<std::string> home = EnvironmentVariable("HOME");
    return home ? resolve::CleanPath(*home, value) : "";
  }
  return value[0] == '~' ? "" : resolve::CleanPath(folder, value);
}

// Files that say the same thing later win, so the last answer is the answer.
void ReadExcludesFile(const std::string& path, const std::string& top, int depth, std::optional<std::string>& answer) {
  constexpr int kMostIncludes = 10;  // as git has it
  if (path.empty() || depth > kMostIncludes) return;
  const std::string text = resolve::ReadSmallText(path);
  if (text.empty()) return;
  for (const auto& [name, value] : ReadGitConfig(text)) {
    if (name == "include.path") {
      ReadExcludesFile(PathOfValue(value, resolve::Parent(path)), top, depth + 1, answer);
    } else if (name == "core.excludesfile") {
      answer = PathOfValue(value, top);
    }
  }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> ReadGitConfig(absl::string_view text) {
  return GitConfigReader(text).Run();
}

std::string GlobalExcludesFile(const std::string& repository) {
  const std::string top = resolve::Parent(repository);
  std::optional<std::string> answer;
  if (const auto system = EnvironmentVariable("GIT_CONFIG_SYSTEM")) {
    ReadExcludesFile(*system, top, 0, answer);
  } else if (!EnvironmentVariable("GIT_CONFIG_NOSYSTEM")) {
    ReadExcludesFile("/etc/gitconfig", top, 0, answer);
  }
  const std::optional<std::string> home = EnvironmentVariable("HOME");
  std::optional<std::string> folder = EnvironmentVariable("XDG_CONFIG_HOME");
  if (!folder && home) folder = absl::StrCat(*home, "/.config");
  if (const auto global = EnvironmentVariable("GIT_CONFIG_GLOBAL")) {
    ReadExcludesFile(*global, top, 0, answer);
  } else {
    if (folder) ReadExcludesFile(absl::StrCat(*folder, "/git/config"), top, 0, answer);
    if (home) ReadExcludesFile(absl::StrCat(*home, "/.gitconfig"), top, 0, answer);
  }
  ReadExcludesFile(absl::StrCat(repository, "/config"), top, 0, answer);
  if (answer) return *answer;
  return folder ? absl::StrCat(*folder, "/git/ignore") : "";
}

}  // namespace overt::driver
