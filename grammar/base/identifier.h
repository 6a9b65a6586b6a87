// Which bytes of UTF-8 text may be part of a name. Letters beyond ASCII count by their bytes: whether such a letter may
// stand in a name is for the verdict to say.
//
//   while (IsIdentifierByte(text[end])) ++end;     # over `naïve_1`
#ifndef OVERT_GRAMMAR_BASE_IDENTIFIER_H_
#define OVERT_GRAMMAR_BASE_IDENTIFIER_H_

namespace overt::grammar {

inline bool IsIdentifierByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_BASE_IDENTIFIER_H_
