#include "checker/driver/baseline_file.h"

#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/spelling.h"

namespace overt::driver {
namespace {

constexpr absl::string_view kEntryKeys[] = {"rule", "class",   "member", "base", "path",
                                            "hash", "message", "reason", "count"};

// Bytes for the parser, which tell where it is: it says so for itself only of what is no JSON.
class TrackedBytes {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedBytes(const char* at, size_t* reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  TrackedBytes& operator++() {
    ++at_;
    ++*reached_;
    return *this;
  }
  TrackedBytes operator++(int) {
    TrackedBytes before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const TrackedBytes& left, const TrackedBytes& right) { return left.at_ == right.at_; }

 private:
  const char* at_;
  size_t* reached_;
};

// Takes the parts of the document as they come. Every function answers whether to go on.
class BaselineReader {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  BaselineReader(absl::string_view text, const size_t& reached) : text_(text), reached_(reached) {}

  bool null() { return Refuse("`null` has no place in a baseline"); }
  bool boolean(bool) { return Refuse("`true` and `false` have no place in a baseline"); }
  bool number_float(number_float_t, const string_t&) { return RefuseNumber(WrongValue()); }
  bool binary(binary_t&) { return RefuseValue(); }
  bool number_integer(number_integer_t) { return RefuseNumber(WrongValue()); }
  bool number_unsigned(number_unsigned_t number);
  bool string(string_t& text);
  bool key(string_t& name);
  bool start_object(size_t);
  bool end_object();
  bool start_array(size_t);
  bool end_array();
  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception&);

  bool is_complete() const { return has_version_ && has_findings_; }
  const std::string& problem() const { return problem_; }
  size_t problem_at() const { return problem_at_; }
  std::vector<BaselineEntry> Take() && { return std::move(entries_); }

 private:
  enum class Where : uint8_t { kOutside, kDocument, kFindings, kEntry };

  bool Refuse(std::string problem) {
    problem_ = std::move(problem);
    // The parser is behind what it speaks of.
    problem_at_ = reached_ > 0 ? reached_ - 1 : 0;
    return false;
  }
  bool RefuseKey(const std::string& name, std::string problem) {
    Refuse(std::move(problem));
    const size_t at = text_.substr(0, reached_).rfind(absl::StrCat("\"", name, "\""));
    if (at != absl::string_view::npos) problem_at_ = at;
    return false;
  }
  // Where a number ends, the parser has seen one byte more.
  bool RefuseNumber(std::string problem) {
    Refuse(std::move(problem));
    problem_at_ -= problem_at_ > 0 ? 1 : 0;
    return false;
  }
  bool RefuseValue() { return Refuse(WrongValue()); }
  std::string WrongValue() const {
    return key_.empty() ? WrongDocument() : absl::StrCat("`", key_, "` cannot be that");
  }
  static std::string WrongDocument() { return "a baseline is an object with `schema_version` and `findings`"; }
  // Counts on from where it was asked last: the file may have many entries.
  uint32_t LineReached() {
    line_ += static_cast<uint32_t>(absl::c_count(text_.substr(counted_until_, reached_ - counted_until_), '\n'));
    counted_until_ = reached_;
    return line_;
  }
  bool SetRule(const std::string& name);
  std::string* TextOf(absl::string_view key);
  bool FinishEntry();

