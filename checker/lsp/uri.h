// The names that editors have for files, to paths and back; what paths are made of.
//
//   PathOfUri("file:///p/a%20b.py")      // "/p/a b.py"
//   PathOfUri("untitled:Untitled-1")     // nothing: it lies nowhere, and nothing is ever fetched
//   UriOfPath("/p/a b.py")               // "file:///p/a%20b.py"
//
// A client's own spelling of a document's URI is kept and sent back: clients compare them letter by letter.
// Source: RFC 3986; RFC 8089 for `file`.
#ifndef OVERT_CHECKER_LSP_URI_H_
#define OVERT_CHECKER_LSP_URI_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::lsp {

// Absolute, without `.` and `..`. Nothing for another scheme, another host or no URI at all.
std::optional<std::string> PathOfUri(absl::string_view uri);
std::string UriOfPath(absl::string_view path);
// "untitled" of "untitled:Untitled-1"; empty if there is none.
absl::string_view SchemeOf(absl::string_view uri);

// Parts of an absolute path.
std::string FolderOfFile(const std::string& path);
absl::string_view NameOfFile(absl::string_view path);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_URI_H_
