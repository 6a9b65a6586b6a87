# What programs read: reports against published schemas, configuration against its own.
if(TARGET overt)
  set(trap_option)
  if(TARGET trap)
    set(trap_option --trap $<TARGET_FILE:trap>)
  endif()
  add_test(NAME formats COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/formats/run.py --overt $<TARGET_FILE:overt>
    --work ${CMAKE_BINARY_DIR}/formats ${trap_option})
  set_tests_properties(formats PROPERTIES LABELS program TIMEOUT 900)
endif()
