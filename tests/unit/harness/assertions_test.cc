#include "tests/harness/assertions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace overt::harness {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Shown(const std::string& text, const std::string& page_rule = "") {
  std::vector<std::string> problems, shown;
  for (const Expectation& one : ParseExpectations(text, page_rule, problems)) {
    shown.push_back(std::to_string(one.line) + " " + one.severity + " " + one.rule + " " + one.message_part);
  }
  shown.insert(shown.end(), problems.begin(), problems.end());
  return shown;
}

TEST(Assertions, TrailingComments) {
  EXPECT_THAT(Shown("x = 1\ny = 2  # error: [some-rule] \"lists `A`\"\n"), ElementsAre("2 error some-rule lists `A`"));
  EXPECT_THAT(Shown("x  # error: [a]  # warning: [b] \"w\"  # info: [c]"),
              ElementsAre("1 error a ", "1 warning b w", "1 info c "));
}

TEST(Assertions, CommentsOnTheirOwnSpeakOfTheNextLine) {
  EXPECT_THAT(Shown("# error: [a]\n  # error: [b]\nx = 1  # error: [c]\n"),
              ElementsAre("3 error a ", "3 error b ", "3 error c "));
}

TEST(Assertions, BareOnesMeanTheRuleOfThePage) {
  EXPECT_THAT(Shown("x  # error\n", "page-rule"), ElementsAre("1 error page-rule "));
  EXPECT_THAT(Shown("x  # error: \"text\"  # error", "page-rule"),
              ElementsAre("1 error page-rule text", "1 error page-rule "));
  EXPECT_THAT(Shown("x  # error"), ElementsAre("1 error  ", HasSubstr("which rule?")));
}

TEST(Assertions, ProseIsNoAssertion) {
  EXPECT_THAT(Shown("x  # errors are fine here\ny  # error handling\nz#error: [a]\n"), IsEmpty());
  EXPECT_THAT(Shown("x  # error: something else\n", "r"), ElementsAre("1 error r ", HasSubstr("cannot understand")));
}

TEST(Assertions, EveryFindingAndEveryExpectationCounts) {
  Suite suite;
  suite.path = "s.md";
  SuiteTest test;
  test.files = {{"main.py", "a  # error: [r] \"one\"\nb\nc  # error: [r]\n", 10}};
  const std::vector<Observed> observed = {{"main.py", 1, "error", "r", "one two"},
                                          {"main.py", 2, "error", "q", "extra"}};
  EXPECT_THAT(Compare(suite, test, "", observed),
              ElementsAre("s.md:12: expected error[r], found none", "s.md:11: unexpected error[q] \"extra\""));
}

TEST(Assertions, OneFindingMeetsOneExpectation) {
  Suite suite;
  SuiteTest test;
  test.files = {{"main.py", "a  # error: [r]  # error: [r]\n", 1}};
  EXPECT_THAT(Compare(suite, test, "", {{"main.py", 1, "error", "r", "m"}}), ElementsAre(HasSubstr("found none")));
  EXPECT_THAT(Compare(suite, test, "", {{"main.py", 1, "error", "r", "m"}, {"main.py", 1, "error", "r", "n"}}),
              IsEmpty());
}

}  // namespace
}  // namespace overt::harness
