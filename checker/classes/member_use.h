// What an attribute is taken from, where the classes alone tell.
//
//   class Csv(Reader):
//       def close(self):
//           super().close()          # {kSuper, "close", around and start `Csv`}
//           self.flush()             # {kReceiver, "flush", `Csv`}; also by `cls`, `type(self)` and `self.__class__`
//           Reader.reset(self)       # {kNamed, "reset", `Reader`}
//           other.flush()            # nothing: what `other` is would need types
//
// Says whose member is asked for, not which one answers: `member_impact.h` looks from the member, `NextAfter` and the
// class table from the use.
#ifndef OVERT_CHECKER_CLASSES_MEMBER_USE_H_
#define OVERT_CHECKER_CLASSES_MEMBER_USE_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/classes/super_call.h"

namespace overt::classes {

struct MemberUse {
  enum class Kind : uint8_t { kSuper, kReceiver, kNamed };
  Kind kind;
  NodeId attribute;
  std::string name;               // mangled
  TextRange range;                // of the name
  SuperCall super;                // kSuper
  std::vector<ClassRef> classes;  // kReceiver: one; kNamed: those that the expression may be
};

class MemberUseReader {
 public:
  // `classes` must outlive the reader. The file can be read.
  MemberUseReader(const ClassTable& classes, FileId file)
      : classes_(classes),
        program_(classes.program()),
        file_(file),
        index_(*program_.Index(file)),
        ast_(index_.ast()) {}

  // With `name` only a use of that (mangled) name.
  std::optional<MemberUse> Read(NodeId attribute, std::optional<absl::string_view> name = std::nullopt);

  // Of `super()` and of receivers alone, which costs less: what names mean is not asked.
  std::optional<MemberUse> ReadOwn(NodeId attribute, std::optional<absl::string_view> name = std::nullopt);

  // The function, class or module in which a node is evaluated: "plugins.csv.Csv.close", "<module>".
  std::string NameAround(NodeId node) const;

 private:
  std::optional<MemberUse> Begin(NodeId attribute, std::optional<absl::string_view> name);
  bool FindOwn(MemberUse& use) const;
  std::string Meaning(absl::string_view written) const;
  NodeId NameOfReceiver(NodeId value) const;
  ClassRef ClassOfReceiver(NodeId value) const;
  ClassRef ClassOfFirstParameter(const bind::Scope& scope, bind::SymbolId symbol) const;
  ClassRef ClassOfMethod(const bind::Scope& method) const;
  bool MayBeParameter(bind::SymbolId symbol) const;

  const ClassTable& classes_;
  const program::Program& program_;
  const FileId file_;
  const bind::ModuleIndex& index_;
  const grammar::Ast& ast_;
  NodePath path_;  // to the attribute that is looked at
};

// Whether a class has something of its own by the name, so that nobody who asks it gets to its bases. `self.x = 1` and
// `x: int` leave what the bases have where it is.
bool HidesBases(const Member& member);

// What `super().name` finds for an object of `ref` where the search begins after `start`; nothing if nobody has it.
Inherited NextAfter(const ClassTable& classes, ClassRef start, ClassRef ref, Atom name);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_MEMBER_USE_H_
