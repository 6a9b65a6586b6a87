# The documented configurations, in the editors that are here: what is not installed is skipped, and nothing is fetched.
# Without a display, without the network; each its own process, a few seconds long.
if(TARGET overt AND NOT OVERT_SANITIZE)
  foreach(name neovim emacs pytest_lsp)
    add_test(NAME editors_${name} COMMAND python3 -B ${CMAKE_CURRENT_SOURCE_DIR}/editors/${name}_test.py
      --overt $<TARGET_FILE:overt> --only-installed)
    set_tests_properties(editors_${name} PROPERTIES LABELS program SKIP_RETURN_CODE 77 TIMEOUT 600)
  endforeach()
endif()
