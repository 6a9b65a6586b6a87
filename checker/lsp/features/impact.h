// What depends on a member, with what is being typed just now.
//
//   class Csv(Reader):
//       def close(self):
//           super().close(         # nobody can parse this yet; it calls `Reader.close` all the same
//
// All else is `classes::ImpactOf`, which knows finished statements only.
#ifndef OVERT_CHECKER_LSP_FEATURES_IMPACT_H_
#define OVERT_CHECKER_LSP_FEATURES_IMPACT_H_

#include "checker/classes/member_impact.h"
#include "checker/driver/session.h"

namespace overt::lsp {

// Of a member of `owner`'s own. Uses are looked for in the family's files.
classes::MemberImpact ImpactWhileTyping(const driver::Snapshot& snapshot, const classes::FamilyIndex& family,
                                        classes::ClassRef owner, const classes::Member& member);

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_IMPACT_H_
