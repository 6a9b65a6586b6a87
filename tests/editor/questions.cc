#include "tests/editor/questions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "checker/fixes/ignore_comment.h"
#include "checker/fixes/text_places.h"
#include "checker/lsp/features/abstract_members.h"
#include "checker/lsp/features/call_hierarchy.h"
#include "checker/lsp/features/code_lens.h"
#include "checker/lsp/features/completion.h"
#include "checker/lsp/features/definition.h"
#include "checker/lsp/features/document_symbols.h"
#include "checker/lsp/features/gutter.h"
#include "checker/lsp/features/hover.h"
#include "checker/lsp/features/implementation.h"
#include "checker/lsp/features/inlay_hints.h"
#include "checker/lsp/features/override_methods.h"
#include "checker/lsp/features/type_hierarchy.h"

namespace overt::harness {
namespace {

constexpr absl::string_view kOpen = "⟨", kClose = "⟩";
constexpr absl::string_view kEndOfFile = "end of file", kWindowsLines = "CRLF";

struct Marked {
  FileId file;
  uint32_t offset = 0;
};

// Takes ⟨1⟩ and its like out of a text; `found` gets their numbers and offsets.
std::string WithoutMarks(absl::string_view text, std::map<std::string, uint32_t>& found) {
  std::string out;
  while (true) {
    const size_t open = text.find(kOpen);
    const size_t close = open == absl::string_view::npos ? open : text.find(kClose, open);
    if (close == absl::string_view::npos) return absl::StrCat(out, text);
    absl::StrAppend(&out, text.substr(0, open));
    const std::string mark(text.substr(open + kOpen.size(), close - open - kOpen.size()));
    if (mark == kEndOfFile) return out;
    found[mark] = static_cast<uint32_t>(out.size());
    text.remove_prefix(close + kClose.size());
  }
}

bool IsChecked(const SuiteFile& file) {
  const bool is_python = absl::EndsWith(file.path, ".py") || absl::EndsWith(file.path, ".pyi");
  return is_python && !absl::StartsWith(file.path, "site-packages/");
}

// What the Markdown cannot show: a file whose lines end as on Windows.
std::string WithItsLineEnds(std::string text) {
  const std::string mark = absl::StrCat(kOpen, kWindowsLines, kClose);
  return absl::StrContains(text, mark) ? absl::StrReplaceAll(text, {{mark, ""}, {"\n", "\r\n"}}) : text;
}

}  // namespace

struct EditorTest::Impl {
  explicit Impl(const SuiteWorld& suite_world) : world(suite_world) {}

  const SuiteWorld& world;
  TemporaryFolder folder;
  SuiteTest test;  // without marks
  std::unique_ptr<driver::Session> session;
  driver::CheckResult checked;
  driver::Snapshot snapshot;
  classes::FamilyIndex::Pointer family;
  std::vector<FileId> files;  // that are checked
  std::map<std::string, Marked> marks;

  const std::vector<Diagnostic>* Findings(FileId file) const {
    for (const driver::FileReport& report : checked.files) {
      if (report.file == file) return &report.diagnostics;
    }
    return nullptr;
  }

  FileId Named(const std::string& path) const {
    return snapshot.program->FindFile(absl::StrCat(folder.path(), "/", path));
  }

  uint32_t Line(FileId file, uint32_t offset) const {
    return LineOf(snapshot.program->Index(file)->ast().line_starts(), offset) + 1;
  }

  std::string Show(const lsp::Target& target) const {
    const program::FileText text = snapshot.program->Text(target.file);
    const std::string& display = snapshot.program->file(target.file).display;
    const std::string name = text.text.substr(target.name.begin, target.name.size());
    if (snapshot.program->file(target.file).is_bundled) return absl::StrCat(display, " ", name, "\n");
    const SourceView view{display, text.text, text.line_starts};
    const LineColumn place = PositionOf(view, target.name.begin, ColumnUnit::kCodePoint);
    return absl::StrCat(display, ":", place.line + 1, ":", place.column + 1, " ", name, "\n");
  }

  std::string Show(const std::vector<lsp::Target>& targets) const {
    std::string out;
    for (const lsp::Target& one : targets) absl::StrAppend(&out, Show(one));
    return out;
  }

