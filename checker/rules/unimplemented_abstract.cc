// A class that leaves members unimplemented which it inherits as abstract, and so can never have a proper instance.
//
//   @final
//   class Store(MutableMapping): ...     # lacks `__getitem__`, `__setitem__`, …; and nobody may add them
//   @final
//   class Circle(Shape): ...             # lacks what the protocol `Shape` only declares
//
// An error on `@final` classes; off for others unless switched on, then for classes that do not say themselves that
// they are abstract. spec: qualifiers (@final), protocol ("Explicitly declaring implementation"); the `abc` module.
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::ClassFlags;
using classes::ClassInfo;
using classes::ClassRef;
using classes::Entity;
using classes::Inherited;
using classes::Member;
using classes::MemberFlags;
using classes::MemberKind;

// The class says that it is abstract: a protocol, `ABC` among its bases, `metaclass=ABCMeta`, own abstract members.
bool IsMeantAbstract(const ClassEvent& event, const RuleContext& context) {
  if (event.info.is(ClassFlags::kProtocol) || event.info.metaclass_expression.present()) return true;
  for (const classes::Base& base : event.info.bases) {
    for (const Entity& entity : base.alternatives) {
      if (entity.is_class() && context.classes.InfoOf(entity.class_ref).qualified == "abc.ABC") return true;
    }
  }
  for (const Member& member : context.classes.MembersOf(event.info.ref).all()) {
    if (member.is(MemberFlags::kAbstract)) return true;
  }
  return false;
}

// What typeshed calls abstract and CPython does not, found by deriving from every class of the library with 3.11 and
// 3.13: classes that have no `ABCMeta`.
constexpr absl::string_view kPlainClasses[] = {
    "asyncio.events.BaseDefaultEventLoopPolicy",
    "asyncio.events._BaseDefaultEventLoopPolicy",
    "asyncio.unix_events.BaseChildWatcher",
    "mailbox._singlefileMailbox",
};

// Members that are None or have a body of their own there, by `__abstractmethods__` of the same versions (`joinpath`
// from 3.12 on).
struct AbstractOnlyInStub {
  absl::string_view owner, name;
};
constexpr AbstractOnlyInStub kAbstractOnlyInStubs[] = {
    {"numbers.Number", "__hash__"},
    {"typing.Coroutine", "close"},
    {"importlib.abc.Traversable", "joinpath"},
    {"importlib.abc.Traversable", "read_bytes"},
    {"importlib.abc.Traversable", "read_text"},
    {"importlib.resources.abc.Traversable", "joinpath"},
    {"importlib.resources.abc.Traversable", "read_bytes"},
    {"importlib.resources.abc.Traversable", "read_text"},
};

bool IsAbstractMember(const Inherited& one, const RuleContext& context) {
  const std::string& owner = context.classes.InfoOf(one.owner).qualified;
  const absl::string_view name = context.Text(one.member->name);
  return absl::c_none_of(kAbstractOnlyInStubs,
                         [&](const AbstractOnlyInStub& row) { return row.owner == owner && row.name == name; });
}

// Only then does Python refuse an instance: `ABCMeta` finds the abstract members, `object.__new__` looks at what it
// found. Built-in classes make their instances themselves.
bool IsEnforced(const ClassEvent& event, const RuleContext& context) {
  const classes::ClassRef layout = event.mro.layout;
  if (layout.present() && context.program.file(layout.file).is_bundled) return false;
  if (!event.mro.metaclass.present() || event.mro.metaclass_unknown) return false;
  for (const classes::ClassRef ref : event.mro.order) {
    if (!context.program.file(ref.file).is_bundled) continue;
    if (absl::c_linear_search(kPlainClasses, context.classes.InfoOf(ref).qualified)) return false;
  }
  for (const classes::ClassRef ref : context.classes.MroOf(event.mro.metaclass).order) {
    if (context.classes.InfoOf(ref).qualified == "abc.ABCMeta") return true;
  }
  return false;
}

// --- What a protocol leaves open
// --------------------------------------------------------------------------------------

// A body of `...` that cannot give what the annotation promises. Without an annotation, or with `None`, it may be
// meant.
bool IsOpenFunction(FileId file, const bind::Definition& definition, const RuleContext& context) {
  if (definition.kind != bind::DefKind::kFunction) return false;
  const grammar::Ast& ast = context.program.Index(file)->ast();
  const grammar::NodeId returns = ast.Get<grammar::FunctionDefNode>(definition.node).returns();
  if (!returns.present() || ast.kind(returns) == grammar::NodeKind::kNone) return false;
  return context.classes.FactsOf({file, definition.node}).is_empty_body;
}

// `x: int` in the body, `self.x = …` in a method of the same class.
bool IsSetByMethod(const Member& member, const RuleContext& context) {
  const bind::ModuleIndex* index = context.program.Index(member.file);
  if (index == nullptr || member.definitions.empty()) return true;
  const bind::ScopeId instance = index->scope(index->definition(member.definitions.front()).scope).instance;
  return instance.present() && index->Find(instance, context.Text(member.name)).present();
}

