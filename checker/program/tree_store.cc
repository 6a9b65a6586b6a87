#include "checker/program/tree_store.h"

#include <sys/stat.h>

#include <cstring>
#include <utility>

#include "grammar/ast/ast_format.h"
#include "grammar/source/source_file.h"
#include "xxhash.h"

namespace overt::program {
namespace {

XXH3_state_t* Hash(void* state) { return static_cast<XXH3_state_t*>(state); }

const uint8_t* BytesOf(const void* data) { return static_cast<const uint8_t*>(data); }

}  // namespace

CacheKeyMaker::CacheKeyMaker() : state_(XXH3_createState()) { XXH3_128bits_reset(Hash(state_)); }
CacheKeyMaker::~CacheKeyMaker() { XXH3_freeState(Hash(state_)); }

CacheKeyMaker& CacheKeyMaker::Add(absl::string_view piece) {
  Add(uint64_t{piece.size()});
  XXH3_128bits_update(Hash(state_), piece.data(), piece.size());
  return *this;
}

CacheKeyMaker& CacheKeyMaker::Add(uint64_t piece) {
  XXH3_128bits_update(Hash(state_), &piece, sizeof(piece));
  return *this;
}

CacheKeyMaker& CacheKeyMaker::Add(const grammar::FileStamp& stamp) {
  Add(stamp.device).Add(stamp.inode).Add(stamp.size).Add(stamp.mode);
  return Add(static_cast<uint64_t>(stamp.modified_ns)).Add(static_cast<uint64_t>(stamp.changed_ns));
}

CacheKey CacheKeyMaker::Finish() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(Hash(state_)));
  CacheKey key;
  static_assert(sizeof(canonical.digest) == sizeof(key));
  std::memcpy(key.data(), canonical.digest, sizeof(key));
  return key;
}

TreeStore::TreeStore(std::shared_ptr<CacheStore> cache, const grammar::FileStamp& build)
    : cache_(std::move(cache)), build_(build) {}

CacheKey TreeStore::PathKey(const std::string& path) const {
  return CacheKeyMaker().Add("path").Add(build_).Add(path).Finish();
}

CacheKey TreeStore::TreeKey(const grammar::ContentId& id, grammar::FileKind kind) const {
  CacheKeyMaker maker;
  maker.Add("tree").Add(build_).Add(uint64_t{grammar::kFormatStamp}).Add(static_cast<uint64_t>(kind));
  return maker.Add(id.low).Add(id.high).Finish();
}

absl::StatusOr<grammar::Ast> TreeStore::Find(const CacheKey& key) {
  const absl::Span<const uint8_t> block = cache_->Find(key);
  if (block.empty()) return absl::NotFoundError("not kept");
  return grammar::Ast::Open(block, cache_, grammar::Ast::Trust::kRightChecksum);
}

// The tree of a file that was not opened: its stamp says that it holds what it held.
absl::StatusOr<grammar::Ast> TreeStore::FindByStamp(const std::string& path, grammar::FileKind kind, size_t max_bytes) {
  const absl::Span<const uint8_t> bytes = cache_->Find(PathKey(path));
  if (bytes.size() != sizeof(KnownContent)) return absl::NotFoundError("not kept");
  KnownContent known;
  std::memcpy(&known, bytes.data(), sizeof(known));
  const grammar::FileStamp stamp = grammar::StampOf(path);
  if (!(stamp == known.stamp) || !S_ISREG(stamp.mode) || stamp.size > max_bytes) {
    return absl::NotFoundError("another stamp");
  }
  absl::StatusOr<grammar::Ast> ast = Find(TreeKey(known.id, kind));
  if (ast.ok()) grammar::DiskLog::NoteContents(path, stamp, known.id, /*is_settled=*/true);
  return ast;
}

absl::StatusOr<grammar::Ast> TreeStore::Tree(const std::string& path, grammar::FileKind kind, size_t max_bytes) {
  ++asked_;
  if (absl::StatusOr<grammar::Ast> known = FindByStamp(path, kind, max_bytes); known.ok()) {
    ++found_;
    return known;
  }
  absl::StatusOr<grammar::FileContents> contents = grammar::AskContents(path, max_bytes);
  if (!contents.ok()) return contents.status();
  NoteStamp(path, *contents);
  const CacheKey key = TreeKey(contents->id, kind);
  if (absl::StatusOr<grammar::Ast> known = Find(key); known.ok()) {
    ++found_;
    return known;
  }
  grammar::Ast ast = grammar::ParseSource(grammar::SourceFile::Decode(contents->bytes), kind);
  auto owner = std::make_shared<const grammar::Ast>(ast);
  cache_->Add(key, owner->bytes(), owner);
  return ast;
}

void TreeStore::NoteStamp(const std::string& path, const grammar::FileContents& contents) {
  if (!contents.is_settled) return;
  auto known = std::make_shared<const KnownContent>(KnownContent{contents.stamp, contents.id});
  cache_->Add(PathKey(path), {BytesOf(known.get()), sizeof(*known)}, known);
}

}  // namespace overt::program
