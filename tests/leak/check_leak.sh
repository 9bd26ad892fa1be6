#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# usage: check_leak.sh PROGRAM. Fails unless the deliberate leak fails PROGRAM's run and its absence does not.
set -u
program=$1
if ! "$program" -j1 --filter 'clean/*' >/dev/null 2>&1; then
  echo "a test that frees its memory failed" >&2
  exit 1
fi
if output=$("$program" -j1 --filter 'leaky/*' 2>&1); then
  echo "a test that leaks passed" >&2
  exit 1
fi
case $output in
  *"100 byte(s) leaked"*) echo "the leak of 100 bytes failed the run, as it must" ;;
  *) printf 'the leaking test failed without a leak report:\n%s\n' "$output" >&2; exit 1 ;;
esac
