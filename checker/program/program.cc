#include "checker/program/program.h"

#include <array>
#include <atomic>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "checker/program/file_at_work.h"
#include "checker/program/file_table.h"
#include "checker/program/memo.h"
#include "checker/resolve/shown_path.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"

namespace overt::program {
namespace {

using resolve::ModuleFile;
using resolve::ResolvedModule;

// What reading one file came to. Never changes once made.
struct Cell {
  std::shared_ptr<const bind::ModuleIndex> index;  // null: `error` says why
  std::string error;
  std::shared_ptr<const grammar::ParsedSource> parsed;  // of an overlay, for when it is edited
};

struct Slot {
  std::atomic<const Cell*> cell{nullptr};
};

constexpr size_t kLoadLocks = 256;

bind::BindOptions BindOptionsFor(const FileInfo& info, const bind::Target& target) {
  bind::BindOptions options;
  options.target = target;
  options.role = info.is_package ? bind::BindOptions::FileRole::kPackageInit : bind::BindOptions::FileRole::kModule;
  options.file_kind = info.is_stub ? grammar::FileKind::kStub : grammar::FileKind::kSource;
  return options;
}

FileInfo InfoOfResolved(const ResolvedModule& module, const ModuleFile& file, absl::string_view current_folder) {
  FileInfo info;
  info.is_bundled = file.kind == ModuleFile::Kind::kBundledStub;
  info.path = info.is_bundled ? absl::StrCat("typeshed/", file.path) : file.path;
  info.display = resolve::ShownPath(info.path, current_folder);
  info.module = module.name;
  info.is_package = absl::EndsWith(file.path, "/__init__.py") || absl::EndsWith(file.path, "/__init__.pyi");
  info.is_stub = file.kind != ModuleFile::Kind::kSource;
  info.stub_number = file.stub_number;
  info.family = module.family;
  return info;
}

}  // namespace

struct Program::Impl {
  std::shared_ptr<const resolve::Resolver> resolver;
  Options options;
  std::shared_ptr<const Overlays> overlays;
  std::shared_ptr<FileTable> files;
  std::shared_ptr<grammar::Interner> interner;

  BlockArray<Slot> slots;
  std::array<absl::Mutex, kLoadLocks> load_locks;
  mutable absl::Mutex owned_mutex;
  // Keeps the cells of `slots` alive; by file number, so that a new snapshot can take over all but a few.
  absl::flat_hash_map<uint32_t, std::shared_ptr<const Cell>> owned ABSL_GUARDED_BY(owned_mutex);
  // What was last read of overlays that were edited since, by file number.
  absl::flat_hash_map<uint32_t, std::shared_ptr<const grammar::ParsedSource>> earlier;
  // Speaks of the resolver's modules and of `files` alone: snapshots that have both in common share it.
  using Imports = Memo<const ResolvedModule*, ImportTarget>;
  std::shared_ptr<Imports> imports = std::make_shared<Imports>();

  FileId Register(const ResolvedModule& module, const ModuleFile& file) {
    return files->Add(InfoOfResolved(module, file, options.current_folder));
  }

  const Cell& CellOf(FileId id) {
    Slot& slot = slots.At(id.raw);
    if (const Cell* known = slot.cell.load(std::memory_order_acquire)) return *known;
    // Making a cell asks for no other file, so waiting here cannot deadlock, and nobody parses a file twice.
    absl::MutexLock lock(&load_locks[id.raw % kLoadLocks]);
    if (const Cell* known = slot.cell.load(std::memory_order_acquire)) return *known;
    auto cell = std::make_shared<const Cell>(Load(id));
    Keep(id.raw, cell);
    return *cell;
  }

  void Keep(uint32_t number, std::shared_ptr<const Cell> cell) {
    const Cell* raw = cell.get();
    {
      absl::MutexLock lock(&owned_mutex);
      owned[number] = std::move(cell);
    }
    slots.At(number).cell.store(raw, std::memory_order_release);
  }

  Cell Load(FileId id) const {
    const FileInfo& info = files->Get(id);
    Cell cell;
    if (const auto it = options.unusable.find(info.path); it != options.unusable.end()) {
      cell.error = it->second;
      return cell;
    }
    const FileAtWork at_work(info.path);
    absl::StatusOr<std::shared_ptr<const bind::ModuleIndex>> index = Index(id, info, cell);
    if (index.ok()) {
      cell.index = *std::move(index);
    } else {
      cell.error = std::string(index.status().message());
    }
    return cell;
  }

