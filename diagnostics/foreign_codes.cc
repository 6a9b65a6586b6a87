// Other checkers' codes and the rules here that answer the same question: for people who look up what they know.
#include <vector>

#include "diagnostics/rule.h"

namespace overt {
namespace {

struct ForeignCode {
  absl::string_view code;
  std::vector<Rule> rules;
};

const std::vector<ForeignCode>& ForeignCodes() {
  static const std::vector<ForeignCode>* codes = new std::vector<ForeignCode>{
      // mypy and zuban
      {"override", {Rule::kOverrideWithoutBase, Rule::kOverrideOfFinal}},
      {"explicit-override", {Rule::kMissingOverride}},
      {"misc",
       {Rule::kOverrideWithoutBase, Rule::kOverrideOfFinal, Rule::kSubclassOfFinal, Rule::kInconsistentMro,
        Rule::kMetaclassConflict, Rule::kDuplicateBase}},
      {"valid-type", {Rule::kInvalidBase}},
      {"abstract", {Rule::kUnimplementedAbstract}},
      {"import-not-found", {Rule::kUnresolvedImport}},
      {"unused-ignore", {Rule::kUnusedSuppression}},
      {"syntax", {Rule::kSyntaxError}},
      // pyright and basedpyright
      {"reportGeneralTypeIssues",
       {Rule::kOverrideWithoutBase, Rule::kSubclassOfFinal, Rule::kInconsistentMro, Rule::kInvalidBase,
        Rule::kMetaclassConflict}},
      {"reportImplicitOverride", {Rule::kMissingOverride}},
      {"reportIncompatibleMethodOverride", {Rule::kOverrideOfFinal, Rule::kOverrideWithoutBase}},
      {"reportIncompatibleVariableOverride", {Rule::kOverrideOfFinal}},
      {"reportInconsistentOverload", {Rule::kMisplacedOverride}},
      {"reportMissingImports", {Rule::kUnresolvedImport}},
      {"reportUnnecessaryTypeIgnoreComment", {Rule::kUnusedSuppression}},
      {"reportImplicitAbstractClass", {Rule::kUnimplementedAbstract}},
      {"reportAbstractUsage", {Rule::kUnimplementedAbstract}},
      {"reportDeprecated", {Rule::kOverrideOfDeprecated}},
      // pyrefly
      {"bad-override", {Rule::kOverrideWithoutBase, Rule::kOverrideOfFinal}},
      {"missing-override-decorator", {Rule::kMissingOverride}},
      {"invalid-inheritance",
       {Rule::kSubclassOfFinal, Rule::kInvalidBase, Rule::kInconsistentMro, Rule::kDuplicateBase}},
      {"invalid-overload", {Rule::kMisplacedOverride}},
      {"invalid-decorator", {Rule::kOverrideOnNonMethod}},
      {"implicit-abstract-class", {Rule::kUnimplementedAbstract}},
      {"missing-import", {Rule::kUnresolvedImport}},
      {"parse-error", {Rule::kSyntaxError}},
      // ty
      {"invalid-explicit-override", {Rule::kOverrideWithoutBase}},
      {"override-of-final-method", {Rule::kOverrideOfFinal}},
      {"override-of-final-variable", {Rule::kOverrideOfFinal}},
      {"subclass-of-final-class", {Rule::kSubclassOfFinal}},
      {"inconsistent-mro", {Rule::kInconsistentMro}},
      {"duplicate-base", {Rule::kDuplicateBase}},
      {"cyclic-class-definition", {Rule::kCyclicBase}},
      {"invalid-base", {Rule::kInvalidBase}},
      {"unsupported-base", {Rule::kInvalidBase}},
      {"conflicting-metaclass", {Rule::kMetaclassConflict}},
      {"instance-layout-conflict", {Rule::kLayoutConflict}},
      {"abstract-method-in-final-class", {Rule::kUnimplementedAbstract}},
      {"unused-ignore-comment", {Rule::kUnusedSuppression}},
      {"invalid-syntax", {Rule::kSyntaxError}},
      // pylint and ruff
      {"W0239", {Rule::kOverrideOfFinal}},
      {"overridden-final-method", {Rule::kOverrideOfFinal}},
      {"W0240", {Rule::kSubclassOfFinal}},
      {"subclassed-final-class", {Rule::kSubclassOfFinal}},
      {"E0240", {Rule::kInconsistentMro}},
      {"E0241", {Rule::kDuplicateBase}},
      {"PLE0241", {Rule::kDuplicateBase}},
      {"E0239", {Rule::kInvalidBase}},
      {"inherit-non-class", {Rule::kInvalidBase}},
      {"W0223", {Rule::kUnimplementedAbstract}},
      {"abstract-method", {Rule::kUnimplementedAbstract}},
      {"E0401", {Rule::kUnresolvedImport}},
      {"import-error", {Rule::kUnresolvedImport}},
      {"RUF100", {Rule::kUnusedSuppression}},
      {"E999", {Rule::kSyntaxError}},
  };
  return *codes;
}

}  // namespace

absl::Span<const Rule> RulesForForeignCode(absl::string_view code) {
  for (const ForeignCode& one : ForeignCodes()) {
    if (one.code == code) return one.rules;
  }
  return {};
}

}  // namespace overt
