// Runs every enabled rule over one file.
#ifndef OVERT_CHECKER_RULES_RUN_RULES_H_
#define OVERT_CHECKER_RULES_RUN_RULES_H_

#include <vector>

#include "checker/rules/rule_context.h"
#include "checker/rules/scoped_levels.h"

namespace overt::rules {

struct FileFacts {
  size_t classes = 0;
  size_t methods = 0;
  size_t override_pairs = 0;  // methods with a known overridden member
};

struct FileFindings {
  std::vector<Diagnostic> diagnostics;  // sorted
  std::vector<Diagnostic> suppressed;   // by comments: rule, level and place only
  FileFacts facts;
};

// The file must be readable (`program.Index(file)` not null).
FileFindings CheckFile(const classes::ClassTable& classes, FileId file, ScopedLevels& levels,
                       const RuleOptions& options);

}  // namespace overt::rules

#endif  // OVERT_CHECKER_RULES_RUN_RULES_H_
