// From the bases as they are written to the classes that stand in `__bases__`.
//
//   class Rows(Generic[T], typing.Iterable[T], Unknown): ...
//   # Generic[T] leaves its place to `typing.Iterable[T]`, which stands for collections.abc.Iterable and Generic;
//   # Unknown stands for nothing that is known
//
// Asks for the MROs of the bases, not of the class. Source: PEP 560; `__mro_entries__` in CPython's Lib/typing.py.
#ifndef OVERT_CHECKER_CLASSES_BASE_LIST_H_
#define OVERT_CHECKER_CLASSES_BASE_LIST_H_

#include <vector>

#include "checker/classes/steps.h"

namespace overt::classes {

// A base as the MRO sees it.
struct LinearBase {
  ClassRef ref;
  bool is_certain = false;  // the only alternative
  bool is_subscripted = false;
  bool is_typing_alias = false;
  SpecialForm special = SpecialForm::kNone;
};

struct BaseList {
  std::vector<LinearBase> bases;
  std::vector<ClassRef> alternatives;    // what may stand there instead, and what only stubs have
  std::vector<UnknownAncestor> unknown;  // nearest first
  size_t unknown_at = SIZE_MAX;          // the position in `bases` before which the first unknown base stands
  ClassRef generic_twice;                // `Generic[T], Generic[K]`: that is Generic
  bool has_any = false;                  // `Any` itself, which is a class of its own from Python 3.11 on
  bool is_abstract_at_run_time = false;  // a stub's protocol, of which nothing but its metaclass ABCMeta is left
};

// `info` may be that of no class, where a question about `ref` is met by itself.
BaseList ListBases(Query& query, ClassRef ref, const ClassInfo& info);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_BASE_LIST_H_
