/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "parts.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static const char *const table_names[] = {"articles", "quotes"};

OnrXapianIndex *parts_index(const Fixture *fixture) {
  cr_assert_str_eq(fixture->engine_class->name, "xapian");
  return (OnrXapianIndex *)fixture->engine;
}

GArray *parts_listed(const Fixture *fixture) {
  GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autofree char *list = onr_record_get_setting(fixture->record, "xapian_parts");
  g_auto(GStrv) lines = g_strsplit(list ? list : "", "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++) {
    guint number = (guint)g_ascii_strtoull(lines[i], NULL, 10);
    g_array_append_val(numbers, number);
  }
  return numbers;
}

guint parts_n(const Fixture *fixture) {
  g_autoptr(GArray) listed = parts_listed(fixture);
  return listed->len;
}

guint parts_number(const Fixture *fixture, guint i) {
  g_autoptr(GArray) listed = parts_listed(fixture);
  return g_array_index(listed, guint, i);
}

char *parts_path(const Fixture *fixture, guint number, OnrTable table, const char *ending) {
  return g_strdup_printf("%s/xapian/%s-%u%s", fixture->dir, table_names[table], number, ending);
}

static gboolean is_listed(const GArray *numbers, const char *name) {
  for (guint i = 0; i < numbers->len; i++)
    for (guint t = 0; t < G_N_ELEMENTS(table_names); t++) {
      g_autofree char *folder = g_strdup_printf("%s-%u", table_names[t], g_array_index(numbers, guint, i));
      g_autofree char *before = g_strconcat(folder, ".before", NULL);
      if (!strcmp(name, folder) || !strcmp(name, before))
        return TRUE;
    }
  return FALSE;
}

/* "articles", "quotes": a link to a part. */
static gboolean is_link(const char *folder, const char *name) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  return (!strcmp(name, table_names[0]) || !strcmp(name, table_names[1])) &&
         g_file_test(path, G_FILE_TEST_IS_SYMLINK) && g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* While the index is of several parts, the one that servers have stays. */
static void add_served(const char *folder, GArray *numbers) {
  g_autofree char *link = g_build_filename(folder, table_names[0], NULL);
  g_autofree char *target = g_file_read_link(link, NULL);
  guint number = target ? (guint)g_ascii_strtoull(strrchr(target, '-') + 1, NULL, 10) : 0;
  if (numbers->len > 1 && number)
    g_array_append_val(numbers, number);
}

void parts_expect_tidy(const Fixture *fixture) {
  g_autoptr(GArray) numbers = parts_listed(fixture);
  g_autofree char *folder = g_build_filename(fixture->dir, "xapian", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *name;
  add_served(folder, numbers);
  while (dir && (name = g_dir_read_name(dir)))
    cr_assert_eq(is_listed(numbers, name) || is_link(folder, name), TRUE, "'%s' is left", name);
  for (guint i = 0; i < numbers->len; i++)
    for (int t = 0; t < 2; t++) {
      g_autofree char *path = parts_path(fixture, g_array_index(numbers, guint, i), (OnrTable)t, "");
      cr_assert_eq(g_file_test(path, G_FILE_TEST_IS_DIR), TRUE, "'%s' is gone", path);
    }
}

void parts_plant(const Fixture *fixture, const char *sql) {
  g_autofree char *file = g_build_filename(fixture->dir, ONR_RECORD_FILE, NULL);
  sqlite3 *db;
  char *message = NULL;
  cr_assert_eq(sqlite3_open(file, &db), SQLITE_OK);
  sqlite3_exec(db, sql, NULL, NULL, &message);
  cr_assert_null(message, "%s: %s", sql, message);
  sqlite3_close(db);
}

/* A record that is closed has no log beside it. */
char *parts_keep_record(Fixture *fixture) {
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_build_filename(fixture->dir, ONR_RECORD_FILE, NULL);
  char *kept = g_strconcat(file, ".kept", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  onr_archive_close(fixture->archive);
  cr_assert_eq(g_file_get_contents(file, &bytes, &length, &error), TRUE, "%s", error ? error->message : "");
  cr_assert_neq(g_file_set_contents(kept, bytes, (gssize)length, &error), 0);
  fixture->archive = NULL;
  fixture_reopen(fixture);
  return kept;
}

void parts_put_record_back(Fixture *fixture, const char *kept) {
  g_autofree char *file = g_build_filename(fixture->dir, ONR_RECORD_FILE, NULL);
  onr_archive_close(fixture->archive);
  fixture->archive = NULL;
  cr_assert_eq(g_rename(kept, file), 0);
}
