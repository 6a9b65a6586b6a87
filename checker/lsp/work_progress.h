// What is said of work that takes long: with the token that came with a request, or with one that the server makes once
// half a second has passed. Silent for clients that want neither.
//
//   WorkProgress progress(context, "overt: checking the workspace");
//   progress.Reached(64, 1450);           // "64/1450 files"; the end is told when it goes out of scope
//
// Nothing is said between two calls of `Reached`, however long that takes, unless somebody runs `Watch`.
// Source: Language Server Protocol 3.17, "Work Done Progress".
#ifndef OVERT_CHECKER_LSP_WORK_PROGRESS_H_
#define OVERT_CHECKER_LSP_WORK_PROGRESS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "checker/lsp/client.h"
#include "checker/lsp/connection.h"

namespace overt::lsp {

struct RequestContext;

class WorkProgress {
 public:
  // Of a request. `context` is borrowed for the call only, its connection as long as the connection asks questions.
  WorkProgress(const RequestContext& context, std::string title);
  // Of work that no request began.
  WorkProgress(Connection& connection, const Client& client, std::string title);
  ~WorkProgress();
  WorkProgress(const WorkProgress&) = delete;
  WorkProgress& operator=(const WorkProgress&) = delete;

  // From any thread.
  void Reached(size_t done, size_t total);
  // A job for a thread that has nothing better to do: waits for half a second or for the end, and then speaks of work
  // that has reached nothing so far.
  std::function<void()> Watch() const;

 private:
  struct Talk;
  std::shared_ptr<Talk> talk_;  // shared with the client's answer, which may come late
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_WORK_PROGRESS_H_
