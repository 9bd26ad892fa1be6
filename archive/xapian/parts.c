/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of parts: reading, opening, changing and storing it, and cleaning up by it. */
#include "archive/xapian/engine.h"
#include "archive/xapian/index.h"
#include "archive/xapian/shards.h"

#include <glib/gstdio.h>
#include <string.h>

/* The number of the next part. Of a part that is gone the number is not given again: a reader that still has
   the list with it would take the new part for that one. */
#define NEXT_SETTING "xapian_next_part"

/* --- the list --- */

static gboolean fail_list(const OnrXapianIndex *index, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
              "'%s': the list of the index's parts is damaged: run `onrecord reindex`",
              onr_record_file(index->record));
  return FALSE;
}

static void part_close(OnrPart *part) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    g_clear_pointer(&part->writers[t], onr_xap_writer_free);
}

void onr_parts_close_databases(OnrXapianIndex *index) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    g_clear_pointer(&index->databases[t], onr_xap_database_free);
}

void onr_parts_close(OnrXapianIndex *index) {
  onr_parts_close_databases(index);
  for (guint i = 0; i < index->parts->len; i++)
    part_close(onr_part_at(index, i));
  g_array_set_size(index->parts, 0);
  g_clear_pointer(&index->listed, g_free);
}

/* "number revision revision first last first last bytes", one a line. */
static gboolean read_part(const char *line, OnrPart *part) {
  static const guint64 most[] = {G_MAXINT32,  G_MAXUINT64, G_MAXUINT64, G_MAXUINT32,
                                 G_MAXUINT32, G_MAXUINT32, G_MAXUINT32, G_MAXUINT64};
  guint64 n[G_N_ELEMENTS(most)];
  g_auto(GStrv) words = g_strsplit(line, " ", -1);
  if (g_strv_length(words) != G_N_ELEMENTS(n))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(n); i++)
    if (!g_ascii_string_to_unsigned(words[i], 10, i == 0, most[i], &n[i], NULL))
      return FALSE;
  *part = (OnrPart){.number = (guint)n[0],
                    .revisions = {n[1], n[2]},
                    .first = {(guint32)n[3], (guint32)n[5]},
                    .last = {(guint32)n[4], (guint32)n[6]},
                    .n_bytes = n[7]};
  return part->first[0] <= part->last[0] && part->first[1] <= part->last[1];
}

static gboolean is_listed(const OnrXapianIndex *index, guint number) {
  for (guint i = 0; i < index->parts->len; i++)
    if (onr_part_at(index, i)->number == number)
      return TRUE;
  return FALSE;
}

/* Every line has an end: one that has lost its last digits would still be read. */
static gboolean read_list(OnrXapianIndex *index, const char *list, GError **error) {
  g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
  guint n = g_strv_length(lines);
  if (n && *lines[n - 1])
    return fail_list(index, error);
  for (guint i = 0; i + 1 < n; i++) {
    OnrPart part;
    if (!read_part(lines[i], &part) || is_listed(index, part.number))
      return fail_list(index, error);
    index->next_number = MAX(index->next_number, part.number + 1);
    g_array_append_val(index->parts, part);
  }
  return TRUE;
}

gboolean onr_parts_load(OnrXapianIndex *index, GError **error) {
  g_autofree char *list = onr_record_get_setting(index->record, ONR_XAPIAN_PARTS_SETTING);
  if (!list)
    return fail_list(index, error);
  if (index->listed && strcmp(index->listed, list) == 0)
    return TRUE;
  onr_parts_close(index);
  if (!read_list(index, list, error))
    return FALSE;
  index->listed = g_steal_pointer(&list);
  return TRUE;
}

static gboolean store_next(const OnrXapianIndex *index, GError **error) {
  g_autofree char *next = g_strdup_printf("%u", index->next_number);
  return onr_record_set_setting(index->record, NEXT_SETTING, next, error);
}

static void load_next(OnrXapianIndex *index) {
  g_autofree char *next = onr_record_get_setting(index->record, NEXT_SETTING);
  guint64 number;
  if (next && g_ascii_string_to_unsigned(next, 10, 1, G_MAXINT32, &number, NULL))
    index->next_number = MAX(index->next_number, (guint)number);
}

