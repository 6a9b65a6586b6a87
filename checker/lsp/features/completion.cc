#include "checker/lsp/features/completion.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/bind/special_names.h"
#include "checker/fixes/text_places.h"
#include "checker/lsp/features/method_stub.h"
#include "checker/lsp/features/place.h"
#include "grammar/ast/path.h"
#include "grammar/base/identifier.h"

namespace overt::lsp {
namespace {

using classes::ClassRef;
using classes::Inherited;
using driver::Snapshot;
using grammar::Atom;
using grammar::NodeId;

constexpr size_t kMostItems = 200;
// Stands for the half-typed name in the completed copy: no class has a member of that name.
constexpr absl::string_view kNameInCopy = "overt_completes_here";

// The line of the cursor taken apart: `    async def re|ad(`.
struct HalfTyped {
  TextRange indentation;
  uint32_t begin = 0;  // of `async` or `def`
  TextRange name;      // typed so far, and what of a name goes on after the cursor
  uint32_t line_end = 0;
  bool is_async = false;
  uint32_t cursor = 0;
  // What stands behind the name.
  using Missing = StubPlace::Missing;
  Missing missing = Missing::kParametersAndBody;
  uint32_t header_end = 0;  // of what is replaced, the comment left out: "read:", "read"
  TextRange comment;        // with the blanks before it; nothing stands behind it
};

// Takes a word and the blanks after it, of which there must be some.
bool TakeWord(absl::string_view text, absl::string_view word, uint32_t* at) {
  if (!absl::StartsWith(text.substr(*at), word)) return false;
  const auto blanks = static_cast<uint32_t>(*at + word.size());
  uint32_t end = blanks;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  if (end == blanks) return false;
  *at = end;
  return true;
}

// Whether the next line with code on it is deeper than the half-typed one: the body stands there already.
bool HasBodyBelow(absl::string_view text, const HalfTyped& line) {
  uint32_t at = fixes::StartOfNextLine(text, line.line_end);
  while (at < text.size() && fixes::RestOfLineAt(text, at) != fixes::RestOfLine::kCode) {
    at = fixes::StartOfNextLine(text, at);
  }
  absl::string_view below = text.substr(at, fixes::SkipBlanks(text, at) - at);
  return absl::ConsumePrefix(&below, text.substr(line.indentation.begin, line.indentation.size())) && !below.empty();
}

// Behind the header, at `at`: nothing, a comment, or a body on the same line.
void ReadBehindHeader(absl::string_view text, uint32_t at, HalfTyped& line) {
  line.header_end = at;
  switch (fixes::RestOfLineAt(text, at)) {
    case fixes::RestOfLine::kNothing: line.header_end = line.line_end; break;
    case fixes::RestOfLine::kComment: line.comment = {at, line.line_end}; break;
    case fixes::RestOfLine::kCode: line.missing = HalfTyped::Missing::kParameters; return;
  }
  if (HasBodyBelow(text, line)) line.missing = HalfTyped::Missing::kParameters;
}

// False where something stands behind the name that belongs to no header.
bool ReadBehindName(absl::string_view text, HalfTyped& line) {
  const uint32_t at = fixes::SkipBlanks(text, line.name.end);
  const char next = at < line.line_end ? text[at] : '\n';
  if (next == '(' || next == '[') {
    line.header_end = line.name.end;
    line.missing = HalfTyped::Missing::kNothing;
    return true;
  }
  if (next == ':') {
    ReadBehindHeader(text, at + 1, line);
    return true;
  }
  if (next != '\n' && next != '#') return false;
  ReadBehindHeader(text, line.name.end, line);
  return true;
}

std::optional<HalfTyped> ReadLine(absl::string_view text, uint32_t offset) {
  if (offset > text.size()) return std::nullopt;
  HalfTyped line;
  line.cursor = offset;
  uint32_t at = fixes::StartOfLine(text, offset);
  line.indentation.begin = at;
  while (at < offset && (text[at] == ' ' || text[at] == '\t')) ++at;
  line.indentation.end = line.begin = at;
  line.is_async = TakeWord(text, "async", &at);
  if (!TakeWord(text, "def", &at) || at > offset) return std::nullopt;
  line.name.begin = at;
  while (at < text.size() && grammar::IsIdentifierByte(text[at])) ++at;
  line.name.end = at;
  if (offset > at) return std::nullopt;
  line.line_end = fixes::EndOfLine(text, at);
  if (!ReadBehindName(text, line)) return std::nullopt;
  return line;
}

// The text with a whole `def` where the half-typed one stands.
std::string Completed(absl::string_view text, const HalfTyped& line) {
  absl::string_view header;
  switch (line.missing) {
    case HalfTyped::Missing::kParametersAndBody: header = "(self): ..."; break;
    case HalfTyped::Missing::kParameters: header = "(self):"; break;
    case HalfTyped::Missing::kNothing: break;
  }
  return absl::StrCat(text.substr(0, line.name.begin), kNameInCopy, header, text.substr(line.header_end));
}

// Where the method goes, and the class or branch whose suite that is.
struct StubSite {
  StubPlace place;
  NodeId suite;
};

class StubList {
 public:
  // `completed`: the text that the snapshot has, which must outlive this.
  StubList(const Snapshot& snapshot, const StubSite& site, absl::string_view text, absl::string_view completed,
           const HalfTyped& line)
      : snapshot_(snapshot),
        owner_(site.place.owner),
        maker_(snapshot, site.place, completed),
        typed_(text.substr(line.name.begin, line.cursor - line.name.begin)),
        indentation_(text.substr(line.indentation.begin, line.indentation.size())),
        comment_(text.substr(line.comment.begin, line.comment.size())),
        line_(line),
        step_(Step(text, site.suite)) {}

