#include "checker/driver/ini_file.h"

#include <gtest/gtest.h>

namespace overt::driver {
namespace {

TEST(IniFile, SectionsKeysAndLines) {
  const std::vector<IniEntry> entries = ReadIni("# x\n[mypy]\nPython_Version : 3.11\n\n[mypy-a.*,b]\nk=v = w\n");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].section, "mypy");
  EXPECT_EQ(entries[0].key, "python_version");
  EXPECT_EQ(entries[0].value, "3.11");
  EXPECT_EQ(entries[0].line, 3u);
  EXPECT_EQ(entries[1].section, "mypy-a.*,b");
  EXPECT_EQ(entries[1].value, "v = w");
}

TEST(IniFile, ValuesGoOnInIndentedLines) {
  const std::vector<IniEntry> entries = ReadIni("[a]\r\nk =\r\n  x\r\n  # no\r\n\r\n\ty\r\nl = 1\r\n  2\r\n");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].value, "x\ny");
  EXPECT_EQ(entries[1].value, "1\n2");
}

TEST(IniFile, WhatMakesNoSenseIsLeftOut) {
  EXPECT_TRUE(ReadIni("k = v\n  w\n[open\nk = v\n[s]\nword\n= v\n  more\n").empty());
  EXPECT_TRUE(ReadIni("").empty());
}

}  // namespace
}  // namespace overt::driver
