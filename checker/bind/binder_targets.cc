// What binds a name or sets an attribute.
#include "checker/bind/binder.h"
#include "grammar/base/names.h"

namespace overt::bind {

using grammar::NodeKind;
using grammar::NodeList;
namespace names = grammar::names;

// Until the symbols are known a definition keeps its scope in `symbol`.
DefId Binder::AddDefinition(ScopeId scope, DefKind kind, NodeId node, NodeId statement, NameId name) {
  const DefId id(static_cast<uint32_t>(index_.definitions_.size()));
  Definition& definition = index_.definitions_.emplace_back();
  definition.kind = kind;
  definition.reach = ReachHere();
  definition.flags = flags_;
  definition.node = node;
  definition.statement = statement;
  definition.symbol = SymbolId(scope.raw);
  definition.flow = FlowId(flow_);
  definition.scope = scope_;
  definition_names_.push_back(name);
  return id;
}

DefId Binder::DefineIn(ScopeId scope, DefKind kind, NodeId node, NodeId statement, NameId name) {
  const DefId id = AddDefinition(scope, kind, node, statement, name);
  if (flow_ != 0) {
    flow_ = NewFlow(FlowKind::kDefinition, flow_, id.raw);
    index_.definitions_[id.raw].flow = FlowId(flow_);
    if (exception_ >= 0) AddEdge(frames_[static_cast<size_t>(exception_)].raises, flow_);
  }
  for (const Method& method : methods_) receiver_rebound_ |= method.receiver == name;
  return id;
}

// Bound where the scope begins: no flow node of its own.
void Binder::DefineParameter(DefKind kind, NodeId node, NodeId statement, NameId name) {
  AddDefinition(scope_, kind, node, statement, name);
}

void Binder::BindTarget(NodeId target, DefKind kind, NodeId statement) {
  if (KindOf(target) == NodeKind::kName) {
    Define(kind, target, statement, ast_.Get<grammar::NameNode>(target).name());
    return;
  }
  const size_t base = targets_.size();
  targets_.push_back(target);
  const auto push = [&](NodeList list) {
    for (size_t i = list.size(); i-- > 0;) targets_.push_back(list[i]);
    if (kind == DefKind::kAssignment) kind = DefKind::kUnpacking;
  };
  while (targets_.size() > base) {
    const NodeId id = targets_.back();
    targets_.pop_back();
    switch (KindOf(id)) {
      case NodeKind::kName: Define(kind, id, statement, ast_.Get<grammar::NameNode>(id).name()); break;
      case NodeKind::kTuple: push(ast_.Get<grammar::TupleNode>(id).elements()); break;
      case NodeKind::kList: push(ast_.Get<grammar::ListNode>(id).elements()); break;
      case NodeKind::kStarred: targets_.push_back(ast_.Get<grammar::StarredNode>(id).value()); break;
      case NodeKind::kAttribute: BindAttribute(id, kind, statement); break;
      case NodeKind::kSubscript:
        Visit(id);
        NoteSubscriptStore(id);
        break;
      default: Visit(id); break;
    }
  }
}

// `x.name = …`, in any statement that binds. `kind` is what it would be for a name.
void Binder::BindAttribute(NodeId target, DefKind kind, NodeId statement) {
  Visit(target);
  if (kind == DefKind::kDeletion) return;
  const auto attribute = ast_.Get<grammar::AttributeNode>(target);
  if (KindOf(attribute.value()) != NodeKind::kName) {
    const NameId instance = InstanceOfClass(attribute.value());
    if (instance.present() && !methods_.empty()) {
      StoreThroughReceiver(target, instance, kind, statement, DefKind::kClassStore);
    }
    return;
  }
  const NameId object = ast_.Get<grammar::NameNode>(attribute.value()).name();
  if (!methods_.empty() && StoreThroughReceiver(target, object, kind, statement, DefKind::kInstanceStore)) return;
  if (scope_.raw != 0) return;
  const DefId made = DefineIn(ScopeId::None(), DefKind::kClassStore, target, statement, attribute.attribute());
  index_.attribute_stores_.push_back(made);
}

// `self` of `type(self)` and `self.__class__`; none for anything else.
NameId Binder::InstanceOfClass(NodeId expression) const {
  NodeId instance;
  if (KindOf(expression) == NodeKind::kAttribute) {
    const auto attribute = ast_.Get<grammar::AttributeNode>(expression);
    if (ast_.name(attribute.attribute()) == "__class__") instance = attribute.value();
  } else if (KindOf(expression) == NodeKind::kCall) {
    const auto call = ast_.Get<grammar::CallNode>(expression);
    const bool is_type = KindOf(call.callee()) == NodeKind::kName &&
                         ast_.name(ast_.Get<grammar::NameNode>(call.callee()).name()) == "type";
    if (is_type && call.arguments().size() == 1) instance = call.arguments().front();
  }
  if (!instance.present() || KindOf(instance) != NodeKind::kName) return NameId::None();
  return ast_.Get<grammar::NameNode>(instance).name();
}

// `through`: kInstanceStore for the receiver itself, kClassStore for the class of the object that it is.
bool Binder::StoreThroughReceiver(NodeId target, NameId receiver, DefKind kind, NodeId statement, DefKind through) {
  for (size_t i = methods_.size(); i-- > 0;) {
    const Method& method = methods_[i];
    bool created = false;
    for (const NameId name : method.created) created |= name == receiver;
    if (!created && method.receiver != receiver) continue;
    if (!method.class_scope.present()) return false;
    // The class of a class is its metaclass.
    if (through == DefKind::kClassStore && !created && method.store == DefKind::kClassStore) return false;
    DefKind store = created ? DefKind::kInstanceStore : method.store;
    if (through == DefKind::kClassStore) store = DefKind::kClassStore;
    if (kind == DefKind::kDeclaration && store == DefKind::kInstanceStore) store = DefKind::kInstanceDeclaration;
    const ScopeId scope = InstanceScope(method.class_scope);
    const NameId name = ast_.Get<grammar::AttributeNode>(target).attribute();
    const ScopeId method_scope = method.scope;
    const DefId made = DefineIn(scope, store, target, statement, name);
    candidates_.push_back({made, method_scope, receiver, created});
    Observe(statement);
    return true;
  }
  return false;
}

// `self = super().__new__(cls)`: from here on `self` is an instance of the method's class.
void Binder::NoteCreated(NodeId target, NodeId value) {
  if (KindOf(target) != NodeKind::kName || KindOf(value) != NodeKind::kCall) return;
  const NodeId callee = ast_.Get<grammar::CallNode>(value).callee();
  if (KindOf(callee) != NodeKind::kAttribute) return;
  if (ast_.Get<grammar::AttributeNode>(callee).attribute() != names::kNew) return;
  Method& method = methods_.back();
  if (method.scope != scope_ || !method.makes_instances) return;
  const NameId name = ast_.Get<grammar::NameNode>(target).name();
  for (const NameId known : method.created) {
    if (known == name) return;
  }
  method.created.push_back(name);
}

}  // namespace overt::bind
