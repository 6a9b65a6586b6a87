// `global`, `nonlocal` and imports: what the compiler's symbol table refuses. All of it is rare, so it may look again.
#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grammar/verdict/tokenizer.h"
#include "grammar/verdict/tree_judge.h"

namespace overt::grammar {

void TreeJudge::NoteDeclarations(NodeId id, NodeList names, const Node& node) {
  const bool is_nonlocal = KindOf(id) == NodeKind::kNonlocal;
  const Frame* scope = ScopeAt(node.begin);
  if (is_nonlocal && scope == nullptr) {
    return Refuse({node.begin, node.end}, "`nonlocal` at module level");
  }
  Declaration declaration;
  declaration.is_nonlocal = is_nonlocal;
  if (scope != nullptr) declaration.scope = scope->node;
  if (is_nonlocal) {
    for (size_t i = frames_.size(); i-- > 0;) {
      const Frame& frame = frames_[i];
      const bool is_function = frame.kind == Frame::Kind::kFunction || frame.kind == Frame::Kind::kLambda;
      if (is_function && frame.node != scope->node && Holds(frame, node.begin))
        declaration.enclosing.push_back(frame.node);
      // A method sees its class as `__class__`.
      if (frame.kind == Frame::Kind::kClass && frame.node != scope->node && Holds(frame, node.begin)) {
        declaration.enclosing.push_back(frame.node);
      }
    }
  }
  for (const NodeId name : names) {
    declaration.name = IdentifierNode(ast_, name).name();
    declaration.range = ast_.range(name);
    declarations_.push_back(declaration);
  }
}

// The part of a scope's source where its own names live: the body.
TextRange TreeJudge::InnerOf(NodeId scope) const {
  if (!scope.present()) return {0, ast_.source_size()};
  const TextRange range = ast_.range(scope);
  switch (KindOf(scope)) {
    case NodeKind::kFunctionDef: {
      const FunctionDefNode function(ast_, scope);
      const uint32_t parameters = ast_.range(function.parameters()).end;
      const uint32_t begin = function.returns().present() ? ast_.range(function.returns()).end : parameters;
      return {std::min(begin, range.end), range.end};
    }
    case NodeKind::kClassDef: {
      const ClassDefNode definition(ast_, scope);
      uint32_t begin = ast_.range(definition.name()).end;
      if (!definition.arguments().empty()) begin = ast_.range(definition.arguments().back()).end;
      return {std::min(begin, range.end), range.end};
    }
    case NodeKind::kLambda: return ast_.range(LambdaNode(ast_, scope).body());
    default: return range;
  }
}

void TreeJudge::CheckDeclarations() {
  std::reverse(declarations_.begin(), declarations_.end());  // into the order of the source
  absl::flat_hash_map<uint32_t, std::vector<const Declaration*>> by_scope;
  std::vector<NodeId> scopes;
  for (const Declaration& declaration : declarations_) {
    std::vector<const Declaration*>& own = by_scope[declaration.scope.raw];
    if (own.empty()) scopes.push_back(declaration.scope);
    own.push_back(&declaration);
  }
  for (const NodeId scope : scopes) CheckUsesBefore(scope, by_scope[scope.raw]);
  for (const Declaration& declaration : declarations_) {
    if (!declaration.is_nonlocal) continue;
    const bool found = std::any_of(declaration.enclosing.begin(), declaration.enclosing.end(), [&](NodeId outer) {
      if (KindOf(outer) == NodeKind::kClassDef) return ast_.name(declaration.name) == "__class__";
      return BindingsOf(outer).contains(declaration.name);
    });
    if (!found) {
      Refuse(declaration.range, absl::StrCat("no function around this one binds `", NameOf(declaration.name),
                                             "`, which `nonlocal` declares"));
    }
  }
}

// The nodes of the scope, from its last to its first, without those of the scopes within it.
void TreeJudge::CheckUsesBefore(NodeId scope, const std::vector<const Declaration*>& declarations) {
  absl::flat_hash_map<NameId, const Declaration*> last;
  for (const Declaration* declaration : declarations) {
    const Declaration*& known = last[declaration->name];
    if (known != nullptr && known->is_nonlocal != declaration->is_nonlocal) {
      Refuse(declaration->range,
             absl::StrCat("`", NameOf(declaration->name), "` is declared both nonlocal and global"));
    }
    known = declaration;
  }
  absl::flat_hash_set<NameId> reported;
  const auto report = [&](NameId name, absl::string_view what) {
    if (!reported.insert(name).second) return;
    const Declaration& declaration = *last[name];
    Refuse(declaration.range,
           absl::StrCat("`", NameOf(name), "` ", what, " `", declaration.is_nonlocal ? "nonlocal" : "global", "`"));
  };
  const TextRange inner = InnerOf(scope);
  const TextRange whole = scope.present() ? ast_.range(scope) : inner;
  std::vector<TextRange> others;  // parts that belong to other scopes
  for (uint32_t raw = scope.present() ? scope.raw : ast_.node_count(); raw-- > 0;) {
    const NodeId id(raw);
    const Node& node = ast_.node(id);
    const TextRange range{node.begin, node.end};
    if (!whole.contains(range) && node.kind != NodeKind::kDecorator) break;
    while (!others.empty() && others.back().begin >= range.end) others.pop_back();
    const bool elsewhere =
        std::any_of(others.begin(), others.end(), [&](TextRange other) { return other.contains(range); });
    if (elsewhere) continue;
    NameId name;
    switch (node.kind) {
      case NodeKind::kParameter:
        if (scope.present() && range.begin < inner.begin && last.contains(ParameterNode(ast_, id).name())) {
          report(ParameterNode(ast_, id).name(), "is a parameter and cannot be declared");
        }
        continue;
      case NodeKind::kName: name = NameNode(ast_, id).name(); break;
      case NodeKind::kIdentifier: name = IdentifierNode(ast_, id).name(); break;
      case NodeKind::kImportAlias:
        name = ImportAliasNode(ast_, id).as_name().present() ? NameId() : ImportAliasNode(ast_, id).name();
        break;
      case NodeKind::kAnnAssign: {
        const NodeId target = AnnAssignNode(ast_, id).target();
        const bool plain = KindOf(target) == NodeKind::kName && (node.flags & NodeFlags::kParenthesized) == 0;
        if (plain && inner.contains(range) && last.contains(NameNode(ast_, target).name())) {
          report(NameNode(ast_, target).name(), "has an annotation and cannot be declared");
        }
        continue;
      }
      case NodeKind::kGlobal:
      case NodeKind::kNonlocal: others.push_back(range); continue;
      case NodeKind::kFunctionDef:
      case NodeKind::kClassDef:
      case NodeKind::kLambda: others.push_back(InnerOf(id)); continue;
      case NodeKind::kListComp:
      case NodeKind::kSetComp:
      case NodeKind::kDictComp:
      case NodeKind::kGeneratorExp: {
        const NodeList generators = GeneratorsOf(id);
        if (generators.empty()) continue;
        const TextRange hole = ast_.range(ComprehensionNode(ast_, generators.front()).iterable());
        others.push_back({hole.end, range.end});
        others.push_back({range.begin, hole.begin});
        continue;
      }
      default: continue;
    }
    if (!inner.contains(range)) continue;
    const auto found = last.find(name);
    if (found != last.end() && range.begin < found->second->range.begin) report(name, "is used before it is declared");
  }
}

const absl::flat_hash_set<NameId>& TreeJudge::BindingsOf(NodeId function) {
  const auto [entry, is_new] = bindings_.try_emplace(function.raw);
  if (is_new) CollectBindings(function, entry->second);
  return entry->second;
}

void TreeJudge::CollectTargets(NodeId target, absl::flat_hash_set<NameId>& bound) const {
  std::vector<NodeId> pending = {target};
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    switch (KindOf(id)) {
      case NodeKind::kName: bound.insert(NameNode(ast_, id).name()); break;
      case NodeKind::kStarred: pending.push_back(StarredNode(ast_, id).value()); break;
      case NodeKind::kTuple:
        for (const NodeId element : TupleNode(ast_, id).elements()) pending.push_back(element);
        break;
      case NodeKind::kList:
        for (const NodeId element : ListNode(ast_, id).elements()) pending.push_back(element);
        break;
      default: break;
    }
  }
}

