// Every heading of every suite, and of every rule's page, as a test of its own.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "tests/harness/assertions.h"
#include "tests/harness/md_suite.h"
#include "tests/harness/snapshot.h"
#include "tests/harness/suite_runner.h"

namespace overt::harness {
namespace {

// What all tests of this program share.
struct Shared {
  SuiteWorld world;
  SnapshotUpdates updates;
};

class SuiteCase : public ::testing::Test {
 public:
  SuiteCase(Shared& shared, const Suite& suite, const SuiteTest& test, std::string page_rule)
      : shared_(shared), suite_(suite), test_(test), page_rule_(std::move(page_rule)) {}

  void TestBody() override {
    const RunResult result = shared_.world.Run(test_, {.threads = 1, .shuffle_seed = 0, .page_rule = page_rule_});
    for (const std::string& problem : result.problems) ADD_FAILURE() << problem;
    for (const std::string& difference : Compare(suite_, test_, page_rule_, result.observed)) {
      ADD_FAILURE() << difference;
    }
    if (!test_.fixed.empty()) {
      for (const std::string& problem :
           shared_.world.CompareFixes(suite_, test_, {.threads = 1, .shuffle_seed = 0, .page_rule = page_rule_})) {
        ADD_FAILURE() << problem;
      }
    }
    for (const SuiteSnapshot& snapshot : test_.snapshots) {
      CompareSnapshot(snapshot, snapshot.format == "full" ? result.full : result.concise);
    }
    if (HasFailure()) {
      std::cout << suite_.path << ":" << test_.line << ": " << test_.title << "\n"
                << "only this one: " << OVERT_TEST_PROGRAM << " --gtest_filter='" << Name() << "'\n";
    }
  }

 private:
  static std::string Name() {
    const ::testing::TestInfo* info = ::testing::UnitTest::GetInstance()->current_test_info();
    return std::string(info->test_suite_name()) + "." + info->name();
  }

  void CompareSnapshot(const SuiteSnapshot& snapshot, const std::string& rendered) {
    if (snapshot.text == rendered) return;
    if (UpdateRequested()) {
      shared_.updates.Replace(suite_.path, snapshot, rendered);
    } else {
      ADD_FAILURE() << suite_.path << ":" << snapshot.first_line << ": the " << snapshot.format
                    << " output differs; OVERT_UPDATE=1 rewrites it\n--- pinned\n"
                    << snapshot.text << "--- now\n"
                    << rendered;
    }
  }

  Shared& shared_;
  const Suite& suite_;
  const SuiteTest& test_;
  std::string page_rule_;
};

class SuiteProblems : public ::testing::Test {
 public:
  explicit SuiteProblems(const Suite& suite) : suite_(suite) {}
  void TestBody() override {
    for (const std::string& problem : suite_.problems) ADD_FAILURE() << problem;
  }

 private:
  const Suite& suite_;
};

// `suites/override/existence.md` is "override/existence", `diagnostics/docs/cyclic-base.md` is "docs/cyclic-base".
std::string SuiteName(const std::string& folder, const std::string& path, const std::string& prefix) {
  std::filesystem::path name = std::filesystem::relative(path, folder);
  return prefix + name.replace_extension().generic_string();
}

void Register(Shared& shared, const Suite& suite, const std::string& name, const std::string& page_rule) {
  ::testing::RegisterTest(name.c_str(), "is_well_formed", nullptr, nullptr, __FILE__, __LINE__,
                          [&suite]() -> ::testing::Test* { return new SuiteProblems(suite); });
  for (const SuiteTest& test : suite.tests) {
    ::testing::RegisterTest(name.c_str(), test.filter_name.c_str(), nullptr, nullptr, suite.path.c_str(),
                            static_cast<int>(test.line), [&shared, &suite, &test, page_rule]() -> ::testing::Test* {
                              return new SuiteCase(shared, suite, test, page_rule);
                            });
  }
}

}  // namespace

int Main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  const std::string source = OVERT_SOURCE_DIR;
  const std::vector<Suite> suites = LoadSuites(source + "/tests/suites");
  const std::vector<Suite> pages = LoadSuites(source + "/diagnostics/docs");
  Shared shared;
  for (const Suite& suite : suites) {
    const std::string name = SuiteName(source + "/tests/suites", suite.path, "");
    // What editors are answered is `editor_suite_test`'s.
    if (name.rfind("editor/", 0) != 0) Register(shared, suite, name, "");
  }
  for (const Suite& page : pages) {
    Register(shared, page, SuiteName(source + "/diagnostics/docs", page.path, "docs/"),
             std::filesystem::path(page.path).stem().string());
  }
  const int result = RUN_ALL_TESTS();
  shared.updates.Apply();
  return result;
}

}  // namespace overt::harness

int main(int argc, char** argv) { return overt::harness::Main(argc, argv); }
