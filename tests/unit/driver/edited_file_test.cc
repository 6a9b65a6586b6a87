// Edits upon edits come to the same as one set of edits of the original, and a diff of them is one that `patch` takes.
#include "checker/driver/edited_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "checker/driver/patch.h"
#include "checker/fixes/fixes.h"

namespace overt::driver {
namespace {

TEST(EditedFile, NothingIsNoEdit) {
  const EditedFile file("a\nb\n");
  EXPECT_EQ(file.text(), "a\nb\n");
  EXPECT_TRUE(file.edits().empty());
}

TEST(EditedFile, RoundsAreOneSetOfEdits) {
  EditedFile file("one two three");
  file.Apply(std::vector<Edit>{{{0, 3}, "1"}, {{8, 8}, "2.5 "}});
  EXPECT_EQ(file.text(), "1 two 2.5 three");
  file.Apply(std::vector<Edit>{{{2, 9}, "x"}});
  EXPECT_EQ(file.text(), "1 x three");
  EXPECT_EQ(fixes::ApplyEdits(file.original(), file.edits()), file.text());
}

TEST(EditedFile, WhatIsPutBackIsNoEdit) {
  EditedFile file("a b c");
  file.Apply(std::vector<Edit>{{{2, 3}, ""}});
  file.Apply(std::vector<Edit>{{{2, 2}, "b"}});
  EXPECT_EQ(file.text(), "a b c");
  EXPECT_TRUE(file.edits().empty());
}

TEST(EditedFile, InsertionsAtBothEnds) {
  EditedFile file("b");
  file.Apply(std::vector<Edit>{{{0, 0}, "a"}, {{1, 1}, "c"}});
  EXPECT_EQ(file.text(), "abc");
  EXPECT_EQ(fixes::ApplyEdits("b", file.edits()), "abc");
  EditedFile empty("");
  empty.Apply(std::vector<Edit>{{{0, 0}, "a"}});
  EXPECT_EQ(empty.text(), "a");
}

TEST(EditedFile, PlacesLeadBackToTheOriginal) {
  EditedFile file("one\ntwo\nthree");
  file.Apply(std::vector<Edit>{{{0, 0}, "zero\n"}, {{4, 7}, "2"}});
  ASSERT_EQ(file.text(), "zero\none\n2\nthree");
  EXPECT_EQ(file.OriginalOffset(2), 0u);   // of what came in: where it did
  EXPECT_EQ(file.OriginalOffset(5), 0u);   // `one`
  EXPECT_EQ(file.OriginalOffset(9), 4u);   // `2`
  EXPECT_EQ(file.OriginalOffset(11), 8u);  // `three`
  EXPECT_EQ(file.OriginalOffset(16), 13u);
}

// Sorted edits that do not overlap, anywhere in a text of that size.
std::vector<Edit> RandomEdits(std::mt19937& random, size_t size) {
  std::vector<uint32_t> places;
  const size_t count = random() % 4;
  for (size_t i = 0; i < 2 * count; ++i) places.push_back(static_cast<uint32_t>(random() % (size + 1)));
  std::sort(places.begin(), places.end());
  const std::string additions[] = {"", "x", "\n", "new\nlines\n", "no end"};
  std::vector<Edit> edits;
  for (size_t i = 0; i < count; ++i) {
    Edit edit{{places[2 * i], places[2 * i + 1]}, additions[random() % 5]};
    const bool touches = !edits.empty() && edits.back().range.end == edit.range.begin;
    if (!touches) edits.push_back(std::move(edit));
  }
  return edits;
}

std::string RandomText(std::mt19937& random) {
  std::string text;
  const size_t lines = random() % 30;
  for (size_t i = 0; i < lines; ++i) text += "line " + std::to_string(random() % 5) + "\n";
  if (random() % 3 == 0) text += "no end";
  return text;
}

TEST(EditedFile, RandomRoundsAgree) {
  std::mt19937 random(20260101);
  for (int i = 0; i < 2000; ++i) {
    EditedFile file(RandomText(random));
    for (int round = 0; round < 3; ++round) {
      const std::string before = file.text();
      const std::vector<Edit> edits = RandomEdits(random, before.size());
      file.Apply(edits);
      ASSERT_EQ(file.text(), fixes::ApplyEdits(before, edits));
    }
    ASSERT_EQ(fixes::ApplyEdits(file.original(), file.edits()), file.text());
  }
}

TEST(UnifiedDiff, OfNothingIsNothing) { EXPECT_EQ(UnifiedDiff("a.py", "x\n", {}), ""); }

TEST(UnifiedDiff, ShowsThreeLinesAround) {
  const std::string text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  const std::vector<Edit> edits{{{8, 8}, "new\n"}};
  EXPECT_EQ(UnifiedDiff("pkg/a.py", text, edits),
            "--- a/pkg/a.py\n+++ b/pkg/a.py\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+new\n 5\n 6\n 7\n");
}

TEST(UnifiedDiff, SaysWhereALineHasNoEnd) {
  EXPECT_EQ(UnifiedDiff("/a.py", "x", std::vector<Edit>{{{0, 1}, "y"}}),
            "--- /a.py\n+++ /a.py\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n");
}

// git is the judge: it applies each diff and must come to the new text.
TEST(UnifiedDiff, GitAppliesIt) {
  std::string pattern = (std::filesystem::temp_directory_path() / "overt-diff-XXXXXX").string();
  const std::string folder = mkdtemp(pattern.data());
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder + "/" + name, std::ios::binary) << text;
  };
  std::mt19937 random(7);
  std::string diff;
  std::vector<std::string> wanted;
  for (int i = 0; i < 300; ++i) {
    EditedFile file(RandomText(random));
    file.Apply(RandomEdits(random, file.original().size()));
    // What git calls a new or a deleted file is another kind of diff.
    if (file.original().empty() || file.text().empty()) continue;
    const std::string name = "f" + std::to_string(wanted.size());
    write(name, file.original());
    diff += UnifiedDiff(name, file.original(), file.edits());
    wanted.push_back(file.text());
  }
  write("all.diff", diff);
  const std::string command = "cd " + folder + " && git apply --unidiff-zero --whitespace=nowarn all.diff";
  ASSERT_EQ(std::system(command.c_str()), 0);
  for (size_t i = 0; i < wanted.size(); ++i) {
    std::ostringstream text;
    text << std::ifstream(folder + "/f" + std::to_string(i), std::ios::binary).rdbuf();
    EXPECT_EQ(text.str(), wanted[i]) << i;
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace overt::driver
