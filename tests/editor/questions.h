// What an editor may ask about a test's files, and the answers as text that stands in a fence.
//
//   ```hover 1             the place that the file marks with ⟨1⟩; also definition, declaration, implementation,
//   overrides `A.m`        super-members, supertypes, subtypes, completion, ignore (the findings of its line),
//                          implement (what a class lacks), incoming-calls, outgoing-calls
//   ```
//   ```symbols base.py     a whole file, main.py if none is named; also code-lens, inlay-hints, gutter
//
// ⟨end of file⟩ cuts a file off where it stands, ⟨CRLF⟩ makes all line ends of its file those of Windows (`␍` in
// answers).
// A place is written `base.py:4:9 run`: line and column from 1, then the text of the name; in bundled stubs without the
// numbers, which change with them.
#ifndef OVERT_TESTS_EDITOR_QUESTIONS_H_
#define OVERT_TESTS_EDITOR_QUESTIONS_H_

#include <memory>
#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"
#include "tests/harness/suite_runner.h"

namespace overt::harness {

// A test's files without their marks, on disk and in a session.
class EditorTest {
 public:
  EditorTest(const SuiteWorld& world, const SuiteTest& test);
  ~EditorTest();

  // Whether anything of the test is checked: its own Python files, not those that it installs.
  static bool HasFiles(const SuiteTest& test);

  // The answer to a question like "hover 1"; "(nothing)" if there is none. A mistake in the question is the answer.
  std::string Answer(const std::string& question);

  const driver::Snapshot& snapshot() const;
  const classes::FamilyIndex& family() const;
  const std::vector<FileId>& files() const;  // that are checked
  lsp::FindingsOf findings() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace overt::harness

#endif  // OVERT_TESTS_EDITOR_QUESTIONS_H_
