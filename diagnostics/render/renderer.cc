#include "diagnostics/render/renderer.h"

#include <array>

#include "diagnostics/render/formats.h"

namespace overt {
namespace {

struct Format {
  absl::string_view name;
  std::unique_ptr<Renderer> (*make)(const RenderOptions& options);
};

constexpr Format kFormats[] = {
    {"full", MakeFullRenderer},
    {"concise", MakeConciseRenderer},
    {"json", MakeJsonRenderer},
    {"json-lines", MakeJsonLinesRenderer},
    {"sarif", MakeSarifRenderer},
    {"github", MakeGithubRenderer},
    {"gitlab", MakeGitlabRenderer},
    {"junit", MakeJunitRenderer},
    {"rdjson", MakeRdjsonRenderer},
    {"grouped", MakeGroupedRenderer},
    {"azure", MakeAzureRenderer},
    {"teamcity", MakeTeamcityRenderer},
    {"pylint", MakePylintRenderer},
    {"markdown", MakeMarkdownRenderer},
    {"mypy", MakeMypyRenderer},
    {"mypy-json", MakeMypyJsonRenderer},
    {"pyright-json", MakePyrightJsonRenderer},
};

constexpr auto kNames = [] {
  std::array<absl::string_view, std::size(kFormats)> names;
  for (size_t i = 0; i < names.size(); ++i) names[i] = kFormats[i].name;
  return names;
}();

}  // namespace

absl::Span<const absl::string_view> RenderFormats() { return kNames; }

std::unique_ptr<Renderer> MakeRenderer(absl::string_view format, const RenderOptions& options) {
  for (const Format& one : kFormats) {
    if (one.name == format) return one.make(options);
  }
  return nullptr;
}

}  // namespace overt