  absl::StatusOr<std::shared_ptr<const bind::ModuleIndex>> Index(FileId id, const FileInfo& info, Cell& cell) const {
    const bind::BindOptions bind_options = BindOptionsFor(info, options.target);
    const bool is_shared =
        info.is_bundled && options.stubs != nullptr && options.stubs->index().get() == &resolver->stubs();
    if (is_shared) return options.stubs->Module(info.stub_number, bind_options);
    absl::StatusOr<grammar::Ast> ast = Tree(id, info, cell);
    if (!ast.ok()) return ast.status();
    return std::make_shared<const bind::ModuleIndex>(bind::Bind(*std::move(ast), bind_options));
  }

  absl::StatusOr<grammar::Ast> Tree(FileId id, const FileInfo& info, Cell& cell) const {
    if (info.is_bundled) return resolver->stubs().Tree(info.stub_number);
    const grammar::FileKind kind = info.is_stub ? grammar::FileKind::kStub : grammar::FileKind::kSource;
    const bool is_overlay = overlays->contains(info.path);
    if (options.trees != nullptr && !is_overlay) {
      absl::StatusOr<grammar::Ast> ast = options.trees->Tree(info.path, kind, options.max_file_bytes);
      if (!ast.ok()) return ForPeople(ast.status());
      return ast;
    }
    absl::StatusOr<grammar::SourceFile> source = Source(info);
    if (!source.ok()) return source.status();
    if (!is_overlay) return grammar::ParseSource(*source, kind);
    const auto before = earlier.find(id.raw);
    cell.parsed = std::make_shared<const grammar::ParsedSource>(
        grammar::ParseEdited(*std::move(source), kind, before == earlier.end() ? nullptr : before->second.get()));
    return cell.parsed->ast;
  }

  // With the name of the setting that the error is about.
  static absl::Status ForPeople(const absl::Status& status) {
    if (!absl::IsOutOfRange(status)) return status;
    return absl::OutOfRangeError(absl::StrCat(status.message(), ", set by `src.max-file-size`"));
  }

  // A buffer is Unicode already. Its coding cookie is judged as in a file, but the text is not decoded by it again.
  absl::StatusOr<grammar::SourceFile> Buffer(const std::string& text) const {
    if (text.size() > options.max_file_bytes) {
      return absl::OutOfRangeError(absl::StrCat("is ", text.size() >> 20, " MiB, the limit is ",
                                                options.max_file_bytes >> 20, " MiB, set by `src.max-file-size`"));
    }
    grammar::SourceFile source = grammar::SourceFile::Decode(text);
    if (source.is_binary() || source.encoding() == "utf-8") return source;
    return grammar::SourceFile::FromText(text);
  }

  absl::StatusOr<grammar::SourceFile> Source(const FileInfo& info) const {
    if (const auto it = overlays->find(info.path); it != overlays->end()) return Buffer(*it->second);
    absl::StatusOr<std::string> bytes = grammar::ReadFileBytes(info.path, options.max_file_bytes);
    if (!bytes.ok()) return ForPeople(bytes.status());
    return grammar::SourceFile::Decode(*bytes);
  }

  ImportTarget TargetOf(const ResolvedModule& resolved) {
    return imports->Get(&resolved, [&] { return ComputeTarget(resolved); });
  }

