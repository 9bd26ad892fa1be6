/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(2);
}

static int run_apart(const char *const *argv, char **out, char **err) {
  g_autoptr(GError) error = NULL;
  int wait_status;
  if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out, err, &wait_status,
                    &error))
    fail(error->message);
  if (g_spawn_check_wait_status(wait_status, &error))
    return 0;
  return error->domain == G_SPAWN_EXIT_ERROR ? error->code : -1;
}

int run_program(const char *const *argv, char **output) {
  g_autofree char *out = NULL, *err = NULL;
  int status = run_apart(argv, &out, &err);
  if (output)
    *output = g_strconcat(out, err, NULL);
  return status;
}

static char *export(const char *onrecord, const char *archive, const char *what) {
  const char *argv[] = {onrecord, "-a", archive, "export", what, "--format", "jsonl", NULL};
  g_autofree char *err = NULL;
  char *out = NULL;
  int status = run_apart(argv, &out, &err);
  if (status > 1) { /* 1: there is nothing to export */
    g_autofree char *message = g_strdup_printf("export %s ended with %d: %s", what, status, err);
    fail(message);
  }
  return out;
}

/* The id of a line's article: member "id" of the line itself, or of its member "article". */
static char *article_id(const char *line, gboolean is_quote) {
  json_t *object = json_loads(line, 0, NULL);
  json_t *article = is_quote ? json_object_get(object, "article") : object;
  const char *id = json_string_value(json_object_get(article, "id"));
  if (!id)
    fail("an exported line names no article");
  char *copy = g_strdup(id);
  json_decref(object);
  return copy;
}

static GHashTable *lines_by_article(const char *export, gboolean is_quote) {
  GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) lines = g_strsplit(export, "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++) {
    char *id = article_id(lines[i], is_quote);
    const char *before = g_hash_table_lookup(table, id);
    g_hash_table_insert(table, id, g_strconcat(before ? before : "", lines[i], "\n", NULL));
  }
  return table;
}

Snapshot *snapshot_take(const char *onrecord, const char *archive) {
  Snapshot *snapshot = g_new0(Snapshot, 1);
  snapshot->articles = export(onrecord, archive, "articles");
  snapshot->quotes = export(onrecord, archive, "quotes");
  snapshot->entities = export(onrecord, archive, "entities");
  snapshot->article_lines = lines_by_article(snapshot->articles, FALSE);
  snapshot->quote_lines = lines_by_article(snapshot->quotes, TRUE);
  return snapshot;
}

void snapshot_free(Snapshot *snapshot) {
  if (!snapshot)
    return;
  g_free(snapshot->articles);
  g_free(snapshot->quotes);
  g_free(snapshot->entities);
  g_hash_table_unref(snapshot->article_lines);
  g_hash_table_unref(snapshot->quote_lines);
  g_free(snapshot);
}

/* Says where two exports part. */
static gboolean same_lines(const char *what, const char *got, const char *wanted) {
  if (g_str_equal(got, wanted))
    return TRUE;
  g_auto(GStrv) a = g_strsplit(got, "\n", -1);
  g_auto(GStrv) b = g_strsplit(wanted, "\n", -1);
  guint i = 0;
  while (a[i] && b[i] && g_str_equal(a[i], b[i]))
    i++;
  fprintf(stderr, "%s differ from line %u on\n  is     | %s\n  wanted | %s\n", what, i + 1, a[i] ? a[i] : "",
          b[i] ? b[i] : "");
  return FALSE;
}

gboolean snapshot_equal(const Snapshot *snapshot, const Snapshot *whole) {
  gboolean articles = same_lines("articles", snapshot->articles, whole->articles);
  gboolean quotes = same_lines("quotes", snapshot->quotes, whole->quotes);
  gboolean entities = same_lines("entities", snapshot->entities, whole->entities);
  return articles && quotes && entities;
}

static const char *lookup(GHashTable *table, const char *key) {
  const char *found = g_hash_table_lookup(table, key);
  return found ? found : "";
}

static gboolean is_in(const Snapshot *snapshot, const char *id, const Snapshot *whole) {
  return g_str_equal(lookup(snapshot->article_lines, id), lookup(whole->article_lines, id)) &&
         g_str_equal(lookup(snapshot->quote_lines, id), lookup(whole->quote_lines, id));
}

gboolean snapshot_is_part(const Snapshot *snapshot, const Snapshot *whole, const Snapshot *before) {
  GHashTableIter iter;
  gpointer id;
  gboolean is_part = TRUE;
  g_hash_table_iter_init(&iter, snapshot->article_lines);
  while (g_hash_table_iter_next(&iter, &id, NULL)) {
    if (is_in(snapshot, id, whole) || (before && is_in(snapshot, id, before)))
      continue;
    is_part = FALSE;
    same_lines("article", lookup(snapshot->article_lines, id), lookup(whole->article_lines, id));
    same_lines("an article's quotes", lookup(snapshot->quote_lines, id), lookup(whole->quote_lines, id));
  }
  return is_part;
}

guint snapshot_n_articles(const Snapshot *snapshot) {
  return g_hash_table_size(snapshot->article_lines);
}

gboolean archive_is_clean(const char *onrecord, const char *archive) {
  const char *argv[] = {onrecord, "-a", archive, "check", NULL};
  g_autofree char *output = NULL;
  int status = run_program(argv, &output);
  if (status != 0)
    fprintf(stderr, "check ended with %d: %s\n", status, output);
  return status == 0;
}

/* --- searches --- */

static const char *const searches[][2] = {{"search", "*"},
                                          {"search", "harbour OR ferry"},
                                          {"search", "\"night ferry\" date:2024"},
                                          {"search", "council NEAR/3 again lang:en"},
                                          {"quotes", "act:any"},
                                          {"quotes", "speaker:quellen (winter OR year*)"}};

