// Names that are bound behind the reader's back: `locals()[name] = …`, `vars().update(…)`, `exec(…)`, `setattr(…)`.
#include "checker/bind/binder.h"
#include "grammar/base/names.h"

namespace overt::bind {

using grammar::NodeKind;
namespace names = grammar::names;

// `locals()`, `vars()` or `globals()`: which one is called, or none.
NameId Binder::NamespaceCall(NodeId expression) const {
  if (KindOf(expression) != NodeKind::kCall) return NameId::None();
  const auto call = ast_.Get<grammar::CallNode>(expression);
  if (!call.arguments().empty() || KindOf(call.callee()) != NodeKind::kName) return NameId::None();
  const NameId name = ast_.Get<grammar::NameNode>(call.callee()).name();
  return name == names::kLocals || name == names::kVars || name == names::kGlobals ? name : NameId::None();
}

// `function` is what gave the namespace: that of this scope, or of the module.
void Binder::MarkDynamic(NameId function) {
  if (flow_ == 0) return;
  const ScopeId scope = function == names::kGlobals ? ScopeId(0) : scope_;
  index_.scopes_[scope.raw].flags |= Scope::kDynamic;
}

void Binder::NoteSubscriptStore(NodeId subscript) {
  const NameId function = NamespaceCall(ast_.Get<grammar::SubscriptNode>(subscript).value());
  if (function.present()) MarkDynamic(function);
}

// A call in any scope.
void Binder::NoteCall(NodeId id) {
  const auto call = ast_.Get<grammar::CallNode>(id);
  const NodeId callee = call.callee();
  if (KindOf(callee) == NodeKind::kName) {
    const NameId name = ast_.Get<grammar::NameNode>(callee).name();
    if (name == names::kSetAttr) {
      if (call.arguments().size() < 2 || flow_ == 0) return;
      index_.setattr_calls_.push_back({id, scope_});
      Observe(id);
    } else if (name == names::kExec && call.arguments().size() == 1) {
      MarkDynamic(name);
    }
  } else if (KindOf(callee) == NodeKind::kAttribute) {
    const auto method = ast_.Get<grammar::AttributeNode>(callee);
    if (method.attribute() == names::kUpdate && KindOf(method.value()) == NodeKind::kAttribute && flow_ != 0 &&
        ast_.name(ast_.Get<grammar::AttributeNode>(method.value()).attribute()) == "__dict__") {
      index_.setattr_calls_.push_back({id, scope_});
      Observe(id);
      return;
    }
    const NameId function = NamespaceCall(method.value());
    if (!function.present()) return;
    if (method.attribute() == names::kUpdate || ast_.name(method.attribute()) == "setdefault" ||
        ast_.name(method.attribute()) == "__setitem__") {
      MarkDynamic(function);
    }
  }
}

// A simple statement of a class body: `namespace = locals()` and `fill(vars())` hand the namespace to somebody.
void Binder::NoteNamespaceUses(NodeId statement) {
  for (uint32_t id = FirstNodeOf(statement); id < statement.raw; ++id) {
    if (KindOf(NodeId(id)) == NodeKind::kCall) NoteNamespaceUse(NodeId(id));
  }
  if (KindOf(statement) == NodeKind::kAssign) {
    const NameId function = NamespaceCall(ast_.Get<grammar::AssignNode>(statement).value());
    if (function.present()) MarkDynamic(function);
  }
}

void Binder::NoteNamespaceUse(NodeId node) {
  const auto call = ast_.Get<grammar::CallNode>(node);
  for (const NodeId argument : call.arguments()) {
    const NameId function = NamespaceCall(argument);
    if (!function.present()) continue;
    // These only read.
    if (KindOf(call.callee()) == NodeKind::kName) {
      const absl::string_view name = ast_.name(ast_.Get<grammar::NameNode>(call.callee()).name());
      if (name == "dict" || name == "list" || name == "set" || name == "tuple" || name == "len" || name == "sorted") {
        continue;
      }
    }
    MarkDynamic(function);
  }
}

}  // namespace overt::bind
