#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_headers.sh COMPILER FLAGS_DIR SOURCE_DIR. Every header compiles alone, with its module's include paths.
set -u
cc=$1 flags=$2 source=$3
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0 headers=0
for module in text annotate archive indexer query cli; do
  for header in $(cd "$source" && find "$module" -name '*.h' | sort); do
    printf '#include "%s"\n' "$header" >"$scratch/include.c"
    headers=$((headers + 1))
    if ! "$cc" -std=c17 -Wall -Wextra -Werror -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -fsyntax-only \
      @"$flags/$module.flags" "$scratch/include.c" 2>"$scratch/errors"; then
      echo "$header does not compile alone:" && cat "$scratch/errors"
      failures=$((failures + 1))
    fi
  done
done
echo "$headers headers, $failures that do not compile alone"
[ "$failures" = 0 ] && [ "$headers" -gt 0 ]
