// Which file this thread is busy with, for the message when the process is about to end over it.
//
//   FileAtWork at_work(info.path);      // until the end of the block; blocks nest, the innermost is meant
//
// Not for anything else: results never depend on it.
#ifndef OVERT_CHECKER_PROGRAM_FILE_AT_WORK_H_
#define OVERT_CHECKER_PROGRAM_FILE_AT_WORK_H_

#include <string>

namespace overt::program {

class FileAtWork {
 public:
  explicit FileAtWork(const std::string& path);  // `path` must outlive this
  ~FileAtWork();
  FileAtWork(const FileAtWork&) = delete;
  FileAtWork& operator=(const FileAtWork&) = delete;

  // Of this thread; null if none. May be asked in a signal handler.
  static const std::string* Current();

 private:
  const std::string* outer_;
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_FILE_AT_WORK_H_
