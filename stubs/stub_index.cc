// The index that is a mapped file. What it holds is written down in `index_format.h`.
#include "stubs/stub_index.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "grammar/ast/ast_format.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "stubs/index_format.h"
#include "xxhash.h"

namespace overt::stubs {
namespace {

using grammar::Ast;
using grammar::PythonVersion;

absl::Status Damaged(const std::string& path, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("installation damaged: ", path, ": ", what));
}

absl::Status WrongChecksum(const std::string& path, absl::string_view of, uint64_t is, uint64_t wanted) {
  return Damaged(path, absl::StrFormat("%s: checksum is %016x, should be %016x", of, is, wanted));
}

class Mapping {
 public:
  static absl::StatusOr<std::shared_ptr<Mapping>> Open(const std::string& path) {
    // O_NONBLOCK: opening a FIFO would wait for a writer.
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return absl::NotFoundError(absl::StrCat("installation damaged: ", path, ": ", std::strerror(errno)));
    struct stat status{};
    const bool has_size = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
    void* data =
        has_size ? mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    close(file);
    if (data == MAP_FAILED) return Damaged(path, has_size ? "it cannot be mapped" : "it is empty or no regular file");
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
    auto index = std::shared_ptr<MappedIndex>(new MappedIndex(path, *std::move(mapping)));
    if (absl::Status status = index->ReadTable(); !status.ok()) return status;
    return std::shared_ptr<const StubIndex>(std::move(index));
  }

  absl::string_view commit() const override { return commit_; }
  uint32_t file_count() const override { return row_count_; }

  StubFile file(uint32_t number) const override {
    const Row& row = rows_[number];
    return {number,
            String(row.module),
            String(row.path),
            String(row.distribution),
            row.is_package != 0,
            row.is_partial != 0,
            PythonVersion{3, row.first_minor},
            PythonVersion{3, row.last_minor}};
  }

  std::optional<StubFile> FindStandardLibrary(absl::string_view module, PythonVersion version) const override {
    for (uint32_t i = FirstOf(module); i < row_count_ && String(rows_[i].module) == module; ++i) {
      const StubFile stub = file(i);
      if (stub.distribution.empty() && stub.first <= version && version <= stub.last) return stub;
    }
    return std::nullopt;
  }

  std::optional<StubFile> FindThirdParty(absl::string_view module) const override {
    for (uint32_t i = FirstOf(module); i < row_count_ && String(rows_[i].module) == module; ++i) {
      if (rows_[i].distribution.size != 0) return file(i);
    }
    return std::nullopt;
  }

  bool IsNamespace(absl::string_view module) const override {
    uint32_t low = 0;
    uint32_t high = namespace_count_;
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      const int order = String(namespaces_[middle]).compare(module);
      if (order == 0) return true;
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return false;
  }

  absl::StatusOr<Ast> Tree(uint32_t number) const override {
    const Row& row = rows_[number];
    const std::string name(String(row.path));
    if (!Fits(row.tree_offset, row.tree_size, mapping_->size()) || row.tree_offset % 8 != 0) {
      return Damaged(path_, absl::StrCat(name, ": its tree leads out of the file"));
    }
    if (!HasSoundText(number)) return TextProblem(row, name);
    if (row.tree_size == 0) {
      const grammar::SourceFile source = grammar::SourceFile::FromText(std::string(RawText(row)));
      return grammar::ParseSource(source, grammar::FileKind::kStub);
    }
    absl::StatusOr<Ast> tree =
        Ast::Open({mapping_->data() + row.tree_offset, row.tree_size}, mapping_, Ast::Trust::kNothing);
    if (!tree.ok()) return Damaged(path_, absl::StrCat(name, ": ", tree.status().message()));
    return tree;
  }

  absl::string_view Text(uint32_t number) const override {
    return HasSoundText(number) ? RawText(rows_[number]) : absl::string_view();
  }

