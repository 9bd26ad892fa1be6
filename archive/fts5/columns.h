/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One number an item: lengths, days, traits, and which quotes are an article's. Kept in memory in chunks of
   ONR_CHUNK_ROWS, each read from the record's file when it is first asked for, so that a short command over a
   large archive reads what it touches only.

   On disk a chunk is one blob in fts5_column, as wide (1, 2 or 4 bytes a number, little end first) as its
   largest number needs; rows without a chunk have 0. */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"

G_BEGIN_DECLS

#define ONR_CHUNK_ROWS 4096
/* Stored in archives: numbers never change meaning. */
typedef enum {
  ONR_ARTICLE_LENGTH = 0,      /* 1 + sum of wdf of forms; 0: no such article */
  ONR_ARTICLE_DAY = 1,         /* see onr_day_encode */
  ONR_ARTICLE_FIRST_QUOTE = 2, /* row of its first quote */
  ONR_ARTICLE_N_QUOTES = 3,
  ONR_QUOTE_LENGTH = 4,  /* 1 + number of forms; 0: no such quote */
  ONR_QUOTE_ARTICLE = 5, /* row of its article */
  ONR_QUOTE_TRAITS = 6,  /* see onr_traits_encode */
  ONR_N_COLUMNS
} OnrColumn;

typedef struct {
  guint32 *numbers; /* ONR_CHUNK_ROWS of them */
  gboolean is_dirty;
} OnrChunk;

typedef struct {
  OnrRecord *record;
  GArray *chunks[ONR_N_COLUMNS];  /* OnrChunk; numbers NULL: not read yet */
  gint64 n_chunks[ONR_N_COLUMNS]; /* on disk; -1: not asked yet */
  GError *error;                  /* the first that a read met; numbers read after it are 0 */
} OnrColumns;

OnrColumns *onr_columns_new(OnrRecord *record);
void onr_columns_free(OnrColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrColumns, onr_columns_free)

/* Forgets all that is in memory, written or not. */
void onr_columns_forget(OnrColumns *columns);
/* Writes what was set. What is in memory stays. */
gboolean onr_columns_flush(OnrColumns *columns, GError **error);

/* Hands over the error that reads since the last call met, if any; FALSE when there was one. */
gboolean onr_columns_check(OnrColumns *columns, GError **error);

/* Every row of COLUMN is below this. */
guint32 onr_columns_end(OnrColumns *columns, OnrColumn column);

/* For onr_columns_get: the chunk's numbers, read now; never NULL. */
const guint32 *onr_columns_load(OnrColumns *columns, OnrColumn column, guint32 chunk);
void onr_columns_set(OnrColumns *columns, OnrColumn column, guint32 row, guint32 number);

static inline guint32 onr_columns_get(OnrColumns *columns, OnrColumn column, guint32 row) {
  guint32 chunk = row / ONR_CHUNK_ROWS;
  const GArray *chunks = columns->chunks[column];
  const guint32 *numbers = chunk < chunks->len ? g_array_index(chunks, OnrChunk, chunk).numbers : NULL;
  if (!numbers)
    numbers = onr_columns_load(columns, column, chunk);
  return numbers[row % ONR_CHUNK_ROWS];
}

/* A day in 32 bits, in order; ONR_NO_DAY is 0, as it is for rows without a number. */
static inline guint32 onr_day_encode(gint32 day) {
  return (guint32)day ^ 0x80000000u;
}

static inline gint32 onr_day_decode(guint32 number) {
  return (gint32)(number ^ 0x80000000u);
}

/* Kind, act and confidence of a quote: 2, 1 and 7 bits. */
static inline guint32 onr_traits_encode(guint kind, guint act, guint confidence) {
  return kind | act << 2 | confidence << 3;
}

static inline guint onr_traits_kind(guint32 traits) {
  return traits & 3;
}

static inline guint onr_traits_act(guint32 traits) {
  return traits >> 2 & 1;
}

static inline guint onr_traits_confidence(guint32 traits) {
  return traits >> 3 & 127;
}

G_END_DECLS
