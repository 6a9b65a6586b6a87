#!/usr/bin/env python3
"""The structure tests must find what they are for: each is shown a planted fault and a clean twin."""

import pathlib
import tempfile
import unittest

import budget_test
import functions
import layering_test
import readme_test
import rule_files_test
import structure

LAYERS = {"diagnostics": set(), "grammar": {"diagnostics"}, "checker/bind": {"grammar", "diagnostics"}}

SOURCE = r'''
#include <string>
#define BODY(x) if (x) {
namespace overt {
// A brace in a comment { and in 'c' stays there, "also here {"
// and "quoted at the end"
constexpr int kTable[] = {
    1'000, 2,
};
enum class Color : int { kRed, kGreen };
template <class T, int N = (1 + 2)>
struct Box : Base<T> {
  Box() : first_{1}, second_(2) {
    first_ = '{';
  }
  ~Box() override = default;
  bool operator()(int a, int b) const { return a < b; }
  Box& operator=(const Box&) { return *this; }
  friend bool operator==(Box, Box) { return true; }
 private:
  struct Inner {
    int Deep(std::vector<int> values = {}) const {
      return 1;
    }
  };
  T first_{};
};
#if defined(A)
int Twice(int x) {
#else
int Twice(long x) {
#endif
  auto inner = [&](int y) {
    return y;
  };
  return inner(x) + sizeof("{{{") + sizeof(R"(}})");
}
std::string Text::Trim(std::string_view text)
    const noexcept {
  return {text.begin(), text.end()};
}
extern "C" {
void Plain(void) { struct { int x; } y{0}; }
}
}  // namespace overt
'''


class FunctionsTest(unittest.TestCase):
    def test_finds_every_function_and_its_length(self):
        found = [(function.name, function.lines) for function in functions.functions(SOURCE)]
        self.assertEqual(found, [("Box", 3), ("operator()", 1), ("operator=", 1), ("operator==", 1),
                                 ("Deep", 3), ("Twice", 9), ("Text::Trim", 4), ("Plain", 1)])

    def test_refuses_what_it_cannot_measure(self):
        for text in ("void F() {", "namespace a {", "}"):
            with self.assertRaises(functions.Unbalanced):
                functions.functions(text)


class BudgetTest(unittest.TestCase):
    def judge(self, lines, exceptions):
        return budget_test.judge([("a.cc:F", lines, 60, 120)], exceptions)

    def test_limit(self):
        self.assertEqual(self.judge(120, {}), [])
        self.assertEqual(self.judge(121, {}), ["a.cc:F is 121 lines (limit 120); split it"])

    def test_exceptions_only_shrink(self):
        self.assertEqual(self.judge(130, {"a.cc:F": 130}), [])
        self.assertIn("split it", self.judge(131, {"a.cc:F": 130})[0])
        self.assertIn("lower its 131", self.judge(130, {"a.cc:F": 131})[0])
        self.assertIn("no exception any more", self.judge(120, {"a.cc:F": 130})[0])
        self.assertIn("there is no", self.judge(1, {"b.cc:F": 130})[0])


class LayeringTest(unittest.TestCase):
    def problems(self, path, line):
        return list(layering_test.problems_of(pathlib.PurePath(path), line + "\n", LAYERS))

    def test_allows_itself_and_what_is_listed(self):
        for line in ('#include "grammar/ast/ast.h"', '#include "checker/bind/flow.h"', "#include <vector>",
                     '#include "absl/strings/str_cat.h"'):
            self.assertEqual(self.problems("checker/bind/flow.cc", line), [])
        self.assertEqual(self.problems("grammar/syntax/parser.cc", "#include <tree_sitter/api.h>"), [])

    def test_refuses_upward_and_unknown(self):
        upward = self.problems("grammar/ast/ast.cc", '  #  include "checker/bind/flow.h"')
        self.assertEqual(upward, ["grammar/ast/ast.cc:1: grammar may not include checker/bind (checker/bind/flow.h)"])
        self.assertTrue(self.problems("grammar/ast/ast.cc", '#include "tests/harness/md_suite.h"'))
        self.assertTrue(self.problems("checker/odd/odd.cc", ""))

    def test_tree_sitter_has_one_door(self):
        for line in ("#include <tree_sitter/api.h>", '#include "tree_sitter/api.h"'):
            self.assertTrue(self.problems("grammar/lower/lower.cc", line))


class ReadmeTest(unittest.TestCase):
    GOOD = ("# grammar\n\n## Turns / into\n\ntext\n\n## May include\n\n`diagnostics`\n\n"
            "## Start reading at\n\n`ast/ast.h`\n\n## Look inside with\n\n`overt`\n")

    def test_headings_and_layers(self):
        self.assertEqual(list(readme_test.problems_of("grammar", self.GOOD, LAYERS)), [])
        for broken in (self.GOOD.replace("Start reading at", "Start"), self.GOOD.replace("`overt`", ""),
                       self.GOOD.replace("`diagnostics`", "nothing"),
                       self.GOOD.replace("`diagnostics`", "`diagnostics`, `checker/bind`")):
            self.assertTrue(list(readme_test.problems_of("grammar", broken, LAYERS)))


class RuleFilesTest(unittest.TestCase):
    FILES = {
        "diagnostics/rules.def": '#define RULE(a, b)\nRULE(kOddBase, "odd-base", kError, "mro", "0.1", "an odd base")\n',
        "checker/rules/hooks.def": "ON_CLASS(kOddBase, CheckOddBase)\n",
        "checker/rules/odd_base.cc": "",
        "diagnostics/docs/odd-base.md": "# odd-base\n\n## Why\n\n```py\nclass A(1): ...  # error: [odd-base]\n```\n\n"
                                        "## How to fix\n\n## How to silence\n\n## In other checkers\n",
        "README.md": "| [`odd-base`](diagnostics/docs/odd-base.md) | error | an odd base |\n",
        "tests/suites/odd.md": "x.py:1:1: error[odd-base] odd\n",
    }

    def problems(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return list(rule_files_test.problems_of(root))

    def test_misses_every_file(self):
        self.assertEqual(self.problems(self.FILES), [])
        for name in self.FILES:
            if not name.endswith(".def"):
                self.assertEqual(len(self.problems({other: text for other, text in self.FILES.items() if other != name})), 1)
        for name in ("checker/rules/hooks.def", "tests/suites/odd.md"):
            self.assertEqual(len(self.problems({**self.FILES, name: ""})), 1)

    def test_reads_the_page(self):
        page = "diagnostics/docs/odd-base.md"
        for text in ("[odd-base]", "# odd-base", "## How to fix"):
            self.assertEqual(len(self.problems({**self.FILES, page: self.FILES[page].replace(text, "", 1)})), 1)
        self.assertEqual(self.problems({**self.FILES, "diagnostics/docs/gone.md": ""}),
                         ["diagnostics/docs/gone.md: no rule has this name"])


class RepositoryTest(unittest.TestCase):
    def test_layers_file_reads(self):
        layers = structure.read_layers()
        self.assertEqual(layers["diagnostics"], set())
        self.assertEqual(structure.layer_of(pathlib.PurePath("checker/main.cc"), layers), "checker/main.cc")


if __name__ == "__main__":
    unittest.main()
