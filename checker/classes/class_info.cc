// What a class statement, or a call that makes a class, says by itself.
#include "checker/classes/class_info.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/module_index.h"
#include "checker/classes/layout.h"
#include "checker/classes/members.h"
#include "checker/classes/runtime_bases.h"
#include "checker/classes/slots.h"
#include "checker/classes/steps.h"
#include "grammar/ast/definitions.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::ModuleIndex;
using bind::ScopeKind;
using grammar::Ast;
using grammar::NodeKind;

std::string QualifiedPrefix(const program::Program& program, FileId file, const ModuleIndex& index,
                            bind::ScopeId scope) {
  std::vector<absl::string_view> parts;
  const Ast& ast = index.ast();
  for (; scope.present() && scope.raw != 0; scope = index.scope(scope).parent) {
    const NodeId node = index.scope(scope).node;
    switch (index.scope(scope).kind) {
      case ScopeKind::kClass: parts.push_back(DefinedName(ast, node)); break;
      case ScopeKind::kFunction:
        parts.push_back("<locals>");
        parts.push_back(DefinedName(ast, node));
        break;
      case ScopeKind::kLambda:
        parts.push_back("<locals>");
        parts.push_back("<lambda>");
        break;
      case ScopeKind::kModule:
      case ScopeKind::kComprehension:
      case ScopeKind::kTypeParameters:
      case ScopeKind::kInstance: break;
    }
  }
  std::string out = program.file(file).module;
  if (!out.empty()) out += '.';
  for (size_t i = parts.size(); i > 0; --i) absl::StrAppend(&out, std::string(parts[i - 1]), ".");
  return out;
}

namespace {

// --- Class statements ------------------------------------------------------------------------------------------------

// Any number of classes may take their bases from one tuple.
constexpr size_t kMaxConstantBases = 16;

class StatementInfo {
 public:
  StatementInfo(Query& query, const Site& site, NodeId node, ClassInfo& info)
      : query_(query), site_(site), ast_(site.ast()), node_(ast_.Get<grammar::ClassDefNode>(node)), info_(info) {}

  void Fill() {
    for (const NodeId argument : node_.arguments()) AddArgument(argument);
    const ModuleIndex& index = *site_.index;
    if (!node_.type_parameters().empty()) AddImplied(GenericForm());
    if (info_.bases.empty() && !IsObject()) AddImplied(BuiltinValue(query_, "object"));
    for (const NodeId decorator : node_.decorators()) AddDecorator(decorator);
    if (AddsSlots(index, info_.ref.node) ||
        RuntimeBases::FixesLayout(query_.engine.program, info_, index.options().target.version)) {
      info_.flags |= ClassFlags::kDisjointBase;
    }
    const bind::ScopeId scope = index.ScopeOpenedBy(info_.ref.node);
    const bool is_dynamic = scope.present() && (index.scope(scope).flags & bind::Scope::kDynamic) != 0;
    if (is_dynamic || !ReadSlots(index, info_.ref.node).is_complete) info_.flags |= ClassFlags::kDynamicMembers;
  }

 private:
  bool IsObject() const {
    return info_.name == "object" && query_.engine.builtins.module == site_.file && site_.scope.raw == 0;
  }

  EntitySet GenericForm() {
    EntitySet generic = AttributeOfModule(query_, query_.engine.ModuleNamed("typing"), "Generic");
    for (Entity& entity : generic) entity.subscripted = true;
    return generic;
  }

  void AddImplied(EntitySet alternatives) { info_.bases.push_back({NodeId::None(), std::move(alternatives)}); }

  void AddBase(NodeId expression) { AddBaseFrom(site_, expression, expression); }

  // A base that is written at `site`, and stands at `place` in this statement.
  void AddBaseFrom(const Site& site, NodeId expression, NodeId place) {
    EntitySet values = EvaluateIn(query_, site, expression);
    if (values.empty()) values.push_back(UnknownEntity(UnknownReason::kUndefined, {site.file, expression}));
    if (values.size() == 1 && values[0].is_class() && AddWithMetaclass(values[0].class_ref)) return;
    for (const Entity& value : values) {
      const bool own = value.special == SpecialForm::kProtocol && value.kind == EntityKind::kSpecial;
      if (own) info_.flags |= ClassFlags::kProtocol;
      if (value.special == SpecialForm::kNamedTuple) info_.flags |= ClassFlags::kNamedTuple;
      if (value.special == SpecialForm::kTypedDict) info_.flags |= ClassFlags::kTypedDict;
    }
    if (DiffersAtRunTime(query_, site, expression)) info_.flags |= ClassFlags::kOtherAtRunTime;
    info_.bases.push_back({place, std::move(values)});
  }

