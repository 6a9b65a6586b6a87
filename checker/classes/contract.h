// What classes promise to those who derive from them, in two versions of one program: what the newer one breaks.
//
//   before                               after
//   class Reader:                        class Reader:
//       def read(self): ...                  def read_all(self): ...
//
//   CompareContracts -> `Reader.read` is gone (breaks), `Reader.read_all` is new
//
// Of existence, like everything here: names, kinds, accessors, `@final`, abstract members, bases. Parameters and types
// are not compared. Classes inside functions and names that Python mangles promise nothing. Where a version cannot be
// followed (an unknown base, a name that an importer may still find) nothing is said.
#ifndef OVERT_CHECKER_CLASSES_CONTRACT_H_
#define OVERT_CHECKER_CLASSES_CONTRACT_H_

#include <string>
#include <vector>

#include "checker/classes/class_table.h"

namespace overt::classes {

// One version: whose classes are compared.
struct ContractSide {
  const ClassTable& classes;
  std::vector<FileId> files;
};

enum class ContractChangeKind : uint8_t {
  kClassRemoved,
  kClassAdded,
  kClassFinal,
  kClassNotFinal,
  kBaseRemoved,  // `other`: the base
  kBaseAdded,
  kMemberRemoved,
  kMemberAdded,
  kMemberFinal,
  kMemberNotFinal,
  kMemberKind,  // `other`: what it was, `now`: what it is
  kPropertySetterLost,
  kPropertyDeleterLost,
  kMemberAbstract,  // of a member that was there, implemented
  kAbstractMemberAdded,
  kProtocolMemberAdded,
  kMemberImplemented,
  kMemberDeprecated,
};

struct ContractChange {
  ContractChangeKind kind = ContractChangeKind::kClassRemoved;
  std::string subject;  // "shop.store.Reader", "shop.store.Reader.read"
  std::string other, now;
  // Where: in the version after, or in the one before if it is there no more.
  bool is_before = false;
  Span place;
};

// "member-removed": for people and for programs.
absl::string_view NameOf(ContractChangeKind kind);
// Whether somebody who derives from the class may have to change something.
bool Breaks(ContractChangeKind kind);
// No part of it begins with an underscore, but for dunder names.
bool IsPublic(const ContractChange& change);

// Ordered by path, position and kind.
std::vector<ContractChange> CompareContracts(const ContractSide& before, const ContractSide& after);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_CONTRACT_H_
