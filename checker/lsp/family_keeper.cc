#include "checker/lsp/family_keeper.h"

#include <algorithm>

#include "checker/driver/parallel.h"

namespace overt::lsp {
namespace {

constexpr size_t kFilesBetweenLooks = 128;

// Reads what takes the time: the index that is made afterwards finds it read.
void ReadFiles(const program::Program& program, const std::vector<FileId>& files, const FamilyKeeper::Looked& looked) {
  for (size_t begin = 0; begin < files.size(); begin += kFilesBetweenLooks) {
    const size_t end = std::min(begin + kFilesBetweenLooks, files.size());
    std::vector<FileId> some(files.begin() + static_cast<std::ptrdiff_t>(begin),
                             files.begin() + static_cast<std::ptrdiff_t>(end));
    driver::ParallelForEach(some, /*threads=*/0, [&](FileId file) { program.Index(file); });
    looked(end, files.size());
  }
}

}  // namespace

classes::FamilyIndex::Pointer FamilyKeeper::For(const driver::Snapshot& snapshot, const std::vector<std::string>& open,
                                                const Looked& looked) {
  absl::MutexLock lock(&mutex_);
  classes::FamilyIndex::Pointer& latest = latest_[snapshot.settings.get()];
  if (latest != nullptr && &latest->classes() == snapshot.classes.get()) return latest;
  std::vector<FileId> ids;
  const auto add = [&](const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      if (settings_for_(path) == snapshot.settings) ids.push_back(snapshot.program->AddFile(path));
    }
  };
  add(KnownFiles());
  add(open);
  if (latest == nullptr) ReadFiles(*snapshot.program, ids, looked);
  latest =
      latest == nullptr ? classes::FamilyIndex::Build(snapshot.classes, ids) : latest->Updated(snapshot.classes, ids);
  return latest;
}

const std::vector<std::string>& FamilyKeeper::KnownFiles() {
  if (!files_) files_ = find_files_();
  return *files_;
}

std::vector<std::string> FamilyKeeper::Files() {
  absl::MutexLock lock(&mutex_);
  return KnownFiles();
}

void FamilyKeeper::Forget() {
  absl::MutexLock lock(&mutex_);
  files_.reset();
  latest_.clear();
}

}  // namespace overt::lsp
