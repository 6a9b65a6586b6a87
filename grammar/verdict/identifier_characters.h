// Which characters above U+007F may stand in an identifier (PEP 3131).
//
//   übung = 1        # fine
//   naïve€ = 2       # `€` (U+20AC) is no letter
#ifndef OVERT_GRAMMAR_VERDICT_IDENTIFIER_CHARACTERS_H_
#define OVERT_GRAMMAR_VERDICT_IDENTIFIER_CHARACTERS_H_

#include <cstdint>

namespace overt::grammar {

bool StartsIdentifier(uint32_t code_point);
bool ContinuesIdentifier(uint32_t code_point);

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_VERDICT_IDENTIFIER_CHARACTERS_H_
