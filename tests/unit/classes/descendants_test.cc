#include "checker/classes/descendants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace overt::classes {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Children = std::vector<std::vector<uint32_t>>;

// The nodes below one, as `Descendants` says; fails where a place comes twice.
std::set<uint32_t> Below(Descendants& all, uint32_t node, size_t count) {
  std::vector<uint32_t> at(count);
  for (uint32_t one = 0; one < count; ++one) at[all.PlaceOf(one)] = one;
  std::set<uint32_t> found;
  for (const Descendants::Stretch stretch : all.Of(node)) {
    EXPECT_LT(stretch.begin, stretch.end);
    for (uint32_t place = stretch.begin; place < stretch.end; ++place) EXPECT_TRUE(found.insert(at[place]).second);
  }
  return found;
}

// The same by walking down.
std::set<uint32_t> Walked(const Children& children, uint32_t node) {
  std::set<uint32_t> seen = {node};
  std::vector<uint32_t> left = {node};
  while (!left.empty()) {
    const uint32_t next = left.back();
    left.pop_back();
    for (const uint32_t child : children[next]) {
      if (seen.insert(child).second) left.push_back(child);
    }
  }
  seen.erase(node);
  return seen;
}

TEST(Descendants, ATreeIsOneStretchForEachNode) {
  Descendants all({{1, 2}, {3}, {}, {}});
  EXPECT_THAT(all.Of(0), ElementsAre(Descendants::Stretch{1, 4}));
  EXPECT_THAT(all.Of(3), IsEmpty());
  EXPECT_THAT(Below(all, 1, 4), ElementsAre(3));
}

TEST(Descendants, ANodeBelowTwoCountsOnce) {
  Descendants all({{1, 2, 2}, {3}, {3}, {4}, {}});
  EXPECT_THAT(Below(all, 0, 5), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(Below(all, 2, 5), ElementsAre(3, 4));
}

TEST(Descendants, ANodeInACircleIsNotBelowItself) {
  Descendants all({{1}, {2, 3}, {0}, {3}});
  EXPECT_THAT(Below(all, 0, 4), ElementsAre(1, 2, 3));
  EXPECT_THAT(Below(all, 2, 4), ElementsAre(0, 1, 3));
  EXPECT_THAT(Below(all, 3, 4), IsEmpty());
}

TEST(Descendants, AnyGraphIsCountedAsByWalking) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 3000; ++round) {
    const auto count = static_cast<uint32_t>(1 + random() % 12);
    Children children(count);
    // From trees with a few links more to a thicket.
    for (uint64_t links = random() % (2 * count + 1); links > 0; --links) {
      children[random() % count].push_back(static_cast<uint32_t>(random() % count));
    }
    Descendants all(children);
    for (uint32_t node = 0; node < count; ++node) EXPECT_EQ(Below(all, node, count), Walked(children, node));
  }
}

// Walking down from each class of a chain would take eight million steps.
TEST(Descendants, SingleInheritanceCostsAStepForEachQuestion) {
  constexpr uint32_t kCount = 4000;
  Children chain(kCount), bush(kCount);
  for (uint32_t node = 1; node < kCount; ++node) {
    chain[node - 1].push_back(node);
    bush[(node - 1) / 3].push_back(node);
  }
  for (const Children& children : {chain, bush}) {
    Descendants all(children);
    size_t stretches = 0;
    for (uint32_t node = 0; node < kCount; ++node) stretches += all.Of(node).size();
    EXPECT_LE(all.steps(), kCount);
    EXPECT_LE(stretches, kCount);
  }
}

}  // namespace
}  // namespace overt::classes
