# Random class hierarchies against CPython: Debian's, and two newer ones that run under Node.
if(TARGET overt)
  set(hierarchy_run python3 ${CMAKE_CURRENT_SOURCE_DIR}/oracle/hierarchy/run.py --overt $<TARGET_FILE:overt>
    --work ${CMAKE_BINARY_DIR}/oracle/hierarchy)
  add_test(NAME hierarchy_oracle_system COMMAND ${hierarchy_run} --python /usr/bin/python3)
  add_test(NAME hierarchy_oracle_314 COMMAND ${hierarchy_run} --pyodide ${OVERT_NPM}/pyodide-314)
  add_test(NAME hierarchy_oracle_315 COMMAND ${hierarchy_run} --pyodide ${OVERT_NPM}/pyodide-315)
  set_tests_properties(hierarchy_oracle_system hierarchy_oracle_314 hierarchy_oracle_315 PROPERTIES
    LABELS program SKIP_RETURN_CODE 77 TIMEOUT 900)
endif()
