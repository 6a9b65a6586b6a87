#include "checker/classes/class_table.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/engine.h"
#include "checker/classes/hidden_members.h"
#include "checker/classes/members.h"
#include "checker/classes/steps.h"
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

const MemberTable& MembersIn(Engine& engine, ClassSlot& slot) {
  if (const MemberTable* known = slot.members.Find()) return *known;
  return slot.members.Keep(ComputeMembers(engine, slot.ref));
}

const MroInfo& MroOfSlot(Engine& engine, ClassSlot& slot) {
  if (const MroInfo* known = slot.mro.Find()) return *known;
  return MroAlone(engine, slot.ref);
}

// Visits the ancestors that have the name, nearest first, until `visit` says stop.
template <typename Visit>
void ForEachOwner(Engine& engine, const MroInfo& mro, Atom name, Visit visit) {
  for (size_t i = 1; i < mro.slots.size(); ++i) {
    const Member* member = MembersIn(engine, *mro.slots[i]).Find(name);
    if (member == nullptr) continue;
    const bool may_be_shadowed = i >= mro.certain_prefix && !mro.complete();
    if (!visit(Inherited{Certainty::kFound, mro.slots[i]->ref, member, may_be_shadowed})) return;
  }
  for (const ClassRef ref : mro.alternatives) {
    const Member* member = MembersIn(engine, engine.SlotOf(ref)).Find(name);
    if (member != nullptr && !visit(Inherited{Certainty::kFound, ref, member, true})) return;
  }
}

// Whether an ancestor gets attributes from beside it that cannot be listed.
bool HasOpenAncestor(Engine& engine, const MroInfo& mro) {
  for (size_t i = 1; i < mro.slots.size(); ++i) {
    const ClassSlot& slot = *mro.slots[i];
    const ClassInfo* info = slot.info.load(std::memory_order_acquire);
    if (info == nullptr) info = &CompleteInfoOf(engine, slot.ref);
    if (info->is(ClassFlags::kDynamicMembers | ClassFlags::kUnknownDecorator)) return true;
  }
  return false;
}

// Whether an ancestor has the member when the program runs, though not as type checkers read it.
bool HasRunTimeOwner(const Engine& engine, const MroInfo& mro, Atom name) {
  for (size_t i = 1; i < mro.order.size(); ++i) {
    if (HasRunTimeMember(engine, mro.order[i], name)) return true;
  }
  return false;
}

// `_asdict` and its like in the body of the named tuple: it is made from the fields alone, and the body comes after.
bool IsThereBeforeTheBody(Engine& engine, ClassRef ref, Atom name) {
  const ClassInfo& info = CompleteInfoOf(engine, ref);
  return info.is(ClassFlags::kNamedTuple) && info.form == ClassForm::kStatement &&
         IsNamedTupleMember(engine.Text(name), engine.program.options().target.version);
}

bool MakesClasses(absl::string_view callee) {
  return callee == "namedtuple" || callee == "NamedTuple" || callee == "TypedDict" || callee == "NewType" ||
         callee == "type" || callee == "make_dataclass" || callee == "new_class" || callee == "with_metaclass" ||
         callee == "Enum" || callee == "IntEnum" || callee == "StrEnum" || callee == "Flag" || callee == "IntFlag";
}

// `X = namedtuple(…)` and its like: the call, if it may make a class; else none.
NodeId ClassMakingCall(const ModuleIndex& index, const bind::Definition& def) {
  if (def.kind != bind::DefKind::kAssignment || def.reach == bind::Reach::kNever) return NodeId::None();
  const Ast& ast = index.ast();
  if (ast.kind(def.statement) != NodeKind::kAssign) return NodeId::None();
  const NodeId value = ast.Get<grammar::AssignNode>(def.statement).value();
  if (ast.kind(value) != NodeKind::kCall) return NodeId::None();
  return MakesClasses(TerminalName(ast, ast.Get<grammar::CallNode>(value).callee())) ? value : NodeId::None();
}

}  // namespace

ClassTable::ClassTable(std::shared_ptr<const program::Program> program, ClassTableOptions options)
    : engine_(std::make_unique<Engine>(std::move(program), std::move(options))) {
  engine_->type_class = builtin("type");
}
ClassTable::~ClassTable() = default;

const program::Program& ClassTable::program() const { return engine_->program; }
const ClassTableOptions& ClassTable::options() const { return engine_->options; }

