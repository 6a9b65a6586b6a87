// What commands about one class begin with: every file loaded, so that all subclasses are known, and a name looked up.
//
//   LoadedProject project;
//   if (const std::optional<ExitCode> refused = LoadProject(global, options.paths, project)) return *refused;
//   if (ClassesNamed(project.snapshot, name).empty()) return RefuseUnknownClass(project.snapshot, name);
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_CLASS_LOOKUP_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_CLASS_LOOKUP_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/classes/family.h"
#include "checker/driver/cli.h"
#include "checker/driver/session.h"

namespace overt::driver {

struct LoadedProject {
  Snapshot snapshot;            // of the project that governs the first file
  std::vector<FileId> checked;  // what was found at the paths, by path
};

// Of the paths as written. What the run ends with, if it cannot go on; then standard error says why.
std::optional<ExitCode> LoadProject(const GlobalOptions& global, const std::vector<std::string>& paths,
                                    LoadedProject& out);

// Of the files that are loaded, those of libraries included.
classes::FamilyIndex::Pointer FamilyOfLoaded(const Snapshot& snapshot);

// As `ClassTable::FindClass`, but that a name without a module means classes of the standard library only where nothing
// else has it.
std::vector<classes::ClassRef> ClassesNamed(const Snapshot& snapshot, absl::string_view name);

// "overt: no class is named `Raeder`; did you mean `Reader`?"
ExitCode RefuseUnknownClass(const Snapshot& snapshot, absl::string_view name);

// The candidate that looks most like the word, as `DidYouMean` puts it.
std::string MeantAmong(std::vector<std::string> candidates, absl::string_view word);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_CLASS_LOOKUP_H_
