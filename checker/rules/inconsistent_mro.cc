// Bases that allow no method resolution order: each wants to come before the other.
//
//   class X(A, B): ...
//   class Y(B, A): ...
//   class Z(X, Y): ...      # X wants A before B, Y wants B before A
//
// Source: "The Python 2.3 Method Resolution Order" (C3 linearisation).
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

using classes::Base;
using classes::ClassRef;

// The class that a base as it is written stands for; none if that is not one class.
ClassRef WrittenClass(const Base& base) {
  if (!base.expression.present() || base.alternatives.size() != 1 || !base.alternatives[0].is_class())
    return ClassRef();
  return base.alternatives[0].class_ref;
}

// Where `ref` stands in the order of `base`; past its end if it is not in there.
size_t PlaceOf(ClassRef ref, ClassRef base, const RuleContext& context) {
  const std::vector<ClassRef>& order = context.classes.MroOf(base).order;
  return static_cast<size_t>(absl::c_find(order, ref) - order.begin());
}

class Explanation {
 public:
  Explanation(const ClassEvent& event, RuleContext& context, DiagnosticBuilder& report)
      : event_(event), context_(context), report_(report) {}

  // `class C(A, B)`, where B derives from A. False: that is not what is wrong.
  bool NameAncestorBeforeDescendant() {
    const std::vector<Base>& bases = event_.info.bases;
    for (size_t i = 0; i < bases.size(); ++i) {
      for (size_t j = i + 1; j < bases.size(); ++j) {
        const ClassRef one = WrittenClass(bases[i]), other = WrittenClass(bases[j]);
        if (!one.present() || !other.present() || one == other) continue;
        if (PlaceOf(one, other, context_) == context_.classes.MroOf(other).order.size()) continue;
        const std::string ancestor = Name(one), descendant = Name(other);
        Label(bases[i], absl::StrCat("an ancestor of `", descendant, "`"));
        Label(bases[j], absl::StrCat("derives from `", ancestor, "`, and must stand before it"));
        report_.Help(
            absl::StrCat("leave out `", ancestor, "`, which `", descendant, "` brings along, or list it later"));
        return true;
      }
    }
    return false;
  }

  // Which base wants which order.
  void NameWishes() {
    const std::vector<ClassRef>& blocked = event_.mro.culprits;
    std::vector<std::string> names;
    names.reserve(blocked.size());
    for (const ClassRef ref : blocked) names.push_back(Name(ref));
    report_.Note(absl::StrCat(JoinNames(names), " must each come before the other"));
    report_.Help("list the more derived class before its own ancestors, and use one order everywhere");
    if (blocked.size() != 2) return;
    for (const Base& base : event_.info.bases) {
      const ClassRef ref = WrittenClass(base);
      if (!ref.present()) continue;
      const size_t end = context_.classes.MroOf(ref).order.size();
      const size_t first = PlaceOf(blocked[0], ref, context_), second = PlaceOf(blocked[1], ref, context_);
      if (first == end || second == end) continue;
      const bool as_listed = first < second;
      Label(base, absl::StrCat("has `", names[as_listed ? 0 : 1], "` before `", names[as_listed ? 1 : 0], "`"));
    }
  }

  // `class Rows[T](object)`: a base that is not written down, behind all others.
  void NameImpliedGeneric() {
    const grammar::Ast& ast = context_.ast();
    if (!ast.Is<grammar::ClassDefNode>(event_.info.ref.node)) return;
    const auto parameters = ast.Get<grammar::ClassDefNode>(event_.info.ref.node).type_parameters();
    if (!parameters.empty()) {
      report_.Note("the type parameters in brackets add `Generic` to the end of the bases");
    }
  }

 private:
  std::string Name(ClassRef ref) const { return ClassName(context_.classes.InfoOf(ref), event_.info); }
  void Label(const Base& base, std::string text) {
    report_.Label({context_.file, context_.ast().range(base.expression)}, std::move(text));
  }

  const ClassEvent& event_;
  const RuleContext& context_;
  DiagnosticBuilder& report_;
};

}  // namespace

void CheckInconsistentMro(const ClassEvent& event, RuleContext& context) {
  if (event.refusal != Refusal::kInconsistent) return;
  auto report = context.out.Begin(Rule::kInconsistentMro, event.info.name_range);
  if (!report) return;
  report.Title("the bases of `$0` allow no method resolution order", event.info.name);
  Explanation explanation(event, context, report);
  if (!explanation.NameAncestorBeforeDescendant()) explanation.NameWishes();
  explanation.NameImpliedGeneric();
}

}  // namespace overt::rules
