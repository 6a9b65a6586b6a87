// Questions and answers in both directions. Thread-safe.
//
//   std::shared_ptr<Call> call = connection.Open(id, method, params);
//   connection.Answer(*call, result);        // once: whoever comes second, a cancellation say, is not heard
//
// Knows JSON-RPC and no method by name but those that servers send to write logs.
// Source: JSON-RPC 2.0; Language Server Protocol 3.17, "Base Protocol".
#ifndef OVERT_CHECKER_LSP_CONNECTION_H_
#define OVERT_CHECKER_LSP_CONNECTION_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "checker/lsp/framing.h"
#include "checker/lsp/json.h"
#include "checker/lsp/log_file.h"

namespace overt::lsp {

enum class ErrorCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kInternalError = -32603,
  kServerNotInitialized = -32002,
  kRequestCancelled = -32800,
  kContentModified = -32801,
  kServerCancelled = -32802,
};

enum class LogLevel : int { kError = 1, kWarning = 2, kInfo = 3, kDebug = 4 };

// A request of the client that waits for its answer.
struct Call {
  Json id;
  std::string method;
  Json params;
  std::atomic<bool> cancelled{false};
};

class Connection {
 public:
  explicit Connection(MessageSink& sink) : sink_(sink) {}

  // Null if a request of that id still waits; then the client has been told.
  std::shared_ptr<Call> Open(Json id, std::string method, Json params);
  void Answer(const Call& call, Json result);
  void Fail(const Call& call, ErrorCode code, absl::string_view message, Json data = nullptr);
  // Answers a waiting request with "cancelled" and lets its work know. Unknown ids are ignored.
  void Cancel(const Json& id);
  // The request that came with this `workDoneToken`.
  void CancelWork(const Json& token);
  void CancelAll();
  // An error that belongs to no request that was understood; `id` may be null.
  void Refuse(const Json& id, ErrorCode code, absl::string_view message);

  // `key` as in MessageSink::Send.
  void Notify(const char* method, Json params, const std::string& key = "");
  // To the client, and to the file if there is one: what weighs at least as much as `FollowLog` said last.
  void Log(LogLevel level, absl::string_view text);
  void FollowLog(LogLevel least, std::shared_ptr<const LogFile> file);
  // `on_answer` gets the result, or null for an error; on the thread that calls `TakeAnswer`.
  void Ask(const char* method, Json params, std::function<void(const Json* result)> on_answer);
  void TakeAnswer(const Json& message);

 private:
  bool Take(const Call& call);  // whether it still waited

  MessageSink& sink_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<Call>> waiting_ ABSL_GUARDED_BY(mutex_);  // by id as text
  absl::flat_hash_map<int64_t, std::function<void(const Json*)>> asked_ ABSL_GUARDED_BY(mutex_);
  int64_t next_question_ ABSL_GUARDED_BY(mutex_) = 1;
  LogLevel least_ ABSL_GUARDED_BY(mutex_) = LogLevel::kWarning;
  std::shared_ptr<const LogFile> log_file_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_CONNECTION_H_
