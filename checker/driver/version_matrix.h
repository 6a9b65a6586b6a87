// One report for several versions of Python: what `--python-version 3.9..3.12` finds.
//
//   if sys.version_info >= (3, 12):
//       class Base:
//           def run(self): ...
//   else:
//       class Base: ...
//   class Child(Base):
//       @override
//       def run(self): ...         # override-without-base: "… (Python 3.9, 3.10 and 3.11)"
//
// A finding of every version is told as if there were one. A comment that silences something for one of them is not
// unused. Everything else about the run (classes, fixes, baselines) is of the oldest version. Checks nothing itself.
#ifndef OVERT_CHECKER_DRIVER_VERSION_MATRIX_H_
#define OVERT_CHECKER_DRIVER_VERSION_MATRIX_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "checker/driver/config.h"
#include "checker/driver/session.h"
#include "grammar/base/python_version.h"

namespace overt::driver {

class VersionMatrix {
 public:
  // `oldest`: what a check found in each file for the oldest version that its settings name.
  VersionMatrix(const ConfigLoader& config, const CheckResult& oldest);

  // Ascending: for which versions the files are to be checked beside their oldest one. Empty: there is no matrix.
  std::vector<grammar::PythonVersion> others() const;
  std::vector<std::string> FilesFor(grammar::PythonVersion version) const;
  // `found`: of a check of these files.
  void Add(grammar::PythonVersion version, const CheckResult& found);

  // All findings together in place of those of the oldest version, counted again.
  void MergeInto(CheckResult& oldest) const;
  // Those that do not hold for every version of their file.
  void ForEachOfSome(const std::function<void(const std::string& path, const Diagnostic& finding)>& tell) const;

 private:
  struct Found {
    Diagnostic diagnostic;  // its places are of the oldest version's program
    std::vector<grammar::PythonVersion> versions;
  };
  // By what makes findings of two versions one: the same rule says the same of the same place.
  using FoundByKey = std::map<std::tuple<TextRange, Rule, std::string>, Found>;
  struct InFile {
    std::vector<grammar::PythonVersion> versions;  // that it is for
    std::shared_ptr<const program::Program> program;
    FoundByKey diagnostics, suppressed;
    std::string internal_error;
  };
  static void Note(grammar::PythonVersion version, Diagnostic diagnostic, FoundByKey& known);

  std::map<std::string, InFile> by_path_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_VERSION_MATRIX_H_
