#include "checker/rules/alternatives.h"

#include "absl/container/flat_hash_map.h"

namespace overt::rules {
namespace {

class AlternativeWalk {
 public:
  AlternativeWalk(absl::FunctionRef<std::optional<bool>(classes::ClassRef)> holds, const RuleContext& context)
      : holds_(holds), context_(context) {}

  // The first base that decides.
  std::optional<bool> OfBases(classes::ClassRef ref) {
    for (const classes::Base& base : context_.classes.InfoOf(ref).bases) {
      if (const std::optional<bool> decided = OfBase(base); decided.has_value()) return decided;
    }
    return std::nullopt;
  }

 private:
  // One alternative that may be anything else leaves the others uncertain.
  std::optional<bool> OfBase(const classes::Base& base) {
    size_t decided = 0;
    for (const classes::Entity& entity : base.alternatives) {
      const std::optional<bool> answer = entity.is_class() ? OfClass(entity.class_ref) : std::nullopt;
      if (answer.has_value() && !*answer) return false;
      decided += answer.has_value() ? 1 : 0;
    }
    if (decided == 0) return std::nullopt;
    return decided == base.alternatives.size();
  }

  std::optional<bool> OfClass(classes::ClassRef ref) {
    const auto [found, is_new] = known_.try_emplace(ref, std::nullopt);
    if (!is_new) return found->second;
    std::optional<bool> answer = holds_(ref);
    if (!answer.has_value()) answer = OfBases(ref);
    known_[ref] = answer;
    return answer;
  }

  absl::FunctionRef<std::optional<bool>(classes::ClassRef)> holds_;
  const RuleContext& context_;
  absl::flat_hash_map<classes::ClassRef, std::optional<bool>> known_;
};

}  // namespace

bool HoldsForEveryAlternative(const ClassEvent& event, absl::FunctionRef<std::optional<bool>(classes::ClassRef)> holds,
                              const RuleContext& context) {
  if (event.mro.alternatives.empty() && event.mro.complete()) return true;
  return AlternativeWalk(holds, context).OfBases(event.info.ref).value_or(true);
}

}  // namespace overt::rules
