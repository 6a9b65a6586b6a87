#include "checker/lsp/json.h"

#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace overt::lsp {
namespace {

// How deep brackets nest outside strings. Enough to refuse a text before anything recurses over it.
size_t DepthOf(absl::string_view text) {
  size_t depth = 0, deepest = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '"':
        for (++at; at < text.size() && text[at] != '"'; ++at) {
          if (text[at] == '\\') ++at;
        }
        break;
      case '[':
      case '{': deepest = std::max(deepest, ++depth); break;
      case ']':
      case '}': depth -= depth > 0 ? 1 : 0; break;
      default: break;
    }
  }
  return deepest;
}

// The code unit that `\uXXXX` at `at` stands for, or 0.
uint32_t EscapedUnit(absl::string_view text, size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return 0;
  uint32_t unit = 0;
  for (const char digit : text.substr(at + 2, 4)) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(digit))) return 0;
    const int value = absl::ascii_isdigit(static_cast<unsigned char>(digit)) ? digit - '0' : (digit | 0x20) - 'a' + 10;
    unit = unit * 16 + static_cast<uint32_t>(value);
  }
  return unit;
}

bool IsHighHalf(uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLowHalf(uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The text with `\ufffd` for every escaped half of a pair that stands alone.
std::string WithoutHalves(absl::string_view text) {
  std::string out(text);
  for (size_t at = out.find('\\'); at != std::string::npos; at = out.find('\\', at)) {
    const uint32_t unit = EscapedUnit(out, at);
    if (IsHighHalf(unit) && IsLowHalf(EscapedUnit(out, at + 6))) {
      at += 12;
    } else if (IsHighHalf(unit) || IsLowHalf(unit)) {
      out.replace(at, 6, "\\ufffd");
      at += 6;
    } else {
      at += 2;
    }
  }
  return out;
}

std::optional<uint32_t> ReadCount(const Json* json, bool* was_bent) {
  if (json == nullptr || !json->is_number_integer()) return std::nullopt;
  if (!json->is_number_unsigned() && json->get<int64_t>() < 0) {
    if (was_bent != nullptr) *was_bent = true;
    return 0;
  }
  constexpr uint64_t kMost = std::numeric_limits<uint32_t>::max();
  return static_cast<uint32_t>(std::min(json->get<uint64_t>(), kMost));
}

}  // namespace

std::optional<Json> ParseJson(absl::string_view text, std::string* why_not) {
  if (DepthOf(text) > kMostJsonDepth) {
    *why_not = absl::StrCat("JSON nested deeper than ", kMostJsonDepth, " levels");
    return std::nullopt;
  }
  Json json = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded() && text.find("\\u") != absl::string_view::npos) {
    json = Json::parse(WithoutHalves(text), nullptr, /*allow_exceptions=*/false);
  }
  if (json.is_discarded()) {
    *why_not = "the message is no JSON";
    return std::nullopt;
  }
  return json;
}

std::string WriteJson(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

const Json* Find(const Json& json, JsonPath path) {
  const Json* at = &json;
  for (const char* name : path) {
    if (!at->is_object()) return nullptr;
    const auto found = at->find(name);
    if (found == at->end()) return nullptr;
    at = &*found;
  }
  return at;
}

std::string StringAt(const Json& json, JsonPath path) {
  const Json* found = Find(json, path);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

bool BoolAt(const Json& json, JsonPath path, bool otherwise) {
  const Json* found = Find(json, path);
  return found != nullptr && found->is_boolean() ? found->get<bool>() : otherwise;
}

std::optional<int64_t> IntegerAt(const Json& json, JsonPath path) {
  const Json* found = Find(json, path);
  if (found == nullptr || !found->is_number_integer()) return std::nullopt;
  return found->get<int64_t>();
}

std::optional<Position> ReadPosition(const Json* json, bool* was_bent) {
  if (json == nullptr) return std::nullopt;
  const std::optional<uint32_t> line = ReadCount(Find(*json, {"line"}), was_bent);
  const std::optional<uint32_t> character = ReadCount(Find(*json, {"character"}), was_bent);
  if (!line || !character) return std::nullopt;
  return Position{*line, *character};
}

Json WritePosition(Position position) { return {{"line", position.line}, {"character", position.character}}; }

}  // namespace overt::lsp
