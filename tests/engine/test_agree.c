/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ONR_AGREE_QUERIES asks for another number of queries, ONR_AGREE_SEED for another beginning.

   The two engines beside each other, over the same articles: the same hits for every plan, the same scores to
   1e-6, the same order (ties by id), the same counts, explanations and expansions. */
#include "plans.h"

#include "archive/fts5/engine.h"
#include "archive/xapian/engine.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

ONR_SUITE(engine_agree);

#define N_QUERIES 2100
#define N_MANY 4 /* of these, with a thousand terms */

typedef struct {
  Fixture *one, *other; /* fts5, xapian; of the same articles in the same rows */
  guint n_queries, n_hits, n_with_hits;
  guint n_last_bits; /* hits that stand elsewhere in a tie, by the last bit of a score */
} Pair;

/* --- plans of each kind --- */

static OnrPlan *group_of(OnrPlanKind kind, OnrPlan *a, OnrPlan *b) {
  OnrPlan *plan = onr_plan_group(kind);
  onr_plan_add(plan, a);
  onr_plan_add(plan, b);
  return plan;
}

static OnrPlan *word(Fixture *fixture) {
  return plans_random_term(fixture, "", plans_below(fixture, 2) != 0);
}

static OnrPlan *any_tree(Fixture *fixture, OnrTable table) {
  return plans_random(fixture, table, plans_below(fixture, 4));
}

static OnrPlan *phrase(Fixture *fixture, OnrTable table) {
  OnrPlan *plan = onr_plan_group(ONR_PLAN_PHRASE);
  (void)table;
  for (guint n = 2 + plans_below(fixture, 3); n > 0; n--)
    onr_plan_add(plan, plans_random_term(fixture, "", FALSE));
  return plan;
}

static OnrPlan *near(Fixture *fixture, OnrPlan *a, OnrPlan *b) {
  OnrPlan *plan = group_of(ONR_PLAN_NEAR, a, b);
  plan->window = plans_below(fixture, 8);
  return plan;
}

static OnrPlan *near_repeated(Fixture *fixture, OnrTable table) {
  OnrPlan *a = word(fixture);
  (void)table;
  return near(fixture, a, onr_plan_copy(a));
}

/* A form, and a stem that may be its own. */
static OnrPlan *near_stem_and_form(Fixture *fixture, OnrTable table) {
  const char *written = fixture_random_word(fixture);
  g_autoptr(GArray) terms = onr_terms_query(fixture->maker, written, strlen(written), TRUE);
  const OnrQueryTerm *term = &g_array_index(terms, OnrQueryTerm, 0);
  g_autofree char *stem = onr_term_compose("", TRUE, term->stem);
  (void)table;
  OnrPlan *form = plans_below(fixture, 2) ? onr_plan_term(term->form) : plans_random_term(fixture, "", FALSE);
  return plans_below(fixture, 2) ? near(fixture, form, onr_plan_term(stem))
                                 : near(fixture, onr_plan_term(stem), form);
}

static OnrPlan *not_only(Fixture *fixture, OnrTable table) {
  OnrPlan *minus = plans_below(fixture, 2) ? word(fixture) : any_tree(fixture, table);
  return onr_plan_not(onr_plan_leaf(ONR_PLAN_ALL), minus);
}

static OnrPlan *dates(Fixture *fixture, OnrTable table) {
  gint64 low = (gint64)plans_below(fixture, 80) - 40;
  OnrPlan *range = plans_below(fixture, 4) ? onr_plan_range(ONR_SLOT_DAY, low, low + plans_below(fixture, 30))
                                           : onr_plan_range(ONR_SLOT_DAY, ONR_NO_DAY, ONR_NO_DAY);
  (void)table;
  switch (plans_below(fixture, 3)) {
  case 0:
    return range;
  case 1:
    return onr_plan_not(word(fixture), range);
  default:
    return group_of(ONR_PLAN_AND, word(fixture), range);
  }
}

