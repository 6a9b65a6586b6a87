// An import of a module that is nowhere to be found. Off by default: an environment is not always at hand.
//
//   import pluginz      # no module named `pluginz`; `overt env --import pluginz` lists the places
//
// Silent in dead code, below `try: … except ImportError`, and for modules that configuration allows.
// Source: the import system reference; PEP 561.
#include <string>

#include "absl/strings/str_cat.h"
#include "checker/rules/dotted_names.h"
#include "checker/rules/rule_functions.h"

namespace overt::rules {
namespace {

bool IsAllowed(absl::string_view module, const RuleOptions& options) {
  return MatchesAnyDotted(options.allowed_unresolved_imports, module);
}

// `six.moves` of a file `six.py` with a `__path__`: its submodules are made while the program runs.
bool MakesItsSubmodules(absl::string_view module, const RuleContext& context) {
  for (size_t dot = module.rfind('.'); dot != absl::string_view::npos; dot = module.rfind('.')) {
    module = module.substr(0, dot);
    const program::ImportTarget parent = context.program.ImportAbsolute(module);
    if (parent.kind == program::ImportTarget::Kind::kNotFound) continue;
    if (parent.kind != program::ImportTarget::Kind::kFile || context.program.file(parent.file).is_package) return false;
    const bind::ModuleIndex* index = context.program.Index(parent.file);
    return index != nullptr && index->Find(index->module_scope(), absl::string_view("__path__")).present();
  }
  return false;
}

}  // namespace

void CheckUnresolvedImport(RuleContext& context) {
  constexpr uint8_t kGuarded = bind::Definition::kTryImport | bind::Definition::kImportFallback;
  for (const bind::ImportRecord& record : context.index.imports()) {
    if (record.reach == bind::Reach::kNever || (record.flags & kGuarded) != 0) continue;
    const absl::string_view name = context.index.ImportedName(record);
    const program::ImportTarget target = context.program.Import(context.file, record.level, name);
    if (target.kind != program::ImportTarget::Kind::kNotFound || IsAllowed(target.module, context.options)) continue;
    if (MakesItsSubmodules(target.module, context)) continue;
    const std::string written = absl::StrCat(std::string(record.level, '.'), name);
    auto report = context.out.Begin(Rule::kUnresolvedImport, context.ast().range(record.place()));
    if (!report) continue;
    report.Title("no module named `$0` was found", written);
    if (!target.module.empty())
      report.Help(absl::StrCat("`overt env --import ", target.module, "` lists every place that was tried"));
  }
}

}  // namespace overt::rules
