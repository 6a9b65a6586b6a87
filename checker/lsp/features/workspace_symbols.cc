#include "checker/lsp/features/workspace_symbols.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <tuple>

#include "absl/algorithm/container.h"
#include "checker/classes/members.h"
#include "checker/driver/parallel.h"
#include "grammar/ast/definitions.h"

namespace overt::lsp {
namespace {

using bind::DefKind;
using classes::ClassRef;
using classes::MemberKind;
using driver::Snapshot;
using grammar::Ast;
using grammar::NodeId;

// What fits, before anybody knows more of it than its name. Names live as long as the snapshot.
struct Fitting {
  absl::string_view name;
  NameFit fit, container_fit;
  size_t file_order;  // by path
  FileId file;
  TextRange place;
  ClassRef ref;     // the class, or that of the member
  NodeId function;  // of a method
  bool is_class;
};

auto KeyOf(const Fitting& one) {
  return std::tuple(one.fit, one.container_fit, !one.is_class, one.name.size(), one.name, one.file_order,
                    one.place.begin);
}

// Whether the definition is one of those by which a class has a member of its own. Nested classes are listed as
// classes.
bool MakesMember(DefKind kind) {
  switch (kind) {
    case DefKind::kFunction:
    case DefKind::kAssignment:
    case DefKind::kUnpacking:
    case DefKind::kAnnotated:
    case DefKind::kDeclaration:
    case DefKind::kTypeAlias:
    case DefKind::kInstanceStore:
    case DefKind::kInstanceDeclaration:
    case DefKind::kClassStore: return true;
    case DefKind::kImport:
    case DefKind::kImportAs:
    case DefKind::kImportFrom:
    case DefKind::kClass:
    case DefKind::kAugmented:
    case DefKind::kLoopTarget:
    case DefKind::kWithTarget:
    case DefKind::kExceptionName:
    case DefKind::kCapture:
    case DefKind::kWalrus:
    case DefKind::kDeletion:
    case DefKind::kParameter:
    case DefKind::kTypeParameter: return false;
  }
  return false;
}

// "plugins.csv" of "plugins.csv.Rows".
std::string ContainerOf(const classes::ClassInfo& info) {
  const size_t own = info.name.size() + 1;
  return info.qualified.size() < own ? "" : info.qualified.substr(0, info.qualified.size() - own);
}

// Looks through one file.
class FileSearch {
 public:
  FileSearch(const Snapshot& snapshot, FileId file, size_t file_order, const NameQuery& query,
             std::vector<Fitting>& found)
      : snapshot_(snapshot),
        file_(file),
        file_order_(file_order),
        index_(*snapshot.program->Index(file)),
        ast_(index_.ast()),
        query_(query),
        found_(found) {}

  void Run() {
    for (const bind::ScopeId scope : index_.class_scopes()) AddClass(scope);
    AddCalls();
  }

 private:
  void AddClass(bind::ScopeId body) {
    const bind::Scope& scope = index_.scope(body);
    const ClassRef ref{file_, scope.node};
    const NodeId name = grammar::NameNodeOf(ast_, scope.node);
    Add({grammar::DefinedName(ast_, scope.node), {}, {}, file_order_, file_, ast_.range(name), ref, NodeId(), true});
    AddMembers(scope, ref, [](absl::string_view) { return false; });
    if (!scope.instance.present()) return;
    AddMembers(index_.scope(scope.instance), ref,
               [&](absl::string_view member) { return index_.Find(body, member).present(); });
  }

  template <typename IsListed>
  void AddMembers(const bind::Scope& scope, ClassRef owner, const IsListed& is_listed) {
    for (uint32_t i = 0; i < scope.symbol_count; ++i) {
      const bind::Symbol& symbol = index_.symbol(bind::SymbolId(scope.first_symbol + i));
      const absl::string_view name = ast_.name(symbol.name);
      if (is_listed(name) || !query_.FitOf(name)) continue;
      const bind::Definition* made = FirstThatMakesMember(symbol);
      if (made == nullptr) continue;
      const NodeId function = made->kind == DefKind::kFunction ? made->node : NodeId();
      Add({name, {}, {}, file_order_, file_, classes::NameRangeOf(ast_, *made), owner, function, false});
    }
  }

  const bind::Definition* FirstThatMakesMember(const bind::Symbol& symbol) const {
    for (bind::DefId id = symbol.first; id.present(); id = index_.definition(id).next) {
      const bind::Definition& definition = index_.definition(id);
      if (definition.reach != bind::Reach::kNever && MakesMember(definition.kind)) return &definition;
    }
    return nullptr;
  }

