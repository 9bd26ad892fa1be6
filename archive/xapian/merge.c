/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many parts into fewer. A search opens each of its terms in each part, so a run of writing leaves one.
   Xapian's compaction reads and writes whole parts, 40 MB of text a second; to copy a part's documents into
   another costs what indexing them costs, whatever the size of that other. */
#include "archive/xapian/index.h"

static int level_of(const OnrXapianIndex *index, guint i) {
  const OnrXapianLimits *limits = &index->limits;
  int level = 0;
  for (guint64 bytes = limits->level_bytes * limits->fan_in; bytes <= onr_part_at(index, i)->n_bytes;
       bytes *= limits->fan_in)
    level++;
  return level;
}

static gboolean is_changed(const OnrXapianIndex *index, guint first, guint n) {
  for (guint i = first; i < first + n; i++)
    if (onr_part_at(index, i)->writers[0])
      return TRUE;
  return FALSE;
}

static guint32 least(guint32 a, guint32 b) {
  return !a || !b ? MAX(a, b) : MIN(a, b);
}

/* PART takes the rows of OTHER too. */
static void widen(OnrPart *part, const OnrPart *other) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    part->first[t] = least(part->first[t], other->first[t]);
    part->last[t] = MAX(part->last[t], other->last[t]);
  }
  part->n_bytes += other->n_bytes;
}

/* A table of a merge, which takes a thread. */
typedef struct {
  char **paths;
  char *to;
  guint n;
  guint64 revision; /* of what is made */
  GError *error;
} Compaction;

static gpointer compact_table(gpointer data) {
  Compaction *table = data;
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&table->error);
  if (db && onr_xap_compact((const char *const *)table->paths, table->n, table->to, &table->error) &&
      onr_xap_database_add(db, table->to, &table->error) &&
      onr_xap_database_revision(db, &table->revision, &table->error))
    onr_part_sync(table->to, &table->error);
  return NULL;
}

static void compaction_init(Compaction *c, OnrXapianIndex *index, guint first, guint n, guint to,
                            OnrTable table) {
  *c = (Compaction){.paths = g_new0(char *, n + 1), .to = onr_part_path(index, to, table), .n = n};
  for (guint i = 0; i < n; i++)
    c->paths[i] = onr_part_path(index, onr_part_at(index, first + i)->number, table);
}

/* Gives the error to ERROR, which may have one. */
static gboolean compaction_end(Compaction *c, GError **error) {
  gboolean is_done = c->error == NULL;
  if (!is_done && error && !*error)
    g_propagate_error(error, g_steal_pointer(&c->error));
  g_clear_error(&c->error);
  g_strfreev(c->paths);
  g_free(c->to);
  return is_done;
}

static gboolean compact_tables(OnrXapianIndex *index, guint first, guint n, OnrPart *to, GError **error) {
  Compaction tables[ONR_N_TABLES];
  gboolean is_done = TRUE;
  for (int t = 0; t < ONR_N_TABLES; t++)
    compaction_init(&tables[t], index, first, n, to->number, (OnrTable)t);
  GThread *quotes = g_thread_new("compact", compact_table, &tables[ONR_TABLE_QUOTES]);
  compact_table(&tables[ONR_TABLE_ARTICLES]);
  g_thread_join(quotes);
  for (int t = 0; t < ONR_N_TABLES; t++) {
    to->revisions[t] = tables[t].revision;
    is_done &= compaction_end(&tables[t], error);
  }
  return is_done;
}

static gboolean compact(OnrXapianIndex *index, guint first, guint n, GError **error) {
  OnrPart merged = {.number = index->next_number++, .is_new = TRUE};
  onr_parts_close_databases(index);
  for (guint i = first; i < first + n; i++)
    widen(&merged, onr_part_at(index, i));
  if (!compact_tables(index, first, n, &merged, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    onr_parts_take_off(index, first);
  g_array_insert_val(index->parts, first, merged);
  return TRUE;
}

/* How many parts at the end are of the last one's level or below. */
static guint count_last_level(const OnrXapianIndex *index) {
  guint n = 0, n_parts = index->parts->len;
  while (n < n_parts && level_of(index, n_parts - 1 - n) <= level_of(index, n_parts - 1))
    n++;
  return n;
}

gboolean onr_merge_levels(OnrXapianIndex *index, GError **error) {
  guint n;
  while ((n = count_last_level(index)) >= index->limits.fan_in &&
         !is_changed(index, index->parts->len - n, n))
    if (!compact(index, index->parts->len - n, n, error))
      return FALSE;
  return TRUE;
}

/* --- one part --- */

static guint largest_part(const OnrXapianIndex *index, guint64 *n_rest) {
  guint largest = 0;
  guint64 n_bytes = 0;
  for (guint i = 0; i < index->parts->len; i++) {
    n_bytes += onr_part_at(index, i)->n_bytes;
    if (onr_part_at(index, i)->n_bytes > onr_part_at(index, largest)->n_bytes)
      largest = i;
  }
  *n_rest = n_bytes - onr_part_at(index, largest)->n_bytes;
  return largest;
}

static gboolean copy_table(OnrXapianIndex *index, const OnrPart *from, OnrPart *to, OnrTable table,
                           GError **error) {
  g_autofree char *path = onr_part_path(index, from->number, table);
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  if (!db || !onr_xap_database_add(db, path, error) || !onr_xap_database_docids(db, docids, error))
    return FALSE;
  if (!onr_xap_writer_merge_metadata(to->writers[table], db, error))
    return FALSE;
  for (guint i = 0; i < docids->len; i++)
    if (!onr_xap_writer_copy(to->writers[table], db, g_array_index(docids, guint32, i), error))
      return FALSE;
  return TRUE;
}

static gboolean copy(OnrXapianIndex *index, guint from, guint to, GError **error) {
  OnrPart *target = onr_part_at(index, to);
  if (!onr_part_change(index, target, error))
    return FALSE;
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!copy_table(index, onr_part_at(index, from), target, (OnrTable)t, error))
      return FALSE;
  widen(target, onr_part_at(index, from));
  onr_parts_take_off(index, from);
  return TRUE;
}

gboolean onr_merge_settle(OnrXapianIndex *index, gboolean *is_done, GError **error) {
  *is_done = index->parts->len < 2;
  if (*is_done)
    return TRUE;
  guint64 n_rest;
  guint largest = largest_part(index, &n_rest);
  if (n_rest * index->limits.copy_part >= onr_part_at(index, largest)->n_bytes)
    return compact(index, 0, index->parts->len, error);
  /* A neighbour: the rows of one part are all between those of the parts beside it. */
  return copy(index, largest ? largest - 1 : 1, largest, error);
}

gboolean onr_merge_all(OnrXapianIndex *index, GError **error) {
  return index->parts->len == 0 || compact(index, 0, index->parts->len, error);
}
