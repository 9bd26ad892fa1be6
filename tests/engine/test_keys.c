/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ids, paths and urls that are too long for a term, and values of unusual bytes. */
#include "plans.h"

#include <string.h>

ONR_SUITE(engine_keys);

typedef struct {
  const char *id, *path, *url, *title, *text;
} Made;

static void put(Fixture *fixture, const Made *made) {
  g_autoptr(OnrArticle) article = onr_article_new();
  article->id = made->id;
  article->path = made->path ? made->path : "/news/made.txt";
  article->url = made->url;
  article->title = made->title;
  article->publisher = made->title;
  article->text = made->text ? made->text : "the harbour";
  article->text_length = strlen(article->text);
  OnrQuoteRow *quote = onr_article_add_quote(article);
  OnrSpan content = {0, 3};
  g_array_append_val(quote->content, content);
  fixture_put_article(fixture, article);
}

static void compare_key(Fixture *fixture, OnrKey key, const char *pattern, guint wanted) {
  for (int table = 0; table < 2; table++) {
    GError *error = NULL;
    g_autoptr(OnrPlan) plan = onr_plan_key(key, pattern);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
    fixture_compare(fixture, plan, (OnrTable)table);
    fixture->engine_class->match(fixture->engine, plan, (OnrTable)table, rows, &error);
    fixture_no_error(error);
    cr_assert_eq(rows->len, wanted, "%s: '%s': %u", fixture->engine_class->name, pattern, rows->len);
  }
}

/* N times UNIT, between HEAD and TAIL. */
static char *drawn_out(const char *head, const char *unit, guint n, const char *tail) {
  GString *text = g_string_new(head);
  for (guint i = 0; i < n; i++)
    g_string_append(text, unit);
  g_string_append(text, tail);
  return g_string_free(text, FALSE);
}

/* Alike over more bytes than a term has, and each a little else at its end. */
Test(engine_keys, long_ids_urls_and_paths) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 20);
    g_autofree char *id_a = drawn_out("id-", "0123456789", 30, "-a"),
                    *id_b = drawn_out("id-", "0123456789", 30, "-b");
    g_autofree char *url_a = drawn_out("https://wire.example/", "ö/", 150, "one?q=1");
    g_autofree char *url_b = drawn_out("https://wire.example/", "ö/", 150, "two?q=1");
    g_autofree char *path_a = drawn_out("/news/", "folder-of-a-long-name", 20, "/a.txt");
    g_autofree char *path_b = drawn_out("/news/", "folder-of-a-long-name", 20, "x/b.txt");
    const Made made[] = {{.id = id_a, .url = url_a, .path = path_a},
                         {.id = id_b, .url = url_b, .path = path_b},
                         {.id = "short", .url = "https://wire.example/one?q=1", .path = "/news/a.txt"},
                         {.id = "none"}};
    fixture_begin(fixture);
    for (guint i = 0; i < G_N_ELEMENTS(made); i++)
      put(fixture, &made[i]);
    fixture_commit(fixture);
    fixture_put_random(fixture, 10);
    for (guint step = 0; step < 2; step++) {
      compare_key(fixture, ONR_KEY_ID, id_a, 1);
      compare_key(fixture, ONR_KEY_ID, id_b, 1);
      g_autofree char *quote_id = g_strconcat(id_a, "#1", NULL);
      g_autoptr(OnrPlan) quote = onr_plan_key(ONR_KEY_ID, quote_id);
      fixture_compare(fixture, quote, ONR_TABLE_QUOTES);
      compare_key(fixture, ONR_KEY_URL, url_a, 1);
      compare_key(fixture, ONR_KEY_URL, "example/one", 1);
      compare_key(fixture, ONR_KEY_URL, "/ö/ö/", 2);
      compare_key(fixture, ONR_KEY_URL, "https://wire.example/ö*", 2);
      compare_key(fixture, ONR_KEY_URL, "*q=1", 3);
      g_autofree char *url_glob = drawn_out("https://wire.example/", "ö/", 149, "*two*");
      compare_key(fixture, ONR_KEY_URL, url_glob, 1);
      compare_key(fixture, ONR_KEY_PATH, path_a, 1);
      compare_key(fixture, ONR_KEY_PATH, "b.txt", 1);
      compare_key(fixture, ONR_KEY_PATH, "a.txt", 2);
      g_autofree char *folder_a = g_path_get_dirname(path_a);
      g_autofree char *component = g_path_get_basename(folder_a);
      compare_key(fixture, ONR_KEY_PATH, folder_a, 1);
      compare_key(fixture, ONR_KEY_PATH, component, 1);
      g_autofree char *folder_slash = g_strconcat(folder_a, "/", NULL);
      g_autofree char *path_glob = g_strconcat(folder_a, "*", NULL);
      compare_key(fixture, ONR_KEY_PATH, path_glob, 2);
      compare_key(fixture, ONR_KEY_PATH, "/news/folder*.txt", 2);
      compare_key(fixture, ONR_KEY_PATH, "*name/a.txt", 1);
      fixture_settle(fixture);
    }
    fixture_expect_sound(fixture);
    fixture_remove_random(fixture, 1000);
    compare_key(fixture, ONR_KEY_ID, id_a, 0);
  }
}

