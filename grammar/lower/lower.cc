#include "grammar/lower/lower.h"

#include <utility>

#include "grammar/lower/edited_statements.h"
#include "grammar/lower/file_lowering.h"
#include "grammar/syntax/flat_syntax.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {
namespace {

SyntaxReader& ThreadReader() {
  static thread_local SyntaxReader reader;
  return reader;
}

// What lowering noticed is a reason to look closer, at all that begins at or behind `doubt`; the verdict says what it
// is. Of a text with NULs Python says nothing else.
Ast Judged(const SourceFile& source, AstBuilder& builder, FileKind kind, Doubt doubt) {
  builder.DropProblems();
  for (const SourceProblem& problem : source.problems()) builder.AddProblem(problem.range, problem.message);
  if (!source.is_binary() && !source.has_nuls()) {
    builder.PutInOrder();
    for (const VerdictProblem& problem : Judge(builder.View(source.line_starts()), source.text(), kind, doubt)) {
      builder.AddProblem(problem.range, problem.message, problem.first_minor, problem.last_minor);
    }
  }
  return std::move(builder).Build(source.line_starts());
}

Doubt DoubtOf(const FileLowering& file, const AstBuilder& builder) {
  return file.has_error() || builder.problem_count() > 0 ? Doubt::AllOfIt() : Doubt::None();
}

}  // namespace

Ast Lower(const SourceFile& source, const SyntaxTree& tree, FileKind kind) {
  FlatSyntax syntax;
  tree.ReadInto(syntax);
  FileLowering file(source.text(), source.content_hash(), ThreadReader());
  AstBuilder& builder = file.Run(syntax).builder();
  return Judged(source, builder, kind, DoubtOf(file, builder));
}

Ast ParseSource(const SourceFile& source, FileKind kind) {
  FileLowering file(source.text(), source.content_hash(), ThreadReader());
  AstBuilder& builder = file.Run().builder();
  return Judged(source, builder, kind, DoubtOf(file, builder));
}

ParsedSource ParseEdited(SourceFile source, FileKind kind, const ParsedSource* before) {
  ParsedSource parsed;
  if (std::optional<EditedStatements> edited = ReadEdited(source, before, ThreadReader())) {
    parsed.ast = Judged(source, edited->builder, kind, edited->doubt);
    parsed.doubtful = edited->doubtful;
    parsed.statements_kept = edited->kept;
  } else {
    FileLowering file(source.text(), source.content_hash(), ThreadReader());
    AstBuilder& builder = file.Run().builder();
    parsed.doubtful = file.doubtful();
    parsed.ast = Judged(source, builder, kind, DoubtOf(file, builder));
  }
  parsed.source = std::move(source);
  return parsed;
}

}  // namespace overt::grammar
