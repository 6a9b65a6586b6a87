#include "checker/fixes/import_removal.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "checker/classes/evaluate.h"
#include "checker/fixes/text_places.h"

namespace overt::fixes {

using grammar::ExceptHandlerNode;
using grammar::FunctionDefNode;
using grammar::ImportAliasNode;
using grammar::ImportFromNode;
using grammar::ImportNode;
using grammar::NodeKind;
using grammar::NodeList;

namespace {

// --- Whether anything needs the name ---------------------------------------------------------------------------------

bool IsWithin(const grammar::Ast& ast, NodeId node, const std::vector<NodeId>& outer) {
  return std::any_of(outer.begin(), outer.end(),
                     [&](NodeId one) { return ast.range(one).contains(ast.range(node)) && node <= one; });
}

// `x = []  # type: typing.List[int]`; a `# type: ignore[override]` names no type.
bool IsInTypeComment(const grammar::Ast& ast, absl::string_view name) {
  const auto comments = ast.comments();
  return std::any_of(comments.begin(), comments.end(), [&](const grammar::Comment& one) {
    absl::string_view text = absl::StripLeadingAsciiWhitespace(absl::StripPrefix(ast.comment_text(one), "#"));
    if (!absl::ConsumePrefix(&text, "type:")) return false;
    return !absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "ignore") && HasWord(text, name);
  });
}

// Whether anything of the file but `uses` and what goes with the import has the name: as a name, or as a word of a
// string or of a type comment.
bool IsUsedBeside(const FixSite& site, grammar::NameId name, TextRange gone, const std::vector<NodeId>& uses) {
  const grammar::Ast& ast = site.ast();
  const absl::string_view text = ast.name(name);
  for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
    const NodeId node(raw);
    bool has_name = false;
    if (ast.Is<grammar::NameNode>(node)) has_name = ast.Get<grammar::NameNode>(node).name() == name;
    if (ast.Is<grammar::IdentifierNode>(node)) has_name = ast.Get<grammar::IdentifierNode>(node).name() == name;
    if (ast.Is<grammar::StringNode>(node)) has_name = HasWord(ast.Get<grammar::StringNode>(node).text(), text);
    if (has_name && !gone.contains(ast.range(node)) && !IsWithin(ast, node, uses)) return true;
  }
  return IsInTypeComment(ast, text);
}

// `from this_file import name`
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

// `this_file.name`
bool ReadsFrom(const FixSite& site, FileId reader, const bind::ModuleIndex& index, absl::string_view name) {
  const grammar::Ast& ast = index.ast();
  const grammar::NameId id = ast.FindName(name);
  if (!id.present()) return false;
  const auto is_this_file = [&](const classes::Entity& one) {
    return one.kind == classes::EntityKind::kModule && one.module == site.file();
  };
  for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
    const NodeId node(raw);
    if (!ast.Is<grammar::AttributeNode>(node) || ast.Get<grammar::AttributeNode>(node).attribute() != id) continue;
    const NodeId value = ast.Get<grammar::AttributeNode>(node).value();
    const classes::EntitySet values =
        classes::Evaluate(site.classes(), reader, value, index.ScopeAt(value), index.FlowBefore(value));
    if (absl::c_any_of(values, is_this_file)) return true;
  }
  return false;
}

bool IsExportedAgain(const FixSite& site, const Definition& definition, absl::string_view name) {
  const grammar::Ast& ast = site.ast();
  if (ast.Is<ImportAliasNode>(definition.node)) {
    const auto alias = ast.Get<ImportAliasNode>(definition.node);
    if (alias.as_name().present() && site.NameOf(alias.as_name()) == ast.name(alias.name())) return true;
  }
  if (site.index().exports().all == bind::Exports::All::kDynamic) return true;
  if (site.index().options().role == bind::BindOptions::FileRole::kPackageInit) return true;
  return site.AnyOtherFile([&](FileId file, const bind::ModuleIndex& index) {
    return TakesFrom(site, file, index, name) || ReadsFrom(site, file, index, name);
  });
}

// --- The statement in its block --------------------------------------------------------------------------------------

