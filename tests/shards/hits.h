/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `--format jsonl` has written, compared. */
#pragma once

#include <glib.h>

/* Fails the test unless GOT has the records of WANTED in their order: the same members, but that scores may differ by 1e-9 of themselves, and but for "speaker": over shards that is
   the name that the article has, in one archive that which the archive knows its identity by. WHAT names the run. Returns the number of records. */
guint hits_expect_same(const char *wanted, const char *got, const char *what);

/* OUTPUT without its counts of distinct hits: copies are known within an archive, so several know others. The caller
   frees it. */
char *hits_without_distinct(const char *output);
