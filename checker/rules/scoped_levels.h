// Levels of one file that differ from class to class and from member to member: `[[overrides]]` that select by `bases`,
// `members` or `decorators`.
//
//   [[overrides]]
//   bases = ["unittest.TestCase"]
//   members = ["*.setUp"]                  # both: `setUp` in every class that derives from it
//   rules = { missing-override = "ignore" }
//
// Which tables apply to the file itself is not asked here: whoever makes this has looked.
#ifndef OVERT_CHECKER_RULES_SCOPED_LEVELS_H_
#define OVERT_CHECKER_RULES_SCOPED_LEVELS_H_

#include <map>
#include <string>
#include <vector>

#include "checker/classes/class_table.h"
#include "diagnostics/preset.h"

namespace overt::rules {

// What a finding must be about; an empty list lets everything pass.
struct LevelScope {
  std::vector<std::string> bases;       // patterns of ancestors' dotted names
  std::vector<std::string> members;     // patterns of the class's dotted name and the member's
  std::vector<std::string> decorators;  // dotted names, of decorators of the member or the class
  bool is_whole_file() const { return bases.empty() && members.empty() && decorators.empty(); }
};

struct ScopedChanges {
  const LevelScope* scope;
  const LevelChanges* changes;
};

// Belongs to one file and thread, like the emitter; borrows the changes.
class ScopedLevels {
 public:
  // `tables` lie over `ground`, later ones over earlier ones.
  ScopedLevels(const classes::ClassTable& classes, const RuleSelection& ground, std::vector<ScopedChanges> tables);

  const RuleSelection& OfFile() const { return file_; }  // of what is about no class
  // The same object for the same levels, `OfFile`'s too.
  const RuleSelection& OfClass(classes::ClassRef ref);
  const RuleSelection& OfMember(classes::ClassRef ref, const classes::Member& member);

 private:
  using Mask = std::vector<bool>;  // which tables apply

  const RuleSelection& ForMask(const Mask& mask);
  bool HasBase(const std::vector<std::string>& patterns, classes::ClassRef ref);
  bool IsAncestorNamed(const std::string& pattern, const classes::MroInfo& mro);
  bool HasDecorator(const std::vector<std::string>& names, FileId file, grammar::NodeId definition);
  bool IsDecorated(const std::vector<std::string>& names, const classes::Member& member);
  const classes::EntitySet& Named(const std::string& dotted);

  const classes::ClassTable& classes_;
  RuleSelection ground_;
  std::vector<ScopedChanges> tables_;
  RuleSelection file_;
  Mask file_mask_;
  bool is_whole_file_ = true;  // no table selects by class
  std::map<Mask, RuleSelection> by_mask_;
  std::map<std::string, classes::EntitySet> named_;
};

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_SCOPED_LEVELS_H_
