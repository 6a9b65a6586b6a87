#include "grammar/lower/file_lowering.h"

#include <algorithm>

namespace overt::grammar {

Lowering& FileLowering::Run() {
  const FlatSyntax* syntax = reader_.ReadIfSound(text_);
  return syntax != nullptr ? Run(*syntax) : RunDoubtful();
}

Lowering& FileLowering::Run(const FlatSyntax& syntax) {
  syntax_ = &syntax;
  has_error_ = syntax.has_error();
  if (has_error_) {
    repairs_ = FindRepairs(text_, reader_, /*sound_until=*/0);
    ParseEdited();
  }
  return Finish();
}

// The text's own tree is made only if there is nothing to repair: where there is, the repaired text's is wanted, and a
// damaged one costs several times as much.
Lowering& FileLowering::RunDoubtful() {
  repairs_ = FindRepairs(text_, reader_, reader_.sound_until());
  has_error_ = !repairs_.edits.empty();
  if (has_error_) {
    ParseEdited();
  } else {
    syntax_ = &reader_.Read(text_);
    has_error_ = syntax_->has_error();
  }
  return Finish();
}

Lowering& FileLowering::Finish() {
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

void FileLowering::ParseEdited() {
  edited_.emplace(text_, repairs_.edits);
  syntax_ = &reader_.Read(edited_->text());
}

void FileLowering::LowerOnce() {
  is_recovered_ = syntax_->has_error();
  lowering_.emplace(text_, content_hash_);
  lowering_->Run(*syntax_, edited_.has_value() ? &*edited_ : nullptr, repairs_);
}

std::optional<TextRange> FileLowering::doubtful() const {
  const auto size = static_cast<uint32_t>(text_.size());
  // How the parser gets over an error is not a matter of one place.
  if (is_recovered_) return TextRange{0, size};
  TextRange all{size, 0};
  const auto add = [&](uint32_t begin, uint32_t end) { all = {std::min(all.begin, begin), std::max(all.end, end)}; };
  for (const Edit& edit : repairs_.edits) add(edit.range.begin, edit.range.end);
  for (const SyntaxProblem& problem : lowering_->builder().problems()) add(problem.begin, problem.end);
  if (all.begin > all.end) return std::nullopt;
  return all;
}

}  // namespace overt::grammar
