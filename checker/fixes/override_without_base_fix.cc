// override-without-base: the name of the one inherited member that is meant, or the mark away.
//
//   @override                            @override
//   def reed_row(self): ...         →    def read_row(self): ...      # `Reader` has `read_row`, and nothing nearer
//
// The name is changed where it is defined. That is safe as long as nothing else says it, in this file or in any other
// that was read; otherwise it is offered, but only `--unsafe-fixes` makes it. Where several members are as near, and
// where the near one is taken by the class itself, the mark may go, and that too is for people to decide; where none is
// near it just goes. Dunders are never renamed without being asked, and a mark that is true for another version or
// platform does not go so either.
#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/special_names.h"
#include "checker/classes/near_miss.h"
#include "checker/fixes/draft.h"
#include "checker/fixes/text_places.h"

namespace overt::fixes {

using classes::ClassRef;
using classes::Member;
using classes::NearMissKind;

namespace {

struct Method {
  ClassRef owner;
  const Member* member = nullptr;
};

// The member that a `def` makes, or is a part of.
Method MethodOf(const FixSite& site, NodeId function) {
  for (const ClassRef ref : site.classes().ClassesIn(site.file())) {
    for (const Member& member : site.classes().MembersOf(ref).all()) {
      if (member.file != site.file()) continue;
      for (const classes::DefId id : member.definitions) {
        if (site.index().definition(id).node == function) return {ref, &member};
      }
    }
  }
  return {};
}

// Whether the target alone makes the mark untrue: another version or platform has the member.
bool IsThereForOtherTargets(const FixSite& site, const Method& method) {
  const std::vector<classes::NearMiss> misses = classes::NearMisses(site.classes(), method.owner, method.member->name);
  return absl::c_any_of(misses, [](const classes::NearMiss& miss) { return miss.kind == NearMissKind::kExcluded; });
}

// Whether anything of the file but the definition itself says the name: an attribute, a name, a string.
bool IsSaidElsewhere(const FixSite& site, absl::string_view name, NodeId definition_name) {
  const grammar::Ast& ast = site.ast();
  for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
    const NodeId node(raw);
    absl::string_view said;
    switch (ast.kind(node)) {
      case grammar::NodeKind::kName: said = ast.name(ast.Get<grammar::NameNode>(node).name()); break;
      case grammar::NodeKind::kAttribute: said = ast.name(ast.Get<grammar::AttributeNode>(node).attribute()); break;
      case grammar::NodeKind::kIdentifier:
        if (node != definition_name) said = site.NameOf(node);
        break;
      case grammar::NodeKind::kString:
        if (HasWord(ast.Get<grammar::StringNode>(node).text(), name)) return true;
        break;
      default: break;
    }
    if (said == name) return true;
  }
  return false;
}

// Whether another file does.
bool IsSaidInOtherFiles(const FixSite& site, absl::string_view name) {
  return site.AnyOtherFile([&](FileId, const bind::ModuleIndex& index) {
    const grammar::Ast& ast = index.ast();
    if (ast.FindName(name).present()) return true;
    for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
      const NodeId node(raw);
      if (ast.Is<grammar::StringNode>(node) && HasWord(ast.Get<grammar::StringNode>(node).text(), name)) return true;
    }
    return false;
  });
}

std::optional<Draft> Rename(const FixSite& site, NodeId function, const Method& method, grammar::Atom wanted) {
  // Accessors and overloads are tied together by their name in more places than this one.
  if (method.member->definitions.size() != 1 || method.member->is(classes::MemberFlags::kPrivate)) return std::nullopt;
  if (site.classes().MembersOf(method.owner).Find(wanted) != nullptr) return std::nullopt;
  const NodeId name = site.ast().Get<grammar::FunctionDefNode>(function).name();
  const std::string new_name(site.program().interner().text(wanted));
  Draft draft;
  draft.title = absl::StrCat("rename to `", new_name, "`");
  // The language calls dunders where nobody writes them.
  const bool is_quiet = bind::IsDunderName(site.NameOf(name)) || bind::IsDunderName(new_name);
  const absl::string_view old_name = site.NameOf(name);
  if (is_quiet || IsSaidElsewhere(site, old_name, name) || IsSaidInOtherFiles(site, old_name)) {
    draft.applicability = Fix::Applicability::kUnsafe;
  }
  draft.edits.push_back({site.ast().range(name), new_name});
  return draft;
}

}  // namespace

std::optional<Draft> FixOverrideWithoutBase(const Diagnostic& finding, const DraftContext& context) {
  const FixSite& site = context.site;
  const NodeId function = site.DefinitionNamedAt(finding.primary.span.range);
  if (!function.present() || finding.secondary.empty()) return std::nullopt;
  const Method method = MethodOf(site, function);
  if (method.member == nullptr) return std::nullopt;
  const std::vector<grammar::Atom> nearest =
      classes::NearestInheritedNames(site.classes(), method.owner, method.member->name);
  const bool is_elsewhere = IsThereForOtherTargets(site, method);
  if (nearest.size() == 1 && !is_elsewhere) {
    if (std::optional<Draft> draft = Rename(site, function, method, nearest.front())) return draft;
  }
  Draft draft;
  draft.title = "remove `@override`";
  if (!nearest.empty() || is_elsewhere) draft.applicability = Fix::Applicability::kUnsafe;
  // The mark may stand on an overload while the finding is shown at the implementation.
  for (const classes::DefId id : method.member->definitions) {
    const NodeId one = site.index().definition(id).node;
    const NodeId decorator = DecoratorAt(site, one, finding.secondary.front().span.range);
    if (!decorator.present()) continue;
    std::optional<Edit> edit = RemoveDecorator(site, decorator);
    if (!edit) return std::nullopt;
    draft.edits.push_back(*std::move(edit));
    draft.released.push_back(decorator);
    return draft;
  }
  return std::nullopt;
}

}  // namespace overt::fixes
