#include "checker/driver/family.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "checker/driver/crash_guard.h"
#include "checker/driver/parallel.h"
#include "checker/program/file_at_work.h"
#include "grammar/ast/definitions.h"

namespace overt::driver {
namespace {

using classes::ClassRef;
using classes::ClassTable;
using classes::MroInfo;
using program::ImportTarget;
using program::Program;

using TouchedFiles = absl::flat_hash_set<FileId>;

TouchedFiles IdsOf(const std::vector<std::string>& paths, const Program& program) {
  TouchedFiles ids;
  for (const std::string& path : paths) {
    if (const FileId id = program.FindFile(path); id.present()) ids.insert(id);
  }
  return ids;
}

bool HoldsTouched(const ClassTable& table, const MroInfo& mro, const TouchedFiles& touched) {
  const auto is_touched = [&](ClassRef ref) { return touched.contains(ref.file); };
  if (absl::c_any_of(mro.order, is_touched) || absl::c_any_of(mro.alternatives, is_touched)) return true;
  // An ancestor that is unknown may have come from there.
  if (absl::c_any_of(mro.unknown, [&](const auto& one) { return touched.contains(one.place.file); })) return true;
  return mro.metaclass.present() && absl::c_any_of(table.MroOf(mro.metaclass).order, is_touched);
}

bool AreEqual(const MroInfo& left, const MroInfo& right) {
  const auto equal_unknown = [](const classes::UnknownAncestor& a, const classes::UnknownAncestor& b) {
    return a.through == b.through && a.base == b.base && a.reason == b.reason;
  };
  return left.status == right.status && left.order == right.order && left.alternatives == right.alternatives &&
         left.metaclass == right.metaclass && left.metaclass_unknown == right.metaclass_unknown &&
         left.layout == right.layout && absl::c_equal(left.unknown, right.unknown, equal_unknown);
}

// The class with its decorators, or the call that makes it with the name that it is bound to.
TextRange RangeOf(const ClassTable& table, const grammar::Ast& ast, ClassRef ref) {
  TextRange range = WholeOf(ast, ref.node);
  range.begin = std::min(range.begin, table.InfoOf(ref).name_range.begin);
  return range;
}

// One file on its way through the two passes.
struct Work {
  std::string path;
  Family::InFile found;
  std::vector<ClassRef> classes;  // as `found.classes`
};

// One project's part of the question.
class ProjectFamily {
 public:
  ProjectFamily(const Session& session, const Focus& focus, const std::string& a_file)
      : session_(session), focus_(focus), a_file_(a_file), after_(session.SnapshotFor(a_file)) {}

  std::vector<Work> files;

  void LookAt(Work& work) const {
    work.found.whole = absl::c_binary_search(focus_.touched, work.path);
    const FileId file = after_.program->AddFile(work.path);
    const bind::ModuleIndex* index = after_.program->Index(file);
    if (work.found.whole || index == nullptr) return;
    for (const ClassRef ref : after_.classes->ClassesIn(file)) {
      const bool holds = HoldsTouched(*after_.classes, after_.classes->MroOf(ref), touched_);
      work.classes.push_back(ref);
      work.found.classes.emplace_back(RangeOf(*after_.classes, index->ast(), ref), holds);
    }
  }

  // Makes the second pass possible, if it can find anything. All files must have been looked at: what is read then is
  // shared.
  bool PrepareBefore() {
    if (!focus_.before || !InterfacesChanged()) return false;
    touched_before_ = IdsOf(focus_.touched, *before_.program);
    return true;
  }

  void CompareWithBefore(Work& work) const {
    for (size_t i = 0; i < work.classes.size(); ++i) {
      bool& holds = work.found.classes[i].second;
      if (holds) continue;
      const MroInfo& was = before_.classes->MroOf(work.classes[i]);
      holds = HoldsTouched(*before_.classes, was, touched_before_) ||
              !AreEqual(was, after_.classes->MroOf(work.classes[i]));
    }
    if (focus_.files_came_or_went) FindLostImports(work);
  }

  void NoteTouched() {
    for (const std::string& path : focus_.touched) after_.program->AddFile(path);
    touched_ = IdsOf(focus_.touched, *after_.program);
  }

