#include "checker/driver/baseline_keeper.h"

#include <utility>

namespace overt::driver {

BaselineKeeper::Pointer BaselineKeeper::For(const Settings& settings, const std::string& current_folder) {
  BaselineFile file = BaselineFileOf(settings, {}, current_folder);
  const grammar::FileStamp stamp = grammar::StampOf(file.path);
  absl::MutexLock lock(&mutex_);
  Kept& kept = by_path_[file.path];
  if (kept.is_settled && kept.stamp == stamp) return kept.baseline;
  kept.stamp = stamp;
  kept.is_settled = stamp.mode == 0 || grammar::IsSettled(stamp);
  kept.baseline = nullptr;
  if (stamp.mode != 0 && ReadBaseline(file).ok()) kept.baseline = std::make_shared<const BaselineFile>(std::move(file));
  return kept.baseline;
}

}  // namespace overt::driver
