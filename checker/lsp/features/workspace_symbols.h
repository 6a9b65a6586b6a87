// Classes and members of a whole project by what a person types to find them.
//
//   "csvr"          class CsvReader         in plugins.csv
//   "reader.op"     method open             in plugins.base.Reader
//
// Names come from the files' indexes: the class table is asked only for what is shown, and for the containers where the
// query names one.
#ifndef OVERT_CHECKER_LSP_FEATURES_WORKSPACE_SYMBOLS_H_
#define OVERT_CHECKER_LSP_FEATURES_WORKSPACE_SYMBOLS_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "checker/driver/session.h"
#include "checker/lsp/features/document_symbols.h"
#include "checker/lsp/features/name_match.h"

namespace overt::lsp {

struct WorkspaceSymbol {
  DocumentSymbol::Kind kind;
  std::string name;
  std::string container;  // "plugins.csv" of a class, "plugins.csv.Rows" of a member
  FileId file;
  TextRange place;  // of the name
  std::string path;
  NameFit fit, container_fit;
};

// The more relevant one first: by how the name fits, then the container; classes before members, short names before
// long ones. A total order, also of symbols of several projects.
bool ComesBefore(const WorkspaceSymbol& a, const WorkspaceSymbol& b);

// The `most` best of these files, in order. `looked` hears of each file that was read, from any thread, and says
// whether to go on; otherwise the answer is whatever was found so far.
std::vector<WorkspaceSymbol> FindSymbols(const driver::Snapshot& snapshot, std::vector<FileId> files,
                                         const NameQuery& query, size_t most, const std::function<bool()>& looked);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_WORKSPACE_SYMBOLS_H_
