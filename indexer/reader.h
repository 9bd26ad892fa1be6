/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Formats. A reader is one file in readers/ and one line in readers/readers.c. Reading goes in two steps, so
   that the costly one runs on all cores: `split` walks through the file's bytes in order and hands out raw
   items (a line of JSON Lines, a whole HTML page), `parse` turns one raw item into one article's header and
   text, on any thread. Containers and compression are the stream's concern, not the reader's. */
#pragma once

#include "archive/article.h"
#include "indexer/stream.h"

G_BEGIN_DECLS

/* Limits; docs/limits.md says what happens beyond each. */
#define ONR_MAX_TEXT_BYTES (4u << 20) /* of one article; the longest novels are 3 MiB */
#define ONR_MAX_TREE_BYTES                                                                                   \
  (160u << 20) /* of memory that an item's JSON or HTML tree may take, as estimated before it is built */
#define ONR_MAX_JSON_DEPTH 200
#define ONR_MAX_FIELD_BYTES 4096 /* of a header field; longer ones are cut at a character */
#define ONR_MAX_ID_BYTES 512     /* of an item's own id; a longer one is no id */

typedef struct {
  GBytes *bytes; /* owned */
  char *member;  /* place inside the file: "17" for line 17; "" for a file of one article; owned */
  char *within;  /* the member of a container that it is in: "day.zip/feed.jsonl"; else NULL; owned */
  char *url;     /* address that a container has that member under (a crawl's), else NULL; owned */
  char *charset; /* encoding that a container says it has (an HTTP header's), else NULL; owned */
  char *captured; /* when a crawl saw it: ISO 8601; else NULL; owned */
  GBytes *shared; /* what the items of the file have in common, as a table's header: the reader's own form; or NULL; a
                     reference */
  GError *error; /* set where the item itself cannot be had (then no bytes); owned */
} OnrRawItem;
void onr_raw_item_clear(OnrRawItem *item);

/* The item's place in the file, through all containers: "day.zip/feed.jsonl:17". The caller frees it. */
char *onr_raw_item_place(const OnrRawItem *item);

/* Where a split stands in its file; all zero before the first item, and cleared after the last. */
typedef struct {
  guint64 n_items; /* handed out, counted by the reader */
  guint64 line;    /* of JSON Lines: lines read */
  guint phase;     /* the reader's own */
  const char *const *map; /* what the user says of columns: "title=Headline" (exports/columns.h); NULL-terminated; NULL: nothing. Borrowed, given by who splits */
  char *remark;    /* set by a reader that guesses: what was taken for what, one line, for people; owned */
  gpointer state;  /* the reader's own, freed by … */
  GDestroyNotify free_state;
} OnrSplit;
void onr_split_clear(OnrSplit *split);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrSplit, onr_split_clear)

typedef struct OnrReader {
  const char *name;           /* "jsonl", in the record and in `status` */
  const char *what;           /* "JSON Lines", for people */
  const char *const *endings; /* lower case, "jsonl", "ndjson"; NULL-terminated */
  /* How sure the reader is that these first bytes (decoded where they are UTF-16) are its format: 0 no, 1 if
     nothing else wants it, 2 by its ending or plausible, 3 certain. ENDING is lower case, "" without one. */
  int (*probe)(const char *bytes, gsize n_bytes, const char *ending);
  /* Next raw item, TRUE with an item (or with an item's error); FALSE at the end, or with ERROR where the
   * rest of the file cannot be read. */
  gboolean (*split)(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error);
  /* Fills ARTICLE (reset by the caller) as far as the item states it: id only where the item has one of its
     own. *N_REPLACED counts bytes that did not decode. FORMAT, LIMIT … where the item is no article. */
  gboolean (*parse)(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                    GError **error);
} OnrReader;

/* The reader for a stream: the surest probe, first in table order of equals. FORMAT for an empty file,
   UNSUPPORTED with what the file looks like where no reader wants it. */
const OnrReader *onr_reader_choose(OnrStream *stream, const char *path, GError **error);

/* All readers, NULL-terminated, for --help and docs. */
const OnrReader *const *onr_readers(void);

G_END_DECLS
