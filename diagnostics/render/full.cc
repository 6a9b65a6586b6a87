// For people: a headline, the source of both sides with marks below it, then what to know and what to do.
//
//   error[override-without-base]: `CsvReader.read_rows` is marked `@override`, but no base class defines `read_rows`
//     --> src/plugins/csv.py:41:9
//      |
//   40 |     @override
//      |     --------- marked here
//   41 |     def read_rows(self) -> list[str]:
//      |         ^^^^^^^^^
//      |
//      = help: did you mean `read_row` of `Reader`?
//
// Without source a line for each place: `::: src/plugins/csv.py:40:5: marked here`.
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "diagnostics/render/escape.h"
#include "diagnostics/render/formats.h"

namespace overt {
namespace {

enum class Style : uint8_t { kPlain, kError, kWarning, kInfo, kFrame, kStrong, kHelp };

absl::string_view Ansi(Style style) {
  switch (style) {
    case Style::kPlain: return "\x1b[0m";
    case Style::kError: return "\x1b[1;31m";
    case Style::kWarning: return "\x1b[1;33m";
    case Style::kInfo: return "\x1b[1;34m";
    case Style::kFrame: return "\x1b[1;34m";
    case Style::kStrong: return "\x1b[1m";
    case Style::kHelp: return "\x1b[1;36m";
  }
  return "";
}

Style StyleOf(Severity severity) {
  switch (severity) {
    case Severity::kError: return Style::kError;
    case Severity::kWarning: return Style::kWarning;
    case Severity::kInfo:
    case Severity::kIgnore: return Style::kInfo;
  }
  return Style::kInfo;
}

// A mark below one line of source.
struct Mark {
  uint32_t line;
  uint32_t begin;  // bytes within the line
  uint32_t end;
  bool is_primary;
  std::string text;
};

// All marks in one file, to be shown as one frame.
struct Frame {
  FileId file;
  std::vector<Mark> marks;
  bool has_primary = false;
};

class FullRenderer final : public Renderer {
 public:
  explicit FullRenderer(const RenderOptions& options) : options_(options) {}

  void Begin(std::string&) override {}

  void End(const RenderSummary& summary, std::string& out) override {
    for (const Omitted& one : summary.omitted) {
      Paint(Style::kFrame, " --> ", out);
      absl::StrAppend(&out, EscapeForTerminal(one.path), ": ", OmittedText(one.findings), "\n\n");
    }
  }

  void Add(const Diagnostic& diagnostic, SourceLookup sources, std::string& out) override {
    Paint(StyleOf(diagnostic.severity),
          absl::StrCat(SeverityName(diagnostic.severity), "[", NameOf(diagnostic.rule), "]"), out);
    Paint(Style::kStrong, absl::StrCat(": ", EscapeForTerminal(diagnostic.title)), out);
    out += '\n';
    const std::vector<Frame> frames = FramesOf(diagnostic, sources);
    size_t gutter = 1;
    for (const Frame& frame : frames) {
      if (!options_.shows_source) break;
      for (const Mark& mark : frame.marks) gutter = std::max(gutter, absl::StrCat(mark.line + 1).size());
    }
    for (const Frame& frame : frames) {
      if (options_.shows_source) {
        ShowFrame(frame, sources(frame.file), StyleOf(diagnostic.severity), gutter, out);
      } else {
        ShowPlaces(frame, sources(frame.file), out);
      }
    }
    for (const Note& note : diagnostic.notes) ShowNote(note, gutter, out);
    for (const Fix& fix : diagnostic.fixes) ShowFix(fix, gutter, out);
    if (options_.shows_origin) ShowLevel(diagnostic, gutter, out);
    out += '\n';
  }

 private:
  void Paint(Style style, absl::string_view text, std::string& out) const {
    if (options_.color == Color::kPlain || style == Style::kPlain) {
      absl::StrAppend(&out, text);
    } else {
      absl::StrAppend(&out, Ansi(style), text, Ansi(Style::kPlain));
    }
  }

  // --- What to show --------------------------------------------------------------------------------------------------

