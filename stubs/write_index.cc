// Compiles a folder of typeshed's layout to the file that `index_format.h` describes.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grammar/ast/ast_format.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "stubs/index_format.h"
#include "stubs/stub_index.h"
#include "stubs/typeshed_folder.h"
#include "xxhash.h"

namespace overt::stubs {
namespace {

struct CompiledStub {
  grammar::Ast tree;
  std::string text;
  absl::Status status;
};

CompiledStub Compile(const std::string& path) {
  CompiledStub compiled;
  const absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(path, kMostStubBytes);
  if (!bytes.ok()) {
    compiled.status = absl::Status(bytes.status().code(), absl::StrCat(path, ": ", bytes.status().message()));
    return compiled;
  }
  const grammar::SourceFile source = grammar::SourceFile::Decode(*bytes);
  compiled.tree = grammar::ParseSource(source, grammar::FileKind::kStub);
  compiled.text = std::string(source.text());
  return compiled;
}

// On all processors; the order of the result is that of the listing. All are parsed, so that one which cannot be is
// noticed when overt is built.
std::vector<CompiledStub> CompileAll(const std::string& typeshed, const TypeshedListing& listing) {
  std::vector<CompiledStub> compiled(listing.stubs.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < compiled.size(); i = next++) {
      compiled[i] = Compile(absl::StrCat(typeshed, "/", listing.stubs[i].path));
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
    rows.reserve(listing.stubs.size());
    for (const FoundStub& stub : listing.stubs) rows.push_back(RowOf(stub));
    std::vector<Piece> namespaces;
    namespaces.reserve(listing.namespaces.size());
    for (const std::string& name : listing.namespaces) namespaces.push_back(Add(name));
    while (strings_.size() % 8 != 0) strings_ += '\0';

    const uint64_t table_size = rows.size() * sizeof(Row) + namespaces.size() * sizeof(Piece) + strings_.size();
    const uint64_t start = sizeof(Header) + table_size;
    std::string body;
    for (size_t i = 0; i < compiled.size(); ++i) {
      const bool is_standard = listing.stubs[i].distribution.empty();
      Place(compiled[i], is_standard ? TreeIs::kKept : TreeIs::kLeftOut, start, rows[i], body);
    }

    std::string table(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row));
    table.append(reinterpret_cast<const char*>(namespaces.data()), namespaces.size() * sizeof(Piece));
    table += strings_;
    Header header{};
    header.magic = kIndexMagic;
    header.ast_stamp = grammar::kFormatStamp;
    header.file_count = static_cast<uint32_t>(rows.size());
    header.namespace_count = static_cast<uint32_t>(namespaces.size());
    header.strings_size = static_cast<uint32_t>(strings_.size());
    header.total_size = start + body.size();
    header.table_checksum = XXH3_64bits(table.data(), table.size());
    std::memcpy(header.commit, listing.commit.data(), std::min(listing.commit.size(), sizeof(header.commit)));
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

  enum class TreeIs : uint8_t { kKept, kLeftOut };

  static void Place(const CompiledStub& stub, TreeIs tree, uint64_t start, Row& row, std::string& body) {
    if (tree == TreeIs::kKept) {
      while ((start + body.size()) % 8 != 0) body += '\0';
      row.tree_offset = start + body.size();
      row.tree_size = static_cast<uint32_t>(stub.tree.bytes().size());
      body.append(reinterpret_cast<const char*>(stub.tree.bytes().data()), stub.tree.bytes().size());
    }
    row.text_offset = start + body.size();
    row.text_size = static_cast<uint32_t>(stub.text.size());
    row.text_checksum = XXH3_64bits(stub.text.data(), stub.text.size());
    body += stub.text;
  }

  std::string strings_;
};

// Under another name first, so that a reader sees the old file or the new one.
absl::Status WriteAtomically(const std::string& bytes, const std::string& output) {
  const std::string unfinished = absl::StrCat(output, ".", getpid(), ".tmp");
  std::ofstream file(unfinished, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file || std::rename(unfinished.c_str(), output.c_str()) != 0) {
    const absl::Status problem =
        absl::UnavailableError(absl::StrCat("cannot write ", output, ": ", std::strerror(errno)));
    std::remove(unfinished.c_str());
    return problem;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteStubIndex(const std::string& typeshed, const std::string& output) {
  const absl::StatusOr<TypeshedListing> listing = ListTypeshed(typeshed);
  if (!listing.ok()) return listing.status();
  const std::vector<CompiledStub> compiled = CompileAll(typeshed, *listing);
  for (const CompiledStub& stub : compiled) {
    if (!stub.status.ok()) return stub.status;
  }
  return WriteAtomically(Writer().Make(*listing, compiled), output);
}

}  // namespace overt::stubs
