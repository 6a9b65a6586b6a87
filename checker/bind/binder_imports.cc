// Imports: what they bind, and what the static conditions learn from them.
#include "absl/strings/string_view.h"
#include "checker/bind/binder.h"
#include "grammar/base/names.h"

namespace overt::bind {

namespace names = grammar::names;

void Binder::AddImportRecord(NodeId statement, NodeId alias, uint16_t level) {
  ImportRecord& record = index_.imports_.emplace_back();
  record.statement = statement;
  record.alias = alias;
  record.level = level;
  record.reach = ReachHere();
  record.flags = flags_;
}

void Binder::Import(NodeId id) {
  if (InFunction()) Observe(id);
  for (const NodeId alias_id : ast_.Get<grammar::ImportNode>(id).names()) {
    const auto alias = ast_.Get<grammar::ImportAliasNode>(alias_id);
    AddImportRecord(id, alias_id, 0);
    if (alias.as_name().present()) {
      const NameId name = IdentifierName(alias.as_name());
      Define(DefKind::kImportAs, alias_id, id, name);
      if (alias.name() == names::kSys) index_.static_names_.Add(name, StaticNames::Meaning::kSys);
      if (alias.name() == names::kOs) index_.static_names_.Add(name, StaticNames::Meaning::kOs);
    } else {
      Define(DefKind::kImport, alias_id, id, FirstComponent(alias.name()));
    }
  }
}

void Binder::ImportFrom(NodeId id) {
  if (InFunction()) Observe(id);
  const auto import = ast_.Get<grammar::ImportFromNode>(id);
  AddImportRecord(id, NodeId::None(), import.small());
  for (const NodeId alias_id : import.names()) {
    const auto alias = ast_.Get<grammar::ImportAliasNode>(alias_id);
    if (alias.name() == names::kStar) {
      if (flow_ == 0) continue;
      flow_ = NewFlow(FlowKind::kStarImport, flow_, id.raw);
      if (scope_.raw == 0) index_.star_imports_.push_back(id);
      continue;
    }
    const NameId name = alias.as_name().present() ? IdentifierName(alias.as_name()) : alias.name();
    Define(DefKind::kImportFrom, alias_id, id, name);
    if (import.module().present()) NoteStaticName(import.module(), alias.name(), name);
  }
}

void Binder::NoteStaticName(NameId module, NameId imported, NameId bound) {
  using Meaning = StaticNames::Meaning;
  if (imported == names::kTypeChecking) {
    if (bound != imported) index_.static_names_.Add(bound, Meaning::kTypeChecking);
  } else if (module == names::kSys && imported == names::kVersionInfo) {
    index_.static_names_.Add(bound, Meaning::kVersionInfo);
  } else if (module == names::kSys && imported == names::kPlatform) {
    index_.static_names_.Add(bound, Meaning::kPlatform);
  } else if (module == names::kOs && imported == names::kName) {
    index_.static_names_.Add(bound, Meaning::kOsName);
  } else if (bound == imported) {
    // Not by another name, which may mean anything elsewhere in the file.
    const Meaning flag = MeaningInSix(ast_.name(module), ast_.name(imported));
    if (flag != Meaning::kNone) index_.static_names_.Add(bound, flag);
  }
}

// `import a.b.c` binds `a`.
NameId Binder::FirstComponent(NameId dotted) {
  const absl::string_view text = ast_.name(dotted);
  const size_t dot = text.find('.');
  return dot == absl::string_view::npos ? dotted : FindNameSlowly(text.substr(0, dot));
}

// The name table is not sorted: a few searches look through all of it, many make a table first.
NameId Binder::FindNameSlowly(absl::string_view text) {
  constexpr uint32_t kFew = 4;
  if (slow_lookups_++ < kFew) return ast_.FindName(text);
  if (names_by_text_.empty()) {
    names_by_text_.reserve(ast_.name_count());
    for (uint32_t i = 0; i < ast_.name_count(); ++i) names_by_text_.emplace(ast_.name(NameId(i)), NameId(i));
  }
  const auto found = names_by_text_.find(text);
  return found == names_by_text_.end() ? NameId::None() : found->second;
}

}  // namespace overt::bind
