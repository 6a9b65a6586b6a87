#include "checker/program/cache_store.h"

#include <lmdb.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "checker/program/cache_folder.h"
#include "checker/program/lmdb_check.h"
#include "xxhash.h"

namespace overt::program {
namespace {

static_assert(LmdbFile::kKeyBytes == sizeof(CacheKey));

// In front of every value.
struct ValueHeader {
  CacheKey key;
  uint64_t checksum;  // of key and value
};
static_assert(sizeof(ValueHeader) == 24);

uint64_t ChecksumOfValue(const CacheKey& key, const uint8_t* value, size_t size) {
  return XXH3_64bits_withSeed(value, size, XXH3_64bits(key.data(), key.size()));
}

// The record that says when what was used last. Runs that write count as the clock.
constexpr CacheKey kUsesKey = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                               0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
struct UseRow {
  CacheKey key;
  uint32_t last_run;
  uint32_t reserved;
};
struct UsesHead {
  uint32_t run;
  uint32_t count;
};
constexpr uint32_t kStaleRuns = 16;  // how far a use may lie back before it is worth writing that there was a newer one

class Mapping {
 public:
  Mapping() = default;
  explicit Mapping(int file) {
    struct stat status{};
    if (fstat(file, &status) != 0 || status.st_size <= 0) return;
    void* data = mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_SHARED, file, 0);
    if (data != MAP_FAILED) bytes_ = {static_cast<const uint8_t*>(data), static_cast<size_t>(status.st_size)};
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (!bytes_.empty()) munmap(const_cast<uint8_t*>(bytes_.data()), bytes_.size());
  }
  absl::Span<const uint8_t> bytes() const { return bytes_; }

 private:
  absl::Span<const uint8_t> bytes_;
};

// LMDB's handles for one transaction; whatever was not committed is undone.
class Writer {
 public:
  Writer(const std::string& path, size_t map_bytes) {
    constexpr unsigned kFlags = MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC | MDB_NOTLS | MDB_NORDAHEAD;
    constexpr mdb_mode_t kMode = S_IRUSR | S_IWUSR;
    error_ = mdb_env_create(&environment_);
    if (error_ == 0) error_ = mdb_env_set_mapsize(environment_, map_bytes);
    if (error_ == 0) error_ = mdb_env_open(environment_, path.c_str(), kFlags, kMode);
    if (error_ == 0) error_ = mdb_txn_begin(environment_, nullptr, 0, &transaction_);
    if (error_ == 0) error_ = mdb_dbi_open(transaction_, nullptr, 0, &database_);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    if (transaction_ != nullptr) mdb_txn_abort(transaction_);
    if (environment_ != nullptr) mdb_env_close(environment_);
  }

  int error() const { return error_; }  // the first one; nothing is done after it

  void Put(const CacheKey& key, absl::Span<const uint8_t> value) {
    MDB_val name{key.size(), const_cast<uint8_t*>(key.data())};
    MDB_val place{sizeof(ValueHeader) + value.size(), nullptr};
    if (error_ == 0) error_ = mdb_put(transaction_, database_, &name, &place, MDB_RESERVE);
    if (error_ != 0) return;
    ValueHeader header{key, ChecksumOfValue(key, value.data(), value.size())};
    auto* to = static_cast<uint8_t*>(place.mv_data);
    std::memcpy(to, &header, sizeof(header));
    if (!value.empty()) std::memcpy(to + sizeof(header), value.data(), value.size());
  }

  void Remove(const CacheKey& key) {
    MDB_val name{key.size(), const_cast<uint8_t*>(key.data())};
    if (error_ != 0) return;
    const int result = mdb_del(transaction_, database_, &name, nullptr);
    error_ = result == MDB_NOTFOUND ? 0 : result;
  }

  void Commit() {
    if (error_ == 0) error_ = mdb_txn_commit(std::exchange(transaction_, nullptr));
  }

 private:
  MDB_env* environment_ = nullptr;
  MDB_txn* transaction_ = nullptr;
  MDB_dbi database_ = 0;
  int error_ = 0;
};

class LmdbStore final : public CacheStore {
 public:
  LmdbStore(std::string path, const Options& options, std::unique_ptr<CacheFolder> folder)
      : path_(std::move(path)), options_(options), folder_(std::move(folder)) {
    const int file = folder_ == nullptr ? -1 : folder_->OpenData();
    if (file < 0) return;
    mapping_.emplace(file);
    close(file);
    file_.emplace(mapping_->bytes(), MapBytes() / static_cast<size_t>(sysconf(_SC_PAGESIZE)));
    if (!file_->Read()) {
      file_.reset();
      return;
    }
    items_ = std::vector<Item>(file_->entries().size());
    by_key_.reserve(items_.size());
    for (size_t i = 0; i < items_.size(); ++i) by_key_.emplace(file_->entries()[i].key, i);
  }

