// Says when something happens in folders, without looking at them: Linux's inotify.
//
//   FileWatcher watcher;
//   watcher.Watch({"/p", "/p/pkg"});
//   poll(watcher.descriptor());                       // sleeps until something happens there
//   for (const auto& event : watcher.Take()) …        // "/p/pkg/a.py"
//
// Looks into each of the folders, not below them. Says where something happened, and not what: which of several things
// holds in the end, the disk alone can tell (`disk_watch.h`). The system has a bound for how many folders may be
// watched and how much may happen before somebody takes note. Past either the watcher is blind, from then on, and
// whoever asks has to look at the disk. Sees what this machine does: other machines' writes to a shared disk send no
// events. For one thread. Source: inotify(7).
#ifndef OVERT_CHECKER_DRIVER_FILE_WATCHER_H_
#define OVERT_CHECKER_DRIVER_FILE_WATCHER_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace overt::driver {

class FileWatcher {
 public:
  FileWatcher();
  ~FileWatcher();
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;

  // Watches these folders (absolute) from here on, and no others. One that is not there is left out until the next
  // call. Whether one of them was not watched before, also because another folder had its name.
  bool Watch(const std::set<std::string>& folders);

  struct Event {
    std::string path;  // absolute: an entry of a watched folder, or the folder itself
    bool is_folder = false;
  };
  // What happened since the last call; does not wait.
  std::vector<Event> Take();

  // Readable when something happened; -1 for a blind watcher.
  int descriptor() const { return descriptor_; }
  bool is_blind() const { return descriptor_ < 0; }
  const std::string& why_blind() const { return why_blind_; }  // one phrase, for people

 private:
  bool Add(const std::string& folder);
  void Forget(const std::string& folder);
  void Read(const void* record, std::vector<Event>& events);
  void GoBlind(std::string why);

  int descriptor_ = -1;
  std::string why_blind_;
  std::map<std::string, int> numbers_;            // the system's, by folder
  std::map<int, std::set<std::string>> folders_;  // one real folder may have several paths
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_FILE_WATCHER_H_
