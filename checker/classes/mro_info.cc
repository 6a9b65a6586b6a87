// From the bases of a class to its MRO, its unknown ancestors and its metaclass.
#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "checker/classes/base_list.h"
#include "checker/classes/layout.h"
#include "checker/classes/mro.h"
#include "grammar/base/names.h"

namespace overt::classes {

namespace {

class Linker {
 public:
  Linker(Query& query, ClassRef ref) : query_(query), ref_(ref), info_(OwnInfo(query, ref)) {
    out_.order.push_back(ref);
  }

  MroInfo Link() {
    is_stub_ = query_.engine.program.file(ref_.file).is_stub;
    ListBases();
    if (CheckBases()) {
      Merge();
    } else {
      FallBack();
    }
    NoteCounterpart();
    FinishAlternatives();
    FindCertainPrefix();
    for (size_t i = out_.slots.size(); i < out_.order.size(); ++i) {
      out_.slots.push_back(&query_.engine.SlotOf(out_.order[i]));
    }
    LinkLayout();
    LinkMetaclass();
    HeedMetaclass();
    if (out_.status == MroStatus::kFine && info_.form != ClassForm::kNewTypeCall &&
        absl::c_any_of(info_.bases, [&](const Base& base) { return base.expression.present() && IsNewType(base); })) {
      out_.status = MroStatus::kInvalidBase;
    }
    return std::move(out_);
  }

 private:
  void ListBases() {
    BaseList list = classes::ListBases(query_, ref_, info_);
    linear_ = std::move(list.bases);
    alternatives_ = std::move(list.alternatives);
    unknown_at_ = list.unknown_at;
    generic_twice_ = list.generic_twice;
    out_.has_any_metaclass = list.has_any;
    is_abstract_at_run_time_ = list.is_abstract_at_run_time;
    for (const UnknownAncestor& unknown : list.unknown) Note(unknown);
  }

  void Note(const UnknownAncestor& unknown) {
    if (out_.unknown.size() < MroInfo::kMaxUnknown) out_.unknown.push_back(unknown);
  }

  // --- Refusals ---

  bool CheckBases() {
    for (const Base& base : info_.bases) {
      if (IsCertainlyNoClass(query_, base) && !IsNewType(base)) {
        out_.status = MroStatus::kInvalidBase;
        return false;
      }
    }
    for (const LinearBase& base : linear_) out_.is_below_refused |= IsRefused(base.ref);
    absl::flat_hash_map<ClassRef, bool> seen;  // whether what stands there is certain
    for (size_t i = 0; i < linear_.size(); ++i) {
      if (linear_.size() == 1) continue;
      const auto [first, is_new] = seen.try_emplace(linear_[i].ref, linear_[i].is_certain);
      if (is_new) continue;
      const bool is_certain = first->second && linear_[i].is_certain && !IsMadeInLoop(linear_[i].ref);
      if (is_certain && !is_stub_ && !IsTypedDict()) {
        out_.status = MroStatus::kDuplicateBase;
        out_.culprits.push_back(linear_[i].ref);
        return false;
      }
      linear_.erase(linear_.begin() + static_cast<std::ptrdiff_t>(i--));
    }
    return true;
  }

  // `for …: class Step(Base): …`: each turn makes another class, and another name may still stand for an earlier one.
  bool IsMadeInLoop(ClassRef ref) {
    const grammar::Ast& ast = query_.engine.program.Index(ref.file)->ast();
    for (uint32_t id = ref.node.raw + 1; id < ast.node_count(); ++id) {
      const grammar::NodeKind kind = ast.kind(grammar::NodeId(id));
      const bool is_loop = kind == grammar::NodeKind::kFor || kind == grammar::NodeKind::kWhile;
      if (is_loop && ast.first_of(grammar::NodeId(id)) <= ref.node) return true;
    }
    return false;
  }

