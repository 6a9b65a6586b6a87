// The steps that answers are made of. Each takes the query that it is a part of; see `query.h` for what that means.
//
// Internal to checker/classes: `evaluate.h` and `class_table.h` are for everybody else.
#ifndef OVERT_CHECKER_CLASSES_STEPS_H_
#define OVERT_CHECKER_CLASSES_STEPS_H_

#include <string>

#include "checker/classes/query.h"
#include "grammar/ast/terminal_name.h"

namespace overt::classes {

// --- Entities --------------------------------------------------------------------------------------------------------

// More alternatives than this are not followed; one "unknown" stands for the rest.
inline constexpr size_t kMaxAlternatives = 24;
void AddTo(EntitySet& set, const Entity& entity);
void AddAllTo(EntitySet& set, const EntitySet& more);
Entity UnknownEntity(UnknownReason reason, NodeRef place);
Entity ClassEntity(ClassRef ref);
Entity ValueEntity();
bool Contains(const EntitySet& set, SpecialForm special);
bool AllAre(const EntitySet& set, EntityKind kind);

// --- Expressions (evaluate.cc, evaluate_call.cc, annotations.cc) -----------------------------------------------------

EntitySet EvaluateIn(Query& query, const Site& site, NodeId expression);
// The same as a question of its own, for whoever has no query at hand.
EntitySet EvaluateAlone(Engine& engine, const Site& site, NodeId expression);
EntitySet ResolveName(Query& query, const Site& site, grammar::NameId name);
// `value.name`, where the place is the whole expression; none where nobody wrote it (`FindClass`).
EntitySet AttributeOf(Query& query, const EntitySet& values, absl::string_view name, NodeRef place);
// A class's attribute, through its MRO.
EntitySet ClassAttribute(Query& query, ClassRef ref, absl::string_view name, NodeRef place);
// custom_access.cc: whether `ref[…]` may be anything, by a `__class_getitem__` or a metaclass of the program.
bool HasOwnSubscript(Query& query, ClassRef ref);
// Whether an instance of it, bound in a class body, gives something else than itself.
bool IsDescriptor(Query& query, ClassRef ref);
// Whether a metaclass of the program is asked for `ref.name` before the class is.
bool IsReadByMetaclass(Query& query, ClassRef ref, absl::string_view name);
// Whether a statement beside the class sets the attribute, in the class's file or in that of whoever reads it (may be
// none).
bool MayBeSetFromOutside(Query& query, ClassRef owner, absl::string_view name, FileId user);
// Whether the module-level code of a file sets that attribute on a module that it imports.
bool MaySetOnModule(const bind::ModuleIndex& user, absl::string_view name);
// Whether calling the class with a name, bases and a namespace may pass, as Python does for `class C(Ref()): ...`.
bool MayTakeClassArguments(Query& query, ClassRef ref);
EntitySet EvaluateCall(Query& query, const Site& site, NodeId call);
// What a name annotated that way stands for: `type[X]` is X or a class below it, `X` an instance of it.
EntitySet AnnotatedValue(Query& query, const Site& site, NodeId annotation);
// `value`, of which an annotation says more: `Any`, or, where the value is `object` or unknown, a class.
//
//   Base = cast("type[Reader]", object)      # people mean Reader; when it runs it is `object`: both are alternatives
EntitySet DeclaredAs(Query& query, const Site& site, NodeId annotation, EntitySet value);
// A dotted name in quotes, `type[…]` around it allowed, seen from the module; as a value (`TypeAlias`) or annotation.
EntitySet QuotedValue(Query& query, const Site& site, absl::string_view text, NodeRef place);
// What calling the function gives. A parameter that is given back is unknown with reason kParameter and itself as
// place.
const EntitySet& ReturnValue(Query& query, NodeRef function);
// Whether `function` gives back its first argument, as far as decorators go.
bool IsIdentity(Query& query, NodeRef function);

// --- Definitions and modules (definition_value.cc, module_attribute.cc) ----------------------------------------------

EntitySet DefinitionValue(Query& query, DefRef ref);
// A single definition that stands on no branch: it reaches every use after it.
bool IsPlain(const bind::ModuleIndex& index, const bind::Symbol& symbol);
// The innermost function or lambda that `scope` is, or stands in; none at module level and in classes there.
bind::ScopeId EnclosingFunction(const bind::ModuleIndex& index, bind::ScopeId scope);
// The live definitions of a symbol at a flow; at the end of its scope without one.
EntitySet ValuesAt(Query& query, const Site& site, bind::SymbolId symbol, bool* may_be_unbound);
EntitySet FinalValues(Query& query, FileId file, const bind::ModuleIndex& index, bind::SymbolId symbol,
                      bool* may_be_unbound);
const EntitySet& NameOfModule(Query& query, ModuleName name);
EntitySet AttributeOfModule(Query& query, const Entity& module, absl::string_view name);
// The same for a program that says `module.name` or imports it: `typing.override` is the decorator, whether or not the
// target's typing has it.
EntitySet UsedAttributeOfModule(Query& query, const Entity& module, absl::string_view name);
// What the star imports of a module give for that name: {kAbsent} if certainly nothing, unknown if one of them is.
EntitySet StarValue(Query& query, FileId file, const bind::ModuleIndex& index, absl::string_view name);
EntitySet BuiltinValue(Query& query, absl::string_view name);

// --- Classes (class_info.cc, mro_info.cc) ----------------------------------------------------------------------------

// What the class statement says by itself: without the flags that follow from ancestors.
const ClassInfo& OwnInfo(Query& query, ClassRef ref);
const MroInfo& MroIn(Query& query, ClassRef ref);
const MroInfo& MroAlone(Engine& engine, ClassRef ref);  // a question of its own
// Whether a base's name is another class, or none, when the program runs (run_time_names.cc).
bool DiffersAtRunTime(Query& query, const Site& site, NodeId expression);
// Whether the class has that member below `if not TYPE_CHECKING:`.
bool HasRunTimeMember(const Engine& engine, ClassRef ref, Atom name);
// Whether CPython would refuse that alternative of a base; false for objects, which may stand for classes.
bool IsRefusedAsBase(Query& query, const Entity& entity);
// Whether CPython would refuse that base, whichever alternative holds.
bool IsCertainlyNoClass(Query& query, const Base& base);
// The class that a stub's class describes, from the source beside the stub; none if there is none.
ClassRef CounterpartClass(Query& query, ClassRef ref);
// Whether `ancestor` (a special form that is a class) is in the MRO.
bool HasAncestor(Query& query, ClassRef ref, SpecialForm ancestor);
// six's `with_metaclass`, or a copy of it.
bool IsWithMetaclass(const Engine& engine, const Entity& callee);

// --- Decorators (decorators.cc) --------------------------------------------------------------------------------------

// Of a FunctionDef that stands in `scope`.
const FunctionFacts& FactsIn(Engine& engine, NodeRef function, bind::ScopeId scope);
// The first decorator of a class statement that means `@override`.
NodeId FindOverrideDecorator(Engine& engine, NodeRef class_def);
// What a function does to a class that it decorates.
const DecoratorEffect& EffectOf(Engine& engine, NodeRef function);

// --- Metaclasses (metaclass_effect.cc) -------------------------------------------------------------------------------

// What the methods of a metaclass do, without those that it inherits.
const MetaclassEffect& OwnMetaclassEffect(Engine& engine, ClassRef metaclass);
// With them, but for the names in `on_class.adds`.
MetaclassEffect MetaclassEffectIn(Query& query, ClassRef metaclass);

// --- Names -----------------------------------------------------------------------------------------------------------

// "plugins.csv.make.<locals>." for what stands in `scope`: what comes before its own name.
std::string QualifiedPrefix(const program::Program& program, FileId file, const bind::ModuleIndex& index,
                            bind::ScopeId scope);

// --- The tree --------------------------------------------------------------------------------------------------------

// The text of a String node; the value of implicit concatenation is not looked at.
bool IsString(const grammar::Ast& ast, NodeId node);
absl::string_view StringText(const grammar::Ast& ast, NodeId node);
// The value of keyword `name` of a call or class header, or none.
NodeId KeywordValue(const grammar::Ast& ast, grammar::NodeList arguments, absl::string_view name);
// The i-th positional argument; none if there are fewer or a starred one stands before it.
NodeId PositionalArgument(const grammar::Ast& ast, grammar::NodeList arguments, size_t i);
// Elements of a tuple, list or set display; an empty list for anything else, with `*is_display` false.
grammar::NodeList DisplayElements(const grammar::Ast& ast, NodeId node, bool* is_display);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_STEPS_H_
