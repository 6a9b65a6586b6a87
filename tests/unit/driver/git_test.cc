// What git is started with: where the repository is stays, what could start other programs goes.
#include "checker/driver/git.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace overt::driver {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Git, EnvironmentKeepsWhereThingsAre) {
  const std::vector<std::string> kept =
      EnvironmentForGit({"HOME=/home/me", "GIT_DIR=.git", "GIT_WORK_TREE=/p", "GIT_INDEX_FILE=.git/next-index.lock",
                         "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"},
                        "/p/src");
  EXPECT_THAT(kept, Contains("HOME=/home/me"));
  EXPECT_THAT(kept, Contains("GIT_DIR=/p/src/.git"));  // git runs in another folder later
  EXPECT_THAT(kept, Contains("GIT_WORK_TREE=/p"));
  EXPECT_THAT(kept, Contains("GIT_INDEX_FILE=.git/next-index.lock"));  // seen from the top, wherever git is started
  EXPECT_THAT(kept, Contains("GIT_CONFIG_VALUE_0=*"));
}

TEST(Git, EnvironmentLosesWhatCouldStartPrograms) {
  for (const char* one : {"GIT_EXTERNAL_DIFF=evil", "GIT_PAGER=evil", "GIT_ASKPASS=evil", "GIT_SSH=evil",
                          "GIT_SSH_COMMAND=evil", "GIT_TRACE=/tmp/evil", "GIT_TRACE2_EVENT=/tmp/evil",
                          "GIT_EDITOR=evil", "GIT_EXEC_PATH=/tmp/evil", "GIT_PROXY_COMMAND=evil",
                          "GIT_ATTR_SOURCE=evil", "GIT_TEMPLATE_DIR=evil", "SSH_ASKPASS=evil", "LC_ALL=de_DE.UTF-8"}) {
    EXPECT_THAT(EnvironmentForGit({one}, "/p"), Not(Contains(HasSubstr("evil")))) << one;
  }
  EXPECT_THAT(EnvironmentForGit({"LC_ALL=de_DE.UTF-8"}, "/p"), Contains("LC_ALL=C"));
}

class FakePrograms : public ::testing::Test {
 protected:
  FakePrograms() {
    std::string pattern = (std::filesystem::temp_directory_path() / "overt-git-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    root_ = std::filesystem::canonical(pattern).string();
  }
  ~FakePrograms() override { std::filesystem::remove_all(root_); }

  std::string Folder(const std::string& name) const {
    std::filesystem::create_directories(absl::StrCat(root_, "/", name));
    return absl::StrCat(root_, "/", name);
  }
  // A program `git` that leaves a mark and says `answer`; its folder.
  std::string FakeGit(const std::string& name, const std::string& answer) const {
    const std::string program = Folder(name) + "/git";
    std::ofstream(program) << "#!/bin/sh\n: > " << Mark(name) << "\n" << answer << "\n";
    std::filesystem::permissions(program, std::filesystem::perms::all);
    return Folder(name);
  }
  std::string Mark(std::string name) const {
    std::replace(name.begin(), name.end(), '/', '-');
    return absl::StrCat(root_, "/started-", name);
  }
  bool Started(const std::string& name) const { return std::filesystem::exists(Mark(name)); }

  std::string root_;
};

TEST_F(FakePrograms, OnlyAbsoluteFoldersOutsideOfTheWorkingTreeAreTrusted) {
  const std::string project = Folder("p");
  Folder("p/.git");
  const std::string inside = FakeGit("p/node_modules/.bin", "echo /");
  std::filesystem::create_directory_symlink(inside, root_ + "/link");
  const std::string right = FakeGit("bin", "echo fatal: as expected >&2; exit 128");
  const std::string path = absl::StrCat("::.:node_modules/.bin:", inside, ":", root_, "/link:", right);
  const absl::StatusOr<Git> git = Git::Find(project, path, nullptr);
  EXPECT_EQ(git.status().message(), "git: as expected");
  EXPECT_TRUE(Started("bin"));
  EXPECT_FALSE(Started("p/node_modules/.bin"));
  EXPECT_EQ(Git::Find(project, inside, nullptr).status().message(), "there is no `git` on PATH to ask what changed");
}

TEST_F(FakePrograms, AnAnswerThatMakesNoSenseIsAnError) {
  const std::string git = FakeGit(
      "bin", absl::StrCat("case \"$*\" in *rev-parse*) echo ", root_, ";; *config*) exit 1;; *) echo nonsense;; esac"));
  const absl::StatusOr<Git> found = Git::Find(root_, git, nullptr);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->Index().status().message(), "git: a line of `ls-files` that overt does not understand");
  EXPECT_FALSE(found->Contents({"0123"}).ok());
  EXPECT_FALSE(found->ChangedSince("--output=/tmp/evil").ok());
}

}  // namespace
}  // namespace overt::driver
