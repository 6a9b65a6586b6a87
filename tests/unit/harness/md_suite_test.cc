#include "tests/harness/md_suite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/harness/snapshot.h"

namespace overt::harness {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Suite Parse(const std::string& text) { return ParseSuite("suite.md", text); }

TEST(MdSuite, HeadingsWithFilesAreTests) {
  const Suite suite = Parse(
      "# Page\n\nProse.\n\n## First case\n```py\nx = 1\n```\n\n## No files\nProse.\n\n## Second\n### Deeper, still\n"
      "`a/b.pyi`:\n\n```pyi\ny: int\n```\n```py\nz = 2\n```\n");
  EXPECT_THAT(suite.problems, IsEmpty());
  ASSERT_EQ(suite.tests.size(), 2u);
  EXPECT_EQ(suite.tests[0].title, "Page / First case");
  EXPECT_EQ(suite.tests[0].filter_name, "First_case");
  EXPECT_EQ(suite.tests[0].line, 5u);
  ASSERT_EQ(suite.tests[0].files.size(), 1u);
  EXPECT_EQ(suite.tests[0].files[0].path, "main.py");
  EXPECT_EQ(suite.tests[0].files[0].text, "x = 1\n");
  EXPECT_EQ(suite.tests[0].files[0].line, 7u);
  EXPECT_EQ(suite.tests[1].filter_name, "Second_Deeper_still");
  ASSERT_EQ(suite.tests[1].files.size(), 2u);
  EXPECT_EQ(suite.tests[1].files[0].path, "a/b.pyi");
  EXPECT_EQ(suite.tests[1].files[1].path, "main.py");
}

TEST(MdSuite, ConfigurationIsForTheTestOrForWhatStandsBelow) {
  const Suite suite = Parse(
      "# P\n## Strict\n```toml\nstrict\n```\n### A\n```py\n```\n### B\n```toml\nown\n```\n```py\n```\n## "
      "C\n```py\n```\n");
  ASSERT_EQ(suite.tests.size(), 3u);
  EXPECT_EQ(suite.tests[0].config, "strict\n");
  EXPECT_EQ(suite.tests[1].config, "own\n");
  EXPECT_EQ(suite.tests[2].config, "");
}

TEST(MdSuite, SnapshotsAndKnownWrongAnswers) {
  const Suite suite = Parse(
      "# P\n## A\n<!-- known-wrong: should point at the first one "
      "-->\n```py\n```\n```snapshot\none\ntwo\n```\n```concise\n```\n");
  ASSERT_EQ(suite.tests.size(), 1u);
  EXPECT_EQ(suite.tests[0].known_wrong, "should point at the first one");
  ASSERT_EQ(suite.tests[0].snapshots.size(), 2u);
  EXPECT_EQ(suite.tests[0].snapshots[0].format, "full");
  EXPECT_EQ(suite.tests[0].snapshots[0].text, "one\ntwo\n");
  EXPECT_EQ(suite.tests[0].snapshots[0].first_line, 7u);
  EXPECT_EQ(suite.tests[0].snapshots[0].line_count, 2u);
  EXPECT_EQ(suite.tests[0].snapshots[1].format, "concise");
  EXPECT_EQ(suite.tests[0].snapshots[1].line_count, 0u);
}

TEST(MdSuite, MistakesAreSaid) {
  EXPECT_THAT(Parse("```py\n```\n").problems, ElementsAre(HasSubstr("before the first heading")));
  EXPECT_THAT(Parse("# A\n```py\nx\n").problems, ElementsAre(HasSubstr("never closed")));
  EXPECT_THAT(Parse("# A\n```py\n```\n```py\n```\n").problems, ElementsAre(HasSubstr("a second file `main.py`")));
  EXPECT_THAT(Parse("# P\n## A b\n```py\n```\n## A-b\n```py\n```\n").problems,
              ElementsAre(HasSubstr("is called `A_b` too")));
  EXPECT_THAT(Parse("# A\n`../x.py`:\n```py\n```\n").problems, ElementsAre(HasSubstr("leads out of")));
}

TEST(Snapshot, RewritesInPlaceFromTheLastToTheFirst) {
  const std::string path = ::testing::TempDir() + "/overt_snapshot_test.md";
  WriteWholeFile(path, "# P\n## A\n```py\n```\n```snapshot\nold\n```\n## B\n```py\n```\n```snapshot\n```\n");
  const Suite suite = ParseSuite(path, ReadWholeFile(path));
  SnapshotUpdates updates;
  updates.Replace(path, suite.tests[0].snapshots[0], "one\ntwo\n");
  updates.Replace(path, suite.tests[1].snapshots[0], "three\n");
  updates.Apply();
  EXPECT_EQ(ReadWholeFile(path),
            "# P\n## A\n```py\n```\n```snapshot\none\ntwo\n```\n## B\n```py\n```\n```snapshot\nthree\n```\n");
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace overt::harness
