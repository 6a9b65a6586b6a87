#include "checker/program/file_table.h"

#include <utility>

namespace overt::program {

FileId FileTable::Add(FileInfo info) {
  absl::MutexLock lock(&mutex_);
  const auto [it, is_new] = ids_.try_emplace(info.path, FileId());
  if (!is_new) return it->second;
  const uint32_t number = size_.load(std::memory_order_relaxed);
  it->second = FileId(number);
  infos_.At(number) = std::move(info);
  size_.store(number + 1, std::memory_order_release);
  return it->second;
}

FileId FileTable::Find(absl::string_view path) const {
  absl::ReaderMutexLock lock(&mutex_);
  const auto it = ids_.find(path);
  return it == ids_.end() ? FileId() : it->second;
}

}  // namespace overt::program
