#include "checker/fixes/import_edits.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/fixes/text_places.h"

namespace overt::fixes {

using grammar::ImportAliasNode;
using grammar::ImportFromNode;
using grammar::ImportNode;
using grammar::NodeList;

namespace {

Edit Insertion(uint32_t at, std::string text) { return {{at, at}, std::move(text)}; }

bool IsImport(const grammar::Ast& ast, NodeId statement) {
  return ast.Is<ImportNode>(statement) || ast.Is<ImportFromNode>(statement);
}

absl::string_view ImportedName(const grammar::Ast& ast, NodeId alias) {
  return ast.name(ast.Get<ImportAliasNode>(alias).name());
}

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

bool IsDocstringStatement(const grammar::Ast& ast, NodeId statement) {
  if (!ast.Is<grammar::ExpressionStatementNode>(statement)) return false;
  const NodeId value = ast.Get<grammar::ExpressionStatementNode>(statement).value();
  return ast.Is<grammar::StringNode>(value) || ast.Is<grammar::ConcatenatedStringNode>(value);
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
  for (const NodeId statement : site.ModuleBody()) {
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

// Before which of the names the new one goes; the end if they are in no order.
size_t PlaceInList(const grammar::Ast& ast, NodeList aliases, absl::string_view name) {
  for (const SortKeyOf key : {&KeyByForm, &KeyWithoutCase, &KeyByBytes}) {
    std::vector<SortKey> keys;
    for (const NodeId alias : aliases) keys.push_back(key(ImportedName(ast, alias)));
    if (!std::is_sorted(keys.begin(), keys.end())) continue;
    return static_cast<size_t>(std::upper_bound(keys.begin(), keys.end(), key(name)) - keys.begin());
  }
  return aliases.size();
}

// --- Into a list -----------------------------------------------------------------------------------------------------

class NameList {
 public:
  NameList(const FixSite& site, NodeId statement)
      : site_(site),
        text_(site.text()),
        statement_(statement),
        aliases_(site.ast().Get<ImportFromNode>(statement).names()) {}

  Edits With(absl::string_view name) const {
    const size_t place = PlaceInList(site_.ast(), aliases_, name);
    return place == 0 ? Before(aliases_.front(), name) : Behind(place - 1, name);
  }

 private:
  TextRange RangeOf(NodeId alias) const { return site_.ast().range(alias); }

  bool IsBracketed() const {
    const uint32_t end = site_.ast().range(statement_).end;
    return end > 0 && text_[end - 1] == ')';
  }

  // A name that has a line of its own in brackets; so will its neighbour.
  bool HasOwnLine(NodeId alias) const { return IsBracketed() && IsFirstOnLine(text_, RangeOf(alias).begin); }

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

ImportGroup GroupOf(const FixSite& site, NodeId statement) {
  const grammar::Ast& ast = site.ast();
  if (ast.Is<ImportFromNode>(statement) && ast.Get<ImportFromNode>(statement).small() > 0) return ImportGroup::kOwn;
  const absl::string_view root = FirstPart(ModuleOf(ast, statement));
  if (root == "typing_extensions") return ImportGroup::kInstalled;
  const program::ImportTarget target = site.program().Import(site.file(), 0, root);
  if (target.kind != program::ImportTarget::Kind::kFile) return ImportGroup::kInstalled;
  const program::FileInfo& info = site.program().file(target.file);
  if (info.is_bundled && absl::StartsWith(info.path, "typeshed/stdlib/")) return ImportGroup::kStandardLibrary;
  return info.family == resolve::ResolvedModule::Family::kFirstParty ? ImportGroup::kOwn : ImportGroup::kInstalled;
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
    for (const NodeId statement : site_.ModuleBody()) {
      if (ast_.range(statement).end > window_.end) break;
      if (IsFuture(ast_, statement)) {
        last_future = statement;
      } else if (IsImport(ast_, statement)) {
        run.push_back(statement);
      } else if (!run.empty()) {
        break;
      }
    }
    return run;
  }

  enum class Gap : uint8_t { kNone, kBlankLine };

  // Behind a statement that has its last line for itself. With a gap, a blank line stands on both sides.
  std::optional<Edit> Behind(NodeId statement, Gap gap) const {
    const uint32_t end = ast_.range(statement).end;
    if (RestOfLineAt(text_, end) == RestOfLine::kCode) return std::nullopt;
    const absl::string_view blank = gap == Gap::kBlankLine ? site_.line_end() : "";
    const uint32_t next = StartOfNextLine(text_, end);
    const bool has_gap_below = next == text_.size() || RestOfLineAt(text_, next) == RestOfLine::kNothing;
    return Insertion(EndOfLine(text_, end),
                     absl::StrCat(blank, site_.line_end(), import_.statement, has_gap_below ? "" : blank));
  }

  std::optional<Edit> Before(NodeId statement, absl::string_view blank_lines) const {
    const uint32_t begin = BeginOf(statement);
    if (!IsFirstOnLine(text_, begin)) return std::nullopt;
    return Insertion(StartOfLine(text_, begin), absl::StrCat(import_.statement, site_.line_end(), blank_lines));
  }

  // Decorators stand before what they decorate.
  uint32_t BeginOf(NodeId statement) const {
    const bool may_have = ast_.Is<grammar::ClassDefNode>(statement) || ast_.Is<grammar::FunctionDefNode>(statement);
    const NodeList decorators = may_have ? site_.DecoratorsOf(statement) : NodeList();
    return ast_.range(decorators.empty() ? statement : decorators.front()).begin;
  }

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

ImportGroup GroupOfModule(absl::string_view module) {
  return module == "typing_extensions" ? ImportGroup::kInstalled : ImportGroup::kStandardLibrary;
}

std::optional<Edits> AddStatement(const FixSite& site, const NewImport& import, ImportWindow window) {
  const std::optional<Edit> edit = StatementPlace(site, import, window).Find();
  if (!edit) return std::nullopt;
  return Edits{*edit};
}

}  // namespace

std::optional<Edits> AddName(const FixSite& site, absl::string_view module, absl::string_view name,
                             ImportWindow window) {
  const NodeId statement = ImportToJoin(site, module, window);
  if (statement.present()) return NameList(site, statement).With(name);
  return AddStatement(
      site, {absl::StrCat("from ", module, " import ", name), std::string(module), true, GroupOfModule(module)},
      window);
}

std::optional<Edits> AddModule(const FixSite& site, absl::string_view module, ImportWindow window) {
  return AddStatement(site, {absl::StrCat("import ", module), std::string(module), false, GroupOfModule(module)},
                      window);
}

bool HasImportFrom(const FixSite& site, absl::string_view module, ImportWindow window) {
  return ImportToJoin(site, module, window).present();
}

// --- Out of an import ------------------------------------------------------------------------------------------------

namespace {

bool IsWithin(const grammar::Ast& ast, NodeId node, const std::vector<NodeId>& outer) {
  return std::any_of(outer.begin(), outer.end(),
                     [&](NodeId one) { return ast.range(one).contains(ast.range(node)) && node <= one; });
}

// Whether anything of the file but `uses` and the import itself has the name, as a name or as a word of a string.
bool IsUsedBeside(const FixSite& site, grammar::NameId name, NodeId alias, const std::vector<NodeId>& uses) {
  const grammar::Ast& ast = site.ast();
  const absl::string_view text = ast.name(name);
  for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
    const NodeId node(raw);
    bool has_name = false;
    if (ast.Is<grammar::NameNode>(node)) has_name = ast.Get<grammar::NameNode>(node).name() == name;
    if (ast.Is<grammar::IdentifierNode>(node)) {
      has_name = ast.Get<grammar::IdentifierNode>(node).name() == name && !ast.range(alias).contains(ast.range(node));
    }
    if (ast.Is<grammar::StringNode>(node)) has_name = HasWord(ast.Get<grammar::StringNode>(node).text(), text);
    if (has_name && !IsWithin(ast, node, uses)) return true;
  }
  return false;
}

bool TakesFrom(const FixSite& site, FileId importer, const bind::ModuleIndex& index, absl::string_view name) {
  const grammar::Ast& ast = index.ast();
  for (const bind::ImportRecord& record : index.imports()) {
    if (!ast.Is<ImportFromNode>(record.statement)) continue;
    const auto import = ast.Get<ImportFromNode>(record.statement);
    const auto takes = [&](NodeId alias) {
      const absl::string_view one = ImportedName(ast, alias);
      return one == name || one == "*";
    };
    if (std::none_of(import.names().begin(), import.names().end(), takes)) continue;
    const absl::string_view module = import.module().present() ? ast.name(import.module()) : absl::string_view();
    if (site.program().Import(importer, import.small(), module).file == site.file()) return true;
  }
  return false;
}

// Whether a file that was read imports the name from this one.
bool IsImportedElsewhere(const FixSite& site, absl::string_view name) {
  for (uint32_t raw = 0; raw < site.program().file_count(); ++raw) {
    const FileId other(raw);
    const bind::ModuleIndex* index = other == site.file() ? nullptr : site.program().IndexIfLoaded(other);
    if (index != nullptr && !site.program().file(other).is_bundled && TakesFrom(site, other, *index, name)) return true;
  }
  return false;
}

bool IsExportedAgain(const FixSite& site, NodeId alias, absl::string_view name) {
  const auto node = site.ast().Get<ImportAliasNode>(alias);
  if (node.as_name().present() && site.NameOf(node.as_name()) == site.ast().name(node.name())) return true;
  if (site.index().exports().all == bind::Exports::All::kDynamic) return true;
  return site.index().options().role == bind::BindOptions::FileRole::kPackageInit || IsImportedElsewhere(site, name);
}

// The line or lines that hold [begin, end), if nothing else stands on them.
std::optional<TextRange> WholeLines(absl::string_view text, TextRange range) {
  if (!IsFirstOnLine(text, range.begin) || RestOfLineAt(text, range.end) != RestOfLine::kNothing) return std::nullopt;
  return TextRange{StartOfLine(text, range.begin), StartOfNextLine(text, range.end)};
}

Edit WithoutAlias(const FixSite& site, NodeList aliases, size_t place) {
  const grammar::Ast& ast = site.ast();
  const TextRange range = ast.range(aliases[place]);
  const bool is_last = place + 1 == aliases.size();
  uint32_t end = SkipBetweenTokens(site.text(), range.end);
  end = end < site.text().size() && site.text()[end] == ',' ? end + 1 : range.end;
  if (const auto lines = WholeLines(site.text(), {range.begin, end})) return {*lines, ""};
  if (!is_last) return {{range.begin, ast.range(aliases[place + 1]).begin}, ""};
  return {{ast.range(aliases[place - 1]).end, range.end}, ""};
}

// The statement's own lines. Blank lines above and below would become one gap too many: those below go as well where
// the file then begins, or where an equal gap stands above.
std::optional<Edit> WithoutStatement(const FixSite& site, NodeId statement) {
  const absl::string_view text = site.text();
  const auto lines = WholeLines(text, site.ast().range(statement));
  if (!lines || site.ModuleBody().size() == 1) return std::nullopt;
  const auto is_blank_line = [&](uint32_t at) {
    return at < text.size() && RestOfLineAt(text, at) == RestOfLine::kNothing;
  };
  TextRange range = *lines;
  const bool has_gap_above = range.begin == 0 || is_blank_line(StartOfLine(text, range.begin - 1));
  while (has_gap_above && is_blank_line(range.end)) range.end = StartOfNextLine(text, range.end);
  return Edit{range, ""};
}

}  // namespace

std::optional<Edits> DropImport(const FixSite& site, SymbolId symbol_id, const std::vector<NodeId>& uses) {
  const grammar::Ast& ast = site.ast();
  const bind::Symbol& symbol = site.index().symbol(symbol_id);
  if (symbol.first != symbol.last) return std::nullopt;
  const Definition& definition = site.index().definition(symbol.first);
  if (!IsImport(ast, definition.statement)) return std::nullopt;
  const NodeList body = site.ModuleBody();
  if (std::find(body.begin(), body.end(), definition.statement) == body.end()) return std::nullopt;
  if (IsExportedAgain(site, definition.node, ast.name(symbol.name))) return std::nullopt;
  if (IsUsedBeside(site, symbol.name, definition.node, uses)) return std::nullopt;

  const NodeList aliases = ast.Is<ImportNode>(definition.statement)
                               ? ast.Get<ImportNode>(definition.statement).names()
                               : ast.Get<ImportFromNode>(definition.statement).names();
  if (aliases.size() == 1) {
    const std::optional<Edit> edit = WithoutStatement(site, definition.statement);
    if (!edit) return std::nullopt;
    return Edits{*edit};
  }
  const auto place = std::find(aliases.begin(), aliases.end(), definition.node);
  return Edits{WithoutAlias(site, aliases, static_cast<size_t>(std::distance(aliases.begin(), place)))};
}

}  // namespace overt::fixes
