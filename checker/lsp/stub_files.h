// Bundled stubs as files that an editor can open: copies in the user's cache folder, made when somebody goes there.
//
//   UriOfBundledStub("typeshed/stdlib/abc.pyi", text)     //
//   file:///home/me/.cache/overt/typeshed-0.2.0-…/stdlib/abc.pyi
//
// Copies cannot be written to and are checked by nobody.
#ifndef OVERT_CHECKER_LSP_STUB_FILES_H_
#define OVERT_CHECKER_LSP_STUB_FILES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::lsp {

// `path` as in `FileInfo::path` of a bundled stub. Nothing where the copy cannot be made.
std::optional<std::string> UriOfBundledStub(absl::string_view path, absl::string_view text);

// Whether that is such a copy.
bool IsCopyOfBundledStub(absl::string_view path);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_STUB_FILES_H_
