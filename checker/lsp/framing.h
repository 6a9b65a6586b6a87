// Messages on a pipe: `Content-Length: 42`, an empty line, 42 bytes.
//
//   MessageReader reader(STDIN_FILENO);
//   while (std::optional<MessageReader::Message> message = reader.Next()) …   // nothing: the end, or framing is lost
//
// Knows nothing of JSON. The writer has a queue and a thread of its own, so that a client which stops reading stops
// nothing else; what is superseded (diagnostics of the same document) is replaced in the queue and not added to it.
// Source: Language Server Protocol 3.17, "Base Protocol".
#ifndef OVERT_CHECKER_LSP_FRAMING_H_
#define OVERT_CHECKER_LSP_FRAMING_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace overt::lsp {

class MessageReader {
 public:
  static constexpr size_t kMostBytes = size_t{256} << 20;
  static constexpr size_t kMostHeaderBytes = size_t{64} << 10;

  struct Message {
    std::string body;
    size_t bytes = 0;           // as the header says
    bool is_too_large = false;  // then the body was passed over and is empty
  };

  // `wait(descriptor)` is called before each read and says whether to go on: it blocks until there is input. The
  // default always goes on.
  explicit MessageReader(int descriptor, std::function<bool(int)> wait = nullptr);
  // Blocks. Nothing at the end of the input, or when the header is no header: then `problem()` says what was seen.
  std::optional<Message> Next();
  const std::string& problem() const { return problem_; }

 private:
  bool Fill();  // appends to the buffer; false at the end of the input
  std::optional<size_t> ReadHeader();
  std::optional<Message> ReadBody(size_t size);
  bool PassOver(size_t size);

  int descriptor_;
  std::function<bool(int)> wait_;
  std::string buffer_;
  std::string problem_;
};

// The number in a header block (without its empty line), or why it cannot be used.
struct HeaderLength {
  size_t bytes = 0;
  std::string problem;  // empty if there is none
};
HeaderLength ReadContentLength(absl::string_view header);

// Where a server's messages go.
class MessageSink {
 public:
  MessageSink() = default;
  MessageSink(const MessageSink&) = delete;
  MessageSink& operator=(const MessageSink&) = delete;
  virtual ~MessageSink() = default;
  // `supersedes`: a key; an unsent message with the same key is replaced. Empty: never replaced. Thread-safe.
  virtual void Send(std::string body, const std::string& supersedes) = 0;
};

class MessageWriter final : public MessageSink {
 public:
  explicit MessageWriter(int descriptor);
  ~MessageWriter() override;  // as Finish
  // While more than `kMostQueued` bytes wait to be read, messages that may be superseded are the only ones that are
  // taken: a client that does not read its answers asks for nothing that it will miss.
  void Send(std::string body, const std::string& supersedes) override;
  // Writes what is queued, for a second at most; takes nothing more.
  void Finish();
  static constexpr size_t kMostQueued = size_t{64} << 20;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FRAMING_H_
