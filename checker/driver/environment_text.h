// What overt knows of an environment, for people: every place that was tried, and where imports are searched.
//
//   EnvironmentText(resolver.environment(), resolver.stubs().commit())     // of `overt env`, and of editors
#ifndef OVERT_CHECKER_DRIVER_ENVIRONMENT_TEXT_H_
#define OVERT_CHECKER_DRIVER_ENVIRONMENT_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "checker/resolve/environment.h"

namespace overt::driver {

// Several lines. `typeshed`: the commit of the bundled stubs.
std::string EnvironmentText(const resolve::Environment& environment, absl::string_view typeshed);

// "taken", "rejected", "not there".
absl::string_view VerdictWord(resolve::Verdict verdict);
// "first-party", "installed", …
absl::string_view SearchPathWord(const resolve::SearchPath& path);

}  // namespace overt::driver

#endif  // OVERT_CHECKER_DRIVER_ENVIRONMENT_TEXT_H_
