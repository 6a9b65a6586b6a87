#include "checker/fixes/import_edits.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "checker/fixes/text_places.h"
#include "grammar/ast/definitions.h"

namespace overt::fixes {

using grammar::ImportAliasNode;
using grammar::ImportFromNode;
using grammar::ImportNode;
using grammar::NodeList;

absl::string_view ImportedName(const grammar::Ast& ast, NodeId alias) {
  return ast.name(ast.Get<ImportAliasNode>(alias).name());
}

bool IsDocstringStatement(const grammar::Ast& ast, NodeId statement) {
  if (!ast.Is<grammar::ExpressionStatementNode>(statement)) return false;
  const NodeId value = ast.Get<grammar::ExpressionStatementNode>(statement).value();
  return ast.Is<grammar::StringNode>(value) || ast.Is<grammar::ConcatenatedStringNode>(value);
}

namespace {

Edit Insertion(uint32_t at, std::string text) { return {{at, at}, std::move(text)}; }

absl::string_view FirstPart(absl::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

// The module that an import statement names first, without its dots.
absl::string_view ModuleOf(const grammar::Ast& ast, NodeId statement) {
  if (ast.Is<ImportNode>(statement)) return ImportedName(ast, ast.Get<ImportNode>(statement).names().front());
  const auto import = ast.Get<ImportFromNode>(statement);
  return import.module().present() ? ast.name(import.module()) : absl::string_view();
}

bool IsFuture(const grammar::Ast& ast, NodeId statement) {
  return ast.Is<ImportFromNode>(statement) && ast.Get<ImportFromNode>(statement).small() == 0 &&
         ModuleOf(ast, statement) == "__future__";
}

// `from module import a, b` with the module's absolute name, to which a name can be added.
bool TakesNames(const grammar::Ast& ast, NodeId statement, absl::string_view module) {
  if (!ast.Is<ImportFromNode>(statement)) return false;
  const auto import = ast.Get<ImportFromNode>(statement);
  if (import.small() != 0 || (import.flags() & grammar::NodeFlags::kLazy) != 0) return false;
  return ModuleOf(ast, statement) == module && !import.names().empty() &&
         ImportedName(ast, import.names().front()) != "*";
}

NodeId ImportToJoin(const FixSite& site, absl::string_view module, ImportWindow window) {
  for (const size_t place : site.ModuleImports()) {
    const NodeId statement = site.ModuleBody()[place];
    const TextRange range = site.ast().range(statement);
    if (range.begin < window.begin || range.end > window.end) continue;
    if (TakesNames(site.ast(), statement, module)) return statement;
  }
  return NodeId::None();
}

// --- The order of a list ---------------------------------------------------------------------------------------------

// The ways in which people's tools sort the names of an import.
using SortKey = std::tuple<int, std::string, std::string>;
using SortKeyOf = SortKey (*)(absl::string_view);

// Constants, then classes, then the rest; case does not matter within.
SortKey KeyByForm(absl::string_view name) {
  const bool has_lower =
      std::any_of(name.begin(), name.end(), [](char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); });
  const bool is_class = !name.empty() && absl::ascii_isupper(static_cast<unsigned char>(name.front()));
  return {!has_lower && name.size() > 1 ? 0 : (is_class ? 1 : 2), absl::AsciiStrToLower(name), std::string(name)};
}
SortKey KeyWithoutCase(absl::string_view name) { return {0, absl::AsciiStrToLower(name), std::string(name)}; }
SortKey KeyByBytes(absl::string_view name) { return {0, std::string(name), ""}; }

// How the names are sorted; null if they are in no order.
SortKeyOf OrderOf(const grammar::Ast& ast, NodeList aliases) {
  for (const SortKeyOf key : {&KeyByForm, &KeyWithoutCase, &KeyByBytes}) {
    std::vector<SortKey> keys;
    for (const NodeId alias : aliases) keys.push_back(key(ImportedName(ast, alias)));
    if (std::is_sorted(keys.begin(), keys.end())) return key;
  }
  return nullptr;
}

// Before which of the names the new one goes.
size_t PlaceInList(const grammar::Ast& ast, NodeList aliases, SortKeyOf order, absl::string_view name) {
  if (order == nullptr) return aliases.size();
  const SortKey key = order(name);
  const auto is_behind = [&](NodeId alias) { return key < order(ImportedName(ast, alias)); };
  return static_cast<size_t>(std::distance(aliases.begin(), std::find_if(aliases.begin(), aliases.end(), is_behind)));
}

// "Row", "Row as R".
std::string ItemOf(const NeededImport& import) {
  const std::string& what = import.name.empty() ? import.module : import.name;
  return import.alias.empty() ? what : absl::StrCat(what, " as ", import.alias);
}

void SortNames(std::vector<NeededImport>& imports, SortKeyOf order) {
  std::stable_sort(imports.begin(), imports.end(), [&](const NeededImport& a, const NeededImport& b) {
    return std::tuple(order(a.name), a.alias) < std::tuple(order(b.name), b.alias);
  });
}

// --- Into a list -----------------------------------------------------------------------------------------------------

class NameList {
 public:
  NameList(const FixSite& site, NodeId statement)
      : site_(site),
        text_(site.text()),
        statement_(statement),
        aliases_(site.ast().Get<ImportFromNode>(statement).names()) {}

