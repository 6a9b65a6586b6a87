#include "checker/driver/commands/timings.h"

#include <nlohmann/json.hpp>

#include "absl/algorithm/container.h"
#include "checker/driver/commands/steps.h"
#include "checker/driver/parallel.h"

namespace overt::driver {
namespace {

// To a thousandth: what stands behind it is noise.
double Milliseconds(std::chrono::steady_clock::duration time) {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(time).count()) / 1000;
}

}  // namespace

void Timings::Add(const char* name, Clock::duration time) {
  const auto known = absl::c_find_if(phases_, [&](const auto& phase) { return phase.first == name; });
  if (known == phases_.end()) {
    phases_.emplace_back(name, time);
  } else {
    known->second += time;
  }
}

void Timings::Count(const CheckResult& result) {
  files_ = result.files.size();
  for (const FileReport& file : result.files) {
    classes_ += file.classes;
    if (file.internal_error.empty()) bytes_ += file.program->Text(file.file).text.size();
  }
}

std::string Timings::Json(unsigned threads) const {
  nlohmann::ordered_json phases = nlohmann::ordered_json::object();
  Clock::duration total{};
  for (const auto& [name, time] : phases_) {
    phases[name] = Milliseconds(time);
    total += time;
  }
  return JsonDocument({{"schema_version", 1},
                       {"phases_ms", std::move(phases)},
                       {"total_ms", Milliseconds(total)},
                       {"files", files_},
                       {"bytes", bytes_},
                       {"classes", classes_},
                       {"threads", ArenaFor(threads).max_concurrency()}});
}

}  // namespace overt::driver