// Names that the function binds and does not declare global.
void TreeJudge::CollectBindings(NodeId function, absl::flat_hash_set<NameId>& bound) const {
  const TextRange inner = InnerOf(function);
  const TextRange whole = ast_.range(function);
  std::vector<TextRange> others;
  std::vector<NameId> globals;
  for (uint32_t raw = function.raw; raw-- > 0;) {
    const NodeId id(raw);
    const Node& node = ast_.node(id);
    const TextRange range{node.begin, node.end};
    if (!whole.contains(range) && node.kind != NodeKind::kDecorator) break;
    while (!others.empty() && others.back().begin >= range.end) others.pop_back();
    if (std::any_of(others.begin(), others.end(), [&](TextRange other) { return other.contains(range); })) continue;
    switch (node.kind) {
      case NodeKind::kParameter:
        if (range.begin < inner.begin || KindOf(function) == NodeKind::kLambda)
          bound.insert(ParameterNode(ast_, id).name());
        break;
      case NodeKind::kAssign:
        for (const NodeId target : AssignNode(ast_, id).targets()) CollectTargets(target, bound);
        break;
      case NodeKind::kAugAssign: CollectTargets(AugAssignNode(ast_, id).target(), bound); break;
      case NodeKind::kAnnAssign:
        // `(x): int` binds nothing.
        if (const AnnAssignNode assign(ast_, id); assign.value().present() || !IsParenthesised(assign.target())) {
          CollectTargets(assign.target(), bound);
        }
        break;
      case NodeKind::kFor: CollectTargets(ForNode(ast_, id).target(), bound); break;
      case NodeKind::kWithItem:
        if (WithItemNode(ast_, id).target().present()) CollectTargets(WithItemNode(ast_, id).target(), bound);
        break;
      case NodeKind::kNamedExpr: CollectTargets(NamedExprNode(ast_, id).target(), bound); break;
      case NodeKind::kDelete:
        for (const NodeId target : DeleteNode(ast_, id).targets()) CollectTargets(target, bound);
        break;
      case NodeKind::kIdentifier: bound.insert(IdentifierNode(ast_, id).name()); break;
      case NodeKind::kImportAlias: {
        if (ImportAliasNode(ast_, id).as_name().present()) break;
        const absl::string_view name = ast_.name(ImportAliasNode(ast_, id).name());
        const NameId first = ast_.FindName(name.substr(0, name.find('.')));
        if (first.present()) bound.insert(first);
        break;
      }
      case NodeKind::kGlobal:
        for (const NodeId name : GlobalNode(ast_, id).names()) globals.push_back(IdentifierNode(ast_, name).name());
        others.push_back(range);
        break;
      case NodeKind::kNonlocal:
        others.push_back(range);
        for (const NodeId name : NonlocalNode(ast_, id).names()) bound.insert(IdentifierNode(ast_, name).name());
        break;
      case NodeKind::kFunctionDef:
      case NodeKind::kClassDef:
      case NodeKind::kLambda: others.push_back(InnerOf(id)); break;
      default: break;
    }
  }
  for (const NameId name : globals) bound.erase(name);
}

