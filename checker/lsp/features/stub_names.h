// What the names of a base's signature mean in the file of the override: the same, the same once they are imported, or
// something else.
//
//   # base.py                                          # main.py
//   from collections.abc import Iterator               from base import Base
//   class Base:                                        class Child(Base):
//       def rows(self) -> Iterator[Row]: ...               def r|      # `Iterator` and `Row` once they are imported
//
// A name is imported from where the base's file has it from. What the base's file has for type checkers alone, what
// belongs to the stubs of the standard library, and what a class or function keeps for itself cannot be had.
#ifndef OVERT_CHECKER_LSP_FEATURES_STUB_NAMES_H_
#define OVERT_CHECKER_LSP_FEATURES_STUB_NAMES_H_

#include <optional>
#include <vector>

#include "checker/driver/session.h"
#include "checker/fixes/fixes.h"

namespace overt::lsp {

// The `def` that a signature is taken from.
struct StubOrigin {
  FileId file;
  grammar::NodeId function;
  bool with_type_parameters = false;  // its own ones, `[T]`, are taken over too
};

// The half-typed `def` that gets the signature, and its class.
struct StubTarget {
  FileId file;
  classes::ClassRef owner;
  grammar::NodeId function;
};

class StubNames {
 public:
  StubNames(const driver::Snapshot& snapshot, StubTarget target);

  // Whether all names of an expression can stand in the target. Those that must be imported for it are added to
  // `imports`; none are where that is null.
  bool CanUse(const StubOrigin& from, grammar::NodeId expression, bool is_annotation,
              std::vector<fixes::NeededImport>* imports) const;

  // Whether the target has the name at all.
  bool HasName(absl::string_view name) const;

 private:
  struct Use;
  bool CanUseName(const StubOrigin& from, const Use& use, std::vector<fixes::NeededImport>* imports) const;
  bool CanUseWords(const StubOrigin& from, Use use, absl::string_view quoted,
                   std::vector<fixes::NeededImport>* imports) const;

  // What a module's name means, or the built-in one.
  classes::EntitySet Meaning(FileId file, absl::string_view name) const;
  classes::EntitySet BuiltinMeaning(absl::string_view name) const;
  bool MeansTheSame(FileId from, absl::string_view name) const;
  bool IsBoundAtTarget(absl::string_view name) const;

  // The import by which another file can have the name that `file` has.
  std::optional<fixes::NeededImport> ImportOf(FileId file, absl::string_view name) const;
  std::optional<fixes::NeededImport> ImportAgain(FileId file, const bind::Definition& definition) const;
  std::optional<fixes::NeededImport> FromTyping(fixes::NeededImport import) const;
  bool IsImportable(const fixes::NeededImport& import, const classes::EntitySet& meaning) const;
  classes::EntitySet MeaningIn(absl::string_view module, absl::string_view name) const;

  const driver::Snapshot& snapshot_;
  const StubTarget target_;
  bool runs_annotations_;  // an annotation is evaluated where it stands
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_STUB_NAMES_H_
