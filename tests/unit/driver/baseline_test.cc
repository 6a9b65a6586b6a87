// What makes a finding the same finding, what moves, what is written, and what a file that somebody edited may hold.
#include "checker/driver/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/baseline_file.h"
#include "checker/driver/code_owners.h"

namespace overt::driver {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr size_t kNew = BaselineMatch::kNone;

Diagnostic Finding(const std::string& class_name, const std::string& member, const std::string& base,
                   const std::string& title) {
  Diagnostic finding;
  finding.rule = Rule::kMissingOverride;
  finding.subject = {class_name, member, base};
  finding.title = title;
  return finding;
}

BaselineEntry Entry(const std::string& class_name, const std::string& path = "a.py", const std::string& title = "t") {
  return EntryFor(Finding(class_name, "read", "m.Base", title), path);
}

bool Never(const BaselineEntry&, const BaselineEntry&) { return false; }
bool Always(const BaselineEntry&, const BaselineEntry&) { return true; }

TEST(Baseline, PlacesAndPathsAreNoPartOfAFindingAboutAClass) {
  Diagnostic above = Finding("m.A", "read", "m.Base", "`A.read` overrides"), below = above;
  below.primary.span.range = {70, 80};
  below.notes.push_back({Note::Kind::kHelp, "did you mean `x`?"});
  EXPECT_EQ(CompareEntries(EntryFor(above, "a.py"), EntryFor(below, "b.py")), 0);
  EXPECT_EQ(IdOf(EntryFor(above, "a.py")), IdOf(EntryFor(below, "b.py")));
}

TEST(Baseline, EverythingElseIs) {
  const Diagnostic finding = Finding("m.A", "read", "m.Base", "t");
  std::set<std::string> ids = {IdOf(EntryFor(finding, "a.py"))};
  Diagnostic other = finding;
  other.rule = Rule::kOverrideOfFinal;
  ids.insert(IdOf(EntryFor(other, "a.py")));
  ids.insert(IdOf(EntryFor(Finding("n.A", "read", "m.Base", "t"), "a.py")));
  ids.insert(IdOf(EntryFor(Finding("m.A", "write", "m.Base", "t"), "a.py")));
  ids.insert(IdOf(EntryFor(Finding("m.A", "read", "n.Base", "t"), "a.py")));
  ids.insert(IdOf(EntryFor(Finding("m.A", "read", "m.Base", "u"), "a.py")));
  ids.insert(IdOf(EntryFor(Finding("", "", "", "t"), "a.py")));
  ids.insert(IdOf(EntryFor(Finding("", "", "", "t"), "b.py")));
  EXPECT_THAT(ids, SizeIs(8));
  for (const std::string& id : ids) EXPECT_EQ(id.size(), 12u);
}

// `class Base(other.Base)`: the message names both with their modules, and a module may be renamed.
TEST(Baseline, ModulesInTheMessageAreNoPartOfWhatItSays) {
  const BaselineEntry before =
      EntryFor(Finding("m.Base", "read", "old.Base", "`Base.read` overrides `old.Base`"), "m.py");
  const BaselineEntry after =
      EntryFor(Finding("m.Base", "read", "new.Base", "`Base.read` overrides `new.Base`"), "m.py");
  EXPECT_EQ(before.hash, after.hash);
  EXPECT_NE(CompareEntries(before, after), 0);
}

TEST(Baseline, OneMoreOfTheSameIsNew) {
  BaselineEntry twice = Entry("m.A");
  twice.count = 2;
  const std::vector<BaselineEntry> entries = {twice};
  const BaselineMatch match = MatchBaseline(entries, {Entry("m.A"), Entry("m.A"), Entry("m.A")}, Always);
  EXPECT_THAT(match.entry_of, ElementsAre(0, 0, kNew));
  EXPECT_THAT(match.found, ElementsAre(2));
}

TEST(Baseline, WhatMovedIsFoundByItsOwnNameOnce) {
  const std::vector<BaselineEntry> entries = {Entry("old.A")};
  const std::vector<BaselineEntry> findings = {Entry("new.A", "new.py"), Entry("newer.A", "newer.py")};
  EXPECT_THAT(MatchBaseline(entries, findings, Always).entry_of, ElementsAre(0, kNew));
  EXPECT_THAT(MatchBaseline(entries, findings, Never).entry_of, ElementsAre(kNew, kNew));
  EXPECT_THAT(MatchBaseline(entries, {Entry("new.B")}, Always).entry_of, ElementsAre(kNew));
}

// Whoever has the very name goes first, wherever it stands in the order.
TEST(Baseline, TheSameNameGoesBeforeAMovedOne) {
  const BaselineMatch match = MatchBaseline({Entry("m.A")}, {Entry("a.A"), Entry("m.A")}, Always);
  EXPECT_THAT(match.entry_of, ElementsAre(kNew, 0));
}

TEST(Baseline, ReasonsOutliveAMoveAndAShrinking) {
  BaselineEntry entry = Entry("old.A");
  entry.count = 3;
  entry.reason = "why";
  const std::vector<BaselineEntry> entries = {entry};
  const std::vector<BaselineEntry> findings = {Entry("new.A", "new.py"), Entry("new.B", "new.py")};
  const BaselineMatch match = MatchBaseline(entries, findings, Always);
  const auto none = [](const auto&) { return false; };
  const auto all = [](const auto&) { return true; };
  const std::vector<BaselineEntry> shrunk = RenewedEntries(entries, findings, match, all, none);
  ASSERT_THAT(shrunk, SizeIs(1));
  EXPECT_EQ(shrunk[0].subject.class_name, "new.A");
  EXPECT_EQ(shrunk[0].path, "new.py");
  EXPECT_EQ(shrunk[0].count, 1u);
  EXPECT_EQ(shrunk[0].reason, "why");
  const std::vector<BaselineEntry> kept = RenewedEntries(entries, findings, match, none, all);
  ASSERT_THAT(kept, SizeIs(3));
  EXPECT_EQ(kept[0].subject.class_name, "new.A");
  EXPECT_EQ(kept[1].subject.class_name, "new.B");
  EXPECT_EQ(kept[2].subject.class_name, "old.A");
  EXPECT_EQ(kept[2].count, 2u);
}

std::vector<BaselineEntry> ManyEntries() {
  std::vector<BaselineEntry> entries;
  for (const char* name : {"", "m.A", "m.B", "n.A"}) {
    for (const char* path : {"a.py", "b.py"}) {
      entries.push_back(EntryFor(Finding(name, *name == '\0' ? "" : "read", "", "`x` \"quoted\"\n\\ \xC3\xA9"), path));
      entries.back().reason = path;
      entries.back().count = entries.size();
    }
  }
  return SortedEntries(std::move(entries));
}

TEST(Baseline, EqualEntriesMakeEqualBytesInAnyOrder) {
  std::vector<BaselineEntry> entries = ManyEntries();
  const std::string text = BaselineText(entries);
  EXPECT_TRUE(absl::EndsWith(text, "]\n}\n"));
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(entries.begin(), entries.end(), random);
    EXPECT_EQ(BaselineText(SortedEntries(entries)), text);
  }
}

