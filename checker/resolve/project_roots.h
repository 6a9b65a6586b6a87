// A project's own roots: the folders that its top-level modules are in.
//
//   /p/src/pkg/__init__.py, /p/tests/test_pkg.py     -> /p/src, /p, and as a guess /p/tests
//
// What is configured is the whole answer. Otherwise: what the project's build file declares, the usual layouts, the
// project's own folder; then guesses, behind which the standard library is never hidden.
#ifndef OVERT_CHECKER_RESOLVE_PROJECT_ROOTS_H_
#define OVERT_CHECKER_RESOLVE_PROJECT_ROOTS_H_

#include <vector>

#include "checker/resolve/environment.h"
#include "checker/resolve/project_file.h"

namespace overt::resolve {

// Folders may occur twice.
std::vector<SearchPath> FindProjectRoots(const EnvironmentRequest& request, const ProjectFile& file);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_PROJECT_ROOTS_H_
