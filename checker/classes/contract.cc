#include "checker/classes/contract.h"

#include <map>
#include <set>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "checker/bind/special_names.h"
#include "checker/classes/module_entity.h"

namespace overt::classes {
namespace {

using Kind = ContractChangeKind;

// What a subclass may rely on: how the member is reached and whether it is called.
enum class Shape : uint8_t { kMethod, kStaticMethod, kClassMethod, kProperty, kAttribute, kClass, kAnything };

Shape ShapeOf(MemberKind kind) {
  switch (kind) {
    case MemberKind::kFunction: return Shape::kMethod;
    case MemberKind::kStaticMethod: return Shape::kStaticMethod;
    case MemberKind::kClassMethod: return Shape::kClassMethod;
    case MemberKind::kProperty:
    case MemberKind::kCachedProperty: return Shape::kProperty;
    case MemberKind::kAttribute:
    case MemberKind::kDeclaration:
    case MemberKind::kInstanceAttribute: return Shape::kAttribute;
    case MemberKind::kClass: return Shape::kClass;
    case MemberKind::kDecoratedFunction:
    case MemberKind::kSynthesized:
    case MemberKind::kInjected: return Shape::kAnything;
  }
  return Shape::kAnything;
}

absl::string_view ShapePhrase(Shape shape) {
  switch (shape) {
    case Shape::kMethod: return "a method";
    case Shape::kStaticMethod: return "a static method";
    case Shape::kClassMethod: return "a class method";
    case Shape::kProperty: return "a property";
    case Shape::kAttribute: return "an attribute";
    case Shape::kClass: return "a class";
    case Shape::kAnything: break;
  }
  return "a member";
}

// One version, and its classes by name.
class Version {
 public:
  explicit Version(const ContractSide& side) : classes(side.classes) {
    for (const FileId file : side.files) {
      if (classes.program().Index(file) == nullptr) continue;
      for (const ClassRef ref : classes.ClassesIn(file)) {
        const ClassInfo& info = classes.InfoOf(ref);
        if (!info.is(ClassFlags::kInFunction)) by_name[info.qualified] = ref;
      }
    }
  }

  const ClassInfo& info(ClassRef ref) const { return classes.InfoOf(ref); }
  const std::string& name(ClassRef ref) const { return info(ref).qualified; }
  std::string Text(Atom atom) const { return std::string(classes.program().interner().text(atom)); }
  Span PlaceOf(ClassRef ref) const { return {ref.file, info(ref).name_range}; }

  // The member as a subclass of `ref` finds it.
  Inherited Find(ClassRef ref, absl::string_view member) const {
    const Atom atom = classes.program().interner().Intern(member);
    if (const Member* own = classes.MembersOf(ref).Find(atom)) return {Certainty::kFound, ref, own, false};
    return classes.FindInherited(ref, atom);
  }

  // Whether the property can be set and deleted; nothing is said of one that is not made here by `def`s alone.
  struct Accessors {
    bool are_known = false, set = false, del = false;
  };
  Accessors AccessorsOf(const Member& member) const {
    const bind::ModuleIndex* index = classes.program().Index(member.file);
    if (member.kind != MemberKind::kProperty || index == nullptr || member.definitions.empty()) return {};
    Accessors accessors{true};
    for (const DefId id : member.definitions) {
      const bind::Definition& definition = index->definition(id);
      if (definition.kind != bind::DefKind::kFunction) return {};
      const FunctionFacts& facts = classes.FactsOf({member.file, definition.node});
      const bool builds_on_a_base = facts.extends_property && id == member.definitions.front();
      if (builds_on_a_base || facts.has_unknown_decorator) return {};
      accessors.set |= facts.accessor == Accessor::kSetter;
      accessors.del |= facts.accessor == Accessor::kDeleter;
    }
    return accessors;
  }

  // What an importer finds under the name of a class that this version does not have there: it may have moved.
  EntitySet Lookup(absl::string_view module, absl::string_view name) const {
    const program::ImportTarget target = classes.program().ImportAbsolute(module);
    if (target.kind != program::ImportTarget::Kind::kFile) return {};
    return ModuleAttribute(classes, ModuleEntity(classes.program(), target.file), name);
  }

