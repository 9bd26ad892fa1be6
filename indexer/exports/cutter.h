/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What formats share whose items end where the next one begins, or at a mark behind them: the bytes of a
   stream, taken out of its window and held until it is known where the item ends. Held are an item and a
   window, however large the file.

     g_autoptr(OnrCutter) cutter = onr_cutter_open(stream, error);
     while (onr_cutter_next_line(cutter, stream, &line, error))
       if (begins_an_item(&line)) take(onr_cutter_take(cutter, cutter->line, &item_error));

   or, without lines: onr_cutter_more until onr_cutter_bytes show the end, then onr_cutter_take. */
#pragma once

#include "indexer/stream.h"

G_BEGIN_DECLS

/* A line is looked at up to here; what follows of it is a piece that begins no line. */
#define ONR_CUTTER_LINE_BYTES (64u << 10)

typedef struct {
  GByteArray *held; /* [begin, len) is the item's, taken so far */
  gsize begin;
  gsize at;   /* behind the last line that was given */
  gsize line; /* where that line begins */
  gboolean is_inside_line;
  gboolean is_over_limit; /* the item's beginning was let go */
  char *charset;          /* that the first bytes are in, where they are no UTF-8; NULL: not known */
} OnrCutter;

typedef struct {
  const char *text; /* with its line end; valid until the next call */
  gsize length;
  gboolean is_whole; /* TRUE where it begins a line: of a very long one only the first piece */
} OnrLine;

/* Begins with a stream's first byte: UTF-16 and UTF-32 become UTF-8 (LIMIT as onr_stream_decode), a byte order
   mark goes, the encoding is guessed from what can be seen without reading on. */
OnrCutter *onr_cutter_open(OnrStream *stream, GError **error);
void onr_cutter_free(OnrCutter *cutter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrCutter, onr_cutter_free)

/* The bytes held from the item's first on; valid until the next call. */
static inline const char *onr_cutter_bytes(const OnrCutter *cutter, gsize *n_bytes) {
  *n_bytes = cutter->held->len - cutter->begin;
  return cutter->held->data ? (const char *)cutter->held->data + cutter->begin : "";
}

/* Takes more of the stream; FALSE at its end, or with ERROR where it fails. */
gboolean onr_cutter_more(OnrCutter *cutter, OnrStream *stream, GError **error);

/* The next line. An item that grows beyond ONR_MAX_ITEM_BYTES is let go, and is_over_limit says so. FALSE at the
   end, or with ERROR. */
gboolean onr_cutter_next_line(OnrCutter *cutter, OnrStream *stream, OnrLine *line, GError **error);

/* The item's bytes up to END, a place as `at` and `line` are; the next item begins there. LIMIT where it was too
   long. */
GBytes *onr_cutter_take(OnrCutter *cutter, gsize end, GError **error);

/* The next item begins at END; what is before it is none's. */
void onr_cutter_drop(OnrCutter *cutter, gsize end);

G_END_DECLS
