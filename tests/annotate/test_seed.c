/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article that the program was first asked for, with its expected quotes beside it; run where ../shared
 * is. */
#include "annotated.h"
#include "text/offsets.h"

#include <jansson.h>

ONR_SUITE(seed);

typedef struct {
  Annotated a;
  OnrOffsets offsets;
  char *text;
  json_t *expected;
} Seed;

static gboolean load(Seed *seed) {
  const char *shared = onr_test_shared();
  if (!shared)
    return FALSE;
  g_autofree char *text = g_build_filename(shared, "data", "seed", "lavrov-nato.txt", NULL);
  g_autofree char *json = g_build_filename(shared, "data", "seed", "expected.json", NULL);
  gsize length;
  if (!g_file_get_contents(text, &seed->text, &length, NULL))
    return FALSE;
  seed->expected = json_load_file(json, 0, NULL);
  cr_assert_not_null(seed->expected, "%s", json);
  annotated_init(&seed->a);
  g_autofree char *title = g_strndup(seed->text, strcspn(seed->text, "\n"));
  annotated_set(&seed->a, seed->text, title);
  onr_offsets_set_text(&seed->offsets, seed->text, length);
  return TRUE;
}

static void unload(Seed *seed) {
  annotated_clear(&seed->a);
  onr_offsets_clear(&seed->offsets);
  g_free(seed->text);
  json_decref(seed->expected);
}

/* Code points that two lists of spans share. */
static guint32 shared_points(const OnrSpan *a, guint32 n_a, const OnrSpan *b, guint32 n_b) {
  guint32 n = 0;
  for (guint32 i = 0; i < n_a; i++)
    for (guint32 k = 0; k < n_b; k++)
      if (onr_span_overlaps(a[i], b[k]))
        n += MIN(a[i].end, b[k].end) - MAX(a[i].begin, b[k].begin);
  return n;
}

static guint32 points(const OnrSpan *a, guint32 n) {
  return shared_points(a, n, a, n);
}

static guint32 read_spans(const json_t *list, OnrSpan *out) {
  guint32 n = 0;
  size_t i;
  json_t *span;
  json_array_foreach(list, i, span) {
    out[n++] = (OnrSpan){(guint32)json_integer_value(json_array_get(span, 0)),
                         (guint32)json_integer_value(json_array_get(span, 1))};
    cr_assert_leq(n, 4);
  }
  return n;
}

static guint32 content_of(const Seed *seed, const OnrQuote *q, OnrSpan *out) {
  cr_assert_leq(q->content.n, 4);
  for (guint32 i = 0; i < q->content.n; i++)
    out[i] = onr_offsets_span_to_points(&seed->offsets, onr_annotation_spans(seed->a.found, q->content)[i]);
  return q->content.n;
}

static const OnrQuote *find_quote(const Seed *seed, const json_t *expected) {
  OnrSpan want[4], got[4];
  guint32 n_want = read_spans(json_object_get(expected, "content"), want);
  for (guint i = 0; i < seed->a.found->quotes->len; i++) {
    const OnrQuote *q = &g_array_index(seed->a.found->quotes, OnrQuote, i);
    guint32 n_got = content_of(seed, q, got);
    guint32 both = shared_points(want, n_want, got, n_got);
    if (2 * both >= points(want, n_want) && 2 * both >= points(got, n_got))
      return q;
  }
  return NULL;
}

static void check_quote(const Seed *seed, const json_t *expected, guint number) {
  const OnrQuote *q = find_quote(seed, expected);
  cr_expect_not_null(q, "quote %u is not found", number);
  if (!q)
    return;
  cr_expect_str_eq(onr_quote_kind_name(q->kind), json_string_value(json_object_get(expected, "kind")),
                   "quote %u", number);
  cr_expect_str_eq(onr_speaker_type_name(q->speaker_type),
                   json_string_value(json_object_get(expected, "speaker_type")), "quote %u", number);
  const char *want = json_string_value(json_object_get(expected, "speaker"));
  g_autofree char *got = onr_annotation_speaker_names(seed->a.found, q);
  cr_expect_str_eq(got ? got : "nobody", want ? want : "nobody", "quote %u", number);
}

Test(seed, every_quote_is_found_with_kind_and_speaker) {
  Seed seed = {0};
  if (!load(&seed))
    cr_skip_test("no ../shared/data/seed here: skipped");
  size_t i;
  json_t *expected;
  json_array_foreach(json_object_get(seed.expected, "quotes"), i, expected)
      check_quote(&seed, expected, (guint)i);
  unload(&seed);
}

Test(seed, headline_and_footer_are_nobodys_words) {
  Seed seed = {0};
  if (!load(&seed))
    cr_skip_test("no ../shared/data/seed here: skipped");
  const char *footer = strstr(seed.text, "In AmericanPost.News");
  cr_assert_not_null(footer);
  guint32 headline_end = (guint32)strcspn(seed.text, "\n"), footer_begin = (guint32)(footer - seed.text);
  for (guint i = 0; i < seed.a.found->quotes->len; i++) {
    const OnrQuote *q = &g_array_index(seed.a.found->quotes, OnrQuote, i);
    for (guint32 k = 0; k < q->content.n; k++) {
      OnrSpan span = onr_annotation_spans(seed.a.found, q->content)[k];
      cr_expect_geq(span.begin, headline_end, "quote %u is in the headline", i);
      cr_expect_leq(span.end, footer_begin, "quote %u is in the footer", i);
    }
  }
  unload(&seed);
}

static gboolean mentions(const Seed *seed, const OnrQuote *q, const char *name) {
  const OnrAnnotation *found = seed->a.found;
  for (guint i = 0; i < found->mentions->len; i++) {
    const OnrMention *m = &g_array_index(found->mentions, OnrMention, i);
    if (g_ascii_strcasecmp(g_array_index(found->entities, OnrEntity, m->entity).name, name) != 0)
      continue;
    for (guint32 k = 0; k < q->content.n; k++)
      if (onr_span_contains(onr_annotation_spans(found, q->content)[k], m->span))
        return TRUE;
  }
  return FALSE;
}

Test(seed, mentions_lie_in_their_quotes) {
  Seed seed = {0};
  if (!load(&seed))
    cr_skip_test("no ../shared/data/seed here: skipped");
  size_t i, k;
  json_t *expected, *name;
  json_array_foreach(json_object_get(seed.expected, "quotes"), i, expected) {
    const OnrQuote *q = find_quote(&seed, expected);
    json_array_foreach(json_object_get(expected, "mentions"), k, name)
        cr_expect_neq((q && mentions(&seed, q, json_string_value(name))), 0, "quote %zu does not mention %s",
                      i, json_string_value(name));
  }
  unload(&seed);
}
