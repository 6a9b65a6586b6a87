// Diagnostics as text for a terminal, a pipe or a program: one class for each format, chosen by name.
//
//   std::unique_ptr<Renderer> renderer = MakeRenderer("concise", {});
//   renderer->Begin(out); for (…) renderer->Add(diagnostic, sources, out); renderer->End(summary, out);
//
// Streaming: everything goes to the end of `out`, which the caller may write and clear between calls. Every string that
// comes from a project is escaped for its sink, here and nowhere else. Knows no rules and no files.
#ifndef OVERT_DIAGNOSTICS_RENDER_RENDERER_H_
#define OVERT_DIAGNOSTICS_RENDER_RENDERER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/span.h"

namespace overt {

// Borrowed for the duration of one call. Text may be empty for files that can no longer be read.
using SourceLookup = absl::FunctionRef<SourceView(FileId)>;

enum class Color : uint8_t { kPlain, kAnsi };

struct RenderOptions {
  Color color = Color::kPlain;
  size_t width = 100;         // columns of the terminal; long source lines are shortened around the caret
  std::string version;        // of overt, for formats that name the tool
  std::string folder;         // from which paths are seen, absolute; for formats that have whole paths
  bool shows_source = true;   // where a format has frames of source: without them it names the places
  bool shows_origin = false;  // where a format has a place for it: where the level of each finding was chosen
};

// Findings of a file that were counted and not handed to the renderer, because the file has too many.
struct Omitted {
  std::string path;  // as shown to people
  size_t findings = 0;
};

struct RenderSummary {
  size_t errors = 0, warnings = 0, infos = 0;
  size_t hidden = 0;    // not among those, because the user asked not to see them
  size_t unlisted = 0;  // among those, and not handed to the renderer, because the user wanted fewer
  size_t files = 0, classes = 0, override_pairs = 0;
  std::vector<std::string> internal_errors;  // one sentence each, with the file
  std::vector<Omitted> omitted;              // in the order of the paths
};

class Renderer {
 public:
  virtual ~Renderer() = default;
  virtual void Begin(std::string& out) = 0;
  virtual void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) = 0;
  virtual void End(const RenderSummary& summary, std::string& out) = 0;  // closes documents; no summary line
  // Whether it has a place for findings that a baseline accepts.
  virtual bool takes_accepted() const { return false; }
  // Whether who reads it knows from which folder overt was started, so that paths may lead upward: `../b.py`.
  virtual bool takes_upward_paths() const { return true; }
};

// Null for a name that is no format.
std::unique_ptr<Renderer> MakeRenderer(absl::string_view format, const RenderOptions& options);
absl::Span<const absl::string_view> RenderFormats();  // "full", "concise", "json", …

// Control characters, line breaks, bidirectional controls and invalid UTF-8 made visible, for one line of text. A `#`
// that would make a CI system read a command out of its log (`##vso[`, `##[`, `##teamcity[`) is spelled out as well.
std::string EscapeForTerminal(absl::string_view text);
// The same for a path that begins a line: `::x.py`, which GitHub's runner would take for a command, is shown
// `./::x.py`.
std::string EscapePathAtLineStart(absl::string_view path);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_RENDER_RENDERER_H_
