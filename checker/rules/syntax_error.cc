// What CPython would refuse to compile, for the configured version of Python.
//
//   print "hello"      # Python 2: `print` needs parentheses
//
// Found by `grammar/verdict` and the parser; here it only gets its place and its level.
#include "checker/rules/rule_functions.h"

namespace overt::rules {

void CheckSyntaxError(RuleContext& context) {
  const uint8_t minor = context.index.options().target.version.minor;
  for (const grammar::SyntaxProblem& problem : context.ast().problems()) {
    if (minor < problem.first_minor || minor > problem.last_minor) continue;
    if (auto report = context.out.Begin(Rule::kSyntaxError, {problem.begin, problem.end})) {
      report.Title("$0", context.ast().problem_text(problem));
    }
  }
}

}  // namespace overt::rules
