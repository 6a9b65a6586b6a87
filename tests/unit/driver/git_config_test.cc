#include "checker/driver/git_config.h"

#include <gtest/gtest.h>

namespace overt::driver {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

TEST(GitConfig, NamesAreInSmallLettersAndSubsectionsAsTheyAre) {
  EXPECT_EQ(ReadGitConfig("[Core]\n\tExcludesFile = a\n[filter \"Lfs.X\"] Clean=b\n"),
            (Entries{{"core.excludesfile", "a"}, {"filter.Lfs.X.clean", "b"}}));
}

TEST(GitConfig, QuotesKeepWhatWouldBeAComment) {
  EXPECT_EQ(ReadGitConfig("[a]\nb = \"x # y\" ; z\nc = p  q  # r\nd = \"\\\"\\t\"\n"),
            (Entries{{"a.b", "x # y"}, {"a.c", "p  q"}, {"a.d", "\"\t"}}));
}

TEST(GitConfig, LinesGoOnBehindABackslash) {
  EXPECT_EQ(ReadGitConfig("[a]\r\nb = x \\\r\n  y\r\nc\r\n"), (Entries{{"a.b", "x   y"}, {"a.c", ""}}));
}

TEST(GitConfig, WhatGitWouldRefuseIsLeftOut) {
  EXPECT_EQ(ReadGitConfig("a = 1\n[broken\nb = 2\n[fine]\nc = 3\n= 4\n\"d\" = 5"), (Entries{{"fine.c", "3"}}));
  EXPECT_EQ(ReadGitConfig("[x \"a\\\"]\" ]\nk = \"open"), (Entries{{"x.a\"].k", "open"}}));
}

TEST(GitConfig, AnyEndOfATextIsAnEnd) {
  const std::string text = "\xEF\xBB\xBF[core \"s\\\\\"]\n  excludesFile = \"a\\\\b\" \\\n c # d\n[e]f";
  for (size_t size = 0; size <= text.size(); ++size) ReadGitConfig(text.substr(0, size));
}

}  // namespace
}  // namespace overt::driver
