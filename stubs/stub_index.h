// typeshed, compiled: one memory-mapped file that holds the text of every stub, the trees of the standard library's,
// and who has which module.
//
//   auto index = StubIndex::Open(path);             // maps the file, checks its table: well under a millisecond
//   std::optional<StubFile> stub = index->FindStandardLibrary("collections.abc", {3, 12});
//
// Made at build time by `stubs/tools/compile_stubs` from the pinned typeshed; `FromFolder` reads any folder of the same
// layout (`--typeshed DIR`) file by file. Nothing in the file is trusted: stamp and checksums are verified before use.
// Which modules exist in a Python version is `stdlib/VERSIONS`' word. No binding, no types: trees and texts only.
#ifndef OVERT_STUBS_STUB_INDEX_H_
#define OVERT_STUBS_STUB_INDEX_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grammar/ast/ast.h"
#include "grammar/base/python_version.h"

namespace overt::stubs {

// A row of the index. Its words live as long as the index.
struct StubFile {
  uint32_t number = 0;             // stable within one index
  absl::string_view module;        // "collections.abc"
  absl::string_view path;          // "stdlib/collections/abc.pyi", "stubs/docutils/docutils/nodes.pyi"
  absl::string_view distribution;  // empty for the standard library, else "docutils"
  bool is_package = false;         // an `__init__.pyi`
  bool is_partial = false;         // its distribution says `partial_stub = true` in METADATA.toml
  grammar::PythonVersion first{3, 0};
  grammar::PythonVersion last{3, 255};
};

class StubIndex {
 public:
  // Errors are for people: "installation damaged: …" with the path and the two checksums.
  static absl::StatusOr<std::shared_ptr<const StubIndex>> Open(const std::string& path);
  // A folder of typeshed's layout; a stub is parsed when its tree is asked for.
  static absl::StatusOr<std::shared_ptr<const StubIndex>> FromFolder(const std::string& typeshed);

  virtual ~StubIndex() = default;
  virtual absl::string_view commit() const = 0;  // of typeshed
  virtual uint32_t file_count() const = 0;
  virtual StubFile file(uint32_t number) const = 0;
  // The standard library's stub of a module, if that version has the module.
  virtual std::optional<StubFile> FindStandardLibrary(absl::string_view module,
                                                      grammar::PythonVersion version) const = 0;
  virtual std::optional<StubFile> FindThirdParty(absl::string_view module) const = 0;
  // Whether `module` is a folder of stubs without `__init__.pyi`.
  virtual bool IsNamespace(absl::string_view module) const = 0;
  // Reads in place (third-party stubs: parses) and keeps the index alive. Verifies the stub's tree and text first;
  // "installation damaged: …".
  virtual absl::StatusOr<grammar::Ast> Tree(uint32_t number) const = 0;
  // Empty if the stub is damaged or cannot be read, as `Tree` says in words.
  virtual absl::string_view Text(uint32_t number) const = 0;
};

// Compiles `typeshed` into one file at `output`, written atomically. The bytes depend on the folder's contents alone.
absl::Status WriteStubIndex(const std::string& typeshed, const std::string& output);

}  // namespace overt::stubs

#endif  // OVERT_STUBS_STUB_INDEX_H_
