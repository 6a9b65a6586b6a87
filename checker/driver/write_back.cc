#include "checker/driver/write_back.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "checker/fixes/fixes.h"
#include "grammar/source/codec.h"
#include "grammar/source/source_file.h"

namespace overt::driver {

using grammar::Codec;
using grammar::SourceFile;

namespace {

constexpr absl::string_view kMark = "\xEF\xBB\xBF";

// --- Bytes -----------------------------------------------------------------------------------------------------------

bool IsOneByteCodec(const Codec& codec) {
  switch (codec.kind) {
    case Codec::Kind::kLatin1:
    case Codec::Kind::kTable: return true;
    case Codec::Kind::kUtf8:
    case Codec::Kind::kAscii:
    case Codec::Kind::kIconv:
    case Codec::Kind::kWide:
    case Codec::Kind::kRare:
    case Codec::Kind::kNotText: return false;
  }
  return false;
}

// From offsets in the decoded text to offsets in the file's bytes (behind its mark), asked in ascending order.
class ByteOffsets {
 public:
  ByteOffsets(const Codec& codec, absl::string_view bytes, absl::string_view decoded)
      : codec_(codec), bytes_(bytes), decoded_(decoded) {}

  size_t Of(size_t offset) {
    if (codec_.kind == Codec::Kind::kUtf8 || codec_.kind == Codec::Kind::kAscii) return offset;
    if (!IsOneByteCodec(codec_)) return BySearch(offset);
    // Each character is one byte.
    for (; text_at_ < offset; ++text_at_) {
      if ((static_cast<unsigned char>(decoded_[text_at_]) & 0xC0) != 0x80) ++byte_at_;
    }
    return byte_at_;
  }

