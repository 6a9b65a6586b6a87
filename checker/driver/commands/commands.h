// One function for each command: options in, exit code out. Results go to standard output, everything else to standard
// error.
#ifndef OVERT_CHECKER_DRIVER_COMMANDS_COMMANDS_H_
#define OVERT_CHECKER_DRIVER_COMMANDS_COMMANDS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/driver/baseline_run.h"
#include "checker/driver/cli.h"
#include "checker/driver/commands/finding_filter.h"
#include "checker/driver/commands/report_target.h"
#include "checker/driver/fix_run.h"
#include "checker/driver/scope.h"
#include "checker/fixes/ignore_comment.h"

namespace CLI {
class App;
}

namespace overt::driver {

// What a run writes instead of the fixes that rules have, and how it says so.
struct OtherFixes {
  FixPlanner plan;
  int most_rounds = 1;
  std::string done, would, nothing;  // "silenced", "would silence", "nothing to silence"
  std::string what;                  // "finding"
  bool leaves_accepted = false;      // what a baseline accepts is none of their business
  bool lacks_reason = false;         // comments without one, which `suppressions.require-reason` refuses
  std::function<std::vector<std::string>()> remarks;  // lines for people, when all is done
};

// `--summary`: what is said of a report in the end.
enum class SummaryForm : uint8_t { kNone, kLine, kFull };

struct CheckOptions {
  std::vector<std::string> paths;  // as written; empty: the current folder
  bool exit_zero = false;
  bool fix = false;                       // `--fix`: then report what is left
  bool fix_only = false;                  // `--fix-only`, `overt fix`: report only how many were made
  bool diff = false;                      // `--diff`: show what would change, write nothing
  bool is_count_only = false;             // with `diff`: show only how much would change in which file
  std::optional<OtherFixes> other;        // `--add-ignore`, `overt suppress`
  bool unsafe_fixes = false;              // `--unsafe-fixes`
  bool exit_non_zero_on_fix = false;      // `--exit-non-zero-on-fix`
  FindingFilter filter;                   // `--min-severity`, `--only`
  std::optional<size_t> max_diagnostics;  // `--max-diagnostics`: of the usual report
  std::string statistics;  // `--statistics`: rule, class, base or path, counted instead of shown; or empty
  SummaryForm summary = SummaryForm::kLine;
  bool is_silent = false;             // `--silent`: then `GlobalOptions::verbosity` says so too
  bool shows_source = true;           // `--no-source`
  bool shows_fixes = false;           // `--show-fixes`
  bool error_on_no_files = false;     // `--error-on-no-files`
  std::string timings;                // `--timings FILE`, as written; empty: none
  bool watch = false;                 // `--watch`: stay, and check again when something changes
  std::vector<ReportTarget> outputs;  // `--output`: at most one of them takes the usual report
  bool fixes() const { return fix || fix_only || diff; }
  std::string print;  // `--print=classes`: a product instead of findings
  ScopeRequest scope;
  BaselineRequest baseline;
  // `-` in place of paths: the one file that came from standard input.
  struct Input {
    std::string path;   // absolute: `--stdin-filename`; need not be there
    std::string shown;  // as written
    std::string bytes;
  };
  std::optional<Input> input;
};
ExitCode RunCheck(const GlobalOptions& global, const CheckOptions& options);

struct BaselineOptions {
  std::string action;               // create, update, prune, check, show, accept
  std::vector<std::string> ids;     // of `accept`
  std::optional<std::string> path;  // `--path FILE`, as written
  std::string reason;               // `--reason TEXT`: of what is added
  std::string by;                   // `show --by`: rule, class, base, owner, path; empty: every entry
  bool force = false;               // `create --force`
  std::string output_format;        // text, json
};
ExitCode RunBaseline(const GlobalOptions& global, const BaselineOptions& options);

// `check --add-ignore`: comments at the findings of the run. `only`: of an earlier report; may be null.
OtherFixes AddIgnores(fixes::IgnoreStyle style, std::shared_ptr<const class FindingList> only);

struct SuppressOptions {
  std::string action;  // add, remove-unused, list
  std::string from;    // `--from FILE.json`, as written
  fixes::IgnoreStyle style;
  std::string output_format;  // text, json: of `list`
};
// `check`: the paths, and how what changes is shown.
ExitCode RunSuppress(const GlobalOptions& global, CheckOptions check, const SuppressOptions& options);

struct ExplainOptions {
  std::string name;           // a rule, a group or another checker's code; empty with `list` and `all`
  bool list = false;          // `--list`: every name that can be explained
  bool all = false;           // `--all`: every rule
  std::string output_format;  // text, markdown, json
};
ExitCode RunExplain(const GlobalOptions& global, const ExplainOptions& options);

struct RulesOptions {
  std::vector<std::string> diff_presets;  // `--diff-preset A B`: none, or two
  std::string output_format;              // text, json
};
ExitCode RunRules(const GlobalOptions& global, const RulesOptions& options);

struct EnvOptions {
  std::string import_name;    // `--import NAME`
  std::string file;           // whose project; empty: the current folder's
  std::string output_format;  // text, json
};
ExitCode RunEnv(const GlobalOptions& global, const EnvOptions& options);

struct TreeOptions {
  std::string class_name;
  std::string member;
  std::vector<std::string> paths;
  bool is_up_only = false, is_down_only = false;  // `--up`, `--down`
  std::string output_format;                      // text, json, dot, mermaid
};
ExitCode RunTree(const GlobalOptions& global, const TreeOptions& options);

struct ImpactOptions {
  std::string member;  // `CLASS.MEMBER`, as written
  std::vector<std::string> paths;
  std::string output_format;  // text, json
};
ExitCode RunImpact(const GlobalOptions& global, const ImpactOptions& options);

struct DiffOptions {
  std::string revision;
  std::vector<std::string> paths;
  bool public_only = false;   // `--public-only`
  std::string fail_on;        // break, any, never
  std::string output_format;  // text, json
};
ExitCode RunDiff(const GlobalOptions& global, const DiffOptions& options);

struct FilesOptions {
  std::vector<std::string> paths;
  std::optional<std::string> why;  // `--why PATH`: whether and why it is checked, instead of the list
};
ExitCode RunFiles(const GlobalOptions& global, const FilesOptions& options);

struct ConfigOptions {
  std::string action;  // show, validate, schema, path
  std::string file;
  std::string output_format;  // toml, json
};
ExitCode RunConfig(const GlobalOptions& global, const ConfigOptions& options);

// A script for a shell that completes the words of the command line; `shell` is one of the names.
std::vector<std::string> ShellsWithCompletions();
ExitCode RunCompletions(const CLI::App& app, const std::string& shell);
ExitCode RunClean(const GlobalOptions& global);

struct DoctorOptions {
  bool redact = false;        // `--redact`: without home folders and names of users
  bool parity = false;        // `--parity`: whether hook and editor agree, instead of the report
  std::string output_format;  // text, json
};
ExitCode RunDoctor(const GlobalOptions& global, const DoctorOptions& options);
ExitCode RunParity(const GlobalOptions& global, const DoctorOptions& options, const ServerFindings& server);

struct InitOptions {
  std::string from;           // `--from TOOL`; empty: every tool that has a configuration here
  bool is_dry_run = false;    // `--dry-run`: show what would change, write nothing
  bool print_config = false;  // `--print-config`: only what would be written, to standard output
};
ExitCode RunInit(const GlobalOptions& global, const InitOptions& options);

ExitCode RunVersion(const GlobalOptions& global, const std::string& output_format);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_COMMANDS_COMMANDS_H_
