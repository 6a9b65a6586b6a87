#include "checker/rules/enum_members.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "checker/classes/literal_strings.h"
#include "checker/rules/refusal.h"
#include "grammar/ast/definitions.h"

namespace overt::rules {
namespace {

using bind::DefKind;
using classes::ClassFlags;
using classes::ClassInfo;
using classes::ClassRef;
using classes::EntityKind;
using classes::EntitySet;
using classes::Member;
using classes::MemberFlags;
using classes::MemberKind;
using classes::MroInfo;
using grammar::NodeId;
using grammar::NodeKind;

// --- Values ----------------------------------------------------------------------------------------------------------

// What can be said of a value that the body of an enumeration binds.
class EnumValues {
 public:
  EnumValues(const ClassInfo& info, const bind::ModuleIndex& index, const RuleContext& context)
      : info_(info), index_(index), ast_(index.ast()), context_(context) {}

  // What the definition binds is a member for certain: `X = 1`, `X: int = 1`, `X, Y = 1, 2`, `@member def f`.
  bool BindsMember(const bind::Definition& definition) const {
    const NodeId statement = definition.statement;
    switch (definition.kind) {
      case DefKind::kAssignment: return IsMember(ast_.Get<grammar::AssignNode>(statement).value(), statement);
      case DefKind::kAnnotated: {
        const NodeId value = ast_.Get<grammar::AnnAssignNode>(statement).value();
        return value.present() && IsMember(value, statement);
      }
      case DefKind::kUnpacking: return UnpacksMembers(statement);
      case DefKind::kFunction: return IsMarkedMember(definition.node);
      case DefKind::kClass: return IsMarkedMember(definition.node) || IsMemberClass(definition.node);
      case DefKind::kImport:
      case DefKind::kImportAs:
      case DefKind::kImportFrom:
      case DefKind::kDeclaration:
      case DefKind::kAugmented:
      case DefKind::kLoopTarget:
      case DefKind::kWithTarget:
      case DefKind::kExceptionName:
      case DefKind::kCapture:
      case DefKind::kWalrus:
      case DefKind::kDeletion:
      case DefKind::kParameter:
      case DefKind::kTypeParameter:
      case DefKind::kTypeAlias:
      case DefKind::kInstanceStore:
      case DefKind::kInstanceDeclaration:
      case DefKind::kClassStore: return false;
    }
    return false;
  }

 private:
  bool is_stub() const { return index_.options().file_kind == grammar::FileKind::kStub; }

  // An object of a built-in class, as are those that its operators make.
  bool IsPlain(NodeId value) const {
    switch (ast_.kind(value)) {
      case NodeKind::kListComp:
      case NodeKind::kSetComp:
      case NodeKind::kDictComp:
      case NodeKind::kGeneratorExp: return true;
      case NodeKind::kUnaryOp: return IsPlain(ast_.Get<grammar::UnaryOpNode>(value).operand());
      case NodeKind::kBinaryOp:
        return IsPlain(ast_.Get<grammar::BinaryOpNode>(value).left()) &&
               IsPlain(ast_.Get<grammar::BinaryOpNode>(value).right());
      case NodeKind::kCompare:
        return IsPlain(ast_.Get<grammar::CompareNode>(value).left()) &&
               absl::c_all_of(ast_.Get<grammar::CompareNode>(value).comparators(),
                              [&](NodeId one) { return IsPlain(ast_.Get<grammar::CompareOperandNode>(one).value()); });
      default: return IsConstantOrDisplay(ast_.kind(value));
    }
  }

  bool IsMember(NodeId value, NodeId statement) const {
    const auto is_member = [&](NodeId one) { return IsMember(one, statement); };
    switch (ast_.kind(value)) {
      case NodeKind::kUnaryOp: return IsNegation(value) || IsPlain(value);
      case NodeKind::kIfExp:
        return is_member(ast_.Get<grammar::IfExpNode>(value).body()) &&
               is_member(ast_.Get<grammar::IfExpNode>(value).or_else());
      case NodeKind::kBoolOp: return absl::c_all_of(ast_.Get<grammar::BoolOpNode>(value).values(), is_member);
      case NodeKind::kCall: return IsMethodOfText(value) || MakesMember(value, statement);
      case NodeKind::kName: return IsConstant(value) || NamesMember(value, statement);
      case NodeKind::kAttribute: return is_stub() && NamesMember(value, statement);
      default: return IsPlain(value);
    }
  }

