# Targets for the layers of layers.txt: one static library a folder, each linking what it may include.
#
#   overt_layer(checker/bind)      -> library overt_checker_bind from checker/bind/**/*.cc, tools left out

set(OVERT_NPM ${CMAKE_SOURCE_DIR}/third_party/node_modules CACHE PATH "where `npm ci` put the pinned packages")
option(OVERT_WERROR "warnings are errors" ON)
set(OVERT_WARNINGS -Wall -Wextra -Wconversion -Wshadow $<$<BOOL:${OVERT_WERROR}>:-Werror> $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>)
set(OVERT_LIBRARIES "" CACHE INTERNAL "layers so far, lowest first")

# tree-sitter's runtime and its grammar of Python, from the pinned npm packages' C sources.
function(overt_tree_sitter)
  set(runtime ${OVERT_NPM}/tree-sitter/vendor/tree-sitter/lib)
  set(python ${OVERT_NPM}/tree-sitter-python/src)
  if(NOT EXISTS ${python}/parser.c)
    message(FATAL_ERROR "the pinned npm packages are missing below ${OVERT_NPM}: run ./dev setup")
  endif()
  # The runtime is `lib.c` file by file, with a character reader and an allocator of our own (grammar/syntax/lexer.c,
  # tree_memory.h) in place of the general ones; each header put in front of a file says why. Queries are left out.
  set(ours ${CMAKE_SOURCE_DIR}/grammar/syntax)
  set(runtime_sources)
  foreach(name alloc get_changed_ranges language node parser stack subtree tree tree_cursor wasm_store)
    list(APPEND runtime_sources ${runtime}/src/${name}.c)
  endforeach()
  list(APPEND runtime_sources ${ours}/lexer.c)
  add_library(overt_tree_sitter STATIC ${runtime_sources} ${python}/parser.c ${python}/scanner.c)
  set_source_files_properties(${runtime_sources} PROPERTIES COMPILE_OPTIONS "-include;${ours}/tree_lengths.h")
  set_source_files_properties(${python}/parser.c PROPERTIES COMPILE_OPTIONS "-include;${ours}/character_sets.h")
  set_target_properties(overt_tree_sitter PROPERTIES UNITY_BUILD OFF)  # C: its files share names of their own
  target_include_directories(overt_tree_sitter SYSTEM PUBLIC ${runtime}/include)
  target_include_directories(overt_tree_sitter SYSTEM PRIVATE ${runtime}/src ${python})
  target_include_directories(overt_tree_sitter PRIVATE ${CMAKE_SOURCE_DIR})
  # Its arrays of all types are handled as arrays of one: wrong by C's aliasing rules once the allocator is inlined.
  target_compile_options(overt_tree_sitter PRIVATE -w -fno-strict-aliasing $<$<NOT:$<CONFIG:Release>>:-O2>
    "SHELL:-include ${ours}/tree_memory.h")
  if(OVERT_SANITIZE AND CMAKE_C_COMPILER_ID STREQUAL "Clang")
    # The generated scanner leaves out `void` where it takes no arguments.
    target_compile_options(overt_tree_sitter PRIVATE -fno-sanitize=function)
  endif()
  if(OVERT_FUZZ)
    # The fuzzers learn nothing from the comparisons of a table-driven parser, and half their time goes there.
    target_compile_options(overt_tree_sitter PRIVATE -fno-sanitize-coverage=trace-cmp)
  endif()
  # The private headers, for grammar/syntax only.
  add_library(overt_tree_sitter_private INTERFACE)
  target_include_directories(overt_tree_sitter_private SYSTEM INTERFACE ${runtime}/src)
endfunction()

# The revision and the flags that `overt version --verbose` tells. Looked at in every build; one file depends on it.
function(overt_build_info library)
  set(flags)
  if(OVERT_RELEASE)
    string(APPEND flags ", hardened")
  endif()
  if(OVERT_PROFILE AND NOT OVERT_PROFILE STREQUAL "GENERATE")
    string(APPEND flags ", profile-guided")
  endif()
  if(OVERT_SANITIZE)
    string(APPEND flags ", sanitized (${OVERT_SANITIZE})")
  endif()
  set(header ${CMAKE_BINARY_DIR}/generated/checker/driver/build_info.h)
  add_custom_target(build_info BYPRODUCTS ${header} COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}
    -DOUTPUT=${header} "-DFLAGS=${flags}" -P ${CMAKE_SOURCE_DIR}/cmake/BuildInfo.cmake VERBATIM)
  add_dependencies(${library} build_info)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/checker/driver/version.cc PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

function(overt_layer folder)
  string(REPLACE "/" "_" name overt_${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cc ${CMAKE_SOURCE_DIR}/${folder}/*.c)
  list(FILTER sources EXCLUDE REGEX "/tools/|/grammar/syntax/lexer\\.c$")
  if(NOT sources)
    return()
  endif()
  if(folder STREQUAL "diagnostics")
    set(embedded ${CMAKE_BINARY_DIR}/generated/diagnostics/rule_docs.cc)
    file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/diagnostics/docs/*.md)
    add_custom_command(OUTPUT ${embedded} DEPENDS ${pages} ${CMAKE_SOURCE_DIR}/cmake/EmbedDocs.cmake
      COMMAND ${CMAKE_COMMAND} -DPAGES=${CMAKE_SOURCE_DIR}/diagnostics/docs -DOUTPUT=${embedded}
              -P ${CMAKE_SOURCE_DIR}/cmake/EmbedDocs.cmake VERBATIM)
    list(APPEND sources ${embedded})
  endif()
  add_library(${name} STATIC ${sources})
  foreach(source IN LISTS sources)
    if(source MATCHES "\\.c$")
      set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
  if(folder STREQUAL "checker/driver")
    overt_build_info(${name})
  endif()
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
  target_compile_options(${name} PRIVATE ${OVERT_WARNINGS})
  target_link_libraries(${name} PUBLIC ${OVERT_LIBRARIES} absl::strings absl::flat_hash_map absl::flat_hash_set
    absl::inlined_vector absl::status absl::statusor absl::synchronization absl::span absl::time
    TBB::tbb overt::json overt::cli11 overt::toml overt::xxhash overt::utf8proc overt::lmdb)
  if(folder STREQUAL "grammar")
    target_link_libraries(${name} PRIVATE overt_tree_sitter overt_tree_sitter_private)
  endif()
  set(OVERT_LIBRARIES ${name} ${OVERT_LIBRARIES} CACHE INTERNAL "layers so far, lowest first")
endfunction()

# typeshed, compiled to one file beside the binary.
function(overt_stub_index)
  set(typeshed ${OVERT_NPM}/pyright/dist/typeshed-fallback)
  set(index ${CMAKE_BINARY_DIR}/typeshed.overt-stubs)
  add_executable(compile_stubs ${CMAKE_SOURCE_DIR}/stubs/tools/compile_stubs.cc)
  target_compile_options(compile_stubs PRIVATE ${OVERT_WARNINGS})
  target_link_libraries(compile_stubs PRIVATE overt_stubs)
  add_custom_command(OUTPUT ${index} COMMAND compile_stubs ${typeshed} ${index}
    DEPENDS compile_stubs ${typeshed}/commit.txt COMMENT "Compiling typeshed" VERBATIM)
  add_custom_target(stub_index ALL DEPENDS ${index})
  if(TARGET overt)
    add_dependencies(overt stub_index)
  endif()
endfunction()
