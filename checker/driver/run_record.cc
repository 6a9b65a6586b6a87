#include "checker/driver/run_record.h"

#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>

#include "absl/strings/string_view.h"
#include "checker/program/tree_store.h"

namespace overt::driver {
namespace {

using grammar::DiskLog;

constexpr uint64_t kRecordFormat = 0x4f56525231;  // raise the last digit when a field changes

// Numbers as they lie in memory, texts behind their lengths.
class RecordWriter {
 public:
  template <typename T>
    requires std::is_trivially_copyable_v<T>
  void Put(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  void PutText(absl::string_view text) {
    Put(uint64_t{text.size()});
    bytes_.append(text.data(), text.size());
  }
  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what a `RecordWriter` wrote, or anything: past the end everything is zero and `is_good` is false.
class RecordReader {
 public:
  explicit RecordReader(absl::Span<const uint8_t> bytes) : bytes_(bytes) {}

  template <typename T>
    requires std::is_trivially_copyable_v<T>
  T Get() {
    T value{};
    if (!Has(sizeof(value))) return value;
    std::memcpy(&value, bytes_.data(), sizeof(value));
    bytes_.remove_prefix(sizeof(value));
    return value;
  }
  std::string GetText() {
    const auto size = Get<uint64_t>();
    if (!Has(size)) return "";
    std::string text(reinterpret_cast<const char*>(bytes_.data()), size);
    bytes_.remove_prefix(size);
    return text;
  }
  // How many items follow, each of a byte at least.
  uint64_t GetCount() {
    const auto count = Get<uint64_t>();
    return Has(count) ? count : 0;
  }
  bool is_good() const { return is_good_; }

 private:
  bool Has(uint64_t size) {
    is_good_ = is_good_ && size <= bytes_.size();
    return is_good_;
  }

  absl::Span<const uint8_t> bytes_;
  bool is_good_ = true;
};

void PutEntry(RecordWriter& out, const DiskLog::Entry& entry) {
  out.Put(static_cast<uint8_t>(entry.question));
  out.Put(entry.argument);
  out.Put(static_cast<uint8_t>(entry.is_settled));
  out.Put(static_cast<uint8_t>(entry.has_failed));
  out.PutText(entry.path);
  out.Put(entry.stamp);
  out.Put(entry.answer);
}

std::optional<DiskLog::Entry> GetEntry(RecordReader& in) {
  DiskLog::Entry entry;
  const auto question = in.Get<uint8_t>();
  if (question > static_cast<uint8_t>(DiskLog::Question::kIsLink)) return std::nullopt;
  entry.question = static_cast<DiskLog::Question>(question);
  entry.argument = in.Get<uint8_t>();
  entry.is_settled = in.Get<uint8_t>() != 0;
  entry.has_failed = in.Get<uint8_t>() != 0;
  entry.path = in.GetText();
  entry.stamp = in.Get<grammar::FileStamp>();
  entry.answer = in.Get<grammar::ContentId>();
  return entry;
}

std::string Written(const RunRecord& record) {
  RecordWriter out;
  out.Put(kRecordFormat);
  out.Put(record.exit_code);
  out.Put(record.files);
  out.PutText(record.summary);
  out.Put(uint64_t{record.output.size()});
  for (const OutputChunk& chunk : record.output) {
    out.Put(chunk.descriptor);
    out.PutText(chunk.text);
  }
  out.Put(uint64_t{record.variables.size()});
  for (const DiskLog::Variable& variable : record.variables) {
    out.PutText(variable.name);
    out.Put(static_cast<uint8_t>(variable.value.has_value()));
    out.PutText(variable.value.value_or(""));
  }
  out.Put(uint64_t{record.asked.size()});
  for (const DiskLog::Entry& entry : record.asked) PutEntry(out, entry);
  return std::move(out).Take();
}

// Nothing if it is no record, or as soon as an answer is another one.
std::optional<RunRecord> ReadIfItHolds(absl::Span<const uint8_t> bytes, bool* renewed) {
  RecordReader in(bytes);
  if (in.Get<uint64_t>() != kRecordFormat) return std::nullopt;
  RunRecord record;
  record.exit_code = in.Get<int>();
  record.files = in.Get<uint64_t>();
  record.summary = in.GetText();
  for (uint64_t left = in.GetCount(); left > 0 && in.is_good(); --left) {
    const int descriptor = in.Get<int>();
    record.output.push_back({descriptor, in.GetText()});
  }
  for (uint64_t left = in.GetCount(); left > 0 && in.is_good(); --left) {
    DiskLog::Variable variable;
    variable.name = in.GetText();
    const bool has_value = in.Get<uint8_t>() != 0;
    std::string value = in.GetText();
    if (has_value) variable.value = std::move(value);
    if (EnvironmentVariable(variable.name.c_str()) != variable.value) return std::nullopt;
    record.variables.push_back(std::move(variable));
  }
  const uint64_t count = in.GetCount();
  record.asked.reserve(count);
  for (uint64_t i = 0; i < count && in.is_good(); ++i) {
    std::optional<DiskLog::Entry> entry = GetEntry(in);
    if (!entry || !in.is_good()) return std::nullopt;
    const bool was_settled = entry->is_settled;
    const grammar::FileStamp stamp = entry->stamp;
    if (!DiskLog::Holds(*entry)) return std::nullopt;
    *renewed |= entry->is_settled && (!was_settled || !(stamp == entry->stamp));
    record.asked.push_back(*std::move(entry));
  }
  if (!in.is_good()) return std::nullopt;
  return record;
}

program::CacheKey KeyOf(const RunRequest& request) {
  program::CacheKeyMaker key;
  key.Add("run").Add(request.program).Add(request.stubs).Add(request.current_folder).Add(request.words.size());
  for (const std::string& word : request.words) key.Add(word);
  key.Add(uint64_t{request.stdout_is_terminal}).Add(uint64_t{request.stderr_is_terminal}).Add(request.width);
  return key.Add(request.user).Add(request.group).Finish();
}

}  // namespace

std::optional<RunRecord> FindRun(program::CacheStore& store, const RunRequest& request, bool* renewed) {
  const absl::Span<const uint8_t> bytes = store.Find(KeyOf(request));
  if (bytes.empty()) return std::nullopt;
  return ReadIfItHolds(bytes, renewed);
}

void KeepRun(program::CacheStore& store, const RunRequest& request, const RunRecord& record) {
  const auto text = std::make_shared<const std::string>(Written(record));
  store.Add(KeyOf(request), {reinterpret_cast<const uint8_t*>(text->data()), text->size()}, text);
}

}  // namespace overt::driver
