// `--print=symbols` and `--print=flow`.
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "checker/bind/module_index.h"

namespace overt::bind {

using grammar::NodeKind;

namespace {

absl::string_view NameOf(ScopeKind kind) {
  switch (kind) {
    case ScopeKind::kModule: return "module";
    case ScopeKind::kClass: return "class";
    case ScopeKind::kFunction: return "function";
    case ScopeKind::kLambda: return "lambda";
    case ScopeKind::kComprehension: return "comprehension";
    case ScopeKind::kTypeParameters: return "type parameters";
    case ScopeKind::kInstance: return "instance";
  }
  return "";
}

absl::string_view NameOf(DefKind kind) {
  switch (kind) {
    case DefKind::kImport: return "import";
    case DefKind::kImportAs: return "import-as";
    case DefKind::kImportFrom: return "import-from";
    case DefKind::kClass: return "class";
    case DefKind::kFunction: return "function";
    case DefKind::kAssignment: return "assignment";
    case DefKind::kUnpacking: return "unpacking";
    case DefKind::kAnnotated: return "annotated";
    case DefKind::kDeclaration: return "declaration";
    case DefKind::kAugmented: return "augmented";
    case DefKind::kLoopTarget: return "loop-target";
    case DefKind::kWithTarget: return "with-target";
    case DefKind::kExceptionName: return "exception-name";
    case DefKind::kCapture: return "capture";
    case DefKind::kWalrus: return "walrus";
    case DefKind::kDeletion: return "deletion";
    case DefKind::kParameter: return "parameter";
    case DefKind::kTypeParameter: return "type-parameter";
    case DefKind::kTypeAlias: return "type-alias";
    case DefKind::kInstanceStore: return "instance-store";
    case DefKind::kInstanceDeclaration: return "instance-declaration";
    case DefKind::kClassStore: return "class-store";
  }
  return "";
}

absl::string_view NameOf(Reach reach) {
  switch (reach) {
    case Reach::kAlways: return "";
    case Reach::kMaybe: return " maybe";
    case Reach::kNever: return " never";
  }
  return "";
}

std::string FlagsOf(uint8_t flags) {
  std::string out;
  if ((flags & Definition::kTryImport) != 0) out += " try-import";
  if ((flags & Definition::kImportFallback) != 0) out += " import-fallback";
  if ((flags & Definition::kFromInner) != 0) out += " from-inner";
  if ((flags & Definition::kTypeCheckingOnly) != 0) out += " type-checking";
  if ((flags & Definition::kRunTimeOnly) != 0) out += " run-time";
  return out;
}

// Line and byte column, both from 1.
std::string Place(const grammar::Ast& ast, NodeId node) {
  const uint32_t offset = ast.node(node).begin;
  const uint32_t line = LineOf(ast.line_starts(), offset);
  return absl::StrCat(line + 1, ":", offset - ast.line_starts()[line] + 1);
}

absl::string_view ScopeName(const grammar::Ast& ast, const Scope& scope) {
  NodeId name;
  if (ast.kind(scope.node) == NodeKind::kClassDef) name = ast.Get<grammar::ClassDefNode>(scope.node).name();
  if (ast.kind(scope.node) == NodeKind::kFunctionDef) name = ast.Get<grammar::FunctionDefNode>(scope.node).name();
  if (ast.kind(scope.node) == NodeKind::kTypeAlias) name = ast.Get<grammar::TypeAliasNode>(scope.node).name();
  return name.present() ? ast.name(ast.Get<grammar::IdentifierNode>(name).name()) : absl::string_view();
}

std::string DefinitionLine(const grammar::Ast& ast, const Definition& definition) {
  return absl::StrCat(NameOf(definition.kind), " ", Place(ast, definition.node), NameOf(definition.reach),
                      FlagsOf(definition.flags));
}

void DumpScope(const ModuleIndex& index, ScopeId id, std::string* out) {
  const grammar::Ast& ast = index.ast();
  const Scope& scope = index.scope(id);
  absl::StrAppend(out, "scope ", id.raw, " ", NameOf(scope.kind));
  if (const absl::string_view name = ScopeName(ast, scope); !name.empty()) absl::StrAppend(out, " `", name, "`");
  absl::StrAppend(out, " ", Place(ast, scope.node));
  if (scope.parent.present()) absl::StrAppend(out, " in ", scope.parent.raw);
  if ((scope.flags & Scope::kDynamic) != 0) *out += " dynamic";
  if ((scope.flags & Scope::kGenerator) != 0) *out += " generator";
  *out += "\n";
  for (uint32_t i = 0; i < scope.symbol_count; ++i) {
    const Symbol& symbol = index.symbols()[scope.first_symbol + i];
    absl::StrAppend(out, "  ", ast.name(symbol.name));
    if ((symbol.flags & Symbol::kGlobal) != 0) *out += " global";
    if ((symbol.flags & Symbol::kNonlocal) != 0) *out += " nonlocal";
    *out += ":";
    for (DefId def = symbol.first; def.present(); def = index.definition(def).next) {
      absl::StrAppend(out, def == symbol.first ? " " : ", ", DefinitionLine(ast, index.definition(def)));
    }
    *out += "\n";
  }
}

void DumpGuard(const grammar::Ast& ast, NameId name, StaticNames::Meaning meaning, std::string* out) {
  using Meaning = StaticNames::Meaning;
  switch (meaning) {
    case Meaning::kTrue: absl::StrAppend(out, "guard ", ast.name(name), " true\n"); return;
    case Meaning::kFalse: absl::StrAppend(out, "guard ", ast.name(name), " false\n"); return;
    case Meaning::kTypeChecking: absl::StrAppend(out, "guard ", ast.name(name), " true for type checkers\n"); return;
    case Meaning::kSys:
    case Meaning::kOs:
    case Meaning::kVersionInfo:
    case Meaning::kPlatform:
    case Meaning::kOsName:
    case Meaning::kNone: return;
  }
}

void DumpImport(const ModuleIndex& index, const ImportRecord& record, std::string* out) {
  absl::StrAppend(out, "import ", Place(index.ast(), record.statement), " ", std::string(record.level, '.'),
                  index.ImportedName(record), NameOf(record.reach), FlagsOf(record.flags), "\n");
}

}  // namespace

std::string ModuleIndex::Dump() const {
  std::string out;
  for (uint32_t i = 0; i < scopes_.size(); ++i) DumpScope(*this, ScopeId(i), &out);
  for (const ImportRecord& record : imports_) DumpImport(*this, record, &out);
  for (const auto& [name, meaning] : static_names_.all()) DumpGuard(ast_, name, meaning, &out);
  for (const NodeId star : star_imports_) absl::StrAppend(&out, "star-import ", Place(ast_, star), "\n");
  for (const SetAttrCall& call : setattr_calls_) {
    absl::StrAppend(&out, "setattr ", Place(ast_, call.call), " in ", call.scope.raw, "\n");
  }
  for (const DefId id : attribute_stores_) {
    const auto attribute = ast_.Get<grammar::AttributeNode>(definition(id).node);
    absl::StrAppend(&out, "attribute-store ", ast_.name(ast_.Get<grammar::NameNode>(attribute.value()).name()), ".",
                    ast_.name(attribute.attribute()), " ", DefinitionLine(ast_, definition(id)), "\n");
  }
  if (exports_.all == Exports::All::kAbsent) return out;
  out += exports_.all == Exports::All::kKnown ? "exports:" : "exports, and perhaps more:";
  for (const NodeId name : exports_.names) absl::StrAppend(&out, " ", ast_.Get<grammar::StringNode>(name).text());
  out += "\n";
  for (const NodeId module : exports_.all_from_modules) {
    absl::StrAppend(&out, "exports of ", Place(ast_, module), "\n");
  }
  return out;
}

std::string ModuleIndex::DumpFlow() const {
  std::string out;
  for (uint32_t i = 0; i < flow_nodes_.size(); ++i) {
    const FlowNode& node = flow_nodes_[i];
    absl::StrAppend(&out, i, " ");
    const auto before = [&] {
      if (node.antecedent != 0) absl::StrAppend(&out, " <- ", node.antecedent);
    };
    switch (node.kind) {
      case FlowKind::kStart:
        absl::StrAppend(&out, "start of scope ", node.payload);
        before();
        break;
      case FlowKind::kUnreachable: out += "unreachable"; break;
      case FlowKind::kDefinition: {
        const Definition& made = definition(DefId(node.payload));
        absl::StrAppend(&out, made.symbol.present() ? ast_.name(symbol(made.symbol).name) : "(elsewhere)", " ",
                        DefinitionLine(ast_, made));
        before();
        break;
      }
      case FlowKind::kStarImport:
        absl::StrAppend(&out, "star import ", Place(ast_, NodeId(node.payload)));
        before();
        break;
      case FlowKind::kCondition:
        absl::StrAppend(&out, node.positive ? "if " : "if not ", Place(ast_, NodeId(node.payload)));
        before();
        break;
      case FlowKind::kJoin:
      case FlowKind::kLoop:
        out += node.kind == FlowKind::kJoin ? "join <-" : "loop <-";
        for (uint32_t k = 0; k < node.count; ++k) absl::StrAppend(&out, " ", flow_lists_[node.antecedent + k]);
        break;
    }
    out += "\n";
  }
  for (uint32_t i = 0; i < scopes_.size(); ++i) {
    if (scopes_[i].kind == ScopeKind::kInstance) continue;
    absl::StrAppend(&out, "end of scope ", i, ": ", scope_ends_[i].raw, "\n");
  }
  return out;
}

}  // namespace overt::bind
