// `--print=classes`: what the class table says of the classes of a file.
#include "absl/strings/str_cat.h"
#include "checker/classes/class_table.h"

namespace overt::classes {
namespace {

absl::string_view FormName(ClassForm form) {
  switch (form) {
    case ClassForm::kStatement: return "class";
    case ClassForm::kTypeCall: return "type()";
    case ClassForm::kNamedTupleCall: return "namedtuple()";
    case ClassForm::kTypedDictCall: return "TypedDict()";
    case ClassForm::kEnumCall: return "Enum()";
    case ClassForm::kNewTypeCall: return "NewType()";
    case ClassForm::kMakeDataclassCall: return "make_dataclass()";
    case ClassForm::kOtherCall: return "call";
    case ClassForm::kSpecial: return "special";
  }
  return "";
}

absl::string_view KindText(MemberKind kind) {
  switch (kind) {
    case MemberKind::kFunction: return "function";
    case MemberKind::kStaticMethod: return "staticmethod";
    case MemberKind::kClassMethod: return "classmethod";
    case MemberKind::kProperty: return "property";
    case MemberKind::kCachedProperty: return "cached_property";
    case MemberKind::kDecoratedFunction: return "decorated";
    case MemberKind::kAttribute: return "attribute";
    case MemberKind::kDeclaration: return "declaration";
    case MemberKind::kClass: return "class";
    case MemberKind::kInstanceAttribute: return "instance";
    case MemberKind::kSynthesized: return "synthesized";
    case MemberKind::kInjected: return "injected";
  }
  return "";
}

absl::string_view StatusText(MroStatus status) {
  switch (status) {
    case MroStatus::kFine: return "";
    case MroStatus::kDuplicateBase: return "duplicate base";
    case MroStatus::kCyclic: return "cyclic";
    case MroStatus::kInconsistent: return "inconsistent";
    case MroStatus::kInvalidBase: return "invalid base";
    case MroStatus::kMetaclassConflict: return "metaclass conflict";
    case MroStatus::kLayoutConflict: return "layout conflict";
  }
  return "";
}

absl::string_view ReasonText(UnknownReason reason) {
  switch (reason) {
    case UnknownReason::kNone: return "unknown";
    case UnknownReason::kUnresolvedImport: return "unresolved import";
    case UnknownReason::kUnreadableModule: return "unreadable module";
    case UnknownReason::kCompiledModule: return "compiled module";
    case UnknownReason::kParameter: return "parameter";
    case UnknownReason::kCallResult: return "call result";
    case UnknownReason::kDynamicNamespace: return "dynamic namespace";
    case UnknownReason::kAny: return "Any";
    case UnknownReason::kUnsupported: return "unsupported expression";
    case UnknownReason::kCycle: return "cycle";
    case UnknownReason::kStarred: return "starred";
    case UnknownReason::kDecorator: return "decorator";
    case UnknownReason::kUndefined: return "undefined name";
    case UnknownReason::kMetaclass: return "metaclass";
  }
  return "";
}

struct FlagName {
  uint32_t flag;
  absl::string_view name;
};
constexpr FlagName kClassFlagNames[] = {
    {ClassFlags::kFinal, "final"},
    {ClassFlags::kProtocol, "protocol"},
    {ClassFlags::kTypedDict, "typed-dict"},
    {ClassFlags::kNamedTuple, "named-tuple"},
    {ClassFlags::kEnum, "enum"},
    {ClassFlags::kDataclass, "dataclass"},
    {ClassFlags::kTotalOrdering, "total-ordering"},
    {ClassFlags::kDisjointBase, "disjoint-base"},
    {ClassFlags::kNoTypeCheck, "no-type-check"},
    {ClassFlags::kDynamicMembers, "dynamic-members"},
    {ClassFlags::kUnknownDecorator, "unknown-decorator"},
    {ClassFlags::kInFunction, "in-function"},
    {ClassFlags::kDeprecated, "deprecated"},
    {ClassFlags::kDataclassTransform, "dataclass-transform"},
    {ClassFlags::kPlainDataclass, "plain-dataclass"},
    {ClassFlags::kOtherAtRunTime, "other-at-run-time"},
};
constexpr FlagName kMemberFlagNames[] = {
    {MemberFlags::kFinal, "final"},
    {MemberFlags::kAbstract, "abstract"},
    {MemberFlags::kOverride, "override"},
    {MemberFlags::kDeprecated, "deprecated"},
    {MemberFlags::kOverloaded, "overloaded"},
    {MemberFlags::kMaybe, "maybe"},
    {MemberFlags::kClassVar, "classvar"},
    {MemberFlags::kPrivate, "private"},
    {MemberFlags::kFromSource, "from-source"},
    {MemberFlags::kTypeCheckingOnly, "type-checking-only"},
};

std::string FlagText(absl::Span<const FlagName> names, uint32_t flags) {
  std::string out;
  for (const FlagName& name : names) {
    if ((flags & name.flag) != 0) absl::StrAppend(&out, " ", std::string(name.name));
  }
  return out;
}

class Dumper {
 public:
  explicit Dumper(const ClassTable& table) : table_(table) {}

  void Add(ClassRef ref) {
    const ClassInfo& info = table_.InfoOf(ref);
    const MroInfo& mro = table_.MroOf(ref);
    absl::StrAppend(&out_, FormName(info.form), " ", info.qualified, FlagText(kClassFlagNames, info.flags), "\n");
    absl::StrAppend(&out_, "  mro:", Names(mro.order), "\n");
    if (mro.status != MroStatus::kFine) {
      absl::StrAppend(&out_, "  ", StatusText(mro.status), ":", Names(mro.culprits), "\n");
    }
    if (!mro.alternatives.empty()) absl::StrAppend(&out_, "  alternatives:", Names(mro.alternatives), "\n");
    for (const UnknownAncestor& unknown : mro.unknown) {
      absl::StrAppend(&out_, "  unknown: ", ReasonText(unknown.reason), " in", Names({unknown.through}), "\n");
    }
    AddMetaclass(mro);
    for (const Member& member : table_.MembersOf(ref).all()) AddMember(member);
  }

  std::string Take() { return std::move(out_); }

 private:
  std::string Names(const std::vector<ClassRef>& refs) const {
    std::string out;
    for (const ClassRef ref : refs) {
      absl::StrAppend(&out, " ", ref.present() ? table_.InfoOf(ref).qualified : std::string("?"));
    }
    return out;
  }

  void AddMetaclass(const MroInfo& mro) {
    if (mro.status == MroStatus::kMetaclassConflict) return;
    if (mro.metaclass_unknown) {
      absl::StrAppend(&out_, "  metaclass: ?\n");
    } else if (mro.metaclass.present() && mro.metaclass != table_.builtin("type")) {
      absl::StrAppend(&out_, "  metaclass:", Names({mro.metaclass}), "\n");
    }
  }

  void AddMember(const Member& member) {
    absl::StrAppend(&out_, "  ", KindText(member.kind), " ", table_.program().interner().text(member.name));
    if (member.definitions.size() > 1) absl::StrAppend(&out_, " x", member.definitions.size());
    absl::StrAppend(&out_, FlagText(kMemberFlagNames, member.flags), "\n");
  }

  const ClassTable& table_;
  std::string out_;
};

}  // namespace

std::string ClassTable::Dump(FileId file) const {
  Dumper dumper(*this);
  for (const ClassRef ref : ClassesIn(file)) dumper.Add(ref);
  return dumper.Take();
}

}  // namespace overt::classes
