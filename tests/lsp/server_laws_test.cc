// Laws of the language server, within one process: after any edits, to buffers and on disk, what the client was told is
// what a run says that never saw an edit.
//
//   $ OVERT_LAW_SEED=7 OVERT_LAW_STEPS=20000 server_laws_test
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "checker/lsp/diagnostics_json.h"
#include "checker/lsp/server.h"
#include "checker/lsp/uri.h"
#include "tests/harness/md_suite.h"
#include "tests/harness/suite_runner.h"

namespace overt::lsp {
namespace {

uint64_t NumberFrom(const char* variable, uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::shared_ptr<program::BoundStubs> Stubs() {
  static const auto stubs = std::make_shared<program::BoundStubs>(*stubs::StubIndex::Open(OVERT_STUB_INDEX_PATH));
  return stubs;
}

// What a client would show: the diagnostics of each document as they were pushed last.
class Screen final : public MessageSink {
 public:
  void Send(std::string body, const std::string&) override {
    Json message = Json::parse(body);
    absl::MutexLock lock(&mutex_);
    if (StringAt(message, {"method"}) != "textDocument/publishDiagnostics") return;
    shown_[StringAt(message, {"params", "uri"})] = message["params"]["diagnostics"];
  }
  Json Shown(const std::string& uri) {
    absl::MutexLock lock(&mutex_);
    const auto found = shown_.find(uri);
    return found == shown_.end() ? Json::array() : found->second;
  }

 private:
  absl::Mutex mutex_;
  std::map<std::string, Json> shown_;
};

// An editor at work on a test's files: types at random, opens, closes, saves, and changes files behind the server's
// back.
class Editor {
 public:
  Editor(const harness::SuiteTest& test, const std::string& folder, uint64_t seed) : folder_(folder), random_(seed) {
    harness::WriteTestFiles(test, folder);
    for (const harness::SuiteFile& file : test.files) {
      const std::string path = absl::StrCat(folder, "/", harness::PlaceOf(file));
      if (absl::EndsWith(path, ".py") || absl::EndsWith(path, ".pyi")) disk_[path] = file.text;
    }
    for (const auto& [path, text] : disk_) paths_.push_back(path);
    surroundings_.stubs = Stubs();
    surroundings_.global.threads = 1;
    surroundings_.global.config.current_folder = folder;
    server_ = std::make_unique<Server>(surroundings_, screen_);
    Tell("initialize",
         {{"capabilities", {{"textDocument", {{"publishDiagnostics", {{"relatedInformation", true}}}}}}},
          {"rootUri", UriOfPath(folder)}},
         1);
    Tell("initialized", Json::object());
  }

  bool has_files() const { return !paths_.empty(); }
  const std::string& history() const { return history_; }

  void OpenAll() {
    for (const std::string& path : paths_) Open(path);
  }

  void Step() {
    const std::string path = paths_[Pick(paths_.size())];
    const size_t what = Pick(20);
    if (what == 0 && buffers_.contains(path)) return Close(path);
    if (what == 1) return WriteDisk(path);
    if (what == 2 && disk_.contains(path)) return RemoveFile(path);
    if (!buffers_.contains(path)) return Open(path);
    Type(path);
  }

  // Compares what is shown with a run over the same folder that begins now.
  void ExpectWhatAColdRunSays() {
    server_->WaitUntilIdle();
    const Root cold(folder_, EditorSettings(), surroundings_);
    OpenDocuments open;
    std::vector<std::string> files;
    for (const auto& [path, document] : buffers_) {
      cold.session()->SetOverlay(path, document->text());
      open[path] = document;
      files.push_back(path);
    }
    Client client;
    client.related_information = true;
    for (const driver::FileReport& report : cold.session()->Check(files, {}).files) {
      EXPECT_EQ(WriteJson(screen_.Shown(UriOfPath(report.path))), WriteJson(WriteFindings(report, client, open)))
          << report.path;
    }
  }

 private:
  size_t Pick(size_t count) { return static_cast<size_t>(random_() % count); }

  void Tell(const char* method, Json params, int id = 0) {
    Json message = {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
    if (id != 0) message["id"] = id;
    server_->Handle(WriteJson(message));
  }

  void Keep(const std::string& path, std::string text) {
    absl::StrAppend(&history_, "buffer ", path, ":\n", text, "\n---\n");
    buffers_[path] =
        std::make_shared<const Document>(UriOfPath(path), path, Document::Kind::kPython, ++version_, std::move(text));
  }

  void Open(const std::string& path) {
    if (buffers_.contains(path)) return;
    const auto there = disk_.find(path);
    const std::string text = there == disk_.end() ? "" : there->second;
    Keep(path, text);
    Tell("textDocument/didOpen",
         {{"textDocument",
           {{"uri", UriOfPath(path)}, {"languageId", "python"}, {"version", version_}, {"text", text}}}});
  }

  void Close(const std::string& path) {
    absl::StrAppend(&history_, "close ", path, "\n");
    buffers_.erase(path);
    Tell("textDocument/didClose", {{"textDocument", {{"uri", UriOfPath(path)}}}});
  }

  void Watched(const std::string& path, int kind) {
    Tell("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", UriOfPath(path)}, {"type", kind}}}}});
  }

  void WriteDisk(const std::string& path) {
    const bool is_new = !disk_.contains(path);
    const auto open = buffers_.find(path);
    disk_[path] = open != buffers_.end() ? *open->second->text() : Damaged(is_new ? "" : disk_[path]);
    harness::WriteWholeFile(path, disk_[path]);
    absl::StrAppend(&history_, "write ", path, ":\n", disk_[path], "\n---\n");
    Watched(path, is_new ? 1 : 2);
  }

  void RemoveFile(const std::string& path) {
    disk_.erase(path);
    std::filesystem::remove(path);
    absl::StrAppend(&history_, "remove ", path, "\n");
    Watched(path, 3);
  }

  // A piece of some text of this test: what people paste.
  std::string Piece() {
    const auto any = std::next(disk_.begin(), static_cast<std::ptrdiff_t>(disk_.empty() ? 0 : Pick(disk_.size())));
    static constexpr const char* kTyped[] = {
        "\n",      "    ", ")", "(",    ":",    "\"", "\"\"\"", "#", "class X(", "def ", "@", "\xF0\x9F\x8C\x8A",
        "import ", "\\\n", ".", "pass", "\r\n", "=",  ","};
    if (disk_.empty() || Pick(3) != 0) return kTyped[Pick(std::size(kTyped))];
    const std::string& text = any->second;
    const std::vector<uint32_t> lines = ProtocolLineStarts(text);
    const size_t first = Pick(lines.size());
    const size_t end = std::min(lines.size() - 1, first + 1 + Pick(3));
    return first < end ? text.substr(lines[first], lines[end] - lines[first]) : "x";
  }

  // Between characters: no editor can be sent half of one.
  std::string Damaged(std::string text) {
    size_t at = Pick(text.size() + 1);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    return text.insert(at, Piece());
  }

  // One `didChange` with a range, which is also applied here by other code than the server's.
  void Type(const std::string& path) {
    const std::shared_ptr<const Document> document = buffers_.at(path);
    const std::string& text = *document->text();
    const PositionMap map = document->map(PositionEncoding::kUtf16);
    const Position start = map.ToPosition(static_cast<uint32_t>(Pick(text.size() + 1)));
    const uint32_t begin = map.ToOffset(start);
    const size_t most = std::min<size_t>(text.size() - begin, Pick(4) == 0 ? 60 : 3);
    const Position end = map.ToPosition(begin + static_cast<uint32_t>(Pick(most + 1)));
    const uint32_t last = std::max(begin, map.ToOffset(end));
    const std::string piece = Pick(4) == 0 ? "" : Piece();
    Keep(path, absl::StrCat(text.substr(0, begin), piece, text.substr(last)));
    Tell("textDocument/didChange",
         {{"textDocument", {{"uri", UriOfPath(path)}, {"version", version_}}},
          {"contentChanges",
           {{{"range", {{"start", WritePosition(map.ToPosition(begin))}, {"end", WritePosition(map.ToPosition(last))}}},
             {"text", piece}}}}});
  }

  std::string folder_;
  std::mt19937_64 random_;
  std::map<std::string, std::string> disk_;
  std::map<std::string, std::shared_ptr<const Document>> buffers_;
  std::vector<std::string> paths_;
  int64_t version_ = 0;
  std::string history_;
  Surroundings surroundings_;
  Screen screen_;
  std::unique_ptr<Server> server_;
};

