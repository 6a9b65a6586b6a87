#include "diagnostics/render/renderer.h"

#include "diagnostics/render/formats.h"

namespace overt {

absl::Span<const absl::string_view> RenderFormats() {
  static constexpr absl::string_view kFormats[] = {"full", "concise", "json"};
  return kFormats;
}

std::unique_ptr<Renderer> MakeRenderer(absl::string_view format, const RenderOptions& options) {
  if (format == "full") return MakeFullRenderer(options);
  if (format == "concise") return MakeConciseRenderer(options);
  if (format == "json") return MakeJsonRenderer(options);
  return nullptr;
}

}  // namespace overt
