/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain text that LexisNexis and Nexis Uni give out: documents one after the other, each with a header, a
   text and labelled lines below it.

     1 of 250 DOCUMENTS                     Harbour reopens            title
         The Coast Daily                    The Coast Daily            publication
         February 6, 2022 Sunday            February 6, 2022 Sunday    date
     Harbour reopens                        Copyright 2022 …
     BYLINE: Ada Moor                       Section: News; Pg. 3
     LENGTH: 543 words                      Length: 543 words
                                            Byline: Ada Moor
                                            Body
     The harbour opened …                   The harbour opened …
     LOAD-DATE: February 7, 2022            Load-Date: February 7, 2022
     LANGUAGE: ENGLISH                      End of Document */
#include "indexer/readers/readers.h"

#include "indexer/exports/cutter.h"
#include "indexer/exports/nexis_document.h"
#include "indexer/exports/nexis_lines.h"
#include "indexer/readers/whole.h"

#include <string.h>

/* What the labels of the first bytes show. */
typedef struct {
  guint n_begins, n_ends, n_labels;
} Signs;

static Signs look_for_signs(const char *bytes, gsize n_bytes) {
  Signs signs = {0};
  gboolean is_old;
  g_autoptr(GArray) lines = onr_nexis_lines(bytes, n_bytes, &is_old);
  for (guint i = 0; i < lines->len; i++) {
    const OnrNexisLine *line = &g_array_index(lines, OnrNexisLine, i);
    signs.n_begins += onr_nexis_begins_document(line->text, line->length) ? 1 : 0;
    signs.n_ends += onr_nexis_ends_document(line->text, line->length) ? 1 : 0;
    signs.n_labels +=
        line->label == ONR_NEXIS_LENGTH || line->label == ONR_NEXIS_LOAD_DATE || line->label == ONR_NEXIS_BODY
            ? 1
            : 0;
  }
  return signs;
}

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  if (strcmp(ending, "txt") != 0 && strcmp(ending, "text") != 0 && *ending)
    return 0;
  Signs signs = look_for_signs(bytes, n_bytes);
  return (signs.n_begins > 0 && signs.n_labels > 0) || signs.n_labels > 1 + (signs.n_ends == 0 ? 1u : 0u) ? 3
                                                                                                          : 0;
}

/* --- cutting --- */

typedef struct {
  OnrCutter *cutter;
  gboolean has_begins; /* documents are told by the line above them, else by the one below */
  gboolean is_begun;
  gboolean has_words; /* the document holds a line that is not blank */
} Documents;

static void documents_free(gpointer p) {
  Documents *documents = p;
  g_clear_pointer(&documents->cutter, onr_cutter_free);
  g_free(documents);
}

static gboolean start(OnrStream *stream, OnrSplit *split, GError **error) {
  Documents *documents = g_new0(Documents, 1);
  split->state = documents;
  split->free_state = documents_free;
  documents->cutter = onr_cutter_open(stream, error);
  if (!documents->cutter)
    return FALSE;
  gsize n_bytes;
  const char *bytes = onr_stream_peek(stream, &n_bytes, NULL);
  documents->has_begins = bytes && look_for_signs(bytes, n_bytes).n_begins > 0;
  return TRUE;
}

/* Moves to the next document's end; FALSE with ERROR or where none is left. */
static gboolean seek_end(Documents *documents, OnrStream *stream, gsize *end, GError **error) {
  g_autoptr(GError) why = NULL;
  OnrLine line;
  while (onr_cutter_next_line(documents->cutter, stream, &line, &why)) {
    gboolean begins =
        documents->has_begins && line.is_whole && onr_nexis_begins_document(line.text, line.length);
    gboolean ends =
        !documents->has_begins && line.is_whole && onr_nexis_ends_document(line.text, line.length);
    gboolean is_whole = documents->has_words && (ends || (begins && documents->is_begun));
    *end = ends ? documents->cutter->at : documents->cutter->line;
    if (begins && !documents->is_begun) /* a cover, or nothing */
      onr_cutter_drop(documents->cutter, *end);
    documents->is_begun |= begins;
    documents->has_words =
        !ends && !begins && (documents->has_words || !onr_line_is_blank(line.text, line.length));
    if (is_whole)
      return TRUE;
  }
  if (why) {
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
  }
  gboolean has_rest = documents->has_words;
  documents->has_words = FALSE;
  *end = documents->cutter->held->len;
  return has_rest;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  if (!split->state && !start(stream, split, error))
    return FALSE;
  Documents *documents = split->state;
  gsize end;
  if (!documents->cutter || !seek_end(documents, stream, &end, error))
    return FALSE;
  out->bytes = onr_cutter_take(documents->cutter, end, &out->error);
  out->charset = g_strdup(documents->cutter->charset);
  out->member = g_strdup_printf("%" G_GUINT64_FORMAT, ++split->n_items);
  return TRUE;
}

/* --- a document --- */

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_auto(OnrDecoded) decoded = {0};
  if (!onr_whole_decode(item, item->charset, (gsize)ONR_MAX_TEXT_BYTES * 4, &decoded, error))
    return FALSE;
  *n_replaced += decoded.n_replaced;
  return onr_nexis_read_article(decoded.text, decoded.length, article, n_replaced, error);
}

const OnrReader ONR_READER_NEXIS = {
    .name = "nexis",
    .what = "LexisNexis and Nexis Uni",
    .endings = (const char *const[]){NULL},
    .probe = probe,
    .split = split,
    .parse = parse,
};
