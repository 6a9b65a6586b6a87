#include "checker/driver/version.h"

#include "checker/driver/build_info.h"

namespace overt::driver {

std::string Commit() { return kBuildCommit; }

std::string BuildDescription() {
#ifdef __clang__
  std::string text = "built with " __VERSION__;
#else
  std::string text = "built with GCC " __VERSION__;
#endif
#ifdef NDEBUG
  text += ", optimised";
#else
  text += ", with assertions";
#endif
  return text + kBuildFlags;
}

}  // namespace overt::driver