  absl::string_view text_;
  const size_t& reached_;
  size_t counted_until_ = 0;
  uint32_t line_ = 1;  // at `counted_until_`
  Where where_ = Where::kOutside;
  std::string key_;
  BaselineEntry entry_;
  bool has_rule_ = false, has_version_ = false, has_findings_ = false;
  std::vector<BaselineEntry> entries_;
  std::string problem_;
  size_t problem_at_ = 0;
};

bool BaselineReader::number_unsigned(number_unsigned_t number) {
  if (where_ == Where::kDocument && key_ == "schema_version") {
    has_version_ = true;
    if (number == kBaselineSchema) return true;
    return RefuseNumber(absl::StrCat("schema version ", number, number > kBaselineSchema ? " is of a newer overt" : "",
                                     "; this one knows version ", kBaselineSchema));
  }
  constexpr number_unsigned_t kMost = 1'000'000;
  if (where_ != Where::kEntry || key_ != "count" || number == 0 || number > kMost) {
    return RefuseNumber(WrongValue());
  }
  entry_.count = number;
  return true;
}

std::string* BaselineReader::TextOf(absl::string_view key) {
  if (key == "class") return &entry_.subject.class_name;
  if (key == "member") return &entry_.subject.member;
  if (key == "base") return &entry_.subject.base;
  if (key == "path") return &entry_.path;
  if (key == "hash") return &entry_.hash;
  if (key == "message") return &entry_.message;
  if (key == "reason") return &entry_.reason;
  return nullptr;
}

bool BaselineReader::SetRule(const std::string& name) {
  const absl::Span<const Rule> rules = RulesNamed(name);
  // A group is no rule, and a rule may have had another name when the file was written.
  const bool is_rule =
      rules.size() == 1 && (NameOf(rules[0]) == name || absl::c_linear_search(EarlierRuleNames(), name));
  if (!is_rule) {
    return Refuse(absl::StrCat("no rule is named `", name, "`", DidYouMean(NearestRuleName(name))));
  }
  entry_.rule = rules[0];
  has_rule_ = true;
  return true;
}

bool BaselineReader::string(string_t& text) {
  if (where_ != Where::kEntry) return RefuseValue();
  if (key_ == "rule") return SetRule(text);
  std::string* const place = TextOf(key_);
  if (place == nullptr) return RefuseValue();
  *place = std::move(text);
  return true;
}

bool BaselineReader::key(string_t& name) {
  key_ = name;
  if (where_ == Where::kDocument) {
    if (name == "findings" && !has_version_) return RefuseKey(name, "`schema_version` must stand before `findings`");
    if (name == "schema_version" || name == "findings") return true;
    return RefuseKey(name, absl::StrCat("unknown key `", name, "`: ", WrongDocument()));
  }
  if (absl::c_linear_search(kEntryKeys, absl::string_view(name))) return true;
  return RefuseKey(name, absl::StrCat("unknown key `", name, "`", DidYouMean(NearestBySpelling(name, kEntryKeys))));
}

bool BaselineReader::start_object(size_t) {
  switch (where_) {
    case Where::kOutside: where_ = Where::kDocument; return true;
    case Where::kFindings:
      where_ = Where::kEntry;
      entry_ = {};
      entry_.line = LineReached();
      has_rule_ = false;
      return true;
    case Where::kDocument:
    case Where::kEntry: return RefuseValue();
  }
  return false;
}

bool BaselineReader::FinishEntry() {
  if (!has_rule_ || entry_.path.empty() || entry_.hash.empty()) {
    return Refuse("a finding needs `rule`, `path` and `hash`");
  }
  if (entry_.subject.class_name.empty() && !(entry_.subject.member.empty() && entry_.subject.base.empty())) {
    return Refuse("a finding with `member` or `base` needs `class`");
  }
  entries_.push_back(std::move(entry_));
  return true;
}

bool BaselineReader::end_object() {
  if (where_ == Where::kEntry) {
    where_ = Where::kFindings;
    return FinishEntry();
  }
  where_ = Where::kOutside;
  return is_complete() || Refuse(WrongDocument());
}

bool BaselineReader::start_array(size_t) {
  if (where_ != Where::kDocument || key_ != "findings") return RefuseValue();
  where_ = Where::kFindings;
  has_findings_ = true;
  return true;
}

bool BaselineReader::end_array() {
  where_ = Where::kDocument;
  key_.clear();
  return true;
}

// The parser's own words name its internals.
bool BaselineReader::parse_error(size_t position, const std::string&, const nlohmann::detail::exception&) {
  problem_at_ = position > 0 ? position - 1 : 0;
  problem_ = problem_at_ + 1 >= text_.size() ? "the file ends too early" : "this is no JSON";
  return false;
}

// Where git left both sides, for the parser would only say that they are no JSON.
std::optional<size_t> MergeConflict(absl::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (absl::StartsWith(text.substr(at), "<<<<<<< ") || absl::StartsWith(text.substr(at), ">>>>>>> ")) return at;
    const size_t end = text.find('\n', at);
    at = end == absl::string_view::npos ? text.size() : end + 1;
  }
  return std::nullopt;
}

absl::Status ProblemAt(absl::string_view text, size_t offset, absl::string_view shown, absl::string_view problem) {
  const absl::string_view before = text.substr(0, offset);
  const size_t line_start = before.rfind('\n') + 1;  // 0 in the first line
  return absl::InvalidArgumentError(
      absl::StrCat(shown, ":", 1 + absl::c_count(before, '\n'), ":", 1 + before.size() - line_start, ": ", problem));
}

}  // namespace

absl::StatusOr<std::vector<BaselineEntry>> ParseBaseline(absl::string_view text, absl::string_view shown) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  if (const std::optional<size_t> conflict = MergeConflict(text)) {
    return ProblemAt(text, *conflict, shown,
                     "a merge was left unfinished; keep the lines of both sides, and `overt baseline prune` drops what "
                     "is no longer found");
  }
  size_t reached = 0;
  BaselineReader reader(text, reached);
  const bool is_fine = nlohmann::json::sax_parse(TrackedBytes(text.data(), &reached),
                                                 TrackedBytes(text.data() + text.size(), &reached), &reader);
  if (!is_fine || !reader.is_complete()) {
    return ProblemAt(text, reader.problem_at(), shown, reader.problem());
  }
  return SortedEntries(std::move(reader).Take());
}

std::string BaselineText(absl::Span<const BaselineEntry> entries) {
  std::string out = absl::StrCat("{\n  \"schema_version\": ", kBaselineSchema, ",\n  \"findings\": [");
  absl::string_view before = "\n";
  for (const BaselineEntry& entry : entries) {
    nlohmann::ordered_json line = {{"rule", std::string(NameOf(entry.rule))}};
    const auto add = [&](const char* key, const std::string& value) {
      if (!value.empty()) line[key] = ValidUtf8(value);  // a reason may come from the command line
    };
    add("class", entry.subject.class_name);
    add("member", entry.subject.member);
    add("base", entry.subject.base);
    add("path", entry.path);
    add("hash", entry.hash);
    if (entry.count > 1) line["count"] = entry.count;
    add("message", entry.message);
    add("reason", entry.reason);
    absl::StrAppend(&out, before, "    ", line.dump());
    before = ",\n";
  }
  absl::StrAppend(&out, entries.empty() ? "]\n}\n" : "\n  ]\n}\n");
  return out;
}

}  // namespace overt::driver
