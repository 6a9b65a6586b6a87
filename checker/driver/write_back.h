// New text into an old file, without losing what the text does not show: encoding, byte-order mark, line ends, mode.
//
//   WriteBack("/p/a.py", old_text, edits, limit)      // ok, or "permission denied"
//
// Atomic: a file beside it is written, flushed and renamed over it, so that a reader or a crash sees the old file or
// the new one. A link's target is written, not the link. Refuses a file that no longer has the text that the edits were
// made for, and one that says it must not be written. Only bytes within the edits change: the rest is copied from the
// file, not encoded again. A file with several hard links parts from the others, as with every atomic writer.
#ifndef OVERT_CHECKER_DRIVER_WRITE_BACK_H_
#define OVERT_CHECKER_DRIVER_WRITE_BACK_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/diagnostic.h"

namespace overt::driver {

// `decoded` is the text that the edits' offsets count in. Errors are for people and name no path.
absl::Status WriteBack(const std::string& path, absl::string_view decoded, absl::Span<const Edit> edits,
                       size_t max_file_bytes);

// The same edits in offsets of the file's `bytes`, their replacements in its encoding. Errors: the bytes are not
// `decoded`, or a replacement has characters that the file's encoding lacks.
absl::StatusOr<std::vector<Edit>> ByteEdits(absl::string_view bytes, absl::string_view decoded,
                                            absl::Span<const Edit> edits);
// What the bytes become.
absl::StatusOr<std::string> EditBytes(absl::string_view bytes, absl::string_view decoded, absl::Span<const Edit> edits);

// All of the bytes; 0, or the number of the first error.
int WriteFully(int descriptor, absl::string_view bytes);

// A file with these bytes, whole or not at all, instead of whatever has that name, with the permissions of `mode`.
absl::Status WriteNewFile(const std::string& path, absl::string_view bytes, unsigned mode);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_WRITE_BACK_H_