  // `Row = namedtuple("Row", …)`: a class under the name that it is assigned to.
  void AddCalls() {
    std::optional<std::vector<ClassRef>> known;
    for (const bind::Definition& definition : index_.definitions()) {
      if (definition.kind != DefKind::kAssignment || !definition.symbol.present()) continue;
      const bind::Symbol& symbol = index_.symbol(definition.symbol);
      if (index_.scope(symbol.scope).kind != bind::ScopeKind::kModule || !query_.FitOf(ast_.name(symbol.name)))
        continue;
      const NodeId value = bind::AssignedValue(ast_, definition);
      if (!value.present() || ast_.kind(value) != grammar::NodeKind::kCall) continue;
      if (!known) known = snapshot_.classes->ClassesIn(file_);
      const ClassRef ref{file_, value};
      if (!absl::c_linear_search(*known, ref)) continue;
      Add({ast_.name(symbol.name), {}, {}, file_order_, file_, ast_.range(definition.node), ref, NodeId(), true});
    }
  }

  void Add(Fitting one) {
    const std::optional<NameFit> fit = query_.FitOf(one.name);
    if (!fit) return;
    one.fit = *fit;
    one.container_fit = NameFit::kSame;
    if (query_.has_container()) {
      const classes::ClassInfo& info = snapshot_.classes->InfoOf(one.ref);
      const std::optional<NameFit> within = query_.FitWithin(one.is_class ? ContainerOf(info) : info.qualified);
      if (!within) return;
      one.container_fit = *within;
    }
    found_.push_back(one);
  }

  const Snapshot& snapshot_;
  const FileId file_;
  const size_t file_order_;
  const bind::ModuleIndex& index_;
  const Ast& ast_;
  const NameQuery& query_;
  std::vector<Fitting>& found_;
};

DocumentSymbol::Kind KindOfFunction(const Snapshot& snapshot, const Fitting& one) {
  if (one.name == "__init__") return DocumentSymbol::Kind::kConstructor;
  const MemberKind kind = snapshot.classes->FactsOf({one.file, one.function}).kind;
  const bool is_property = kind == MemberKind::kProperty || kind == MemberKind::kCachedProperty;
  return is_property ? DocumentSymbol::Kind::kProperty : DocumentSymbol::Kind::kMethod;
}

WorkspaceSymbol Finished(const Snapshot& snapshot, const Fitting& one) {
  const classes::ClassInfo& info = snapshot.classes->InfoOf(one.ref);
  DocumentSymbol::Kind kind = DocumentSymbol::Kind::kAttribute;
  if (one.is_class) kind = DocumentSymbol::Kind::kClass;
  if (one.function.present()) kind = KindOfFunction(snapshot, one);
  return {kind,
          std::string(one.name),
          one.is_class ? ContainerOf(info) : info.qualified,
          one.file,
          one.place,
          snapshot.program->file(one.file).path,
          one.fit,
          one.container_fit};
}

// One file's part of the work, and what came of it.
struct FilePart {
  FileId file;
  size_t order;
  std::vector<Fitting> found = {};
};

}  // namespace

bool ComesBefore(const WorkspaceSymbol& a, const WorkspaceSymbol& b) {
  const auto key = [](const WorkspaceSymbol& one) {
    return std::tuple(one.fit, one.container_fit, one.kind != DocumentSymbol::Kind::kClass, one.name.size(),
                      absl::string_view(one.name), absl::string_view(one.path), one.place.begin);
  };
  return key(a) < key(b);
}

std::vector<WorkspaceSymbol> FindSymbols(const Snapshot& snapshot, std::vector<FileId> files, const NameQuery& query,
                                         size_t most, const std::function<bool()>& looked) {
  const program::Program& program = *snapshot.program;
  absl::c_sort(files, [&](FileId a, FileId b) { return program.file(a).path < program.file(b).path; });
  files.erase(std::unique(files.begin(), files.end()), files.end());
  std::vector<FilePart> parts;
  parts.reserve(files.size());
  for (const FileId file : files) parts.push_back({file, parts.size()});
  std::atomic<bool> goes_on = true;
  driver::ParallelForEach(parts, /*threads=*/0, [&](FilePart& part) {
    if (!goes_on) return;
    if (program.Index(part.file) != nullptr) FileSearch(snapshot, part.file, part.order, query, part.found).Run();
    if (!looked()) goes_on = false;
  });
  std::vector<Fitting> found;
  for (const FilePart& part : parts) found.insert(found.end(), part.found.begin(), part.found.end());
  const auto kept = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
  std::partial_sort(found.begin(), kept, found.end(),
                    [](const Fitting& a, const Fitting& b) { return KeyOf(a) < KeyOf(b); });
  std::vector<WorkspaceSymbol> symbols;
  for (auto one = found.begin(); one != kept; ++one) symbols.push_back(Finished(snapshot, *one));
  return symbols;
}

}  // namespace overt::lsp
