// Conditions that are known before the program runs: `sys.version_info >= (3, 12)`, `sys.platform == "win32"`,
// `TYPE_CHECKING`, `os.name == "nt"`, literals, and `and`/`or`/`not` of them.
//
//   if sys.version_info >= (3, 12): ...   # kTrue for target 3.14
//   if six.PY2: ...                       # kFalse
//
// Recognised by the names as written (`sys.x`, names imported from sys, typing.TYPE_CHECKING by any alias of the
// module, `PY2` and `PY3` of six, names for conditions: see `guards.h`), not by types. Source: the typing
// specification, "Directives" (version and platform checking, TYPE_CHECKING).
#ifndef OVERT_CHECKER_BIND_STATIC_CONDITION_H_
#define OVERT_CHECKER_BIND_STATIC_CONDITION_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "grammar/ast/ast.h"
#include "grammar/base/python_version.h"

namespace overt::bind {

struct Target {
  grammar::PythonVersion version = grammar::kDefaultPython;
  std::string platform = "linux";  // a value of `sys.platform`, or "all": platform checks are unknown then
  friend bool operator==(const Target&, const Target&) = default;
};

enum class Truth : uint8_t { kTrue, kFalse, kUnknown };

struct ConditionValue {
  Truth truth = Truth::kUnknown;
  bool uses_type_checking = false;  // true only for type checkers
};

// What names of one file mean by its imports: `import sys as _sys`, `from typing import TYPE_CHECKING as checking`; and
// by its guards. Without any, names mean what they say.
class StaticNames {
 public:
  enum class Meaning : uint8_t { kSys, kOs, kVersionInfo, kPlatform, kOsName, kTypeChecking, kTrue, kFalse, kNone };
  void Add(grammar::NameId name, Meaning meaning) { names_.emplace_back(name, meaning); }
  Meaning Find(grammar::NameId name) const;
  // In the order in which they were added.
  absl::Span<const std::pair<grammar::NameId, Meaning>> all() const { return names_; }
  size_t MemoryUse() const { return names_.capacity() * sizeof(names_[0]); }

 private:
  std::vector<std::pair<grammar::NameId, Meaning>> names_;  // few
};

// kTrue or kFalse for `PY3` and `PY2` of a module of that name, which is six or a copy of it: `vendor.six`.
StaticNames::Meaning MeaningInSix(absl::string_view module, absl::string_view name);

ConditionValue EvaluateCondition(const grammar::Ast& ast, grammar::NodeId expression, const Target& target,
                                 const StaticNames* names = nullptr);

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_STATIC_CONDITION_H_
