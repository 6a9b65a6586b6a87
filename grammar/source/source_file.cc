#include "grammar/source/source_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "grammar/source/codec.h"
#include "grammar/source/cookie.h"
#include "xxhash.h"

namespace overt::grammar {
namespace {

constexpr absl::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr size_t kMostProblems = 20;

struct Signature {
  absl::string_view bytes;
  absl::string_view what;
};
const Signature kBinarySignatures[] = {
    {"\x7F" "ELF", "an ELF program"},     {"\x89PNG", "a PNG image"},           {"\x1F\x8B", "gzip data"},
    {"PK\x03\x04", "a zip archive"},      {"%PDF-", "a PDF document"},          {"GIF8", "a GIF image"},
    {"\xFF\xD8\xFF", "a JPEG image"},     {"\xCA\xFE\xBA\xBE", "compiled code"}, {"\x42\x5A\x68", "bzip2 data"},
};

// What the bytes are if they certainly are no Python text; empty otherwise.
std::string NotPython(absl::string_view bytes) {
  for (const Signature& signature : kBinarySignatures) {
    if (absl::StartsWith(bytes, signature.bytes)) {
      return absl::StrCat("this does not look like Python source: it is ", signature.what);
    }
  }
  if (absl::StartsWith(bytes, "\xFF\xFE") || absl::StartsWith(bytes, "\xFE\xFF")) {
    return "this file is UTF-16; Python needs UTF-8";
  }
  const absl::string_view head = bytes.substr(0, 4096);
  size_t nul = 0;
  for (const char c : head) nul += c == '\0';
  if (nul * 4 >= head.size() && nul > 0) {
    return head.size() >= 2 && (head[0] == '\0' || head[1] == '\0')
               ? "this file looks like UTF-16 without a byte-order mark; Python needs UTF-8"
               : "this does not look like Python source: it is binary data";
  }
  if (absl::StartsWith(bytes, "version https://git-lfs.github.com/spec/")) {
    return "this is a Git LFS pointer, not the file itself: run `git lfs pull`";
  }
  return "";
}

// Length of the valid UTF-8 sequence at `at`, or 0.
size_t SequenceLength(absl::string_view text, size_t at) {
  const auto byte = [&](size_t i) -> unsigned { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0; };
  const auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (first == 0xED && byte(1) > 0x9F) return 0;  // surrogate
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

// The first byte from `at` on that is not ASCII, eight at a time.
size_t SkipAscii(absl::string_view text, size_t at) {
  while (at + 8 <= text.size()) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & 0x8080808080808080u) != 0) break;
    at += 8;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

class Repairer {
 public:
  explicit Repairer(std::vector<SourceProblem>& problems) : problems_(problems) {}

  // Replaces every invalid sequence by U+FFFD and says where; valid text is returned as it is.
  std::string Utf8(std::string text, absl::string_view remedy) {
    size_t at = SkipAscii(text, 0);
    while (at < text.size()) {
      const size_t length = SequenceLength(text, at);
      if (length == 0) return RepairFrom(text, at, remedy);
      at = SkipAscii(text, at + length);
    }
    return text;
  }

  void NulBytes(std::string& text) {
    for (size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at + 1)) {
      Add(at, at + 1, "the source contains a NUL byte");
      text[at] = ' ';
    }
  }

  void Finish() {
    if (count_ > kMostProblems) {
      problems_.back().message = absl::StrCat(problems_.back().message, " (and ", count_ - kMostProblems, " more like it)");
    }
  }

 private:
  std::string RepairFrom(const std::string& text, size_t at, absl::string_view remedy) {
    std::string repaired = text.substr(0, at);
    while (at < text.size()) {
      const size_t length = SequenceLength(text, at);
      if (length > 0) {
        repaired.append(text, at, length);
        at += length;
        continue;
      }
      Add(repaired.size(), repaired.size() + 3,
          absl::StrFormat("byte 0x%02X is not UTF-8: %s", static_cast<unsigned char>(text[at]), remedy));
      repaired += "\xEF\xBF\xBD";
      ++at;
    }
    return repaired;
  }

