#include "checker/classes/engine.h"

namespace overt::classes {

Engine::Engine(std::shared_ptr<const program::Program> shared_program, ClassTableOptions table_options)
    : owned_program(std::move(shared_program)),
      program(*owned_program),
      options(std::move(table_options)),
      builtins(ModuleNamed("builtins")) {
  constexpr MemberKind kKinds[] = {MemberKind::kFunction, MemberKind::kStaticMethod, MemberKind::kClassMethod};
  for (size_t kind = 0; kind < 3; ++kind) {
    for (FunctionFacts& facts_of_kind : plain_[kind]) facts_of_kind.kind = kKinds[kind];
    plain_[kind][1].is_empty_body = true;
  }
  Entity cycle;
  cycle.reason = UnknownReason::kCycle;
  cycle_set.push_back(cycle);
  cycle_info.bases.push_back({NodeId::None(), cycle_set});
  cycle_mro.unknown.push_back({ClassRef(), NodeId::None(), UnknownReason::kCycle, NodeRef()});
  cycle_mro.metaclass_unknown = true;
}

SpecialForm Engine::SpecialOf(FileId file, absl::string_view name) {
  std::atomic<uint8_t>& known = special_modules_.At(file.raw);
  uint8_t state = known.load(std::memory_order_relaxed);
  if (state == 0) {
    state = specials.HasModule(program.file(file).module) ? 2 : 1;
    known.store(state, std::memory_order_relaxed);
  }
  return state == 1 ? SpecialForm::kNone : specials.Find(program.file(file).module, name);
}

Entity Engine::ModuleNamed(absl::string_view name) { return ModuleOf(program.ImportAbsolute(name)); }

Entity Engine::ModuleImported(FileId importer, unsigned level, absl::string_view name) {
  return ModuleOf(program.Import(importer, level, name));
}

Entity Engine::ModuleOf(const program::ImportTarget& target) {
  Entity module;
  module.module_name = Intern(target.module).raw;
  switch (target.kind) {
    case program::ImportTarget::Kind::kFile:
      module.kind = EntityKind::kModule;
      module.module = target.file;
      break;
    case program::ImportTarget::Kind::kNamespace: module.kind = EntityKind::kModule; break;
    case program::ImportTarget::Kind::kCompiled: module.reason = UnknownReason::kCompiledModule; break;
    case program::ImportTarget::Kind::kNotFound: module.reason = UnknownReason::kUnresolvedImport; break;
  }
  return module;
}

const FunctionFacts& Engine::PlainFacts(MemberKind kind, bool is_empty_body) const {
  const size_t row = kind == MemberKind::kStaticMethod ? 1 : kind == MemberKind::kClassMethod ? 2 : 0;
  return plain_[row][is_empty_body ? 1 : 0];
}

}  // namespace overt::classes
