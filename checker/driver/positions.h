// Lines and columns of places in a program's files, as people count them.
//
//   Positions positions(*snapshot.program);
//   positions.Of({member.file, member.name_range})      # {line 12, column 9}: both start at 1, columns in code points
//
// Reads each file once. For whoever tells of many places and has no finding with a text of its own.
#ifndef OVERT_CHECKER_DRIVER_POSITIONS_H_
#define OVERT_CHECKER_DRIVER_POSITIONS_H_

#include "absl/container/flat_hash_map.h"
#include "checker/program/program.h"

namespace overt::driver {

class Positions {
 public:
  explicit Positions(const program::Program& program) : program_(program) {}

  // Where the span begins.
  LineColumn Of(const Span& span) {
    const auto [known, is_new] = texts_.try_emplace(span.file);
    if (is_new) known->second = program_.Text(span.file);
    const SourceView view{"", known->second.text, known->second.line_starts};
    const LineColumn at = PositionOf(view, span.range.begin, ColumnUnit::kCodePoint);
    return {at.line + 1, at.column + 1};
  }

 private:
  const program::Program& program_;
  absl::flat_hash_map<FileId, program::FileText> texts_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_POSITIONS_H_
