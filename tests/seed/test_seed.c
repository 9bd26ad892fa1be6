/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article that the tool was first asked for, end to end: each query of expected.json finds exactly the
   quotes listed for it, with their kind and speaker. The article is no part of the project; without ../shared
   the tests are skipped. */
#include "support/support.h"

#include <jansson.h>
#include <string.h>

ONR_SUITE(seed);

/* The article's first line is its headline, and its last two lines are a page's footer: nobody's words. */
#define HEADLINE_END 58
#define FOOTER_BEGIN 2082

static char *run_onrecord(const char *archive, const char *const *arguments) {
  g_autoptr(GPtrArray) argv = g_ptr_array_new();
  g_ptr_array_add(argv, (char *)ONR_PROGRAM);
  g_ptr_array_add(argv, (char *)"-a");
  g_ptr_array_add(argv, (char *)archive);
  for (; *arguments; arguments++)
    g_ptr_array_add(argv, (char *)*arguments);
  g_ptr_array_add(argv, NULL);
  char *out = NULL;
  g_autofree char *err = NULL;
  int wait_status;
  GError *error = NULL;
  gboolean started = g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err,
                                  &wait_status, &error);
  cr_assert_eq(started, TRUE, "%s", error ? error->message : "");
  GError *ended = NULL;
  int status = g_spawn_check_wait_status(wait_status, &ended) ? 0 : ended->code;
  cr_assert_leq(status, 1, "%s: %s", ended ? ended->message : "",
                err); /* 1: no hits, which some queries want */
  g_clear_error(&ended);
  return out;
}

/* An archive of the one article in folder DIR. */
static char *index_seed(const char *dir, const char *shared) {
  char *archive = g_build_filename(dir, "archive", NULL);
  g_autofree char *article = g_build_filename(shared, "data", "seed", "lavrov-nato.txt", NULL);
  g_free(run_onrecord(archive, (const char *[]){"index", "--quiet", article, NULL}));
  return archive;
}

static json_t *load_expected(const char *shared) {
  g_autofree char *path = g_build_filename(shared, "data", "seed", "expected.json", NULL);
  json_t *expected = json_load_file(path, 0, NULL);
  cr_assert_not_null(expected, "%s", path);
  return expected;
}

static json_t *parse_lines(const char *lines) {
  json_t *array = json_array();
  g_auto(GStrv) parts = g_strsplit(lines, "\n", -1);
  for (guint i = 0; parts[i] && *parts[i]; i++) {
    json_t *object = json_loads(parts[i], 0, NULL);
    cr_assert_not_null(object, "%s", parts[i]);
    json_array_append_new(array, object);
  }
  return array;
}

static json_int_t length_of(json_t *spans) {
  json_int_t length = 0;
  for (size_t i = 0; i < json_array_size(spans); i++) {
    json_t *span = json_array_get(spans, i);
    length += json_integer_value(json_array_get(span, 1)) - json_integer_value(json_array_get(span, 0));
  }
  return length;
}

static json_int_t overlap_of(json_t *a, json_t *b) {
  json_int_t overlap = 0;
  for (size_t i = 0; i < json_array_size(a); i++)
    for (size_t j = 0; j < json_array_size(b); j++) {
      json_t *s = json_array_get(a, i), *t = json_array_get(b, j);
      json_int_t begin =
          MAX(json_integer_value(json_array_get(s, 0)), json_integer_value(json_array_get(t, 0)));
      json_int_t end =
          MIN(json_integer_value(json_array_get(s, 1)), json_integer_value(json_array_get(t, 1)));
      overlap += MAX(0, end - begin);
    }
  return overlap;
}

static gboolean is_same(json_t *expected, json_t *found) {
  json_t *a = json_object_get(expected, "content"), *b = json_object_get(found, "content");
  json_int_t overlap = overlap_of(a, b);
  return 2 * overlap >= length_of(a) && 2 * overlap >= length_of(b);
}

static const char *text_member(json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  return text ? text : "null";
}

