#include "checker/lsp/uri.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "checker/driver/terminal.h"

namespace overt::lsp {
namespace {

int HexDigit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (!absl::ascii_isxdigit(byte)) return -1;
  return absl::ascii_isdigit(byte) ? c - '0' : (c | 0x20) - 'a' + 10;
}

// A `%` that begins no escape stands for itself.
std::string WithoutEscapes(absl::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? HexDigit(text[at + 1]) : -1;
    const int low = high >= 0 ? HexDigit(text[at + 2]) : -1;
    if (low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      at += 2;
    } else {
      out.push_back(text[at]);
    }
  }
  return out;
}

bool IsPlain(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("-._~/", c); }

}  // namespace

absl::string_view SchemeOf(absl::string_view uri) {
  const size_t colon = uri.find(':');
  if (colon == absl::string_view::npos || colon == 0) return "";
  const absl::string_view scheme = uri.substr(0, colon);
  const bool is_scheme = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("+-.", c);
  });
  return is_scheme ? scheme : "";
}

std::optional<std::string> PathOfUri(absl::string_view uri) {
  if (!absl::EqualsIgnoreCase(SchemeOf(uri), "file")) return std::nullopt;
  uri.remove_prefix(5);
  uri = uri.substr(0, uri.find_first_of("?#"));
  if (absl::ConsumePrefix(&uri, "//")) {
    const absl::string_view host = uri.substr(0, uri.find('/'));
    if (!host.empty() && !absl::EqualsIgnoreCase(host, "localhost")) return std::nullopt;
    uri.remove_prefix(host.size());
  }
  const std::string path = WithoutEscapes(uri);
  // A NUL would end the name in every call of the system.
  if (!absl::StartsWith(path, "/") || absl::StrContains(path, '\0')) return std::nullopt;
  return driver::AbsolutePath(path, "/");
}

std::string UriOfPath(absl::string_view path) {
  std::string uri = "file://";
  for (const char c : path) {
    if (IsPlain(c)) {
      uri.push_back(c);
    } else {
      absl::StrAppendFormat(&uri, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string FolderOfFile(const std::string& path) { return path.substr(0, std::max<size_t>(path.rfind('/'), 1)); }

absl::string_view NameOfFile(absl::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace overt::lsp
