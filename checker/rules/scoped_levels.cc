#include "checker/rules/scoped_levels.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/evaluate.h"
#include "checker/classes/module_entity.h"
#include "checker/rules/dotted_names.h"
#include "grammar/ast/definitions.h"

namespace overt::rules {
namespace {

using classes::ClassInfo;
using classes::ClassRef;
using classes::Entity;
using classes::EntitySet;

// Whether both are one class or function, however they were reached.
bool IsSameDefinition(const Entity& left, const Entity& right) {
  const bool is_definition = left.is_class() || left.kind == classes::EntityKind::kFunction;
  return is_definition && left.kind == right.kind && left.node == right.node && left.class_ref == right.class_ref;
}

// The dotted name of an import that led nowhere; empty for everything else.
absl::string_view NameOfLost(const Entity& entity, const program::Program& program) {
  const bool is_lost = entity.is_unknown() && entity.reason == classes::UnknownReason::kUnresolvedImport &&
                       entity.module_name != UINT32_MAX;
  return is_lost ? program.interner().text(grammar::Atom(entity.module_name)) : absl::string_view();
}

}  // namespace

ScopedLevels::ScopedLevels(const classes::ClassTable& classes, const RuleSelection& ground,
                           std::vector<ScopedChanges> tables)
    : classes_(classes), ground_(ground), tables_(std::move(tables)), file_(ground) {
  for (const ScopedChanges& table : tables_) {
    file_mask_.push_back(table.scope->is_whole_file());
    is_whole_file_ &= file_mask_.back();
    if (file_mask_.back()) table.changes->ApplyTo(file_);
  }
}

const RuleSelection& ScopedLevels::ForMask(const Mask& mask) {
  if (mask == file_mask_) return file_;
  const auto [it, is_new] = by_mask_.try_emplace(mask, ground_);
  for (size_t i = 0; is_new && i < tables_.size(); ++i) {
    if (mask[i]) tables_[i].changes->ApplyTo(it->second);
  }
  return it->second;
}

const RuleSelection& ScopedLevels::OfClass(ClassRef ref) {
  if (is_whole_file_) return file_;
  Mask mask;
  for (const ScopedChanges& table : tables_) {
    const LevelScope& scope = *table.scope;
    mask.push_back(scope.members.empty() && HasBase(scope.bases, ref) &&
                   HasDecorator(scope.decorators, ref.file, ref.node));
  }
  return ForMask(mask);
}

const RuleSelection& ScopedLevels::OfMember(ClassRef ref, const classes::Member& member) {
  if (is_whole_file_) return file_;
  const std::string name =
      absl::StrCat(classes_.InfoOf(ref).qualified, ".", classes_.program().interner().text(member.name));
  Mask mask;
  for (const ScopedChanges& table : tables_) {
    const LevelScope& scope = *table.scope;
    mask.push_back((scope.members.empty() || MatchesAnyDotted(scope.members, name)) && HasBase(scope.bases, ref) &&
                   (HasDecorator(scope.decorators, ref.file, ref.node) || IsDecorated(scope.decorators, member)));
  }
  return ForMask(mask);
}

bool ScopedLevels::HasBase(const std::vector<std::string>& patterns, ClassRef ref) {
  if (patterns.empty()) return true;
  const classes::MroInfo& mro = classes_.MroOf(ref);
  return absl::c_any_of(patterns, [&](const std::string& pattern) { return IsAncestorNamed(pattern, mro); });
}

// By its own name, by one that leads to it, or by that of an import that was not found.
bool ScopedLevels::IsAncestorNamed(const std::string& pattern, const classes::MroInfo& mro) {
  for (size_t i = 0; i < mro.order.size(); ++i) {
    const ClassInfo& info = classes_.InfoOf(mro.order[i]);
    if (i > 0 && MatchesDotted(pattern, info.qualified)) return true;
    for (const classes::Base& base : info.bases) {
      for (const Entity& entity : base.alternatives) {
        const absl::string_view lost = NameOfLost(entity, classes_.program());
        if (!lost.empty() && MatchesDotted(pattern, lost)) return true;
      }
    }
  }
  if (absl::StrContains(pattern, "*")) return false;
  for (const Entity& entity : Named(pattern)) {
    for (size_t i = 1; entity.is_class() && i < mro.order.size(); ++i) {
      if (mro.order[i] == entity.class_ref) return true;
    }
  }
  return false;
}

bool ScopedLevels::HasDecorator(const std::vector<std::string>& names, FileId file, grammar::NodeId definition) {
  if (names.empty()) return true;
  const bind::ModuleIndex& index = *classes_.program().Index(file);
  const grammar::Ast& ast = index.ast();
  for (const grammar::NodeId decorator : DecoratorsOf(ast, definition)) {
    grammar::NodeId named = ast.Get<grammar::DecoratorNode>(decorator).expression();
    if (ast.kind(named) == grammar::NodeKind::kCall) named = ast.Get<grammar::CallNode>(named).callee();
    const EntitySet found = Evaluate(classes_, file, named, index.ScopeAt(definition), index.FlowBefore(definition));
    for (const Entity& entity : found) {
      const absl::string_view lost = NameOfLost(entity, classes_.program());
      for (const std::string& name : names) {
        if (!lost.empty() && lost == name) return true;
        if (absl::c_any_of(Named(name), [&](const Entity& one) { return IsSameDefinition(one, entity); })) return true;
      }
    }
  }
  return false;
}

bool ScopedLevels::IsDecorated(const std::vector<std::string>& names, const classes::Member& member) {
  const bind::ModuleIndex* index = classes_.program().Index(member.file);
  return index != nullptr && absl::c_any_of(member.definitions, [&](bind::DefId id) {
           return HasDecorator(names, member.file, index->definition(id).node);
         });
}

// What a dotted name of a module's definition stands for; nothing if there is no such module.
const EntitySet& ScopedLevels::Named(const std::string& dotted) {
  const auto [it, is_new] = named_.try_emplace(dotted);
  const size_t dot = dotted.rfind('.');
  if (!is_new || dot == std::string::npos) return it->second;
  const program::Program& program = classes_.program();
  const program::ImportTarget target = program.ImportAbsolute(dotted.substr(0, dot));
  if (target.kind == program::ImportTarget::Kind::kFile) {
    it->second = ModuleAttribute(classes_, classes::ModuleEntity(program, target.file), dotted.substr(dot + 1));
  }
  return it->second;
}

}  // namespace overt::rules
