// What depends on a member, as `overt impact --output-format json` prints it and the language server answers
// `overt/impact`.
//
//   {"class": "base.Reader", "member": "close", "path": "base.py", "line": 3, "column": 9, "asked": "base.Csv", …}
//
// Positions are those of the command line: lines and columns from 1.
#ifndef OVERT_CHECKER_DRIVER_IMPACT_JSON_H_
#define OVERT_CHECKER_DRIVER_IMPACT_JSON_H_

#include <nlohmann/json.hpp>

#include "checker/classes/member_impact.h"
#include "checker/driver/session.h"

namespace overt::driver {

// `asked`: the class that the member was asked for, which may only inherit it.
nlohmann::ordered_json ImpactJson(const Snapshot& snapshot, const classes::MemberImpact& impact,
                                  classes::ClassRef asked);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_IMPACT_JSON_H_
