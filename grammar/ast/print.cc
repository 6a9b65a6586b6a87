#include "grammar/ast/print.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace overt::grammar {
namespace {

struct Pending {
  NodeId id;
  uint32_t depth;
  absl::string_view field;
};

void AppendDetails(const Ast& ast, NodeId id, std::string& out) {
  const Node& node = ast.node(id);
  if (node.small != 0) absl::StrAppend(&out, " small=", node.small);
  if ((node.flags & ~NodeFlags::kBinds) != 0) {
    absl::StrAppend(&out, " flags=", static_cast<unsigned>(node.flags & ~NodeFlags::kBinds));
  }
  const uint32_t* fields = WordCountOf(node.kind) == 1 ? &node.data : ast.words() + node.data;
  for (const FieldInfo& field : FieldsOf(node.kind)) {
    const uint32_t value = fields[field.word];
    switch (field.type) {
      case FieldInfo::Type::kName: absl::StrAppend(&out, " `", ast.name(NameId(value)), "`"); break;
      case FieldInfo::Type::kOptionalName:
        if (value != NameId::kAbsent) absl::StrAppend(&out, " `", ast.name(NameId(value)), "`");
        break;
      case FieldInfo::Type::kText:
        absl::StrAppend(&out, " \"", absl::Utf8SafeCEscape(ast.text(value, fields[field.word + 1])), "\"");
        break;
      case FieldInfo::Type::kValue: absl::StrAppend(&out, " ", value); break;
      case FieldInfo::Type::kChild:
      case FieldInfo::Type::kOptionalChild:
      case FieldInfo::Type::kList: break;
    }
  }
}

// The children with the names of their fields, last first, onto the stack.
void PushChildren(const Ast& ast, NodeId id, uint32_t depth, std::vector<Pending>& stack) {
  const Node& node = ast.node(id);
  const uint32_t* fields = WordCountOf(node.kind) == 1 ? &node.data : ast.words() + node.data;
  const absl::Span<const FieldInfo> infos = FieldsOf(node.kind);
  for (size_t i = infos.size(); i-- > 0;) {
    const FieldInfo& field = infos[i];
    const uint32_t value = fields[field.word];
    if (field.type == FieldInfo::Type::kList) {
      for (uint32_t k = fields[field.word + 1]; k-- > 0;) {
        stack.push_back({NodeId(ast.words()[value + k]), depth, field.name});
      }
    } else if (field.type == FieldInfo::Type::kChild ||
               (field.type == FieldInfo::Type::kOptionalChild && value != NodeId::kAbsent)) {
      stack.push_back({NodeId(value), depth, field.name});
    }
  }
}

}  // namespace

std::string Dump(const Ast& ast, NodeId subtree) {
  std::string out;
  std::vector<Pending> stack{{subtree, 0, ""}};
  while (!stack.empty()) {
    const Pending top = stack.back();
    stack.pop_back();
    out.append(size_t{2} * top.depth, ' ');
    if (!top.field.empty()) absl::StrAppend(&out, top.field, ": ");
    const Node& node = ast.node(top.id);
    absl::StrAppend(&out, KindName(node.kind), " ", node.begin, "..", node.end);
    AppendDetails(ast, top.id, out);
    out += '\n';
    PushChildren(ast, top.id, top.depth + 1, stack);
  }
  return out;
}

std::string Dump(const Ast& ast) {
  std::string out = Dump(ast, ast.root());
  for (const SyntaxProblem& problem : ast.problems()) {
    absl::StrAppend(&out, "problem ", problem.begin, "..", problem.end, " ", ast.problem_text(problem), "\n");
  }
  return out;
}

}  // namespace overt::grammar
