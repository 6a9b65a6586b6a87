# The documentation's site, and whether what it says is so.
if(TARGET overt)
  add_test(NAME docs COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/docs/docs_test.py --overt $<TARGET_FILE:overt>
    --work ${CMAKE_BINARY_DIR})
  set_tests_properties(docs PROPERTIES LABELS program TIMEOUT 600)
endif()
