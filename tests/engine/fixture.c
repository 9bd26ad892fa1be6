/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <math.h>
#include <string.h>

static const char *const engine_names[] = {"fts5", "xapian"};

const OnrEngineClass *fixture_class(guint i) {
  guint n_found = 0;
  for (guint k = 0; k < G_N_ELEMENTS(engine_names); k++) {
    const OnrEngineClass *engine_class = onr_engine_class(engine_names[k]);
    if (engine_class && n_found++ == i)
      return engine_class;
  }
  return NULL;
}

void fixture_no_error(GError *error) {
  cr_assert_null(error, "%s", error ? error->message : "");
}

void fixture_take_engine(Fixture *fixture) {
  fixture->engine_class = onr_archive_engine_class(fixture->archive);
  fixture->engine = onr_archive_engine(fixture->archive);
  fixture->record = onr_archive_record(fixture->archive);
}

void fixture_reopen(Fixture *fixture) {
  GError *error = NULL;
  onr_archive_close(fixture->archive);
  fixture->archive = onr_archive_open(fixture->dir, ONR_OPEN_WRITE, &error);
  fixture_no_error(error);
  fixture_take_engine(fixture);
}

OnrArchive *fixture_open_reader(const Fixture *fixture) {
  GError *error = NULL;
  OnrArchive *reader = onr_archive_open(fixture->dir, ONR_OPEN_READ, &error);
  fixture_no_error(error);
  return reader;
}

Fixture *fixture_new(const OnrEngineClass *engine_class, guint32 seed) {
  GError *error = NULL;
  Fixture *fixture = g_new0(Fixture, 1);
  OnrArchiveSettings settings = {.engine = engine_class->name};
  fixture->engine_class = engine_class;
  fixture->dir = onr_test_make_dir();
  fixture->model = model_new();
  fixture->rand = g_rand_new_with_seed(seed);
  fixture->maker = onr_term_maker_new("english", &error);
  fixture_no_error(error);
  onr_archive_create(fixture->dir, &settings, &error);
  fixture_no_error(error);
  fixture_reopen(fixture);
  return fixture;
}

static void forget_committed(Fixture *fixture) {
  if (fixture->committed)
    model_free(fixture->committed);
  fixture->committed = NULL;
}

void fixture_free(Fixture *fixture) {
  onr_archive_close(fixture->archive);
  model_free(fixture->model);
  forget_committed(fixture);
  g_rand_free(fixture->rand);
  onr_term_maker_free(fixture->maker);
  onr_test_remove_dir(fixture->dir);
  g_free(fixture->dir);
  g_free(fixture);
}

/* --- articles --- */

/* The first come most often. Several share stems; some are cut into parts, folded or kept whole. */
static const char *const vocabulary[] = {
    "the",    "of",      "minister", "said",     "war",     "talks",    "ministers",  "al-Maren",
    "NATO",   "talking", "wars",     "run",      "running", "U.S.",     "us",         "Élan",
    "elan",   "3.5",     "peace",    "peaceful", "harbour", "harbours", "NATO-led",   "economy",
    "econom", "tax",     "taxes",    "O'Brien",  "vote",    "voted",    "Vertland’s", "Vertland",
    "and/or", "budget",  "x",        "2022",     "island",  "islands",  "东京",       "fishing"};

const char *fixture_random_word(Fixture *fixture) {
  double u = g_rand_double(fixture->rand);
  return vocabulary[(guint)(u * u * G_N_ELEMENTS(vocabulary))];
}

static const OnrEntityRow entities[] = {
    {.id = "person:ada-kolm", .name = "Ada Kolm", .type = ONR_ENTITY_PERSON, .role = "minister"},
    {.id = "person:ivo-brandt", .name = "Ivo Brandt", .type = ONR_ENTITY_PERSON},
    {.id = "org:harbour-board", .name = "Harbour Board", .type = ONR_ENTITY_ORG},
    {.id = "place:vertland", .name = "Vertland", .type = ONR_ENTITY_PLACE},
    {.id = "misc:the-treaty", .name = "The Treaty", .type = ONR_ENTITY_MISC}};

