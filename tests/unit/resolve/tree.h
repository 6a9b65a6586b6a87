// A folder on the disk for one test: files written with one line each, gone at the end.
#ifndef OVERT_TESTS_UNIT_RESOLVE_TREE_H_
#define OVERT_TESTS_UNIT_RESOLVE_TREE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "checker/resolve/environment.h"
#include "checker/resolve/resolver.h"
#include "stubs/stub_index.h"

namespace overt::resolve {

class Tree {
 public:
  Tree() {
    std::string pattern = (std::filesystem::temp_directory_path() / "overt-resolve-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    root_ = std::filesystem::canonical(pattern).string();
  }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  ~Tree() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  std::string At(const std::string& path) const { return absl::StrCat(root_, "/", path); }

  void Write(const std::string& path, const std::string& text = "") const {
    std::filesystem::create_directories(std::filesystem::path(At(path)).parent_path());
    std::ofstream(At(path), std::ios::binary) << text;
  }
  void WriteAll(std::initializer_list<const char*> paths) const {
    for (const char* path : paths) Write(path);
  }
  void Folder(const std::string& path) const { std::filesystem::create_directories(At(path)); }
  void Link(const std::string& path, const std::string& target) const {
    std::filesystem::create_directories(std::filesystem::path(At(path)).parent_path());
    std::filesystem::create_symlink(target, At(path));
  }
  void Program(const std::string& path) const {
    // Leaves a trace if anybody ever starts it.
    Write(path, absl::StrCat("#!/bin/sh\ntouch ", At("somebody-started-python"), "\n"));
    std::filesystem::permissions(At(path), std::filesystem::perms::all);
  }

  // A virtual environment as `python -m venv` makes it; its site-packages folder.
  std::string VirtualEnvironment(const std::string& path, const std::string& version = "3.12") const {
    Program(path + "/home/bin/python3");
    Program(absl::StrCat(path, "/bin/python"));
    Write(path + "/pyvenv.cfg",
          absl::StrCat("home = ", At(path + "/home/bin"), "\ninclude-system-site-packages = false\n",
                       "version = ", version, ".3\n"));
    const std::string site = absl::StrCat(path, "/lib/python", version, "/site-packages");
    Folder(site);
    return site;
  }

 private:
  std::string root_;
};

// A small typeshed that stands for the bundled one.
inline std::shared_ptr<const stubs::StubIndex> SmallStubs(const Tree& tree) {
  tree.Write("typeshed/stdlib/VERSIONS",
             "abc: 3.0-\nasyncio: 3.4-\nbuiltins: 3.0-\ndistutils: 3.0-3.11\nemail: 3.0-\njson: 3.0-\nos: 3.0-\n"
             "queue: 3.0-\nsys: 3.0-\ntomllib: 3.11-\ntyping: 3.5-\n");
  tree.WriteAll({"typeshed/stdlib/abc.pyi", "typeshed/stdlib/builtins.pyi", "typeshed/stdlib/distutils/__init__.pyi",
                 "typeshed/stdlib/email/__init__.pyi", "typeshed/stdlib/email/message.pyi",
                 "typeshed/stdlib/json/__init__.pyi", "typeshed/stdlib/json/decoder.pyi",
                 "typeshed/stdlib/os/__init__.pyi", "typeshed/stdlib/os/path.pyi", "typeshed/stdlib/queue.pyi",
                 "typeshed/stdlib/sys.pyi", "typeshed/stdlib/tomllib.pyi", "typeshed/stdlib/typing.pyi",
                 "typeshed/stdlib/asyncio/__init__.pyi", "typeshed/stdlib/asyncio/events.pyi",
                 "typeshed/stdlib/asyncio/futures.pyi", "typeshed/stdlib/asyncio/tasks.pyi"});
  tree.WriteAll({"typeshed/stubs/docutils/docutils/__init__.pyi", "typeshed/stubs/docutils/docutils/nodes.pyi",
                 "typeshed/stubs/six/six/__init__.pyi", "typeshed/stubs/six/six/moves/__init__.pyi",
                 "typeshed/stubs/protobuf/google/protobuf/__init__.pyi"});
  tree.Write("typeshed/stubs/protobuf/METADATA.toml", "version = \"6.*\"\npartial_stub = true\n");
  tree.Write("typeshed/commit.txt", "0123456789abcdef\n");
  auto index = stubs::StubIndex::FromFolder(tree.At("typeshed"));
  EXPECT_TRUE(index.ok()) << index.status();
  return *std::move(index);
}

inline EnvironmentRequest RequestFor(const std::string& project) {
  EnvironmentRequest request;
  request.project = project;
  return request;
}

// The search path as "kind folder", folders without the tree's own.
inline std::vector<std::string> Folders(const Environment& environment, SearchPath::Kind kind) {
  std::vector<std::string> folders;
  for (const SearchPath& path : environment.paths) {
    if (path.kind == kind) folders.push_back(path.folder);
  }
  return folders;
}

inline bool HasNote(const Environment& environment, const std::string& part) {
  return std::any_of(environment.notes.begin(), environment.notes.end(),
                     [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

}  // namespace overt::resolve

#endif  // OVERT_TESTS_UNIT_RESOLVE_TREE_H_
