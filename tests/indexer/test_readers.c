/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tests/cases/readers*.test: what each reader makes of a content; tests/indexer/formats: of whole files. */
#include "indexer/reader.h"
#include "support/support.h"

#include <string.h>

ONR_SUITE(readers);

static void add_field(GString *out, const char *name, const char *value) {
  if (value && *value) {
    g_autoptr(GString) shown = g_string_new(value);
    g_string_replace(shown, "\n", "\\n", 0);
    g_string_append_printf(out, "  %s: %s\n", name, shown->str);
  }
}

static void add_article(GString *out, const OnrArticle *article, guint32 n_replaced) {
  add_field(out, "id", article->id);
  add_field(out, "title", article->title);
  add_field(out, "byline", article->byline);
  add_field(out, "dateline", article->dateline);
  add_field(out, "published", article->published);
  add_field(out, "publisher", article->publisher);
  add_field(out, "section", article->section);
  add_field(out, "language", article->language);
  add_field(out, "url", article->url);
  for (guint i = 0; i < article->notes->len; i++) {
    const OnrNote *note = &g_array_index(article->notes, OnrNote, i);
    add_field(out, note->name, note->value);
  }
  add_field(out, "text", article->text);
  cr_assert_eq(strlen(article->text), article->text_length);
  if (n_replaced)
    g_string_append_printf(out, "  replaced: %u\n", n_replaced);
}

static void add_item(GString *out, const OnrReader *reader, const char *path, const OnrRawItem *raw,
                     OnrArticle *article) {
  g_autoptr(GError) error = NULL;
  guint32 n_replaced = 0;
  onr_article_reset(article);
  if (raw->error || !reader->parse(raw, path, article, &n_replaced, &error)) {
    g_string_append_printf(out, "error %s: %s\n", raw->member, (raw->error ? raw->error : error)->message);
    return;
  }
  g_string_append_printf(out, "item%s%s\n", *raw->member ? " " : "", raw->member);
  add_article(out, article, n_replaced);
}

static char *read_file(const char *path, const char *const *map) {
  GString *out = g_string_new(NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrStream) stream = onr_stream_open(path, &error);
  cr_assert_not_null(stream);
  const OnrReader *reader = onr_reader_choose(stream, path, &error);
  if (!reader) {
    g_string_append_printf(out, "refused: %s\n", error->message);
    return g_string_free(out, FALSE);
  }
  g_string_append_printf(out, "reader: %s\n", reader->name);
  g_autoptr(OnrArticle) article = onr_article_new();
  g_auto(OnrSplit) split = {.map = map};
  OnrRawItem raw = {0};
  while (reader->split(stream, &split, &raw, &error)) {
    add_item(out, reader, path, &raw, article);
    onr_raw_item_clear(&raw);
  }
  add_field(out, "remark", split.remark);
  if (error)
    g_string_append_printf(out, "end: %s\n", error->message);
  return g_string_free(out, FALSE);
}

/* The file's ending may be followed by what `--map` says: "csv,text=Story". */
static char *read_content(const char *dir, const char *kind, const char *content) {
  g_auto(GStrv) words = g_strsplit(kind, ",", -1);
  g_autofree char *name =
      strcmp(words[0], "-") == 0 ? g_strdup("page") : g_strconcat("page.", words[0], NULL);
  g_autofree char *path = onr_test_write(dir, name, content, -1);
  return read_file(path, (const char *const *)words + 1);
}

static void check_cases(const char *file) {
  g_autofree char *dir = onr_test_make_dir();
  g_autoptr(GPtrArray) cases = onr_test_cases(file);
  guint n_wrong = 0;
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    const char *content = strchr(c->input, ' ') + 1;
    g_autofree char *kind = g_strndup(c->input, (gsize)(content - 1 - c->input));
    g_autofree char *found = read_content(dir, kind, content);
    g_autoptr(GString) expected = g_string_new(NULL);
    for (guint k = 0; k < c->expected->len; k++)
      g_string_append_printf(expected, "%s\n", (const char *)c->expected->pdata[k]);
    if (strcmp(found, expected->str) != 0) {
      cr_log_error("%s:%u: %s\nexpected:\n%sfound:\n%s", file, c->line, c->input, expected->str, found);
      n_wrong++;
    }
  }
  cr_assert_eq(n_wrong, 0, "%u of %u cases", n_wrong, cases->len);
  onr_test_remove_dir(dir);
}

Test(readers, cases) {
  check_cases("readers.test");
}

Test(readers, json) {
  check_cases("readers_json.test");
}

Test(readers, news) {
  check_cases("readers_news.test");
}

/* Beside each file stands FILE.expected; ONR_UPDATE_GOLDEN=1 writes it anew, to be read before it is kept. */
Test(readers, formats) {
  g_autoptr(GDir) dir = g_dir_open(ONR_TEST_FORMATS, 0, NULL);
  cr_assert_not_null(dir);
  guint n_wrong = 0, n = 0;
  for (const char *name; (name = g_dir_read_name(dir));) {
    if (g_str_has_suffix(name, ".expected"))
      continue;
    g_autofree char *path = g_build_filename(ONR_TEST_FORMATS, name, NULL);
    g_autofree char *golden = g_strconcat(path, ".expected", NULL);
    g_autofree char *found = read_file(path, NULL);
    g_autofree char *expected = NULL;
    n++;
    if (g_getenv("ONR_UPDATE_GOLDEN"))
      cr_assert_neq(g_file_set_contents(golden, found, -1, NULL), FALSE);
    if (!g_file_get_contents(golden, &expected, NULL, NULL) || strcmp(found, expected) != 0) {
      cr_log_error("%s\nexpected:\n%sfound:\n%s", name, expected ? expected : "nothing\n", found);
      n_wrong++;
    }
  }
  cr_assert_eq(n_wrong, 0, "%u of %u files", n_wrong, n);
  cr_assert_geq(n, 15);
}

Test(readers, mail) {
  check_cases("readers_mail.test");
}

Test(readers, nexis) {
  check_cases("readers_nexis.test");
}

Test(readers, sgml) {
  check_cases("readers_sgml.test");
}

Test(readers, tables) {
  check_cases("readers_tables.test");
}
