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
  FileLowering(const SourceFile& source, SyntaxReader& reader) : source_(source), reader_(reader) {}

  // `syntax` lists the text as it is.
  Lowering& Run(const FlatSyntax& syntax) {
    syntax_ = &syntax;
    has_error_ = syntax.has_error();
    if (has_error_) {
      repairs_ = FindRepairs(source_.text(), reader_, /*sound_until=*/0);
      ParseEdited();
    }
    return Finish();
  }

  // The text is not known to have no error. Its own tree is made only if there is nothing to repair: where there is,
  // the repaired text's is wanted, and a damaged one costs several times as much.
  Lowering& RunDoubtful(uint32_t sound_until) {
    repairs_ = FindRepairs(source_.text(), reader_, sound_until);
    has_error_ = !repairs_.edits.empty();
    if (has_error_) {
      ParseEdited();
    } else {
      syntax_ = &reader_.Read(source_.text());
      has_error_ = syntax_->has_error();
    }
    return Finish();
  }

  bool has_error() const { return has_error_; }

 private:
  Lowering& Finish() {
    LowerOnce();
    if (!lowering_->misread().empty()) {
      const std::vector<Edit>& misread = lowering_->misread();
      repairs_.edits.insert(repairs_.edits.end(), misread.begin(), misread.end());
      std::sort(repairs_.edits.begin(), repairs_.edits.end(),
                [](const Edit& a, const Edit& b) { return a.range < b.range; });
      const auto overlap = [](const Edit& a, const Edit& b) { return b.range.begin < a.range.end; };
      repairs_.edits.erase(std::unique(repairs_.edits.begin(), repairs_.edits.end(), overlap), repairs_.edits.end());
      ParseEdited();
      LowerOnce();
    }
    return *lowering_;
  }

  void ParseEdited() {
    edited_.emplace(source_.text(), repairs_.edits);
    syntax_ = &reader_.Read(edited_->text());
  }

  void LowerOnce() {
    lowering_.emplace(source_.text(), source_.content_hash());
    lowering_->Run(*syntax_, edited_.has_value() ? &*edited_ : nullptr, repairs_);
  }

  const SourceFile& source_;
  SyntaxReader& reader_;
  const FlatSyntax* syntax_ = nullptr;
  Repairs repairs_;
  std::optional<EditedText> edited_;
  std::optional<Lowering> lowering_;
  bool has_error_ = false;
};

SyntaxReader& ThreadReader() {
  static thread_local SyntaxReader reader;
  return reader;
}

Ast Judged(const SourceFile& source, const FileLowering& file, AstBuilder& builder, FileKind kind) {
  // What lowering noticed is a reason to look closer; the verdict says what it is.
  const Doubt doubt = file.has_error() || builder.problem_count() > 0 ? Doubt::kTree : Doubt::kNone;
  builder.DropProblems();
  for (const SourceProblem& problem : source.problems()) builder.AddProblem(problem.range, problem.message);
  if (!source.is_binary()) {
    builder.PutInOrder();
    for (const VerdictProblem& problem : Judge(builder.View(source.line_starts()), source.text(), kind, doubt)) {
      builder.AddProblem(problem.range, problem.message, problem.first_minor, problem.last_minor);
    }
  }
  return std::move(builder).Build(source.line_starts());
}

}  // namespace

Ast Lower(const SourceFile& source, const SyntaxTree& tree, FileKind kind) {
  FlatSyntax syntax;
  tree.ReadInto(syntax);
  FileLowering file(source, ThreadReader());
  AstBuilder& builder = file.Run(syntax).builder();
  return Judged(source, file, builder, kind);
}

Ast ParseSource(const SourceFile& source, FileKind kind) {
  SyntaxReader& reader = ThreadReader();
  FileLowering file(source, reader);
  const FlatSyntax* syntax = reader.ReadIfSound(source.text());
  AstBuilder& builder = (syntax != nullptr ? file.Run(*syntax) : file.RunDoubtful(reader.sound_until())).builder();
  return Judged(source, file, builder, kind);
}

}  // namespace overt::grammar
