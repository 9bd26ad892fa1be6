/* SPDX-License-Identifier: GPL-2.0-or-later */
/* schema.org's JSON-LD where several things stand in one object and name each other: a graph, a list of
   articles. They are found on the whole tree, so the file is read at once; single articles, arrays and lines
   of them are the JSON readers'. */
#include "indexer/readers/readers.h"

#include "indexer/news/json_item.h"
#include "indexer/news/linked.h"
#include "indexer/readers/sniff.h"

#include <string.h>

static const char *const ENDINGS[] = {"jsonld", NULL};

static gboolean holds(const char *bytes, gsize n_bytes, const char *words) {
  return g_strstr_len(bytes, (gssize)n_bytes, words) != NULL;
}

/* An object with a context and a list of things; whether schema.org's articles are among them shows later. */
static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)ending;
  gsize at = 0;
  while (at < n_bytes && g_ascii_isspace(bytes[at]))
    at++;
  if (at == n_bytes || bytes[at] != '{' || !holds(bytes, n_bytes, "\"@context\"") ||
      !holds(bytes, n_bytes, "schema.org"))
    return 0;
  return holds(bytes, n_bytes, "\"@graph\"") || holds(bytes, n_bytes, "\"itemListElement\"") ||
                 holds(bytes, n_bytes, "\"dataFeedElement\"")
             ? 3
             : 0;
}

static void free_articles(gpointer data) {
  json_decref(data);
}

/* The articles of the file; where none is found in it, the object as it is, which says what it is instead. */
static json_t *load(OnrStream *stream, GError **error) {
  gsize n_bytes;
  const char *first = onr_stream_peek(stream, &n_bytes, error);
  if (!first || (onr_sniff_wide(first, n_bytes) && !onr_stream_decode(stream, error)))
    return NULL;
  g_autoptr(GBytes) bytes = onr_stream_read_all(stream, error);
  if (!bytes)
    return NULL;
  guint32 n_replaced = 0;
  g_autoptr(json_t) top =
      onr_json_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), 1, &n_replaced, error);
  if (!top)
    return NULL;
  json_t *articles = onr_linked_find_articles(top);
  if (json_array_size(articles) == 0)
    json_array_append(articles, top);
  return articles;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  if (!split->state) {
    split->state = load(stream, error);
    split->free_state = split->state ? free_articles : NULL;
  }
  const json_t *articles = split->state;
  if (split->n_items >= json_array_size(articles))
    return FALSE;
  char *text = json_dumps(json_array_get(articles, (gsize)split->n_items), JSON_COMPACT);
  gsize length = text ? strlen(text) : 0;
  split->n_items++;
  out->bytes = g_bytes_new_with_free_func(text, length, free, text);
  out->member =
      json_array_size(articles) == 1 ? g_strdup("") : g_strdup_printf("%" G_GUINT64_FORMAT, split->n_items);
  return TRUE;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  return onr_json_parse_item(item, 1, article, n_replaced, error);
}

const OnrReader ONR_READER_JSONLD = {
    .name = "jsonld",
    .what = "JSON-LD",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
