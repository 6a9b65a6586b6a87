// `overt diff REF`: what the working tree changes for those who derive from the project's classes, since a revision.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "checker/classes/contract.h"
#include "checker/driver/commands/commands.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/positions.h"
#include "checker/driver/scope.h"
#include "checker/driver/workspace.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using classes::ContractChange;
using classes::ContractChangeKind;
using Json = nlohmann::ordered_json;

std::string Sentence(const ContractChange& change) {
  const auto say = [&](const char* pattern) {
    return absl::Substitute(pattern, change.subject, change.other, change.now);
  };
  switch (change.kind) {
    case ContractChangeKind::kClassRemoved: return say("`$0` is gone");
    case ContractChangeKind::kClassAdded: return say("`$0` is new");
    case ContractChangeKind::kClassFinal: return say("`$0` is final now: nobody may derive from it");
    case ContractChangeKind::kClassNotFinal: return say("`$0` is not final any more");
    case ContractChangeKind::kBaseRemoved: return say("`$0` does not derive from `$1` any more");
    case ContractChangeKind::kBaseAdded: return say("`$0` derives from `$1` now");
    case ContractChangeKind::kMemberRemoved: return say("`$0` is gone: what overrides it has no base member");
    case ContractChangeKind::kMemberAdded: return say("`$0` is new");
    case ContractChangeKind::kMemberFinal: return say("`$0` is final now: nobody may override it");
    case ContractChangeKind::kMemberNotFinal: return say("`$0` is not final any more");
    case ContractChangeKind::kMemberKind: return say("`$0` is $2 now; it was $1");
    case ContractChangeKind::kPropertySetterLost: return say("`$0` has no setter any more: it cannot be assigned to");
    case ContractChangeKind::kPropertyDeleterLost: return say("`$0` has no deleter any more: it cannot be deleted");
    case ContractChangeKind::kMemberAbstract: return say("`$0` is abstract now: every concrete subclass must have it");
    case ContractChangeKind::kAbstractMemberAdded:
      return say("`$0` is new and abstract: every concrete subclass must have it");
    case ContractChangeKind::kProtocolMemberAdded:
      return say("`$0` is new in a protocol: a class that fitted without it does not any more");
    case ContractChangeKind::kMemberImplemented: return say("`$0` is not abstract any more");
    case ContractChangeKind::kMemberDeprecated: return say("`$0` is deprecated now");
  }
  return "";
}

// What is to be told of one change, whichever version its place is in.
struct Told {
  std::string path;
  LineColumn position;
  ContractChange change;
};

// The files of one project and the two versions of it.
class ProjectDiff {
 public:
  ProjectDiff(const Session& session, const Focus& focus, const std::string& a_file)
      : after_(session.SnapshotFor(a_file)), before_(session.SnapshotWith(a_file, *focus.before)) {}

  void Add(const std::string& path, bool is_new, bool is_gone) {
    if (!is_new) before_files_.push_back(before_.program->AddFile(path));
    if (!is_gone) after_files_.push_back(after_.program->AddFile(path));
  }

  void AppendTo(std::vector<Told>& list) const {
    const classes::ContractSide before{*before_.classes, before_files_}, after{*after_.classes, after_files_};
    Positions positions_before(*before_.program), positions_after(*after_.program);
    for (ContractChange& change : classes::CompareContracts(before, after)) {
      const Snapshot& version = change.is_before ? before_ : after_;
      const LineColumn position = (change.is_before ? positions_before : positions_after).Of(change.place);
      list.push_back({version.program->file(change.place.file).display, position, std::move(change)});
    }
  }

 private:
  const Snapshot after_, before_;
  std::vector<FileId> before_files_, after_files_;
};