// --- Imports
// ----------------------------------------------------------------------------------------------------------

bool TreeJudge::IsFutureImport(NodeId id) const {
  if (KindOf(id) != NodeKind::kImportFrom) return false;
  const ImportFromNode import(ast_, id);
  return import.small() == 0 && import.module().present() && ast_.name(import.module()) == "__future__";
}

// They stand at the beginning, behind strings and one another.
// Plain text, of one literal or several.
bool TreeJudge::IsDocString(NodeId statement) const {
  if (KindOf(statement) != NodeKind::kExpressionStatement) return false;
  const NodeId value = ExpressionStatementNode(ast_, statement).value();
  const auto is_text = [this](NodeId id) {
    return KindOf(id) == NodeKind::kString && (ast_.node(id).flags & NodeFlags::kBytes) == 0;
  };
  return KindOf(value) == NodeKind::kConcatenatedString
             ? absl::c_all_of(ConcatenatedStringNode(ast_, value).parts(), is_text)
             : is_text(value);
}

void TreeJudge::FindFutureImports() {
  if (ast_.node_count() == 0 || KindOf(ast_.root()) != NodeKind::kModule) return;
  for (const NodeId id : ModuleNode(ast_, ast_.root()).body()) {
    if (IsFutureImport(id)) {
      future_end_ = ast_.range(id).end;
      for (const NodeId alias : ImportFromNode(ast_, id).names()) {
        future_annotations_ = future_annotations_ || ast_.name(ImportAliasNode(ast_, alias).name()) == "annotations";
      }
      continue;
    }
    if (id != ModuleNode(ast_, ast_.root()).body().front() || !IsDocString(id)) return;
  }
}

