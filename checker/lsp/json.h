// JSON as clients send it: read without exceptions and without trust.
//
//   std::optional<Json> message = ParseJson(body, &why_not);
//   const Json* uri = Find(params, {"textDocument", "uri"});     // null where anything on the way is missing
//   std::string text = StringAt(params, {"text"});               // empty where it is no string
#ifndef OVERT_CHECKER_LSP_JSON_H_
#define OVERT_CHECKER_LSP_JSON_H_

#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "checker/lsp/positions.h"

namespace overt::lsp {

using Json = nlohmann::json;

constexpr size_t kMostJsonDepth = 200;

// Nothing if the text is no JSON or is nested too deep. Half of a surrogate pair, which some editors send, is read as
// U+FFFD: it counts as much in every encoding of positions but UTF-8.
std::optional<Json> ParseJson(absl::string_view text, std::string* why_not);

// What we send. Bytes that are no UTF-8 are replaced.
std::string WriteJson(const Json& json);

using JsonPath = std::initializer_list<const char*>;
const Json* Find(const Json& json, JsonPath path);
std::string StringAt(const Json& json, JsonPath path);
bool BoolAt(const Json& json, JsonPath path, bool otherwise = false);
std::optional<int64_t> IntegerAt(const Json& json, JsonPath path);

// A place as sent. Nothing if it has no such form; `was_bent` (optional) says that a negative number was taken as 0.
// Numbers above 2^32 - 1 mean the end.
std::optional<Position> ReadPosition(const Json* json, bool* was_bent);
Json WritePosition(Position position);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_JSON_H_
