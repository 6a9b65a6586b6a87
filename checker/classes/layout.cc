#include "checker/classes/layout.h"

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "checker/classes/slots.h"
#include "checker/classes/steps.h"
#include "grammar/ast/definitions.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::DefKind;
using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

bool IsNewSlot(const Ast& ast, NodeId name) {
  if (!IsString(ast, name)) return false;
  const absl::string_view text = StringText(ast, name);
  return text != "__dict__" && text != "__weakref__";
}

bool HasNewSlot(const Ast& ast, NodeId value) {
  if (IsString(ast, value)) return IsNewSlot(ast, value);
  if (ast.kind(value) == NodeKind::kDict) {
    for (const NodeId item : ast.Get<grammar::DictNode>(value).items()) {
      const NodeId key = ast.Get<grammar::DictItemNode>(item).key();
      if (key.present() && IsNewSlot(ast, key)) return true;
    }
    return false;
  }
  bool is_display = false;
  for (const NodeId element : DisplayElements(ast, value, &is_display)) {
    if (IsNewSlot(ast, element)) return true;
  }
  return false;
}

// What makes slots of fields, and of which.
enum class SlotsMaker : uint8_t {
  kNone,
  kDataclass,
  kAnnotated,  // attrs: `x: int`
  kCalls,      // attrs: `x = attr.ib()`
  kEither,     // attrs: calls if one of them has no annotation, else what is annotated
};

// Whether a keyword is written as `True`; `otherwise` if it is not there.
bool IsTrueKeyword(const Ast& ast, grammar::NodeList arguments, absl::string_view name, bool otherwise) {
  const NodeId value = KeywordValue(ast, arguments, name);
  return value.present() ? ast.kind(value) == NodeKind::kTrue : otherwise;
}

// `@define(these=…)`, `@define(field_transformer=…)`, `@define(**options)`: which fields there are cannot be read.
bool HidesFields(const Ast& ast, grammar::NodeList arguments) {
  return absl::c_any_of(arguments, [&](NodeId argument) {
    if (ast.kind(argument) != NodeKind::kKeyword) return true;
    const grammar::NameId name = ast.Get<grammar::KeywordNode>(argument).name();
    return !name.present() || ast.name(name) == "these" || ast.name(name) == "field_transformer";
  });
}

// `has_slots` and `fields`: what holds where the arguments do not say it.
SlotsMaker AttrsMaker(const Ast& ast, grammar::NodeList arguments, bool has_slots, SlotsMaker fields) {
  if (HidesFields(ast, arguments) || !IsTrueKeyword(ast, arguments, "slots", has_slots)) return SlotsMaker::kNone;
  const NodeId automatic = KeywordValue(ast, arguments, "auto_attribs");
  if (!automatic.present()) return fields;
  switch (ast.kind(automatic)) {
    case NodeKind::kTrue: return SlotsMaker::kAnnotated;
    case NodeKind::kFalse: return SlotsMaker::kCalls;
    default: return SlotsMaker::kNone;
  }
}

SlotsMaker MakerOf(const Ast& ast, SpecialForm special, grammar::NodeList arguments) {
  switch (special) {
    case SpecialForm::kDataclass:
      return IsTrueKeyword(ast, arguments, "slots", false) ? SlotsMaker::kDataclass : SlotsMaker::kNone;
    case SpecialForm::kAttrsDefine:
    case SpecialForm::kAttrsMutable:
    case SpecialForm::kAttrsFrozen: return AttrsMaker(ast, arguments, true, SlotsMaker::kEither);
    case SpecialForm::kAttrsS:
    case SpecialForm::kAttrsSShort: return AttrsMaker(ast, arguments, false, SlotsMaker::kCalls);
    case SpecialForm::kAttrsDataclass: return AttrsMaker(ast, arguments, false, SlotsMaker::kAnnotated);
    default: return SlotsMaker::kNone;
  }
}

