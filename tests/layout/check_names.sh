#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_names.sh NM LIBRARY… The modules' libraries define no global name twice: the linker takes the first that
# it meets and says nothing.
set -u
nm=$1
shift
twice=$(for library; do "$nm" --defined-only --extern-only "$library"; done |
  awk '$2 ~ /^[TDRBV]$/ && $3 !~ /^__/ {print $3}' | sort | uniq -d)
if [ -n "$twice" ]; then
  printf 'defined in two places:\n%s\n' "$twice"
  exit 1
fi
echo "$# libraries, no name defined twice"
