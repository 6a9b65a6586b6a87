#include "checker/driver/commands/report_target.h"

#include "absl/algorithm/container.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {

ReportTarget ParseReportTarget(absl::string_view word) {
  const size_t colon = word.find(':');
  const absl::string_view before = word.substr(0, colon);
  if (colon == absl::string_view::npos || !absl::c_linear_search(RenderFormats(), before))
    return {"", std::string(word)};
  return {std::string(before), std::string(word.substr(colon + 1))};
}

}  // namespace overt::driver
