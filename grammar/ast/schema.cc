#include "grammar/ast/schema.h"

#include "absl/strings/string_view.h"

namespace overt::grammar {
namespace {

constexpr KindSet OfCategory(NodeCategory wanted) {
  KindSet set;
#define NODE(Kind, Category, words) \
  if (NodeCategory::Category == wanted) set.Add(NodeKind::k##Kind);
#include "grammar/ast/nodes.def"
  return set;
}

constexpr KindSet kStatements = OfCategory(NodeCategory::kStatement);
constexpr KindSet kExpressions = OfCategory(NodeCategory::kExpression);
constexpr KindSet kPatterns = OfCategory(NodeCategory::kPattern);
constexpr KindSet kArguments = kExpressions | KindSet{NodeKind::kKeyword};
constexpr KindSet kTypeParameters = {NodeKind::kTypeVarParameter, NodeKind::kTypeVarTupleParameter,
                                     NodeKind::kParamSpecParameter};

// What a field can hold, by its name, and where one name means several things by the kind around it.
struct FieldShape {
  absl::string_view field;
  KindSet kinds;
  NodeKind only_in = NodeKind::kModule;  // kModule: in all
};

constexpr FieldShape kShapes[] = {
    {"body", kExpressions, NodeKind::kLambda},
    {"body", kExpressions, NodeKind::kIfExp},
    {"or_else", kExpressions, NodeKind::kIfExp},
    {"element", {NodeKind::kDictItem}, NodeKind::kDictComp},
    {"items", {NodeKind::kDictItem}, NodeKind::kDict},
    {"items", {NodeKind::kMatchMappingItem}, NodeKind::kMatchMapping},
    {"names", {NodeKind::kImportAlias}, NodeKind::kImport},
    {"names", {NodeKind::kImportAlias}, NodeKind::kImportFrom},
    {"patterns", kPatterns | KindSet{NodeKind::kMatchKeyword}, NodeKind::kMatchClass},
    {"parameters", {NodeKind::kParameter}, NodeKind::kParameters},
    {"saved", kStatements},
    {"body", kStatements},
    {"or_else", kStatements},
    {"final_body", kStatements},
    {"names", {NodeKind::kIdentifier}},
    {"name", {NodeKind::kIdentifier}},
    {"as_name", {NodeKind::kIdentifier}},
    {"rest", {NodeKind::kIdentifier}},
    {"decorators", {NodeKind::kDecorator}},
    {"type_parameters", kTypeParameters},
    {"parameters", {NodeKind::kParameters}},
    {"arguments", kArguments},
    {"branches", {NodeKind::kIfBranch}},
    {"items", {NodeKind::kWithItem}},
    {"cases", {NodeKind::kMatchCase}},
    {"handlers", {NodeKind::kExceptHandler}},
    {"comparators", {NodeKind::kCompareOperand}},
    {"generators", {NodeKind::kComprehension}},
    {"format_spec", {NodeKind::kFormattedString}},
    {"pattern", kPatterns},
    {"patterns", kPatterns},
};

KindSet ShapeOf(NodeKind parent, absl::string_view field) {
  for (const FieldShape& shape : kShapes) {
    if (shape.field == field && (shape.only_in == NodeKind::kModule || shape.only_in == parent)) return shape.kinds;
  }
  return kExpressions;
}

struct ShapeTable {
  static constexpr size_t kMostWords = 9;
  std::array<std::array<KindSet, kMostWords>, kNodeKindCount> sets;

  ShapeTable() {
    for (size_t i = 0; i < kNodeKindCount; ++i) {
      const auto kind = static_cast<NodeKind>(i);
      for (const FieldInfo& field : FieldsOf(kind)) sets[i][field.word] = ShapeOf(kind, field.name);
    }
  }
};

}  // namespace

const KindSet& KindsIn(NodeKind parent, uint8_t word) {
  static const ShapeTable table;
  return table.sets[static_cast<size_t>(parent)][word];
}

}  // namespace overt::grammar
