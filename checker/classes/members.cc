// What the body of a class binds, one member a name.
#include "checker/classes/members.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "grammar/ast/definitions.h"

namespace overt::classes {

using bind::Definition;
using bind::DefKind;
using bind::ModuleIndex;
using bind::Reach;
using bind::Symbol;
using grammar::Ast;
using grammar::NodeKind;

namespace {

class BodyMembers {
 public:
  BodyMembers(const MemberTarget& target, const ModuleIndex& index, bind::ScopeId scope)
      : target_(target), index_(index), ast_(index.ast()), scope_(scope) {}

  void Add() {
    for (const bind::SymbolId symbol : SymbolsInOrder()) AddSymbol(symbol);
  }

 private:
  // Symbols are sorted by name; people read by position.
  std::vector<bind::SymbolId> SymbolsInOrder() const {
    std::vector<bind::SymbolId> symbols;
    const bind::Scope& scope = index_.scope(scope_);
    symbols.reserve(scope.symbol_count);
    for (uint32_t i = 0; i < scope.symbol_count; ++i) {
      const bind::SymbolId id(scope.first_symbol + i);
      const Symbol& symbol = index_.symbol(id);
      if ((symbol.flags & (Symbol::kGlobal | Symbol::kNonlocal)) == 0 && symbol.first.present()) symbols.push_back(id);
    }
    std::sort(symbols.begin(), symbols.end(),
              [this](bind::SymbolId a, bind::SymbolId b) { return index_.symbol(a).first < index_.symbol(b).first; });
    return symbols;
  }

  void AddSymbol(bind::SymbolId id) {
    const Symbol& symbol = index_.symbol(id);
    Member member;
    bool is_deleted = false;
    if (IsPlain(index_, symbol)) {
      member.definitions.push_back(symbol.first);
    } else if (!FindLive(id, member, is_deleted)) {
      return;
    }
    const absl::string_view name = ast_.name(symbol.name);
    member.name = MemberName(target_, name);
    member.file = target_.file();
    if (bind::IsPrivateName(name)) member.flags |= MemberFlags::kPrivate;
    if (member.definitions.size() > 1 || symbol.first != symbol.last) AddGroup(id, member.definitions);
    Describe(member);
    if (member.is(MemberFlags::kFinal) && !IsPlain(index_, symbol) && !IsFinalOnEveryPath(id, member)) {
      member.flags &= static_cast<uint16_t>(~MemberFlags::kFinal);
    }
    if (is_deleted) member.flags &= static_cast<uint16_t>(~(MemberFlags::kFinal | MemberFlags::kAbstract));
    target_.table.Add(std::move(member));
  }

  // The definitions at the end of the body; false if there is certainly none.
  bool FindLive(bind::SymbolId id, Member& member, bool& is_deleted) const {
    bool may_be_unbound = false;
    member.definitions = index_.FinalDefinitions(id, &may_be_unbound);
    if (!member.definitions.empty()) {
      const bool is_bound_somewhere =
          std::any_of(member.definitions.begin(), member.definitions.end(),
                      [this](DefId def) { return index_.definition(def).kind != DefKind::kDeclaration; });
      if (may_be_unbound && is_bound_somewhere) member.flags |= MemberFlags::kMaybe;
      return true;
    }
    // Deleted at the end: a subclass may still have been meant to see it, but nothing binds it to what was there.
    is_deleted = true;
    for (DefId def = index_.symbol(id).first; def.present(); def = index_.definition(def).next) {
      const Definition& definition = index_.definition(def);
      if (definition.reach != Reach::kNever && definition.kind != DefKind::kDeletion) member.definitions.push_back(def);
    }
    member.flags |= MemberFlags::kMaybe;
    return !member.definitions.empty();
  }

