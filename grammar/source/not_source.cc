#include "grammar/source/not_source.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace overt::grammar {
namespace {

struct Magic {
  absl::string_view bytes;
  absl::string_view what;
};

// Every one holds a byte that no Python source can begin with.
constexpr Magic kMagics[] = {
    {{"\x7f"
      "ELF",
      4},
     "an ELF executable"},
    {{"\x89PNG\r\n\x1a\n", 8}, "a PNG image"},
    {{"\x1f\x8b", 2}, "a gzip archive"},
    {{"PK\x03\x04", 4}, "a zip archive"},
    {{"PK\x05\x06", 4}, "a zip archive"},
    {{"%PDF-", 5}, "a PDF document"},
    {{"\xff\xd8\xff", 3}, "a JPEG image"},
    {{"GIF89a\0", 6}, "a GIF image"},
    {{"\xfd"
      "7zXZ\0",
      6},
     "an xz archive"},
    {{"7z\xbc\xaf\x27\x1c", 6}, "a 7z archive"},
    {{"\x28\xb5\x2f\xfd", 4}, "a zstd archive"},
    {{"\0asm", 4}, "a WebAssembly module"},
    {{"\xca\xfe\xba\xbe", 4}, "a Java class or a Mach-O executable"},
    {{"\xcf\xfa\xed\xfe", 4}, "a Mach-O executable"},
    {{"\xce\xfa\xed\xfe", 4}, "a Mach-O executable"},
    {{"SQLite format 3\0", 16}, "an SQLite database"},
    {{"!<arch>\n", 8}, "a static library"},
};

bool HasPrefix(absl::string_view bytes, absl::string_view prefix) { return bytes.substr(0, prefix.size()) == prefix; }

// Text of UTF-16 without a mark: every other byte of it is NUL where it is Latin.
std::string UnmarkedWideEncoding(absl::string_view head) {
  size_t even = 0;
  size_t odd = 0;
  for (size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  const size_t pairs = head.size() / 2;
  if (pairs < 2) return "";
  if (even == 0 && odd * 10 >= pairs * 7) return "UTF-16";
  if (odd == 0 && even * 10 >= pairs * 7) return "UTF-16";
  return "";
}

std::string WideEncoding(absl::string_view bytes) {
  if (HasPrefix(bytes, {"\xff\xfe\0\0", 4}) || HasPrefix(bytes, {"\0\0\xfe\xff", 4})) return "UTF-32";
  if (HasPrefix(bytes, "\xff\xfe") || HasPrefix(bytes, "\xfe\xff")) return "UTF-16";
  return UnmarkedWideEncoding(bytes.substr(0, 512));
}

// Control characters make up a tenth of the beginning, NULs among them: nothing that an editor wrote.
bool LooksBinary(absl::string_view head) {
  const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b';
  });
  return odd >= 8 && static_cast<size_t>(odd) * 10 >= head.size();
}

bool LooksLikeHtml(absl::string_view bytes) {
  const absl::string_view head = absl::StripLeadingAsciiWhitespace(bytes.substr(0, 1024));
  if (head.empty() || head[0] != '<') return false;
  for (const absl::string_view start : {"<!doctype html", "<html", "<?xml", "<!--", "<head", "<svg"}) {
    if (absl::StartsWithIgnoreCase(head, start)) return true;
  }
  return false;
}

}  // namespace

std::string WhyNotSource(absl::string_view bytes) {
  if (bytes.empty()) return "";
  const bool has_nul = std::memchr(bytes.data(), '\0', std::min<size_t>(bytes.size(), 8192)) != nullptr;
  for (const Magic& magic : kMagics) {
    if (HasPrefix(bytes, magic.bytes)) {
      return absl::StrCat("file does not look like Python source: it is ", magic.what);
    }
  }
  if (has_nul || static_cast<unsigned char>(bytes[0]) >= 0xfe) {
    if (const std::string wide = WideEncoding(bytes); !wide.empty()) {
      return absl::StrCat("file looks like ", wide, "; Python source must be UTF-8 or declare its encoding in line 1");
    }
  }
  if (has_nul && LooksBinary(bytes.substr(0, 8192))) {
    return "file does not look like Python source: it is binary";
  }
  if (HasPrefix(bytes, "version https://git-lfs.github.com/spec/")) {
    return "file is a pointer of Git LFS, its contents are not here; run `git lfs pull`";
  }
  if (LooksLikeHtml(bytes)) return "file does not look like Python source: it is HTML or XML";
  return "";
}

}  // namespace overt::grammar