  // `six.with_metaclass(Meta, Base)` stands for `Base, metaclass=Meta`.
  bool AddWithMetaclass(ClassRef made) {
    if (made.file != site_.file || ast_.kind(made.node) != NodeKind::kCall) return false;
    const auto call = ast_.Get<grammar::CallNode>(made.node);
    bool is_with_metaclass = false;
    for (const Entity& callee : EvaluateIn(query_, site_, call.callee())) {
      is_with_metaclass |= IsWithMetaclass(query_.engine, callee);
    }
    if (!is_with_metaclass) return false;
    bool is_first = true;
    for (const NodeId argument : call.arguments()) {
      if (is_first) {
        SetMetaclass(argument);
      } else {
        AddArgument(argument);
      }
      is_first = false;
    }
    return true;
  }

  void SetMetaclass(NodeId expression) {
    info_.metaclass_expression = expression;
    info_.metaclass = EvaluateIn(query_, site_, expression);
  }

  void AddStarred(NodeId starred) {
    bool is_display = false;
    const NodeId value = ast_.Get<grammar::StarredNode>(starred).value();
    for (const NodeId element : DisplayElements(ast_, value, &is_display)) {
      if (ast_.kind(element) == NodeKind::kStarred) {
        is_display = false;
        break;
      }
      AddBase(element);
    }
    if (is_display || AddConstant(starred, value)) return;
    info_.bases.push_back({starred, One(UnknownEntity(UnknownReason::kStarred, {site_.file, starred}))});
  }

  // `class C(*BASES)` below `BASES = (A, B)`; false for anything else.
  bool AddConstant(NodeId starred, NodeId value) {
    const ModuleIndex& index = *site_.index;
    const bind::Definition* definition = ConstantAt(value);
    if (definition == nullptr) return false;
    const NodeId tuple = AssignedValue(ast_, *definition);
    if (!tuple.present() || ast_.kind(tuple) != NodeKind::kTuple) return false;
    const grammar::NodeList elements = ast_.Get<grammar::TupleNode>(tuple).elements();
    if (elements.size() > kMaxConstantBases) return false;
    if (!absl::c_all_of(elements, [&](NodeId element) { return MayNameClass(element); })) return false;
    const Site there{site_.file, &index, index.module_scope(), index.FlowBefore(definition->statement)};
    for (const NodeId element : elements) AddBaseFrom(there, element, starred);
    return true;
  }

  // The only definition of a name of the module that no scope in between knows.
  const bind::Definition* ConstantAt(NodeId value) const {
    const ModuleIndex& index = *site_.index;
    if (ast_.kind(value) != NodeKind::kName) return nullptr;
    const grammar::NameId name = ast_.Get<grammar::NameNode>(value).name();
    for (bind::ScopeId scope = site_.scope; scope != index.module_scope(); scope = index.scope(scope).parent) {
      if (index.Find(scope, name).present()) return nullptr;
    }
    const bind::SymbolId symbol = index.Find(index.module_scope(), name);
    if (!symbol.present() || !IsPlain(index, index.symbol(symbol)) || index.BindsUnseen()) return nullptr;
    const bind::Definition& definition = index.definition(index.symbol(symbol).first);
    return (definition.flags & bind::Definition::kTypeCheckingOnly) != 0 ? nullptr : &definition;
  }

  // What makes a class anew, `with_metaclass(Meta)`, is not followed out of its statement.
  bool MayNameClass(NodeId expression) const {
    const NodeKind kind = ast_.kind(expression);
    if (kind == NodeKind::kSubscript) {
      return !TerminalName(ast_, ast_.Get<grammar::SubscriptNode>(expression).value()).empty();
    }
    return kind == NodeKind::kName || kind == NodeKind::kAttribute;
  }