  // Whatever a typed dictionary lists, its metaclass gives `type` nothing but `dict` and Generic: neither duplicates
  // nor the order of the bases ever matter. Source: `_TypedDictMeta.__new__` in CPython's Lib/typing.py.
  bool IsTypedDict() {
    return info_.is(ClassFlags::kTypedDict) || absl::c_any_of(linear_, [&](const LinearBase& base) {
             const uint32_t flags = OwnInfo(query_, base.ref).flags | MroIn(query_, base.ref).ancestor_flags;
             return (flags & ClassFlags::kTypedDict) != 0;
           });
  }

  // A NewType stands for a class of its own, which refuses its subclasses when they are complete.
  bool IsNewType(const Base& base) {
    return absl::c_all_of(base.alternatives, [&](const Entity& entity) {
      return entity.is_class() && OwnInfo(query_, entity.class_ref).form == ClassForm::kNewTypeCall;
    });
  }

  bool IsRefused(ClassRef base) {
    const MroInfo& mro = MroIn(query_, base);
    return mro.status != MroStatus::kFine || mro.is_below_refused;
  }

  // A reason that CPython meets before those that are known so far. What derives from a refused class is left alone.
  void Refuse(MroStatus status, std::vector<ClassRef> culprits) {
    if (out_.is_below_refused || is_stub_ || out_.status == MroStatus::kInvalidBase) return;
    out_.status = status;
    out_.culprits = std::move(culprits);
  }

  // --- Merging ---

  void Merge() {
    std::vector<const MroInfo*> mros;
    mros.reserve(linear_.size());
    for (const LinearBase& base : linear_) mros.push_back(&MroIn(query_, base.ref));
    for (size_t i = 0; i < linear_.size(); ++i) Inherit(linear_[i].ref, *mros[i]);
    if (linear_.size() == 1) {
      out_.order.insert(out_.order.end(), mros[0]->order.begin(), mros[0]->order.end());
      if (generic_twice_.present()) Refuse(MroStatus::kDuplicateBase, {generic_twice_});
      out_.slots.push_back(&query_.engine.SlotOf(ref_));
      out_.slots.insert(out_.slots.end(), mros[0]->slots.begin(), mros[0]->slots.end());
      return;
    }
    std::vector<absl::Span<const ClassRef>> lists;
    std::vector<ClassRef> bases;
    bool is_certain = true;
    for (size_t i = 0; i < linear_.size(); ++i) {
      lists.emplace_back(mros[i]->order);
      bases.push_back(linear_[i].ref);
      is_certain &= linear_[i].is_certain;
    }
    C3Result merged = MergeC3(lists, bases);
    if (merged.consistent) {
      out_.order.insert(out_.order.end(), merged.order.begin(), merged.order.end());
      if (generic_twice_.present()) Refuse(MroStatus::kDuplicateBase, {generic_twice_});
      return;
    }
    if (is_certain && !InvolvesForeignStub(merged.blocked) && !IsTypedDict()) {
      Refuse(MroStatus::kInconsistent, std::move(merged.blocked));
    }
    DepthFirst(mros);
  }

  // Third-party stubs list bases that the real classes may not have.
  bool InvolvesForeignStub(absl::Span<const ClassRef> classes) const {
    for (const ClassRef ref : classes) {
      const program::FileInfo& file = query_.engine.program.file(ref.file);
      if (file.is_stub && file.family == resolve::ResolvedModule::Family::kThirdParty) return true;
    }
    return false;
  }

  // A usable order where there is no right one.
  void DepthFirst(const std::vector<const MroInfo*>& mros) {
    absl::flat_hash_set<ClassRef> seen{ref_};
    ClassRef object;
    for (const MroInfo* mro : mros) {
      for (const ClassRef ref : mro->order) {
        if (!seen.insert(ref).second) continue;
        if (IsObject(ref)) {
          object = ref;
        } else {
          out_.order.push_back(ref);
        }
      }
    }
    if (object.present()) out_.order.push_back(object);
  }

  bool IsObject(ClassRef ref) const {
    return ref.file == query_.engine.builtins.module && OwnInfo(query_, ref).name == "object";
  }

