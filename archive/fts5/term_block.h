/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks of a run (term_runs.h): keys in byte order, each with two counts, packed into some KiB. A key is
   written as what it shares with the one before it, so that a dictionary takes a third of what one row a term
   takes.

   An entry: the length that the key shares with its predecessor's (0 for the block's first), the length of
   the rest, the rest, then n_items and n_postings. The four numbers are SQLite's variable-length integers
   (segments.h), the counts, which may be negative, doubled, an odd one standing for -(n + 1) / 2. */
#pragma once

#include "text/terms.h"

G_BEGIN_DECLS

/* Two blocks fill a page of the record's file. */
#define ONR_TERM_BLOCK_BYTES 4040
/* A stem, a NUL and a form: dictionary.c. */
#define ONR_TERM_KEY_MAX (2 * ONR_TERM_MAX + 1)

typedef struct {
  gint64 n_items, n_postings; /* to be added to what other runs say of the key */
  guint length;
  char key[ONR_TERM_KEY_MAX + 1]; /* a NUL follows the key, which may hold one itself */
} OnrTermEntry;

/* The order of keys: by bytes, a key before those that it begins. */
int onr_term_key_compare(const char *a, guint a_length, const char *b, guint b_length);

/* --- reading: any bytes may be given --- */

typedef struct {
  const guint8 *at, *end;
  gboolean is_damaged; /* entries ended at what is no entry, or is out of order */
  OnrTermEntry entry;  /* the last that was read; of length 0 before the first */
} OnrTermBlockReader;

/* BYTES: borrowed as long as READER is used. */
void onr_term_block_reader_init(OnrTermBlockReader *reader, const guint8 *bytes, gsize n_bytes);
/* Reads the next entry into READER->entry; FALSE at the end, and at damage. */
gboolean onr_term_block_reader_next(OnrTermBlockReader *reader);
/* Reads on to the first entry whose key is KEY or comes after it; FALSE where the block has none. */
gboolean onr_term_block_reader_seek(OnrTermBlockReader *reader, const char *key, guint length);

/* --- writing --- */

typedef struct {
  guint n_bytes;
  guint last_length;
  char last[ONR_TERM_KEY_MAX];
  guint8 bytes[ONR_TERM_BLOCK_BYTES];
} OnrTermBlockWriter;

void onr_term_block_writer_reset(OnrTermBlockWriter *writer);
/* KEY must be of 1 to ONR_TERM_KEY_MAX bytes and come after the last. FALSE where the block has no room for
 * it. */
gboolean onr_term_block_writer_add(OnrTermBlockWriter *writer, const char *key, guint length, gint64 n_items,
                                   gint64 n_postings);

G_END_DECLS
