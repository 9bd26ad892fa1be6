/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An HTTP response as a crawl has stored it: its head, and its body without the transfer's chunks. What content coding
   the body has is seen by the stream that is opened over it, save what only the head can say. */
#pragma once

#include "indexer/stream.h"

G_BEGIN_DECLS

typedef struct {
  guint status;
  char *type;    /* "text/html"; "" where none is given; owned */
  char *charset; /* or NULL; owned */
  gboolean is_chunked;
  OnrPacking packing; /* of the body, where its content does not show it */
  gsize n_bytes;      /* of the head, with its blank line */
  gint64 body_bytes;  /* as it says; -1: not known */
} OnrHttpHead;

/* The head that BYTES begin with; FALSE where they are no HTTP response or end inside it. */
gboolean onr_http_head_read(const char *bytes, gsize n_bytes, OnrHttpHead *out);
void onr_http_head_clear(OnrHttpHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrHttpHead, onr_http_head_clear)

/* Where the reading of a body stands. */
typedef struct {
  OnrStream *outer;   /* borrowed */
  guint64 left;       /* of its bytes that are the record's */
  guint64 chunk_left; /* of the chunk */
  enum { ONR_BODY_RAW, ONR_BODY_AT_SIZE, ONR_BODY_IN_CHUNK, ONR_BODY_AT_END } phase;
} OnrHttpBody;

/* An OnrPullFunc for an OnrHttpBody. Where a chunk's size is none, the rest is the body as it stands: crawlers store
   bodies without their chunks under heads that still announce them. */
gsize onr_http_body_pull(gpointer body, char *out, gsize room, GError **error);

/* The next bytes of the body, possibly few, without consuming them; borrowed until the next call. *N_BYTES 0: none. */
const char *onr_http_body_peek(OnrHttpBody *body, gsize *n_bytes, GError **error);

/* Consumes what is left of the record's bytes. */
void onr_http_body_skip(OnrHttpBody *body);

G_END_DECLS
