// Two kinds of index: one that is a mapped file, and one that reads a folder of typeshed's layout file by file.
//
// The file: a header, a table of rows sorted by module (the standard library before third-party stubs), a table of
// namespaces, the strings of both, then trees and texts, each tree 8-byte aligned.
#include "stubs/stub_index.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "grammar/ast/ast_format.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "stubs/typeshed_folder.h"
#include "xxhash.h"

namespace overt::stubs {
namespace {

using grammar::Ast;
using grammar::PythonVersion;

constexpr uint64_t kMagic = 0x3130425553544f4fu;  // "OOTSUB01"

struct Piece {
  uint32_t offset;
  uint32_t size;
};

struct Row {
  Piece module, path, distribution;  // in the strings
  uint8_t is_package, is_partial, first_minor, last_minor;
  uint32_t tree_size, text_size;
  uint64_t tree_offset, text_offset;  // in the file
  uint64_t text_checksum;
};
static_assert(sizeof(Row) == 64);

struct Header {
  uint64_t magic;
  uint32_t ast_stamp;
  uint32_t file_count;
  uint32_t namespace_count;
  uint32_t strings_size;
  uint64_t total_size;
  uint64_t table_checksum;  // of rows, namespaces and strings
  char commit[48];
};
static_assert(sizeof(Header) == 88);

absl::Status Damaged(const std::string& path, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("installation damaged: ", path, ": ", what));
}

StubFile Describe(const FoundStub& stub, uint32_t number) {
  return {number, stub.module, stub.path, stub.distribution, stub.is_package, stub.is_partial, stub.first, stub.last};
}

// Finds modules in a list of stubs sorted by module.
class ModuleFinder {
 public:
  explicit ModuleFinder(std::vector<StubFile> files) : files_(std::move(files)) {}

  const StubFile* StandardLibrary(absl::string_view module, PythonVersion version) const {
    for (auto it = First(module); it != files_.end() && it->module == module; ++it) {
      if (it->distribution.empty() && it->first <= version && version <= it->last) return &*it;
    }
    return nullptr;
  }

  const StubFile* ThirdParty(absl::string_view module) const {
    for (auto it = First(module); it != files_.end() && it->module == module; ++it) {
      if (!it->distribution.empty()) return &*it;
    }
    return nullptr;
  }

  const std::vector<StubFile>& files() const { return files_; }

 private:
  std::vector<StubFile>::const_iterator First(absl::string_view module) const {
    return std::lower_bound(files_.begin(), files_.end(), module,
                            [](const StubFile& file, absl::string_view wanted) { return file.module < wanted; });
  }
  std::vector<StubFile> files_;
};

// --- The mapped file -------------------------------------------------------------------------------------------------

class Mapping {
 public:
  static absl::StatusOr<std::shared_ptr<Mapping>> Open(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return absl::NotFoundError(absl::StrCat("installation damaged: ", path, ": ", std::strerror(errno)));
    struct stat status {};
    const bool has_size = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
    void* data = has_size ? mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file, 0)
                          : MAP_FAILED;
    close(file);
    if (data == MAP_FAILED) return Damaged(path, "it cannot be mapped");
    return std::make_shared<Mapping>(static_cast<const uint8_t*>(data), static_cast<size_t>(status.st_size));
  }

  Mapping(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { munmap(const_cast<uint8_t*>(data_), size_); }

  const uint8_t* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  const uint8_t* data_;
  size_t size_;
};

bool Fits(uint64_t offset, uint64_t size, uint64_t total) { return offset <= total && total - offset >= size; }

class MappedIndex final : public StubIndex {
 public:
  static absl::StatusOr<std::shared_ptr<const StubIndex>> Open(const std::string& path) {
    auto mapping = Mapping::Open(path);
    if (!mapping.ok()) return mapping.status();
    auto index = std::shared_ptr<MappedIndex>(new MappedIndex(*std::move(mapping)));
    if (absl::Status status = index->Read(path); !status.ok()) return status;
    return std::shared_ptr<const StubIndex>(std::move(index));
  }

