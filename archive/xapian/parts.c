/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of parts and their folders: opening, laying by, going back, cleaning. */
#include "archive/xapian/engine.h"
#include "archive/xapian/index.h"
#include "archive/xapian/shards.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SETTING "xapian_parts"
/* The number of the next part. Of a part that is gone the number is not given again: a reader that still has
   the list with it would take the new part for that one. */
#define NEXT_SETTING "xapian_next_part"
#define BEFORE ".before"
#define VERSION_FILE                                                                                         \
  "iamglass" /* Xapian's: where the tables' roots are, replaced as a whole at each commit */
#define TABLE_ENDING ".glass"

static const char *const folder_names[ONR_N_TABLES] = {"articles", "quotes"};

/* --- names --- */

char *onr_xapian_folder(OnrRecord *record) {
  g_autofree char *dir = g_path_get_dirname(onr_record_file(record));
  return g_build_filename(dir, "xapian", NULL);
}

static char *path_with(const OnrXapianIndex *index, guint number, OnrTable table, const char *ending) {
  return g_strdup_printf("%s/%s-%u%s", index->folder, folder_names[table], number, ending);
}

char *onr_part_path(const OnrXapianIndex *index, guint number, OnrTable table) {
  return path_with(index, number, table, "");
}

/* The number in a folder's name; 0 where it is none of ours. */
static guint number_of(const char *name) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    gsize length = strlen(folder_names[t]);
    if (strncmp(name, folder_names[t], length) == 0 && name[length] == '-')
      return (guint)g_ascii_strtoull(name + length + 1, NULL, 10);
  }
  return 0;
}

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

static void forget_parts(OnrXapianIndex *index) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    g_clear_pointer(&index->databases[t], onr_xap_database_free);
  for (guint i = 0; i < index->parts->len; i++)
    part_close(onr_part_at(index, i));
  g_array_set_size(index->parts, 0);
  g_clear_pointer(&index->listed, g_free);
}

void onr_parts_close(OnrXapianIndex *index) {
  forget_parts(index);
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
  g_autofree char *list = onr_record_get_setting(index->record, SETTING);
  if (!list)
    return fail_list(index, error);
  if (index->listed && strcmp(index->listed, list) == 0)
    return TRUE;
  forget_parts(index);
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
  if (!onr_record_set_setting(index->record, SETTING, list->str, error) || !store_next(index, error))
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

/* --- files --- */

static gboolean fail_system(const char *path, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", path, g_strerror(errno));
  return FALSE;
}

static void remove_folder(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    g_unlink(file);
  }
  g_rmdir(path);
}

static guint64 folder_size(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  guint64 size = 0;
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    GStatBuf info;
    if (g_lstat(file, &info) == 0 && S_ISREG(info.st_mode))
      size += (guint64)info.st_size;
  }
  return size;
}

guint64 onr_parts_size_bytes(const OnrXapianIndex *index) {
  g_autoptr(GDir) dir = g_dir_open(index->folder, 0, NULL);
  guint64 size = 0;
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(index->folder, name, NULL);
    size += number_of(name) ? folder_size(path) : 0; /* and not by the links */
  }
  return size;
}

/* A part that is on no list has no reader. */
void onr_parts_take_off(OnrXapianIndex *index, guint i) {
  OnrPart *part = onr_part_at(index, i);
  part_close(part);
  for (int t = 0; part->is_new && t < ONR_N_TABLES; t++) {
    g_autofree char *path = onr_part_path(index, part->number, (OnrTable)t);
    remove_folder(path);
  }
  g_array_remove_index(index->parts, i);
}

/* FLAGS: O_DIRECTORY for a folder. */
static gboolean sync_path(const char *path, int flags, GError **error) {
  int fd = g_open(path, O_RDONLY | O_CLOEXEC | flags, 0);
  gboolean is_done = fd >= 0 && fsync(fd) == 0;
  if (!is_done)
    fail_system(path, error);
  if (fd >= 0)
    close(fd);
  return is_done;
}

static gboolean sync_folder(const char *path, GError **error) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    if (!sync_path(file, 0, error))
      return FALSE;
  }
  return sync_path(path, O_DIRECTORY, error);
}

