#include "stubs/locate.h"

#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <vector>

namespace overt::stubs {

std::string FindBundledStubs() {
  if (const char* chosen = std::getenv("OVERT_STUBS"); chosen != nullptr && *chosen != '\0') return chosen;
  std::vector<char> buffer(PATH_MAX + 1);
  const ssize_t size = readlink("/proc/self/exe", buffer.data(), PATH_MAX);
  std::string folder = size <= 0 ? "." : std::string(buffer.data(), static_cast<size_t>(size));
  folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/'));
  const std::string beside = folder + "/typeshed.overt-stubs";
  if (access(beside.c_str(), R_OK) == 0) return beside;
  const std::string shared = folder + "/../share/overt/typeshed.overt-stubs";
  return access(shared.c_str(), R_OK) == 0 ? shared : beside;
}

}  // namespace overt::stubs