  // Accessors stand for the property that they extend, an implementation for its overloads: those count too.
  void AddGroup(bind::SymbolId id, std::vector<DefId>& all) const {
    std::vector<DefId> pending = all;
    const size_t live = all.size();
    while (!pending.empty()) {
      const DefId def = pending.back();
      pending.pop_back();
      const Definition& definition = index_.definition(def);
      if (definition.kind != DefKind::kFunction) continue;
      const FunctionFacts& facts = FactsOf(definition);
      for (const DefId before : index_.ReachingDefinitions(id, index_.FlowBefore(definition.statement), nullptr)) {
        if (std::find(all.begin(), all.end(), before) != all.end()) continue;
        if (!facts.extends_property && !IsOverload(before)) continue;
        all.push_back(before);
        pending.push_back(before);
      }
    }
    if (all.size() != live) std::sort(all.begin(), all.end());
  }

  const FunctionFacts& FactsOf(const Definition& def) const {
    return FactsIn(target_.engine, {target_.file(), def.node}, scope_);
  }
  bool IsOverload(DefId id) const {
    const Definition& def = index_.definition(id);
    return def.kind == DefKind::kFunction && FactsOf(def).is_overload;
  }

  // `if …: @final def run(self): … else: def run(self): …` may be redefined where the second one is made.
  bool IsFinalOnEveryPath(bind::SymbolId id, const Member& member) const {
    if (member.is(MemberFlags::kMaybe)) return false;
    const std::vector<DefId> live = index_.FinalDefinitions(id, nullptr);
    const auto is_final = [&](DefId def) {
      std::vector<DefId> group{def};
      AddGroup(id, group);
      return std::any_of(group.begin(), group.end(), [this](DefId one) { return SaysFinal(index_.definition(one)); });
    };
    return std::all_of(live.begin(), live.end(), is_final);
  }

  bool SaysFinal(const Definition& def) const {
    if (def.kind == DefKind::kFunction) return FactsOf(def).is_final;
    const bool is_annotated = def.kind == DefKind::kAnnotated || def.kind == DefKind::kDeclaration;
    return is_annotated && (Qualifiers(def) & MemberFlags::kFinal) != 0;
  }

  void Describe(Member& member) const {
    bool type_checking_only = true;
    for (const DefId id : member.definitions) {
      const Definition& def = index_.definition(id);
      type_checking_only &= (def.flags & Definition::kTypeCheckingOnly) != 0;
      if (def.reach == Reach::kMaybe && member.definitions.size() == 1) member.flags |= MemberFlags::kMaybe;
      DescribeBy(def, member);
    }
    if (type_checking_only) member.flags |= MemberFlags::kTypeCheckingOnly;
    member.name_range = NameRangeOf(ast_, index_.definition(member.definitions.back()));
  }

  // The last definition decides the kind, all of them the flags.
  void DescribeBy(const Definition& def, Member& member) const {
    switch (def.kind) {
      case DefKind::kFunction: DescribeFunction(FactsOf(def), member); return;
      case DefKind::kClass: member.kind = MemberKind::kClass; return;
      case DefKind::kDeclaration:
        member.kind = MemberKind::kDeclaration;
        member.flags |= Qualifiers(def);
        return;
      case DefKind::kAnnotated:
        member.kind = MemberKind::kAttribute;
        member.flags |= Qualifiers(def);
        return;
      case DefKind::kAssignment:
        member.kind = KindOfValue(def);
        if (IsAbstractValue(def)) member.flags |= MemberFlags::kAbstract;
        return;
      case DefKind::kImport:
      case DefKind::kImportAs:
      case DefKind::kImportFrom:
      case DefKind::kUnpacking:
      case DefKind::kAugmented:
      case DefKind::kLoopTarget:
      case DefKind::kWithTarget:
      case DefKind::kExceptionName:
      case DefKind::kCapture:
      case DefKind::kWalrus:
      case DefKind::kDeletion:
      case DefKind::kParameter:
      case DefKind::kTypeParameter:
      case DefKind::kTypeAlias:
      case DefKind::kInstanceStore:
      case DefKind::kInstanceDeclaration:
      case DefKind::kClassStore: member.kind = MemberKind::kAttribute; return;
    }
  }

