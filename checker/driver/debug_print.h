// Every product as text: `overt check --print=classes src/a.py`. One table maps names to printers.
#ifndef OVERT_CHECKER_DRIVER_DEBUG_PRINT_H_
#define OVERT_CHECKER_DRIVER_DEBUG_PRINT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "checker/driver/cli.h"
#include "checker/driver/session.h"

namespace overt::driver {

absl::Span<const absl::string_view> ProductNames();  // "source", "syntax", "ast", "symbols", "flow", "classes"

// Prints one product of every file to standard output.
ExitCode PrintProduct(Session& session, const std::vector<std::string>& files, absl::string_view product);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_DEBUG_PRINT_H_
