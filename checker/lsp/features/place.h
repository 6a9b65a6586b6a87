// What stands at an offset of a file, in the words that features share: a class, a member, `@override`, `super()`.
//
//   class Child(Base):
//       @override                 # {kOverrideMark, Child, `run`}
//       def run(self): ...        # at `run`: {kMemberName, Child, `run`}
//
// Nothing where overt has nothing to say: everything else is left to the user's main language server.
#ifndef OVERT_CHECKER_LSP_FEATURES_PLACE_H_
#define OVERT_CHECKER_LSP_FEATURES_PLACE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/classes/class_table.h"
#include "checker/driver/session.h"
#include "diagnostics/span.h"

namespace overt::lsp {

struct Place {
  enum class Kind : uint8_t {
    kClassName,     // the name in a class statement
    kMemberName,    // the name of a method or attribute where a class body defines it
    kOverrideMark,  // the decorator of a method
    kSuperCall,     // `super()`, or the attribute taken from it
    kRuleName,      // in a suppression comment
  };
  Kind kind;
  TextRange range;              // what is underlined
  classes::ClassRef class_ref;  // kClassName: the class; kSuperCall: the class after which Python searches; else around
  grammar::Atom member;         // kMemberName, kOverrideMark, kSuperCall with an attribute: its (mangled) name
  grammar::NodeId function;     // kMemberName by `def`, kOverrideMark: the FunctionDef
  std::string rule;             // kRuleName: as written, without `overt:`
};

// `offset` in bytes of the decoded text; the end of a name counts as the name. None also where the file cannot be read.
std::optional<Place> PlaceAt(const driver::Snapshot& snapshot, FileId file, uint32_t offset);

// The class whose body binds a ClassDef, FunctionDef or assigned Name, and the name it binds; none if no class does.
struct MemberPlace {
  classes::ClassRef owner;
  grammar::Atom name;  // mangled where Python mangles
};
std::optional<MemberPlace> MemberBoundBy(const driver::Snapshot& snapshot, FileId file, grammar::NodeId node);
// The same for a definition that is at hand, with its symbol.
std::optional<MemberPlace> MemberOf(const driver::Snapshot& snapshot, FileId file, const bind::Definition& definition);
// The same for the class at whose name a place is: a nested class is a member too, and may override.
std::optional<MemberPlace> NestedClassAt(const driver::Snapshot& snapshot, const Place& place);
// The member whose definition a place is about: by its name, its mark, or the name of a nested class.
std::optional<MemberPlace> MemberAt(const driver::Snapshot& snapshot, const Place& place);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_PLACE_H_
