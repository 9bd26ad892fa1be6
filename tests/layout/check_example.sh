#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_example.sh SOURCE_DIR. The reader that CONTRIBUTING.md shows is the one that is built, word for word.
set -u
cd "$1" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
awk '/^The smallest is NITF/ {wanted = 1} wanted && /^```$/ {exit} inside {print} wanted && /^```c$/ {inside = 1}' CONTRIBUTING.md >"$scratch/shown"
sed -n '/^static const char \*const ENDINGS/,$p' indexer/readers/nitf.c >"$scratch/built"
[ -s "$scratch/shown" ] && diff "$scratch/shown" "$scratch/built" && echo "$(wc -l <"$scratch/built") lines, the same"
