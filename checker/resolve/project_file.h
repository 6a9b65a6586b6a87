// What a project's own files say about where its packages are.
//
//   [tool.setuptools.packages.find]
//   where = ["lib"]                     -> DeclaredRoot{"lib", "pyproject.toml: tool.setuptools.packages.find.where"}
//
// Reads pyproject.toml and setup.cfg as data; setup.py is a program and is left alone. Files that cannot be read or
// parsed say nothing here (configuration reports them).
#ifndef OVERT_CHECKER_RESOLVE_PROJECT_FILE_H_
#define OVERT_CHECKER_RESOLVE_PROJECT_FILE_H_

#include <string>
#include <vector>

namespace overt::resolve {

struct DeclaredRoot {
  std::string folder;  // relative to the project
  std::string origin;
  std::string module;  // not empty: `folder` is this package itself (`package-dir = {"pkg" = "source"}`)
};

struct ProjectFile {
  std::string name;  // of the distribution, as written; may be empty
  std::vector<DeclaredRoot> roots;
  std::vector<std::string> members;  // of a workspace: patterns like "packages/*"
};

ProjectFile ReadProjectFile(const std::string& project);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_PROJECT_FILE_H_
