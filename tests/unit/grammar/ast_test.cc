// The block of bytes: what was written is read, and nothing in it is believed.
#include "grammar/ast/ast.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <vector>

#include "grammar/ast/ast_format.h"
#include "grammar/ast/print.h"
#include "grammar/base/names.h"
#include "tests/unit/grammar/tree_testing.h"

namespace overt::grammar {
namespace {

constexpr absl::string_view kText =
    "import a.b as c\n@d\nclass A(B, metaclass=M):\n    'doc'\n    def f(self, x: int = 1) -> 'str': return x.y[z]  # "
    "type: ignore\n";

// A copy of the bytes at an aligned address.
struct Block {
  explicit Block(absl::Span<const uint8_t> bytes)
      : words(std::make_shared<std::vector<uint64_t>>((bytes.size() + 7) / 8)) {
    std::memcpy(words->data(), bytes.data(), bytes.size());
    size = bytes.size();
  }
  uint8_t* data() { return reinterpret_cast<uint8_t*>(words->data()); }
  // As a forger would: so that only the references are left to find it out.
  void FixChecksum() {
    AstHeader header;
    std::memcpy(&header, data(), sizeof(header));
    header.checksum = ChecksumOf(header, data(), size);
    std::memcpy(data(), &header, sizeof(header));
  }
  absl::StatusOr<Ast> Open() { return Ast::Open({data(), size}, words, Ast::Trust::kNothing); }
  std::shared_ptr<std::vector<uint64_t>> words;
  size_t size = 0;
};

TEST(Ast, ReadsWhatWasWritten) {
  const Ast ast = Parsed(kText);
  Block block(ast.bytes());
  const auto again = block.Open();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(Dump(*again), Dump(ast));
  EXPECT_EQ(again->comments().size(), 1u);
  EXPECT_EQ(again->comment_text(again->comments()[0]), "# type: ignore");
}

TEST(Ast, EveryFlippedByteIsNoticed) {
  const Ast ast = Parsed(kText);
  for (size_t i = 0; i < ast.bytes().size(); ++i) {
    Block block(ast.bytes());
    block.data()[i] ^= 0x10;
    EXPECT_FALSE(block.Open().ok()) << i;
  }
}

TEST(Ast, ForgedReferencesNeverLeadOutside) {
  const Ast ast = Parsed(kText);
  size_t opened = 0;
  for (size_t i = sizeof(AstHeader); i < ast.bytes().size(); ++i) {
    for (const int flip : {0x01, 0x10, 0x80, 0xFF}) {
      Block block(ast.bytes());
      block.data()[i] = static_cast<uint8_t>(block.data()[i] ^ flip);
      block.FixChecksum();
      const auto forged = block.Open();
      if (!forged.ok()) continue;
      ++opened;
      EXPECT_FALSE(Dump(*forged).empty());  // touches every reference
    }
  }
  EXPECT_GT(opened, 0u);
}

TEST(Ast, TruncatedBlocksAreRefused) {
  const Ast ast = Parsed(kText);
  for (size_t size = 0; size < ast.bytes().size(); ++size) {
    Block block(ast.bytes());
    block.size = size;
    EXPECT_FALSE(block.Open().ok()) << size;
  }
}

TEST(Ast, WellKnownNamesHaveTheirNumbers) {
  const Ast ast = Parsed("x\n");
  EXPECT_EQ(ast.name(names::kInit), "__init__");
  EXPECT_EQ(ast.name(names::kOverride), "override");
  EXPECT_EQ(ast.FindName("__init__"), names::kInit);
}

TEST(Ast, NodeAtFindsTheInnermost) {
  const Ast ast = Parsed("foo(bar)\n");
  EXPECT_EQ(ast.kind(ast.NodeAt(5)), NodeKind::kName);
  EXPECT_EQ(ast.range(ast.NodeAt(5)), (TextRange{4, 7}));
  EXPECT_EQ(ast.kind(ast.NodeAt(3)), NodeKind::kCall);
}

TEST(Ast, SameBytesForSameText) {
  const Ast first = Parsed(kText);
  const Ast second = Parsed(kText);
  EXPECT_EQ(first.bytes(), second.bytes());
}

}  // namespace
}  // namespace overt::grammar
