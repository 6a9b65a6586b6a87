#include "grammar/lower/edited_statements.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "grammar/ast/ast_splicer.h"
#include "grammar/ast/definitions.h"
#include "grammar/lower/file_lowering.h"
#include "grammar/lower/logical_lines.h"

namespace overt::grammar {
namespace {

// What stands in [begin, old_end) of the text before, and in [begin, new_end) of the text now, is all that differs.
struct Change {
  uint32_t begin = 0;
  uint32_t old_end = 0;
  uint32_t new_end = 0;
};

Change FindChange(absl::string_view before, absl::string_view now) {
  const size_t shorter = std::min(before.size(), now.size());
  const auto begin =
      static_cast<size_t>(std::mismatch(before.begin(), before.begin() + shorter, now.begin()).first - before.begin());
  size_t same = 0;  // at the end
  while (same < shorter - begin && before[before.size() - 1 - same] == now[now.size() - 1 - same]) ++same;
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(before.size() - same),
          static_cast<uint32_t>(now.size() - same)};
}

// How often more statements are taken in before all of them are.
constexpr int kAttempts = 4;

class EditedModule {
 public:
  EditedModule(const SourceFile& source, const ParsedSource& before, SyntaxReader& reader)
      : source_(source),
        text_(source.text()),
        old_text_(before.source.text()),
        old_(before.ast),
        reader_(reader),
        body_(old_.Get<ModuleNode>(old_.root()).body()),
        change_(FindChange(old_text_, text_)),
        shift_(int64_t{change_.new_end} - int64_t{change_.old_end}) {
    // What was damaged or odd is read again as well: it may have been the edit's neighbour's doing.
    if (before.doubtful) TakeIn(*before.doubtful);
    // A verdict begins at the first doubt, which need not be where lowering found something.
    for (const SyntaxProblem& problem : old_.problems()) {
      if (problem.AppliesTo(kNewestPython.minor)) TakeIn({problem.begin, problem.end});
    }
  }

  std::optional<EditedStatements> Read() {
    FindFirst();
    FindLast(change_.old_end);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      while (EndsInside()) FindLast(old_end_);
      if (first_ == 0 && last_ == body_.size()) return std::nullopt;  // nothing is kept
      FileLowering file(Touched(), source_.content_hash(), reader_);
      const FlatSyntax* syntax = reader_.ReadIfSound(Touched());
      if (syntax == nullptr && !AreOnTheirOwn()) {
        do FindLast(old_end_);
        while (!NextBeginsLine());
        continue;
      }
      if (syntax == nullptr && !AreLinesStatements()) return std::nullopt;
      Lowering& lowering = syntax != nullptr ? file.Run(*syntax) : file.RunDoubtful();
      if (file.is_recovered()) return std::nullopt;
      return Splice(file, lowering.builder());
    }
    return std::nullopt;
  }

 private:
  uint32_t Moved(uint32_t old_offset) const { return static_cast<uint32_t>(old_offset + shift_); }
  void TakeIn(TextRange old_range) {
    change_.begin = std::min(change_.begin, old_range.begin);
    change_.old_end = std::max(change_.old_end, old_range.end);
    change_.new_end = Moved(change_.old_end);
  }

  absl::string_view Touched() const { return text_.substr(begin_, Moved(old_end_) - begin_); }

  // Where a statement of the old module begins, its decorators included.
  uint32_t BeginOf(size_t i) const { return WholeOf(old_, body_[i]).begin; }
  bool BeginsLine(size_t i) const {
    const uint32_t begin = BeginOf(i);
    return begin > 0 && old_text_[begin - 1] == '\n';
  }