// What else stands above the class gives it back: who asks has seen to that.
SlotsMaker SlotsMakerOf(Query& query, const Site& site, NodeId class_def) {
  const Ast& ast = site.ast();
  for (const NodeId decorator : grammar::DecoratorsOf(ast, class_def)) {
    NodeId named = ast.Get<grammar::DecoratorNode>(decorator).expression();
    grammar::NodeList arguments;
    if (ast.kind(named) == NodeKind::kCall) {
      const auto call = ast.Get<grammar::CallNode>(named);
      arguments = call.arguments();
      named = call.callee();
    }
    const EntitySet callee = EvaluateIn(query, site, named);
    if (callee.size() != 1) continue;
    if (const SlotsMaker maker = MakerOf(ast, callee[0].special, arguments); maker != SlotsMaker::kNone) return maker;
  }
  return SlotsMaker::kNone;
}

// `ClassVar[int]`, `InitVar[int]`, `KW_ONLY`, and what cannot be read, are no fields.
bool IsFieldAnnotation(const Ast& ast, NodeId annotation) {
  if (IsString(ast, annotation)) {
    const absl::string_view text = StringText(ast, annotation);
    return !absl::StrContains(text, "Var") && !absl::StrContains(text, "KW_ONLY");
  }
  if (ast.kind(annotation) == NodeKind::kSubscript) annotation = ast.Get<grammar::SubscriptNode>(annotation).value();
  const absl::string_view name = TerminalName(ast, annotation);
  return name != "ClassVar" && name != "InitVar" && name != "KW_ONLY" && name != "Annotated";
}

}  // namespace

bool AddsSlots(const ModuleIndex& index, NodeId class_def) {
  const bind::ScopeId scope = index.ScopeOpenedBy(class_def);
  if (!scope.present() || (index.scope(scope).flags & bind::Scope::kDynamic) != 0) return false;
  const bind::SymbolId slots = index.Find(scope, grammar::names::kSlots);
  if (!slots.present()) return false;
  const bind::Definition& definition = index.definition(index.symbol(slots).last);
  if (definition.reach != bind::Reach::kAlways) return false;
  const NodeId value = AssignedValue(index.ast(), definition);
  return value.present() && HasNewSlot(index.ast(), value) && !ChangesSlots(index, class_def);
}

namespace {

// What the body of a class says of its fields.
class FieldReader {
 public:
  FieldReader(Query& query, FileId file, const ModuleIndex& index, bind::ScopeId body)
      : query_(query), index_(index), site_{file, &index, body, bind::FlowId::None()} {}

  std::vector<grammar::NameId> Read(SlotsMaker maker) {
    const bind::Scope& body = index_.scope(site_.scope);
    const bool has_calls = maker == SlotsMaker::kCalls || maker == SlotsMaker::kEither;
    for (uint32_t i = 0; i < body.symbol_count; ++i) {
      const bind::Symbol& symbol = index_.symbol(bind::SymbolId(body.first_symbol + i));
      Note(symbol, has_calls);
    }
    may_have_bare_call_ |= (body.flags & bind::Scope::kDynamic) != 0;
    switch (maker) {
      case SlotsMaker::kNone: return {};
      case SlotsMaker::kDataclass:
      case SlotsMaker::kAnnotated: return std::move(annotated_);
      case SlotsMaker::kCalls: return std::move(called_);
      case SlotsMaker::kEither: break;
    }
    if (has_bare_call_) return std::move(called_);
    return std::move(may_have_bare_call_ ? annotated_calls_ : annotated_);
  }

 private:
  void Note(const bind::Symbol& symbol, bool has_calls) {
    if (!symbol.first.present()) return;
    const bind::Definition& definition = index_.definition(symbol.first);
    constexpr uint8_t kElsewhere = bind::Definition::kTypeCheckingOnly | bind::Definition::kFromInner;
    const bool is_certain =
        symbol.first == symbol.last && definition.reach == bind::Reach::kAlways && (definition.flags & kElsewhere) == 0;
    const bool is_call = is_certain && has_calls && IsCall(definition);
    if (is_call) called_.push_back(symbol.name);
    if (is_certain && definition.kind == DefKind::kAssignment) has_bare_call_ |= is_call;
    if (has_calls && !is_call) NoteOthers(symbol);
    if (!is_certain || !IsAnnotatedField(definition)) return;
    annotated_.push_back(symbol.name);
    if (is_call) annotated_calls_.push_back(symbol.name);
  }

