#include "grammar/source/disk_log.h"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <map>
#include <tuple>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "grammar/source/disk_view.h"
#include "xxhash.h"

namespace overt::grammar {
namespace {

// Of the current folder's cache: it comes and goes with the cache itself, and nobody looks into it.
constexpr absl::string_view kOwnFolder = ".overt_cache";

struct Log {
  using Key = std::tuple<DiskLog::Question, uint8_t, std::string>;
  absl::Mutex mutex;
  std::map<Key, DiskLog::Entry> entries ABSL_GUARDED_BY(mutex);
  std::map<std::string, std::optional<std::string>> variables ABSL_GUARDED_BY(mutex);
  bool is_spoiled ABSL_GUARDED_BY(mutex) = false;
};

std::atomic<bool> is_logging{false};

Log& TheLog() {
  static Log* const log = new Log;  // for the rest of the process: threads may outlive main
  return *log;
}

int64_t Nanoseconds(const timespec& time) { return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

PathKind KindOfMode(uint64_t mode) {
  if (mode == 0) return PathKind::kNothing;
  if (S_ISREG(mode)) return PathKind::kFile;
  return S_ISDIR(mode) ? PathKind::kFolder : PathKind::kOther;
}

ContentId NumberId(uint64_t number) { return {number, 1}; }

ContentId ListingId(const FolderListing& listing) {
  std::string text = absl::StrCat(listing.error, "\n", listing.stamp.device, "\n", listing.stamp.inode, "\n");
  for (const FolderListing::Entry& entry : listing.entries) {
    if (entry.name == kOwnFolder) continue;
    text.append(entry.name);
    text.push_back('\0');
    text.push_back(static_cast<char>(entry.type));
  }
  return ContentIdOf(text);
}

FolderListing ReadFolder(const std::string& path) {
  FolderListing listing;
  DIR* stream = opendir(path.c_str());
  if (stream == nullptr) {
    listing.error = errno;
    listing.stamp = StampOf(path);
    return listing;
  }
  const absl::Cleanup close = [stream] { closedir(stream); };
  struct stat status{};
  const int folder = dirfd(stream);
  if (folder >= 0 && fstat(folder, &status) == 0) listing.stamp = StampOf(status);
  while (const dirent* entry = readdir(stream)) {
    const absl::string_view name = entry->d_name;
    if (name != "." && name != "..") listing.entries.push_back({std::string(name), entry->d_type});
  }
  std::sort(listing.entries.begin(), listing.entries.end(),
            [](const FolderListing::Entry& a, const FolderListing::Entry& b) { return a.name < b.name; });
  return listing;
}

KindAnswer ReadKind(const std::string& path) {
  const FileStamp stamp = StampOf(path);
  return {KindOfMode(stamp.mode), stamp.mode == 0 ? static_cast<int>(stamp.size) : 0};
}

ContentId KindId(const KindAnswer& answer) {
  return {static_cast<uint64_t>(answer.kind), static_cast<uint64_t>(answer.error)};
}

ContentId RealPathId(const std::optional<std::string>& answer) { return answer ? ContentIdOf(*answer) : NumberId(0); }

std::optional<std::string> ReadRealPath(const std::string& path) {
  char* real = realpath(path.c_str(), nullptr);
  if (real == nullptr) return std::nullopt;
  std::string result = real;
  std::free(real);
  return result;
}

bool ReadIsLink(const std::string& path) {
  struct stat status{};
  return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

// Whether a folder or file whose stamp says nothing still holds what it held.
bool HoldsOnReading(DiskLog::Entry& entry, const FileStamp& now) {
  if (entry.has_failed || now.mode == 0) return false;
  if (entry.question == DiskLog::Question::kListing) {
    const bool is_settled = IsSettled(now);
    const FolderListing listing = ReadFolder(entry.path);
    if (listing.error != 0 || ListingId(listing) != entry.answer) return false;
    entry.is_settled = is_settled && listing.stamp == now;
    entry.stamp = now;
    return true;
  }
  if (now.size != entry.stamp.size) return false;
  const absl::StatusOr<FileContents> contents = ReadContents(entry.path, now.size);
  if (!contents.ok() || contents->id != entry.answer) return false;
  entry.stamp = contents->stamp;
  entry.is_settled = contents->is_settled;
  return true;
}

}  // namespace

FileStamp StampOf(const struct stat& status) {
  FileStamp stamp;
  stamp.device = status.st_dev;
  stamp.inode = status.st_ino;
  stamp.size = static_cast<uint64_t>(status.st_size);
  stamp.modified_ns = Nanoseconds(status.st_mtim);
  stamp.changed_ns = Nanoseconds(status.st_ctim);
  stamp.mode = status.st_mode;
  return stamp;
}

FileStamp StampOf(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) == 0) return StampOf(status);
  FileStamp nothing;
  nothing.size = static_cast<uint64_t>(errno);
  return nothing;
}

bool IsSettled(const FileStamp& stamp) {
  constexpr int64_t kGrain = 2'000'000'000;
  if (stamp.mode == 0) return true;
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return std::max(stamp.modified_ns, stamp.changed_ns) < Nanoseconds(now) - kGrain;
}

ContentId ContentIdOf(absl::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.low64, hash.high64};
}