TEST(Baseline, WhatIsWrittenIsRead) {
  const std::vector<BaselineEntry> entries = ManyEntries();
  const std::string text = BaselineText(entries);
  const absl::StatusOr<std::vector<BaselineEntry>> read = ParseBaseline(text, "b.json");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(BaselineText(*read), text);
  for (size_t i = 0; i < read->size(); ++i) EXPECT_EQ((*read)[i].line, 4 + i);
  EXPECT_EQ(BaselineText(*ParseBaseline(BaselineText({}), "b.json")), BaselineText({}));
}

// git takes over both sides of a merge.
// A hundred thousand lines are read in the time of a hundred thousand.
TEST(Baseline, EntriesKnowTheirLines) {
  std::vector<BaselineEntry> entries;
  for (int i = 0; i < 100'000; ++i) entries.push_back(Entry(absl::StrFormat("m.C%06d", i)));
  const auto read = ParseBaseline(BaselineText(entries), "b.json");
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), entries.size());
  for (size_t i = 0; i < entries.size(); ++i) ASSERT_EQ((*read)[i].line, i + 4);
}

TEST(Baseline, DoubledLinesAreOne) {
  const std::string line = R"({"rule": "missing-override", "class": "m.A", "path": "a", "hash": "0")";
  const auto read = ParseBaseline(absl::StrCat(R"({"schema_version": 1, "findings": [)", line, "},", line,
                                               R"(, "count": 3},)", line, R"(, "reason": "r"}]})"),
                                  "b.json");
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_THAT(*read, SizeIs(1));
  EXPECT_EQ((*read)[0].count, 3u);
  EXPECT_EQ((*read)[0].reason, "r");
}

