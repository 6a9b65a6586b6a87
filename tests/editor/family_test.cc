// The family index: what it holds, what an edit makes it look at, and that no history of edits shows in it.
#include "checker/classes/family.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/harness/edits.h"
#include "tests/harness/suite_runner.h"

namespace overt::harness {
namespace {

using classes::ClassRef;
using classes::FamilyIndex;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const SuiteWorld& World() {
  static const SuiteWorld* world = new SuiteWorld;
  return *world;
}

std::vector<FileId> IdsOf(const driver::Snapshot& snapshot, const std::vector<std::string>& paths) {
  std::vector<FileId> ids;
  for (const std::string& path : paths) ids.push_back(snapshot.program->AddFile(path));
  return ids;
}

// That one question about many classes and members has the answers that many questions have, and that the names alone
// say the same of overriders as the member tables do.
void ExpectTheSameAtOnce(const FamilyIndex& family, const std::vector<FileId>& files) {
  constexpr size_t kMost = 2;
  const classes::ClassTable& classes = family.classes();
  std::vector<ClassRef> refs;
  std::vector<FamilyIndex::MemberName> members;
  for (const FileId file : files) {
    for (const ClassRef own : classes.ClassesIn(file)) {
      for (const ClassRef ref : classes.MroOf(own).order) refs.push_back(ref);
      for (const classes::Member& member : classes.MembersOf(own).all()) members.push_back({own, member.name});
    }
  }
  const std::vector<size_t> counts = family.SubclassCounts(refs);
  for (size_t i = 0; i < refs.size(); ++i) {
    EXPECT_EQ(counts[i], family.AllSubclasses(refs[i]).size()) << classes.InfoOf(refs[i]).qualified;
    EXPECT_EQ(counts[i], family.SubclassCount(refs[i]));
  }
  const std::vector<FamilyIndex::Overridden> below = family.OverriddenBelow(members, kMost);
  for (size_t i = 0; i < members.size(); ++i) {
    std::vector<ClassRef> owners;
    for (const auto& one : family.Overriders(members[i].owner, members[i].name)) owners.push_back(one.owner);
    const std::string name = absl::StrCat(classes.InfoOf(members[i].owner).qualified, ".",
                                          classes.program().interner().text(members[i].name));
    EXPECT_EQ(below[i].count, owners.size()) << name;
    owners.resize(std::min(kMost, owners.size()));
    EXPECT_EQ(below[i].first, owners) << name;
  }
}

// Everything that the index answers about the classes of some files, and about their ancestors.
std::string Everything(const FamilyIndex& family, const std::vector<FileId>& files) {
  const classes::ClassTable& classes = family.classes();
  const auto names = [&](const std::vector<ClassRef>& refs) {
    return absl::StrJoin(refs, " ", [&](std::string* out, ClassRef ref) {
      absl::StrAppend(out, classes.InfoOf(ref).qualified, "@", ref.node.raw);
    });
  };
  std::string out;
  for (const FileId file : files) {
    for (const ClassRef own : classes.ClassesIn(file)) {
      for (const ClassRef ref : classes.MroOf(own).order) {
        absl::StrAppend(&out, classes.InfoOf(ref).qualified, ": ", names(family.DirectSubclasses(ref)), " | ",
                        names(family.AllSubclasses(ref)), "\n");
      }
      for (const classes::Member& member : classes.MembersOf(own).all()) {
        absl::StrAppend(&out, "  ", classes.program().interner().text(member.name), ":");
        for (const FamilyIndex::Overrider& one : family.Overriders(own, member.name)) {
          absl::StrAppend(&out, " ", classes.InfoOf(one.owner).qualified, "@", one.member->name_range.begin);
        }
        absl::StrAppend(&out, "\n");
      }
    }
  }
  return out;
}

// A project whose files are buffers of an editor.
class Project {
 public:
  using Files = std::vector<std::pair<std::string, std::string>>;

  explicit Project(const Files& files) {
    SuiteTest test;
    for (const auto& [path, text] : files) test.files.push_back({path, text, 1});
    WriteTestFiles(test, folder_.path());
    session_ = World().OpenSession(folder_.path(), test, {});
    for (const SuiteFile& file : test.files) {
      if (file.path.rfind("site-packages/", 0) != 0) paths_.push_back(absl::StrCat(folder_.path(), "/", file.path));
    }
    family_ = FamilyIndex::Build(Now().classes, IdsOf(Now(), paths_));
  }

  void Edit(const std::string& path, const std::string& text) {
    session_->SetOverlay(absl::StrCat(folder_.path(), "/", path), text);
    family_ = family_->Updated(Now().classes, IdsOf(Now(), paths_));
  }

