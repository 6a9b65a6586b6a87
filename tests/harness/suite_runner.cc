#include "tests/harness/suite_runner.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/driver/config.h"
#include "checker/driver/fix_run.h"
#include "diagnostics/render/renderer.h"
#include "grammar/base/python_version.h"

namespace overt::harness {
namespace {

constexpr absl::string_view kInstalled = "site-packages/";

std::string EnvironmentFolder() {
  return absl::StrCat(".venv/lib/python", grammar::ToString(grammar::kDefaultPython), "/");
}

std::string StubIndexPath() {
  const char* path = std::getenv("OVERT_STUB_INDEX");
  return path != nullptr ? path : OVERT_STUB_INDEX_PATH;
}

bool IsPython(absl::string_view path) { return absl::EndsWith(path, ".py") || absl::EndsWith(path, ".pyi"); }

// The files that a test has checked: its own, not those it installs.
std::vector<std::string> CheckedFiles(const SuiteTest& test, const std::string& folder) {
  std::vector<std::string> paths;
  for (const SuiteFile& file : test.files) {
    if (IsPython(file.path) && !absl::StartsWith(file.path, kInstalled))
      paths.push_back(absl::StrCat(folder, "/", file.path));
  }
  return paths;
}

driver::ConfigRequest RequestFor(const std::string& folder, const SuiteTest& test, const RunOptions& options) {
  driver::ConfigRequest request;
  request.current_folder = folder;
  const auto configures = [](const SuiteFile& file) {
    return absl::EndsWith(file.path, "pyproject.toml") || absl::EndsWith(file.path, "overt.toml");
  };
  const bool configured = !test.config.empty() || std::any_of(test.files.begin(), test.files.end(), configures);
  request.isolated = !configured;
  const absl::Span<const Rule> rules = RulesNamed(options.page_rule);
  if (!configured && rules.size() == 1 && InfoOf(rules.front()).default_severity == Severity::kIgnore) {
    request.levels.emplace_back(options.page_rule, Severity::kError);
  }
  return request;
}

// The texts that a rendering asks for, read once.
class Sources {
 public:
  explicit Sources(const driver::CheckResult& result) {
    for (const driver::FileReport& report : result.files) program_ = report.program;
  }
  void Use(std::shared_ptr<const program::Program> program) {
    if (program != program_) texts_.clear();
    program_ = std::move(program);
  }
  SourceView Find(FileId file) {
    auto found = texts_.find(file.raw);
    if (found == texts_.end()) found = texts_.emplace(file.raw, program_->Text(file)).first;
    return {program_->file(file).display, found->second.text, found->second.line_starts};
  }

 private:
  std::shared_ptr<const program::Program> program_;
  std::map<uint32_t, program::FileText> texts_;
};

}  // namespace

namespace {

// Without the comments that say what is found: `# error: …` and the blanks before it.
std::string WithoutExpectations(const std::string& text) {
  std::string out;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    size_t end = line.size();
    for (const absl::string_view word : {"# error:", "# warning:", "# info:"}) end = std::min(end, line.find(word));
    absl::string_view kept = line.substr(0, end);
    if (end < line.size()) kept = absl::StripTrailingAsciiWhitespace(kept);
    if (end < line.size() && kept.empty()) continue;
    absl::StrAppend(&out, kept, "\n");
  }
  out.pop_back();
  return out;
}

// The texts of a test's files after all fixes, by path as written in the test.
std::map<std::string, std::string> FixedTexts(driver::Session& session, const std::string& folder,
                                              const SuiteTest& test) {
  const std::vector<std::string> files = CheckedFiles(test, folder);
  driver::FixRequest request;
  if (test.unsafe_fixes) request.most = Fix::Applicability::kUnsafe;
  driver::FixRun run(session, files, request);
  run.Fix(session.Check(files, {}), {});
  std::map<std::string, std::string> texts;
  for (const auto& [path, text] : run.Texts()) texts[path.substr(folder.size() + 1)] = text;
  for (const std::string& path : run.broken()) texts[path] = "broken by its fix";
  return texts;
}

}  // namespace

std::string Render(const driver::CheckResult& result, const std::string& format) {
  const std::unique_ptr<Renderer> renderer = MakeRenderer(format, {});
  std::string out;
  Sources sources(result);
  renderer->Begin(out);
  for (const driver::FileReport& report : result.files) {
    sources.Use(report.program);
    for (const Diagnostic& diagnostic : report.diagnostics) {
      renderer->Add(diagnostic, [&](FileId file) { return sources.Find(file); }, out);
    }
  }
  RenderSummary summary;
  summary.errors = result.errors;
  summary.warnings = result.warnings;
  summary.infos = result.infos;
  summary.files = result.files.size();
  renderer->End(summary, out);
  return out;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "overt-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    std::cerr << "cannot make a temporary folder like " << pattern << "\n";
    std::abort();
  }
  path_ = std::filesystem::canonical(pattern).string();
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string PlaceOf(const SuiteFile& file) {
  return absl::StartsWith(file.path, kInstalled) ? absl::StrCat(EnvironmentFolder(), file.path) : file.path;
}