 private:
  // Whether importers can tell the difference in any touched file. Only then may ancestors have changed elsewhere.
  bool InterfacesChanged() {
    before_ = session_.SnapshotWith(a_file_, *focus_.before);
    if (focus_.files_came_or_went) return true;
    return absl::c_any_of(focus_.touched, [&](const std::string& path) {
      const FileId file = after_.program->AddFile(path);
      const bind::ModuleIndex* was = before_.program->Index(file);
      const bind::ModuleIndex* is = after_.program->Index(file);
      return was == nullptr || is == nullptr || was->interface_hash() != is->interface_hash();
    });
  }

  // Imports of a module that the change took away.
  void FindLostImports(Work& work) const {
    const FileId file = after_.program->FindFile(work.path);
    const bind::ModuleIndex* index = after_.program->Index(file);
    if (index == nullptr) return;
    for (const bind::ImportRecord& record : index->imports()) {
      const absl::string_view name = index->ImportedName(record);
      if (after_.program->Import(file, record.level, name).kind != ImportTarget::Kind::kNotFound) continue;
      if (before_.program->Import(file, record.level, name).kind == ImportTarget::Kind::kNotFound) continue;
      work.found.lost_imports.push_back(index->ast().range(record.place()));
    }
  }

  const Session& session_;
  const Focus& focus_;
  const std::string a_file_;
  const Snapshot after_;
  Snapshot before_;
  TouchedFiles touched_, touched_before_;
};

// A file that cannot be looked at counts whole: checking it says what is wrong.
template <typename Look>
void ForEachFile(std::vector<Work>& files, unsigned threads, Look look) {
  const auto run = [&](Work& work) {
    UseCrashStack();
    const program::FileAtWork at_work(work.path);
    try {
      look(work);
    } catch (const std::exception&) {
      work.found.whole = true;
    }
  };
  ParallelForEach(files, threads, run);
}

// What the change is about, of one file.
bool Concerns(const Family::InFile& file, const Diagnostic& diagnostic) {
  if (file.whole) return true;
  const uint32_t place = diagnostic.primary.span.range.begin;
  const std::pair<TextRange, bool>* innermost = nullptr;
  for (const auto& one : file.classes) {
    const bool is_around = one.first.begin <= place && place < one.first.end;
    if (is_around && (innermost == nullptr || innermost->first.contains(one.first))) innermost = &one;
  }
  if (innermost != nullptr) return innermost->second;
  // A comment outside of the class may have silenced what is no more.
  if (diagnostic.rule == Rule::kUnusedSuppression) return file.matters();
  return absl::c_any_of(file.lost_imports, [&](TextRange range) { return range.begin == place; });
}

}  // namespace

bool Family::InFile::matters() const {
  return whole || !lost_imports.empty() || absl::c_any_of(classes, [](const auto& one) { return one.second; });
}

Family::Family(const Session& session, const Focus& focus, unsigned threads) {
  absl::flat_hash_map<const Settings*, std::unique_ptr<ProjectFamily>> projects;
  std::vector<ProjectFamily*> in_order;
  for (const std::string& file : focus.found.files) {
    std::unique_ptr<ProjectFamily>& project = projects[session.SnapshotFor(file).settings.get()];
    if (project == nullptr) {
      project = std::make_unique<ProjectFamily>(session, focus, file);
      in_order.push_back(project.get());
    }
    project->files.push_back({file, {}, {}});
  }
  for (ProjectFamily* project : in_order) {
    project->NoteTouched();
    ForEachFile(project->files, threads, [&](Work& work) { project->LookAt(work); });
    if (project->PrepareBefore()) {
      ForEachFile(project->files, threads, [&](Work& work) { project->CompareWithBefore(work); });
    }
    for (Work& work : project->files) {
      if (work.found.matters()) by_path_.emplace(std::move(work.path), std::move(work.found));
    }
  }
}

std::vector<std::string> Family::files() const {
  std::vector<std::string> paths;
  paths.reserve(by_path_.size());
  for (const auto& [path, file] : by_path_) paths.push_back(path);
  return paths;
}

void Family::Narrow(CheckResult& result) const {
  std::erase_if(result.files, [&](FileReport& report) {
    const auto file = by_path_.find(report.path);
    const bool is_of_family = file != by_path_.end();
    for (std::vector<Diagnostic>* findings : {&report.diagnostics, &report.suppressed}) {
      std::erase_if(*findings,
                    [&](const Diagnostic& diagnostic) { return !is_of_family || !Concerns(file->second, diagnostic); });
    }
    return !is_of_family && report.internal_error.empty();
  });
  CountFindings(result);
}

}  // namespace overt::driver
