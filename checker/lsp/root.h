// One folder of the workspace with its own configuration, environment and session; also the folder of a file that lies
// in none of them.
//
//   Root root("/p", settings, surroundings);
//   root.session()->SetOverlay("/p/a.py", document->text());
//
// Belongs to the analysis thread; sessions and configurations are handed out to others and outlive a reload.
#ifndef OVERT_CHECKER_LSP_ROOT_H_
#define OVERT_CHECKER_LSP_ROOT_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/baseline_keeper.h"
#include "checker/driver/cli.h"
#include "checker/driver/config.h"
#include "checker/driver/session.h"
#include "checker/lsp/client.h"
#include "checker/lsp/family_keeper.h"
#include "checker/program/bound_stubs.h"

namespace overt::lsp {

// A path as people write it in an editor's settings, made absolute: what is relative starts at the folder.
std::string PathFromSetting(const std::string& text, const std::string& folder);

// What all folders share.
struct Surroundings {
  driver::GlobalOptions global;  // of the command line
  std::shared_ptr<program::BoundStubs> stubs;
};

class Root {
 public:
  Root(std::string folder, EditorSettings settings, const Surroundings& surroundings);

  const std::string& folder() const { return folder_; }
  const EditorSettings& settings() const { return settings_; }
  const std::shared_ptr<driver::Session>& session() const { return session_; }
  const std::shared_ptr<const driver::ConfigLoader>& config() const { return config_; }
  const std::shared_ptr<FamilyKeeper>& families() const { return families_; }
  // Null where the project of a file has none that can be read.
  driver::BaselineKeeper::Pointer BaselineFor(const std::string& path) const;
  // The report with what its project's baseline says of each finding, without what the editor's settings leave out.
  driver::FileReport Judged(driver::FileReport report) const;
  // Whether the path lies in the folder. It may lie in a root further in as well, whose file it is then:
  // `InnermostRoot`.
  bool Holds(absl::string_view path) const;
  // The configuration file that was chosen in the editor, absolute; empty if none was.
  const std::string& configuration_file() const { return configuration_file_; }
  // Absolute: that one, and whatever configurations were read from so far.
  std::vector<std::string> ConfigurationFiles() const;
  bool IsConfiguredBy(absl::string_view path) const;
  // What is wrong with configurations that were read so far, by absolute path. The folder's own is among them, though
  // nothing may have been checked yet.
  std::map<std::string, std::vector<driver::ConfigProblem>> ConfigProblems() const;
  // The same of the configuration that the editor's settings hold, for people: it has no file to show them in.
  std::vector<std::string> EditorMistakes() const;
  // Nobody wants to hear of its findings.
  bool is_off() const { return !settings_.enable || settings_.mode == EditorSettings::Mode::kOff; }
  // "/" or the home folder: too much to look through.
  bool is_too_wide() const { return is_too_wide_; }

 private:
  std::string folder_;
  EditorSettings settings_;
  std::string configuration_file_;
  std::shared_ptr<const driver::ConfigLoader> config_;
  std::shared_ptr<driver::Session> session_;
  std::shared_ptr<FamilyKeeper> families_;
  std::shared_ptr<driver::BaselineKeeper> baselines_ = std::make_shared<driver::BaselineKeeper>();
  bool is_too_wide_ = false;
};

using Roots = std::vector<std::shared_ptr<const Root>>;

// Each file belongs to one root: of those that hold it the innermost. Null if none does.
const Root* InnermostRoot(const Roots& roots, absl::string_view path);
// The Python files that belong to one of the roots.
std::vector<std::string> FilesOf(const Root& root, const Roots& roots);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_ROOT_H_
