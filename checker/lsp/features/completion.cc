#include "checker/lsp/features/completion.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/lsp/features/method_stub.h"
#include "checker/lsp/features/place.h"

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
  bool has_parenthesis = false;  // the parameters stand there already
  uint32_t cursor = 0;
};

bool IsNamePart(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0; }

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

std::optional<HalfTyped> ReadLine(absl::string_view text, uint32_t offset) {
  if (offset > text.size()) return std::nullopt;
  HalfTyped line;
  line.cursor = offset;
  uint32_t at = offset;
  while (at > 0 && text[at - 1] != '\n') --at;
  line.indentation.begin = at;
  while (at < offset && (text[at] == ' ' || text[at] == '\t')) ++at;
  line.indentation.end = line.begin = at;
  line.is_async = TakeWord(text, "async", &at);
  if (!TakeWord(text, "def", &at) || at > offset) return std::nullopt;
  line.name.begin = at;
  while (at < text.size() && IsNamePart(text[at])) ++at;
  line.name.end = at;
  if (offset > at) return std::nullopt;
  line.line_end = static_cast<uint32_t>(std::min(text.find('\n', at), text.size()));
  const absl::string_view rest = absl::StripLeadingAsciiWhitespace(text.substr(at, line.line_end - at));
  line.has_parenthesis = absl::StartsWith(rest, "(");
  return line;
}

// The text with a whole `def` where the half-typed one stands.
std::string Completed(absl::string_view text, const HalfTyped& line) {
  const absl::string_view rest = line.has_parenthesis ? text.substr(line.name.end) : text.substr(line.line_end);
  return absl::StrCat(text.substr(0, line.name.begin), kNameInCopy, line.has_parenthesis ? "" : "(self): ...", rest);
}

// The snapshot in which the file has that text.
Snapshot WithText(const Snapshot& snapshot, const std::string& path, std::string text,
                  const std::shared_ptr<const program::Program::Overlays>& buffers) {
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

// Where the method goes, and the class or branch whose suite that is.
struct StubSite {
  StubPlace place;
  NodeId suite;
};

class StubList {
 public:
  StubList(const Snapshot& snapshot, const StubSite& site, absl::string_view text, const HalfTyped& line)
      : snapshot_(snapshot),
        owner_(site.place.owner),
        maker_(snapshot, site.place),
        typed_(text.substr(line.name.begin, line.cursor - line.name.begin)),
        lead_(text.substr(line.begin, line.name.begin - line.begin)),
        indentation_(text.substr(line.indentation.begin, line.indentation.size())),
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
    const bool is_dunder = absl::StartsWith(name, "__") && absl::EndsWith(name, "__");
    return !is_dunder || absl::StartsWith(typed_, "_");
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
    if (line_.has_parenthesis) {
      item.filter_text = item.label;
      item.replace = line_.name;
      item.new_text = item.label;
      return item;
    }
    item.filter_text = absl::StrCat(lead_, item.label);
    item.replace = {line_.begin, line_.name.end};
    for (absl::string_view line : stub->lines) {
      if (!item.new_text.empty()) absl::StrAppend(&item.new_text, "\n", indentation_);
      while (absl::ConsumePrefix(&line, "\t")) absl::StrAppend(&item.new_text, step_);
      absl::StrAppend(&item.new_text, line);
    }
    item.needs_override_import = stub->needs_override_import;
    return item;
  }

  const Snapshot& snapshot_;
  const ClassRef owner_;
  StubMaker maker_;
  const std::string typed_;        // of the name, before the cursor
  const std::string lead_;         // "async def "
  const std::string indentation_;  // of the line
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
  place.is_marked = facts.is_override;
  if (facts.kind != classes::MemberKind::kFunction && facts.kind != classes::MemberKind::kDecoratedFunction) {
    place.kind = facts.kind;
  }
  place.is_async = line.is_async;
  return StubSite{place, path[path.size() - 3]};
}

}  // namespace

std::vector<CompletionItem> CompletionsAt(const Snapshot& snapshot, FileId file, uint32_t offset,
                                          const std::shared_ptr<const program::Program::Overlays>& buffers) {
  const std::string text = snapshot.program->Text(file).text;
  const std::optional<HalfTyped> line = ReadLine(text, offset);
  if (!line) return {};
  const Snapshot copy = WithText(snapshot, snapshot.program->file(file).path, Completed(text, *line), buffers);
  const std::optional<StubSite> site = SiteOfStub(copy, file, *line);
  if (!site) return {};
  return StubList(copy, *site, text, *line).Make();
}

}  // namespace overt::lsp
