// A bug on purpose: proof that a fuzz target gets where it should and would notice what it is there to notice.
//
//   SpringCanary(result.has_class && result.has_match);    // in a build with OVERT_PLANT_CANARY
//
// In such a build (`tools/fuzz.sh --canary`) a target that reaches the condition reads one byte behind a block of the
// heap. In every other build nothing happens. The condition is about what the phase made, not about the input's bytes:
// meeting it takes inputs that mean something.
#ifndef OVERT_TESTS_FUZZ_CANARY_H_
#define OVERT_TESTS_FUZZ_CANARY_H_

#include <cstddef>
#include <memory>

namespace overt::fuzz {

inline void SpringCanary([[maybe_unused]] bool reached) {
#ifdef OVERT_PLANT_CANARY
  if (!reached) return;
  volatile size_t past_the_end = 16;
  const auto block = std::make_unique<volatile char[]>(16);
  [[maybe_unused]] const char found = block[past_the_end];
#endif
}

// A law that an input broke. Aborts, so that the fuzzer keeps the input.
void Require(bool law, const char* what);

}  // namespace overt::fuzz

#endif  // OVERT_TESTS_FUZZ_CANARY_H_
