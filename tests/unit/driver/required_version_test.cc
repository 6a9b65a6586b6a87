#include "checker/driver/required_version.h"

#include <gtest/gtest.h>

#include <regex>

namespace overt::driver {
namespace {

bool IsMet(const char* requirement, const char* own) { return RequirementError(requirement, own).empty(); }

TEST(RequiredVersion, ComparesNumbersNotTexts) {
  EXPECT_TRUE(IsMet(">=0.9", "0.10.0"));
  EXPECT_FALSE(IsMet("<0.9", "0.10.0"));
  EXPECT_TRUE(IsMet("==0.1", "0.1.0"));
  EXPECT_TRUE(IsMet("0.1.0.0", "0.1.0"));
  EXPECT_FALSE(IsMet("!=0.1", "0.1.0"));
  EXPECT_TRUE(IsMet("> 0.1 , < 0.2", "0.1.1"));
  EXPECT_FALSE(IsMet(">0.1,<0.1.1", "0.1.1"));
}

TEST(RequiredVersion, KnowsSeries) {
  EXPECT_TRUE(IsMet("==0.1.*", "0.1.7"));
  EXPECT_FALSE(IsMet("!=0.1.*", "0.1.7"));
  EXPECT_FALSE(IsMet("==0.1.*", "0.10.0"));
  EXPECT_TRUE(IsMet("~=0.1.2", "0.1.7"));
  EXPECT_FALSE(IsMet("~=0.1.2", "0.2.0"));
  EXPECT_TRUE(IsMet("~=0.1", "0.2.0"));
  EXPECT_FALSE(IsMet("~=0.3", "0.2.0"));
}

TEST(RequiredVersion, PutsEarlyVersionsBeforeTheFinalOne) {
  EXPECT_FALSE(IsMet(">=1.0", "1.0rc1"));
  EXPECT_TRUE(IsMet(">=1.0b2", "1.0rc1"));
  EXPECT_TRUE(IsMet(">1.0.dev3", "1.0a1"));
  EXPECT_TRUE(IsMet("==1.0rc1", "1.0.0rc1"));
}

TEST(RequiredVersion, SaysBothVersions) {
  EXPECT_EQ(RequirementError(">=0.2", "0.1.0"), "this is overt 0.1.0, but `required-version` is \">=0.2\"");
}

// The schema takes the same words for a requirement.
TEST(RequiredVersion, RefusesWhatIsNone) {
  const std::regex pattern(RequirementPattern());
  for (const char* text : {"", ">=", "=>1", "1.", ".1", ">=1.*", "~=1", "1,", "1.0.*rc1", "1.0-1", "newest"}) {
    EXPECT_NE(RequirementError(text, "0.1.0").find("is no requirement"), std::string::npos) << text;
    EXPECT_FALSE(std::regex_search(text, pattern)) << text;
  }
  for (const char* text : {"1", ">=1.0", "== 1.0.*", "!=1", "~=1.0rc1", "<2.dev1", "1.0a1,>0"}) {
    EXPECT_EQ(RequirementError(text, "0.1.0").find("is no requirement"), std::string::npos) << text;
    EXPECT_TRUE(std::regex_search(text, pattern)) << text;
  }
}

}  // namespace
}  // namespace overt::driver
