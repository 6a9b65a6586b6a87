# Benchmarks: built when asked for (`./dev bench`), never part of the tests.
if(TARGET overt_grammar)
  add_executable(parse_bench EXCLUDE_FROM_ALL ${CMAKE_CURRENT_SOURCE_DIR}/bench/parse_bench.cc)
  target_compile_options(parse_bench PRIVATE ${OVERT_WARNINGS})
  target_link_libraries(parse_bench PRIVATE overt_grammar)
  if(NOT OVERT_SANITIZE)
    target_link_libraries(parse_bench PRIVATE mimalloc)
  endif()
endif()
