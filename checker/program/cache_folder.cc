#include "checker/program/cache_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace overt::program {
namespace {

constexpr char kLockFile[] = "lock";
constexpr char kTagFile[] = "CACHEDIR.TAG";
constexpr char kIgnoreFile[] = ".gitignore";
constexpr const char* kOurFiles[] = {CacheFolder::kDataFile, kLockFile, kIgnoreFile, kTagFile};

// https://bford.info/cachedir/: the first line is the standard's, the rest is ours and the mark that we look for.
constexpr absl::string_view kTag =
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder is a cache of overt, the type checker. It may be deleted at any time: `overt clean`.\n";
constexpr absl::string_view kIgnore = "*\n";

constexpr int kLockTries = 50;
constexpr timespec kLockPause{0, 2'000'000};

// Null, and the reason, unless what lstat said is a folder that only we can write to.
bool IsOurs(const struct stat& status, std::string* why_not) {
  if (S_ISLNK(status.st_mode)) return *why_not = "it is a symbolic link", false;
  if (!S_ISDIR(status.st_mode)) return *why_not = "it is not a folder", false;
  if (status.st_uid != geteuid()) return *why_not = "it belongs to another user", false;
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return *why_not = "others may write to it", false;
  return true;
}

bool MakeFolder(const std::string& path, std::string* why_not) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    mkdir(path.substr(0, slash).c_str(), S_IRWXU);  // the last one says what is wrong
  }
  if (mkdir(path.c_str(), S_IRWXU) == 0 || errno == EEXIST) return true;
  *why_not = absl::StrCat("it cannot be made: ", std::strerror(errno));
  return false;
}

bool WriteFile(int folder, const char* name, absl::string_view text) {
  const int file = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return false;
  const bool is_written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  return close(file) == 0 && is_written;
}

bool HasOurTag(int folder) {
  const int file = openat(folder, kTagFile, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  const absl::Cleanup close_file = [file] { close(file); };
  std::array<char, kTag.size() + 1> text;
  const ssize_t size = read(file, text.data(), text.size());
  return size == static_cast<ssize_t>(kTag.size()) && kTag == absl::string_view(text.data(), kTag.size());
}

bool HoldsOnlyOurNames(int folder) {
  const int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* stream = copy < 0 ? nullptr : fdopendir(copy);
  if (stream == nullptr) return false;
  const absl::Cleanup close_stream = [stream] { closedir(stream); };
  while (const dirent* entry = readdir(stream)) {
    const absl::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (std::none_of(std::begin(kOurFiles), std::end(kOurFiles), [&](const char* ours) { return name == ours; })) {
      return false;
    }
  }
  return true;
}

bool IsPlainFileOfOurs(const struct stat& status) {
  return S_ISREG(status.st_mode) && status.st_uid == geteuid() && status.st_nlink == 1;
}

bool LockAs(int file, short type) {
  struct flock range{};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_len = 1;
  for (int i = 0; i < kLockTries; ++i) {
    // Locks of the open file, not of the process: they end with it, whatever else closes the same file.
    if (fcntl(file, F_OFD_SETLK, &range) == 0) return true;
    if (errno != EAGAIN && errno != EACCES && errno != EINTR) return false;
    nanosleep(&kLockPause, nullptr);
  }
  return false;
}

}  // namespace

std::unique_ptr<CacheFolder> CacheFolder::Open(const std::string& path, Purpose purpose, std::string* why_not) {
  struct stat status{};
  if (lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT || purpose != Purpose::kWrite) {
      *why_not = std::strerror(errno);
      return nullptr;
    }
    if (!MakeFolder(path, why_not)) return nullptr;
    if (lstat(path.c_str(), &status) != 0) {
      *why_not = std::strerror(errno);
      return nullptr;
    }
  }
  if (!IsOurs(status, why_not)) return nullptr;
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) {
    *why_not = std::strerror(errno);
    return nullptr;
  }
  std::unique_ptr<CacheFolder> result(new CacheFolder(path, folder));
  struct stat opened{};
  if (fstat(folder, &opened) != 0 || opened.st_ino != status.st_ino || opened.st_dev != status.st_dev) {
    *why_not = "it was replaced while it was opened";
    return nullptr;
  }
  if (HasOurTag(folder)) return result;
  if (purpose == Purpose::kClean || !HoldsOnlyOurNames(folder)) {
    *why_not = "it lacks the mark of overt's caches";
    return nullptr;
  }
  if (purpose == Purpose::kWrite && !result->Mark(why_not)) return nullptr;
  return result;
}

CacheFolder::~CacheFolder() {
  if (lock_ >= 0) close(lock_);
  close(folder_);
}

bool CacheFolder::Mark(std::string* why_not) const {
  if (HasOurTag(folder_)) return true;
  if (WriteFile(folder_, kIgnoreFile, kIgnore) && WriteFile(folder_, kTagFile, kTag)) return true;
  *why_not = absl::StrCat("it cannot be written to: ", std::strerror(errno));
  return false;
}

bool CacheFolder::OpenLock() {
  lock_ = openat(folder_, kLockFile, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, S_IRUSR | S_IWUSR);
  struct stat status{};
  return lock_ >= 0 && fstat(lock_, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid();
}

// Whoever cleans the folder removes the lock while holding it: one that waited for it then has the lock of nothing.
bool CacheFolder::IsLockCurrent() const {
  struct stat ours{};
  struct stat current{};
  return fstat(lock_, &ours) == 0 && fstatat(folder_, kLockFile, &current, AT_SYMLINK_NOFOLLOW) == 0 &&
         ours.st_ino == current.st_ino && ours.st_dev == current.st_dev;
}

bool CacheFolder::LockShared() {
  constexpr int kMostLocks = 3;
  if (lock_ >= 0) return LockAs(lock_, F_RDLCK);
  for (int i = 0; i < kMostLocks; ++i) {
    if (!OpenLock() || !LockAs(lock_, F_RDLCK)) return false;
    if (IsLockCurrent()) return true;
    close(std::exchange(lock_, -1));
  }
  return false;
}

bool CacheFolder::LockAlone() { return (lock_ >= 0 || OpenLock()) && LockAs(lock_, F_WRLCK); }

int CacheFolder::OpenData() const {
  const int file = openat(folder_, kDataFile, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return -1;
  struct stat status{};
  if (fstat(file, &status) == 0 && IsPlainFileOfOurs(status)) return file;
  close(file);
  return -1;
}

std::string CacheFolder::data_path() const { return absl::StrCat(path_, "/", kDataFile); }

bool CacheFolder::RemoveData() const { return unlinkat(folder_, kDataFile, 0) == 0 || errno == ENOENT; }

uint64_t CacheFolder::RemoveAll() const {
  uint64_t freed = 0;
  for (const char* name : kOurFiles) {
    struct stat status{};
    if (fstatat(folder_, name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    const bool was_removed = unlinkat(folder_, name, 0) == 0;
    if (was_removed && S_ISREG(status.st_mode)) freed += static_cast<uint64_t>(status.st_blocks) * 512;
  }
  rmdir(path_.c_str());
  return freed;
}

}  // namespace overt::program
