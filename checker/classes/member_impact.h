// What depends on a member, so what a change of it would reach: overrides, heirs, and the places that lead to it.
//
//   class Reader:
//       def open(self): self.close()           # through_self
//       def close(self): ...                   # the member
//   class Csv(Reader):                         # it inherits `open`
//       def close(self): super().close()       # overridden_by, super_calls
//   Reader.close(Csv())                        # named
//
// By names and method tables alone: what objects other than `self` are would need types.
#ifndef OVERT_CHECKER_CLASSES_MEMBER_IMPACT_H_
#define OVERT_CHECKER_CLASSES_MEMBER_IMPACT_H_

#include <string>
#include <vector>

#include "checker/classes/family.h"

namespace overt::classes {

struct ImpactPlace {
  std::string name;    // "plugins.csv.Csv.close": the member there, or the function, class or module of the use
  ClassRef class_ref;  // whose member it is, whose method the use stands in, or which class the use names
  FileId file;
  TextRange range;         // of the member's name there; where a class inherits it, of the class's name
  bool is_marked = false;  // overridden_by: with `@override`
  // super_calls: the subclass through whose order of ancestors the call gets here, if its own class's leads elsewhere.
  ClassRef by_way_of;
};

struct MemberImpact {
  ImpactPlace member;
  std::vector<ImpactPlace> overrides;      // of the ancestors, nearest first
  std::vector<ImpactPlace> overridden_by;  // these and all below by path, then position
  std::vector<ImpactPlace> inherited_by;   // the classes that use it as it is
  std::vector<ImpactPlace> super_calls;    // `super().member`
  std::vector<ImpactPlace> named;          // `Class.member`, of its class or one that inherits it
  std::vector<ImpactPlace> through_self;   // `self.member`, `cls.member`
};

// Of a member of `owner`'s own. Uses are looked for in `files`, other classes in the family.
MemberImpact ImpactOf(const FamilyIndex& family, ClassRef owner, const Member& member,
                      const std::vector<FileId>& files);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_MEMBER_IMPACT_H_
