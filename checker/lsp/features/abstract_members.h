// The abstract members that a class has not implemented yet, where somebody stands in its header.
//
//   class CsvReader(Reader):           # AbstractMembersAt: of `CsvReader`: `close`, `rows`; their owners: `Reader`
//       format = "csv"
//
// None for a class that is meant to stay abstract: a protocol, or one with abstract members of its own. What their
// stubs are is for override_methods.h to say.
#ifndef OVERT_CHECKER_LSP_FEATURES_ABSTRACT_MEMBERS_H_
#define OVERT_CHECKER_LSP_FEATURES_ABSTRACT_MEMBERS_H_

#include <string>
#include <vector>

#include "checker/driver/session.h"

namespace overt::lsp {

struct AbstractMembers {
  classes::ClassRef ref;
  TextRange name;                   // of the class
  std::vector<std::string> names;   // that a method can implement, in the order in which Python finds them
  std::vector<std::string> owners;  // "Reader": whose they are, each once
};

// Of all classes of the file whose headers touch the range: from the first decorator to the end of the line on which
// the list of bases ends.
std::vector<AbstractMembers> AbstractMembersAt(const driver::Snapshot& snapshot, FileId file, TextRange range);

// "implement abstract members of `Reader` and `Closer`".
std::string TitleOf(const AbstractMembers& members);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_ABSTRACT_MEMBERS_H_