// The lists of statements that are a node's own.
std::vector<NodeList> BlocksOf(const grammar::Ast& ast, NodeId node) {
  switch (ast.kind(node)) {
    case NodeKind::kModule: return {ast.Get<grammar::ModuleNode>(node).body()};
    case NodeKind::kFunctionDef: return {ast.Get<FunctionDefNode>(node).body()};
    case NodeKind::kClassDef: return {ast.Get<grammar::ClassDefNode>(node).body()};
    case NodeKind::kFor: return {ast.Get<grammar::ForNode>(node).body(), ast.Get<grammar::ForNode>(node).or_else()};
    case NodeKind::kWhile:
      return {ast.Get<grammar::WhileNode>(node).body(), ast.Get<grammar::WhileNode>(node).or_else()};
    case NodeKind::kIfBranch: return {ast.Get<grammar::IfBranchNode>(node).body()};
    case NodeKind::kWith: return {ast.Get<grammar::WithNode>(node).body()};
    case NodeKind::kExceptHandler: return {ast.Get<ExceptHandlerNode>(node).body()};
    case NodeKind::kMatchCase: return {ast.Get<grammar::MatchCaseNode>(node).body()};
    default: return {};  // `try` as well: what may fail there is not for us to take away
  }
}

// The block that a statement stands in; empty for one in a `try`.
NodeList BlockAround(const grammar::Ast& ast, NodeId statement) {
  // Parents come behind their children.
  for (uint32_t raw = statement.raw + 1; raw < ast.node_count(); ++raw) {
    for (const NodeList block : BlocksOf(ast, NodeId(raw))) {
      if (absl::c_linear_search(block, statement)) return block;
    }
  }
  return {};
}

// --- Edits -----------------------------------------------------------------------------------------------------------

// A comment for tools about the very line.
bool IsAboutLine(absl::string_view comment) {
  absl::ConsumePrefix(&comment, "#");
  comment = absl::StripLeadingAsciiWhitespace(comment);
  if (absl::StartsWithIgnoreCase(comment, "noqa")) return true;
  for (const absl::string_view tool : {"type:", "pyright:", "overt:"}) {
    if (!absl::ConsumePrefix(&comment, tool)) continue;
    return absl::StartsWith(absl::StripLeadingAsciiWhitespace(comment), "ignore");
  }
  return false;
}

// The line or lines that hold [begin, end), if nothing else stands on them but what tools are told of the line.
std::optional<TextRange> WholeLines(absl::string_view text, TextRange range) {
  if (!IsFirstOnLine(text, range.begin)) return std::nullopt;
  const uint32_t rest = SkipBlanks(text, range.end);
  const absl::string_view comment = text.substr(rest, EndOfLine(text, rest) - rest);
  if (!comment.empty() && !IsAboutLine(comment)) return std::nullopt;
  return TextRange{StartOfLine(text, range.begin), StartOfNextLine(text, range.end)};
}

// Whether a comment on a line of its own, or after another name, stands in `gap`.
bool HasOthersComment(absl::string_view gap, bool is_before_alias) {
  const size_t sign = gap.find('#');
  if (sign == absl::string_view::npos) return false;
  return is_before_alias || gap.substr(0, sign).find('\n') != absl::string_view::npos;
}

// With the comma that then is one too many; comments that are not about this name stay.
Edit WithoutAlias(const FixSite& site, NodeList aliases, size_t place) {
  const grammar::Ast& ast = site.ast();
  const absl::string_view text = site.text();
  const TextRange range = ast.range(aliases[place]);
  const bool is_last = place + 1 == aliases.size();
  uint32_t end = SkipBetweenTokens(text, range.end);
  end = end < text.size() && text[end] == ',' ? end + 1 : range.end;
  const TextRange with_comma{range.begin, end};
  if (const auto lines = WholeLines(text, with_comma)) return {*lines, ""};
  const TextRange gap = is_last ? TextRange{ast.range(aliases[place - 1]).end, range.begin}
                                : TextRange{end, ast.range(aliases[place + 1]).begin};
  if (HasOthersComment(text.substr(gap.begin, gap.size()), is_last)) return {with_comma, ""};
  return is_last ? Edit{{gap.begin, range.end}, ""} : Edit{{range.begin, gap.end}, ""};
}