/* TO becomes a lasting copy of the small file FROM, or stays what it was. */
static gboolean copy_file(const char *from, const char *to, GError **error) {
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr(GError) local = NULL;
  if (g_file_get_contents(from, &bytes, &length, &local) &&
      g_file_set_contents_full(to, bytes, (gssize)length,
                               G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &local))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "%s", local->message);
  return FALSE;
}

/* --- laying by, going back --- */

static gboolean link_tables(const char *from, const char *to, GError **error) {
  g_autoptr(GDir) dir = g_dir_open(from, 0, NULL);
  g_autofree char *folder = g_path_get_basename(from);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *target = g_build_filename("..", folder, name, NULL);
    g_autofree char *link = g_build_filename(to, name, NULL);
    if (g_str_has_suffix(name, TABLE_ENDING) && symlink(target, link) != 0 && errno != EEXIST)
      return fail_system(link, error);
  }
  return TRUE;
}

/* The version that the database has now, which is about to commit another. The folder's name must last before
 * that commit does. */
static gboolean lay_by(const OnrXapianIndex *index, const OnrPart *part, OnrTable table, GError **error) {
  g_autofree char *path = onr_part_path(index, part->number, table);
  g_autofree char *before = path_with(index, part->number, table, BEFORE);
  g_autofree char *from = g_build_filename(path, VERSION_FILE, NULL);
  g_autofree char *to = g_build_filename(before, VERSION_FILE, NULL);
  gboolean is_new = g_mkdir(before, 0777) == 0;
  if (!is_new && errno != EEXIST)
    return fail_system(before, error);
  return link_tables(path, before, error) && copy_file(from, to, error) &&
         (!is_new || sync_path(index->folder, O_DIRECTORY, error));
}

/* By a rename, which a full disk does not refuse. A reader that comes between finds the one or the other. */
static gboolean go_back(const OnrXapianIndex *index, const OnrPart *part, OnrTable table, GError **error) {
  g_autofree char *path = onr_part_path(index, part->number, table);
  g_autofree char *before = path_with(index, part->number, table, BEFORE);
  g_autofree char *from = g_build_filename(before, VERSION_FILE, NULL);
  g_autofree char *to = g_build_filename(path, VERSION_FILE, NULL);
  if (g_rename(from, to) != 0)
    return fail_system(to, error);
  return sync_path(path, O_DIRECTORY, error) && sync_path(before, O_DIRECTORY, error);
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
  g_autofree char *before = path_with(index, part->number, table, BEFORE);
  if (!has_revision(before, part->revisions[table]))
    return fail_part(path, error);
  return go_back(index, part, table, error);
}

/* The part that the links of link_served lead to: servers open it until a whole run has left another. */
static guint served_number(const OnrXapianIndex *index) {
  g_autofree char *link = g_build_filename(index->folder, folder_names[ONR_TABLE_ARTICLES], NULL);
  g_autofree char *target = g_file_read_link(link, NULL);
  return target ? number_of(target) : 0;
}

/* Goes through the folder's parts: new ones are numbered above all of them; IS_CLEANING removes those that
 * are not listed. */
static void scan_folder(OnrXapianIndex *index, gboolean is_cleaning) {
  guint served = served_number(index);
  g_autoptr(GDir) dir = g_dir_open(index->folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    guint number = number_of(name);
    index->next_number = MAX(index->next_number, number + 1);
    if (!is_cleaning || !number || is_listed(index, number) || number == served)
      continue;
    g_autofree char *path = g_build_filename(index->folder, name, NULL);
    remove_folder(path);
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

/* The name under which servers open TABLE: articles, a link to articles-N. It follows where the index is one
 * part, as a run leaves it. */
static void link_served(const OnrXapianIndex *index, OnrTable table) {
  g_autofree char *target = g_strdup_printf("%s-%u", folder_names[table], onr_part_at(index, 0)->number);
  g_autofree char *link = g_build_filename(index->folder, folder_names[table], NULL);
  g_autofree char *new_link = g_strconcat(link, ".new", NULL);
  g_autofree char *found = g_file_read_link(link, NULL);
  g_unlink(new_link); /* of a run that was cut short */
  if (g_strcmp0(found, target) == 0)
    return;
  if (symlink(target, new_link) == 0)
    g_rename(new_link, link);
}

char *onr_shards_served_path(OnrRecord *record, OnrTable table, GError **error) {
  g_autofree char *folder = onr_xapian_folder(record);
  g_autofree char *link = g_build_filename(folder, folder_names[table], NULL);
  if (g_file_test(link, G_FILE_TEST_IS_DIR))
    return g_steal_pointer(&link);
  g_set_error(
      error, ONR_ERROR, ONR_ERROR_USAGE,
      "'%s': nothing to serve; an archive of the xapian engine has it after a whole run of index or reindex",
      link);
  return NULL;
}

static void unlink_served(const char *folder) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    g_autofree char *link = g_build_filename(folder, folder_names[t], NULL);
    g_unlink(link);
  }
}

