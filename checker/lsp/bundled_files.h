// What overt brings along, as files that an editor can open: copies in the user's cache folder, made when somebody may
// go there.
//
//   UriOfBundledStub("stdlib/abc.pyi", text)          // file:///home/me/.cache/overt/stubs/<hash>/stdlib/abc.pyi
//   UriOfRulePage(Rule::kMissingOverride)             // file:///home/me/.cache/overt/rules/<hash>/missing-override.md
//
// Copies cannot be written to and are checked by nobody.
#ifndef OVERT_CHECKER_LSP_BUNDLED_FILES_H_
#define OVERT_CHECKER_LSP_BUNDLED_FILES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "diagnostics/rule.h"

namespace overt::lsp {

// `path` as in `FileInfo::path` of a bundled stub. Nothing where the copy cannot be made.
std::optional<std::string> UriOfBundledStub(absl::string_view path, absl::string_view text);

// What `overt explain` says of a rule, in Markdown: the page of this very version, wherever the editor is.
std::optional<std::string> UriOfRulePage(Rule rule);

// Whether that is such a copy.
bool IsCopyOfBundledFile(absl::string_view path);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_BUNDLED_FILES_H_
