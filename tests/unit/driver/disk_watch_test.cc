// What changed on disk, for those who began to look later than they began to read.
#include "checker/driver/disk_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/unit/driver/scratch_folder.h"

namespace overt::driver {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DiskWatchTest : public ScratchFolder {
 protected:
  // The paths that changed since the last round.
  static std::vector<std::string> Round(DiskWatch& watch) {
    std::vector<DiskChange> changes;
    while (!watch.Look(&changes)) {
    }
    std::vector<std::string> paths;
    paths.reserve(changes.size());
    for (const DiskChange& change : changes) paths.push_back(change.path);
    return paths;
  }

  const absl::Time long_ago_ = absl::Now() - absl::Hours(1);
  const absl::Time later_ = absl::Now() + absl::Hours(1);
};

// The reader read the file, somebody wrote it, and only then is it followed.
TEST_F(DiskWatchTest, TellsOnceOfAFileThatWasWrittenBeforeItWasFollowed) {
  Write("team.toml", "a");
  DiskWatch watch(long_ago_);
  watch.FollowFile(Path("team.toml"));
  EXPECT_THAT(Round(watch), ElementsAre(Path("team.toml")));
  watch.FollowFile(Path("team.toml"));
  EXPECT_THAT(Round(watch), IsEmpty());
}

TEST_F(DiskWatchTest, SaysNothingOfAFileThatIsOlderThanItsReader) {
  Write("team.toml", "a");
  DiskWatch watch(later_);
  watch.FollowFile(Path("team.toml"));
  EXPECT_THAT(Round(watch), IsEmpty());
  Write("team.toml", "other");
  EXPECT_THAT(Round(watch), ElementsAre(Path("team.toml")));
}

// Its folder was looked at before: what it was then is known.
TEST_F(DiskWatchTest, KnowsAFileOfAFolderThatItFollows) {
  Write("overt.toml", "a");
  DiskWatch watch(later_);
  watch.FollowFolder(root_);
  EXPECT_THAT(Round(watch), IsEmpty());
  Write("overt.toml", "other");
  watch.FollowFile(Path("overt.toml"));
  EXPECT_THAT(Round(watch), ElementsAre(Path("overt.toml")));
}

TEST_F(DiskWatchTest, SaysNothingOfAFileThatIsNotThere) {
  DiskWatch watch(long_ago_);
  watch.FollowFile(Path("team.toml"));
  EXPECT_THAT(Round(watch), IsEmpty());
  Write("team.toml", "a");
  EXPECT_THAT(Round(watch), ElementsAre(Path("team.toml")));
}

TEST_F(DiskWatchTest, WhatSomebodyElseToldOfIsNoNews) {
  Write("overt.toml", "a");
  DiskWatch watch(later_);
  watch.FollowFile(Path("overt.toml"));
  Write("overt.toml", "other");
  watch.Note(Path("overt.toml"));
  EXPECT_THAT(Round(watch), IsEmpty());
}

}  // namespace
}  // namespace overt::driver
