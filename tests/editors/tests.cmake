# The documented configurations, in the editors that are here: Neovim is among what `./dev setup` installs, of Emacs and of
# newer Neovims what is not installed is skipped. pytest-lsp comes from PyPI, once. Without a display; each its own process.
if(TARGET overt AND NOT OVERT_SANITIZE)
  foreach(name neovim emacs)
    add_test(NAME editors_${name} COMMAND python3 -B ${CMAKE_CURRENT_SOURCE_DIR}/editors/${name}_test.py
      --overt $<TARGET_FILE:overt> --only-installed)
  endforeach()
  add_test(NAME editors_pytest_lsp COMMAND python3 -B ${CMAKE_CURRENT_SOURCE_DIR}/editors/pytest_lsp_test.py
    --overt $<TARGET_FILE:overt>)
  set_tests_properties(editors_neovim editors_emacs editors_pytest_lsp PROPERTIES LABELS program SKIP_RETURN_CODE 77
    TIMEOUT 600)
endif()
