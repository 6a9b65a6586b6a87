// Who derives from whom in a folder of the workspace, kept from question to question.
//
//   FamilyIndex::Pointer family = root.families()->For(snapshot, open_paths, looked);
//
// The first question reads every file of the folder; after an edit only what it may have changed is looked at again.
// All functions may be called from any thread; who comes while the index is made waits for it.
#ifndef OVERT_CHECKER_LSP_FAMILY_KEEPER_H_
#define OVERT_CHECKER_LSP_FAMILY_KEEPER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "checker/classes/family.h"
#include "checker/driver/session.h"

namespace overt::lsp {

class FamilyKeeper {
 public:
  using FindFiles = std::function<std::vector<std::string>()>;
  using SettingsFor = std::function<std::shared_ptr<const driver::Settings>(const std::string& path)>;

  // `find_files`: absolute paths of the folder's Python files. Asked when they are needed, and again after `Forget`.
  FamilyKeeper(FindFiles find_files, SettingsFor settings_for)
      : find_files_(std::move(find_files)), settings_for_(std::move(settings_for)) {}

  // Hears how many of the project's files were read.
  using Looked = std::function<void(size_t done, size_t total)>;

  // The index of the snapshot's project. `open`: paths of documents, which may lie on no disk. `looked` hears nothing
  // where nothing must be read.
  classes::FamilyIndex::Pointer For(const driver::Snapshot& snapshot, const std::vector<std::string>& open,
                                    const Looked& looked);

  // The paths that `find_files` answered.
  std::vector<std::string> Files();

  // Files came or went: imports may lead elsewhere.
  void Forget();

 private:
  const std::vector<std::string>& KnownFiles() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const FindFiles find_files_;
  const SettingsFor settings_for_;
  absl::Mutex mutex_;
  std::optional<std::vector<std::string>> files_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<const driver::Settings*, classes::FamilyIndex::Pointer> latest_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FAMILY_KEEPER_H_
