// The class table's rows: what a class statement (or class-making call) says, its MRO, its own members.
//
//   @final
//   class Rows(Base[int], metaclass=ABCMeta):
//       size = 3                       # Member{kAttribute}
//       @override
//       def read(self): self.pos = 0   # Member{kFunction}, and Member{kInstanceAttribute} `pos`
//
// Data only; `class_table.h` computes it. Existence and type are two questions: everything here is answered from names.
#ifndef OVERT_CHECKER_CLASSES_CLASS_INFO_H_
#define OVERT_CHECKER_CLASSES_CLASS_INFO_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/classes/entity.h"
#include "grammar/base/interner.h"

namespace overt::classes {

using grammar::Atom;

struct Base {
  NodeId expression;       // in the class's file; none for implied bases (object, tuple for namedtuple)
  EntitySet alternatives;  // never empty
};

// How a class came to be.
enum class ClassForm : uint8_t {
  kStatement,
  kTypeCall,        // type("X", (B,), {...})
  kNamedTupleCall,  // collections.namedtuple(...), NamedTuple(...)
  kTypedDictCall,
  kEnumCall,
  kNewTypeCall,
  kMakeDataclassCall,
  kOtherCall,  // six.with_metaclass(...), types.new_class(...)
  kSpecial,    // a class that stubs declare as a special form: typing.Generic, typing.Protocol, typing.Callable
};

struct ClassFlags {
  static constexpr uint32_t kFinal = 1u << 0;       // @final
  static constexpr uint32_t kProtocol = 1u << 1;    // lists Protocol itself
  static constexpr uint32_t kTypedDict = 1u << 2;   // derives from TypedDict
  static constexpr uint32_t kNamedTuple = 1u << 3;  // lists NamedTuple, or made by a namedtuple call
  static constexpr uint32_t kEnum = 1u << 4;        // its metaclass is EnumMeta
  static constexpr uint32_t kDataclass = 1u << 5;   // by decorator, base or metaclass (dataclass_transform), attrs
  static constexpr uint32_t kTotalOrdering = 1u << 6;
  static constexpr uint32_t kDisjointBase = 1u << 7;  // @disjoint_base (PEP 800), non-empty __slots__
  static constexpr uint32_t kNoTypeCheck = 1u << 8;
  static constexpr uint32_t kDynamicMembers = 1u
                                              << 9;  // members that cannot be listed: dynamic body, setattr, decorator
  static constexpr uint32_t kUnknownDecorator = 1u << 10;  // a decorator whose result may be anything
  static constexpr uint32_t kInFunction = 1u << 11;
  static constexpr uint32_t kDeprecated = 1u << 12;
  static constexpr uint32_t kDataclassTransform =
      1u << 13;  // its subclasses, or classes with it as metaclass, are dataclasses
  static constexpr uint32_t kPlainDataclass =
      1u << 15;  // @dataclass without slots: a field that is only declared is no attribute
  static constexpr uint32_t kFinalOutside = 1u << 16;    // `@final` outside of unknown decorators
  static constexpr uint32_t kOtherAtRunTime = 1u << 14;  // a base is named otherwise below `if TYPE_CHECKING:`
};

struct ClassInfo {
  ClassRef ref;
  ClassForm form = ClassForm::kStatement;
  std::string name;       // "Rows"
  std::string qualified;  // "plugins.csv.Rows", "plugins.csv.make.<locals>.Rows"
  TextRange name_range;
  std::vector<Base> bases;      // in order, implied ones included; `object` itself has none
  NodeId metaclass_expression;  // none if not given
  EntitySet metaclass;          // empty if not given; see MroInfo::metaclass for the effective one
  uint32_t flags = 0;
  bool is(uint32_t flag) const { return (flags & flag) != 0; }
};

// The first reason for which CPython would refuse the class: it looks at the bases, then at their metaclasses, then at
// their layouts, then for duplicates, and merges last.
enum class MroStatus : uint8_t {
  kFine,
  kDuplicateBase,      // `culprits`: the base listed twice
  kCyclic,             // `culprits`: the classes of the cycle, this one first
  kInconsistent,       // `culprits`: the heads that could not be merged, in order
  kInvalidBase,        // some base is certainly no class (see ClassTable::InvalidBases)
  kMetaclassConflict,  // `culprits`: the two metaclasses of which neither derives from the other
  kLayoutConflict,     // `culprits`: the two classes whose instances are laid out differently
};

// Why nothing certain can be said of the rest of the ancestors.
struct UnknownAncestor {
  ClassRef through;  // the class whose base it is (this class or an ancestor)
  NodeId base;       // the base expression in `through`'s file; none for decorators and dynamic members
  UnknownReason reason = UnknownReason::kNone;
  NodeRef place;  // what made it unknown: the import, the parameter, …; may be absent
};

struct ClassSlot;

struct MroInfo {
  MroStatus status = MroStatus::kFine;
  // The class itself first, `object` last, which every class ends with. With unknown ancestors: the known ones in a
  // usable order.
  // When the status is not kFine: the class, then its bases' ancestors in depth-first order, for quiet follow-ups.
  std::vector<ClassRef> order;
  // Classes that are ancestors only under another alternative (`try/except ImportError` bases): they count for
  // existence.
  std::vector<ClassRef> alternatives;
  std::vector<UnknownAncestor> unknown;  // empty: every ancestor is known; at most kMaxUnknown, nearest first
  static constexpr size_t kMaxUnknown = 16;
  // So many entries of `order` stand before any unknown ancestor; all of them if there is none.
  uint32_t certain_prefix = 0;
  std::vector<ClassRef> culprits;
  ClassRef metaclass;  // the effective one; none if unknown
  bool metaclass_unknown = false;
  ClassRef layout;                 // the class itself or the ancestor that fixes how instances are laid out
  bool has_any_metaclass = false;  // `Any` is among the ancestors, whose metaclass is its own
  bool is_below_refused = false;   // some ancestor's status is not kFine: nothing more is said of the class
  uint32_t ancestor_flags = 0;     // ClassFlags that some ancestor's statement gives it
  std::vector<ClassSlot*> slots;   // the class table's own entries for `order`
  bool complete() const { return unknown.empty(); }
};

enum class MemberKind : uint8_t {
  kFunction,
  kStaticMethod,
  kClassMethod,
  kProperty,  // also enum.property, abc.abstractproperty and their like
  kCachedProperty,
  kDecoratedFunction,  // a def whose decorators make something else of it, known or not
  kAttribute,          // bound in the class body by any statement but def and class, or by `cls.x = …`
  kDeclaration,        // `x: int` in the class body: exists for checkers, not at run time
  kClass,
  kInstanceAttribute,  // set on self
  kSynthesized,        // made by dataclass, NamedTuple, Enum, total_ordering, …
  kInjected,           // `Class.x = …`, `setattr(Class, "x", …)` beside the class
};

// Made by `def`, whatever decorators make of it.
bool IsMethod(MemberKind kind);

struct MemberFlags {
  static constexpr uint16_t kFinal = 1u << 0;  // @final, or declared Final
  static constexpr uint16_t kAbstract = 1u << 1;
  static constexpr uint16_t kOverride = 1u << 2;  // some live definition is marked @override
  static constexpr uint16_t kDeprecated = 1u << 3;
  static constexpr uint16_t kOverloaded = 1u << 4;
  static constexpr uint16_t kMaybe = 1u << 5;  // bound on some paths only
  static constexpr uint16_t kClassVar = 1u << 6;
  static constexpr uint16_t kPrivate = 1u << 7;           // the name is mangled
  static constexpr uint16_t kFromSource = 1u << 8;        // the stub lacks it, the source beside the stub has it
  static constexpr uint16_t kTypeCheckingOnly = 1u << 9;  // below `if TYPE_CHECKING:`, or in a stub and nowhere else
};

struct Member {
  Atom name;  // mangled where Python mangles
  MemberKind kind = MemberKind::kFunction;
  uint16_t flags = 0;
  FileId file;                     // where the definitions stand (the source's file for kFromSource)
  std::vector<DefId> definitions;  // live ones in source order; empty for synthesised members
  TextRange name_range;            // of the last live definition, of the class's name for synthesised members
  bool is(uint16_t flag) const { return (flags & flag) != 0; }
};

class MemberTable {
 public:
  const Member* Find(Atom name) const {
    if ((present_ & BitOf(name)) == 0) return nullptr;
    const auto it = by_name_.find(name);
    return it == by_name_.end() ? nullptr : &members_[it->second];
  }
  const std::vector<Member>& all() const { return members_; }  // in source order, synthesised ones last
  uint16_t flags() const { return flags_; }                    // all that members have, together
  void Add(Member member) {
    if (!by_name_.try_emplace(member.name, static_cast<uint32_t>(members_.size())).second) return;
    present_ |= BitOf(member.name);
    flags_ = static_cast<uint16_t>(flags_ | member.flags);
    members_.push_back(std::move(member));
  }
  // Adds flags to a member that is there.
  void Mark(Atom name, uint16_t flags) {
    const auto it = by_name_.find(name);
    if (it == by_name_.end()) return;
    members_[it->second].flags |= flags;
    flags_ |= flags;
  }
  void Reserve(size_t count) {
    members_.reserve(count);
    by_name_.reserve(count);
  }

