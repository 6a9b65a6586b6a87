# Which revision of overt's sources these are: git's word in a checkout, else `commit.txt`, which every sdist carries.
#
#   overt_commit(${CMAKE_SOURCE_DIR} commit)      -> commit is "1a2b3c4d5e6f", or "unknown"
function(overt_commit source result)
  set(commit unknown)
  find_program(OVERT_GIT git)
  if(OVERT_GIT AND EXISTS ${source}/.git)
    execute_process(COMMAND ${OVERT_GIT} -C ${source} rev-parse --short=12 HEAD OUTPUT_VARIABLE found
      OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(commit ${found})
    endif()
  elseif(EXISTS ${source}/commit.txt)
    file(STRINGS ${source}/commit.txt commit LIMIT_COUNT 1 REGEX "^[0-9a-z]+$")
  endif()
  set(${result} "${commit}" PARENT_SCOPE)
endfunction()
