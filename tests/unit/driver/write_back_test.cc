// What a file looks like after a fix was written: the bytes that the fix did not name are the bytes that were there.
#include "checker/driver/write_back.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "checker/fixes/fixes.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

using ::testing::HasSubstr;

constexpr size_t kLimit = 1u << 20;

// The edit that replaces the one occurrence of `old_part` in what the bytes decode to.
std::vector<Edit> Replacing(const std::string& bytes, const std::string& old_part, const std::string& new_part) {
  const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
  const size_t at = source.text().find(old_part);
  EXPECT_NE(at, absl::string_view::npos) << old_part;
  const auto begin = static_cast<uint32_t>(at);
  return {{{begin, begin + static_cast<uint32_t>(old_part.size())}, new_part}};
}

std::string AfterReplacing(const std::string& bytes, const std::string& old_part, const std::string& new_part) {
  const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
  const auto edited = EditBytes(bytes, source.text(), Replacing(bytes, old_part, new_part));
  return edited.ok() ? *edited : std::string(edited.status().message());
}

TEST(EditBytes, KeepsUtf8AndItsMark) {
  EXPECT_EQ(AfterReplacing("# é\nx = 1\n", "x", "y"), "# é\ny = 1\n");
  EXPECT_EQ(AfterReplacing("\xEF\xBB\xBF# é\nx = 1\n", "x", "é"), "\xEF\xBB\xBF# é\né = 1\n");
}

TEST(EditBytes, KeepsLineEndsOfEveryKind) {
  EXPECT_EQ(AfterReplacing("a\r\nx\nb\r\n", "x", "y\r\nz"), "a\r\ny\r\nz\nb\r\n");
  EXPECT_EQ(AfterReplacing("a\rx\rb", "x", "y\nz"), "a\ry\rz\rb") << "a file of carriage returns gets them too";
  EXPECT_EQ(AfterReplacing("a\rx\nb", "x", "y\nz"), "a\ry\nz\nb");
}

TEST(EditBytes, KeepsOneByteEncodings) {
  EXPECT_EQ(AfterReplacing("# coding: latin-1\n# \xE9\nx\n# \xFF\n", "x", "y"),
            "# coding: latin-1\n# \xE9\ny\n# \xFF\n");
  EXPECT_EQ(AfterReplacing("# coding: cp1252\n# \x80\nx\n", "x", "€"), "# coding: cp1252\n# \x80\n\x80\n");
}

TEST(EditBytes, KeepsEncodingsOfSeveralBytes) {
  // あ in Shift JIS is 0x82 0xA0; in GB 2312 中 is 0xD6 0xD0.
  EXPECT_EQ(AfterReplacing("# coding: shift_jis\n# \x82\xA0\nx # \x82\xA0\n", "x", "y"),
            "# coding: shift_jis\n# \x82\xA0\ny # \x82\xA0\n");
  EXPECT_EQ(AfterReplacing("# coding: gb2312\n# \xD6\xD0\nx\n", "x", "yz"), "# coding: gb2312\n# \xD6\xD0\nyz\n");
}

TEST(EditBytes, RefusesWhatTheEncodingLacks) {
  EXPECT_THAT(AfterReplacing("# coding: latin-1\nx\n", "x", "€"), HasSubstr("cannot be written in its encoding"));
  EXPECT_THAT(AfterReplacing("# coding: shift_jis\n# \x82\xA0\nx\n", "x", "é"), HasSubstr("its encoding"));
}

TEST(EditBytes, RefusesOtherText) {
  const auto edited = EditBytes("x = 2\n", "x = 1\n", {});
  ASSERT_FALSE(edited.ok());
  EXPECT_EQ(edited.status().message(), "it has changed in the meantime");
}

TEST(EditBytes, AgreesWithTheTextForManyEdits) {
  const std::string bytes = "# coding: latin-1\n\xE9 = 1\n\xE8 = 2\n\xEA = 3\n";
  const grammar::SourceFile source = grammar::SourceFile::Decode(bytes);
  const std::string text(source.text());
  std::vector<Edit> edits;
  for (const char* digit : {"1", "2", "3"}) {
    const auto at = static_cast<uint32_t>(text.rfind(digit));
    edits.push_back({{at, at + 1}, "è"});
    edits.push_back({{at + 1, at + 1}, "  # ok"});
  }
  const auto edited = EditBytes(bytes, text, edits);
  ASSERT_TRUE(edited.ok());
  EXPECT_EQ(grammar::SourceFile::Decode(*edited).text(), fixes::ApplyEdits(text, edits));
  EXPECT_THAT(*edited, HasSubstr("\xE9 = \xE8  # ok\n"));
}

// A folder of its own for each test.
class WriteBackTest : public ::testing::Test {
 protected:
  WriteBackTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "overt-write-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~WriteBackTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Put(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  static std::string Get(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  size_t Entries() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }
  static std::string Replace(const std::string& path, const std::string& text) {
    const absl::Status status = WriteBack(path, text, Replacing(text, "x", "y"), kLimit);
    return std::string(status.message());
  }

  std::string folder_;
};

TEST_F(WriteBackTest, KeepsTheMode) {
  const std::string path = Put("a.py", "x = 1\n");
  ASSERT_EQ(chmod(path.c_str(), 0751), 0);
  EXPECT_EQ(Replace(path, "x = 1\n"), "");
  struct stat status{};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0751u);
  EXPECT_EQ(Get(path), "y = 1\n");
  EXPECT_EQ(Entries(), 1u) << "nothing is left beside it";
}

TEST_F(WriteBackTest, WritesTheTargetOfALink) {
  const std::string target = Put("real.py", "x = 1\n");
  std::filesystem::create_symlink("real.py", Path("link.py"));
  EXPECT_EQ(Replace(Path("link.py"), "x = 1\n"), "");
  EXPECT_TRUE(std::filesystem::is_symlink(Path("link.py")));
  EXPECT_EQ(Get(target), "y = 1\n");
}

TEST_F(WriteBackTest, RefusesAFileThatChanged) {
  const std::string path = Put("a.py", "x = 2\n");
  EXPECT_EQ(Replace(path, "x = 1\n"), "it has changed in the meantime");
  EXPECT_EQ(Get(path), "x = 2\n");
}

TEST_F(WriteBackTest, RefusesAFileThatIsGone) {
  EXPECT_EQ(Replace(Path("gone.py"), "x = 1\n"), "no such file");
  EXPECT_EQ(Entries(), 0u);
}

TEST_F(WriteBackTest, RefusesAReadOnlyFileEvenAsSuperuser) {
  const std::string path = Put("a.py", "x = 1\n");
  ASSERT_EQ(chmod(path.c_str(), 0444), 0);
  EXPECT_EQ(Replace(path, "x = 1\n"), "it is read-only");
  EXPECT_EQ(Get(path), "x = 1\n");
}

TEST_F(WriteBackTest, AReaderOfTheOldFileKeepsIt) {
  const std::string path = Put("a.py", "x = 1\n");
  std::ifstream reader(path, std::ios::binary);
  EXPECT_EQ(Replace(path, "x = 1\n"), "");
  std::ostringstream text;
  text << reader.rdbuf();
  EXPECT_EQ(text.str(), "x = 1\n");
}

TEST_F(WriteBackTest, NothingToChangeTouchesNothing) { EXPECT_TRUE(WriteBack(Path("gone.py"), "x", {}, kLimit).ok()); }

}  // namespace
}  // namespace overt::driver
