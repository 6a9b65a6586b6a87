// Environments that tools keep outside of the project: poetry, pdm, hatch, pipenv, conda, pyenv.
//
//   ~/.cache/pypoetry/virtualenvs/my-app-Hx2bQ0kT-py3.12     for `name = "my-app"` in /p/pyproject.toml
//
// Found in the tools' own files and folders; no tool is asked. Two candidates are none: guessing wrong is worse than
// saying which there are.
// Source: the documentation of the tools on where environments are stored.
#ifndef OVERT_CHECKER_RESOLVE_KNOWN_ENVIRONMENTS_H_
#define OVERT_CHECKER_RESOLVE_KNOWN_ENVIRONMENTS_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/resolve/environment.h"
#include "checker/resolve/project_file.h"
#include "grammar/base/python_version.h"

namespace overt::resolve {

struct KnownEnvironment {
  std::string what;     // "poetry's environment for `my-app`"
  std::string prefix;   // or where one was looked for
  std::string refusal;  // not empty: why it cannot be taken
  std::optional<grammar::PythonVersion> version;
};

// In the order in which they are to be tried.
std::vector<KnownEnvironment> FindKnownEnvironments(const EnvironmentRequest& request, const ProjectFile& file);

// What `.python-version` says, in the project or above it up to `top`: a version, or the name of an environment.
struct PythonPin {
  std::string file;  // empty: there is none
  std::string text;  // its first word
  std::optional<grammar::PythonVersion> version;
};
PythonPin FindPythonPin(const std::string& project, const std::string& top);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_KNOWN_ENVIRONMENTS_H_
