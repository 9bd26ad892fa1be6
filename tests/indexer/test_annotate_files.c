/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inputs.h"

#include "support/support.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

ONR_SUITE(annotate_files);

typedef struct {
  GString *out;
  guint stop_after, n;
} Seen;

static gboolean each(const OnrArticle *article, const char *path, const char *member, const GError *error,
                     gpointer data) {
  Seen *seen = data;
  g_autofree char *name = g_path_get_basename(path);
  if (article)
    g_string_append_printf(seen->out, "%s quotes %u\n", article->id, article->quotes->len);
  else
    g_string_append_printf(seen->out, "%s:%s: %s\n", name, member, error->message);
  return ++seen->n != seen->stop_after;
}

static char *annotate(const char *const *paths, guint stop_after) {
  Seen seen = {g_string_new(NULL), stop_after, 0};
  GError *error = NULL;
  cr_assert_neq(onr_annotate_files(
                    paths, &(OnrAnnotateOptions){.n_jobs = 3, .each = each, .data = &seen}, &error), FALSE);
  return g_string_free(seen.out, FALSE);
}

Test(annotate_files, ids_and_order) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *a = onr_test_write(dir, "b.story.txt", "Title\n\n\"Yes,\" said Ada Moor.\n", -1);
  g_autofree char *b = onr_test_write(dir, "a.jsonl",
                                      "{\"id\": 5, \"title\": \"A\"}\n{\"url\": \"https://x.example/1\", "
                                      "\"title\": \"B\"}\n{oops\n{\"body\": \" \"}\n",
                                      -1);
  g_autofree char *c = onr_test_write_gzip(dir, "page.html.gz", "<html><body><p>Text.</p>", 24, 0);
  g_autofree char *d = onr_test_write(dir, "d.json", "{\"id\": \"d\", \"title\": \"D\"}", -1);
  g_autofree char *none = g_build_filename(dir, "none", NULL);
  const char *const paths[] = {a, none, b, c, dir, d, NULL};
  g_autofree char *out = annotate(paths, 0);
  g_autofree char *name = g_path_get_basename(dir);
  g_autofree char *expected =
      g_strdup_printf("b.story quotes 1\n"
                      "none:: cannot be opened: No such file or directory\n"
                      "5 quotes 0\n"
                      "a:2 quotes 0\n"
                      "a.jsonl:3: no JSON at line 3, column 5: string or '}' expected near 'oops'\n"
                      "a.jsonl:4: no title and no text\n"
                      "page quotes 0\n"
                      "%s:: is a folder\n"
                      "d quotes 0\n",
                      name);
  cr_assert_str_eq(out, expected);
  g_autofree char *stopped = annotate(paths, 1);
  cr_assert_str_eq(stopped, "b.story quotes 1\n");
  onr_test_remove_dir(dir);
}

/* What takes another back says no more than which; an item that says nothing else is none. */
Test(annotate_files, a_kill_needs_no_words) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *kill =
      onr_test_write(dir, "k.json", "{\"uri\": \"urn:k\", \"pubStatus\": \"canceled\"}", -1);
  g_autofree char *none =
      onr_test_write(dir, "n.json", "{\"uri\": \"urn:n\", \"pubStatus\": \"usable\"}", -1);
  const char *const paths[] = {kill, none, NULL};
  g_autofree char *out = annotate(paths, 0);
  cr_assert_str_eq(out, "urn:k quotes 0\nn.json:: no title and no text\n");
  onr_test_remove_dir(dir);
}

Test(annotate_files, standard_input) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write_gzip(dir, "x", "{\"id\": \"s\", \"title\": \"S\"}\n", 26, 0);
  int fd = open(path, O_RDONLY);
  cr_assert_geq(dup2(fd, STDIN_FILENO), 0);
  close(fd);
  const char *const paths[] = {"-", NULL};
  g_autofree char *out = annotate(paths, 0);
  cr_assert_str_eq(out, "s quotes 0\n");
  onr_test_remove_dir(dir);
}

static gboolean each_id_once(const OnrArticle *article, const char *path, const char *member,
                             const GError *error, gpointer data) {
  (void)path, (void)member, (void)data;
  cr_assert_null(error);
  for (guint i = 0; i < article->entities->len; i++)
    for (guint k = 0; k < i; k++)
      cr_assert_str_neq(g_array_index(article->entities, OnrEntityRow, i).id,
                        g_array_index(article->entities, OnrEntityRow, k).id);
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, 0);
  g_autofree char *names = onr_article_speaker_names(article, quote);
  cr_assert_str_eq(names, "Dorn-Reyk Institute");
  return TRUE;
}

/* Two spellings that come to one id are one entity, and one speaker, before an engine sees them. */
Test(annotate_files, names_of_one_id_are_one_entity) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *a = onr_test_write(
      dir, "a.txt", "Title\n\nThe Dorn-Reyk Institute and the Dorn Reyk Institute said that it rained.\n",
      -1);
  const char *const paths[] = {a, NULL};
  GError *error = NULL;
  cr_assert_neq(onr_annotate_files(
                    paths, &(OnrAnnotateOptions){.n_jobs = 1, .each = each_id_once}, &error), FALSE);
  onr_test_remove_dir(dir);
}
