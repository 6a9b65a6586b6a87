# How `run.py` counts, with an oracle that is made up. The real one, and the packages that it judges, lie elsewhere.
if(TARGET overt)
  add_test(NAME override_truth
    COMMAND python3 -B ${CMAKE_CURRENT_SOURCE_DIR}/override_truth/run_test.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(override_truth PROPERTIES LABELS program)
endif()