const ClassInfo& ClassTable::InfoOf(ClassRef ref) const { return CompleteInfoOf(*engine_, ref); }
const MroInfo& ClassTable::MroOf(ClassRef ref) const { return MroOfSlot(*engine_, engine_->SlotOf(ref)); }
const MemberTable& ClassTable::MembersOf(ClassRef ref) const { return MembersIn(*engine_, engine_->SlotOf(ref)); }

const FunctionFacts& ClassTable::FactsOf(NodeRef function) const {
  if (const FunctionFacts* known = engine_->facts.Find(function)) return *known;
  const ModuleIndex& index = *engine_->program.Index(function.file);
  return FactsIn(*engine_, function, index.ScopeAt(function.node));
}

NodeId ClassTable::OverrideDecoratorOf(NodeRef class_def) const { return FindOverrideDecorator(*engine_, class_def); }

bool ClassTable::StandsForNoClass(const Entity& entity) const {
  if (entity.kind != EntityKind::kInstance) {
    return Query::Run(*engine_, [&](Query& query) { return IsRefusedAsBase(query, entity); });
  }
  const ClassRef ref = entity.class_ref;
  if (!ref.present()) return false;
  const ClassInfo& info = InfoOf(ref);
  const MroInfo& mro = MroOf(ref);
  if (!mro.complete() || info.is(ClassFlags::kUnknownDecorator | ClassFlags::kDynamicMembers)) return false;
  if (entity.is_declared && !info.is(ClassFlags::kFinal)) return false;
  if (absl::c_linear_search(mro.order, engine_->type_class)) return false;  // an object of a metaclass is a class
  for (const absl::string_view name : {"__mro_entries__", "__getattr__"}) {
    const Atom atom = engine_->Intern(name);
    if (MembersOf(ref).Find(atom) != nullptr || FindInherited(ref, atom).certainty != Certainty::kAbsent) return false;
  }
  return !Query::Run(*engine_, [&](Query& query) { return MayTakeClassArguments(query, ref); });
}

std::vector<size_t> ClassTable::InvalidBases(ClassRef ref) const {
  const ClassInfo& info = InfoOf(ref);
  std::vector<size_t> out;
  for (size_t i = 0; i < info.bases.size(); ++i) {
    if (Query::Run(*engine_, [&](Query& query) { return IsCertainlyNoClass(query, info.bases[i]); })) out.push_back(i);
  }
  return out;
}

Inherited ClassTable::FindInherited(ClassRef ref, Atom name) const {
  const MroInfo& mro = MroOf(ref);
  Inherited result;
  ForEachOwner(*engine_, mro, name, [&](const Inherited& found) {
    result = found;
    return false;
  });
  if (result.member != nullptr) return result;
  const bool is_known = mro.complete() && !HasOpenAncestor(*engine_, mro) && !HasRunTimeOwner(*engine_, mro, name) &&
                        !IsThereBeforeTheBody(*engine_, ref, name);
  result.certainty = is_known ? Certainty::kAbsent : Certainty::kUnknown;
  return result;
}

bool ClassTable::MayBeHidden(ClassRef ref, Atom name) const { return classes::MayBeHidden(*engine_, ref, name); }

void ClassTable::ForEachInherited(ClassRef ref, Atom name, absl::FunctionRef<bool(const Inherited&)> visit) const {
  ForEachOwner(*engine_, MroOf(ref), name, visit);
}

std::vector<Inherited> ClassTable::FindAllInherited(ClassRef ref, Atom name) const {
  std::vector<Inherited> out;
  ForEachInherited(ref, name, [&](const Inherited& found) {
    out.push_back(found);
    return true;
  });
  return out;
}

uint16_t ClassTable::InheritedFlags(ClassRef ref) const {
  const MroInfo& mro = MroOf(ref);
  unsigned flags = 0;
  for (size_t i = 1; i < mro.slots.size(); ++i) flags |= MembersIn(*engine_, *mro.slots[i]).flags();
  for (const ClassRef alternative : mro.alternatives) flags |= MembersOf(alternative).flags();
  return static_cast<uint16_t>(flags);
}

