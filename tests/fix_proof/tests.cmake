# The proof of the bulk fix, on the interpreter's own library: no network, some 600 files.
if(TARGET overt)
  add_test(NAME fix_proof COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/fix_proof/run.py --overt $<TARGET_FILE:overt>
    --stdlib --at-least 500 1500)
  set_tests_properties(fix_proof PROPERTIES LABELS program TIMEOUT 600)
endif()
