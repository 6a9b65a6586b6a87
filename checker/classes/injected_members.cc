// What is set on a class beside its body: `Rows.size = 3`, `setattr(Rows, name, …)`, class decorators.
#include "absl/container/inlined_vector.h"
#include "checker/classes/literal_strings.h"
#include "checker/classes/members.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

class InjectionFinder {
 public:
  InjectionFinder(Engine& engine, FileId file, const ModuleIndex& index)
      : engine_(engine), file_(file), index_(index), ast_(index.ast()) {}

  Injections Find() {
    for (const DefId def : index_.attribute_stores()) AddStore(def);
    for (const bind::SetAttrCall& call : index_.setattr_calls()) AddCall(call);
    return std::move(out_);
  }

 private:
  EntitySet Evaluate(NodeId expression, bind::ScopeId scope, bind::FlowId flow) const {
    const Site site{file_, &index_, scope, flow};
    return EvaluateAlone(engine_, site, expression);
  }

  void Add(const EntitySet& owners, absl::string_view name, TextRange range, DefId def) {
    for (const Entity& owner : owners) {
      if (!owner.is_class()) continue;
      Injections::One one;
      one.owner = owner.class_ref;
      if (!name.empty()) {
        one.member.name = engine_.Intern(name);  // names beside the class are not mangled
        one.member.kind = MemberKind::kInjected;
        one.member.file = file_;
        one.member.name_range = range;
        if (def.present()) one.member.definitions.push_back(def);
      }
      out_.all.push_back(std::move(one));
    }
  }

  void AddStore(DefId id) {
    const bind::Definition& def = index_.definition(id);
    if (def.reach == bind::Reach::kNever) return;
    const auto attribute = ast_.Get<grammar::AttributeNode>(def.node);
    Add(Evaluate(attribute.value(), def.scope, index_.FlowBefore(def.statement)), ast_.name(attribute.attribute()),
        NameRangeOf(ast_, def), id);
  }

  // `self` of a method: the class in whose body the method stands.
  EntitySet OwnersOf(NodeId owner, const bind::SetAttrCall& call, bool* is_self) const {
    *is_self = false;
    const bind::Scope& scope = index_.scope(call.scope);
    if (scope.kind == bind::ScopeKind::kFunction && ast_.kind(owner) == NodeKind::kName) {
      const NodeId parameters = ast_.Get<grammar::FunctionDefNode>(scope.node).parameters();
      const auto list = ast_.Get<grammar::ParametersNode>(parameters).parameters();
      const bind::ScopeId around = index_.PastTypeParameters(scope.parent);
      *is_self = index_.scope(around).kind == bind::ScopeKind::kClass && !list.empty() &&
                 ast_.Get<grammar::ParameterNode>(list.front()).name() == ast_.Get<grammar::NameNode>(owner).name();
      if (!*is_self) return Evaluate(owner, call.scope, index_.FlowBefore(call.call));
      if (IsOfInitSubclass(index_, call.scope)) return {};
      return One(ClassEntity({file_, index_.scope(around).node}));
    }
    return Evaluate(owner, call.scope, index_.FlowBefore(call.call));
  }

  // `self.__dict__.update(size=3)`, `Rows.__dict__.update({"size": 3})`.
  void AddUpdate(const bind::SetAttrCall& call, const grammar::CallNode& node) {
    const NodeId space = ast_.Get<grammar::AttributeNode>(node.callee()).value();
    bool is_self = false;
    const EntitySet owners = OwnersOf(ast_.Get<grammar::AttributeNode>(space).value(), call, &is_self);
    const bind::FlowId flow = index_.FlowBefore(call.call);
    for (const NodeId argument : node.arguments()) {
      std::vector<LiteralString> names;
      bool is_known = false;
      if (ast_.kind(argument) == NodeKind::kKeyword) {
        const grammar::NameId name = ast_.Get<grammar::KeywordNode>(argument).name();
        is_known = name.present();
        if (is_known) names.push_back({std::string(ast_.name(name)), ast_.range(argument)});
      } else if (ast_.kind(argument) == NodeKind::kDict) {
        is_known = LiteralStrings(index_, call.scope, flow).OfElements(argument, names);
      }
      if (!is_known) Add(owners, "", TextRange(), DefId());
      for (const LiteralString& known : names) Add(owners, known.text, known.range, DefId());
    }
  }

