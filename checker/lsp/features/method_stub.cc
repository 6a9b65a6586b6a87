#include "checker/lsp/features/method_stub.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "checker/bind/special_names.h"
#include "checker/classes/main_definition.h"
#include "grammar/ast/definitions.h"

namespace overt::lsp {
namespace {

using classes::Inherited;
using classes::Member;
using classes::MemberKind;
using driver::Snapshot;
using fixes::NeededImport;
using grammar::Ast;
using grammar::NodeId;
using grammar::ParameterKind;

// Whether the first parameter is one that Python fills in: without it a call of the base cannot be written.
bool TakesReceiver(const Ast& ast, NodeId function) {
  const auto def = ast.Get<grammar::FunctionDefNode>(function);
  const grammar::NodeList parameters = ast.Get<grammar::ParametersNode>(def.parameters()).parameters();
  if (parameters.empty()) return false;
  const auto kind = static_cast<ParameterKind>(ast.Get<grammar::ParameterNode>(parameters.front()).small());
  return kind != ParameterKind::kVarArgs && kind != ParameterKind::kKeywordArgs && kind != ParameterKind::kKeywordOnly;
}

std::string ReceiverOf(const Ast& ast, NodeId function) {
  const auto def = ast.Get<grammar::FunctionDefNode>(function);
  const NodeId first = ast.Get<grammar::ParametersNode>(def.parameters()).parameters().front();
  return std::string(ast.name(ast.Get<grammar::ParameterNode>(first).name()));
}

bool IsPropertyKind(MemberKind kind) { return kind == MemberKind::kProperty || kind == MemberKind::kCachedProperty; }

bool IsAsync(const Ast& ast, NodeId function) { return (ast.node(function).flags & grammar::NodeFlags::kAsync) != 0; }

// "override", "t.override" of the last decorator that reads so, whatever it means; empty if there is none.
std::string WrittenMark(const Ast& ast, NodeId function, absl::string_view text) {
  std::string mark;
  for (const NodeId decorator : grammar::DecoratorsOf(ast, function)) {
    const TextRange range = ast.range(ast.Get<grammar::DecoratorNode>(decorator).expression());
    const absl::string_view written = text.substr(range.begin, range.size());
    if (written == "override" || absl::EndsWith(written, ".override")) mark = std::string(written);
  }
  return mark;
}

NodeId SetterOf(const Snapshot& snapshot, const Member& member) {
  const bind::ModuleIndex& index = *snapshot.program->Index(member.file);
  for (const classes::DefId id : member.definitions) {
    const bind::Definition& definition = index.definition(id);
    if (definition.kind != bind::DefKind::kFunction) continue;
    const classes::FunctionFacts& facts = snapshot.classes->FactsOf({member.file, definition.node});
    if (facts.accessor == classes::Accessor::kSetter) return definition.node;
  }
  return NodeId::None();
}

}  // namespace

StubMaker::StubMaker(const Snapshot& snapshot, StubPlace place, absl::string_view text)
    : snapshot_(snapshot),
      place_(place),
      in_stub_(snapshot.program->file(place.file).is_stub),
      fixer_({*snapshot.classes, place.file, text, snapshot.settings->fix.options}),
      names_(snapshot, {place.file, place.owner, place.function}),
      signatures_(snapshot, names_, in_stub_),
      mark_(FindMark()) {}

StubMaker::Mark StubMaker::FindMark() const {
  if (snapshot_.classes->FactsOf({place_.file, place_.function}).is_override) return {};
  const std::optional<fixes::OverrideMark> mark = fixer_.OverrideMarkFor(place_.function);
  const Ast& ast = snapshot_.program->Index(place_.file)->ast();
  const std::string written = WrittenMark(ast, place_.function, snapshot_.program->Text(place_.file).text);
  if (!written.empty()) return {"", mark && mark->spelling == written ? mark->import : std::nullopt};
  if (!mark) return {};
  return {absl::StrCat("@", mark->spelling), mark->import};
}

StubSignature StubMaker::SignatureOf(const Member& member, NodeId function, Imports may_import) {
  const bool is_static = member.kind == MemberKind::kStaticMethod;
  if (snapshot_.classes->FactsOf({member.file, function}).is_overload) {
    // Only the overloads are there, and no single one of them is the method.
    const absl::string_view receiver = is_static ? "" : member.kind == MemberKind::kClassMethod ? "cls, " : "self, ";
    StubSignature signature;
    signature.parameters = absl::StrCat("(", receiver, "*args, **kwargs)");
    signature.passed = {"*args", "**kwargs"};
    return signature;
  }
  using Receiver = SignatureSource::Receiver;
  return signatures_.Make({member.file, function, is_static ? Receiver::kNone : Receiver::kFirstParameter,
                           member.kind != MemberKind::kDecoratedFunction},
                          may_import);
}

std::string StubMaker::OwnerName() const {
  absl::string_view owner = snapshot_.classes->InfoOf(place_.owner).qualified;
  const size_t local = owner.rfind("<locals>.");
  if (local != absl::string_view::npos) {
    owner.remove_prefix(local + absl::string_view("<locals>.").size());
  } else {
    absl::ConsumePrefix(&owner, absl::StrCat(snapshot_.program->file(place_.file).module, "."));
  }
  return std::string(owner);
}

std::string StubMaker::SuperCall(const Member& member) const {
  const absl::string_view name = snapshot_.program->interner().text(member.name);
  if (member.kind != MemberKind::kStaticMethod || name == "__new__") return absl::StrCat("super().", name);
  // A static method has no first argument from which `super()` could know where it is.
  return absl::StrCat("super(", OwnerName(), ", ", OwnerName(), ").", name);
}

// There is nothing that a call of the base could do.
bool StubMaker::SaysOnlyWhatItIs(const Inherited& base, NodeId function) const {
  if (base.member->is(classes::MemberFlags::kAbstract)) return true;
  const bool is_protocol = snapshot_.classes->InfoOf(base.owner).is(classes::ClassFlags::kProtocol);
  return is_protocol && snapshot_.classes->FactsOf({base.member->file, function}).is_empty_body;
}

std::vector<std::string> StubMaker::Body(const Inherited& base, NodeId function, const StubSignature& signature) const {
  if (in_stub_) return {};
  if (SaysOnlyWhatItIs(base, function)) return {"raise NotImplementedError"};
  const Member& member = *base.member;
  const bind::ModuleIndex& index = *snapshot_.program->Index(member.file);
  const std::string reached = SuperCall(member);
  if (IsPropertyKind(member.kind)) return {absl::StrCat("return ", reached)};
  const std::string call = absl::StrCat(reached, "(", absl::StrJoin(signature.passed, ", "), ")");
  const bool is_async = IsAsync(index.ast(), function);
  const bool yields = (index.scope(index.ScopeOpenedBy(function)).flags & bind::Scope::kGenerator) != 0;
  if (is_async && yields) return {absl::StrCat("async for item in ", call, ":"), "\tyield item"};
  const absl::string_view name = snapshot_.program->interner().text(member.name);
  const bool gives_nothing = signature.returns_none || (bind::IsConstructorName(name) && name != "__new__");
  return {absl::StrCat(gives_nothing ? "" : "return ", is_async ? "await " : "", call)};
}

void StubMaker::AddSetter(const Inherited& base, Imports may_import, MethodStub& stub,
                          std::vector<NeededImport>& imports) {
  const Member& member = *base.member;
  const NodeId setter = member.kind == MemberKind::kProperty ? SetterOf(snapshot_, member) : NodeId::None();
  if (!setter.present() || !TakesReceiver(snapshot_.program->Index(member.file)->ast(), setter)) return;
  const StubSignature signature = signatures_.Make({member.file, setter}, may_import);
  if (signature.passed.size() != 1 || absl::StartsWith(signature.passed.front(), "*")) return;
  const absl::string_view name = snapshot_.program->interner().text(member.name);
  stub.below = {"", absl::StrCat("@", name, ".setter"),
                absl::StrCat("def ", name, signature.parameters, signature.returns, ":", in_stub_ ? " ..." : "")};
  imports.insert(imports.end(), signature.imports.begin(), signature.imports.end());
  if (in_stub_) return;
  if (SaysOnlyWhatItIs(base, setter)) {
    stub.below.emplace_back("\traise NotImplementedError");
    return;
  }
  // `super()` reads properties and cannot set them.
  const std::string self = ReceiverOf(snapshot_.program->Index(member.file)->ast(), setter);
  stub.below.push_back(absl::StrCat("\tsuper(", OwnerName(), ", type(", self, ")).", name, ".fset(", self, ", ",
                                    signature.passed.front(), ")"));
}

std::string StubMaker::KindDecorator(MemberKind kind, absl::string_view name) const {
  switch (kind) {
    case MemberKind::kClassMethod:
      return name == "__init_subclass__" || name == "__class_getitem__" ? "" : "@classmethod";
    case MemberKind::kStaticMethod: return name == "__new__" ? "" : "@staticmethod";
    case MemberKind::kProperty: return "@property";
    case MemberKind::kCachedProperty: return names_.HasName("cached_property") ? "@cached_property" : "@property";
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
  std::optional<MethodStub> stub = TryMake(base, Imports::kWhereNeeded);
  return stub ? stub : TryMake(base, Imports::kNone);
}

// None also where the imports have no place.
std::optional<MethodStub> StubMaker::TryMake(const Inherited& base, Imports may_import) {
  const Member& member = *base.member;
  const NodeId function = classes::MainFunction(*snapshot_.classes, member);
  if (!function.present() || !IsMethod(member.kind)) return std::nullopt;
  const Ast& ast = snapshot_.program->Index(member.file)->ast();
  MethodStub stub;
  stub.is_async = IsAsync(ast, function);
  if (place_.is_async && !stub.is_async) return std::nullopt;
  if (place_.kind && *place_.kind != member.kind) return std::nullopt;
  if (member.kind != MemberKind::kStaticMethod && !TakesReceiver(ast, function)) return std::nullopt;

  const absl::string_view name = snapshot_.program->interner().text(member.name);
  const std::string decorator = place_.kind ? "" : KindDecorator(member.kind, name);
  if (!decorator.empty()) stub.decorators.push_back(decorator);
  std::vector<NeededImport> imports;
  if (base.owner != snapshot_.classes->builtin("object") && !bind::IsConstructorName(name)) {
    if (!mark_.decorator.empty()) stub.decorators.push_back(mark_.decorator);
    if (mark_.import) imports.push_back(*mark_.import);
  }
  stub.signature = std::string(name);
  if (place_.missing != StubPlace::Missing::kNothing) {
    const StubSignature signature = SignatureOf(member, function, may_import);
    absl::StrAppend(&stub.signature, signature.parameters, signature.returns);
    imports.insert(imports.end(), signature.imports.begin(), signature.imports.end());
    if (place_.missing == StubPlace::Missing::kParametersAndBody) {
      stub.body = Body(base, function, signature);
      AddSetter(base, may_import, stub, imports);
    }
  }
  const uint32_t use = snapshot_.program->Index(place_.file)->ast().range(place_.function).begin;
  std::optional<std::vector<Edit>> edits = fixer_.Import(imports, use);
  if (!edits) return std::nullopt;
  stub.imports = *std::move(edits);
  return stub;
}

}  // namespace overt::lsp