  static Mark MarkOf(const Label& label, const SourceView& source, bool is_primary) {
    const uint32_t size = static_cast<uint32_t>(source.text.size());
    const uint32_t begin = std::min(label.span.range.begin, size);
    const uint32_t line = LineOf(source.line_starts, begin);
    const uint32_t start = source.line_starts[line];
    const auto length = static_cast<uint32_t>(LineText(source, line).size());
    // A range over several lines is marked to the end of its first.
    const uint32_t end = std::min(std::min(label.span.range.end, size) - start, length);
    return {line, begin - start, std::max(end, begin - start), is_primary, label.text};
  }

  static std::vector<Frame> FramesOf(const Diagnostic& diagnostic, SourceLookup sources) {
    std::vector<Frame> frames;
    const auto add = [&](const Label& label, bool is_primary) {
      auto frame =
          std::find_if(frames.begin(), frames.end(), [&](const Frame& one) { return one.file == label.span.file; });
      if (frame == frames.end()) {
        frame = frames.insert(frames.end(), {label.span.file, {}, false});
      }
      frame->marks.push_back(MarkOf(label, sources(label.span.file), is_primary));
      frame->has_primary |= is_primary;
    };
    add(diagnostic.primary, true);
    for (const Label& label : diagnostic.secondary) add(label, false);
    for (Frame& frame : frames) {
      std::stable_sort(frame.marks.begin(), frame.marks.end(), [](const Mark& a, const Mark& b) {
        return std::tie(a.line, a.begin) < std::tie(b.line, b.begin);
      });
    }
    return frames;
  }

  // --- Frames --------------------------------------------------------------------------------------------------------

  void Gutter(absl::string_view number, size_t width, std::string& out) const {
    Paint(Style::kFrame, absl::StrCat(std::string(width - number.size(), ' '), number, " |"), out);
  }

  // An arrow and `path:line:column`.
  void ShowPlace(const Mark& mark, bool is_primary, const SourceView& source, size_t gutter, std::string& out) const {
    const SourceView only{"", LineText(source, mark.line), absl::Span<const uint32_t>(&kZero, 1)};
    const uint32_t column = PositionOf(only, mark.begin, ColumnUnit::kCodePoint).column;
    Paint(Style::kFrame, absl::StrCat(std::string(gutter, ' '), is_primary ? "--> " : "::: "), out);
    absl::StrAppend(&out, EscapeForTerminal(source.path), ":", mark.line + 1, ":", column + 1);
  }

  // In place of a frame: where its marks are and what they say, the primary one first.
  void ShowPlaces(const Frame& frame, const SourceView& source, std::string& out) const {
    for (const bool is_primary : {true, false}) {
      for (const Mark& mark : frame.marks) {
        if (mark.is_primary != is_primary) continue;
        ShowPlace(mark, is_primary, source, /*gutter=*/1, out);
        absl::StrAppend(&out, mark.text.empty() ? "" : ": ", EscapeForTerminal(mark.text), "\n");
      }
    }
  }

  void ShowFrame(const Frame& frame, const SourceView& source, Style severity, size_t gutter, std::string& out) const {
    const Mark* first = &frame.marks.front();
    for (const Mark& mark : frame.marks) {
      if (mark.is_primary) first = &mark;
    }
    ShowPlace(*first, frame.has_primary, source, gutter, out);
    out += '\n';
    Gutter("", gutter, out);
    out += '\n';
    for (size_t i = 0; i < frame.marks.size();) {
      size_t end = i;
      while (end < frame.marks.size() && frame.marks[end].line == frame.marks[i].line) ++end;
      if (i > 0) ShowGap(frame.marks[i - 1].line, frame.marks[i].line, source, gutter, out);
      ShowLineWithMarks(source, {frame.marks.data() + i, end - i}, severity, gutter, out);
      i = end;
    }
    Gutter("", gutter, out);
    out += '\n';
  }

  // The one line between two marked ones is shown; more become dots.
  void ShowGap(uint32_t before, uint32_t after, const SourceView& source, size_t gutter, std::string& out) const {
    if (after == before + 2) {
      Gutter(absl::StrCat(before + 2), gutter, out);
      AppendLine(ShowLine(LineText(source, before + 1)).text, out);
    } else if (after > before + 2) {
      Paint(Style::kFrame, "...\n", out);
    }
  }

