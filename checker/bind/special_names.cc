#include "checker/bind/special_names.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "checker/bind/module_index.h"

namespace overt::bind {

bool IsDunderName(absl::string_view name) {
  return name.size() > 4 && absl::StartsWith(name, "__") && absl::EndsWith(name, "__");
}

bool IsConstructorName(absl::string_view name) {
  return name == "__init__" || name == "__new__" || name == "__init_subclass__" || name == "__post_init__";
}

absl::string_view WrittenName(absl::string_view class_name, absl::string_view name) {
  const size_t first = class_name.find_first_not_of('_');
  absl::string_view written = name;
  if (first == absl::string_view::npos || !absl::ConsumePrefix(&written, "_")) return name;
  if (!absl::ConsumePrefix(&written, class_name.substr(first)) || !IsPrivateName(written)) return name;
  return written;
}

}  // namespace overt::bind
