#include "checker/classes/member_use.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/strip.h"
#include "checker/bind/special_names.h"
#include "checker/classes/members.h"
#include "grammar/ast/definitions.h"
#include "grammar/ast/path.h"

namespace overt::classes {

using grammar::NodeKind;

// The name of a use, of which nothing else is known yet; none if it is another one than `name`.
std::optional<MemberUse> MemberUseReader::Begin(NodeId attribute, std::optional<absl::string_view> name) {
  const TextRange whole = ast_.range(attribute);
  path_ = PathTo(ast_, whole.end - 1);
  if (path_.back() != attribute) return std::nullopt;
  const absl::string_view written = ast_.name(ast_.Get<grammar::AttributeNode>(attribute).attribute());
  MemberUse use{MemberUse::Kind::kNamed, attribute, Meaning(written), {}, {}, {}};
  if (name && use.name != *name) return std::nullopt;
  use.range = {whole.end - static_cast<uint32_t>(written.size()), whole.end};
  return use;
}

// Whether it is one of `super()` or a receiver; without classes where nobody knows after which class to search.
bool MemberUseReader::FindOwn(MemberUse& use) const {
  const NodeId value = ast_.Get<grammar::AttributeNode>(use.attribute).value();
  if (IsSuperCall(classes_, file_, path_, value)) {
    use.kind = MemberUse::Kind::kSuper;
    use.super = ReadSuperCall(classes_, file_, path_, value).value_or(SuperCall{});
    return true;
  }
  const ClassRef own = ClassOfReceiver(value);
  if (!own.present()) return false;
  use.kind = MemberUse::Kind::kReceiver;
  use.classes = {own};
  return true;
}

std::optional<MemberUse> MemberUseReader::ReadOwn(NodeId attribute, std::optional<absl::string_view> name) {
  std::optional<MemberUse> use = Begin(attribute, name);
  const bool is_own = use && FindOwn(*use);
  return is_own && (use->super.start.present() || !use->classes.empty()) ? use : std::nullopt;
}

std::optional<MemberUse> MemberUseReader::Read(NodeId attribute, std::optional<absl::string_view> name) {
  std::optional<MemberUse> use = Begin(attribute, name);
  if (!use) return std::nullopt;
  if (FindOwn(*use)) {
    if (!use->super.start.present() && use->classes.empty()) return std::nullopt;
    return use;
  }
  const NodeId value = ast_.Get<grammar::AttributeNode>(attribute).value();
  for (const Entity& entity : ValueOnPath(classes_, file_, path_, value)) {
    if (entity.is_class()) use->classes.push_back(entity.class_ref);
  }
  if (use->classes.empty()) return std::nullopt;
  return use;
}

// Mangled as Python does it, in the innermost class around.
std::string MemberUseReader::Meaning(absl::string_view written) const {
  for (auto node = path_.rbegin(); node != path_.rend(); ++node) {
    if (ast_.kind(*node) != NodeKind::kClassDef) continue;
    return bind::Mangled(classes_.InfoOf({file_, *node}).name, written);
  }
  return std::string(written);
}

// The name in `self`, `type(self)` and `self.__class__`; none in anything else.
NodeId MemberUseReader::NameOfReceiver(NodeId value) const {
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
ClassRef MemberUseReader::ClassOfReceiver(NodeId value) const {
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

ClassRef MemberUseReader::ClassOfFirstParameter(const bind::Scope& scope, bind::SymbolId symbol) const {
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

ClassRef MemberUseReader::ClassOfMethod(const bind::Scope& method) const {
  const bind::ScopeId around = index_.PastTypeParameters(method.parent);
  if (index_.scope(around).kind != bind::ScopeKind::kClass) return {};
  return {file_, index_.scope(around).node};
}

// Not certainly bound anew where the attribute stands: `if other: self = other` may leave it.
bool MemberUseReader::MayBeParameter(bind::SymbolId symbol) const {
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

// The function, class or module in which a node is evaluated.
std::string MemberUseReader::NameAround(NodeId node) const {
  const std::string prefix = QualifiedPrefix(program_, file_, index_, index_.ScopeAt(node));
  absl::string_view name = absl::StripSuffix(prefix, ".");
  absl::ConsumeSuffix(&name, ".<locals>");
  return name.empty() ? "<module>" : std::string(name);
}

bool HidesBases(const Member& member) {
  return member.kind != MemberKind::kInstanceAttribute && member.kind != MemberKind::kDeclaration;
}

Inherited NextAfter(const ClassTable& classes, ClassRef start, ClassRef ref, Atom name) {
  const std::vector<ClassRef>& order = classes.MroOf(ref).order;
  const auto at = absl::c_find(order, start);
  for (auto next = at; next != order.end(); ++next) {
    if (next == at) continue;
    const Member* member = classes.MembersOf(*next).Find(name);
    if (member != nullptr && HidesBases(*member)) return {Certainty::kFound, *next, member, false};
  }
  return {Certainty::kAbsent, {}, nullptr, false};
}

}  // namespace overt::classes
