#include "checker/resolve/shown_path.h"

#include <gtest/gtest.h>

#include "checker/resolve/disk.h"

namespace overt::resolve {
namespace {

TEST(ShownPath, BelowBesideAndFarAway) {
  EXPECT_EQ(ShownPath("/p", "/p"), ".");
  EXPECT_EQ(ShownPath("/p/src/a.py", "/p"), "src/a.py");
  EXPECT_EQ(ShownPath("/p/lib/b.py", "/p/app"), "../lib/b.py");
  EXPECT_EQ(ShownPath("/p", "/p/app"), "..");
  EXPECT_EQ(ShownPath("/p2/a.py", "/p"), "/p2/a.py");
  EXPECT_EQ(ShownPath("/usr/lib/c.py", "/p"), "/usr/lib/c.py");
}

TEST(ShownPath, WhatWouldBeLongerStaysWhole) {
  EXPECT_EQ(ShownPath("/p/a.py", "/p/b/c/d/e"), "/p/a.py");
  EXPECT_EQ(ShownPath("/p/q/a.py", "/p/r"), "../q/a.py");
}

TEST(ShownPath, NoFolderTheRootAndWhatIsNoPath) {
  EXPECT_EQ(ShownPath("/p/a.py", ""), "/p/a.py");
  EXPECT_EQ(ShownPath("/p/a.py", "/"), "p/a.py");
  EXPECT_EQ(ShownPath("typeshed/stdlib/abc.pyi", "/p"), "typeshed/stdlib/abc.pyi");
  EXPECT_EQ(ShownPath("typeshed/stdlib/abc.pyi", "/"), "typeshed/stdlib/abc.pyi");
}

TEST(ShownPath, LeadsBackToThePath) {
  for (const char* folder : {"/p", "/p/q", "/p/q/r", "/longer/names/here"}) {
    for (const char* path : {"/p/a.py", "/p/q/a.py", "/p/qq/a.py", "/longer/names/a.py", "/longer/a.py", "/x"}) {
      EXPECT_EQ(CleanPath(folder, ShownPath(path, folder)), path) << folder;
    }
  }
}

}  // namespace
}  // namespace overt::resolve
