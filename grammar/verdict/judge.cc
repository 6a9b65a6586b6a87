#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "grammar/verdict/judge_text.h"
#include "grammar/verdict/judge_tree.h"
#include "grammar/verdict/recogniser.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {
namespace {

bool ConcernsAllVersions(const VerdictProblem& problem) {
  return problem.first_minor == 0 && problem.last_minor == 255;
}

void Sort(std::vector<VerdictProblem>& problems) {
  std::sort(problems.begin(), problems.end(), [](const VerdictProblem& a, const VerdictProblem& b) {
    return std::tie(a.range, a.message, a.first_minor) < std::tie(b.range, b.message, b.first_minor);
  });
}

// Where the recogniser has to begin. What is before that has no problem of its own.
uint32_t RecogniseFrom(const TreeVerdict& tree, absl::string_view text, Doubt doubt) {
  if (!doubt.is_there() || tree.doubtful_from < doubt.begin()) return 0;
  const bool has_problem = std::any_of(tree.grammar.begin(), tree.grammar.end(), [&](const VerdictProblem& problem) {
    return problem.range.begin < doubt.begin();
  });
  return has_problem || TextIsOdd(text.substr(0, doubt.begin())) ? 0 : doubt.begin();
}

}  // namespace

std::vector<VerdictProblem> Judge(const Ast& ast, absl::string_view text, FileKind kind, Doubt doubt) {
  TreeVerdict tree = JudgeTree(ast, text, kind);
  std::vector<VerdictProblem> problems;
  if (doubt.is_there() || tree.doubtful_from != UINT32_MAX || TextIsOdd(text)) {
    problems = Recogniser(text, RecogniseFrom(tree, text, doubt)).Run();
    // The compiler never sees what the parser refuses; and a torn tree tells it nothing.
    const bool refused = std::any_of(problems.begin(), problems.end(), ConcernsAllVersions);
    if (refused || tree.damaged) tree.compiler.clear();
  } else {
    problems = std::move(tree.grammar);
  }
  std::move(tree.compiler.begin(), tree.compiler.end(), std::back_inserter(problems));
  Sort(problems);
  return problems;
}

}  // namespace overt::grammar
