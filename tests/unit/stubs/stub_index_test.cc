// The compiled typeshed: what goes in comes out, and nothing damaged is believed.
#include "stubs/stub_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stubs/index_format.h"
#include "stubs/locate.h"
#include "stubs/typeshed_folder.h"

namespace overt::stubs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class StubIndexTest : public ::testing::Test {
 protected:
  StubIndexTest() {
    std::string pattern = (fs::temp_directory_path() / "overt-stubs-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    root_ = fs::canonical(pattern).string();
    Write("ts/commit.txt", "0123456789abcdef0123456789abcdef01234567\n");
    Write("ts/stdlib/VERSIONS",
          "# words\n\nbuiltins: 3.0-\ncollections: 3.0-  # all\nasynchat: 3.0-3.11\ntomllib: 3.11-\n"
          "collections.late: 3.13-\nbroken line\nalso: broken\n");
    Write("ts/stdlib/builtins.pyi", "class object: ...\n");
    Write("ts/stdlib/collections/__init__.pyi", "class deque: ...\n");
    Write("ts/stdlib/collections/abc.pyi", "from _collections_abc import *\n");
    Write("ts/stdlib/collections/late.pyi", "x: int\n");
    Write("ts/stdlib/asynchat.pyi", "class async_chat: ...\n");
    Write("ts/stdlib/tomllib.pyi", "def load(): ...\n");
    Write("ts/stubs/docutils/docutils/nodes.pyi", "class Node: ...\n");
    Write("ts/stubs/docutils/docutils/__init__.pyi", "");
    Write("ts/stubs/docutils/@tests/test_cases/check.pyi", "");
    Write("ts/stubs/tomli/tomllib.pyi", "def loads(): ...\n");
    Write("ts/stubs/protobuf/google/protobuf/message.pyi", "class Message: ...\n");
    Write("ts/stubs/protobuf/google/protobuf/__init__.pyi", "");
    Write("ts/stubs/protobuf/METADATA.toml", "version = \"6.*\"\npartial_stub = true\n");
    Write("ts/stubs/tomli/METADATA.toml", "version = [[[");
  }
  ~StubIndexTest() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  std::string At(const std::string& path) const { return absl::StrCat(root_, "/", path); }
  void Write(const std::string& path, const std::string& text) const {
    fs::create_directories(fs::path(At(path)).parent_path());
    std::ofstream(At(path), std::ios::binary) << text;
  }
  std::string Read(const std::string& path) const {
    std::ifstream file(At(path), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  std::string Compile() const {
    const absl::Status status = WriteStubIndex(At("ts"), At("index"));
    EXPECT_TRUE(status.ok()) << status;
    return Read("index");
  }
  std::string OpenError(const std::string& bytes) const {
    Write("damaged", bytes);
    const auto index = StubIndex::Open(At("damaged"));
    return index.ok() ? "" : std::string(index.status().message());
  }

  std::string root_;
};

void CheckContents(const StubIndex& index) {
  EXPECT_EQ(index.commit(), "0123456789abcdef0123456789abcdef01234567");
  EXPECT_EQ(index.file_count(), 11u);
  const std::optional<StubFile> abc = index.FindStandardLibrary("collections.abc", {3, 12});
  ASSERT_TRUE(abc.has_value());
  EXPECT_EQ(abc->path, "stdlib/collections/abc.pyi");
  EXPECT_EQ(abc->distribution, "");
  EXPECT_FALSE(abc->is_package);
  EXPECT_EQ(index.Text(abc->number), "from _collections_abc import *\n");
  const absl::StatusOr<grammar::Ast> tree = index.Tree(abc->number);
  ASSERT_TRUE(tree.ok()) << tree.status();
  EXPECT_EQ(tree->source_size(), index.Text(abc->number).size());
  EXPECT_TRUE(index.FindStandardLibrary("collections", {3, 8})->is_package);

  // VERSIONS: a module, and what is below it.
  EXPECT_TRUE(index.FindStandardLibrary("asynchat", {3, 11}).has_value());
  EXPECT_FALSE(index.FindStandardLibrary("asynchat", {3, 12}).has_value());
  EXPECT_FALSE(index.FindStandardLibrary("tomllib", {3, 10}).has_value());
  EXPECT_FALSE(index.FindStandardLibrary("collections.late", {3, 12}).has_value());
  EXPECT_TRUE(index.FindStandardLibrary("collections.late", {3, 13}).has_value());

  // The same name in both halves, partial stubs, namespaces.
  EXPECT_EQ(index.FindStandardLibrary("tomllib", {3, 12})->path, "stdlib/tomllib.pyi");
  EXPECT_EQ(index.FindThirdParty("tomllib")->path, "stubs/tomli/tomllib.pyi");
  EXPECT_EQ(index.FindThirdParty("docutils.nodes")->distribution, "docutils");
  EXPECT_FALSE(index.FindThirdParty("docutils.nodes")->is_partial);
  EXPECT_TRUE(index.FindThirdParty("google.protobuf.message")->is_partial);
  EXPECT_FALSE(index.FindThirdParty("google").has_value());
  EXPECT_TRUE(index.IsNamespace("google"));
  EXPECT_FALSE(index.IsNamespace("google.protobuf"));
  EXPECT_FALSE(index.IsNamespace(""));
  for (const char* absent : {"", "a", "zzz", "collections.", "collections.ab", "test_cases.check", "docutils.Nodes"}) {
    EXPECT_FALSE(index.FindStandardLibrary(absent, {3, 12}).has_value()) << absent;
    EXPECT_FALSE(index.FindThirdParty(absent).has_value()) << absent;
    EXPECT_FALSE(index.IsNamespace(absent)) << absent;
  }
  for (uint32_t i = 0; i < index.file_count(); ++i) {
    EXPECT_EQ(index.file(i).number, i);
    EXPECT_TRUE(index.Tree(i).ok()) << index.file(i).path;
  }
}

TEST_F(StubIndexTest, CompiledFile) {
  Compile();
  const auto index = StubIndex::Open(At("index"));
  ASSERT_TRUE(index.ok()) << index.status();
  CheckContents(**index);
}

TEST_F(StubIndexTest, Folder) {
  const auto index = StubIndex::FromFolder(At("ts"));
  ASSERT_TRUE(index.ok()) << index.status();
  CheckContents(**index);
}

TEST_F(StubIndexTest, TheSameFolderGivesTheSameBytes) {
  const std::string first = Compile();
  EXPECT_EQ(first, Compile());
  EXPECT_FALSE(first.empty());
  // Nothing unfinished stays behind.
  for (const fs::directory_entry& entry : fs::directory_iterator(root_)) {
    EXPECT_NE(entry.path().extension(), ".tmp");
  }
}

TEST_F(StubIndexTest, ATreeOutlivesItsIndex) {
  Compile();
  auto index = StubIndex::Open(At("index"));
  ASSERT_TRUE(index.ok());
  const absl::StatusOr<grammar::Ast> kept = (*index)->Tree((*index)->FindStandardLibrary("asynchat", {3, 11})->number);
  const absl::StatusOr<grammar::Ast> parsed = (*index)->Tree((*index)->FindThirdParty("docutils.nodes")->number);
  index->reset();
  ASSERT_TRUE(kept.ok() && parsed.ok());
  EXPECT_GT(kept->node_count(), 1u);
  EXPECT_GT(parsed->node_count(), 1u);
}

// Only the standard library's trees are in the file, which is what makes it small; nobody who asks can tell.
TEST_F(StubIndexTest, TreesKeptAndTreesMadeAreTheFoldersTrees) {
  const std::string bytes = Compile();
  const auto index = StubIndex::Open(At("index"));
  const auto folder = StubIndex::FromFolder(At("ts"));
  ASSERT_TRUE(index.ok() && folder.ok());
  ASSERT_EQ((*index)->file_count(), (*folder)->file_count());
  for (uint32_t i = 0; i < (*index)->file_count(); ++i) {
    SCOPED_TRACE((*index)->file(i).path);
    Row row;
    std::memcpy(&row, bytes.data() + sizeof(Header) + i * sizeof(Row), sizeof(row));
    EXPECT_EQ(row.tree_size != 0, (*index)->file(i).distribution.empty());
    const absl::StatusOr<grammar::Ast> tree = (*index)->Tree(i);
    const absl::StatusOr<grammar::Ast> wanted = (*folder)->Tree(i);
    ASSERT_TRUE(tree.ok() && wanted.ok());
    EXPECT_TRUE(tree->bytes() == wanted->bytes());
  }
}

// --- Damage
// -----------------------------------------------------------------------------------------------------------

TEST_F(StubIndexTest, MissingEmptyAndForeignFiles) {
  const auto missing = StubIndex::Open(At("nowhere"));
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("installation damaged: "));
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("No such file"));
  EXPECT_THAT(std::string(StubIndex::Open(root_).status().message()), HasSubstr("no regular file"));
  ASSERT_EQ(mkfifo(At("pipe").c_str(), 0600), 0);
  EXPECT_THAT(std::string(StubIndex::Open(At("pipe")).status().message()), HasSubstr("no regular file"));
  EXPECT_THAT(OpenError(""), HasSubstr("empty"));
  EXPECT_THAT(OpenError("short"), HasSubstr("too short"));
  EXPECT_THAT(OpenError(std::string(4096, 'x')), HasSubstr("another version of overt"));
}

TEST_F(StubIndexTest, EveryTruncationIsNoticed) {
  const std::string bytes = Compile();
  for (size_t size = 0; size < bytes.size(); size += 37) EXPECT_NE(OpenError(bytes.substr(0, size)), "") << size;
  EXPECT_NE(OpenError(bytes + "x"), "");
}

TEST_F(StubIndexTest, EveryFlippedBitOfTheTableIsNoticed) {
  std::string bytes = Compile();
  Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const size_t end =
      sizeof(header) + header.file_count * sizeof(Row) + header.namespace_count * sizeof(Piece) + header.strings_size;
  for (size_t at = 0; at < end; at += 3) {
    const bool is_commit = at >= offsetof(Header, commit) && at < sizeof(Header);
    if (is_commit) continue;
    bytes[at] = static_cast<char>(bytes[at] ^ 4);
    EXPECT_NE(OpenError(bytes), "") << at;
    bytes[at] = static_cast<char>(bytes[at] ^ 4);
  }
  bytes[sizeof(header) + 5] = static_cast<char>(bytes[sizeof(header) + 5] ^ 4);
  EXPECT_THAT(OpenError(bytes), ::testing::ContainsRegex("checksum is [0-9a-f]{16}, should be [0-9a-f]{16}"));
}

TEST_F(StubIndexTest, ADamagedStubHurtsItselfOnly) {
  std::string bytes = Compile();
  const size_t text = bytes.find("class Node: ...\n");
  const size_t standard_text = bytes.find("from _collections_abc import *\n");
  ASSERT_TRUE(text != std::string::npos && standard_text != std::string::npos);
  // A third-party text, a text of the standard library, and the tree before it.
  const std::pair<size_t, const char*> places[] = {{text + 3, "stubs/docutils/docutils/nodes.pyi"},
                                                   {standard_text + 3, "stdlib/collections/abc.pyi"},
                                                   {standard_text - 40, "stdlib/collections/abc.pyi"}};
  for (const auto& [at, path] : places) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    Write("damaged", damaged);
    const auto index = StubIndex::Open(At("damaged"));
    ASSERT_TRUE(index.ok());
    size_t broken = 0;
    for (uint32_t i = 0; i < (*index)->file_count(); ++i) {
      const absl::StatusOr<grammar::Ast> tree = (*index)->Tree(i);
      if (tree.ok()) continue;
      ++broken;
      EXPECT_THAT(std::string(tree.status().message()), HasSubstr("installation damaged: "));
      EXPECT_THAT(std::string(tree.status().message()), HasSubstr(path));
    }
    EXPECT_EQ(broken, 1u) << at;
  }
  bytes[text + 3] = 'x';
  Write("damaged", bytes);
  const auto index = StubIndex::Open(At("damaged"));
  EXPECT_EQ((*index)->Text((*index)->FindThirdParty("docutils.nodes")->number), "");
}

