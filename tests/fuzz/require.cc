#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/canary.h"

namespace overt::fuzz {

void Require(bool law, const char* what) {
  if (law) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace overt::fuzz