  std::vector<CompletionItem> Make() {
    std::vector<std::pair<std::string, Inherited>> wanted;  // by sort text
    for (const Atom name : snapshot_.classes->InheritedNames(owner_)) {
      const absl::string_view text = snapshot_.program->interner().text(name);
      if (!IsWanted(text) || IsOwn(name)) continue;
      const Inherited base = snapshot_.classes->FindInherited(owner_, name);
      if (base.member == nullptr || !MayOverride(*base.member)) continue;
      wanted.emplace_back(SortText(*base.member, text), base);
    }
    absl::c_sort(wanted, [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<CompletionItem> items;
    for (const auto& [sort_text, base] : wanted) {
      if (items.size() == kMostItems) break;
      if (std::optional<CompletionItem> item = Item(base)) {
        item->sort_text = sort_text;
        items.push_back(*std::move(item));
      }
    }
    return items;
  }

 private:
  // One level of indentation: what the method has more than the class or branch around it.
  std::string Step(absl::string_view text, NodeId suite) const {
    const grammar::Ast& ast = snapshot_.program->Index(owner_.file)->ast();
    const uint32_t begin = ast.line_starts()[LineOf(ast.line_starts(), ast.range(suite).begin)];
    const absl::string_view line = text.substr(begin);
    const absl::string_view around = line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
    absl::string_view step = indentation_;
    if (!absl::ConsumePrefix(&step, around) || step.empty()) return "    ";
    return std::string(step);
  }

  bool IsWanted(absl::string_view name) const {
    if (!absl::StartsWithIgnoreCase(name, typed_)) return false;
    return !bind::IsDunderName(name) || absl::StartsWith(typed_, "_");
  }

  bool IsOwn(Atom name) const {
    const classes::Member* own = snapshot_.classes->MembersOf(owner_).Find(name);
    return own != nullptr && !own->definitions.empty() && own->kind != classes::MemberKind::kInstanceAttribute;
  }

  static bool MayOverride(const classes::Member& member) {
    return IsMethod(member.kind) && !member.is(classes::MemberFlags::kFinal) &&
           !member.is(classes::MemberFlags::kPrivate);
  }

  static std::string SortText(const classes::Member& member, absl::string_view name) {
    const absl::string_view group = member.is(classes::MemberFlags::kAbstract) ? "0"
                                    : absl::StartsWith(name, "__")             ? "3"
                                    : absl::StartsWith(name, "_")              ? "2"
                                                                               : "1";
    return absl::StrCat(group, name);
  }

  std::optional<CompletionItem> Item(const Inherited& base) {
    std::optional<MethodStub> stub = maker_.Make(base);
    if (!stub) return std::nullopt;
    CompletionItem item;
    item.label = std::string(snapshot_.program->interner().text(base.member->name));
    item.detail = absl::StrCat(IsImplementation(*snapshot_.classes, base) ? "implements " : "overrides ",
                               LabelOf(*snapshot_.classes, base.owner, base.member->name));
    item.replace = {line_.name.begin, std::max(line_.header_end, line_.comment.end)};
    item.new_text = FromName(*stub);
    item.before_def = {{line_.begin, line_.begin}, BeforeDef(*stub)};
    item.imports = std::move(stub->imports);
    return item;
  }

  std::string BeforeDef(const MethodStub& stub) const {
    std::string out;
    for (const std::string& decorator : stub.decorators) absl::StrAppend(&out, decorator, "\n", indentation_);
    if (stub.is_async && !line_.is_async) absl::StrAppend(&out, "async ");
    return out;
  }

  std::string FromName(const MethodStub& stub) const {
    if (line_.missing == HalfTyped::Missing::kNothing) return stub.signature;
    const bool is_stub_file = snapshot_.program->file(owner_.file).is_stub;
    const bool needs_dots = is_stub_file && line_.missing == HalfTyped::Missing::kParametersAndBody;
    std::string out = absl::StrCat(stub.signature, ":", needs_dots ? " ..." : "", comment_);
    for (const std::string& line : stub.body) absl::StrAppend(&out, "\n", indentation_, step_, Indented(line));
    for (const std::string& line : stub.below) {
      absl::StrAppend(&out, "\n", line.empty() ? "" : indentation_, Indented(line));
    }
    return out;
  }

  std::string Indented(absl::string_view line) const {
    std::string out;
    while (absl::ConsumePrefix(&line, "\t")) out += step_;
    return absl::StrCat(out, line);
  }

  const Snapshot& snapshot_;
  const ClassRef owner_;
  StubMaker maker_;
  const std::string typed_;        // of the name, before the cursor
  const std::string indentation_;  // of the line
  const std::string comment_;      // behind the header, with the blanks before it
  const HalfTyped line_;
  const std::string step_;
};

// The class that gets the method whose name stands at `name_begin` of the completed text.
std::optional<StubSite> SiteOfStub(const Snapshot& snapshot, FileId file, const HalfTyped& line) {
  const bind::ModuleIndex* index = snapshot.program->Index(file);
  if (index == nullptr) return std::nullopt;
  const std::vector<NodeId> path = PathTo(index->ast(), line.name.begin);
  if (path.size() < 3) return std::nullopt;
  const NodeId function = path[path.size() - 2];
  if (!index->ast().Is<grammar::FunctionDefNode>(function)) return std::nullopt;
  if (index->ast().Get<grammar::FunctionDefNode>(function).name() != path.back()) return std::nullopt;
  const std::optional<MemberPlace> member = MemberBoundBy(snapshot, file, function);
  if (!member) return std::nullopt;
  const classes::FunctionFacts& facts = snapshot.classes->FactsOf({file, function});
  if (facts.accessor == classes::Accessor::kSetter || facts.accessor == classes::Accessor::kDeleter) {
    return std::nullopt;  // it goes on with a property of this class
  }
  StubPlace place;
  place.file = file;
  place.owner = member->owner;
  place.function = function;
  place.missing = line.missing;
  if (facts.kind != classes::MemberKind::kFunction && facts.kind != classes::MemberKind::kDecoratedFunction) {
    place.kind = facts.kind;
  }
  place.is_async = line.is_async;
  return StubSite{place, path[path.size() - 3]};
}

}  // namespace

Snapshot WithText(const Snapshot& snapshot, const std::string& path, std::string text,
                  const CompletionBuffers& buffers) {
  auto overlays = buffers == nullptr ? std::make_shared<program::Program::Overlays>()
                                     : std::make_shared<program::Program::Overlays>(*buffers);
  (*overlays)[path] = std::make_shared<const std::string>(std::move(text));
  // The resolver lives as long as the program that it belongs to.
  const std::shared_ptr<const resolve::Resolver> resolver(snapshot.program, &snapshot.program->resolver());
  Snapshot copy = snapshot;
  copy.program = snapshot.program->WithChanges({path}, resolver, std::move(overlays));
  copy.classes = std::make_shared<const classes::ClassTable>(copy.program, snapshot.classes->options());
  return copy;
}

std::vector<CompletionItem> CompletionsAt(const Snapshot& snapshot, FileId file, uint32_t offset,
                                          const CompletionBuffers& buffers) {
  const std::string text = snapshot.program->Text(file).text;
  const std::optional<HalfTyped> line = ReadLine(text, offset);
  if (!line) return {};
  const std::string completed = Completed(text, *line);
  const Snapshot copy = WithText(snapshot, snapshot.program->file(file).path, completed, buffers);
  const std::optional<StubSite> site = SiteOfStub(copy, file, *line);
  if (!site) return {};
  return StubList(copy, *site, text, completed, *line).Make();
}

}  // namespace overt::lsp
