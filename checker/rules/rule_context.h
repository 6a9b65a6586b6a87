// What a rule may see, and the events that it answers.
//
//   void CheckDuplicateBase(const ClassEvent& event, RuleContext& context);   // one function, in duplicate_base.cc
//
// Rules decide nothing about types and keep no state: they look at one class, function or file, ask the class table,
// and write sentences. `hooks.def` says which function answers which event.
#ifndef OVERT_CHECKER_RULES_RULE_CONTEXT_H_
#define OVERT_CHECKER_RULES_RULE_CONTEXT_H_

#include <string>

#include "checker/classes/class_table.h"
#include "checker/rules/rule_options.h"
#include "diagnostics/emitter.h"

namespace overt::rules {

struct RuleContext {
  const program::Program& program;
  const classes::ClassTable& classes;
  FileId file;
  const bind::ModuleIndex& index;
  const RuleOptions& options;
  Emitter& out;

  const grammar::Ast& ast() const { return index.ast(); }
  absl::string_view Text(grammar::Atom atom) const { return program.interner().text(atom); }
};

// The one reason that a class is refused for; see `refusal.h`.
enum class Refusal : uint8_t {
  kNone,
  kCyclic,
  kNoClass,          // invalid-base: a base is no class
  kBadParameters,    // invalid-base: `Generic[int]`
  kNoMetaclass,      // metaclass-conflict: the metaclass can make no class
  kMetaclass,        // metaclass-conflict
  kRecordMetaclass,  // metaclass-conflict: that of a named tuple or typed dictionary
  kRecordBase,       // invalid-base: beside a named tuple or typed dictionary
  kFinal,            // subclass-of-final: an enumeration with members, or a class that CPython lets nobody derive from
  kMisplacedEnum,    // invalid-base: the last base of an enumeration is none
  kBrokenProtocol,   // invalid-base: a base of a protocol is none
  kLayout,           // layout-conflict
  kDuplicate,        // duplicate-base
  kInconsistent,     // inconsistent-mro
  kRefusingBase,     // invalid-base: plain Generic, a NewType: they refuse the finished class
};

// A class statement, or a call that makes a class, of this file.
struct ClassEvent {
  const classes::ClassInfo& info;
  const classes::MroInfo& mro;
  Refusal refusal = Refusal::kNone;
  uint16_t inherited_flags = 0;  // MemberFlags that members of ancestors have, together
  // Python refuses the class or one that it derives from, and that is reported: what its members override is a guess.
  bool is_order_guessed() const { return mro.status != classes::MroStatus::kFine || mro.is_below_refused; }
};

// One name that the body of a class binds, with all its live definitions.
struct MemberEvent {
  const ClassEvent& owner;
  const classes::Member& member;
  const classes::Inherited& inherited;  // the nearest of that name
};

// A `def` or class statement anywhere that carries `@override`.
struct MarkedEvent {
  grammar::NodeId node;  // FunctionDef or ClassDef
  bind::ScopeId scope;   // in which it stands
  grammar::NodeId decorator;
};

// Whether the member that the event's overrides, the nearest or one above it, is open to what the rule reports:
// `# overt: open[missing-override]` in a base.
bool IsOpenAtBase(Rule rule, const MemberEvent& event, const RuleContext& context);

// Names that Python gives each class for itself: what a base says under them is not overridden.
bool IsOwnOfEveryClass(absl::string_view name);

// --- Helpers for wording ---------------------------------------------------------------------------------------------

// "`Child.read`"-style names without the backticks: the class's own name and the member's.
std::string MemberName(const RuleContext& context, const classes::ClassInfo& owner, const classes::Member& member);
// The class's name, qualified by its module where another class of the sentence has the same one.
std::string ClassName(const classes::ClassInfo& info, const classes::ClassInfo& beside);
// Where a class's name or a member's definition stands.
Span SpanOf(const classes::ClassInfo& info);
Span SpanOf(const classes::Member& member);
// Where the name of a FunctionDef or ClassDef stands.
TextRange NameRange(const grammar::Ast& ast, grammar::NodeId definition);
// "a method", "a property", "an attribute", …
absl::string_view KindPhrase(classes::MemberKind kind);
// "`A`, `B` and `C`", or with `unnamed` ones besides "`A`, `B` and 2 more".
std::string JoinNames(const std::vector<std::string>& names, size_t unnamed = 0);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_RULE_CONTEXT_H_
