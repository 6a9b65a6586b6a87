// What a test's files say about themselves: the findings that their comments expect.
//
//   class B(A, A): ...  # error: [duplicate-base] "lists `A` twice"  # warning: [override-of-deprecated]
//
// `# error:`, `# warning:` or `# info:`, then the rule in brackets, then (optionally) a part of the message in quotes.
// Rule and message may be left out where a page has a rule of its own: `# error` means that rule there. A comment alone
// on its line speaks of the next line that is no such comment. Every finding must be expected, every expectation met.
// Found by their look, not by parsing Python: a string that looks like such a comment counts as one.
#ifndef OVERT_TESTS_HARNESS_ASSERTIONS_H_
#define OVERT_TESTS_HARNESS_ASSERTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "tests/harness/md_suite.h"

namespace overt::harness {

struct Expectation {
  size_t line = 0;  // in the file, from 1
  std::string severity;
  std::string rule;
  std::string message_part;  // may be empty
};

// A finding as far as expectations speak of it.
struct Observed {
  std::string path;  // of the file, as in `SuiteFile::path`
  size_t line = 0;   // from 1
  std::string severity;
  std::string rule;
  std::string message;
};

// `page_rule` is the rule that a bare `# error` means; empty where there is none.
// Comments that cannot be understood are reported in `problems`, with the line in the file.
std::vector<Expectation> ParseExpectations(const std::string& text, const std::string& page_rule,
                                           std::vector<std::string>& problems);

// One line for each difference, with the line of the Markdown file: "suite.md:14: expected … ", "…: unexpected …".
std::vector<std::string> Compare(const Suite& suite, const SuiteTest& test, const std::string& page_rule,
                                 const std::vector<Observed>& observed);

}  // namespace overt::harness

#endif  // OVERT_TESTS_HARNESS_ASSERTIONS_H_
