#include "grammar/lower/fit_schema.h"

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "grammar/ast/schema.h"

namespace overt::grammar {
namespace {

class Fitting {
 public:
  explicit Fitting(AstBuilder& builder) : b_(builder) {}

  void Run() {
    const uint32_t count = b_.node_count();
    for (uint32_t id = 0; id < count; ++id) FitFieldsOf(NodeId(id));
    if (b_.node_count() == count) return;
    const Node root = b_.node(NodeId(count - 1));
    b_.Leaf(root.kind, {root.begin, root.end}, root.data, root.small, root.flags);
  }

 private:
  void FitFieldsOf(NodeId parent) {
    const NodeKind kind = b_.node(parent).kind;
    for (const FieldInfo& field : FieldsOf(kind)) {
      const KindSet& allowed = KindsIn(kind, field.word);
      switch (field.type) {
        case FieldInfo::Type::kChild: {
          const NodeId child(b_.Field(parent, field.word));
          if (allowed.Has(b_.node(child).kind)) break;
          const NodeId fitting = Fit(child, allowed);
          b_.SetField(parent, field.word, (fitting.present() ? fitting : Empty(child, allowed)).raw);
          break;
        }
        case FieldInfo::Type::kOptionalChild: {
          const NodeId child(b_.Field(parent, field.word));
          if (!child.present() || allowed.Has(b_.node(child).kind)) break;
          b_.SetField(parent, field.word, Fit(child, allowed).raw);
          break;
        }
        case FieldInfo::Type::kList: FitList(parent, field.word, allowed); break;
        case FieldInfo::Type::kName:
        case FieldInfo::Type::kOptionalName:
        case FieldInfo::Type::kText:
        case FieldInfo::Type::kValue: break;
      }
    }
  }

  void FitList(NodeId parent, uint8_t word, const KindSet& allowed) {
    std::vector<NodeId> fitting;
    bool is_as_it_was = true;
    const uint32_t first = b_.Field(parent, word);
    const uint32_t count = b_.Field(parent, static_cast<uint8_t>(word + 1));
    for (uint32_t i = 0; i < count; ++i) {
      const NodeId child(b_.words()[first + i]);
      const bool fits = allowed.Has(b_.node(child).kind);
      const NodeId as = fits ? child : Fit(child, allowed);
      is_as_it_was &= fits;
      if (as.present()) fitting.push_back(as);
    }
    if (!is_as_it_was) b_.SetList(parent, word, b_.List(fitting));
  }

  // What becomes of a node where it does not belong; its own fields fit already. None if nothing of it can stand there.
  NodeId Fit(NodeId child, const KindSet& allowed) {
    if (allowed.Has(NodeKind::kErrorStatement)) return AsStatement(child);
    if (allowed.Has(NodeKind::kErrorExpression)) return AsExpression(child);
    if (allowed.Has(NodeKind::kMatchAs)) return AsPattern(child);
    if (allowed.Has(NodeKind::kMatchCase)) return AsCase(child);
    return NodeId();
  }

  NodeId AsStatement(NodeId child) {
    switch (CategoryOf(b_.node(child).kind)) {
      case NodeCategory::kStatement: return child;
      case NodeCategory::kExpression: return Add(NodeKind::kExpressionStatement, child, {child.raw});
      case NodeCategory::kPart:
        if (b_.node(child).kind == NodeKind::kMatchCase) {
          return Add(NodeKind::kErrorStatement, child, {b_.Field(child, 2), b_.Field(child, 3)});
        }
        break;
      case NodeCategory::kPattern: break;
    }
    return Add(NodeKind::kErrorStatement, child, {0, 0});
  }

  NodeId AsExpression(NodeId child) {
    if (b_.node(child).kind == NodeKind::kMatchValue) return NodeId(b_.Field(child, 0));
    if (CategoryOf(b_.node(child).kind) == NodeCategory::kStatement) {
      const auto saved = b_.List({child});
      return Add(NodeKind::kErrorExpression, child, {saved.offset, saved.count});
    }
    return Add(NodeKind::kErrorExpression, child, {0, 0});
  }

  NodeId AsPattern(NodeId child) {
    const NodeKind kind = b_.node(child).kind;
    if (kind == NodeKind::kMatchKeyword || kind == NodeKind::kMatchMappingItem) return NodeId(b_.Field(child, 1));
    if (CategoryOf(kind) == NodeCategory::kExpression) return Add(NodeKind::kMatchValue, child, {child.raw});
    return Add(NodeKind::kMatchAs, child, {NodeId::kAbsent, NodeId::kAbsent});
  }

  // Other statements between the cases of a `match` become one that matches anything.
  NodeId AsCase(NodeId child) {
    const auto body = b_.List({AsStatement(child)});
    const uint32_t begin = b_.node(child).begin;
    const NodeId anything = b_.Add(NodeKind::kMatchAs, {begin, begin}, {NodeId::kAbsent, NodeId::kAbsent});
    return Add(NodeKind::kMatchCase, child, {anything.raw, NodeId::kAbsent, body.offset, body.count});
  }

  // For the fields that cannot do without a part.
  NodeId Empty(NodeId at, const KindSet& allowed) {
    if (allowed.Has(NodeKind::kIdentifier)) return Add(NodeKind::kIdentifier, at, {b_.Name("").raw});
    if (allowed.Has(NodeKind::kParameters)) return Add(NodeKind::kParameters, at, {0, 0});
    return Add(NodeKind::kDictItem, at, {NodeId::kAbsent, Add(NodeKind::kErrorExpression, at, {0, 0}).raw});
  }

  NodeId Add(NodeKind kind, NodeId around, std::initializer_list<uint32_t> fields) {
    const Node node = b_.node(around);
    const auto flags = static_cast<uint8_t>(NodeFlags::kDamaged | (node.flags & NodeFlags::kBinds));
    const TextRange range{node.begin, node.end};
    if (fields.size() == 1) return b_.Leaf(kind, range, *fields.begin(), 0, flags);
    return b_.Add(kind, range, fields, 0, flags);
  }

  AstBuilder& b_;
};

}  // namespace

void FitSchema(AstBuilder& builder) { Fitting(builder).Run(); }

}  // namespace overt::grammar
