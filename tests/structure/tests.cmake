# The shape of the tree, held by tests: who includes whom, how long things are, what folders say of themselves.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
foreach(test layering_test budget_test readme_test rule_files_test structure_test)
  add_test(NAME ${test} COMMAND Python3::Interpreter -B ${CMAKE_CURRENT_LIST_DIR}/${test}.py)
  set_tests_properties(${test} PROPERTIES LABELS program)
endforeach()
