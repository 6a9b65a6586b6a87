// What `diagnostics/suppression` needs to know of a file: its comments, and where its statements' headers are.
#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/algorithm/container.h"
#include "checker/bind/module_index.h"
#include "checker/bind/statement_lines.h"
#include "diagnostics/suppression_text.h"
#include "grammar/ast/definitions.h"

namespace overt::bind {

using grammar::NodeKind;
using grammar::NodeList;

namespace {

class HeaderReader {
 public:
  explicit HeaderReader(const grammar::Ast& ast) : ast_(ast) {}

  StatementLines Read(NodeId id) const {
    const TextRange all = WholeOf(ast_, id);
    StatementLines lines;
    lines.header = {all.begin, HeaderEnd(id)};
    lines.is_class = ast_.Is<grammar::ClassDefNode>(id);
    const NodeList body = Body(id);
    if (!body.empty()) lines.body = {WholeOf(ast_, body.front()).begin, all.end};
    return lines;
  }

 private:
  uint32_t EndOf(NodeId id) const { return ast_.range(id).end; }
  uint32_t EndOf(NodeList list, uint32_t otherwise) const { return list.empty() ? otherwise : EndOf(list.back()); }

  uint32_t HeaderEnd(NodeId id) const {
    const TextRange all = ast_.range(id);
    switch (ast_.kind(id)) {
      case NodeKind::kFunctionDef: {
        const auto function = ast_.Get<grammar::FunctionDefNode>(id);
        return EndOf(function.returns().present() ? function.returns() : function.parameters());
      }
      case NodeKind::kClassDef: {
        const auto node = ast_.Get<grammar::ClassDefNode>(id);
        return EndOf(node.arguments(), EndOf(node.type_parameters(), EndOf(node.name())));
      }
      case NodeKind::kFor: return EndOf(ast_.Get<grammar::ForNode>(id).iterable());
      case NodeKind::kWhile: return EndOf(ast_.Get<grammar::WhileNode>(id).test());
      case NodeKind::kIf: {
        const NodeList branches = ast_.Get<grammar::IfNode>(id).branches();
        if (branches.empty()) return all.end;
        const NodeId test = ast_.Get<grammar::IfBranchNode>(branches.front()).test();
        return test.present() ? EndOf(test) : all.begin;
      }
      case NodeKind::kWith: return EndOf(ast_.Get<grammar::WithNode>(id).items(), all.begin);
      case NodeKind::kMatch: return EndOf(ast_.Get<grammar::MatchNode>(id).subject());
      case NodeKind::kTry: return std::min(all.end, all.begin + 3);
      default: return all.end;
    }
  }

  // What stands behind the header's colon.
  NodeList Body(NodeId id) const {
    switch (ast_.kind(id)) {
      case NodeKind::kFunctionDef: return ast_.Get<grammar::FunctionDefNode>(id).body();
      case NodeKind::kClassDef: return ast_.Get<grammar::ClassDefNode>(id).body();
      case NodeKind::kFor: return ast_.Get<grammar::ForNode>(id).body();
      case NodeKind::kWhile: return ast_.Get<grammar::WhileNode>(id).body();
      case NodeKind::kIf: {
        const NodeList branches = ast_.Get<grammar::IfNode>(id).branches();
        return branches.empty() ? NodeList() : ast_.Get<grammar::IfBranchNode>(branches.front()).body();
      }
      case NodeKind::kWith: return ast_.Get<grammar::WithNode>(id).body();
      case NodeKind::kMatch: return ast_.Get<grammar::MatchNode>(id).cases();
      case NodeKind::kTry: return ast_.Get<grammar::TryNode>(id).body();
      default: return {};
    }
  }

  const grammar::Ast& ast_;
};

bool IsDocstring(const grammar::Ast& ast, NodeId statement) {
  return ast.Is<grammar::ExpressionStatementNode>(statement) &&
         ast.Is<grammar::StringNode>(ast.Get<grammar::ExpressionStatementNode>(statement).value());
}

// Whether a class body binds or declares a name within `covers`.
bool DefinesMember(const ModuleIndex& index, TextRange covers) {
  return absl::c_any_of(index.definitions(), [&](const Definition& definition) {
    const uint32_t at = index.ast().range(definition.node).begin;
    return index.scope(definition.scope).kind == ScopeKind::kClass && covers.begin <= at && at < covers.end;
  });
}

}  // namespace

StatementLines LinesOf(const grammar::Ast& ast, NodeId statement) { return HeaderReader(ast).Read(statement); }

SuppressionTable ModuleIndex::MakeSuppressions() const {
  std::vector<CommentText> comments;
  for (const grammar::Comment& comment : ast_.comments()) {
    const absl::string_view text = ast_.comment_text(comment);
    if (SuppressionTable::MayHold(text)) comments.push_back({{comment.begin, comment.end}, text, comment.line_begin()});
  }
  if (comments.empty()) return SuppressionTable();
  const HeaderReader reader(ast_);
  std::vector<StatementLines> statements;
  // A file's docstring may stand before its `file-ignore`: no finding is ever within it.
  const NodeList body = ast_.Get<grammar::ModuleNode>(ast_.root()).body();
  const NodeId docstring = !body.empty() && IsDocstring(ast_, body.front()) ? body.front() : NodeId();
  for (uint32_t id = 0; id < ast_.node_count(); ++id) {
    if (NodeId(id) == docstring) continue;
    if (grammar::CategoryOf(ast_.kind(NodeId(id))) == grammar::NodeCategory::kStatement) {
      statements.push_back(reader.Read(NodeId(id)));
    }
  }
  // Children come before their parents in the tree, headers of parents before those of their children in the source.
  std::stable_sort(statements.begin(), statements.end(),
                   [](const StatementLines& a, const StatementLines& b) { return a.header.begin < b.header.begin; });
  const uint32_t code_begin = body.empty() ? ast_.source_size() : WholeOf(ast_, body.front()).begin;
  SuppressionTable table =
      SuppressionTable::Parse({comments, statements, code_begin, ast_.line_starts(), ast_.source_size()});
  table.KeepOpen([this](TextRange covers) { return DefinesMember(*this, covers); });
  return table;
}

void ModuleIndex::ReadOpenMembers() {
  const auto may_open = [this](const grammar::Comment& comment) { return MayOpen(ast_.comment_text(comment)); };
  if (absl::c_none_of(ast_.comments(), may_open)) return;
  const SuppressionTable table = MakeSuppressions();
  absl::c_copy_if(table.all(), std::back_inserter(open_),
                  [](const Suppression& one) { return one.style == SuppressionStyle::kOvertOpen && !one.misplaced; });
}

bool ModuleIndex::IsOpenTo(Rule rule, TextRange name) const {
  return absl::c_any_of(open_, [&](const Suppression& one) { return Opens(one, rule, name); });
}

}  // namespace overt::bind
