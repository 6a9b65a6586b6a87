#include "grammar/source/codec.h"

#include <iconv.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "diagnostics/spelling.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace overt::grammar {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";

bool IsAsciiAlnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// As `encodings.normalize_encoding` does, and lower case: runs of other characters than letters, digits and dots become
// one underscore.
std::string NormalizeName(absl::string_view name) {
  std::string out;
  bool gap = false;
  for (const char c : name) {
    if (!IsAsciiAlnum(c) && c != '.') {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out.push_back('_');
    gap = false;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

// Calls `visit` with each word of a list separated by spaces, until it returns true.
template <typename Visit>
bool AnyWord(absl::string_view words, Visit visit) {
  size_t begin = 0;
  while (begin < words.size()) {
    size_t end = words.find(' ', begin);
    if (end == absl::string_view::npos) end = words.size();
    if (end > begin && visit(words.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

// What people mean more often than any other encoding.
bool IsCommon(const Codec& codec) { return codec.kind == Codec::Kind::kUtf8 || codec.kind == Codec::Kind::kLatin1; }

void NoteBad(DecodedText& out, size_t begin, size_t end) {
  const size_t at = out.text.size();
  out.text.append(kReplacement.data(), kReplacement.size());
  out.bad.push_back({begin, end, at, out.text.size()});
}

DecodedText DecodeUtf8(absl::string_view bytes) {
  DecodedText out;
  out.text.reserve(bytes.size());
  size_t copied = 0;
  size_t at = FindNonAscii(bytes, 0);
  while (at < bytes.size()) {
    if (const size_t length = Utf8SequenceLength(bytes, at); length > 0) {
      at += length;
      if (at < bytes.size() && static_cast<uint8_t>(bytes[at]) < 0x80) at = FindNonAscii(bytes, at);
      continue;
    }
    out.text.append(bytes.data() + copied, at - copied);
    const size_t bad = BadUtf8Length(bytes, at);
    NoteBad(out, at, at + bad);
    at += bad;
    copied = at;
    at = FindNonAscii(bytes, at);
  }
  out.text.append(bytes.data() + copied, bytes.size() - copied);
  return out;
}

// `high` gives the characters of the upper half; null for ASCII, which has none.
template <typename High>
DecodedText DecodeSingleBytes(absl::string_view bytes, High high) {
  DecodedText out;
  out.text.reserve(bytes.size());
  size_t at = 0;
  while (at < bytes.size()) {
    const size_t end = FindNonAscii(bytes, at);
    out.text.append(bytes.data() + at, end - at);
    at = end;
    if (at == bytes.size()) break;
    const uint32_t code_point = high(static_cast<uint8_t>(bytes[at]));
    if (code_point == 0xFFFD) {
      NoteBad(out, at, at + 1);
    } else {
      AppendUtf8(code_point, out.text);
    }
    ++at;
  }
  return out;
}

DecodedText DecodeByIconv(const Codec& codec, absl::string_view bytes) {
  DecodedText out;
  const iconv_t handle = iconv_open("UTF-8", codec.iconv_name);
  // The value that means failure is a pointer made of -1.
  if (handle == std::bit_cast<iconv_t>(intptr_t{-1})) {
    out.supported = false;
    return out;
  }
  std::string buffer(std::max<size_t>(bytes.size(), 4096), '\0');
  char* in = const_cast<char*>(bytes.data());  // iconv does not write to its input
  size_t in_left = bytes.size();
  while (true) {
    char* to = buffer.data();
    size_t to_left = buffer.size();
    const size_t result = iconv(handle, in_left > 0 ? &in : nullptr, &in_left, &to, &to_left);
    const int error = result == static_cast<size_t>(-1) ? errno : 0;
    out.text.append(buffer.data(), buffer.size() - to_left);
    if (error == 0) {
      if (in_left == 0) break;
    } else if (error != E2BIG) {
      const size_t at = bytes.size() - in_left;
      NoteBad(out, at, at + 1);
      ++in;
      --in_left;
      if (in_left == 0) break;
    }
  }
  iconv_close(handle);
  return out;
}

}  // namespace

const Codec* FindCodec(absl::string_view name) {
  const std::string wanted = NormalizeName(name);
  std::string undotted = wanted;
  std::replace(undotted.begin(), undotted.end(), '.', '_');
  for (const Codec& codec : AllCodecs()) {
    if (wanted == codec.module || undotted == codec.module) return &codec;
    if (AnyWord(codec.aliases, [&](absl::string_view alias) { return alias == wanted || alias == undotted; })) {
      return &codec;
    }
  }
  return nullptr;
}

std::string NearestCodecName(absl::string_view name) {
  if (name.size() > 40) return "";
  const std::string wanted = NormalizeName(name);
  const size_t most = std::max<size_t>(1, wanted.size() / 3);
  size_t best = most + 1;
  const Codec* nearest = nullptr;
  const auto consider = [&](absl::string_view spelling, const Codec& codec) {
    const size_t distance = EditDistance(wanted, spelling, most);
    const bool is_nearer = distance < best;
    if (is_nearer || (distance == best && nearest != nullptr && IsCommon(codec) && !IsCommon(*nearest))) {
      best = distance;
      nearest = &codec;
    }
    return false;
  };
  for (const Codec& codec : AllCodecs()) {
    const bool may_be_declared =
        codec.kind != Codec::Kind::kNotText && codec.kind != Codec::Kind::kRare && codec.kind != Codec::Kind::kWide;
    if (!may_be_declared) continue;
    consider(codec.module, codec);
    AnyWord(codec.aliases, [&](absl::string_view alias) { return consider(alias, codec); });
  }
  return nearest == nullptr ? "" : nearest->name;
}

DecodedText DecodeBytes(const Codec& codec, absl::string_view bytes) {
  switch (codec.kind) {
    case Codec::Kind::kUtf8: return DecodeUtf8(bytes);
    case Codec::Kind::kAscii: return DecodeSingleBytes(bytes, [](uint8_t) { return 0xFFFDU; });
    case Codec::Kind::kLatin1: return DecodeSingleBytes(bytes, [](uint8_t byte) { return uint32_t{byte}; });
    case Codec::Kind::kTable:
      return DecodeSingleBytes(bytes, [&](uint8_t byte) { return uint32_t{codec.high[byte - 0x80]}; });
    case Codec::Kind::kIconv: return DecodeByIconv(codec, bytes);
    case Codec::Kind::kWide:
    case Codec::Kind::kRare:
    case Codec::Kind::kNotText: break;
  }
  DecodedText out;
  out.supported = false;
  return out;
}

void AppendUtf8(uint32_t code_point, std::string& out) {
  const auto push = [&](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    push(code_point);
  } else if (code_point < 0x800) {
    push(0xC0 | (code_point >> 6));
    push(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    push(0xE0 | (code_point >> 12));
    push(0x80 | ((code_point >> 6) & 0x3F));
    push(0x80 | (code_point & 0x3F));
  } else {
    push(0xF0 | (code_point >> 18));
    push(0x80 | ((code_point >> 12) & 0x3F));
    push(0x80 | ((code_point >> 6) & 0x3F));
    push(0x80 | (code_point & 0x3F));
  }
}

size_t Utf8SequenceLength(absl::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return at + i < text.size() ? static_cast<uint8_t>(text[at + i]) : uint8_t{0}; };
  const auto tail = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return tail(1) ? 2 : 0;
  if (lead < 0xF0) {
    const uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;
    const uint8_t high = lead == 0xED ? 0x9F : 0xBF;
    return byte(1) >= low && byte(1) <= high && tail(2) ? 3 : 0;
  }
  const uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;
  return byte(1) >= low && byte(1) <= high && tail(2) && tail(3) ? 4 : 0;
}

// A lead byte with the tail bytes that its form asks for is one bad sequence (a surrogate, an overlong form, a number
// past U+10FFFF); everything else is bad alone, with the tail bytes that it has.
size_t BadUtf8Length(absl::string_view text, size_t at) {
  const uint8_t lead = static_cast<uint8_t>(text[at]);
  const size_t wanted = lead >= 0xF0 && lead <= 0xF7 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC0 ? 2 : 1;
  size_t length = 1;
  while (length < wanted && at + length < text.size() && (static_cast<uint8_t>(text[at + length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

size_t FindNonAscii(absl::string_view text, size_t at) {
  const char* data = text.data();
  const size_t size = text.size();
#if defined(__SSE2__)
  const auto load = [&](size_t i) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + i)); };
  for (; at + 64 <= size; at += 64) {
    const __m128i any = _mm_or_si128(_mm_or_si128(load(at), load(at + 16)), _mm_or_si128(load(at + 32), load(at + 48)));
    if (_mm_movemask_epi8(any) != 0) break;
  }
#endif
  for (; at + 8 <= size; at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, data + at, sizeof(word));
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (at < size && static_cast<uint8_t>(data[at]) < 0x80) ++at;
  return at;
}

}  // namespace overt::grammar