  static void AppendLine(absl::string_view text, std::string& out) {
    if (!text.empty()) absl::StrAppend(&out, " ", text);
    out += '\n';
  }

  void ShowLineWithMarks(const SourceView& source, absl::Span<const Mark> marks, Style severity, size_t gutter,
                         std::string& out) const {
    const ShownLine shown = Shorten(ShowLine(LineText(source, marks.front().line)), marks);
    Gutter(absl::StrCat(marks.front().line + 1), gutter, out);
    AppendLine(shown.text, out);
    for (const Mark& mark : marks) {
      const size_t begin = shown.columns[std::min<size_t>(mark.begin, shown.columns.size() - 1)];
      const size_t end = shown.columns[std::min<size_t>(mark.end, shown.columns.size() - 1)];
      Gutter("", gutter, out);
      out.append(begin + 1, ' ');
      const std::string line(std::max<size_t>(1, end - begin), mark.is_primary ? '^' : '-');
      std::string text = mark.text.empty() ? line : absl::StrCat(line, " ", EscapeForTerminal(mark.text));
      Paint(mark.is_primary ? severity : Style::kFrame, text, out);
      out += '\n';
    }
  }

  // Lines far wider than the terminal are cut around what is marked.
  ShownLine Shorten(ShownLine shown, absl::Span<const Mark> marks) const {
    const size_t room = std::max<size_t>(options_.width, 40) * 2;
    if (shown.columns.back() <= room) return shown;
    const size_t last = shown.columns.size() - 1;
    const size_t from_byte = std::min<size_t>(marks.front().begin, last);
    const size_t start_column = shown.columns[from_byte] > room / 4 ? shown.columns[from_byte] - room / 4 : 0;
    size_t first = 0;
    while (first < last && shown.columns[first] < start_column) ++first;
    size_t end = first;
    while (end < last && shown.columns[end] < start_column + room) ++end;
    ShownLine cut;
    const absl::string_view dots = first > 0 ? "..." : "";
    cut.text = absl::StrCat(
        dots, absl::string_view(shown.text).substr(shown.offsets[first], shown.offsets[end] - shown.offsets[first]),
        end < last ? "..." : "");
    for (size_t i = 0; i <= last; ++i) {
      const size_t at = std::clamp(shown.columns[i], shown.columns[first], shown.columns[end]);
      cut.columns.push_back(at - shown.columns[first] + dots.size());
    }
    return cut;
  }

  void ShowNote(const Note& note, size_t gutter, std::string& out) const {
    const bool is_help = note.kind == Note::Kind::kHelp;
    Paint(Style::kFrame, absl::StrCat(std::string(gutter, ' '), " = "), out);
    Paint(is_help ? Style::kHelp : Style::kStrong, is_help ? "help" : "note", out);
    absl::StrAppend(&out, ": ", EscapeForTerminal(note.text), "\n");
  }

  void ShowFix(const Fix& fix, size_t gutter, std::string& out) const {
    Paint(Style::kFrame, absl::StrCat(std::string(gutter, ' '), " = "), out);
    Paint(Style::kHelp, "fix", out);
    absl::StrAppend(&out, ": ", EscapeForTerminal(fix.title),
                    fix.applicability == Fix::Applicability::kUnsafe ? " (with `--unsafe-fixes`)" : "", "\n");
  }

  // " = level: error, overt.toml:2".
  void ShowLevel(const Diagnostic& diagnostic, size_t gutter, std::string& out) const {
    Paint(Style::kFrame, absl::StrCat(std::string(gutter, ' '), " = "), out);
    Paint(Style::kStrong, "level", out);
    absl::StrAppend(&out, ": ", SeverityName(diagnostic.severity), ", ",
                    EscapeForTerminal(SourceText(diagnostic.origin)), "\n");
  }

  static constexpr uint32_t kZero = 0;
  RenderOptions options_;
};

}  // namespace

std::unique_ptr<Renderer> MakeFullRenderer(const RenderOptions& options) {
  return std::make_unique<FullRenderer>(options);
}

}  // namespace overt
