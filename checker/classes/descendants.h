// What stands below each of many nodes of a graph, without walking down from each of them.
//
//   Descendants below({{1, 2}, {3}, {}, {}});      # 0 → 1, 0 → 2, 1 → 3
//   below.Of(0)                                    # {{1, 4}}: stretches of a row in which 0 1 3 2 stand
//   below.PlaceOf(3)                               # 2
//
// Trees are written into the row one after the other, each node before what stands below it, so that a node's tree is
// one stretch. A node with several nodes above it begins a tree of its own: what is below a node are the rest of its
// tree and those trees to which links lead from there. So a family without multiple inheritance costs one step for
// each question. Knows no classes; internal to the family index.
#ifndef OVERT_CHECKER_CLASSES_DESCENDANTS_H_
#define OVERT_CHECKER_CLASSES_DESCENDANTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace overt::classes {

class Descendants {
 public:
  // By node, those directly below it. Doubles and cycles do no harm.
  explicit Descendants(std::vector<std::vector<uint32_t>> children);

  struct Stretch {
    uint32_t begin, end;
    friend bool operator==(Stretch, Stretch) = default;
  };
  // The places of all nodes below `node`, which is none of them itself: no place twice, no stretch empty.
  std::vector<Stretch> Of(uint32_t node);

  uint32_t PlaceOf(uint32_t node) const { return trees_[node].begin; }
  // How many stretches and links were looked at until now.
  size_t steps() const { return steps_; }

 private:
  void Plant(const std::vector<std::vector<uint32_t>>& children);
  void Grow(uint32_t root, const std::vector<std::vector<uint32_t>>& children);
  void Follow(Stretch from);

  uint32_t place_count_ = 0;
  std::vector<Stretch> trees_;        // by node: itself and what is below it within its tree
  std::vector<uint32_t> root_of_;     // by node: where its tree begins
  std::vector<bool> is_root_;         // by node
  std::vector<uint32_t> first_link_;  // by place, and one more: where its links begin in `links_`
  std::vector<uint32_t> links_;       // roots
  std::vector<uint32_t> reached_;     // roots, of the question that is being answered
  std::vector<uint32_t> reached_in_;  // by node: the last question that reached it
  uint32_t question_ = 0;
  size_t steps_ = 0;
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_DESCENDANTS_H_
