// What a request says of its progress: with the token that came with it, or, where it takes long, with one that the
// server makes. Silent for clients that want neither.
//
//   WorkProgress progress(context, "overt: checking the workspace");
//   progress.Reached(64, 1450);           // "64/1450 files"; the end is told when it goes out of scope
//
// Source: Language Server Protocol 3.17, "Work Done Progress".
#ifndef OVERT_CHECKER_LSP_WORK_PROGRESS_H_
#define OVERT_CHECKER_LSP_WORK_PROGRESS_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "checker/lsp/requests.h"

namespace overt::lsp {

class WorkProgress {
 public:
  // `context` is borrowed.
  WorkProgress(const RequestContext& context, std::string title);
  ~WorkProgress();
  WorkProgress(const WorkProgress&) = delete;
  WorkProgress& operator=(const WorkProgress&) = delete;

  void Reached(size_t done, size_t total);

 private:
  void Begin(bool is_cancellable);
  bool HasBegun();
  void Say(Json value) const;

  const RequestContext& context_;
  const std::string title_;
  const absl::Time start_;
  Json token_;
  std::shared_ptr<std::atomic<bool>> is_made_;  // whether the client took the server's token; null before it is asked
  bool has_begun_ = false;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_WORK_PROGRESS_H_