 private:
  // What is known of a text: each is verified once, when it is first asked for.
  enum TextState : uint8_t { kUnknown, kSound, kBroken };

  MappedIndex(std::string path, std::shared_ptr<Mapping> mapping)
      : path_(std::move(path)), mapping_(std::move(mapping)) {}

  absl::Status ReadTable() {
    Header header;
    if (mapping_->size() < sizeof(header)) return Damaged(path_, "it is too short");
    std::memcpy(&header, mapping_->data(), sizeof(header));
    if (header.magic != kIndexMagic || header.ast_stamp != grammar::kFormatStamp) {
      return Damaged(path_, "it was made for another version of overt");
    }
    const uint64_t rows_size = uint64_t{header.file_count} * sizeof(Row);
    const uint64_t table_size = rows_size + uint64_t{header.namespace_count} * sizeof(Piece) + header.strings_size;
    if (header.total_size != mapping_->size() || !Fits(sizeof(header), table_size, mapping_->size())) {
      return Damaged(path_, mapping_->size() < header.total_size ? "it is cut short" : "its sizes do not add up");
    }
    const uint8_t* table = mapping_->data() + sizeof(header);
    const uint64_t checksum = XXH3_64bits(table, table_size);
    if (checksum != header.table_checksum) return WrongChecksum(path_, "table", checksum, header.table_checksum);
    rows_ = reinterpret_cast<const Row*>(table);
    row_count_ = header.file_count;
    namespaces_ = reinterpret_cast<const Piece*>(table + rows_size);
    namespace_count_ = header.namespace_count;
    strings_ = {reinterpret_cast<const char*>(table + table_size - header.strings_size), header.strings_size};
    const char* commit = reinterpret_cast<const char*>(mapping_->data()) + offsetof(Header, commit);
    commit_ = {commit, strnlen(commit, sizeof(header.commit))};
    text_states_ = std::make_unique<std::atomic<TextState>[]>(row_count_);
    return absl::OkStatus();
  }

  absl::string_view String(Piece piece) const {
    return Fits(piece.offset, piece.size, strings_.size()) ? strings_.substr(piece.offset, piece.size)
                                                           : absl::string_view();
  }

  // The first row that is not before `module`.
  uint32_t FirstOf(absl::string_view module) const {
    uint32_t low = 0;
    uint32_t high = row_count_;
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      if (String(rows_[middle].module) < module) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  absl::string_view RawText(const Row& row) const {
    return {reinterpret_cast<const char*>(mapping_->data()) + row.text_offset, row.text_size};
  }

  bool HasSoundText(uint32_t number) const {
    std::atomic<TextState>& state = text_states_[number];
    if (const TextState known = state.load(std::memory_order_relaxed); known != kUnknown) return known == kSound;
    const Row& row = rows_[number];
    const bool is_sound = Fits(row.text_offset, row.text_size, mapping_->size()) &&
                          XXH3_64bits(RawText(row).data(), row.text_size) == row.text_checksum;
    state.store(is_sound ? kSound : kBroken, std::memory_order_relaxed);
    return is_sound;
  }

  absl::Status TextProblem(const Row& row, const std::string& name) const {
    if (!Fits(row.text_offset, row.text_size, mapping_->size())) {
      return Damaged(path_, absl::StrCat(name, ": its text leads out of the file"));
    }
    return WrongChecksum(path_, absl::StrCat("text of ", name), XXH3_64bits(RawText(row).data(), row.text_size),
                         row.text_checksum);
  }

  std::string path_;
  std::shared_ptr<Mapping> mapping_;
  const Row* rows_ = nullptr;
  uint32_t row_count_ = 0;
  const Piece* namespaces_ = nullptr;
  uint32_t namespace_count_ = 0;
  absl::string_view strings_;
  absl::string_view commit_;
  std::unique_ptr<std::atomic<TextState>[]> text_states_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const StubIndex>> StubIndex::Open(const std::string& path) {
  return MappedIndex::Open(path);
}

}  // namespace overt::stubs
