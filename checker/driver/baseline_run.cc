#include "checker/driver/baseline_run.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "checker/driver/baseline_file.h"
#include "checker/driver/terminal.h"
#include "checker/driver/write_back.h"
#include "checker/driver/write_bounds.h"
#include "checker/resolve/disk.h"
#include "checker/resolve/shown_path.h"
#include "grammar/source/disk_log.h"
#include "grammar/source/source_file.h"

namespace overt::driver {
namespace {

using classes::ClassRef;

constexpr size_t kMostBaselineBytes = size_t{256} << 20;

// What the files hold to which entries point.
class Programs {
 public:
  Programs(const Session& session, const BaselineFile& file) : session_(session), file_(file) {}

  std::string PathOf(const BaselineEntry& entry) const { return AbsolutePath(entry.path, file_.folder); }
  Snapshot SnapshotOf(const BaselineEntry& entry) const { return session_.SnapshotFor(PathOf(entry)); }

  // The class of an entry in its file; none if it is not there any more.
  static std::optional<ClassRef> ClassOf(const BaselineEntry& entry, const Snapshot& snapshot, FileId file) {
    if (snapshot.program->Index(file) == nullptr) return std::nullopt;
    for (const ClassRef ref : snapshot.classes->ClassesIn(file)) {
      if (snapshot.classes->InfoOf(ref).qualified == entry.subject.class_name) return ref;
    }
    return std::nullopt;
  }

  bool IsMoved(const BaselineEntry& entry, const BaselineEntry& finding) const {
    const Snapshot snapshot = SnapshotOf(entry);
    const FileId file = snapshot.program->AddFile(PathOf(entry));
    if (entry.subject.class_name.empty()) return snapshot.program->Index(file) == nullptr;
    if (!ClassOf(entry, snapshot, file)) return true;
    // The class is where it was: then its base must have gone.
    const bool is_same_class = entry.subject.class_name == finding.subject.class_name;
    const std::string& base = entry.subject.base;
    return is_same_class && base != finding.subject.base && !IsThere(base, *snapshot.classes);
  }

 private:
  static bool IsThere(const std::string& qualified, const classes::ClassTable& classes) {
    return absl::c_any_of(classes.FindClass(qualified),
                          [&](ClassRef ref) { return classes.InfoOf(ref).qualified == qualified; });
  }

  const Session& session_;
  const BaselineFile& file_;
};

// Whether a run would have found what an entry speaks of.
class Judge {
 public:
  Judge(const Programs& programs, const std::vector<FileReport*>& reports) : programs_(programs) {
    for (const FileReport* report : reports) by_path_[report->path] = report;
  }

  bool CouldFind(const BaselineEntry& entry) const {
    const std::string path = programs_.PathOf(entry);
    const auto found = by_path_.find(path);
    if (found == by_path_.end()) return grammar::AskKind(path).kind == grammar::PathKind::kNothing;
    const FileReport& report = *found->second;
    const bind::ModuleIndex* index = report.internal_error.empty() ? report.program->Index(report.file) : nullptr;
    if (index == nullptr || !index->ast().problems().empty()) return false;
    const Snapshot snapshot = programs_.SnapshotOf(entry);
    rules::ScopedLevels levels = LevelsFor(snapshot, path);
    const Chosen& level = LevelsOf(entry, snapshot, report.file, levels).of(entry.rule);
    if (level.severity == Severity::kIgnore && !level.admits_strong_cases) return false;
    return KnowsAncestors(entry, snapshot, report.file);
  }

 private:
  // Those of the class and member that the entry is about, if they are there.
  static const RuleSelection& LevelsOf(const BaselineEntry& entry, const Snapshot& snapshot, FileId file,
                                       rules::ScopedLevels& levels) {
    const std::optional<ClassRef> ref =
        entry.subject.class_name.empty() ? std::nullopt : Programs::ClassOf(entry, snapshot, file);
    if (!ref) return levels.OfFile();
    const classes::Member* member =
        snapshot.classes->MembersOf(*ref).Find(snapshot.program->interner().Intern(entry.subject.member));
    return member == nullptr ? levels.OfClass(*ref) : levels.OfMember(*ref, *member);
  }

  // Unknown ancestors silence what may depend on them.
  static bool KnowsAncestors(const BaselineEntry& entry, const Snapshot& snapshot, FileId file) {
    if (entry.subject.class_name.empty()) return true;
    const std::optional<ClassRef> ref = Programs::ClassOf(entry, snapshot, file);
    if (!ref || snapshot.classes->MroOf(*ref).complete()) return true;
    if (entry.subject.base.empty()) return false;
    const classes::Inherited inherited =
        snapshot.classes->FindInherited(*ref, snapshot.program->interner().Intern(entry.subject.member));
    return inherited.certainty == classes::Certainty::kFound &&
           snapshot.classes->InfoOf(inherited.owner).qualified == entry.subject.base;
  }