  static void DescribeFunction(const FunctionFacts& facts, Member& member) {
    member.kind = facts.kind;
    if (facts.is_final) member.flags |= MemberFlags::kFinal;
    if (facts.is_abstract) member.flags |= MemberFlags::kAbstract;
    if (facts.is_override) member.flags |= MemberFlags::kOverride;
    if (facts.is_deprecated) member.flags |= MemberFlags::kDeprecated;
    if (facts.is_overload) member.flags |= MemberFlags::kOverloaded;
  }

  uint16_t Qualifiers(const Definition& def) const {
    if (ast_.kind(def.statement) != NodeKind::kAnnAssign) return 0;
    const Site site{target_.file(), &index_, scope_, index_.FlowBefore(def.statement)};
    return QualifierFlags(target_.engine, site, ast_.Get<grammar::AnnAssignNode>(def.statement).annotation());
  }

  // `x = property(f)`, `m = staticmethod(f)`.
  MemberKind KindOfValue(const Definition& def) const {
    if (ast_.kind(def.statement) != NodeKind::kAssign) return MemberKind::kAttribute;
    const NodeId value = ast_.Get<grammar::AssignNode>(def.statement).value();
    if (ast_.kind(value) != NodeKind::kCall) return MemberKind::kAttribute;
    const NodeId callee = ast_.Get<grammar::CallNode>(value).callee();
    // Looking up every call in every class would read every imported module.
    const absl::string_view name = TerminalName(ast_, callee);
    if (name != "property" && name != "staticmethod" && name != "classmethod" && name != "cached_property" &&
        name != "abstractproperty") {
      return MemberKind::kAttribute;
    }
    const Site site{target_.file(), &index_, scope_, index_.FlowBefore(def.statement)};
    const EntitySet values = EvaluateAlone(target_.engine, site, callee);
    if (Contains(values, SpecialForm::kPropertyClass) || Contains(values, SpecialForm::kAbstractProperty)) {
      return MemberKind::kProperty;
    }
    if (Contains(values, SpecialForm::kStaticMethod)) return MemberKind::kStaticMethod;
    if (Contains(values, SpecialForm::kClassMethod)) return MemberKind::kClassMethod;
    if (Contains(values, SpecialForm::kCachedProperty)) return MemberKind::kCachedProperty;
    return MemberKind::kAttribute;
  }

  // `m = abstractmethod(f)`.
  bool IsAbstractValue(const Definition& def) const {
    if (ast_.kind(def.statement) != NodeKind::kAssign) return false;
    const NodeId value = ast_.Get<grammar::AssignNode>(def.statement).value();
    if (ast_.kind(value) != NodeKind::kCall) return false;
    const NodeId callee = ast_.Get<grammar::CallNode>(value).callee();
    if (!absl::StartsWith(TerminalName(ast_, callee), "abstract")) return false;
    const Site site{target_.file(), &index_, scope_, index_.FlowBefore(def.statement)};
    const EntitySet values = EvaluateAlone(target_.engine, site, callee);
    return Contains(values, SpecialForm::kAbstractMethod) || Contains(values, SpecialForm::kAbstractProperty);
  }

