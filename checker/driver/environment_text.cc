#include "checker/driver/environment_text.h"

#include "absl/strings/str_cat.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {

using resolve::SearchPath;
using resolve::Verdict;

absl::string_view VerdictWord(Verdict verdict) {
  switch (verdict) {
    case Verdict::kTaken: return "taken";
    case Verdict::kRejected: return "rejected";
    case Verdict::kNotThere: return "not there";
  }
  return "";
}

absl::string_view SearchPathWord(const SearchPath& path) {
  switch (path.kind) {
    case SearchPath::Kind::kFirstParty: return path.is_guess ? "first-party, a guess" : "first-party";
    case SearchPath::Kind::kExtra: return "extra";
    case SearchPath::Kind::kSitePackages: return "installed";
    case SearchPath::Kind::kEditable: return "installed, editable";
  }
  return "";
}

namespace {

// Paths and names come from the disk and from the user: one line stays one line.
void AddLine(std::string* out, absl::string_view text) { absl::StrAppend(out, EscapeForTerminal(text), "\n"); }

}  // namespace

std::string EnvironmentText(const resolve::Environment& environment, absl::string_view typeshed) {
  std::string out;
  AddLine(&out, absl::StrCat("Python ", grammar::ToString(environment.version), " (", environment.version_source,
                             "), platform ", environment.platform, " (", environment.platform_source, ")"));
  AddLine(&out, absl::StrCat("environment: ", environment.prefix.empty() ? "none" : environment.prefix));
  AddLine(&out, absl::StrCat("bundled stubs: typeshed ", typeshed));
  absl::StrAppend(&out, "\ntried:\n");
  for (const resolve::TriedPlace& place : environment.tried) {
    AddLine(&out,
            absl::StrCat("  ", place.what, ": ", place.path, ": ", VerdictWord(place.verdict), ", ", place.reason));
  }
  if (environment.tried.empty()) absl::StrAppend(&out, "  nothing\n");
  absl::StrAppend(&out, "\nsearch path:\n");
  for (const SearchPath& path : environment.paths) {
    const std::string only = path.module.empty() ? "" : absl::StrCat("only `", path.module, "`, ");
    AddLine(&out, absl::StrCat("  ", path.folder, "  (", only, SearchPathWord(path), "; ", path.origin, ")"));
  }
  if (!environment.incomplete.empty()) AddLine(&out, absl::StrCat("warning: ", environment.incomplete));
  for (const std::string& note : environment.notes) AddLine(&out, absl::StrCat("note: ", note));
  return out;
}

}  // namespace overt::driver
