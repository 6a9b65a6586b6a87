# The Markdown suites, and the laws that hold for all of them.
file(GLOB harness_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/harness/*.cc)
if(TARGET unit_tests)
  target_sources(unit_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/harness/md_suite.cc
    ${CMAKE_CURRENT_SOURCE_DIR}/harness/assertions.cc ${CMAKE_CURRENT_SOURCE_DIR}/harness/snapshot.cc)
endif()
if(TARGET overt_checker_driver AND TARGET stub_index)
  set(suite_definitions OVERT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" OVERT_STUB_INDEX_PATH="${CMAKE_BINARY_DIR}/typeshed.overt-stubs")
  foreach(name check_suite_test laws_test)
    overt_test(${name} ${CMAKE_CURRENT_SOURCE_DIR}/${name}.cc ${harness_sources})
    target_compile_definitions(${name} PRIVATE ${suite_definitions} OVERT_TEST_PROGRAM="$<TARGET_FILE:${name}>")
    add_dependencies(${name} stub_index)
  endforeach()
endif()
