// Places of a text around an offset, and edits of a text.
#include "checker/fixes/text_places.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "checker/fixes/fixes.h"

namespace overt::fixes {
namespace {

TEST(TextPlaces, LinesOfEveryKind) {
  const std::string text = "a\r\nbc\nd";
  EXPECT_EQ(StartOfLine(text, 0), 0u);
  EXPECT_EQ(EndOfLine(text, 0), 1u) << "a carriage return belongs to the line end";
  EXPECT_EQ(StartOfNextLine(text, 0), 3u);
  EXPECT_EQ(StartOfLine(text, 4), 3u);
  EXPECT_EQ(EndOfLine(text, 3), 5u);
  EXPECT_EQ(StartOfNextLine(text, 6), 7u) << "the last line has no next one";
  EXPECT_EQ(LineEndOf(text), "\r\n");
  EXPECT_EQ(LineEndOf("a\nb\r\n"), "\n");
  EXPECT_EQ(LineEndOf(""), "\n");
}

TEST(TextPlaces, FirstOnItsLine) {
  EXPECT_TRUE(IsFirstOnLine("x", 0));
  EXPECT_TRUE(IsFirstOnLine("a\n \t\fx", 5));
  EXPECT_FALSE(IsFirstOnLine("a; x", 3));
  EXPECT_FALSE(IsFirstOnLine("a = \\\n  x", 8)) << "a continuation has no line of its own";
  EXPECT_FALSE(IsFirstOnLine("a = \\\r\n  x", 9));
}

TEST(TextPlaces, RestOfALine) {
  EXPECT_EQ(RestOfLineAt("x  \r\n", 1), RestOfLine::kNothing);
  EXPECT_EQ(RestOfLineAt("x", 1), RestOfLine::kNothing);
  EXPECT_EQ(RestOfLineAt("x  # why\n", 1), RestOfLine::kComment);
  EXPECT_EQ(RestOfLineAt("x ; y\n", 1), RestOfLine::kCode);
}

TEST(TextPlaces, BetweenTokens) {
  const std::string list = "a  # one, two\n\n   # three\r\n  , b";
  EXPECT_EQ(list[SkipBetweenTokens(list, 1)], ',');
  const std::string continued = "a \\\n  , b";
  EXPECT_EQ(continued[SkipBetweenTokens(continued, 1)], ',');
  EXPECT_EQ(SkipBetweenTokens("a  # end", 1), 8u);
}

TEST(TextPlaces, Words) {
  EXPECT_TRUE(HasWord("typing.override", "override"));
  EXPECT_FALSE(HasWord("overrides", "override"));
  EXPECT_TRUE(HasWord("overrides override", "override"));
  EXPECT_FALSE(HasWord("éoverride", "override"));
}

TEST(ApplyEdits, MakesAllInOrder) {
  EXPECT_EQ(ApplyEdits("abc", {}), "abc");
  EXPECT_EQ(ApplyEdits("abc", std::vector<Edit>{{{0, 0}, "x"}, {{1, 2}, ""}, {{3, 3}, "y"}}), "xacy");
}

}  // namespace
}  // namespace overt::fixes
