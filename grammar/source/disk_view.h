// Small files that this process sees with other contents than the disk has: configuration as git's index has it.
//
//   DiskView::Show({{"/p/overt.toml", "[rules]\n…"}});     // once, before anything is read
//   ReadFileBytes("/p/overt.toml", limit)                  // that text, also where the disk has no such file
//
// Part of the one door to the disk (`disk_log.h`): kinds, listings and contents agree with each other. Not for sources,
// which a session shows by itself.
#ifndef OVERT_GRAMMAR_SOURCE_DISK_VIEW_H_
#define OVERT_GRAMMAR_SOURCE_DISK_VIEW_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "grammar/source/disk_log.h"

namespace overt::grammar {

class DiskView {
 public:
  static void Show(absl::flat_hash_map<std::string, std::string> files);  // absolute path to contents
  static const std::string* Find(const std::string& path);                // null: as the disk has it
  // Adds the shown files of a folder that its listing lacks.
  static void Complete(absl::string_view folder, FolderListing& listing);
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_SOURCE_DISK_VIEW_H_
