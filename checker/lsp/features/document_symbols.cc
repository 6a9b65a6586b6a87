#include "checker/lsp/features/document_symbols.h"

#include <algorithm>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/lsp/features/place.h"
#include "grammar/ast/definitions.h"

namespace overt::lsp {
namespace {

using classes::ClassRef;
using classes::Inherited;
using classes::Member;
using classes::MemberKind;
using driver::Snapshot;
using grammar::Ast;
using grammar::NodeId;
using grammar::NodeKind;

// Nested so deep, nobody reads an outline.
constexpr size_t kMaxDepth = 64;

class Outline {
 public:
  Outline(const Snapshot& snapshot, FileId file)
      : snapshot_(snapshot), file_(file), index_(*snapshot.program->Index(file)), ast_(index_.ast()) {
    for (const bind::Definition& definition : index_.definitions()) {
      if (definition.symbol.present()) bound_.emplace(definition.node, &definition);
    }
  }

  std::vector<DocumentSymbol> Make() {
    std::vector<DocumentSymbol> symbols;
    Walk(ast_.root(), bind::ScopeKind::kModule, 0, symbols);
    return symbols;
  }

 private:
  // Adds what stands below `node`, which itself is none of it.
  void Walk(NodeId node, bind::ScopeKind scope, size_t depth, std::vector<DocumentSymbol>& out) {
    if (depth == kMaxDepth) return;
    ast_.ForEachChild(node, [&](NodeId child) {
      switch (ast_.kind(child)) {
        case NodeKind::kClassDef: return AddClass(child, depth, out);
        case NodeKind::kFunctionDef: return AddFunction(child, scope, depth, out);
        case NodeKind::kAssign:
          for (const NodeId target : ast_.Get<grammar::AssignNode>(child).targets()) AddName(target, child, scope, out);
          return;
        case NodeKind::kAnnAssign: return AddName(ast_.Get<grammar::AnnAssignNode>(child).target(), child, scope, out);
        case NodeKind::kTypeAlias: return AddTypeAlias(child, scope, out);
        default:
          if (HoldsStatements(child)) Walk(child, scope, depth + 1, out);
      }
    });
  }

  bool HoldsStatements(NodeId node) const {
    const NodeKind kind = ast_.kind(node);
    return grammar::CategoryOf(kind) == grammar::NodeCategory::kStatement || kind == NodeKind::kIfBranch ||
           kind == NodeKind::kExceptHandler || kind == NodeKind::kMatchCase;
  }

  // `name` is an Identifier, or the Name that an assignment binds.
  DocumentSymbol Symbol(DocumentSymbol::Kind kind, NodeId node, NodeId name) const {
    const absl::string_view text = ast_.kind(name) == NodeKind::kName
                                       ? ast_.name(ast_.Get<grammar::NameNode>(name).name())
                                       : ast_.name(ast_.Get<grammar::IdentifierNode>(name).name());
    return {kind, std::string(text), "", WholeOf(ast_, node), ast_.range(name), {}};
  }

  void AddClass(NodeId node, size_t depth, std::vector<DocumentSymbol>& out) {
    DocumentSymbol symbol = Symbol(DocumentSymbol::Kind::kClass, node, ast_.Get<grammar::ClassDefNode>(node).name());
    Walk(node, bind::ScopeKind::kClass, depth + 1, symbol.children);
    AddInstanceAttributes({file_, node}, symbol);
    out.push_back(std::move(symbol));
  }

  void AddFunction(NodeId node, bind::ScopeKind scope, size_t depth, std::vector<DocumentSymbol>& out) {
    DocumentSymbol symbol =
        Symbol(DocumentSymbol::Kind::kFunction, node, ast_.Get<grammar::FunctionDefNode>(node).name());
    if (scope == bind::ScopeKind::kClass) Describe(node, symbol);
    Walk(node, bind::ScopeKind::kFunction, depth + 1, symbol.children);
    out.push_back(std::move(symbol));
  }

