// Classes that fit a protocol without deriving from it.
//
//   class Closer(Protocol):
//       def close(self) -> None: ...
//   class File:
//       def close(self) -> None: ...      # StructuralImplementers(Closer): File
//
// By names alone: a class counts that has a member of each name. Whether their types fit is not asked.
#ifndef OVERT_CHECKER_LSP_FEATURES_STRUCTURAL_H_
#define OVERT_CHECKER_LSP_FEATURES_STRUCTURAL_H_

#include <vector>

#include "checker/classes/family.h"

namespace overt::lsp {

// Classes of the family's files by path, then position, protocols left out; nothing if `ref` is no protocol, asks for
// nothing that `object` lacks, or has bases that nobody knows.
std::vector<classes::ClassRef> StructuralImplementers(const classes::FamilyIndex& family, classes::ClassRef ref);

// Those of them of which no base is one: the others are found below them.
std::vector<classes::ClassRef> NearestImplementers(const classes::FamilyIndex& family, classes::ClassRef ref);

// The members of that name of all of them, own or inherited, each once.
std::vector<const classes::Member*> StructuralMembers(const classes::FamilyIndex& family, classes::ClassRef ref,
                                                      grammar::Atom name);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_STRUCTURAL_H_