const char *fixture_random_entity(Fixture *fixture) {
  return entities[g_rand_int_range(fixture->rand, 0, G_N_ELEMENTS(entities))].id;
}

/* N words; SPANS gets where each stands, in code points. */
static char *random_words(Fixture *fixture, guint n, GArray *spans) {
  g_autoptr(GString) text = g_string_new(NULL);
  glong length = 0;
  for (guint i = 0; i < n; i++) {
    const char *word = fixture_random_word(fixture);
    const char *gap = !i ? "" : g_rand_int_range(fixture->rand, 0, 12) ? " " : ". ";
    g_string_append_printf(text, "%s%s", gap, word);
    OnrSpan span = {.begin = (guint32)(length + (glong)strlen(gap))};
    span.end = span.begin + (guint32)g_utf8_strlen(word, -1);
    length = span.end;
    g_array_append_val(spans, span);
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

static OnrSpan random_span(Fixture *fixture, const GArray *words, guint longest) {
  guint first = (guint)g_rand_int_range(fixture->rand, 0, (gint32)words->len);
  guint n = (guint)g_rand_int_range(fixture->rand, 1, (gint32)longest + 1);
  guint last = MIN(first + n, words->len) - 1;
  return (OnrSpan){g_array_index(words, OnrSpan, first).begin, g_array_index(words, OnrSpan, last).end};
}

static void add_random_quote(Fixture *fixture, OnrArticle *article, const GArray *words) {
  OnrQuoteRow *quote = onr_article_add_quote(article);
  quote->kind = (OnrQuoteKind)g_rand_int_range(fixture->rand, 0, ONR_N_QUOTE_KINDS);
  quote->act = (OnrAct)g_rand_int_range(fixture->rand, 0, ONR_N_ACTS);
  quote->confidence = (guint8)g_rand_int_range(fixture->rand, 0, 101);
  quote->speaker_confidence = (guint8)g_rand_int_range(fixture->rand, 0, 101);
  gint32 speaker = g_rand_int_range(fixture->rand, 0, G_N_ELEMENTS(entities) + 2);
  if (speaker < (gint32)article->entities->len) {
    g_array_append_val(quote->speakers, speaker);
    gint32 second = g_rand_int_range(fixture->rand, 0, G_N_ELEMENTS(entities) + 2);
    if (second < (gint32)article->entities->len && second != speaker)
      g_array_append_val(quote->speakers, second);
    quote->speaker_type = ONR_SPEAKER_PERSON;
    quote->role = g_array_index(article->entities, OnrEntityRow, speaker).role;
  }
  OnrSpan content = random_span(fixture, words, 14), cue = random_span(fixture, words, 1);
  g_array_append_val(quote->content, content);
  g_array_append_val(quote->cue, cue);
}

static int compare_mentions(gconstpointer a, gconstpointer b) {
  const OnrMentionRow *x = a, *y = b;
  return x->span.begin < y->span.begin ? -1 : x->span.begin > y->span.begin;
}

static void annotate_randomly(Fixture *fixture, OnrArticle *article, const GArray *words) {
  for (guint i = 0; i < G_N_ELEMENTS(entities); i++)
    if (g_rand_boolean(fixture->rand)) {
      OnrMentionRow mention = {.span = random_span(fixture, words, 1), .entity = article->entities->len};
      g_array_append_val(article->entities, entities[i]);
      if (g_rand_int_range(fixture->rand, 0, 6)) /* else it may speak and is nowhere named */
        g_array_append_val(article->mentions, mention);
    }
  g_array_sort(article->mentions, compare_mentions);
  for (gint32 n = g_rand_int_range(fixture->rand, 0, 5); n > 0; n--)
    add_random_quote(fixture, article, words);
}

static OnrArticlePostings *make_postings(Fixture *fixture, const OnrArticle *article) {
  g_autoptr(OnrDocument) doc = onr_document_new();
  OnrArticlePostings *postings = onr_article_postings_new();
  onr_document_set_text(doc, article->text, article->text_length);
  onr_article_postings_make(postings, fixture->maker, article, doc);
  return postings;
}

void fixture_put_article(Fixture *fixture, OnrArticle *article) {
  GError *error = NULL;
  g_autoptr(OnrArticlePostings) postings = make_postings(fixture, article);
  OnrSource source = {.path = article->path, .member = "", .size_bytes = 1, .format = "text"};
  gint64 source_row;
  onr_record_put_source(fixture->record, &source, &source_row, &error);
  fixture_no_error(error);
  onr_archive_put(fixture->archive, article, postings, &error);
  fixture_no_error(error);
  model_put(fixture->model, article, onr_record_first_quote(fixture->record, article->row), postings);
}

static const char *maybe(Fixture *fixture, const char *value) {
  return g_rand_int_range(fixture->rand, 0, 4) ? value : NULL;
}

/* Ids are no numbers in order: the order of rows is not that of ids. */
void fixture_put_one(Fixture *fixture) {
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  g_autoptr(GArray) title_words = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  g_autofree char *text = random_words(fixture, (guint)g_rand_int_range(fixture->rand, 1, 60), words);
  g_autofree char *title = random_words(fixture, (guint)g_rand_int_range(fixture->rand, 1, 7), title_words);
  guint n = fixture->n_made++;
  g_autofree char *id = g_strdup_printf("%c%u", "dbca"[g_rand_int_range(fixture->rand, 0, 4)], n);
  g_autofree char *path = g_strdup_printf("/news/%s/file%u.txt", n % 3 ? "wire" : "daily", n % 5);
  g_autofree char *url = g_strdup_printf("https://%s.example/%u", n % 2 ? "wire" : "daily", n);
  article->id = id;
  article->path = path;
  article->url = maybe(fixture, url);
  article->title = maybe(fixture, title);
  article->byline = maybe(fixture, "Mara Fishing-Vote");
  article->publisher = maybe(fixture, n % 2 ? "The Harbour Wire" : "Vertland Daily");
  article->section = maybe(fixture, "economy");
  article->language = "en";
  article->day =
      g_rand_int_range(fixture->rand, 0, 5) ? g_rand_int_range(fixture->rand, -40, 40) : ONR_NO_DAY;
  article->text = text;
  article->text_length = strlen(text);
  annotate_randomly(fixture, article, words);
  fixture_put_article(fixture, article);
}

gint64 fixture_put_text(Fixture *fixture, const char *id, const char *title, const char *text, gint32 day) {
  g_autoptr(OnrArticle) article = onr_article_new();
  article->id = id;
  article->path = "/news/given.txt";
  article->title = title;
  article->day = day;
  article->text = text;
  article->text_length = strlen(text);
  fixture_put_article(fixture, article);
  return article->row;
}

void fixture_begin(Fixture *fixture) {
  GError *error = NULL;
  onr_archive_begin(fixture->archive, &error);
  fixture_no_error(error);
  forget_committed(fixture);
  fixture->committed = model_copy(fixture->model);
}

void fixture_rollback(Fixture *fixture) {
  onr_archive_rollback(fixture->archive);
  model_free(fixture->model);
  fixture->model = g_steal_pointer(&fixture->committed);
  fixture_take_engine(fixture);
}

void fixture_commit(Fixture *fixture) {
  GError *error = NULL;
  onr_archive_commit(fixture->archive, &error);
  fixture_no_error(error);
}

void fixture_put_random(Fixture *fixture, guint n) {
  fixture_begin(fixture);
  for (guint i = 0; i < n; i++)
    fixture_put_one(fixture);
  fixture_commit(fixture);
}

void fixture_remove(Fixture *fixture, gint64 row) {
  GError *error = NULL;
  onr_archive_remove(fixture->archive, row, &error);
  fixture_no_error(error);
  model_remove(fixture->model, row);
}

void fixture_remove_random(Fixture *fixture, guint n) {
  fixture_begin(fixture);
  GPtrArray *articles = fixture->model->items[ONR_TABLE_ARTICLES];
  for (guint i = 0; i < n && articles->len; i++) {
    gint32 pick = g_rand_int_range(fixture->rand, 0, (gint32)articles->len);
    fixture_remove(fixture, ((ModelItem *)articles->pdata[pick])->row);
  }
  fixture_commit(fixture);
}

/* --- upkeep --- */

guint fixture_settle(Fixture *fixture) {
  GError *error = NULL;
  gboolean is_done = FALSE;
  guint n = 0;
  for (; !is_done; n++) {
    onr_archive_settle(fixture->archive, &is_done, &error);
    fixture_no_error(error);
    cr_assert_lt(n, 100, "settling does not end");
  }
  return n;
}

static void article_free(gpointer article) {
  onr_article_free(article);
}

/* All of the record, with their annotation. */
static GPtrArray *load_articles(const Fixture *fixture) {
  GError *error = NULL;
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  GPtrArray *articles = g_ptr_array_new_with_free_func(article_free);
  onr_record_article_rows(fixture->record, NULL, rows, &error);
  fixture_no_error(error);
  for (guint i = 0; i < rows->len; i++) {
    OnrArticle *article = onr_article_new();
    onr_record_load_article(fixture->record, g_array_index(rows, gint64, i), TRUE, article, &error);
    fixture_no_error(error);
    g_ptr_array_add(articles, article);
  }
  return articles;
}

void fixture_reindex(Fixture *fixture, const OnrEngineClass *engine_class) {
  GError *error = NULL;
  g_autoptr(GPtrArray) articles = load_articles(fixture);
  fixture_begin(fixture);
  onr_archive_reset_index(fixture->archive, engine_class->name, NULL, &error);
  fixture_no_error(error);
  fixture_take_engine(fixture);
  model_free(fixture->model);
  fixture->model = model_new();
  for (guint i = 0; i < articles->len; i++) {
    OnrArticle *article = articles->pdata[i];
    g_autoptr(OnrArticlePostings) postings = make_postings(fixture, article);
    onr_archive_reindex(fixture->archive, article, postings, &error);
    fixture_no_error(error);
    model_put(fixture->model, article, onr_record_first_quote(fixture->record, article->row), postings);
  }
}

void fixture_expect_sound(Fixture *fixture) {
  GError *error = NULL;
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  gboolean is_done = onr_archive_check(fixture->archive, findings, &error);
  fixture_no_error(error);
  cr_assert_neq(is_done, 0, "check ends without saying why");
  cr_assert_eq(findings->len, 0, "%s: %u findings: %s", fixture->engine_class->name, findings->len,
               findings->len ? (char *)findings->pdata[0] : "");
}

/* --- comparing --- */

/* Relative, as DESIGN's 1e-6, but both engines compute in doubles from the same whole numbers. */
static gboolean is_equal_score(double a, double b) {
  return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

static char *describe(const OnrPlan *plan, OnrTable table) {
  GString *text = g_string_new(table == ONR_TABLE_ARTICLES ? "articles:\n" : "quotes:\n");
  onr_plan_print(plan, text);
  return g_string_free(text, FALSE);
}

/* The model's matches: ModelItem → its score (boxed). */
static GHashTable *expected_of(Model *model, const OnrPlan *plan, OnrTable table) {
  GHashTable *expected = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  const GPtrArray *items = model->items[table];
  for (guint i = 0; i < items->len; i++) {
    double score;
    if (model_matches(model, plan, items->pdata[i], &score)) {
      double *boxed = g_new(double, 1);
      *boxed = score;
      g_hash_table_insert(expected, items->pdata[i], boxed);
    }
  }
  return expected;
}

static guint64 count_articles(GHashTable *expected) {
  g_autoptr(GHashTable) articles = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init(&iter, expected);
  while (g_hash_table_iter_next(&iter, &key, NULL))
    g_hash_table_add(articles, g_memdup2(&((ModelItem *)key)->article_row, sizeof(gint64)));
  return g_hash_table_size(articles);
}

static gint64 day_rank(OnrSort sort, gint32 day) {
  if (sort == ONR_SORT_RELEVANCE)
    return 0;
  if (day == ONR_NO_DAY)
    return G_MAXINT64;
  return sort == ONR_SORT_DATE ? day : -(gint64)day;
}

/* A comes before B, as far as days, scores and ids tell. */
static gboolean is_in_order(OnrSort sort, const ModelItem *a, double a_score, const ModelItem *b,
                            double b_score) {
  gint64 a_day = day_rank(sort, a->day), b_day = day_rank(sort, b->day);
  if (a_day != b_day)
    return a_day < b_day;
  return a_score != b_score ? a_score > b_score : model_compare_ids(a, b) < 0;
}

static void compare_hits(Fixture *fixture, GHashTable *expected, const OnrHits *hits, OnrTable table,
                         OnrSort sort, const char *plan) {
  cr_assert_eq(hits->n_matches, g_hash_table_size(expected), "%s matches, not %u, of\n%s",
               g_strdup_printf("%" G_GUINT64_FORMAT, hits->n_matches), g_hash_table_size(expected), plan);
  cr_assert_eq(hits->n_articles, count_articles(expected), "wrong number of articles of\n%s", plan);
  cr_assert_eq(hits->hits->len, g_hash_table_size(expected));
  const ModelItem *last = NULL;
  double last_score = 0;
  for (guint i = 0; i < hits->hits->len; i++) {
    const OnrHit *hit = &g_array_index(hits->hits, OnrHit, i);
    const ModelItem *item = model_find(fixture->model, table, hit->row);
    const double *score = item ? g_hash_table_lookup(expected, item) : NULL;
    cr_assert_not_null(score, "row %ld is no match of\n%s", (long)hit->row, plan);
    cr_assert_eq(is_equal_score(hit->score, *score), TRUE, "row %ld scores %.12g, not %.12g, in\n%s",
                 (long)hit->row, hit->score, *score, plan);
    if (last)
      cr_assert_eq(is_in_order(sort, last, last_score, item, hit->score), TRUE,
                   "row %ld is out of order in\n%s", (long)hit->row, plan);
    last = item;
    last_score = hit->score;
  }
}

static void search(Fixture *fixture, const OnrPlan *plan, const OnrSearchSpec *spec, OnrHits *hits) {
  GError *error = NULL;
  fixture->engine_class->search(fixture->engine, plan, spec, hits, &error);
  fixture_no_error(error);
}

/* Pages follow each other as the whole list does. Of a long list they are long, so that they are few. */
static void compare_pages(Fixture *fixture, const OnrPlan *plan, OnrTable table, OnrSort sort,
                          const OnrHits *all) {
  const guint page = MAX(7, all->hits->len / 3);
  for (guint offset = 0; offset <= all->hits->len; offset += page) {
    g_auto(OnrHits) hits = {0};
    search(fixture, plan, &(OnrSearchSpec){.table = table, .sort = sort, .offset = offset, .limit = page},
           &hits);
    cr_assert_eq(hits.n_matches, all->n_matches);
    cr_assert_eq(hits.n_articles, all->n_articles);
    cr_assert_eq(hits.hits->len, MIN(page, all->hits->len - offset));
    for (guint i = 0; i < hits.hits->len; i++)
      cr_assert_eq(g_array_index(hits.hits, OnrHit, i).row, g_array_index(all->hits, OnrHit, offset + i).row,
                   "another order on page %u", offset / page);
  }
}

static void compare_match(Fixture *fixture, const OnrPlan *plan, OnrTable table, GHashTable *expected) {
  GError *error = NULL;
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  fixture->engine_class->match(fixture->engine, plan, table, rows, &error);
  fixture_no_error(error);
  cr_assert_eq(rows->len, g_hash_table_size(expected));
  for (guint i = 0; i < rows->len; i++) {
    gint64 row = g_array_index(rows, gint64, i);
    cr_assert_eq(!i || row > g_array_index(rows, gint64, i - 1), TRUE, "rows do not ascend");
    cr_assert_neq(g_hash_table_contains(expected, model_find(fixture->model, table, row)), 0);
  }
}

/* The parts of the best hit's score make up its score. */
static void compare_explanation(Fixture *fixture, const OnrPlan *plan, OnrTable table, const OnrHits *hits) {
  if (!hits->hits->len)
    return;
  const OnrHit *hit = &g_array_index(hits->hits, OnrHit, 0);
  GError *error = NULL;
  g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(OnrTermScore));
  fixture->engine_class->explain(fixture->engine, plan, table, hit->row, scores, &error);
  fixture_no_error(error);
  double sum = 0;
  for (guint i = 0; i < scores->len; i++) {
    const OnrTermScore *score = &g_array_index(scores, OnrTermScore, i);
    cr_assert_eq(score->doc_frequency, model_doc_frequency(fixture->model, table, score->term));
    sum += score->weight;
  }
  g_autofree char *what = describe(plan, table);
  cr_assert_eq(is_equal_score(sum, hit->score), TRUE, "explained %.12g, scored %.12g in\n%s", sum, hit->score,
               what);
}

void fixture_compare(Fixture *fixture, const OnrPlan *plan, OnrTable table) {
  g_autoptr(GHashTable) expected = expected_of(fixture->model, plan, table);
  g_autofree char *what = describe(plan, table);
  for (int sort = ONR_SORT_RELEVANCE; sort <= ONR_SORT_DATE_DOWN; sort++) {
    g_auto(OnrHits) hits = {0};
    search(fixture, plan, &(OnrSearchSpec){.table = table, .sort = (OnrSort)sort}, &hits);
    compare_hits(fixture, expected, &hits, table, (OnrSort)sort, what);
    compare_pages(fixture, plan, table, (OnrSort)sort, &hits);
    if (sort == ONR_SORT_RELEVANCE)
      compare_explanation(fixture, plan, table, &hits);
  }
  compare_match(fixture, plan, table, expected);
}

gboolean fixture_agrees(OnrArchive *archive, Model *model, const OnrPlan *plan, OnrTable table) {
  GError *error = NULL;
  const OnrEngineClass *engine_class = onr_archive_engine_class(archive);
  g_autoptr(GHashTable) expected = expected_of(model, plan, table);
  g_auto(OnrHits) hits = {0};
  engine_class->search(onr_archive_engine(archive), plan, &(OnrSearchSpec){.table = table}, &hits, &error);
  fixture_no_error(error);
  gboolean is_same = hits.hits->len == g_hash_table_size(expected);
  for (guint i = 0; i < hits.hits->len; i++) {
    const OnrHit *hit = &g_array_index(hits.hits, OnrHit, i);
    const ModelItem *item = model_find(model, table, hit->row);
    const double *score = item ? g_hash_table_lookup(expected, item) : NULL;
    is_same &= score && is_equal_score(hit->score, *score);
  }
  return is_same;
}

OnrPlan *fixture_parse_terms(OnrPlanKind kind, const char *terms) {
  g_auto(GStrv) words = g_strsplit(terms, " ", -1);
  if (g_strv_length(words) == 1)
    return onr_plan_term(terms);
  OnrPlan *plan = onr_plan_group(kind);
  for (guint i = 0; words[i]; i++)
    onr_plan_add(plan, onr_plan_term(words[i]));
  return plan;
}