  absl::string_view commit() const override { return commit_; }
  uint32_t file_count() const override { return static_cast<uint32_t>(finder_.files().size()); }
  StubFile file(uint32_t number) const override { return finder_.files()[number]; }
  const StubFile* FindStandardLibrary(absl::string_view module, PythonVersion version) const override {
    return finder_.StandardLibrary(module, version);
  }
  const StubFile* FindThirdParty(absl::string_view module) const override { return finder_.ThirdParty(module); }
  bool IsNamespace(absl::string_view module) const override {
    return std::binary_search(namespaces_.begin(), namespaces_.end(), module);
  }

  absl::StatusOr<Ast> Tree(uint32_t number) const override {
    const Row& row = rows_[number];
    absl::StatusOr<Ast> tree =
        Ast::Open({mapping_->data() + row.tree_offset, row.tree_size}, mapping_, Ast::Trust::kNothing);
    if (!tree.ok()) {
      return absl::DataLossError(absl::StrCat("installation damaged: ", finder_.files()[number].path, ": ",
                                              tree.status().message()));
    }
    return tree;
  }

  absl::string_view Text(uint32_t number) const override {
    const Row& row = rows_[number];
    return {reinterpret_cast<const char*>(mapping_->data()) + row.text_offset, row.text_size};
  }

 private:
  explicit MappedIndex(std::shared_ptr<Mapping> mapping) : mapping_(std::move(mapping)), finder_({}) {}

  absl::Status Read(const std::string& path) {
    Header header;
    if (mapping_->size() < sizeof(header)) return Damaged(path, "it is too short");
    std::memcpy(&header, mapping_->data(), sizeof(header));
    if (header.magic != kMagic || header.ast_stamp != grammar::kFormatStamp) {
      return Damaged(path, "it was made for another version of overt");
    }
    const uint64_t rows_size = uint64_t{header.file_count} * sizeof(Row);
    const uint64_t table_size = rows_size + uint64_t{header.namespace_count} * sizeof(Piece) + header.strings_size;
    if (header.total_size != mapping_->size() || !Fits(sizeof(header), table_size, mapping_->size())) {
      return Damaged(path, "sizes do not add up");
    }
    const uint8_t* table = mapping_->data() + sizeof(header);
    const uint64_t checksum = XXH3_64bits(table, table_size);
    if (checksum != header.table_checksum) {
      return Damaged(path, absl::StrFormat("checksum is %016x, should be %016x", checksum, header.table_checksum));
    }
    rows_ = reinterpret_cast<const Row*>(table);
    strings_ = {reinterpret_cast<const char*>(table + table_size - header.strings_size), header.strings_size};
    commit_ = absl::string_view(reinterpret_cast<const char*>(mapping_->data()) + offsetof(Header, commit),
                                strnlen(header.commit, sizeof(header.commit)));
    return ReadTable(path, header, reinterpret_cast<const Piece*>(table + rows_size));
  }

  absl::Status ReadTable(const std::string& path, const Header& header, const Piece* namespaces) {
    std::vector<StubFile> files;
    files.reserve(header.file_count);
    for (uint32_t i = 0; i < header.file_count; ++i) {
      const Row& row = rows_[i];
      if (!Fits(row.tree_offset, row.tree_size, mapping_->size()) || row.tree_offset % 8 != 0 ||
          !Fits(row.text_offset, row.text_size, mapping_->size())) {
        return Damaged(path, "a stub leads out of the file");
      }
      files.push_back({i, String(row.module), String(row.path), String(row.distribution), row.is_package != 0,
                       row.is_partial != 0, PythonVersion{3, row.first_minor}, PythonVersion{3, row.last_minor}});
    }
    finder_ = ModuleFinder(std::move(files));
    for (uint32_t i = 0; i < header.namespace_count; ++i) namespaces_.push_back(String(namespaces[i]));
    return absl::OkStatus();
  }

