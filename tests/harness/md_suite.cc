#include "tests/harness/md_suite.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::harness {
namespace {

struct Heading {
  size_t level = 0;
  std::string text;
  std::string config;  // inherited by the headings below
};

// A fence's opening line taken apart.
struct Fence {
  std::string ticks;
  std::string language;  // the info string
};

std::optional<Fence> ParseFence(absl::string_view line) {
  const size_t ticks = std::min(line.find_first_not_of('`'), line.size());
  if (ticks < 3) return std::nullopt;
  const absl::string_view info = absl::StripAsciiWhitespace(line.substr(ticks));
  if (absl::StrContains(info, "`")) return std::nullopt;  // inline code at the start of a paragraph
  return Fence{std::string(ticks, '`'), std::string(info)};
}

// `` `pkg/base.py`: `` alone on its line: the name of the file that the next fence holds.
std::string NamedFile(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line);
  if (!absl::ConsumePrefix(&line, "`") || !absl::ConsumeSuffix(&line, "`:")) return "";
  if (line.empty() || absl::StrContains(line, "`")) return "";
  return std::string(line);
}

std::string FilterName(absl::string_view title) {
  std::string name;
  for (const char c : title) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain) {
      name.push_back(c);
    } else if (!name.empty() && name.back() != '_') {
      name.push_back('_');
    }
  }
  while (absl::EndsWith(name, "_")) name.pop_back();
  return name;
}

// Whether the fence pins what an editor is answered.
bool IsQuestion(absl::string_view language) {
  for (const absl::string_view one :
       {"hover", "definition", "declaration", "implementation", "supertypes", "subtypes", "super-members", "completion",
        "ignore", "implement", "incoming-calls", "outgoing-calls", "code-lens", "inlay-hints", "symbols", "gutter"}) {
    if (language == one) return true;
  }
  return false;
}

class Parser {
 public:
  explicit Parser(const std::string& path) { suite_.path = path; }

  Suite Parse(const std::string& text) && {
    lines_ = absl::StrSplit(text, '\n');
    for (next_ = 0; next_ < lines_.size(); ++next_) ReadLine(lines_[next_]);
    FinishTest();
    CheckNames();
    return std::move(suite_);
  }

 private:
  void Problem(size_t line, absl::string_view message) {
    suite_.problems.push_back(absl::StrCat(suite_.path, ":", line, ": ", message));
  }

  void ReadLine(absl::string_view line) {
    if (const std::optional<Fence> fence = ParseFence(line)) return ReadFence(*fence);
    const size_t hashes = std::min(line.find_first_not_of('#'), line.size());
    if (hashes >= 1 && hashes <= 6 && absl::StartsWith(line.substr(hashes), " ")) {
      return ReadHeading(hashes, absl::StripAsciiWhitespace(line.substr(hashes)));
    }
    absl::string_view comment = absl::StripAsciiWhitespace(line);
    if (absl::ConsumePrefix(&comment, "<!-- known-wrong:")) {
      absl::ConsumeSuffix(&comment, "-->");
      test_.known_wrong = std::string(absl::StripAsciiWhitespace(comment));
    }
    if (absl::StripAsciiWhitespace(line).empty()) return;
    named_file_ = NamedFile(line);
  }

  void ReadHeading(size_t level, absl::string_view text) {
    FinishTest();
    while (!headings_.empty() && headings_.back().level >= level) headings_.pop_back();
    headings_.push_back({level, std::string(text), ""});
    test_.line = next_ + 1;
  }

