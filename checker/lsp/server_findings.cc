#include "checker/lsp/server_findings.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "checker/lsp/json.h"
#include "checker/lsp/server.h"
#include "checker/lsp/uri.h"
#include "stubs/locate.h"

namespace overt::lsp {
namespace {

constexpr int kHello = 1;
constexpr int kPull = 2;

// Keeps the answer to the pull.
class PulledReports final : public MessageSink {
 public:
  void Send(std::string body, const std::string&) override {
    Json message = Json::parse(body);
    if (IntegerAt(message, {"id"}) != kPull || message.contains("method")) return;
    absl::MutexLock lock(&mutex_);
    answer_ = std::move(message);
  }
  Json Take() {
    absl::MutexLock lock(&mutex_);
    return std::move(answer_);
  }

 private:
  absl::Mutex mutex_;
  Json answer_ ABSL_GUARDED_BY(mutex_);
};

void Tell(Server& server, const char* method, Json params, int id = 0) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
  if (id != 0) message["id"] = id;
  server.Handle(WriteJson(message));
}

Severity SeverityOf(int64_t number) {
  return number == 1 ? Severity::kError : number == 2 ? Severity::kWarning : Severity::kInfo;
}

driver::SeenFinding ReadFinding(const std::string& path, const Json& item) {
  return {path, static_cast<uint32_t>(IntegerAt(item, {"range", "start", "line"}).value_or(0)),
          static_cast<uint32_t>(IntegerAt(item, {"range", "start", "character"}).value_or(0)), StringAt(item, {"code"}),
          SeverityOf(IntegerAt(item, {"severity"}).value_or(0))};
}

}  // namespace

absl::StatusOr<std::vector<driver::SeenFinding>> FindingsOfServer(const driver::GlobalOptions& global) {
  auto stubs = stubs::StubIndex::Open(stubs::FindBundledStubs());
  if (!stubs.ok()) return stubs.status();
  PulledReports sink;
  Server server(Surroundings{global, std::make_shared<program::BoundStubs>(*std::move(stubs))}, sink);
  // Columns in code points, as the command line counts them.
  Tell(server, "initialize",
       {{"capabilities", {{"general", {{"positionEncodings", {"utf-32"}}}}}},
        {"rootUri", UriOfPath(global.config.start())},
        {"initializationOptions", {{"diagnosticMode", "workspace"}, {"showBaselined", false}}}},
       kHello);
  Tell(server, "initialized", Json::object());
  Tell(server, "workspace/diagnostic", {{"previousResultIds", Json::array()}}, kPull);
  server.WaitUntilIdle();
  const Json answer = sink.Take();
  server.Stop();
  const Json* reports = Find(answer, {"result", "items"});
  if (reports == nullptr) {
    const std::string why = StringAt(answer, {"error", "message"});
    return absl::UnavailableError(why.empty() ? "the language server gave no answer" : why);
  }
  std::vector<driver::SeenFinding> findings;
  for (const Json& report : *reports) {
    const std::string path = PathOfUri(StringAt(report, {"uri"})).value_or("");
    for (const Json& item : report["items"]) findings.push_back(ReadFinding(path, item));
  }
  return findings;
}

}  // namespace overt::lsp
