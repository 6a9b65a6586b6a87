#include "checker/driver/commands/baseline_show.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "checker/driver/code_owners.h"
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

struct EntryGroup {
  std::string name;
  size_t findings = 0;
};

// The largest first. `by`: rule, base, owner, path.
std::vector<EntryGroup> GroupsOf(const BaselineFile& file, const std::string& by) {
  std::string root;
  const CodeOwners owners = by == "owner" ? CodeOwners::Find(file.folder, &root) : CodeOwners();
  const auto name_of = [&](const BaselineEntry& entry) -> std::string {
    if (by == "rule") return std::string(NameOf(entry.rule));
    if (by == "path") return entry.path;
    if (by == "base") return entry.subject.base;
    return owners.Of(resolve::ShownPath(AbsolutePath(entry.path, file.folder), root));
  };
  std::map<std::string, size_t> counts;
  for (const BaselineEntry& entry : file.entries) counts[name_of(entry)] += entry.count;
  std::vector<EntryGroup> groups;
  groups.reserve(counts.size());
  for (const auto& [name, count] : counts) groups.push_back({name, count});
  std::stable_sort(groups.begin(), groups.end(),
                   [](const EntryGroup& a, const EntryGroup& b) { return a.findings > b.findings; });
  return groups;
}

std::string ShownGroups(const BaselineFile& file, const BaselineOptions& options) {
  const std::vector<EntryGroup> groups = GroupsOf(file, options.by);
  if (options.output_format == "json") {
    ShownJson list = ShownJson::array();
    for (const EntryGroup& group : groups) {
      list.push_back(
          {{"name", group.name.empty() ? ShownJson() : ShownJson(group.name)}, {"findings", group.findings}});
    }
    const ShownJson json = {{"schema_version", 1}, {"by", options.by}, {"groups", std::move(list)}};
    return JsonDocument(json);
  }
  std::string out;
  for (const EntryGroup& group : groups) {
    const std::string name = group.name.empty() ? absl::StrCat("(no ", options.by, ")") : group.name;
    absl::StrAppend(&out, absl::StrFormat("%6d  %s\n", group.findings, EscapeForTerminal(name)));
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
