// Any small project gets an answer: three files through the session, from bytes to rendered findings.
//
// The input is the text of `main.py`, `other.py` and `stub.pyi`, separated by lines `#---`. The session lives for some
// hundred inputs, as an editor's does, so every input is also an edit of the one before.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "checker/driver/config.h"
#include "checker/driver/session.h"
#include "tests/fuzz/canary.h"
#include "tests/harness/suite_runner.h"

namespace overt::fuzz {
namespace {

constexpr const char* kNames[] = {"main.py", "other.py", "stub.pyi"};

class World {
 public:
  World() {
    // Every rule is on: what is off by default must not fail either.
    test_.config = "[rules]\nall = \"error\"\n";
    for (const char* name : kNames) test_.files.push_back({name, "", 1});
    harness::WriteTestFiles(test_, folder_.path());
  }

  void Check(absl::string_view input) {
    if (runs_++ % 300 == 0)
      session_ = stubs_.OpenSession(folder_.path(), test_, {.threads = 1, .shuffle_seed = 0, .page_rule = ""});
    const std::vector<absl::string_view> texts = absl::StrSplit(input, absl::MaxSplits("\n#---\n", 2));
    std::vector<std::string> files;
    for (size_t i = 0; i < std::size(kNames); ++i) {
      files.push_back(absl::StrCat(folder_.path(), "/", kNames[i]));
      session_->SetOverlay(files.back(), std::string(i < texts.size() ? texts[i] : absl::string_view()));
    }
    const driver::CheckResult result = session_->Check(files, {});
    Require(result.internal_errors == 0, "an internal error");
    Require(result.files.size() == files.size(), "a file without a report");
    const std::string full = harness::Render(result, "full");
    harness::Render(result, "json");
    Require(full.empty() == (result.errors + result.warnings + result.infos == 0), "findings and rendering disagree");
    SpringCanary(Has(result, Rule::kSyntaxError) && Has(result, Rule::kOverrideWithoutBase));
  }

 private:
  static bool Has(const driver::CheckResult& result, Rule rule) {
    for (const driver::FileReport& report : result.files) {
      for (const Diagnostic& diagnostic : report.diagnostics) {
        if (diagnostic.rule == rule) return true;
      }
    }
    return false;
  }

  harness::TemporaryFolder folder_;
  harness::SuiteWorld stubs_;
  harness::SuiteTest test_;
  std::unique_ptr<driver::Session> session_;
  size_t runs_ = 0;
};

}  // namespace
}  // namespace overt::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static auto* world = new overt::fuzz::World;
  world->Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
