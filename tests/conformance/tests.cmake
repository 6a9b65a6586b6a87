# The typing conformance suite, where it is at hand: what passes may only improve.
if(TARGET overt)
  add_test(NAME conformance COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/conformance/run.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(conformance PROPERTIES LABELS program SKIP_RETURN_CODE 77)
endif()