  void AddArgument(NodeId argument) {
    switch (ast_.kind(argument)) {
      case NodeKind::kStarred: AddStarred(argument); return;
      case NodeKind::kKeyword: {
        const auto keyword = ast_.Get<grammar::KeywordNode>(argument);
        if (!keyword.name().present()) {
          info_.metaclass_expression = argument;  // `**options` may hold one
          info_.metaclass = One(UnknownEntity(UnknownReason::kUnsupported, {site_.file, argument}));
        } else if (keyword.name() == grammar::names::kMetaclass) {
          SetMetaclass(keyword.value());
        }
        return;
      }
      default: AddBase(argument); return;
    }
  }

  // --- Decorators ---

  void AddDecorator(NodeId decorator) {
    const NodeId expression = ast_.Get<grammar::DecoratorNode>(decorator).expression();
    const bool is_call = ast_.kind(expression) == NodeKind::kCall;
    const NodeId named = is_call ? ast_.Get<grammar::CallNode>(expression).callee() : expression;
    // What surely gives the class back says so by name; else what it gives back decides.
    const EntitySet callees = EvaluateIn(query_, site_, named);
    bool is_known = !callees.empty();
    for (const Entity& callee : callees) is_known &= AddSpecialDecorator(callee, expression);
    if (is_known) return;
    if (!is_call) {
      JudgeDecorator(callees);
    } else {
      JudgeDecorator(EvaluateIn(query_, site_, expression));
    }
  }

  // True: nothing more is to be known of it.
  bool AddSpecialDecorator(const Entity& callee, NodeId expression) {
    if (callee.kind == EntityKind::kInstance) return false;
    switch (callee.special) {
      case SpecialForm::kFinal:
        if (!info_.is(ClassFlags::kUnknownDecorator)) info_.flags |= ClassFlags::kFinalOutside;
        info_.flags |= ClassFlags::kFinal;
        return true;
      case SpecialForm::kTotalOrdering: info_.flags |= ClassFlags::kTotalOrdering; return true;
      case SpecialForm::kDisjointBase: info_.flags |= ClassFlags::kDisjointBase; return true;
      case SpecialForm::kNoTypeCheck: info_.flags |= ClassFlags::kNoTypeCheck; return true;
      case SpecialForm::kDeprecated: info_.flags |= ClassFlags::kDeprecated; return true;
      case SpecialForm::kDataclassTransform: info_.flags |= ClassFlags::kDataclassTransform; return true;
      case SpecialForm::kDataclass:
        info_.flags |= ClassFlags::kDataclass;
        if (!HasSlotsArgument(expression)) info_.flags |= ClassFlags::kPlainDataclass;
        return true;
      case SpecialForm::kAttrsDefine:
      case SpecialForm::kAttrsMutable:
      case SpecialForm::kAttrsFrozen:
      case SpecialForm::kAttrsS:
      case SpecialForm::kAttrsSShort:
      case SpecialForm::kAttrsDataclass: info_.flags |= ClassFlags::kDataclass; return true;
      case SpecialForm::kRuntimeCheckable:
      case SpecialForm::kIdentity:
      case SpecialForm::kOverride: return true;
      case SpecialForm::kSixAddMetaclass:
        if (ast_.kind(expression) == NodeKind::kCall) {
          const NodeId meta = PositionalArgument(ast_, ast_.Get<grammar::CallNode>(expression).arguments(), 0);
          if (meta.present()) SetMetaclass(meta);
        }
        return true;
      default: break;
    }
    if (callee.kind == EntityKind::kFunction && IsDataclassMaker(callee.node)) {
      info_.flags |= ClassFlags::kDataclass;
      return true;
    }
    return false;
  }

  bool HasSlotsArgument(NodeId decorator) const {
    if (ast_.kind(decorator) != NodeKind::kCall) return false;
    for (const NodeId argument : ast_.Get<grammar::CallNode>(decorator).arguments()) {
      if (ast_.kind(argument) != NodeKind::kKeyword) continue;
      const grammar::NameId name = ast_.Get<grammar::KeywordNode>(argument).name();
      if (!name.present() || ast_.name(name) == "slots") return true;
    }
    return false;
  }

