// `__all__` and what becomes of it.
#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "checker/bind/binder.h"
#include "grammar/base/names.h"

namespace overt::bind {

using grammar::NodeKind;
using grammar::NodeList;
namespace names = grammar::names;

// The name `__all__`, at module level, in code that may run.
bool Binder::IsAll(NodeId expression) const {
  return scope_.raw == 0 && flow_ != 0 && KindOf(expression) == NodeKind::kName &&
         ast_.Get<grammar::NameNode>(expression).name() == names::kAll;
}

void Binder::AssignExports(NodeId value) {
  replaced_exports_ = index_.exports_;
  // One of several branches: any of them may have been the one.
  if (reach_ == Reach::kAlways) index_.exports_ = Exports();
  AddExports(value);
  replaced_exports_ = Exports();
}

// `["a", "b"] + m.__all__`, `list(…)`, `[*m.__all__, "c"]`.
void Binder::AddExports(NodeId value) {
  Exports& exports = index_.exports_;
  if (exports.all == Exports::All::kAbsent) exports.all = Exports::All::kKnown;
  absl::InlinedVector<NodeId, 8> todo = {value};
  const auto push = [&](NodeList list) {
    for (size_t i = list.size(); i-- > 0;) todo.push_back(list[i]);
  };
  while (!todo.empty()) {
    const NodeId id = todo.back();
    todo.pop_back();
    switch (KindOf(id)) {
      case NodeKind::kList: push(ast_.Get<grammar::ListNode>(id).elements()); break;
      case NodeKind::kTuple: push(ast_.Get<grammar::TupleNode>(id).elements()); break;
      case NodeKind::kSet: push(ast_.Get<grammar::SetNode>(id).elements()); break;
      case NodeKind::kStarred: todo.push_back(ast_.Get<grammar::StarredNode>(id).value()); break;
      case NodeKind::kBinaryOp: {
        const auto sum = ast_.Get<grammar::BinaryOpNode>(id);
        if (static_cast<grammar::BinaryOperator>(sum.small()) != grammar::BinaryOperator::kAdd) {
          exports.all = Exports::All::kDynamic;
          break;
        }
        todo.push_back(sum.right());
        todo.push_back(sum.left());
        break;
      }
      case NodeKind::kCall: {
        const auto call = ast_.Get<grammar::CallNode>(id);
        const absl::string_view callee = KindOf(call.callee()) == NodeKind::kName
                                             ? ast_.name(ast_.Get<grammar::NameNode>(call.callee()).name())
                                             : absl::string_view();
        if (callee == "list" || callee == "tuple" || callee == "sorted" || callee == "set") {
          push(call.arguments());
        } else {
          exports.all = Exports::All::kDynamic;
        }
        break;
      }
      default: AddExport(id); break;
    }
  }
}

void Binder::AddExport(NodeId id) {
  Exports& exports = index_.exports_;
  if (KindOf(id) == NodeKind::kString) {
    exports.names.push_back(id);
  } else if (KindOf(id) == NodeKind::kAttribute && ast_.Get<grammar::AttributeNode>(id).attribute() == names::kAll) {
    exports.all_from_modules.push_back(ast_.Get<grammar::AttributeNode>(id).value());
  } else if (IsAll(id)) {  // `__all__ = __all__ + […]`
    const Exports& old = replaced_exports_;
    exports.names.insert(exports.names.end(), old.names.begin(), old.names.end());
    exports.all_from_modules.insert(exports.all_from_modules.end(), old.all_from_modules.begin(),
                                    old.all_from_modules.end());
    if (old.all == Exports::All::kDynamic) exports.all = old.all;
  } else {
    exports.all = Exports::All::kDynamic;
  }
}

void Binder::RemoveExport(NodeId id) {
  Exports& exports = index_.exports_;
  if (KindOf(id) != NodeKind::kString) {
    exports.all = Exports::All::kDynamic;
    return;
  }
  const absl::string_view text = ast_.Get<grammar::StringNode>(id).text();
  const auto found = std::find_if(exports.names.begin(), exports.names.end(),
                                  [&](NodeId name) { return ast_.Get<grammar::StringNode>(name).text() == text; });
  if (found != exports.names.end()) exports.names.erase(found);
}

// `__all__.extend(…)`, `.append("x")`, `.remove("x")`.
void Binder::ExportCall(NodeId id) {
  const auto call = ast_.Get<grammar::CallNode>(id);
  if (KindOf(call.callee()) != NodeKind::kAttribute) return;
  const auto method = ast_.Get<grammar::AttributeNode>(call.callee());
  if (!IsAll(method.value())) return;
  const NameId name = method.attribute();
  if (call.arguments().size() != 1) {
    if (ast_.name(name) != "sort") index_.exports_.all = Exports::All::kDynamic;
    return;
  }
  const NodeId argument = call.arguments().front();
  if (name == names::kExtend) {
    AddExports(argument);
  } else if (name == names::kAppend) {
    AddExport(argument);
  } else if (name == names::kRemove) {
    // On some paths only: the name stays possible.
    if (reach_ == Reach::kAlways) RemoveExport(argument);
  } else if (ast_.name(name) != "sort") {
    index_.exports_.all = Exports::All::kDynamic;
  }
}

}  // namespace overt::bind
