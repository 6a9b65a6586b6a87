// The source beside a stub: members and bases that the stub leaves out.
//
//   docutils/nodes.pyi: class Node: …        docutils/nodes.py: class Node: def _fast_findall(self, cls): …
//
// Only where a stub is what is read; where the source is read, its stub is not asked. The standard library's stubs are
// the library here; its source, where it is at hand, is asked about findings alone (`hidden_members.h`).
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "checker/classes/members.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::NodeKind;

namespace {

// The class of that name in the body of another.
ClassRef NestedClass(Engine& engine, ClassRef outer, absl::string_view name) {
  const ModuleIndex* index = engine.program.Index(outer.file);
  if (index == nullptr || index->ast().kind(outer.node) != NodeKind::kClassDef) return ClassRef();
  const bind::SymbolId symbol = index->Find(index->ScopeOpenedBy(outer.node), name);
  if (!symbol.present()) return ClassRef();
  const bind::Definition& def = index->definition(index->symbol(symbol).last);
  return def.kind == bind::DefKind::kClass ? ClassRef{outer.file, def.node} : ClassRef();
}

}  // namespace

ClassRef CounterpartClass(Query& query, ClassRef ref) {
  Engine& engine = query.engine;
  const program::FileInfo& file = engine.program.file(ref.file);
  if (!file.is_stub || file.family == resolve::ResolvedModule::Family::kStandardLibrary) return ClassRef();
  const FileId source = engine.program.Counterpart(ref.file);
  if (!source.present() || engine.program.file(source).is_stub) return ClassRef();
  const ClassInfo& info = OwnInfo(query, ref);
  if (info.is(ClassFlags::kInFunction)) return ClassRef();
  absl::string_view path = info.qualified;
  if (!absl::ConsumePrefix(&path, file.module) || !absl::ConsumePrefix(&path, ".")) return ClassRef();
  ClassRef found;
  bool is_first = true;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    if (!is_first) {
      found = NestedClass(engine, found, name);
    } else {
      const EntitySet values = NameOfModule(query, {source, engine.Intern(name)});
      if (values.size() == 1 && values[0].is_class()) found = values[0].class_ref;
    }
    is_first = false;
    if (!found.present()) return ClassRef();
  }
  return found.file == ref.file ? ClassRef() : found;
}

void AddCounterpartMembers(const MemberTarget& target) {
  const ClassRef source =
      Query::Run(target.engine, [&](Query& query) { return CounterpartClass(query, target.info.ref); });
  if (!source.present() || target.engine.program.file(source.file).is_stub) return;
  const MemberTable members = ComputeMembers(target.engine, source);
  for (Member member : members.all()) {
    member.flags |= MemberFlags::kFromSource;
    target.table.Add(std::move(member));
  }
}

}  // namespace overt::classes
