// Whatever a client sends, the server lives, says only JSON-RPC, and answers each request exactly once.
//
// The input is a dialogue: each line is a message, sent as it is. `{` begins a whole message; other lines are short
// forms, so that mutations stay meaningful (a number is taken modulo what there is):
//
//   o 0 text…          didOpen of document 0 (\n in the text is a line end)
//   e 0 3 4 3 9 text…  didChange of a range
//   c 0                didClose
//   p 0                textDocument/diagnostic
//   w                  workspace/diagnostic
//   r 0 3 1 8          request 3 of those about a place in document 0
//   n 1                request 1 of those that take the last item that was answered
//   a 0 1 0 2 8        textDocument/codeAction of a range
//   k 1 0              command 1, for document 0
//   x 5                $/cancelRequest of request 5
//   s                  shutdown
//   h 1                initialize, if it was not sent yet; 0 by a client that can do nothing, 1 by one that can do all
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "checker/lsp/framing.h"
#include "checker/lsp/json.h"
#include "checker/lsp/server.h"
#include "checker/lsp/uri.h"
#include "tests/fuzz/canary.h"
#include "tests/harness/suite_runner.h"

namespace overt::fuzz {
namespace {

using lsp::Json;

constexpr const char* kNames[] = {"main.py", "base.py", "overt.toml", "stub.pyi"};

constexpr const char* kPlaceRequests[] = {"textDocument/hover",
                                          "textDocument/definition",
                                          "textDocument/declaration",
                                          "textDocument/implementation",
                                          "textDocument/prepareTypeHierarchy",
                                          "textDocument/completion",
                                          "textDocument/documentSymbol",
                                          "textDocument/codeLens",
                                          "overt/superMember",
                                          "overt/gutter",
                                          "overt/environment",
                                          "workspace/symbol",
                                          "textDocument/documentLink",
                                          "overt/impact"};
constexpr const char* kItemRequests[] = {"typeHierarchy/supertypes", "typeHierarchy/subtypes", "codeLens/resolve"};
constexpr const char* kCommands[] = {"overt.fixAll", "overt.addOverrideInWorkspace", "overt.nothing"};

Json AllCapabilities() {
  return Json::parse(R"({
    "general": {"positionEncodings": ["utf-8"]},
    "experimental": {"overt": true},
    "textDocument": {
      "hover": {"contentFormat": ["markdown"]},
      "codeAction": {"codeActionLiteralSupport": {}},
      "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
      "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}}},
    "workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true}, "codeLens": {"refreshSupport": true}}})");
}

// Everything that the server said: answers counted by id, and whether it was all JSON-RPC.
class Witness final : public lsp::MessageSink {
 public:
  void Send(std::string body, const std::string&) override {
    const Json message = Json::parse(body, nullptr, false);
    Require(message.is_object() && lsp::StringAt(message, {"jsonrpc"}) == "2.0", "a message that is no JSON-RPC");
    absl::MutexLock lock(&mutex_);
    if (message.contains("method")) {
      if (lsp::StringAt(message, {"method"}) != "textDocument/publishDiagnostics") return;
      for (const Json& one : message["params"]["diagnostics"]) codes_.push_back(lsp::StringAt(one, {"code"}));
      return;
    }
    Require(message.contains("id"), "an answer without an id");
    Require(message.contains("result") != message.contains("error"), "an answer that is not one thing");
    ++answers_[message["id"].dump()];
    const auto result = message.find("result");
    if (result != message.end() && result->is_array() && !result->empty()) item_ = result->front();
  }
  int answers(const std::string& id) {
    absl::MutexLock lock(&mutex_);
    return answers_[id];
  }
  // The first of the last list that was an answer.
  Json item() {
    absl::MutexLock lock(&mutex_);
    return item_;
  }
  bool has(const std::string& code) {
    absl::MutexLock lock(&mutex_);
    return std::find(codes_.begin(), codes_.end(), code) != codes_.end();
  }

 private:
  absl::Mutex mutex_;
  std::map<std::string, int> answers_;
  std::vector<std::string> codes_;
  Json item_;
};

class World {
 public:
  World() {
    auto stubs = stubs::StubIndex::Open(OVERT_STUB_INDEX_PATH);
    Require(stubs.ok(), "no stubs");
    surroundings_.stubs = std::make_shared<program::BoundStubs>(*std::move(stubs));
    surroundings_.global.threads = 1;
    surroundings_.global.config.current_folder = folder_.path();
    // Where copies of bundled stubs go.
    setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1);
  }

  void Run(absl::string_view input) {
    Witness witness;
    std::map<std::string, int> asked;
    {
      lsp::Server server(surroundings_, witness);
      Dialogue dialogue{*this, server, witness, asked};
      for (const absl::string_view line : absl::StrSplit(input, absl::MaxSplits('\n', 60))) {
        if (server.exit_code()) break;
        dialogue.Say(line);
      }
      server.WaitUntilIdle();
      for (const auto& [id, count] : asked) {
        Require(witness.answers(id) == count, "a request without an answer, or with two");
      }
    }
    SpringCanary(witness.has("syntax-error") && witness.has("configuration"));
  }

 private:
  struct Dialogue {
    World& world;
    lsp::Server& server;
    Witness& witness;
    std::map<std::string, int>& asked;
    int next_id = 1;
    bool said_hello = false;

    std::string Uri(size_t number) const {
      return lsp::UriOfPath(absl::StrCat(world.folder_.path(), "/", kNames[number % std::size(kNames)]));
    }

    void Send(const Json& message) {
      if (message.contains("id")) ++asked[message["id"].dump()];
      server.Handle(lsp::WriteJson(message));
    }
    void Tell(const char* method, Json params) {
      Send({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
    }
    void Ask(const char* method, Json params) {
      Send({{"jsonrpc", "2.0"}, {"id", next_id++}, {"method", method}, {"params", std::move(params)}});
    }

    void AskAboutItem(const char* method) {
      server.WaitUntilIdle();
      const Json item = witness.item();
      Ask(method, absl::StartsWith(method, "codeLens") ? item : Json{{"item", item}});
    }

    void Say(absl::string_view line) {
      if (line.empty()) return;
      // A message of the fuzzer's own make may be malformed, and then its id is not held against the server. Its ids
      // are kept apart from ours.
      if (line[0] == '{' || line[0] == '[') return server.Handle(absl::StrReplaceAll(line, {{"\"id\":", "\"id\":-"}}));
      std::vector<std::string> words = absl::StrSplit(line, absl::MaxSplits(' ', 6));
      uint32_t numbers[6] = {};
      size_t count = 0;
      while (count < 5 && count + 1 < words.size() && absl::SimpleAtoi(words[count + 1], &numbers[count])) ++count;
      const size_t text_at = line.find_last_of(' ');
      const std::string text = absl::StrReplaceAll(text_at == absl::string_view::npos ? "" : line.substr(text_at + 1),
                                                   {{"\\n", "\n"}, {"_", " "}});
      const Json document = {{"uri", Uri(numbers[0])}};
      switch (line[0]) {
        case 'h':
          if (std::exchange(said_hello, true)) return;
          return Ask("initialize", {{"capabilities", numbers[0] % 2 == 0 ? Json::object() : AllCapabilities()},
                                    {"rootUri", lsp::UriOfPath(world.folder_.path())}});
        case 'o':
          return Tell(
              "textDocument/didOpen",
              {{"textDocument", {{"uri", Uri(numbers[0])}, {"languageId", "python"}, {"version", 1}, {"text", text}}}});
        case 'e':
          return Tell("textDocument/didChange", {{"textDocument", document},
                                                 {"contentChanges",
                                                  {{{"range",
                                                     {{"start", {{"line", numbers[1]}, {"character", numbers[2]}}},
                                                      {"end", {{"line", numbers[3]}, {"character", numbers[4]}}}}},
                                                    {"text", text}}}}});
        case 'c': return Tell("textDocument/didClose", {{"textDocument", document}});
        case 'p': return Ask("textDocument/diagnostic", {{"textDocument", document}});
        case 'r':
          return Ask(kPlaceRequests[numbers[1] % std::size(kPlaceRequests)],
                     {{"textDocument", document},
                      {"position", {{"line", numbers[2]}, {"character", numbers[3]}}},
                      {"query", text}});
        case 'n': return AskAboutItem(kItemRequests[numbers[0] % std::size(kItemRequests)]);
        case 'a':
          return Ask("textDocument/codeAction", {{"textDocument", document},
                                                 {"range",
                                                  {{"start", {{"line", numbers[1]}, {"character", numbers[2]}}},
                                                   {"end", {{"line", numbers[3]}, {"character", numbers[4]}}}}},
                                                 {"context", {{"diagnostics", Json::array()}}}});
        case 'k':
          return Ask("workspace/executeCommand",
                     {{"command", kCommands[numbers[0] % std::size(kCommands)]}, {"arguments", {Uri(numbers[1])}}});
        case 'w': return Ask("workspace/diagnostic", {{"previousResultIds", Json::array()}});
        case 'x': return Tell("$/cancelRequest", {{"id", numbers[0]}});
        case 's': return Ask("shutdown", nullptr);
        default: return;
      }
    }
  };

  harness::TemporaryFolder folder_;
  lsp::Surroundings surroundings_;
};

}  // namespace
}  // namespace overt::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static auto* world = new overt::fuzz::World;
  world->Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