std::vector<harness::SuiteTest> AllTests() {
  std::vector<harness::SuiteTest> tests;
  for (const char* folder : {"/tests/suites", "/diagnostics/docs"}) {
    for (const harness::Suite& suite : harness::LoadSuites(absl::StrCat(OVERT_SOURCE_DIR, folder))) {
      tests.insert(tests.end(), suite.tests.begin(), suite.tests.end());
    }
  }
  return tests;
}

TEST(ServerLaws, AfterAnyEditsTheClientIsToldWhatAColdRunSays) {
  const std::vector<harness::SuiteTest> tests = AllTests();
  const uint64_t wanted = NumberFrom("OVERT_LAW_STEPS", 5000);
  const uint64_t first_seed = NumberFrom("OVERT_LAW_SEED", 20260301);
  const uint64_t for_each = wanted / tests.size() + 1;
  uint64_t steps = 0, seed = first_seed;
  for (const harness::SuiteTest& test : tests) {
    SCOPED_TRACE(test.title);
    const harness::TemporaryFolder folder;
    Editor editor(test, folder.path(), ++seed);
    if (!editor.has_files()) continue;
    editor.OpenAll();
    for (uint64_t step = 0; step < for_each; ++step, ++steps) {
      editor.Step();
      editor.ExpectWhatAColdRunSays();
      ASSERT_FALSE(testing::Test::HasFailure()) << "OVERT_LAW_SEED " << seed - 1 << "\n" << editor.history();
    }
  }
  std::cout << steps << " steps in " << tests.size() << " folders\n";
  EXPECT_GE(steps, wanted * 9 / 10);
}

// Messages that come faster than they are worked on: only the end counts.
TEST(ServerLaws, ABurstOfEditsEndsLikeOneEdit) {
  uint64_t seed = NumberFrom("OVERT_LAW_SEED", 20260301);
  for (const harness::SuiteTest& test : AllTests()) {
    SCOPED_TRACE(test.title);
    const harness::TemporaryFolder folder;
    Editor editor(test, folder.path(), ++seed);
    if (!editor.has_files()) continue;
    editor.OpenAll();
    for (int step = 0; step < 20; ++step) editor.Step();
    editor.ExpectWhatAColdRunSays();
    ASSERT_FALSE(testing::Test::HasFailure()) << "OVERT_LAW_SEED " << seed - 1 << "\n" << editor.history();
  }
}

}  // namespace
}  // namespace overt::lsp

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