  void Describe(NodeId function, DocumentSymbol& symbol) const {
    symbol.kind = symbol.name == "__init__" ? DocumentSymbol::Kind::kConstructor : DocumentSymbol::Kind::kMethod;
    const MemberKind kind = snapshot_.classes->FactsOf({file_, function}).kind;
    if (kind == MemberKind::kProperty || kind == MemberKind::kCachedProperty) {
      symbol.kind = DocumentSymbol::Kind::kProperty;
    }
    const std::optional<MemberPlace> member = Bound(function);
    if (!member) return;
    const std::vector<Inherited> bases = NotableBaseMembers(*snapshot_.classes, member->owner, member->name);
    if (bases.empty()) return;
    const absl::string_view verb = IsImplementation(*snapshot_.classes, bases.front()) ? "implements " : "overrides ";
    symbol.detail = absl::StrCat(verb, LabelsOf(*snapshot_.classes, bases));
  }

  // What `MemberBoundBy` says, for many nodes of one file.
  std::optional<MemberPlace> Bound(NodeId node) const {
    const auto found = bound_.find(node);
    if (found == bound_.end()) return std::nullopt;
    return MemberOf(snapshot_, file_, *found->second);
  }

  void AddName(NodeId target, NodeId statement, bind::ScopeKind scope, std::vector<DocumentSymbol>& out) {
    if (scope == bind::ScopeKind::kFunction) return;
    const NodeKind kind = ast_.kind(target);
    if (kind == NodeKind::kTuple || kind == NodeKind::kList || kind == NodeKind::kStarred) {
      ast_.ForEachChild(target, [&](NodeId element) { AddName(element, element, scope, out); });
      return;
    }
    if (kind == NodeKind::kName && IsFirstBinding(target)) out.push_back(Symbol(ValueKind(scope), statement, target));
  }

  void AddTypeAlias(NodeId node, bind::ScopeKind scope, std::vector<DocumentSymbol>& out) {
    if (scope == bind::ScopeKind::kFunction || !IsFirstBinding(node)) return;
    out.push_back(Symbol(ValueKind(scope), node, ast_.Get<grammar::TypeAliasNode>(node).name()));
  }

  static DocumentSymbol::Kind ValueKind(bind::ScopeKind scope) {
    return scope == bind::ScopeKind::kClass ? DocumentSymbol::Kind::kAttribute : DocumentSymbol::Kind::kVariable;
  }

  bool IsFirstBinding(NodeId node) const {
    const auto found = bound_.find(node);
    return found != bound_.end() && index_.definition(index_.symbol(found->second->symbol).first).node == node;
  }

  // Those that methods set on `self`, where the class body does not say them.
  void AddInstanceAttributes(ClassRef ref, DocumentSymbol& symbol) const {
    for (const Member& member : snapshot_.classes->MembersOf(ref).all()) {
      if (member.kind != MemberKind::kInstanceAttribute || member.file != file_) continue;
      if (!symbol.whole.contains(member.name_range)) continue;
      const absl::string_view name =
          bind::WrittenName(snapshot_.classes->InfoOf(ref).name, snapshot_.program->interner().text(member.name));
      symbol.children.push_back(
          {DocumentSymbol::Kind::kAttribute, std::string(name), "", member.name_range, member.name_range, {}});
    }
    absl::c_stable_sort(symbol.children, [](const DocumentSymbol& a, const DocumentSymbol& b) {
      return a.selection.begin < b.selection.begin;
    });
  }

  const Snapshot& snapshot_;
  const FileId file_;
  const bind::ModuleIndex& index_;
  const Ast& ast_;
  absl::flat_hash_map<NodeId, const bind::Definition*> bound_;
};

}  // namespace

std::vector<DocumentSymbol> DocumentSymbols(const Snapshot& snapshot, FileId file) {
  if (snapshot.program->Index(file) == nullptr) return {};
  return Outline(snapshot, file).Make();
}

}  // namespace overt::lsp
