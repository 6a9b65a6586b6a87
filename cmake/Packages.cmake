# The libraries that overt is built with: Debian's packages, or the same packages unpacked into the build folder.
#
#   include(Packages)      -> targets absl::…, TBB::tbb, mimalloc, overt::json, overt::cli11, overt::toml, overt::xxhash,
#                             overt::utf8proc, overt::lmdb
#
# A release takes archives (`.a`) where there are any: a program that loads forty libraries has spent more time on that
# than on a small file. TBB and mimalloc exist as shared libraries only.

set(OVERT_FETCH_PACKAGES OFF CACHE BOOL "fetch Debian packages that are missing into the build folder, without root")

function(overt_fetch_packages)
  find_path(has_absl absl/strings/string_view.h)
  find_path(has_tbb tbb/parallel_for_each.h)
  find_path(has_mimalloc mimalloc.h PATH_SUFFIXES mimalloc-2.0 mimalloc)
  find_path(has_lmdb lmdb.h)
  find_path(has_xxhash xxhash.h)
  find_path(has_utf8proc utf8proc.h)
  find_path(has_json nlohmann/json.hpp)
  find_path(has_cli11 CLI/CLI.hpp)
  find_path(has_toml toml++/toml.h)
  if(has_absl AND has_tbb AND has_mimalloc AND has_lmdb AND has_xxhash AND has_utf8proc AND has_json AND has_cli11 AND has_toml)
    return()
  endif()
  set(prefix ${CMAKE_BINARY_DIR}/packages)
  if(NOT EXISTS ${prefix}/complete)
    message(STATUS "some libraries are missing: fetching Debian's packages into ${prefix}")
    execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/fetch_packages.sh ${prefix} RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR "the libraries could not be fetched. Install them by hand (Debian, Ubuntu): "
        "apt install libabsl-dev libtbb-dev libmimalloc-dev liblmdb-dev libxxhash-dev libutf8proc-dev "
        "nlohmann-json3-dev libcli11-dev libtomlplusplus-dev")
    endif()
  endif()
  list(PREPEND CMAKE_PREFIX_PATH ${prefix}/usr)
  set(CMAKE_PREFIX_PATH ${CMAKE_PREFIX_PATH} PARENT_SCOPE)
endfunction()

# A library that is a header and one file: the archive in a release if there is one.
function(overt_library name header file)
  find_path(OVERT_${name}_HEADERS ${header} REQUIRED)
  add_library(overt_${name} INTERFACE)
  add_library(overt::${name} ALIAS overt_${name})
  target_include_directories(overt_${name} SYSTEM INTERFACE ${OVERT_${name}_HEADERS})
  if(file)
    set(names ${file})
    if(OVERT_RELEASE)
      set(names lib${file}.a ${file})
    endif()
    find_library(OVERT_${name}_LIBRARY NAMES ${names} REQUIRED)
    target_link_libraries(overt_${name} INTERFACE ${OVERT_${name}_LIBRARY})
  endif()
endfunction()

# Debian's targets of abseil name the shared libraries; the archives lie beside them.
function(overt_take_archives)
  get_property(targets DIRECTORY PROPERTY IMPORTED_TARGETS)
  list(FILTER targets INCLUDE REGEX "^absl::")
  foreach(target IN LISTS targets)
    get_target_property(shared ${target} IMPORTED_LOCATION_NONE)
    if(shared MATCHES "\\.so")
      string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive ${shared})
      if(EXISTS ${archive})
        set_target_properties(${target} PROPERTIES IMPORTED_LOCATION_NONE ${archive})
      endif()
    endif()
  endforeach()
endfunction()

if(OVERT_FETCH_PACKAGES)
  overt_fetch_packages()
endif()
find_package(absl REQUIRED)
if(OVERT_RELEASE)
  overt_take_archives()
endif()
find_package(TBB REQUIRED)
find_package(mimalloc REQUIRED)
overt_library(json nlohmann/json.hpp "")
overt_library(cli11 CLI/CLI.hpp "")
# Header only: its shared library would throw into a program that may bring a C++ runtime of its own.
overt_library(toml toml++/toml.h "")
overt_library(xxhash xxhash.h xxhash)
overt_library(utf8proc utf8proc.h utf8proc)
overt_library(lmdb lmdb.h lmdb)
