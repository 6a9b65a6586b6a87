#include "checker/lsp/connection.h"

#include <utility>

namespace overt::lsp {
namespace {

Json ErrorMessage(const Json& id, ErrorCode code, absl::string_view message) {
  return {
      {"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", static_cast<int>(code)}, {"message", std::string(message)}}}};
}

}  // namespace

std::shared_ptr<Call> Connection::Open(Json id, std::string method, Json params) {
  auto call = std::make_shared<Call>();
  call->id = std::move(id);
  call->method = std::move(method);
  call->params = std::move(params);
  {
    absl::MutexLock lock(&mutex_);
    if (waiting_.try_emplace(WriteJson(call->id), call).second) return call;
  }
  Refuse(call->id, ErrorCode::kInvalidRequest, "a request of this id still waits for its answer");
  return nullptr;
}

bool Connection::Take(const Call& call) {
  absl::MutexLock lock(&mutex_);
  const auto found = waiting_.find(WriteJson(call.id));
  if (found == waiting_.end() || found->second.get() != &call) return false;
  waiting_.erase(found);
  return true;
}

void Connection::Answer(const Call& call, Json result) {
  if (!Take(call)) return;
  sink_.Send(WriteJson({{"jsonrpc", "2.0"}, {"id", call.id}, {"result", std::move(result)}}), "");
}

void Connection::Fail(const Call& call, ErrorCode code, absl::string_view message, Json data) {
  if (!Take(call)) return;
  Json error = ErrorMessage(call.id, code, message);
  if (!data.is_null()) error["error"]["data"] = std::move(data);
  sink_.Send(WriteJson(error), "");
}

void Connection::Cancel(const Json& id) {
  std::shared_ptr<Call> call;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = waiting_.find(WriteJson(id));
    if (found == waiting_.end()) return;
    call = found->second;
  }
  call->cancelled = true;
  Fail(*call, ErrorCode::kRequestCancelled, "cancelled");
}

void Connection::CancelWork(const Json& token) {
  Json id;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [text, call] : waiting_) {
      const Json* own = Find(call->params, {"workDoneToken"});
      if (own != nullptr && *own == token) id = call->id;
    }
  }
  if (!id.is_null()) Cancel(id);
}

void Connection::CancelAll() {
  std::vector<std::shared_ptr<Call>> calls;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [id, call] : waiting_) calls.push_back(call);
  }
  for (const std::shared_ptr<Call>& call : calls) {
    call->cancelled = true;
    Fail(*call, ErrorCode::kRequestCancelled, "the server is shutting down");
  }
}

void Connection::Refuse(const Json& id, ErrorCode code, absl::string_view message) {
  sink_.Send(WriteJson(ErrorMessage(id, code, message)), "");
}

void Connection::Notify(const char* method, Json params, const std::string& key) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}};
  if (!params.is_null()) message["params"] = std::move(params);
  sink_.Send(WriteJson(message), key);
}

namespace {

absl::string_view LogLevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kError: return "error";
    case LogLevel::kWarning: return "warning";
    case LogLevel::kInfo: return "info";
    case LogLevel::kDebug: return "debug";
  }
  return "";
}

}  // namespace

void Connection::FollowLog(LogLevel least, std::shared_ptr<const LogFile> file) {
  absl::MutexLock lock(&mutex_);
  least_ = least;
  log_file_ = std::move(file);
}

void Connection::Log(LogLevel level, absl::string_view text) {
  std::shared_ptr<const LogFile> file;
  {
    absl::MutexLock lock(&mutex_);
    if (level > least_) return;
    file = log_file_;
  }
  if (file != nullptr) file->Write(absl::StrCat(LogLevelName(level), " ", text));
  Notify("window/logMessage", {{"type", static_cast<int>(level)}, {"message", std::string(text)}});
}

void Connection::Ask(const char* method, Json params, std::function<void(const Json*)> on_answer) {
  int64_t id = 0;
  {
    absl::MutexLock lock(&mutex_);
    id = next_question_++;
    asked_[id] = std::move(on_answer);
  }
  Json message = {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}};
  if (!params.is_null()) message["params"] = std::move(params);
  sink_.Send(WriteJson(message), "");
}

void Connection::TakeAnswer(const Json& message) {
  const std::optional<int64_t> id = IntegerAt(message, {"id"});
  if (!id) return;
  std::function<void(const Json*)> on_answer;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = asked_.find(*id);
    if (found == asked_.end()) return;
    on_answer = std::move(found->second);
    asked_.erase(found);
  }
  if (on_answer) on_answer(Find(message, {"result"}));
}

}  // namespace overt::lsp
