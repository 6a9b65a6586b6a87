// Whatever stands in a cache, reading it, adding to it and checking with it end well, and what is found is right.
//
// A small store is written, its file is damaged in every way that disks and other programs have (bits flipped, cut off,
// pages zeroed or swapped), and the store is opened, read, added to and read again. Trees whose checksums are right and
// whose contents were made up go through binding and all rules. Under the sanitizers a wrong step anywhere ends the
// test.
#include "checker/program/cache_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "checker/bind/module_index.h"
#include "checker/driver/config.h"
#include "checker/driver/session.h"
#include "checker/program/tree_store.h"
#include "grammar/ast/ast_format.h"
#include "grammar/source/source_file.h"
#include "tests/harness/suite_runner.h"

namespace overt::program {
namespace {

CacheKey KeyOf(uint64_t number) { return CacheKeyMaker().Add(number).Finish(); }

std::string ValueOf(uint64_t number) {
  // Every fifth has pages of its own.
  const size_t size = number % 5 == 0 ? 3000 + number * 40 : 20 + number;
  std::string value;
  for (size_t i = 0; i < size; ++i) value.push_back(static_cast<char>(number * 31 + i * 7));
  return value;
}

void AddOwned(CacheStore& store, const CacheKey& key, const std::string& value) {
  const auto owner = std::make_shared<const std::string>(value);
  store.Add(key, {reinterpret_cast<const uint8_t*>(owner->data()), owner->size()}, owner);
}

bool Equals(absl::Span<const uint8_t> bytes, const std::string& value) {
  return bytes.size() == value.size() && std::memcmp(bytes.data(), value.data(), value.size()) == 0;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::unique_ptr<CacheStore> OpenStore(const std::string& folder, size_t max_bytes = size_t{8} << 20) {
  std::string why_not;
  std::unique_ptr<CacheStore> store = CacheStore::Open(folder, {.max_bytes = max_bytes}, &why_not);
  EXPECT_NE(store, nullptr) << why_not;
  return store;
}

class Store : public testing::Test {
 protected:
  static constexpr uint64_t kEntries = 60;

  std::string folder() const { return folder_.path() + "/cache"; }
  std::string data() const { return folder() + "/data.mdb"; }

  // In several transactions, so that there are free pages as well.
  void Fill() {
    for (uint64_t from = 0; from < kEntries; from += kEntries / 3) {
      const auto store = OpenStore(folder());
      for (uint64_t i = from; i < from + kEntries / 3; ++i) AddOwned(*store, KeyOf(i), ValueOf(i));
      EXPECT_EQ(store->Commit(), "");
    }
  }

  // What is found is right; returns how much was found.
  size_t CountFound(CacheStore& store) {
    size_t found = 0;
    for (uint64_t i = 0; i < kEntries; ++i) {
      const absl::Span<const uint8_t> bytes = store.Find(KeyOf(i));
      if (bytes.empty()) continue;
      EXPECT_TRUE(Equals(bytes, ValueOf(i))) << i;
      EXPECT_EQ(reinterpret_cast<uintptr_t>(bytes.data()) % 8, 0u) << i;
      ++found;
    }
    return found;
  }

  // A run over a damaged file, and the run after it.
  void Use(uint64_t number) {
    {
      const auto store = OpenStore(folder());
      CountFound(*store);
      AddOwned(*store, KeyOf(kEntries + number % 7), ValueOf(number % 7));
      if (number % 3 == 0) AddOwned(*store, KeyOf(number % kEntries), ValueOf(number % kEntries));
      store->Commit();
    }
    const auto store = OpenStore(folder());
    CountFound(*store);
    const absl::Span<const uint8_t> added = store->Find(KeyOf(kEntries + number % 7));
    EXPECT_TRUE(Equals(added, ValueOf(number % 7))) << "what was added is not there";
  }

  harness::TemporaryFolder folder_;
};

TEST_F(Store, KeepsWhatWasAdded) {
  Fill();
  EXPECT_EQ(CountFound(*OpenStore(folder())), kEntries);
}

TEST_F(Store, HoldsNothingBeforeCommit) {
  const auto store = OpenStore(folder());
  AddOwned(*store, KeyOf(1), ValueOf(1));
  EXPECT_TRUE(store->Find(KeyOf(1)).empty());
  struct stat status{};
  EXPECT_NE(stat(folder().c_str(), &status), 0) << "a store that nothing was kept in makes no folder";
}

TEST_F(Store, ReadersKeepTheirPagesWhileOthersWrite) {
  Fill();
  const auto reader = OpenStore(folder());
  std::vector<absl::Span<const uint8_t>> spans;
  for (uint64_t i = 0; i < kEntries; ++i) spans.push_back(reader->Find(KeyOf(i)));
  // Two that write while the reader lives: they find the store busy, and what the reader sees stays as it is.
  for (uint64_t round = 0; round < 2; ++round) {
    const auto writer = OpenStore(folder());
    for (uint64_t i = 0; i < kEntries; ++i) AddOwned(*writer, KeyOf(i), ValueOf(i + round + 1));
    EXPECT_NE(writer->Commit(), "");
  }
  for (uint64_t i = 0; i < kEntries; ++i) EXPECT_TRUE(Equals(spans[i], ValueOf(i)));
}

TEST_F(Store, WhatItReadStaysWhileItWritesItself) {
  Fill();
  const auto store = OpenStore(folder());
  std::vector<absl::Span<const uint8_t>> spans;
  for (uint64_t i = 0; i < kEntries; ++i) spans.push_back(store->Find(KeyOf(i)));
  for (uint64_t i = 0; i < kEntries; ++i) AddOwned(*store, KeyOf(i), ValueOf(i + 1));
  EXPECT_EQ(store->Commit(), "");
  for (uint64_t i = 0; i < kEntries; ++i) EXPECT_TRUE(Equals(spans[i], ValueOf(i)));
}

TEST_F(Store, IsBoundedAndForgetsWhatWasNotUsed) {
  constexpr size_t kMost = size_t{1} << 20;
  const std::string big(30'000, 'x');
  for (uint64_t round = 0; round < 40; ++round) {
    const auto store = OpenStore(folder(), kMost);
    if (round > 0) {
      EXPECT_TRUE(Equals(store->Find(KeyOf(7)), "always used")) << round;
    }
    AddOwned(*store, KeyOf(7), "always used");
    for (uint64_t i = 0; i < 5; ++i) AddOwned(*store, KeyOf(1000 + round * 5 + i), big + std::to_string(round));
    EXPECT_EQ(store->Commit(), "");
  }
  struct stat status{};
  ASSERT_EQ(stat(data().c_str(), &status), 0);
  EXPECT_LE(static_cast<size_t>(status.st_size), kMost + kMost / 4 + (size_t{1} << 20));
  const auto store = OpenStore(folder(), kMost);
  EXPECT_TRUE(store->Find(KeyOf(1000)).empty()) << "the oldest went";
  EXPECT_FALSE(store->Find(KeyOf(1000 + 39 * 5)).empty()) << "the newest is there";
}

TEST_F(Store, SurvivesFlippedBits) {
  Fill();
  const std::string sound = ReadFile(data());
  std::mt19937_64 random(20261128);
  constexpr uint64_t kRounds = 10'000;
  for (uint64_t round = 0; round < kRounds && !HasFailure(); ++round) {
    std::string damaged = sound;
    // The heads and the small pages rule the rest: half of the flips go to a page's first bytes.
    for (uint64_t flips = 1 + random() % 8; flips > 0; --flips) {
      size_t at = random() % damaged.size();
      if (random() % 2 == 0) at = at / 4096 * 4096 + random() % 200;
      if (at < damaged.size()) damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
    }
    WriteFile(data(), damaged);
    Use(round);
  }
}

TEST_F(Store, SurvivesCutZeroedAndSwappedPages) {
  Fill();
  const std::string sound = ReadFile(data());
  const size_t pages = sound.size() / 4096;
  for (size_t page = 0; page <= pages; ++page) {
    WriteFile(data(), sound.substr(0, page * 4096 + (page % 2) * 100));
    Use(page);
    if (page == pages) break;
    std::string zeroed = sound;
    std::fill_n(zeroed.begin() + static_cast<std::ptrdiff_t>(page * 4096), 4096, '\0');
    WriteFile(data(), zeroed);
    Use(page);
    std::string swapped = sound;
    const size_t other = (page * 7 + 3) % pages;
    swapped.replace(page * 4096, 4096, sound, other * 4096, 4096);
    swapped.replace(other * 4096, 4096, sound, page * 4096, 4096);
    WriteFile(data(), swapped);
    Use(page);
  }
}

// --- Trees with right checksums --------------------------------------------------------------------------------------

constexpr absl::string_view kSource = R"(from typing import override, overload
import abc as a
class Base[T](metaclass=a.ABCMeta):
    x: int = 1
    @a.abstractmethod
    def f(self, p, /, q=1, *r, k: "int" = 2, **s): return [i for i in p if (n := i)]
    @property
    def g(self): yield self.x
class Derived(Base[int]):
    __slots__ = ("x", "y")
    @override
    def f(self, *args): lambda z: z + 1
    @override
    def h(self): pass  # type: ignore
    def g(self):
        try:
            match self:
                case {"a": [1, *_], **rest} | Base(x=y): del y
                case _: global other; other = f"{rest!r:>{y}}" "b"
        except* (OSError, ValueError) as error: raise error from None
        finally:
            while not a < 1 <= 2: break
            else: assert a if 1 else 2, -1j
async def run(items):
    async with items as (first, second): await first
    async for one in second: print(*one, **{"k": v for v in one})
    type Alias[U] = dict[str, U]
)";

// A store in memory whose large values are trees, which it changes on the way out.
class EvilStore final : public CacheStore {
 public:
  absl::Span<const uint8_t> Find(const CacheKey& key) override {
    const auto found = values_.find(key);
    if (found == values_.end()) return {};
    given_.push_back(found->second);
    if (seed_ != 0) Change(given_.back());
    return {reinterpret_cast<const uint8_t*>(given_.back().data()), sizes_.at(key)};
  }
  void Add(const CacheKey& key, absl::Span<const uint8_t> value, std::shared_ptr<const void>) override {
    std::vector<uint64_t> copy((value.size() + 7) / 8);
    std::memcpy(copy.data(), value.data(), value.size());
    values_[key] = std::move(copy);
    sizes_[key] = value.size();
  }
  std::string Commit() override { return ""; }

  void BeEvil(uint64_t seed) { seed_ = seed; }

  // Some words of the block become others that might pass: small numbers, neighbours, words from elsewhere.
  void Change(std::vector<uint64_t>& block) const {
    if (block.size() * 8 < sizeof(grammar::AstHeader)) return;
    std::mt19937_64 random(seed_);
    auto* words = reinterpret_cast<uint32_t*>(block.data());
    const size_t count = block.size() * 2;
    const size_t first = random() % 8 == 0 ? 0 : sizeof(grammar::AstHeader) / 4;
    for (uint64_t changes = 1 + random() % 3; changes > 0; --changes) {
      uint32_t& word = words[first + random() % (count - first)];
      switch (random() % 5) {
        case 0: word ^= 1u << random() % 32; break;
        case 1: word = words[first + random() % (count - first)]; break;
        case 2: word += random() % 2 == 0 ? 1u : ~0u; break;
        case 3: word = static_cast<uint32_t>(random() % 64); break;
        case 4: reinterpret_cast<uint8_t*>(&word)[random() % 4] = static_cast<uint8_t>(random()); break;
      }
    }
    grammar::AstHeader header;
    std::memcpy(&header, block.data(), sizeof(header));
    const uint64_t size = std::clamp<uint64_t>(header.total_size, sizeof(header), block.size() * 8);
    header.checksum = grammar::ChecksumOf(header, reinterpret_cast<const uint8_t*>(block.data()), size);
    std::memcpy(block.data(), &header, sizeof(header));
  }

 private:
  std::map<CacheKey, std::vector<uint64_t>> values_;
  std::map<CacheKey, size_t> sizes_;
  std::vector<std::vector<uint64_t>> given_;
  uint64_t seed_ = 0;
};

TEST(HostileTree, IsRefusedOrBound) {
  const grammar::Ast sound = grammar::ParseSource(grammar::SourceFile::Decode(kSource), grammar::FileKind::kSource);
  std::vector<uint64_t> block(sound.bytes().size() / 8);
  std::memcpy(block.data(), sound.bytes().data(), sound.bytes().size());
  size_t passed = 0;
  constexpr uint64_t kRounds = 30'000;
  for (uint64_t round = 1; round <= kRounds; ++round) {
    const auto changed = std::make_shared<std::vector<uint64_t>>(block);
    EvilStore evil;
    evil.BeEvil(round);
    evil.Change(*changed);
    const absl::Span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(changed->data()), changed->size() * 8);
    absl::StatusOr<grammar::Ast> ast = grammar::Ast::Open(bytes, changed, grammar::Ast::Trust::kRightChecksum);
    if (!ast.ok()) continue;
    ++passed;
    bind::BindOptions options;
    options.target.version = grammar::kDefaultPython;
    bind::Bind(*std::move(ast), options);
  }
  EXPECT_GT(passed, kRounds / 50) << "a check that refuses everything tests nothing behind it";
  EXPECT_LT(passed, kRounds) << "a check that refuses nothing is none";
}

TEST(HostileTree, GoesThroughTheRulesOrIsParsedAgain) {
  harness::TemporaryFolder folder;
  WriteFile(folder.path() + "/one.py", std::string(kSource));
  WriteFile(folder.path() + "/two.py", absl::StrCat("from one import *\nimport one\n", std::string(kSource)));
  const auto stubs = stubs::StubIndex::Open(std::getenv("OVERT_STUBS"));
  ASSERT_TRUE(stubs.ok()) << stubs.status();
  const std::vector<std::string> files = {folder.path() + "/one.py", folder.path() + "/two.py"};
  const auto evil = std::make_shared<EvilStore>();
  const auto trees = std::make_shared<TreeStore>(evil, grammar::FileStamp{});
  const auto check = [&] {
    driver::ConfigRequest request;
    request.current_folder = folder.path();
    request.isolated = true;
    request.levels.emplace_back("all", Severity::kError);
    const auto config = std::make_shared<const driver::ConfigLoader>(std::move(request));
    driver::SessionOptions options;
    options.current_folder = folder.path();
    options.threads = 1;
    options.stubs = std::make_shared<program::BoundStubs>(*stubs);
    options.trees = trees;
    options.settings_for = [config](const std::string& path) { return config->SettingsFor(path); };
    driver::Session session(std::move(options));
    const driver::CheckResult result = session.Check(files, {});
    for (const driver::FileReport& report : result.files) EXPECT_EQ(report.internal_error, "");
    return harness::Render(result, "json");
  };
  const std::string first = check();
  EXPECT_EQ(check(), first) << "kept trees say what parsed ones say";
  EXPECT_GT(trees->found(), 0u);
  constexpr uint64_t kRounds = 400;
  for (uint64_t seed = 1; seed <= kRounds; ++seed) {
    evil->BeEvil(seed);
    check();
    // What was refused was parsed and kept again; what was not is as it was.
    evil->BeEvil(0);
  }
  EXPECT_EQ(check(), first);
}

}  // namespace
}  // namespace overt::program
