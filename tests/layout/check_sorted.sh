#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_sorted.sh SOURCE_DIR. Each table that bsearch() looks in is in the order of its bytes, without an entry twice, and
# none stands behind a beginning ("share*") that takes what it stands for: what is out of order is never found.
set -u
cd "$1" || exit 1
export LC_ALL=C
failures=0 n_tables=0

# The strings of TABLE in FILE, one a line: of a table of structures the first of each.
strings_of() {
  awk -v table="$2" '
    index($0, " " table "[] = {") && !inside { inside = 1; $0 = substr($0, index($0, "= {") + 3) }
    inside {
      line = $0
      if (line ~ /\{/) structures = 1
      while (match(line, structures ? "\\{\"([^\"\\\\]|\\\\.)*\"" : "\"([^\"\\\\]|\\\\.)*\"")) {
        found = substr(line, RSTART, RLENGTH)
        sub(/^\{?"/, "", found); sub(/"$/, "", found)
        print found
        line = substr(line, RSTART + RLENGTH)
      }
      if ($0 ~ /};/) exit
    }' "$1"
}

for file in $(grep -l 'bsearch(' ./*/*.c ./*/*/*.c); do
  for table in $(sed -n 's/.*bsearch([^,]*, \([A-Za-z_]*\),.*/\1/p' "$file" | sort -u); do
    n_tables=$((n_tables + 1))
    strings=$(strings_of "$file" "$table")
    if [ -z "$strings" ]; then
      echo "$file: no strings found in $table[]"
      failures=$((failures + 1))
    elif ! why=$(printf '%s\n' "$strings" | sort -c -u 2>&1); then
      echo "$file: $table[] is not sorted: $why"
      failures=$((failures + 1))
    fi
    covered=$(printf '%s\n' "$strings" | awk '
      beginning != "" && index($0, beginning) == 1 { print "\"" $0 "\" behind \"" beginning "*\"" }
      /\*$/ && !(beginning != "" && index($0, beginning) == 1) { beginning = substr($0, 1, length($0) - 1) }')
    if [ -n "$covered" ]; then
      echo "$file: in $table[]: $covered"
      failures=$((failures + 1))
    fi
  done
done
if [ "$n_tables" -lt 9 ]; then
  echo "$n_tables tables found: there were nine when this was written"
  failures=$((failures + 1))
fi
echo "$n_tables tables, $failures out of order"
[ "$failures" -eq 0 ]
