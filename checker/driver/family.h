// How far a change reaches: the classes of the touched files, and all classes that have one of them among their
// ancestors, or had one before.
//
//   src/base.py   class Base: …                    # touched: `read` was renamed
//   src/child.py  class Child(Base): …             # of the family: its `@override def read` is reported
//   src/other.py  class Other: …                   # not: its findings, whatever they are, are not about this change
//
// A class that was there before and whose ancestors are others now is of the family too: a base that was moved or
// deleted, an alias that leads elsewhere. Only chooses among the findings of a whole run, and never changes one.
#ifndef OVERT_CHECKER_DRIVER_FAMILY_H_
#define OVERT_CHECKER_DRIVER_FAMILY_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "checker/driver/scope.h"
#include "checker/driver/session.h"

namespace overt::driver {

class Family {
 public:
  // Of the change of `focus` (kAffected), among the files found. `threads` as in SessionOptions.
  Family(const Session& session, const Focus& focus, unsigned threads);

  // The files that hold a class of the family, or were touched, or import what is no more: no other needs to be
  // checked.
  std::vector<std::string> files() const;

  // Leaves in `result` what the change is about, and counts again.
  void Narrow(CheckResult& result) const;

  struct InFile {
    bool whole = false;  // touched: every finding counts
    // Every class of the file, with whether it is of the family.
    std::vector<std::pair<TextRange, bool>> classes;
    std::vector<TextRange> lost_imports;  // of files that are gone
    bool matters() const;
  };

 private:
  std::map<std::string, InFile> by_path_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_FAMILY_H_
