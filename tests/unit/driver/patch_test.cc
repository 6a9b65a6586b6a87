// A patch is of a file's bytes: git, the judge, applies it and comes to the very file that a fix writes.
#include "checker/driver/patch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "checker/driver/write_back.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Line `x` of the decoded text becomes two.
std::vector<Edit> TwoLinesForX(const std::string& bytes) {
  const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
  const auto at = static_cast<uint32_t>(source.text().find('x'));
  const bool has_returns = source.text().find('\r') != absl::string_view::npos;
  return {{{at, at + 1}, has_returns ? "y\r\nz" : "y\nz"}};
}

class PatchedFolder : public ::testing::Test {
 protected:
  PatchedFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "overt-patch-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~PatchedFolder() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << bytes;
  }
  std::string Read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ + "/" + name, std::ios::binary).rdbuf();
    return text.str();
  }

  // What git makes of the file by the patch, and what a fix would write.
  void ExpectSame(const std::string& name, const std::string& bytes, const PatchStyle& style = {}) const {
    const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
    const std::vector<Edit> edits = TwoLinesForX(bytes);
    const absl::StatusOr<std::vector<Edit>> of_bytes = ByteEdits(bytes, source.text(), edits);
    ASSERT_TRUE(of_bytes.ok()) << of_bytes.status().message();
    Write(name, bytes);
    Write("the.patch", UnifiedDiff(name, bytes, *of_bytes, style));
    const std::string command = "cd " + folder_ + " && git apply --whitespace=nowarn the.patch";
    ASSERT_EQ(std::system(command.c_str()), 0) << Read("the.patch");
    EXPECT_EQ(Read(name), *EditBytes(bytes, source.text(), edits)) << Read("the.patch");
  }

  std::string folder_;
};

TEST_F(PatchedFolder, LineEndsOfEveryKind) {
  ExpectSame("lf.py", "a\nx\nb\n");
  ExpectSame("crlf.py", "a\r\nx\r\nb\r\n");
  ExpectSame("cr.py", "a\rx\rb\r");
  ExpectSame("mixed.py", "a\rb\nx\r\nb\n");
  ExpectSame("open.py", "a\nx");
  ExpectSame("open2.py", "x\nb");
}

TEST_F(PatchedFolder, MarksAndEncodings) {
  ExpectSame("mark.py",
             "\xEF\xBB\xBF"
             "a\nx\nb\n");
  ExpectSame("mark2.py", "\xEF\xBB\xBFx\n");
  ExpectSame("latin.py", "# coding: latin-1\n# \xE9\nx\n# \xFF\n");
  ExpectSame("japanese.py", "# coding: shift_jis\n# \x82\xA0\nx\n# \x82\xA0\n");
}

TEST_F(PatchedFolder, NamesOfEveryKind) {
  for (const char* name : {"two words.py", "tab\there.py", "new\nline.py", "quo\"te.py", "back\\slash.py",
                           "\xC3\xA4.py", "\xE9.py", "\x1b[31m.py", "##vso[task].py", " ::error::.py"}) {
    ExpectSame(name, "a\nx\nb\n");
  }
}

TEST_F(PatchedFolder, HarmlessTextIsEscapedInVain) {
  ExpectSame("plain.py", "def f():\n\treturn 'é' # :: x\nx\n", {.is_escaped = true});
}

std::string Escaped(const std::string& name, const std::string& bytes) {
  return UnifiedDiff(name, bytes, TwoLinesForX(bytes), {.is_escaped = true});
}

TEST(Patch, WhatATerminalWouldObeyIsSpelledOut) {
  EXPECT_THAT(Escaped("a.py", "# \x1b[31m\nx\n"), HasSubstr("\n # \\x1b[31m\n"));
  EXPECT_THAT(Escaped("a.py", "# \xE2\x80\xAE\nx\n"), HasSubstr("\n # \\u202e\n"));
  EXPECT_THAT(Escaped("a.py", "# a\rb\nx\n"), HasSubstr("\n # a\\rb\n"));
}

TEST(Patch, WhatACiSystemWouldObeyIsSpelledOut) {
  EXPECT_THAT(Escaped("a.py", "::error::gotcha\nx\n"), HasSubstr("\n \\x3a:error::gotcha\n"));
  EXPECT_THAT(Escaped("a.py", "  ::error::gotcha\nx\n"), HasSubstr("\n   \\x3a:error::gotcha\n"));
  EXPECT_THAT(Escaped("a.py", "# ##vso[x]\nx\n"), Not(HasSubstr("##vso[")));
  EXPECT_THAT(Escaped("a\n::error::.py", "x\n"), HasSubstr("--- \"a/a\\n::error::.py\"\n"));
  EXPECT_THAT(Escaped("##vso[x].py", "x\n"), Not(HasSubstr("##vso[")));
}

TEST(Patch, Colors) {
  const std::string patch = UnifiedDiff("a.py", "x\n", std::vector<Edit>{{{0, 1}, "y"}}, {.is_colored = true});
  EXPECT_EQ(patch,
            "\x1b[1m--- a/a.py\x1b[0m\n\x1b[1m+++ b/a.py\x1b[0m\n\x1b[36m@@ -1 +1 @@\x1b[0m\n\x1b[31m-x\x1b[0m\n"
            "\x1b[32m+y\x1b[0m\n");
}

}  // namespace
}  // namespace overt::driver
