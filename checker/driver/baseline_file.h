// A baseline as a file: JSON with one entry in each line, in one order, so that changes show and merge line by line.
//
//   {
//     "schema_version": 1,
//     "findings": [
//       {"rule":"missing-override","class":"m.Child","member":"read","base":"m.Base","path":"m.py",…}
//     ]
//   }
//
// Read strictly, however its lines are broken: what this overt would not write is an error, with its place.
#ifndef OVERT_CHECKER_DRIVER_BASELINE_FILE_H_
#define OVERT_CHECKER_DRIVER_BASELINE_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "checker/driver/baseline.h"

namespace overt::driver {

// Of a file that says nothing else.
inline constexpr absl::string_view kBaselineName = "overt-baseline.json";
inline constexpr int kBaselineSchema = 1;

// Sorted. `shown`: the file's name. Errors: "overt-baseline.json:4:5: unknown key `rul` …".
absl::StatusOr<std::vector<BaselineEntry>> ParseBaseline(absl::string_view text, absl::string_view shown);

// `entries` sorted. Equal entries make equal bytes.
std::string BaselineText(absl::Span<const BaselineEntry> entries);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_BASELINE_FILE_H_
