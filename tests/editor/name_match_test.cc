#include "checker/lsp/features/name_match.h"

#include <gtest/gtest.h>

#include <string>

namespace overt::lsp {
namespace {

TEST(NameMatch, HowANameFits) {
  const struct {
    const char* query;
    const char* name;
    std::optional<NameFit> fit;
  } cases[] = {
      {"reader", "Reader", NameFit::kSame},
      {"read", "Reader", NameFit::kBegins},
      {"rr", "read_row", NameFit::kWords},
      {"rearo", "read_row", NameFit::kWords},
      {"hs", "HTTPServer", NameFit::kWords},
      {"httpser", "HTTPServer", NameFit::kBegins},
      {"r2", "row_set2", NameFit::kWords},
      {"abcd", "ab_abc_d", NameFit::kWords},  // not by the first `a` and `b`
      {"er", "Reader", NameFit::kWithin},
      {"rdr", "Reader", NameFit::kInOrder},
      {"", "Reader", NameFit::kSame},
      {"größ", "Größe", NameFit::kBegins},
      {"reeder", "Reader", std::nullopt},
      {"readers", "Reader", std::nullopt},
      {" \tReader\n", "Reader", NameFit::kSame},
  };
  for (const auto& one : cases)
    EXPECT_EQ(NameQuery(one.query).FitOf(one.name), one.fit) << one.query << " " << one.name;
}

TEST(NameMatch, HowAContainerFits) {
  EXPECT_FALSE(NameQuery("open").has_container());
  EXPECT_EQ(NameQuery("reader.open").FitWithin("plugins.base.Reader"), NameFit::kSame);
  EXPECT_EQ(NameQuery("plugins.re.open").FitWithin("plugins.base.Reader"), NameFit::kBegins);
  EXPECT_EQ(NameQuery("base.plugins.open").FitWithin("plugins.base.Reader"), std::nullopt);
  EXPECT_EQ(NameQuery("a.b.c.d.open").FitWithin("a.b"), std::nullopt);
  EXPECT_EQ(NameQuery(".open").FitWithin(""), NameFit::kSame);
}

// A name that is longer than any word, and a query as long.
TEST(NameMatch, WhatIsLongIsLookedForInPieces) {
  const std::string name(100'000, 'a');
  EXPECT_EQ(NameQuery(name).FitOf(name), NameFit::kSame);
  EXPECT_EQ(NameQuery(std::string(50'000, 'a')).FitOf("b" + name), NameFit::kWithin);
}

}  // namespace
}  // namespace overt::lsp