/* --- bytes --- */

static const char *const odd[] = {"\x01\x02\x7f",
                                  "a\tb\nc\rd",
                                  "\xef\xbb\xbf"
                                  "bom",
                                  "\xef\xbf\xbf \xef\xb7\x90",
                                  "\xf4\x8f\xbf\xbd\xf0\x9f\x98\x80",
                                  "e\xcc\x81\xcc\x82\xcc\x83 \xe2\x80\xae rtl \xd7\xa9\xd7\x9c",
                                  "\xe2\x80\x8b\xc2\xad\xe2\x81\xa0",
                                  "Z X XK XKid Szar ''\"\"\\\\%s%n",
                                  "Zthe Xthe :the the#1 a#0"};

Test(engine_keys, odd_characters_in_every_field) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 21);
    fixture_begin(fixture);
    for (guint i = 0; i < G_N_ELEMENTS(odd); i++) {
      g_autofree char *url = g_strconcat("https://", odd[i], NULL),
                      *path = g_strconcat("/news/", odd[i], NULL);
      g_autofree char *text = g_strconcat("the ", odd[i], " harbour ", odd[i], NULL);
      put(fixture, &(Made){.id = odd[i], .path = path, .url = url, .title = odd[i], .text = text});
    }
    fixture_commit(fixture);
    for (guint i = 0; i < G_N_ELEMENTS(odd); i++) {
      compare_key(fixture, ONR_KEY_ID, odd[i], 1);
      g_autofree char *path = g_strconcat("/news/", odd[i], NULL);
      compare_key(fixture, ONR_KEY_PATH, path, 1);
      compare_key(fixture, ONR_KEY_URL, odd[i], 1);
    }
    plans_compare_random(fixture, 10, 2);
    fixture_settle(fixture);
    fixture_expect_sound(fixture);
    fixture_remove_random(fixture, 4);
    fixture_expect_sound(fixture);
  }
}

/* Bytes that are no UTF-8 in a header: readers do not let them through, but an engine does not die of them.
 */
Test(engine_keys, headers_that_are_no_text) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 22);
    fixture_begin(fixture);
    put(fixture, &(Made){.id = "a", .title = "\xff\xfe title \xc3"});
    put(fixture, &(Made){.id = "b", .title = "\xed\xa0\x80", .url = "https://\x80"});
    fixture_commit(fixture);
    g_autoptr(OnrPlan) plan = onr_plan_term("the");
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    fixture_remove_random(fixture, 1);
    fixture_compare(fixture, plan, ONR_TABLE_QUOTES);
  }
}
