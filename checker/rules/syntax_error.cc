// What CPython would refuse to compile, for the configured version of Python.
//
//   print "hello"      # Python 2: `print` needs parentheses
//
// Found by `grammar/verdict` and the parser; here it only gets its place and its level. Where nobody chose a version
// for the project, syntax that some later version has is no error: the project may well be made for that one.
#include "checker/rules/rule_functions.h"

namespace overt::rules {

void CheckSyntaxError(RuleContext& context) {
  const uint8_t oldest = context.index.options().target.version.minor;
  const bool is_guess = context.program.resolver().environment().version_is_guess;
  const uint8_t newest = is_guess ? grammar::kNewestPython.minor : oldest;
  for (const grammar::SyntaxProblem& problem : context.ast().problems()) {
    if (!problem.AppliesTo(oldest) || !problem.AppliesTo(newest)) continue;
    if (auto report = context.out.Begin(Rule::kSyntaxError, {problem.begin, problem.end})) {
      report.Title("$0", context.ast().problem_text(problem));
    }
  }
}

}  // namespace overt::rules
