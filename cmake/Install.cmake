# What `cmake --install` and the wheel hold: the program, the stub index, and the shared libraries that are not everywhere.
#
#   <scripts>/overt    <data>/share/overt/typeshed.overt-stubs    <data>/share/overt/lib/{libtbb,libmimalloc,…}
#
# The libraries lie below `share` too, since `pip install --target` leaves out what a wheel would put into `lib`.
# There is one C++ runtime for all of them, bundled: TBB needs it as a shared library, and exceptions cross from one to the
# other. Only the C library is taken from the machine.

if(SKBUILD)
  set(scripts ${SKBUILD_SCRIPTS_DIR})
  set(data ${SKBUILD_DATA_DIR})
else()
  set(scripts bin)
  set(data .)
endif()

# The file that a program asks for by name ("libtbb.so.12") when it was linked with `target`'s library.
function(overt_bundle library)
  get_filename_component(real ${library} REALPATH)
  execute_process(COMMAND ${CMAKE_READELF} -d ${real} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCH "soname: \\[([^]]+)\\]" unused "${dynamic}")
  install(PROGRAMS ${real} DESTINATION ${data}/share/overt/lib RENAME ${CMAKE_MATCH_1})
endfunction()

install(TARGETS overt RUNTIME DESTINATION ${scripts})
set_target_properties(overt PROPERTIES INSTALL_RPATH "$ORIGIN/../share/overt/lib")
install(FILES ${CMAKE_BINARY_DIR}/typeshed.overt-stubs DESTINATION ${data}/share/overt)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/NOTICE DESTINATION ${data}/share/overt)

foreach(target TBB::tbb mimalloc)
  get_target_property(location ${target} IMPORTED_LOCATION_RELEASE)
  if(NOT location)
    get_target_property(location ${target} IMPORTED_LOCATION_NONE)
  endif()
  if(NOT location)
    get_target_property(location ${target} LOCATION)
  endif()
  overt_bundle(${location})
endforeach()
foreach(name libstdc++.so.6 libgcc_s.so.1)
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=${name} OUTPUT_VARIABLE location
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  overt_bundle(${location})
endforeach()

# The licences of what is inside, as their packages give them.
foreach(package libabsl-dev libtbb-dev libmimalloc-dev liblmdb-dev libxxhash-dev libutf8proc-dev nlohmann-json3-dev
    libcli11-dev libtomlplusplus-dev libstdc++6)
  find_file(OVERT_LICENCE_${package} copyright PATH_SUFFIXES share/doc/${package}
    PATHS ${CMAKE_BINARY_DIR}/packages/usr /usr NO_DEFAULT_PATH)
  if(OVERT_LICENCE_${package})
    install(FILES ${OVERT_LICENCE_${package}} DESTINATION ${data}/share/overt/licences RENAME ${package})
  endif()
endforeach()
install(FILES ${OVERT_NPM}/tree-sitter/LICENSE DESTINATION ${data}/share/overt/licences RENAME tree-sitter)
install(FILES ${OVERT_NPM}/tree-sitter-python/LICENSE DESTINATION ${data}/share/overt/licences RENAME tree-sitter-python)
install(FILES ${OVERT_NPM}/pyright/dist/typeshed-fallback/LICENSE DESTINATION ${data}/share/overt/licences RENAME typeshed)