  std::string Show(const std::vector<lsp::HierarchyItem>& items) const {
    std::string out;
    for (const lsp::HierarchyItem& one : items) {
      absl::StrAppend(&out, one.name, ", ", one.detail, ": ", Show(one.place));
    }
    return out;
  }

  // Each with the lines of the calls, which stand in the caller.
  std::string Show(const std::vector<lsp::CallItem>& calls, std::optional<FileId> caller) const {
    std::string out;
    for (const lsp::CallItem& one : calls) {
      absl::StrAppend(&out, one.item.name, ", ", one.item.detail, ": ", Show(one.item.place));
      for (const TextRange range : one.ranges) {
        const FileId file = caller.value_or(one.item.place.file);
        absl::StrAppend(&out, "  calls at ", Show(lsp::Target{file, range, range}));
      }
    }
    return out;
  }

  std::string Completions(Marked at) const {
    std::string out;
    const std::string text = snapshot.program->Text(at.file).text;
    for (const lsp::CompletionItem& item : lsp::CompletionsAt(snapshot, at.file, at.offset, nullptr)) {
      absl::StrAppend(&out, item.label, ": ", item.detail, "\n");
      for (const Edit& edit : item.imports) absl::StrAppend(&out, Edited(text, edit, "+ "));
      const size_t newline = item.replace.begin == 0 ? std::string::npos : text.rfind('\n', item.replace.begin - 1);
      const size_t begin = newline == std::string::npos ? 0 : newline + 1;
      const std::string line = absl::StrCat(
          text.substr(begin, item.before_def.range.begin - begin), item.before_def.replacement,
          text.substr(item.before_def.range.end, item.replace.begin - item.before_def.range.end), item.new_text,
          text.substr(item.replace.end, text.find('\n', item.replace.end) - item.replace.end));
      for (const absl::string_view one : absl::StrSplit(line, '\n')) {
        absl::StrAppend(&out, "| ", absl::StrReplaceAll(one, {{"\r", "␍"}}), "\n");
      }
    }
    return out;
  }

  // The lines that an edit makes of those it touches.
  static std::string Edited(const std::string& text, const Edit& edit, absl::string_view margin = "| ") {
    const uint32_t begin = fixes::StartOfLine(text, edit.range.begin);
    const uint32_t end = fixes::EndOfLine(text, edit.range.end);
    const std::string lines = absl::StrCat(text.substr(begin, edit.range.begin - begin), edit.replacement,
                                           text.substr(edit.range.end, end - edit.range.end));
    std::string out;
    for (const absl::string_view one : absl::StrSplit(lines, '\n')) {
      absl::StrAppend(&out, margin, absl::StrReplaceAll(one, {{"\r", "␍"}}), "\n");
    }
    return out;
  }

  // "rule: message" of all that is found when the file has that text; line numbers move and say nothing.
  std::multiset<std::string> FoundWith(const std::string& path, const std::string& text) const {
    SuiteTest changed = test;
    for (SuiteFile& file : changed.files) {
      if (file.path == path) file.text = text;
    }
    std::multiset<std::string> found;
    for (const Observed& one : world.Run(changed, {}).observed) {
      found.insert(absl::StrCat(one.rule, ": ", one.message));
    }
    return found;
  }

  // What a comment changes, and whether the finding is all that is gone then.
  std::string Ignored(bool edit_is_of_file, const Diagnostic& finding, const std::optional<Edit>& edit) const {
    const absl::string_view where = edit_is_of_file ? "in the file" : "on the line";
    if (!edit) return absl::StrCat("not ", where, "\n");
    const FileId file = finding.primary.span.file;
    const std::string text = snapshot.program->Text(file).text;
    const std::string path = snapshot.program->file(file).path.substr(folder.path().size() + 1);
    std::multiset<std::string> left = FoundWith(path, text);
    const std::string gone = absl::StrCat(NameOf(finding.rule), ": ", finding.title);
    left.erase(left.find(gone));
    std::string out = absl::StrCat(where, "\n", Edited(text, *edit));
    const std::string changed =
        absl::StrCat(text.substr(0, edit->range.begin), edit->replacement, text.substr(edit->range.end));
    const std::multiset<std::string> now = FoundWith(path, changed);
    if (now.count(gone) > left.count(gone)) absl::StrAppend(&out, "IT IS STILL FOUND\n");
    for (const std::string& one : now) {
      if (one != gone && left.count(one) == 0) absl::StrAppend(&out, "new: ", one, "\n");
    }
    for (const std::string& one : left) {
      const bool is_meant = edit_is_of_file && absl::StartsWith(one, absl::StrCat(NameOf(finding.rule), ": "));
      if (now.count(one) == 0 && !is_meant) absl::StrAppend(&out, "gone too: ", one, "\n");
    }
    return out;
  }

