# What the presets ask for: sanitizers, the profile-guided and hardened release, fuzzing.

set(OVERT_SANITIZE "" CACHE STRING "sanitizers, comma-separated")
set(OVERT_PROFILE "" CACHE STRING "GENERATE, or the path of a merged profile to use")
option(OVERT_RELEASE "link-time optimisation and hardening" OFF)
option(OVERT_FUZZ "build the libFuzzer targets" OFF)

if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # libstdc++ 12's own std::stable_sort calls what that library declares deprecated; clang says so at every call.
  add_compile_options(-Wno-deprecated-declarations)
endif()
if(OVERT_SANITIZE)
  add_compile_options(-fsanitize=${OVERT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${OVERT_SANITIZE})
endif()
if(OVERT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(OVERT_RELEASE)
  # Some distributions' GCC defines its own level beforehand.
  add_compile_options(-O3 -ffunction-sections -fdata-sections -fstack-protector-strong
    $<$<CXX_COMPILER_ID:GNU>:-U_FORTIFY_SOURCE> -D_FORTIFY_SOURCE=2)
  add_link_options(-Wl,--gc-sections -Wl,-z,relro,-z,now -Wl,--as-needed -pie)
  find_program(OVERT_LLD ld.lld-19)
  # Counters are put in before anything is linked: the first stage is spared the slow link.
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang AND OVERT_LLD AND NOT OVERT_PROFILE STREQUAL "GENERATE")
    add_compile_options(-flto=thin)
    add_link_options(-flto=thin -fuse-ld=lld-19)
  endif()
endif()
if(OVERT_PROFILE STREQUAL "GENERATE")
  add_compile_options(-fprofile-generate)
  add_link_options(-fprofile-generate)
elseif(OVERT_PROFILE)
  add_compile_options(-fprofile-use=${OVERT_PROFILE} -Wno-profile-instr-unprofiled -Wno-profile-instr-out-of-date -Wno-backend-plugin)
  add_link_options(-fprofile-use=${OVERT_PROFILE})
endif()
