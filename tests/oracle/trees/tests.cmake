# Our trees against CPython's own, node by node: the one on the path, and two newer ones that run under Node.
add_executable(tree_lines ${CMAKE_CURRENT_SOURCE_DIR}/oracle/trees/tree_lines.cc)
target_compile_options(tree_lines PRIVATE ${OVERT_WARNINGS})
target_link_libraries(tree_lines PRIVATE overt_grammar)
set(trees_run python3 ${CMAKE_CURRENT_SOURCE_DIR}/oracle/trees/run.py --tool $<TARGET_FILE:tree_lines>)
set(trees_work ${CMAKE_BINARY_DIR}/oracle/trees)
set(trees_input ${CMAKE_CURRENT_SOURCE_DIR}/oracle/trees/cases)
add_test(NAME tree_oracle_system COMMAND ${trees_run} --work ${trees_work}/system --python python3)
add_test(NAME tree_oracle_314 COMMAND ${trees_run} --work ${trees_work}/314 --pyodide ${OVERT_NPM}/pyodide-314
  ${trees_input} ${OVERT_NPM}/pyright/dist/typeshed-fallback/stdlib)
add_test(NAME tree_oracle_315 COMMAND ${trees_run} --work ${trees_work}/315 --pyodide ${OVERT_NPM}/pyodide-315
  ${trees_input})
set_tests_properties(tree_oracle_system tree_oracle_314 tree_oracle_315 PROPERTIES LABELS code SKIP_RETURN_CODE 77 TIMEOUT 900)

add_executable(tree_laws ${CMAKE_CURRENT_SOURCE_DIR}/oracle/trees/tree_laws.cc)
target_compile_options(tree_laws PRIVATE ${OVERT_WARNINGS})
target_link_libraries(tree_laws PRIVATE overt_grammar)
add_test(NAME tree_laws COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/oracle/trees/laws.py --tool $<TARGET_FILE:tree_laws>
  --work ${trees_work}/laws --python python3 --suites ${CMAKE_CURRENT_SOURCE_DIR}/suites)
set_tests_properties(tree_laws PROPERTIES LABELS code SKIP_RETURN_CODE 77 TIMEOUT 900)