KindAnswer AskKind(const std::string& path) {
  if (DiskView::Find(path) != nullptr) return {PathKind::kFile, 0};
  const KindAnswer answer = ReadKind(path);
  if (DiskLog::is_on()) {
    DiskLog::Entry entry;
    entry.path = path;
    entry.answer = KindId(answer);
    DiskLog::Note(std::move(entry));
  }
  return answer;
}

bool AskAccess(const std::string& path, int mode) {
  const bool answer = access(path.c_str(), mode) == 0;
  if (DiskLog::is_on()) {
    DiskLog::Entry entry;
    entry.question = DiskLog::Question::kAccess;
    entry.argument = static_cast<uint8_t>(mode);
    entry.path = path;
    entry.answer = NumberId(answer ? 1 : 0);
    DiskLog::Note(std::move(entry));
  }
  return answer;
}

bool AskIsLink(const std::string& path) {
  const bool answer = ReadIsLink(path);
  if (DiskLog::is_on()) {
    DiskLog::Entry entry;
    entry.question = DiskLog::Question::kIsLink;
    entry.path = path;
    entry.answer = NumberId(answer ? 1 : 0);
    DiskLog::Note(std::move(entry));
  }
  return answer;
}

std::optional<std::string> AskRealPath(const std::string& path) {
  std::optional<std::string> answer = ReadRealPath(path);
  if (DiskLog::is_on()) {
    DiskLog::Entry entry;
    entry.question = DiskLog::Question::kRealPath;
    entry.path = path;
    entry.answer = RealPathId(answer);
    DiskLog::Note(std::move(entry));
  }
  return answer;
}

FolderListing AskFolder(const std::string& path) {
  FolderListing listing = ReadFolder(path);
  DiskView::Complete(path, listing);
  if (DiskLog::is_on()) {
    DiskLog::Entry entry;
    entry.question = DiskLog::Question::kListing;
    entry.path = path;
    entry.stamp = listing.stamp;
    entry.answer = ListingId(listing);
    entry.has_failed = listing.error != 0;
    // A listing that began before a change and ended after it belongs to neither stamp.
    entry.is_settled = IsSettled(listing.stamp) && StampOf(path) == listing.stamp;
    DiskLog::Note(std::move(entry));
  }
  return listing;
}

void DiskLog::Start() { is_logging = true; }
bool DiskLog::is_on() { return is_logging.load(std::memory_order_relaxed); }

void DiskLog::Note(Entry entry) {
  if (!is_on()) return;
  Log& log = TheLog();
  absl::MutexLock lock(&log.mutex);
  Log::Key key{entry.question, entry.argument, entry.path};
  const auto [it, is_new] = log.entries.try_emplace(std::move(key), entry);
  if (is_new) return;
  Entry& known = it->second;
  log.is_spoiled |= !(known.answer == entry.answer);
  // Seen under two stamps: only reading can tell.
  known.is_settled &= entry.is_settled && known.stamp == entry.stamp;
}

void DiskLog::NoteContents(const std::string& path, const FileStamp& stamp, ContentId id, bool is_settled) {
  if (!is_on()) return;
  Entry entry;
  entry.question = Question::kContents;
  entry.path = path;
  entry.stamp = stamp;
  entry.answer = id;
  entry.is_settled = is_settled;
  Note(std::move(entry));
}

void DiskLog::NoteVariable(const std::string& name, const std::optional<std::string>& value) {
  if (!is_on()) return;
  Log& log = TheLog();
  absl::MutexLock lock(&log.mutex);
  const auto [it, is_new] = log.variables.try_emplace(name, value);
  log.is_spoiled |= !is_new && it->second != value;
}

void DiskLog::Spoil() {
  if (!is_on()) return;
  Log& log = TheLog();
  absl::MutexLock lock(&log.mutex);
  log.is_spoiled = true;
}

std::optional<std::vector<DiskLog::Entry>> DiskLog::Take() {
  if (!is_logging.exchange(false)) return std::nullopt;
  Log& log = TheLog();
  absl::MutexLock lock(&log.mutex);
  std::vector<Entry> entries;
  entries.reserve(log.entries.size());
  for (auto& [key, entry] : log.entries) entries.push_back(std::move(entry));
  log.entries.clear();
  const bool is_spoiled = std::exchange(log.is_spoiled, false);
  if (is_spoiled) return std::nullopt;
  return entries;
}

std::vector<DiskLog::Variable> DiskLog::TakeVariables() {
  Log& log = TheLog();
  absl::MutexLock lock(&log.mutex);
  std::vector<Variable> variables;
  variables.reserve(log.variables.size());
  for (const auto& [name, value] : log.variables) variables.push_back({name, value});
  log.variables.clear();
  return variables;
}

bool DiskLog::Holds(Entry& entry) {
  switch (entry.question) {
    case Question::kKind: return KindId(ReadKind(entry.path)) == entry.answer;
    case Question::kAccess: return NumberId(access(entry.path.c_str(), entry.argument) == 0 ? 1 : 0) == entry.answer;
    case Question::kRealPath: return RealPathId(ReadRealPath(entry.path)) == entry.answer;
    case Question::kIsLink: return NumberId(ReadIsLink(entry.path) ? 1 : 0) == entry.answer;
    case Question::kListing:
    case Question::kContents: break;
  }
  const FileStamp now = StampOf(entry.path);
  if (now == entry.stamp && entry.is_settled) return true;
  // Nothing there, for the same reason as before.
  if (now.mode == 0 && now == entry.stamp) return true;
  return HoldsOnReading(entry, now);
}

}  // namespace overt::grammar
