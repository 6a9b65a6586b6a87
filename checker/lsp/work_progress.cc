#include "checker/lsp/work_progress.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace overt::lsp {
namespace {

constexpr absl::Duration kWithoutWord = absl::Milliseconds(500);

std::string FreshToken() {
  static std::atomic<int> count{0};
  return absl::StrCat("overt-", ++count);
}

}  // namespace

WorkProgress::WorkProgress(const RequestContext& context, std::string title)
    : context_(context), title_(std::move(title)), start_(absl::Now()) {
  const Json* token = Find(context.call.params, {"workDoneToken"});
  if (token == nullptr || token->is_null()) return;
  token_ = *token;
  Begin(/*is_cancellable=*/true);
}

WorkProgress::~WorkProgress() {
  if (has_begun_) Say({{"kind", "end"}});
}

void WorkProgress::Reached(size_t done, size_t total) {
  if (!HasBegun()) return;
  Say({{"kind", "report"},
       {"message", absl::StrCat(done, "/", total, " files")},
       {"percentage", total == 0 ? 100 : done * 100 / total}});
}

void WorkProgress::Begin(bool is_cancellable) {
  has_begun_ = true;
  Say({{"kind", "begin"}, {"title", title_}, {"cancellable", is_cancellable}, {"percentage", 0}});
}

// A token of the server's may be used only after the client said so; meanwhile the work goes on.
bool WorkProgress::HasBegun() {
  if (has_begun_) return true;
  if (!context_.client.work_done_progress || absl::Now() - start_ < kWithoutWord) return false;
  if (is_made_ == nullptr) {
    is_made_ = std::make_shared<std::atomic<bool>>(false);
    token_ = FreshToken();
    context_.connection.Ask("window/workDoneProgress/create", {{"token", token_}},
                            [is_made = is_made_](const Json* result) { *is_made = result != nullptr; });
  }
  if (*is_made_) Begin(/*is_cancellable=*/false);
  return has_begun_;
}

void WorkProgress::Say(Json value) const {
  context_.connection.Notify("$/progress", {{"token", token_}, {"value", std::move(value)}});
}

}  // namespace overt::lsp
