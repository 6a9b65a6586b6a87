# `overt check --watch`: every report is that of a run that begins at that moment.
if(TARGET overt)
  add_test(NAME watch COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/watch/watch_test.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(watch PROPERTIES LABELS "program;code" TIMEOUT 900)
endif()
