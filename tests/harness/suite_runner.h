// Runs a suite's test: its files in a folder of their own, the real session over them, findings and renderings out.
//
//   SuiteWorld world;                                    // the bundled stubs, opened once
//   RunResult result = world.Run(test, {.threads = 2});
//
// Files named `site-packages/…` are installed into an environment beside the test (`.venv`), which the session has to
// discover like any other. The files lie on disk because modules are found by reading folders.
#ifndef OVERT_TESTS_HARNESS_SUITE_RUNNER_H_
#define OVERT_TESTS_HARNESS_SUITE_RUNNER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checker/driver/session.h"
#include "tests/harness/assertions.h"
#include "tests/harness/md_suite.h"

namespace overt::harness {

struct RunOptions {
  unsigned threads = 1;
  uint64_t shuffle_seed = 0;  // of the order in which files are given to the session; 0: as written
  std::string page_rule;      // raised to an error where it is off by default and the test configures nothing
};

struct RunResult {
  std::vector<Observed> observed;
  std::string full, concise;          // rendered
  std::vector<std::string> problems;  // configuration problems, internal errors
};

// A folder below the system's temporary one, removed with everything in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Where a test's file lies below the folder of the test.
std::string PlaceOf(const SuiteFile& file);

// Writes a test's files, its configuration and what an environment needs below `folder`.
void WriteTestFiles(const SuiteTest& test, const std::string& folder);

class SuiteWorld {
 public:
  SuiteWorld();  // aborts with a message if the bundled stubs cannot be opened

  RunResult Run(const SuiteTest& test, const RunOptions& options) const;

  // What is wrong with the fixes of a test that has `fixed` fences: files that become something else, and whatever a
  // second run of the fixes changes again. One paragraph each.
  std::vector<std::string> CompareFixes(const Suite& suite, const SuiteTest& test, const RunOptions& options) const;

  // A session over `folder`, where the files already lie.
  std::unique_ptr<driver::Session> OpenSession(const std::string& folder, const SuiteTest& test,
                                               const RunOptions& options) const;
  // Checks all Python files of the test and renders.
  RunResult Check(driver::Session& session, const std::string& folder, const SuiteTest& test,
                  const RunOptions& options) const;

 private:
  std::shared_ptr<program::BoundStubs> stubs_;
};

// Everything that a check found, in one of the output formats.
std::string Render(const driver::CheckResult& result, const std::string& format);

}  // namespace overt::harness

#endif  // OVERT_TESTS_HARNESS_SUITE_RUNNER_H_
