# Writes checker/driver/build_info.h, only when it changes: cmake -DSOURCE=… -DOUTPUT=… -DFLAGS=… -P BuildInfo.cmake

set(commit unknown)
find_program(git git)
if(git AND EXISTS ${SOURCE}/.git)
  execute_process(COMMAND ${git} -C ${SOURCE} rev-parse --short=12 HEAD OUTPUT_VARIABLE found
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit ${found})
  endif()
endif()
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