void WriteTestFiles(const SuiteTest& test, const std::string& folder) {
  bool has_environment = false;
  for (const SuiteFile& file : test.files) {
    WriteWholeFile(absl::StrCat(folder, "/", PlaceOf(file)), file.text);
    has_environment = has_environment || absl::StartsWith(file.path, kInstalled);
  }
  if (!test.config.empty()) WriteWholeFile(absl::StrCat(folder, "/overt.toml"), test.config);
  if (has_environment) {
    const std::string version = grammar::ToString(grammar::kDefaultPython);
    WriteWholeFile(absl::StrCat(folder, "/.venv/pyvenv.cfg"),
                   absl::StrCat("home = /usr/bin\ninclude-system-site-packages = false\nversion = ", version, ".0\n"));
  }
}

SuiteWorld::SuiteWorld() {
  auto opened = stubs::StubIndex::Open(StubIndexPath());
  if (!opened.ok()) {
    std::cerr << std::string(opened.status().message()) << "\n";
    std::abort();
  }
  stubs_ = std::make_shared<program::BoundStubs>(*std::move(opened));
}

std::unique_ptr<driver::Session> SuiteWorld::OpenSession(const std::string& folder, const SuiteTest& test,
                                                         const RunOptions& options) const {
  auto loader = std::make_shared<const driver::ConfigLoader>(RequestFor(folder, test, options));
  driver::SessionOptions session;
  session.current_folder = folder;
  session.threads = options.threads;
  session.stubs = stubs_;
  session.settings_for = [loader](const std::string& path) { return loader->SettingsFor(path); };
  return std::make_unique<driver::Session>(std::move(session));
}

RunResult SuiteWorld::Check(driver::Session& session, const std::string& folder, const SuiteTest& test,
                            const RunOptions& options) const {
  std::vector<std::string> files = CheckedFiles(test, folder);
  if (options.shuffle_seed != 0) {
    std::mt19937_64 random(options.shuffle_seed);
    std::shuffle(files.begin(), files.end(), random);
  }
  const driver::CheckResult checked = session.Check(files, {});
  RunResult result;
  for (const driver::FileReport& report : checked.files) {
    if (!report.internal_error.empty()) {
      result.problems.push_back(absl::StrCat(report.display, ": internal error: ", report.internal_error));
    }
    const program::FileText text = report.program->Text(report.file);
    for (const Diagnostic& diagnostic : report.diagnostics) {
      const uint32_t line = LineOf(text.line_starts, diagnostic.primary.span.range.begin);
      const absl::string_view severity = SeverityName(diagnostic.severity);
      result.observed.push_back(
          {report.display, line + 1, std::string(severity), std::string(NameOf(diagnostic.rule)), diagnostic.title});
    }
  }
  result.full = Render(checked, "full");
  result.concise = Render(checked, "concise");
  return result;
}

RunResult SuiteWorld::Run(const SuiteTest& test, const RunOptions& options) const {
  const TemporaryFolder folder;
  WriteTestFiles(test, folder.path());
  const driver::ConfigLoader loader(RequestFor(folder.path(), test, options));
  for (const std::string& path : CheckedFiles(test, folder.path())) loader.SettingsFor(path);
  const std::unique_ptr<driver::Session> session = OpenSession(folder.path(), test, options);
  RunResult result = Check(*session, folder.path(), test, options);
  for (const driver::ConfigProblem& problem : loader.problems()) {
    result.problems.push_back(absl::StrCat(problem.file, ":", problem.line, ": ", problem.message));
  }
  return result;
}

std::vector<std::string> SuiteWorld::CompareFixes(const Suite& suite, const SuiteTest& test,
                                                  const RunOptions& options) const {
  const TemporaryFolder folder;
  WriteTestFiles(test, folder.path());
  std::map<std::string, std::string> texts =
      FixedTexts(*OpenSession(folder.path(), test, options), folder.path(), test);
  std::vector<std::string> problems;
  for (const SuiteFile& wanted : test.fixed) {
    const auto found = texts.find(wanted.path);
    const std::string text = found == texts.end() ? "(nothing was fixed)\n" : WithoutExpectations(found->second);
    if (text != WithoutExpectations(wanted.text)) {
      problems.push_back(absl::StrCat(suite.path, ":", wanted.line, ": `", wanted.path, "` becomes\n", text));
    }
    if (found == texts.end()) continue;
    WriteWholeFile(absl::StrCat(folder.path(), "/", wanted.path), found->second);
    texts.erase(found);
  }
  for (const auto& [path, text] : texts) {
    problems.push_back(absl::StrCat(suite.path, ":", test.line, ": `", path, "` should stay and becomes\n", text));
  }
  for (const auto& [path, text] : FixedTexts(*OpenSession(folder.path(), test, options), folder.path(), test)) {
    problems.push_back(absl::StrCat(suite.path, ":", test.line, ": a second run makes of `", path, "`\n", text));
  }
  return problems;
}

}  // namespace overt::harness
