// A program that is started is read to its end, whatever it does, and stopped if it does nothing.
#include "checker/driver/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace overt::driver {
namespace {

using ::testing::HasSubstr;

ChildRequest Shell(const std::string& script) {
  ChildRequest request;
  request.program = "/bin/sh";
  request.arguments = {"-c", script};
  request.environment = {"PATH=/usr/bin:/bin"};
  request.folder = "/";
  return request;
}

TEST(ChildProcess, WhatItPrintsAndHowItEnds) {
  const absl::StatusOr<ChildResult> result = RunChild(Shell("echo out; echo err >&2; exit 3"));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->output, "out\n");
  EXPECT_EQ(result->errors, "err\n");
  EXPECT_EQ(result->status, 3);
}

TEST(ChildProcess, RunsWhereItShouldWithNothingButTheEnvironmentGiven) {
  ChildRequest request = Shell("pwd; echo $HOME; trap");
  request.folder = "/usr";
  EXPECT_EQ(RunChild(request)->output, "/usr\n\n");
}

TEST(ChildProcess, ASignalThatEndsItIsItsStatus) { EXPECT_EQ(RunChild(Shell("kill -9 $$"))->status, 128 + SIGKILL); }

TEST(ChildProcess, AProgramThatIsNotThereIsAnError) {
  ChildRequest request = Shell("");
  request.program = "/nowhere/git";
  EXPECT_EQ(RunChild(request).status().message(), "/nowhere/git cannot be started: No such file or directory");
}

// Each of its pipes would be full, and it would wait for us while we wait for it.
TEST(ChildProcess, MuchInAllPipesAtOnce) {
  ChildRequest request = Shell("head -c 3000000 /dev/zero >&2; cat; head -c 3000000 /dev/zero >&2");
  request.input = std::string(5000000, 'x');
  const absl::StatusOr<ChildResult> result = RunChild(request);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->output, request.input);
  EXPECT_EQ(result->errors.size(), 1u << 16);
}

TEST(ChildProcess, InputThatItDoesNotWantIsNoError) {
  signal(SIGPIPE, SIG_IGN);
  ChildRequest request = Shell("echo done");
  request.input = std::string(5000000, 'x');
  EXPECT_EQ(RunChild(request)->output, "done\n");
}

TEST(ChildProcess, OneThatDoesNotAnswerIsStoppedWithAllThatItStarted) {
  const std::string note = absl::StrCat(::testing::TempDir(), "/overt-child-", getpid());
  ChildRequest request = Shell(absl::StrCat("sleep 1000 & echo $! > ", note, "; wait"));
  request.most_silence = std::chrono::milliseconds(300);
  EXPECT_THAT(std::string(RunChild(request).status().message()), HasSubstr("sh did not answer within"));
  std::string grandchild;
  std::ifstream(note) >> grandchild;
  ASSERT_FALSE(grandchild.empty());
  std::remove(note.c_str());
  // Gone, or dead and not waited for yet; the system may take its time over it.
  const auto is_over = [&] {
    std::string state;
    std::ifstream(absl::StrCat("/proc/", grandchild, "/stat")) >> state >> state >> state;
    return state.empty() || state == "Z" || state == "X";
  };
  for (int i = 0; i < 1000 && !is_over(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(is_over());
}

TEST(ChildProcess, OneThatPrintsWithoutEndIsStopped) {
  ChildRequest request = Shell("cat /dev/zero");
  request.most_output = 1000000;
  EXPECT_EQ(RunChild(request).status().message(), "sh printed more than 1000000 bytes");
}

TEST(ChildProcess, CanBeInterrupted) {
  const std::atomic<bool> cancel{true};
  ChildRequest request = Shell("sleep 1000");
  request.cancel = &cancel;
  EXPECT_TRUE(absl::IsCancelled(RunChild(request).status()));
}

}  // namespace
}  // namespace overt::driver
