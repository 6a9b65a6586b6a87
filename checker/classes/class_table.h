// The method tables of this program: bases, MRO, own and inherited members of every class, computed when asked.
//
//   Inherited found = table.FindInherited(child, table.program().interner().Intern("read_rows"));
//   found.certainty == Certainty::kAbsent      # no ancestor has it, and all ancestors are known
//
// One per snapshot, shared by all threads (see `checker/program/memo.h` for how). Existence and type are two questions:
// this table answers the first from names and never waits for the second.
// Source: the language reference, "Customizing class creation"; "The Python 2.3 Method Resolution Order" (C3).
#ifndef OVERT_CHECKER_CLASSES_CLASS_TABLE_H_
#define OVERT_CHECKER_CLASSES_CLASS_TABLE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "checker/classes/class_info.h"
#include "checker/classes/evaluate.h"
#include "checker/program/program.h"

namespace overt::classes {

enum class Certainty : uint8_t {
  kFound,    // `owner` and `member` say where; the nearest ancestor in MRO order
  kAbsent,   // every ancestor is known and none has it
  kUnknown,  // no known ancestor has it, but not all are known
};

struct Inherited {
  Certainty certainty = Certainty::kAbsent;
  ClassRef owner;
  const Member* member = nullptr;
  // kFound, but an unknown ancestor stands before the owner in the order: something nearer may exist.
  bool may_be_shadowed = false;
};

struct ClassTableOptions {
  std::vector<std::string> treat_as_override;  // dotted names of decorators that count as `@override`
};

class Engine;

class ClassTable {
 public:
  ClassTable(std::shared_ptr<const program::Program> program, ClassTableOptions options);
  ~ClassTable();

  const program::Program& program() const;
  const ClassTableOptions& options() const;

  // All memoised; references live as long as the table.
  const ClassInfo& InfoOf(ClassRef ref) const;
  const MroInfo& MroOf(ClassRef ref) const;
  const MemberTable& MembersOf(ClassRef ref) const;      // own members, synthesised and instance attributes included
  const FunctionFacts& FactsOf(NodeRef function) const;  // of a FunctionDef in any scope
  // The first decorator of a ClassDef that means `@override`, which no class may carry; none if there is none.
  NodeId OverrideDecoratorOf(NodeRef class_def) const;

  // The nearest member of that (mangled) name after the class itself.
  Inherited FindInherited(ClassRef ref, Atom name) const;
  // Whether an ancestor may have that name though `FindInherited` says kAbsent: hooks and helpers set it, or a stub
  // leaves it out. Reads bodies and files that nothing else reads: ask it about findings alone.
  bool MayBeHidden(ClassRef ref, Atom name) const;
  // All ancestors that have it, nearest first; the visit ends when it answers false.
  void ForEachInherited(ClassRef ref, Atom name, absl::FunctionRef<bool(const Inherited&)> visit) const;
  std::vector<Inherited> FindAllInherited(ClassRef ref, Atom name) const;
  // All flags (MemberFlags) that members of ancestors have, together.
  uint16_t InheritedFlags(ClassRef ref) const;
  // The nearest of them that has the flag, passing over nearer ones without it.
  Inherited FindInheritedWith(ClassRef ref, Atom name, uint16_t flag) const;
  // Names of all known inherited members, for "did you mean"; each once, nearest first.
  std::vector<Atom> InheritedNames(ClassRef ref) const;

  // Whether CPython would certainly refuse `entity` as a base: it is no class, and nothing lets it stand for classes
  // (`__mro_entries__`, PEP 560; a decorator that may have made something else of a function).
  bool StandsForNoClass(const Entity& entity) const;
  // Which bases of `ref`, by position in ClassInfo::bases, CPython would certainly refuse: modules, values, type
  // aliases.
  std::vector<size_t> InvalidBases(ClassRef ref) const;

  // Abstract members that `ref` neither implements nor inherits an implementation of, with their declaring classes.
  std::vector<Inherited> UnimplementedMembers(ClassRef ref) const;

  // The classes of a file in source order: class statements, and calls that make classes and are bound to a name.
  std::vector<ClassRef> ClassesIn(FileId file) const;

  ClassRef builtin(absl::string_view name) const;  // "object", "type", "tuple", …
  // A class by its qualified name ("plugins.csv.CsvReader"), or by its last part where that is unique among loaded
  // files.
  std::vector<ClassRef> FindClass(absl::string_view name) const;

  std::string Dump(FileId file) const;  // `--print=classes`

 private:
  friend EntitySet Evaluate(const ClassTable&, FileId, NodeId, bind::ScopeId, bind::FlowId);
  friend EntitySet ModuleAttribute(const ClassTable&, const Entity&, absl::string_view);
  std::unique_ptr<Engine> engine_;
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_CLASS_TABLE_H_
