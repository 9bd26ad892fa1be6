/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(2);
}

static int spawn(const char *const *argv, char **out, char **err) {
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
  int status = spawn(argv, &out, &err);
  if (output)
    *output = g_strconcat(out, err, NULL);
  return status;
}

static char *export(const char *onrecord, const char *archive, const char *what) {
  const char *argv[] = {onrecord, "-a", archive, "export", what, "--format", "jsonl", NULL};
  g_autofree char *err = NULL;
  char *out = NULL;
  int status = spawn(argv, &out, &err);
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

gboolean snapshot_is_part(const Snapshot *snapshot, const Snapshot *whole) {
  GHashTableIter iter;
  gpointer id, line;
  gboolean is_part = TRUE;
  g_hash_table_iter_init(&iter, snapshot->article_lines);
  while (g_hash_table_iter_next(&iter, &id, &line)) {
    is_part &= same_lines("article", line, lookup(whole->article_lines, id));
    is_part &=
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

void remove_tree(const char *path) {
  const char *argv[] = {"rm", "-rf", path, NULL};
  run_program(argv, NULL);
}
