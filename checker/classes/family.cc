#include "checker/classes/family.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "checker/classes/descendants.h"
#include "checker/classes/family_shape.h"

namespace overt::classes {
namespace {

// A class by what an edit of its file leaves alone: its qualified name, and which of the classes of that name it is.
// Node ids move with every edit. A class of a file that is not indexed (a library) is known by its node.
struct FamilyKey {
  FileId file;
  Atom name;  // none for a class of a library
  uint32_t number;
  friend bool operator==(FamilyKey, FamilyKey) = default;
  friend auto operator<=>(FamilyKey, FamilyKey) = default;
  template <typename H>
  friend H AbslHashValue(H state, FamilyKey key) {
    return H::combine(std::move(state), key.file, key.name, key.number);
  }
};

FamilyKey LibraryKey(ClassRef ref) { return {ref.file, Atom(), ref.node.raw}; }

struct Link {
  FamilyKey base, subclass;
};

struct FamilyMember {
  ClassRef ref;
  FamilyKey key;
  std::vector<Atom> names;    // that the class statement binds, sorted by number
  std::vector<Atom> unsure;   // those of them that are also declared or deleted there: the member table decides
  bool may_bind_any = false;  // made by a call: `names` says nothing
};

// What one file says. Depends on the file and on what the names of its bases mean.
struct FamilyRecord {
  const bind::ModuleIndex* index = nullptr;
  FamilyShape shape;
  std::vector<FamilyMember> members;  // in source order
  absl::flat_hash_map<ClassRef, uint32_t> by_ref;
  absl::flat_hash_map<FamilyKey, uint32_t> by_key;
  std::vector<Link> links;  // from its classes up to the first class of another indexed file on each way
};

using Records = absl::flat_hash_map<FileId, std::shared_ptr<const FamilyRecord>>;
using Children = absl::flat_hash_map<FamilyKey, absl::InlinedVector<FamilyKey, 2>>;

// What the live definitions of a name do, together.
struct Bindings {
  bool bind = false;
  bool say = false;  // declare, or delete again
};

Bindings BindingsOf(const bind::ModuleIndex& index, const bind::Symbol& symbol) {
  Bindings found;
  for (bind::DefId id = symbol.first; id.present(); id = index.definition(id).next) {
    const bind::Definition& definition = index.definition(id);
    if (definition.reach == bind::Reach::kNever) continue;
    const bool says = definition.kind == bind::DefKind::kDeclaration || definition.kind == bind::DefKind::kDeletion;
    (says ? found.say : found.bind) = true;
  }
  return found;
}

void ReadNames(const bind::ModuleIndex& index, grammar::Interner& interner, FamilyMember& member) {
  if (index.ast().kind(member.ref.node) != grammar::NodeKind::kClassDef) {
    member.may_bind_any = true;
    return;
  }
  const bind::Scope& scope = index.scope(index.ScopeOpenedBy(member.ref.node));
  for (uint32_t i = 0; i < scope.symbol_count; ++i) {
    const bind::Symbol& symbol = index.symbol(bind::SymbolId(scope.first_symbol + i));
    const absl::string_view name = index.ast().name(symbol.name);
    if (bind::IsPrivateName(name)) continue;  // another name in every class
    const Bindings bindings = BindingsOf(index, symbol);
    if (!bindings.bind) continue;
    member.names.push_back(interner.Intern(name));
    if (bindings.say) member.unsure.push_back(member.names.back());
  }
  absl::c_sort(member.names);
}

// The classes of a file, without their links.
std::shared_ptr<FamilyRecord> ReadClasses(const ClassTable& classes, FileId file) {
  auto record = std::make_shared<FamilyRecord>();
  record->index = classes.program().Index(file);
  if (record->index == nullptr) return record;
  grammar::Interner& interner = classes.program().interner();
  record->shape = ShapeOf(*record->index, interner);
  absl::flat_hash_map<Atom, uint32_t> counts;
  for (const ClassRef ref : classes.ClassesIn(file)) {
    FamilyMember member;
    member.ref = ref;
    const Atom name = interner.Intern(classes.InfoOf(ref).qualified);
    member.key = {file, name, counts[name]++};
    ReadNames(*record->index, interner, member);
    const auto number = static_cast<uint32_t>(record->members.size());
    record->by_ref.emplace(ref, number);
    record->by_key.emplace(member.key, number);
    record->members.push_back(std::move(member));
  }
  return record;
}

// Writes down who the bases of a file's classes are.
class FamilyLinker {
 public:
  FamilyLinker(const ClassTable& classes, const Records& records, FamilyRecord& record)
      : classes_(classes), records_(records), record_(record), object_(classes.builtin("object")) {}