// Whatever part of a file is lost, it is not read as a smaller one.
TEST(Baseline, APartOfAFileIsNoFile) {
  const std::string text = BaselineText(ManyEntries());
  for (size_t size = 0; size + 2 < text.size(); ++size) {
    const auto read = ParseBaseline(absl::string_view(text).substr(0, size), "b.json");
    ASSERT_FALSE(read.ok()) << size;
    ASSERT_TRUE(absl::StartsWith(read.status().message(), "b.json:")) << read.status();
  }
}

// Neither crashes nor loses its place; what it does read, it would write again.
TEST(Baseline, DamagedFilesAreRefusedOrRead) {
  const std::string text = BaselineText(ManyEntries());
  std::mt19937 random(11);
  const absl::string_view pieces[] = {"\"", "{", "}",  "[",   "]",    ",",    ":", "\\",
                                      "\n", "0", "-1", "1e9", "null", "\xff", ""};
  for (int i = 0; i < 4000; ++i) {
    std::string damaged = text;
    for (int edits = 1 + static_cast<int>(random() % 3); edits > 0; --edits) {
      const size_t at = random() % damaged.size();
      damaged.replace(at, random() % 4, std::string(pieces[random() % std::size(pieces)]));
    }
    const auto read = ParseBaseline(damaged, "b.json");
    if (read.ok()) {
      const auto again = ParseBaseline(BaselineText(*read), "b.json");
      ASSERT_TRUE(again.ok()) << again.status() << damaged;
      ASSERT_EQ(BaselineText(*again), BaselineText(*read));
    } else {
      ASSERT_TRUE(absl::StartsWith(read.status().message(), "b.json:")) << read.status();
    }
  }
}

TEST(Baseline, MistakesHaveAPlace) {
  const auto problem = [](absl::string_view text) {
    const auto read = ParseBaseline(text, "b.json");
    return read.ok() ? "none" : std::string(read.status().message());
  };
  EXPECT_THAT(problem("{\"schema_version\": 1,\n \"findings\": [\n  {\"rul\": \"x\"}]}"),
              HasSubstr("b.json:3:4: unknown key `rul`; did you mean `rule`?"));
  EXPECT_THAT(problem("{\"schema_version\": 7}"), HasSubstr("b.json:1:20: schema version 7 is of a newer overt"));
  EXPECT_THAT(problem("{\"schema_version\": 1,\n}"), HasSubstr("b.json:2:1: "));
  EXPECT_THAT(problem("{\"schema_version\": 1.5}"), HasSubstr("`schema_version` cannot be that"));
  EXPECT_THAT(problem("{\"schema_version\": 1, \"findings\": [[]]}"), HasSubstr("b.json:1:"));
  EXPECT_THAT(problem("{\"schema_version\": 1, \"findings\": {}}"), HasSubstr("b.json:1:"));
  EXPECT_THAT(problem("{\"schema_version\": 1, \"findings\": [null]}"), HasSubstr("`null` has no place"));
  EXPECT_THAT(problem("a\n>>>>>>> theirs\n"), HasSubstr("b.json:2:1: a merge was left unfinished"));
  EXPECT_EQ(problem("\xEF\xBB\xBF{\"schema_version\": 1, \"findings\": []}"), "none");
}

TEST(CodeOwners, TheLastLineThatMatchesDecides) {
  const CodeOwners owners(
      "# everything\n*  @all\n*.py @python @more # said\n/docs/ @writers\nweb/* @web\n/web/legal\n[Section]\n"
      "a\\ b.txt @blank\n!docs/x @nobody\n");
  EXPECT_EQ(owners.Of("x.txt"), "@all");
  EXPECT_EQ(owners.Of("deep/in/x.py"), "@python @more");
  EXPECT_EQ(owners.Of("docs/deep/x.py"), "@writers");
  EXPECT_EQ(owners.Of("web/x.py"), "@web");
  EXPECT_EQ(owners.Of("web/deep/x.py"), "@python @more");
  EXPECT_EQ(owners.Of("web/legal/x.py"), "");
  EXPECT_EQ(owners.Of("a b.txt"), "@blank");
  EXPECT_EQ(CodeOwners().Of("x.py"), "");
}

}  // namespace
}  // namespace overt::driver