  void FallBack() {
    std::vector<const MroInfo*> mros;
    mros.reserve(linear_.size());
    for (const LinearBase& base : linear_) {
      mros.push_back(&MroIn(query_, base.ref));
      Inherit(base.ref, *mros.back());
    }
    DepthFirst(mros);
  }

  // What a base cannot know of its ancestors, this class cannot either.
  void Inherit(ClassRef base, const MroInfo& mro) {
    const ClassInfo& info = OwnInfo(query_, base);
    out_.ancestor_flags |= info.flags | mro.ancestor_flags;
    if (info.is(ClassFlags::kUnknownDecorator)) Note({base, NodeId::None(), UnknownReason::kDecorator, NodeRef()});
    if (info.is(ClassFlags::kDynamicMembers)) {
      Note({base, NodeId::None(), UnknownReason::kDynamicNamespace, NodeRef()});
    }
    for (const UnknownAncestor& unknown : mro.unknown) Note(unknown);
    for (const ClassRef alternative : mro.alternatives) inherited_alternatives_.push_back(alternative);
  }

  // --- Alternatives ---

  // The source beside a stub may have bases that the stub does not list.
  void NoteCounterpart() {
    if (!is_stub_) return;
    counterpart_ = CounterpartClass(query_, ref_);
    if (counterpart_.present()) alternatives_.push_back(counterpart_);
  }

  void FinishAlternatives() {
    if (alternatives_.empty() && inherited_alternatives_.empty()) return;
    absl::flat_hash_set<ClassRef> seen(out_.order.begin(), out_.order.end());
    if (counterpart_.present()) seen.insert(counterpart_);  // it is the class itself; its bases are ancestors
    for (const ClassRef alternative : alternatives_) {
      const MroInfo& mro = MroIn(query_, alternative);
      for (const ClassRef ref : mro.order) AddAlternative(seen, ref);
      for (const ClassRef ref : mro.alternatives) AddAlternative(seen, ref);
      for (const UnknownAncestor& unknown : mro.unknown) Note(unknown);
    }
    for (const ClassRef ref : inherited_alternatives_) AddAlternative(seen, ref);
  }

  void AddAlternative(absl::flat_hash_set<ClassRef>& seen, ClassRef ref) {
    if (seen.insert(ref).second) out_.alternatives.push_back(ref);
  }

  // --- Certainty ---

  void FindCertainPrefix() {
    size_t certain = out_.order.size();
    if (!out_.unknown.empty()) {
      if (unknown_at_ != SIZE_MAX) {
        // The direct bases to the left of the unknown one, as far as they head the order.
        size_t heads = 0;
        while (heads < std::min(unknown_at_, linear_.size()) && heads + 1 < out_.order.size() &&
               out_.order[heads + 1] == linear_[heads].ref) {
          ++heads;
        }
        certain = heads + 1;
      }
      for (const UnknownAncestor& unknown : out_.unknown) {
        if (unknown.through == ref_) continue;
        const auto place = std::find(out_.order.begin(), out_.order.end(), unknown.through);
        const auto index = static_cast<size_t>(place - out_.order.begin());
        // What a decorator makes of a class may stand before the class.
        const size_t own = unknown.reason == UnknownReason::kDecorator ? 0 : 1;
        if (place != out_.order.end()) certain = std::min(certain, index + own);
      }
      const bool is_decorated = !linear_.empty() && OwnInfo(query_, linear_[0].ref).is(ClassFlags::kUnknownDecorator);
      if (linear_.size() == 1 && unknown_at_ == SIZE_MAX && !is_decorated) {
        certain = std::max<size_t>(certain, MroIn(query_, linear_[0].ref).certain_prefix + 1);
        certain = std::min(certain, out_.order.size());
      }
    }
    out_.certain_prefix = static_cast<uint32_t>(certain);
  }

  // --- Layout ---