// The statement's own lines. Blank lines above and below would become one gap too many: those below go as well where
// the file or a block then begins, or where an equal gap stands above.
Edit WithoutLines(absl::string_view text, TextRange lines, bool begins_block) {
  const auto is_blank_line = [&](uint32_t at) {
    return at < text.size() && RestOfLineAt(text, at) == RestOfLine::kNothing;
  };
  const uint32_t above = lines.begin == 0 ? 0 : StartOfLine(text, lines.begin - 1);
  const bool is_below_header = begins_block && RestOfLineAt(text, above) == RestOfLine::kCode;
  const bool has_gap_above = lines.begin == 0 || is_below_header || is_blank_line(above);
  while (has_gap_above && is_blank_line(lines.end)) lines.end = StartOfNextLine(text, lines.end);
  return {lines, ""};
}

// Whether just `;` and blanks part two statements.
bool ShareLine(const FixSite& site, NodeId left, NodeId right) {
  const uint32_t begin = site.ast().range(left).end;
  const absl::string_view between = site.text().substr(begin, site.ast().range(right).begin - begin);
  return absl::c_all_of(between, [](char c) { return c == ';' || c == ' ' || c == '\t'; });
}

// Out of its block, in which another statement stays.
std::optional<Edit> WithoutStatement(const FixSite& site, NodeId statement) {
  const grammar::Ast& ast = site.ast();
  const NodeList block = BlockAround(ast, statement);
  if (block.size() < 2) return std::nullopt;
  const auto place = static_cast<size_t>(std::distance(block.begin(), absl::c_find(block, statement)));
  const bool is_last = place + 1 == block.size();
  // What would come first then must not become a docstring.
  if (place == 0 && IsDocstringStatement(ast, block[1])) return std::nullopt;
  const TextRange range = ast.range(statement);
  if (!is_last && ShareLine(site, statement, block[place + 1])) {
    return Edit{{range.begin, ast.range(block[place + 1]).begin}, ""};
  }
  if (place > 0 && ShareLine(site, block[place - 1], statement)) {
    return Edit{{ast.range(block[place - 1]).end, range.end}, ""};
  }
  const auto lines = WholeLines(site.text(), range);
  if (!lines) return std::nullopt;
  const bool is_in_module = block.front() == site.ModuleBody().front();
  return WithoutLines(site.text(), *lines, place == 0 && !is_in_module);
}

// --- One definition, or a `try` with its fallback --------------------------------------------------------------------

NodeList AliasesOf(const grammar::Ast& ast, NodeId import) {
  return ast.Is<ImportNode>(import) ? ast.Get<ImportNode>(import).names() : ast.Get<ImportFromNode>(import).names();
}

// Whether a statement does nothing but bind one name: imports it, defines a plain function, assigns what is at hand.
bool OnlyBindsName(const grammar::Ast& ast, NodeId statement) {
  if (IsImport(ast, statement)) return AliasesOf(ast, statement).size() == 1;
  if (ast.Is<FunctionDefNode>(statement)) {
    const auto function = ast.Get<FunctionDefNode>(statement);
    const auto parameters = ast.Get<grammar::ParametersNode>(function.parameters()).parameters();
    const auto has_default = [&](NodeId one) { return ast.Get<grammar::ParameterNode>(one).default_value().present(); };
    return function.decorators().empty() && absl::c_none_of(parameters, has_default);
  }
  if (!ast.Is<grammar::AssignNode>(statement)) return false;
  const auto assignment = ast.Get<grammar::AssignNode>(statement);
  const NodeKind value = ast.kind(assignment.value());
  return assignment.targets().size() == 1 && ast.Is<grammar::NameNode>(assignment.targets().front()) &&
         (value == NodeKind::kName || value == NodeKind::kNone || value == NodeKind::kLambda);
}

bool IsImportError(const grammar::Ast& ast, NodeId type) {
  if (!ast.Is<grammar::NameNode>(type)) return false;
  const absl::string_view name = ast.name(ast.Get<grammar::NameNode>(type).name());
  return name == "ImportError" || name == "ModuleNotFoundError";
}

// `try: <import>` with `except ImportError: <fallback>` and nothing else.
bool IsImportWithFallback(const grammar::Ast& ast, NodeId node, NodeId import, NodeId fallback) {
  if (!ast.Is<grammar::TryNode>(node)) return false;
  const auto whole = ast.Get<grammar::TryNode>(node);
  if (whole.body().size() != 1 || whole.handlers().size() != 1) return false;
  if (!whole.or_else().empty() || !whole.final_body().empty()) return false;
  const auto handler = ast.Get<ExceptHandlerNode>(whole.handlers().front());
  return IsImportError(ast, handler.type()) && !handler.name().present() && handler.body().size() == 1 &&
         whole.body().front() == import && handler.body().front() == fallback && OnlyBindsName(ast, import) &&
         OnlyBindsName(ast, fallback);
}

