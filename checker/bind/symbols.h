// Scopes, symbols and definitions of one file: who binds which name, where, on which branch. No types.
//
//   if sys.version_info >= (3, 12):
//       from typing import override          # Definition{kImportFrom}, reach kAlways for target 3.14
//   else:
//       from typing_extensions import override   # Definition{kImportFrom}, reach kNever
//
// Ids mean something only together with their file. What a definition evaluates to is `checker/classes` and
// `checker/infer`'s business.
// Source: the language reference, "Naming and binding"; PEP 227, 572, 695, 709.
#ifndef OVERT_CHECKER_BIND_SYMBOLS_H_
#define OVERT_CHECKER_BIND_SYMBOLS_H_

#include <cstdint>

#include "diagnostics/id.h"
#include "grammar/ast/ast.h"

namespace overt::bind {

using grammar::NameId;
using grammar::NodeId;
using ScopeId = Id<struct ScopeTag>;
using SymbolId = Id<struct SymbolTag>;
using DefId = Id<struct DefTag>;
using FlowId = Id<struct FlowTag>;

enum class ScopeKind : uint8_t {
  kModule,
  kClass,
  kFunction,
  kLambda,
  kComprehension,
  kTypeParameters,  // PEP 695: between the scope around and the class, function or alias
  kInstance,        // not a scope of Python: the attributes that methods set on their first parameter
};

struct Scope {
  ScopeKind kind;
  ScopeId parent;             // none for the module; the class for kInstance
  NodeId node;                // Module, ClassDef, FunctionDef, Lambda, …
  ScopeId instance;           // kClass: its kInstance scope, if a method sets anything
  uint32_t first_symbol = 0;  // its symbols are contiguous and sorted by NameId
  uint32_t symbol_count = 0;
  uint8_t flags = 0;
  // kClass: something in the body may bind names that cannot be known (`locals().update(…)`, `vars()[k] = …`, `exec`).
  static constexpr uint8_t kDynamic = 1;
  // kFunction: it yields.
  static constexpr uint8_t kGenerator = 2;
};

struct Symbol {
  NameId name;  // as written; see Mangled for private names in classes
  ScopeId scope;
  DefId first;  // definitions in source order, linked by Definition::next
  DefId last;
  uint8_t flags = 0;
  static constexpr uint8_t kGlobal = 1;    // declared `global` here: look in the module
  static constexpr uint8_t kNonlocal = 2;  // declared `nonlocal` here: look in the enclosing functions
};

enum class DefKind : uint8_t {
  kImport,       // `import a.b` binds `a`;            node: ImportAlias
  kImportAs,     // `import a.b as c` binds the module a.b;   node: ImportAlias
  kImportFrom,   // `from m import x as y`;            node: ImportAlias
  kClass,        // node: ClassDef
  kFunction,     // node: FunctionDef
  kAssignment,   // `x = value`, also `x = y = value`;  node: the Name; statement: Assign
  kUnpacking,    // `x, y = value`;                    node: the Name; statement: Assign
  kAnnotated,    // `x: int = value`;                  node: the Name; statement: AnnAssign
  kDeclaration,  // `x: int`: binds nothing at run time
  kAugmented,    // `x += value`
  kLoopTarget,   // `for x in …`, comprehension targets
  kWithTarget,
  kExceptionName,
  kCapture,  // match patterns
  kWalrus,
  kDeletion,             // `del x`: from here on the name is unbound
  kParameter,            // node: Parameter
  kTypeParameter,        // node: TypeVarParameter, …
  kTypeAlias,            // `type X = …`;                      node: TypeAlias
  kInstanceStore,        // `self.x = …` in a method, loops and unpackings included; node: the Attribute
  kInstanceDeclaration,  // `self.x: int`
  kClassStore,           // `cls.x = …` and `type(self).x = …` in methods, `Class.x = …` beside it; node: the same
};

// Under the static conditions of the target (version, platform, TYPE_CHECKING).
enum class Reach : uint8_t { kAlways, kMaybe, kNever };

struct Definition {
  DefKind kind;
  Reach reach = Reach::kAlways;
  uint8_t flags = 0;
  // Stands in the `try` part of `try/except ImportError`, or in its handler.
  static constexpr uint8_t kTryImport = 1;
  static constexpr uint8_t kImportFallback = 2;
  // Bound from an inner scope by `global` or `nonlocal`, or by a walrus in a comprehension.
  static constexpr uint8_t kFromInner = 4;
  // Only for type checkers: below `if TYPE_CHECKING:`.
  static constexpr uint8_t kTypeCheckingOnly = 8;
  // Only when the program runs: below `if not TYPE_CHECKING:`. Never reached as type checkers read the file.
  static constexpr uint8_t kRunTimeOnly = 16;
  uint8_t reserved = 0;
  NodeId node;       // what binds: see DefKind
  NodeId statement;  // the statement it belongs to
  SymbolId symbol;
  DefId next;     // the next definition of the same symbol
  FlowId flow;    // the flow node that this definition makes
  ScopeId scope;  // the scope in which the binding statement stands (for kInstanceStore: the method)
};
static_assert(sizeof(Definition) == 28, "one per binding of a name: some two per line of source");

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_SYMBOLS_H_