void TreeJudge::CheckDottedName(NameId name) {
  absl::string_view rest = ast_.name(name);
  while (!rest.empty()) {
    const size_t dot = std::min(rest.find('.'), rest.size());
    if (KeywordOf(rest.substr(0, dot)) != Keyword::kNone) return Doubt();
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
}

void TreeJudge::CheckLazy(const Node& node) {
  if ((node.flags & NodeFlags::kLazy) == 0) return;
  Needs(15, {node.begin, node.end}, "lazy imports");
  if (ScopeAt(node.begin) != nullptr) Refuse({node.begin, node.end}, "a lazy import stands at module level only", 15);
}

void TreeJudge::CheckImport(NodeId id) {
  const Node& node = ast_.node(id);
  CheckLazy(node);
  for (const NodeId alias : ImportNode(ast_, id).names()) CheckDottedName(ImportAliasNode(ast_, alias).name());
  if (node.end > 0 && (text_[node.end - 1] == ',' || CharacterAfter(node.end) == ',')) Doubt();
}

void TreeJudge::CheckImportFrom(NodeId id) {
  static constexpr absl::string_view kFeatures[] = {
      "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
      "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations",
  };
  const Node& node = ast_.node(id);
  const ImportFromNode import(ast_, id);
  CheckLazy(node);
  if (import.module().present()) CheckDottedName(import.module());
  if (node.end > 0 && (text_[node.end - 1] == ',' || CharacterAfter(node.end) == ',')) Doubt();
  const bool future = IsFutureImport(id);
  if (future && node.end > future_end_) {
    Refuse({node.begin, node.end}, "`from __future__` imports stand at the beginning of the file");
  }
  for (const NodeId alias : import.names()) {
    const absl::string_view name = ast_.name(ImportAliasNode(ast_, alias).name());
    if (absl::StrContains(name, ".")) Doubt();
    if (name == "*" && (node.flags & NodeFlags::kLazy) != 0) {
      Refuse(ast_.range(alias), "a lazy import names what it imports", 15);
    }
    if (name == "*" && ScopeAt(node.begin) != nullptr) {
      Refuse(ast_.range(alias), "`import *` stands at module level only");
    }
    if (future && std::find(std::begin(kFeatures), std::end(kFeatures), name) == std::end(kFeatures)) {
      Refuse(ast_.range(alias), name == "braces" ? std::string("`braces`: not a chance")
                                                 : absl::StrCat("`__future__` has no feature `", name, "`"));
    }
  }
}

// `__debug__` is a constant. Hardly any file writes the name, so that a second walk is cheap.
void TreeJudge::CheckDebugName() {
  const NameId debug = debug_;
  if (!debug.present()) return;
  absl::flat_hash_set<NameId> bound;
  const auto refuse_target = [&](NodeId target) {
    bound.clear();
    CollectTargets(target, bound);
    if (bound.contains(debug)) Refuse(ast_.range(target), "cannot assign to `__debug__`");
    const bool attribute = KindOf(target) == NodeKind::kAttribute && AttributeNode(ast_, target).attribute() == debug;
    if (attribute) Refuse(ast_.range(target), "cannot assign to `__debug__`");
  };
  for (uint32_t raw = 0; raw < ast_.node_count(); ++raw) {
    const NodeId id(raw);
    bool named = false;
    switch (KindOf(id)) {
      case NodeKind::kIdentifier: named = IdentifierNode(ast_, id).name() == debug; break;
      case NodeKind::kParameter: named = ParameterNode(ast_, id).name() == debug; break;
      case NodeKind::kKeyword: named = KeywordNode(ast_, id).name() == debug; break;
      case NodeKind::kImportAlias:
        named = ImportAliasNode(ast_, id).name() == debug && !ImportAliasNode(ast_, id).as_name().present();
        break;
      case NodeKind::kAssign:
        for (const NodeId target : AssignNode(ast_, id).targets()) refuse_target(target);
        break;
      case NodeKind::kAugAssign: refuse_target(AugAssignNode(ast_, id).target()); break;
      case NodeKind::kAnnAssign: refuse_target(AnnAssignNode(ast_, id).target()); break;
      case NodeKind::kFor: refuse_target(ForNode(ast_, id).target()); break;
      case NodeKind::kComprehension: refuse_target(ComprehensionNode(ast_, id).target()); break;
      case NodeKind::kWithItem:
        if (WithItemNode(ast_, id).target().present()) refuse_target(WithItemNode(ast_, id).target());
        break;
      case NodeKind::kNamedExpr: refuse_target(NamedExprNode(ast_, id).target()); break;
      case NodeKind::kDelete:
        for (const NodeId target : DeleteNode(ast_, id).targets()) refuse_target(target);
        break;
      default: break;
    }
    if (named) Refuse(ast_.range(id), "cannot assign to `__debug__`");
  }
}

}  // namespace overt::grammar
