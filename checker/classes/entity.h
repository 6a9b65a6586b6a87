// What an expression stands for, as far as names tell: a class, a function, a module, a special form, or unknown.
//
//   import collections.abc as c
//   class Rows(c.Iterator[int]): ...      # `c.Iterator[int]` is Entity{kClass, typing.Iterator}, subscripted
//
// Not a type: `3` is just a value here, and a call of a function is unknown unless it makes a class.
#ifndef OVERT_CHECKER_CLASSES_ENTITY_H_
#define OVERT_CHECKER_CLASSES_ENTITY_H_

#include <cstdint>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "checker/bind/symbols.h"
#include "diagnostics/span.h"

namespace overt::classes {

using bind::DefId;
using grammar::NodeId;

// A class of the program: its ClassDef, or the Call that makes it (`namedtuple(…)`, `type(…)`, `NewType(…)`).
struct ClassRef {
  FileId file;
  NodeId node;
  bool present() const { return node.present(); }
  friend bool operator==(ClassRef, ClassRef) = default;
  friend auto operator<=>(ClassRef, ClassRef) = default;
  template <typename H>
  friend H AbslHashValue(H state, ClassRef ref) {
    return H::combine(std::move(state), ref.file, ref.node);
  }
};
static_assert(sizeof(ClassRef) == 8);

// A node of some file: a FunctionDef, an expression, a definition.
struct NodeRef {
  FileId file;
  NodeId node;
  friend bool operator==(NodeRef, NodeRef) = default;
  template <typename H>
  friend H AbslHashValue(H state, NodeRef ref) {
    return H::combine(std::move(state), ref.file, ref.node);
  }
};

// Things of typing, builtins, abc, functools, enum, dataclasses, … that mean more than their definition says.
// Recognised where they are defined (module and name), whatever alias or re-export led there.
enum class SpecialForm : uint8_t {
  kNone,
#define SPECIAL(ident, modules, name) ident,
#include "checker/classes/special_forms.def"
};

enum class EntityKind : uint8_t {
  kUnknown,  // see UnknownReason
  kClass,
  kFunction,  // node: FunctionDef (the first live one of an overload group)
  kModule,    // file, or a namespace package by name
  kSpecial,   // a special form that is no class: Any, Protocol[…] stays kSpecial with `subscripted`
  kTypeVar,
  kTypeAlias,  // PEP 695 `type X = …`: no class at run time
  kInstance,   // an object of `class_ref`, or of something unknown; a class only if `class_ref` is a metaclass
  kValue,      // a number, string, None, lambda, …: certainly no class
  kAbsent,     // certainly nothing there: a module or class without that name
};

enum class UnknownReason : uint8_t {
  kNone,
  kUnresolvedImport,  // `place` is the import
  kUnreadableModule,
  kCompiledModule,
  kParameter,
  kCallResult,
  kDynamicNamespace,  // module `__getattr__`, `globals()[…] = …`, star import of the unknown
  kAny,               // typing.Any itself, or a name annotated with it
  kUnsupported,       // an expression that overt does not follow
  kCycle,
  kStarred,
  kDecorator,  // a decorator that may return anything
  kUndefined,  // a name that nobody binds
  kMetaclass,  // a metaclass that hands on other bases than the class lists
};
// Why something is unknown, in words that go on "a base of `A` is unknown: ".
absl::string_view ReasonPhrase(UnknownReason reason);

struct Entity {
  EntityKind kind = EntityKind::kUnknown;
  SpecialForm special = SpecialForm::kNone;  // also set beside kClass and kFunction where they are special
  UnknownReason reason = UnknownReason::kNone;
  bool subscripted = false;  // `Base[int]`
  // `typing.Iterable`, which at run time is an object that stands for the class (and for Generic), not the class
  // itself.
  bool is_typing_alias = false;
  // kInstance: an annotation says so, so that it may be an object of a class below `class_ref`.
  bool is_declared = false;
  ClassRef class_ref;  // kClass, kInstance
  NodeRef node;        // kFunction, kTypeVar, kTypeAlias; kUnknown: the place that made it so
  FileId module;       // kModule with a file
  // kModule: atom of the dotted name (namespace packages have no file). kUnknown by an import that did not resolve:
  // atom of the dotted name that was asked for, attributes included.
  uint32_t module_name = UINT32_MAX;

  bool is_class() const { return kind == EntityKind::kClass; }
  bool is_unknown() const { return kind == EntityKind::kUnknown; }
  friend bool operator==(const Entity&, const Entity&) = default;
};

// The alternatives, in source order, without duplicates: `try: from a import B / except ImportError: B = object`.
using EntitySet = absl::InlinedVector<Entity, 1>;

inline EntitySet One(Entity entity) { return EntitySet(1, entity); }

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_ENTITY_H_
