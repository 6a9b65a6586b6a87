// Which abstract members a class still has: what a name means first in the order is what its instances get.
//
//   class Shape(ABC):
//       @property
//       @abstractmethod
//       def area(self): ...
//   class Square(Shape):
//       area: int                     # puts nothing there: `area` stays abstract
//
// Source: `_abc__abc_init` in CPython's Modules/_abc.c; `abc.update_abstractmethods`; `property.__isabstractmethod__`.
#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "checker/classes/class_table.h"
#include "checker/classes/engine.h"
#include "checker/classes/steps.h"

namespace overt::classes {
namespace {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

// A name of `__slots__`, which is a descriptor of the class, not what a method sets.
bool IsSlot(const program::Program& program, const Member& member) {
  if (member.definitions.empty()) return false;
  const bind::DefKind kind = program.Index(member.file)->definition(member.definitions.front()).kind;
  return kind == bind::DefKind::kAssignment || kind == bind::DefKind::kAnnotated;
}

class AbstractSearch {
 public:
  AbstractSearch(const ClassTable& table, ClassRef ref) : table_(table), mro_(table.MroOf(ref)) {}

  std::vector<Inherited> Find() {
    for (size_t i = 0; i < mro_.slots.size(); ++i) {
      const ClassInfo& info = table_.InfoOf(mro_.slots[i]->ref);
      const bool may_be_shadowed = i >= mro_.certain_prefix && !mro_.complete();
      for (const Member& member : table_.MembersOf(info.ref).all()) {
        if (PutsNothing(member, info) || !settled_.insert(member.name).second) continue;
        if (member.is(MemberFlags::kAbstract)) {
          out_.push_back({Certainty::kFound, info.ref, &member, may_be_shadowed});
        } else if (const Inherited left = LeftAbstract(member); left.member != nullptr) {
          out_.push_back(left);
        }
      }
    }
    return std::move(out_);
  }

 private:
  // Annotations and `self.x = …` put nothing there, but what makes a class of records may: attrs a slot, others a
  // property. In a stub a declaration stands for whatever the class has.
  bool PutsNothing(const Member& member, const ClassInfo& info) const {
    if (member.kind == MemberKind::kInstanceAttribute) return !IsSlot(table_.program(), member);
    if (member.kind == MemberKind::kAttribute) return IsTakenAway(member, info);
    if (member.kind != MemberKind::kDeclaration || table_.program().file(member.file).is_stub) return false;
    return !info.is(ClassFlags::kDataclass) || info.is(ClassFlags::kPlainDataclass);
  }

  // `rows: list = field(default_factory=list)`: a dataclass takes what is no default out of the class, and from Python
  // 3.10 on looks for abstract members again.
  bool IsTakenAway(const Member& member, const ClassInfo& info) const {
    if (!info.is(ClassFlags::kPlainDataclass) || member.definitions.size() != 1 || member.is(MemberFlags::kClassVar)) {
      return false;
    }
    const ModuleIndex& index = *table_.program().Index(member.file);
    if (index.options().target.version < grammar::PythonVersion{3, 10}) return false;
    const Ast& ast = index.ast();
    const NodeId statement = index.definition(member.definitions.front()).statement;
    if (!ast.Is<grammar::AnnAssignNode>(statement)) return false;
    const NodeId value = ast.Get<grammar::AnnAssignNode>(statement).value();
    if (!value.present() || ast.kind(value) != NodeKind::kCall) return false;
    const auto call = ast.Get<grammar::CallNode>(value);
    if (TerminalName(ast, call.callee()) != "field" || MayHaveDefault(ast, call)) return false;
    const EntitySet callees =
        Evaluate(table_, member.file, call.callee(), index.ScopeAt(call.callee()), index.FlowBefore(statement));
    return !callees.empty() && absl::c_all_of(callees, [&](const Entity& callee) {
      return callee.kind == EntityKind::kFunction && table_.program().file(callee.node.file).module == "dataclasses";
    });
  }

