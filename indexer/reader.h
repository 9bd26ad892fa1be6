/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Formats. A reader is one file in readers/ and one line in readers/readers.c. Reading goes in two steps, so that the costly one runs on all cores: `split`
   walks through the file's bytes in order and hands out raw items (a line of JSON Lines, a whole HTML page), `parse` turns one raw item into
   articles' headers and text, on any thread. Containers and compression are the stream's concern, not the reader's. */
#pragma once

#include "archive/article.h"
#include "text/error.h"

G_BEGIN_DECLS

/* Limits; docs/limits.md says what happens beyond each. */
#define ONR_MAX_ITEM_BYTES (256u << 20)     /* of one raw item */
#define ONR_MAX_JSON_DEPTH 200
#define ONR_MAX_FIELD_BYTES 4096            /* of a header field; longer ones are cut at a character */
#define ONR_MAX_EXPANSION_RATIO 1000        /* decompressed : compressed bytes, checked beyond ONR_EXPANSION_FREE_BYTES */
#define ONR_EXPANSION_FREE_BYTES (64u << 20)

/* Decompressed bytes of one file, read forward only. */
typedef struct OnrStream OnrStream;
/* Opens PATH ("-": standard input), sees through gzip by content. */
OnrStream *onr_stream_open(const char *path, GError **error);
void onr_stream_close(OnrStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrStream, onr_stream_close)
/* The first bytes (at most 64 KiB, borrowed), without consuming them: what readers are chosen by. */
const char *onr_stream_peek(OnrStream *stream, gsize *n_bytes, GError **error);
/* Up to and with the next LF, or to the end. NULL at the end (no error) or on an error (FORMAT: truncated or corrupt compression; LIMIT: a
   bomb, or a line over ONR_MAX_ITEM_BYTES, which is passed over so that reading goes on with the next line). */
GBytes *onr_stream_read_line(OnrStream *stream, GError **error);
/* All that is left. */
GBytes *onr_stream_read_all(OnrStream *stream, GError **error);
gboolean onr_stream_is_compressed(const OnrStream *stream);
/* SHA-256 of the file's own bytes as read so far; complete once the end is reached. The caller frees it. */
char *onr_stream_hash(OnrStream *stream);

typedef struct {
  GBytes *bytes;   /* owned */
  char *member;    /* place inside the file: "17" for line 17; "" for a file of one article; owned */
  GError *error;   /* set where the item itself cannot be had (then no bytes); owned */
} OnrRawItem;
void onr_raw_item_clear(OnrRawItem *item);

/* One parsed article is given to the callback with id, title … text set as far as the item states them (id NULL where it has none); *n_replaced counts undecodable bytes. */
typedef struct OnrReader {
  const char *name;             /* "jsonl", in the record and in `status` */
  const char *const *endings;   /* "jsonl", "ndjson"; NULL-terminated */
  /* How sure the reader is that these first bytes are its format: 0 no, 1 by ending only, 2 plausible, 3 certain. */
  int (*probe)(const char *bytes, gsize n_bytes, const char *ending);
  /* Next raw item, TRUE with an item; FALSE at the end, or with ERROR where the rest of the file cannot be read. */
  gboolean (*split)(OnrStream *stream, guint n_items_before, OnrRawItem *out, GError **error);
  /* Fills ARTICLE (reset by the caller). FORMAT, LIMIT … where the item is no article. */
  gboolean (*parse)(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced, GError **error);
} OnrReader;

/* The reader for a stream: the surest probe, first in table order of equals; NULL with UNSUPPORTED where none wants it. */
const OnrReader *onr_reader_choose(OnrStream *stream, const char *path, GError **error);
/* All readers, NULL-terminated, for --help and docs. */
const OnrReader *const *onr_readers(void);

G_END_DECLS
