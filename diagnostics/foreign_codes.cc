#include "diagnostics/foreign_codes.h"

namespace overt {
namespace {

constexpr absl::string_view kSignatures =
    "it also stands for methods that take or return other things than the base's, and overt does not compare "
    "signatures yet";
constexpr absl::string_view kOnlySignatures =
    "it stands for methods that take or return other things than the base's, and overt does not compare signatures "
    "yet";
constexpr absl::string_view kOnlyKinds =
    "it stands for methods that are called in another way than the base's (static, class, async, property), and overt "
    "does not compare that yet";

}  // namespace

absl::Span<const ForeignCode> ForeignCodes() {
  static const std::vector<ForeignCode>* codes = new std::vector<ForeignCode>{
      {"mypy, zuban", "override", {Rule::kOverrideWithoutBase, Rule::kOverrideOfFinal}, kSignatures},
      {"mypy, zuban", "explicit-override", {Rule::kMissingOverride}},
      {"mypy, zuban",
       "misc",
       {Rule::kOverrideWithoutBase, Rule::kOverrideOfFinal, Rule::kSubclassOfFinal, Rule::kInconsistentMro,
        Rule::kMetaclassConflict, Rule::kDuplicateBase}},
      {"mypy, zuban", "valid-type", {Rule::kInvalidBase}},
      {"mypy, zuban", "abstract", {Rule::kUnimplementedAbstract}},
      {"mypy, zuban", "import-not-found", {Rule::kUnresolvedImport}},
      {"mypy, zuban", "unused-ignore", {Rule::kUnusedSuppression}},
      {"mypy, zuban", "syntax", {Rule::kSyntaxError}},
      {"pyright, basedpyright",
       "reportGeneralTypeIssues",
       {Rule::kOverrideWithoutBase, Rule::kSubclassOfFinal, Rule::kInconsistentMro, Rule::kInvalidBase,
        Rule::kMetaclassConflict}},
      {"pyright, basedpyright", "reportImplicitOverride", {Rule::kMissingOverride}},
      {"pyright, basedpyright",
       "reportIncompatibleMethodOverride",
       {Rule::kOverrideOfFinal, Rule::kOverrideWithoutBase},
       kSignatures},
      {"pyright, basedpyright", "reportIncompatibleVariableOverride", {Rule::kOverrideOfFinal}},
      {"pyright, basedpyright", "reportInconsistentOverload", {Rule::kMisplacedOverride}},
      {"pyright, basedpyright", "reportMissingImports", {Rule::kUnresolvedImport}},
      {"pyright, basedpyright", "reportUnnecessaryTypeIgnoreComment", {Rule::kUnusedSuppression}},
      {"pyright, basedpyright", "reportImplicitAbstractClass", {Rule::kUnimplementedAbstract}},
      {"pyright, basedpyright", "reportAbstractUsage", {Rule::kUnimplementedAbstract}},
      {"pyright, basedpyright", "reportDeprecated", {Rule::kOverrideOfDeprecated}},
      {"pyrefly", "bad-override", {Rule::kOverrideWithoutBase, Rule::kOverrideOfFinal}, kSignatures},
      {"pyrefly, ty", "missing-override-decorator", {Rule::kMissingOverride}},
      {"pyrefly",
       "invalid-inheritance",
       {Rule::kSubclassOfFinal, Rule::kInvalidBase, Rule::kInconsistentMro, Rule::kDuplicateBase}},
      {"pyrefly", "invalid-overload", {Rule::kMisplacedOverride}},
      {"pyrefly", "invalid-decorator", {Rule::kOverrideOnNonMethod}},
      {"pyrefly", "implicit-abstract-class", {Rule::kUnimplementedAbstract}},
      {"pyrefly", "missing-import", {Rule::kUnresolvedImport}},
      {"pyrefly", "parse-error", {Rule::kSyntaxError}},
      {"ty", "invalid-explicit-override", {Rule::kOverrideWithoutBase}},
      {"ty", "override-of-final-method", {Rule::kOverrideOfFinal}},
      {"ty", "override-of-final-variable", {Rule::kOverrideOfFinal}},
      {"ty", "subclass-of-final-class", {Rule::kSubclassOfFinal}},
      {"ty", "inconsistent-mro", {Rule::kInconsistentMro}},
      {"ty", "duplicate-base", {Rule::kDuplicateBase}},
      {"ty", "cyclic-class-definition", {Rule::kCyclicBase}},
      {"ty", "invalid-base", {Rule::kInvalidBase}},
      {"ty", "unsupported-base", {Rule::kInvalidBase}},
      {"ty", "conflicting-metaclass", {Rule::kMetaclassConflict}},
      {"ty", "instance-layout-conflict", {Rule::kLayoutConflict}},
      {"ty", "abstract-method-in-final-class", {Rule::kUnimplementedAbstract}},
      {"ty", "unused-ignore-comment", {Rule::kUnusedSuppression}},
      {"ty", "invalid-syntax", {Rule::kSyntaxError}},
      {"pylint", "W0239", {Rule::kOverrideOfFinal}},
      {"pylint", "overridden-final-method", {Rule::kOverrideOfFinal}},
      {"pylint", "W0240", {Rule::kSubclassOfFinal}},
      {"pylint", "subclassed-final-class", {Rule::kSubclassOfFinal}},
      {"pylint", "E0240", {Rule::kInconsistentMro}},
      {"pylint", "E0241", {Rule::kDuplicateBase}},
      {"ruff", "PLE0241", {Rule::kDuplicateBase}},
      {"pylint", "E0239", {Rule::kInvalidBase}},
      {"pylint", "inherit-non-class", {Rule::kInvalidBase}},
      {"pylint", "W0223", {Rule::kUnimplementedAbstract}},
      {"pylint", "abstract-method", {Rule::kUnimplementedAbstract}},
      {"pylint", "E0401", {Rule::kUnresolvedImport}},
      {"pylint", "import-error", {Rule::kUnresolvedImport}},
      {"ruff", "RUF100", {Rule::kUnusedSuppression}},
      {"ruff", "E999", {Rule::kSyntaxError}},
  };
  return *codes;
}

absl::Span<const ForeignCode> UnansweredCodes() {
  static const std::vector<ForeignCode>* codes = new std::vector<ForeignCode>{
      {"ty", "invalid-method-override", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pyrefly", "bad-param-name-override", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pyrefly", "bad-override-param-name", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pylint", "W0221", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pylint", "arguments-differ", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pylint", "W0222", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pylint", "signature-differs", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pylint", "W0237", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pylint", "arguments-renamed", {Rule::kOverrideWithoutBase}, kOnlySignatures},
      {"pylint", "W0236", {Rule::kOverrideWithoutBase}, kOnlyKinds},
      {"pylint", "invalid-overridden-method", {Rule::kOverrideWithoutBase}, kOnlyKinds},
  };
  return *codes;
}

const ForeignCode* FindForeignCode(absl::string_view code) {
  for (const absl::Span<const ForeignCode> codes : {ForeignCodes(), UnansweredCodes()}) {
    for (const ForeignCode& one : codes) {
      if (one.code == code) return &one;
    }
  }
  return nullptr;
}

absl::Span<const Rule> RulesForForeignCode(absl::string_view code) {
  for (const ForeignCode& one : ForeignCodes()) {
    if (one.code == code) return one.rules;
  }
  return {};
}

}  // namespace overt