  const ClassTable& classes;
  std::map<std::string, ClassRef> by_name;
};

class Comparison {
 public:
  Comparison(const ContractSide& before, const ContractSide& after) : before_(before), after_(after) {}

  std::vector<ContractChange> Run() && {
    for (const auto& [name, ref] : before_.by_name) PairUp(name, ref);
    for (const auto& [was, is] : pairs_) CompareClasses(was, is);
    for (const auto& [name, ref] : after_.by_name) {
      if (!paired_.contains(ref) && !IsInside(name, after_) && !WasThere(ref)) {
        Add({Kind::kClassAdded, name, "", "", false, after_.PlaceOf(ref)});
      }
    }
    Sort();
    return std::move(changes_);
  }

 private:
  void Add(ContractChange change) { changes_.push_back(std::move(change)); }

  void Sort() {
    const auto key = [&](const ContractChange& one) {
      const program::Program& program = (one.is_before ? before_ : after_).classes.program();
      return std::make_tuple(absl::string_view(program.file(one.place.file).path), one.place.range.begin, one.kind,
                             absl::string_view(one.subject), absl::string_view(one.other));
    };
    absl::c_sort(changes_, [&](const ContractChange& a, const ContractChange& b) { return key(a) < key(b); });
  }

  // A class in the body of another, with which it comes and goes.
  static bool IsInside(const std::string& name, const Version& version) {
    const size_t dot = name.rfind('.');
    return dot != std::string::npos && version.by_name.contains(name.substr(0, dot));
  }

  // The class that now stands for what was called `name`.
  void PairUp(const std::string& name, ClassRef was) {
    if (const auto same = after_.by_name.find(name); same != after_.by_name.end()) {
      pairs_.emplace_back(was, same->second);
      paired_.insert(same->second);
      return;
    }
    if (IsInside(name, before_)) return;
    const EntitySet now = after_.Lookup(before_.classes.program().file(was.file).module, before_.info(was).name);
    for (const Entity& entity : now) {
      if (entity.is_class()) {
        pairs_.emplace_back(was, entity.class_ref);
        paired_.insert(entity.class_ref);
      }
      if (entity.kind != EntityKind::kAbsent) return;
    }
    Add({Kind::kClassRemoved, name, "", "", true, before_.PlaceOf(was)});
  }

  // Whether the name led somewhere already: to an import, a function that made such objects, something unknown.
  bool WasThere(ClassRef ref) const {
    const EntitySet was = before_.Lookup(after_.classes.program().file(ref.file).module, after_.info(ref).name);
    return absl::c_any_of(was, [](const Entity& one) { return one.kind != EntityKind::kAbsent; });
  }

  void CompareClasses(ClassRef was, ClassRef is) {
    const bool was_final = before_.info(was).is(ClassFlags::kFinal);
    const bool is_final = after_.info(is).is(ClassFlags::kFinal);
    const auto add = [&](Kind kind) { Add({kind, before_.name(was), "", "", false, after_.PlaceOf(is)}); };
    if (!was_final && is_final) add(Kind::kClassFinal);
    if (was_final && !is_final) add(Kind::kClassNotFinal);
    CompareBases(was, is);
    if (was_final) return;  // nobody derived from it
    std::set<std::string> names;
    const auto note = [&names](const Version& version, ClassRef ref) {
      for (const Member& member : version.classes.MembersOf(ref).all()) {
        const bool is_mangled = member.is(MemberFlags::kPrivate);
        if (!is_mangled) names.insert(version.Text(member.name));
      }
    };
    note(before_, was);
    note(after_, is);
    for (const std::string& name : names) CompareMembers(was, is, name);
  }

  // --- Bases

  std::vector<ClassRef> Ancestors(const Version& version, ClassRef ref) const {
    std::vector<ClassRef> ancestors = version.classes.MroOf(ref).order;
    const ClassRef object = version.classes.builtin("object");
    std::erase_if(ancestors,
                  [&](ClassRef one) { return one == ref || one == object || version.name(one) == "typing.Generic"; });
    return ancestors;
  }

