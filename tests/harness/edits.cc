#include "tests/harness/edits.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/harness/suite_runner.h"

namespace overt::harness {
namespace {

bool IsWordByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

void CollectWords(const std::string& text, std::set<std::string>& words) {
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && IsWordByte(text[i])) continue;
    if (i > begin) words.insert(text.substr(begin, i - begin));
    begin = i + 1;
  }
}

}  // namespace

EditScript::EditScript(const SuiteTest& test, std::string folder, uint64_t seed) : random_(seed) {
  std::set<std::string> words = {"override", "final", "object", "pass", "def", "class"};
  for (const SuiteFile& file : test.files) {
    const std::string path = absl::StrCat(folder, "/", PlaceOf(file));
    if (!absl::EndsWith(path, ".py") && !absl::EndsWith(path, ".pyi")) continue;
    paths_.push_back(path);
    original_[path] = disk_[path] = file.text;
    CollectWords(file.text, words);
  }
  words_.assign(words.begin(), words.end());
}

std::string& EditScript::RandomLine(std::vector<std::string>& lines) { return lines[Pick(lines.size())]; }

std::string EditScript::Mutated(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  switch (Pick(6)) {
    case 0: lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(Pick(lines.size()))); break;
    case 1: lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(Pick(lines.size())), RandomLine(lines)); break;
    case 2: std::swap(RandomLine(lines), RandomLine(lines)); break;
    case 3: {  // one name for another
      std::string& line = RandomLine(lines);
      const size_t begin = static_cast<size_t>(std::find_if(line.begin(), line.end(), IsWordByte) - line.begin());
      size_t end = begin;
      while (end < line.size() && IsWordByte(line[end])) ++end;
      line.replace(begin, end - begin, words_[Pick(words_.size())]);
      break;
    }
    case 4: {  // the last word of a line: names of methods, bases and imports stand there
      std::string& line = RandomLine(lines);
      const auto last = std::find_if(line.rbegin(), line.rend(), IsWordByte);
      const size_t end = static_cast<size_t>(line.rend() - last);
      size_t begin = end;
      while (begin > 0 && IsWordByte(line[begin - 1])) --begin;
      line.replace(begin, end - begin, words_[Pick(words_.size())]);
      break;
    }
    default: RandomLine(lines).insert(0, "    "); break;
  }
  return absl::StrJoin(lines, "\n");
}

void EditScript::EditBuffer(driver::Session& session, const std::string& path) {
  const auto open = buffers_.find(path);
  if (open != buffers_.end() && Pick(3) == 0) {
    absl::StrAppend(&history_, "close ", path, "\n");
    buffers_.erase(open);
    session.RemoveOverlay(path);
    return;
  }
  const auto on_disk = disk_.find(path);
  const std::string& before = open != buffers_.end()   ? open->second
                              : on_disk != disk_.end() ? on_disk->second
                                                       : original_[path];
  std::string after = Mutated(before);
  absl::StrAppend(&history_, "type ", path, ":\n", after, "\n");
  buffers_[path] = after;
  session.SetOverlay(path, std::move(after));
}

void EditScript::EditDisk(driver::Session& session, const std::string& path) {
  bool was_there = false;
  if (disk_.contains(path) && Pick(4) == 0) {
    absl::StrAppend(&history_, "delete ", path, "\n");
    disk_.erase(path);
    std::filesystem::remove(path);
  } else {
    const auto there = disk_.find(path);
    was_there = there != disk_.end();
    disk_[path] = there == disk_.end() ? original_[path] : Mutated(there->second);
    absl::StrAppend(&history_, "write ", path, ":\n", disk_[path], "\n");
    WriteWholeFile(path, disk_[path]);
  }
  // What is known to be a change of text alone may be told as such.
  if (was_there && !absl::StrContains(path, "/__init__.") && Pick(2) == 0) {
    session.FilesModified({path});
  } else {
    session.FilesChanged({path});
  }
}

void EditScript::Step(driver::Session& session) {
  const std::string& path = paths_[Pick(paths_.size())];
  if (Pick(3) == 0) {
    EditDisk(session, path);
  } else {
    EditBuffer(session, path);
  }
}

void EditScript::Replay(driver::Session& session) const {
  for (const auto& [path, text] : buffers_) session.SetOverlay(path, text);
}

std::vector<std::string> EditScript::Files() const {
  std::vector<std::string> files;
  for (const std::string& path : paths_) {
    const bool is_installed = absl::StrContains(path, "/site-packages/");
    if (!is_installed && (disk_.contains(path) || buffers_.contains(path))) files.push_back(path);
  }
  return files;
}

}  // namespace overt::harness
