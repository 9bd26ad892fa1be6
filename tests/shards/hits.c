/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hits.h"

#include "support/support.h"

#include <jansson.h>
#include <math.h>

static json_t *parse(const char *line, const char *what) {
  json_error_t fault;
  json_t *object = json_loads(line, 0, &fault);
  cr_assert_not_null(object, "%s: %s: %s", what, fault.text, line);
  return object;
}

static void expect_same_score(const json_t *wanted, const json_t *got, const char *what) {
  double a = json_number_value(json_object_get(wanted, "score"));
  double b = json_number_value(json_object_get(got, "score"));
  cr_assert_leq(fabs(a - b), 1e-9 * fabs(a), "%s: %.17g and %.17g", what, a, b);
}

/* How an archive spells a name is its own; and what is served knows names only, not whose they are. */
static void forget_names(json_t *record) {
  json_t *speakers = json_object_get(record, "speakers");
  for (size_t i = 0; i < json_array_size(speakers); i++)
    json_object_clear(json_array_get(speakers, i));
  json_object_del(record, "speaker");
  json_object_del(record, "speaker_id");
}

char *hits_without_distinct(const char *output) {
  g_autoptr(GRegex) distinct = g_regex_new("\"distinct\": [0-9]+", 0, 0, NULL);
  return g_regex_replace_literal(distinct, output, -1, 0, "\"distinct\": null", 0, NULL);
}

static void expect_same_record(const char *wanted, const char *got, const char *what) {
  json_t *a = parse(wanted, what), *b = parse(got, what);
  expect_same_score(a, b, what);
  json_object_del(a, "score");
  json_object_del(b, "score");
  json_object_del(a, "distinct");
  json_object_del(b, "distinct");
  forget_names(a);
  forget_names(b);
  cr_assert_eq(json_equal(a, b), 1, "%s: differs\n  wanted %s\n  got    %s", what, wanted, got);
  json_decref(a);
  json_decref(b);
}

guint hits_expect_same(const char *wanted, const char *got, const char *what) {
  g_auto(GStrv) a = g_strsplit(wanted, "\n", -1), b = g_strsplit(got, "\n", -1);
  guint n = 0;
  for (; a[n] && b[n] && *a[n] && *b[n]; n++)
    expect_same_record(a[n], b[n], what);
  cr_assert_eq(g_strv_length(a), g_strv_length(b), "%s: %u records, not %u", what, g_strv_length(b) - 1,
               g_strv_length(a) - 1);
  return n;
}