  bool IsDataclassMaker(NodeRef function) {
    const ModuleIndex* index = query_.engine.program.Index(function.file);
    const Ast& ast = index->ast();
    for (const NodeId decorator : ast.Get<grammar::FunctionDefNode>(function.node).decorators()) {
      NodeId expression = ast.Get<grammar::DecoratorNode>(decorator).expression();
      if (ast.kind(expression) != NodeKind::kCall) continue;
      expression = ast.Get<grammar::CallNode>(expression).callee();
      if (TerminalName(ast, expression).empty()) continue;
      const Site site{function.file, index, index->ScopeAt(expression), index->FlowBefore(function.node)};
      if (Contains(EvaluateIn(query_, site, expression), SpecialForm::kDataclassTransform)) return true;
    }
    return false;
  }

  void JudgeDecorator(const EntitySet& decorators) {
    for (const Entity& entity : decorators) {
      // A path of `def deco(cls=None)` that no decoration takes.
      if (entity.kind == EntityKind::kValue && decorators.size() > 1) continue;
      const bool is_harmless = (entity.kind == EntityKind::kFunction && IsIdentity(query_, entity.node)) ||
                               entity.special == SpecialForm::kIdentity;
      if (!is_harmless) info_.flags |= ClassFlags::kUnknownDecorator;
    }
  }

  Query& query_;
  const Site& site_;
  const Ast& ast_;
  grammar::ClassDefNode node_;
  ClassInfo& info_;
};

// --- Calls -----------------------------------------------------------------------------------------------------------

class CallInfo {
 public:
  CallInfo(Query& query, const Site& site, NodeId node, ClassInfo& info)
      : query_(query), site_(site), ast_(site.ast()), node_(ast_.Get<grammar::CallNode>(node)), info_(info) {}

  void Fill() {
    Entity callee;
    for (const Entity& entity : EvaluateIn(query_, site_, node_.callee())) {
      if (entity.is_class() || entity.kind == EntityKind::kFunction || entity.kind == EntityKind::kSpecial) {
        callee = entity;
        break;
      }
    }
    FillName(Argument("typename", "name", 0));
    switch (callee.special) {
      case SpecialForm::kNamedTupleFunction:
      case SpecialForm::kNamedTuple:
        info_.form = ClassForm::kNamedTupleCall;
        info_.flags |= ClassFlags::kNamedTuple;
        AddImplied("tuple");
        return;
      case SpecialForm::kTypedDict:
        info_.form = ClassForm::kTypedDictCall;
        info_.flags |= ClassFlags::kTypedDict;
        info_.bases.push_back({NodeId::None(), One(callee)});
        return;
      case SpecialForm::kNewType:
        info_.form = ClassForm::kNewTypeCall;
        AddBase(Argument("tp", "", 1));
        return;
      case SpecialForm::kMakeDataclass:
        info_.form = ClassForm::kMakeDataclassCall;
        info_.flags |= ClassFlags::kDataclass;
        AddBases(Argument("bases", "", SIZE_MAX));
        return;
      case SpecialForm::kNewClass:
        info_.form = ClassForm::kOtherCall;
        AddBases(Argument("bases", "", 1));
        if (Argument("exec_body", "", 3).present()) info_.flags |= ClassFlags::kDynamicMembers;
        if (Argument("kwds", "", 2).present()) MarkMetaclassUnknown();
        return;
      default: break;
    }
    if (IsWithMetaclass(query_.engine, callee)) {
      FillWithMetaclass();
    } else if (callee.is_class() && HasAncestor(query_, callee.class_ref, SpecialForm::kEnum)) {
      info_.form = ClassForm::kEnumCall;
      if (const NodeId mixin = Argument("type", "", SIZE_MAX); mixin.present()) AddBase(mixin);
      info_.bases.push_back({node_.callee(), One(callee)});
    } else {
      FillTypeCall(callee);
    }
  }

 private:
  NodeId Argument(absl::string_view keyword, absl::string_view other, size_t position) const {
    if (position != SIZE_MAX) {
      const NodeId argument = PositionalArgument(ast_, node_.arguments(), position);
      if (argument.present()) return argument;
    }
    const NodeId value = KeywordValue(ast_, node_.arguments(), keyword);
    return value.present() || other.empty() ? value : KeywordValue(ast_, node_.arguments(), other);
  }

