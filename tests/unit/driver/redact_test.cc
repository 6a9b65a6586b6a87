#include "checker/driver/redact.h"

#include <gtest/gtest.h>

namespace overt::driver {
namespace {

TEST(Redact, TheHomeFolderIsATilde) {
  const Redactor redactor("/home/ada/", {"ada"});
  EXPECT_EQ(redactor.Redacted("a `/home/ada/p/a.py`, /home/ada: /home/ada"), "a `~/p/a.py`, ~: ~");
}

TEST(Redact, OtherHomesAndNamesInPaths) {
  const Redactor redactor("/home/ada", {"ada", ""});
  EXPECT_EQ(redactor.Redacted("/home/adam/x /Users/eve/y /mnt/ada/z /mnt/adamant //ada"),
            "/home/<user>/x /Users/<user>/y /mnt/<user>/z /mnt/adamant //<user>");
  EXPECT_EQ(redactor.Redacted("adamant ada"), "adamant ada");
}

TEST(Redact, NothingIsKnown) {
  const Redactor redactor("", {});
  EXPECT_EQ(redactor.Redacted("/home/ada/p and /srv/p"), "/home/<user>/p and /srv/p");
  EXPECT_EQ(Redactor("/", {}).Redacted("/srv"), "/srv");
}

}  // namespace
}  // namespace overt::driver
