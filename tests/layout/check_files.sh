#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_files.sh SOURCE_DIR. Rules that a compiler does not see: no include leaves its module by "../", each
# source file says its licence in its first lines, and one file alone is C++ and knows Xapian.
set -u
cd "$1" || exit 1
failures=0

sources() {
  find text annotate archive indexer query cli tests bench cmake scripts .ci CMakeLists.txt -type f \
    \( -name '*.[ch]' -o -name '*.cc' -o -name '*.sh' -o -name '*.py' -o -name '*.cmake' -o -name CMakeLists.txt \
    -o -path 'scripts/*' -o -path '.ci/*' \) ! -name '*.pyc'
}

for file in $(sources); do
  if [ "$file" != archive/xapian/xapian_c.cc ]; then
    case $file in
      *.[ch])
        if grep -n '#include *[<"]xapian' "$file"; then
          echo "$file includes Xapian: what is wanted of it goes through archive/xapian/xapian_c.h"
          failures=$((failures + 1))
        fi
        ;;
      *.cc)
        echo "$file is C++: the one C++ file is archive/xapian/xapian_c.cc"
        failures=$((failures + 1))
        ;;
    esac
  fi
  case $file in
    *.[ch] | *.cc)
      if grep -n '#include *["<]\.\./' "$file"; then
        echo "$file includes by way of ../: name the header from its module, \"module/header.h\""
        failures=$((failures + 1))
      fi
      ;;
  esac
  if ! head -n 3 "$file" | grep -q 'SPDX-License-Identifier: '; then
    echo "$file has no SPDX-License-Identifier in its first three lines"
    failures=$((failures + 1))
  fi
done
echo "$(sources | wc -l) files, $failures faults"
[ "$failures" = 0 ]
