// Names that Python or people treat in their own way because of how they are spelt. Beside `IsPrivateName` and
// `Mangled` of module_index.h.
//
//   WrittenName("Reader", "_Reader__rows")   # "__rows": what stands in the body of `class Reader`
#ifndef OVERT_CHECKER_BIND_SPECIAL_NAMES_H_
#define OVERT_CHECKER_BIND_SPECIAL_NAMES_H_

#include "absl/strings/string_view.h"

namespace overt::bind {

// `__len__`: two underscores on both sides.
bool IsDunderName(absl::string_view name);

// What makes and sets up classes and objects: each class has its own, whatever its bases take.
bool IsConstructorName(absl::string_view name);

// `Mangled` undone: the part of `name` that the class's body says. `name` itself where nothing was mangled.
absl::string_view WrittenName(absl::string_view class_name, absl::string_view name);

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_SPECIAL_NAMES_H_