  // Of `these`, what no other of them and nothing among `kept` brings along.
  static std::vector<ClassRef> Outermost(const Version& version, const std::vector<ClassRef>& these,
                                         const std::vector<ClassRef>& kept) {
    std::vector<ClassRef> out;
    const auto brings = [&](ClassRef other, ClassRef one) {
      return other != one && absl::c_linear_search(version.classes.MroOf(other).order, one);
    };
    for (const ClassRef one : these) {
      const bool is_implied = absl::c_any_of(these, [&](ClassRef other) { return brings(other, one); }) ||
                              absl::c_any_of(kept, [&](ClassRef other) { return brings(other, one); });
      if (!is_implied) out.push_back(one);
    }
    return out;
  }

  void CompareBases(ClassRef was, ClassRef is) {
    const bool is_known = before_.classes.MroOf(was).complete() && after_.classes.MroOf(is).complete();
    if (!is_known) return;
    const auto named = [](const Version& version, const std::vector<ClassRef>& refs) {
      absl::flat_hash_set<std::string> names;
      for (const ClassRef one : refs) names.insert(version.name(one));
      return names;
    };
    const std::vector<ClassRef> had = Ancestors(before_, was), has = Ancestors(after_, is);
    const auto had_names = named(before_, had), has_names = named(after_, has);
    const auto split = [](const Version& version, const std::vector<ClassRef>& refs, const auto& others) {
      std::vector<ClassRef> kept, gone;
      for (const ClassRef one : refs) (others.contains(version.name(one)) ? kept : gone).push_back(one);
      return Outermost(version, gone, kept);
    };
    for (const ClassRef lost : split(before_, had, has_names)) {
      if (absl::c_any_of(has, [&](ClassRef one) { return IsPair(lost, one); })) continue;
      Add({Kind::kBaseRemoved, before_.name(was), before_.name(lost), "", false, after_.PlaceOf(is)});
    }
    for (const ClassRef gained : split(after_, has, had_names)) {
      if (absl::c_any_of(had, [&](ClassRef one) { return IsPair(one, gained); })) continue;
      Add({Kind::kBaseAdded, before_.name(was), after_.name(gained), "", false, after_.PlaceOf(is)});
    }
  }

  // One class, that may have another name now.
  bool IsPair(ClassRef was, ClassRef is) const { return absl::c_linear_search(pairs_, std::make_pair(was, is)); }

  // --- Members

  void CompareMembers(ClassRef was_in, ClassRef is_in, const std::string& name) {
    const Inherited was = before_.Find(was_in, name);
    const Inherited is = after_.Find(is_in, name);
    const std::string subject = absl::StrCat(before_.name(was_in), ".", name);
    if (was.certainty == Certainty::kUnknown || is.certainty == Certainty::kUnknown) return;
    if (was.certainty == Certainty::kAbsent && is.certainty == Certainty::kAbsent) return;
    if (is.certainty == Certainty::kAbsent) {
      if (after_.classes.MayBeHidden(is_in, after_.classes.program().interner().Intern(name))) return;
      Add({Kind::kMemberRemoved, subject, "", "", true, {was.member->file, was.member->name_range}});
      return;
    }
    const Span place{is.member->file, is.member->name_range};
    if (was.certainty == Certainty::kAbsent) {
      if (is.member->kind == MemberKind::kSynthesized) return;
      Kind kind = Kind::kMemberAdded;
      if (after_.info(is_in).is(ClassFlags::kProtocol)) kind = Kind::kProtocolMemberAdded;
      if (is.member->is(MemberFlags::kAbstract)) kind = Kind::kAbstractMemberAdded;
      Add({kind, subject, "", "", false, place});
      return;
    }
    ComparePair(*was.member, *is.member, subject, place);
  }