  absl::Span<const uint8_t> Find(const CacheKey& key) override {
    const auto found = by_key_.find(key);
    if (found == by_key_.end() || key == kUsesKey) return {};
    const absl::Span<const uint8_t> value = Value(key, file_->entries()[found->second]);
    if (value.data() == nullptr) return {};
    items_[found->second].was_used.store(true, std::memory_order_relaxed);
    return reinterpret_cast<uintptr_t>(value.data()) % 8 == 0 ? value : Aligned(found->second, value);
  }

  void Add(const CacheKey& key, absl::Span<const uint8_t> value, std::shared_ptr<const void> owner) override {
    absl::MutexLock lock(&mutex_);
    added_[key] = {value, std::move(owner)};
  }

  std::string Commit() override {
    absl::MutexLock lock(&mutex_);
    if (is_committed_) return "";
    is_committed_ = true;
    ReadUses();
    if (added_.empty() && !HasStaleUse()) return "";
    if (std::string problem = BeginWriting(); !problem.empty()) return problem;
    const int error = Write();
    // Pages that a transaction gives back serve the next one only: full all the same means beginning anew.
    if (error == MDB_MAP_FULL) folder_->RemoveData();
    folder_->LockShared();
    return error == 0 ? "" : mdb_strerror(error);
  }

 private:
  struct Item {
    std::atomic<bool> was_used{false};
    uint32_t last_run = 0;
  };
  struct Added {
    absl::Span<const uint8_t> value;
    std::shared_ptr<const void> owner;
  };

  size_t MapBytes() const { return options_.max_bytes + options_.max_bytes / 4 + (size_t{1} << 20); }

  // Null data if it is damaged.
  absl::Span<const uint8_t> Value(const CacheKey& key, const LmdbFile::Entry& entry) const {
    const absl::Span<const uint8_t> bytes = file_->Value(entry);
    ValueHeader header;
    if (bytes.size() < sizeof(header)) return {};
    std::memcpy(&header, bytes.data(), sizeof(header));
    const absl::Span<const uint8_t> value = bytes.subspan(sizeof(header));
    const bool is_sound = header.key == key && header.checksum == ChecksumOfValue(key, value.data(), value.size());
    return is_sound ? value : absl::Span<const uint8_t>();
  }

  absl::Span<const uint8_t> Aligned(size_t item, absl::Span<const uint8_t> value) {
    absl::MutexLock lock(&mutex_);
    std::vector<uint64_t>& copy = copies_[item];
    if (copy.empty()) {
      copy.resize((value.size() + 7) / 8 + 1);
      std::memcpy(copy.data(), value.data(), value.size());
    }
    return {reinterpret_cast<const uint8_t*>(copy.data()), value.size()};
  }

  // Alone with a file that LMDB may open, or with none; else why not.
  std::string BeginWriting() {
    if (folder_ == nullptr) {
      std::string problem;
      folder_ = CacheFolder::Open(path_, CacheFolder::Purpose::kWrite, &problem);
      if (folder_ == nullptr) return problem;
      if (!folder_->LockShared() || !folder_->LockAlone()) return std::string(kBusy);
      // Somebody else may have made one meanwhile, of which nothing is known here.
      if (const int file = folder_->OpenData(); file >= 0) {
        close(file);
        return std::string(kBusy);
      }
    }
    std::string problem;
    if (!folder_->Mark(&problem)) return problem;
    // While we are readers nobody writes: the file is still the one that was read.
    if (!folder_->LockAlone()) return std::string(kBusy);
    if (file_ && file_->IsSafeToWrite()) return "";
    by_key_.clear();
    // Those who have it open keep the old file.
    return folder_->RemoveData() ? "" : "its file cannot be replaced";
  }

  void ReadUses() {
    const auto found = by_key_.find(kUsesKey);
    if (found == by_key_.end()) return;
    const absl::Span<const uint8_t> bytes = Value(kUsesKey, file_->entries()[found->second]);
    UsesHead head;
    if (bytes.size() < sizeof(head)) return;
    std::memcpy(&head, bytes.data(), sizeof(head));
    if (head.count != (bytes.size() - sizeof(head)) / sizeof(UseRow)) return;
    run_ = head.run;
    for (uint32_t i = 0; i < head.count; ++i) {
      UseRow row;
      std::memcpy(&row, bytes.data() + sizeof(head) + i * sizeof(row), sizeof(row));
      if (const auto it = by_key_.find(row.key); it != by_key_.end()) {
        items_[it->second].last_run = std::min(row.last_run, run_);
      }
    }
  }