  const Programs& programs_;
  absl::flat_hash_map<std::string, const FileReport*> by_path_;
};

// The findings of a report, as entries.
void AddFindings(const FileReport& report, const std::string& folder, std::vector<BaselineEntry>& findings) {
  const std::string path = resolve::ShownPath(report.path, folder);
  for (const Diagnostic& finding : report.diagnostics) findings.push_back(EntryFor(finding, path));
}

BaselineMatch MatchIn(const Programs& programs, const BaselineFile& file, const std::vector<BaselineEntry>& findings) {
  return MatchBaseline(file.entries, findings, [&](const BaselineEntry& entry, const BaselineEntry& finding) {
    return programs.IsMoved(entry, finding);
  });
}

Standing StandingOf(size_t finding, const BaselineMatch& match) {
  return match.entry_of[finding] == BaselineMatch::kNone ? Standing::kNew : Standing::kAccepted;
}

BaselineMode ModeFor(const BaselineRequest& request, const Settings& settings) {
  if (request.mode) return *request.mode;
  if (settings.baseline.mode) return *settings.baseline.mode;
  return IsInCi() ? BaselineMode::kLock : BaselineMode::kAuto;
}

}  // namespace

size_t BaselineFile::stale_count() const {
  size_t count = 0;
  for (const size_t one : stale) count += one;
  return count;
}

std::vector<BaselineEntry> BaselineFile::Shrunk() const {
  const auto is_stale = [&](size_t entry) { return stale[entry] > 0; };
  return RenewedEntries(entries, findings, match, is_stale, [](const BaselineEntry&) { return false; });
}

BaselineFile BaselineFileOf(const Settings& settings, const std::optional<std::string>& named,
                            const std::string& current_folder) {
  BaselineFile file;
  file.is_named = named.has_value();
  file.path = named ? AbsolutePath(*named, current_folder)
                    : settings.baseline.path.value_or(AbsolutePath(kBaselineName, settings.project));
  file.shown = resolve::ShownPath(file.path, current_folder);
  file.folder = settings.project;
  file.level = settings.baseline.level;
  return file;
}

absl::Status ReadBaseline(BaselineFile& file) {
  file.is_there = grammar::AskKind(file.path).kind != grammar::PathKind::kNothing;
  if (!file.is_there) return absl::OkStatus();
  absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(file.path, kMostBaselineBytes);
  if (!bytes.ok()) return absl::FailedPreconditionError(absl::StrCat(file.shown, ": ", bytes.status().message()));
  file.text = *std::move(bytes);
  absl::StatusOr<std::vector<BaselineEntry>> entries = ParseBaseline(*file.text, file.shown);
  if (!entries.ok()) return entries.status();
  file.entries = *std::move(entries);
  return absl::OkStatus();
}

absl::Status WriteBaseline(const BaselineFile& file, const std::vector<BaselineEntry>& entries) {
  // A repository that somebody else wrote may not choose where in the world files are made.
  if (!file.is_named) {
    const std::string why_not = WriteBounds({}).WhyNot(file.path, file.folder);
    if (!why_not.empty()) return absl::FailedPreconditionError(why_not);
  }
  struct stat status{};
  const bool is_there = stat(file.path.c_str(), &status) == 0;
  if (!is_there && !resolve::IsFolder(resolve::Parent(file.path))) {
    return absl::NotFoundError("its folder does not exist");
  }
  if (file.text) {
    const absl::StatusOr<grammar::FileContents> now = grammar::ReadContents(file.path, kMostBaselineBytes);
    if (!now.ok() || now->bytes != *file.text) return absl::AbortedError("it has changed in the meantime");
  }
  // The run depends on what it writes now: another one would not print the same.
  grammar::DiskLog::Spoil();
  constexpr unsigned kNewMode = 0644;
  return WriteNewFile(resolve::RealPath(file.path), BaselineText(entries),
                      is_there ? status.st_mode & 07777 : kNewMode);
}

void CompareWithBaseline(const Session& session, const std::vector<FileReport*>& reports, BaselineFile& file) {
  file.findings.clear();
  file.places.clear();
  for (size_t i = 0; i < reports.size(); ++i) {
    AddFindings(*reports[i], file.folder, file.findings);
    for (size_t k = 0; k < reports[i]->diagnostics.size(); ++k) file.places.emplace_back(i, k);
  }
  const Programs programs(session, file);
  file.match = MatchIn(programs, file, file.findings);
  for (size_t i = 0; i < file.findings.size(); ++i) {
    const auto [report, place] = file.places[i];
    reports[report]->diagnostics[place].standing = StandingOf(i, file.match);
  }
  const Judge judge(programs, reports);
  file.stale.assign(file.entries.size(), 0);
  for (size_t i = 0; i < file.entries.size(); ++i) {
    const size_t left = file.entries[i].count - file.match.found[i];
    if (left > 0 && judge.CouldFind(file.entries[i])) file.stale[i] = left;
  }
}

void MarkAccepted(const Session& session, const BaselineFile& file, FileReport& report) {
  std::vector<BaselineEntry> findings;
  AddFindings(report, file.folder, findings);
  const BaselineMatch match = MatchIn(Programs(session, file), file, findings);
  for (size_t i = 0; i < findings.size(); ++i) report.diagnostics[i].standing = StandingOf(i, match);
}

std::string TextWith(const BaselineFile& file, const Diagnostic& finding, const std::string& path) {
  std::vector<BaselineEntry> entries = file.entries;
  entries.push_back(EntryFor(finding, resolve::ShownPath(path, file.folder)));
  return BaselineText(CountedEntries(std::move(entries)));
}

std::string TextWithout(const BaselineFile& file, const Diagnostic& finding, const std::string& path) {
  std::vector<BaselineEntry> entries = file.entries;
  const BaselineEntry gone = EntryFor(finding, resolve::ShownPath(path, file.folder));
  const auto at = absl::c_find_if(entries, [&](const BaselineEntry& one) { return CompareEntries(one, gone) == 0; });
  if (at == entries.end()) return "";
  if (--at->count == 0) entries.erase(at);
  return BaselineText(entries);
}

absl::StatusOr<BaselineRun> BaselineRun::Open(const BaselineRequest& request, const SettingsFor& settings_for,
                                              const std::vector<std::string>& files,
                                              const std::string& current_folder) {
  BaselineRun run;
  run.settings_for_ = settings_for;
  run.purpose_ = request.purpose;
  if (request.is_off) return run;
  run.is_one_for_all_ = request.file.has_value();
  std::vector<std::string> asked = files;
  if (run.is_one_for_all_) asked = {absl::StrCat(request.start.empty() ? current_folder : request.start, "/.")};
  const Settings* last = nullptr;
  for (const std::string& path : asked) {
    const std::shared_ptr<const Settings> settings = settings_for(path);
    if (settings.get() == last) continue;
    last = settings.get();
    BaselineFile file = BaselineFileOf(*settings, request.file, current_folder);
    if (absl::c_any_of(run.files_, [&](const BaselineFile& one) { return one.path == file.path; })) continue;
    file.mode = ModeFor(request, *settings);
    if (request.purpose == BaselineRequest::Purpose::kOverwrite) {
      file.is_there = grammar::AskKind(file.path).kind != grammar::PathKind::kNothing;
    } else if (absl::Status status = ReadBaseline(file); !status.ok()) {
      return status;
    }
    run.files_.push_back(std::move(file));
  }
  return run;
}

const BaselineFile* BaselineRun::FileFor(const std::string& path) const {
  if (is_one_for_all_) return files_.data();
  const BaselineFile wanted = BaselineFileOf(*settings_for_(path), std::nullopt, "/");
  const auto found = absl::c_find_if(files_, [&](const BaselineFile& one) { return one.path == wanted.path; });
  return found == files_.end() ? nullptr : &*found;
}

void BaselineRun::Compare(const Session& session, CheckResult& result) {
  std::map<const BaselineFile*, std::vector<FileReport*>> reports;
  for (const BaselineFile& file : files_) {
    if (file.is_there || purpose_ != BaselineRequest::Purpose::kReport) reports[&file];
  }
  if (reports.empty()) return;
  for (FileReport& report : result.files) {
    const auto of_file = reports.find(FileFor(report.path));
    if (of_file != reports.end()) of_file->second.push_back(&report);
  }
  for (BaselineFile& file : files_) {
    if (const auto found = reports.find(&file); found != reports.end()) {
      CompareWithBaseline(session, found->second, file);
    }
  }
}

void BaselineRun::HideAccepted(CheckResult& result) const {
  const auto is_shown_at = [&](const FileReport& report) {
    return is_one_for_all_ ? files_.front().level : settings_for_(report.path)->baseline.level;
  };
  for (FileReport& report : result.files) {
    const auto is_accepted = [](const Diagnostic& one) { return one.standing == Standing::kAccepted; };
    if (absl::c_none_of(report.diagnostics, is_accepted)) continue;
    const Severity level = is_shown_at(report);
    if (level != Severity::kIgnore) {
      for (Diagnostic& one : report.diagnostics) {
        if (is_accepted(one)) one.severity = std::min(one.severity, level);
      }
      continue;
    }
    const auto first = std::stable_partition(report.diagnostics.begin(), report.diagnostics.end(),
                                             [&](const Diagnostic& one) { return !is_accepted(one); });
    report.accepted.assign(std::make_move_iterator(first), std::make_move_iterator(report.diagnostics.end()));
    report.diagnostics.erase(first, report.diagnostics.end());
  }
  CountFindings(result);
}

}  // namespace overt::driver
