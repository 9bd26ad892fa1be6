# SPDX-License-Identifier: GPL-2.0-or-later
# The libraries that all folders may use, and onr_module(), which makes one folder a target that sees
# only the headers of the folders it names: an include against the arrows does not compile.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(GLIB REQUIRED IMPORTED_TARGET glib-2.0>=2.74 gio-2.0)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3>=3.40)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(UCHARDET REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(LIBXML REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(LIBARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0>=3.2)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(LZMA REQUIRED IMPORTED_TARGET liblzma)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
find_package(BZip2 REQUIRED) # has no .pc file in Debian
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(XAPIAN REQUIRED IMPORTED_TARGET xapian-core>=1.4)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
find_path(STEMMER_INCLUDE libstemmer.h REQUIRED)
add_library(onr_stemmer_lib INTERFACE)
target_include_directories(onr_stemmer_lib SYSTEM INTERFACE ${STEMMER_INCLUDE})
target_link_libraries(onr_stemmer_lib INTERFACE ${STEMMER_LIBRARY})

add_library(onr_flags INTERFACE)
target_compile_definitions(onr_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE
  G_LOG_DOMAIN="onrecord" ONR_VERSION="${PROJECT_VERSION}")
target_compile_options(onr_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes> -Wundef
  -Wno-unknown-warning-option)
if(ONR_WERROR)
  target_compile_options(onr_flags INTERFACE -Werror)
endif()
if(ONR_SANITIZE)
  target_compile_options(onr_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
    -fno-sanitize-recover=undefined)
  target_link_options(onr_flags INTERFACE -fsanitize=address,undefined)
endif()
if(ONR_FUZZ)
  target_compile_options(onr_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer
    -fno-sanitize-recover=undefined)
  target_link_options(onr_flags INTERFACE -fsanitize=address,undefined)
endif()
if(ONR_COVERAGE)
  target_compile_options(onr_flags INTERFACE --coverage)
  target_link_options(onr_flags INTERFACE --coverage)
endif()

# Across files: queries and annotation take 3 to 10 % less time. Where the compiler's linker cannot, it is left out.
if(ONR_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(RESULT ONR_HAS_LTO LANGUAGES C CXX)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ${ONR_HAS_LTO})
endif()

# onr_module(NAME SOURCES a.c … SEES text … LIBS PkgConfig::X …)
# Headers are included as "NAME/file.h". The include root of a module is a folder of the build tree that
# holds nothing but a link to the module's own folder, so naming a module in SEES is the only way to its headers.
function(onr_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;SEES;LIBS" ${ARGN})
  set(root ${CMAKE_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)
  add_library(onr_${name} STATIC ${ARG_SOURCES})
  target_include_directories(onr_${name} PUBLIC ${root})
  target_link_libraries(onr_${name} PRIVATE onr_flags ${ARG_LIBS} Threads::Threads PUBLIC PkgConfig::GLIB)
  foreach(lower ${ARG_SEES})
    target_link_libraries(onr_${name} PRIVATE onr_${lower})
  endforeach()
endfunction()
