#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "tests/fuzz/canary.h"

namespace overt::fuzz {

void SpringCanary(bool reached) {
  static const bool is_planted = std::getenv("OVERT_PLANT_CANARY") != nullptr;
  if (!reached || !is_planted) return;
  volatile size_t past_the_end = 16;
  const auto block = std::make_unique<volatile char[]>(16);
  [[maybe_unused]] const char found = block[past_the_end];
}

void Require(bool law, const char* what) {
  if (law) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace overt::fuzz