  // Source: `best_base` in CPython's Objects/typeobject.c; PEP 800.
  void LinkLayout() {
    if ((info_.is(ClassFlags::kDisjointBase) || HasOwnSlotFields()) && !IsObject(ref_)) out_.layout = ref_;
    ClassRef winner;
    for (const LinearBase& base : linear_) {
      const ClassRef layout = MroIn(query_, base.ref).layout;
      if (!layout.present() || !base.is_certain || DerivesFrom(winner, layout)) continue;
      if (winner.present() && !DerivesFrom(layout, winner)) {
        Refuse(MroStatus::kLayoutConflict, {winner, layout});
        break;
      }
      winner = layout;
    }
    if (info_.is(ClassFlags::kDisjointBase) && out_.status != MroStatus::kLayoutConflict) RefuseSlotsBelow(winner);
    inherited_layout_ = AddsDictionary(winner) ? ref_ : winner;
    if (!out_.layout.present()) out_.layout = inherited_layout_;
  }

  // Whether `@dataclass(slots=True)` or attrs makes a slot that no ancestor has. What an ancestor only binds is taken
  // for one.
  bool HasOwnSlotFields() {
    const uint32_t flags = info_.flags;
    if ((flags & ClassFlags::kDataclass) == 0 || (flags & ClassFlags::kPlainDataclass) != 0 || is_stub_) return false;
    if ((flags & ClassFlags::kUnknownDecorator) != 0 || !out_.unknown.empty()) return false;
    const bind::ModuleIndex& index = *query_.engine.program.Index(ref_.file);
    const std::vector<grammar::NameId> fields = SlotFields(query_, ref_.file, ref_.node);
    return absl::c_any_of(fields, [&](grammar::NameId field) {
      return absl::c_none_of(out_.order, [&](ClassRef at) { return at != ref_ && Binds(at, index.ast().name(field)); });
    });
  }

  bool Binds(ClassRef ref, absl::string_view name) {
    const bind::ModuleIndex* index = query_.engine.program.Index(ref.file);
    if (index == nullptr || !index->ast().Is<grammar::ClassDefNode>(ref.node)) return true;
    const bind::ScopeId scope = index->ScopeOpenedBy(ref.node);
    return scope.present() && index->Find(scope, name).present();
  }

  // `class Level(int): __slots__ = ("name",)`.
  void RefuseSlotsBelow(ClassRef layout) {
    if (!layout.present() || is_stub_ || info_.form != ClassForm::kStatement || info_.is(ClassFlags::kNamedTuple))
      return;
    if (!AddsSlots(*query_.engine.program.Index(ref_.file), ref_.node)) return;
    const grammar::PythonVersion version = query_.engine.program.options().target.version;
    for (const ClassRef ref : MroIn(query_, layout).order) {
      if (ref.file != query_.engine.builtins.module) continue;
      if (HasVariableSize(OwnInfo(query_, ref).name, version)) return Refuse(MroStatus::kLayoutConflict, {ref, ref_});
    }
  }

  // Before Python 3.12 a `__dict__` changes the layout of what has a variable size.
  bool AddsDictionary(ClassRef layout) {
    if (is_stub_ || !layout.present() || layout.file != query_.engine.builtins.module) return false;
    const absl::string_view name = OwnInfo(query_, layout).name;
    if (name != "int" && name != "bytes" && name != "tuple") return false;
    const bind::ModuleIndex* index = query_.engine.program.Index(ref_.file);
    if (index->options().target.version >= grammar::PythonVersion{3, 12}) return false;
    if (info_.form != ClassForm::kStatement || info_.is(ClassFlags::kNamedTuple)) return false;
    const bind::ScopeId scope = index->ScopeOpenedBy(ref_.node);
    return scope.present() && !index->Find(scope, grammar::names::kSlots).present();
  }

  bool DerivesFrom(ClassRef derived, ClassRef base) {
    if (!derived.present() || derived == base) return derived.present();
    return absl::c_linear_search(MroIn(query_, derived).order, base);
  }

  // --- Metaclass ---