 private:
  // Most lookups are for names that a class does not have: one of 64 bits says so without touching the map.
  static uint64_t BitOf(Atom name) { return uint64_t{1} << (name.raw * 0x9E3779B1u >> 26); }

  uint64_t present_ = 0;
  uint16_t flags_ = 0;  // of all members together
  std::vector<Member> members_;
  absl::flat_hash_map<Atom, uint32_t> by_name_;
};

// What the decorators of one `def` say.
enum class Accessor : uint8_t { kNone, kGetter, kSetter, kDeleter };
struct FunctionFacts {
  MemberKind kind = MemberKind::kFunction;
  Accessor accessor = Accessor::kNone;  // `@property` is a kGetter; `@x.setter` a kSetter
  bool extends_property = false;        // `@x.getter`, `@x.setter`, `@x.deleter`: builds on the property that is there
  bool is_override = false, is_overload = false, is_final = false, is_abstract = false, is_deprecated = false;
  bool has_unknown_decorator = false;  // the result may be anything; existence is still certain
  bool is_no_type_check = false;
  bool is_empty_body = false;  // docstring, `...`, `pass`, `raise NotImplementedError` only
  NodeId override_decorator;   // the Decorator node (the first, if it is written twice)
  NodeId final_decorator;
  std::string deprecation;  // the message, if it is a literal
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_CLASS_INFO_H_
