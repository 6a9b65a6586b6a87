// Questions to the disk, and a log of them, so that a later run can tell whether it would be told the same.
//
//   DiskLog::Start();                                 // before the first question; off by default
//   AskKind("/p/.git").kind == PathKind::kNothing     // asked, answered, remembered
//   std::optional<std::vector<DiskLog::Entry>> asked = DiskLog::Take();
//   DiskLog::Holds(entry)                             // asks again: is the answer still the same?
//
// Whoever reads, lists or tests for something on the disk does it here, for a question that is not logged is a change
// that a kept run does not see. Answers of any length are kept as hashes. For what a file or folder holds, its stamp
// answers in place of reading again, unless it was young when it was taken: two writes within the grain of the system's
// clock leave the same stamp. Environment variables are questions too. The log knows nothing of why somebody asks.
#ifndef OVERT_GRAMMAR_SOURCE_DISK_LOG_H_
#define OVERT_GRAMMAR_SOURCE_DISK_LOG_H_

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace overt::grammar {

// What the system says of a path without opening it, links followed. Equal stamps mean equal contents, unless young.
struct FileStamp {
  uint64_t device = 0, inode = 0;
  uint64_t size = 0;                        // bytes; where there is nothing: the errno
  int64_t modified_ns = 0, changed_ns = 0;  // since the epoch; no program can choose `changed`
  uint64_t mode = 0;                        // st_mode; 0: nothing can be seen at the path
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
FileStamp StampOf(const std::string& path);
FileStamp StampOf(const struct stat& status);

// Whether a later change cannot leave the stamp as it is: nothing was written in the two seconds before now, nor, by a
// wrong clock, after now.
bool IsSettled(const FileStamp& stamp);

struct ContentId {  // XXH3-128
  uint64_t low = 0, high = 0;
  friend bool operator==(const ContentId&, const ContentId&) = default;
};
ContentId ContentIdOf(absl::string_view bytes);

enum class PathKind : uint8_t { kNothing, kFile, kFolder, kOther };  // links followed; a file is a regular one

struct KindAnswer {
  PathKind kind = PathKind::kNothing;
  int error = 0;  // the errno if there is nothing
};
KindAnswer AskKind(const std::string& path);
bool AskAccess(const std::string& path, int mode);  // access(2)
bool AskIsLink(const std::string& path);            // whether the path itself is a symbolic link, wherever it leads
// All links resolved; nothing if that fails.
std::optional<std::string> AskRealPath(const std::string& path);

struct FolderListing {
  struct Entry {
    std::string name;
    uint8_t type;  // DT_REG, DT_DIR, DT_LNK, …
  };
  int error = 0;               // the errno if it cannot be listed
  FileStamp stamp;             // of the folder
  std::vector<Entry> entries;  // sorted by name; without `.` and `..`
};
FolderListing AskFolder(const std::string& path);

// A regular file, read whole, without ever blocking; errors as of `ReadFileBytes` (source_file.h).
struct FileContents {
  std::string bytes;
  ContentId id;
  FileStamp stamp;          // of the very file that was read
  bool is_settled = false;  // the stamp was settled, and the same before and after: it stands for these bytes
};
absl::StatusOr<FileContents> AskContents(const std::string& path, size_t max_bytes);
absl::StatusOr<FileContents> ReadContents(const std::string& path, size_t max_bytes);  // the same, not logged

class DiskLog {
 public:
  enum class Question : uint8_t { kKind, kAccess, kRealPath, kListing, kContents, kIsLink };
  struct Entry {
    Question question = Question::kKind;
    uint8_t argument = 0;     // kAccess: the mode
    bool is_settled = false;  // `stamp` stands for the answer
    bool has_failed = false;  // kContents, kListing: the answer is an error
    std::string path;
    FileStamp stamp;  // kContents, kListing
    ContentId answer;
  };
  struct Variable {
    std::string name;
    std::optional<std::string> value;
  };

  static void Start();  // before threads are made
  static bool is_on();
  // For answers that were found without asking here. Thread-safe; nothing if the log is off.
  static void Note(Entry entry);
  static void NoteContents(const std::string& path, const FileStamp& stamp, ContentId id, bool is_settled);
  static void NoteVariable(const std::string& name, const std::optional<std::string>& value);
  // Something was asked that the log cannot hold: what was logged is not the whole truth.
  static void Spoil();

  // Sorted; nothing if the log was off or is spoiled, or if one question was answered in two ways. Ends the log.
  static std::optional<std::vector<Entry>> Take();
  static std::vector<Variable> TakeVariables();

  // Whether the disk still answers as it did. Renews the stamp if the answer had to be looked at for that.
  static bool Holds(Entry& entry);
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_DISK_LOG_H_