/* Where nothing has changed the record is left alone: a transaction that does nothing commits nothing. */
static gboolean store_list(OnrXapianIndex *index, GError **error) {
  g_autoptr(GString) list = g_string_new(NULL);
  for (guint i = 0; i < index->parts->len; i++) {
    const OnrPart *p = onr_part_at(index, i);
    g_string_append_printf(
        list, "%u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u %u %u %u %" G_GUINT64_FORMAT "\n", p->number,
        p->revisions[0], p->revisions[1], p->first[0], p->last[0], p->first[1], p->last[1], p->n_bytes);
  }
  if (g_strcmp0(index->listed, list->str) == 0)
    return TRUE;
  if (!onr_record_set_setting(index->record, ONR_XAPIAN_PARTS_SETTING, list->str, error) ||
      !store_next(index, error))
    return FALSE;
  g_free(index->listed);
  index->listed = g_string_free(g_steal_pointer(&list), FALSE);
  return TRUE;
}

/* SQLite gives the highest rows again when they have been removed, to articles that go into a later part. */
gint onr_parts_find(const OnrXapianIndex *index, OnrTable table, gint64 row) {
  for (guint i = index->parts->len; i-- > 0;) {
    const OnrPart *part = onr_part_at(index, i);
    if (part->first[table] <= row && row <= part->last[table])
      return (gint)i;
  }
  return -1;
}

/* A part that is on no list has no reader. */
void onr_parts_take_off(OnrXapianIndex *index, guint i) {
  OnrPart *part = onr_part_at(index, i);
  part_close(part);
  for (int t = 0; part->is_new && t < ONR_N_TABLES; t++) {
    g_autofree char *path = onr_part_path(index, part->number, (OnrTable)t);
    onr_part_remove_folder(path);
  }
  g_array_remove_index(index->parts, i);
}

/* --- opening --- */

static gboolean has_revision(const char *path, guint64 revision) {
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(NULL);
  guint64 found;
  return db && onr_xap_database_add(db, path, NULL) && onr_xap_database_revision(db, &found, NULL) &&
         found == revision;
}

static gboolean fail_part(const char *path, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
              "index: '%s' is missing or not the one that the record names: run `onrecord reindex`", path);
  return FALSE;
}

static gboolean repair_table(const OnrXapianIndex *index, const OnrPart *part, OnrTable table,
                             GError **error) {
  g_autofree char *path = onr_part_path(index, part->number, table);
  if (has_revision(path, part->revisions[table]))
    return TRUE;
  g_autofree char *before = onr_part_before_path(index, part->number, table);
  if (!has_revision(before, part->revisions[table]))
    return fail_part(path, error);
  return onr_part_go_back(index, part, table, error);
}

/* Goes through the folder's parts: new ones are numbered above all of them; IS_CLEANING removes those that
 * are not listed. */
static void scan_folder(OnrXapianIndex *index, gboolean is_cleaning) {
  guint served = onr_served_number(index);
  g_autoptr(GDir) dir = g_dir_open(index->folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    guint number = onr_part_number(name);
    index->next_number = MAX(index->next_number, number + 1);
    if (!is_cleaning || !number || is_listed(index, number) || number == served)
      continue;
    g_autofree char *path = g_build_filename(index->folder, name, NULL);
    onr_part_remove_folder(path);
  }
}

gboolean onr_parts_repair(OnrXapianIndex *index, GError **error) {
  if (!onr_parts_load(index, error))
    return FALSE;
  for (guint i = 0; i < index->parts->len; i++)
    for (int t = 0; t < ONR_N_TABLES; t++)
      if (!repair_table(index, onr_part_at(index, i), (OnrTable)t, error))
        return FALSE;
  scan_folder(index, FALSE);
  load_next(index);
  return TRUE;
}

void onr_parts_clean(OnrRecord *record) {
  g_autofree char *folder = onr_xapian_folder(record);
  g_autofree char *list = onr_record_get_setting(record, ONR_XAPIAN_PARTS_SETTING);
  g_autofree char *engine = onr_record_get_setting(record, "engine");
  g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(OnrPart));
  OnrXapianIndex index = {.record = record, .folder = folder, .parts = parts};
  /* No list is no word for removing: it may be damaged, or not to be read at the moment. */
  gboolean is_elsewhere = engine && strcmp(engine, ONR_XAPIAN_ENGINE.name) != 0;
  if (list ? !read_list(&index, list, NULL) : !is_elsewhere)
    return;
  for (int t = 0; t < ONR_N_TABLES && parts->len == 1; t++)
    onr_served_link(&index, (OnrTable)t);
  if (!list)
    onr_served_unlink(folder);
  scan_folder(&index, TRUE);
  if (!list)
    g_rmdir(folder);
}

