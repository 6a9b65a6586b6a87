#include "checker/driver/file_watcher.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace overt::driver {
namespace {

// Of a file that is written its end, which is when it may be read, and not each part.
constexpr uint32_t kEvents = IN_CREATE | IN_DELETE | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO |
                             IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

std::string EntryPath(const std::string& folder, const char* name) {
  return absl::StrCat(folder == "/" ? "" : folder, "/", name);
}

}  // namespace

FileWatcher::FileWatcher() : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (descriptor_ < 0) GoBlind(std::strerror(errno));
}

FileWatcher::~FileWatcher() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool FileWatcher::Watch(const std::set<std::string>& folders) {
  // What is not wanted goes first: a real folder has one number, and may have got another name since.
  std::vector<std::string> unwanted;
  for (const auto& [folder, number] : numbers_) {
    if (!folders.contains(folder)) unwanted.push_back(folder);
  }
  for (const std::string& folder : unwanted) Forget(folder);
  bool any_is_new = false;
  for (const std::string& folder : folders) {
    if (is_blind()) return false;
    any_is_new |= Add(folder);
  }
  return any_is_new;
}

// Also for a folder that is watched: the system says whether it is still the same one.
bool FileWatcher::Add(const std::string& folder) {
  const int number = inotify_add_watch(descriptor_, folder.c_str(), kEvents);
  if (number < 0) {
    const int error = errno;
    Forget(folder);
    if (error == ENOSPC) GoBlind("there are more folders than the system lets one watch (fs.inotify.max_user_watches)");
    if (error == ENOMEM) GoBlind(std::strerror(error));
    return false;
  }
  if (const auto known = numbers_.find(folder); known != numbers_.end()) {
    if (known->second == number) return false;
    Forget(folder);
  }
  numbers_[folder] = number;
  folders_[number].insert(folder);
  return true;
}

void FileWatcher::Forget(const std::string& folder) {
  const auto known = numbers_.find(folder);
  if (known == numbers_.end()) return;
  const auto paths = folders_.find(known->second);
  if (paths != folders_.end()) {
    paths->second.erase(folder);
    if (paths->second.empty()) {
      inotify_rm_watch(descriptor_, known->second);
      folders_.erase(paths);
    }
  }
  numbers_.erase(known);
}

std::vector<FileWatcher::Event> FileWatcher::Take() {
  std::vector<Event> events;
  alignas(inotify_event) std::array<char, 1u << 16> buffer;
  while (!is_blind()) {
    const ssize_t size = read(descriptor_, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    for (size_t at = 0; at < static_cast<size_t>(size) && !is_blind();) {
      inotify_event header{};
      std::memcpy(&header, buffer.data() + at, sizeof(header));
      Read(buffer.data() + at, events);
      at += sizeof(header) + header.len;
    }
  }
  return events;
}

void FileWatcher::Read(const void* record, std::vector<Event>& events) {
  inotify_event header{};
  std::memcpy(&header, record, sizeof(header));
  if ((header.mask & IN_Q_OVERFLOW) != 0) return GoBlind("more happened at once than the system keeps track of");
  const auto watched = folders_.find(header.wd);
  if (watched == folders_.end()) return;
  for (const std::string& folder : watched->second) {
    if (header.len == 0) {
      events.push_back({folder, true});
    } else {
      const char* name = static_cast<const char*>(record) + sizeof(header);
      events.push_back({EntryPath(folder, name), (header.mask & IN_ISDIR) != 0});
    }
  }
  if ((header.mask & IN_IGNORED) == 0) return;
  for (const std::string& folder : watched->second) numbers_.erase(folder);
  folders_.erase(watched);
}

void FileWatcher::GoBlind(std::string why) {
  why_blind_ = std::move(why);
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
  numbers_.clear();
  folders_.clear();
}

}  // namespace overt::driver
