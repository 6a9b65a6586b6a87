#include "grammar/lower/lower.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "grammar/lower/lowering.h"
#include "grammar/lower/repair.h"
#include "grammar/syntax/flat_syntax.h"
#include "grammar/verdict/verdict.h"

namespace overt::grammar {
namespace {

// One file's way through the parser: once for nearly all, again with changes for those that did not parse.
class FileLowering {
 public:
  FileLowering(const SourceFile& source, Parser& parser) : source_(source), parser_(parser) {}

  Lowering& Run(const SyntaxTree& tree, FlatSyntax& syntax) {
    syntax.Read(tree);
    has_error_ = tree.has_error();
    if (has_error_) {
      repairs_ = FindRepairs(source_.text(), parser_);
      ParseEdited(syntax);
    }
    LowerOnce(syntax);
    if (!lowering_->misread().empty()) {
      const std::vector<Edit>& misread = lowering_->misread();
      repairs_.edits.insert(repairs_.edits.end(), misread.begin(), misread.end());
      std::sort(repairs_.edits.begin(), repairs_.edits.end(),
                [](const Edit& a, const Edit& b) { return a.range < b.range; });
      const auto overlap = [](const Edit& a, const Edit& b) { return b.range.begin < a.range.end; };
      repairs_.edits.erase(std::unique(repairs_.edits.begin(), repairs_.edits.end(), overlap), repairs_.edits.end());
      ParseEdited(syntax);
      LowerOnce(syntax);
    }
    return *lowering_;
  }

  bool has_error() const { return has_error_; }

 private:
  void ParseEdited(FlatSyntax& syntax) {
    edited_.emplace(source_.text(), repairs_.edits);
    syntax.Read(parser_.Parse(edited_->text()));
  }

  void LowerOnce(const FlatSyntax& syntax) {
    lowering_.emplace(source_.text(), source_.content_hash());
    lowering_->Run(syntax, edited_.has_value() ? &*edited_ : nullptr, repairs_);
  }

  const SourceFile& source_;
  Parser& parser_;
  Repairs repairs_;
  std::optional<EditedText> edited_;
  std::optional<Lowering> lowering_;
  bool has_error_ = false;
};

Ast LowerWith(const SourceFile& source, const SyntaxTree& tree, FileKind kind, Parser& parser) {
  static thread_local FlatSyntax syntax;  // for its buffers
  FileLowering file(source, parser);
  AstBuilder& builder = file.Run(tree, syntax).builder();
  // What lowering noticed is a reason to look closer; the verdict says what it is.
  const Doubt doubt = file.has_error() || builder.problem_count() > 0 ? Doubt::kTree : Doubt::kNone;
  builder.DropProblems();
  for (const SourceProblem& problem : source.problems()) builder.AddProblem(problem.range, problem.message);
  if (!source.is_binary()) {
    for (const VerdictProblem& problem : Judge(builder.View(source.line_starts()), source.text(), kind, doubt)) {
      builder.AddProblem(problem.range, problem.message, problem.first_minor, problem.last_minor);
    }
  }
  return std::move(builder).Build(source.line_starts());
}

Parser& ThreadParser() {
  static thread_local Parser parser;
  return parser;
}

}  // namespace

Ast Lower(const SourceFile& source, const SyntaxTree& tree, FileKind kind) {
  return LowerWith(source, tree, kind, ThreadParser());
}

Ast ParseSource(const SourceFile& source, FileKind kind) {
  Parser& parser = ThreadParser();
  const SyntaxTree tree = parser.Parse(source.text());
  return LowerWith(source, tree, kind, parser);
}

}  // namespace overt::grammar
