#include "checker/lsp/features/method_stub.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "checker/classes/evaluate.h"

namespace overt::lsp {
namespace {

using classes::Entity;
using classes::EntityKind;
using classes::EntitySet;
using classes::Inherited;
using classes::Member;
using classes::MemberKind;
using driver::Snapshot;
using grammar::Ast;
using grammar::NodeId;
using grammar::NodeKind;
using grammar::ParameterKind;

Entity ModuleEntity(const Snapshot& snapshot, FileId file) {
  Entity module;
  module.kind = EntityKind::kModule;
  module.module = file;
  module.module_name = snapshot.program->interner().Intern(snapshot.program->file(file).module).raw;
  return module;
}

bool IsOverrideMark(const EntitySet& values) {
  return absl::c_any_of(values, [](const Entity& one) { return one.special == classes::SpecialForm::kOverride; });
}

// What the file calls `@override`, without the sign.
std::string FindOverride(const Snapshot& snapshot, FileId file) {
  const classes::ClassTable& classes = *snapshot.classes;
  const Entity module = ModuleEntity(snapshot, file);
  if (IsOverrideMark(classes::ModuleAttribute(classes, module, "override"))) return "override";
  const bind::ModuleIndex& index = *snapshot.program->Index(file);
  const bind::Scope& scope = index.scope(index.module_scope());
  std::string found;
  for (uint32_t i = 0; i < scope.symbol_count; ++i) {
    const bind::Symbol& symbol = index.symbol(bind::SymbolId(scope.first_symbol + i));
    if (!symbol.first.present()) continue;
    const bind::DefKind kind = index.definition(symbol.first).kind;
    const std::string name(index.ast().name(symbol.name));
    if (kind == bind::DefKind::kImportFrom) {
      // `from typing import override as overrides`.
      if (IsOverrideMark(classes::ModuleAttribute(classes, module, name)) && (found.empty() || name < found))
        found = name;
    } else if (kind == bind::DefKind::kImport || kind == bind::DefKind::kImportAs) {
      for (const Entity& value : classes::ModuleAttribute(classes, module, name)) {
        if (value.kind != EntityKind::kModule || !value.module.present()) continue;
        if (!IsOverrideMark(classes::ModuleAttribute(classes, value, "override"))) continue;
        const std::string dotted = absl::StrCat(name, ".override");
        if (found.empty() || dotted < found) found = dotted;
      }
    }
  }
  return found;
}

// Python calls these itself, by the class's own protocol: nobody marks them.
bool IsConstruction(absl::string_view name) {
  return name == "__init__" || name == "__new__" || name == "__init_subclass__" || name == "__post_init__";
}

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

bool IsAbsent(const Entity& one) { return one.kind == EntityKind::kAbsent; }

bool IsImport(bind::DefKind kind) {
  return kind == bind::DefKind::kImport || kind == bind::DefKind::kImportAs || kind == bind::DefKind::kImportFrom;
}

bool IsHidden(absl::string_view name) { return absl::StartsWith(name, "_") && !absl::EndsWith(name, "__"); }

// Who gives a name its meaning: the module (or Python itself); what moves with the name, as a lambda with its
// parameters or `moved` with its type parameters; or a class or function around, which stays where it is.
enum class Binder : uint8_t { kModule, kMoved, kAround };

Binder BinderOf(const bind::ModuleIndex& index, bind::ScopeId scope, absl::string_view name, NodeId moved) {
  for (; scope.present(); scope = index.scope(scope).parent) {
    const bind::Scope& one = index.scope(scope);
    if (one.kind == bind::ScopeKind::kModule) break;
    if (!index.Find(scope, name).present()) continue;
    const bool moves = one.kind == bind::ScopeKind::kLambda || one.kind == bind::ScopeKind::kComprehension ||
                       (one.kind == bind::ScopeKind::kTypeParameters && one.node == moved);
    return moves ? Binder::kMoved : Binder::kAround;
  }
  return Binder::kModule;
}

// Whether the first parameter is one that Python fills in: without it a call of the base cannot be written.
bool TakesReceiver(const Ast& ast, NodeId function) {
  const auto def = ast.Get<grammar::FunctionDefNode>(function);
  const grammar::NodeList parameters = ast.Get<grammar::ParametersNode>(def.parameters()).parameters();
  if (parameters.empty()) return false;
  const auto kind = static_cast<ParameterKind>(ast.Get<grammar::ParameterNode>(parameters.front()).small());
  return kind != ParameterKind::kVarArgs && kind != ParameterKind::kKeywordArgs && kind != ParameterKind::kKeywordOnly;
}

bool IsIdentifierPart(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}

}  // namespace

StubMaker::StubMaker(const Snapshot& snapshot, StubPlace place)
    : snapshot_(snapshot), place_(place), override_(FindOverride(snapshot, place_.file)) {}

const std::string& StubMaker::Text(FileId file) {
  const auto found = texts_.find(file);
  if (found != texts_.end()) return found->second;
  return texts_.emplace(file, snapshot_.program->Text(file).text).first->second;
}

EntitySet StubMaker::BuiltinMeaning(absl::string_view name) const {
  const FileId builtins = snapshot_.program->ImportAbsolute("builtins").file;
  if (!builtins.present()) return {};
  // What the stub imports, and what it hides behind an underscore, serves the stub alone.
  const bind::ModuleIndex& index = *snapshot_.program->Index(builtins);
  const bind::SymbolId symbol = index.Find(index.module_scope(), name);
  if (!symbol.present() || !index.symbol(symbol).first.present() || IsHidden(name)) return {};
  if (IsImport(index.definition(index.symbol(symbol).first).kind)) return {};
  return classes::ModuleAttribute(*snapshot_.classes, ModuleEntity(snapshot_, builtins), name);
}

EntitySet StubMaker::Meaning(FileId file, absl::string_view name) const {
  EntitySet values = classes::ModuleAttribute(*snapshot_.classes, ModuleEntity(snapshot_, file), name);
  return absl::c_all_of(values, IsAbsent) ? BuiltinMeaning(name) : values;
}

bool StubMaker::MeansTheSame(const Origin& from, NodeId node, absl::string_view name) const {
  const bind::ModuleIndex& source = *snapshot_.program->Index(from.file);
  const NodeId moved = from.with_type_parameters ? from.function : NodeId();
  const Binder binder = BinderOf(source, source.ScopeAt(node), name, moved);
  if (binder != Binder::kModule) return binder == Binder::kMoved;
  const bind::ModuleIndex& target = *snapshot_.program->Index(place_.file);
  const bind::ScopeId body = target.ScopeOpenedBy(place_.owner.node);
  if (BinderOf(target, body, name, NodeId()) != Binder::kModule) return false;

  const EntitySet there = Meaning(from.file, name);
  const EntitySet here = Meaning(place_.file, name);
  if (here.empty() || there.empty() || absl::c_any_of(here, IsAbsent) || absl::c_any_of(there, IsAbsent)) return false;
  if (from.file == place_.file) return true;
  if (here.size() != there.size()) return false;
  for (size_t i = 0; i < here.size(); ++i) {
    // Two constants are not one because both are constants; two imports of one unknown thing are.
    if (here[i].kind == EntityKind::kValue || here[i].kind == EntityKind::kInstance) return false;
    if (here[i].is_unknown()) {
      if (!there[i].is_unknown() || here[i].module_name != there[i].module_name) return false;
      if (here[i].module_name == Entity().module_name) return false;
    } else if (here[i] != there[i]) {
      return false;
    }
  }
  return true;
}

bool StubMaker::NamesMeanTheSame(const Origin& from, NodeId node, absl::string_view quoted) const {
  for (size_t i = 0; i < quoted.size();) {
    size_t end = i;
    while (end < quoted.size() && IsIdentifierPart(quoted[end])) ++end;
    const bool is_name = end > i && !absl::ascii_isdigit(static_cast<unsigned char>(quoted[i]));
    const bool is_attribute = i > 0 && quoted[i - 1] == '.';
    if (is_name && !is_attribute) {
      const absl::string_view name = quoted.substr(i, end - i);
      if (name != "None" && !MeansTheSame(from, node, name)) return false;
    }
    i = std::max(end, i + 1);
  }
  return true;
}

std::optional<std::string> StubMaker::Portable(const Origin& from, NodeId node, bool is_annotation) {
  const Ast& ast = snapshot_.program->Index(from.file)->ast();
  for (uint32_t i = ast.first_of(node).raw; i <= node.raw; ++i) {
    const NodeId inner(i);
    if (ast.kind(inner) == NodeKind::kName) {
      if (!MeansTheSame(from, inner, ast.name(ast.Get<grammar::NameNode>(inner).name()))) return std::nullopt;
    } else if (is_annotation && ast.kind(inner) == NodeKind::kString) {
      if (!NamesMeanTheSame(from, inner, ast.Get<grammar::StringNode>(inner).text())) return std::nullopt;
    } else if (ast.kind(inner) == NodeKind::kErrorExpression) {
      return std::nullopt;
    }
  }
  const TextRange range = ast.range(node);
  const absl::string_view text = Text(from.file);
  if (range.end > text.size()) return std::nullopt;
  std::optional<std::string> source = OnOneLine(text.substr(range.begin, range.size()));
  const bool in_parentheses = (ast.node(node).flags & grammar::NodeFlags::kParenthesized) != 0;
  if (source && in_parentheses && !absl::StartsWith(*source, "(")) source = absl::StrCat("(", *source, ")");
  return source;
}

std::optional<std::string> StubMaker::TypeParameters(const Origin& from) {
  const Ast& ast = snapshot_.program->Index(from.file)->ast();
  std::vector<std::string> parts;
  for (const NodeId parameter : ast.Get<grammar::FunctionDefNode>(from.function).type_parameters()) {
    std::optional<std::string> part = Portable(from, parameter, true);
    if (!part) return std::nullopt;
    parts.push_back(*std::move(part));
  }
  return parts.empty() ? "" : absl::StrCat("[", absl::StrJoin(parts, ", "), "]");
}

StubMaker::Signature StubMaker::SignatureOf(const Member& member, NodeId function) {
  const Ast& ast = snapshot_.program->Index(member.file)->ast();
  const auto def = ast.Get<grammar::FunctionDefNode>(function);
  Origin from{member.file, function, true};
  const std::optional<std::string> type_parameters = TypeParameters(from);
  from.with_type_parameters = type_parameters.has_value();
  Signature signature;
  std::vector<std::string> parts;
  bool after_positional_only = false, is_keyword_only = false;
  bool is_receiver = member.kind != MemberKind::kStaticMethod;
  for (const NodeId id : ast.Get<grammar::ParametersNode>(def.parameters()).parameters()) {
    const auto parameter = ast.Get<grammar::ParameterNode>(id);
    const auto kind = static_cast<ParameterKind>(parameter.small());
    const std::string name(ast.name(parameter.name()));
    const absl::string_view stars = kind == ParameterKind::kVarArgs       ? "*"
                                    : kind == ParameterKind::kKeywordArgs ? "**"
                                                                          : "";
    if (after_positional_only && kind != ParameterKind::kPositionalOnly) parts.push_back("/");
    after_positional_only = kind == ParameterKind::kPositionalOnly;
    if (kind == ParameterKind::kKeywordOnly && !is_keyword_only) parts.push_back("*");
    is_keyword_only |= kind == ParameterKind::kVarArgs || kind == ParameterKind::kKeywordOnly;
    std::string part = absl::StrCat(stars, name);
    std::optional<std::string> annotation;
    if (parameter.annotation().present()) annotation = Portable(from, parameter.annotation(), true);
    if (annotation) absl::StrAppend(&part, ": ", *annotation);
    if (parameter.default_value().present()) {
      absl::StrAppend(&part, annotation ? " = " : "=",
                      Portable(from, parameter.default_value(), false).value_or("..."));
    }
    parts.push_back(std::move(part));
    const bool passes_itself = is_receiver && stars.empty() && kind != ParameterKind::kKeywordOnly;
    is_receiver = false;
    if (passes_itself) continue;
    signature.passed.push_back(kind == ParameterKind::kKeywordOnly ? absl::StrCat(name, "=", name)
                                                                   : absl::StrCat(stars, name));
  }
  if (after_positional_only) parts.push_back("/");
  signature.parameters = absl::StrCat(type_parameters.value_or(""), "(", absl::StrJoin(parts, ", "), ")");
  if (!def.returns().present()) return signature;
  signature.returns_none = ast.kind(def.returns()) == NodeKind::kNone;
  // What an unknown decorator makes of the function returns something else than the function.
  if (member.kind == MemberKind::kDecoratedFunction) return signature;
  if (const auto returns = Portable(from, def.returns(), true)) signature.returns = absl::StrCat(" -> ", *returns);
  return signature;
}

std::string StubMaker::SuperCall(const Member& member) const {
  const absl::string_view name = snapshot_.program->interner().text(member.name);
  if (member.kind != MemberKind::kStaticMethod || name == "__new__") return absl::StrCat("super().", name);
  // A static method has no first argument from which `super()` could know where it is.
  absl::string_view owner = snapshot_.classes->InfoOf(place_.owner).qualified;
  const size_t local = owner.rfind("<locals>.");
  if (local != absl::string_view::npos) {
    owner.remove_prefix(local + absl::string_view("<locals>.").size());
  } else {
    absl::ConsumePrefix(&owner, absl::StrCat(snapshot_.program->file(place_.file).module, "."));
  }
  return absl::StrCat("super(", owner, ", ", owner, ").", name);
}

std::vector<std::string> StubMaker::Body(const Inherited& base, NodeId function, const Signature& signature) {
  const Member& member = *base.member;
  const bind::ModuleIndex& index = *snapshot_.program->Index(member.file);
  const bool is_protocol = snapshot_.classes->InfoOf(base.owner).is(classes::ClassFlags::kProtocol);
  const bool is_empty = snapshot_.classes->FactsOf({member.file, function}).is_empty_body;
  if (member.is(classes::MemberFlags::kAbstract) || (is_protocol && is_empty)) return {"raise NotImplementedError"};
  const std::string reached = SuperCall(member);
  if (member.kind == MemberKind::kProperty || member.kind == MemberKind::kCachedProperty) {
    return {absl::StrCat("return ", reached)};
  }
  const std::string call = absl::StrCat(reached, "(", absl::StrJoin(signature.passed, ", "), ")");
  const bool is_async = (index.ast().node(function).flags & grammar::NodeFlags::kAsync) != 0;
  const bool yields = (index.scope(index.ScopeOpenedBy(function)).flags & bind::Scope::kGenerator) != 0;
  if (is_async && yields) return {absl::StrCat("async for item in ", call, ":"), "\tyield item"};
  const absl::string_view name = snapshot_.program->interner().text(member.name);
  const bool gives_nothing = signature.returns_none || (IsConstruction(name) && name != "__new__");
  return {absl::StrCat(gives_nothing ? "" : "return ", is_async ? "await " : "", call)};
}

std::string StubMaker::KindDecorator(MemberKind kind, absl::string_view name) const {
  switch (kind) {
    case MemberKind::kClassMethod:
      return name == "__init_subclass__" || name == "__class_getitem__" ? "" : "@classmethod";
    case MemberKind::kStaticMethod: return name == "__new__" ? "" : "@staticmethod";
    case MemberKind::kProperty: return "@property";
    case MemberKind::kCachedProperty: {
      const EntitySet meaning = Meaning(place_.file, "cached_property");
      return meaning.empty() || absl::c_any_of(meaning, IsAbsent) ? "@property" : "@cached_property";
    }
    case MemberKind::kFunction:
    case MemberKind::kDecoratedFunction:
    case MemberKind::kAttribute:
    case MemberKind::kDeclaration:
    case MemberKind::kClass:
    case MemberKind::kInstanceAttribute:
    case MemberKind::kSynthesized:
    case MemberKind::kInjected: return "";
  }
  return "";
}

std::optional<MethodStub> StubMaker::Make(const Inherited& base) {
  const Member& member = *base.member;
  const NodeId function = MainFunction(snapshot_, member);
  if (!function.present() || !IsMethod(member.kind)) return std::nullopt;
  const Ast& ast = snapshot_.program->Index(member.file)->ast();
  const bool is_async = (ast.node(function).flags & grammar::NodeFlags::kAsync) != 0;
  if (place_.is_async && !is_async) return std::nullopt;
  if (place_.kind && *place_.kind != member.kind) return std::nullopt;
  if (member.kind != MemberKind::kStaticMethod && !TakesReceiver(ast, function)) return std::nullopt;

  const absl::string_view name = snapshot_.program->interner().text(member.name);
  Signature signature;
  if (snapshot_.classes->FactsOf({member.file, function}).is_overload) {
    // Only the overloads are there, and no single one of them is the method.
    const absl::string_view receiver = member.kind == MemberKind::kStaticMethod  ? ""
                                       : member.kind == MemberKind::kClassMethod ? "cls, "
                                                                                 : "self, ";
    signature.parameters = absl::StrCat("(", receiver, "*args, **kwargs)");
    signature.passed = {"*args", "**kwargs"};
  } else {
    signature = SignatureOf(member, function);
  }
  MethodStub stub;
  const std::string decorator = place_.kind ? "" : KindDecorator(member.kind, name);
  if (!decorator.empty()) stub.lines.push_back(decorator);
  const bool is_unmarked = base.owner == snapshot_.classes->builtin("object") || IsConstruction(name);
  if (!place_.is_marked && !is_unmarked) {
    stub.lines.push_back(absl::StrCat("@", override_.empty() ? "override" : override_));
    stub.needs_override_import = override_.empty();
  }
  stub.header = absl::StrCat(is_async ? "async " : "", "def ", name);
  const std::string line = absl::StrCat(stub.header, signature.parameters, signature.returns, ":");
  if (snapshot_.program->file(place_.file).is_stub) {
    stub.lines.push_back(absl::StrCat(line, " ..."));
    return stub;
  }
  stub.lines.push_back(line);
  for (const std::string& one : Body(base, function, signature)) stub.lines.push_back(absl::StrCat("\t", one));
  return stub;
}

}  // namespace overt::lsp
