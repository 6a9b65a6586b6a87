// What a site-packages folder adds to the search path: `.pth` files, egg links, editable installs. Read as data; no
// line is ever executed.
//
//   /src/project            in __editable__.project.pth      -> PathEntry{"/src/project", "__editable__.project.pth …"}
//   MAPPING = {'pkg': '/src/lib'}   in __editable___pkg_finder.py  -> PathEntry{"/src/lib", …, module "pkg"}
//
// Source: the `site` module; PEP 660 and PEP 610 (`direct_url.json`); setuptools' development mode.
#ifndef OVERT_CHECKER_RESOLVE_PATH_FILES_H_
#define OVERT_CHECKER_RESOLVE_PATH_FILES_H_

#include <string>
#include <vector>

namespace overt::resolve {

struct PathEntry {
  std::string folder;  // absolute, exists
  std::string origin;  // the file and line that names it
  // Not empty: `folder` is no place to look in but this very module or package (then without `.py` if it is a file).
  std::string module;
};

struct PathFiles {
  std::vector<PathEntry> entries;  // by file name, then in the order of the lines
  std::vector<std::string> notes;
};

PathFiles ReadPathFiles(const std::string& site_packages);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_PATH_FILES_H_
