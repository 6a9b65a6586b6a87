#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/bind/bind_testing.h"

namespace overt::bind {
namespace {

std::string Exported(absl::string_view text) {
  const ModuleIndex index = Bound(text);
  const Exports& exports = index.exports();
  std::string out = exports.all == Exports::All::kAbsent ? "absent" : exports.all == Exports::All::kKnown ? "" : "?";
  for (const NodeId name : exports.names) {
    absl::StrAppend(&out, out.empty() ? "" : " ", index.ast().Get<grammar::StringNode>(name).text());
  }
  for (const NodeId module : exports.all_from_modules) {
    const auto range = index.ast().range(module);
    absl::StrAppend(&out, out.empty() ? "" : " ", "*", std::string(text.substr(range.begin, range.size())));
  }
  return out;
}

TEST(ExportsTest, Literals) {
  EXPECT_EQ(Exported("x = 1\n"), "absent");
  EXPECT_EQ(Exported("__all__ = ['a', \"b\"]\n"), "a b");
  EXPECT_EQ(Exported("__all__ = 'a', 'b'\n"), "a b");
  EXPECT_EQ(Exported("__all__: list[str] = ['a']\n"), "a");
  EXPECT_EQ(Exported("__all__ = ['a'] + ['b'] + list(('c',))\n"), "a b c");
}

TEST(ExportsTest, Mutations) {
  EXPECT_EQ(Exported("__all__ = ['a']\n__all__ += ['b']\n__all__.append('c')\n__all__.extend(['d'])\n"), "a b c d");
  EXPECT_EQ(Exported("__all__ = ['a', 'b']\n__all__.remove('a')\n"), "b");
  EXPECT_EQ(Exported("__all__ = ['a']\n__all__ = __all__ + ['b']\n"), "a b");
  EXPECT_EQ(Exported("__all__ = ['a']\n__all__ = ['b']\n"), "b");
}

TEST(ExportsTest, OtherModules) {
  EXPECT_EQ(Exported("__all__ = ['a'] + m.__all__\n__all__ += n.o.__all__\n__all__.extend(p.__all__)\n"),
            "a *m *n.o *p");
  EXPECT_EQ(Exported("__all__ = [*m.__all__, 'a']\n"), "a *m");
}

TEST(ExportsTest, Branches) {
  EXPECT_EQ(Exported("__all__ = ['a']\nif c:\n  __all__ += ['b']\n"), "a b");
  EXPECT_EQ(Exported("import sys\n__all__ = ['a']\nif sys.version_info < (3, 9):\n  __all__ += ['b']\n"), "a");
  EXPECT_EQ(Exported("if c:\n  __all__ = ['a']\nelse:\n  __all__ = ['b']\n"), "a b");
}

TEST(ExportsTest, WhatCannotBeKnown) {
  EXPECT_EQ(Exported("__all__ = ['a'] + [n for n in dir()]\n"), "? a");
  EXPECT_EQ(Exported("__all__ = names()\n"), "?");
}

}  // namespace
}  // namespace overt::bind