static void check_members(json_t *expected, json_t *found, const char *query) {
  static const char *const members[] = {"kind", "speaker", "speaker_type"};
  for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
    cr_expect_str_eq(text_member(found, members[i]), text_member(expected, members[i]), "%s: %s of “%s”",
                     query, members[i], text_member(found, "quote"));
}

/* The hits are the quotes whose numbers LISTED holds, each once. */
static void check_query(const char *query, json_t *listed, json_t *quotes, json_t *hits) {
  cr_expect_eq(json_array_size(hits), json_array_size(listed), "%s: %zu hits, expected %zu", query,
               json_array_size(hits), json_array_size(listed));
  for (size_t i = 0; i < json_array_size(listed); i++) {
    size_t number = (size_t)json_integer_value(json_array_get(listed, i));
    json_t *expected = json_array_get(quotes, number);
    guint n_same = 0;
    for (size_t h = 0; h < json_array_size(hits); h++) {
      json_t *hit = json_array_get(hits, h);
      if (is_same(expected, hit)) {
        n_same++;
        check_members(expected, hit, query);
      }
    }
    cr_expect_eq(n_same, 1, "%s: expected quote %zu is among the hits %u times", query, number, n_same);
  }
}

static const char *need_shared(void) {
  const char *shared = onr_test_shared();
  if (!shared)
    cr_skip_test("no ../shared here: the first article cannot be read");
  return shared;
}

Test(seed, queries_find_exactly_the_listed_quotes) {
  const char *shared = need_shared();
  char *dir = onr_test_make_dir();
  g_autofree char *archive = index_seed(dir, shared);
  json_t *expected = load_expected(shared);
  json_t *quotes = json_object_get(expected, "quotes");
  const char *query;
  json_t *listed;
  json_object_foreach(json_object_get(expected, "queries"), query, listed) {
    g_autofree char *out =
        run_onrecord(archive, (const char *[]){"quotes", "-n", "0", "--format", "jsonl", "--", query, NULL});
    json_t *hits = parse_lines(out);
    check_query(query, listed, quotes, hits);
    json_decref(hits);
  }
  json_decref(expected);
  onr_test_remove_dir(dir);
  g_free(dir);
}

Test(seed, every_listed_quote_is_in_the_export) {
  const char *shared = need_shared();
  char *dir = onr_test_make_dir();
  g_autofree char *archive = index_seed(dir, shared);
  json_t *expected = load_expected(shared);
  json_t *quotes = json_object_get(expected, "quotes");
  g_autofree char *out =
      run_onrecord(archive, (const char *[]){"export", "quotes", "--format", "jsonl", NULL});
  json_t *found = parse_lines(out);
  for (size_t i = 0; i < json_array_size(quotes); i++) {
    guint n_same = 0;
    for (size_t j = 0; j < json_array_size(found); j++)
      if (is_same(json_array_get(quotes, i), json_array_get(found, j))) {
        n_same++;
        check_members(json_array_get(quotes, i), json_array_get(found, j), "export");
      }
    cr_expect_eq(n_same, 1, "expected quote %zu is exported %u times", i, n_same);
  }
  json_decref(found);
  json_decref(expected);
  onr_test_remove_dir(dir);
  g_free(dir);
}

Test(seed, headline_and_footer_give_no_quote) {
  const char *shared = need_shared();
  char *dir = onr_test_make_dir();
  g_autofree char *archive = index_seed(dir, shared);
  g_autofree char *out =
      run_onrecord(archive, (const char *[]){"export", "quotes", "--format", "jsonl", NULL});
  json_t *found = parse_lines(out);
  json_t *nobodys = json_pack("[[ii] [ii]]", 0, HEADLINE_END, FOOTER_BEGIN, G_MAXINT);
  for (size_t i = 0; i < json_array_size(found); i++)
    cr_expect_eq(overlap_of(json_object_get(json_array_get(found, i), "content"), nobodys), 0,
                 "“%s” is nobody's words", text_member(json_array_get(found, i), "quote"));
  json_decref(nobodys);
  json_decref(found);
  onr_test_remove_dir(dir);
  g_free(dir);
}
