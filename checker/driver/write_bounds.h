// Where a run may write: in and below what was named, and in the project of each file. Links do not lead out of there.
//
//   WriteBounds bounds({"/p/src"});
//   bounds.WhyNot("/p/src/link.py", "/p")     // "it leads to /elsewhere/f.py, outside of the project and of …"
#ifndef OVERT_CHECKER_DRIVER_WRITE_BOUNDS_H_
#define OVERT_CHECKER_DRIVER_WRITE_BOUNDS_H_

#include <string>
#include <vector>

namespace overt::driver {

class WriteBounds {
 public:
  // `named`: absolute paths, as the user wrote them. A link to a folder that is named itself opens that folder; a named
  // file opens its place and not what it may link to.
  explicit WriteBounds(const std::vector<std::string>& named);

  // Why this file (absolute) of this project must not be written; empty if it may be.
  std::string WhyNot(const std::string& path, const std::string& project) const;

 private:
  std::vector<std::string> places_;  // real paths
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_WRITE_BOUNDS_H_
