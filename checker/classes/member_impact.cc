#include "checker/classes/member_impact.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "checker/bind/special_names.h"
#include "checker/classes/main_definition.h"
#include "checker/classes/members.h"
#include "checker/classes/super_call.h"
#include "grammar/ast/definitions.h"
#include "grammar/ast/path.h"

namespace overt::classes {

using grammar::Ast;
using grammar::NodeKind;

namespace {

// Whether a class has something of its own by the name, so that nobody who asks it gets to its bases. `self.x = 1` and
// `x: int` leave what the bases have where it is.
bool HidesBases(const Member& member) {
  return member.kind != MemberKind::kInstanceAttribute && member.kind != MemberKind::kDeclaration;
}

// Which lookups end at one member.
class WaysToMember {
 public:
  WaysToMember(const FamilyIndex& family, ClassRef owner, Atom name)
      : family_(family), classes_(family.classes()), owner_(owner), name_(name) {}

  // `ref.name`.
  bool LeadsFrom(ClassRef ref) {
    const auto [known, is_new] = known_.try_emplace(ref, false);
    if (is_new) known->second = Leads(classes_.MroOf(ref), 0);
    return known->second;
  }

  // `super().name` for an object of `ref`, where the search begins after `start`.
  bool LeadsAfter(ClassRef start, ClassRef ref) const {
    const MroInfo& mro = classes_.MroOf(ref);
    const auto at = absl::c_find(mro.order, start);
    return at != mro.order.end() && Leads(mro, static_cast<size_t>(at - mro.order.begin()) + 1);
  }

  // The class of an object for which the call leads here: the one around it, or else the first below that has other
  // classes between the two. None if there is none.
  ClassRef ClassThatLeads(const SuperCall& call) const {
    if (LeadsAfter(call.start, call.around)) return call.around;
    for (const ClassRef below : family_.AllSubclasses(call.around)) {
      if (LeadsAfter(call.start, below)) return below;
    }
    return {};
  }

 private:
  bool Leads(const MroInfo& mro, size_t first) const {
    for (size_t i = first; i < mro.order.size(); ++i) {
      if (mro.order[i] == owner_) return true;
      const Member* member = classes_.MembersOf(mro.order[i]).Find(name_);
      if (member != nullptr && HidesBases(*member)) return false;
    }
    return absl::c_linear_search(mro.alternatives, owner_);
  }

  const FamilyIndex& family_;
  const ClassTable& classes_;
  const ClassRef owner_;
  const Atom name_;
  absl::flat_hash_map<ClassRef, bool> known_;
};

// The uses of a member that one file has.
class UseFinder {
 public:
  UseFinder(const ClassTable& classes, WaysToMember& ways, FileId file, Atom name)
      : classes_(classes),
        program_(classes.program()),
        ways_(ways),
        file_(file),
        name_(program_.interner().text(name)),
        index_(*program_.Index(file)),
        ast_(index_.ast()) {}

  // `written`: as the class's own body writes the name.
  void Find(absl::string_view written, MemberImpact& out) {
    const grammar::NameId plain = ast_.FindName(name_), own = ast_.FindName(written);
    if (!plain.present() && !own.present()) return;
    for (uint32_t raw = 0; raw < ast_.node_count(); ++raw) {
      if (ast_.kind(NodeId(raw)) != NodeKind::kAttribute) continue;
      const grammar::NameId name = ast_.Get<grammar::AttributeNode>(NodeId(raw)).attribute();
      if (name == plain || name == own) Look(NodeId(raw), out);
    }
  }

 private:
  void Look(NodeId attribute, MemberImpact& out) {
    const TextRange whole = ast_.range(attribute);
    path_ = PathTo(ast_, whole.end - 1);
    const auto view = ast_.Get<grammar::AttributeNode>(attribute);
    if (path_.back() != attribute || Meaning(ast_.name(view.attribute())) != name_) return;
    const NodeId value = view.value();
    if (IsSuperCall(classes_, file_, path_, value)) {
      const std::optional<SuperCall> call = ReadSuperCall(classes_, file_, path_, value);
      const ClassRef leads = call ? ways_.ClassThatLeads(*call) : ClassRef();
      if (!leads.present()) return;
      out.super_calls.push_back(Place(attribute, call->around));
      if (leads != call->around) out.super_calls.back().by_way_of = leads;
    } else if (const ClassRef own = ClassOfReceiver(value); own.present()) {
      if (ways_.LeadsFrom(own)) out.through_self.push_back(Place(attribute, own));
    } else if (const ClassRef named = ClassThatLeads(value); named.present()) {
      out.named.push_back(Place(attribute, named));
    }
  }