  void Add(size_t begin, size_t end, std::string message) {
    if (++count_ > kMostProblems) return;
    problems_.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, std::move(message)});
  }

  std::vector<SourceProblem>& problems_;
  size_t count_ = 0;
};

// A `\r` that no `\n` follows ends a line too; as `\n` everybody after this knows it.
void NormalizeLoneReturns(std::string& text) {
  for (size_t at = text.find('\r'); at != std::string::npos; at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') text[at] = '\n';
  }
}

}  // namespace

SourceFile SourceFile::Decode(absl::string_view bytes) {
  SourceFile file;
  file.content_hash_ = XXH3_64bits(bytes.data(), bytes.size());
  if (std::string problem = NotPython(bytes); !problem.empty()) {
    file.is_binary_ = true;
    file.problems_.push_back({{0, 0}, std::move(problem)});
    file.line_starts_ = {0};
    return file;
  }
  file.has_byte_order_mark_ = absl::ConsumePrefix(&bytes, kUtf8Mark);
  const Cookie cookie = FindCookie(bytes);
  DecodedText decoded = DecodeWith(bytes, cookie, file.has_byte_order_mark_);
  file.encoding_ = std::move(decoded.encoding);
  file.problems_ = std::move(decoded.problems);
  Repairer repairer(file.problems_);
  file.text_ = decoded.is_utf8 ? repairer.Utf8(std::move(decoded.text), decoded.remedy) : std::move(decoded.text);
  repairer.NulBytes(file.text_);
  repairer.Finish();
  NormalizeLoneReturns(file.text_);
  file.line_starts_ = FindLineStarts(file.text_);
  return file;
}

SourceFile SourceFile::FromText(std::string text) {
  SourceFile file;
  file.content_hash_ = XXH3_64bits(text.data(), text.size());
  Repairer repairer(file.problems_);
  file.text_ = repairer.Utf8(std::move(text), "the text must be UTF-8");
  repairer.NulBytes(file.text_);
  repairer.Finish();
  NormalizeLoneReturns(file.text_);
  file.line_starts_ = FindLineStarts(file.text_);
  return file;
}

std::vector<uint32_t> FindLineStarts(absl::string_view text) {
  std::vector<uint32_t> starts;
  starts.reserve(text.size() / 32 + 1);
  starts.push_back(0);
  const char* at = text.data();
  const char* end = at + text.size();
  while (const void* newline = std::memchr(at, '\n', static_cast<size_t>(end - at))) {
    at = static_cast<const char*>(newline) + 1;
    starts.push_back(static_cast<uint32_t>(at - text.data()));
    if (at == end) break;
  }
  return starts;
}

namespace {

absl::Status ErrnoStatus(int error) {
  return absl::UnavailableError(error == EACCES ? "permission denied" : std::strerror(error));
}

// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int value() const { return value_; }

 private:
  int value_;
};

}  // namespace

absl::StatusOr<std::string> ReadFileBytes(const std::string& path, size_t max_bytes) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (file.value() < 0) return ErrnoStatus(errno);
  struct stat status {};
  if (fstat(file.value(), &status) != 0) return ErrnoStatus(errno);
  if (!S_ISREG(status.st_mode)) return absl::UnavailableError("not a regular file");
  const auto size = static_cast<size_t>(status.st_size);
  if (size > max_bytes) {
    return absl::UnavailableError(absl::StrCat("the file is ", size >> 20, " MB, the limit is ", max_bytes >> 20,
                                               " MB (set `src.max-file-size`)"));
  }
  std::string bytes(size, '\0');
  size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = read(file.value(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrnoStatus(errno);
    if (got == 0) break;
    filled += static_cast<size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace overt::grammar
