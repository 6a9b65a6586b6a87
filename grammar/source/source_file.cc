#include "grammar/source/source_file.h"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "grammar/source/codec.h"
#include "grammar/source/cookie.h"
#include "grammar/source/not_source.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace overt::grammar {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kMaxProblems = 20;
// A bad byte grows to the three of U+FFFD, and offsets have 32 bits.
constexpr size_t kMaxSource = std::numeric_limits<uint32_t>::max() / 4;

TextRange RangeOf(size_t begin, size_t end, size_t text_size) {
  const size_t last = std::min(end, text_size);
  return {static_cast<uint32_t>(std::min(begin, last)), static_cast<uint32_t>(last)};
}

std::string ShowBytes(absl::string_view bytes) {
  std::string out = bytes.size() == 1 ? "byte" : "bytes";
  for (const char c : bytes) absl::StrAppendFormat(&out, " 0x%02X", static_cast<unsigned char>(c));
  return out;
}

// The line before `at` holds a `#` and no quote before it: the byte stands in a comment, as far as one line can tell.
bool InComment(absl::string_view bytes, size_t at) {
  size_t begin = at;
  while (begin > 0 && bytes[begin - 1] != '\n' && bytes[begin - 1] != '\r') --begin;
  const absl::string_view before = bytes.substr(begin, at - begin);
  const size_t hash = before.find('#');
  return hash != absl::string_view::npos && before.substr(0, hash).find_first_of("\"'") == absl::string_view::npos;
}

// What is wrong with a sequence that has the form of UTF-8 and is none; nothing where it has not even the form.
std::string WhyNotUtf8(absl::string_view bad) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(bad[i])); };
  if (bad.size() == 2 && byte(0) < 0xC2) return " are an overlong form, not UTF-8";
  if (bad.size() == 3 && byte(0) == 0xED && byte(1) >= 0xA0) {
    const uint32_t surrogate = ((byte(0) & 0xF) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
    return absl::StrFormat(" encode the surrogate U+%04X, which is no character of UTF-8", surrogate);
  }
  if (bad.size() == 3 && byte(0) == 0xE0) return " are an overlong form, not UTF-8";
  if (bad.size() == 4 && byte(0) == 0xF0) return " are an overlong form, not UTF-8";
  if (bad.size() == 4) return " encode a number above U+10FFFF, which is no character of UTF-8";
  return "";
}

std::string NotUtf8Message(absl::string_view bytes, const BadBytes& bad) {
  const absl::string_view sequence = bytes.substr(bad.source_begin, bad.source_end - bad.source_begin);
  std::string message = ShowBytes(sequence);
  if (const std::string why = WhyNotUtf8(sequence); !why.empty()) return message + why;
  absl::StrAppend(&message, sequence.size() == 1 ? " is" : " are", " not UTF-8");
  if (const auto late = FindLateCookie(bytes)) {
    absl::StrAppend(&message, "; the coding cookie `", late->name, "` in line ", late->line + 1,
                    " comes too late, Python reads it in lines 1 and 2 only");
  } else {
    absl::StrAppend(&message, "; save the file as UTF-8 or declare its encoding in line 1, ",
                    "for example `# -*- coding: latin-1 -*-`");
  }
  if (InComment(bytes, bad.source_begin)) {
    absl::StrAppend(&message, " (in a comment: importing the file may work, running it does not)");
  }
  return message;
}

// One problem for each, up to a limit; the last one then counts the rest.
template <typename Item, typename Describe>
void ReportEach(const std::vector<Item>& items, absl::string_view plural, Describe describe,
                std::vector<SourceProblem>& problems) {
  const size_t shown = std::min(items.size(), kMaxProblems);
  for (size_t i = 0; i < shown; ++i) problems.push_back(describe(items[i]));
  if (items.size() > shown) {
    absl::StrAppend(&problems.back().message, "; ", items.size() - shown, " more ", plural, " follow");
  }
}

