# Writes checker/driver/build_info.h, only when it changes: cmake -DSOURCE=… -DOUTPUT=… -DFLAGS=… -P BuildInfo.cmake
include(${CMAKE_CURRENT_LIST_DIR}/Commit.cmake)

overt_commit(${SOURCE} commit)
string(CONCAT text "// Made by cmake/BuildInfo.cmake.\n"
  "inline constexpr char kBuildCommit[] = \"${commit}\";\n"
  "inline constexpr char kBuildFlags[] = \"${FLAGS}\";\n")
set(before "")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} before)
endif()
if(NOT before STREQUAL text)
  file(WRITE ${OUTPUT} "${text}")
endif()
