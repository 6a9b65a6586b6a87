#include "checker/classes/mro.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>

#include "absl/container/flat_hash_map.h"

namespace overt::classes {
namespace {

class Merge {
 public:
  Merge(absl::Span<const absl::Span<const ClassRef>> lists, absl::Span<const ClassRef> bases)
      : lists_(lists.begin(), lists.end()) {
    lists_.push_back(bases);
    positions_.resize(lists_.size(), 0);
    size_t total = 0;
    for (const absl::Span<const ClassRef> list : lists_) total += list.size();
    classes_.reserve(total);
    for (uint32_t i = 0; i < lists_.size(); ++i) {
      for (size_t k = 1; k < lists_[i].size(); ++k) ++classes_[lists_[i][k]].in_tails;
      if (!lists_[i].empty()) classes_[lists_[i][0]].headed.push_back(i);
    }
    for (uint32_t i = 0; i < lists_.size(); ++i) {
      if (!lists_[i].empty() && classes_[lists_[i][0]].in_tails == 0) ready_.push(i);
    }
  }

  C3Result Run() {
    C3Result result;
    while (!ready_.empty()) {
      const uint32_t list = ready_.top();
      ready_.pop();
      // Merged by way of another list meanwhile.
      if (positions_[list] == lists_[list].size()) continue;
      const ClassRef head = lists_[list][positions_[list]];
      const auto found = classes_.find(head);
      if (found->second.in_tails != 0) continue;
      result.order.push_back(head);
      const std::vector<uint32_t> headed = std::move(found->second.headed);
      found->second.headed.clear();
      for (const uint32_t advanced : headed) Advance(advanced);
    }
    for (size_t i = 0; i < lists_.size(); ++i) {
      if (positions_[i] == lists_[i].size()) continue;
      const ClassRef head = lists_[i][positions_[i]];
      if (std::find(result.blocked.begin(), result.blocked.end(), head) == result.blocked.end()) {
        result.blocked.push_back(head);
      }
    }
    result.consistent = result.blocked.empty();
    return result;
  }

 private:
  struct State {
    uint32_t in_tails = 0;         // lists that have it after their head
    std::vector<uint32_t> headed;  // lists that have it as their head
  };

  void Advance(uint32_t list) {
    if (++positions_[list] == lists_[list].size()) return;
    State& state = classes_.find(lists_[list][positions_[list]])->second;
    --state.in_tails;
    state.headed.push_back(list);
    if (state.in_tails != 0) return;
    // The first list with a good head goes first, so all of them have to stand in the queue.
    for (const uint32_t headed : state.headed) ready_.push(headed);
  }

  std::vector<absl::Span<const ClassRef>> lists_;
  std::vector<size_t> positions_;
  absl::flat_hash_map<ClassRef, State> classes_;
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> ready_;
};

}  // namespace

C3Result MergeC3(absl::Span<const absl::Span<const ClassRef>> lists, absl::Span<const ClassRef> bases) {
  return Merge(lists, bases).Run();
}

}  // namespace overt::classes
