#include "checker/driver/edited_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace overt::driver {

EditedFile::EditedFile(std::string original) : original_(std::move(original)) {
  pieces_.push_back({0, static_cast<uint32_t>(original_.size()), ""});
}

std::string EditedFile::text() const {
  std::string text;
  for (const Piece& piece : pieces_) {
    if (piece.added.empty()) {
      absl::StrAppend(&text, absl::string_view(original_).substr(piece.begin, piece.end - piece.begin));
    } else {
      text += piece.added;
    }
  }
  return text;
}

void EditedFile::Apply(absl::Span<const Edit> edits) {
  std::vector<Piece> next;
  size_t piece = 0, used = 0;  // `used` characters of `pieces_[piece]` are done with
  size_t at = 0;               // in the current text
  // Moves on to `offset`, keeping what lies between or leaving it out.
  const auto advance = [&](size_t offset, bool keep) {
    while (at < offset && piece < pieces_.size()) {
      const Piece& one = pieces_[piece];
      const size_t count = std::min(one.size() - used, offset - at);
      if (keep && count > 0) {
        const auto begin = one.begin + static_cast<uint32_t>(used);
        next.push_back(one.added.empty() ? Piece{begin, begin + static_cast<uint32_t>(count), ""}
                                         : Piece{0, 0, one.added.substr(used, count)});
      }
      at += count;
      used += count;
      if (used == one.size()) {
        ++piece;
        used = 0;
      }
    }
  };
  for (const Edit& edit : edits) {
    advance(edit.range.begin, true);
    advance(edit.range.end, false);
    if (!edit.replacement.empty()) next.push_back({0, 0, edit.replacement});
  }
  size_t rest = 0;
  for (const Piece& one : pieces_) rest += one.size();
  advance(rest, true);
  pieces_ = std::move(next);
}

std::vector<Edit> EditedFile::edits() const {
  std::vector<Edit> edits;
  uint32_t at = 0;
  std::string added;
  const auto close = [&](uint32_t next_begin) {
    if (next_begin > at || !added.empty()) edits.push_back({{at, next_begin}, std::exchange(added, "")});
  };
  for (const Piece& piece : pieces_) {
    if (!piece.added.empty()) {
      added += piece.added;
      continue;
    }
    if (piece.begin == piece.end) continue;
    close(piece.begin);
    at = piece.end;
  }
  close(static_cast<uint32_t>(original_.size()));
  // What was taken out and put in again is no change.
  std::erase_if(edits, [&](const Edit& edit) {
    return absl::string_view(original_).substr(edit.range.begin, edit.range.size()) == edit.replacement;
  });
  return edits;
}

namespace {

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
struct Change {
  size_t begin = 0, end = 0;
  std::string text;  // owns what `lines` are of
};

// Each edit widened to whole lines; those that share a line made one.
std::vector<Change> LineChanges(absl::string_view original, absl::Span<const Edit> edits,
                                const std::vector<absl::string_view>& lines) {
  std::vector<size_t> starts{0};
  for (const absl::string_view line : lines) starts.push_back(starts.back() + line.size());
  const auto line_of = [&](size_t offset) {
    return static_cast<size_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin()) - 1;
  };
  std::vector<Change> changes;
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

void AppendLine(char sign, absl::string_view line, std::string& out) {
  out += sign;
  absl::StrAppend(&out, line);
  if (!absl::EndsWith(line, "\n")) out += "\n\\ No newline at end of file\n";
}

std::string RangeText(size_t begin, size_t count) {
  // A range without lines names the line before it.
  return absl::StrCat(count == 0 ? begin : begin + 1, count == 1 ? "" : absl::StrCat(",", count));
}

// The lines that a change leaves as they are at its edges are no part of it.
void Trim(Change& change, std::vector<absl::string_view>& fresh, const std::vector<absl::string_view>& lines) {
  while (change.begin < change.end && !fresh.empty() && lines[change.begin] == fresh.front()) {
    ++change.begin;
    fresh.erase(fresh.begin());
  }
  while (change.begin < change.end && !fresh.empty() && lines[change.end - 1] == fresh.back()) {
    --change.end;
    fresh.pop_back();
  }
}

}  // namespace

std::string UnifiedDiff(absl::string_view path, absl::string_view original, absl::Span<const Edit> edits) {
  constexpr size_t kContext = 3;
  const std::vector<absl::string_view> lines = LinesOf(original);
  std::vector<Change> changes = LineChanges(original, edits, lines);
  std::vector<std::vector<absl::string_view>> fresh;
  for (Change& change : changes) {
    fresh.push_back(LinesOf(change.text));
    Trim(change, fresh.back(), lines);
  }
  const absl::string_view a = absl::StartsWith(path, "/") ? "" : "a/", b = a.empty() ? "" : "b/";
  std::string out = edits.empty() ? "" : absl::StrCat("--- ", a, path, "\n+++ ", b, path, "\n");
  size_t shift = 0;  // lines added so far, minus those removed, modulo the size of the type
  for (size_t i = 0; i < changes.size();) {
    size_t last = i;
    while (last + 1 < changes.size() && changes[last + 1].begin <= changes[last].end + 2 * kContext) ++last;
    const size_t begin = changes[i].begin > kContext ? changes[i].begin - kContext : 0;
    const size_t end = std::min(lines.size(), changes[last].end + kContext);
    std::string body;
    size_t at = begin, added = 0, removed = 0;
    for (size_t j = i; j <= last; ++j) {
      for (; at < changes[j].begin; ++at) AppendLine(' ', lines[at], body);
      for (; at < changes[j].end; ++at, ++removed) AppendLine('-', lines[at], body);
      for (const absl::string_view line : fresh[j]) AppendLine('+', line, body);
      added += fresh[j].size();
    }
    for (; at < end; ++at) AppendLine(' ', lines[at], body);
    const size_t old_count = end - begin, new_count = old_count + added - removed;
    absl::StrAppend(&out, "@@ -", RangeText(begin, old_count), " +", RangeText(begin + shift, new_count), " @@\n",
                    body);
    shift += added - removed;
    i = last + 1;
  }
  return out;
}

}  // namespace overt::driver