  void FillName(NodeId name) {
    info_.name_range = name.present() ? ast_.range(name) : ast_.range(node_.callee());
    info_.name = IsString(ast_, name) ? std::string(StringText(ast_, name)) : "<unnamed>";
  }

  void AddImplied(absl::string_view builtin) { info_.bases.push_back({NodeId::None(), BuiltinValue(query_, builtin)}); }

  void AddBase(NodeId expression) {
    if (!expression.present()) {
      AddImplied("object");
      return;
    }
    EntitySet values = EvaluateIn(query_, site_, expression);
    if (values.empty()) values.push_back(UnknownEntity(UnknownReason::kUndefined, {site_.file, expression}));
    info_.bases.push_back({expression, std::move(values)});
  }

  // A tuple of bases.
  void AddBases(NodeId tuple) {
    bool is_display = true;
    if (tuple.present()) {
      for (const NodeId element : DisplayElements(ast_, tuple, &is_display)) {
        if (ast_.kind(element) == NodeKind::kStarred) {
          is_display = false;
          break;
        }
        AddBase(element);
      }
    }
    if (!is_display) {
      info_.bases.push_back({tuple, One(UnknownEntity(UnknownReason::kStarred, {site_.file, tuple}))});
    }
    if (info_.bases.empty()) AddImplied("object");
  }

  void MarkMetaclassUnknown() {
    info_.metaclass_expression = node_.callee();
    info_.metaclass = One(UnknownEntity(UnknownReason::kUnsupported, {site_.file, info_.ref.node}));
  }

  void FillWithMetaclass() {
    info_.form = ClassForm::kOtherCall;
    info_.name = "<temporary>";
    bool is_first = true;
    for (const NodeId argument : node_.arguments()) {
      if (is_first) {
        info_.metaclass_expression = argument;
        info_.metaclass = EvaluateIn(query_, site_, argument);
      } else {
        AddBase(argument);
      }
      is_first = false;
    }
    if (info_.bases.empty()) AddImplied("object");
  }

  void FillTypeCall(const Entity& callee) {
    info_.form = ClassForm::kTypeCall;
    AddBases(Argument("bases", "", 1));
    if (callee.is_class() && callee.special != SpecialForm::kTypeClass) {
      info_.metaclass_expression = node_.callee();
      info_.metaclass = One(callee);
    }
  }

  Query& query_;
  const Site& site_;
  const Ast& ast_;
  grammar::CallNode node_;
  ClassInfo& info_;
};

ClassInfo ComputeInfo(Query& query, ClassRef ref) {
  ClassInfo info;
  info.ref = ref;
  const ModuleIndex* index = query.engine.program.Index(ref.file);
  if (index == nullptr) return info;
  const Ast& ast = index->ast();
  const Site site{ref.file, index, index->ScopeAt(ref.node), index->FlowBefore(ref.node)};
  if (EnclosingFunction(*index, site.scope).present()) info.flags |= ClassFlags::kInFunction;
  switch (ast.kind(ref.node)) {
    case NodeKind::kClassDef: {
      const auto node = ast.Get<grammar::ClassDefNode>(ref.node);
      info.name = std::string(DefinedName(ast, ref.node));
      info.name_range = ast.range(node.name());
      // Bases see the type parameters.
      Site inner = site;
      if (!node.type_parameters().empty()) {
        const bind::ScopeId own = index->ScopeOpenedBy(ref.node);
        if (own.present()) inner.scope = index->scope(own).parent;
      }
      StatementInfo(query, inner, ref.node, info).Fill();
      break;
    }
    case NodeKind::kCall: {
      CallInfo(query, site, ref.node, info).Fill();
      MemberTable scratch;
      if (AddCallMembers({query.engine, info, scratch}, *index, ref.node)) info.flags |= ClassFlags::kDynamicMembers;
      break;
    }
    case NodeKind::kName: {
      info.form = ClassForm::kSpecial;
      info.name = std::string(ast.name(ast.Get<grammar::NameNode>(ref.node).name()));
      info.name_range = ast.range(ref.node);
      const bool is_protocol = info.name == "Protocol";
      info.bases.push_back(
          {NodeId::None(), is_protocol ? AttributeOfModule(query, query.engine.ModuleNamed("typing"), "Generic")
                                       : BuiltinValue(query, "object")});
      if (is_protocol) {
        info.metaclass = AttributeOfModule(query, query.engine.ModuleNamed("typing"), "_ProtocolMeta");
      } else if (info.name != "Generic") {
        info.metaclass = AttributeOfModule(query, query.engine.ModuleNamed("abc"), "ABCMeta");
      }
      break;
    }
    default: break;
  }
  info.qualified = QualifiedPrefix(query.engine.program, ref.file, *index, site.scope) + info.name;
  return info;
}

}  // namespace

