#include "checker/classes/descendants.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/algorithm/container.h"

namespace overt::classes {
namespace {

constexpr uint32_t kNowhere = UINT32_MAX;

using Lists = std::vector<std::vector<uint32_t>>;

// By node, how many nodes it stands directly below.
std::vector<uint32_t> CountAbove(const Lists& children) {
  std::vector<uint32_t> above(children.size());
  for (const std::vector<uint32_t>& list : children) {
    for (const uint32_t child : list) ++above[child];
  }
  return above;
}

// The same places in as few stretches as there can be.
std::vector<Descendants::Stretch> Joined(std::vector<Descendants::Stretch> stretches) {
  const auto comes_before = [](Descendants::Stretch a, Descendants::Stretch b) { return a.begin < b.begin; };
  std::erase_if(stretches, [](Descendants::Stretch one) { return one.begin == one.end; });
  if (!absl::c_is_sorted(stretches, comes_before)) absl::c_sort(stretches, comes_before);
  size_t last = 0;
  for (size_t i = 1; i < stretches.size(); ++i) {
    if (stretches[last].end == stretches[i].begin) {
      stretches[last].end = stretches[i].end;
    } else {
      stretches[++last] = stretches[i];
    }
  }
  stretches.resize(std::min(stretches.size(), last + 1));
  return stretches;
}

}  // namespace

Descendants::Descendants(std::vector<std::vector<uint32_t>> children)
    : trees_(children.size(), {kNowhere, kNowhere}),
      root_of_(children.size()),
      is_root_(children.size()),
      reached_in_(children.size()) {
  for (uint32_t node = 0; node < children.size(); ++node) {
    std::vector<uint32_t>& list = children[node];
    absl::c_sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
    std::erase(list, node);
  }
  Plant(children);
  // By place, so that a stretch's links are a stretch too.
  std::vector<uint32_t> row(children.size());
  for (uint32_t node = 0; node < children.size(); ++node) row[PlaceOf(node)] = node;
  for (const uint32_t node : row) {
    first_link_.push_back(static_cast<uint32_t>(links_.size()));
    absl::c_copy_if(children[node], std::back_inserter(links_), [&](uint32_t child) { return is_root_[child]; });
  }
  first_link_.push_back(static_cast<uint32_t>(links_.size()));
}

void Descendants::Plant(const Lists& children) {
  const std::vector<uint32_t> above = CountAbove(children);
  for (uint32_t node = 0; node < children.size(); ++node) is_root_[node] = above[node] != 1;
  for (uint32_t node = 0; node < children.size(); ++node) {
    if (is_root_[node]) Grow(node, children);
  }
  // What no tree has reached is a circle: it is cut somewhere.
  for (uint32_t node = 0; node < children.size(); ++node) {
    if (trees_[node].begin != kNowhere) continue;
    is_root_[node] = true;
    Grow(node, children);
  }
}

// Without recursion: hierarchies that programs write may be deep.
void Descendants::Grow(uint32_t root, const Lists& children) {
  struct Branch {
    uint32_t node;
    size_t next;
  };
  std::vector<Branch> path;
  const auto enter = [&](uint32_t node) {
    trees_[node].begin = place_count_++;
    root_of_[node] = root;
    path.push_back({node, 0});
  };
  enter(root);
  while (!path.empty()) {
    Branch& branch = path.back();
    if (branch.next == children[branch.node].size()) {
      trees_[branch.node].end = place_count_;
      path.pop_back();
      continue;
    }
    const uint32_t child = children[branch.node][branch.next++];
    if (!is_root_[child]) enter(child);
  }
}

void Descendants::Follow(Stretch from) {
  ++steps_;
  for (uint32_t i = first_link_[from.begin]; i < first_link_[from.end]; ++i) {
    ++steps_;
    if (std::exchange(reached_in_[links_[i]], question_) != question_) reached_.push_back(links_[i]);
  }
}

std::vector<Descendants::Stretch> Descendants::Of(uint32_t node) {
  ++question_;
  reached_.clear();
  Follow(trees_[node]);
  for (size_t i = 0; i < reached_.size(); ++i) Follow(trees_[reached_[i]]);
  std::vector<Stretch> found;
  const Stretch own = trees_[node];
  const uint32_t root = root_of_[node];
  // In a circle all of the node's tree is below it, and not only what grows from it.
  const bool is_in_circle = reached_in_[root] == question_;
  found.push_back({own.begin + 1, is_in_circle ? trees_[root].end : own.end});
  if (is_in_circle) found.push_back({trees_[root].begin, own.begin});
  for (const uint32_t other : reached_) {
    if (other != root) found.push_back(trees_[other]);
  }
  return Joined(std::move(found));
}

}  // namespace overt::classes
