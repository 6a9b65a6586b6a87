#include "checker/driver/version.h"

namespace overt::driver {

std::string BuildDescription() {
  std::string text = "built with " __VERSION__;
#ifdef NDEBUG
  text += ", optimised";
#else
  text += ", with assertions";
#endif
  return text;
}

}  // namespace overt::driver
