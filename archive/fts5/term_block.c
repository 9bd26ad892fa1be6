/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/term_block.h"

#include "archive/fts5/segments.h"

#include <string.h>

#define VARINT_MAX 9 /* bytes */
#define ENTRY_NUMBERS 4

int onr_term_key_compare(const char *a, guint a_length, const char *b, guint b_length) {
  int order = memcmp(a, b, MIN(a_length, b_length));
  return order ? order : (a_length > b_length) - (a_length < b_length);
}

/* --- reading --- */

void onr_term_block_reader_init(OnrTermBlockReader *reader, const guint8 *bytes, gsize n_bytes) {
  reader->at = bytes;
  reader->end = bytes + n_bytes;
  reader->is_damaged = FALSE;
  reader->entry.length = 0;
}

/* 0 where it is cut short: then is_damaged is set. */
static inline guint64 read_number(OnrTermBlockReader *reader) {
  guint64 value = 0;
  guint n = onr_varint_read(reader->at, reader->end, &value);
  reader->at += n;
  reader->is_damaged |= !n;
  return value;
}

static inline gint64 read_signed(OnrTermBlockReader *reader) {
  guint64 value = read_number(reader);
  return (gint64)(value >> 1) ^ -(gint64)(value & 1);
}

/* Whether N_OWN bytes after the first N_SHARED of the last key make a key that comes after it. */
static inline gboolean is_next_key(const OnrTermBlockReader *reader, guint64 n_shared, guint64 n_own) {
  const OnrTermEntry *last = &reader->entry;
  if (n_shared > last->length || !n_own || n_own > ONR_TERM_KEY_MAX - n_shared ||
      n_own > (gsize)(reader->end - reader->at))
    return FALSE;
  return n_shared == last->length || *reader->at > (guint8)last->key[n_shared];
}

/* Reads the lengths and the key; *N_SHARED gets how much of it is the last key's. */
static inline gboolean read_key(OnrTermBlockReader *reader, guint *n_shared) {
  guint64 shared = read_number(reader), own = read_number(reader);
  if (reader->is_damaged || !is_next_key(reader, shared, own))
    return FALSE;
  OnrTermEntry *entry = &reader->entry;
  memcpy(entry->key + shared, reader->at, own);
  entry->length = (guint)(shared + own);
  entry->key[entry->length] = '\0';
  reader->at += own;
  *n_shared = (guint)shared;
  return TRUE;
}

static inline gboolean read_entry(OnrTermBlockReader *reader, guint *n_shared) {
  if (reader->at >= reader->end || reader->is_damaged)
    return FALSE;
  reader->is_damaged = !read_key(reader, n_shared);
  if (reader->is_damaged)
    return FALSE;
  reader->entry.n_items = read_signed(reader);
  reader->entry.n_postings = read_signed(reader);
  return !reader->is_damaged;
}

gboolean onr_term_block_reader_next(OnrTermBlockReader *reader) {
  guint n_shared;
  return read_entry(reader, &n_shared);
}

/* Keys ascend. So as long as keys come before KEY, one that shares more with its predecessor than that shares
   with KEY comes before KEY too, and one that shares less comes after it: bytes are compared only of those
   that share as much. */
gboolean onr_term_block_reader_seek(OnrTermBlockReader *reader, const char *key, guint length) {
  guint n_shared, n_same = 0;
  while (read_entry(reader, &n_shared)) {
    const OnrTermEntry *entry = &reader->entry;
    if (n_shared > n_same)
      continue;
    if (n_shared < n_same)
      return TRUE;
    guint n = MIN(entry->length, length);
    while (n_same < n && entry->key[n_same] == key[n_same])
      n_same++;
    if (n_same == length || (n_same < entry->length && (guint8)entry->key[n_same] > (guint8)key[n_same]))
      return TRUE;
  }
  return FALSE;
}

/* --- writing --- */

void onr_term_block_writer_reset(OnrTermBlockWriter *writer) {
  writer->n_bytes = writer->last_length = 0;
}

static inline guint8 *write_number(guint8 *at, guint64 value) {
  if (value < 0x80) {
    *at = (guint8)value;
    return at + 1;
  }
  guint n = 2;
  while (n < VARINT_MAX && value >> 7 * n)
    n++;
  guint last_bits = n == VARINT_MAX ? 8 : 7;
  at[n - 1] = (guint8)(value & ((1u << last_bits) - 1));
  value >>= last_bits;
  for (guint i = n - 1; i-- > 0; value >>= 7)
    at[i] = (guint8)(0x80 | (value & 0x7f));
  return at + n;
}

static inline guint8 *write_signed(guint8 *at, gint64 value) {
  return write_number(at, (guint64)value << 1 ^ (guint64)(value >> 63));
}

static guint shared_length(const OnrTermBlockWriter *writer, const char *key, guint length) {
  guint n = MIN(writer->last_length, length), i = 0;
  while (i < n && writer->last[i] == key[i])
    i++;
  return i;
}

gboolean onr_term_block_writer_add(OnrTermBlockWriter *writer, const char *key, guint length, gint64 n_items,
                                   gint64 n_postings) {
  g_assert(length > 0 && length <= ONR_TERM_KEY_MAX);
  guint n_shared = shared_length(writer, key, length), n_own = length - n_shared;
  if (writer->n_bytes + n_own + ENTRY_NUMBERS * VARINT_MAX > ONR_TERM_BLOCK_BYTES)
    return FALSE;
  guint8 *at = write_number(write_number(writer->bytes + writer->n_bytes, n_shared), n_own);
  memcpy(at, key + n_shared, n_own);
  at = write_signed(write_signed(at + n_own, n_items), n_postings);
  writer->n_bytes = (guint)(at - writer->bytes);
  memcpy(writer->last + n_shared, key + n_shared, n_own);
  writer->last_length = length;
  return TRUE;
}
