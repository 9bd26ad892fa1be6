/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What matches, with what is printed more than once counted and shown once: of a group the hit that ranks
   best stays in its place, so that order, scores and pages are those of the whole list without the others. */
#include "query/query_private.h"

#include "archive/groups.h"

#define FETCH_FACTOR 4 /* more hits are asked for by this much until enough are distinct */

static const OnrEngineClass *engine_class(const OnrQuery *query) {
  return onr_archive_engine_class(query->archive);
}

static gboolean search(const OnrQuery *query, const OnrRunSpec *spec, guint offset, guint limit, OnrHits *out,
                       GError **error) {
  const OnrSearchSpec wanted = {.table = query->table, .sort = spec->sort, .offset = offset, .limit = limit};
  return engine_class(query)->search(onr_archive_engine(query->archive), query->plan, &wanted, out, error);
}

/* Takes those out of HITS whose group has one before them. */
static gboolean keep_first_of_groups(const OnrQuery *query, GArray *hits, GError **error) {
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  guint n_kept = 0;
  for (guint i = 0; i < hits->len; i++) {
    OnrHit hit = g_array_index(hits, OnrHit, i);
    gint64 key;
    if (!onr_archive_group_key(query->archive, query->table, hit.row, &key, error))
      return FALSE;
    if (g_hash_table_add(seen, g_memdup2(&key, sizeof key)))
      g_array_index(hits, OnrHit, n_kept++) = hit;
  }
  g_array_set_size(hits, n_kept);
  return TRUE;
}

static void cut_page(GArray *hits, guint offset, guint limit) {
  if (offset)
    g_array_remove_range(hits, 0, MIN(offset, hits->len));
  if (limit && hits->len > limit)
    g_array_set_size(hits, limit);
}

static gboolean search_distinct(const OnrQuery *query, const OnrRunSpec *spec, OnrHits *out, GError **error) {
  guint64 n_wanted = spec->limit ? (guint64)spec->offset + spec->limit : 0;
  for (guint64 n_fetched = n_wanted;; n_fetched *= FETCH_FACTOR) {
    guint limit = n_fetched > G_MAXUINT ? 0 : (guint)n_fetched;
    if (!search(query, spec, 0, limit, out, error))
      return FALSE;
    gboolean is_all = !limit || out->hits->len < limit;
    if (!keep_first_of_groups(query, out->hits, error))
      return FALSE;
    if (is_all || out->hits->len >= n_wanted)
      break;
    onr_hits_clear(out);
  }
  cut_page(out->hits, spec->offset, spec->limit);
  return TRUE;
}

gboolean onr_query_search(const OnrQuery *query, const OnrRunSpec *spec, OnrHits *out, GError **error) {
  gboolean has_groups = FALSE;
  if (spec->is_grouped && !onr_archive_has_groups(query->archive, query->table, &has_groups, error))
    return FALSE;
  return has_groups ? search_distinct(query, spec, out, error)
                    : search(query, spec, spec->offset, spec->limit, out, error);
}

gboolean onr_query_count_distinct(OnrQuery *query, guint64 n_matches, guint64 *n, GError **error) {
  gboolean has_groups;
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  *n = n_matches;
  if (!onr_archive_has_groups(query->archive, query->table, &has_groups, error))
    return FALSE;
  if (!has_groups || n_matches < 2)
    return TRUE;
  return onr_query_match(query, rows, error) &&
         onr_archive_count_distinct(query->archive, query->table, rows, n, error);
}

gboolean onr_query_fill_copies(OnrQuery *query, OnrRow *row, GError **error) {
  g_clear_pointer(&row->copies, g_ptr_array_unref);
  row->copies = g_ptr_array_new_with_free_func(onr_copy_free);
  return onr_archive_copies(query->archive, query->table, row->row, row->copies, &row->n_copies, error);
}
