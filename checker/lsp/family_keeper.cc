#include "checker/lsp/family_keeper.h"

namespace overt::lsp {

classes::FamilyIndex::Pointer FamilyKeeper::For(const driver::Snapshot& snapshot,
                                                const std::vector<std::string>& open) {
  absl::MutexLock lock(&mutex_);
  classes::FamilyIndex::Pointer& latest = latest_[snapshot.settings.get()];
  if (latest != nullptr && &latest->classes() == snapshot.classes.get()) return latest;
  if (!files_) files_ = find_files_();
  std::vector<FileId> ids;
  const auto add = [&](const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      if (settings_for_(path) == snapshot.settings) ids.push_back(snapshot.program->AddFile(path));
    }
  };
  add(*files_);
  add(open);
  latest =
      latest == nullptr ? classes::FamilyIndex::Build(snapshot.classes, ids) : latest->Updated(snapshot.classes, ids);
  return latest;
}

void FamilyKeeper::Forget() {
  absl::MutexLock lock(&mutex_);
  files_.reset();
  latest_.clear();
}

}  // namespace overt::lsp