  std::string Ignores(Marked at) const {
    std::string out;
    for (const Diagnostic& finding : *Findings(at.file)) {
      if (Line(at.file, finding.primary.span.range.begin) != Line(at.file, at.offset)) continue;
      const std::string text = snapshot.program->Text(at.file).text;
      const fixes::FixContext context{*snapshot.classes, at.file, text};
      absl::StrAppend(&out, Ignored(false, finding, fixes::IgnoreOnLine(context, finding)),
                      Ignored(true, finding, fixes::IgnoreInFile(context, finding)));
    }
    return out;
  }

  std::string Implementations(Marked at) const {
    std::string out;
    const std::string text = snapshot.program->Text(at.file).text;
    for (const auto& members : lsp::AbstractMembersAt(snapshot, at.file, {at.offset, at.offset})) {
      absl::StrAppend(&out, lsp::TitleOf(members), "\n");
      const uint32_t name = members.name.begin;
      const std::vector<Edit> edits = lsp::OverrideMethods(snapshot, at.file, name, members.names, nullptr);
      for (const Edit& edit : edits) absl::StrAppend(&out, Edited(text, edit, &edit == &edits.back() ? "| " : "+ "));
    }
    return out;
  }

  std::string AboutPlace(absl::string_view question, Marked at) const {
    const lsp::FindingsOf findings = [this](FileId file) { return Findings(file); };
    if (question == "hover") {
      const auto hover = lsp::HoverAt(snapshot, family.get(), at.file, at.offset);
      return hover ? lsp::ToMarkdown(*hover) + "\n" : "";
    }
    if (question == "definition") return Show(lsp::DefinitionAt(snapshot, at.file, at.offset));
    if (question == "declaration") return Show(lsp::DeclarationAt(snapshot, at.file, at.offset));
    if (question == "implementation") return Show(lsp::ImplementationsAt(snapshot, *family, at.file, at.offset));
    if (question == "completion") return Completions(at);
    if (question == "ignore") return Ignores(at);
    if (question == "implement") return Implementations(at);
    if (question == "super-members") return Show(lsp::SuperMembersAround(snapshot, at.file, at.offset));
    if (question == "incoming-calls" || question == "outgoing-calls") {
      const auto called = lsp::PrepareCallHierarchy(snapshot, at.file, at.offset);
      if (!called) return "";
      return question == "incoming-calls" ? Show(lsp::IncomingCalls(snapshot, *family, *called), std::nullopt)
                                          : Show(lsp::OutgoingCalls(snapshot, *family, *called), called->place.file);
    }
    const auto item = lsp::PrepareTypeHierarchy(snapshot, at.file, at.offset, findings);
    if (!item) return "";
    if (question == "supertypes") return Show(lsp::Supertypes(snapshot, *item, findings));
    return Show(lsp::Subtypes(snapshot, *family, *item, findings));
  }

  std::string Symbols(const std::vector<lsp::DocumentSymbol>& symbols, FileId file, const std::string& indent) const {
    constexpr absl::string_view kKinds[] = {"class",    "function",  "method",  "constructor",
                                            "property", "attribute", "variable"};
    std::string out;
    for (const lsp::DocumentSymbol& one : symbols) {
      absl::StrAppend(&out, indent, kKinds[static_cast<size_t>(one.kind)], " ", one.name, " ",
                      Line(file, one.whole.begin), "-", Line(file, one.whole.end), one.detail.empty() ? "" : ", ",
                      one.detail, "\n");
      for (const lsp::DocumentSymbol& child : one.children) {
        if (!one.whole.contains(child.whole)) absl::StrAppend(&out, "OUTSIDE OF ITS PARENT: ", child.name, "\n");
      }
      absl::StrAppend(&out, Symbols(one.children, file, indent + "  "));
    }
    return out;
  }