bool IsOpen(const Member& member, const RuleContext& context) {
  switch (member.kind) {
    case MemberKind::kDeclaration:
      return !absl::StartsWith(context.Text(member.name), "__") && !IsSetByMethod(member, context);
    case MemberKind::kFunction:
    case MemberKind::kStaticMethod:
    case MemberKind::kClassMethod:
    case MemberKind::kProperty: break;
    case MemberKind::kCachedProperty:
    case MemberKind::kDecoratedFunction:
    case MemberKind::kAttribute:
    case MemberKind::kClass:
    case MemberKind::kInstanceAttribute:
    case MemberKind::kSynthesized:
    case MemberKind::kInjected: return false;
  }
  const bind::ModuleIndex* index = context.program.Index(member.file);
  if (index == nullptr || member.definitions.empty()) return false;
  return absl::c_all_of(member.definitions,
                        [&](bind::DefId id) { return IsOpenFunction(member.file, index->definition(id), context); });
}

// A protocol whose source is there to be read: stubs leave all bodies out.
bool IsReadProtocol(const ClassInfo& info, const RuleContext& context) {
  return info.is(ClassFlags::kProtocol) && !context.program.file(info.ref.file).is_stub;
}

// Members of protocols that no class of the order fills in. A method must come before the open one; where an attribute
// is set does not matter, since the protocol puts nothing there.
std::vector<Inherited> OpenMembers(const ClassEvent& event, const RuleContext& context) {
  absl::flat_hash_set<grammar::Atom> set, settled;
  std::vector<Inherited> open;
  for (const ClassRef ref : event.mro.order) {
    const bool is_protocol = IsReadProtocol(context.classes.InfoOf(ref), context);
    for (const Member& member : context.classes.MembersOf(ref).all()) {
      if (!is_protocol || member.is(MemberFlags::kAbstract) || !IsOpen(member, context)) {
        settled.insert(member.name);
        set.insert(member.name);
      } else if (settled.insert(member.name).second) {
        open.push_back({classes::Certainty::kFound, ref, &member, false});
      }
    }
  }
  std::erase_if(open, [&](const Inherited& one) {
    return one.member->kind == MemberKind::kDeclaration && set.contains(one.member->name);
  });
  return open;
}

// Whether instances have what no class body shows: what a decorator adds, `setattr`, `__getattr__`.
bool MayHaveMore(const ClassEvent& event, const RuleContext& context) {
  if (event.info.is(ClassFlags::kDynamicMembers | ClassFlags::kUnknownDecorator)) return true;
  const grammar::Atom getattr = context.program.interner().Intern("__getattr__");
  return absl::c_any_of(event.mro.order,
                        [&](ClassRef ref) { return context.classes.MembersOf(ref).Find(getattr) != nullptr; });
}

// Whether some class of the order has members that cannot be listed: `locals()[…] = …` in its body, a metaclass that
// adds to its namespace.
bool HasOpenNamespace(const ClassEvent& event, const RuleContext& context) {
  return absl::c_any_of(event.mro.order,
                        [&](ClassRef ref) { return context.classes.InfoOf(ref).is(ClassFlags::kDynamicMembers); });
}

// --- The sentence
// -----------------------------------------------------------------------------------------------------

void Report(const ClassEvent& event, const std::vector<Inherited>& missing, DiagnosticBuilder report,
            const RuleContext& context) {
  constexpr size_t kMostNamed = 5;
  std::vector<std::string> names;
  bool all_abstract = true;
  for (const Inherited& one : missing) {
    const bool is_abstract = one.member->is(MemberFlags::kAbstract);
    all_abstract &= is_abstract;
    if (names.size() == kMostNamed) continue;
    names.push_back(std::string(context.Text(one.member->name)));
    report.Label(
        SpanOf(*one.member),
        absl::StrCat("`", names.back(), is_abstract ? "` is abstract in `" : "` is only declared by the protocol `",
                     ClassName(context.classes.InfoOf(one.owner), event.info), "`"));
  }
  report.Title("`$0`$1 leaves $2 unimplemented: $3", event.info.name,
               event.info.is(ClassFlags::kFinal) ? " is final but" : "", all_abstract ? "abstract members" : "members",
               JoinNames(names, missing.size() - names.size()));
}

}  // namespace

void CheckUnimplementedAbstract(const ClassEvent& event, RuleContext& context) {
  const bool is_final = event.info.is(ClassFlags::kFinal);
  if (!is_final && !context.out.Wants(Rule::kUnimplementedAbstract)) return;
  if (event.mro.status != classes::MroStatus::kFine || !event.mro.complete()) return;
  if (!is_final && IsMeantAbstract(event, context)) return;
  if (HasOpenNamespace(event, context)) return;
  std::vector<Inherited> missing;
  if (IsEnforced(event, context)) missing = context.classes.UnimplementedMembers(event.info.ref);
  std::erase_if(missing, [&](const Inherited& one) { return !IsAbstractMember(one, context); });
  const bool has_protocol = (event.mro.ancestor_flags & ClassFlags::kProtocol) != 0;
  if (has_protocol && !event.info.is(ClassFlags::kProtocol) && !MayHaveMore(event, context)) {
    for (const Inherited& open : OpenMembers(event, context)) missing.push_back(open);
  }
  if (missing.empty()) return;
  auto report = context.out.BeginAt(Rule::kUnimplementedAbstract, event.info.name_range,
                                    is_final ? Severity::kError : Severity::kIgnore);
  if (report) Report(event, missing, std::move(report), context);
}

}  // namespace overt::rules