  // Names that come to stand side by side are one edit.
  Edits With(std::vector<NeededImport> names) const {
    const SortKeyOf order = OrderOf(site_.ast(), aliases_);
    SortNames(names, order == nullptr ? &KeyByForm : order);
    Edits edits;
    for (size_t i = 0; i < names.size();) {
      const size_t place = PlaceInList(site_.ast(), aliases_, order, names[i].name);
      std::vector<std::string> items;
      for (; i < names.size() && PlaceInList(site_.ast(), aliases_, order, names[i].name) == place; ++i) {
        items.push_back(ItemOf(names[i]));
      }
      const NodeId neighbour = aliases_[place == 0 ? 0 : place - 1];
      const std::string text = absl::StrJoin(items, Separator(neighbour));
      const Edits more = place == 0 ? Before(neighbour, text) : Behind(place - 1, text);
      edits.insert(edits.end(), more.begin(), more.end());
    }
    return edits;
  }

 private:
  TextRange RangeOf(NodeId alias) const { return site_.ast().range(alias); }

  bool IsBracketed() const {
    const uint32_t end = site_.ast().range(statement_).end;
    return end > 0 && text_[end - 1] == ')';
  }

  // A name that has a line of its own in brackets; so will its neighbour.
  bool HasOwnLine(NodeId alias) const { return IsBracketed() && IsFirstOnLine(text_, RangeOf(alias).begin); }

  // Between two new names beside that one.
  std::string Separator(NodeId neighbour) const {
    if (!HasOwnLine(neighbour)) return ", ";
    return absl::StrCat(",", site_.line_end(), TextBefore(text_, RangeOf(neighbour).begin));
  }

  Edits Before(NodeId alias, absl::string_view name) const {
    const uint32_t at = RangeOf(alias).begin;
    if (!HasOwnLine(alias)) return {Insertion(at, absl::StrCat(name, ", "))};
    return {Insertion(at, absl::StrCat(name, ",", site_.line_end(), TextBefore(text_, at)))};
  }

