#include "checker/classes/slots.h"

#include "checker/classes/steps.h"
#include "grammar/base/names.h"

namespace overt::classes {

using bind::DefKind;
using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;
namespace names = grammar::names;

namespace {

constexpr int kMaxSlotsDepth = 8;

bool IsSlotsName(const Ast& ast, NodeId node) {
  return ast.kind(node) == NodeKind::kName && ast.Get<grammar::NameNode>(node).name() == names::kSlots;
}

bool OnlyReadsNames(absl::string_view method) {
  return method == "index" || method == "count" || method == "copy" || method == "keys" || method == "items" ||
         method == "values" || method == "get";
}

class SlotsReader {
 public:
  SlotsReader(const ModuleIndex& index, NodeId class_def)
      : index_(index), ast_(index.ast()), class_def_(class_def), scope_(index.ScopeOpenedBy(class_def)) {}

  Slots Read() {
    if (!scope_.present()) return out_;
    symbol_ = index_.Find(scope_, names::kSlots);
    if (!symbol_.present()) return out_;
    out_.is_complete = !ChangesSlots(index_, class_def_);
    pending_ = index_.FinalDefinitions(symbol_, nullptr);
    for (size_t i = 0; i < pending_.size(); ++i) ReadDefinition(pending_[i]);
    return std::move(out_);
  }

 private:
  void ReadDefinition(DefId id) {
    const bind::Definition& definition = index_.definition(id);
    if (definition.kind == DefKind::kDeclaration) return;
    NodeId value;
    switch (ast_.kind(definition.statement)) {
      case NodeKind::kAssign:
        if (definition.kind == DefKind::kAssignment)
          value = ast_.Get<grammar::AssignNode>(definition.statement).value();
        break;
      case NodeKind::kAnnAssign: value = ast_.Get<grammar::AnnAssignNode>(definition.statement).value(); break;
      case NodeKind::kAugAssign: {
        value = ast_.Get<grammar::AugAssignNode>(definition.statement).value();
        for (const DefId before :
             index_.ReachingDefinitions(symbol_, index_.FlowBefore(definition.statement), nullptr)) {
          if (!absl::c_linear_search(pending_, before)) pending_.push_back(before);
        }
        break;
      }
      default: break;
    }
    if (value.present()) {
      definition_ = id;
      flow_ = index_.FlowBefore(definition.statement);
      out_.is_complete &= ReadValue(value, 0);
    } else {
      out_.is_complete = false;
    }
  }

  // False if it may hold names that cannot be read.
  bool ReadValue(NodeId value, int depth) {
    if (depth > kMaxSlotsDepth) return false;
    switch (ast_.kind(value)) {
      case NodeKind::kString: return Add(value, &LiteralStrings::Of);
      case NodeKind::kAttribute: return IsOfBase(value);
      case NodeKind::kIfExp: {
        const auto choice = ast_.Get<grammar::IfExpNode>(value);
        const bool is_body_known = ReadValue(choice.body(), depth + 1);
        return ReadValue(choice.or_else(), depth + 1) && is_body_known;
      }
      case NodeKind::kBinaryOp: {
        const auto sum = ast_.Get<grammar::BinaryOpNode>(value);
        const auto op = static_cast<grammar::BinaryOperator>(sum.small());
        if (op != grammar::BinaryOperator::kAdd && op != grammar::BinaryOperator::kBitOr) return false;
        const bool is_left_known = ReadValue(sum.left(), depth + 1);
        return ReadValue(sum.right(), depth + 1) && is_left_known;
      }
      case NodeKind::kCall: {
        const auto call = ast_.Get<grammar::CallNode>(value);
        const absl::string_view callee = TerminalName(ast_, call.callee());
        const NodeId argument = PositionalArgument(ast_, call.arguments(), 0);
        const bool copies = callee == "tuple" || callee == "list" || callee == "set" || callee == "frozenset";
        if (!copies || ast_.kind(call.callee()) != NodeKind::kName) break;
        return call.arguments().empty() || (argument.present() && ReadValue(argument, depth + 1));
      }
      case NodeKind::kTuple:
      case NodeKind::kList:
      case NodeKind::kSet: return ReadDisplay(value, depth);
      default: break;
    }
    return Add(value, &LiteralStrings::OfElements);
  }

  // `("size", *Base.__slots__)`.
  bool ReadDisplay(NodeId display, int depth) {
    bool is_display = false;
    bool is_known = true;
    for (const NodeId element : DisplayElements(ast_, display, &is_display)) {
      if (ast_.kind(element) == NodeKind::kStarred) {
        is_known &= ReadValue(ast_.Get<grammar::StarredNode>(element).value(), depth + 1);
      } else {
        is_known &= Add(element, &LiteralStrings::Of);
      }
    }
    return is_known;
  }

  bool Add(NodeId value, bool (LiteralStrings::*read)(NodeId, std::vector<LiteralString>&)) {
    std::vector<LiteralString> found;
    const bool is_known = (LiteralStrings(index_, scope_, flow_).*read)(value, found);
    for (LiteralString& name : found) out_.names.push_back({std::move(name), definition_});
    return is_known;
  }

  // `Base.__slots__` in a class below `Base`, which has those names already.
  bool IsOfBase(NodeId value) const {
    const auto attribute = ast_.Get<grammar::AttributeNode>(value);
    if (ast_.name(attribute.attribute()) != "__slots__" || ast_.kind(attribute.value()) != NodeKind::kName)
      return false;
    const grammar::NameId owner = ast_.Get<grammar::NameNode>(attribute.value()).name();
    return absl::c_any_of(ast_.Get<grammar::ClassDefNode>(class_def_).arguments(), [&](NodeId base) {
      return ast_.kind(base) == NodeKind::kName && ast_.Get<grammar::NameNode>(base).name() == owner;
    });
  }

  const ModuleIndex& index_;
  const Ast& ast_;
  const NodeId class_def_;
  const bind::ScopeId scope_;
  bind::SymbolId symbol_;
  std::vector<DefId> pending_;
  DefId definition_;
  bind::FlowId flow_;
  Slots out_;
};

}  // namespace

Slots ReadSlots(const ModuleIndex& index, NodeId class_def) { return SlotsReader(index, class_def).Read(); }

bool ChangesSlots(const ModuleIndex& index, NodeId class_def) {
  const Ast& ast = index.ast();
  const bind::ScopeId scope = index.ScopeOpenedBy(class_def);
  for (uint32_t id = ast.first_of(class_def).raw; id < class_def.raw; ++id) {
    const NodeId node(id);
    NodeId changed;
    if (ast.kind(node) == NodeKind::kSubscript) {
      changed = ast.Get<grammar::SubscriptNode>(node).value();
    } else if (ast.kind(node) == NodeKind::kAttribute) {
      const auto attribute = ast.Get<grammar::AttributeNode>(node);
      if (!OnlyReadsNames(ast.name(attribute.attribute()))) changed = attribute.value();
    }
    if (changed.present() && IsSlotsName(ast, changed) && index.ScopeAt(node) == scope) return true;
  }
  return false;
}

}  // namespace overt::classes
