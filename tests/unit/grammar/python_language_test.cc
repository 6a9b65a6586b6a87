// Every entry of the full parse table against the generated lists, read by tree-sitter itself.
#include "grammar/syntax/python_language.h"

#include <gtest/gtest.h>
#include <tree_sitter/api.h>

#include <cstdint>

extern "C" const TSLanguage* tree_sitter_python(void);

namespace overt::grammar {
namespace {

TEST(PythonLanguage, HasTheGeneratedTable) {
  const TSLanguage* generated = tree_sitter_python();
  // Made once for the life of the program, as the parser does.
  static const TSLanguage* const full = overt_make_python_language();
  ASSERT_NE(full, nullptr);
  ASSERT_EQ(ts_language_state_count(full), ts_language_state_count(generated));
  ASSERT_EQ(ts_language_symbol_count(full), ts_language_symbol_count(generated));
  for (uint32_t state = 0; state < ts_language_state_count(full); ++state) {
    TSLookaheadIterator* of_full = ts_lookahead_iterator_new(full, static_cast<TSStateId>(state));
    TSLookaheadIterator* of_generated = ts_lookahead_iterator_new(generated, static_cast<TSStateId>(state));
    size_t in_full = 0, in_generated = 0;
    while (ts_lookahead_iterator_next(of_full)) ++in_full;
    while (ts_lookahead_iterator_next(of_generated)) {
      ++in_generated;
      const TSSymbol symbol = ts_lookahead_iterator_current_symbol(of_generated);
      const auto id = static_cast<TSStateId>(state);
      ASSERT_EQ(ts_language_next_state(full, id, symbol), ts_language_next_state(generated, id, symbol))
          << "state " << state << ", symbol " << symbol;
    }
    ASSERT_EQ(in_full, in_generated) << "state " << state;
    ts_lookahead_iterator_delete(of_full);
    ts_lookahead_iterator_delete(of_generated);
  }
}

}  // namespace
}  // namespace overt::grammar
