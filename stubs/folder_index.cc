// The index that reads a folder of typeshed's layout, stub by stub, when somebody asks.
#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "grammar/lower/lower.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/source_file.h"
#include "stubs/stub_index.h"
#include "stubs/typeshed_folder.h"

namespace overt::stubs {
namespace {

using grammar::Ast;
using grammar::PythonVersion;

class FolderIndex final : public StubIndex {
 public:
  FolderIndex(std::string folder, TypeshedListing listing)
      : folder_(std::move(folder)), listing_(std::move(listing)), texts_(listing_.stubs.size()) {}

  absl::string_view commit() const override { return listing_.commit; }
  uint32_t file_count() const override { return static_cast<uint32_t>(listing_.stubs.size()); }

  StubFile file(uint32_t number) const override {
    const FoundStub& stub = listing_.stubs[number];
    return {number, stub.module, stub.path, stub.distribution, stub.is_package, stub.is_partial, stub.first, stub.last};
  }

  std::optional<StubFile> FindStandardLibrary(absl::string_view module, PythonVersion version) const override {
    for (auto it = FirstOf(module); it != listing_.stubs.end() && it->module == module; ++it) {
      if (it->distribution.empty() && it->first <= version && version <= it->last) return Describe(it);
    }
    return std::nullopt;
  }

  std::optional<StubFile> FindThirdParty(absl::string_view module) const override {
    for (auto it = FirstOf(module); it != listing_.stubs.end() && it->module == module; ++it) {
      if (!it->distribution.empty()) return Describe(it);
    }
    return std::nullopt;
  }

  bool IsNamespace(absl::string_view module) const override {
    return std::binary_search(listing_.namespaces.begin(), listing_.namespaces.end(), module);
  }

  absl::StatusOr<Ast> Tree(uint32_t number) const override {
    absl::StatusOr<grammar::SourceFile> source = Read(number);
    if (!source.ok()) return source.status();
    return grammar::ParseSource(*source, grammar::FileKind::kStub);
  }

  absl::string_view Text(uint32_t number) const override {
    {
      absl::MutexLock lock(&mutex_);
      if (texts_[number] != nullptr) return *texts_[number];
    }
    if (!Read(number).ok()) return absl::string_view();
    absl::MutexLock lock(&mutex_);
    return *texts_[number];
  }

 private:
  using Iterator = std::vector<FoundStub>::const_iterator;

  Iterator FirstOf(absl::string_view module) const {
    return std::lower_bound(
        listing_.stubs.begin(), listing_.stubs.end(), module,
        [](const FoundStub& stub, absl::string_view wanted) { return absl::string_view(stub.module) < wanted; });
  }

  StubFile Describe(Iterator stub) const { return file(static_cast<uint32_t>(stub - listing_.stubs.begin())); }

  // The first text read stays: a view of it may be in use.
  absl::StatusOr<grammar::SourceFile> Read(uint32_t number) const {
    const std::string path = absl::StrCat(folder_, "/", listing_.stubs[number].path);
    absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(path, kMostStubBytes);
    if (!bytes.ok()) return absl::Status(bytes.status().code(), absl::StrCat(path, ": ", bytes.status().message()));
    grammar::SourceFile source = grammar::SourceFile::Decode(*bytes);
    absl::MutexLock lock(&mutex_);
    if (texts_[number] == nullptr) texts_[number] = std::make_unique<const std::string>(source.text());
    return source;
  }

  const std::string folder_;
  const TypeshedListing listing_;
  mutable absl::Mutex mutex_;
  mutable std::vector<std::unique_ptr<const std::string>> texts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<std::shared_ptr<const StubIndex>> StubIndex::FromFolder(const std::string& typeshed) {
  grammar::DiskLog::Spoil();  // a whole folder, walked without asking the log
  absl::StatusOr<TypeshedListing> listing = ListTypeshed(typeshed);
  if (!listing.ok()) return listing.status();
  return std::shared_ptr<const StubIndex>(std::make_shared<FolderIndex>(typeshed, *std::move(listing)));
}

}  // namespace overt::stubs
