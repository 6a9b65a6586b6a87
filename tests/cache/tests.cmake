# The cache: what stands in it never changes a finding. `store_test` also runs under the sanitizers.
if(TARGET overt_checker_driver AND TARGET stub_index)
  overt_test(cache_store_test ${CMAKE_CURRENT_SOURCE_DIR}/cache/store_test.cc ${CMAKE_CURRENT_SOURCE_DIR}/harness/suite_runner.cc
    ${CMAKE_CURRENT_SOURCE_DIR}/harness/md_suite.cc)
  target_link_libraries(cache_store_test PRIVATE GTest::gtest_main)
  target_compile_definitions(cache_store_test PRIVATE OVERT_STUB_INDEX_PATH="${CMAKE_BINARY_DIR}/typeshed.overt-stubs")
  set_tests_properties(cache_store_test PROPERTIES TIMEOUT 600)
endif()
if(TARGET overt)
  add_test(NAME cache COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/cache/cache_test.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(cache PROPERTIES LABELS program TIMEOUT 600)
endif()
