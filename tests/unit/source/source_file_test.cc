#include "grammar/source/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "grammar/source/codec.h"

namespace overt::grammar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Text(const SourceFile& file) { return std::string(file.text()); }

std::vector<std::string> Messages(const SourceFile& file) {
  std::vector<std::string> out;
  for (const SourceProblem& problem : file.problems()) out.push_back(problem.message);
  return out;
}

absl::string_view Bytes(const char* text, size_t size) { return {text, size}; }

TEST(SourceFile, EmptyFileAndLoneMarkAreFine) {
  EXPECT_THAT(SourceFile::Decode("").problems(), IsEmpty());
  EXPECT_THAT(SourceFile::Decode("").line_starts(), ElementsAre(0));
  const SourceFile marked = SourceFile::Decode("\xEF\xBB\xBF");
  EXPECT_THAT(marked.problems(), IsEmpty());
  EXPECT_TRUE(marked.has_byte_order_mark());
  EXPECT_EQ(Text(marked), "");
}

TEST(SourceFile, MarkIsNoPartOfTheText) {
  const SourceFile file = SourceFile::Decode("\xEF\xBB\xBFx = 1\n");
  EXPECT_EQ(Text(file), "x = 1\n");
  EXPECT_EQ(file.encoding(), "utf-8");
}

TEST(SourceFile, CarriageReturns) {
  const SourceFile file = SourceFile::Decode("a\rb\r\nc\r\r\nd\r");
  EXPECT_EQ(Text(file), "a\nb\r\nc\n\r\nd\n");
  EXPECT_THAT(file.line_starts(), ElementsAre(0, 2, 5, 7, 9, 11));
}

TEST(SourceFile, LineSeparatorsOfUnicodeAreNoLineEnds) {
  EXPECT_THAT(SourceFile::Decode("x = '\xC2\x85\xE2\x80\xA8\xE2\x80\xA9'\n").line_starts(), SizeIs(2));
}

TEST(SourceFile, LineStartsAgreeWithASlowCount) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += std::string(static_cast<size_t>(i % 37), 'x') + "\n";
  std::vector<uint32_t> wanted = {0};
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') wanted.push_back(static_cast<uint32_t>(i + 1));
  }
  EXPECT_EQ(FindLineStarts(text), wanted);
}

TEST(SourceFile, NulBytesAreReportedAndReplaced) {
  const SourceFile file = SourceFile::Decode(Bytes("a = '\0'\nb\0\n", 11));
  EXPECT_EQ(Text(file), "a = ' '\nb \n");
  ASSERT_THAT(file.problems(), SizeIs(2));
  EXPECT_EQ(file.problems()[0].message, "source contains a NUL byte");
  EXPECT_EQ(file.problems()[0].range, (TextRange{5, 6}));
}

TEST(SourceFile, ByteThatIsNotUtf8) {
  const SourceFile file = SourceFile::Decode("x = 'caf\xE9'\ny = 1\n");
  EXPECT_EQ(Text(file), "x = 'caf\xEF\xBF\xBD'\ny = 1\n");
  ASSERT_THAT(file.problems(), SizeIs(1));
  EXPECT_EQ(file.problems()[0].range, (TextRange{8, 11}));
  EXPECT_THAT(file.problems()[0].message, HasSubstr("byte 0xE9 is not UTF-8"));
  EXPECT_THAT(file.problems()[0].message, HasSubstr("coding: latin-1"));
}

TEST(SourceFile, BadByteInACommentSaysThatImportingMayWork) {
  EXPECT_THAT(Messages(SourceFile::Decode("x = 1  # caf\xE9\n")),
              ElementsAre(HasSubstr("importing the file may work")));
}

TEST(SourceFile, OneProblemForEachBadSequence) {
  EXPECT_THAT(Messages(SourceFile::Decode("'\xED\xA0\x80'")), ElementsAre(HasSubstr("surrogate U+D800")));
  EXPECT_THAT(Messages(SourceFile::Decode("'\xC0\x80'")), ElementsAre(HasSubstr("overlong")));
  EXPECT_THAT(Messages(SourceFile::Decode("'\xE0\x80\x80'")), ElementsAre(HasSubstr("overlong")));
  EXPECT_THAT(Messages(SourceFile::Decode("'\xF4\x90\x80\x80'")), ElementsAre(HasSubstr("above U+10FFFF")));
  EXPECT_THAT(Messages(SourceFile::Decode("'\xE2\x82'")), ElementsAre(HasSubstr("0xE2 0x82 are not UTF-8")));
  EXPECT_THAT(SourceFile::Decode("'\xF0\x9F\x92\xA9'").problems(), IsEmpty());
}

TEST(SourceFile, TwentyProblemsThenACount) {
  const SourceFile file = SourceFile::Decode("'" + std::string(57, '\xFF') + "'");
  ASSERT_THAT(file.problems(), SizeIs(20));
  EXPECT_THAT(file.problems()[19].message, HasSubstr("37 more such places follow"));
}

