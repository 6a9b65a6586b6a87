// One table of keys, read into settings by the table of keys (`config_keys.cc`).
//
//   ConfigReader reader(file, settings, named_paths, problems);
//   reader.Run(table);             // what is wrong goes to `problems`, with its place, and is left out
//
// What a second reader reads into the same settings goes before what the first one read.
#ifndef OVERT_CHECKER_DRIVER_CONFIG_READER_H_
#define OVERT_CHECKER_DRIVER_CONFIG_READER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/string_view.h"
#include "checker/driver/config.h"
#include "checker/driver/config_file.h"
#include "checker/driver/config_keys.h"
#include "checker/driver/settings.h"
#include "stubs/toml.h"

namespace overt::driver {

inline std::string_view ToToml(absl::string_view text) { return {text.data(), text.size()}; }
inline absl::string_view FromToml(std::string_view text) { return {text.data(), text.size()}; }

class ConfigReader {
 public:
  ConfigReader(const ConfigFile& file, Settings& settings, std::vector<NamedPath>& named_paths,
               std::vector<ConfigProblem>& problems)
      : file_(file), settings_(settings), named_paths_(named_paths), problems_(problems) {}

  void Run(const toml::table& table);

 private:
  enum class Options : uint8_t { kTake, kRefuse };

  ConfigProblem ProblemAt(const toml::source_region& at, absl::string_view message) const;
  void Add(const toml::source_region& at, absl::string_view message);
  bool IsForThisVersion(const toml::table& table);
  void ReadTable(const toml::table& table, const std::string& prefix);
  void ReadValue(const ConfigKey& key, const toml::node& value);
  void NoteOrigin(const ConfigKey& key, const toml::node& value);
  std::string OriginOf(const toml::node& node) const;
  void WrongForm(const ConfigKey& key, const toml::node& value);

  void SetString(const ConfigKey& key, const std::string& text, const toml::node& value);
  void SetPathBelow(const ConfigKey& key, absl::string_view text, const toml::node& value);
  void SetOverrideImport(const std::string& text);
  void SetBaseline(absl::string_view path, const std::string& text);
  void SetBoolean(absl::string_view path, bool flag);
  void SetInteger(const ConfigKey& key, int64_t number, const toml::node& value);
  void SetStrings(absl::string_view path, std::vector<std::string> list, const toml::array& values);
  void SetRules(absl::string_view path, std::vector<std::string> names, const toml::array& values);
  void SetPatterns(absl::string_view path, std::vector<FilePattern> patterns);
  void SetVersion(const ConfigKey& key, const toml::node& value);
  void SetPlatforms(const ConfigKey& key, const toml::node& value);
  // A path that is named, made absolute; whoever has read everything looks whether it is there.
  std::string NamePath(const ConfigKey& key, const std::string& text, const toml::node& value);

  SettingSource SourceOf(const toml::node& node) const;
  void ReadPreset(const toml::node& value, LevelChanges& levels);
  void ReadLevels(const toml::table& table, LevelChanges& levels, Options options);
  void ReadLevel(absl::string_view name, const toml::node& value, LevelChanges& levels);
  void ReadRuleTable(absl::string_view name, const toml::table& table, LevelChanges& levels);
  void ReadExemptions(const toml::node& value);
  void ReadOverrides(const toml::array& tables);
  void ReadOverride(const toml::table& table, OverrideSettings& one);
  void ReadSelector(absl::string_view name, const toml::node& value, std::vector<std::string>& list);
  void ReadOverridePreset(const toml::node& value, LevelChanges& levels);

  const ConfigFile& file_;
  Settings& settings_;
  std::vector<NamedPath>& named_paths_;
  std::vector<ConfigProblem>& problems_;
};

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_CONFIG_READER_H_
