// The table of special_forms.def, for looking up where a definition stands.
//
//   SpecialForms().Find("typing_extensions", "override")      // SpecialForm::kOverride
#ifndef OVERT_CHECKER_CLASSES_SPECIAL_FORMS_H_
#define OVERT_CHECKER_CLASSES_SPECIAL_FORMS_H_

#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "checker/classes/entity.h"

namespace overt::classes {

class SpecialForms {
 public:
  SpecialForms();
  SpecialForm Find(absl::string_view module, absl::string_view name) const;
  // Whether any row names the module.
  bool HasModule(absl::string_view module) const { return modules_.contains(module); }

 private:
  absl::flat_hash_set<absl::string_view> modules_;
  absl::flat_hash_map<absl::string_view, std::vector<std::pair<absl::string_view, SpecialForm>>> by_name_;
};

// `typing.List` is `builtins.list`: the module and name behind an alias of typing, or two empty strings.
struct TypingAlias {
  absl::string_view module;
  absl::string_view name;
};
TypingAlias FindTypingAlias(absl::string_view name);
// Whether `typing.NAME` is an alias of a class at run time, wherever stubs define that class.
bool IsTypingAlias(absl::string_view name);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_SPECIAL_FORMS_H_
