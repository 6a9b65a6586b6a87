# The command line's transcripts, with the program as it was built.
if(TARGET overt)
  add_test(NAME cli COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/cli/run.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(cli PROPERTIES LABELS "program;code" TIMEOUT 1200)
endif()