  void ComparePair(const Member& was, const Member& is, const std::string& subject, Span place) {
    const auto add = [&](Kind kind) { Add({kind, subject, "", "", false, place}); };
    const auto became = [&](uint16_t flag) { return !was.is(flag) && is.is(flag); };
    const auto ceased = [&](uint16_t flag) { return was.is(flag) && !is.is(flag); };
    if (became(MemberFlags::kFinal)) add(Kind::kMemberFinal);
    if (ceased(MemberFlags::kFinal)) add(Kind::kMemberNotFinal);
    if (became(MemberFlags::kAbstract)) add(Kind::kMemberAbstract);
    if (ceased(MemberFlags::kAbstract)) add(Kind::kMemberImplemented);
    if (became(MemberFlags::kDeprecated)) add(Kind::kMemberDeprecated);
    const Version::Accessors had = before_.AccessorsOf(was), has = after_.AccessorsOf(is);
    if (had.set && has.are_known && !has.set) add(Kind::kPropertySetterLost);
    if (had.del && has.are_known && !has.del) add(Kind::kPropertyDeleterLost);
    const Shape before = ShapeOf(was.kind), now = ShapeOf(is.kind);
    if (before == now || before == Shape::kAnything || now == Shape::kAnything) return;
    Add({Kind::kMemberKind, subject, std::string(ShapePhrase(before)), std::string(ShapePhrase(now)), false, place});
  }

  const Version before_, after_;
  std::vector<std::pair<ClassRef, ClassRef>> pairs_;
  absl::flat_hash_set<ClassRef> paired_;  // of the version after
  std::vector<ContractChange> changes_;
};

}  // namespace

absl::string_view NameOf(ContractChangeKind kind) {
  switch (kind) {
    case Kind::kClassRemoved: return "class-removed";
    case Kind::kClassAdded: return "class-added";
    case Kind::kClassFinal: return "class-final";
    case Kind::kClassNotFinal: return "class-not-final";
    case Kind::kBaseRemoved: return "base-removed";
    case Kind::kBaseAdded: return "base-added";
    case Kind::kMemberRemoved: return "member-removed";
    case Kind::kMemberAdded: return "member-added";
    case Kind::kMemberFinal: return "member-final";
    case Kind::kMemberNotFinal: return "member-not-final";
    case Kind::kMemberKind: return "member-kind";
    case Kind::kPropertySetterLost: return "property-setter-lost";
    case Kind::kPropertyDeleterLost: return "property-deleter-lost";
    case Kind::kMemberAbstract: return "member-abstract";
    case Kind::kAbstractMemberAdded: return "abstract-member-added";
    case Kind::kProtocolMemberAdded: return "protocol-member-added";
    case Kind::kMemberImplemented: return "member-implemented";
    case Kind::kMemberDeprecated: return "member-deprecated";
  }
  return "";
}

bool Breaks(ContractChangeKind kind) {
  switch (kind) {
    case Kind::kClassRemoved:
    case Kind::kClassFinal:
    case Kind::kBaseRemoved:
    case Kind::kMemberRemoved:
    case Kind::kMemberFinal:
    case Kind::kMemberKind:
    case Kind::kPropertySetterLost:
    case Kind::kPropertyDeleterLost:
    case Kind::kMemberAbstract:
    case Kind::kAbstractMemberAdded:
    case Kind::kProtocolMemberAdded: return true;
    case Kind::kClassAdded:
    case Kind::kClassNotFinal:
    case Kind::kBaseAdded:
    case Kind::kMemberAdded:
    case Kind::kMemberNotFinal:
    case Kind::kMemberImplemented:
    case Kind::kMemberDeprecated: return false;
  }
  return false;
}

bool IsPublic(const ContractChange& change) {
  const std::vector<absl::string_view> parts = absl::StrSplit(change.subject, '.');
  return absl::c_all_of(
      parts, [](absl::string_view part) { return !absl::StartsWith(part, "_") || bind::IsDunderName(part); });
}

std::vector<ContractChange> CompareContracts(const ContractSide& before, const ContractSide& after) {
  return Comparison(before, after).Run();
}

}  // namespace overt::classes
