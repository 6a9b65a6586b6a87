// Up and down from a class, or from a method: for a method each class of the family says what it makes of it.
//
//   Reader.read   defines
//   ├ CsvReader.read   defines
//   ├ PlainReader.read   inherits          # the item stands at the class's name
//   └ FastReader.read   breaks: …
//
// Editors ask for one step at a time, perhaps of a later snapshot: an item is known by file, class and member. From a
// class without a name (`class Row(namedtuple(…)):`) no step leads on.
#ifndef OVERT_CHECKER_LSP_FEATURES_TYPE_HIERARCHY_H_
#define OVERT_CHECKER_LSP_FEATURES_TYPE_HIERARCHY_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"

namespace overt::lsp {

struct HierarchyItem {
  enum class Kind : uint8_t { kClass, kMethod, kProperty, kField, kFunction, kModule };  // the last two: of calls
  std::string name;                                                                      // "Reader", "Reader.read"
  // The module of a class; "defines", "inherits", "breaks: …" of a method. Ends with ", structural" where a class fits
  // the protocol above it without naming it.
  std::string detail;
  Target place;            // the member, or the class where it defines none
  std::string class_name;  // see `ClassKeys`
  std::string member;      // (mangled) name; empty: the class itself
  Kind kind = Kind::kClass;
};

// At the name of a class or of a member in a class body.
std::optional<HierarchyItem> PrepareTypeHierarchy(const driver::Snapshot& snapshot, FileId file, uint32_t offset,
                                                  const FindingsOf& findings);

// One step up: bases in their order, `object` only where it defines the member; of a method, bases that have it.
std::vector<HierarchyItem> Supertypes(const driver::Snapshot& snapshot, const HierarchyItem& item,
                                      const FindingsOf& findings);
// One step down: direct subclasses by path and position; then what fits a protocol without naming it (`structural.h`).
std::vector<HierarchyItem> Subtypes(const driver::Snapshot& snapshot, const classes::FamilyIndex& family,
                                    const HierarchyItem& item, const FindingsOf& findings);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_TYPE_HIERARCHY_H_
