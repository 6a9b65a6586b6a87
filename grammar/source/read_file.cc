#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/disk_view.h"
#include "grammar/source/source_file.h"

namespace overt::grammar {
namespace {

absl::Status ErrorOf(int error) {
  switch (error) {
    case ENOENT: return absl::NotFoundError("no such file");
    case EACCES:
    case EPERM: return absl::PermissionDeniedError("permission denied");
    case ELOOP: return absl::FailedPreconditionError("symbolic links form a loop");
    case ENOTDIR: return absl::NotFoundError("a part of the path is not a directory");
    case EISDIR: return absl::FailedPreconditionError("is a directory");
    case ENAMETOOLONG: return absl::InvalidArgumentError("the path is too long");
    case ENXIO:  // a FIFO or socket that nobody serves
      return absl::FailedPreconditionError("not a regular file");
    case EMFILE:
    case ENFILE: return absl::ResourceExhaustedError("too many open files");
    default: return absl::UnknownError(absl::StrCat("cannot be read: ", std::strerror(error)));
  }
}

std::string ShowSize(uint64_t bytes) {
  constexpr uint64_t kKibi = 1024;
  constexpr uint64_t kMebi = kKibi * kKibi;
  if (bytes < kKibi) return absl::StrCat(bytes, " bytes");
  if (bytes < kMebi) return absl::StrCat((bytes + kKibi / 2) / kKibi, " KiB");
  if (bytes < 10 * kMebi) return absl::StrFormat("%.1f MiB", static_cast<double>(bytes) / kMebi);
  return absl::StrCat((bytes + kMebi / 2) / kMebi, " MiB");
}

absl::Status TooLarge(uint64_t size, size_t limit) {
  return absl::OutOfRangeError(absl::StrCat("is ", ShowSize(size), ", the limit is ", ShowSize(limit)));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Reads all of an open regular file; `status` is what fstat said of it.
absl::StatusOr<std::string> ReadWhole(int fd, const struct stat& status, size_t max_bytes) {
  const uint64_t expected = status.st_size > 0 ? static_cast<uint64_t>(status.st_size) : 0;
  if (expected > max_bytes) return TooLarge(expected, max_bytes);
  // One byte more than announced shows the end in the same call; a file that grows meanwhile is read to its end.
  std::string bytes(static_cast<size_t>(expected) + 1, '\0');
  size_t size = 0;
  while (true) {
    const ssize_t got = read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0) {
      if (errno == EINTR) continue;
      return ErrorOf(errno);
    }
    if (got == 0) break;
    size += static_cast<size_t>(got);
    if (size > max_bytes) return TooLarge(size, max_bytes);
    if (size == bytes.size()) bytes.resize(std::max<size_t>(4096, bytes.size() * 2));
  }
  bytes.resize(size);
  return bytes;
}

// With stamp and settledness if somebody wants to know them.
absl::StatusOr<FileContents> Read(const std::string& path, size_t max_bytes, bool with_stamp) {
  if (path.find('\0') != std::string::npos) return absl::InvalidArgumentError("the path contains a NUL byte");
  int fd = -1;
  do {
    fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  } while (fd < 0 && errno == EINTR);
  const Descriptor descriptor(fd);
  if (fd < 0) return ErrorOf(errno);
  struct stat status{};
  if (fstat(fd, &status) != 0) return ErrorOf(errno);
  if (S_ISDIR(status.st_mode)) return ErrorOf(EISDIR);
  if (!S_ISREG(status.st_mode)) return absl::FailedPreconditionError("not a regular file");
  FileContents contents;
  const bool was_settled = with_stamp && IsSettled(StampOf(status));
  absl::StatusOr<std::string> bytes = ReadWhole(fd, status, max_bytes);
  if (!bytes.ok()) return bytes.status();
  contents.bytes = *std::move(bytes);
  if (!with_stamp) return contents;
  contents.stamp = StampOf(status);
  struct stat after{};
  contents.is_settled = was_settled && fstat(fd, &after) == 0 && StampOf(after) == contents.stamp;
  contents.id = ContentIdOf(contents.bytes);
  return contents;
}

// The log's entry for a file that could not be read: it holds as long as its stamp does.
void NoteFailure(const std::string& path, const absl::Status& status) {
  DiskLog::Entry entry;
  entry.question = DiskLog::Question::kContents;
  entry.path = path;
  entry.stamp = StampOf(path);
  entry.answer = {static_cast<uint64_t>(status.code()), ContentIdOf(status.message()).low};
  entry.has_failed = true;
  entry.is_settled = IsSettled(entry.stamp);
  DiskLog::Note(std::move(entry));
}

}  // namespace

absl::StatusOr<FileContents> ReadContents(const std::string& path, size_t max_bytes) {
  return Read(path, max_bytes, true);
}

absl::StatusOr<FileContents> AskContents(const std::string& path, size_t max_bytes) {
  absl::StatusOr<FileContents> contents = Read(path, max_bytes, true);
  if (contents.ok()) {
    DiskLog::NoteContents(path, contents->stamp, contents->id, contents->is_settled);
  } else if (DiskLog::is_on()) {
    NoteFailure(path, contents.status());
  }
  return contents;
}

absl::StatusOr<std::string> ReadFileBytes(const std::string& path, size_t max_bytes) {
  if (const std::string* shown = DiskView::Find(path)) return *shown;
  absl::StatusOr<FileContents> contents =
      DiskLog::is_on() ? AskContents(path, max_bytes) : Read(path, max_bytes, false);
  if (!contents.ok()) return contents.status();
  return std::move(contents->bytes);
}

}  // namespace overt::grammar
