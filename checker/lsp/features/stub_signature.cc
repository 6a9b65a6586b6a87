#include "checker/lsp/features/stub_signature.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace overt::lsp {
namespace {

using grammar::Ast;
using grammar::NodeId;
using grammar::NodeKind;
using grammar::ParameterKind;

// The source on one line; none where that cannot be had.
std::optional<std::string> OnOneLine(absl::string_view source) {
  if (source.find('\n') == absl::string_view::npos) return std::string(source);
  if (source.find_first_of("#\"'\\") != absl::string_view::npos) return std::nullopt;
  std::string line;
  for (const char c : source) {
    const bool is_space = absl::ascii_isspace(static_cast<unsigned char>(c));
    if (!is_space)
      line.push_back(c);
    else if (!line.empty() && line.back() != ' ')
      line.push_back(' ');
  }
  return line;
}

absl::string_view StarsOf(ParameterKind kind) {
  return kind == ParameterKind::kVarArgs ? "*" : kind == ParameterKind::kKeywordArgs ? "**" : "";
}

bool IsPositional(ParameterKind kind) {
  return kind == ParameterKind::kPositionalOnly || kind == ParameterKind::kPositionalOrKeyword;
}

}  // namespace

const std::string& SignatureMaker::Text(FileId file) {
  const auto found = texts_.find(file);
  if (found != texts_.end()) return found->second;
  return texts_.emplace(file, snapshot_.program->Text(file).text).first->second;
}

std::optional<std::string> SignatureMaker::Portable(const Context& context, NodeId node, bool is_annotation,
                                                    NeededImports& imports) {
  const FileId file = context.from.file;
  NeededImports more;
  NeededImports* const may_add = context.may_import == Imports::kNone ? nullptr : &more;
  if (!names_.CanUse(context.from, node, is_annotation, may_add)) return std::nullopt;
  const Ast& ast = snapshot_.program->Index(file)->ast();
  const TextRange range = ast.range(node);
  const absl::string_view text = Text(file);
  if (range.end > text.size()) return std::nullopt;
  std::optional<std::string> source = OnOneLine(text.substr(range.begin, range.size()));
  if (!source) return std::nullopt;
  const bool in_parentheses = (ast.node(node).flags & grammar::NodeFlags::kParenthesized) != 0;
  if (in_parentheses && !absl::StartsWith(*source, "(")) source = absl::StrCat("(", *source, ")");
  imports.insert(imports.end(), more.begin(), more.end());
  return source;
}

// "[T]"; nothing of it where one of them cannot be written, and what uses them is dropped then.
std::string SignatureMaker::TypeParameters(Context& context, NeededImports& imports) {
  const Ast& ast = snapshot_.program->Index(context.from.file)->ast();
  std::vector<std::string> parts;
  context.from.with_type_parameters = true;
  for (const NodeId parameter : ast.Get<grammar::FunctionDefNode>(context.from.function).type_parameters()) {
    std::optional<std::string> part = Portable(context, parameter, true, imports);
    context.from.with_type_parameters = part.has_value();
    if (!part) return "";
    parts.push_back(*std::move(part));
  }
  return parts.empty() ? "" : absl::StrCat("[", absl::StrJoin(parts, ", "), "]");
}

SignatureMaker::Parameter SignatureMaker::ReadParameter(const Context& context, NodeId id) {
  const Ast& ast = snapshot_.program->Index(context.from.file)->ast();
  const auto node = ast.Get<grammar::ParameterNode>(id);
  Parameter parameter;
  parameter.kind = static_cast<ParameterKind>(node.small());
  parameter.name = std::string(ast.name(node.name()));
  parameter.text = absl::StrCat(StarsOf(parameter.kind), parameter.name);
  std::optional<std::string> annotation;
  if (node.annotation().present()) annotation = Portable(context, node.annotation(), true, parameter.imports);
  if (annotation) absl::StrAppend(&parameter.text, ": ", *annotation);
  if (!node.default_value().present()) return parameter;
  // In a stub `...` says no more than that there is a default.
  const bool is_left_open =
      snapshot_.program->file(context.from.file).is_stub && ast.kind(node.default_value()) == NodeKind::kEllipsis;
  std::optional<std::string> value;
  if (in_stub_ || !is_left_open) value = Portable(context, node.default_value(), false, parameter.imports);
  parameter.is_lost = !value && !in_stub_;
  absl::StrAppend(&parameter.text, annotation ? " = " : "=", value.value_or("..."));
  return parameter;
}

