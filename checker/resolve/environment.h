// Where the modules of a project may come from: its own roots, an installed environment, bundled stubs.
//
//   .venv/pyvenv.cfg says `home = …`, `version = 3.12.3`  ->  .venv/lib/python3.12/site-packages and its .pth files
//
// Found by reading layouts only; no interpreter is ever started, no `.pth` line is executed. Every place that was tried
// is remembered with the reason why it was taken or not: `overt env` prints that.
// Source: PEP 405 (pyvenv.cfg), the `site` module (.pth), PEP 561, PEP 660 (editable installs).
#ifndef OVERT_CHECKER_RESOLVE_ENVIRONMENT_H_
#define OVERT_CHECKER_RESOLVE_ENVIRONMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "grammar/base/python_version.h"

namespace overt::resolve {

struct EnvironmentRequest {
  std::string project;                   // absolute folder: of the configuration file, or the current one
  std::vector<std::string> roots;        // configured first-party roots (absolute); empty: found by layout
  std::vector<std::string> extra_paths;  // searched before site-packages
  std::optional<std::string> python;     // `--python`, configuration: interpreter, environment folder or prefix
  std::optional<grammar::PythonVersion> version;
  std::string version_source;  // who chose it: "--python-version", "pyproject.toml: requires-python"
  std::optional<std::string> platform;
  std::string platform_source;  // of one that is given: "configured"
  // The process environment as data, so that tests and editors can give their own.
  std::optional<std::string> virtual_env, conda_prefix, path;
  std::optional<std::string> home;  // HOME: where poetry, hatch, conda and pyenv keep environments
  std::optional<std::string> cache_home, data_home, pyenv_root;  // XDG_CACHE_HOME, XDG_DATA_HOME, PYENV_ROOT
  std::optional<std::string> own_executable;  // the environment overt itself runs from is not the project's …
  bool inside_pre_commit = false;             // … when it was started by a hook runner
};

enum class Verdict : uint8_t { kTaken, kRejected, kNotThere };

struct TriedPlace {
  std::string what;  // "`.venv` beside the configuration", "VIRTUAL_ENV", …
  std::string path;
  Verdict verdict = Verdict::kNotThere;
  std::string reason;  // one phrase
};

struct SearchPath {
  enum class Kind : uint8_t { kFirstParty, kExtra, kSitePackages, kEditable };
  Kind kind = Kind::kFirstParty;
  std::string folder;  // absolute, without a trailing slash
  std::string origin;  // "layout: `src`", "__editable__.foo.pth line 1", …
  // Not empty: `folder` is no place to look in but this very module or package (then without `.py` if it is a file).
  std::string module = "";
  // A root that was found by looking around: the standard library goes before it.
  bool is_guess = false;
};

struct Environment {
  std::vector<SearchPath> paths;  // in search order, each folder once
  // The interpreter's own modules: for those that the bundled stubs leave out (`_codecs_jp`, `test.support`), asked
  // last.
  std::vector<SearchPath> library;
  std::string prefix;  // of the environment in use; empty if there is none
  grammar::PythonVersion version = grammar::kDefaultPython;
  std::string version_source;  // "--python-version", "pyproject.toml: requires-python", "pyvenv.cfg", "default"
  // Nobody chose the version for this project: it is that of the interpreter on PATH, or overt's own default.
  bool version_is_guess = false;
  std::string platform = "linux";
  std::string platform_source;  // "configured", "this machine"
  std::vector<TriedPlace> tried;
  std::string incomplete;  // what the project's environment lacks, as a sentence; empty if nothing. Every check says it
  std::vector<std::string> notes;  // "executable .pth lines are not run: …", "archives are not searched: …"
};

// Errors only where the user named something that is not there (`--python /nowhere`).
struct EnvironmentResult {
  Environment environment;
  std::string error;  // empty if fine
};
EnvironmentResult DiscoverEnvironment(const EnvironmentRequest& request);

}  // namespace overt::resolve

#endif  // OVERT_CHECKER_RESOLVE_ENVIRONMENT_H_