  // `not x` is a bool, whatever `x` is.
  bool IsNegation(NodeId value) const {
    return static_cast<grammar::UnaryOperator>(ast_.node(value).small) == grammar::UnaryOperator::kNot;
  }

  // `"red".upper()`.
  bool IsMethodOfText(NodeId call) const {
    const NodeId callee = ast_.Get<grammar::CallNode>(call).callee();
    if (ast_.kind(callee) != NodeKind::kAttribute) return false;
    const auto attribute = ast_.Get<grammar::AttributeNode>(callee);
    return ast_.kind(attribute.value()) == NodeKind::kString &&
           !absl::StartsWith(ast_.name(attribute.attribute()), "_");
  }

  EntitySet ValuesOf(NodeId expression, NodeId statement) const {
    return classes::Evaluate(context_.classes, info_.ref.file, expression, index_.ScopeAt(expression),
                             index_.FlowBefore(statement));
  }

  // `auto()`, `int("3")`: a call that surely makes an object which is no descriptor.
  bool MakesMember(NodeId call, NodeId statement) const {
    const EntitySet made = ValuesOf(call, statement);
    return made.size() == 1 && made[0].kind == EntityKind::kInstance && !made[0].is_declared &&
           IsNoDescriptor(made[0].class_ref);
  }

  // A constant of the module of which every binding is written out.
  bool IsConstant(NodeId name) const {
    const grammar::NameId id = ast_.Get<grammar::NameNode>(name).name();
    const bind::ScopeId body = index_.ScopeOpenedBy(info_.ref.node);
    if (index_.scope(body).parent != index_.module_scope() || index_.Find(body, id).present()) return false;
    const bind::SymbolId symbol = index_.Find(index_.module_scope(), id);
    if (!symbol.present()) return false;
    for (bind::DefId at = index_.symbol(symbol).first; at.present(); at = index_.definition(at).next) {
      const bind::Definition& definition = index_.definition(at);
      const bool is_assigned =
          definition.kind == DefKind::kAssignment && ast_.Is<grammar::AssignNode>(definition.statement);
      if (!is_assigned || !IsPlain(ast_.Get<grammar::AssignNode>(definition.statement).value())) return false;
    }
    return true;
  }

  // `X = int`; in a stub also a name of the module that is declared as a number or a text.
  bool NamesMember(NodeId name, NodeId statement) const {
    const EntitySet values = ValuesOf(name, statement);
    if (values.size() != 1) return false;
    if (values[0].is_class()) return !is_stub() && IsMemberAsClass(values[0].class_ref);
    if (!is_stub() || values[0].kind != EntityKind::kInstance || !values[0].class_ref.present()) return false;
    const absl::string_view qualified = context_.classes.InfoOf(values[0].class_ref).qualified;
    return qualified == "builtins.int" || qualified == "builtins.str";
  }

  bool UnpacksMembers(NodeId statement) const {
    const NodeId value = ast_.Get<grammar::AssignNode>(statement).value();
    return ast_.Is<grammar::TupleNode>(value) && absl::c_all_of(ast_.Get<grammar::TupleNode>(value).elements(),
                                                                [&](NodeId one) { return IsMember(one, statement); });
  }

  // --- Classes and functions ---

  bool IsMarkedMember(NodeId definition) const {
    const grammar::NodeList decorators = grammar::DecoratorsOf(ast_, definition);
    if (decorators.empty()) return false;
    const NodeId outermost = ast_.Get<grammar::DecoratorNode>(decorators.front()).expression();
    const EntitySet values = ValuesOf(outermost, definition);
    return values.size() == 1 && values[0].is_class() &&
           context_.classes.InfoOf(values[0].class_ref).qualified == "enum.member";
  }

  bool IsMemberClass(NodeId definition) const {
    return grammar::DecoratorsOf(ast_, definition).empty() && IsMemberAsClass({info_.ref.file, definition});
  }

  // From Python 3.13 on a nested class is none.
  bool IsMemberAsClass(ClassRef ref) const {
    if (context_.index.options().target.version >= grammar::PythonVersion{3, 13}) return false;
    const MroInfo& mro = context_.classes.MroOf(ref);
    return mro.metaclass == context_.classes.builtin("type") && !mro.metaclass_unknown && IsNoDescriptor(ref);
  }

