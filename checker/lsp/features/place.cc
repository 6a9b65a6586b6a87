#include "checker/lsp/features/place.h"

#include "absl/algorithm/container.h"
#include "checker/classes/evaluate.h"
#include "checker/classes/module_entity.h"
#include "checker/classes/super_call.h"
#include "checker/lsp/features/half_typed_super.h"
#include "checker/lsp/features/rule_mentions.h"
#include "grammar/ast/path.h"

namespace overt::lsp {

using classes::ClassRef;
using driver::Snapshot;
using grammar::Ast;
using grammar::NodeId;
using grammar::NodeKind;

std::optional<MemberPlace> MemberBoundBy(const Snapshot& snapshot, FileId file, NodeId node) {
  const bind::ModuleIndex& index = *snapshot.program->Index(file);
  const auto binds = [&](const bind::Definition& definition) { return definition.node == node; };
  const absl::Span<const bind::Definition> definitions = index.definitions();
  const auto found = absl::c_find_if(definitions, binds);
  if (found == definitions.end() || !found->symbol.present()) return std::nullopt;
  return MemberOf(snapshot, file, *found);
}

std::optional<MemberPlace> MemberOf(const Snapshot& snapshot, FileId file, const bind::Definition& definition) {
  const bind::ModuleIndex& index = *snapshot.program->Index(file);
  const bind::Symbol& symbol = index.symbol(definition.symbol);
  const bind::Scope& scope = index.scope(symbol.scope);
  if (scope.kind != bind::ScopeKind::kClass) return std::nullopt;
  const ClassRef owner{file, scope.node};
  const std::string name = bind::Mangled(snapshot.classes->InfoOf(owner).name, index.ast().name(symbol.name));
  return MemberPlace{owner, snapshot.program->interner().Intern(name)};
}

std::optional<MemberPlace> NestedClassAt(const Snapshot& snapshot, const Place& place) {
  if (place.kind != Place::Kind::kClassName) return std::nullopt;
  return MemberBoundBy(snapshot, place.class_ref.file, place.class_ref.node);
}

std::optional<MemberPlace> MemberAt(const Snapshot& snapshot, const Place& place) {
  switch (place.kind) {
    case Place::Kind::kMemberName:
    case Place::Kind::kOverrideMark: return MemberPlace{place.class_ref, place.member};
    case Place::Kind::kClassName: return NestedClassAt(snapshot, place);
    case Place::Kind::kSuperCall:
    case Place::Kind::kRuleName: return std::nullopt;
  }
  return std::nullopt;
}

namespace {

class PlaceFinder {
 public:
  PlaceFinder(const Snapshot& snapshot, FileId file, uint32_t offset)
      : snapshot_(snapshot),
        file_(file),
        offset_(offset),
        index_(*snapshot.program->Index(file)),
        ast_(index_.ast()),
        path_(PathTo(ast_, offset)) {}

  std::optional<Place> Find() const {
    if (std::optional<Place> rule = RuleName()) return rule;
    if (std::optional<Place> mark = OverrideMark()) return mark;
    if (std::optional<Place> super = SuperCall()) return super;
    if (std::optional<Place> super = DamagedSuperCall()) return super;
    switch (ast_.kind(path_.back())) {
      case NodeKind::kIdentifier: return DefinedName();
      case NodeKind::kName: return Member(path_.back(), NodeId());
      default: return std::nullopt;
    }
  }

 private:
  // The node so many steps out from the innermost one; none beyond the root.
  NodeId Around(size_t steps) const { return steps < path_.size() ? path_[path_.size() - 1 - steps] : NodeId(); }

  std::optional<Place> RuleName() const {
    const auto holds = [&](const grammar::Comment& one) { return one.begin <= offset_ && offset_ < one.end; };
    const absl::Span<const grammar::Comment> comments = ast_.comments();
    if (absl::c_none_of(comments, holds)) return std::nullopt;
    for (const driver::NamedRule& rule : RulesNamedInComments(snapshot_, file_)) {
      if (offset_ < rule.range.begin || offset_ >= rule.range.end) continue;
      return Place{Place::Kind::kRuleName, rule.range, {}, {}, {}, rule.name};
    }
    return std::nullopt;
  }

  std::optional<Place> Member(NodeId node, NodeId function) const {
    const std::optional<MemberPlace> member = MemberBoundBy(snapshot_, file_, node);
    if (!member) return std::nullopt;
    return Place{Place::Kind::kMemberName, ast_.range(path_.back()), member->owner, member->name, function, ""};
  }

  std::optional<Place> DefinedName() const {
    const NodeId around = Around(1);
    if (ast_.Is<grammar::ClassDefNode>(around)) {
      return Place{Place::Kind::kClassName, ast_.range(path_.back()), {file_, around}, {}, {}, ""};
    }
    if (ast_.Is<grammar::FunctionDefNode>(around)) return Member(around, around);
    if (ast_.Is<grammar::TypeAliasNode>(around)) return Member(around, NodeId());
    return std::nullopt;
  }

