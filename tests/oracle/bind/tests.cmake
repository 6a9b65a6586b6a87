# Names and flow against CPython: its `symtable` over the standard library, and random functions that are run.
if(TARGET overt_checker_bind)
  add_executable(bind_dump ${CMAKE_CURRENT_LIST_DIR}/bind_dump.cc)
  target_compile_options(bind_dump PRIVATE ${OVERT_WARNINGS})
  target_link_libraries(bind_dump PRIVATE ${OVERT_LIBRARIES})
  # Debian's interpreter, as whose version the scopes are bound.
  add_test(NAME symtable_oracle COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_LIST_DIR}/symtable_test.py
    $<TARGET_FILE:bind_dump>)
  add_test(NAME flow_oracle COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_LIST_DIR}/flow_test.py $<TARGET_FILE:bind_dump>)
  set_tests_properties(symtable_oracle flow_oracle PROPERTIES LABELS code TIMEOUT 300)
endif()
