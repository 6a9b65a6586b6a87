// From an expression to what it stands for, following names through scopes, imports, aliases and re-exports.
//
//   from ._compat import *          # override comes from typing_extensions, three modules away
//   @override                       # Evaluate -> {kFunction, SpecialForm::kOverride}
//
// Answers with all alternatives that may hold at the place; every step that cannot be followed is an alternative
// "unknown" with its reason. Never guesses, never recurses without a bound, and gives the same answer whoever asks.
// Source: the typing specification, "Type aliases", "Distributing type information" (re-exports); the import system.
#ifndef OVERT_CHECKER_CLASSES_EVALUATE_H_
#define OVERT_CHECKER_CLASSES_EVALUATE_H_

#include "absl/strings/string_view.h"
#include "checker/bind/module_index.h"
#include "checker/classes/entity.h"

namespace overt::classes {

class ClassTable;

// `expression` as evaluated in its own scope at `flow` (FlowBefore of its statement).
EntitySet Evaluate(const ClassTable& table, FileId file, NodeId expression, bind::ScopeId scope, bind::FlowId flow);

// A name of a module as an importer sees it: definitions at the end of the module, star imports, submodules, module
// `__getattr__`. {kAbsent} if there certainly is none.
EntitySet ModuleAttribute(const ClassTable& table, const Entity& module, absl::string_view name);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_EVALUATE_H_