  void Run() {
    for (const FamilyMember& member : record_.members) LinkBases(member.ref, member.key);
    while (!libraries_.empty()) {
      const ClassRef ref = libraries_.back();
      libraries_.pop_back();
      LinkBases(ref, LibraryKey(ref));
    }
  }

 private:
  void LinkBases(ClassRef ref, FamilyKey key) {
    absl::InlinedVector<ClassRef, 4> seen;
    for (const Base& base : classes_.InfoOf(ref).bases) {
      for (const Entity& entity : base.alternatives) {
        if (!entity.is_class() || entity.class_ref == object_ || absl::c_linear_search(seen, entity.class_ref))
          continue;
        seen.push_back(entity.class_ref);
        record_.links.push_back({KeyOf(entity.class_ref), key});
      }
    }
  }

  FamilyKey KeyOf(ClassRef ref) {
    if (const auto found = records_.find(ref.file); found != records_.end()) {
      const auto member = found->second->by_ref.find(ref);
      if (member != found->second->by_ref.end()) return found->second->members[member->second].key;
    }
    if (visited_.insert(ref).second) libraries_.push_back(ref);
    return LibraryKey(ref);
  }

  const ClassTable& classes_;
  const Records& records_;
  FamilyRecord& record_;
  const ClassRef object_;
  std::vector<ClassRef> libraries_;  // to follow upwards
  absl::flat_hash_set<ClassRef> visited_;
};

std::vector<FileId> SortedFiles(std::vector<FileId> files) {
  absl::c_sort(files);
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

// Whether imports may lead elsewhere now, or a file outside `records` that was read before is another now.
bool LibraryChanged(const program::Program& before, const program::Program& now, const Records& records) {
  if (&before.resolver() != &now.resolver()) return true;
  const auto count = static_cast<uint32_t>(before.file_count());
  for (uint32_t i = 0; i < count; ++i) {
    const bind::ModuleIndex* index = before.IndexIfLoaded(FileId(i));
    if (index != nullptr && !records.contains(FileId(i)) && now.IndexIfLoaded(FileId(i)) != index) return true;
  }
  return false;
}

// Whether the edit of a file may change what the bases in other files mean.
bool ReachesOthers(const FamilyRecord& before, const bind::ModuleIndex* now, grammar::Interner& interner,
                   const Records& records) {
  if (before.index == nullptr || now == nullptr) return true;
  if (before.index->interface_hash() == now->interface_hash()) return false;
  // `__new__` tells what a call of the class makes.
  const Atom construction = interner.Intern("__new__");
  return MayMoveBases(before.shape, ShapeOf(*now, interner), [&](Atom name) {
    return name == construction || absl::c_any_of(records, [&](const auto& record) {
             return absl::c_binary_search(record.second->shape.asked, name);
           });
  });
}

void AddLinks(const FamilyRecord& record, Children& children) {
  for (const Link& link : record.links) children[link.base].push_back(link.subclass);
}

void RemoveLinks(const FamilyRecord& record, Children& children) {
  for (const Link& link : record.links) {
    auto& list = children[link.base];
    const auto one = absl::c_find(list, link.subclass);
    if (one != list.end()) list.erase(one);
  }
}

}  // namespace

struct FamilyIndex::Impl {
  class Lineage;
  class Having;

  std::shared_ptr<const ClassTable> classes;
  Records records;
  Children children;  // with doubles where two files lead to the same class of a library
  size_t looked_at = 0;

  FamilyKey KeyOf(ClassRef ref) const {
    if (const auto found = records.find(ref.file); found != records.end()) {
      const auto member = found->second->by_ref.find(ref);
      if (member != found->second->by_ref.end()) return found->second->members[member->second].key;
    }
    return LibraryKey(ref);
  }

  const FamilyMember* MemberOf(FamilyKey key) const {
    if (!key.name.present()) return nullptr;
    const FamilyRecord& record = *records.find(key.file)->second;
    return &record.members[record.by_key.find(key)->second];
  }