  // Source: the language reference, "Determining the appropriate metaclass".
  void LinkMetaclass() {
    ClassRef winner;
    size_t classes = 0;
    for (const Entity& entity : info_.metaclass) {
      if (entity.is_class()) {
        if (++classes == 1) winner = entity.class_ref;
      } else if (entity.kind != EntityKind::kValue) {
        out_.metaclass_unknown = true;
      }
    }
    if (out_.metaclass_unknown) {
      Note({ref_, info_.metaclass_expression, UnknownReason::kUnsupported, {ref_.file, info_.metaclass_expression}});
    }
    // Without bases nobody compares: what is given makes the class, whatever it is.
    const bool has_no_bases =
        info_.form == ClassForm::kStatement && info_.bases.size() == 1 && !info_.bases.front().expression.present();
    out_.metaclass_unknown |= classes > 1;
    if (winner.present() && has_no_bases) {
      out_.metaclass = winner;
      return;
    }
    out_.metaclass_unknown |= unknown_at_ != SIZE_MAX;
    for (const LinearBase& base : linear_) {
      const MroInfo& mro = MroIn(query_, base.ref);
      out_.metaclass_unknown |= mro.metaclass_unknown || !base.is_certain;
      winner = MoreDerived(winner, mro.metaclass);
    }
    if (is_abstract_at_run_time_) winner = MoreDerived(winner, ClassNamed("abc", "ABCMeta"));
    if (!winner.present() && info_.bases.empty()) winner = ClassNamed("builtins", "type");
    out_.metaclass = winner;
    LinkMetaclassOfAny();
  }

  // What `type` would refuse, a metaclass may never ask of it.
  void HeedMetaclass() {
    const MetaclassEffect effect = MetaclassEffectIn(query_, out_.metaclass);
    const bool has_other_bases = effect.changes_bases || effect.hides_bases;
    bool is_avoided = false;
    switch (out_.status) {
      case MroStatus::kInconsistent: is_avoided = effect.orders || has_other_bases; break;
      case MroStatus::kDuplicateBase: is_avoided = has_other_bases; break;
      case MroStatus::kLayoutConflict: is_avoided = has_other_bases || effect.drops_names; break;
      case MroStatus::kFine:
      case MroStatus::kCyclic:
      case MroStatus::kInvalidBase:
      case MroStatus::kMetaclassConflict: break;
    }
    if (is_avoided) {
      out_.status = MroStatus::kFine;
      out_.culprits.clear();
    }
    if (effect.drops_names) out_.layout = inherited_layout_;
    if (effect.changes_bases) Note({ref_, NodeId::None(), UnknownReason::kMetaclass, NodeRef()});
  }

  // The metaclass of `Any` derives from `type` alone, and no other derives from it.
  void LinkMetaclassOfAny() {
    for (const LinearBase& base : linear_) out_.has_any_metaclass |= MroIn(query_, base.ref).has_any_metaclass;
    if (!out_.has_any_metaclass || out_.status == MroStatus::kMetaclassConflict) return;
    const ClassRef type = ClassNamed("builtins", "type");
    ClassRef other =
        info_.metaclass.size() == 1 && info_.metaclass[0].is_class() ? info_.metaclass[0].class_ref : ClassRef();
    for (const LinearBase& base : linear_) {
      const MroInfo& mro = MroIn(query_, base.ref);
      if (base.is_certain && !mro.metaclass_unknown && mro.metaclass.present() && mro.metaclass != type) {
        other = mro.metaclass;
      }
    }
    if (!other.present() || other == type || !MroIn(query_, other).complete()) return;
    Refuse(MroStatus::kMetaclassConflict, {other, ClassRef()});
  }

  ClassRef ClassNamed(absl::string_view module, absl::string_view name) {
    for (const Entity& entity : AttributeOfModule(query_, query_.engine.ModuleNamed(module), name)) {
      if (entity.is_class()) return entity.class_ref;
    }
    return ClassRef();
  }