  // Mangled as Python does it, in the innermost class around.
  std::string Meaning(absl::string_view written) const {
    for (auto node = path_.rbegin(); node != path_.rend(); ++node) {
      if (ast_.kind(*node) != NodeKind::kClassDef) continue;
      return bind::Mangled(classes_.InfoOf({file_, *node}).name, written);
    }
    return std::string(written);
  }

  // Of the classes that the expression may be, the first that leads to the member.
  ClassRef ClassThatLeads(NodeId value) {
    for (const Entity& entity : ValueOnPath(classes_, file_, path_, value)) {
      if (entity.is_class() && ways_.LeadsFrom(entity.class_ref)) return entity.class_ref;
    }
    return {};
  }

  // --- `self` and `cls` ---

  // The name in `self`, `type(self)` and `self.__class__`; none in anything else.
  NodeId NameOfReceiver(NodeId value) const {
    NodeId inner = value;
    if (ast_.Is<grammar::AttributeNode>(value)) {
      const auto attribute = ast_.Get<grammar::AttributeNode>(value);
      if (ast_.name(attribute.attribute()) == "__class__") inner = attribute.value();
    } else if (ast_.Is<grammar::CallNode>(value)) {
      const auto call = ast_.Get<grammar::CallNode>(value);
      const bool is_type = ast_.Is<grammar::NameNode>(call.callee()) && TerminalName(ast_, call.callee()) == "type";
      if (is_type && call.arguments().size() == 1) inner = call.arguments().front();
    }
    return ast_.Is<grammar::NameNode>(inner) ? inner : NodeId();
  }

  // The class of the method, here or around, whose first parameter the expression stands for; none if it is no such.
  ClassRef ClassOfReceiver(NodeId value) const {
    const NodeId receiver = NameOfReceiver(value);
    if (!receiver.present()) return {};
    const grammar::NameId name = ast_.Get<grammar::NameNode>(receiver).name();
    const bind::ScopeId innermost = index_.ScopeAt(receiver);
    for (bind::ScopeId id = innermost; id.present(); id = index_.scope(id).parent) {
      const bind::Scope& scope = index_.scope(id);
      const bind::SymbolId symbol = index_.Find(id, name);
      // Functions do not see the names of a class around them.
      if (!symbol.present() || (scope.kind == bind::ScopeKind::kClass && id != innermost)) continue;
      return scope.kind == bind::ScopeKind::kFunction ? ClassOfFirstParameter(scope, symbol) : ClassRef();
    }
    return {};
  }

  ClassRef ClassOfFirstParameter(const bind::Scope& scope, bind::SymbolId symbol) const {
    const ClassRef owner = ClassOfMethod(scope);
    const auto function = ast_.Get<grammar::FunctionDefNode>(scope.node);
    const auto parameters = ast_.Get<grammar::ParametersNode>(function.parameters()).parameters();
    if (!owner.present() || parameters.empty() || ast_.kind(parameters.front()) != NodeKind::kParameter) return {};
    const auto first = ast_.Get<grammar::ParameterNode>(parameters.front());
    const auto kind = static_cast<grammar::ParameterKind>(first.small());
    if (kind != grammar::ParameterKind::kPositionalOnly && kind != grammar::ParameterKind::kPositionalOrKeyword)
      return {};
    const bool may_be_it = first.name() == index_.symbol(symbol).name && MayBeParameter(symbol);
    const bool is_static = classes_.FactsOf({file_, scope.node}).kind == MemberKind::kStaticMethod &&
                           DefinedName(ast_, scope.node) != "__new__";
    return may_be_it && !is_static ? owner : ClassRef();
  }

  ClassRef ClassOfMethod(const bind::Scope& method) const {
    const bind::ScopeId around = index_.PastTypeParameters(method.parent);
    if (index_.scope(around).kind != bind::ScopeKind::kClass) return {};
    return {file_, index_.scope(around).node};
  }

  // Not certainly bound anew where the attribute stands: `if other: self = other` may leave it.
  bool MayBeParameter(bind::SymbolId symbol) const {
    const auto statement = std::find_if(path_.rbegin(), path_.rend(), [&](NodeId node) {
      return grammar::CategoryOf(ast_.kind(node)) == grammar::NodeCategory::kStatement;
    });
    if (statement == path_.rend()) return false;
    bool may_be_unbound = false;
    const std::vector<DefId> reaching =
        index_.ReachingDefinitions(symbol, index_.FlowBefore(*statement), &may_be_unbound);
    const auto is_parameter = [&](DefId id) { return index_.definition(id).kind == bind::DefKind::kParameter; };
    return reaching.empty() || absl::c_any_of(reaching, is_parameter);
  }

  // --- Places ---

  ImpactPlace Place(NodeId attribute, ClassRef ref) const {
    const auto view = ast_.Get<grammar::AttributeNode>(attribute);
    const auto size = static_cast<uint32_t>(ast_.name(view.attribute()).size());
    const TextRange whole = view.range();
    return {NameAround(attribute), ref, file_, {whole.end - size, whole.end}, false, {}};
  }

