// A folder of typeshed's layout, listed: which stub files it has, for which modules and Python versions.
//
//   stdlib/VERSIONS says `tomllib: 3.11-`     ->  FoundStub{"tomllib", "stdlib/tomllib.pyi", first 3.11}
//
// Reads folders, VERSIONS and METADATA.toml; never a stub itself. Sorted by module, the standard library first.
#ifndef OVERT_STUBS_TYPESHED_FOLDER_H_
#define OVERT_STUBS_TYPESHED_FOLDER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grammar/base/python_version.h"

namespace overt::stubs {

// More than any stub has; a file that is larger is not read.
inline constexpr size_t kMostStubBytes = 50u << 20;

struct FoundStub {
  std::string module;
  std::string path;          // relative to the folder
  std::string distribution;  // empty for the standard library
  bool is_package = false;
  bool is_partial = false;
  grammar::PythonVersion first{3, 0};
  grammar::PythonVersion last{3, 255};
};

struct TypeshedListing {
  std::string commit;
  std::vector<FoundStub> stubs;
  std::vector<std::string> namespaces;  // folders of stubs without `__init__.pyi`, as dotted names, sorted
};

// Errors: `folder` is no copy of typeshed (it lacks `stdlib/VERSIONS` or `stdlib/builtins.pyi`).
absl::StatusOr<TypeshedListing> ListTypeshed(const std::string& folder);

}  // namespace overt::stubs

#endif  // OVERT_STUBS_TYPESHED_FOLDER_H_