  std::string AboutFile(absl::string_view question, FileId file) const {
    std::string out;
    if (question == "symbols") return Symbols(lsp::DocumentSymbols(snapshot, file), file, "");
    if (question == "code-lens") {
      const lsp::FindingsOf findings = [this](FileId of) { return Findings(of); };
      for (const lsp::CodeLens& lens : lsp::CodeLenses(snapshot, family.get(), file, 1, findings)) {
        absl::StrAppend(&out, Line(file, lens.place.begin), ": ", lens.title, "\n");
        const std::optional<lsp::FollowedLens> followed = lsp::FollowLens(snapshot, *family, file, lens, findings);
        for (const lsp::Target& one : followed->targets) absl::StrAppend(&out, "  ", Show(one));
      }
      return out;
    }
    if (question == "inlay-hints") {
      for (const lsp::InlayHint& hint : lsp::InlayHints(snapshot, file, {0, UINT32_MAX})) {
        absl::StrAppend(&out, Line(file, hint.offset), ":");
        for (const lsp::InlayHint::Part& part : hint.parts) absl::StrAppend(&out, " ", part.text);
        out += "\n";
        for (const lsp::InlayHint::Part& part : hint.parts) absl::StrAppend(&out, "  ", Show(part.target));
      }
      return out;
    }
    const auto findings = [this](FileId of) { return Findings(of); };
    for (const lsp::GutterMark& mark : lsp::GutterMarks(snapshot, family.get(), file, findings)) {
      absl::StrAppend(&out, Line(file, mark.name.begin), ": ", lsp::GutterKindName(mark.kind), ": ", mark.text, "\n");
    }
    return out;
  }
};

EditorTest::EditorTest(const SuiteWorld& world, const SuiteTest& test) : impl_(std::make_unique<Impl>(world)) {
  impl_->test = test;
  std::map<std::string, std::pair<std::string, uint32_t>> marks;  // path and offset
  std::vector<std::string> paths;
  for (SuiteFile& file : impl_->test.files) {
    std::map<std::string, uint32_t> found;
    file.text = WithoutMarks(WithItsLineEnds(std::move(file.text)), found);
    for (const auto& [number, offset] : found) marks[number] = {PlaceOf(file), offset};
    if (IsChecked(file)) paths.push_back(absl::StrCat(impl_->folder.path(), "/", file.path));
  }
  WriteTestFiles(impl_->test, impl_->folder.path());
  impl_->session = world.OpenSession(impl_->folder.path(), impl_->test, {});
  impl_->checked = impl_->session->Check(paths, {});
  impl_->snapshot = impl_->session->SnapshotFor(paths.front());
  for (const std::string& path : paths) impl_->files.push_back(impl_->snapshot.program->AddFile(path));
  impl_->family = classes::FamilyIndex::Build(impl_->snapshot.classes, impl_->files);
  for (const auto& [number, place] : marks) impl_->marks[number] = {impl_->Named(place.first), place.second};
}

EditorTest::~EditorTest() = default;

bool EditorTest::HasFiles(const SuiteTest& test) {
  return std::any_of(test.files.begin(), test.files.end(), IsChecked);
}

const driver::Snapshot& EditorTest::snapshot() const { return impl_->snapshot; }
const classes::FamilyIndex& EditorTest::family() const { return *impl_->family; }
const std::vector<FileId>& EditorTest::files() const { return impl_->files; }

lsp::FindingsOf EditorTest::findings() const {
  return [impl = impl_.get()](FileId file) { return impl->Findings(file); };
}

std::string EditorTest::Answer(const std::string& question) {
  const std::vector<std::string> words = absl::StrSplit(question, ' ', absl::SkipEmpty());
  const std::string& what = words.front();
  std::string answer;
  if (what == "symbols" || what == "code-lens" || what == "inlay-hints" || what == "gutter") {
    const FileId file = impl_->Named(words.size() > 1 ? words[1] : "main.py");
    if (!file.present()) return absl::StrCat("no such file in `", question, "`\n");
    answer = impl_->AboutFile(what, file);
  } else {
    const auto mark = impl_->marks.find(words.size() > 1 ? words[1] : "1");
    if (mark == impl_->marks.end()) return absl::StrCat("no such mark in `", question, "`\n");
    answer = impl_->AboutPlace(what, mark->second);
  }
  return answer.empty() ? "(nothing)\n" : answer;
}

}  // namespace overt::harness
