// Says overt's verdict on many texts, for the comparison with CPython's own.
//
//   verdict_tool --minor=11 < cases        # "ok" or "line:column message", one line a case
//
// A case is its length in bytes as a decimal line, then the bytes. `--only-grammar` asks the recogniser alone.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "grammar/verdict/recogniser.h"

namespace overt::grammar {
namespace {

struct Options {
  int minor = 14;
  bool only_grammar = false;
};

struct Problem {
  TextRange range;
  std::string message;
};

std::vector<Problem> ProblemsOf(const SourceFile& source, const Options& options) {
  std::vector<Problem> problems;
  const auto add = [&](TextRange range, absl::string_view message, int first, int last) {
    if (first <= options.minor && options.minor <= last) problems.push_back({range, std::string(message)});
  };
  if (options.only_grammar) {
    for (const SourceProblem& problem : source.problems()) add(problem.range, problem.message, 0, 255);
    for (const VerdictProblem& problem : Recogniser(source.text()).Run()) {
      add(problem.range, problem.message, problem.first_minor, problem.last_minor);
    }
    return problems;
  }
  const Ast ast = ParseSource(source, FileKind::kSource);
  for (const SyntaxProblem& problem : ast.problems()) {
    add({problem.begin, problem.end}, ast.problem_text(problem), problem.first_minor, problem.last_minor);
  }
  return problems;
}

std::string VerdictOn(const std::string& bytes, const Options& options) {
  const SourceFile source = SourceFile::Decode(bytes);
  const std::vector<Problem> problems = ProblemsOf(source, options);
  if (problems.empty()) return "ok";
  const Problem& first = *std::min_element(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return a.range.begin < b.range.begin;
  });
  const auto after = std::upper_bound(source.line_starts().begin(), source.line_starts().end(), first.range.begin);
  const auto line = after - source.line_starts().begin();
  return absl::StrCat(line, ":", first.range.begin - *std::prev(after) + 1, " ", first.message);
}

int Run(const Options& options) {
  std::string line;
  while (std::getline(std::cin, line)) {
    size_t size = 0;
    if (!absl::SimpleAtoi(line, &size)) {
      std::cerr << "not a length: " << line << "\n";
      return 2;
    }
    std::string bytes(size, '\0');
    if (!std::cin.read(bytes.data(), static_cast<std::streamsize>(size))) return 2;
    std::string verdict = VerdictOn(bytes, options);
    std::replace(verdict.begin(), verdict.end(), '\n', ' ');
    std::cout << verdict << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace overt::grammar

int main(int argc, char** argv) {
  overt::grammar::Options options;
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (argument == "--only-grammar") {
      options.only_grammar = true;
    } else if (!absl::ConsumePrefix(&argument, "--minor=") || !absl::SimpleAtoi(argument, &options.minor)) {
      std::cerr << "usage: verdict_tool [--minor=N] [--only-grammar] < cases\n";
      return 2;
    }
  }
  std::ios::sync_with_stdio(false);
  return overt::grammar::Run(options);
}