TEST(SourceFile, CookieInLineOneOrTwo) {
  for (const char* head : {"# -*- coding: latin-1 -*-\n", "#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n",
                           "\n# coding=latin-1\n", "\f# coding: Latin_1-unix\n", "#\r# coding:latin-1\r"}) {
    const SourceFile file = SourceFile::Decode(std::string(head) + "x = '\xE9'\n");
    EXPECT_THAT(file.problems(), IsEmpty()) << head;
    EXPECT_EQ(file.encoding(), "latin-1") << head;
    EXPECT_THAT(Text(file), HasSubstr("x = '\xC3\xA9'")) << head;
  }
}

TEST(SourceFile, CookieThatDoesNotCount) {
  for (const char* text : {"x = 1\n# coding: foo\n", "x = 1 # coding: foo\n", "\\\n# coding: foo\n",
                           "\"\"\"\n# coding: foo\"\"\"\n", "# coding : foo\n", "# coding:\n"}) {
    EXPECT_THAT(SourceFile::Decode(text).problems(), IsEmpty()) << text;
  }
  EXPECT_THAT(Messages(SourceFile::Decode("#\n#\n# coding: latin-1\nx = '\xE9'\n")),
              ElementsAre(HasSubstr("`latin-1` in line 3 comes too late")));
}

TEST(SourceFile, UnknownCookieNamesTheNearest) {
  const SourceFile file = SourceFile::Decode("# coding: latin-l\nx = 1\n");
  ASSERT_THAT(file.problems(), SizeIs(1));
  EXPECT_EQ(file.problems()[0].message, "unknown encoding `latin-l`; did you mean `latin-1`?");
  EXPECT_EQ(file.problems()[0].range, (TextRange{10, 17}));
  EXPECT_EQ(Text(file), "# coding: latin-l\nx = 1\n");
  const auto nearest = [](absl::string_view cookie) {
    return Messages(SourceFile::Decode(absl::StrCat("# coding: ", cookie, "\n"))).front();
  };
  EXPECT_EQ(nearest("latin1x"), "unknown encoding `latin1x`; did you mean `latin-1`?") << "the one that many mean";
  EXPECT_EQ(nearest("uft-8"), "unknown encoding `uft-8`; did you mean `utf-8`?") << "swapped neighbours are one slip";
  EXPECT_THAT(Messages(SourceFile::Decode("# coding: klingonish\n")), ElementsAre("unknown encoding `klingonish`"));
}

TEST(SourceFile, CookiesThatNameNoCodecOfSource) {
  EXPECT_THAT(Messages(SourceFile::Decode("# coding: rot13\n")), ElementsAre("`rot13` is not a text encoding"));
  EXPECT_THAT(Messages(SourceFile::Decode("# coding: idna\n")),
              ElementsAre(HasSubstr("not supported by this checker")));
  EXPECT_THAT(Messages(SourceFile::Decode("# coding: utf-16\n")), ElementsAre(HasSubstr("cannot be declared")));
}

TEST(SourceFile, MarkAgainstCookie) {
  EXPECT_THAT(Messages(SourceFile::Decode("\xEF\xBB\xBF# coding: latin-1\n")),
              ElementsAre("byte-order mark says UTF-8, coding cookie says `latin-1`; remove one"));
  EXPECT_THAT(Messages(SourceFile::Decode("\xEF\xBB\xBF# coding: utf8\n")),
              ElementsAre(HasSubstr("only the spelling")));
  EXPECT_THAT(SourceFile::Decode("\xEF\xBB\xBF# coding: utf-8-sig\n").problems(), IsEmpty());
}

TEST(SourceFile, UndefinedByteOfADeclaredCodec) {
  const SourceFile file = SourceFile::Decode("# coding: cp1252\nx = '\x81\x80'\n");
  ASSERT_THAT(file.problems(), SizeIs(1));
  EXPECT_EQ(file.problems()[0].message, "byte 0x81 has no meaning in `cp1252`, the encoding that line 1 declares");
  EXPECT_THAT(Text(file), HasSubstr("'\xEF\xBF\xBD\xE2\x82\xAC'"));
  EXPECT_THAT(Messages(SourceFile::Decode("# coding: ascii\nx = '\x81'\n")), ElementsAre(HasSubstr("0x81")));
}

TEST(SourceFile, CodecsByTableAndByLibrary) {
  const auto decoded = [](const std::string& cookie, const std::string& bytes) {
    const SourceFile file = SourceFile::Decode("# coding: " + cookie + "\n" + bytes);
    EXPECT_THAT(file.problems(), IsEmpty()) << cookie;
    return Text(file).substr(11 + cookie.size());
  };
  EXPECT_EQ(decoded("iso-8859-15", "\xA4"), "€");
  EXPECT_EQ(decoded("cp1251", "\xC6\xE8"), "Жи");
  EXPECT_EQ(decoded("windows-1251", "\xC6\xE8"), "Жи");
  EXPECT_EQ(decoded("koi8-r", "\xF6\xC9"), "Жи");
  EXPECT_EQ(decoded("mac-roman", "\x8E"), "é");
  EXPECT_EQ(decoded("shift_jis", "\x82\xA0"), "あ");
  EXPECT_EQ(decoded("euc-jp", "\xA4\xA2"), "あ");
  EXPECT_EQ(decoded("gbk", "\xC4\xE3"), "你");
  EXPECT_EQ(decoded("big5", "\xA7\x41"), "你");
  EXPECT_EQ(decoded("utf-7", "+AOk-"), "é");
  EXPECT_EQ(decoded("utf_8", "é"), "é");
}

