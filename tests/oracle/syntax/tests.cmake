# CPython's `compile()` against our verdict: 3.11 where it is installed, 3.14 and 3.15 as WebAssembly under Node.
add_executable(verdict_tool ${CMAKE_CURRENT_LIST_DIR}/verdict_main.cc)
target_compile_options(verdict_tool PRIVATE ${OVERT_WARNINGS})
target_link_libraries(verdict_tool PRIVATE ${OVERT_LIBRARIES})
set(syntax_run python3 ${CMAKE_CURRENT_LIST_DIR}/run.py --tool $<TARGET_FILE:verdict_tool> --node-modules ${OVERT_NPM}
  --count 8000 --whole 250)
add_test(NAME syntax_oracle_system COMMAND ${syntax_run} --versions 11 --seed 11)
add_test(NAME syntax_oracle_314 COMMAND ${syntax_run} --versions 14 --seed 14)
add_test(NAME syntax_oracle_315 COMMAND ${syntax_run} --versions 15 --seed 15)
set_tests_properties(syntax_oracle_system syntax_oracle_314 syntax_oracle_315 PROPERTIES
  LABELS code SKIP_RETURN_CODE 77 TIMEOUT 300)
