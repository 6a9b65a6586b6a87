// One folder that may be a Python installation, read by its layout: a virtual environment, conda's, a system's.
//
//   .venv/pyvenv.cfg + .venv/lib/python3.12/site-packages   -> Prefix with version 3.12 and that one site folder
//
// Decides nothing about which installation is the project's: that is `environment.h`. Starts nothing.
// Source: PEP 405 (pyvenv.cfg), the `site` module, Debian's Python policy (dist-packages).
#ifndef OVERT_CHECKER_RESOLVE_PREFIX_H_
#define OVERT_CHECKER_RESOLVE_PREFIX_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "grammar/base/python_version.h"

namespace overt::resolve {

struct SiteFolder {
  std::string folder;
  std::optional<grammar::PythonVersion> version;  // as its path tells
};

struct Prefix {
  std::string folder;
  std::vector<SiteFolder> sites;  // in the order of sys.path, each folder of the disk once
  bool has_config = false;        // pyvenv.cfg
  std::string home;               // pyvenv.cfg: the folder of the interpreter it was made from
  bool uses_system = false;       // pyvenv.cfg: include-system-site-packages
  std::optional<grammar::PythonVersion> version;
  std::string version_source;  // "pyvenv.cfg", "the environment's layout", "the interpreter's name"

  bool is_usable() const { return !sites.empty(); }
};

// `version`: of the interpreter that was named, if that is known; otherwise pyvenv.cfg or the newest found.
Prefix ReadPrefix(const std::string& folder, std::optional<grammar::PythonVersion> version);

struct Interpreter {
  std::string prefix;
  std::optional<grammar::PythonVersion> version;  // `python3.12`
};
// The installation that the file `python` belongs to. In a virtual environment it is a link out of it: what counts is
// where the link stands.
Interpreter InterpreterAt(const std::string& python);

// conda's own environment, active in every shell where conda is set up: seldom the project's.
bool IsCondaBase(const std::string& prefix);
// Made by a tool for a tool (pre-commit, prek, pipx, `uv tool`): what a project imports is not in there. Empty, or the
// name of the tool.
std::string ToolThatOwns(const std::string& prefix);
// Whether anything is installed there besides overt and what installers put into every environment.
bool HoldsOtherPackages(const std::string& prefix);

// "3.11.4", "3.13.0rc1", "3.12.0.final.0", "3.14t", "cpython-3.12.1-linux": the first version in it.
std::optional<grammar::PythonVersion> FindVersion(absl::string_view text);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_PREFIX_H_
