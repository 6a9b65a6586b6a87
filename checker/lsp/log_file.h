// Lines in a file, each with its time, for whoever wants to know what a server did.
//
//   LogFile log("/tmp/overt.log");
//   log.Write("warning no such folder");     // 2026-01-31T09:30:00.123+00:00 warning no such folder
//
// Appends. Thread-safe: a line is written at once.
#ifndef OVERT_CHECKER_LSP_LOG_FILE_H_
#define OVERT_CHECKER_LSP_LOG_FILE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace overt::lsp {

class LogFile {
 public:
  // Without a path it does nothing.
  explicit LogFile(const std::string& path);
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  void Write(absl::string_view line) const;

 private:
  int descriptor_ = -1;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_LOG_FILE_H_
