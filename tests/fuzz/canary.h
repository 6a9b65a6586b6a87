// A bug on purpose: proof that a fuzz target gets where it should and would notice what it is there to notice.
//
//   SpringCanary(result.has_class && result.has_match);    // where OVERT_PLANT_CANARY is set
//
// With that variable in the environment (`tools/fuzz.sh --canary`) a target that reaches the condition reads one byte
// behind a block of the heap; without it nothing happens. The condition is about what the phase made, not about the
// input's bytes: meeting it takes inputs that mean something.
#ifndef OVERT_TESTS_FUZZ_CANARY_H_
#define OVERT_TESTS_FUZZ_CANARY_H_

namespace overt::fuzz {

void SpringCanary(bool reached);

// A law that an input broke. Aborts, so that the fuzzer keeps the input.
void Require(bool law, const char* what);

}  // namespace overt::fuzz

#endif  // OVERT_TESTS_FUZZ_CANARY_H_
