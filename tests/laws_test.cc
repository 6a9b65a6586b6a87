// Laws that hold for every suite: findings are the same bytes for any number of threads and any order of files, beside
// any other project, and after any history of edits.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/driver/config.h"
#include "tests/harness/edits.h"
#include "tests/harness/md_suite.h"
#include "tests/harness/suite_runner.h"

namespace overt::harness {
namespace {

uint64_t BaseSeed() {
  const char* seed = std::getenv("OVERT_LAW_SEED");
  return seed == nullptr ? 20260301 : std::strtoull(seed, nullptr, 10);
}

struct Shared {
  SuiteWorld world;
  std::vector<Suite> suites;
};

Shared& Everything() {
  static Shared* shared = [] {
    auto* made = new Shared;
    made->suites = LoadSuites(std::string(OVERT_SOURCE_DIR) + "/tests/suites");
    for (Suite& page : LoadSuites(std::string(OVERT_SOURCE_DIR) + "/diagnostics/docs")) {
      made->suites.push_back(std::move(page));
    }
    return made;
  }();
  return *shared;
}

// Calls `law(test)` for every test that configures nothing wrong.
template <typename Law>
void ForAllTests(const Law& law) {
  for (const Suite& suite : Everything().suites) {
    for (const SuiteTest& test : suite.tests) {
      SCOPED_TRACE(absl::StrCat(suite.path, ":", test.line, ": ", test.title));
      law(test);
    }
  }
}

TEST(Laws, ThreadsAndFileOrderChangeNothing) {
  const SuiteWorld& world = Everything().world;
  ForAllTests([&](const SuiteTest& test) {
    const RunResult first = world.Run(test, {.threads = 1, .shuffle_seed = 0, .page_rule = ""});
    for (const unsigned threads : {1u, 2u, 8u}) {
      const RunResult other =
          world.Run(test, {.threads = threads, .shuffle_seed = BaseSeed() + threads, .page_rule = ""});
      EXPECT_EQ(first.full, other.full) << threads << " threads";
      EXPECT_EQ(first.concise, other.concise) << threads << " threads";
    }
  });
}

std::vector<std::string> Shown(const std::vector<Observed>& observed, const std::string& prefix) {
  std::vector<std::string> lines;
  for (const Observed& one : observed) {
    absl::string_view path = one.path;
    if (!absl::ConsumePrefix(&path, prefix)) continue;
    lines.push_back(absl::StrCat(path, ":", one.line, ": ", one.severity, "[", one.rule, "] ", one.message));
  }
  return lines;
}

// All tests as folders of one tree, each with its own configuration, in one session with eight threads.
TEST(Laws, NeighboursChangeNothing) {
  const SuiteWorld& world = Everything().world;
  const TemporaryFolder folder;
  SuiteTest together;
  std::vector<std::pair<std::string, const SuiteTest*>> parts;
  ForAllTests([&](const SuiteTest& test) {
    const std::string prefix = absl::StrCat("t", 1000 + parts.size(), "/");
    SuiteTest part = test;
    if (part.config.empty()) part.config = "# defaults\n";
    WriteTestFiles(part, folder.path() + "/" + prefix);
    for (const SuiteFile& file : test.files) {
      if (PlaceOf(file) == file.path) together.files.push_back({prefix + file.path, file.text, file.line});
    }
    parts.emplace_back(prefix, &test);
  });
  together.config = "# defaults\n";
  const RunOptions options{.threads = 8, .shuffle_seed = BaseSeed(), .page_rule = ""};
  const std::unique_ptr<driver::Session> session = world.OpenSession(folder.path(), together, options);
  const RunResult all = world.Check(*session, folder.path(), together, options);
  for (const auto& [prefix, test] : parts) {
    const RunResult alone = world.Run(*test, {.threads = 1, .shuffle_seed = 0, .page_rule = ""});
    EXPECT_EQ(Shown(alone.observed, ""), Shown(all.observed, prefix)) << test->title;
  }
}

std::string Findings(driver::Session& session, const std::vector<std::string>& files) {
  return Render(session.Check(files, {}), "full");
}

// Edits, checks between them, and at the end the same bytes as a session that never saw the edits.
void ExpectEditsLeaveNoTrace(const SuiteTest& test, uint64_t seed) {
  const SuiteWorld& world = Everything().world;
  const TemporaryFolder folder;
  WriteTestFiles(test, folder.path());
  const RunOptions options{.threads = 2, .shuffle_seed = 0, .page_rule = ""};
  const std::unique_ptr<driver::Session> edited = world.OpenSession(folder.path(), test, options);
  EditScript script(test, folder.path(), seed);
  if (script.Files().empty()) return;
  Findings(*edited, script.Files());
  for (int step = 0; step < 10; ++step) {
    script.Step(*edited);
    if (step % 3 != 0) continue;  // sometimes several edits come between two checks
    const std::unique_ptr<driver::Session> cold = world.OpenSession(folder.path(), test, options);
    script.Replay(*cold);
    const std::string expected = Findings(*cold, script.Files());
    ASSERT_EQ(Findings(*edited, script.Files()), expected) << "OVERT_LAW_SEED " << seed << "\n" << script.history();
  }
}

TEST(Laws, EditsLeaveNoTrace) {
  uint64_t seed = BaseSeed();
  ForAllTests([&](const SuiteTest& test) { ExpectEditsLeaveNoTrace(test, ++seed); });
}

}  // namespace
}  // namespace overt::harness

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