  absl::string_view String(Piece piece) const {
    return Fits(piece.offset, piece.size, strings_.size()) ? strings_.substr(piece.offset, piece.size)
                                                           : absl::string_view();
  }

  std::shared_ptr<Mapping> mapping_;
  const Row* rows_ = nullptr;
  absl::string_view strings_;
  absl::string_view commit_;
  ModuleFinder finder_;
  std::vector<absl::string_view> namespaces_;
};

// --- A folder --------------------------------------------------------------------------------------------------------

class FolderIndex final : public StubIndex {
 public:
  FolderIndex(std::string folder, TypeshedListing listing)
      : folder_(std::move(folder)), listing_(std::move(listing)), finder_({}), texts_(listing_.stubs.size()) {
    std::vector<StubFile> files;
    for (uint32_t i = 0; i < listing_.stubs.size(); ++i) files.push_back(Describe(listing_.stubs[i], i));
    finder_ = ModuleFinder(std::move(files));
  }

  absl::string_view commit() const override { return listing_.commit; }
  uint32_t file_count() const override { return static_cast<uint32_t>(listing_.stubs.size()); }
  StubFile file(uint32_t number) const override { return finder_.files()[number]; }
  const StubFile* FindStandardLibrary(absl::string_view module, PythonVersion version) const override {
    return finder_.StandardLibrary(module, version);
  }
  const StubFile* FindThirdParty(absl::string_view module) const override { return finder_.ThirdParty(module); }
  bool IsNamespace(absl::string_view module) const override {
    return std::binary_search(listing_.namespaces.begin(), listing_.namespaces.end(), module);
  }

  absl::StatusOr<Ast> Tree(uint32_t number) const override {
    constexpr size_t kMostBytes = 50u << 20;
    absl::StatusOr<std::string> bytes =
        grammar::ReadFileBytes(absl::StrCat(folder_, "/", listing_.stubs[number].path), kMostBytes);
    if (!bytes.ok()) return bytes.status();
    const grammar::SourceFile source = grammar::SourceFile::Decode(*bytes);
    {
      absl::MutexLock lock(&mutex_);
      if (texts_[number] == nullptr) texts_[number] = std::make_unique<const std::string>(source.text());
    }
    return grammar::ParseSource(source, grammar::FileKind::kStub);
  }

  absl::string_view Text(uint32_t number) const override {
    absl::MutexLock lock(&mutex_);
    return texts_[number] == nullptr ? absl::string_view() : absl::string_view(*texts_[number]);
  }

