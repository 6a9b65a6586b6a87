# Crashes are contained. Not under the sanitizers, which want to be the first to hear of one.
if(TARGET overt AND NOT OVERT_SANITIZE)
  add_library(trap SHARED ${CMAKE_CURRENT_SOURCE_DIR}/crash/trap.c)
  target_link_libraries(trap PRIVATE ${CMAKE_DL_LIBS})
  target_compile_options(trap PRIVATE -w)
  add_test(NAME crash_containment COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/crash/crash_test.py
    --overt $<TARGET_FILE:overt> --trap $<TARGET_FILE:trap>)
  set_tests_properties(crash_containment PROPERTIES LABELS program)
endif()