  ClassRef RefOf(FamilyKey key) const {
    const FamilyMember* member = MemberOf(key);
    return member == nullptr ? ClassRef{key.file, grammar::NodeId(key.number)} : member->ref;
  }

  // All below `key`, each once, without itself.
  std::vector<FamilyKey> Below(FamilyKey key) const {
    std::vector<FamilyKey> found(1, key);
    absl::flat_hash_set<FamilyKey> seen = {key};
    for (size_t i = 0; i < found.size(); ++i) {
      const auto list = children.find(found[i]);
      if (list == children.end()) continue;
      for (const FamilyKey subclass : list->second) {
        if (seen.insert(subclass).second) found.push_back(subclass);
      }
    }
    found.erase(found.begin());
    return found;
  }

  // By path, then position.
  bool ComesBefore(ClassRef a, ClassRef b) const {
    if (a.file != b.file) return classes->program().file(a.file).path < classes->program().file(b.file).path;
    const grammar::Ast& ast = classes->program().Index(a.file)->ast();
    return std::pair(ast.range(a.node).begin, a.node) < std::pair(ast.range(b.node).begin, b.node);
  }

  template <typename Of, typename Project>
  void Sort(std::vector<Of>& list, Project ref_of) const {
    absl::c_sort(list, [&](const Of& left, const Of& right) { return ComesBefore(ref_of(left), ref_of(right)); });
  }

