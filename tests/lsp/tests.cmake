# The language server: dialogues and random edits with the program as it was built, and the laws within one process.
if(TARGET overt)
  add_test(NAME lsp COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/lsp/run.py --overt $<TARGET_FILE:overt>)
  add_test(NAME lsp_edits COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/lsp/edits.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(lsp lsp_edits PROPERTIES LABELS "program;code" TIMEOUT 1200)
  # These weigh the process and take its time, so sanitizers would be in the way, and so would other tests beside them.
  add_test(NAME lsp_hardships
    COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/lsp/hardships.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(lsp_hardships PROPERTIES LABELS program TIMEOUT 600 RUN_SERIAL ON)
  add_test(NAME lsp_memory COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/lsp/memory.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(lsp_memory PROPERTIES LABELS program TIMEOUT 1200 RUN_SERIAL ON)
endif()
if(TARGET overt_checker_lsp AND TARGET stub_index)
  overt_test(server_laws_test ${CMAKE_CURRENT_SOURCE_DIR}/lsp/server_laws_test.cc ${harness_sources})
  target_compile_definitions(server_laws_test PRIVATE OVERT_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    OVERT_STUB_INDEX_PATH="${CMAKE_BINARY_DIR}/typeshed.overt-stubs" OVERT_TEST_PROGRAM="server_laws_test")
  # The longest: begun first, so that nothing waits for it alone.
  set_tests_properties(server_laws_test PROPERTIES TIMEOUT 2400 COST 300)
endif()