  Edits Behind(size_t place, absl::string_view name) const {
    const TextRange before = RangeOf(aliases_[place]);
    const uint32_t after = SkipBetweenTokens(text_, before.end);
    const bool has_comma = after < site_.ast().range(statement_).end && text_[after] == ',';
    const uint32_t end = has_comma ? after + 1 : before.end;
    const absl::string_view comma = has_comma ? "" : ",";
    const bool is_last = place + 1 == aliases_.size();
    const bool ends_line = RestOfLineAt(text_, end) != RestOfLine::kCode;
    if (!HasOwnLine(aliases_[place]) || !ends_line) {
      const bool needs_comma = !is_last || (has_comma && ends_line);
      return {Insertion(end, absl::StrCat(comma, " ", name, needs_comma ? "," : ""))};
    }
    Edits edits;
    if (!has_comma) edits.push_back(Insertion(end, ","));
    const uint32_t line_end = EndOfLine(text_, end);
    std::string line = absl::StrCat(site_.line_end(), TextBefore(text_, before.begin), name, has_comma ? "," : "");
    if (line_end == end && !edits.empty()) {
      edits.back().replacement += line;
    } else {
      edits.push_back(Insertion(line_end, std::move(line)));
    }
    return edits;
  }

  const FixSite& site_;
  absl::string_view text_;
  NodeId statement_;
  NodeList aliases_;
};

// --- A statement of its own ------------------------------------------------------------------------------------------

// The groups in which imports usually stand.
enum class ImportGroup : uint8_t { kStandardLibrary, kInstalled, kOwn };

ImportGroup GroupOfModule(const FixSite& site, absl::string_view module) {
  const absl::string_view root = FirstPart(module);
  if (root == "typing") return ImportGroup::kStandardLibrary;
  if (root == "typing_extensions") return ImportGroup::kInstalled;
  const program::ImportTarget target = site.program().Import(site.file(), 0, root);
  if (target.kind != program::ImportTarget::Kind::kFile) return ImportGroup::kInstalled;
  const program::FileInfo& info = site.program().file(target.file);
  if (info.is_bundled && absl::StartsWith(info.path, "typeshed/stdlib/")) return ImportGroup::kStandardLibrary;
  return info.family == resolve::ResolvedModule::Family::kFirstParty ? ImportGroup::kOwn : ImportGroup::kInstalled;
}

ImportGroup GroupOf(const FixSite& site, NodeId statement) {
  const grammar::Ast& ast = site.ast();
  if (ast.Is<ImportFromNode>(statement) && ast.Get<ImportFromNode>(statement).small() > 0) return ImportGroup::kOwn;
  return GroupOfModule(site, ModuleOf(ast, statement));
}

struct NewImport {
  std::string statement;
  std::string module;
  bool is_from = false;
  ImportGroup group = ImportGroup::kStandardLibrary;
};

class StatementPlace {
 public:
  StatementPlace(const FixSite& site, const NewImport& import, ImportWindow window)
      : site_(site), ast_(site.ast()), text_(site.text()), import_(import), window_(window) {}

  std::optional<Edit> Find() const {
    NodeId last_future;
    const std::vector<NodeId> run = FirstRun(last_future);
    std::optional<Edit> edit = run.empty() ? WithoutImports(last_future) : BesideImports(run);
    if (edit && edit->range.begin < window_.begin) edit = AtWindow();
    if (!edit || edit->range.begin > window_.end) return std::nullopt;
    return edit;
  }

 private:
  // The imports that stand together first in the file, `__future__` left out.
  std::vector<NodeId> FirstRun(NodeId& last_future) const {
    std::vector<NodeId> run;
    size_t next = 0;
    for (const size_t place : site_.ModuleImports()) {
      const NodeId statement = site_.ModuleBody()[place];
      if (ast_.range(statement).end > window_.end || (!run.empty() && place != next)) break;
      next = place + 1;
      if (IsFuture(ast_, statement)) {
        last_future = statement;
      } else {
        run.push_back(statement);
      }
    }
    return run;
  }

  enum class Gap : uint8_t { kNone, kBlankLine };

  // Where the line ends on which a statement ends: there may be more statements on it.
  std::optional<uint32_t> EndOfLastLine(NodeId statement) const {
    const NodeList body = site_.ModuleBody();
    for (size_t next = site_.PlaceInModule(statement); next < body.size(); ++next) {
      uint32_t end = SkipBlanks(text_, ast_.range(body[next]).end);
      if (end < text_.size() && text_[end] == ';') ++end;
      if (RestOfLineAt(text_, end) != RestOfLine::kCode) return EndOfLine(text_, end);
    }
    return std::nullopt;
  }