void onr_parts_clean(OnrRecord *record) {
  g_autofree char *folder = onr_xapian_folder(record);
  g_autofree char *list = onr_record_get_setting(record, SETTING);
  g_autofree char *engine = onr_record_get_setting(record, "engine");
  g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(OnrPart));
  OnrXapianIndex index = {.record = record, .folder = folder, .parts = parts};
  /* No list is no word for removing: it may be damaged, or not to be read at the moment. */
  gboolean is_elsewhere = engine && strcmp(engine, ONR_XAPIAN_ENGINE.name) != 0;
  if (list ? !read_list(&index, list, NULL) : !is_elsewhere)
    return;
  for (int t = 0; t < ONR_N_TABLES && parts->len == 1; t++)
    link_served(&index, (OnrTable)t);
  if (!list)
    unlink_served(folder);
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
  g_autofree char *before = path_with(index, part->number, table, BEFORE);
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

static void forget_databases(OnrXapianIndex *index) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    g_clear_pointer(&index->databases[t], onr_xap_database_free);
}

static gboolean change_table(OnrXapianIndex *index, OnrPart *part, OnrTable table, GError **error) {
  g_autofree char *path = onr_part_path(index, part->number, table);
  part->writers[table] = onr_xap_writer_open(path, ONR_XAP_OPEN, error);
  return part->writers[table] && onr_xap_writer_begin(part->writers[table], error);
}

gboolean onr_part_change(OnrXapianIndex *index, OnrPart *part, GError **error) {
  if (part->writers[0])
    return TRUE;
  forget_databases(index);
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!change_table(index, part, (OnrTable)t, error))
      return FALSE;
  return TRUE;
}

static gboolean commit_change(OnrXapianIndex *index, OnrPart *part, OnrTable table, GError **error) {
  return (part->is_new || lay_by(index, part, table, error)) &&
         onr_xap_writer_commit(part->writers[table], error) &&
         onr_xap_writer_revision(part->writers[table], &part->revisions[table], error);
}

static gboolean flush_part(OnrXapianIndex *index, OnrPart *part, GError **error) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    if (part->writers[t] && !commit_change(index, part, (OnrTable)t, error))
      return FALSE;
    g_autofree char *path = onr_part_path(index, part->number, (OnrTable)t);
    if (part->is_new && !sync_folder(path, error))
      return FALSE;
  }
  part_close(part);
  return TRUE;
}

/* The names of new parts, and of the folder, which may be new as well. */
static gboolean sync_names(const OnrXapianIndex *index, GError **error) {
  g_autofree char *dir = g_path_get_dirname(index->folder);
  return sync_path(index->folder, O_DIRECTORY, error) && sync_path(dir, O_DIRECTORY, error);
}

gboolean onr_parts_flush(OnrXapianIndex *index, GError **error) {
  gboolean has_new = FALSE;
  for (guint i = 0; i < index->parts->len; i++) {
    OnrPart *part = onr_part_at(index, i);
    if (part->writers[0])
      forget_databases(index);
    has_new |= part->is_new;
    if (!flush_part(index, part, error))
      return FALSE;
    part->is_new = FALSE;
  }
  return (!has_new || sync_names(index, error)) && store_list(index, error);
}

void onr_parts_rollback(OnrXapianIndex *index) {
  for (guint i = 0; i < index->parts->len; i++) {
    OnrPart *part = onr_part_at(index, i);
    for (int t = 0; t < ONR_N_TABLES; t++)
      if (part->writers[t])
        onr_xap_writer_rollback(part->writers[t], NULL);
  }
  forget_parts(index);
}
