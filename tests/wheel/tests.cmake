# The wheel of the release build; other builds are never published.
if(TARGET overt AND OVERT_RELEASE)
  add_test(NAME wheel COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/wheel/wheel_test.py --source ${CMAKE_SOURCE_DIR}
    --overt $<TARGET_FILE:overt>)
  set_tests_properties(wheel PROPERTIES LABELS program RUN_SERIAL ON TIMEOUT 900)
endif()
