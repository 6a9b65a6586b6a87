// Deep and long inputs: nothing recurses on the depth of the input, and time stays in proportion to its size.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "grammar/ast/ast.h"
#include "grammar/ast/print.h"
#include "tests/unit/grammar/tree_testing.h"

namespace overt::grammar {
namespace {

constexpr size_t kMany = 100'000;

std::string Repeated(absl::string_view text, size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i) absl::StrAppend(&out, text);
  return out;
}

void ExpectSound(const std::string& text) {
  const Ast ast = Parsed(text);
  EXPECT_TRUE(Ast::Open(ast.bytes(), nullptr, Ast::Trust::kNothing).ok());
  EXPECT_FALSE(Dump(ast, ast.NodeAt(0)).empty());
}

TEST(Depth, ChainsOfOperators) {
  for (const char* op : {" + ", " | ", " & ", " ^ ", " and ", " < ", " ** ", " & b ^ "}) {
    ExpectSound(absl::StrCat("x = a", Repeated(absl::StrCat(op, "a"), kMany), "\n"));
  }
}

TEST(Depth, ChainsOfEverythingElse) {
  ExpectSound(absl::StrCat(Repeated("a = ", kMany), "1\n"));
  ExpectSound(absl::StrCat("x = a", Repeated(".b", kMany), "\n"));
  ExpectSound(absl::StrCat("x = a", Repeated("()", kMany), "\n"));
  ExpectSound(absl::StrCat("x = ", Repeated("not ", kMany), "a\n"));
  ExpectSound(absl::StrCat("x = ", Repeated("lambda: ", kMany), "a\n"));
  ExpectSound(absl::StrCat("x = ", Repeated("a if b else ", kMany), "c\n"));
  ExpectSound(absl::StrCat("x = ", Repeated("'a' ", kMany), "\n"));
  ExpectSound(absl::StrCat("if a: pass\n", Repeated("elif b: pass\n", kMany)));
  ExpectSound(absl::StrCat("with a", Repeated(" as b", 20'000), ": pass\n"));
}

TEST(Depth, Nests) {
  for (const char* brackets : {"()", "[]", "{}"}) {
    const std::string open(1, brackets[0]), close(1, brackets[1]);
    ExpectSound(absl::StrCat("x = ", Repeated(open, 20'000), "a", Repeated(close, 20'000), "\n"));
    ExpectSound(absl::StrCat(Repeated(open, 20'000), "a", Repeated(close, 20'000), " = x\n"));
  }
  ExpectSound(absl::StrCat("x: ", Repeated("a[", 20'000), "b", Repeated("]", 20'000), "\n"));
  ExpectSound(absl::StrCat("match x:\n    case ", Repeated("[", 20'000), "a", Repeated("]", 20'000), ": pass\n"));
  ExpectSound(absl::StrCat("match x:\n    case ", Repeated("A(b=", 20'000), "a", Repeated(")", 20'000), ": pass\n"));
}

TEST(Depth, Indentation) {
  std::string text;
  for (size_t i = 0; i < 1'000; ++i) absl::StrAppend(&text, std::string(i, ' '), "if x:\n");
  absl::StrAppend(&text, std::string(1'000, ' '), "pass\n");
  ExpectSound(text);
  // And damaged at the bottom, so that all of it is taken apart.
  absl::StrAppend(&text, std::string(1'000, ' '), "a b\n");
  ExpectSound(text);
}

TEST(Depth, ManyOfOneKind) {
  ExpectSound(absl::StrCat("x = [", Repeated("a, ", kMany), "]\n"));
  ExpectSound(absl::StrCat("f(", Repeated("a=b, ", kMany), ")\n"));
  ExpectSound(Repeated("x = 1\n", kMany));
  ExpectSound(Repeated("x = = 1\n", 5'000));
}

}  // namespace
}  // namespace overt::grammar
