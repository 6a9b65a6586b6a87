// How `@override` is spelt at a place of a file: the name that is there, or the import that brings it.
//
//   import typing as t                     SpellingAt -> "t.override"
//   from typing_extensions import override as o     -> "o"
//   (nothing of the kind)                           -> "override", and `from typing import override` is needed
//
// A name that the file has is used when it surely means `override` at that place when the program runs: not below
// `if TYPE_CHECKING:` alone, not rebound, not hidden by the class, a function or a star import.
#ifndef OVERT_CHECKER_FIXES_OVERRIDE_NAME_H_
#define OVERT_CHECKER_FIXES_OVERRIDE_NAME_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/fixes/import_edits.h"

namespace overt::fixes {

// Imports that a fix needs; several fixes of one file share them.
struct ImportNeed {
  bool name = false;          // `from module import override`
  bool module = false;        // `import module`
  uint32_t window_begin = 0;  // the latest of all
  uint32_t first_use = UINT32_MAX;

  bool empty() const { return !name && !module; }
  void Add(const ImportNeed& other);
};

struct OverrideSpelling {
  std::string text;  // without the `@`
  std::string root;  // its first name
  ImportNeed need;
};

class OverrideNames {
 public:
  explicit OverrideNames(const FixSite& site);

  // For a decorator of `function`; none if there is no safe one.
  std::optional<OverrideSpelling> SpellingAt(NodeId function) const;

  // The import that brings what one use needs; none if it needs nothing.
  std::optional<NeededImport> ImportOf(const ImportNeed& need) const;
  // The edits that bring what is needed; none if there is no safe place.
  std::optional<Edits> ImportsFor(const ImportNeed& need) const;

 private:
  struct Candidate {
    SymbolId symbol;
    bool is_module = false;
  };
  bool Means(const Definition& definition, bool is_module) const;
  bool IsOverrideImport(const Definition& definition) const;
  bool IsConfigured(absl::string_view dotted) const;
  bool IsUsable(const Candidate& candidate, NodeId function) const;
  bool IsHiddenFromModule(grammar::NameId name, NodeId function) const;
  bool MayHaveOtherMeaning(absl::string_view name, bool is_module) const;
  // Where the last star import ends that has run before the decorator and may bind the name to something else; 0 if
  // there is none.
  uint32_t EndOfStarsThatBind(absl::string_view name, bool is_module, NodeId function) const;
  bool RunsAtImport(NodeId function) const;
  std::optional<OverrideSpelling> FromNew(NodeId function) const;
  std::optional<OverrideSpelling> FromNewModule(NodeId function) const;

  const FixSite& site_;
  grammar::NameId module_name_;   // in this file; none if it does not have the name
  std::string module_;            // that `override` is imported from; empty if it has none
  std::vector<Candidate> names_;  // bound at module level, `override` itself first
  std::vector<Candidate> modules_;
};

}  // namespace overt::fixes

#endif  // OVERT_CHECKER_FIXES_OVERRIDE_NAME_H_
