// A class that leaves abstract members unimplemented and so can never have an instance.
//
//   @final
//   class Store(MutableMapping): ...     # lacks `__getitem__`, `__setitem__`, …; and nobody may add them
//
// An error on `@final` classes; off for others unless switched on, then for classes that do not say themselves that
// they are abstract. spec: qualifiers (@final), class-compat; the `abc` module.
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::ClassFlags;
using classes::Entity;
using classes::Inherited;
using classes::MemberFlags;
using classes::SpecialForm;

// The class says that it is abstract: a protocol, `ABC` among its bases, `metaclass=ABCMeta`, own abstract members.
bool IsMeantAbstract(const ClassEvent& event, const RuleContext& context) {
  if (event.info.is(ClassFlags::kProtocol) || event.info.metaclass_expression.present()) return true;
  for (const classes::Base& base : event.info.bases) {
    for (const Entity& entity : base.alternatives) {
      if (entity.is_class() && context.classes.InfoOf(entity.class_ref).qualified == "abc.ABC") return true;
    }
  }
  for (const classes::Member& member : context.classes.MembersOf(event.info.ref).all()) {
    if (member.is(MemberFlags::kAbstract)) return true;
  }
  return false;
}

// What typeshed calls abstract and CPython does not, found by deriving from every class of the library with 3.11 and
// 3.13: classes that have no `ABCMeta`, and one member that is None.
constexpr absl::string_view kPlainClasses[] = {
    "asyncio.events.BaseDefaultEventLoopPolicy",
    "asyncio.events._BaseDefaultEventLoopPolicy",
    "asyncio.unix_events.BaseChildWatcher",
    "mailbox._singlefileMailbox",
};

bool IsAbstractMember(const Inherited& one, const RuleContext& context) {
  return context.Text(one.member->name) != "__hash__" || context.classes.InfoOf(one.owner).qualified != "numbers.Number";
}

// Only then does Python refuse an instance: `ABCMeta` finds the abstract members, `object.__new__` looks at what it
// found. Built-in classes make their instances themselves.
bool IsEnforced(const ClassEvent& event, const RuleContext& context) {
  const classes::ClassRef layout = event.mro.layout;
  if (layout.present() && context.program.file(layout.file).is_bundled) return false;
  if (!event.mro.metaclass.present()) return false;
  for (const classes::ClassRef ref : event.mro.order) {
    if (!context.program.file(ref.file).is_bundled) continue;
    if (absl::c_linear_search(kPlainClasses, context.classes.InfoOf(ref).qualified)) return false;
  }
  for (const classes::ClassRef ref : context.classes.MroOf(event.mro.metaclass).order) {
    if (context.classes.InfoOf(ref).qualified == "abc.ABCMeta") return true;
  }
  return false;
}

void Report(const ClassEvent& event, const std::vector<Inherited>& missing, DiagnosticBuilder report,
            const RuleContext& context) {
  constexpr size_t kMostNamed = 5;
  std::vector<std::string> names;
  for (const Inherited& one : missing) {
    if (names.size() == kMostNamed) break;
    names.push_back(std::string(context.Text(one.member->name)));
    report.Label(SpanOf(*one.member),
                 absl::StrCat("`", names.back(), "` is abstract in `",
                              ClassName(context.classes.InfoOf(one.owner), event.info), "`"));
  }
  const std::string rest =
      missing.size() > names.size() ? absl::StrCat(" and ", missing.size() - names.size(), " more") : "";
  report.Title("`$0`$1 leaves abstract members unimplemented: $2$3", event.info.name,
               event.info.is(ClassFlags::kFinal) ? " is final but" : "", JoinNames(names), rest);
}

}  // namespace

void CheckUnimplementedAbstract(const ClassEvent& event, RuleContext& context) {
  const bool is_final = event.info.is(ClassFlags::kFinal);
  if (!is_final && !context.out.Wants(Rule::kUnimplementedAbstract)) return;
  if (event.mro.status != classes::MroStatus::kFine || !event.mro.complete()) return;
  if (!is_final && IsMeantAbstract(event, context)) return;
  if (!IsEnforced(event, context)) return;
  std::vector<Inherited> missing = context.classes.UnimplementedMembers(event.info.ref);
  std::erase_if(missing, [&](const Inherited& one) { return !IsAbstractMember(one, context); });
  if (missing.empty()) return;
  auto report = context.out.BeginAt(Rule::kUnimplementedAbstract, event.info.name_range,
                                    is_final ? Severity::kError : Severity::kIgnore);
  if (report) Report(event, missing, std::move(report), context);
}

}  // namespace overt::rules
