// Our trees in CPython's terms, one line a node, for run.py to hold against what CPython's own parser makes.
//
//   $ tree_lines [--no-interpolation-positions] < list-of-paths
//   === path/to/file.py
//   Module
//   [1
//   Assign 0 5
//   …
//
// What CPython gives no position, or merges, is printed without one or merged: adjacent string literals, the parts of
// f-strings, arguments. Before Python 3.12 positions inside f-strings are not to be relied on: the flag leaves them
// out.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grammar/ast/ast.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"

namespace overt::grammar {
namespace {

struct Pending {
  NodeId id;
  std::string line;  // printed as it is if there is no node
  bool in_interpolation = false;
};

class Printer {
 public:
  Printer(const Ast& ast, absl::string_view text, bool interpolation_positions)
      : ast_(ast), text_(text), interpolation_positions_(interpolation_positions) {}

  std::string Run() {
    Push(ast_.root(), false);
    while (!stack_.empty()) {
      const Pending top = stack_.back();
      stack_.pop_back();
      if (top.id.present()) {
        Print(top.id, top.in_interpolation);
      } else {
        absl::StrAppend(&out_, top.line, "\n");
      }
    }
    return std::move(out_);
  }

 private:
  void Push(NodeId id, bool inside) { stack_.push_back({id, "", inside}); }
  void PushLine(std::string line) { stack_.push_back({NodeId(), std::move(line), false}); }
  void PushOptional(NodeId id, bool inside) { id.present() ? Push(id, inside) : PushLine("-"); }

  void Head(NodeId id, absl::string_view kind, bool inside) {
    const TextRange range = ast_.range(id);
    if (inside && !interpolation_positions_) {
      absl::StrAppend(&out_, kind, " * *");
    } else {
      absl::StrAppend(&out_, kind, " ", range.begin, " ", range.end);
    }
  }

  static bool HasNoPosition(NodeKind kind) {
    switch (kind) {
      case NodeKind::kModule:
      case NodeKind::kIdentifier:
      case NodeKind::kDecorator:
      case NodeKind::kParameters:
      case NodeKind::kParameter:
      case NodeKind::kWithItem:
      case NodeKind::kIfBranch:
      case NodeKind::kMatchCase:
      case NodeKind::kComprehension:
      case NodeKind::kDictItem:
      case NodeKind::kCompareOperand:
      case NodeKind::kMatchMappingItem:
      case NodeKind::kMatchKeyword: return true;
      default: return false;
    }
  }

  void Print(NodeId id, bool inside) {
    const Node& node = ast_.node(id);
    switch (node.kind) {
      case NodeKind::kString:
      case NodeKind::kConcatenatedString:
      case NodeKind::kFormattedString:
      case NodeKind::kTemplateString: PrintString(id, inside); return;
      case NodeKind::kInterpolation: PrintInterpolation(id, inside); return;
      case NodeKind::kNumber: PrintNumber(id, inside); return;
      default: break;
    }
    if (HasNoPosition(node.kind)) {
      absl::StrAppend(&out_, KindName(node.kind));
    } else {
      Head(id, KindName(node.kind), inside);
    }
    PrintDetails(id, inside);
    out_ += '\n';
    PushFields(id, inside);
    // The text of a string that is a statement of its own is not kept.
    is_statement_ = node.kind == NodeKind::kExpressionStatement;
  }

  void PrintDetails(NodeId id, bool inside) {
    const Node& node = ast_.node(id);
    if (node.kind == NodeKind::kParameter && (!inside || interpolation_positions_))
      absl::StrAppend(&out_, " ", node.begin);
    if (node.kind == NodeKind::kIdentifier) CheckIdentifier(id);
    absl::StrAppend(&out_, " ", node.small);
    const bool is_async = node.kind == NodeKind::kFunctionDef || node.kind == NodeKind::kFor ||
                          node.kind == NodeKind::kWith || node.kind == NodeKind::kComprehension;
    if (is_async && (node.flags & NodeFlags::kAsync) != 0) out_ += " async";
    if (node.kind == NodeKind::kTry && (node.flags & NodeFlags::kStar) != 0) out_ += " star";
    const bool is_import = node.kind == NodeKind::kImport || node.kind == NodeKind::kImportFrom;
    if (is_import && (node.flags & NodeFlags::kLazy) != 0) out_ += " lazy";
    if (node.kind == NodeKind::kAnnAssign && (node.flags & NodeFlags::kParenthesized) != 0 &&
        ast_.kind(AnnAssignNode(ast_, id).target()) == NodeKind::kName) {
      out_ += " paren";
    }
    const uint32_t* fields = WordCountOf(node.kind) == 1 ? &node.data : ast_.words() + node.data;
    for (const FieldInfo& field : FieldsOf(node.kind)) {
      const bool is_name = field.type == FieldInfo::Type::kName || field.type == FieldInfo::Type::kOptionalName;
      if (is_name && fields[field.word] != NameId::kAbsent) {
        absl::StrAppend(&out_, " ", ast_.name(NameId(fields[field.word])));
      }
    }
  }

  void CheckIdentifier(NodeId id) {
    const TextRange range = ast_.range(id);
    const absl::string_view written = text_.substr(range.begin, range.size());
    const absl::string_view name = ast_.name(IdentifierNode(ast_, id).name());
    for (const char c : written) {
      if (static_cast<unsigned char>(c) >= 0x80) return;
    }
    if (written != name) absl::StrAppend(&out_, " RANGE-OF `", written, "`");
  }

