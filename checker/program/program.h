// One state of the whole program: which files there are, what each says, which module is which file.
//
//   const bind::ModuleIndex* index = program.Index(file);           // reads, parses and binds on first use
//   program.Import(file, /*level=*/1, "base").file                  // `from .base import …`
//
// A snapshot is const: threads share it freely, and asking never changes an answer. An edit makes a new snapshot
// (`checker/driver/session.h`) that shares every file which did not change. Files are read only when somebody asks:
// an imported package costs nothing until a class derives from it. No types and no class tables.
#ifndef OVERT_CHECKER_PROGRAM_PROGRAM_H_
#define OVERT_CHECKER_PROGRAM_PROGRAM_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "checker/bind/module_index.h"
#include "checker/program/bound_stubs.h"
#include "checker/program/tree_store.h"
#include "checker/resolve/resolver.h"
#include "diagnostics/span.h"
#include "grammar/base/interner.h"

namespace overt::program {

// What is known of a file without reading it.
struct FileInfo {
  std::string path;     // absolute, or `typeshed/stdlib/abc.pyi` for bundled stubs; the identity of the file
  std::string display;  // as shown to people: relative to the current folder where that is shorter
  std::string module;   // dotted name; empty if it has none
  bool is_package = false;
  bool is_stub = false;
  bool is_bundled = false;
  uint32_t stub_number = 0;
  resolve::ResolvedModule::Family family = resolve::ResolvedModule::Family::kFirstParty;
};

// Where an import leads.
struct ImportTarget {
  enum class Kind : uint8_t { kNotFound, kFile, kNamespace, kCompiled };
  Kind kind = Kind::kNotFound;
  FileId file;         // kFile
  std::string module;  // absolute name, also when not found
  const resolve::ResolvedModule* resolved = nullptr;
};

// The text of a file at one moment, for renderers and fixes.
struct FileText {
  std::string text;  // decoded
  std::vector<uint32_t> line_starts;
};

class Program {
 public:
  // Text that stands for a file's contents instead of the disk: an editor's buffer, a test's file. By absolute path.
  using Overlays = absl::flat_hash_map<std::string, std::shared_ptr<const std::string>>;

  struct Options {
    bind::Target target;
    size_t max_file_bytes = 50u << 20;
    std::string current_folder;                   // for FileInfo::display
    std::map<std::string, std::string> unusable;  // files to leave alone, by absolute path, and why
    std::shared_ptr<TreeStore> trees;             // optional: keeps the trees of files on disk
    std::shared_ptr<BoundStubs> stubs;            // optional: counts if the resolver has the same index
  };

  Program(std::shared_ptr<const resolve::Resolver> resolver, Options options, std::shared_ptr<const Overlays> overlays);
  ~Program();

  // A new snapshot that shares the index of every file but `changed` (absolute paths) with this one, and where imports
  // lead if the resolver is the same.
  std::shared_ptr<const Program> WithChanges(const std::vector<std::string>& changed,
                                             std::shared_ptr<const resolve::Resolver> resolver,
                                             std::shared_ptr<const Overlays> overlays) const;

  const Options& options() const;
  const resolve::Resolver& resolver() const;
  grammar::Interner& interner() const;

  // The id of a path; the same in all snapshots that come from one another.
  FileId AddFile(absl::string_view absolute_path) const;
  FileId FindFile(absl::string_view absolute_path) const;
  const FileInfo& file(FileId id) const;
  size_t file_count() const;

  // Null if the file cannot be read; `ReadError` says why. The pointer lives as long as the snapshot.
  const bind::ModuleIndex* Index(FileId id) const;
  // The index if somebody has asked for it already.
  const bind::ModuleIndex* IndexIfLoaded(FileId id) const;
  // Whether somebody has asked for the index, readable or not. While nobody has, no answer depends on the file's text.
  bool IsLoaded(FileId id) const;
  // An answer depended on what stands in bodies of the file's functions, which its interface hash does not cover. Holds
  // for all snapshots that come from one another.
  void NoteBodiesRead(FileId id) const;
  bool AreBodiesRead(FileId id) const;
  std::string ReadError(FileId id) const;

  // An absolute module name, or a relative one seen from `importer`. Compiled and missing modules say so.
  ImportTarget Import(FileId importer, unsigned level, absl::string_view name) const;
  ImportTarget ImportAbsolute(absl::string_view name) const;
  // The source of a module whose stub is `file` (or the stub, for a source), for questions of existence only; none if
  // there is no other half.
  FileId Counterpart(FileId file) const;

  // Read again from the disk or the overlay; not kept.
  FileText Text(FileId id) const;

 private:
  struct Impl;
  explicit Program(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_PROGRAM_H_
