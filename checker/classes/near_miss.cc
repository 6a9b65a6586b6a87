#include "checker/classes/near_miss.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "checker/bind/special_names.h"
#include "checker/classes/members.h"
#include "diagnostics/spelling.h"

namespace overt::classes {
namespace {

// Without the underscores. Source: the language reference, "Data model"; the pages of the library on abc, copy,
// copyreg, dataclasses, enum, operator, os, pickle, sys, typing; the last two lines are Python 2's.
constexpr absl::string_view kLanguageNames =
    "new init del repr str bytes format lt le eq ne gt ge hash bool getattr getattribute setattr delattr dir get set "
    "delete set_name objclass slots init_subclass mro_entries prepare instancecheck subclasscheck subclasshook "
    "class_getitem call len length_hint getitem setitem delitem missing iter next reversed contains add sub mul matmul "
    "truediv floordiv mod divmod pow lshift rshift and xor or radd rsub rmul rmatmul rtruediv rfloordiv rmod rdivmod "
    "rpow rlshift rrshift rand rxor ror iadd isub imul imatmul itruediv ifloordiv imod ipow ilshift irshift iand ixor "
    "ior neg pos abs invert complex int float index round trunc floor ceil enter exit aenter aexit await aiter anext "
    "match_args buffer release_buffer annotate annotations dict weakref doc name qualname module bases base mro class "
    "subclasses type_params static_attributes firstlineno wrapped func self code defaults kwdefaults globals closure "
    "builtins text_signature signature abstractmethods isabstractmethod reduce reduce_ex getstate setstate getnewargs "
    "getnewargs_ex getinitargs copy deepcopy replace fspath sizeof post_init members notes cause context traceback "
    "suppress_context path file spec loader package cached all version author inv not concat iconcat origin args "
    "parameters typing_subst typing_prepare_subst typing_unpacked_tuple_args typing_is_unpacked_typevartuple bound "
    "constraints covariant contravariant infer_variance default supertype required_keys optional_keys readonly_keys "
    "mutable_keys total value evaluate "
    "cmp rcmp coerce nonzero unicode long oct hex div rdiv idiv getslice setslice delslice metaclass";

absl::string_view WithoutUnderscores(absl::string_view dunder) { return dunder.substr(2, dunder.size() - 4); }

// A definition of the name in the body of that class that the target never reaches; none if there is none.
DefId DeadDefinition(const bind::ModuleIndex& index, ClassRef ref, absl::string_view name) {
  if (!index.ast().Is<grammar::ClassDefNode>(ref.node)) return DefId::None();
  const bind::ScopeId scope = index.ScopeOpenedBy(ref.node);
  const bind::SymbolId symbol = scope.present() ? index.Find(scope, name) : bind::SymbolId::None();
  if (!symbol.present()) return DefId::None();
  for (DefId id = index.symbol(symbol).first; id.present(); id = index.definition(id).next) {
    const bind::Definition& definition = index.definition(id);
    if (definition.reach == bind::Reach::kNever && definition.kind != bind::DefKind::kDeletion) return id;
  }
  return DefId::None();
}

void AddExcluded(const ClassTable& table, ClassRef ref, absl::string_view name, std::vector<NearMiss>& out) {
  const std::vector<ClassRef>& order = table.MroOf(ref).order;
  for (size_t i = 1; i < order.size(); ++i) {
    const bind::ModuleIndex* index = table.program().Index(order[i].file);
    if (index == nullptr) continue;
    const DefId dead = DeadDefinition(*index, order[i], name);
    if (!dead.present()) continue;
    const TextRange range = NameRangeOf(index->ast(), index->definition(dead));
    out.push_back({NearMissKind::kExcluded, order[i], order[i].file, range});
    return;
  }
}

// What `type` itself has, every class has.
void AddOfMetaclass(const ClassTable& table, ClassRef ref, Atom name, std::vector<NearMiss>& out) {
  const MroInfo& mro = table.MroOf(ref);
  if (!mro.metaclass.present() || mro.metaclass_unknown) return;
  const ClassRef type = table.builtin("type");
  for (const ClassRef owner : table.MroOf(mro.metaclass).order) {
    if (owner == type) return;
    const Member* member = table.MembersOf(owner).Find(name);
    if (member == nullptr) continue;
    out.push_back({NearMissKind::kOnMetaclass, owner, member->file, member->name_range});
    return;
  }
}

void AddAttributeHook(const ClassTable& table, ClassRef ref, std::vector<NearMiss>& out) {
  const Inherited hook = table.FindInherited(ref, table.program().interner().Intern("__getattr__"));
  if (hook.certainty != Certainty::kFound) return;
  out.push_back({NearMissKind::kAttributeHook, hook.owner, hook.member->file, hook.member->name_range});
}

}  // namespace

bool IsLanguageName(absl::string_view name) {
  static const absl::flat_hash_set<absl::string_view> names = absl::StrSplit(kLanguageNames, ' ');
  return bind::IsDunderName(name) && names.contains(WithoutUnderscores(name));
}

std::vector<Atom> NearestInheritedNames(const ClassTable& table, ClassRef ref, Atom name) {
  const grammar::Interner& interner = table.program().interner();
  const bool is_dunder = bind::IsDunderName(interner.text(name));
  const auto compared = [&](Atom atom) {
    return is_dunder ? WithoutUnderscores(interner.text(atom)) : interner.text(atom);
  };
  std::vector<Atom> nearest, candidates;
  if (IsLanguageName(interner.text(name))) return nearest;
  std::vector<absl::string_view> words;
  for (const Atom atom : table.InheritedNames(ref)) {
    if (is_dunder && !bind::IsDunderName(interner.text(atom))) continue;
    candidates.push_back(atom);
    words.push_back(compared(atom));
  }
  const absl::string_view word = compared(name);
  const absl::string_view first = NearestBySpelling(word, words);
  if (first.empty()) return nearest;
  const size_t distance = EditDistance(word, first, word.size());
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] != word && EditDistance(word, words[i], distance) == distance) nearest.push_back(candidates[i]);
  }
  return nearest;
}

std::vector<NearMiss> NearMisses(const ClassTable& table, ClassRef ref, Atom name) {
  const absl::string_view text = table.program().interner().text(name);
  std::vector<NearMiss> out;
  AddExcluded(table, ref, text, out);
  AddOfMetaclass(table, ref, name, out);
  if (!bind::IsDunderName(text)) AddAttributeHook(table, ref, out);  // Python looks those up on the class alone
  return out;
}

}  // namespace overt::classes