// `*args` takes the place of the first positional parameter whose default is lost and of all positional ones behind it,
// `**kwargs` that of all that may be given by name.
void SignatureMaker::GatherLost(std::vector<Parameter>& parameters) {
  bool is_gathering = false, by_name = false;
  for (Parameter& one : parameters) {
    const bool is_positional = IsPositional(one.kind);
    is_gathering |= is_positional && one.is_lost;
    one.is_lost |= is_positional && is_gathering;
    by_name |= one.is_lost && one.kind != ParameterKind::kPositionalOnly;
  }
  const auto take_in = [&](ParameterKind kind, std::string name) {
    const auto there = absl::c_find_if(parameters, [&](const Parameter& one) { return one.kind == kind; });
    if (there != parameters.end()) {
      // What it says of its own type says nothing of those that are added.
      *there = Parameter{kind, there->name, absl::StrCat(StarsOf(kind), there->name)};
      return;
    }
    while (absl::c_any_of(parameters, [&](const Parameter& one) { return one.name == name; })) name += "_";
    const auto behind = absl::c_find_if(parameters, [&](const Parameter& one) { return one.kind > kind; });
    parameters.insert(behind, Parameter{kind, name, absl::StrCat(StarsOf(kind), name)});
  };
  if (is_gathering) take_in(ParameterKind::kVarArgs, "args");
  if (by_name) take_in(ParameterKind::kKeywordArgs, "kwargs");
  std::erase_if(parameters, [](const Parameter& one) { return one.is_lost; });
}

std::vector<SignatureMaker::Parameter> SignatureMaker::ReadParameters(const Context& context) {
  const Ast& ast = snapshot_.program->Index(context.from.file)->ast();
  const auto def = ast.Get<grammar::FunctionDefNode>(context.from.function);
  std::vector<Parameter> parameters;
  for (const NodeId id : ast.Get<grammar::ParametersNode>(def.parameters()).parameters()) {
    parameters.push_back(ReadParameter(context, id));
  }
  GatherLost(parameters);
  return parameters;
}

std::string SignatureMaker::Listed(const std::vector<Parameter>& parameters) {
  std::vector<std::string> parts;
  bool after_positional_only = false, is_keyword_only = false;
  for (const Parameter& one : parameters) {
    if (after_positional_only && one.kind != ParameterKind::kPositionalOnly) parts.emplace_back("/");
    after_positional_only = one.kind == ParameterKind::kPositionalOnly;
    if (one.kind == ParameterKind::kKeywordOnly && !is_keyword_only) parts.emplace_back("*");
    is_keyword_only |= one.kind == ParameterKind::kVarArgs || one.kind == ParameterKind::kKeywordOnly;
    parts.push_back(one.text);
  }
  if (after_positional_only) parts.emplace_back("/");
  return absl::StrCat("(", absl::StrJoin(parts, ", "), ")");
}

std::vector<std::string> SignatureMaker::Passed(const std::vector<Parameter>& parameters,
                                                SignatureSource::Receiver receiver) {
  std::vector<std::string> passed;
  const bool skips_first = receiver == SignatureSource::Receiver::kFirstParameter && !parameters.empty() &&
                           IsPositional(parameters.front().kind);
  for (size_t i = skips_first ? 1 : 0; i < parameters.size(); ++i) {
    const Parameter& one = parameters[i];
    passed.push_back(one.kind == ParameterKind::kKeywordOnly ? absl::StrCat(one.name, "=", one.name)
                                                             : absl::StrCat(StarsOf(one.kind), one.name));
  }
  return passed;
}

StubSignature SignatureMaker::Make(const SignatureSource& source, Imports may_import) {
  const Ast& ast = snapshot_.program->Index(source.file)->ast();
  StubSignature signature;
  Context context{{source.file, source.function, true}, may_import};
  const std::string type_parameters = TypeParameters(context, signature.imports);
  const std::vector<Parameter> parameters = ReadParameters(context);
  for (const Parameter& one : parameters) absl::c_copy(one.imports, std::back_inserter(signature.imports));
  signature.parameters = absl::StrCat(type_parameters, Listed(parameters));
  signature.passed = Passed(parameters, source.receiver);
  const NodeId result = ast.Get<grammar::FunctionDefNode>(source.function).returns();
  if (!result.present()) return signature;
  signature.returns_none = ast.kind(result) == NodeKind::kNone;
  if (!source.says_result) return signature;
  const auto returns = Portable(context, result, true, signature.imports);
  if (returns) signature.returns = absl::StrCat(" -> ", *returns);
  return signature;
}

}  // namespace overt::lsp
