// The bundled stubs, and what was bound of them: each once for all projects, roots and runs of a process that have the
// Python version and the platform in common.
//
//   auto stubs = std::make_shared<BoundStubs>(*StubIndex::Open(path));
//   stubs->Module(number, options)         // builtins.pyi for Python 3.12 on linux: bound now, or long ago
//
// May be asked from any thread. What is kept is never dropped: a project asks for some dozens of modules.
#ifndef OVERT_CHECKER_PROGRAM_BOUND_STUBS_H_
#define OVERT_CHECKER_PROGRAM_BOUND_STUBS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "absl/status/statusor.h"
#include "checker/bind/module_index.h"
#include "checker/program/memo.h"
#include "stubs/stub_index.h"

namespace overt::program {

class BoundStubs {
 public:
  using Answer = absl::StatusOr<std::shared_ptr<const bind::ModuleIndex>>;

  explicit BoundStubs(std::shared_ptr<const stubs::StubIndex> index) : index_(std::move(index)) {}

  const std::shared_ptr<const stubs::StubIndex>& index() const { return index_; }

  // The stub with that number in the index. `options` differ in the target alone. Errors as of `StubIndex::Tree`.
  const Answer& Module(uint32_t number, const bind::BindOptions& options);

 private:
  using Key = std::tuple<uint32_t, uint8_t, uint8_t, std::string>;  // number, version's major and minor, platform

  std::shared_ptr<const stubs::StubIndex> index_;
  Memo<Key, Answer> modules_;
};

}  // namespace overt::program

#endif  // OVERT_CHECKER_PROGRAM_BOUND_STUBS_H_
