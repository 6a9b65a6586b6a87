#include "checker/driver/version.h"

#include "checker/driver/build_info.h"

namespace overt::driver {

std::string Commit() { return kBuildCommit; }

std::string BuildDescription() {
  std::string text = "built with " __VERSION__;
#ifdef NDEBUG
  text += ", optimised";
#else
  text += ", with assertions";
#endif
  return text + kBuildFlags;
}

}  // namespace overt::driver
