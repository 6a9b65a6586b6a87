// Random edits of a test's files, as an editor or a version control system would make them.
//
//   EditScript script(test, seed);
//   for (int i = 0; i < 12; ++i) script.Step(session, folder);
//   script.Replay(cold_session);          // the same texts, at once
//
// An edit changes a line, a name or the whole text, in a buffer or on disk, or removes a file. The same seed makes the
// same edits.
#ifndef OVERT_TESTS_HARNESS_EDITS_H_
#define OVERT_TESTS_HARNESS_EDITS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "checker/driver/session.h"
#include "tests/harness/md_suite.h"

namespace overt::harness {

class EditScript {
 public:
  EditScript(const SuiteTest& test, std::string folder, uint64_t seed);

  // Makes one edit and tells the session.
  void Step(driver::Session& session);
  // Gives a session over the same folder the buffers that are open now.
  void Replay(driver::Session& session) const;
  // The files that exist now, on disk or as a buffer.
  std::vector<std::string> Files() const;
  // What was done so far, one line each: printed when a law breaks.
  const std::string& history() const { return history_; }

 private:
  std::string Mutated(const std::string& text);
  std::string& RandomLine(std::vector<std::string>& lines);
  size_t Pick(size_t count) { return static_cast<size_t>(random_() % count); }
  void EditBuffer(driver::Session& session, const std::string& path);
  void EditDisk(driver::Session& session, const std::string& path);

  std::vector<std::string> paths_;                                // all that ever were there
  std::map<std::string, std::string> original_, disk_, buffers_;  // by path
  std::vector<std::string> words_;                                // names that occur in the files
  std::mt19937_64 random_;
  std::string history_;
};

}  // namespace overt::harness

#endif  // OVERT_TESTS_HARNESS_EDITS_H_