  // No attribute of the class, or of its objects, makes a descriptor.
  bool IsNoDescriptor(ClassRef ref) const {
    if (!ref.present()) return false;
    const ClassInfo& info = context_.classes.InfoOf(ref);
    if (info.qualified == "enum.nonmember" || info.qualified == "functools.partial") return false;
    if (info.is(ClassFlags::kUnknownDecorator | ClassFlags::kDynamicMembers)) return false;
    grammar::Interner& names = context_.program.interner();
    for (const absl::string_view name : {"__get__", "__set__", "__delete__", "__getattr__"}) {
      const grammar::Atom atom = names.Intern(name);
      if (context_.classes.MembersOf(ref).Find(atom) != nullptr) return false;
      if (context_.classes.FindInherited(ref, atom).certainty != classes::Certainty::kAbsent) return false;
    }
    return absl::c_all_of(context_.classes.MroOf(ref).order, [&](ClassRef at) {
      return context_.program.file(at.file).is_bundled ||
             context_.classes.MembersOf(at).Find(names.Intern("__getattribute__")) == nullptr;
    });
  }

  const ClassInfo& info_;
  const bind::ModuleIndex& index_;
  const grammar::Ast& ast_;
  const RuleContext& context_;
};

// --- Names -----------------------------------------------------------------------------------------------------------

// Dunders and `_sunders_` are the enumeration's own; private names are members for some versions only.
bool MayNameMember(absl::string_view name) {
  if (absl::StartsWith(name, "__") || name == "mro") return false;
  return name.size() < 2 || !absl::StartsWith(name, "_") || !absl::EndsWith(name, "_");
}

// The names that `_ignore_` takes out of an enumeration; false if they cannot be read.
bool ReadIgnored(const bind::ModuleIndex& index, bind::ScopeId scope, std::vector<std::string>& out) {
  const bind::SymbolId symbol = index.Find(scope, absl::string_view("_ignore_"));
  if (!symbol.present()) return true;
  const bind::Definition& definition = index.definition(index.symbol(symbol).last);
  const grammar::Ast& ast = index.ast();
  if (!ast.Is<grammar::AssignNode>(definition.statement)) return false;
  const NodeId value = ast.Get<grammar::AssignNode>(definition.statement).value();
  classes::LiteralStrings strings(index, scope, index.FlowBefore(definition.statement));
  std::vector<classes::LiteralString> found;
  const bool is_text = ast.kind(value) == NodeKind::kString;
  if (!(is_text ? strings.Of(value, found) : strings.OfElements(value, found))) return false;
  for (const classes::LiteralString& one : found) {
    for (const absl::string_view name : absl::StrSplit(one.text, absl::ByAnyChar(", "))) out.emplace_back(name);
  }
  return true;
}

// `Enum("Colour", "RED GREEN")`: only a name that can be read is a member for certain.
const Member* FirstListedMember(const ClassInfo& info, const RuleContext& context) {
  for (const Member& member : context.classes.MembersOf(info.ref).all()) {
    if (member.kind == MemberKind::kAttribute && member.definitions.empty()) return &member;
  }
  return nullptr;
}

}  // namespace

const Member* FirstEnumMember(const ClassInfo& info, const RuleContext& context) {
  const bind::ModuleIndex* index = context.program.Index(info.ref.file);
  if (!info.is(ClassFlags::kEnum) || index == nullptr) return nullptr;
  if (info.form == classes::ClassForm::kEnumCall) return FirstListedMember(info, context);
  std::vector<std::string> ignored;
  if (info.form != classes::ClassForm::kStatement ||
      !ReadIgnored(*index, index->ScopeOpenedBy(info.ref.node), ignored)) {
    return nullptr;
  }
  const EnumValues values(info, *index, context);
  for (const Member& member : context.classes.MembersOf(info.ref).all()) {
    const absl::string_view name = context.Text(member.name);
    if (!MayNameMember(name) || absl::c_linear_search(ignored, name)) continue;
    if (member.is(MemberFlags::kMaybe | MemberFlags::kPrivate)) continue;
    if (member.definitions.empty() || member.file != info.ref.file) continue;
    const bool is_member =
        absl::c_all_of(member.definitions, [&](bind::DefId id) { return values.BindsMember(index->definition(id)); });
    if (is_member) return &member;
  }
  return nullptr;
}

}  // namespace overt::rules
