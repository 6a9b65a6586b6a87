#include "checker/driver/git.h"

#include <unistd.h>

#include <algorithm>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/driver/child_process.h"
#include "checker/resolve/disk.h"

namespace overt::driver {
namespace {

using resolve::IsInside;

// Given to every call, before the command. Empty or harmless values: what the repository's own configuration says
// loses.
constexpr absl::string_view kSwitchedOff[] = {"core.fsmonitor=false",
                                              "core.hooksPath=/dev/null",
                                              "core.attributesFile=/dev/null",
                                              "core.pager=cat",
                                              "core.quotePath=false",
                                              "core.sshCommand=false",
                                              "core.gitProxy=",
                                              "core.askPass=",
                                              "credential.helper=",
                                              "diff.external=",
                                              "gc.auto=0",
                                              "maintenance.auto=false",
                                              "protocol.allow=never"};

// Variables of git that only say where things are, and which configuration the user trusts. `-c` wins over the latter.
constexpr absl::string_view kKept[] = {
    "GIT_DIR",           "GIT_WORK_TREE",           "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",    "GIT_OBJECT_DIRECTORY",    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",     "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",       "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_COUNT",  "GIT_CONFIG_PARAMETERS"};

// Relative ones mean the folder in which git was started, which need not be where we start it. (Not GIT_INDEX_FILE: git
// reads it from the top of the working tree.)
constexpr absl::string_view kSeenFromFolder[] = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"};

constexpr absl::string_view kSet[] = {
    // No prompts, no locks that a commit at the same time could meet, nothing fetched, messages that we know.
    "GIT_TERMINAL_PROMPT=0",
    "GIT_OPTIONAL_LOCKS=0",
    "GIT_NO_LAZY_FETCH=1",
    "GIT_ALLOW_PROTOCOL=none",
    "GIT_ATTR_NOSYSTEM=1",
    "GIT_PAGER=cat",
    "LC_ALL=C",
    "LANGUAGE="};

bool IsKept(absl::string_view name) {
  if (absl::StartsWith(name, "GIT_CONFIG_KEY_") || absl::StartsWith(name, "GIT_CONFIG_VALUE_")) return true;
  if (absl::StartsWith(name, "GIT_")) return absl::c_linear_search(kKept, name);
  return name != "LC_ALL" && name != "LANGUAGE" && name != "SSH_ASKPASS";
}

// The top of the working tree as far as the disk tells: no program in it is trusted to be git.
std::string TopOnDisk(const std::string& folder) {
  for (std::string at = resolve::RealPath(folder); at != "/"; at = resolve::Parent(at)) {
    if (resolve::WhyUnusable(at + "/.git").empty()) return at;
  }
  return "";
}

std::string FindProgram(absl::string_view path_variable, const std::string& top) {
  for (const absl::string_view folder : absl::StrSplit(path_variable, ':', absl::SkipEmpty())) {
    if (folder[0] != '/') continue;
    const std::string program = absl::StrCat(folder, "/git");
    if (!resolve::IsFile(program) || access(program.c_str(), X_OK) != 0) continue;
    const bool is_of_tree = !top.empty() && (IsInside(program, top) || IsInside(resolve::RealPath(program), top));
    if (!is_of_tree) return program;
  }
  return "";
}

std::vector<std::string> OurEnvironment() {
  std::vector<std::string> ours;
  for (char** one = environ; one != nullptr && *one != nullptr; ++one) ours.emplace_back(*one);
  return ours;
}

std::vector<absl::string_view> Records(absl::string_view output) {
  return absl::StrSplit(output, '\0', absl::SkipEmpty());
}

// The first line of what git says, without its own "fatal: ".
std::string Complaint(absl::string_view errors) {
  absl::string_view line = errors.substr(0, errors.find('\n'));
  for (const absl::string_view mark : {"fatal: ", "error: "}) absl::ConsumePrefix(&line, mark);
  return line.empty() ? "it failed and did not say why" : std::string(line);
}

bool IsObjectName(absl::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         absl::c_all_of(text, [](unsigned char c) { return absl::ascii_isxdigit(c) != 0; });
}

// Links and submodules have no text of their own.
bool IsFileMode(absl::string_view mode) { return absl::StartsWith(mode, "100"); }

}  // namespace

std::vector<std::string> EnvironmentForGit(const std::vector<std::string>& ours, const std::string& folder) {
  std::vector<std::string> kept;
  for (const std::string& one : ours) {
    const std::pair<absl::string_view, absl::string_view> pair = absl::StrSplit(one, absl::MaxSplits('=', 1));
    if (!IsKept(pair.first)) continue;
    const bool is_place = absl::c_linear_search(kSeenFromFolder, pair.first);
    kept.push_back(is_place && !pair.second.empty()
                       ? absl::StrCat(pair.first, "=", resolve::CleanPath(folder, pair.second))
                       : one);
  }
  for (const absl::string_view one : kSet) kept.emplace_back(one);
  return kept;
}

absl::StatusOr<std::string> Git::Run(std::vector<std::string> words, std::string input) const {
  ChildRequest request;
  request.program = program_;
  request.arguments = {"--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"};
  for (const absl::string_view one : kSwitchedOff) {
    request.arguments.insert(request.arguments.end(), {"-c", std::string(one)});
  }
  request.arguments.insert(request.arguments.end(), switched_off_.begin(), switched_off_.end());
  request.arguments.insert(request.arguments.end(), words.begin(), words.end());
  request.environment = environment_;
  request.folder = folder_;
  request.input = std::move(input);
  request.cancel = cancel_;
  absl::StatusOr<ChildResult> result = RunChild(request);
  if (!result.ok()) return result.status();
  if (result->status == 0) return std::move(result->output);
  return absl::FailedPreconditionError(absl::StrCat("git: ", Complaint(result->errors)));
}

absl::StatusOr<Git> Git::Find(const std::string& folder, absl::string_view path_variable,
                              const std::atomic<bool>* cancel) {
  Git git;
  git.program_ = FindProgram(path_variable, TopOnDisk(folder));
  if (git.program_.empty()) return absl::NotFoundError("there is no `git` on PATH to ask what changed");
  git.environment_ = EnvironmentForGit(OurEnvironment(), folder);
  git.cancel_ = cancel;
  if (absl::Status found = git.FindRoot(folder); !found.ok()) return found;
  if (absl::Status found = git.FindFilters(); !found.ok()) return found;
  return git;
}

absl::Status Git::FindRoot(const std::string& folder) {
  folder_ = folder;
  absl::StatusOr<std::string> output = Run({"rev-parse", "--show-toplevel", "--revs-only", "HEAD"});
  if (!output.ok()) {
    if (!absl::StrContains(output.status().message(), "not a git repository")) return output.status();
    return absl::NotFoundError(absl::StrCat(folder, ": not in a git repository, so nothing is known of changes"));
  }
  absl::string_view root = *output;
  absl::ConsumeSuffix(&root, "\n");
  const size_t line = root.rfind('\n');
  if (line != absl::string_view::npos && IsObjectName(root.substr(line + 1))) {
    head_ = std::string(root.substr(line + 1));
    root = root.substr(0, line);
  }
  root_ = folder_ = resolve::RealPath(std::string(root));
  return absl::OkStatus();
}

// git compares a file with the index through the file's clean filter, a program. Which filters there are only the
// configuration knows: each is switched off by its name.
absl::Status Git::FindFilters() {
  // Fails with status 1 and without a word if there is none.
  const absl::StatusOr<std::string> output =
      Run({"config", "--null", "--name-only", "--get-regexp", R"(^filter\..*\.(clean|smudge|process|required)$)"});
  if (!output.ok())
    return absl::StrContains(output.status().message(), "did not say why") ? absl::OkStatus() : output.status();
  for (const absl::string_view key : Records(*output)) {
    if (absl::StrContains(key, "=")) {
      return absl::FailedPreconditionError(
          absl::StrCat("git: the filter `", key, "` cannot be switched off because of the `=` in its name"));
    }
    const absl::string_view value = absl::EndsWith(key, ".required") ? "=false" : "=";
    switched_off_.insert(switched_off_.end(), {"-c", absl::StrCat(key, value)});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Git::CommitOf(const std::string& revision) const {
  absl::StatusOr<std::string> output;
  if (!absl::StartsWith(revision, "-")) {
    output = Run({"rev-parse", "--verify", "--quiet", absl::StrCat(revision, "^{commit}")});
  }
  absl::string_view commit = output.ok() ? absl::string_view(*output) : absl::string_view();
  absl::ConsumeSuffix(&commit, "\n");
  if (absl::IsCancelled(output.status())) return output.status();
  if (!IsObjectName(commit)) return absl::NotFoundError(absl::StrCat("git knows no commit `", revision, "`"));
  return std::string(commit);
}

absl::StatusOr<std::string> Git::DefaultBase() const {
  if (head_.empty()) return "";
  constexpr absl::string_view kBranches[] = {"refs/remotes/origin/HEAD", "refs/remotes/origin/main",
                                             "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"};
  std::vector<std::string> words = {"for-each-ref", "--format=%(refname) %(objectname)"};
  for (const absl::string_view branch : kBranches) words.emplace_back(branch);
  const absl::StatusOr<std::string> output = Run(std::move(words));
  if (!output.ok()) return output.status();
  std::map<std::string, std::string> known;
  for (const absl::string_view line : absl::StrSplit(*output, '\n', absl::SkipEmpty())) {
    const size_t space = line.rfind(' ');
    known.emplace(line.substr(0, space), line.substr(space + 1));
  }
  for (const absl::string_view branch : kBranches) {
    const auto found = known.find(std::string(branch));
    if (found == known.end()) continue;
    absl::StatusOr<std::string> base = Run({"merge-base", head_, found->second});
    if (!base.ok())
      return absl::IsCancelled(base.status()) ? base : "";  // histories that share nothing, as far as is known
    absl::StripTrailingAsciiWhitespace(&*base);
    return base;
  }
  return "";
}

// Records of `--raw -z`: ":100644 100644 OLD NEW M", then the path.
absl::StatusOr<std::vector<GitChange>> Git::DiffIndex(std::vector<std::string> words) const {
  words.insert(words.begin(), {"diff-index", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff",
                               "--no-textconv", "--ignore-submodules=all"});
  const absl::StatusOr<std::string> output = Run(std::move(words));
  if (!output.ok()) return output.status();
  std::vector<GitChange> changes;
  const std::vector<absl::string_view> records = Records(*output);
  for (size_t i = 0; i + 1 < records.size(); i += 2) {
    const std::vector<absl::string_view> fields = absl::StrSplit(records[i], ' ');
    if (fields.size() != 5) return absl::InternalError("git: a line of `diff-index` that overt does not understand");
    GitChange change;
    change.path = absl::StrCat(root_, "/", records[i + 1]);
    const bool was_file = IsFileMode(absl::StripPrefix(fields[0], ":"));
    if (was_file) change.blob_before = std::string(fields[2]);
    if (absl::StartsWith(fields[4], "A")) {
      change.kind = GitChange::Kind::kAdded;
    } else if (absl::StartsWith(fields[4], "D")) {
      change.kind = GitChange::Kind::kDeleted;
    }
    // A file with conflicts is listed twice.
    if (changes.empty() || changes.back().path != change.path) changes.push_back(std::move(change));
  }
  return changes;
}

absl::StatusOr<std::vector<GitChange>> Git::Staged() const {
  if (!head_.empty()) return DiffIndex({"--cached", head_, "--"});
  const absl::StatusOr<GitIndex> index = Index();
  if (!index.ok()) return index.status();
  std::vector<GitChange> changes;
  for (const std::string& path : index->files) changes.push_back({GitChange::Kind::kAdded, path, ""});
  return changes;
}

absl::StatusOr<std::vector<GitChange>> Git::ChangedSince(const std::optional<std::string>& revision) const {
  const absl::StatusOr<std::string> base = revision ? CommitOf(*revision) : head_;
  if (!base.ok()) return base.status();
  std::vector<GitChange> changes;
  if (!base->empty()) {
    absl::StatusOr<std::vector<GitChange>> known = DiffIndex({*base, "--"});
    if (!known.ok()) return known.status();
    changes = *std::move(known);
  }
  std::vector<std::string> words = {"ls-files", "-z", "--others", "--exclude-standard"};
  if (base->empty()) words.emplace_back("--cached");  // before the first commit everything is new
  const absl::StatusOr<std::string> others = Run(std::move(words));
  if (!others.ok()) return others.status();
  for (const absl::string_view record : Records(*others)) {
    const std::string path = absl::StrCat(root_, "/", record);
    // Taken out of the index, but still there.
    const auto known = absl::c_find_if(changes, [&](const GitChange& change) { return change.path == path; });
    if (known != changes.end()) {
      known->kind = known->blob_before.empty() ? GitChange::Kind::kAdded : GitChange::Kind::kModified;
    } else {
      changes.push_back({GitChange::Kind::kAdded, path, ""});
    }
  }
  return changes;
}

// Records of `ls-files -s -t -c -m -d -z`: "H 100644 BLOB 0\tpath"; H is in the index, C differs on the disk, R is not
// there, M is a side of a conflict, S is not checked out.
absl::StatusOr<GitIndex> Git::Index() const {
  const absl::StatusOr<std::string> output = Run({"ls-files", "-z", "-s", "-t", "-c", "-m", "-d"});
  if (!output.ok()) return output.status();
  GitIndex index;
  std::map<std::string, GitIndex::Unstaged> unstaged;
  for (const absl::string_view record : Records(*output)) {
    const std::pair<absl::string_view, absl::string_view> halves = absl::StrSplit(record, absl::MaxSplits('\t', 1));
    const std::vector<absl::string_view> fields = absl::StrSplit(halves.first, ' ');
    if (fields.size() != 4) return absl::InternalError("git: a line of `ls-files` that overt does not understand");
    std::string path = absl::StrCat(root_, "/", halves.second);
    if (fields[3] != "0") {
      index.conflicted.push_back(std::move(path));
    } else if (fields[0] == "H" || fields[0] == "S") {
      index.files.push_back(std::move(path));
    } else if (IsFileMode(fields[1])) {
      GitIndex::Unstaged& one = unstaged[path];
      one.path = path;
      one.blob = std::string(fields[2]);
      one.is_deleted |= fields[0] == "R";
    }
  }
  for (auto& [path, one] : unstaged) index.unstaged.push_back(std::move(one));
  for (std::vector<std::string>* paths : {&index.files, &index.conflicted}) {
    absl::c_sort(*paths);
    paths->erase(std::unique(paths->begin(), paths->end()), paths->end());
  }
  return index;
}

absl::StatusOr<bool> Git::Knows(const std::string& path, const std::string& commit) const {
  absl::string_view below = path;
  absl::ConsumePrefix(&below, root_);
  absl::ConsumePrefix(&below, "/");
  absl::StatusOr<std::string> found = Run({"ls-files", "-z", "--", std::string(below)});
  if (!found.ok()) return found.status();
  if (found->empty() && !commit.empty())
    found = Run({"ls-tree", "-z", "--name-only", commit, "--", std::string(below)});
  if (!found.ok()) return found.status();
  return !found->empty();
}

// Answers of `cat-file --batch`: "BLOB blob SIZE\n", the contents, "\n".
absl::StatusOr<std::vector<std::string>> Git::Contents(const std::vector<std::string>& blobs) const {
  std::vector<std::string> contents;
  if (blobs.empty()) return contents;
  std::string input;
  for (const std::string& blob : blobs) absl::StrAppend(&input, blob, "\n");
  const absl::StatusOr<std::string> output = Run({"cat-file", "--batch"}, std::move(input));
  if (!output.ok()) return output.status();
  absl::string_view rest = *output;
  for (const std::string& blob : blobs) {
    const absl::string_view header = rest.substr(0, rest.find('\n'));
    const std::vector<absl::string_view> fields = absl::StrSplit(header, ' ');
    size_t size = 0;
    const bool is_blob = fields.size() == 3 && fields[1] == "blob" && absl::SimpleAtoi(fields[2], &size);
    if (!is_blob || rest.size() < header.size() + size + 2) {
      return absl::FailedPreconditionError(absl::StrCat("git: the object ", blob, " is missing"));
    }
    contents.emplace_back(rest.substr(header.size() + 1, size));
    rest.remove_prefix(header.size() + size + 2);
  }
  return contents;
}

}  // namespace overt::driver
