# Fuzz targets: `cmake --preset fuzz`, or `./dev fuzz`, which also runs them.
if(OVERT_FUZZ)
  function(overt_fuzz_target name)
    add_executable(${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name}.cc ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/require.cc ${ARGN})
    target_compile_options(${name} PRIVATE ${OVERT_WARNINGS})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${name} PRIVATE ${OVERT_LIBRARIES})
  endfunction()

  overt_fuzz_target(decode_fuzz)
  overt_fuzz_target(parse_fuzz)
  if(TARGET overt_checker_lsp)
    overt_fuzz_target(lsp_fuzz ${CMAKE_CURRENT_SOURCE_DIR}/harness/suite_runner.cc
      ${CMAKE_CURRENT_SOURCE_DIR}/harness/md_suite.cc)
    target_compile_definitions(lsp_fuzz PRIVATE OVERT_STUB_INDEX_PATH="${CMAKE_BINARY_DIR}/typeshed.overt-stubs")
    add_dependencies(lsp_fuzz stub_index)
  endif()
  if(TARGET overt_checker_driver)
    overt_fuzz_target(pipeline_fuzz ${CMAKE_CURRENT_SOURCE_DIR}/harness/suite_runner.cc
      ${CMAKE_CURRENT_SOURCE_DIR}/harness/md_suite.cc)
    target_compile_definitions(pipeline_fuzz PRIVATE OVERT_STUB_INDEX_PATH="${CMAKE_BINARY_DIR}/typeshed.overt-stubs")
    add_dependencies(pipeline_fuzz stub_index)
  endif()
endif()
