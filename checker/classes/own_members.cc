// A class's own member table, put together from its parts.
#include "checker/classes/members.h"
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {

using grammar::NodeKind;

void AddSynthesizedMembers(const MemberTarget& target) {
  const ClassInfo& info = target.info;
  if (info.is(ClassFlags::kNamedTuple)) AddNamedTupleMembers(target);
  if (info.is(ClassFlags::kTypedDict)) AddTypedDictMembers(target);
  if (info.is(ClassFlags::kEnum)) AddEnumMembers(target);
  if (info.is(ClassFlags::kDataclass)) AddDataclassMembers(target);
  if (info.is(ClassFlags::kTotalOrdering)) AddTotalOrderingMembers(target);
  AddRuntimeMembers(target);
  MarkDeclaredOnly(target);
}

MemberTable ComputeMembers(Engine& engine, ClassRef ref) {
  MemberTable table;
  const bind::ModuleIndex* index = engine.program.Index(ref.file);
  if (index == nullptr) return table;
  const MemberTarget target{engine, CompleteInfoOf(engine, ref), table};
  switch (index->ast().kind(ref.node)) {
    case NodeKind::kClassDef:
      AddBodyMembers(target, *index, ref.node);
      AddInstanceMembers(target, *index, ref.node);
      break;
    case NodeKind::kCall: AddCallMembers(target, *index, ref.node); break;
    default: break;
  }
  AddInjectedMembers(target);
  AddMetaclassMembers(target);
  AddCounterpartMembers(target);
  AddSynthesizedMembers(target);
  return table;
}

const ClassInfo& CompleteInfoOf(Engine& engine, ClassRef ref) {
  ClassSlot& slot = engine.SlotOf(ref);
  if (const ClassInfo* known = slot.info.load(std::memory_order_acquire)) return *known;
  const ClassInfo& own = *Query::Run(engine, [&](Query& query) { return &OwnInfo(query, ref); });
  const MroInfo& mro = MroAlone(engine, ref);
  uint32_t flags = own.flags;
  if (mro.metaclass.present() && mro.metaclass != engine.type_class) {
    const bool is_enum = Query::Run(engine, [&](Query& query) {
      return HasAncestor(query, mro.metaclass, SpecialForm::kEnumMeta) ||
             HasAncestor(query, mro.metaclass, SpecialForm::kEnumType);
    });
    if (is_enum) flags |= ClassFlags::kEnum;
    const ClassInfo& metaclass = *Query::Run(engine, [&](Query& query) { return &OwnInfo(query, mro.metaclass); });
    const MroInfo& meta_mro = MroAlone(engine, mro.metaclass);
    if (((metaclass.flags | meta_mro.ancestor_flags) & ClassFlags::kDataclassTransform) != 0) {
      flags |= ClassFlags::kDataclass;
    }
    const bool adds_unknown =
        Query::Run(engine, [&](Query& query) { return MetaclassEffectIn(query, mro.metaclass).on_class.adds_unknown; });
    if (adds_unknown) flags |= ClassFlags::kDynamicMembers;
  }
  if ((mro.ancestor_flags & ClassFlags::kTypedDict) != 0) flags |= ClassFlags::kTypedDict;
  if ((mro.ancestor_flags & ClassFlags::kDataclassTransform) != 0) flags |= ClassFlags::kDataclass;
  if (HasUnknownInjections(engine, ref)) flags |= ClassFlags::kDynamicMembers;
  const ClassInfo* complete = &own;
  if (flags != own.flags) {
    ClassInfo copy = own;
    copy.flags = flags;
    complete = &slot.complete.Keep(std::move(copy));
  }
  slot.info.store(complete, std::memory_order_release);
  return *complete;
}

}  // namespace overt::classes
