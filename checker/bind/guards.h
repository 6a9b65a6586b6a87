// Guards: names that a module binds once, to a condition that is known before the program runs.
//
//   PY314 = sys.version_info >= (3, 14)
//   OLD = not PY314
//   if OLD: ...                           # as if the condition stood here
//
// Not flags that somebody may want to change: `DEBUG = False` is none. Nor a name that anything else in the file binds,
// in whatever scope and by whatever statement, nor any name where a star import, `globals()[…] = …` or `exec` may bind
// it. Guards of other modules are not known: a file is bound by itself. What other files set in this module is not
// looked at either, as it is not for `sys.platform`.
#ifndef OVERT_CHECKER_BIND_GUARDS_H_
#define OVERT_CHECKER_BIND_GUARDS_H_

#include "checker/bind/module_index.h"

namespace overt::bind {

// In source order. `index` was bound without any.
StaticNames FindGuards(const ModuleIndex& index);

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_GUARDS_H_
