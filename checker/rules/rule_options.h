// What users may set of single rules, besides their levels.
//
//   [tool.overt.rules]
//   missing-override = { level = "error", exempt = ["constructors", "private", "object-dunders"] }
#ifndef OVERT_CHECKER_RULES_RULE_OPTIONS_H_
#define OVERT_CHECKER_RULES_RULE_OPTIONS_H_

#include <string>
#include <vector>

namespace overt::rules {

// Members that `missing-override` leaves alone.
struct MissingOverrideExemptions {
  bool constructors = true;               // "constructors": __init__, __new__, __init_subclass__, __post_init__
  bool private_names = true;              // "private": names that Python mangles
  bool object_dunders = false;            // "object-dunders": names of `object`, unless a nearer base defines them too
  bool abstract_implementations = false;  // "abstract-implementations": the overridden member is abstract
  bool protocol_members = false;          // "protocol-members": the overridden member is declared in a protocol
  friend bool operator==(const MissingOverrideExemptions&, const MissingOverrideExemptions&) = default;
};

struct RuleOptions {
  MissingOverrideExemptions missing_override;
  std::vector<std::string> treat_as_override;           // dotted names of decorators that count as `@override`
  std::vector<std::string> allowed_unresolved_imports;  // module patterns, `foo.*`
  bool honour_type_ignore = true;                       // `# type: ignore` silences overt too
  bool report_unused_suppressions = true;
  bool honour_suppressions = true;  // false: no comment silences anything, nor is one unused
};

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_RULE_OPTIONS_H_