  bool HasStaleUse() const {
    return std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
      return item.was_used.load(std::memory_order_relaxed) && run_ - item.last_run > kStaleRuns;
    });
  }

  // What is there already and stays, longest unused first.
  std::vector<size_t> OldItems() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    std::vector<size_t> old;
    for (const auto& [key, item] : by_key_) {
      if (items_[item].was_used.load(std::memory_order_relaxed)) items_[item].last_run = run_;
      if (key != kUsesKey && !added_.contains(key)) old.push_back(item);
    }
    std::sort(old.begin(), old.end(),
              [&](size_t a, size_t b) { return std::pair(items_[a].last_run, a) < std::pair(items_[b].last_run, b); });
    return old;
  }

  // The error of LMDB, or 0.
  int Write() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    ++run_;
    const std::vector<size_t> old = OldItems();
    size_t total = 0;
    for (const size_t item : old) total += SizeOnDisk(file_->entries()[item].size);
    for (const auto& [key, added] : added_) total += SizeOnDisk(added.value.size());
    Writer writer(folder_->data_path(), MapBytes());
    std::vector<UseRow> rows;
    for (const size_t item : old) {
      const LmdbFile::Entry& entry = file_->entries()[item];
      if (total > options_.max_bytes) {
        writer.Remove(entry.key);
        total -= SizeOnDisk(entry.size);
      } else {
        rows.push_back({entry.key, items_[item].last_run, 0});
      }
    }
    for (const auto& [key, added] : added_) {
      if (total > options_.max_bytes) {
        total -= SizeOnDisk(added.value.size());
      } else {
        writer.Put(key, added.value);
        rows.push_back({key, run_, 0});
      }
    }
    PutUses(writer, rows);
    writer.Commit();
    return writer.error();
  }

  void PutUses(Writer& writer, const std::vector<UseRow>& rows) const {
    std::vector<uint8_t> uses(sizeof(UsesHead) + rows.size() * sizeof(UseRow));
    const UsesHead head{run_, static_cast<uint32_t>(rows.size())};
    std::memcpy(uses.data(), &head, sizeof(head));
    if (!rows.empty()) std::memcpy(uses.data() + sizeof(head), rows.data(), rows.size() * sizeof(UseRow));
    writer.Put(kUsesKey, uses);
  }

  // Values of more than half a page have pages of their own.
  static size_t SizeOnDisk(size_t size) {
    constexpr size_t kPage = 4096;
    constexpr size_t kSmall = 2000;
    return size < kSmall ? size + 64 : (size + sizeof(ValueHeader) + 16 + kPage - 1) / kPage * kPage;
  }

  std::string path_;
  Options options_;
  std::unique_ptr<CacheFolder> folder_;  // null while there is none
  std::optional<Mapping> mapping_;
  std::optional<LmdbFile> file_;  // nothing if there is none, or a damaged one
  std::vector<Item> items_;       // by the number of the file's entry
  absl::flat_hash_map<CacheKey, size_t> by_key_;
  uint32_t run_ = 0;
  absl::Mutex mutex_;
  bool is_committed_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<CacheKey, Added> added_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<size_t, std::vector<uint64_t>> copies_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<CacheStore> CacheStore::Open(const std::string& folder, const Options& options, std::string* why_not) {
  std::unique_ptr<CacheFolder> opened;
  struct stat status{};
  if (lstat(folder.c_str(), &status) == 0) {
    opened = CacheFolder::Open(folder, CacheFolder::Purpose::kRead, why_not);
    if (opened == nullptr) return nullptr;
    if (!opened->LockShared()) {
      *why_not = "another run is writing to it, or it cannot be locked";
      return nullptr;
    }
  }
  return std::make_unique<LmdbStore>(folder, options, std::move(opened));
}

uint64_t CacheStore::Clean(const std::string& folder, std::string* why_not) {
  const std::unique_ptr<CacheFolder> opened = CacheFolder::Open(folder, CacheFolder::Purpose::kClean, why_not);
  if (opened == nullptr) return 0;
  if (!opened->LockAlone()) {
    *why_not = "another run is using it";
    return 0;
  }
  return opened->RemoveAll();
}

}  // namespace overt::program
