#include "checker/driver/baseline.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "diagnostics/render/escape.h"

namespace overt::driver {
namespace {

uint64_t HashOfText(absl::string_view text) { return XXH3_64bits(text.data(), text.size()); }

// "Rows" of "plugins.csv.Rows": the name that a class keeps when it moves.
absl::string_view OwnName(absl::string_view qualified) { return qualified.substr(qualified.rfind('.') + 1); }

// What makes it the same finding. A finding about a class is the same in whichever file; any other belongs to its file.
auto NameOfEntry(const BaselineEntry& entry) {
  const Subject& subject = entry.subject;
  const absl::string_view path = subject.class_name.empty() ? absl::string_view(entry.path) : "";
  return std::make_tuple(absl::string_view(subject.class_name), path, absl::string_view(subject.member),
                         NameOf(entry.rule), absl::string_view(subject.base), absl::string_view(entry.hash));
}

// The part of it that a move leaves alone.
auto LastingName(const BaselineEntry& entry) {
  const Subject& subject = entry.subject;
  return std::make_tuple(OwnName(subject.class_name), absl::string_view(subject.member), entry.rule,
                         OwnName(subject.base), absl::string_view(entry.hash));
}

// A message names modules where two classes of one name meet; those may be renamed.
std::string LastingMessage(const Diagnostic& finding) {
  std::vector<std::pair<std::string, std::string>> shorter;
  for (const std::string* name : {&finding.subject.class_name, &finding.subject.base}) {
    if (!name->empty()) shorter.emplace_back(absl::StrCat("`", *name), absl::StrCat("`", OwnName(*name)));
  }
  return absl::StrReplaceAll(finding.title, shorter);
}

bool ComesFirst(const BaselineEntry& left, const BaselineEntry& right) { return CompareEntries(left, right) < 0; }

// Takes from the entries what findings of the very same name need.
void MatchByName(absl::Span<const BaselineEntry> entries, absl::Span<const BaselineEntry> findings,
                 BaselineMatch& match) {
  for (size_t i = 0; i < findings.size(); ++i) {
    const auto at = std::lower_bound(entries.begin(), entries.end(), findings[i], ComesFirst);
    if (at == entries.end() || CompareEntries(*at, findings[i]) != 0) continue;
    const auto entry = static_cast<size_t>(at - entries.begin());
    if (match.found[entry] == at->count) continue;
    ++match.found[entry];
    match.entry_of[i] = entry;
  }
}

// The same for what is called otherwise now.
void MatchMoved(absl::Span<const BaselineEntry> entries, absl::Span<const BaselineEntry> findings,
                absl::FunctionRef<bool(const BaselineEntry& entry, const BaselineEntry& finding)> is_moved,
                BaselineMatch& match) {
  // The entries that are left, by the names that findings are left for. Mostly there are none.
  std::map<decltype(LastingName(findings[0])), std::vector<size_t>> left;
  for (size_t i = 0; i < findings.size(); ++i) {
    if (match.entry_of[i] == BaselineMatch::kNone) left[LastingName(findings[i])];
  }
  if (left.empty()) return;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (match.found[i] == entries[i].count) continue;
    if (const auto at = left.find(LastingName(entries[i])); at != left.end()) at->second.push_back(i);
  }
  for (size_t i = 0; i < findings.size(); ++i) {
    if (match.entry_of[i] != BaselineMatch::kNone) continue;
    for (const size_t entry : left[LastingName(findings[i])]) {
      if (match.found[entry] == entries[entry].count || !is_moved(entries[entry], findings[i])) continue;
      ++match.found[entry];
      match.entry_of[i] = entry;
      break;
    }
  }
}

}  // namespace

BaselineEntry EntryFor(const Diagnostic& finding, absl::string_view path) {
  BaselineEntry entry;
  entry.rule = finding.rule;
  entry.subject = finding.subject;
  entry.path = ValidUtf8(path);
  entry.hash = absl::StrFormat("%016x", HashOfText(LastingMessage(finding)));
  entry.message = ValidUtf8(finding.title);
  return entry;
}

int CompareEntries(const BaselineEntry& left, const BaselineEntry& right) {
  const auto a = NameOfEntry(left), b = NameOfEntry(right);
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

std::string IdOf(const BaselineEntry& entry) {
  constexpr uint64_t kDigits = (uint64_t{1} << 48) - 1;
  const std::string name =
      std::apply([](const auto&... part) { return absl::StrJoin({part...}, "\n"); }, NameOfEntry(entry));
  return absl::StrFormat("%012x", HashOfText(name) & kDigits);
}

std::string SubjectText(const BaselineEntry& entry) {
  const Subject& subject = entry.subject;
  if (subject.class_name.empty()) return entry.path;
  return absl::StrCat(subject.class_name, subject.member.empty() ? "" : ".", subject.member);
}

std::vector<BaselineEntry> SortedEntries(std::vector<BaselineEntry> entries) {
  std::stable_sort(entries.begin(), entries.end(), ComesFirst);
  std::vector<BaselineEntry> sorted;
  for (BaselineEntry& entry : entries) {
    if (sorted.empty() || CompareEntries(sorted.back(), entry) != 0) {
      sorted.push_back(std::move(entry));
      continue;
    }
    sorted.back().count = std::max(sorted.back().count, entry.count);
    if (sorted.back().reason.empty()) sorted.back().reason = std::move(entry.reason);
  }
  return sorted;
}

std::vector<BaselineEntry> CountedEntries(std::vector<BaselineEntry> findings) {
  std::stable_sort(findings.begin(), findings.end(), ComesFirst);
  std::vector<BaselineEntry> counted;
  for (BaselineEntry& finding : findings) {
    if (!counted.empty() && CompareEntries(counted.back(), finding) == 0) {
      counted.back().count += finding.count;
      if (counted.back().reason.empty()) counted.back().reason = std::move(finding.reason);
    } else {
      counted.push_back(std::move(finding));
    }
  }
  return counted;
}

BaselineMatch MatchBaseline(
    absl::Span<const BaselineEntry> entries, absl::Span<const BaselineEntry> findings,
    absl::FunctionRef<bool(const BaselineEntry& entry, const BaselineEntry& finding)> is_moved) {
  BaselineMatch match;
  match.entry_of.assign(findings.size(), BaselineMatch::kNone);
  match.found.assign(entries.size(), 0);
  MatchByName(entries, findings, match);
  MatchMoved(entries, findings, is_moved, match);
  return match;
}

std::vector<BaselineEntry> RenewedEntries(absl::Span<const BaselineEntry> entries,
                                          absl::Span<const BaselineEntry> findings, const BaselineMatch& match,
                                          absl::FunctionRef<bool(size_t entry)> is_stale,
                                          absl::FunctionRef<bool(const BaselineEntry&)> is_added) {
  std::vector<BaselineEntry> renewed;
  for (size_t i = 0; i < findings.size(); ++i) {
    const size_t entry = match.entry_of[i];
    if (entry == BaselineMatch::kNone && !is_added(findings[i])) continue;
    renewed.push_back(findings[i]);
    if (entry != BaselineMatch::kNone) renewed.back().reason = entries[entry].reason;
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    const size_t left = entries[i].count - match.found[i];
    if (left == 0 || is_stale(i)) continue;
    renewed.push_back(entries[i]);
    renewed.back().count = left;
  }
  return CountedEntries(std::move(renewed));
}

}  // namespace overt::driver
