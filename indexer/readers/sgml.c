/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collections in SGML: Reuters-21578 (<REUTERS …> … </REUTERS>) and those of TREC and the LDC (<DOC> …
   </DOC>), a document after the other. One without its end tag ends where the next begins. */
#include "indexer/readers/readers.h"

#include "indexer/exports/cutter.h"
#include "indexer/exports/sgml_article.h"
#include "indexer/readers/whole.h"

#include <string.h>

#define NAME_BYTES 12 /* "</REUTERS>" and what follows */

static const char *const ENDINGS[] = {"sgm", "sgml", "trec", NULL};

/* The kind of tag at P: 1 where a document begins, -1 where it ends, else 0. */
static int tag_at(const char *p, const char *end) {
  static const char *const names[] = {"REUTERS", "DOC"};
  gboolean is_end = end - p > 1 && p[1] == '/';
  p += is_end ? 2 : 1;
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    gsize n = strlen(names[i]);
    if ((gsize)(end - p) > n && g_ascii_strncasecmp(p, names[i], n) == 0 &&
        (p[n] == '>' || g_ascii_isspace(p[n])))
      return is_end ? -1 : 1;
  }
  return 0;
}

/* Behind white space, comments and declarations. */
static const char *skip_prolog(const char *p, const char *end) {
  for (;;) {
    while (p < end && g_ascii_isspace(*p))
      p++;
    if (end - p < 2 || *p != '<' || (p[1] != '!' && p[1] != '?'))
      return p;
    const char *close = memchr(p, '>', (gsize)(end - p));
    if (!close)
      return end;
    p = close + 1;
  }
}

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  static const char *const marks[] = {"<DOCNO", "<DOCID", "<TEXT", "<HEADLINE", "<DOC id=", "<doc id="};
  const char *end = bytes + n_bytes, *p = skip_prolog(bytes, end);
  gboolean begins = p < end && *p == '<' && tag_at(p, end) == 1;
  if (begins && g_ascii_tolower(p[1]) == 'r')
    return 3;
  for (guint i = 0; begins && i < G_N_ELEMENTS(marks); i++)
    if (g_strstr_len(p, end - p, marks[i]))
      return 3;
  return g_strv_contains(ENDINGS, ending) ? 2 : 0;
}

/* --- cutting --- */

typedef struct {
  OnrCutter *cutter;
  gsize at; /* bytes of the item looked at */
  gboolean is_begun, is_at_end;
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
  return documents->cutter != NULL;
}

/* Lets go of the first N bytes held. */
static void drop(Documents *documents, gsize n) {
  onr_cutter_drop(documents->cutter, documents->cutter->begin + n);
  documents->at -= n;
}

/* Looks at the bytes held. TRUE with the item's END; else more are needed. */
static gboolean find_end(Documents *documents, gsize *end) {
  gsize n_bytes;
  const char *bytes = onr_cutter_bytes(documents->cutter, &n_bytes), *limit = bytes + n_bytes, *p;
  while ((p = n_bytes > documents->at ? memchr(bytes + documents->at, '<', n_bytes - documents->at) : NULL)) {
    documents->at = (gsize)(p - bytes);
    const char *close = NULL;
    int kind = tag_at(p, limit);
    if (kind < 0)
      close = memchr(p, '>', (gsize)(limit - p));
    if (!documents->is_at_end && ((gsize)(limit - p) < NAME_BYTES || (kind < 0 && !close)))
      return FALSE;
    gboolean is_end = documents->is_begun && (kind < 0 || (kind > 0 && documents->at > 0));
    *end = kind < 0 && close ? (gsize)(close - bytes) + 1 : documents->at;
    if (is_end)
      return TRUE;
    if (kind > 0) {
      drop(documents, documents->at);
      documents->is_begun = TRUE;
      bytes = onr_cutter_bytes(documents->cutter, &n_bytes);
      limit = bytes + n_bytes;
    }
    documents->at++;
  }
  documents->at = n_bytes;
  return FALSE;
}

static gboolean seek_end(Documents *documents, OnrStream *stream, gsize *end, GError **error) {
  g_autoptr(GError) why = NULL;
  while (!find_end(documents, end)) {
    if (documents->is_at_end) { /* the last one, without its end tag */
      *end = documents->at;
      return documents->is_begun;
    }
    if (!documents->is_begun || documents->at > ONR_MAX_ITEM_BYTES) {
      gboolean is_over_limit = documents->cutter->is_over_limit || documents->is_begun;
      drop(documents, documents->at);
      documents->cutter->is_over_limit = is_over_limit;
    }
    documents->is_at_end = !onr_cutter_more(documents->cutter, stream, &why);
    if (why) {
      g_propagate_error(error, g_steal_pointer(&why));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  if (!split->state && !start(stream, split, error))
    return FALSE;
  Documents *documents = split->state;
  gsize end;
  if (!documents->cutter || !seek_end(documents, stream, &end, error)) {
    if (documents->is_at_end && split->n_items == 0)
      g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no <REUTERS> and no <DOC>");
    return FALSE;
  }
  out->bytes = onr_cutter_take(documents->cutter, documents->cutter->begin + end, &out->error);
  documents->at = 0;
  documents->is_begun = FALSE;
  out->charset = g_strdup(documents->cutter->charset);
  out->member = g_strdup_printf("%" G_GUINT64_FORMAT, ++split->n_items);
  return TRUE;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_auto(OnrDecoded) decoded = {0};
  if (!onr_whole_decode(item, item->charset, ONR_MAX_ITEM_BYTES, &decoded, error))
    return FALSE;
  *n_replaced += decoded.n_replaced;
  return onr_sgml_read_article(decoded.text, decoded.length, article, n_replaced, error);
}

const OnrReader ONR_READER_SGML = {
    .name = "sgml",
    .what = "SGML collections (Reuters-21578, TREC)",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