bool IsMethod(MemberKind kind) {
  switch (kind) {
    case MemberKind::kFunction:
    case MemberKind::kStaticMethod:
    case MemberKind::kClassMethod:
    case MemberKind::kProperty:
    case MemberKind::kCachedProperty:
    case MemberKind::kDecoratedFunction: return true;
    case MemberKind::kAttribute:
    case MemberKind::kDeclaration:
    case MemberKind::kClass:
    case MemberKind::kInstanceAttribute:
    case MemberKind::kSynthesized:
    case MemberKind::kInjected: return false;
  }
  return false;
}

const ClassInfo& OwnInfo(Query& query, ClassRef ref) {
  ClassSlot& slot = query.engine.SlotOf(ref);
  return query.Answer<ClassInfo>({FrameKind::kInfo, ref.file, ref.node.raw}, CellStore<ClassInfo>{slot.own},
                                 [&] { return ComputeInfo(query, ref); });
}

namespace {

// `NamedTuple.__mro_entries__ = …`: a function may say which classes it stands for.
bool StandsForClasses(const ModuleIndex& index, grammar::NameId function) {
  for (const DefId id : index.attribute_stores()) {
    const auto attribute = index.ast().Get<grammar::AttributeNode>(index.definition(id).node);
    if (index.ast().name(attribute.attribute()) == "__mro_entries__" &&
        index.ast().Get<grammar::NameNode>(attribute.value()).name() == function) {
      return true;
    }
  }
  // `setattr(f, "__mro_entries__", …)`, or any name.
  for (const bind::SetAttrCall& set : index.setattr_calls()) {
    const auto call = index.ast().Get<grammar::CallNode>(set.call);
    NodeId receiver = PositionalArgument(index.ast(), call.arguments(), 0);
    if (index.ast().kind(call.callee()) == NodeKind::kAttribute) {
      const NodeId space = index.ast().Get<grammar::AttributeNode>(call.callee()).value();
      receiver = index.ast().Get<grammar::AttributeNode>(space).value();
    }
    if (receiver.present() && index.ast().kind(receiver) == NodeKind::kName &&
        index.ast().Get<grammar::NameNode>(receiver).name() == function) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool IsRefusedAsBase(Query& query, const Entity& entity) {
  switch (entity.kind) {
    case EntityKind::kTypeVar:
    case EntityKind::kTypeAlias:
    case EntityKind::kModule:
    case EntityKind::kValue: return true;
    case EntityKind::kClass: return OwnInfo(query, entity.class_ref).form == ClassForm::kNewTypeCall;
    case EntityKind::kFunction: {
      const ModuleIndex& index = *query.engine.program.Index(entity.node.file);
      const auto def = index.ast().Get<grammar::FunctionDefNode>(entity.node.node);
      if (!def.decorators().empty() || entity.special != SpecialForm::kNone) return false;
      if (index.options().file_kind == grammar::FileKind::kStub) return false;
      return !StandsForClasses(index, index.ast().Get<grammar::IdentifierNode>(def.name()).name());
    }
    case EntityKind::kInstance:  // an object may say which classes it stands for
    case EntityKind::kUnknown:
    case EntityKind::kSpecial:
    case EntityKind::kAbsent: return false;
  }
  return false;
}

bool IsCertainlyNoClass(Query& query, const Base& base) {
  for (const Entity& entity : base.alternatives) {
    if (!IsRefusedAsBase(query, entity)) return false;
  }
  return !base.alternatives.empty() && base.expression.present();
}

}  // namespace overt::classes
