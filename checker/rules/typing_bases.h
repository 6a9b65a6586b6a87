// What the classes of typing refuse: in their brackets, and beside them among the bases.
//
//   class A(Generic[int]): ...            # brackets take type variables, each once
//   class B(NamedTuple, Mixin): ...       # a record takes no other base but Generic
//   class C(TypedDict, ABC): ...          # its metaclass and `ABCMeta` do not fit together
//   class D(metaclass=3): ...             # a metaclass makes classes
//
// Source: `Generic.__class_getitem__`, `NamedTupleMeta`, `_TypedDictMeta` and `_PROTO_ALLOWLIST` in CPython's
// Lib/typing.py; `__build_class__`. Silent for stubs, which nobody runs.
#ifndef OVERT_CHECKER_RULES_TYPING_BASES_H_
#define OVERT_CHECKER_RULES_TYPING_BASES_H_

#include "checker/rules/rule_context.h"

namespace overt::rules {

// Why `Generic[…]` or `Protocol[…]`, a base of a class, cannot be made; empty if it can, or if that is not known.
absl::string_view WhyBadParameters(const classes::ClassInfo& info, const classes::Base& base,
                                   const RuleContext& context);

// A base that makes the class a named tuple or a typed dictionary, and one that it cannot stand beside.
struct RecordClash {
  const classes::Base* record = nullptr;
  const classes::Base* other = nullptr;  // none: the class's own `metaclass=`
  absl::string_view kind;                // "a named tuple", "a typed dictionary"
  bool present() const { return record != nullptr; }
};
// Their metaclasses do not fit together.
RecordClash MetaclassClash(const classes::ClassInfo& info, const RuleContext& context);
// They do, but the record takes no such base.
RecordClash BaseClash(const classes::ClassInfo& info, const RuleContext& context);

// `class Wrong(Plain, Protocol)`: whether `base` is no protocol although the class is one.
bool BreaksProtocol(const classes::ClassInfo& info, const classes::Base& base, const RuleContext& context);

// What the metaclass is, if it certainly can make no class; empty otherwise.
absl::string_view WhyNoMetaclass(const classes::ClassInfo& info, const RuleContext& context);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_TYPING_BASES_H_
