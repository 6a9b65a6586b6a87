#include "checker/classes/query.h"

#include "checker/classes/steps.h"

namespace overt::classes {

bool Query::Enter(Frame frame) {
  if (abandoned_) return false;
  for (size_t i = frames_.size(); i > 0; --i) {
    if (frames_[i - 1].frame == frame) {
      lowest_ = std::min(lowest_, i - 1);
      return false;
    }
  }
  if (tainted_ > kMaxTainted || frames_.size() >= kMaxFramesInCycle) {
    size_t lowest = lowest_;
    for (const Active& active : frames_) lowest = std::min(lowest, active.lowest);
    lowest_ = lowest == SIZE_MAX ? 0 : lowest;
    return false;
  }
  if (frames_.size() >= limit_) {
    abandoned_ = true;
    wanted_ = frame;
    return false;
  }
  frames_.push_back({frame, nesting_, tainted_, lowest_});
  nesting_ = 0;
  lowest_ = SIZE_MAX;
  return true;
}

bool Query::Leave() {
  const Active active = frames_.back();
  frames_.pop_back();
  nesting_ = active.nesting;
  const bool is_tainted = lowest_ < frames_.size();
  if (is_tainted) {
    lowest_ = std::min(lowest_, active.lowest);
    ++tainted_;
  } else {
    lowest_ = active.lowest;
    tainted_ = active.tainted;
  }
  return !is_tainted && !abandoned_;
}

void Query::Reset() {
  frames_.clear();
  lowest_ = SIZE_MAX;
  nesting_ = 0;
  tainted_ = 0;
  abandoned_ = false;
}

void Query::AnswerFirst() {
  pending_.assign(1, wanted_);
  limit_ = kMaxFrames;
  while (!pending_.empty()) {
    Reset();
    Recompute(pending_.back());
    if (!abandoned_) {
      pending_.pop_back();
    } else if (std::find(pending_.begin(), pending_.end(), wanted_) == pending_.end()) {
      pending_.push_back(wanted_);
    } else {
      limit_ = SIZE_MAX;  // a cycle longer than the limit: go around it
    }
  }
  Reset();
  limit_ = kMaxFrames;
}

void Query::Recompute(Frame frame) {
  switch (frame.kind) {
    case FrameKind::kDefinition: DefinitionValue(*this, {frame.file, DefId(frame.number)}); return;
    case FrameKind::kModuleName: NameOfModule(*this, {frame.file, Atom(frame.number)}); return;
    case FrameKind::kReturn: ReturnValue(*this, {frame.file, NodeId(frame.number)}); return;
    case FrameKind::kInfo: OwnInfo(*this, {frame.file, NodeId(frame.number)}); return;
    case FrameKind::kMro: MroIn(*this, {frame.file, NodeId(frame.number)}); return;
  }
}

}  // namespace overt::classes
