// What is no Python source at all, told from its first bytes.
//
//   \x7fELF…                                     "does not look like Python source (ELF executable)"
//   version https://git-lfs.github.com/spec/v1   a pointer of Git LFS, not the file itself
//
// Only what CPython refuses in its first line: anything that could be source, however odd, is left to the parser.
#ifndef OVERT_GRAMMAR_SOURCE_NOT_SOURCE_H_
#define OVERT_GRAMMAR_SOURCE_NOT_SOURCE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace overt::grammar {

// The message for people; empty if the bytes may be source.
std::string WhyNotSource(absl::string_view bytes);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_NOT_SOURCE_H_