  // How many statements begin at or before `at`.
  size_t CountUpTo(uint32_t at) const {
    size_t low = 0, high = body_.size();
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (BeginOf(middle) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // The last statement that begins before the edit, at the beginning of a line that cannot belong to one above.
  void FindFirst() {
    first_ = CountUpTo(change_.begin);
    begin_ = 0;
    while (first_ > 0) {
      --first_;
      if (!BeginsLine(first_)) continue;
      begin_ = BeginOf(first_);
      if (BeginsStatement(begin_)) return;
    }
    begin_ = 0;
  }

  // Whether the first line of code from `at` on is one that begins a statement of the module.
  bool BeginsStatement(uint32_t at) const {
    const std::optional<LogicalLine> line = FirstLogicalLine(text_.substr(at));
    return !line || (line->indent == 0 && !ContinuesCompound(line->head));
  }

  // The first statement that begins a line of its own, which and whose line end before it begin at or behind `old_end`.
  void FindLast(uint32_t old_end) {
    last_ = std::max(first_, CountUpTo(old_end));
    while (last_ < body_.size() && !BeginsLine(last_)) ++last_;
    old_end_ = last_ < body_.size() ? BeginOf(last_) : static_cast<uint32_t>(old_text_.size());
  }

  // A backslash at the end takes the next line in.
  bool EndsInside() const {
    return last_ < body_.size() && (absl::EndsWith(Touched(), "\\\n") || absl::EndsWith(Touched(), "\\\r\n"));
  }

  // Whether the next statement begins a line of the text as it is now. Not so behind brackets or quotes that were
  // opened and not closed.
  bool NextBeginsLine() {
    if (lines_.empty()) lines_ = FindLogicalLines(text_).lines;
    if (last_ == body_.size()) return true;
    const uint32_t end = Moved(old_end_);
    const auto next = LineAt(end);
    if (next == lines_.end() || next->begin != end) return false;
    return next == lines_.begin() || (next - 1)->head != LineHead::kDecorator;
  }

  // Of statements that do not parse: whether what is behind them has no part in that. Where all fits that is there the
  // parser would read on behind the line end: `x =`.
  bool AreOnTheirOwn() {
    if (!NextBeginsLine()) return false;
    if (last_ == body_.size()) return true;
    const auto next = LineAt(Moved(old_end_));
    if (next == lines_.begin() || (next - 1)->begin < begin_) return true;  // only comments are left of them
    return begin_ + reader_.read_until() < (next - 1)->end;
  }

  // Whether lines are taken for the statements that they are: here, and wherever a repair of the whole text would look.
  bool AreLinesStatements() const {
    if (begin_ > 0 && (LineAt(begin_) == lines_.end() || LineAt(begin_)->begin != begin_)) return false;
    if (last_ == body_.size()) return true;
    size_t statement = last_;
    bool was_decorator = false;
    for (auto line = LineAt(Moved(old_end_)); line != lines_.end(); ++line) {
      const bool goes_on = line->indent > 0 || ContinuesCompound(line->head) || was_decorator;
      was_decorator = line->head == LineHead::kDecorator;
      if (goes_on) continue;
      while (statement < body_.size() && Moved(BeginOf(statement)) < line->begin) ++statement;
      if (statement == body_.size() || Moved(BeginOf(statement)) != line->begin) return false;
    }
    return true;
  }

  // The first line that begins at or behind `at`, in bytes of the text now.
  std::vector<LogicalLine>::const_iterator LineAt(uint32_t at) const {
    return std::partition_point(lines_.begin(), lines_.end(), [&](const LogicalLine& line) { return line.begin < at; });
  }

  EditedStatements Splice(const FileLowering& file, AstBuilder& builder) {
    const bool is_doubtful = file.has_error() || builder.problem_count() > 0;
    std::optional<TextRange> doubtful = file.doubtful();
    if (doubtful) doubtful = TextRange{doubtful->begin + begin_, doubtful->end + begin_};
    builder.DropProblems();
    const Ast touched = std::move(builder).Build({});
    const size_t touched_count = touched.Get<ModuleNode>(touched.root()).body().size();

    AstSplicer splicer(text_, source_.content_hash());
    splicer.AddStatements(old_, 0, first_, 0);
    splicer.AddComments(old_, {0, begin_}, 0);
    splicer.AddStatements(touched, 0, touched_count, begin_);
    splicer.AddComments(touched, {0, UINT32_MAX}, begin_);
    splicer.AddStatements(old_, last_, body_.size(), shift_);
    splicer.AddComments(old_, {old_end_, UINT32_MAX}, shift_);
    return {std::move(splicer).Finish(), doubtful, is_doubtful ? Doubt::From(begin_) : Doubt::None(),
            first_ + (body_.size() - last_)};
  }

  const SourceFile& source_;
  absl::string_view text_, old_text_;
  const Ast& old_;
  SyntaxReader& reader_;
  NodeList body_;  // of the old module
  Change change_;
  int64_t shift_;
  // What is read again: statements [first_, last_) of the old module, bytes [begin_, old_end_) of the old text.
  size_t first_ = 0, last_ = 0;
  uint32_t begin_ = 0, old_end_ = 0;
  std::vector<LogicalLine> lines_;  // of the text now; found when needed
};

}  // namespace

std::optional<EditedStatements> ReadEdited(const SourceFile& source, const ParsedSource* before, SyntaxReader& reader) {
  if (before == nullptr || source.is_binary() || before->source.is_binary()) return std::nullopt;
  if (source.has_nuls() || before->source.has_nuls()) return std::nullopt;  // no verdict says what else is odd in it
  return EditedModule(source, *before, reader).Read();
}

}  // namespace overt::grammar
