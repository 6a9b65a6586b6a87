// What happens to files on disk, where nobody tells: folders are looked at again and again.
//
//   DiskWatch watch(absl::Now());
//   watch.FollowTree("/p");
//   std::vector<DiskChange> changes;
//   while (!watch.Look(&changes)) {}          // a little at a time; after the last the changes of one round are whole
//
// Looks at names, sizes and times, and into no file. Of very many folders the first are followed. What is not hidden is
// looked at everywhere below a folder of the workspace; of an environment the folders that modules are read from.
#ifndef OVERT_CHECKER_DRIVER_DISK_WATCH_H_
#define OVERT_CHECKER_DRIVER_DISK_WATCH_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {

struct DiskChange {
  enum class Kind : uint8_t { kCreated, kModified, kDeleted };
  std::string path;
  Kind kind = Kind::kModified;
};

// Whether a change decides where imports lead, rather than only what one module says: `Session::FilesChanged` is to
// hear of it, and of any other `FilesModified`.
bool ShapesImports(const DiskChange& change);

class DiskWatch {
 public:
  // Files that are younger than `since` when they are first seen count as changed: whoever reads them has begun after
  // it, and may have read what they were.
  explicit DiskWatch(absl::Time since) : since_(since) {}

  void FollowTree(const std::string& folder) { Follow(folder, /*is_tree=*/true); }
  void FollowFolder(const std::string& folder) { Follow(folder, /*is_tree=*/false); }
  // A file of any name; others count if they are Python's, overt's or an environment's.
  void FollowFile(const std::string& path);
  // Somebody else told of this file: what it is now is no news.
  void Note(const std::string& path);
  bool follows_anything() const { return !folders_.empty(); }
  // Whether a change of a file is told of, if its folder is followed.
  bool Counts(const std::string& path) const;
  // Looks at a few folders and appends what changed there; true at the end of a round over all of them.
  bool Look(std::vector<DiskChange>* changes);

 private:
  struct Watched {
    grammar::FileStamp stamp;
    bool is_tree = false;
    bool is_listed = false;
    bool is_new = false;                              // came while its parent was followed: all in it is new
    std::map<std::string, grammar::FileStamp> files;  // by name
    std::set<std::string> folders;                    // names
  };

  void Follow(const std::string& folder, bool is_tree);
  bool IsYoung(const grammar::FileStamp& stamp) const;
  void List(const std::string& folder, Watched& watched, std::vector<DiskChange>* changes);
  void TakeFolder(const std::string& path, const std::string& name, Watched& parent, std::vector<DiskChange>* changes);
  void TakeFile(const std::string& path, const std::string& name, Watched& parent, std::vector<DiskChange>* changes);

  absl::Time since_;
  std::map<std::string, Watched> folders_;
  std::set<std::string> named_;  // files of any name
  std::string last_;             // folder that was looked at; empty between rounds
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_DISK_WATCH_H_
