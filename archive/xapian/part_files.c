/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts on disk: their folders and names, what makes them last, the version that is laid by, and the links
 * that servers open. */
#include "archive/xapian/index.h"
#include "archive/xapian/shards.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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

char *onr_part_before_path(const OnrXapianIndex *index, guint number, OnrTable table) {
  return path_with(index, number, table, BEFORE);
}

guint onr_part_number(const char *name) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    gsize length = strlen(folder_names[t]);
    if (strncmp(name, folder_names[t], length) == 0 && name[length] == '-')
      return (guint)g_ascii_strtoull(name + length + 1, NULL, 10);
  }
  return 0;
}

/* --- files --- */

static gboolean fail_system(const char *path, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", path, g_strerror(errno));
  return FALSE;
}

void onr_part_remove_folder(const char *path) {
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
    size += onr_part_number(name) ? folder_size(path) : 0; /* and not by the links */
  }
  return size;
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

gboolean onr_part_sync(const char *path, GError **error) {
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

gboolean onr_parts_sync_names(const OnrXapianIndex *index, GError **error) {
  g_autofree char *dir = g_path_get_dirname(index->folder);
  return sync_path(index->folder, O_DIRECTORY, error) && sync_path(dir, O_DIRECTORY, error);
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

gboolean onr_part_lay_by(const OnrXapianIndex *index, const OnrPart *part, OnrTable table, GError **error) {
  g_autofree char *path = onr_part_path(index, part->number, table);
  g_autofree char *before = onr_part_before_path(index, part->number, table);
  g_autofree char *from = g_build_filename(path, VERSION_FILE, NULL);
  g_autofree char *to = g_build_filename(before, VERSION_FILE, NULL);
  gboolean is_new = g_mkdir(before, 0777) == 0;
  if (!is_new && errno != EEXIST)
    return fail_system(before, error);
  return link_tables(path, before, error) && copy_file(from, to, error) &&
         (!is_new || sync_path(index->folder, O_DIRECTORY, error));
}

gboolean onr_part_go_back(const OnrXapianIndex *index, const OnrPart *part, OnrTable table, GError **error) {
  g_autofree char *path = onr_part_path(index, part->number, table);
  g_autofree char *before = onr_part_before_path(index, part->number, table);
  g_autofree char *from = g_build_filename(before, VERSION_FILE, NULL);
  g_autofree char *to = g_build_filename(path, VERSION_FILE, NULL);
  if (g_rename(from, to) != 0)
    return fail_system(to, error);
  return sync_path(path, O_DIRECTORY, error) && sync_path(before, O_DIRECTORY, error);
}

/* --- what servers open --- */

guint onr_served_number(const OnrXapianIndex *index) {
  g_autofree char *link = g_build_filename(index->folder, folder_names[ONR_TABLE_ARTICLES], NULL);
  g_autofree char *target = g_file_read_link(link, NULL);
  return target ? onr_part_number(target) : 0;
}

void onr_served_link(const OnrXapianIndex *index, OnrTable table) {
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

void onr_served_unlink(const char *folder) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    g_autofree char *link = g_build_filename(folder, folder_names[t], NULL);
    g_unlink(link);
  }
}
