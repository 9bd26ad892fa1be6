/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/items.h"

#include "archive/record_private.h"

#include <string.h>

/* Signatures of articles that are kept: with their keys some 20 MB. */
#define MAX_TOPICS 100000

struct OnrItems {
  OnrRecord *record;
  GHashTable *topics; /* gint64 → GBytes */
};

OnrItems *onr_items_new(OnrRecord *record) {
  OnrItems *items = g_new0(OnrItems, 1);
  items->record = record;
  items->topics = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_bytes_unref);
  return items;
}

void onr_items_free(OnrItems *items) {
  if (!items)
    return;
  g_hash_table_unref(items->topics);
  g_free(items);
}

void onr_items_forget(OnrItems *items) {
  if (g_hash_table_size(items->topics) > MAX_TOPICS)
    g_hash_table_remove_all(items->topics);
}

const guint8 *onr_items_topic(gint64 article, gsize *n, gpointer items) {
  GBytes *bytes = g_hash_table_lookup(((const OnrItems *)items)->topics, &article);
  *n = 0;
  return bytes ? g_bytes_get_data(bytes, n) : NULL;
}

static gboolean read_topic(OnrItems *items, gint64 article, GError **error) {
  if (g_hash_table_contains(items->topics, &article))
    return TRUE;
  g_autoptr(OnrStatement) s =
      onr_record_statement(items->record, "SELECT signature FROM article_topic WHERE article = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, article);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW)
    g_hash_table_insert(items->topics, g_memdup2(&article, sizeof article),
                        g_bytes_new(sqlite3_column_blob(s, 0), (gsize)sqlite3_column_bytes(s, 0)));
  return step != ONR_STEP_ERROR;
}

gboolean onr_items_read(OnrItems *items, gint64 entity, GStringChunk *bytes, GArray *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      items->record, "SELECT article, signature FROM entity_article WHERE entity = ?1 ORDER BY article",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrNameItem item = {.article = onr_column_int(s, 0), .n_name = (gsize)sqlite3_column_bytes(s, 1)};
    if (item.n_name) {
      item.name =
          (const guint8 *)g_string_chunk_insert_len(bytes, sqlite3_column_blob(s, 1), (gssize)item.n_name);
      memcpy(&item.lot, item.name, MIN(sizeof item.lot, item.n_name));
      item.lot = GUINT32_FROM_LE(item.lot);
    }
    g_array_append_val(out, item);
    if (item.n_name && !read_topic(items, item.article, error))
      return FALSE;
  }
  return step == ONR_STEP_DONE;
}