  const FamilyIndex& family() const { return *family_; }
  std::vector<FileId> ids() const { return IdsOf(Now(), paths_); }

  std::vector<std::string> Below(const std::string& name) const {
    std::vector<std::string> names;
    for (const ClassRef ref : family_->AllSubclasses(Named(name))) names.push_back(family_->classes().InfoOf(ref).name);
    return names;
  }
  std::vector<std::string> Overriders(const std::string& name, const std::string& member) const {
    std::vector<std::string> names;
    const grammar::Atom atom = family_->classes().program().interner().Intern(member);
    for (const FamilyIndex::Overrider& one : family_->Overriders(Named(name), atom)) {
      names.push_back(family_->classes().InfoOf(one.owner).name);
    }
    return names;
  }

 private:
  driver::Snapshot Now() const { return session_->SnapshotFor(paths_.front()); }
  ClassRef Named(const std::string& name) const {
    const std::vector<ClassRef> found = family_->classes().FindClass(name);
    EXPECT_EQ(found.size(), 1u) << name;
    return found.empty() ? ClassRef() : found.front();
  }

  TemporaryFolder folder_;
  std::unique_ptr<driver::Session> session_;
  std::vector<std::string> paths_;
  FamilyIndex::Pointer family_;
};

constexpr const char* kBase = "class Base:\n    def run(self): ...\n";
constexpr const char* kChild =
    "from base import Base\nclass Child(Base):\n    def run(self): ...\nclass Grand(Child):\n    other = 1\n";

TEST(Family, SubclassesAndOverridersOfAllFiles) {
  const Project project({{"base.py", kBase}, {"child.py", kChild}});
  EXPECT_THAT(project.Below("base.Base"), ElementsAre("Child", "Grand"));
  EXPECT_THAT(project.Below("child.Grand"), IsEmpty());
  EXPECT_THAT(project.Overriders("base.Base", "run"), ElementsAre("Child"));
  EXPECT_THAT(project.Overriders("child.Child", "run"), IsEmpty());
}

TEST(Family, WhatIsOnlyDeclaredOrSetOnSelfOverridesNothing) {
  const Project project({{"base.py", "class Base:\n    name = ''\n    size = 1\n    kind = 2\n"},
                         {"child.py",
                          "from base import Base\nclass Child(Base):\n    name: str\n    kind = 3\n"
                          "    def __init__(self): self.size = 2\n"}});
  EXPECT_THAT(project.Overriders("base.Base", "name"), IsEmpty());
  EXPECT_THAT(project.Overriders("base.Base", "size"), IsEmpty());
  EXPECT_THAT(project.Overriders("base.Base", "kind"), ElementsAre("Child"));
}

TEST(Family, AClassOfALibraryLinksAProjectsClassToItsBase) {
  const Project project({{"site-packages/lib.py", "class Root: ...\nclass Middle(Root): ...\n"},
                         {"main.py", "from lib import Middle, Root\nclass Mine(Middle): ...\n"}});
  EXPECT_THAT(project.Below("lib.Root"), ElementsAre("Middle", "Mine"));
}

TEST(Family, AClassInACycleIsNotBelowItself) {
  const Project project(Project::Files{{"main.py", "class A(B): ...\nclass B(A): ...\n"}});
  EXPECT_THAT(project.Below("main.A"), testing::Not(testing::Contains("A")));
}

TEST(Family, CountsOfManyClassesWithDiamondsCirclesAndALibraryBetween) {
  const Project project({{"site-packages/lib.py", "class Root:\n    def run(self): ...\nclass Middle(Root): ...\n"},
                         {"main.py",
                          "from lib import Middle, Root\n"
                          "class Top(Root):\n    def run(self): ...\n"
                          "class Left(Top): ...\nclass Right(Top, Middle):\n    def run(self): ...\n"
                          "class Low(Left, Right):\n    def run(self): ...\n"
                          "class A(C): ...\nclass B(A):\n    def run(self): ...\nclass C(B, Low): ...\n"}});
  ExpectTheSameAtOnce(project.family(), project.ids());
}

TEST(Family, AnEditOfABodyLooksAtOneFile) {
  Project project(
      {{"base.py", kBase}, {"child.py", kChild}, {"other.py", "from child import Grand\nclass Other(Grand): ...\n"}});
  EXPECT_EQ(project.family().looked_at(), 3u);
  // Everything below the edit moves, in the file as in the tree.
  project.Edit("base.py", "class Base:\n    def run(self):\n        for x in range(3):\n            print(x)\n");
  EXPECT_EQ(project.family().looked_at(), 1u);
  EXPECT_THAT(project.Below("base.Base"), ElementsAre("Child", "Grand", "Other"));
  EXPECT_THAT(project.Overriders("base.Base", "run"), ElementsAre("Child"));
}

TEST(Family, AnEditOfAClassesMembersLooksAtOneFile) {
  Project project({{"base.py", kBase}, {"child.py", kChild}});
  project.Edit("child.py",
               "from base import Base\nclass Child(Base):\n    def walk(self): ...\n"
               "class Grand(Child):\n    other = 1\n    def run(self): ...\n");
  EXPECT_EQ(project.family().looked_at(), 1u);
  EXPECT_THAT(project.Overriders("base.Base", "run"), ElementsAre("Grand"));
}

TEST(Family, ARenamedBaseLosesItsSubclasses) {
  Project project({{"base.py", kBase}, {"child.py", kChild}});
  project.Edit("base.py", "class Basis:\n    def run(self): ...\n");
  EXPECT_THAT(project.Below("base.Basis"), IsEmpty());
  EXPECT_THAT(project.Below("child.Child"), ElementsAre("Grand"));
  project.Edit("base.py", kBase);
  EXPECT_THAT(project.Below("base.Base"), ElementsAre("Child", "Grand"));
}

TEST(Family, AReExportThatNowMeansAnotherClassIsFollowed) {
  Project project({{"base.py", "class One: ...\nclass Two: ...\n"},
                   {"api.py", "from base import One as Base\n"},
                   {"main.py", "import api\nclass Child(api.Base): ...\n"}});
  EXPECT_THAT(project.Below("base.One"), ElementsAre("Child"));
  project.Edit("api.py", "from base import Two as Base\n");
  EXPECT_THAT(project.Below("base.One"), IsEmpty());
  EXPECT_THAT(project.Below("base.Two"), ElementsAre("Child"));
}

// What an installed stub does not say, the source beside it may; that file is none of the project's.
TEST(Family, AnInstalledFileThatComesIsFollowed) {
  Project project({{"site-packages/lib/__init__.pyi", "class Other: ...\n"},
                   {"main.py", "from lib import Base\nclass Child(Base): ...\n"}});
  EXPECT_THAT(project.family().classes().FindClass("lib.Base"), IsEmpty());
  const SuiteFile source = {"site-packages/lib/__init__.py", "class Base: ...\n", 1};
  project.Edit(PlaceOf(source), source.text);
  EXPECT_THAT(project.Below("lib.Base"), ElementsAre("Child"));
}

// A method is a name of its class: where a nested class had that name, those who derive from it lose their base.
TEST(Family, AMethodThatTakesANestedClassesNameIsNoticed) {
  Project project({{"base.py", "class Outer:\n    class Inner: ...\n    def run(self): ...\nInner = Outer.Inner\n"},
                   {"main.py", "from base import Outer\nclass Child(Outer.Inner): ...\n"}});
  EXPECT_THAT(project.Below("base.Outer.Inner"), ElementsAre("Child"));
  project.Edit("base.py", "class Outer:\n    class Inner: ...\n    def Inner(self): ...\n");
  EXPECT_THAT(project.Below("base.Outer.Inner"), IsEmpty());
}

// After any edits the index is the one that is made from nothing.
TEST(FamilyLaw, NoHistoryOfEditsShows) {
  constexpr int kSteps = 8;
  uint64_t seed = 7;
  for (const Suite& suite : LoadSuites(std::string(OVERT_SOURCE_DIR) + "/tests/suites")) {
    for (const SuiteTest& test : suite.tests) {
      SCOPED_TRACE(absl::StrCat(suite.path, ":", test.line, ": ", test.title));
      const TemporaryFolder folder;
      WriteTestFiles(test, folder.path());
      const std::unique_ptr<driver::Session> session = World().OpenSession(folder.path(), test, {});
      EditScript script(test, folder.path(), seed++);
      if (script.Files().empty()) continue;
      FamilyIndex::Pointer family;
      for (int step = 0; step < kSteps; ++step) {
        const std::vector<std::string> paths = script.Files();
        if (paths.empty()) break;
        const driver::Snapshot snapshot = session->SnapshotFor(folder.path() + "/main.py");
        const std::vector<FileId> files = IdsOf(snapshot, paths);
        const FamilyIndex::Pointer fresh = FamilyIndex::Build(snapshot.classes, files);
        family = family == nullptr ? fresh : family->Updated(snapshot.classes, files);
        ASSERT_EQ(Everything(*family, files), Everything(*fresh, files)) << script.history();
        ExpectTheSameAtOnce(*family, files);
        script.Step(*session);
      }
    }
  }
}

}  // namespace
}  // namespace overt::harness
