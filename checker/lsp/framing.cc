#include "checker/lsp/framing.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace overt::lsp {
namespace {

constexpr size_t kReadAtOnce = size_t{64} << 10;
constexpr size_t kHugeBytes = size_t{16} << 30;  // nobody means that: the framing is lost

std::string Shown(absl::string_view text) {
  constexpr size_t kMost = 60;
  return absl::StrCat("`", text.substr(0, kMost), text.size() > kMost ? "…`" : "`");
}

// The header's end: where the body begins, or npos.
size_t BodyBegin(absl::string_view buffer) {
  const size_t lines = buffer.find("\r\n\r\n");
  const size_t bare = buffer.find("\n\n");  // some hand-written clients
  if (lines == absl::string_view::npos) return bare == absl::string_view::npos ? bare : bare + 2;
  return bare < lines ? bare + 2 : lines + 4;
}

}  // namespace

HeaderLength ReadContentLength(absl::string_view header) {
  HeaderLength result;
  bool found = false;
  for (absl::string_view line : absl::StrSplit(header, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    const size_t colon = line.find(':');
    if (colon == absl::string_view::npos) {
      result.problem = absl::StrCat(Shown(line), " is no header of a message");
      return result;
    }
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(line.substr(0, colon)), "Content-Length")) continue;
    const absl::string_view number = absl::StripAsciiWhitespace(line.substr(colon + 1));
    uint64_t bytes = 0;
    const bool has_digits_only = !number.empty() && std::all_of(number.begin(), number.end(), absl::ascii_isdigit);
    if (!has_digits_only || !absl::SimpleAtoi(number, &bytes) || bytes > kHugeBytes) {
      result.problem = absl::StrCat(Shown(line), ": no length of a message");
      return result;
    }
    result.bytes = bytes;
    found = true;
  }
  if (!found) result.problem = "a message without `Content-Length`";
  return result;
}

MessageReader::MessageReader(int descriptor, std::function<bool(int)> wait)
    : descriptor_(descriptor), wait_(std::move(wait)) {}

bool MessageReader::Fill() {
  const size_t before = buffer_.size();
  buffer_.resize(before + kReadAtOnce);
  ssize_t count = -1;
  while (!wait_ || wait_(descriptor_)) {
    count = read(descriptor_, buffer_.data() + before, kReadAtOnce);
    if (count >= 0 || errno != EINTR) break;
  }
  buffer_.resize(before + static_cast<size_t>(std::max<ssize_t>(count, 0)));
  return count > 0;
}

std::optional<size_t> MessageReader::ReadHeader() {
  size_t begin = BodyBegin(buffer_);
  while (begin == std::string::npos) {
    if (buffer_.size() > kMostHeaderBytes) {
      problem_ = "a header without an end";
      return std::nullopt;
    }
    if (!Fill()) return std::nullopt;
    begin = BodyBegin(buffer_);
  }
  HeaderLength length = ReadContentLength(absl::string_view(buffer_).substr(0, begin));
  buffer_.erase(0, begin);
  if (!length.problem.empty()) {
    problem_ = std::move(length.problem);
    return std::nullopt;
  }
  return length.bytes;
}

bool MessageReader::PassOver(size_t size) {
  while (true) {
    const size_t here = std::min(size, buffer_.size());
    buffer_.erase(0, here);
    size -= here;
    if (size == 0) return true;
    if (!Fill()) return false;
  }
}

std::optional<MessageReader::Message> MessageReader::ReadBody(size_t size) {
  while (buffer_.size() < size) {
    if (!Fill()) return std::nullopt;
  }
  Message message;
  message.bytes = size;
  message.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  if (buffer_.capacity() > 4 * kReadAtOnce && buffer_.size() < kReadAtOnce) buffer_.shrink_to_fit();
  return message;
}

std::optional<MessageReader::Message> MessageReader::Next() {
  const std::optional<size_t> size = ReadHeader();
  if (!size) return std::nullopt;
  if (*size <= kMostBytes) return ReadBody(*size);
  if (!PassOver(*size)) return std::nullopt;
  Message message;
  message.bytes = *size;
  message.is_too_large = true;
  return message;
}

// Shared with the thread, which may outlive the writer when nobody reads.
struct MessageWriter::Impl {
  struct Queued {
    std::string body, key;
  };
  explicit Impl(int to) : descriptor(to) {}

  const int descriptor;
  absl::Mutex mutex;
  std::deque<Queued> queue ABSL_GUARDED_BY(mutex);
  // The number of a queued message by key; `first` is the number of the front one.
  absl::flat_hash_map<std::string, uint64_t> by_key ABSL_GUARDED_BY(mutex);
  uint64_t first ABSL_GUARDED_BY(mutex) = 0;
  size_t bytes ABSL_GUARDED_BY(mutex) = 0;
  bool is_closing ABSL_GUARDED_BY(mutex) = false;
  bool is_done ABSL_GUARDED_BY(mutex) = false;

  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return !queue.empty() || is_closing; }

  // False: nobody reads any more.
  bool Write(absl::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = write(descriptor, text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      text.remove_prefix(static_cast<size_t>(count));
    }
    return true;
  }

  void Run() {
    while (true) {
      Queued next;
      {
        absl::MutexLock lock(&mutex);
        mutex.Await(absl::Condition(this, &Impl::HasWork));
        if (queue.empty()) break;
        next = std::move(queue.front());
        queue.pop_front();
        if (!next.key.empty()) by_key.erase(next.key);
        ++first;
        bytes -= next.body.size();
      }
      if (!Write(absl::StrCat("Content-Length: ", next.body.size(), "\r\n\r\n", next.body))) break;
    }
    absl::MutexLock lock(&mutex);
    is_done = true;
    queue.clear();
    by_key.clear();
  }
};

MessageWriter::MessageWriter(int descriptor) : impl_(std::make_shared<Impl>(descriptor)) {
  std::thread([impl = impl_] { impl->Run(); }).detach();
}

MessageWriter::~MessageWriter() { Finish(); }

void MessageWriter::Finish() {
  absl::MutexLock lock(&impl_->mutex);
  impl_->is_closing = true;
  impl_->mutex.AwaitWithTimeout(absl::Condition(&impl_->is_done), absl::Seconds(1));
}

void MessageWriter::Send(std::string body, const std::string& supersedes) {
  absl::MutexLock lock(&impl_->mutex);
  if (impl_->is_done || impl_->is_closing) return;
  if (!supersedes.empty()) {
    if (const auto known = impl_->by_key.find(supersedes); known != impl_->by_key.end()) {
      std::string& old = impl_->queue[known->second - impl_->first].body;
      impl_->bytes += body.size();
      impl_->bytes -= old.size();
      old = std::move(body);
      return;
    }
    impl_->by_key[supersedes] = impl_->first + impl_->queue.size();
  } else if (impl_->bytes > kMostQueued) {
    return;
  }
  impl_->bytes += body.size();
  impl_->queue.push_back({std::move(body), supersedes});
}

}  // namespace overt::lsp
