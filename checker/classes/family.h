// Who derives from whom in a set of files: the class table read backwards.
//
//   auto family = FamilyIndex::Build(snapshot.classes, project_files);
//   family->AllSubclasses(base)               # classes of all these files, by path and position
//   family->Overriders(base, name)            # what overrides `Base.name` there
//   family = family->Updated(next.classes, project_files);     # after an edit: looks at what may have changed
//
// Immutable, and belongs to one snapshot, which it keeps alive. A class of a library between a base and a project's
// class counts too; nobody is listed below `object`. What satisfies a protocol without naming it is nobody's subclass:
// `ClassesHaving` finds it.
#ifndef OVERT_CHECKER_CLASSES_FAMILY_H_
#define OVERT_CHECKER_CLASSES_FAMILY_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "checker/classes/class_table.h"

namespace overt::classes {

class FamilyIndex {
 public:
  using Pointer = std::shared_ptr<const FamilyIndex>;

  // Reads the files that nobody has read yet. The order of `files` does not matter; doubles do no harm.
  static Pointer Build(std::shared_ptr<const ClassTable> classes, const std::vector<FileId>& files);

  // The same as `Build`, for a later snapshot of the same program: shares what did not change.
  Pointer Updated(std::shared_ptr<const ClassTable> classes, const std::vector<FileId>& files) const;

  ~FamilyIndex();
  FamilyIndex(const FamilyIndex&) = delete;
  FamilyIndex& operator=(const FamilyIndex&) = delete;

  const ClassTable& classes() const;
  std::vector<FileId> files() const;  // in the order of their ids

  // All answers are ordered by path, then position, each class once, and never hold `ref` itself.
  std::vector<ClassRef> DirectSubclasses(ClassRef ref) const;
  std::vector<ClassRef> AllSubclasses(ClassRef ref) const;
  // What stands below any of these, which may be below one another: one walk.
  std::vector<ClassRef> AllBelow(const std::vector<ClassRef>& refs) const;
  size_t SubclassCount(ClassRef ref) const;  // of all of them

  struct Overrider {
    ClassRef owner;
    const Member* member;  // of `classes().MembersOf(owner)`
  };
  // The members of that (mangled) name that bodies of subclasses bind: by `def`, assignment or nested class. What is
  // only declared, set on `self` or generated overrides nothing here.
  std::vector<Overrider> Overriders(ClassRef ref, Atom name) const;

  // The counts for many classes at once: a walk over all that stands below any of them, not one for each.
  std::vector<size_t> SubclassCounts(const std::vector<ClassRef>& refs) const;

  // What a margin shows of each of some members: how many classes override it, and the first few of them. One walk for
  // all of them, and only names are looked at: `Overriders` asks for the member table of every class that it answers.
  struct MemberName {
    ClassRef owner;
    Atom name;
  };
  struct Overridden {
    size_t count = 0;
    std::vector<ClassRef> first;
  };
  std::vector<Overridden> OverriddenBelow(const std::vector<MemberName>& members, size_t most) const;

  // The classes that have members of all these (at most 64) names, of their own or from above, whoever derives from
  // whom. Only those are asked for their member tables that seem to have them all.
  std::vector<ClassRef> ClassesHaving(const std::vector<Atom>& names) const;

  // How many files were looked at to make this index; the others were taken over.
  size_t looked_at() const;

 private:
  struct Impl;
  explicit FamilyIndex(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_FAMILY_H_