  static bool MayHaveDefault(const Ast& ast, grammar::CallNode call) {
    return absl::c_any_of(call.arguments(), [&](NodeId argument) {
      if (ast.kind(argument) != NodeKind::kKeyword) return true;
      const grammar::NameId name = ast.Get<grammar::KeywordNode>(argument).name();
      return !name.present() || ast.name(name) == "default";
    });
  }

  // --- Properties that build on another ---

  // `@Shape.area.getter` keeps the setter of `Shape.area`: that property, if what is kept of it is abstract.
  Inherited LeftAbstract(const Member& member) const {
    constexpr int kMostSteps = 8;
    Inherited base;
    base.member = &member;
    absl::flat_hash_set<Accessor> replaced;
    for (int i = 0; i < kMostSteps; ++i) {
      const Member& at = *base.member;
      if (at.kind != MemberKind::kProperty || at.definitions.empty()) return {};
      if (i > 0 && KeepsAbstract(at, replaced)) return base;
      for (const DefId id : at.definitions) {
        if (const FunctionFacts* facts = FactsOf(at, id)) replaced.insert(facts->accessor);
      }
      base = PropertyBelow(at);
      if (base.member == nullptr) return {};
    }
    return {};
  }

  const FunctionFacts* FactsOf(const Member& member, DefId id) const {
    const bind::Definition& definition = table_.program().Index(member.file)->definition(id);
    if (definition.kind != bind::DefKind::kFunction) return nullptr;
    return &table_.FactsOf({member.file, definition.node});
  }

  bool KeepsAbstract(const Member& member, const absl::flat_hash_set<Accessor>& replaced) const {
    return absl::c_any_of(member.definitions, [&](DefId id) {
      const FunctionFacts* facts = FactsOf(member, id);
      return facts != nullptr && facts->is_abstract && !replaced.contains(facts->accessor);
    });
  }

  // The property `Shape.area` of `@Shape.area.getter`, if the first definition of `member` is one of those.
  Inherited PropertyBelow(const Member& member) const {
    const ModuleIndex& index = *table_.program().Index(member.file);
    const bind::Definition& first = index.definition(member.definitions.front());
    const FunctionFacts* facts = FactsOf(member, member.definitions.front());
    if (facts == nullptr || !facts->extends_property) return {};
    for (const NodeId decorator : index.ast().Get<grammar::FunctionDefNode>(first.node).decorators()) {
      const NodeId owner = OwnerOfAccessor(index.ast(), index.ast().Get<grammar::DecoratorNode>(decorator).expression(),
                                           table_.program().interner().text(member.name));
      if (!owner.present()) continue;
      const EntitySet values =
          Evaluate(table_, member.file, owner, index.ScopeAt(first.node), index.FlowBefore(first.statement));
      if (values.size() != 1 || !values[0].is_class()) return {};
      return FindFrom(values[0].class_ref, member.name);
    }
    return {};
  }

  // `Shape` in `Shape.area.getter`; none in any other expression.
  static NodeId OwnerOfAccessor(const Ast& ast, NodeId expression, absl::string_view name) {
    if (!ast.Is<grammar::AttributeNode>(expression)) return NodeId::None();
    const NodeId property = ast.Get<grammar::AttributeNode>(expression).value();
    if (!ast.Is<grammar::AttributeNode>(property)) return NodeId::None();
    const auto attribute = ast.Get<grammar::AttributeNode>(property);
    return ast.name(attribute.attribute()) == name ? attribute.value() : NodeId::None();
  }

  Inherited FindFrom(ClassRef ref, Atom name) const {
    if (!table_.MroOf(ref).complete()) return {};
    if (const Member* own = table_.MembersOf(ref).Find(name)) return {Certainty::kFound, ref, own, false};
    return table_.FindInherited(ref, name);
  }

  const ClassTable& table_;
  const MroInfo& mro_;
  absl::flat_hash_set<Atom> settled_;
  std::vector<Inherited> out_;
};

}  // namespace

std::vector<Inherited> ClassTable::UnimplementedMembers(ClassRef ref) const {
  if (((MembersOf(ref).flags() | InheritedFlags(ref)) & MemberFlags::kAbstract) == 0) return {};
  return AbstractSearch(*this, ref).Find();
}

}  // namespace overt::classes
