#include "checker/rules/run_rules.h"

#include <utility>

#include "checker/rules/refusal.h"
#include "checker/rules/rule_functions.h"
#include "grammar/ast/definitions.h"

namespace overt::rules {
namespace {

using classes::Certainty;
using classes::ClassRef;
using classes::Member;

void RunOnClass(const ClassEvent& event, RuleContext& context) {
#define ON_CLASS(rule, function) \
  if (context.out.Wants(Rule::rule)) function(event, context);
#define ON_ANY_CLASS(rule, function) function(event, context);
#include "checker/rules/hooks.def"
}

void RunOnMember(const MemberEvent& event, RuleContext& context) {
#define ON_MEMBER(rule, function) \
  if (context.out.Wants(Rule::rule)) function(event, context);
#include "checker/rules/hooks.def"
}

// What the target version and platform never run makes no class: no rule is asked. The body of a function that stands
// in dead code is as dead as the function.
bool IsNeverRun(ClassRef ref, const bind::ModuleIndex& index) {
  if (!index.IsReachable(ref.node)) return true;
  for (bind::ScopeId id = index.ScopeAt(ref.node); id.present() && id != index.module_scope();
       id = index.scope(id).parent) {
    if (!index.IsReachable(index.scope(id).node)) return true;
  }
  return false;
}

// Whether the class or function itself is marked `@no_type_check`.
bool IsMarkedUnchecked(grammar::NodeId node, const RuleContext& context) {
  if (context.ast().Is<grammar::ClassDefNode>(node)) {
    return context.classes.InfoOf({context.file, node}).is(classes::ClassFlags::kNoTypeCheck);
  }
  return context.ast().Is<grammar::FunctionDefNode>(node) &&
         context.classes.FactsOf({context.file, node}).is_no_type_check;
}

// `@no_type_check` covers what stands in a class or function as well. spec: directives (no_type_check).
bool IsUnchecked(grammar::NodeId node, const RuleContext& context) {
  if (IsMarkedUnchecked(node, context)) return true;
  for (bind::ScopeId id = context.index.ScopeAt(node); id.present() && id != context.index.module_scope();
       id = context.index.scope(id).parent) {
    if (IsMarkedUnchecked(context.index.scope(id).node, context)) return true;
  }
  return false;
}

std::string NearestBaseName(const classes::Inherited& inherited, const RuleContext& context) {
  if (inherited.certainty != Certainty::kFound) return "";
  return context.classes.InfoOf(inherited.owner).qualified;
}

void CheckMembers(const ClassEvent& owner, ScopedLevels& levels, RuleContext& context, FileFacts& facts) {
  for (const Member& member : context.classes.MembersOf(owner.info.ref).all()) {
    const classes::Inherited inherited = context.classes.FindInherited(owner.info.ref, member.name);
    if (IsMethod(member.kind)) {
      ++facts.methods;
      facts.override_pairs += inherited.certainty == Certainty::kFound;
    }
    const auto subject = [&] {
      return Subject{owner.info.qualified, std::string(context.Text(member.name)), NearestBaseName(inherited, context)};
    };
    const Emitter::About about(context.out, subject, levels.OfMember(owner.info.ref, member));
    RunOnMember({owner, member, inherited}, context);
  }
}

void CheckClasses(ScopedLevels& levels, RuleContext& context, FileFacts& facts) {
  for (const ClassRef ref : context.classes.ClassesIn(context.file)) {
    if (IsNeverRun(ref, context.index) || IsUnchecked(ref.node, context)) continue;
    const classes::ClassInfo& info = context.classes.InfoOf(ref);
    const classes::MroInfo& mro = context.classes.MroOf(ref);
    const ClassEvent event{info, mro, FirstRefusal(info, mro, context), context.classes.InheritedFlags(info.ref)};
    ++facts.classes;
    const auto subject = [&] { return Subject{info.qualified, "", ""}; };
    const Emitter::About about(context.out, subject, levels.OfClass(ref));
    RunOnClass(event, context);
    CheckMembers(event, levels, context, facts);
  }
}

// The decorator of a definition that means `@override`, if there is one.
grammar::NodeId OverrideDecorator(const bind::Definition& definition, const RuleContext& context) {
  if (definition.kind == bind::DefKind::kFunction) {
    return context.classes.FactsOf({context.file, definition.node}).override_decorator;
  }
  return context.classes.OverrideDecoratorOf({context.file, definition.node});
}

void CheckMarked(RuleContext& context) {
  for (const bind::Definition& definition : context.index.definitions()) {
    const bool is_function = definition.kind == bind::DefKind::kFunction;
    if (!is_function && definition.kind != bind::DefKind::kClass) continue;
    if (definition.reach == bind::Reach::kNever) continue;
    if (is_function && context.index.scope(definition.scope).kind == bind::ScopeKind::kClass) continue;
    if (DecoratorsOf(context.ast(), definition.node).empty()) continue;
    const grammar::NodeId decorator = OverrideDecorator(definition, context);
    if (!decorator.present() || IsUnchecked(definition.node, context)) continue;
    const MarkedEvent event{definition.node, definition.scope, decorator};
#define ON_MARKED(rule, function) \
  if (context.out.Wants(Rule::rule)) function(event, context);
#include "checker/rules/hooks.def"
  }
}

void RunOnFile(RuleContext& context) {
#define ON_FILE(rule, function) \
  if (context.out.Wants(Rule::rule)) function(context);
#include "checker/rules/hooks.def"
}

void RunAtEnd(const SuppressionTable& suppressions, RuleContext& context) {
#define AT_END(rule, function) \
  if (context.out.Wants(Rule::rule)) function(suppressions, context);
#include "checker/rules/hooks.def"
}

}  // namespace

FileFindings CheckFile(const classes::ClassTable& classes, FileId file, ScopedLevels& levels,
                       const RuleOptions& options) {
  const bind::ModuleIndex& index = *classes.program().Index(file);
  SuppressionTable suppressions = index.MakeSuppressions();
  if (!options.honour_type_ignore) suppressions.DropTypeIgnores();
  SuppressionTable none;
  Emitter out(file, levels.OfFile(), options.honour_suppressions ? suppressions : none);
  RuleContext context{classes.program(), classes, file, index, options, out};
  FileFindings findings;
  RunOnFile(context);
  CheckClasses(levels, context, findings.facts);
  CheckMarked(context);
  RunAtEnd(suppressions, context);
  findings.suppressed = out.TakeSuppressed();
  findings.diagnostics = std::move(out).Take();
  return findings;
}

}  // namespace overt::rules