  std::vector<ClassRef> Refs(const std::vector<FamilyKey>& keys) const {
    std::vector<ClassRef> refs;
    refs.reserve(keys.size());
    for (const FamilyKey key : keys) refs.push_back(RefOf(key));
    Sort(refs, [](ClassRef ref) { return ref; });
    return refs;
  }
};

FamilyIndex::FamilyIndex(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
FamilyIndex::~FamilyIndex() = default;

FamilyIndex::Pointer FamilyIndex::Build(std::shared_ptr<const ClassTable> classes, const std::vector<FileId>& files) {
  const std::vector<FileId> wanted = SortedFiles(files);
  auto impl = std::make_unique<Impl>();
  impl->classes = std::move(classes);
  const ClassTable& table = *impl->classes;
  std::vector<std::shared_ptr<FamilyRecord>> made(wanted.size());
  tbb::parallel_for(size_t{0}, wanted.size(), [&](size_t i) { made[i] = ReadClasses(table, wanted[i]); });
  for (size_t i = 0; i < wanted.size(); ++i) impl->records.emplace(wanted[i], made[i]);
  tbb::parallel_for(size_t{0}, wanted.size(), [&](size_t i) { FamilyLinker(table, impl->records, *made[i]).Run(); });
  for (const auto& record : made) AddLinks(*record, impl->children);
  impl->looked_at = wanted.size();
  return Pointer(new FamilyIndex(std::move(impl)));
}

FamilyIndex::Pointer FamilyIndex::Updated(std::shared_ptr<const ClassTable> classes,
                                          const std::vector<FileId>& files) const {
  const std::vector<FileId> wanted = SortedFiles(files);
  const program::Program& now = classes->program();
  std::vector<FileId> changed;
  bool others_may_differ = wanted.size() != impl_->records.size();
  for (size_t i = 0; i < wanted.size() && !others_may_differ; ++i) {
    const auto before = impl_->records.find(wanted[i]);
    const bind::ModuleIndex* index = now.Index(wanted[i]);
    if (before != impl_->records.end() && before->second->index == index) continue;
    changed.push_back(wanted[i]);
    others_may_differ =
        before == impl_->records.end() || ReachesOthers(*before->second, index, now.interner(), impl_->records);
  }
  if (others_may_differ || LibraryChanged(impl_->classes->program(), now, impl_->records)) {
    return Build(std::move(classes), wanted);
  }
  auto impl = std::make_unique<Impl>();
  impl->classes = std::move(classes);
  impl->records = impl_->records;
  impl->children = impl_->children;
  std::vector<std::shared_ptr<FamilyRecord>> made;
  for (const FileId file : changed) {
    RemoveLinks(*impl->records[file], impl->children);
    made.push_back(ReadClasses(*impl->classes, file));
    impl->records[file] = made.back();
  }
  for (const auto& record : made) {
    FamilyLinker(*impl->classes, impl->records, *record).Run();
    AddLinks(*record, impl->children);
  }
  impl->looked_at = changed.size();
  return Pointer(new FamilyIndex(std::move(impl)));
}

const ClassTable& FamilyIndex::classes() const { return *impl_->classes; }
std::vector<FileId> FamilyIndex::files() const {
  std::vector<FileId> files;
  for (const auto& [file, record] : impl_->records) files.push_back(file);
  absl::c_sort(files);
  return files;
}

size_t FamilyIndex::looked_at() const { return impl_->looked_at; }

std::vector<ClassRef> FamilyIndex::DirectSubclasses(ClassRef ref) const {
  const FamilyKey key = impl_->KeyOf(ref);
  const auto list = impl_->children.find(key);
  if (list == impl_->children.end()) return {};
  std::vector<FamilyKey> keys;
  absl::flat_hash_set<FamilyKey> seen = {key};
  for (const FamilyKey subclass : list->second) {
    if (seen.insert(subclass).second) keys.push_back(subclass);
  }
  return impl_->Refs(keys);
}

std::vector<ClassRef> FamilyIndex::AllSubclasses(ClassRef ref) const {
  return impl_->Refs(impl_->Below(impl_->KeyOf(ref)));
}

std::vector<ClassRef> FamilyIndex::AllBelow(const std::vector<ClassRef>& refs) const {
  absl::flat_hash_set<FamilyKey> below, walked;
  std::vector<FamilyKey> found, left;
  for (const ClassRef ref : refs) left.push_back(impl_->KeyOf(ref));
  while (!left.empty()) {
    const FamilyKey key = left.back();
    left.pop_back();
    const auto list = walked.insert(key).second ? impl_->children.find(key) : impl_->children.end();
    if (list == impl_->children.end()) continue;
    for (const FamilyKey subclass : list->second) {
      if (!below.insert(subclass).second) continue;
      found.push_back(subclass);
      left.push_back(subclass);
    }
  }
  return impl_->Refs(found);
}

namespace {

// Whether the member is one that a class body binds.
bool IsBoundInBody(MemberKind kind) {
  return IsMethod(kind) || kind == MemberKind::kAttribute || kind == MemberKind::kClass;
}

// The member by which a class overrides what its bases have under that name; null if it has none.
const Member* OverridingMember(const ClassTable& classes, ClassRef owner, Atom name) {
  const Member* member = classes.MembersOf(owner).Find(name);
  return member != nullptr && IsBoundInBody(member->kind) ? member : nullptr;
}

}  // namespace

size_t FamilyIndex::SubclassCount(ClassRef ref) const { return impl_->Below(impl_->KeyOf(ref)).size(); }

std::vector<FamilyIndex::Overrider> FamilyIndex::Overriders(ClassRef ref, Atom name) const {
  std::vector<Overrider> found;
  for (const FamilyKey key : impl_->Below(impl_->KeyOf(ref))) {
    const FamilyMember* known = impl_->MemberOf(key);
    if (known != nullptr && !known->may_bind_any && !absl::c_binary_search(known->names, name)) continue;
    const ClassRef owner = impl_->RefOf(key);
    if (const Member* member = OverridingMember(*impl_->classes, owner, name)) found.push_back({owner, member});
  }
  impl_->Sort(found, [](const Overrider& one) { return one.owner; });
  return found;
}

// Some classes and all that stands below any of them, by number, with what is asked of it.
class FamilyIndex::Impl::Lineage {
 public:
  Lineage(const Impl& family, const std::vector<ClassRef>& refs) : family_(family) {
    for (const ClassRef ref : refs) NumberOf(family.KeyOf(ref));
    std::vector<std::vector<uint32_t>> lists;
    for (size_t i = 0; i < keys_.size(); ++i) {
      lists.emplace_back();
      const auto list = family.children.find(keys_[i]);
      if (list == family.children.end()) continue;
      for (const FamilyKey subclass : list->second) lists.back().push_back(NumberOf(subclass));
    }
    below_.emplace(std::move(lists));
    row_.resize(keys_.size());
    for (uint32_t i = 0; i < keys_.size(); ++i) row_[below_->PlaceOf(i)] = i;
  }

  // Places in `row_`.
  std::vector<Descendants::Stretch> Below(ClassRef ref) {
    return below_->Of(numbers_.find(family_.KeyOf(ref))->second);
  }

  // By name, the places of the classes that bind it, in the order of places.
  using Places = absl::flat_hash_map<Atom, std::vector<uint32_t>>;
  void FindBinders(Places& wanted) const {
    for (uint32_t place = 0; place < row_.size(); ++place) {
      ForEachBound(keys_[row_[place]], [&](Atom name) {
        if (const auto one = wanted.find(name); one != wanted.end()) one->second.push_back(place);
      });
    }
  }

  // The first `most` classes of those places, by path, then position.
  std::vector<ClassRef> FirstOf(std::vector<uint32_t> places, size_t most) {
    if (orders_.empty()) ReadOrders();
    const auto kept = places.begin() + static_cast<std::ptrdiff_t>(std::min(most, places.size()));
    std::partial_sort(places.begin(), kept, places.end(),
                      [this](uint32_t a, uint32_t b) { return orders_[a] < orders_[b]; });
    std::vector<ClassRef> first;
    for (auto place = places.begin(); place != kept; ++place) first.push_back(RefAt(*place));
    return first;
  }

 private:
  // Where a class stands among all others, for many comparisons.
  struct Order {
    size_t file;
    uint32_t begin;
    grammar::NodeId node;
    friend auto operator<=>(const Order&, const Order&) = default;
  };

  ClassRef RefAt(uint32_t place) const { return family_.RefOf(keys_[row_[place]]); }

  void ReadOrders() {
    const program::Program& program = family_.classes->program();
    std::map<absl::string_view, size_t> files;
    for (const FamilyKey key : keys_) files.emplace(program.file(key.file).path, 0);
    size_t count = 0;
    for (auto& [path, number] : files) number = count++;
    for (uint32_t place = 0; place < row_.size(); ++place) {
      const ClassRef ref = RefAt(place);
      orders_.push_back({files.find(program.file(ref.file).path)->second,
                         program.Index(ref.file)->ast().range(ref.node).begin, ref.node});
    }
  }

  uint32_t NumberOf(FamilyKey key) {
    const auto [number, is_new] = numbers_.try_emplace(key, static_cast<uint32_t>(keys_.size()));
    if (is_new) keys_.push_back(key);
    return number->second;
  }

  // The names by which a class overrides what its bases have.
  template <typename Visit>
  void ForEachBound(FamilyKey key, Visit visit) const {
    const FamilyMember* known = family_.MemberOf(key);
    const ClassRef owner = family_.RefOf(key);
    if (known == nullptr || known->may_bind_any) {
      for (const Member& member : family_.classes->MembersOf(owner).all()) {
        if (IsBoundInBody(member.kind)) visit(member.name);
      }
      return;
    }
    for (const Atom name : known->names) {
      const bool is_sure = !absl::c_linear_search(known->unsure, name);
      if (is_sure || OverridingMember(*family_.classes, owner, name) != nullptr) visit(name);
    }
  }

  const Impl& family_;
  std::vector<FamilyKey> keys_;  // by number
  absl::flat_hash_map<FamilyKey, uint32_t> numbers_;
  std::optional<Descendants> below_;
  std::vector<uint32_t> row_;  // by place, the number
  std::vector<Order> orders_;  // by place; empty until it is asked for
};

std::vector<size_t> FamilyIndex::SubclassCounts(const std::vector<ClassRef>& refs) const {
  Impl::Lineage lineage(*impl_, refs);
  std::vector<size_t> counts;
  for (const ClassRef ref : refs) {
    size_t count = 0;
    for (const Descendants::Stretch one : lineage.Below(ref)) count += one.end - one.begin;
    counts.push_back(count);
  }
  return counts;
}

std::vector<FamilyIndex::Overridden> FamilyIndex::OverriddenBelow(const std::vector<MemberName>& members,
                                                                  size_t most) const {
  std::vector<ClassRef> owners;
  Impl::Lineage::Places binders;
  for (const MemberName& member : members) {
    owners.push_back(member.owner);
    binders[member.name];
  }
  Impl::Lineage lineage(*impl_, owners);
  lineage.FindBinders(binders);
  std::vector<Overridden> found;
  std::vector<Descendants::Stretch> below;
  for (size_t i = 0; i < members.size(); ++i) {
    if (i == 0 || owners[i] != owners[i - 1]) below = lineage.Below(owners[i]);
    const std::vector<uint32_t>& places = binders.find(members[i].name)->second;
    Overridden& answer = found.emplace_back();
    std::vector<uint32_t> all;
    for (const Descendants::Stretch stretch : below) {
      const auto begin = absl::c_lower_bound(places, stretch.begin), end = absl::c_lower_bound(places, stretch.end);
      answer.count += static_cast<size_t>(end - begin);
      if (most > 0) all.insert(all.end(), begin, end);
    }
    if (!all.empty()) answer.first = lineage.FirstOf(std::move(all), most);
  }
  return found;
}

// Which of some names each class seems to have: by what its own statement and methods bind, and those of its bases.
class FamilyIndex::Impl::Having {
 public:
  Having(const Impl& family, const std::vector<Atom>& names) : family_(family), names_(names) {
    for (const Atom name : names) texts_.push_back(family.classes->program().interner().text(name));
    for (const auto& [file, record] : family.records) {
      for (const FamilyMember& member : record->members) Gain(member.key, OwnOf(*record, member));
    }
    for (const auto& [base, subclasses] : family.children) {
      if (!base.name.present()) Gain(base, ListedBy(family.RefOf(base)));
    }
    HandDown();
  }

  // Classes of the indexed files that seem to have all.
  std::vector<ClassRef> All() const {
    const Bits all = names_.size() == kMostNames ? ~Bits{0} : (Bits{1} << names_.size()) - 1;
    std::vector<ClassRef> found;
    for (const auto& [key, bits] : bits_) {
      if (bits == all && key.name.present()) found.push_back(family_.RefOf(key));
    }
    return found;
  }

  static constexpr size_t kMostNames = 64;

 private:
  using Bits = uint64_t;

  void Gain(FamilyKey key, Bits bits) {
    if (bits == 0) return;
    Bits& known = bits_[key];
    if ((known | bits) == known) return;
    known |= bits;
    changed_.push_back(key);
  }

  Bits OwnOf(const FamilyRecord& record, const FamilyMember& member) const {
    if (member.may_bind_any) return ListedBy(member.ref);
    const bind::ModuleIndex& index = *record.index;
    const bind::ScopeId body = index.ScopeOpenedBy(member.ref.node);
    const bind::ScopeId instance = index.scope(body).instance;
    Bits bits = 0;
    for (size_t i = 0; i < names_.size(); ++i) {
      const bool has = absl::c_binary_search(member.names, names_[i]) || index.Find(body, texts_[i]).present() ||
                       (instance.present() && index.Find(instance, texts_[i]).present());
      if (has) bits |= Bits{1} << i;
    }
    return bits;
  }

  Bits ListedBy(ClassRef ref) const {
    const MemberTable& members = family_.classes->MembersOf(ref);
    Bits bits = 0;
    for (size_t i = 0; i < names_.size(); ++i) {
      if (members.Find(names_[i]) != nullptr) bits |= Bits{1} << i;
    }
    return bits;
  }

  void HandDown() {
    while (!changed_.empty()) {
      const FamilyKey base = changed_.back();
      changed_.pop_back();
      const auto below = family_.children.find(base);
      if (below == family_.children.end()) continue;
      const Bits bits = bits_[base];
      for (const FamilyKey subclass : below->second) Gain(subclass, bits);
    }
  }

  const Impl& family_;
  const std::vector<Atom>& names_;
  std::vector<absl::string_view> texts_;
  absl::flat_hash_map<FamilyKey, Bits> bits_;
  std::vector<FamilyKey> changed_;  // whose subclasses have not heard of it
};

std::vector<ClassRef> FamilyIndex::ClassesHaving(const std::vector<Atom>& names) const {
  if (names.empty() || names.size() > Impl::Having::kMostNames) return {};
  std::vector<ClassRef> found = Impl::Having(*impl_, names).All();
  std::erase_if(found, [&](ClassRef ref) {
    return !absl::c_all_of(names, [&](Atom name) {
      return impl_->classes->MembersOf(ref).Find(name) != nullptr ||
             impl_->classes->FindInherited(ref, name).certainty == Certainty::kFound;
    });
  });
  impl_->Sort(found, [](ClassRef ref) { return ref; });
  return found;
}

}  // namespace overt::classes
