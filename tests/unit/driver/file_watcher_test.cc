// What the system says of folders, whatever happens to them.
#include "checker/driver/file_watcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <filesystem>
#include <set>
#include <string>

#include "tests/unit/driver/scratch_folder.h"

namespace overt::driver {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FileWatcherTest : public ScratchFolder {
 protected:
  // Events are there when the call that makes them returns.
  std::set<std::string> Taken() {
    std::set<std::string> paths;
    for (const FileWatcher::Event& event : watcher_.Take()) paths.insert(event.path);
    return paths;
  }

  FileWatcher watcher_;
};

TEST_F(FileWatcherTest, TellsOfFilesThatComeChangeAndGo) {
  EXPECT_TRUE(watcher_.Watch({root_}));
  EXPECT_FALSE(watcher_.Watch({root_}));
  EXPECT_THAT(Taken(), IsEmpty());
  Write("a.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("a.py")));
  Write("a.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("a.py")));
  Move("a.py", "b.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("a.py"), Path("b.py")));
  std::filesystem::remove(Path("b.py"));
  EXPECT_THAT(Taken(), ElementsAre(Path("b.py")));
  EXPECT_FALSE(watcher_.is_blind());
}

TEST_F(FileWatcherTest, TheDescriptorWakesASleeper) {
  watcher_.Watch({root_});
  pollfd wait{watcher_.descriptor(), POLLIN, 0};
  EXPECT_EQ(poll(&wait, 1, 0), 0);
  Write("a.py");
  EXPECT_EQ(poll(&wait, 1, 0), 1);
}

TEST_F(FileWatcherTest, LooksIntoFoldersAndNotBelowThem) {
  MakeFolder("pkg");
  watcher_.Watch({root_});
  Write("pkg/a.py");
  EXPECT_THAT(Taken(), IsEmpty());
  watcher_.Watch({root_, Path("pkg")});
  Write("pkg/b.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("pkg/b.py")));
  watcher_.Watch({root_});
  Taken();
  Write("pkg/c.py");
  EXPECT_THAT(Taken(), IsEmpty());
}

TEST_F(FileWatcherTest, SaysWhichEntriesAreFolders) {
  watcher_.Watch({root_});
  MakeFolder("pkg");
  for (const FileWatcher::Event& event : watcher_.Take()) EXPECT_TRUE(event.is_folder) << event.path;
}

TEST_F(FileWatcherTest, AFolderThatTookTheNameOfAnotherIsNew) {
  MakeFolder("pkg/sub");
  MakeFolder("next/sub");
  const std::set<std::string> folders = {root_, Path("pkg"), Path("pkg/sub")};
  watcher_.Watch(folders);
  Move("pkg", "old");
  Move("next", "pkg");
  EXPECT_TRUE(watcher_.Watch(folders));
  Taken();
  Write("pkg/sub/a.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("pkg/sub/a.py")));
  Write("old/sub/a.py");
  EXPECT_THAT(Taken(), IsEmpty());
}

TEST_F(FileWatcherTest, AFolderThatMovedIsWatchedUnderItsNewName) {
  MakeFolder("pkg/sub");
  watcher_.Watch({root_, Path("pkg"), Path("pkg/sub")});
  Move("pkg", "new");
  watcher_.Watch({root_, Path("new"), Path("new/sub")});
  Taken();
  Write("new/sub/a.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("new/sub/a.py")));
}

TEST_F(FileWatcherTest, WhatIsGoneIsWatchedAgainWhenItIsBack) {
  MakeFolder("pkg");
  watcher_.Watch({root_, Path("pkg")});
  std::filesystem::remove_all(Path("pkg"));
  EXPECT_THAT(Taken(), Contains(Path("pkg")));
  EXPECT_FALSE(watcher_.Watch({root_, Path("pkg")}));
  MakeFolder("pkg");
  EXPECT_TRUE(watcher_.Watch({root_, Path("pkg")}));
  Taken();
  Write("pkg/a.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("pkg/a.py")));
}

TEST_F(FileWatcherTest, OneFolderUnderTwoNamesIsToldOfByBoth) {
  MakeFolder("pkg");
  std::filesystem::create_directory_symlink(Path("pkg"), Path("link"));
  watcher_.Watch({Path("pkg"), Path("link")});
  Write("pkg/a.py");
  EXPECT_THAT(Taken(), ElementsAre(Path("link/a.py"), Path("pkg/a.py")));
}

}  // namespace
}  // namespace overt::driver