void ReportBadBytes(const DecodedText& decoded, absl::string_view bytes, const Cookie* cookie,
                    std::vector<SourceProblem>& problems) {
  ReportEach(
      decoded.bad, "such places",
      [&](const BadBytes& bad) {
        SourceProblem problem;
        problem.range = RangeOf(bad.text_begin, bad.text_end, decoded.text.size());
        problem.message =
            cookie != nullptr
                ? absl::StrCat(ShowBytes(bytes.substr(bad.source_begin, bad.source_end - bad.source_begin)),
                               " has no meaning in `", cookie->name, "`, the encoding that line ", cookie->line + 1,
                               " declares")
                : NotUtf8Message(bytes, bad);
        return problem;
      },
      problems);
}

// NULs become spaces, so that what follows can still be read. Whether there were any.
bool ReplaceNuls(std::string& text, std::vector<SourceProblem>& problems) {
  if (text.find('\0') == std::string::npos) return false;
  std::vector<size_t> nuls;
  for (size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at + 1)) {
    nuls.push_back(at);
    text[at] = ' ';
  }
  ReportEach(
      nuls, "NUL bytes",
      [&](size_t at) { return SourceProblem{RangeOf(at, at + 1, text.size()), "source contains a NUL byte"}; },
      problems);
  return true;
}

void ReplaceLoneCarriageReturns(std::string& text) {
  for (size_t at = text.find('\r'); at != std::string::npos; at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') text[at] = '\n';
  }
}

std::string UnknownCodecMessage(absl::string_view name) {
  std::string message = absl::StrCat("unknown encoding `", name, "`");
  if (const std::string nearest = NearestCodecName(name); !nearest.empty()) {
    absl::StrAppend(&message, "; did you mean `", nearest, "`?");
  }
  return message;
}

std::string UndecodableMessage(const Codec& codec, absl::string_view name) {
  switch (codec.kind) {
    case Codec::Kind::kNotText: return absl::StrCat("`", name, "` is not a text encoding");
    case Codec::Kind::kWide:
      return absl::StrCat("encoding `", name, "` cannot be declared in a comment; Python source must be UTF-8 or a ",
                          "superset of ASCII");
    case Codec::Kind::kUtf8:
    case Codec::Kind::kAscii:
    case Codec::Kind::kLatin1:
    case Codec::Kind::kTable:
    case Codec::Kind::kIconv:
    case Codec::Kind::kRare:
      return absl::StrCat("encoding `", name, "` is not supported by this checker; save the file as UTF-8");
  }
  return "";
}

enum class ByteOrderMark : uint8_t { kAbsent, kPresent };

// Which codec the file is in, and the problem with its cookie if there is one.
struct CodecChoice {
  const Codec* codec = nullptr;  // never null
  std::string problem;
};

CodecChoice ChooseCodec(const Cookie* cookie, ByteOrderMark mark) {
  const Codec* utf8 = FindCodec("utf-8");
  if (cookie == nullptr || cookie->normal_name == "utf-8") return {utf8, ""};
  const Codec* codec = FindCodec(cookie->normal_name);
  if (mark == ByteOrderMark::kPresent) {
    if (codec == utf8) {
      return {utf8, absl::StrCat("coding cookie says `", cookie->name,
                                 "`; after a byte-order mark Python takes only the spelling `utf-8`")};
    }
    return {utf8, absl::StrCat("byte-order mark says UTF-8, coding cookie says `", cookie->name, "`; remove one")};
  }
  if (codec == nullptr) return {utf8, UnknownCodecMessage(cookie->name)};
  return {codec, ""};
}

struct DecodedSource {
  std::string text;
  std::string encoding;
  std::vector<SourceProblem> problems;
};

