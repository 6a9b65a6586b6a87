#include "checker/program/bound_stubs.h"

namespace overt::program {

const BoundStubs::Answer& BoundStubs::Module(uint32_t number, const bind::BindOptions& options) {
  const bind::Target& target = options.target;
  return modules_.Get({number, target.version.major, target.version.minor, target.platform}, [&]() -> Answer {
    absl::StatusOr<grammar::Ast> ast = index_->Tree(number);
    if (!ast.ok()) return ast.status();
    return std::make_shared<const bind::ModuleIndex>(bind::Bind(*std::move(ast), options));
  });
}

}  // namespace overt::program
