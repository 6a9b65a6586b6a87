#include "checker/driver/required_version.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace overt::driver {
namespace {

// What may stand behind the numbers, in the order of PEP 440; nothing is the last of them.
enum class Stage : uint8_t { kDevelopment, kAlpha, kBeta, kCandidate, kFinal };

struct ProgramVersion {
  std::vector<int> numbers;  // without zeros at the end
  Stage stage = Stage::kFinal;
  int stage_number = 0;
  friend auto operator<=>(const ProgramVersion&, const ProgramVersion&) = default;
};

// Takes the digits at the start of `text`.
std::optional<int> TakeNumber(absl::string_view* text) {
  size_t length = 0;
  constexpr size_t kMostDigits = 9;
  while (length < std::min(text->size(), kMostDigits) &&
         absl::ascii_isdigit(static_cast<unsigned char>((*text)[length])))
    ++length;
  int number = 0;
  if (!absl::SimpleAtoi(text->substr(0, length), &number)) return std::nullopt;
  text->remove_prefix(length);
  return number;
}

struct StageName {
  absl::string_view name;
  Stage stage;
};
constexpr std::array<StageName, 4> kStageNames = {
    {{".dev", Stage::kDevelopment}, {"a", Stage::kAlpha}, {"b", Stage::kBeta}, {"rc", Stage::kCandidate}}};

bool TakeStage(absl::string_view* text, ProgramVersion* version) {
  for (const StageName& one : kStageNames) {
    if (!absl::ConsumePrefix(text, one.name)) continue;
    const std::optional<int> number = TakeNumber(text);
    version->stage = one.stage;
    version->stage_number = number.value_or(0);
    return number.has_value();
  }
  return true;
}

// `count`: how many numbers were written.
std::optional<ProgramVersion> ParseProgramVersion(absl::string_view text, size_t* count) {
  ProgramVersion version;
  do {
    const std::optional<int> number = TakeNumber(&text);
    if (!number) return std::nullopt;
    version.numbers.push_back(*number);
  } while (text.size() > 1 && text[1] != 'd' && absl::ConsumePrefix(&text, "."));
  *count = version.numbers.size();
  if (!TakeStage(&text, &version) || !text.empty()) return std::nullopt;
  while (version.numbers.size() > 1 && version.numbers.back() == 0) version.numbers.pop_back();
  return version;
}

// Whether the first `count` numbers are the same.
bool IsSameSeries(const ProgramVersion& left, const ProgramVersion& right, size_t count) {
  const auto at = [](const ProgramVersion& version, size_t i) {
    return i < version.numbers.size() ? version.numbers[i] : 0;
  };
  for (size_t i = 0; i < count; ++i) {
    if (at(left, i) != at(right, i)) return false;
  }
  return true;
}

// One clause; nothing if it is none.
std::optional<bool> MeetsClause(absl::string_view clause, const ProgramVersion& own) {
  constexpr absl::string_view kOperators[] = {"==", "!=", ">=", "<=", "~=", ">", "<", ""};
  const auto* const op = std::find_if(std::begin(kOperators), std::end(kOperators),
                                      [&](absl::string_view one) { return absl::ConsumePrefix(&clause, one); });
  clause = absl::StripAsciiWhitespace(clause);
  const bool is_equality = *op == "==" || *op == "!=" || op->empty();
  const bool is_series = is_equality && absl::ConsumeSuffix(&clause, ".*");
  size_t count = 0;
  const std::optional<ProgramVersion> wanted = ParseProgramVersion(clause, &count);
  if (!wanted || (is_series && wanted->stage != Stage::kFinal)) return std::nullopt;
  if (is_equality) {
    const bool is_equal = is_series ? IsSameSeries(own, *wanted, count) : own == *wanted;
    return is_equal == (*op != "!=");
  }
  if (*op == "~=") {
    if (count < 2) return std::nullopt;
    return own >= *wanted && IsSameSeries(own, *wanted, count - 1);
  }
  if (*op == ">=") return own >= *wanted;
  if (*op == "<=") return own <= *wanted;
  return *op == ">" ? own > *wanted : own < *wanted;
}

}  // namespace

// A series (`.*`) behind `==` and `!=`, at least two numbers behind `~=`.
std::string RequirementPattern() {
  const std::string number = "[0-9]{1,9}";
  const std::string more = absl::StrCat("(\\.", number, ")");
  const std::string stage = absl::StrCat("((\\.dev|a|b|rc)", number, ")?");
  const std::string equal = absl::StrCat("(==|!=)?\\s*", number, more, "*(\\.\\*|", stage, ")");
  const std::string ordered = absl::StrCat("(>=|<=|>|<)\\s*", number, more, "*", stage);
  const std::string compatible = absl::StrCat("~=\\s*", number, more, "+", stage);
  const std::string clause = absl::StrCat("\\s*(", equal, "|", ordered, "|", compatible, ")\\s*");
  return absl::StrCat("^", clause, "(,", clause, ")*$");
}

std::string RequirementError(absl::string_view requirement, absl::string_view own) {
  size_t count = 0;
  const ProgramVersion version = ParseProgramVersion(own, &count).value_or(ProgramVersion{});
  bool is_met = true;
  for (const absl::string_view clause : absl::StrSplit(requirement, ',')) {
    const std::optional<bool> meets = MeetsClause(absl::StripAsciiWhitespace(clause), version);
    if (!meets) {
      return absl::StrCat("`", requirement, "` is no requirement of a version, such as \">=0.1\" or \"==0.1.*\"");
    }
    is_met &= *meets;
  }
  if (is_met) return "";
  return absl::StrCat("this is overt ", own, ", but `required-version` is \"", requirement, "\"");
}

}  // namespace overt::driver
