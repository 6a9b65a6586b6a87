// A test with a folder of its own, which is gone afterwards.
//
//   class WatchTest : public ScratchFolder {};
//   TEST_F(WatchTest, …) { Write("a.py", "x = 1\n"); … Path("a.py") … }
#ifndef OVERT_TESTS_UNIT_DRIVER_SCRATCH_FOLDER_H_
#define OVERT_TESTS_UNIT_DRIVER_SCRATCH_FOLDER_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace overt {

class ScratchFolder : public ::testing::Test {
 protected:
  ScratchFolder() : root_(absl::StrCat(::testing::TempDir(), "overt-scratch-", getpid())) {
    std::filesystem::create_directories(root_);
  }
  ~ScratchFolder() override { std::filesystem::remove_all(root_); }

  std::string Path(const std::string& name) const { return absl::StrCat(root_, "/", name); }
  void Write(const std::string& name, const std::string& text = "x = 1\n") const { std::ofstream(Path(name)) << text; }
  void MakeFolder(const std::string& name) const { std::filesystem::create_directories(Path(name)); }
  void Move(const std::string& from, const std::string& to) const { std::filesystem::rename(Path(from), Path(to)); }

  const std::string root_;  // absolute
};

}  // namespace overt

#endif  // OVERT_TESTS_UNIT_DRIVER_SCRATCH_FOLDER_H_
