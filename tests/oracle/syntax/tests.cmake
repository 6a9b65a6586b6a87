# CPython's `compile()` against our verdict: 3.11 where it is installed, 3.14 and 3.15 as WebAssembly under Node.
add_executable(verdict_tool ${CMAKE_CURRENT_LIST_DIR}/verdict_main.cc)
target_compile_options(verdict_tool PRIVATE ${OVERT_WARNINGS})
target_link_libraries(verdict_tool PRIVATE ${OVERT_LIBRARIES})
