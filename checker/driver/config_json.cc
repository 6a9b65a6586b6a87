#include "checker/driver/config_json.h"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace overt::driver {
namespace {

using Json = nlohmann::ordered_json;

toml::table TableOf(const Json& object);
toml::array ArrayOf(const Json& list);

// Calls `put` with the value as TOML has it.
template <typename Put>
void PutToml(const Json& value, const Put& put) {
  switch (value.type()) {
    case Json::value_t::object: return put(TableOf(value));
    case Json::value_t::array: return put(ArrayOf(value));
    case Json::value_t::string: return put(value.get<std::string>());
    case Json::value_t::boolean: return put(value.get<bool>());
    case Json::value_t::number_integer: return put(value.get<int64_t>());
    case Json::value_t::number_unsigned:
      if (value.get<uint64_t>() <= std::numeric_limits<int64_t>::max()) return put(value.get<int64_t>());
      return put(value.get<double>());
    case Json::value_t::number_float: return put(value.get<double>());
    // In a list, where TOML has nothing of the kind: what no key's list may hold either.
    case Json::value_t::null:
    case Json::value_t::binary:
    case Json::value_t::discarded: return put(toml::array());
  }
}

toml::table TableOf(const Json& object) {
  toml::table table;
  for (const auto& [name, value] : object.items()) {
    if (value.is_null()) continue;
    PutToml(value, [&table, &key = name](auto one) { table.insert(key, std::move(one)); });
  }
  return table;
}

toml::array ArrayOf(const Json& list) {
  toml::array array;
  for (const Json& value : list) {
    PutToml(value, [&array](auto one) { array.push_back(std::move(one)); });
  }
  return array;
}

}  // namespace

toml::table TomlOfJson(absl::string_view json) {
  const Json object = Json::parse(json.begin(), json.end(), nullptr, /*allow_exceptions=*/false);
  return object.is_object() ? TableOf(object) : toml::table();
}

}  // namespace overt::driver
