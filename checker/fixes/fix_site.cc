#include "checker/fixes/fix_site.h"

#include <algorithm>
#include <iterator>

#include "checker/fixes/text_places.h"
#include "grammar/ast/definitions.h"

namespace overt::fixes {

using bind::DefKind;

FixSite::FixSite(const FixContext& context)
    : context_(context), index_(*context.classes.program().Index(context.file)), line_end_(LineEndOf(context.text)) {
  for (const Definition& definition : index_.definitions()) {
    if (definition.kind != DefKind::kFunction && definition.kind != DefKind::kClass) continue;
    by_name_begin_.try_emplace(ast().range(NameNodeOf(ast(), definition.node)).begin, &definition);
  }
  const grammar::NodeList body = ModuleBody();
  for (size_t place = 0; place < body.size(); ++place) {
    if (IsImport(ast(), body[place])) module_imports_.push_back(place);
  }
}

// Statements stand in the order of their ids.
size_t FixSite::PlaceInModule(NodeId statement) const {
  const grammar::NodeList body = ModuleBody();
  size_t low = 0, high = body.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (body[middle] < statement) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool IsImport(const grammar::Ast& ast, NodeId statement) {
  return ast.Is<grammar::ImportNode>(statement) || ast.Is<grammar::ImportFromNode>(statement);
}

bool FixSite::IsFixable() const {
  if (text().size() != ast().source_size()) return false;
  const uint8_t target = index_.options().target.version.minor;
  for (const grammar::SyntaxProblem& problem : ast().problems()) {
    if (problem.AppliesTo(target)) return false;
  }
  return true;
}

absl::string_view FixSite::NameOf(NodeId identifier) const {
  return ast().name(ast().Get<grammar::IdentifierNode>(identifier).name());
}

grammar::NodeList FixSite::ModuleBody() const { return ast().Get<grammar::ModuleNode>(ast().root()).body(); }

NodeId FixSite::DefinitionNamedAt(TextRange name) const {
  const auto found = by_name_begin_.find(name.begin);
  if (found == by_name_begin_.end()) return NodeId::None();
  const NodeId node = found->second->node;
  return ast().range(NameNodeOf(ast(), node)) == name ? node : NodeId::None();
}

ScopeId FixSite::ScopeAround(NodeId definition) const {
  return by_name_begin_.at(ast().range(NameNodeOf(ast(), definition)).begin)->scope;
}

bool FixSite::AnyOtherFile(absl::FunctionRef<bool(FileId, const bind::ModuleIndex&)> holds) const {
  for (uint32_t raw = 0; raw < program().file_count(); ++raw) {
    const FileId other(raw);
    if (other == file() || program().file(other).is_bundled) continue;
    const bind::ModuleIndex* index = program().IndexIfLoaded(other);
    if (index != nullptr && holds(other, *index)) return true;
  }
  return false;
}

const SuppressionTable& FixSite::suppressions() const {
  if (!suppressions_) suppressions_.emplace(index_.MakeSuppressions());
  return *suppressions_;
}

absl::Span<const Suppression> FixSite::SuppressionsAround(TextRange place) const {
  const absl::Span<const Suppression> all = suppressions().all();
  const auto behind = std::partition_point(all.begin(), all.end(),
                                           [&](const Suppression& one) { return one.comment.begin <= place.begin; });
  const auto first = std::find_if_not(std::make_reverse_iterator(behind), std::make_reverse_iterator(all.begin()),
                                      [&](const Suppression& one) { return one.comment.contains(place); });
  const auto begin = static_cast<size_t>(first.base() - all.begin());
  return all.subspan(begin, static_cast<size_t>(behind - all.begin()) - begin);
}

}  // namespace overt::fixes