  void PushFields(NodeId id, bool inside) {
    const Node& node = ast_.node(id);
    const uint32_t* fields = WordCountOf(node.kind) == 1 ? &node.data : ast_.words() + node.data;
    const absl::Span<const FieldInfo> infos = FieldsOf(node.kind);
    for (size_t i = infos.size(); i-- > 0;) {
      const uint32_t value = fields[infos[i].word];
      if (infos[i].type == FieldInfo::Type::kList) {
        const uint32_t count = fields[infos[i].word + 1];
        for (uint32_t k = count; k-- > 0;) Push(NodeId(ast_.words()[value + k]), inside);
        PushLine(absl::StrCat("[", count));
      } else if (infos[i].type == FieldInfo::Type::kChild || infos[i].type == FieldInfo::Type::kOptionalChild) {
        PushOptional(NodeId(value), inside);
      }
    }
  }

  void PrintNumber(NodeId id, bool inside) {
    is_statement_ = false;
    Head(id, "Number", inside);
    const NumberNode number(ast_, id);
    absl::StrAppend(&out_, " ", number.small());
    if (number.value() != UINT32_MAX) absl::StrAppend(&out_, " ", number.value());
    out_ += '\n';
  }

  // All interpolations of adjacent literals and of the parts of one, and the text of literals that have none.
  void PrintString(NodeId id, bool inside) {
    std::vector<NodeId> literals{id};
    if (ast_.kind(id) == NodeKind::kConcatenatedString) {
      const NodeList parts = ConcatenatedStringNode(ast_, id).parts();
      literals.assign(parts.begin(), parts.end());
    }
    std::vector<NodeId> interpolations;
    std::string text;
    absl::string_view kind = "String";
    for (const NodeId literal : literals) {
      NodeList parts;
      if (ast_.kind(literal) == NodeKind::kString) {
        const StringNode string(ast_, literal);
        absl::StrAppend(&text, string.text());
        if ((string.flags() & NodeFlags::kBytes) != 0) kind = "Bytes";
        continue;
      }
      const bool is_template = ast_.kind(literal) == NodeKind::kTemplateString;
      kind = is_template ? "TemplateString" : "FormattedString";
      parts = is_template ? TemplateStringNode(ast_, literal).parts() : FormattedStringNode(ast_, literal).parts();
      for (const NodeId part : parts) {
        if (ast_.kind(part) == NodeKind::kInterpolation) interpolations.push_back(part);
      }
    }
    Head(id, kind, inside);
    if (kind == "String" || kind == "Bytes") {
      PrintText(id, text);
      return;
    }
    is_statement_ = false;
    absl::StrAppend(&out_, "\n[", interpolations.size(), "\n");
    for (size_t i = interpolations.size(); i-- > 0;) Push(interpolations[i], true);
  }

  void PrintText(NodeId id, const std::string& text) {
    const TextRange range = ast_.range(id);
    const absl::string_view written = text_.substr(range.begin, range.size());
    const bool is_kept = !absl::StrContains(written, "\\N{") && !is_statement_;
    is_statement_ = false;
    out_ += ' ';
    if (!is_kept || (ast_.node(id).flags & NodeFlags::kTextDropped) != 0) {
      out_ += "?\n";
      return;
    }
    for (const char c : text) absl::StrAppend(&out_, absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
    out_ += '\n';
  }

  void PrintInterpolation(NodeId id, bool inside) {
    const InterpolationNode node(ast_, id);
    Head(id, "Interpolation", inside);
    const bool is_debug = (node.flags() & NodeFlags::kDebug) != 0;
    const uint16_t conversion =
        is_debug && node.small() == 0 && !node.format_spec().present() ? uint16_t{'r'} : node.small();
    absl::StrAppend(&out_, " ", conversion, "\n");
    if (!node.format_spec().present()) {
      PushLine("-");
    } else {
      std::vector<NodeId> inner;
      for (const NodeId part : FormattedStringNode(ast_, node.format_spec()).parts()) {
        if (ast_.kind(part) == NodeKind::kInterpolation) inner.push_back(part);
      }
      for (size_t i = inner.size(); i-- > 0;) Push(inner[i], true);
      PushLine(absl::StrCat("Spec\n[", inner.size()));
    }
    Push(node.value(), true);
  }

  const Ast& ast_;
  absl::string_view text_;
  bool interpolation_positions_;
  bool is_statement_ = false;
  std::vector<Pending> stack_;
  std::string out_;
};

}  // namespace
}  // namespace overt::grammar

int main(int argc, char** argv) {
  using namespace overt::grammar;
  const bool interpolation_positions = argc < 2 || std::string(argv[1]) != "--no-interpolation-positions";
  std::string path;
  while (std::getline(std::cin, path)) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    const SourceFile source = SourceFile::Decode(bytes.str());
    const FileKind kind = absl::EndsWith(path, ".pyi") ? FileKind::kStub : FileKind::kSource;
    const Ast ast = ParseSource(source, kind);
    std::cout << "=== " << path << "\n" << Printer(ast, source.text(), interpolation_positions).Run();
  }
  return 0;
}
