// One folder of the workspace with its own configuration, environment and session; also the folder of a file that lies
// in none of them.
//
//   Root root("/p", settings, surroundings);
//   root.session()->SetOverlay("/p/a.py", document->text());
//
// Belongs to the analysis thread; sessions and configurations are handed out to others and outlive a reload.
#ifndef OVERT_CHECKER_LSP_ROOT_H_
#define OVERT_CHECKER_LSP_ROOT_H_

#include <memory>
#include <string>
#include <vector>

#include "checker/driver/cli.h"
#include "checker/driver/config.h"
#include "checker/driver/session.h"
#include "checker/lsp/client.h"
#include "checker/lsp/family_keeper.h"
#include "checker/program/bound_stubs.h"

namespace overt::lsp {

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
  bool Governs(const std::string& path) const;
  // "/" or the home folder: too much to look through.
  bool is_too_wide() const { return is_too_wide_; }

 private:
  std::string folder_;
  EditorSettings settings_;
  std::shared_ptr<const driver::ConfigLoader> config_;
  std::shared_ptr<driver::Session> session_;
  std::shared_ptr<FamilyKeeper> families_;
  bool is_too_wide_ = false;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_ROOT_H_