  ClassRef MoreDerived(ClassRef winner, ClassRef other) {
    if (!other.present() || other == winner) return winner;
    if (!winner.present()) return other;
    const MroInfo& left = MroIn(query_, winner);
    if (std::find(left.order.begin(), left.order.end(), other) != left.order.end()) return winner;
    const MroInfo& right = MroIn(query_, other);
    if (std::find(right.order.begin(), right.order.end(), winner) != right.order.end()) return other;
    if (left.complete() && right.complete() && !out_.metaclass_unknown && !InvolvesForeignStub({winner, other}) &&
        out_.status != MroStatus::kMetaclassConflict) {
      Refuse(MroStatus::kMetaclassConflict, {winner, other});
    }
    return winner;
  }

  Query& query_;
  const ClassRef ref_;
  const ClassInfo& info_;  // of another class, or of none, where the question is met by itself
  MroInfo out_;
  std::vector<LinearBase> linear_;
  std::vector<ClassRef> alternatives_, inherited_alternatives_;
  size_t unknown_at_ = SIZE_MAX;  // see BaseList
  ClassRef generic_twice_;
  ClassRef counterpart_;
  bool is_abstract_at_run_time_ = false;
  bool is_stub_ = false;
  ClassRef inherited_layout_;  // what the bases alone make of it
};

// --- Order of work ---------------------------------------------------------------------------------------------------

// All classes that the MRO of a class needs first.
void CollectNeeded(const ClassInfo& info, std::vector<ClassRef>& out) {
  for (const Base& base : info.bases) {
    for (const Entity& entity : base.alternatives) {
      if (entity.class_ref.present() && entity.kind != EntityKind::kInstance) out.push_back(entity.class_ref);
    }
  }
  for (const Entity& entity : info.metaclass) {
    if (entity.is_class()) out.push_back(entity.class_ref);
  }
}

// The bases that a class certainly has, for cycles: what is one of several alternatives may be another class.
void CollectCertain(const ClassInfo& info, std::vector<ClassRef>& out) {
  for (const Base& base : info.bases) {
    if (base.alternatives.size() == 1 && base.alternatives[0].is_class()) {
      out.push_back(base.alternatives[0].class_ref);
    }
  }
}

// Ancestors without an MRO, deepest first; the class itself last.
std::vector<ClassRef> BottomUp(Query& query, ClassRef ref) {
  struct Step {
    ClassRef ref;
    std::vector<ClassRef> needed;
    size_t next = 0;
  };
  std::vector<ClassRef> order;
  absl::flat_hash_set<ClassRef> seen{ref};
  std::vector<Step> steps;
  steps.push_back({ref, {}, 0});
  CollectNeeded(OwnInfo(query, ref), steps.back().needed);
  while (!steps.empty() && !query.abandoned()) {
    Step& step = steps.back();
    if (step.next == step.needed.size()) {
      order.push_back(step.ref);
      steps.pop_back();
      continue;
    }
    const ClassRef next = step.needed[step.next++];
    if (query.engine.SlotOf(next).mro.Find() != nullptr || !seen.insert(next).second) continue;
    steps.push_back({next, {}, 0});
    CollectNeeded(OwnInfo(query, next), steps.back().needed);
  }
  return order;
}

// The shortest way from the class back to itself over certain bases, itself first; empty if there is none.
std::vector<ClassRef> FindCycle(Query& query, ClassRef ref) {
  absl::flat_hash_map<ClassRef, ClassRef> came_from;
  std::vector<ClassRef> queue{ref};
  for (size_t i = 0; i < queue.size() && !query.abandoned(); ++i) {
    const ClassRef at = queue[i];
    // What has an MRO already is in no cycle with this class, which has none, unless it was found to be in that cycle.
    if (const MroInfo* known = query.engine.SlotOf(at).mro.Find();
        known != nullptr && at != ref && known->status != MroStatus::kCyclic) {
      continue;
    }
    std::vector<ClassRef> bases;
    CollectCertain(OwnInfo(query, at), bases);
    for (const ClassRef base : bases) {
      if (base == ref) {
        std::vector<ClassRef> cycle;
        for (ClassRef back = at; back != ref; back = came_from.at(back)) cycle.push_back(back);
        cycle.push_back(ref);
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
      }
      if (came_from.try_emplace(base, at).second) queue.push_back(base);
    }
  }
  return {};
}

MroInfo CyclicMro(Query& query, ClassRef ref, std::vector<ClassRef> cycle) {
  MroInfo out;
  out.status = MroStatus::kCyclic;
  out.order = cycle;
  out.culprits = std::move(cycle);
  for (const Entity& object : BuiltinValue(query, "object")) {
    if (object.is_class()) out.order.push_back(object.class_ref);
  }
  for (const ClassRef at : out.order) out.slots.push_back(&query.engine.SlotOf(at));
  out.unknown.push_back({ref, NodeId::None(), UnknownReason::kCycle, NodeRef()});
  out.certain_prefix = 1;
  out.metaclass_unknown = true;
  return out;
}

// Whether some class needs itself or one that comes after it: then there is a cycle somewhere.
bool HasBackEdge(Query& query, const std::vector<ClassRef>& order) {
  absl::flat_hash_map<ClassRef, size_t> position;
  position.reserve(order.size());
  for (size_t i = 0; i < order.size(); ++i) position.emplace(order[i], i);
  std::vector<ClassRef> needed;
  for (size_t i = 0; i < order.size(); ++i) {
    needed.clear();
    CollectNeeded(OwnInfo(query, order[i]), needed);
    for (const ClassRef ref : needed) {
      const auto found = position.find(ref);
      if (found != position.end() && found->second >= i) return true;
    }
  }
  return false;
}

enum class Cycles : uint8_t { kNone, kPossible };

const MroInfo& AnswerMro(Query& query, ClassRef ref, Cycles cycles) {
  return query.Answer<MroInfo>({FrameKind::kMro, ref.file, ref.node.raw},
                               CellStore<MroInfo>{query.engine.SlotOf(ref).mro}, [&] {
                                 if (cycles == Cycles::kPossible) {
                                   std::vector<ClassRef> cycle = FindCycle(query, ref);
                                   if (!cycle.empty()) return CyclicMro(query, ref, std::move(cycle));
                                 }
                                 return Linker(query, ref).Link();
                               });
}

// Nearly every class: all that it needs has an MRO already.
bool HasAllNeeded(Query& query, ClassRef ref) {
  std::vector<ClassRef> needed;
  CollectNeeded(OwnInfo(query, ref), needed);
  for (const ClassRef at : needed) {
    if (query.engine.SlotOf(at).mro.Find() == nullptr) return false;
  }
  return true;
}

}  // namespace

const MroInfo& MroIn(Query& query, ClassRef ref) {
  ClassSlot& slot = query.engine.SlotOf(ref);
  if (const MroInfo* known = slot.mro.Find()) return *known;
  if (HasAllNeeded(query, ref)) return AnswerMro(query, ref, Cycles::kNone);
  const std::vector<ClassRef> order = BottomUp(query, ref);
  const Cycles cycles = HasBackEdge(query, order) ? Cycles::kPossible : Cycles::kNone;
  for (const ClassRef at : order) {
    if (at != ref) AnswerMro(query, at, cycles);
  }
  return AnswerMro(query, ref, cycles);
}

const MroInfo& MroAlone(Engine& engine, ClassRef ref) {
  return *Query::Run(engine, [&](Query& query) { return &MroIn(query, ref); });
}

bool HasAncestor(Query& query, ClassRef ref, SpecialForm ancestor) {
  if (!ref.present()) return false;
  for (const ClassRef at : MroIn(query, ref).order) {
    const bind::ModuleIndex* index = query.engine.program.Index(at.file);
    if (index == nullptr) continue;
    // Special classes stand at the top of their modules, so that the name is enough.
    const ClassInfo& info = OwnInfo(query, at);
    if (query.engine.SpecialOf(at.file, info.name) == ancestor && !info.is(ClassFlags::kInFunction)) return true;
  }
  return false;
}

}  // namespace overt::classes
