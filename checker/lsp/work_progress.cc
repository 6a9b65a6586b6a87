#include "checker/lsp/work_progress.h"

#include <atomic>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "checker/lsp/requests.h"

namespace overt::lsp {
namespace {

constexpr absl::Duration kWithoutWord = absl::Milliseconds(500);

std::string FreshToken() {
  static std::atomic<int> count{0};
  return absl::StrCat("overt-", ++count);
}

}  // namespace

// One conversation about one piece of work, from its token to its end.
struct WorkProgress::Talk : std::enable_shared_from_this<Talk> {
  Talk(Connection& to, const Client& client, std::string name)
      : connection(to), may_ask(client.work_done_progress), title(std::move(name)) {}

  Connection& connection;
  const bool may_ask;  // for a token of the server's
  const std::string title;
  const absl::Time start = absl::Now();
  absl::Mutex mutex;
  Json token ABSL_GUARDED_BY(mutex);
  bool has_asked ABSL_GUARDED_BY(mutex) = false;
  bool has_begun ABSL_GUARDED_BY(mutex) = false;
  bool is_over ABSL_GUARDED_BY(mutex) = false;

  void Say(Json value) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    connection.Notify("$/progress", {{"token", token}, {"value", std::move(value)}});
  }

  void Begin(bool is_cancellable) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    has_begun = true;
    Say({{"kind", "begin"}, {"title", title}, {"cancellable", is_cancellable}, {"percentage", 0}});
  }

  // A token of the server's may be used only after the client said so; meanwhile the work goes on.
  void AskIfLong() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    if (has_begun || has_asked || is_over || !may_ask || absl::Now() - start < kWithoutWord) return;
    has_asked = true;
    token = FreshToken();
    connection.Ask("window/workDoneProgress/create", {{"token", token}},
                   [talk = shared_from_this()](const Json* result) {
                     absl::MutexLock lock(&talk->mutex);
                     if (result != nullptr && !talk->is_over) talk->Begin(/*is_cancellable=*/false);
                   });
  }
};

WorkProgress::WorkProgress(const RequestContext& context, std::string title)
    : WorkProgress(context.connection, context.client, std::move(title)) {
  const Json* token = Find(context.call.params, {"workDoneToken"});
  if (token == nullptr || token->is_null()) return;
  absl::MutexLock lock(&talk_->mutex);
  talk_->token = *token;
  talk_->Begin(/*is_cancellable=*/true);
}

WorkProgress::WorkProgress(Connection& connection, const Client& client, std::string title)
    : talk_(std::make_shared<Talk>(connection, client, std::move(title))) {}

WorkProgress::~WorkProgress() {
  absl::MutexLock lock(&talk_->mutex);
  talk_->is_over = true;
  if (talk_->has_begun) talk_->Say({{"kind", "end"}});
}

void WorkProgress::Reached(size_t done, size_t total) {
  absl::MutexLock lock(&talk_->mutex);
  talk_->AskIfLong();
  if (!talk_->has_begun) return;
  talk_->Say({{"kind", "report"},
              {"message", absl::StrCat(done, "/", total, " files")},
              {"percentage", total == 0 ? 100 : done * 100 / total}});
}

std::function<void()> WorkProgress::Watch() const {
  return [talk = talk_] {
    absl::MutexLock lock(&talk->mutex);
    talk->mutex.AwaitWithDeadline(absl::Condition(&talk->is_over), talk->start + kWithoutWord);
    talk->AskIfLong();
  };
}

}  // namespace overt::lsp