Inherited ClassTable::FindInheritedWith(ClassRef ref, Atom name, uint16_t flag) const {
  const MroInfo& mro = MroOf(ref);
  const auto find_in = [&](ClassSlot& slot) -> const Member* {
    const MemberTable& members = MembersIn(*engine_, slot);
    if ((members.flags() & flag) == 0) return nullptr;
    const Member* member = members.Find(name);
    return member != nullptr && member->is(flag) ? member : nullptr;
  };
  for (size_t i = 1; i < mro.slots.size(); ++i) {
    const Member* member = find_in(*mro.slots[i]);
    if (member == nullptr) continue;
    return {Certainty::kFound, mro.slots[i]->ref, member, i >= mro.certain_prefix && !mro.complete()};
  }
  for (const ClassRef alternative : mro.alternatives) {
    const Member* member = find_in(engine_->SlotOf(alternative));
    if (member != nullptr) return {Certainty::kFound, alternative, member, true};
  }
  Inherited none;
  none.certainty = mro.complete() ? Certainty::kAbsent : Certainty::kUnknown;
  return none;
}

std::vector<Atom> ClassTable::InheritedNames(ClassRef ref) const {
  const MroInfo& mro = MroOf(ref);
  std::vector<Atom> out;
  absl::flat_hash_set<Atom> seen;
  const auto add = [&](const MemberTable& members) {
    for (const Member& member : members.all()) {
      if (seen.insert(member.name).second) out.push_back(member.name);
    }
  };
  for (size_t i = 1; i < mro.slots.size(); ++i) add(MembersIn(*engine_, *mro.slots[i]));
  for (const ClassRef alternative : mro.alternatives) add(MembersOf(alternative));
  return out;
}

std::vector<ClassRef> ClassTable::ClassesIn(FileId file) const {
  std::vector<ClassRef> out;
  const ModuleIndex* index = engine_->program.Index(file);
  if (index == nullptr) return out;
  for (const bind::ScopeId scope : index->class_scopes()) out.push_back({file, index->scope(scope).node});
  const size_t statements = out.size();
  for (const bind::Definition& def : index->definitions()) {
    const NodeId call = ClassMakingCall(*index, def);
    if (!call.present()) continue;
    const Site site{file, index, def.scope, index->FlowBefore(def.statement)};
    const EntitySet values = EvaluateAlone(*engine_, site, call);
    for (const Entity& value : values) {
      if (value.is_class() && value.class_ref == ClassRef{file, call}) out.push_back(value.class_ref);
    }
  }
  if (out.size() != statements) {
    std::sort(out.begin(), out.end(), [&](ClassRef a, ClassRef b) {
      return index->ast().range(a.node).begin < index->ast().range(b.node).begin;
    });
    out.erase(std::unique(out.begin(), out.end()), out.end());
  }
  return out;
}

ClassRef ClassTable::builtin(absl::string_view name) const {
  const EntitySet values = Query::Run(*engine_, [&](Query& query) { return BuiltinValue(query, name); });
  for (const Entity& entity : values) {
    if (entity.is_class()) return entity.class_ref;
  }
  return ClassRef();
}

std::vector<ClassRef> ClassTable::FindClass(absl::string_view name) const {
  std::vector<ClassRef> exact, by_last_part;
  const std::string suffix = absl::StrCat(".", name);
  for (uint32_t number = 0; number < engine_->program.file_count(); ++number) {
    const FileId file(number);
    const ModuleIndex* index = engine_->program.IndexIfLoaded(file);
    if (index == nullptr) continue;
    for (const ClassRef ref : ClassesIn(file)) {
      const ClassInfo& info = InfoOf(ref);
      if (info.qualified == name) exact.push_back(ref);
      if (absl::EndsWith(info.qualified, suffix)) by_last_part.push_back(ref);
    }
  }
  std::vector<ClassRef>& found = exact.empty() ? by_last_part : exact;
  if (found.empty()) {
    // Not read yet: the longest module of the name, then attributes.
    for (size_t dot = name.rfind('.'); dot != absl::string_view::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
      const Entity module = engine_->ModuleNamed(name.substr(0, dot));
      if (module.kind != EntityKind::kModule) continue;
      EntitySet values(1, module);
      for (absl::string_view rest = name.substr(dot + 1); !rest.empty();) {
        const absl::string_view part = rest.substr(0, rest.find('.'));
        values = Query::Run(*engine_, [&](Query& query) { return AttributeOf(query, values, part, NodeRef()); });
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
      }
      for (const Entity& value : values) {
        if (value.is_class()) found.push_back(value.class_ref);
      }
      break;
    }
  }
  std::sort(found.begin(), found.end(), [this](ClassRef a, ClassRef b) {
    if (a.file != b.file) return engine_->program.file(a.file).path < engine_->program.file(b.file).path;
    return a.node < b.node;
  });
  return std::move(found);
}

}  // namespace overt::classes
