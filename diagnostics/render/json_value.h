// Findings as JSON values, for all formats that are JSON.
#ifndef OVERT_DIAGNOSTICS_RENDER_JSON_VALUE_H_
#define OVERT_DIAGNOSTICS_RENDER_JSON_VALUE_H_

#include <nlohmann/json.hpp>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "diagnostics/render/renderer.h"

namespace overt {

using Json = nlohmann::ordered_json;  // members in the order in which they were added

// One finding as the formats `json` and `json-lines` show it; positions in code points, from 1, and in bytes, from 0.
Json DiagnosticJson(const Diagnostic& diagnostic, const RenderOptions& options, SourceLookup sources);

// {"line": …, "column": …}, both from 1.
Json LineColumnJson(const SourceView& source, uint32_t offset, ColumnUnit unit);

// The items of an array that is written while it grows, one a line.
class JsonItems {
 public:
  explicit JsonItems(absl::string_view indent) : indent_(indent) {}
  void Append(const Json& item, std::string& out);
  bool is_empty() const { return is_empty_; }

 private:
  absl::string_view indent_;  // a literal
  bool is_empty_ = true;
};

// What tells a finding from all others of a run and stays the same when lines are added above it: 32 hexadecimal digits
// made of the rule, the path, the message, and how many equal ones came before.
class Fingerprints {
 public:
  std::string Of(const Diagnostic& diagnostic, absl::string_view path);

 private:
  absl::flat_hash_map<std::string, size_t> seen_;
};

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_RENDER_JSON_VALUE_H_