  ImportTarget ComputeTarget(const ResolvedModule& resolved) {
    ImportTarget target;
    target.module = resolved.name;
    target.resolved = &resolved;
    switch (resolved.kind) {
      case ResolvedModule::Kind::kNotFound: break;
      case ResolvedModule::Kind::kNamespace: target.kind = ImportTarget::Kind::kNamespace; break;
      case ResolvedModule::Kind::kModule:
      case ResolvedModule::Kind::kPackage:
        if (resolved.file.kind == ModuleFile::Kind::kCompiled) {
          target.kind = ImportTarget::Kind::kCompiled;
        } else {
          target.kind = ImportTarget::Kind::kFile;
          target.file = Register(resolved, resolved.file);
        }
        break;
    }
    return target;
  }
};

Program::Program(std::shared_ptr<const resolve::Resolver> resolver, Options options,
                 std::shared_ptr<const Overlays> overlays)
    : impl_(std::make_unique<Impl>()) {
  impl_->resolver = std::move(resolver);
  impl_->options = std::move(options);
  impl_->overlays = overlays ? std::move(overlays) : std::make_shared<const Overlays>();
  impl_->files = std::make_shared<FileTable>();
  impl_->interner = std::make_shared<grammar::Interner>();
}

Program::Program(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Program::~Program() = default;

std::shared_ptr<const Program> Program::WithChanges(const std::vector<std::string>& changed,
                                                    std::shared_ptr<const resolve::Resolver> resolver,
                                                    std::shared_ptr<const Overlays> overlays) const {
  auto next = std::make_unique<Impl>();
  next->resolver = std::move(resolver);
  next->options = impl_->options;
  next->overlays = std::move(overlays);
  next->files = impl_->files;
  next->interner = impl_->interner;
  if (next->resolver == impl_->resolver) next->imports = impl_->imports;
  absl::flat_hash_set<uint32_t> dropped;
  for (const std::string& path : changed) {
    if (const FileId id = impl_->files->Find(path); id.present()) dropped.insert(id.raw);
  }
  absl::flat_hash_map<uint32_t, std::shared_ptr<const Cell>> shared;
  {
    absl::MutexLock lock(&impl_->owned_mutex);
    shared = impl_->owned;
  }
  next->earlier = impl_->earlier;
  for (const uint32_t number : dropped) {
    const auto cell = shared.find(number);
    if (cell == shared.end()) continue;
    if (cell->second->parsed != nullptr) next->earlier[number] = cell->second->parsed;
    shared.erase(cell);
  }
  absl::erase_if(next->earlier, [&](const auto& entry) {
    return shared.contains(entry.first) || !next->overlays->contains(next->files->Get(FileId(entry.first)).path);
  });
  for (const auto& [number, cell] : shared) {
    next->slots.At(number).cell.store(cell.get(), std::memory_order_relaxed);
  }
  {
    absl::MutexLock lock(&next->owned_mutex);
    next->owned = std::move(shared);
  }
  return std::shared_ptr<const Program>(new Program(std::move(next)));
}

const Program::Options& Program::options() const { return impl_->options; }
const resolve::Resolver& Program::resolver() const { return *impl_->resolver; }
grammar::Interner& Program::interner() const { return *impl_->interner; }

FileId Program::AddFile(absl::string_view absolute_path) const {
  if (const FileId known = impl_->files->Find(absolute_path); known.present()) return known;
  const resolve::Resolver::FileModule module = impl_->resolver->ModuleOf(absolute_path);
  FileInfo info;
  info.path = std::string(absolute_path);
  info.display = resolve::ShownPath(absolute_path, impl_->options.current_folder);
  info.module = module.name;
  info.is_package = module.is_package;
  info.family = module.family;
  info.is_stub = absl::EndsWith(absolute_path, ".pyi");
  return impl_->files->Add(std::move(info));
}

FileId Program::FindFile(absl::string_view absolute_path) const { return impl_->files->Find(absolute_path); }
const FileInfo& Program::file(FileId id) const { return impl_->files->Get(id); }
size_t Program::file_count() const { return impl_->files->size(); }

const bind::ModuleIndex* Program::Index(FileId id) const { return impl_->CellOf(id).index.get(); }

const bind::ModuleIndex* Program::IndexIfLoaded(FileId id) const {
  const Slot* slot = impl_->slots.Peek(id.raw);
  const Cell* cell = slot == nullptr ? nullptr : slot->cell.load(std::memory_order_acquire);
  return cell == nullptr ? nullptr : cell->index.get();
}

bool Program::IsLoaded(FileId id) const {
  const Slot* slot = impl_->slots.Peek(id.raw);
  return slot != nullptr && slot->cell.load(std::memory_order_acquire) != nullptr;
}

void Program::NoteBodiesRead(FileId id) const { impl_->files->NoteBodiesRead(id); }
bool Program::AreBodiesRead(FileId id) const { return impl_->files->AreBodiesRead(id); }

std::string Program::ReadError(FileId id) const { return impl_->CellOf(id).error; }

ImportTarget Program::ImportAbsolute(absl::string_view name) const {
  return impl_->TargetOf(impl_->resolver->Resolve(name));
}

ImportTarget Program::Import(FileId importer, unsigned level, absl::string_view name) const {
  const FileInfo& from = file(importer);
  const absl::string_view path = from.is_bundled ? absl::string_view() : absl::string_view(from.path);
  return impl_->TargetOf(impl_->resolver->ResolveFrom({path, from.module, from.is_package}, level, name));
}

FileId Program::Counterpart(FileId id) const {
  const FileInfo& info = file(id);
  if (info.module.empty()) return FileId();
  const ResolvedModule& resolved = impl_->resolver->Resolve(info.module);
  if (resolved.also.empty()) return FileId();
  const FileId main = impl_->Register(resolved, resolved.file);
  if (main == id) return impl_->Register(resolved, resolved.also.front());
  for (const ModuleFile& other : resolved.also) {
    if (impl_->Register(resolved, other) == id) return main;
  }
  return FileId();
}

FileText Program::Text(FileId id) const {
  const FileInfo& info = file(id);
  FileText result;
  if (info.is_bundled) {
    result.text = std::string(impl_->resolver->stubs().Text(info.stub_number));
    result.line_starts = grammar::FindLineStarts(result.text);
    return result;
  }
  if (absl::StatusOr<grammar::SourceFile> source = impl_->Source(info); source.ok()) {
    result.text = std::string(source->text());
    result.line_starts = source->line_starts();
  }
  if (result.line_starts.empty()) result.line_starts.push_back(0);
  return result;
}

}  // namespace overt::program