static int compare_lines(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "ID SCORE", where the hit's article is one of SNAPSHOT's. */
static char *answer_line(const char *line, const Snapshot *snapshot) {
  json_t *object = json_loads(line, 0, NULL);
  json_t *article = json_object_get(object, "article");
  const char *id = json_string_value(json_object_get(object, "id"));
  const char *article_id = json_is_object(article) ? json_string_value(json_object_get(article, "id")) : id;
  char *answer = NULL;
  if (id && article_id && g_hash_table_contains(snapshot->article_lines, article_id))
    answer = g_strdup_printf("%s %.9g", id, json_number_value(json_object_get(object, "score")));
  else
    fprintf(stderr, "a hit is not in the archive: %s\n", line);
  json_decref(object);
  return answer;
}

/* Sorted, since scores may differ by a last bit with the parts that an index has. */
static GPtrArray *answer_lines(const char *output, const Snapshot *snapshot) {
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) lines = g_strsplit(output, "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++) {
    char *answer = answer_line(lines[i], snapshot);
    if (!answer)
      return NULL;
    g_ptr_array_add(answers, answer);
  }
  g_ptr_array_sort(answers, compare_lines);
  return g_steal_pointer(&answers);
}

static gboolean add_answers(const char *onrecord, const char *archive, guint i, const Snapshot *snapshot,
                            GString *all) {
  const char *argv[] = {onrecord, "-a", archive,    searches[i][0], searches[i][1],
                        "-n",     "0",  "--format", "jsonl",        NULL};
  g_autofree char *out = NULL, *err = NULL;
  int status = run_apart(argv, &out, &err);
  g_autoptr(GPtrArray) answers = status == 0 || status == 1 ? answer_lines(out, snapshot) : NULL;
  if (!answers) {
    fprintf(stderr, "%s '%s' ended with %d: %s\n", searches[i][0], searches[i][1], status, err);
    return FALSE;
  }
  if (i == 0 && answers->len != snapshot_n_articles(snapshot)) {
    fprintf(stderr, "%u articles found of %u\n", answers->len, snapshot_n_articles(snapshot));
    return FALSE;
  }
  g_string_append_printf(all, "%s %s\n", searches[i][0], searches[i][1]);
  for (guint k = 0; k < answers->len; k++)
    g_string_append_printf(all, "%s\n", (char *)answers->pdata[k]);
  return TRUE;
}

char *archive_answers(const char *onrecord, const char *archive, const Snapshot *snapshot) {
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(searches); i++)
    if (!add_answers(onrecord, archive, i, snapshot, all))
      return NULL;
  return g_string_free(g_steal_pointer(&all), FALSE);
}

/* --- the index's folder --- */

/* NULL where the record has none. */
static char *read_setting(const char *archive, const char *name) {
  g_autofree char *file = g_build_filename(archive, "record.sqlite", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *s = NULL;
  char *value = NULL;
  if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2(db, "SELECT value FROM setting WHERE name = ?1", -1, &s, NULL) == SQLITE_OK) {
    sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    value = sqlite3_step(s) == SQLITE_ROW ? g_strdup((const char *)sqlite3_column_text(s, 0)) : NULL;
  }
  sqlite3_finalize(s);
  sqlite3_close(db);
  return value;
}

/* The parts' folders, what is laid by of them, and the links that servers open. */
static gboolean is_named(char *const *lines, const char *name) {
  static const char *const tables[] = {"articles", "quotes"};
  for (guint t = 0; t < G_N_ELEMENTS(tables); t++) {
    gboolean is_one = g_strcmp0(name, tables[t]) == 0;
    for (guint i = 0; !is_one && lines[i] && *lines[i]; i++) {
      g_autofree char *folder = g_strdup_printf("%s-%u", tables[t], (guint)strtoul(lines[i], NULL, 10));
      g_autofree char *before = g_strconcat(folder, ".before", NULL);
      is_one = g_str_equal(name, folder) || g_str_equal(name, before);
    }
    if (is_one)
      return TRUE;
  }
  return FALSE;
}

gboolean archive_is_tidy(const char *archive) {
  g_autofree char *list = read_setting(archive, "xapian_parts");
  g_autofree char *folder = g_build_filename(archive, "xapian", NULL);
  g_auto(GStrv) lines = g_strsplit(list ? list : "", "\n", -1);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  gboolean is_tidy = !dir || list;
  const char *name;
  while (dir && (name = g_dir_read_name(dir)))
    is_tidy &= is_named(lines, name);
  if (!is_tidy) {
    const char *argv[] = {"ls", "-la", folder, NULL};
    g_autofree char *output = NULL;
    run_program(argv, &output);
    fprintf(stderr, "of the parts\n%sthere is\n%s", list ? list : "(none)\n", output);
  }
  return is_tidy;
}

/* --- trees --- */

guint64 tree_bytes(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  guint64 total = 0;
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *child = g_build_filename(path, name, NULL);
    GStatBuf found;
    if (g_lstat(child, &found) == 0 && S_ISDIR(found.st_mode))
      total += tree_bytes(child);
    else if (g_lstat(child, &found) == 0 && S_ISREG(found.st_mode))
      total += (guint64)found.st_size;
  }
  return total;
}

void copy_tree(const char *from, const char *to) {
  const char *argv[] = {"cp", "-a", from, to, NULL};
  remove_tree(to);
  if (run_program(argv, NULL) != 0)
    fail("an archive could not be copied");
}

void remove_tree(const char *path) {
  const char *argv[] = {"rm", "-rf", path, NULL};
  run_program(argv, NULL);
}