  // Below a statement's last line. With a gap, a blank line stands on both sides.
  std::optional<Edit> Behind(NodeId statement, Gap gap) const {
    const std::optional<uint32_t> end = EndOfLastLine(statement);
    if (!end) return std::nullopt;
    const absl::string_view blank = gap == Gap::kBlankLine ? site_.line_end() : "";
    const uint32_t next = StartOfNextLine(text_, *end);
    const bool has_gap_below = next == text_.size() || RestOfLineAt(text_, next) == RestOfLine::kNothing;
    return Insertion(*end, absl::StrCat(blank, site_.line_end(), import_.statement, has_gap_below ? "" : blank));
  }

  // Above a statement's first line, or below it if it begins with another statement.
  std::optional<Edit> Before(NodeId statement, absl::string_view blank_lines) const {
    const uint32_t begin = BeginOf(statement);
    if (!IsFirstOnLine(text_, begin)) return Behind(statement, Gap::kNone);
    return Insertion(StartOfLine(text_, begin), absl::StrCat(import_.statement, site_.line_end(), blank_lines));
  }

  uint32_t BeginOf(NodeId statement) const { return WholeOf(ast_, statement).begin; }

  std::optional<Edit> BesideImports(const std::vector<NodeId>& run) const {
    NodeId lower, same, first_same, best;
    for (const NodeId statement : run) {
      const ImportGroup group = GroupOf(site_, statement);
      if (group < import_.group) lower = statement;
      if (group != import_.group) continue;
      if (!first_same.present()) first_same = statement;
      same = statement;
      const bool is_from = ast_.Is<ImportFromNode>(statement);
      if (is_from == import_.is_from ? ModuleOf(ast_, statement) <= import_.module : import_.is_from) {
        if (!best.present() || is_from == import_.is_from || !ast_.Is<ImportFromNode>(best)) best = statement;
      }
    }
    if (best.present()) return Behind(best, Gap::kNone);
    if (first_same.present()) return Before(first_same, "");
    if (lower.present()) return Behind(lower, Gap::kBlankLine);
    return Before(run.front(), site_.line_end());
  }

  std::optional<Edit> WithoutImports(NodeId last_future) const {
    const NodeList body = site_.ModuleBody();
    if (last_future.present()) return Behind(last_future, Gap::kBlankLine);
    if (body.empty()) return std::nullopt;
    if (IsDocstringStatement(ast_, body.front())) return Behind(body.front(), Gap::kBlankLine);
    return AboveFirst(body.front());
  }

  // Above the first statement and the comment that belongs to it, below the comments that head the file.
  std::optional<Edit> AboveFirst(NodeId statement) const {
    uint32_t begin = BeginOf(statement);
    if (!IsFirstOnLine(text_, begin)) return std::nullopt;
    begin = StartOfLine(text_, begin);
    uint32_t above = begin;
    while (above > 0) {
      const uint32_t line = StartOfLine(text_, above - 1);
      if (RestOfLineAt(text_, line) != RestOfLine::kComment) break;
      above = line;
    }
    // A comment of the first two lines heads the file: it may name the encoding.
    if (above > StartOfNextLine(text_, 0)) begin = above;
    const absl::string_view end = site_.line_end();
    return Insertion(begin, absl::StrCat(import_.statement, end, end, end));
  }

  // Right behind what would have taken the name away, or the statement of the module's own body that it stands in.
  std::optional<Edit> AtWindow() const {
    for (const NodeId statement : site_.ModuleBody()) {
      const TextRange range = ast_.range(statement);
      if (range.begin < window_.begin && window_.begin <= range.end) return Behind(statement, Gap::kNone);
    }
    return std::nullopt;
  }

