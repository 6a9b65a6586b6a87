#include "checker/classes/module_entity.h"

namespace overt::classes {

Entity ModuleEntity(const program::Program& program, FileId file) {
  Entity module;
  module.kind = EntityKind::kModule;
  module.module = file;
  module.module_name = program.interner().Intern(program.file(file).module).raw;
  return module;
}

}  // namespace overt::classes
