// The module that a file is, as an entity to ask `ModuleAttribute` (evaluate.h) about.
//
//   ModuleAttribute(classes, ModuleEntity(program, file), "Reader")      # what `from file import Reader` gives
#ifndef OVERT_CHECKER_CLASSES_MODULE_ENTITY_H_
#define OVERT_CHECKER_CLASSES_MODULE_ENTITY_H_

#include "checker/classes/entity.h"
#include "checker/program/program.h"

namespace overt::classes {

Entity ModuleEntity(const program::Program& program, FileId file);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_MODULE_ENTITY_H_
