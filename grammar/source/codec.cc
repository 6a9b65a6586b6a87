#include "grammar/source/codec.h"

#include <iconv.h>

#include <cerrno>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "diagnostics/spelling.h"

namespace overt::grammar {
namespace {

// Encodings that CPython knows and that are no text: a source file in them is refused by name.
constexpr absl::string_view kNotText[] = {"base64", "bz2", "hex", "quopri", "rot13", "rot_13", "uu", "zlib", "zip", "base_64",
                                          "base64_codec", "hex_codec", "zlib_codec", "uu_codec", "bz2_codec", "quopri_codec"};

constexpr absl::string_view kKnown[] = {
    "ascii",  "big5",      "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255",     "cp1256", "cp1257",
    "cp1258", "cp437",     "cp850",  "cp852",  "cp866",  "cp932",  "cp949",  "cp950",      "euc-jp", "euc-kr",
    "gb18030", "gb2312",   "gbk",    "hz",     "iso-2022-jp", "iso-8859-1", "iso-8859-15", "iso-8859-2", "iso-8859-5", "koi8-r",
    "koi8-u", "latin-1",   "mac-roman", "ptcp154", "shift-jis", "tis-620", "utf-16", "utf-32", "utf-7", "utf-8"};

std::string Normalized(absl::string_view name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", "-"}});
}

bool IsUtf8(absl::string_view name) {
  return name == "utf-8" || name == "utf8" || name == "u8" || name == "utf" || name == "cp65001" ||
         absl::StartsWith(name, "utf-8-") || name == "utf8-ucs2" || name == "utf8-ucs4";
}

bool IsLatin1(absl::string_view name) {
  return name == "latin-1" || name == "iso-8859-1" || name == "iso-latin-1" || name == "latin1" || name == "l1" ||
         name == "iso8859-1" || name == "8859" || name == "cp819" || name == "latin" || name == "iso8859" ||
         absl::StartsWith(name, "latin-1-") || absl::StartsWith(name, "iso-8859-1-");
}

bool IsAscii(absl::string_view name) { return name == "ascii" || name == "us-ascii" || name == "646"; }

// The name under which iconv knows what CPython calls `name`.
std::string IconvName(const std::string& name) {
  if (absl::StartsWith(name, "cp125") || absl::StartsWith(name, "windows-125")) {
    return absl::StrCat("CP125", name.substr(name.size() - 1));
  }
  if (name == "mac-roman" || name == "macroman") return "MACINTOSH";
  if (absl::StartsWith(name, "iso8859-")) return absl::StrCat("ISO-8859-", name.substr(8));
  if (name == "shift-jis" || name == "sjis") return "SHIFT_JIS";
  if (name == "latin9" || name == "latin-9") return "ISO-8859-15";
  return absl::AsciiStrToUpper(name);
}

void AddProblem(DecodedText& out, TextRange range, std::string message) {
  out.problems.push_back({range, std::move(message)});
}

DecodedText FromLatin1(absl::string_view bytes) {
  DecodedText out;
  out.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out.text += c;
    } else {
      out.text += static_cast<char>(0xC0 | byte >> 6);
      out.text += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  out.encoding = "iso-8859-1";
  return out;
}

// False when iconv does not know the encoding.
bool FromIconv(absl::string_view bytes, const std::string& name, DecodedText& out) {
  const iconv_t converter = iconv_open("UTF-8", IconvName(name).c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;
  std::string input(bytes);
  char* from = input.data();
  size_t left = input.size();
  char buffer[4096];
  constexpr size_t kMostProblems = 20;
  while (left > 0) {
    char* to = buffer;
    size_t room = sizeof(buffer);
    const size_t result = iconv(converter, &from, &left, &to, &room);
    out.text.append(buffer, static_cast<size_t>(to - buffer));
    if (result != static_cast<size_t>(-1) || errno == E2BIG) continue;
    if (out.problems.size() < kMostProblems) {
      const auto at = static_cast<uint32_t>(out.text.size());
      AddProblem(out, {at, at + 3},
                 absl::StrFormat("byte 0x%02X means nothing in encoding `%s`", static_cast<unsigned char>(*from), name));
    }
    out.text += "\xEF\xBF\xBD";
    ++from;
    --left;
  }
  iconv_close(converter);
  out.encoding = name;
  return true;
}

DecodedText AsUtf8(absl::string_view bytes, std::string remedy) {
  DecodedText out;
  out.text = std::string(bytes);
  out.encoding = "utf-8";
  out.is_utf8 = true;
  out.remedy = std::move(remedy);
  return out;
}

DecodedText Unusable(absl::string_view bytes, const Cookie& cookie, const std::string& name) {
  DecodedText out = AsUtf8(bytes, "save the file as UTF-8");
  if (absl::c_linear_search(kNotText, absl::StrReplaceAll(name, {{"-", "_"}})) || absl::c_linear_search(kNotText, name)) {
    AddProblem(out, cookie.range, absl::StrCat("`", cookie.name, "` is no encoding of text"));
    return out;
  }
  const absl::string_view near = NearestBySpelling(name, kKnown);
  AddProblem(out, cookie.range,
             near.empty() ? absl::StrCat("encoding `", cookie.name, "` is unknown; the file is read as UTF-8")
                          : absl::StrCat("encoding `", cookie.name, "` is unknown; did you mean `", near, "`?"));
  return out;
}

}  // namespace

DecodedText DecodeWith(absl::string_view bytes, const Cookie& cookie, bool has_byte_order_mark) {
  if (cookie.name.empty()) {
    return AsUtf8(bytes, "save the file as UTF-8, or name its encoding in line 1 (`# coding: latin-1`)");
  }
  const std::string name = Normalized(cookie.name);
  if (cookie.too_late) {
    return AsUtf8(bytes, absl::StrCat("save the file as UTF-8; the cookie `", cookie.name,
                                      "` stands in line 3, Python looks at lines 1 and 2 only"));
  }
  if (IsUtf8(name)) return AsUtf8(bytes, "save the file as UTF-8");
  if (has_byte_order_mark) {
    DecodedText out = AsUtf8(bytes, "save the file as UTF-8");
    AddProblem(out, cookie.range, absl::StrCat("the byte-order mark says UTF-8, the cookie says `", cookie.name, "`"));
    return out;
  }
  if (IsLatin1(name)) return FromLatin1(bytes);
  if (IsAscii(name)) {
    DecodedText out = AsUtf8(bytes, "the cookie says ASCII; name the file's encoding, or save it as UTF-8");
    out.encoding = "ascii";
    // What is UTF-8 but not ASCII is refused as well.
    for (size_t at = 0; at < bytes.size(); ++at) {
      if (static_cast<unsigned char>(bytes[at]) < 0x80) continue;
      const auto place = static_cast<uint32_t>(at);
      AddProblem(out, {place, place + 1},
                 absl::StrFormat("byte 0x%02X is not ASCII, as the cookie says", static_cast<unsigned char>(bytes[at])));
      break;
    }
    return out;
  }
  DecodedText out;
  const bool is_text = name != "utf-16" && name != "utf-32" && !absl::StartsWith(name, "utf-16-") &&
                       !absl::StartsWith(name, "utf-32-");
  if (is_text && FromIconv(bytes, name, out)) return out;
  return Unusable(bytes, cookie, name);
}

}  // namespace overt::grammar