// --- Folders of other kinds ------------------------------------------------------------------------------------------

TEST_F(StubIndexTest, WhatIsNoTypeshedIsSaid) {
  EXPECT_THAT(std::string(StubIndex::FromFolder(At("nowhere")).status().message()), HasSubstr("stdlib/VERSIONS"));
  fs::remove(At("ts/stdlib/builtins.pyi"));
  EXPECT_THAT(std::string(WriteStubIndex(At("ts"), At("index")).message()), HasSubstr("it is no copy of typeshed"));
  EXPECT_FALSE(fs::exists(At("index")));
}

TEST_F(StubIndexTest, FilesThatCannotBeReadStopTheBuildButNotAFolder) {
  ASSERT_EQ(mkfifo(At("ts/stdlib/pipe.pyi").c_str(), 0600), 0);
  EXPECT_THAT(std::string(WriteStubIndex(At("ts"), At("index")).message()), HasSubstr("not a regular file"));
  const auto index = StubIndex::FromFolder(At("ts"));
  ASSERT_TRUE(index.ok());
  const uint32_t pipe = (*index)->FindStandardLibrary("pipe", {3, 12})->number;
  EXPECT_FALSE((*index)->Tree(pipe).ok());
  EXPECT_EQ((*index)->Text(pipe), "");
  EXPECT_THAT(std::string(WriteStubIndex(At("ts"), At("no/such/folder")).message()), HasSubstr("pipe.pyi"));
}

TEST_F(StubIndexTest, AnUnwritablePlaceIsSaid) {
  EXPECT_THAT(std::string(WriteStubIndex(At("ts"), At("no/such/folder/index")).message()), HasSubstr("cannot write"));
}

TEST_F(StubIndexTest, ALoopOfFoldersEnds) {
  fs::create_directory_symlink("..", At("ts/stdlib/loop"));
  fs::create_directory_symlink("loop", At("ts/stubs/loop"));
  EXPECT_TRUE(ListTypeshed(At("ts")).ok());
}

TEST(Locate, TheVariableWins) {
  const char* before = std::getenv("OVERT_STUBS");
  const std::string kept = before == nullptr ? "" : before;
  setenv("OVERT_STUBS", "/somewhere/index", 1);
  EXPECT_EQ(FindBundledStubs(), "/somewhere/index");
  unsetenv("OVERT_STUBS");
  EXPECT_THAT(FindBundledStubs(), ::testing::EndsWith("typeshed.overt-stubs"));
  if (!kept.empty()) setenv("OVERT_STUBS", kept.c_str(), 1);  // later tests read it
}

}  // namespace
}  // namespace overt::stubs
