// toml++, header only, without its assertions: they guard its own parser against texts that people do write. In a debug
// build one would end the program; in a release clang would even be told to rely on it.
#ifndef OVERT_CHECKER_RESOLVE_TOML_H_
#define OVERT_CHECKER_RESOLVE_TOML_H_

#include <toml++/impl/preprocessor.h>

#undef TOML_ASSERT
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT(expression) static_assert(true)
#define TOML_ASSERT_ASSUME(expression) static_assert(true)

#include <toml++/toml.h>

#endif  // OVERT_CHECKER_RESOLVE_TOML_H_
