#include "checker/driver/commands/next_steps.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/shown_path.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

constexpr absl::string_view kNextCommands = R"(
next
  overt check             what it finds
  overt baseline create   accept what it finds today, so that only new findings are reported
  overt suppress add      the same, by a comment at each finding
)";

std::string PresetLines(absl::string_view file, Preset in_force) {
  const absl::string_view place = file == "pyproject.toml" ? "below `[tool.overt]`" : "above all tables";
  std::string out =
      absl::StrCat("\npresets: `preset = \"NAME\"` in ", file, ", ", place, "; `", NameOf(in_force), "` is in force\n");
  for (const PresetInfo& one : AllPresets()) absl::StrAppendFormat(&out, "  %-13s %s\n", one.name, one.summary);
  return out;
}

constexpr absl::string_view kHookToPaste = R"(- repo: local
  hooks:
    - id: overt
      name: overt
      entry: overt check --staged
      language: system
      pass_filenames: false
      always_run: true)";

// The repository's, or the folder's where it is in none: there hooks are configured.
std::string HookFolder(const std::string& folder) {
  for (std::string at = folder; at != "/"; at = resolve::Parent(at)) {
    const std::string git = absl::StrCat(at, "/.git");  // a file in a work tree that was added
    if (resolve::IsFolder(git) || resolve::IsFile(git)) return at;
  }
  return folder;
}

// Empty where the project has the hook.
std::string HookLines(const std::string& folder) {
  const std::string path = absl::StrCat(HookFolder(folder), "/.pre-commit-config.yaml");
  const std::string text = resolve::ReadSmallText(path);
  if (absl::StrContains(text, "id: overt")) return "";
  const std::string shown = EscapeForTerminal(resolve::ShownPath(path, folder));
  std::string out = text.empty() ? absl::StrCat("\nbefore every commit: a new ", shown, " with\n  repos:\n")
                                 : absl::StrCat("\nbefore every commit: in ", shown, ", below `repos:`\n");
  for (const absl::string_view line : absl::StrSplit(kHookToPaste, '\n')) absl::StrAppend(&out, "    ", line, "\n");
  return out;
}

}  // namespace

std::string NextSteps(const std::string& folder, absl::string_view file, Preset preset) {
  return absl::StrCat(kNextCommands, PresetLines(file, preset), HookLines(folder));
}

}  // namespace overt::driver
