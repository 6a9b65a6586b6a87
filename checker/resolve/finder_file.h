// Import hooks that build backends write for editable installs, read as data: the literal table from module names to
// places that each of them carries. Nothing is executed, and what is no literal is passed over.
//
//   MAPPING: dict[str, str] = {'pkg': '/src/pkg'}          setuptools, __editable___pkg_finder.py
//   NAMESPACES: dict[str, list[str]] = {'ns': ['/src/ns']}
//   F.map_module('pkg', '/src/pkg/__init__.py')            the `editables` library (hatchling, pdm)
//   install({'pkg': '/src/pkg/__init__.py'}, …)            scikit-build-core
//
// Source: PEP 660; the backends' own documentation of their editable modes.
#ifndef OVERT_CHECKER_RESOLVE_FINDER_FILE_H_
#define OVERT_CHECKER_RESOLVE_FINDER_FILE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace overt::resolve {

struct FinderEntry {
  std::string module;  // dotted
  std::string path;    // a package's folder, or a module's file without `.py`
};

// In the order of the file; what follows from an entry for the package around it is left out.
std::vector<FinderEntry> ReadFinderFile(absl::string_view text);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_FINDER_FILE_H_
