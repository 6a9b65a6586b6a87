// The words between a member and its family that all features share: what it overrides, where that is, what is broken.
//
//   class Child(Reader, Closer):
//       def close(self): ...      # BaseMembers: `Reader.close` and `Closer.close`
//
// Answers with ids and names; no feature of its own.
#ifndef OVERT_CHECKER_LSP_FEATURES_RELATIONS_H_
#define OVERT_CHECKER_LSP_FEATURES_RELATIONS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/classes/class_table.h"
#include "checker/classes/family.h"
#include "checker/driver/session.h"
#include "diagnostics/diagnostic.h"

namespace overt::lsp {

// Somewhere to go: the whole of a definition with its decorators, and its name within. The file may be a bundled stub
// (`FileInfo::is_bundled`), which lies in no folder.
struct Target {
  FileId file;
  TextRange whole;
  TextRange name;
};

Target TargetOf(const driver::Snapshot& snapshot, classes::ClassRef ref);
Target TargetOf(const driver::Snapshot& snapshot, const classes::Member& member);
std::vector<Target> TargetsOf(const driver::Snapshot& snapshot, const std::vector<classes::ClassRef>& refs);

// What names a class from one snapshot to the next: "plugins.csv.Rows", "plugins.csv.Rows#2" for the second of that
// name in its file (two branches of a condition, a class made anew).
class ClassKeys {
 public:
  ClassKeys(const driver::Snapshot& snapshot, FileId file);
  std::string KeyOf(classes::ClassRef ref) const;       // empty for what is no class of the file
  classes::ClassRef Find(absl::string_view key) const;  // none if it is there no more

 private:
  absl::flat_hash_map<classes::ClassRef, std::string> keys_;
};

// The members that `ref` overrides, or would override, by that (mangled) name: the nearest on each way up, those left
// out that another of them overrides. In the order in which Python searches.
std::vector<classes::Inherited> BaseMembers(const classes::ClassTable& classes, classes::ClassRef ref,
                                            grammar::Atom name);
// The same without what `object` gives to every class: what is worth a mark in the margin.
std::vector<classes::Inherited> NotableBaseMembers(const classes::ClassTable& classes, classes::ClassRef ref,
                                                   grammar::Atom name);

// The base only says what the member must be: it is abstract, or declared by a protocol.
bool IsImplementation(const classes::ClassTable& classes, const classes::Inherited& base);

// "Reader.open", "Reader.open, Closer.open"; private names as they are written.
std::string LabelOf(const classes::ClassTable& classes, classes::ClassRef owner, grammar::Atom name);
std::string LabelsOf(const classes::ClassTable& classes, const std::vector<classes::Inherited>& members);

// A method of a class of some file, with the `def` where people look for it: the implementation of overloads, the
// getter of a property.
struct Method {
  classes::ClassRef owner;
  const classes::Member* member;
  grammar::NodeId function;
  TextRange name;
};
std::vector<Method> MethodsIn(const driver::Snapshot& snapshot, FileId file);
// What overrides each of these methods: at most the `most` first of it, and how many there are. Nothing without a
// family.
std::vector<classes::FamilyIndex::Overridden> OverriddenBelow(const classes::FamilyIndex* family,
                                                              const std::vector<Method>& methods, size_t most);

// The findings of a file, or null where nobody has checked it. Borrowed for the call.
using FindingsOf = std::function<const std::vector<Diagnostic>*(FileId)>;
// The first finding in the header of a `def` that says its override is wrong; null if there is none.
const Diagnostic* BrokenOverride(const driver::Snapshot& snapshot, FileId file, grammar::NodeId function,
                                 const FindingsOf& findings);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_RELATIONS_H_