 private:
  std::string folder_;
  TypeshedListing listing_;
  ModuleFinder finder_;
  mutable absl::Mutex mutex_;
  mutable std::vector<std::unique_ptr<const std::string>> texts_ ABSL_GUARDED_BY(mutex_);
};

// --- Writing ---------------------------------------------------------------------------------------------------------

struct CompiledStub {
  Ast tree;
  std::string text;
  absl::Status status;
};

// On all processors; the order of the result is that of the listing.
std::vector<CompiledStub> CompileAll(const std::string& typeshed, const TypeshedListing& listing) {
  std::vector<CompiledStub> compiled(listing.stubs.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    constexpr size_t kMostBytes = 50u << 20;
    for (size_t i = next++; i < compiled.size(); i = next++) {
      absl::StatusOr<std::string> bytes =
          grammar::ReadFileBytes(absl::StrCat(typeshed, "/", listing.stubs[i].path), kMostBytes);
      compiled[i].status = bytes.status();
      if (!bytes.ok()) continue;
      const grammar::SourceFile source = grammar::SourceFile::Decode(*bytes);
      compiled[i].tree = grammar::ParseSource(source, grammar::FileKind::kStub);
      compiled[i].text = std::string(source.text());
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  return compiled;
}

class Writer {
 public:
  std::string Make(const TypeshedListing& listing, const std::vector<CompiledStub>& compiled) {
    std::vector<Row> rows;
    for (size_t i = 0; i < compiled.size(); ++i) rows.push_back(RowOf(listing.stubs[i]));
    std::vector<Piece> namespaces;
    for (const std::string& name : listing.namespaces) namespaces.push_back(Add(name));
    while (strings_.size() % 8 != 0) strings_ += '\0';

    const uint64_t table_size = rows.size() * sizeof(Row) + namespaces.size() * sizeof(Piece) + strings_.size();
    uint64_t offset = sizeof(Header) + table_size;
    std::string body;
    for (size_t i = 0; i < compiled.size(); ++i) {
      Place(compiled[i], offset, rows[i], body);
    }
    Header header{};
    header.magic = kMagic;
    header.ast_stamp = grammar::kFormatStamp;
    header.file_count = static_cast<uint32_t>(rows.size());
    header.namespace_count = static_cast<uint32_t>(namespaces.size());
    header.strings_size = static_cast<uint32_t>(strings_.size());
    header.total_size = offset + body.size();
    std::memcpy(header.commit, listing.commit.data(), std::min(listing.commit.size(), sizeof(header.commit)));
    std::string table(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row));
    table.append(reinterpret_cast<const char*>(namespaces.data()), namespaces.size() * sizeof(Piece));
    table += strings_;
    header.table_checksum = XXH3_64bits(table.data(), table.size());
    return absl::StrCat(absl::string_view(reinterpret_cast<const char*>(&header), sizeof(header)), table, body);
  }

 private:
  Piece Add(absl::string_view text) {
    const Piece piece{static_cast<uint32_t>(strings_.size()), static_cast<uint32_t>(text.size())};
    strings_.append(text.data(), text.size());
    return piece;
  }

  Row RowOf(const FoundStub& stub) {
    Row row{};
    row.module = Add(stub.module);
    row.path = Add(stub.path);
    row.distribution = Add(stub.distribution);
    row.is_package = stub.is_package;
    row.is_partial = stub.is_partial;
    row.first_minor = stub.first.minor;
    row.last_minor = stub.last.minor;
    return row;
  }

  static void Place(const CompiledStub& stub, uint64_t start, Row& row, std::string& body) {
    while ((start + body.size()) % 8 != 0) body += '\0';
    row.tree_offset = start + body.size();
    row.tree_size = static_cast<uint32_t>(stub.tree.bytes().size());
    body.append(reinterpret_cast<const char*>(stub.tree.bytes().data()), stub.tree.bytes().size());
    row.text_offset = start + body.size();
    row.text_size = static_cast<uint32_t>(stub.text.size());
    row.text_checksum = XXH3_64bits(stub.text.data(), stub.text.size());
    body += stub.text;
  }

  std::string strings_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const StubIndex>> StubIndex::Open(const std::string& path) {
  return MappedIndex::Open(path);
}

absl::StatusOr<std::shared_ptr<const StubIndex>> StubIndex::FromFolder(const std::string& typeshed) {
  absl::StatusOr<TypeshedListing> listing = ListTypeshed(typeshed);
  if (!listing.ok()) return listing.status();
  return std::shared_ptr<const StubIndex>(std::make_shared<FolderIndex>(typeshed, *std::move(listing)));
}

absl::Status WriteStubIndex(const std::string& typeshed, const std::string& output) {
  const absl::StatusOr<TypeshedListing> listing = ListTypeshed(typeshed);
  if (!listing.ok()) return listing.status();
  const std::vector<CompiledStub> compiled = CompileAll(typeshed, *listing);
  for (const CompiledStub& stub : compiled) {
    if (!stub.status.ok()) return stub.status;
  }
  const std::string bytes = Writer().Make(*listing, compiled);
  const std::string unfinished = absl::StrCat(output, ".", getpid(), ".tmp");
  {
    std::ofstream file(unfinished, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) return absl::UnavailableError(absl::StrCat("cannot write ", unfinished));
  }
  if (std::rename(unfinished.c_str(), output.c_str()) != 0) {
    return absl::UnavailableError(absl::StrCat("cannot write ", output, ": ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace overt::stubs