 private:
  // The shortest beginning of the bytes that decodes to so much text.
  size_t BySearch(size_t offset) const {
    size_t low = 0, high = bytes_.size();
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (grammar::DecodeBytes(codec_, bytes_.substr(0, middle)).text.size() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  const Codec& codec_;
  absl::string_view bytes_, decoded_;
  size_t text_at_ = 0, byte_at_ = 0;
};

// A replacement in the file's encoding; nothing if a character has no place in it.
std::optional<std::string> Encoded(const Codec& codec, absl::string_view text) {
  if (codec.kind == Codec::Kind::kUtf8 || grammar::FindNonAscii(text, 0) == text.size()) return std::string(text);
  if (!IsOneByteCodec(codec)) return std::nullopt;
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t length = std::max<size_t>(1, grammar::Utf8SequenceLength(text, at));
    const absl::string_view character = text.substr(at, length);
    at += length;
    bool found = false;
    for (unsigned byte = 0; byte < 256 && !found; ++byte) {
      const char raw = static_cast<char>(byte);
      const grammar::DecodedText one = grammar::DecodeBytes(codec, absl::string_view(&raw, 1));
      found = one.bad.empty() && one.text == character;
      if (found) out += raw;
    }
    if (!found) return std::nullopt;
  }
  return out;
}

}  // namespace

absl::StatusOr<std::vector<Edit>> ByteEdits(absl::string_view bytes, absl::string_view decoded,
                                            absl::Span<const Edit> edits) {
  const SourceFile source = SourceFile::Decode(bytes);
  if (source.text() != decoded) return absl::AbortedError("it has changed in the meantime");
  const Codec* codec = grammar::FindCodec(source.encoding());
  if (codec == nullptr) return absl::UnimplementedError("its encoding is unknown");
  const size_t mark = source.has_byte_order_mark() ? kMark.size() : 0;
  const absl::string_view body = bytes.substr(mark);
  // Lone carriage returns read as line feeds; where a file has no others, new lines end as its own do.
  const bool has_old_line_ends = !absl::StrContains(body, "\n") && absl::StrContains(body, "\r");

  ByteOffsets offsets(*codec, body, decoded);
  std::vector<Edit> of_bytes;
  for (const Edit& edit : edits) {
    const auto begin = static_cast<uint32_t>(mark + offsets.Of(edit.range.begin));
    const auto end = static_cast<uint32_t>(mark + offsets.Of(edit.range.end));
    std::optional<std::string> replacement = Encoded(*codec, edit.replacement);
    if (!replacement) {
      return absl::UnimplementedError(
          absl::StrCat("`", edit.replacement, "` cannot be written in its encoding, ", source.encoding()));
    }
    if (has_old_line_ends) absl::StrReplaceAll({{"\n", "\r"}}, &*replacement);
    of_bytes.push_back({{begin, end}, *std::move(replacement)});
  }
  if (SourceFile::Decode(fixes::ApplyEdits(bytes, of_bytes)).text() != fixes::ApplyEdits(decoded, edits)) {
    return absl::UnimplementedError(absl::StrCat("the change cannot be written in its encoding, ", source.encoding()));
  }
  return of_bytes;
}

absl::StatusOr<std::string> EditBytes(absl::string_view bytes, absl::string_view decoded,
                                      absl::Span<const Edit> edits) {
  const absl::StatusOr<std::vector<Edit>> of_bytes = ByteEdits(bytes, decoded, edits);
  if (!of_bytes.ok()) return of_bytes.status();
  return fixes::ApplyEdits(bytes, *of_bytes);
}

int WriteFully(int descriptor, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

namespace {

// --- Files -----------------------------------------------------------------------------------------------------------

std::string Words(int error) {
  switch (error) {
    case EACCES:
    case EPERM: return "permission denied";
    case EROFS: return "the file system is read-only";
    case ENOSPC: return "no space left on the device";
    case ENOENT: return "no such file";
    default: return strerror(error);
  }
}

absl::Status Failure(int error) { return absl::UnavailableError(Words(error)); }

// A new file beside the old one, gone again unless it is kept.
class NewFile {
 public:
  explicit NewFile(const std::string& target) : path_(absl::StrCat(target, ".overt-XXXXXX")) {
    descriptor_ = mkostemp(path_.data(), O_CLOEXEC);
    if (descriptor_ < 0) error_ = errno;
  }
  ~NewFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (descriptor_ >= 0 && !is_kept_) unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // 0, or the first error.
  int Fill(absl::string_view bytes, const struct stat& like) {
    if (error_ == 0) error_ = WriteFully(descriptor_, bytes);
    // Another's file stays another's where we may give it away; the mode comes last, since giving away resets it.
    if (error_ == 0 && fchown(descriptor_, like.st_uid, like.st_gid) != 0 && errno != EPERM) error_ = errno;
    if (error_ == 0 && fchmod(descriptor_, like.st_mode & 07777) != 0) error_ = errno;
    if (error_ == 0 && fsync(descriptor_) != 0 && errno != EINVAL) error_ = errno;
    return error_;
  }

  int MoveTo(const std::string& target) {
    if (error_ == 0 && rename(path_.c_str(), target.c_str()) != 0) error_ = errno;
    is_kept_ = error_ == 0;
    return error_;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  int error_ = 0;
  bool is_kept_ = false;
};

std::optional<std::string> RealPath(const std::string& path) {
  const std::unique_ptr<char, decltype(&free)> real(realpath(path.c_str(), nullptr), &free);
  if (real == nullptr) return std::nullopt;
  return std::string(real.get());
}

}  // namespace

absl::Status WriteBack(const std::string& path, absl::string_view decoded, absl::Span<const Edit> edits,
                       size_t max_file_bytes) {
  if (edits.empty()) return absl::OkStatus();
  const std::optional<std::string> target = RealPath(path);
  if (!target) return Failure(errno);
  struct stat status{};
  if (stat(target->c_str(), &status) != 0) return Failure(errno);
  // A rename does not ask whether the file itself may be written, and the superuser may everything: the mode decides.
  const bool nobody_writes = (status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0;
  if (nobody_writes || access(target->c_str(), W_OK) != 0) return absl::PermissionDeniedError("it is read-only");
  const absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(*target, max_file_bytes);
  if (!bytes.ok()) return bytes.status();
  const absl::StatusOr<std::string> changed = EditBytes(*bytes, decoded, edits);
  if (!changed.ok()) return changed.status();
  NewFile fresh(*target);
  if (const int error = fresh.Fill(*changed, status); error != 0) return Failure(error);
  if (const int error = fresh.MoveTo(*target); error != 0) return Failure(error);
  return absl::OkStatus();
}

absl::Status WriteNewFile(const std::string& path, absl::string_view bytes, unsigned mode) {
  struct stat like{};
  like.st_uid = geteuid();
  like.st_gid = getegid();
  like.st_mode = mode;
  NewFile fresh(path);
  if (const int error = fresh.Fill(bytes, like); error != 0) return Failure(error);
  if (const int error = fresh.MoveTo(path); error != 0) return Failure(error);
  return absl::OkStatus();
}

}  // namespace overt::driver
