# What editors are answered, and the laws of the index behind it.
if(TARGET overt_checker_lsp AND TARGET stub_index)
  file(GLOB editor_harness CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/harness/*.cc)
  overt_test(editor_suite_test ${CMAKE_CURRENT_SOURCE_DIR}/editor/editor_suite_test.cc
    ${CMAKE_CURRENT_SOURCE_DIR}/editor/questions.cc ${CMAKE_CURRENT_SOURCE_DIR}/editor/family_test.cc
    ${CMAKE_CURRENT_SOURCE_DIR}/editor/places_test.cc ${CMAKE_CURRENT_SOURCE_DIR}/editor/name_match_test.cc
    ${editor_harness})
  target_compile_definitions(editor_suite_test PRIVATE OVERT_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    OVERT_STUB_INDEX_PATH="${CMAKE_BINARY_DIR}/typeshed.overt-stubs")
  add_dependencies(editor_suite_test stub_index)
endif()
