// The folder of a cache: whether it is ours, its marks, its lock.
//
//   auto folder = CacheFolder::Open("/p/.overt_cache", CacheFolder::Purpose::kWrite, &why_not);
//   folder->LockShared() … folder->LockAlone() … folder->Unlock()
//
// Ours means: a real folder, no link; our own user's; writable for nobody else; marked by our CACHEDIR.TAG, or as good
// as empty. Everything inside is reached through the opened folder and never through a link. Not a database: that is
// `cache_store.h`.
#ifndef OVERT_CHECKER_PROGRAM_CACHE_FOLDER_H_
#define OVERT_CHECKER_PROGRAM_CACHE_FOLDER_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace overt::program {

class CacheFolder {
 public:
  static constexpr char kDataFile[] = "data.mdb";
  // A folder is read with or without a mark, if nothing but our files is in it; to be written to, it is made and
  // marked; without a mark it is not cleaned.
  enum class Purpose : uint8_t { kRead, kWrite, kClean };

  // Null: the folder is not to be used, and why in one phrase.
  static std::unique_ptr<CacheFolder> Open(const std::string& path, Purpose purpose, std::string* why_not);
  ~CacheFolder();
  CacheFolder(const CacheFolder&) = delete;
  CacheFolder& operator=(const CacheFolder&) = delete;

  // Writes the marks, if they are not there.
  bool Mark(std::string* why_not) const;

  // Each waits a tenth of a second at most. To go from shared to alone and back never lets go in between.
  bool LockShared();
  bool LockAlone();

  // The data file, open for reading; -1 if there is none or it is not a plain file of ours. The caller closes it.
  int OpenData() const;
  std::string data_path() const;
  bool RemoveData() const;
  // Removes all that is ours, and the folder if that was all. Returns the bytes that were freed.
  uint64_t RemoveAll() const;

 private:
  CacheFolder(std::string path, int folder) : path_(std::move(path)), folder_(folder) {}
  bool OpenLock();
  bool IsLockCurrent() const;

  std::string path_;
  int folder_;
  int lock_ = -1;
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_CACHE_FOLDER_H_