/* Looks again when it is opened: a writer may have committed, or removed it, meanwhile. */
static gboolean add_revision(OnrXapDatabase *db, const char *path, guint64 revision, GError **error) {
  if (onr_xap_database_add(db, path, NULL) && has_revision(path, revision))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_BUSY, "index: '%s' has just changed", path);
  return FALSE;
}

static gboolean add_part(const OnrXapianIndex *index, OnrPart *part, OnrTable table, OnrXapDatabase *db,
                         GError **error) {
  if (part->writers[table])
    return onr_xap_database_add_writer(db, part->writers[table], error);
  g_autofree char *path = onr_part_path(index, part->number, table);
  if (has_revision(path, part->revisions[table]))
    return add_revision(db, path, part->revisions[table], error);
  g_autofree char *before = onr_part_before_path(index, part->number, table);
  if (has_revision(before, part->revisions[table]))
    return add_revision(db, before, part->revisions[table], error);
  /* A writer has gone on, or else it is damaged: the reader's next look at the list tells. */
  g_set_error(error, ONR_ERROR, ONR_ERROR_BUSY,
              "index: '%s' is missing or not the one that the record names: run `onrecord reindex`", path);
  return FALSE;
}

gboolean onr_parts_add_to(OnrXapianIndex *index, OnrTable table, OnrXapDatabase *db, GError **error) {
  for (guint i = 0; i < index->parts->len; i++)
    if (!add_part(index, onr_part_at(index, i), table, db, error))
      return FALSE;
  return TRUE;
}

static gboolean open_table(OnrXapianIndex *index, OnrTable table, GError **error) {
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
  if (!db || !onr_parts_add_to(index, table, db, error))
    return FALSE;
  index->databases[table] = g_steal_pointer(&db);
  return index->databases[table] != NULL;
}

gboolean onr_parts_open(OnrXapianIndex *index, GError **error) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!index->databases[t] && !open_table(index, (OnrTable)t, error))
      return FALSE;
  return TRUE;
}

/* --- changing --- */

static gboolean change_table(OnrXapianIndex *index, OnrPart *part, OnrTable table, GError **error) {
  g_autofree char *path = onr_part_path(index, part->number, table);
  part->writers[table] = onr_xap_writer_open(path, ONR_XAP_OPEN, error);
  return part->writers[table] && onr_xap_writer_begin(part->writers[table], error);
}

gboolean onr_part_change(OnrXapianIndex *index, OnrPart *part, GError **error) {
  if (part->writers[0])
    return TRUE;
  onr_parts_close_databases(index);
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!change_table(index, part, (OnrTable)t, error))
      return FALSE;
  return TRUE;
}

static gboolean commit_change(OnrXapianIndex *index, OnrPart *part, OnrTable table, GError **error) {
  return (part->is_new || onr_part_lay_by(index, part, table, error)) &&
         onr_xap_writer_commit(part->writers[table], error) &&
         onr_xap_writer_revision(part->writers[table], &part->revisions[table], error);
}

static gboolean flush_part(OnrXapianIndex *index, OnrPart *part, GError **error) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    gboolean is_changed = part->writers[t] != NULL;
    g_autofree char *path = onr_part_path(index, part->number, (OnrTable)t);
    if (is_changed && !commit_change(index, part, (OnrTable)t, error))
      return FALSE;
    if (is_changed && part->is_new && !onr_part_sync(path, error))
      return FALSE;
  }
  part_close(part);
  return TRUE;
}

gboolean onr_parts_flush(OnrXapianIndex *index, GError **error) {
  gboolean has_new = FALSE;
  for (guint i = 0; i < index->parts->len; i++) {
    OnrPart *part = onr_part_at(index, i);
    if (part->writers[0])
      onr_parts_close_databases(index);
    has_new |= part->is_new;
    if (!flush_part(index, part, error))
      return FALSE;
    part->is_new = FALSE;
  }
  return (!has_new || onr_parts_sync_names(index, error)) && store_list(index, error);
}

void onr_parts_rollback(OnrXapianIndex *index) {
  for (guint i = 0; i < index->parts->len; i++) {
    OnrPart *part = onr_part_at(index, i);
    for (int t = 0; t < ONR_N_TABLES; t++)
      if (part->writers[t])
        onr_xap_writer_rollback(part->writers[t], NULL);
  }
  onr_parts_close(index);
}