  // Takes the lines up to the closing fence and gives them their meaning.
  void ReadFence(const Fence& fence) {
    const size_t opening = next_ + 1;
    std::vector<absl::string_view> body;
    for (++next_; next_ < lines_.size() && !absl::StartsWith(lines_[next_], fence.ticks); ++next_) {
      body.push_back(lines_[next_]);
    }
    if (next_ == lines_.size()) Problem(opening, "this fence is never closed");
    std::string text;
    for (const absl::string_view line : body) absl::StrAppend(&text, line, "\n");
    const std::string name = std::exchange(named_file_, "");
    const std::vector<std::string> words = absl::StrSplit(fence.language, ' ', absl::SkipEmpty());
    const std::string language = words.empty() ? "" : words.front();
    if (language == "snapshot" || fence.language == "text snapshot") {
      test_.snapshots.push_back({"full", text, opening + 1, body.size()});
    } else if (language == "concise") {
      test_.snapshots.push_back({"concise", text, opening + 1, body.size()});
    } else if ((language == "py" || language == "pyi") && words.size() > 1 && words[1] == "fixed") {
      test_.fixed.push_back({name.empty() ? absl::StrCat("main.", language) : name, std::move(text), opening + 1});
      test_.unsafe_fixes |= words.size() > 2 && words[2] == "unsafe";
    } else if (IsQuestion(language)) {
      test_.snapshots.push_back({fence.language, text, opening + 1, body.size()});
    } else if (language == "py" || language == "pyi") {
      AddFile(name.empty() ? absl::StrCat("main.", language) : name, std::move(text), opening);
    } else if (language == "toml" && name.empty()) {
      if (!test_.config.empty()) Problem(opening, "a second configuration for one test");
      test_.config = std::move(text);
    } else if (!name.empty()) {
      AddFile(name, std::move(text), opening);
    }
    // Any other fence (`console`, `python` …) is prose.
  }

  void AddFile(std::string name, std::string text, size_t opening) {
    const auto same = [&](const SuiteFile& file) { return file.path == name; };
    if (std::any_of(test_.files.begin(), test_.files.end(), same)) {
      Problem(opening, absl::StrCat("a second file `", name, "` in one test: name it, or give it its own heading"));
    }
    if (absl::StartsWith(name, "/") || absl::StrContains(name, "..")) {
      Problem(opening, absl::StrCat("`", name, "` leads out of the test's folder"));
      return;
    }
    test_.files.push_back({std::move(name), std::move(text), opening + 1});
  }

  // The section that ends here becomes a test if it has files; otherwise its configuration is for those below it.
  void FinishTest() {
    SuiteTest done = std::exchange(test_, {});
    named_file_.clear();
    if (headings_.empty()) {
      if (!done.files.empty()) Problem(done.files.front().line, "a file before the first heading");
      return;
    }
    if (done.files.empty()) {
      headings_.back().config = done.config;
      if (!done.snapshots.empty()) Problem(done.line, "a snapshot without files");
      if (!done.fixed.empty()) Problem(done.line, "a fixed file without the file itself");
      return;
    }
    for (const Heading& heading : headings_) {
      absl::StrAppend(&done.title, done.title.empty() ? "" : " / ", heading.text);
    }
    for (auto heading = headings_.rbegin(); done.config.empty() && heading != headings_.rend(); ++heading) {
      done.config = heading->config;
    }
    // The title of the page says nothing that its path does not say.
    const size_t slash = headings_.size() > 1 ? done.title.find(" / ") : std::string::npos;
    done.filter_name = FilterName(slash == std::string::npos ? done.title : done.title.substr(slash + 3));
    suite_.tests.push_back(std::move(done));
  }

  void CheckNames() {
    std::set<std::string> names;
    for (const SuiteTest& test : suite_.tests) {
      if (test.filter_name.empty()) Problem(test.line, "a heading needs a letter or a digit");
      if (!names.insert(test.filter_name).second) {
        Problem(test.line, absl::StrCat("another heading is called `", test.filter_name, "` too"));
      }
    }
  }

  Suite suite_;
  std::vector<std::string> lines_;
  size_t next_ = 0;
  std::vector<Heading> headings_;
  SuiteTest test_;
  std::string named_file_;
};

}  // namespace

Suite ParseSuite(const std::string& path, const std::string& text) { return Parser(path).Parse(text); }

std::vector<Suite> LoadSuites(const std::string& folder) {
  std::vector<std::string> paths;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".md" && entry.path().filename() != "README.md") {
        paths.push_back(entry.path().string());
      }
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Suite> suites;
  for (const std::string& path : paths) suites.push_back(ParseSuite(path, ReadWholeFile(path)));
  return suites;
}

std::string ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteWholeFile(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) {
    std::cerr << "cannot write " << path << "\n";
    std::abort();
  }
}

}  // namespace overt::harness