  void AddCall(const bind::SetAttrCall& call) {
    const auto node = ast_.Get<grammar::CallNode>(call.call);
    if (ast_.kind(node.callee()) == NodeKind::kAttribute) {
      AddUpdate(call, node);
      return;
    }
    const NodeId owner = PositionalArgument(ast_, node.arguments(), 0);
    const NodeId name = PositionalArgument(ast_, node.arguments(), 1);
    if (!owner.present() || !name.present()) return;
    const bind::FlowId flow = index_.FlowBefore(call.call);
    bool is_self = false;
    const EntitySet owners = OwnersOf(owner, call, &is_self);
    bool has_class = false;
    for (const Entity& entity : owners) has_class |= entity.is_class();
    if (!has_class) return;
    std::vector<LiteralString> names;
    // `setattr(self, key, value)` fills an object with data from elsewhere: that says nothing of the class's methods.
    const bool is_known = LiteralStrings(index_, call.scope, flow).Of(name, names);
    if (!is_known && !is_self) Add(owners, "", TextRange(), DefId());
    for (const LiteralString& known : names) Add(owners, known.text, known.range, DefId());
  }

  Engine& engine_;
  FileId file_;
  const ModuleIndex& index_;
  const Ast& ast_;
  Injections out_;
};

}  // namespace

absl::InlinedVector<NodeRef, 2> DecoratingFunctions(Engine& engine, const ClassInfo& info) {
  absl::InlinedVector<NodeRef, 2> out;
  const ModuleIndex* index = engine.program.Index(info.ref.file);
  if (index == nullptr || index->ast().kind(info.ref.node) != NodeKind::kClassDef) return out;
  const Ast& ast = index->ast();
  const auto decorators = ast.Get<grammar::ClassDefNode>(info.ref.node).decorators();
  if (decorators.empty()) return out;
  const Site site{info.ref.file, index, index->ScopeAt(info.ref.node), index->FlowBefore(info.ref.node)};
  for (const NodeId decorator : decorators) {
    const NodeId expression = ast.Get<grammar::DecoratorNode>(decorator).expression();
    const EntitySet values = EvaluateAlone(engine, site, expression);
    for (const Entity& value : values) {
      if (value.kind == EntityKind::kFunction && value.special == SpecialForm::kNone) out.push_back(value.node);
    }
  }
  return out;
}

const Injections& InjectionsOf(Engine& engine, FileId file) {
  return engine.injections.Get(file, [&] {
    const ModuleIndex* index = engine.program.Index(file);
    if (index == nullptr) return Injections{};
    return InjectionFinder(engine, file, *index).Find();
  });
}

void AddInjectedMembers(const MemberTarget& target) {
  const ModuleIndex* index = target.engine.program.Index(target.file());
  if (index == nullptr) return;
  if (!index->attribute_stores().empty() || !index->setattr_calls().empty()) {
    for (const Injections::One& one : InjectionsOf(target.engine, target.file()).all) {
      if (one.owner == target.info.ref && one.member.name.present()) target.table.Add(one.member);
    }
  }
  for (const NodeRef function : DecoratingFunctions(target.engine, target.info)) {
    for (const Member& member : EffectOf(target.engine, function).adds) target.table.Add(member);
  }
}

bool HasUnknownInjections(Engine& engine, ClassRef ref) {
  const ModuleIndex* index = engine.program.Index(ref.file);
  if (index == nullptr) return false;
  if (!index->setattr_calls().empty()) {
    for (const Injections::One& one : InjectionsOf(engine, ref.file).all) {
      if (one.owner == ref && !one.member.name.present()) return true;
    }
  }
  if (index->ast().kind(ref.node) != NodeKind::kClassDef ||
      index->ast().Get<grammar::ClassDefNode>(ref.node).decorators().empty()) {
    return false;
  }
  const ClassInfo& info = *Query::Run(engine, [&](Query& query) { return &OwnInfo(query, ref); });
  for (const NodeRef function : DecoratingFunctions(engine, info)) {
    if (EffectOf(engine, function).adds_unknown) return true;
  }
  return false;
}

}  // namespace overt::classes
