# Hooks, with the program as it was built. The first run installs pre-commit from PyPI into the build folder.
if(TARGET overt AND NOT OVERT_SANITIZE)
  add_test(NAME precommit COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/precommit/run.py --overt $<TARGET_FILE:overt>
    --tools ${CMAKE_BINARY_DIR}/precommit)
  set_tests_properties(precommit PROPERTIES LABELS program TIMEOUT 600)
endif()
if(TARGET overt)
  add_test(NAME index_law COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/precommit/index_law.py
    --overt $<TARGET_FILE:overt>)
  set_tests_properties(index_law PROPERTIES LABELS "program;code" TIMEOUT 600)
endif()
