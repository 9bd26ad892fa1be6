/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Articles made for the tests of shards: invented people in several spellings, quotes of all kinds, publishers, sections, languages, days and addresses. The same in every run. */
#pragma once

#include <glib.h>

#define ARTICLES_N 360
#define ARTICLES_N_SHARDS 4

/* Writes one file of JSON Lines for each shard, DIR/0/wire.jsonl to DIR/3/wire.jsonl. The shards are of different sizes, and each has words and people that the others hardly
   have, so that what one of them counts by itself is not what all of them count. */
void articles_write(const char *dir);

/* One article more, as a line of such a file; the caller frees it. */
char *articles_line(const char *id, const char *title, const char *text);
