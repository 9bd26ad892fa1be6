#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_links.sh SOURCE_DIR. Every relative link of the documents leads to a file, and an anchor to a heading.
set -u
cd "$1" || exit 1
broken=0 links=0

# The anchors that a Markdown file's headings make: lower case, blanks to hyphens, other signs left out.
anchors() {
  sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

for document in *.md docs/*.md; do
  folder=$(dirname "$document")
  # shellcheck disable=SC2013 # a link holds no blank
  for link in $(grep -o ']([^)]*)' "$document" | sed 's/^](//; s/)$//' | grep -v '^[a-z]*:'); do
    links=$((links + 1))
    path=${link%%#*} anchor=
    case $link in *#*) anchor=${link#*#} ;; esac
    target=$document
    [ -z "$path" ] || target=$folder/$path
    if [ ! -e "$target" ] || { [ -n "$anchor" ] && ! anchors "$target" | grep -qx "$anchor"; }; then
      echo "$document: ($link) leads nowhere"
      broken=$((broken + 1))
    fi
  done
done
echo "$links links, $broken broken"
[ "$broken" = 0 ] && [ "$links" -gt 0 ]
