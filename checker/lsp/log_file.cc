#include "checker/lsp/log_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "checker/driver/terminal.h"

namespace overt::lsp {

LogFile::LogFile(const std::string& path) {
  if (!path.empty()) descriptor_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

LogFile::~LogFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void LogFile::Write(absl::string_view line) const {
  if (descriptor_ < 0) return;
  driver::WriteAll(descriptor_, absl::StrCat(absl::FormatTime(absl::Now()), " ", line, "\n"));
}

}  // namespace overt::lsp
