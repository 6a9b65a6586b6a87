#include "checker/driver/commands/baseline_show.h"

#include <unistd.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/code_owners.h"
#include "checker/driver/commands/finding_groups.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/terminal.h"
#include "checker/driver/workspace.h"
#include "checker/resolve/shown_path.h"
#include "diagnostics/render/renderer.h"

namespace overt::driver {
namespace {

using ShownJson = nlohmann::ordered_json;

std::string EntryLine(const BaselineEntry& entry) {
  std::string line = absl::StrCat(IdOf(entry), "  ", NameOf(entry.rule), "  ", SubjectText(entry));
  if (!entry.subject.base.empty()) absl::StrAppend(&line, " of ", entry.subject.base);
  if (!entry.subject.class_name.empty()) absl::StrAppend(&line, "  ", entry.path);
  if (entry.subject.class_name.empty()) absl::StrAppend(&line, "  ", entry.message);
  if (entry.count > 1) absl::StrAppend(&line, "  (", entry.count, " times)");
  if (!entry.reason.empty()) absl::StrAppend(&line, "  -- ", entry.reason);
  return line;
}

// `by`: rule, class, base, owner, path.
std::vector<FindingGroup> GroupsOf(const BaselineFile& file, const std::string& by) {
  std::string root;
  const CodeOwners owners = by == "owner" ? CodeOwners::Find(file.folder, &root) : CodeOwners();
  const auto name_of = [&](const BaselineEntry& entry) {
    return by == "owner" ? owners.Of(resolve::ShownPath(AbsolutePath(entry.path, file.folder), root))
                         : GroupNameOf(by, entry.rule, entry.subject, entry.path);
  };
  FindingGroups groups;
  for (const BaselineEntry& entry : file.entries) groups.Of(name_of(entry)).findings += entry.count;
  return groups.LargestFirst();
}

std::string ShownGroups(const BaselineFile& file, const BaselineOptions& options) {
  const std::vector<FindingGroup> groups = GroupsOf(file, options.by);
  if (options.output_format == "json") {
    ShownJson list = ShownJson::array();
    for (const FindingGroup& group : groups) {
      list.push_back(
          {{"name", group.name.empty() ? ShownJson() : ShownJson(group.name)}, {"findings", group.findings}});
    }
    const ShownJson json = {{"schema_version", 1}, {"by", options.by}, {"groups", std::move(list)}};
    return JsonDocument(json);
  }
  std::string out;
  for (const FindingGroup& group : groups) {
    absl::StrAppend(&out, absl::StrFormat("%6d  %s\n", group.findings, ShownGroupName(options.by, group)));
  }
  return out;
}

std::string ShownEntries(const BaselineFile& file, const BaselineOptions& options) {
  if (options.output_format == "json") {
    ShownJson list = ShownJson::array();
    for (const BaselineEntry& entry : file.entries) list.push_back(EntryJson(entry));
    const ShownJson json = {{"schema_version", 1}, {"path", file.shown}, {"findings", std::move(list)}};
    return JsonDocument(json);
  }
  std::string out;
  for (const BaselineEntry& entry : file.entries) absl::StrAppend(&out, EscapeForTerminal(EntryLine(entry)), "\n");
  return out;
}

}  // namespace

nlohmann::ordered_json EntryJson(const BaselineEntry& entry) {
  ShownJson json = {{"id", IdOf(entry)}, {"rule", std::string(NameOf(entry.rule))}};
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  add("class", entry.subject.class_name);
  add("member", entry.subject.member);
  add("base", entry.subject.base);
  add("path", entry.path);
  json["count"] = entry.count;
  add("message", entry.message);
  add("reason", entry.reason);
  return json;
}

ExitCode RefuseWithoutBaseline(const BaselineFile& file) {
  return Refuse(absl::StrCat("there is no baseline at ", file.shown, ": `overt baseline create` makes it"));
}

ExitCode ShowBaseline(const GlobalOptions& global, const BaselineOptions& options) {
  const ConfigLoader config(global.config);
  const std::string& folder = global.config.current_folder;
  const std::shared_ptr<const Settings> settings = config.SettingsFor(global.config.start() + "/.");
  if (ReportProblems(config.problems())) return ExitCode::kUsage;
  BaselineFile file = BaselineFileOf(*settings, options.path, folder);
  if (const absl::Status status = ReadBaseline(file); !status.ok()) return Refuse(status.message());
  if (!file.is_there) return RefuseWithoutBaseline(file);
  WriteAll(STDOUT_FILENO, options.by.empty() ? ShownEntries(file, options) : ShownGroups(file, options));
  return ExitCode::kClean;
}

}  // namespace overt::driver
