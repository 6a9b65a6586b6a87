// What annotations say of a name, as far as classes go: `type[Base]` is Base or a class below it.
#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "checker/classes/steps.h"
#include "grammar/base/names.h"

namespace overt::classes {

using grammar::Ast;
using grammar::NodeKind;

namespace {

Entity InstanceOf(const Entity& cls) {
  Entity entity;
  entity.kind = EntityKind::kInstance;
  entity.class_ref = cls.class_ref;
  entity.is_declared = true;
  return entity;
}

// `type[X]`: the class X, and what may stand below it.
EntitySet ClassesOf(const EntitySet& named, NodeRef place) {
  EntitySet out;
  for (const Entity& entity : named) {
    if (entity.is_class()) {
      AddTo(out, entity);
      AddTo(out, UnknownEntity(UnknownReason::kParameter, place));
    } else {
      AddTo(out, UnknownEntity(entity.reason == UnknownReason::kNone ? UnknownReason::kAny : entity.reason, place));
    }
  }
  return out;
}

// What a name annotated with one of these is.
EntitySet InstancesOf(const EntitySet& named, NodeRef place) {
  EntitySet out;
  for (const Entity& entity : named) {
    if (entity.special == SpecialForm::kAny || entity.special == SpecialForm::kObject) {
      AddTo(out, UnknownEntity(UnknownReason::kAny, place));  // `object` says nothing: it may be a class
    } else if (entity.special == SpecialForm::kTypeClass) {
      AddTo(out, UnknownEntity(UnknownReason::kAny, place));
    } else if (entity.is_class()) {
      AddTo(out, InstanceOf(entity));
    } else if (entity.kind == EntityKind::kValue) {
      AddTo(out, entity);  // `None`
    } else {
      AddTo(out, UnknownEntity(entity.reason == UnknownReason::kNone ? UnknownReason::kAny : entity.reason, place));
    }
  }
  return out;
}

bool IsTypeForm(const EntitySet& set) {
  return Contains(set, SpecialForm::kTypeClass) || Contains(set, SpecialForm::kType);
}

EntitySet AnnotatedSubscript(Query& query, const Site& site, NodeId annotation, NodeRef place) {
  const auto subscript = site.ast().Get<grammar::SubscriptNode>(annotation);
  const EntitySet outer = EvaluateIn(query, site, subscript.value());
  if (IsTypeForm(outer)) {
    if (IsString(site.ast(), subscript.index())) {
      return ClassesOf(QuotedValue(query, site, StringText(site.ast(), subscript.index()), place), place);
    }
    return ClassesOf(EvaluateIn(query, site, subscript.index()), place);
  }
  const bool is_transparent = Contains(outer, SpecialForm::kFinalQualifier) ||
                              Contains(outer, SpecialForm::kClassVar) || Contains(outer, SpecialForm::kOptional);
  if (is_transparent || Contains(outer, SpecialForm::kUnion) || Contains(outer, SpecialForm::kAnnotated)) {
    bool is_display = false;
    const grammar::NodeList items = DisplayElements(site.ast(), subscript.index(), &is_display);
    EntitySet out;
    if (!is_display) return AnnotatedValue(query, site, subscript.index());
    for (const NodeId item : items) {
      AddAllTo(out, AnnotatedValue(query, site, item));
      if (Contains(outer, SpecialForm::kAnnotated)) break;
    }
    return out;
  }
  return InstancesOf(outer, place);
}

}  // namespace

EntitySet AnnotatedValue(Query& query, const Site& site, NodeId annotation) {
  const Ast& ast = site.ast();
  const NodeRef place{site.file, annotation};
  const Query::Nesting nesting(query);
  if (nesting.too_deep()) return One(UnknownEntity(UnknownReason::kUnsupported, place));
  switch (ast.kind(annotation)) {
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kNone: return InstancesOf(EvaluateIn(query, site, annotation), place);
    case NodeKind::kSubscript: return AnnotatedSubscript(query, site, annotation, place);
    case NodeKind::kBinaryOp: {
      const auto binary = ast.Get<grammar::BinaryOpNode>(annotation);
      EntitySet out = AnnotatedValue(query, site, binary.left());
      AddAllTo(out, AnnotatedValue(query, site, binary.right()));
      return out;
    }
    case NodeKind::kString: {
      if (!IsString(ast, annotation)) break;
      absl::string_view text = absl::StripAsciiWhitespace(StringText(ast, annotation));
      if ((absl::ConsumePrefix(&text, "type[") || absl::ConsumePrefix(&text, "Type[") ||
           absl::ConsumePrefix(&text, "typing.Type[")) &&
          absl::ConsumeSuffix(&text, "]")) {
        return ClassesOf(QuotedValue(query, site, text, place), place);
      }
      return InstancesOf(QuotedValue(query, site, text, place), place);
    }
    default: break;
  }
  return One(UnknownEntity(UnknownReason::kAny, place));
}

EntitySet DeclaredAs(Query& query, const Site& site, NodeId annotation, EntitySet value) {
  const EntitySet object = BuiltinValue(query, "object");
  bool says_little = false;
  for (const Entity& entity : value) {
    says_little |= entity.is_unknown() || (entity.is_class() && !object.empty() && entity == object[0]);
  }
  const NodeRef place{site.file, annotation};
  const EntitySet written = IsString(site.ast(), annotation)
                                ? QuotedValue(query, site, StringText(site.ast(), annotation), place)
                                : EvaluateIn(query, site, annotation);
  if (Contains(written, SpecialForm::kAny)) AddTo(value, UnknownEntity(UnknownReason::kAny, place));
  if (!says_little) return value;
  for (const Entity& declared : AnnotatedValue(query, site, annotation)) {
    if (declared.is_class()) AddTo(value, declared);
  }
  return value;
}

EntitySet QuotedValue(Query& query, const Site& site, absl::string_view text, NodeRef place) {
  text = absl::StripAsciiWhitespace(text);
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '.') {
      return One(UnknownEntity(UnknownReason::kUnsupported, place));
    }
  }
  // The name may be defined further down: what the module has at its end.
  const size_t dot = text.find('.');
  Entity module;
  module.kind = EntityKind::kModule;
  module.module = site.file;
  EntitySet values = AttributeOfModule(query, module, text.substr(0, dot));
  if (AllAre(values, EntityKind::kAbsent)) values = BuiltinValue(query, text.substr(0, dot));
  while (text.find('.') != absl::string_view::npos) {
    text = text.substr(text.find('.') + 1);
    values = AttributeOf(query, values, text.substr(0, text.find('.')), place);
  }
  return values;
}

}  // namespace overt::classes
