// Every heading of the pages in `tests/suites/editor` as a test of its own.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/editor/questions.h"
#include "tests/harness/md_suite.h"
#include "tests/harness/snapshot.h"

namespace overt::harness {
namespace {

struct EditorShared {
  SuiteWorld world;
  SnapshotUpdates updates;
};

class EditorCase : public ::testing::Test {
 public:
  EditorCase(EditorShared& shared, const Suite& suite, const SuiteTest& test)
      : shared_(shared), suite_(suite), test_(test) {}

  void TestBody() override {
    EXPECT_FALSE(test_.snapshots.empty()) << suite_.path << ":" << test_.line << ": asks nothing";
    EditorTest editor(shared_.world, test_);
    for (const SuiteSnapshot& asked : test_.snapshots) {
      const std::string answer = editor.Answer(asked.format);
      if (asked.text == answer) continue;
      if (UpdateRequested()) {
        shared_.updates.Replace(suite_.path, asked, answer);
      } else {
        ADD_FAILURE() << suite_.path << ":" << asked.first_line << ": " << asked.format
                      << ": another answer; OVERT_UPDATE=1 rewrites it\n--- pinned\n"
                      << asked.text << "--- now\n"
                      << answer;
      }
    }
  }

 private:
  EditorShared& shared_;
  const Suite& suite_;
  const SuiteTest& test_;
};

class EditorPage : public ::testing::Test {
 public:
  explicit EditorPage(const Suite& suite) : suite_(suite) {}
  void TestBody() override {
    EXPECT_FALSE(suite_.tests.empty());
    for (const std::string& problem : suite_.problems) ADD_FAILURE() << problem;
  }

 private:
  const Suite& suite_;
};

}  // namespace

int EditorMain(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  const std::vector<Suite> suites = LoadSuites(std::string(OVERT_SOURCE_DIR) + "/tests/suites/editor");
  EditorShared shared;
  for (const Suite& suite : suites) {
    const std::string name = "editor/" + std::filesystem::path(suite.path).stem().string();
    ::testing::RegisterTest(name.c_str(), "is_well_formed", nullptr, nullptr, __FILE__, __LINE__,
                            [&suite]() -> ::testing::Test* { return new EditorPage(suite); });
    for (const SuiteTest& test : suite.tests) {
      ::testing::RegisterTest(
          name.c_str(), test.filter_name.c_str(), nullptr, nullptr, suite.path.c_str(), static_cast<int>(test.line),
          [&shared, &suite, &test]() -> ::testing::Test* { return new EditorCase(shared, suite, test); });
    }
  }
  const int result = RUN_ALL_TESTS();
  shared.updates.Apply();
  return result;
}

}  // namespace overt::harness

int main(int argc, char** argv) { return overt::harness::EditorMain(argc, argv); }
