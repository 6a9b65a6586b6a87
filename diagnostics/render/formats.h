// The formats, one class a file. Private to `diagnostics/render`.
#ifndef OVERT_DIAGNOSTICS_RENDER_FORMATS_H_
#define OVERT_DIAGNOSTICS_RENDER_FORMATS_H_

#include <memory>

#include "diagnostics/render/renderer.h"

namespace overt {

std::unique_ptr<Renderer> MakeFullRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeConciseRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeJsonRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeJsonLinesRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeSarifRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeGithubRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeGitlabRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeJunitRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeRdjsonRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeGroupedRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeAzureRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeTeamcityRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakePylintRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeMarkdownRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeMypyRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakeMypyJsonRenderer(const RenderOptions& options);
std::unique_ptr<Renderer> MakePyrightJsonRenderer(const RenderOptions& options);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_RENDER_FORMATS_H_