  std::optional<Place> OverrideMark() const {
    for (size_t i = 1; i < path_.size(); ++i) {
      if (ast_.kind(path_[i]) != NodeKind::kDecorator) continue;
      const NodeId function = path_[i - 1];
      if (!ast_.Is<grammar::FunctionDefNode>(function)) return std::nullopt;
      if (snapshot_.classes->FactsOf({file_, function}).override_decorator != path_[i]) return std::nullopt;
      const std::optional<MemberPlace> member = MemberBoundBy(snapshot_, file_, function);
      if (!member) return std::nullopt;
      return Place{Place::Kind::kOverrideMark, ast_.range(path_[i]), member->owner, member->name, function, ""};
    }
    return std::nullopt;
  }

  std::optional<Place> SuperCall() const {
    for (size_t i = 0; i < 3; ++i) {
      const NodeId node = Around(i);
      if (ast_.Is<grammar::AttributeNode>(node)) {
        const auto attribute = ast_.Get<grammar::AttributeNode>(node);
        const absl::string_view name = ast_.name(attribute.attribute());
        const TextRange range{attribute.range().end - static_cast<uint32_t>(name.size()), attribute.range().end};
        if (offset_ < range.begin || !IsSuper(attribute.value())) continue;
        return SuperPlace(attribute.value(), range, name);
      }
      const bool at_callee = i == 0 || (node.present() && ast_.kind(node) == NodeKind::kCall &&
                                        ast_.Get<grammar::CallNode>(node).callee() == Around(0));
      if (at_callee && IsSuper(node)) return SuperPlace(node, ast_.range(node), "");
    }
    return std::nullopt;
  }

  bool IsSuper(NodeId node) const { return classes::IsSuperCall(*snapshot_.classes, file_, path_, node); }

  // The class that the call names, or the one whose method it stands in.
  std::optional<Place> SuperPlace(NodeId call, TextRange range, absl::string_view attribute) const {
    const std::optional<classes::SuperCall> read = classes::ReadSuperCall(*snapshot_.classes, file_, path_, call);
    if (!read) return std::nullopt;
    return Place{Place::Kind::kSuperCall, range, read->start, AttributeIn(read->around, attribute), {}, ""};
  }

  // The same where the statement is damaged: then only a class of the module, or the one around, can be named.
  std::optional<Place> DamagedSuperCall() const {
    if (ast_.kind(path_.back()) != NodeKind::kErrorStatement || !IsNobodysName("super")) return std::nullopt;
    const std::string text = snapshot_.program->Text(file_).text;
    const std::optional<HalfTypedSuper> read = ReadHalfTypedSuper(text, ast_.range(path_.back()), offset_);
    ClassRef start = classes::ClassAroundMethod(*snapshot_.program, file_, path_);
    if (!read || !start.present()) return std::nullopt;
    const ClassRef around = start;
    const absl::string_view named = read->first_argument;
    if (!named.empty() && named != "__class__" && named != snapshot_.classes->InfoOf(start).name) {
      const classes::Entity module = classes::ModuleEntity(*snapshot_.program, file_);
      start = OnlyClass(classes::ModuleAttribute(*snapshot_.classes, module, named));
      if (!start.present()) return std::nullopt;
    }
    return Place{Place::Kind::kSuperCall, read->range, start, AttributeIn(around, read->attribute), {}, ""};
  }

  static ClassRef OnlyClass(const classes::EntitySet& values) {
    return values.size() == 1 && values.front().is_class() ? values.front().class_ref : ClassRef();
  }

  bool IsNobodysName(absl::string_view name) const {
    for (bind::ScopeId scope = index_.ScopeAt(path_.back()); scope.present(); scope = index_.scope(scope).parent) {
      if (index_.Find(scope, name).present()) return false;
    }
    return true;
  }

  grammar::Atom AttributeIn(ClassRef around, absl::string_view name) const {
    if (name.empty()) return {};
    return snapshot_.program->interner().Intern(bind::Mangled(snapshot_.classes->InfoOf(around).name, name));
  }

  const Snapshot& snapshot_;
  const FileId file_;
  const uint32_t offset_;
  const bind::ModuleIndex& index_;
  const Ast& ast_;
  const std::vector<NodeId> path_;
};

}  // namespace

std::optional<Place> PlaceAt(const Snapshot& snapshot, FileId file, uint32_t offset) {
  if (snapshot.program->Index(file) == nullptr) return std::nullopt;
  if (std::optional<Place> place = PlaceFinder(snapshot, file, offset).Find()) return place;
  if (offset == 0) return std::nullopt;
  std::optional<Place> before = PlaceFinder(snapshot, file, offset - 1).Find();
  return before && before->range.end == offset ? before : std::nullopt;
}

}  // namespace overt::lsp