TEST(SourceFile, WhatIsNoSource) {
  const auto why = [](absl::string_view bytes) {
    const SourceFile file = SourceFile::Decode(bytes);
    EXPECT_TRUE(file.is_binary());
    EXPECT_EQ(Text(file), "");
    EXPECT_THAT(file.problems(), SizeIs(1));
    return file.problems().empty() ? "" : file.problems()[0].message;
  };
  EXPECT_THAT(why("\x7f"
                  "ELF\x02\x01"),
              HasSubstr("an ELF executable"));
  EXPECT_THAT(why("\x89PNG\r\n\x1a\n"), HasSubstr("a PNG image"));
  EXPECT_THAT(why("\x1f\x8b\x08"), HasSubstr("a gzip archive"));
  EXPECT_THAT(why(Bytes("\xff\xfex\0 \0=\0", 8)), HasSubstr("looks like UTF-16"));
  EXPECT_THAT(why(Bytes("x\0 \0=\0 \0", 8)), HasSubstr("looks like UTF-16"));
  EXPECT_THAT(why(Bytes("\xff\xfe\0\0x\0\0\0", 8)), HasSubstr("looks like UTF-32"));
  EXPECT_THAT(why(Bytes("a\0\0\0\1\2\3\4\5\6\7\0\0b", 14)), HasSubstr("it is binary"));
  EXPECT_THAT(why("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"), HasSubstr("git lfs pull"));
  EXPECT_THAT(why("\n<!DOCTYPE html>\n<html>"), HasSubstr("HTML"));
}

TEST(SourceFile, TextOfAnEditorIgnoresCookies) {
  const SourceFile file = SourceFile::FromText("# coding: latin-1\nx = 'é'\n");
  EXPECT_THAT(file.problems(), IsEmpty());
  EXPECT_EQ(Text(file), "# coding: latin-1\nx = 'é'\n");
  EXPECT_THAT(SourceFile::FromText("'\xFF'").problems(), SizeIs(1));
}

TEST(SourceFile, HashIsOfTheUndecodedBytes) {
  EXPECT_EQ(SourceFile::Decode("a\n").content_hash(), SourceFile::Decode("a\n").content_hash());
  EXPECT_NE(SourceFile::Decode("a\n").content_hash(), SourceFile::Decode("a\r").content_hash());
}

TEST(Codec, EveryModuleNameFindsItself) {
  for (const Codec& codec : AllCodecs()) EXPECT_EQ(FindCodec(codec.module), &codec) << codec.module;
}

TEST(Codec, TablesHaveAllCharacters) {
  for (const Codec& codec : AllCodecs()) {
    if (codec.kind != Codec::Kind::kTable) continue;
    EXPECT_EQ(std::u16string_view(codec.high).size(), 128U) << codec.module;
  }
}

class ReadFileBytesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("overt-read-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string Path(const char* name) const { return (folder_ / name).string(); }
  static std::string Error(const std::string& path, size_t limit) {
    return std::string(ReadFileBytes(path, limit).status().message());
  }
  std::filesystem::path folder_;
};

TEST_F(ReadFileBytesTest, ReadsAllBytes) {
  const std::string contents(100'000, 'x');
  std::ofstream(Path("a.py")) << contents;
  const auto bytes = ReadFileBytes(Path("a.py"), 1 << 20);
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(*bytes, contents);
  std::ofstream(Path("empty.py"));
  EXPECT_EQ(*ReadFileBytes(Path("empty.py"), 10), "");
}

TEST_F(ReadFileBytesTest, SaysWhyNot) {
  EXPECT_EQ(Error(Path("none.py"), 10), "no such file");
  EXPECT_EQ(Error(folder_.string(), 10), "is a directory");
  EXPECT_EQ(Error("/dev/zero", 10), "not a regular file");
  ASSERT_EQ(mkfifo(Path("fifo").c_str(), 0600), 0);
  EXPECT_EQ(Error(Path("fifo"), 10), "not a regular file");
  std::ofstream(Path("big.py")) << std::string(60'000, ' ');
  EXPECT_EQ(Error(Path("big.py"), 50'000), "is 59 KiB, the limit is 49 KiB");
  std::filesystem::create_symlink(Path("loop"), Path("loop"));
  EXPECT_EQ(Error(Path("loop"), 10), "symbolic links form a loop");
}

}  // namespace
}  // namespace overt::grammar
