// Where the class table keeps its answers while a snapshot lives: one slot a class, one memo for each other question.
//
// Internal to checker/classes. How answers are computed, and what happens when a question meets itself: `query.h`.
#ifndef OVERT_CHECKER_CLASSES_ENGINE_H_
#define OVERT_CHECKER_CLASSES_ENGINE_H_

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "checker/classes/class_info.h"
#include "checker/classes/class_table.h"
#include "checker/classes/special_forms.h"
#include "checker/program/file_table.h"
#include "checker/program/memo.h"
#include "checker/program/program.h"

namespace overt::classes {

// One answer, written once; whoever comes second throws his own away (`checker/program/memo.h` says why that is fine).
template <typename T>
class Cell {
 public:
  Cell() = default;
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;
  ~Cell() { delete value_.load(std::memory_order_relaxed); }

  const T* Find() const { return value_.load(std::memory_order_acquire); }
  const T& Keep(T value) {
    auto owned = std::make_unique<const T>(std::move(value));
    const T* known = nullptr;
    if (value_.compare_exchange_strong(known, owned.get(), std::memory_order_acq_rel)) return *owned.release();
    return *known;
  }

 private:
  std::atomic<const T*> value_{nullptr};
};

struct ClassSlot {
  explicit ClassSlot(ClassRef class_ref) : ref(class_ref) {}
  const ClassRef ref;
  Cell<ClassInfo> own;                          // what the class statement says by itself
  Cell<ClassInfo> complete;                     // and what follows from its ancestors, where that adds a flag
  std::atomic<const ClassInfo*> info{nullptr};  // one of the two
  Cell<MroInfo> mro;
  Cell<std::vector<const ClassSlot*>> lineage;  // the slots of `mro.order` without the class, then `mro.alternatives`
  Cell<MemberTable> members;
};

// A definition of some file.
struct DefRef {
  FileId file;
  DefId def;
  friend bool operator==(DefRef, DefRef) = default;
  template <typename H>
  friend H AbslHashValue(H state, DefRef ref) {
    return H::combine(std::move(state), ref.file, ref.def);
  }
};

// A name of a module as importers see it.
struct ModuleName {
  FileId file;
  Atom name;
  friend bool operator==(ModuleName, ModuleName) = default;
  template <typename H>
  friend H AbslHashValue(H state, ModuleName ref) {
    return H::combine(std::move(state), ref.file, ref.name);
  }
};

// What calling a function with a class does to it, when it is used as a decorator.
struct DecoratorEffect {
  bool is_identity = false;   // gives back what it is given
  bool adds_unknown = false;  // sets attributes whose names cannot be read
  std::vector<Member> adds;   // attributes that it sets on the class
};

// What a metaclass does to the classes that it makes. See metaclass_effect.cc.
struct MetaclassEffect {
  bool orders = false;         // has an `mro` of its own
  bool changes_bases = false;  // hands on other bases than the class lists
  bool hides_bases = false;    // what it hands on is not to be seen
  bool drops_names = false;    // what a class body binds, `__slots__` say, may not get into the class
  DecoratorEffect on_class;    // what it adds
};

// `Class.x = …` and `setattr(Class, "x", …)` of one file, by the class that they add to.
struct Injections {
  struct One {
    ClassRef owner;
    Member member;  // without a name if the name cannot be read
  };
  std::vector<One> all;  // in source order
};

// Names of attributes that statements of one file set on something else than the object of the method they stand in,
// in whatever function.
struct OutsideStores {
  absl::flat_hash_set<Atom> names;
  bool has_unreadable = false;  // `setattr(Class, name, …)`
};

class Engine {
 public:
  Engine(std::shared_ptr<const program::Program> program, ClassTableOptions options);

  const std::shared_ptr<const program::Program> owned_program;
  const program::Program& program;
  const ClassTableOptions options;
  const SpecialForms specials;

  ClassSlot& SlotOf(ClassRef ref) {
    return *slots_.Get(ref, [ref] { return std::make_unique<ClassSlot>(ref); });
  }
  // What a definition of that file and name means beyond what it says.
  SpecialForm SpecialOf(FileId file, absl::string_view name);
  // The module of that absolute name, read or not.
  Entity ModuleNamed(absl::string_view name);
  // The module that an import means where it stands: what is beside the file counts, and stubs keep to their library.
  Entity ModuleImported(FileId importer, unsigned level, absl::string_view name);
  Entity ModuleOf(const program::ImportTarget& target);
  Atom Intern(absl::string_view text) const { return program.interner().Intern(text); }
  absl::string_view Text(Atom atom) const { return program.interner().text(atom); }

  program::Memo<DefRef, EntitySet> definitions;
  program::Memo<ModuleName, EntitySet> module_names;
  program::Memo<NodeRef, EntitySet> returns;
  program::Memo<NodeRef, FunctionFacts> facts;
  program::Memo<NodeRef, DecoratorEffect> effects;
  program::Memo<ClassRef, MetaclassEffect> metaclass_effects;  // of the metaclass by itself, without its ancestors
  program::Memo<FileId, Injections> injections;
  program::Memo<FileId, OutsideStores> outside_stores;
  program::Memo<int, std::vector<Entity>> override_names;  // what `treat_as_override` stands for; one entry

  const Entity builtins;  // the module
  ClassRef type_class;    // builtins.type, if there is one

  // What a question is answered with where it meets itself.
  EntitySet cycle_set;
  ClassInfo cycle_info;
  MroInfo cycle_mro;

  // Facts of functions without decorators, by whether the body is empty and by the kind that their name gives.
  const FunctionFacts& PlainFacts(MemberKind kind, bool is_empty_body) const;

 private:
  program::Memo<ClassRef, std::unique_ptr<ClassSlot>> slots_;
  // By FileId: 0 not looked at yet, 1 an ordinary module, 2 one that special_forms.def names.
  program::BlockArray<std::atomic<uint8_t>> special_modules_;
  FunctionFacts plain_[3][2];
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_ENGINE_H_