std::vector<Told> CompareAll(const Session& session, const Focus& focus) {
  std::vector<std::string> files = focus.found.files;
  std::vector<std::string> gone;
  absl::c_set_difference(focus.touched, files, std::back_inserter(gone));
  std::erase_if(gone, [&](const std::string& path) { return !focus.before->texts.contains(path); });
  files.insert(files.end(), gone.begin(), gone.end());
  const absl::flat_hash_set<std::string> added(focus.before->hidden.begin(), focus.before->hidden.end());
  const size_t first_gone = focus.found.files.size();
  absl::flat_hash_map<const Settings*, std::unique_ptr<ProjectDiff>> projects;
  std::vector<ProjectDiff*> in_order;
  for (size_t i = 0; i < files.size(); ++i) {
    const std::string& file = files[i];
    std::unique_ptr<ProjectDiff>& project = projects[session.SnapshotFor(file).settings.get()];
    if (project == nullptr) {
      project = std::make_unique<ProjectDiff>(session, focus, file);
      in_order.push_back(project.get());
    }
    project->Add(file, /*is_new=*/added.contains(file), /*is_gone=*/i >= first_gone);
  }
  std::vector<Told> list;
  for (const ProjectDiff* project : in_order) project->AppendTo(list);
  return list;
}

void PrintText(const std::vector<Told>& list) {
  std::string out;
  for (const Told& one : list) {
    const ContractChange& change = one.change;
    absl::StrAppend(&out, EscapeForTerminal(one.path), ":", one.position.line, ":", one.position.column, ": ",
                    Breaks(change.kind) ? "break" : "change", "[", NameOf(change.kind), "] ",
                    EscapeForTerminal(Sentence(change)), change.is_before ? " (it was here)" : "", "\n");
  }
  WriteAll(STDOUT_FILENO, out);
}

void PrintJson(const std::vector<Told>& list, const std::string& revision) {
  Json changes = Json::array();
  for (const Told& one : list) {
    changes.push_back({{"kind", NameOf(one.change.kind)},
                       {"breaks", Breaks(one.change.kind)},
                       {"subject", one.change.subject},
                       {"message", Sentence(one.change)},
                       {"path", one.path},
                       {"line", one.position.line},
                       {"column", one.position.column},
                       {"in_old_version", one.change.is_before}});
  }
  WriteAll(STDOUT_FILENO, JsonDocument({{"revision", revision}, {"changes", std::move(changes)}}));
}

}  // namespace

ExitCode RunDiff(const GlobalOptions& global, const DiffOptions& options) {
  absl::StatusOr<Workspace*> workspace = Workspace::Open(global);
  if (!workspace.ok()) return RefuseDamaged(workspace.status());
  ScopeRequest request;
  request.scope = Scope::kProject;
  request.changed = true;
  request.revision = options.revision;
  const absl::StatusOr<Focus> focus = FindFocus(**workspace, options.paths, request, std::nullopt, nullptr);
  if ((*workspace)->ReportConfigProblems()) return ExitCode::kUsage;
  if (!focus.ok()) return Refuse(focus.status().message());
  // All classes are asked about: reading the files side by side first is what takes the time.
  CheckWithProgress((*workspace)->session(), focus->found.files, global, nullptr);
  std::vector<Told> list = CompareAll((*workspace)->session(), *focus);
  if (options.public_only) std::erase_if(list, [](const Told& one) { return !IsPublic(one.change); });
  if (options.output_format == "json") {
    PrintJson(list, options.revision);
  } else {
    PrintText(list);
  }
  const auto breaks = absl::c_count_if(list, [](const Told& one) { return Breaks(one.change.kind); });
  const auto others = static_cast<std::ptrdiff_t>(list.size()) - breaks;
  if (global.verbosity >= 0) {
    WriteAll(STDERR_FILENO,
             absl::StrCat("overt: since ", EscapeForTerminal(options.revision), ": ", breaks,
                          breaks == 1 ? " break, " : " breaks, ", others,
                          others == 1 ? " other change" : " other changes", " of the class hierarchy\n"));
  }
  const bool fails = (options.fail_on == "any" && !list.empty()) || (options.fail_on == "break" && breaks > 0);
  return fails ? ExitCode::kFindings : ExitCode::kClean;
}

}  // namespace overt::driver
