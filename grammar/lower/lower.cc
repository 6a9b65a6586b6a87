#include "grammar/lower/lower.h"

#include "grammar/lower/lowering.h"
#include "grammar/syntax/flat_syntax.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {

Ast Lower(const SourceFile& source, const SyntaxTree& tree, FileKind kind) {
  FlatSyntax syntax;
  syntax.Read(tree);
  Lowering lowering(source.text(), source.content_hash(), syntax);
  lowering.Run();
  AstBuilder& builder = lowering.builder();
  // What lowering noticed is a reason to look closer; the verdict says what it is.
  const Doubt doubt = tree.has_error() || builder.problem_count() > 0 ? Doubt::kTree : Doubt::kNone;
  builder.DropProblems();
  for (const SourceProblem& problem : source.problems()) builder.AddProblem(problem.range, problem.message);
  if (!source.is_binary()) {
    for (const VerdictProblem& problem : Judge(builder.View(source.line_starts()), source.text(), kind, doubt)) {
      builder.AddProblem(problem.range, problem.message, problem.first_minor, problem.last_minor);
    }
  }
  return std::move(builder).Build(source.line_starts());
}

Ast ParseSource(const SourceFile& source, FileKind kind) {
  Parser parser;
  const SyntaxTree tree = parser.Parse(source.text());
  return Lower(source, tree, kind);
}

}  // namespace overt::grammar
