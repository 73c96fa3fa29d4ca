# Gives the targets nutgraf::nutgraf (shared) and nutgraf::static.
set(nutgraf_VERSION "@VERSION@")
get_filename_component(_nutgraf_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET nutgraf::nutgraf)
  add_library(nutgraf::nutgraf SHARED IMPORTED)
  set_target_properties(nutgraf::nutgraf PROPERTIES
    IMPORTED_LOCATION "${_nutgraf_prefix}/lib/libnutgraf.so"
    IMPORTED_SONAME "libnutgraf.so.0"
    INTERFACE_INCLUDE_DIRECTORIES "${_nutgraf_prefix}/include")
  add_library(nutgraf::static STATIC IMPORTED)
  set_target_properties(nutgraf::static PROPERTIES
    IMPORTED_LOCATION "${_nutgraf_prefix}/lib/libnutgraf.a"
    INTERFACE_INCLUDE_DIRECTORIES "${_nutgraf_prefix}/include"
    INTERFACE_LINK_LIBRARIES "gcc_s;util;rt;pthread;m;dl;c")
endif()
