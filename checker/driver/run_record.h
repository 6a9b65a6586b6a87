// A whole run, kept: what it was asked, what it asked of the disk, and what it printed. If nothing of that changed, the
// next run prints the same without checking anything.
//
//   if (std::optional<RunRecord> record = FindRun(store, request)) …   // write record->output, end with its code
//
// Verified, never guessed: every answer that the disk and the environment gave (`grammar/source/disk_log.h`) is asked
// for again. Not a cache of findings by file: one different answer, and the run is a new one.
#ifndef OVERT_CHECKER_DRIVER_RUN_RECORD_H_
#define OVERT_CHECKER_DRIVER_RUN_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/driver/terminal.h"
#include "checker/program/cache_store.h"
#include "grammar/source/disk_log.h"

namespace overt::driver {

// What a run depends on without asking the disk.
struct RunRequest {
  std::vector<std::string> words;  // of the command line
  std::string current_folder;
  grammar::FileStamp program, stubs;  // of their files
  bool stdout_is_terminal = false, stderr_is_terminal = false;
  uint64_t width = 0;            // of the terminal; 0 where there is none
  uint64_t user = 0, group = 0;  // who decides what can be read
};

struct RunRecord {
  std::vector<grammar::DiskLog::Entry> asked;
  std::vector<grammar::DiskLog::Variable> variables;
  std::vector<OutputChunk> output;
  std::string summary;  // the last line on standard error, up to the time that the run took; empty if there is none
  int exit_code = 0;
  uint64_t files = 0;  // that were checked
};

// The kept record of this very request, if the world still answers as it did. `renewed` becomes true if some answers
// had to be looked at closely: keeping the record again spares the next run that.
std::optional<RunRecord> FindRun(program::CacheStore& store, const RunRequest& request, bool* renewed);
void KeepRun(program::CacheStore& store, const RunRequest& request, const RunRecord& record);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_RUN_RECORD_H_