std::vector<const Definition*> DefinitionsOf(const FixSite& site, const bind::Symbol& symbol) {
  std::vector<const Definition*> all;
  for (bind::DefId id = symbol.first; id.present(); id = site.index().definition(id).next) {
    all.push_back(&site.index().definition(id));
  }
  return all;
}

// The statement that goes if the whole of it does: the import, or the `try` that holds it and its fallback.
NodeId StatementToDrop(const FixSite& site, const std::vector<const Definition*>& definitions) {
  const grammar::Ast& ast = site.ast();
  const NodeId import = definitions.front()->statement;
  if (definitions.size() > 2 || !IsImport(ast, import)) return NodeId::None();
  constexpr uint8_t kInTry = Definition::kTryImport | Definition::kImportFallback;
  if (definitions.size() == 1) return (definitions.front()->flags & kInTry) == 0 ? import : NodeId::None();
  const NodeId fallback = definitions.back()->statement;
  for (uint32_t raw = fallback.raw + 1; raw < ast.node_count(); ++raw) {
    if (IsImportWithFallback(ast, NodeId(raw), import, fallback)) return NodeId(raw);
  }
  return NodeId::None();
}

// Whether a name may be sought in a scope from within: a class keeps its names from the functions in it.
bool IsSeenFromWithin(bind::ScopeKind kind) {
  return kind != bind::ScopeKind::kClass && kind != bind::ScopeKind::kInstance;
}

}  // namespace

SymbolId SymbolUsedBy(const FixSite& site, NodeId decorator) {
  const grammar::Ast& ast = site.ast();
  NodeId root = ast.Get<grammar::DecoratorNode>(decorator).expression();
  while (ast.Is<grammar::AttributeNode>(root)) root = ast.Get<grammar::AttributeNode>(root).value();
  if (!ast.Is<grammar::NameNode>(root)) return SymbolId::None();
  const grammar::NameId name = ast.Get<grammar::NameNode>(root).name();
  const bind::ModuleIndex& index = site.index();
  bool is_innermost = true;
  for (ScopeId scope = index.ScopeAt(root); scope.present(); scope = index.scope(scope).parent) {
    const bind::ScopeKind kind = index.scope(scope).kind;
    const SymbolId symbol = is_innermost || IsSeenFromWithin(kind) ? index.Find(scope, name) : SymbolId::None();
    if (symbol.present() && index.symbol(symbol).first.present()) return symbol;
    if (kind != bind::ScopeKind::kTypeParameters) is_innermost = false;
  }
  return SymbolId::None();
}

std::optional<Edits> DropImport(const FixSite& site, SymbolId symbol_id, const std::vector<NodeId>& uses) {
  const grammar::Ast& ast = site.ast();
  const bind::Symbol& symbol = site.index().symbol(symbol_id);
  const bool is_in_module = symbol.scope == site.index().module_scope();
  // In a class it would be an attribute.
  if (!is_in_module && site.index().scope(symbol.scope).kind != bind::ScopeKind::kFunction) return std::nullopt;
  const std::vector<const Definition*> definitions = DefinitionsOf(site, symbol);
  if (definitions.empty()) return std::nullopt;
  const NodeId statement = StatementToDrop(site, definitions);
  if (!statement.present()) return std::nullopt;
  const bool is_import = IsImport(ast, statement);
  const TextRange gone = ast.range(is_import ? definitions.front()->node : statement);
  if (IsUsedBeside(site, symbol.name, gone, uses)) return std::nullopt;
  const auto is_exported = [&](const Definition* one) { return IsExportedAgain(site, *one, ast.name(symbol.name)); };
  if (is_in_module && absl::c_any_of(definitions, is_exported)) return std::nullopt;

  const NodeList aliases = is_import ? AliasesOf(ast, statement) : NodeList();
  if (aliases.size() > 1) {
    const auto place = std::distance(aliases.begin(), absl::c_find(aliases, definitions.front()->node));
    return Edits{WithoutAlias(site, aliases, static_cast<size_t>(place))};
  }
  const std::optional<Edit> edit = WithoutStatement(site, statement);
  if (!edit) return std::nullopt;
  return Edits{*edit};
}

}  // namespace overt::fixes