  const FixSite& site_;
  const grammar::Ast& ast_;
  absl::string_view text_;
  const NewImport& import_;
  ImportWindow window_;
};

// `imports`: the names of one module, or one module itself.
NewImport NewImportOf(const FixSite& site, std::vector<NeededImport> imports) {
  const std::string module = imports.front().module;
  const bool is_from = !imports.front().name.empty();
  SortNames(imports, &KeyByForm);
  std::vector<std::string> items;
  items.reserve(imports.size());
  for (const NeededImport& one : imports) items.push_back(ItemOf(one));
  std::string statement = absl::StrCat("import ", absl::StrJoin(items, ", "));
  if (is_from) statement = absl::StrCat("from ", module, " ", statement);
  return {std::move(statement), module, is_from, GroupOfModule(site, module)};
}

// Statements of one group that come to stand at one place are one edit.
std::optional<Edits> AddStatements(const FixSite& site, std::vector<NewImport> imports, ImportWindow window) {
  std::stable_sort(imports.begin(), imports.end(), [](const NewImport& a, const NewImport& b) {
    return std::tie(a.group, a.is_from, a.module) < std::tie(b.group, b.is_from, b.module);
  });
  Edits edits;
  for (size_t i = 0; i < imports.size(); ++i) {
    std::optional<Edit> edit = StatementPlace(site, imports[i], window).Find();
    if (!edit) return std::nullopt;
    const bool goes_on =
        !edits.empty() && edits.back().range == edit->range && imports[i - 1].group == imports[i].group;
    if (goes_on) {
      edits.pop_back();
      imports[i].statement = absl::StrCat(imports[i - 1].statement, site.line_end(), imports[i].statement);
      edit = StatementPlace(site, imports[i], window).Find();
    }
    edits.push_back(*std::move(edit));
  }
  return edits;
}

}  // namespace

std::optional<Edits> AddName(const FixSite& site, absl::string_view module, absl::string_view name,
                             ImportWindow window) {
  return AddImports(site, {{std::string(module), std::string(name), "", window.begin}}, window.end);
}

std::optional<Edits> AddModule(const FixSite& site, absl::string_view module, ImportWindow window) {
  return AddImports(site, {{std::string(module), "", "", window.begin}}, window.end);
}

std::optional<Edits> AddImports(const FixSite& site, std::vector<NeededImport> imports, uint32_t first_use) {
  ImportWindow window{0, first_use};
  for (const NeededImport& one : imports) window.begin = std::max(window.begin, one.not_before);
  std::stable_sort(imports.begin(), imports.end(), [](const NeededImport& a, const NeededImport& b) {
    return std::tie(a.module, a.name, a.alias) < std::tie(b.module, b.name, b.alias);
  });
  imports.erase(std::unique(imports.begin(), imports.end()), imports.end());
  Edits edits;
  std::vector<NewImport> fresh;
  for (size_t i = 0; i < imports.size();) {
    std::vector<NeededImport> together(1, imports[i++]);
    const std::string module = together.front().module;
    const bool is_from = !together.front().name.empty();
    while (is_from && i < imports.size() && imports[i].module == module) together.push_back(imports[i++]);
    const NodeId statement = is_from ? ImportToJoin(site, module, window) : NodeId::None();
    if (!statement.present()) {
      fresh.push_back(NewImportOf(site, std::move(together)));
      continue;
    }
    const Edits more = NameList(site, statement).With(std::move(together));
    edits.insert(edits.end(), more.begin(), more.end());
  }
  const std::optional<Edits> statements = AddStatements(site, std::move(fresh), window);
  if (!statements) return std::nullopt;
  edits.insert(edits.end(), statements->begin(), statements->end());
  return edits;
}

bool HasImportFrom(const FixSite& site, absl::string_view module, ImportWindow window) {
  return ImportToJoin(site, module, window).present();
}

}  // namespace overt::fixes