  // The function, class or module in which a node is evaluated.
  std::string NameAround(NodeId node) const {
    const std::string prefix = QualifiedPrefix(program_, file_, index_, index_.ScopeAt(node));
    absl::string_view name = absl::StripSuffix(prefix, ".");
    absl::ConsumeSuffix(&name, ".<locals>");
    return name.empty() ? "<module>" : std::string(name);
  }

  const ClassTable& classes_;
  const program::Program& program_;
  WaysToMember& ways_;
  const FileId file_;
  const absl::string_view name_;
  const bind::ModuleIndex& index_;
  const Ast& ast_;
  NodePath path_;  // to the attribute that is looked at
};

class ImpactReader {
 public:
  ImpactReader(const FamilyIndex& family, ClassRef owner, const Member& member)
      : family_(family),
        classes_(family.classes()),
        program_(classes_.program()),
        owner_(owner),
        member_(member),
        ways_(family, owner, member.name) {}

  MemberImpact Read(const std::vector<FileId>& files) {
    MemberImpact out;
    out.member = MemberPlace(owner_, member_);
    for (const Inherited& one : classes_.FindAllInherited(owner_, member_.name)) {
      const bool is_nobodys = classes_.InfoOf(one.owner).form == ClassForm::kSpecial;
      if (!is_nobodys) out.overrides.push_back(MemberPlace(one.owner, *one.member));
    }
    for (const FamilyIndex::Overrider& one : family_.Overriders(owner_, member_.name)) {
      if (IsBundled(one.owner)) continue;
      out.overridden_by.push_back(MemberPlace(one.owner, *one.member));
      out.overridden_by.back().is_marked = one.member->is(MemberFlags::kOverride);
    }
    for (const ClassRef below : family_.AllSubclasses(owner_)) {
      if (!IsBundled(below) && IsHeir(below)) out.inherited_by.push_back(HeirPlace(below));
    }
    for (const FileId file : files) {
      if (program_.Index(file) == nullptr) continue;
      UseFinder(classes_, ways_, file, member_.name).Find(WrittenIn(classes_.InfoOf(owner_)), out);
    }
    for (auto* uses : {&out.super_calls, &out.named, &out.through_self}) Tidy(out.member, *uses);
    return out;
  }

 private:
  bool IsBundled(ClassRef ref) const { return program_.file(ref.file).is_bundled; }

  bool IsHeir(ClassRef below) const {
    return classes_.MembersOf(below).Find(member_.name) == nullptr &&
           classes_.FindInherited(below, member_.name).owner == owner_;
  }

  // "plugins.csv.Csv.close"; a private name as it is written where the class itself is the one that defines it.
  std::string NameIn(ClassRef ref) const {
    const ClassInfo& info = classes_.InfoOf(ref);
    return absl::StrCat(info.qualified, ".", WrittenIn(info));
  }

  absl::string_view WrittenIn(const ClassInfo& info) const {
    return bind::WrittenName(info.name, program_.interner().text(member_.name));
  }

  ImpactPlace MemberPlace(ClassRef ref, const Member& member) const {
    return {NameIn(ref), ref, member.file, DefiningRange(member), false, {}};
  }

  // What is set on `self` begins where it is set first.
  TextRange DefiningRange(const Member& member) const {
    const bind::ModuleIndex* index = program_.Index(member.file);
    if (index != nullptr && member.kind == MemberKind::kInstanceAttribute && !member.definitions.empty()) {
      const bind::Definition& first = index->definition(member.definitions.front());
      if (first.kind == bind::DefKind::kInstanceStore) return NameRangeOf(index->ast(), first);
    }
    return MainNameRange(classes_, member);
  }

  ImpactPlace HeirPlace(ClassRef ref) const {
    return {NameIn(ref), ref, ref.file, classes_.InfoOf(ref).name_range, false, {}};
  }

  // In order, and without the definition, which may be a use of `self` too.
  void Tidy(const ImpactPlace& definition, std::vector<ImpactPlace>& uses) const {
    std::erase_if(uses,
                  [&](const ImpactPlace& use) { return use.file == definition.file && use.range == definition.range; });
    absl::c_sort(uses, [&](const ImpactPlace& a, const ImpactPlace& b) {
      if (a.file != b.file) return program_.file(a.file).path < program_.file(b.file).path;
      return a.range < b.range;
    });
  }

  const FamilyIndex& family_;
  const ClassTable& classes_;
  const program::Program& program_;
  const ClassRef owner_;
  const Member& member_;
  WaysToMember ways_;
};

}  // namespace

MemberImpact ImpactOf(const FamilyIndex& family, ClassRef owner, const Member& member,
                      const std::vector<FileId>& files) {
  return ImpactReader(family, owner, member).Read(files);
}

}  // namespace overt::classes