  const MemberTarget& target_;
  const ModuleIndex& index_;
  const Ast& ast_;
  bind::ScopeId scope_;
};

}  // namespace

Atom MemberName(const MemberTarget& target, absl::string_view name) {
  if (!bind::IsPrivateName(name)) return target.engine.Intern(name);
  return target.engine.Intern(bind::Mangled(target.info.name, name));
}

Member MakeMember(const MemberTarget& target, absl::string_view name, MemberKind kind, TextRange range) {
  Member member;
  member.name = MemberName(target, name);
  member.kind = kind;
  member.file = target.file();
  member.name_range = range;
  if (bind::IsPrivateName(name)) member.flags |= MemberFlags::kPrivate;
  return member;
}

void AddSynthesized(const MemberTarget& target, absl::string_view name) {
  target.table.Add(MakeMember(target, name, MemberKind::kSynthesized, target.info.name_range));
}

void AddSynthesizedList(const MemberTarget& target, absl::string_view space_separated) {
  for (const absl::string_view name : absl::StrSplit(space_separated, ' ', absl::SkipEmpty())) {
    AddSynthesized(target, name);
  }
}

bool IsOfInitSubclass(const ModuleIndex& index, bind::ScopeId scope) {
  if (index.scope(scope).kind != bind::ScopeKind::kFunction) return false;
  return DefinedName(index.ast(), index.scope(scope).node) == "__init_subclass__";
}

TextRange NameRangeOf(const Ast& ast, const Definition& def) {
  switch (ast.kind(def.node)) {
    case NodeKind::kFunctionDef: return ast.range(ast.Get<grammar::FunctionDefNode>(def.node).name());
    case NodeKind::kClassDef: return ast.range(ast.Get<grammar::ClassDefNode>(def.node).name());
    case NodeKind::kTypeAlias: return ast.range(ast.Get<grammar::TypeAliasNode>(def.node).name());
    case NodeKind::kImportAlias: {
      const NodeId as_name = ast.Get<grammar::ImportAliasNode>(def.node).as_name();
      return ast.range(as_name.present() ? as_name : def.node);
    }
    case NodeKind::kAttribute: {
      // The attribute's own name ends where the node ends.
      const TextRange whole = ast.range(def.node);
      const auto size = static_cast<uint32_t>(ast.name(ast.Get<grammar::AttributeNode>(def.node).attribute()).size());
      return {std::max(whole.begin, whole.end - std::min(size, whole.end)), whole.end};
    }
    default: return ast.range(def.node);
  }
}

namespace {

// Looking up every annotation would read every imported module.
bool MayBeQualifier(absl::string_view name) { return name == "Final" || name == "ClassVar" || name == "Annotated"; }

uint16_t FlagsOf(const EntitySet& values) {
  uint16_t flags = 0;
  if (Contains(values, SpecialForm::kFinalQualifier)) flags |= MemberFlags::kFinal;
  if (Contains(values, SpecialForm::kClassVar)) flags |= MemberFlags::kClassVar;
  return flags;
}

// `"ClassVar[t.Final[int]]"`: what stands before each bracket, until it is no qualifier.
uint16_t QuotedQualifierFlags(Engine& engine, const Site& site, NodeId quoted) {
  uint16_t flags = 0;
  absl::string_view text = StringText(site.ast(), quoted);
  while (true) {
    const size_t end = std::min(text.find_first_of("[,]"), text.size());
    const absl::string_view head = absl::StripAsciiWhitespace(text.substr(0, end));
    if (!MayBeQualifier(head.substr(head.rfind('.') + 1))) return flags;
    flags |= FlagsOf(
        Query::Run(engine, [&](Query& query) { return QuotedValue(query, site, head, NodeRef{site.file, quoted}); }));
    if (end == text.size() || text[end] != '[') return flags;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

uint16_t QualifierFlags(Engine& engine, const Site& site, NodeId annotation) {
  const Ast& ast = site.ast();
  uint16_t flags = 0;
  // `ClassVar[Final[int]]`: one inside the other.
  for (int depth = 0; depth < 4 && annotation.present(); ++depth) {
    if (IsString(ast, annotation)) return flags | QuotedQualifierFlags(engine, site, annotation);
    const bool is_subscript = ast.kind(annotation) == NodeKind::kSubscript;
    const NodeId head = is_subscript ? ast.Get<grammar::SubscriptNode>(annotation).value() : annotation;
    if (!MayBeQualifier(TerminalName(ast, head))) return flags;
    flags |= FlagsOf(EvaluateAlone(engine, site, head));
    if (!is_subscript) return flags;
    NodeId inner = ast.Get<grammar::SubscriptNode>(annotation).index();
    bool is_display = false;
    if (const grammar::NodeList items = DisplayElements(ast, inner, &is_display); is_display && !items.empty()) {
      inner = items.front();
    }
    annotation = inner;
  }
  return flags;
}

void AddBodyMembers(const MemberTarget& target, const ModuleIndex& index, NodeId class_def) {
  const bind::ScopeId scope = index.ScopeOpenedBy(class_def);
  if (scope.present()) BodyMembers(target, index, scope).Add();
}

}  // namespace overt::classes
