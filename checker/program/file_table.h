// The files of a run by path and by number. Append-only: a path keeps its number for as long as the process runs.
//
//   FileId id = table.Add({.path = "/p/a.py", …});     // the id it has, if it is known already
#ifndef OVERT_CHECKER_PROGRAM_FILE_TABLE_H_
#define OVERT_CHECKER_PROGRAM_FILE_TABLE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "checker/program/program.h"

namespace overt::program {

// Slots by FileId that never move, made a block at a time: reading one takes no lock.
template <typename T>
class BlockArray {
 public:
  BlockArray() = default;
  BlockArray(const BlockArray&) = delete;
  BlockArray& operator=(const BlockArray&) = delete;
  ~BlockArray() {
    for (std::atomic<T*>& block : blocks_) delete[] block.load(std::memory_order_relaxed);
  }

  // The slot; its block is made if it is not there.
  T& At(uint32_t i) {
    std::atomic<T*>& block = blocks_[i / kBlock];
    T* slots = block.load(std::memory_order_acquire);
    if (slots == nullptr) {
      auto made = std::make_unique<T[]>(kBlock);
      if (block.compare_exchange_strong(slots, made.get(), std::memory_order_acq_rel)) slots = made.release();
    }
    return slots[i % kBlock];
  }
  // The slot, or null if nobody made its block.
  const T* Peek(uint32_t i) const {
    const T* slots = blocks_[i / kBlock].load(std::memory_order_acquire);
    return slots == nullptr ? nullptr : &slots[i % kBlock];
  }

  static constexpr uint32_t kBlock = 1024;
  static constexpr uint32_t kMaxBlocks = 4096;  // four million files

 private:
  std::array<std::atomic<T*>, kMaxBlocks> blocks_{};
};

class FileTable {
 public:
  FileId Add(FileInfo info);
  FileId Find(absl::string_view path) const;
  const FileInfo& Get(FileId id) const { return *infos_.Peek(id.raw); }
  size_t size() const { return size_.load(std::memory_order_acquire); }
  // See Program::NoteBodiesRead.
  void NoteBodiesRead(FileId id) { bodies_read_.At(id.raw).store(true, std::memory_order_release); }
  bool AreBodiesRead(FileId id) const {
    const std::atomic<bool>* slot = bodies_read_.Peek(id.raw);
    return slot != nullptr && slot->load(std::memory_order_acquire);
  }

 private:
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, FileId> ids_ ABSL_GUARDED_BY(mutex_);
  BlockArray<FileInfo> infos_;
  BlockArray<std::atomic<bool>> bodies_read_;
  std::atomic<uint32_t> size_{0};
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_FILE_TABLE_H_
