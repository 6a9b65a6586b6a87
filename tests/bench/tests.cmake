# Benchmarks: built when asked for (`./dev bench`). Times are never part of the tests.
find_package(benchmark REQUIRED)
foreach(name parse_bench bind_bench)
  add_executable(${name} EXCLUDE_FROM_ALL ${CMAKE_CURRENT_SOURCE_DIR}/bench/${name}.cc)
  target_compile_options(${name} PRIVATE ${OVERT_WARNINGS})
  if(NOT OVERT_SANITIZE)
    target_link_libraries(${name} PRIVATE mimalloc)
  endif()
endforeach()
target_link_libraries(parse_bench PRIVATE overt_grammar)
target_link_libraries(bind_bench PRIVATE ${OVERT_LIBRARIES} benchmark::benchmark)

# How the work grows is counted, so that it can be held on any machine. valgrind cannot run a sanitized program.
if(TARGET overt AND NOT OVERT_SANITIZE)
  add_test(NAME growth COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/bench/growth_test.py --overt $<TARGET_FILE:overt>)
  set_tests_properties(growth PROPERTIES LABELS program SKIP_RETURN_CODE 77 TIMEOUT 300)
endif()
