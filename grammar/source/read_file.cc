#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
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

}  // namespace

absl::StatusOr<std::string> ReadFileBytes(const std::string& path, size_t max_bytes) {
  if (path.find('\0') != std::string::npos) return absl::InvalidArgumentError("the path contains a NUL byte");
  int fd = -1;
  do {
    fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  } while (fd < 0 && errno == EINTR);
  const Descriptor descriptor(fd);
  if (fd < 0) return ErrorOf(errno);
  struct stat info{};
  if (fstat(fd, &info) != 0) return ErrorOf(errno);
  if (S_ISDIR(info.st_mode)) return ErrorOf(EISDIR);
  if (!S_ISREG(info.st_mode)) return absl::FailedPreconditionError("not a regular file");
  const uint64_t expected = info.st_size > 0 ? static_cast<uint64_t>(info.st_size) : 0;
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

}  // namespace overt::grammar
