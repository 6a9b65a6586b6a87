// The same class twice among the bases: CPython raises TypeError.
//
//   class B(A, A): ...      # lists `A` twice
//
// Source: "The Python 2.3 Method Resolution Order"; CPython's `type.__new__`.
#include <string>

#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

bool IsNamedTuple(const classes::Base& base) {
  return base.expression.present() && base.alternatives.size() == 1 &&
         base.alternatives[0].special == classes::SpecialForm::kNamedTuple;
}

bool IsClass(const classes::Base& base, classes::ClassRef wanted, const RuleContext& context) {
  // What a class really derives from when it lists `NamedTuple`.
  if (IsNamedTuple(base)) return wanted == context.classes.builtin("tuple");
  return base.expression.present() && base.alternatives.size() == 1 &&
         base.alternatives[0].kind != classes::EntityKind::kInstance && base.alternatives[0].class_ref == wanted;
}

// The class that is listed twice, told from other bases of that name.
std::string NameOf(classes::ClassRef twice, const ClassEvent& event, const RuleContext& context) {
  const classes::ClassInfo& info = context.classes.InfoOf(twice);
  for (const classes::Base& base : event.info.bases) {
    for (const classes::Entity& one : base.alternatives) {
      if (!one.is_class()) continue;
      const std::string name = ClassName(info, context.classes.InfoOf(one.class_ref));
      if (name != info.name) return name;
    }
  }
  return ClassName(info, event.info);
}

// `class A(Generic, typing.Iterable[T])`, `class A[T](Generic[T])`: one of the two is not written.
void ReportImplied(const ClassEvent& event, classes::ClassRef twice, RuleContext& context) {
  auto report = context.out.Begin(Rule::kDuplicateBase, event.info.name_range);
  if (!report) return;
  const std::string name = NameOf(twice, event, context);
  report.Title("`$0` has `$1` twice among its bases", event.info.name, name);
  for (const classes::Base& base : event.info.bases) {
    const Span span{context.file, base.expression.present() ? context.ast().range(base.expression) : TextRange()};
    if (IsClass(base, twice, context)) report.Label(span, "listed here");
    if (base.expression.present() && base.alternatives[0].is_typing_alias) {
      report.Label(span, absl::StrCat("stands for `", name, "` as well"));
    }
  }
}

}  // namespace

void CheckDuplicateBase(const ClassEvent& event, RuleContext& context) {
  if (event.refusal != Refusal::kDuplicate) return;
  const classes::ClassRef twice = event.mro.culprits.front();
  const classes::Base* first = nullptr;
  for (const classes::Base& base : event.info.bases) {
    if (!IsClass(base, twice, context)) continue;
    if (first == nullptr) {
      first = &base;
      continue;
    }
    auto report = context.out.Begin(Rule::kDuplicateBase, context.ast().range(base.expression));
    if (!report) return;
    const bool is_named_tuple = IsNamedTuple(base) && IsNamedTuple(*first);
    report
        .Title("`$0` lists `$1` twice among its bases", event.info.name,
               is_named_tuple ? "NamedTuple" : NameOf(twice, event, context))
        .Help("list it once")
        .Label({context.file, context.ast().range(first->expression)}, "first listed here");
    return;
  }
  ReportImplied(event, twice, context);
}

}  // namespace overt::rules