/* Alternatives, some of them phrases, beside a common word. */
static OnrPlan *alternatives(Fixture *fixture, OnrTable table) {
  OnrPlan *either = onr_plan_group(ONR_PLAN_OR);
  for (guint n = 2 + plans_below(fixture, 4); n > 0; n--)
    onr_plan_add(either, plans_below(fixture, 2) ? phrase(fixture, table) : word(fixture));
  return plans_below(fixture, 3) ? group_of(ONR_PLAN_AND, word(fixture), either) : either;
}

/* Words that do not score beside what never does. */
static OnrPlan *filtered(Fixture *fixture, OnrTable table) {
  OnrPlan *filter = onr_plan_filter(group_of(plans_below(fixture, 2) ? ONR_PLAN_AND : ONR_PLAN_OR,
                                             word(fixture), plans_random(fixture, table, 1)));
  return plans_below(fixture, 2) ? filter : group_of(ONR_PLAN_OR, word(fixture), filter);
}

static OnrPlan *of_articles(Fixture *fixture, OnrTable table) {
  if (table == ONR_TABLE_ARTICLES)
    return any_tree(fixture, table);
  return group_of(ONR_PLAN_AND, onr_plan_articles(any_tree(fixture, ONR_TABLE_ARTICLES)), word(fixture));
}

/* As deep as plans may be. */
static OnrPlan *deep(Fixture *fixture, OnrTable table) {
  OnrPlan *plan = word(fixture);
  for (guint i = 1; i < ONR_PLAN_MAX_DEPTH; i++) {
    OnrPlan *beside = i < 2 || plans_below(fixture, 6) ? word(fixture) : phrase(fixture, table);
    plan = group_of(i % 2 ? ONR_PLAN_OR : ONR_PLAN_AND, beside, plan);
  }
  return plan;
}

typedef OnrPlan *(*Maker)(Fixture *fixture, OnrTable table);
/* NULL: a prefix, see compare_prefix. */
static const Maker makers[] = {
    any_tree, any_tree, phrase, near_repeated, near_stem_and_form, not_only, dates, alternatives, of_articles,
    filtered, any_tree, phrase, near_repeated, near_stem_and_form, not_only, dates, alternatives, of_articles,
    NULL,     deep};

/* --- answers --- */

