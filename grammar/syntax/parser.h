// The one door to tree-sitter: text in, concrete syntax tree out.
//
//   Parser parser;                                          // for trees that are kept
//   SyntaxTree tree = parser.Parse(source.text());
//
//   SyntaxReader reader;                                    // for texts that are read once: twice as fast
//   const FlatSyntax& syntax = reader.Read(source.text());
//
// Nothing outside `grammar/syntax` includes a tree-sitter header, and nothing after `grammar/lower` sees this one.
#ifndef OVERT_GRAMMAR_SYNTAX_PARSER_H_
#define OVERT_GRAMMAR_SYNTAX_PARSER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "grammar/syntax/flat_syntax.h"

namespace overt::grammar {

class SyntaxTree {
 public:
  struct Impl;
  explicit SyntaxTree(std::unique_ptr<Impl> impl);
  SyntaxTree(SyntaxTree&&) noexcept;
  SyntaxTree& operator=(SyntaxTree&&) noexcept;
  ~SyntaxTree();

  std::string Dump() const;  // `--print=syntax`: s-expression with ranges
  bool has_error() const;    // some part did not parse
  void ReadInto(FlatSyntax& syntax) const;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

class Parser {
 public:
  Parser();
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  SyntaxTree Parse(absl::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Reads texts one after the other. The trees are never seen and never freed one by one (`tree_memory.h`).
class SyntaxReader {
 public:
  SyntaxReader();
  ~SyntaxReader();
  SyntaxReader(const SyntaxReader&) = delete;
  SyntaxReader& operator=(const SyntaxReader&) = delete;

  // The listing is good until the next call. A reader belongs to one thread at a time.
  const FlatSyntax& Read(absl::string_view text);
  // The same, but null for texts with errors, and for a few others: that is known in a fraction of the time.
  const FlatSyntax* ReadIfSound(absl::string_view text);
  // After null: the lines of statements that end here or before have no error.
  uint32_t sound_until() const;
  // After null: where the last token ends that fitted.
  uint32_t read_until() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SYNTAX_PARSER_H_
