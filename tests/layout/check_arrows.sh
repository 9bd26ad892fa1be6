#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_arrows.sh COMPILER FLAGS_DIR. For each pair of modules compiles one include with the include paths of the
# first: along an arrow it must compile, against the arrows the header must not be found.
set -u
cc=$1 flags=$2
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0

# What a module may see beside itself: docs/architecture.md draws it.
seen_by() {
  case $1 in
    text) ;;
    annotate | identity) echo text ;;
    archive) echo text identity ;;
    training) echo text annotate identity ;;
    indexer) echo text annotate identity archive ;;
    query) echo text archive ;;
    cli) echo text annotate archive indexer query ;;
  esac
}

header_of() {
  case $1 in
    text) echo text/token.h ;;
    annotate) echo annotate/annotate.h ;;
    identity) echo identity/resolve.h ;;
    archive) echo archive/archive.h ;;
    indexer) echo indexer/indexer.h ;;
    query) echo query/query.h ;;
  esac
}

# Headers include only what their own module sees, so reaching a header is one thing and compiling it another: the
# preprocessor's "no such file" for this very header is what the arrows promise.
reaches() {
  printf '#include "%s"\n' "$2" >"$scratch/include.c"
  "$cc" -std=c17 -fsyntax-only @"$flags/$1.flags" "$scratch/include.c" 2>"$scratch/errors"
}

for from in text annotate identity archive indexer query cli training; do
  for to in text annotate identity archive indexer query; do
    header=$(header_of "$to")
    case " $from $(seen_by "$from") " in
      *" $to "*)
        if ! reaches "$from" "$header"; then
          echo "$from cannot include $header:" && cat "$scratch/errors"
          failures=$((failures + 1))
        fi
        ;;
      *)
        if reaches "$from" "$header"; then
          echo "$from can include $header, against the arrows"
          failures=$((failures + 1))
        elif ! grep -q "$header.*\(No such file\|not found\)" "$scratch/errors"; then
          echo "$from fails on $header, but not because it is out of reach:" && cat "$scratch/errors"
          failures=$((failures + 1))
        fi
        ;;
    esac
  done
done
[ "$failures" = 0 ] && echo "42 pairs of modules: every include follows the arrows"
exit "$failures"