static gboolean is_alike(double a, double b) {
  return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static void search(Fixture *fixture, const OnrPlan *plan, const OnrSearchSpec *spec, OnrHits *out) {
  GError *error = NULL;
  fixture->engine_class->search(fixture->engine, plan, spec, out, &error);
  fixture_no_error(error);
}

static char *describe(const OnrPlan *plan, const OnrSearchSpec *spec) {
  GString *text = g_string_new(NULL);
  g_string_append_printf(text, "%s, sort %d:\n", spec->table == ONR_TABLE_ARTICLES ? "articles" : "quotes",
                         spec->sort);
  onr_plan_print(plan, text);
  return g_string_free(text, FALSE);
}

static const OnrHit *hit_at(const OnrHits *hits, guint i) {
  return &g_array_index(hits->hits, OnrHit, i);
}

static gboolean has_row(const OnrHits *hits, guint first, guint end, gint64 row) {
  for (guint i = first; i < end; i++)
    if (hit_at(hits, i)->row == row)
      return TRUE;
  return FALSE;
}

/* Doubles are summed up in another order in each engine: what is a tie in one may be apart by its last bit in
   the other. Where the run that begins at hit I ends; only there rows may stand in another order. */
static guint end_of_tie(const OnrHits *hits, guint i) {
  guint end = i + 1;
  while (end < hits->hits->len &&
         fabs(hit_at(hits, end)->score - hit_at(hits, i)->score) <= 1e-14 * hit_at(hits, i)->score)
    end++;
  return end;
}

/* Does ROW stand in LIST at I, or in the tie around it? */
static gboolean stands_at(const OnrHits *list, guint i, gint64 row) {
  guint first = i;
  while (first > 0 && end_of_tie(list, first - 1) > i)
    first--;
  return has_row(list, first, end_of_tie(list, i), row);
}

static void compare_order(Pair *pair, const OnrHits *one, const OnrHits *other, const char *what) {
  for (guint i = 0; i < one->hits->len; i++) {
    const OnrHit *a = hit_at(one, i), *b = hit_at(other, i);
    cr_assert_eq(is_alike(b->score, a->score), TRUE, "hit %u scores %.12g, not %.12g, of %s", i + 1, b->score,
                 a->score, what);
    if (a->row == b->row)
      continue;
    cr_assert_eq(stands_at(one, i, b->row), TRUE, "hit %u is row %d, not %d, of %s", i + 1, (int)b->row,
                 (int)a->row, what);
    pair->n_last_bits++;
  }
}

static void compare_hits(Pair *pair, const OnrPlan *plan, const OnrSearchSpec *spec, OnrHits *one,
                         OnrHits *other) {
  search(pair->one, plan, spec, one);
  search(pair->other, plan, spec, other);
  g_autofree char *what = describe(plan, spec);
  cr_assert_eq(other->n_matches, one->n_matches, "%u matches, not %u, of %s", (guint)other->n_matches,
               (guint)one->n_matches, what);
  cr_assert_eq(other->n_articles, one->n_articles, "%u articles, not %u, of %s", (guint)other->n_articles,
               (guint)one->n_articles, what);
  cr_assert_eq(other->hits->len, one->hits->len);
  compare_order(pair, one, other, what);
  pair->n_hits += one->hits->len;
}

/* A page is what the whole list has there, also where an engine stops looking once the best are known, and
 * then sums up in another order. */
static void compare_page(Fixture *fixture, const OnrPlan *plan, const OnrSearchSpec *spec,
                         const OnrHits *all) {
  g_auto(OnrHits) page = {0};
  g_autofree char *what = describe(plan, spec);
  search(fixture, plan, spec, &page);
  guint first = MIN(spec->offset, all->hits->len), n = MIN(spec->limit, all->hits->len - first);
  cr_assert_eq(page.hits->len, n, "%s", what);
  cr_assert_eq(spec->skips_counts || page.n_matches == all->n_matches, TRUE, "%s", what);
  cr_assert_eq(spec->skips_counts || page.n_articles == all->n_articles, TRUE, "%s", what);
  for (guint i = 0; i < n; i++) {
    const OnrHit *a = hit_at(all, first + i), *b = hit_at(&page, i);
    cr_assert_eq(b->row == a->row || stands_at(all, first + i, b->row), TRUE,
                 "hit %u of the page is row %d, not %d, of %s", i + 1, (int)b->row, (int)a->row, what);
    cr_assert_eq(is_alike(b->score, a->score), TRUE, "hit %u of the page scores %.12g, not %.12g, of %s",
                 i + 1, b->score, a->score, what);
  }
}

static GArray *match(Fixture *fixture, const OnrPlan *plan, OnrTable table) {
  GError *error = NULL;
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  fixture->engine_class->match(fixture->engine, plan, table, rows, &error);
  fixture_no_error(error);
  return rows;
}

static void compare_matches(Pair *pair, const OnrPlan *plan, OnrTable table, guint n) {
  g_autoptr(GArray) one = match(pair->one, plan, table), other = match(pair->other, plan, table);
  cr_assert_eq(one->len, n);
  cr_assert_eq(other->len, n);
  cr_assert_eq(n ? memcmp(one->data, other->data, n * sizeof(gint64)) : 0, 0);
}

static int compare_scores(gconstpointer a, gconstpointer b) {
  const OnrTermScore *x = a, *y = b;
  int order = strcmp(x->term, y->term);
  return order ? order : (x->wqf > y->wqf) - (x->wqf < y->wqf);
}

static GArray *explain(Fixture *fixture, const OnrPlan *plan, OnrTable table, gint64 row) {
  GError *error = NULL;
  GArray *scores = g_array_new(FALSE, FALSE, sizeof(OnrTermScore));
  fixture->engine_class->explain(fixture->engine, plan, table, row, scores, &error);
  fixture_no_error(error);
  g_array_sort(scores, compare_scores);
  return scores;
}

static void compare_explanations(Pair *pair, const OnrPlan *plan, OnrTable table, const OnrHit *hit) {
  g_autoptr(GArray) one = explain(pair->one, plan, table, hit->row),
                    other = explain(pair->other, plan, table, hit->row);
  double sum = 0;
  cr_assert_eq(other->len, one->len);
  for (guint i = 0; i < one->len; i++) {
    const OnrTermScore *a = &g_array_index(one, OnrTermScore, i), *b = &g_array_index(other, OnrTermScore, i);
    cr_assert_str_eq(b->term, a->term);
    cr_assert_eq(b->wdf == a->wdf && b->wqf == a->wqf && b->doc_frequency == a->doc_frequency, TRUE, "%s",
                 a->term);
    cr_assert_eq(is_alike(b->weight, a->weight) && is_alike(b->length, a->length), TRUE, "%s", a->term);
    sum += b->weight;
  }
  cr_assert_eq(is_alike(sum, hit->score), TRUE, "explained %.12g, scored %.12g", sum, hit->score);
}

/* All of the hits, in one of the three orders; a page of them; the rest of what can be asked. */
static void compare(Pair *pair, OnrPlan *taken, OnrTable table) {
  GError *error = NULL;
  g_autoptr(OnrPlan) plan = onr_plan_normalise(taken, &error);
  fixture_no_error(error);
  OnrSearchSpec spec = {.table = table, .sort = (OnrSort)(pair->n_queries % 3)};
  g_auto(OnrHits) one = {0}, other = {0};
  compare_hits(pair, plan, &spec, &one, &other);
  spec.limit = 5;
  spec.offset = pair->n_queries % 7;
  if (pair->n_queries % 4 == 0)
    compare_page(pair->one, plan, &spec, &one);
  spec.skips_counts = pair->n_queries % 4 != 0;
  if (pair->n_queries % 4 < 3)
    compare_page(pair->other, plan, &spec, &other);
  if (pair->n_queries % 4 != 3)
    compare_matches(pair, plan, table, one.hits->len);
  if (one.hits->len && pair->n_queries % 4 < 2)
    compare_explanations(pair, plan, table, hit_at(&one, pair->n_queries % one.hits->len));
  pair->n_with_hits += one.hits->len > 0;
  pair->n_queries++;
}

/* --- prefixes --- */

static GPtrArray *expand(Fixture *fixture, OnrTable table, const char *prefix, guint limit) {
  GError *error = NULL;
  GPtrArray *terms = g_ptr_array_new_with_free_func(g_free);
  fixture->engine_class->expand(fixture->engine, table, prefix, limit, terms, &error);
  fixture_no_error(error);
  return terms;
}

/* A prefix expanded by both, and asked for as the query language does. */
static void compare_prefix(Pair *pair, OnrTable table) {
  Fixture *fixture = pair->one;
  g_autofree char *lower = g_utf8_strdown(fixture_random_word(fixture), -1);
  g_autofree char *prefix =
      g_utf8_substring(lower, 0, 1 + (glong)plans_below(fixture, (guint)g_utf8_strlen(lower, -1)));
  guint limit = plans_below(fixture, 3) ? 1000 : plans_below(fixture, 4);
  g_autoptr(GPtrArray) one = expand(pair->one, table, prefix, limit),
                       other = expand(pair->other, table, prefix, limit);
  OnrPlan *either = onr_plan_group(ONR_PLAN_OR);
  cr_assert_eq(other->len, one->len, "'%s'", prefix);
  for (guint i = 0; i < one->len; i++) {
    OnrTermStats a, b;
    GError *error = NULL;
    cr_assert_str_eq(other->pdata[i], one->pdata[i]);
    onr_plan_add(either, onr_plan_term(one->pdata[i]));
    pair->one->engine_class->term_stats(pair->one->engine, table, one->pdata[i], &a, &error);
    pair->other->engine_class->term_stats(pair->other->engine, table, one->pdata[i], &b, &error);
    fixture_no_error(error);
    cr_assert_eq(a.n_items == b.n_items && a.doc_frequency == b.doc_frequency &&
                     a.collection_frequency == b.collection_frequency &&
                     is_alike(a.average_length, b.average_length),
                 TRUE, "'%s'", (char *)one->pdata[i]);
  }
  compare(pair, group_of(ONR_PLAN_AND, word(fixture), onr_plan_filter(either)), table);
}

/* --- large ones --- */

/* A thousand words, some of them of the articles. */
static OnrPlan *many(Fixture *fixture, OnrPlanKind kind) {
  OnrPlan *plan = onr_plan_group(kind);
  for (guint i = 0; i < ONR_PLAN_MAX_TERMS; i++) {
    g_autofree char *made = g_strdup_printf("w%u", i);
    onr_plan_add(plan, i % 40 ? onr_plan_term(made) : word(fixture));
  }
  return kind == ONR_PLAN_OR ? plan : onr_plan_not(onr_plan_leaf(ONR_PLAN_ALL), plan);
}

/* --- both --- */

/* The same in each: what articles are made of comes from a seed. */
static Fixture *make(const OnrEngineClass *engine_class, guint seed) {
  Fixture *fixture = fixture_new(engine_class, seed);
  fixture_put_random(fixture, 90);
  fixture_remove_random(fixture, 15);
  fixture_put_random(fixture, 60);
  fixture_settle(fixture);
  fixture_put_random(fixture, 12);
  fixture_remove_random(fixture, 15);
  fixture_put_random(fixture, 3);
  return fixture;
}

static void expect_same_rows(const Pair *pair) {
  for (int t = 0; t < 2; t++) {
    const GPtrArray *one = pair->one->model->items[t], *other = pair->other->model->items[t];
    cr_assert_eq(one->len, other->len);
    for (guint i = 0; i < one->len; i++) {
      const ModelItem *a = one->pdata[i], *b = other->pdata[i];
      cr_assert_eq(a->row == b->row && a->number == b->number && !strcmp(a->article_id, b->article_id), TRUE);
    }
  }
}

static guint setting(const char *name, guint otherwise) {
  const char *value = g_getenv(name);
  return value ? (guint)g_ascii_strtoull(value, NULL, 10) : otherwise;
}

Test(engine_agree, xapian_answers_as_fts5_does) {
  guint seed = setting("ONR_AGREE_SEED", 20261128), n = setting("ONR_AGREE_QUERIES", N_QUERIES);
  Pair pair = {.one = make(&ONR_FTS5_ENGINE, seed), .other = make(&ONR_XAPIAN_ENGINE, seed)};
  expect_same_rows(&pair);
  for (guint i = 0; i < N_MANY; i++)
    compare(&pair, many(pair.one, i % 2 ? ONR_PLAN_OR : ONR_PLAN_AND),
            i % 3 ? ONR_TABLE_ARTICLES : ONR_TABLE_QUOTES);
  for (guint i = 0; pair.n_queries < n; i++) {
    OnrTable table = i % 2 ? ONR_TABLE_ARTICLES : ONR_TABLE_QUOTES;
    Maker maker = makers[i / 2 % G_N_ELEMENTS(makers)];
    if (maker)
      compare(&pair, maker(pair.one, table), table);
    else
      compare_prefix(&pair, table);
  }
  cr_assert_gt(pair.n_with_hits * 2, pair.n_queries, "most queries find nothing");
  printf("engines: %u queries (%u with hits), %u hits compared: xapian as fts5; %u in a tie that the last "
         "bit of a "
         "score parts\n",
         pair.n_queries, pair.n_with_hits, pair.n_hits, pair.n_last_bits);
  fflush(stdout);
  fixture_free(pair.one);
  fixture_free(pair.other);
}
