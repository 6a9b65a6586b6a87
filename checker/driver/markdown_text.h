// A page of Markdown as a terminal shows it: `overt explain`.
//
//   ## Why                       Why
//
//   Because of `x`.      ->        Because of `x`.
//
//   ```py
//   x = 1                              x = 1
//   ```
//
// For the pages in `diagnostics/docs`, which are headings, paragraphs and fenced code: lists and tables stay as
// written.
#ifndef OVERT_CHECKER_DRIVER_MARKDOWN_TEXT_H_
#define OVERT_CHECKER_DRIVER_MARKDOWN_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::driver {

// Paragraphs are broken at `width` columns; with colour, headings are bold. The page is overt's own: nothing is
// escaped.
std::string MarkdownAsText(absl::string_view page, bool use_color, size_t width);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_MARKDOWN_TEXT_H_
