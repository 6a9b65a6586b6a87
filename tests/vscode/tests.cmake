# What of the extension needs no VS Code. The walk through a real one is `./dev vscode test`: it installs several hundred
# packages first.
find_program(OVERT_NODE node)
if(OVERT_NODE)
  add_test(NAME vscode_units COMMAND ${OVERT_NODE} scripts/test.mjs --only-installed
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/vscode-ext)
  set_tests_properties(vscode_units PROPERTIES LABELS program SKIP_RETURN_CODE 77)
else()
  message(STATUS "no node: the extension's own tests are left out")
endif()
