// Names of the whole program as numbers: equal names, equal atoms, on every thread.
//
//   Atom name = interner.Intern("read_rows");
//
// Trees have name tables of their own (NameId); atoms are for what crosses files, such as member tables. Append-only
// and thread-safe; the numbers depend on timing, so nothing is ever sorted by them for people to see.
#ifndef OVERT_GRAMMAR_BASE_INTERNER_H_
#define OVERT_GRAMMAR_BASE_INTERNER_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "diagnostics/id.h"

namespace overt::grammar {

using Atom = Id<struct AtomTag>;

class Interner {
 public:
  Interner();
  ~Interner();
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;

  Atom Intern(absl::string_view text);
  Atom Find(absl::string_view text) const;  // none if nobody interned it
  absl::string_view text(Atom atom) const;  // lives as long as the interner

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace overt::grammar

#endif  // OVERT_GRAMMAR_BASE_INTERNER_H_
