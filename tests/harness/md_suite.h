// Markdown that reads as a specification and runs as a test: one heading, one test.
//
//   ## A second base of the same class
//   Python refuses the class statement.
//   ```py
//   class A: ...
//   class B(A, A): ...  # error: [duplicate-base] "lists `A` twice"
//   ```
//
// A fence of `py`, `pyi` or `text` is a file of the test; the line `` `pkg/base.py`: `` before it names it, otherwise
// it is `main.py` (`main.pyi`). A `toml` fence is the test's `overt.toml`; under a heading that has no files of its own
// it holds for all headings below it. A `snapshot` fence (also written `text snapshot`) pins the `full` output of the
// test, a `concise` fence the other form. A `py fixed` (`pyi fixed`) fence is what fixes make of the file of that name,
// the expectations of findings left out on both sides; `py fixed unsafe` asks for unsafe fixes as well. `<!--
// known-wrong: why -->` marks a test that pins a wrong answer.
// On pages in `suites/editor` a fence like `hover 1` pins the answer to a question about a place, which the file marks
// with ⟨1⟩, or `symbols base.py` one about a file: `tests/editor/questions.h` lists them.
// Parses only: `assertions.h` reads the comments in the files, `suite_runner.h` runs them.
#ifndef OVERT_TESTS_HARNESS_MD_SUITE_H_
#define OVERT_TESTS_HARNESS_MD_SUITE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace overt::harness {

struct SuiteFile {
  std::string path;  // relative, with `/`
  std::string text;
  size_t line = 0;  // of its first line in the Markdown file, from 1
};

struct SuiteSnapshot {
  std::string format;  // "full", "concise", or a question like "hover 1"
  std::string text;
  size_t first_line = 0;  // of the text in the Markdown file, from 1
  size_t line_count = 0;
};

struct SuiteTest {
  std::string title;        // the headings that lead to it, joined by " / "
  std::string filter_name;  // the same, fit for a test filter
  size_t line = 0;          // of the heading, from 1
  std::vector<SuiteFile> files;
  std::string config;  // of overt.toml; empty: defaults
  std::vector<SuiteSnapshot> snapshots;
  std::vector<SuiteFile> fixed;  // what files become; with any, all others must stay as they are
  bool unsafe_fixes = false;
  std::string known_wrong;  // why the pinned answer is wrong; usually empty
};

struct Suite {
  std::string path;  // of the Markdown file
  std::vector<SuiteTest> tests;
  std::vector<std::string> problems;  // "file.md:12: …": mistakes in the Markdown itself
};

Suite ParseSuite(const std::string& path, const std::string& text);

// All Markdown files below `folder`, parsed, in the order of their paths.
std::vector<Suite> LoadSuites(const std::string& folder);

std::string ReadWholeFile(const std::string& path);
void WriteWholeFile(const std::string& path, const std::string& text);

}  // namespace overt::harness

#endif  // OVERT_TESTS_HARNESS_MD_SUITE_H_
