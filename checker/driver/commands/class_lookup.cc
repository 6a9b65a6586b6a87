#include "checker/driver/commands/class_lookup.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/workspace.h"
#include "diagnostics/spelling.h"

namespace overt::driver {
namespace {

// Without the bundled stubs.
std::vector<FileId> LoadedFiles(const program::Program& program) {
  std::vector<FileId> files;
  for (uint32_t i = 0; i < program.file_count(); ++i) {
    const FileId file(i);
    if (program.IndexIfLoaded(file) != nullptr && !program.file(file).is_bundled) files.push_back(file);
  }
  return files;
}

}  // namespace

std::optional<ExitCode> LoadProject(const GlobalOptions& global, const std::vector<std::string>& paths,
                                    LoadedProject& out) {
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  Session& session = (*workspace)->session();
  const FoundFiles found = session.FindFiles((*workspace)->Absolute(paths));
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  for (const FoundFiles::Skipped& one : found.skipped) {
    if (one.is_error) return Refuse(absl::StrCat(one.path, ": ", one.reason));
  }
  session.Check(found.files, {});
  const std::string here = found.files.empty() ? (*workspace)->start() : found.files.front();
  out.snapshot = session.SnapshotFor(here);
  for (const std::string& path : found.files) {
    const FileId file = out.snapshot.program->FindFile(path);
    if (file.present()) out.checked.push_back(file);
  }
  return std::nullopt;
}

classes::FamilyIndex::Pointer FamilyOfLoaded(const Snapshot& snapshot) {
  return classes::FamilyIndex::Build(snapshot.classes, LoadedFiles(*snapshot.program));
}

std::vector<classes::ClassRef> ClassesNamed(const Snapshot& snapshot, absl::string_view name) {
  std::vector<classes::ClassRef> found = snapshot.classes->FindClass(name);
  const auto is_bundled = [&](classes::ClassRef ref) { return snapshot.program->file(ref.file).is_bundled; };
  if (!absl::StrContains(name, ".") && !absl::c_all_of(found, is_bundled)) std::erase_if(found, is_bundled);
  return found;
}

std::string MeantAmong(std::vector<std::string> candidates, absl::string_view word) {
  absl::c_sort(candidates);  // the first of equals is the same in every run
  const std::vector<absl::string_view> words(candidates.begin(), candidates.end());
  return DidYouMean(NearestBySpelling(word, words));
}

ExitCode RefuseUnknownClass(const Snapshot& snapshot, absl::string_view name) {
  std::vector<std::string> names;
  for (const FileId file : LoadedFiles(*snapshot.program)) {
    for (const classes::ClassRef ref : snapshot.classes->ClassesIn(file)) {
      const classes::ClassInfo& info = snapshot.classes->InfoOf(ref);
      names.push_back(absl::StrContains(name, ".") ? info.qualified : info.name);
    }
  }
  return Refuse(absl::StrCat("no class is named `", name, "`", MeantAmong(std::move(names), name)));
}

}  // namespace overt::driver