  bool IsAnnotatedField(const bind::Definition& definition) const {
    if (definition.kind != DefKind::kAnnotated && definition.kind != DefKind::kDeclaration) return false;
    const Ast& ast = index_.ast();
    if (!ast.Is<grammar::AnnAssignNode>(definition.statement)) return false;
    return IsFieldAnnotation(ast, ast.Get<grammar::AnnAssignNode>(definition.statement).annotation());
  }

  void NoteOthers(const bind::Symbol& symbol) {
    for (bind::DefId id = symbol.first; id.present(); id = index_.definition(id).next) {
      may_have_bare_call_ |= MayBeBareCall(index_.definition(id));
    }
  }

  // Whether it may bind a field that has no annotation: `x = positive_int()`.
  bool MayBeBareCall(const bind::Definition& definition) const {
    switch (definition.kind) {
      case DefKind::kClass:
      case DefKind::kFunction:
      case DefKind::kDeclaration:
      case DefKind::kImport:
      case DefKind::kImportAs: return false;
      case DefKind::kAnnotated:
        if (IsAnnotatedField(definition)) return false;
        break;
      case DefKind::kAssignment: break;
      default: return true;
    }
    const Ast& ast = index_.ast();
    const NodeId value = AssignedValue(ast, definition);
    if (!value.present()) return true;
    switch (ast.kind(value)) {
      case NodeKind::kNumber:
      case NodeKind::kString:
      case NodeKind::kConcatenatedString:
      case NodeKind::kFormattedString:
      case NodeKind::kTrue:
      case NodeKind::kFalse:
      case NodeKind::kNone:
      case NodeKind::kTuple:
      case NodeKind::kList:
      case NodeKind::kSet:
      case NodeKind::kDict:
      case NodeKind::kLambda: return false;
      default: return true;
    }
  }

  // `attr.ib()`, `attrs.field()`.
  bool IsCall(const bind::Definition& definition) {
    const Ast& ast = index_.ast();
    const NodeId value = AssignedValue(ast, definition);
    if (!value.present() || ast.kind(value) != NodeKind::kCall) return false;
    const NodeId callee = ast.Get<grammar::CallNode>(value).callee();
    const absl::string_view name = TerminalName(ast, callee);
    if (name != "field" && name != "ib" && name != "attrib" && name != "attr") return false;
    site_.flow = index_.FlowBefore(definition.statement);
    const EntitySet values = EvaluateIn(query_, site_, callee);
    return !values.empty() && absl::c_all_of(values, [&](const Entity& entity) {
      if (entity.kind != EntityKind::kFunction) return false;
      const absl::string_view module = query_.engine.program.file(entity.node.file).module;
      return module == "attrs" || module == "attr" || absl::StartsWith(module, "attr.");
    });
  }

  Query& query_;
  const ModuleIndex& index_;
  Site site_;
  std::vector<grammar::NameId> annotated_, called_, annotated_calls_;
  bool has_bare_call_ = false;
  bool may_have_bare_call_ = false;
};

}  // namespace

std::vector<grammar::NameId> SlotFields(Query& query, FileId file, NodeId class_def) {
  const ModuleIndex& index = *query.engine.program.Index(file);
  if (!index.ast().Is<grammar::ClassDefNode>(class_def)) return {};
  const bind::ScopeId body = index.ScopeOpenedBy(class_def);
  if (!body.present()) return {};
  const Site site{file, &index, index.ScopeAt(class_def), index.FlowBefore(class_def)};
  const SlotsMaker maker = SlotsMakerOf(query, site, class_def);
  if (maker == SlotsMaker::kNone) return {};
  return FieldReader(query, file, index, body).Read(maker);
}

bool HasVariableSize(absl::string_view builtin, grammar::PythonVersion version) {
  if (builtin == "tuple") return version < grammar::PythonVersion{3, 15};
  return builtin == "int" || builtin == "bytes" || builtin == "type";
}

}  // namespace overt::classes