DecodedSource DecodeSource(absl::string_view bytes, const Cookie* cookie, ByteOrderMark mark) {
  DecodedSource source;
  CodecChoice choice = ChooseCodec(cookie, mark);
  DecodedText decoded = DecodeBytes(*choice.codec, bytes);
  if (!decoded.supported) {
    choice.problem = UndecodableMessage(*choice.codec, cookie->name);
    choice.codec = FindCodec("utf-8");
    decoded = DecodeBytes(*choice.codec, bytes);
  }
  if (!choice.problem.empty()) {
    source.problems.push_back({RangeOf(cookie->begin, cookie->end, decoded.text.size()), std::move(choice.problem)});
    cookie = nullptr;  // what follows is judged as UTF-8
  }
  ReportBadBytes(decoded, bytes, choice.codec->kind == Codec::Kind::kUtf8 ? nullptr : cookie, source.problems);
  source.text = std::move(decoded.text);
  source.encoding = choice.codec->name;
  return source;
}

}  // namespace

SourceFile SourceFile::Decode(absl::string_view bytes) {
  SourceFile file;
  file.content_hash_ = XXH3_64bits(bytes.data(), bytes.size());
  file.has_byte_order_mark_ = absl::StartsWith(bytes, kByteOrderMark);
  if (file.has_byte_order_mark_) bytes.remove_prefix(kByteOrderMark.size());
  std::string why_not = bytes.size() > kMaxSource ? "file is too large to be checked" : WhyNotSource(bytes);
  if (!why_not.empty()) {
    file.is_binary_ = true;
    file.line_starts_ = {0};
    file.problems_.push_back({{0, 0}, std::move(why_not)});
    return file;
  }
  const std::optional<Cookie> cookie = FindCookie(bytes);
  if (FindNonAscii(bytes, 0) == bytes.size() && (!cookie.has_value() || cookie->normal_name == "utf-8")) {
    file.text_ = std::string(bytes);
  } else {
    DecodedSource source = DecodeSource(bytes, cookie.has_value() ? &*cookie : nullptr,
                                        file.has_byte_order_mark_ ? ByteOrderMark::kPresent : ByteOrderMark::kAbsent);
    file.text_ = std::move(source.text);
    file.encoding_ = std::move(source.encoding);
    file.problems_ = std::move(source.problems);
  }
  file.Finish();
  return file;
}

SourceFile SourceFile::FromText(std::string text) {
  SourceFile file;
  file.content_hash_ = XXH3_64bits(text.data(), text.size());
  file.has_byte_order_mark_ = absl::StartsWith(text, kByteOrderMark);
  if (file.has_byte_order_mark_) text.erase(0, kByteOrderMark.size());
  if (text.size() > kMaxSource) {
    file.is_binary_ = true;
    file.problems_.push_back({{0, 0}, "file is too large to be checked"});
    text.clear();
  }
  if (FindNonAscii(text, 0) == text.size()) {
    file.text_ = std::move(text);
  } else {
    DecodedSource source = DecodeSource(text, nullptr, ByteOrderMark::kAbsent);
    file.text_ = std::move(source.text);
    file.problems_ = std::move(source.problems);
  }
  file.Finish();
  return file;
}

void SourceFile::Finish() {
  has_nuls_ = ReplaceNuls(text_, problems_);
  ReplaceLoneCarriageReturns(text_);
  std::sort(problems_.begin(), problems_.end(), [](const SourceProblem& a, const SourceProblem& b) {
    return std::tie(a.range, a.message) < std::tie(b.range, b.message);
  });
  line_starts_ = FindLineStarts(text_);
}

std::vector<uint32_t> FindLineStarts(absl::string_view text) {
  std::vector<uint32_t> starts;
  starts.reserve(text.size() / 24 + 2);
  starts.push_back(0);
  size_t at = 0;
#if defined(__SSE2__)
  const __m128i newline = _mm_set1_epi8('\n');
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    uint32_t found = static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, newline)));
    for (; found != 0; found &= found - 1) {
      starts.push_back(static_cast<uint32_t>(at) + static_cast<uint32_t>(std::countr_zero(found)) + 1);
    }
  }
#endif
  for (; at < text.size(); ++at) {
    if (text[at] == '\n') starts.push_back(static_cast<uint32_t>(at) + 1);
  }
  return starts;
}

}  // namespace overt::grammar
