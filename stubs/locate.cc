#include "stubs/locate.h"

#include <sys/auxv.h>
#include <unistd.h>

#include <bit>
#include <climits>
#include <cstdlib>
#include <vector>

namespace overt::stubs {

std::string ProgramPath() {
  std::vector<char> buffer(PATH_MAX + 1);
  const ssize_t size = readlink("/proc/self/exe", buffer.data(), PATH_MAX);
  if (size > 0) return std::string(buffer.data(), static_cast<size_t>(size));
  const char* started = std::bit_cast<const char*>(getauxval(AT_EXECFN));  // relative if it was started so
  return started != nullptr && realpath(started, buffer.data()) != nullptr ? buffer.data() : "";
}

std::string FindBundledStubs() {
  if (const char* chosen = std::getenv("OVERT_STUBS"); chosen != nullptr && *chosen != '\0') return chosen;
  std::string folder = ProgramPath();
  folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/'));
  std::string beside = folder + "/typeshed.overt-stubs";
  if (access(beside.c_str(), R_OK) == 0) return beside;
  std::string shared = folder + "/../share/overt/typeshed.overt-stubs";
  if (access(shared.c_str(), R_OK) == 0) return shared;
  return beside;
}

}  // namespace overt::stubs
