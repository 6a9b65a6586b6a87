#include "checker/fixes/fixes.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/fixes/draft.h"
#include "checker/fixes/import_removal.h"

namespace overt::fixes {
namespace {

std::optional<Draft> DraftFor(const Diagnostic& finding, const DraftContext& context) {
  if (finding.primary.span.file != context.site.file()) return std::nullopt;
  if (!context.site.options().fixable.contains(finding.rule)) return std::nullopt;
  if (finding.rule == Rule::kMissingOverride) return FixMissingOverride(finding, context);
  if (finding.rule == Rule::kOverrideWithoutBase) return FixOverrideWithoutBase(finding, context);
  if (finding.rule == Rule::kMisplacedOverride) return FixMisplacedOverride(finding, context);
  if (finding.rule == Rule::kOverrideOnNonMethod) return FixOverrideOnNonMethod(finding, context);
  if (finding.rule == Rule::kUnusedSuppression) return FixUnusedSuppression(finding, context);
  return std::nullopt;
}

bool Same(const Edit& left, const Edit& right) {
  return left.range == right.range && left.replacement == right.replacement;
}

// Whether two different edits cannot both be made: they share a character, or insert at one place.
bool Collide(const Edit& left, const Edit& right) {
  const TextRange a = left.range, b = right.range;
  if (a.size() == 0 && b.size() == 0) return a.begin == b.begin;
  return a.begin < b.end && b.begin < a.end;
}

// Edits that fit together. Two fixes may share what they add: the decorator that several findings ask for is added
// once. What one takes away is not there for another.
class EditSet {
 public:
  bool TryAdd(const std::vector<Edit>& edits) {
    std::vector<Edit> fresh;
    for (const Edit& edit : edits) {
      const auto same = [&](const Edit& one) { return Same(one, edit); };
      if (!edit.replacement.empty() && absl::c_any_of(edits_, same)) continue;
      if (absl::c_any_of(edits_, [&](const Edit& one) { return Collide(one, edit); })) return false;
      fresh.push_back(edit);
    }
    edits_.insert(edits_.end(), fresh.begin(), fresh.end());
    return true;
  }

  std::vector<Edit> Take() && {
    std::stable_sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.range < b.range; });
    return std::move(edits_);
  }

 private:
  std::vector<Edit> edits_;
};

// Insertions at one place, made one.
std::vector<Edit> Joined(std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.range < b.range; });
  std::vector<Edit> joined;
  for (Edit& edit : edits) {
    const bool same_place = !joined.empty() && edit.range.size() == 0 && joined.back().range == edit.range;
    if (same_place) {
      joined.back().replacement += edit.replacement;
    } else {
      joined.push_back(std::move(edit));
    }
  }
  return joined;
}

// The fixes of one file that are made together.
class Assembly {
 public:
  explicit Assembly(const DraftContext& context) : site_(context.site), names_(context.names) {}

  bool TryAdd(const Draft& draft) {
    if (draft.suppression_entry) {
      entries_.push_back(*draft.suppression_entry);
      return true;
    }
    if (!edits_.TryAdd(draft.edits)) return false;
    need_.Add(draft.need);
    if (!draft.new_root.empty()) new_roots_.push_back(draft.new_root);
    released_.insert(released_.end(), draft.released.begin(), draft.released.end());
    return true;
  }

  // None if the edits do not fit together after all.
  std::optional<std::vector<Edit>> Finish() && {
    if (!entries_.empty() && !edits_.TryAdd(WithoutSuppressionEntries(site_, entries_))) return std::nullopt;
    if (!need_.empty()) {
      std::optional<Edits> imports = names_.ImportsFor(need_);
      if (!imports || !edits_.TryAdd(Joined(*std::move(imports)))) return std::nullopt;
    }
    DropImports();
    return std::move(edits_).Take();
  }

 private:
  void DropImports() {
    std::vector<SymbolId> order;
    for (const NodeId decorator : released_) {
      const SymbolId symbol = SymbolUsedBy(site_, decorator);
      if (symbol.present() && !absl::c_linear_search(order, symbol)) order.push_back(symbol);
    }
    for (const SymbolId symbol : order) {
      const absl::string_view name = site_.ast().name(site_.index().symbol(symbol).name);
      if (absl::c_linear_search(new_roots_, name)) continue;
      const std::optional<Edits> edits = DropImport(site_, symbol, released_);
      if (edits) edits_.TryAdd(*edits);
    }
  }

  const FixSite& site_;
  const OverrideNames& names_;
  EditSet edits_;
  ImportNeed need_;
  std::vector<std::string> new_roots_;
  std::vector<NodeId> released_;
  std::vector<TextRange> entries_;
};

}  // namespace

struct FileFixer::Impl {
  explicit Impl(const FixContext& context) : site(context), names(site), drafts{site, names} {}
  FixSite site;
  OverrideNames names;
  DraftContext drafts;
};

FileFixer::FileFixer(const FixContext& context) : impl_(std::make_unique<Impl>(context)) {}
FileFixer::~FileFixer() = default;

std::optional<Fix> FileFixer::FixFor(const Diagnostic& finding) const {
  if (!impl_->site.IsFixable()) return std::nullopt;
  const std::optional<Draft> draft = DraftFor(finding, impl_->drafts);
  if (!draft) return std::nullopt;
  Assembly assembly(impl_->drafts);
  if (!assembly.TryAdd(*draft)) return std::nullopt;
  std::optional<std::vector<Edit>> edits = std::move(assembly).Finish();
  if (!edits || edits->empty()) return std::nullopt;
  return Fix{draft->title, draft->applicability, *std::move(edits)};
}

FilePlan FileFixer::Plan(absl::Span<const Diagnostic> findings, Fix::Applicability most) const {
  FilePlan plan;
  if (!impl_->site.IsFixable()) return plan;
  Assembly assembly(impl_->drafts);
  for (size_t i = 0; i < findings.size(); ++i) {
    const std::optional<Draft> draft = DraftFor(findings[i], impl_->drafts);
    if (!draft || draft->applicability > most || !assembly.TryAdd(*draft)) continue;
    plan.fixed.push_back(i);
  }
  std::optional<std::vector<Edit>> edits = std::move(assembly).Finish();
  if (!edits || edits->empty()) return {};
  plan.edits = *std::move(edits);
  return plan;
}

std::optional<OverrideMark> FileFixer::OverrideMarkFor(NodeId function) const {
  const std::optional<OverrideSpelling> spelling = impl_->names.SpellingAt(function);
  if (!spelling) return std::nullopt;
  return OverrideMark{spelling->text, impl_->names.ImportOf(spelling->need)};
}

std::optional<std::vector<Edit>> FileFixer::Import(const std::vector<NeededImport>& imports, uint32_t offset) const {
  std::optional<Edits> edits = AddImports(impl_->site, imports, offset);
  if (!edits) return std::nullopt;
  return Joined(*std::move(edits));
}

std::optional<Fix> FixFor(const Diagnostic& finding, const FixContext& context) {
  return FileFixer(context).FixFor(finding);
}

FilePlan PlanFile(absl::Span<const Diagnostic> findings, const FixContext& context, Fix::Applicability most) {
  return FileFixer(context).Plan(findings, most);
}

std::string ApplyEdits(absl::string_view text, absl::Span<const Edit> edits) {
  std::string out;
  uint32_t at = 0;
  for (const Edit& edit : edits) {
    absl::StrAppend(&out, text.substr(at, edit.range.begin - at), edit.replacement);
    at = edit.range.end;
  }
  absl::StrAppend(&out, text.substr(at));
  return out;
}

}  // namespace overt::fixes
