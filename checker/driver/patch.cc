#include "checker/driver/patch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

// --- Names -----------------------------------------------------------------------------------------------------------

bool IsQuotedByGit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\';
}

// Within quotes, as C writes it.
std::string SpelledForGit(char c) {
  switch (c) {
    case '\a': return "\\a";
    case '\b': return "\\b";
    case '\t': return "\\t";
    case '\n': return "\\n";
    case '\v': return "\\v";
    case '\f': return "\\f";
    case '\r': return "\\r";
    case '"': return "\\\"";
    case '\\': return "\\\\";
    default: return absl::StrFormat("\\%03o", static_cast<unsigned char>(c));
  }
}

// As the header of a patch has it. A tab behind a name with spaces says where it ends. Of a name that a CI system would
// take for a command in its log (`##vso[`) the `#` are spelled out, which git reads as well.
std::string NameInPatch(absl::string_view name) {
  const bool is_plain_ascii = absl::c_none_of(name, IsQuotedByGit);
  const bool looks_like_command = is_plain_ascii && EscapeForTerminal(name) != name;
  if (is_plain_ascii && !looks_like_command) return absl::StrCat(name, absl::StrContains(name, " ") ? "\t" : "");
  std::string quoted = "\"";
  for (const char c : name) {
    if (IsQuotedByGit(c) || c == '#') {
      quoted += SpelledForGit(c);
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

// --- Lines -----------------------------------------------------------------------------------------------------------

// Tabs and the line's end stay. What GitHub's runner takes for a command when it begins a line (`::error`), spaces
// before it or not, begins one here only behind the space of a line that stays as it is.
std::string HarmlessLine(char sign, absl::string_view body) {
  const bool has_return = absl::ConsumeSuffix(&body, "\r");
  std::string shown;
  if (sign == ' ' && absl::StartsWith(absl::StripLeadingAsciiWhitespace(body), "::")) {
    const size_t colon = body.find(':');
    absl::StrAppend(&shown, body.substr(0, colon), "\\x3a");
    body.remove_prefix(colon + 1);
  }
  const char* between = "";
  for (const absl::string_view piece : absl::StrSplit(body, '\t')) {
    absl::StrAppend(&shown, between, EscapeForTerminal(piece));
    between = "\t";
  }
  return absl::StrCat(shown, has_return ? "\r" : "");
}

absl::string_view PatchColorOf(char sign) {
  switch (sign) {
    case '-': return "\x1b[31m";
    case '+': return "\x1b[32m";
    case '@': return "\x1b[36m";
    case 'n': return "\x1b[1m";
    default: return "";
  }
}

// The lines of a patch in their style. Signs: `n` for the two lines with names, `@`, and those of the format itself.
class PatchWriter {
 public:
  explicit PatchWriter(const PatchStyle& style) : style_(style) {}

  void Head(char sign, absl::string_view text) { Paint(sign, text); }

  void Line(char sign, absl::string_view line) {
    const bool has_end = absl::ConsumeSuffix(&line, "\n");
    Paint(sign, absl::StrCat(absl::string_view(&sign, 1), style_.is_escaped ? HarmlessLine(sign, line) : line));
    if (!has_end) out_ += "\\ No newline at end of file\n";
  }

  std::string Take() && { return std::move(out_); }

 private:
  void Paint(char sign, absl::string_view text) {
    const absl::string_view color = style_.is_colored ? PatchColorOf(sign) : "";
    absl::StrAppend(&out_, color, text, color.empty() ? "" : "\x1b[0m", "\n");
  }

  PatchStyle style_;
  std::string out_;
};

// --- Hunks -----------------------------------------------------------------------------------------------------------

constexpr size_t kPatchContext = 3;  // lines around a change

// Lines with their ends; the last may have none.
std::vector<absl::string_view> LinesOf(absl::string_view text) {
  std::vector<absl::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const size_t size = end == absl::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// Old lines [begin, end) that become `lines`.
struct LineChange {
  size_t begin = 0, end = 0;
  std::string text;  // owns what `lines` are of
};

// Each edit widened to whole lines; those that share a line made one.
std::vector<LineChange> LineChanges(absl::string_view original, absl::Span<const Edit> edits,
                                    const std::vector<absl::string_view>& lines) {
  std::vector<size_t> starts{0};
  for (const absl::string_view line : lines) starts.push_back(starts.back() + line.size());
  const auto line_of = [&](size_t offset) {
    return static_cast<size_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin()) - 1;
  };
  std::vector<LineChange> changes;
  for (size_t i = 0; i < edits.size();) {
    size_t begin = std::min(line_of(edits[i].range.begin), lines.size());
    // An edit behind a last line without an end changes that line.
    if (begin == lines.size() && begin > 0 && !absl::EndsWith(lines.back(), "\n")) --begin;
    size_t last = i, end = begin;
    std::string text;
    size_t at = starts[begin];
    for (; last < edits.size(); ++last) {
      const TextRange range = edits[last].range;
      const bool touches = last == i || range.begin < starts[end];
      if (!touches) break;
      absl::StrAppend(&text, original.substr(at, range.begin - at), edits[last].replacement);
      at = range.end;
      size_t next = line_of(range.end);
      // Up to the end of a line that is kept in part, or that what came in leaves open.
      if (next < lines.size() && (range.end > starts[next] || (!text.empty() && text.back() != '\n'))) ++next;
      end = std::max(end, std::min(next, lines.size()));
    }
    absl::StrAppend(&text, original.substr(at, starts[end] - at));
    changes.push_back({begin, end, std::move(text)});
    i = last;
  }
  return changes;
}

std::string RangeText(size_t begin, size_t count) {
  // A range without lines names the line before it.
  return absl::StrCat(count == 0 ? begin : begin + 1, count == 1 ? "" : absl::StrCat(",", count));
}

// The lines that a change leaves as they are at its edges are no part of it.
void Trim(LineChange& change, std::vector<absl::string_view>& fresh, const std::vector<absl::string_view>& lines) {
  while (change.begin < change.end && !fresh.empty() && lines[change.begin] == fresh.front()) {
    ++change.begin;
    fresh.erase(fresh.begin());
  }
  while (change.begin < change.end && !fresh.empty() && lines[change.end - 1] == fresh.back()) {
    --change.end;
    fresh.pop_back();
  }
}

// Neighbouring changes whose surroundings touch, with what they make of their lines.
struct Hunk {
  absl::Span<const LineChange> changes;
  absl::Span<const std::vector<absl::string_view>> fresh;  // beside `changes`
};

// `shift`: lines added so far, minus those removed, modulo the size of the type.
void WriteHunk(const Hunk& hunk, const std::vector<absl::string_view>& lines, size_t& shift, PatchWriter& writer) {
  const size_t first = hunk.changes.front().begin;
  const size_t begin = first > kPatchContext ? first - kPatchContext : 0;
  const size_t end = std::min(lines.size(), hunk.changes.back().end + kPatchContext);
  size_t added = 0, removed = 0;
  for (const std::vector<absl::string_view>& one : hunk.fresh) added += one.size();
  for (const LineChange& one : hunk.changes) removed += one.end - one.begin;
  const size_t old_count = end - begin, new_count = old_count + added - removed;
  writer.Head('@', absl::StrCat("@@ -", RangeText(begin, old_count), " +", RangeText(begin + shift, new_count), " @@"));
  size_t at = begin;
  for (size_t i = 0; i < hunk.changes.size(); ++i) {
    for (; at < hunk.changes[i].begin; ++at) writer.Line(' ', lines[at]);
    for (; at < hunk.changes[i].end; ++at) writer.Line('-', lines[at]);
    for (const absl::string_view line : hunk.fresh[i]) writer.Line('+', line);
  }
  for (; at < end; ++at) writer.Line(' ', lines[at]);
  shift += added - removed;
}

}  // namespace

std::string UnifiedDiff(absl::string_view path, absl::string_view original, absl::Span<const Edit> edits,
                        const PatchStyle& style) {
  if (edits.empty()) return "";
  const std::vector<absl::string_view> lines = LinesOf(original);
  std::vector<LineChange> changes = LineChanges(original, edits, lines);
  std::vector<std::vector<absl::string_view>> fresh;
  for (LineChange& change : changes) {
    fresh.push_back(LinesOf(change.text));
    Trim(change, fresh.back(), lines);
  }
  PatchWriter writer(style);
  const bool is_relative = !absl::StartsWith(path, "/");
  writer.Head('n', absl::StrCat("--- ", NameInPatch(absl::StrCat(is_relative ? "a/" : "", path))));
  writer.Head('n', absl::StrCat("+++ ", NameInPatch(absl::StrCat(is_relative ? "b/" : "", path))));
  size_t shift = 0;
  for (size_t i = 0; i < changes.size();) {
    size_t last = i;
    while (last + 1 < changes.size() && changes[last + 1].begin <= changes[last].end + 2 * kPatchContext) ++last;
    const Hunk hunk{absl::MakeConstSpan(changes).subspan(i, last + 1 - i),
                    absl::MakeConstSpan(fresh).subspan(i, last + 1 - i)};
    WriteHunk(hunk, lines, shift, writer);
    i = last + 1;
  }
  return std::move(writer).Take();
}

}  // namespace overt::driver
