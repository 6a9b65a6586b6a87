#include "tests/harness/assertions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::harness {
namespace {

constexpr absl::string_view kSeverities[] = {"error", "warning", "info"};

// Where the next expectation begins in `line` at or after `from`, and which severity it names.
struct Start {
  size_t offset = 0;
  size_t body = 0;  // after the colon, or the end of the word where there is none
  absl::string_view severity;
};

std::optional<Start> FindStart(absl::string_view line, size_t from) {
  for (size_t hash = line.find('#', from); hash != absl::string_view::npos; hash = line.find('#', hash + 1)) {
    if (hash > 0 && line[hash - 1] != ' ' && line[hash - 1] != '\t') continue;
    absl::string_view rest = line.substr(hash);
    if (!absl::ConsumePrefix(&rest, "# ")) continue;
    for (const absl::string_view severity : kSeverities) {
      absl::string_view after = rest;
      if (!absl::ConsumePrefix(&after, severity)) continue;
      const bool has_colon = absl::ConsumePrefix(&after, ":");
      const absl::string_view blank = absl::StripLeadingAsciiWhitespace(after);
      if (!has_colon && !blank.empty() && !absl::StartsWith(blank, "#")) continue;
      return Start{hash, line.size() - after.size(), severity};
    }
  }
  return std::nullopt;
}

// `[rule] "part of the message"`, both optional. False if there is anything else.
bool ParseBody(absl::string_view body, Expectation& expectation) {
  body = absl::StripAsciiWhitespace(body);
  if (absl::ConsumePrefix(&body, "[")) {
    const size_t end = body.find(']');
    if (end == absl::string_view::npos) return false;
    expectation.rule = std::string(body.substr(0, end));
    body = absl::StripLeadingAsciiWhitespace(body.substr(end + 1));
  }
  if (absl::ConsumePrefix(&body, "\"")) {
    if (!absl::ConsumeSuffix(&body, "\"")) return false;
    expectation.message_part = std::string(body);
    return true;
  }
  return body.empty();
}

std::string Describe(const Expectation& expectation) {
  std::string text = absl::StrCat(expectation.severity, "[", expectation.rule, "]");
  if (!expectation.message_part.empty()) absl::StrAppend(&text, " \"", expectation.message_part, "\"");
  return text;
}

bool Meets(const Observed& finding, const Expectation& expectation) {
  return finding.line == expectation.line && finding.severity == expectation.severity &&
         finding.rule == expectation.rule && absl::StrContains(finding.message, expectation.message_part);
}

}  // namespace

std::vector<Expectation> ParseExpectations(const std::string& text, const std::string& page_rule,
                                           std::vector<std::string>& problems) {
  std::vector<Expectation> expectations;
  std::vector<size_t> waiting;  // expectations on lines of their own, for the next line of code
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    std::optional<Start> start = FindStart(line, 0);
    const bool alone = start.has_value() && absl::StripAsciiWhitespace(line.substr(0, start->offset)).empty();
    if (!alone) {
      for (const size_t index : std::exchange(waiting, {})) expectations[index].line = number;
    }
    while (start.has_value()) {
      const std::optional<Start> next = FindStart(line, start->body);
      const size_t end = next.has_value() ? next->offset : line.size();
      Expectation expectation{number, std::string(start->severity), "", ""};
      const absl::string_view body = line.substr(start->body, end - start->body);
      if (!ParseBody(body, expectation)) {
        problems.push_back(absl::StrCat(number, ": cannot understand `", body, "`: want [rule] \"part of message\""));
      }
      if (expectation.rule.empty()) expectation.rule = page_rule;
      if (expectation.rule.empty()) problems.push_back(absl::StrCat(number, ": which rule? write [rule]"));
      if (alone) waiting.push_back(expectations.size());
      expectations.push_back(std::move(expectation));
      start = next;
    }
  }
  return expectations;
}

std::vector<std::string> Compare(const Suite& suite, const SuiteTest& test, const std::string& page_rule,
                                 const std::vector<Observed>& observed) {
  std::vector<std::string> differences;
  std::vector<bool> used(observed.size(), false);
  for (const SuiteFile& file : test.files) {
    const auto place = [&](size_t line) { return absl::StrCat(suite.path, ":", file.line + line - 1, ": "); };
    std::vector<std::string> problems;
    for (const Expectation& expectation : ParseExpectations(file.text, page_rule, problems)) {
      size_t found = 0;
      while (found < observed.size() &&
             (used[found] || observed[found].path != file.path || !Meets(observed[found], expectation))) {
        ++found;
      }
      if (found < observed.size()) {
        used[found] = true;
      } else {
        differences.push_back(
            absl::StrCat(place(expectation.line), "expected ", Describe(expectation), ", found none"));
      }
    }
    for (const std::string& problem : problems)
      differences.push_back(absl::StrCat(suite.path, ": ", file.path, ":", problem));
    for (size_t i = 0; i < observed.size(); ++i) {
      if (used[i] || observed[i].path != file.path) continue;
      used[i] = true;
      differences.push_back(absl::StrCat(place(observed[i].line), "unexpected ", observed[i].severity, "[",
                                         observed[i].rule, "] \"", observed[i].message, "\""));
    }
  }
  for (size_t i = 0; i < observed.size(); ++i) {
    if (!used[i])
      differences.push_back(absl::StrCat("a finding in `", observed[i].path, "`, which is no file of the test"));
  }
  return differences;
}

}  // namespace overt::harness
