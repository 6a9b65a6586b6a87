// One report for several targets, each a version of Python on a platform: what `--python-version 3.9..3.12` and
// `--python-platform linux,win32` find.
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
// A finding of every target is told as if there were one. A comment that silences something for one of them is not
// unused. Everything else about the run (classes, fixes, baselines) is of the first target: the oldest version on the
// first platform. Checks nothing itself.
#ifndef OVERT_CHECKER_DRIVER_TARGET_MATRIX_H_
#define OVERT_CHECKER_DRIVER_TARGET_MATRIX_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "checker/driver/config.h"
#include "checker/driver/session.h"
#include "grammar/base/python_version.h"

namespace overt::driver {

struct CheckTarget {
  std::string platform;                           // empty: nobody chose one
  std::optional<grammar::PythonVersion> version;  // nothing: nobody chose one
  friend bool operator==(const CheckTarget&, const CheckTarget&) = default;
  friend auto operator<=>(const CheckTarget&, const CheckTarget&) = default;
};

class TargetMatrix {
 public:
  // `first`: what a check found in each file for the first target that its settings name.
  TargetMatrix(const ConfigLoader& config, const CheckResult& first);

  // For which targets the files are to be checked beside their first one. Empty: there is no matrix.
  std::vector<CheckTarget> others() const;
  std::vector<std::string> FilesFor(const CheckTarget& target) const;
  // `found`: of a check of these files.
  void Add(const CheckTarget& target, const CheckResult& found);

  // All findings together in place of those of the first target, counted again.
  void MergeInto(CheckResult& first) const;
  // Those that do not hold for every target of their file.
  void ForEachOfSome(const std::function<void(const std::string& path, const Diagnostic& finding)>& tell) const;

 private:
  struct Found {
    Diagnostic diagnostic;  // its places are of the first target's program
    std::vector<CheckTarget> targets;
  };
  // By what makes findings of two targets one: the same rule says the same of the same place.
  using FoundByKey = std::map<std::tuple<TextRange, Rule, std::string>, Found>;
  struct InFile {
    std::vector<CheckTarget> targets;  // that it is for: by platform as configured, then by version
    std::shared_ptr<const program::Program> program;
    FoundByKey diagnostics, suppressed;
    std::string internal_error;
  };
  static void Note(const CheckTarget& target, Diagnostic diagnostic, FoundByKey& known);

  std::map<std::string, InFile> by_path_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_TARGET_MATRIX_H_
