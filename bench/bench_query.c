/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long 22 kinds of query take, top 10, in process, warm, beside plain FTS5 (defaults, porter unicode61,
   ORDER BY rank LIMIT 10) over the same texts: bench_query ARCHIVE_DIR PLAIN_FILE [QUERIES [REPEATS [KIND]]].
   Ours runs twice: ranked only, and with all matches counted, as the command line asks.
   Query words are picked from the archive's own vocabulary and texts by how often they occur, the same for
   the same archive. KIND: those alone whose names have it. PLAIN_FILE "-": ours alone, for a profile.

   --texts ARCHIVE_DIR: the archive of the same articles that words are picked from: one engine after another
   is asked the same, also where its archive has an index alone (bench_build).
   --write FILE: the queries, for other programs to run and compare (scripts/lib/measure/plain_xapian.txt). A
   line a query, with tabs between: kind, milliseconds ranked, and counted, matches, hits (row:score, with
   blanks between), query. The query is words with blanks between, an operator before what it is of: term
   WORD WQF, prefix WORD MOST, and N, or N, phrase N, near WINDOW N, not, filter. */
#include "archive/archive.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_QUERIES 9 /* of each kind */
#define DEFAULT_REPEATS 5 /* of each query, the median counts */
#define N_HITS 10
#define MOST_EXPANDED 1000 /* terms of a prefix, and one more */

typedef struct {
  char *word;
  guint64 n_items;
} Word;

typedef struct {
  OnrArchive *archive, *texts; /* the second: what words are picked from, may be the first */
  const OnrEngineClass *engine_class;
  OnrEngine *engine;
  sqlite3 *plain_db;
  sqlite3_stmt *plain;
  OnrTermMaker *maker;
  GArray *words;           /* Word, most frequent first */
  GHashTable *frequencies; /* word → n_items, boxed in the pointer */
  guint64 n_articles;
  guint n_queries, n_repeats;
  const char *kind; /* part of the names of those to run */
  FILE *written;    /* or NULL */
} Bench;

/* One query in both languages. PREFIX: expanded while the clock runs. */
typedef struct {
  OnrPlan *plan;
  char *prefix;
  char *plain;
} Query;

static void die(GError *error) {
  fprintf(stderr, "bench_query: %s\n", error ? error->message : "unknown error");
  exit(2);
}

static void check(GError *error) {
  if (error)
    die(error);
}

static void query_clear(gpointer p) {
  Query *query = p;
  onr_plan_free(query->plan);
  g_free(query->prefix);
  g_free(query->plain);
}

/* --- words to ask for --- */

static int compare_words(gconstpointer a, gconstpointer b) {
  const Word *x = a, *y = b;
  if (x->n_items != y->n_items)
    return x->n_items > y->n_items ? -1 : 1;
  return strcmp(x->word, y->word);
}

static gboolean is_plain_word(const char *term) {
  for (const char *p = term; *p; p++)
    if (!g_ascii_islower(*p))
      return FALSE;
  return strlen(term) >= 4;
}

static void read_words(Bench *bench) {
  GError *error = NULL;
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  const OnrEngineClass *engine_class = onr_archive_engine_class(bench->texts);
  OnrEngine *engine = onr_archive_engine(bench->texts);
  engine_class->expand(engine, ONR_TABLE_ARTICLES, "", G_MAXINT32, terms, &error);
  check(error);
  bench->words = g_array_new(FALSE, FALSE, sizeof(Word));
  bench->frequencies = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < terms->len; i++) {
    OnrTermStats stats;
    if (!is_plain_word(terms->pdata[i]))
      continue;
    engine_class->term_stats(engine, ONR_TABLE_ARTICLES, terms->pdata[i], &stats, &error);
    check(error);
    Word word = {.word = g_strdup(terms->pdata[i]), .n_items = stats.doc_frequency};
    bench->n_articles = stats.n_items;
    g_array_append_val(bench->words, word);
    g_hash_table_insert(bench->frequencies, word.word, GUINT_TO_POINTER((guint)word.n_items));
  }
  g_array_sort(bench->words, compare_words);
}

/* Frequencies, as parts of the articles. Common is what people ask news for: government, people, year,
 * president. */
typedef struct {
  double low, high;
} Band;

static const Band rare = {5e-5, 3e-4}, middling = {5e-3, 3e-2}, common = {0.15, 0.6};

static gboolean is_within(const Bench *bench, guint64 n_items, Band band) {
  double part = (double)n_items / (double)bench->n_articles;
  return band.low <= part && part <= band.high;
}

/* Word I of the band: neighbours in number lie far apart in frequency. */
static const char *word_in(const Bench *bench, Band band, guint i) {
  guint first = 0, end;
  while (first < bench->words->len &&
         !is_within(bench, g_array_index(bench->words, Word, first).n_items, band))
    first++;
  for (end = first;
       end < bench->words->len && is_within(bench, g_array_index(bench->words, Word, end).n_items, band);)
    end++;
  if (first == end) {
    fprintf(stderr, "bench_query: the archive is too small: no word in a part of %g to %g of the articles\n",
            band.low, band.high);
    exit(2);
  }
  return g_array_index(bench->words, Word, first + (i * 7919u) % (end - first)).word;
}

/* Whether the N terms from FIRST on make a phrase to ask for: two words that are neither rare nor everywhere;
   the others of a longer one may be stop words. */
static gboolean is_phrase(const Bench *bench, const GArray *terms, guint first, guint n) {
  guint n_telling = 0;
  for (guint i = first; i < first + n; i++) {
    const char *form = g_array_index(terms, OnrQueryTerm, i).form;
    guint n_items = GPOINTER_TO_UINT(g_hash_table_lookup(bench->frequencies, form));
    gboolean is_stop_word = n > 2 && !is_plain_word(form) && g_ascii_isalpha(*form);
    if (!is_stop_word && !is_within(bench, n_items, (Band){middling.low, 1}))
      return FALSE;
    n_telling += is_within(bench, n_items, (Band){middling.low, common.high}) ? 1 : 0;
  }
  return n_telling >= 2;
}

static GStrv words_from(const GArray *terms, guint first, guint n) {
  GStrv words = g_new0(char *, n + 1);
  for (guint i = 0; i < n; i++)
    words[i] = g_strdup(g_array_index(terms, OnrQueryTerm, first + i).form);
  return words;
}

#define HEAD_BYTES 2000 /* of an article's text that are looked at */

/* N words that stand together in some article; the caller frees them. Strides through the articles. */
static GStrv phrase_in(Bench *bench, guint n, guint seed) {
  g_autoptr(OnrArticle) article = onr_article_new();
  for (guint try = 0;; try++) {
    gint64 row = 1 + (gint64)((seed * 104729u + try * 7919u) % bench->n_articles);
    if (!onr_record_load_article(onr_archive_record(bench->texts), row, TRUE, article, NULL))
      continue;
    gsize length = MIN(article->text_length, HEAD_BYTES);
    g_autoptr(GArray) terms = onr_terms_query(bench->maker, article->text, length, FALSE);
    for (guint i = 0; i + n <= terms->len; i++)
      if (is_phrase(bench, terms, i, n))
        return words_from(terms, i, n);
  }
}

/* --- plans --- */

static OnrPlan *stem_plan(Bench *bench, const char *prefix, const char *word) {
  g_autoptr(GArray) terms = onr_terms_query(bench->maker, word, strlen(word), TRUE);
  g_autofree char *term = onr_term_compose(prefix, TRUE, g_array_index(terms, OnrQueryTerm, 0).stem);
  return onr_plan_term(term);
}

static OnrPlan *title_plan(Bench *bench, const char *word) {
  OnrPlan *plan = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(plan, onr_plan_filter(stem_plan(bench, ONR_PREFIX_TITLE, word)));
  onr_plan_add(plan, stem_plan(bench, "", word));
  return plan;
}

static OnrPlan *forms_plan(OnrPlanKind kind, const char *const *words) {
  OnrPlan *plan = onr_plan_group(kind);
  for (guint i = 0; words[i]; i++)
    onr_plan_add(plan, onr_plan_term(words[i]));
  return plan;
}

/* WORDS under AND or OR, by stem. */
static Query words_query(Bench *bench, OnrPlanKind kind, const char *const *words) {
  Query query = {.plan = onr_plan_group(kind)};
  for (guint i = 0; words[i]; i++)
    onr_plan_add(query.plan, stem_plan(bench, "", words[i]));
  query.plain = g_strjoinv(kind == ONR_PLAN_AND ? " AND " : " OR ", (char **)words);
  return query;
}

static Query phrase_query(const char *const *words) {
  g_autofree char *joined = g_strjoinv(" ", (char **)words);
  return (Query){.plan = forms_plan(ONR_PLAN_PHRASE, words), .plain = g_strdup_printf("\"%s\"", joined)};
}

/* --- the kinds --- */

typedef Query (*MakeQuery)(Bench *bench, guint i);

static Query single(Bench *bench, const char *word) {
  return (Query){.plan = stem_plan(bench, "", word), .plain = g_strdup(word)};
}

static Query make_rare(Bench *b, guint i) {
  return single(b, word_in(b, rare, i));
}

static Query make_middling(Bench *b, guint i) {
  return single(b, word_in(b, middling, i));
}

static Query make_common(Bench *b, guint i) {
  return single(b, word_in(b, common, i));
}

static Query make_and_rare_common(Bench *b, guint i) {
  return words_query(b, ONR_PLAN_AND, (const char *[]){word_in(b, rare, i), word_in(b, common, i), NULL});
}

static Query make_and_middling(Bench *b, guint i) {
  return words_query(b, ONR_PLAN_AND,
                     (const char *[]){word_in(b, middling, i), word_in(b, middling, i + 50), NULL});
}

static Query make_and_common(Bench *b, guint i) {
  return words_query(b, ONR_PLAN_AND,
                     (const char *[]){word_in(b, common, i), word_in(b, common, i + 50), NULL});
}

static Query make_and3_middling(Bench *b, guint i) {
  return words_query(
      b, ONR_PLAN_AND,
      (const char *[]){word_in(b, middling, i), word_in(b, common, i), word_in(b, common, i + 50), NULL});
}

static Query make_and3_common(Bench *b, guint i) {
  return words_query(
      b, ONR_PLAN_AND,
      (const char *[]){word_in(b, common, i), word_in(b, common, i + 50), word_in(b, common, i + 90), NULL});
}

static Query make_or2(Bench *b, guint i) {
  return words_query(b, ONR_PLAN_OR,
                     (const char *[]){word_in(b, common, i), word_in(b, common, i + 50), NULL});
}

static Query make_or3(Bench *b, guint i) {
  return words_query(
      b, ONR_PLAN_OR,
      (const char *[]){word_in(b, common, i), word_in(b, common, i + 50), word_in(b, common, i + 90), NULL});
}

static Query make_or4(Bench *b, guint i) {
  return words_query(b, ONR_PLAN_OR,
                     (const char *[]){word_in(b, common, i), word_in(b, common, i + 50),
                                      word_in(b, common, i + 90), word_in(b, common, i + 120), NULL});
}

static Query make_phrase2(Bench *b, guint i) {
  g_auto(GStrv) words = phrase_in(b, 2, i);
  return phrase_query((const char *const *)words);
}

static Query make_phrase4(Bench *b, guint i) {
  g_auto(GStrv) words = phrase_in(b, 4, i);
  return phrase_query((const char *const *)words);
}

static Query make_stop_phrase(Bench *b, guint i) {
  static const char *const phrases[][4] = {{"of", "the"}, {"in", "the"}, {"to", "be"},   {"it", "is"},
                                           {"on", "the"}, {"as", "a"},   {"for", "the"}, {"one", "of", "the"},
                                           {"is", "not"}, {"at", "the"}};
  (void)b;
  return phrase_query(phrases[i % G_N_ELEMENTS(phrases)]);
}

static Query near_query(Bench *b, guint i, guint window) {
  g_auto(GStrv) words = phrase_in(b, 2, i + 300);
  Query query = {.plan = onr_plan_group(ONR_PLAN_NEAR),
                 .plain = g_strdup_printf("NEAR(%s %s, %u)", words[0], words[1], window)};
  query.plan->window = window;
  onr_plan_add(query.plan, stem_plan(b, "", words[0]));
  onr_plan_add(query.plan, stem_plan(b, "", words[1]));
  return query;
}

static Query make_near10(Bench *b, guint i) {
  return near_query(b, i, 10);
}

static Query make_near5(Bench *b, guint i) {
  return near_query(b, i + 100, 5);
}

static Query prefix_query(const char *word, gsize length) {
  g_autofree char *prefix = g_strndup(word, length);
  return (Query){.prefix = g_strdup(prefix), .plain = g_strdup_printf("%s*", prefix)};
}

static Query make_prefix_middling(Bench *b, guint i) {
  return prefix_query(word_in(b, middling, i), 5);
}

static Query make_prefix_common(Bench *b, guint i) {
  return prefix_query(word_in(b, common, i), 4);
}

static Query make_title(Bench *b, guint i) {
  const char *word = word_in(b, common, i);
  return (Query){.plan = title_plan(b, word), .plain = g_strdup_printf("title : %s", word)};
}

static Query make_title2(Bench *b, guint i) {
  const char *one = word_in(b, common, i), *two = word_in(b, common, i + 50);
  OnrPlan *plan = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(plan, title_plan(b, one));
  onr_plan_add(plan, title_plan(b, two));
  GError *error = NULL;
  plan = onr_plan_normalise(plan, &error);
  check(error);
  return (Query){.plan = plan, .plain = g_strdup_printf("title : (%s AND %s)", one, two)};
}

static Query make_not(Bench *b, guint i) {
  const char *one = word_in(b, common, i), *two = word_in(b, common, i + 50);
  return (Query){.plan = onr_plan_not(stem_plan(b, "", one), stem_plan(b, "", two)),
                 .plain = g_strdup_printf("%s NOT %s", one, two)};
}

static Query make_or_phrases(Bench *b, guint i) {
  Query one = make_phrase2(b, i + 500), two = make_phrase2(b, i + 600);
  Query query = {.plan = onr_plan_group(ONR_PLAN_OR),
                 .plain = g_strdup_printf("%s OR %s", one.plain, two.plain)};
  onr_plan_add(query.plan, one.plan);
  onr_plan_add(query.plan, two.plan);
  g_free(one.plain);
  g_free(two.plain);
  return query;
}

static const struct {
  const char *name;
  MakeQuery make;
} kinds[] = {
    {"rare word", make_rare},
    {"middling word", make_middling},
    {"common word", make_common},
    {"rare AND common", make_and_rare_common},
    {"two middling AND", make_and_middling},
    {"two common AND", make_and_common},
    {"middling AND two common", make_and3_middling},
    {"three common AND", make_and3_common},
    {"two common OR", make_or2},
    {"three common OR", make_or3},
    {"four common OR", make_or4},
    {"phrase of 2", make_phrase2},
    {"phrase of 4", make_phrase4},
    {"phrase of stop words", make_stop_phrase},
    {"NEAR/10", make_near10},
    {"NEAR/5", make_near5},
    {"prefix, middling", make_prefix_middling},
    {"prefix, common", make_prefix_common},
    {"title: word", make_title},
    {"title: two words", make_title2},
    {"common NOT common", make_not},
    {"OR of two phrases", make_or_phrases},
};

/* --- writing --- */

static void append_plan(GString *out, const OnrPlan *plan) {
  static const char *const names[] = {
      [ONR_PLAN_AND] = "and",   [ONR_PLAN_OR] = "or",   [ONR_PLAN_PHRASE] = "phrase",
      [ONR_PLAN_NEAR] = "near", [ONR_PLAN_NOT] = "not", [ONR_PLAN_FILTER] = "filter"};
  if (plan->kind == ONR_PLAN_TERM) {
    g_string_append_printf(out, "term %s %u", plan->term, plan->wqf);
    return;
  }
  g_assert(plan->kind < G_N_ELEMENTS(names) && names[plan->kind]);
  g_string_append(out, names[plan->kind]);
  if (plan->kind == ONR_PLAN_NEAR)
    g_string_append_printf(out, " %u", plan->window);
  if (plan->kind != ONR_PLAN_NOT && plan->kind != ONR_PLAN_FILTER)
    g_string_append_printf(out, " %u", plan->children->len);
  for (guint i = 0; i < plan->children->len; i++) {
    g_string_append_c(out, ' ');
    append_plan(out, plan->children->pdata[i]);
  }
}

/* --- running --- */

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static OnrPlan *expand_prefix(Bench *bench, const char *prefix) {
  GError *error = NULL;
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  bench->engine_class->expand(bench->engine, ONR_TABLE_ARTICLES, prefix, MOST_EXPANDED, terms, &error);
  check(error);
  OnrPlan *plan = onr_plan_group(ONR_PLAN_OR);
  for (guint i = 0; i < terms->len; i++)
    onr_plan_add(plan, onr_plan_term(terms->pdata[i]));
  return onr_plan_filter(plan);
}

static double time_ours(Bench *bench, const Query *query, gboolean skips_counts, OnrHits *hits) {
  GError *error = NULL;
  OnrSearchSpec spec = {.table = ONR_TABLE_ARTICLES, .limit = N_HITS, .skips_counts = skips_counts};
  onr_hits_clear(hits);
  double start = now_ms();
  g_autoptr(OnrPlan) expanded = query->prefix ? expand_prefix(bench, query->prefix) : NULL;
  bench->engine_class->search(bench->engine, expanded ? expanded : query->plan, &spec, hits, &error);
  check(error);
  return now_ms() - start;
}

static double time_ranked(Bench *bench, const Query *query, OnrHits *hits) {
  return time_ours(bench, query, TRUE, hits);
}

static double time_counted(Bench *bench, const Query *query, OnrHits *hits) {
  return time_ours(bench, query, FALSE, hits);
}

static double time_plain(Bench *bench, const Query *query, OnrHits *hits) {
  (void)hits;
  if (!bench->plain)
    return 0;
  double start = now_ms();
  sqlite3_bind_text(bench->plain, 1, query->plain, -1, SQLITE_STATIC);
  int rc;
  while ((rc = sqlite3_step(bench->plain)) == SQLITE_ROW)
    continue;
  sqlite3_reset(bench->plain);
  double took = now_ms() - start;
  if (rc != SQLITE_DONE) {
    fprintf(stderr, "bench_query: plain FTS5: %s: %s\n", query->plain, sqlite3_errmsg(bench->plain_db));
    exit(2);
  }
  return took;
}

static int compare_doubles(gconstpointer a, gconstpointer b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double quantile(GArray *values, double q) {
  g_array_sort(values, compare_doubles);
  guint at = (guint)(q * (double)(values->len - 1) + 0.5);
  return g_array_index(values, double, at);
}

/* The ways to run a query. */
enum { RANKED, COUNTED, PLAIN, N_WAYS };
static double (*const ways[N_WAYS])(Bench *bench, const Query *query,
                                    OnrHits *hits) = {time_ranked, time_counted, time_plain};

/* Median of the repeats of one query, after one that warms. */
static double run_query(Bench *bench, const Query *query, guint way, OnrHits *hits) {
  g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
  ways[way](bench, query, hits);
  for (guint i = 0; i < bench->n_repeats; i++) {
    double took = ways[way](bench, query, hits);
    g_array_append_val(times, took);
  }
  return quantile(times, 0.5);
}

typedef struct {
  GArray *of[N_WAYS]; /* double */
} Times;

static void times_init(Times *times) {
  for (guint way = 0; way < N_WAYS; way++)
    times->of[way] = g_array_new(FALSE, FALSE, sizeof(double));
}

static void times_clear(Times *times) {
  for (guint way = 0; way < N_WAYS; way++)
    g_array_unref(times->of[way]);
}

static void times_quantile(Times *times, double q, double out[N_WAYS]) {
  for (guint way = 0; way < N_WAYS; way++)
    out[way] = quantile(times->of[way], q);
}

static void write_query(Bench *bench, guint kind, const Query *query, const double took[N_WAYS],
                        const OnrHits *hits) {
  g_autoptr(GString) line = g_string_new(kinds[kind].name);
  g_string_append_printf(line, "\t%.6f\t%.6f\t%" G_GUINT64_FORMAT "\t", took[RANKED], took[COUNTED],
                         hits->n_matches);
  for (guint i = 0; i < hits->hits->len; i++) {
    const OnrHit *hit = &g_array_index(hits->hits, OnrHit, i);
    g_string_append_printf(line, "%s%" G_GINT64_FORMAT ":%.17g", i ? " " : "", hit->row, hit->score);
  }
  g_string_append_c(line, '\t');
  if (query->prefix)
    g_string_append_printf(line, "filter prefix %s %u", query->prefix, MOST_EXPANDED + 1);
  else
    append_plan(line, query->plan);
  fprintf(bench->written, "%s\n", line->str);
}

/* Adds the times of query I of KIND; the caller frees EXAMPLE, what it is in the other language. */
static void run_one(Bench *bench, guint kind, guint i, Times *own, Times *all, guint64 *n_matches,
                    char **example) {
  g_auto(OnrHits) hits = {0};
  double took[N_WAYS];
  Query query = kinds[kind].make(bench, i);
  for (guint way = 0; way < N_WAYS; way++) {
    took[way] = run_query(bench, &query, way, &hits);
    g_array_append_val(own->of[way], took[way]);
    g_array_append_val(all->of[way], took[way]);
  }
  if (bench->written)
    write_query(bench, kind, &query, took, &hits);
  *n_matches = hits.n_matches;
  g_free(*example);
  *example = g_strdup(query.plain);
  query_clear(&query);
}

static void run_kind(Bench *bench, guint kind, Times *all, Times *medians) {
  Times own;
  times_init(&own);
  guint64 n_matches = 0;
  g_autofree char *example = NULL;
  double p50[N_WAYS];
  for (guint i = 0; i < bench->n_queries; i++)
    run_one(bench, kind, i, &own, all, &n_matches, &example);
  times_quantile(&own, 0.5, p50);
  for (guint way = 0; way < N_WAYS; way++)
    g_array_append_val(medians->of[way], p50[way]);
  printf("%-24s %-36.36s %8" G_GUINT64_FORMAT " %9.3f %9.3f %9.3f %7.3f\n", kinds[kind].name, example,
         n_matches, p50[RANKED], p50[COUNTED], p50[PLAIN], p50[COUNTED] / p50[PLAIN]);
  fflush(stdout);
  times_clear(&own);
}

static void run_all(Bench *bench) {
  Times all, medians;
  double p50[N_WAYS], p99[N_WAYS];
  times_init(&all);
  times_init(&medians);
  printf("%" G_GUINT64_FORMAT " articles; %u queries a kind, median of %u runs each; ms\n", bench->n_articles,
         bench->n_queries, bench->n_repeats);
  printf("%-24s %-36s %8s %9s %9s %9s %7s\n", "kind", "last query", "hits", "ranked", "ours p50", "plain p50",
         "ratio");
  for (guint kind = 0; kind < G_N_ELEMENTS(kinds); kind++)
    if (strstr(kinds[kind].name, bench->kind))
      run_kind(bench, kind, &all, &medians);
  times_quantile(&all, 0.5, p50);
  times_quantile(&all, 0.99, p99);
  printf("all queries: ranked p50 %.3f p99 %.3f ms, ours p50 %.3f p99 %.3f ms, plain p50 %.3f p99 %.3f ms\n",
         p50[RANKED], p99[RANKED], p50[COUNTED], p99[COUNTED], p50[PLAIN], p99[PLAIN]);
  times_quantile(&medians, 0.5, p50);
  printf("median of medians: ranked %.3f ms, ours %.3f ms, plain %.3f ms, ratio %.3f\n", p50[RANKED],
         p50[COUNTED], p50[PLAIN], p50[COUNTED] / p50[PLAIN]);
  printf("ranked: without counting all matches; ours: with it; ratio: ours over plain\n");
  times_clear(&all);
  times_clear(&medians);
}

/* The same cache and mapping as an archive's reader has. */
static void open_plain(Bench *bench, const char *file) {
  if (sqlite3_open_v2(file, &bench->plain_db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_exec(bench->plain_db, "PRAGMA cache_size = -16384; PRAGMA mmap_size = 1099511627776", NULL,
                   NULL, NULL) ||
      sqlite3_prepare_v2(
          bench->plain_db,
          "SELECT rowid FROM plain WHERE plain MATCH ?1 ORDER BY rank LIMIT " G_STRINGIFY(N_HITS), -1,
          &bench->plain, NULL) != SQLITE_OK) {
    fprintf(stderr, "bench_query: %s: %s\n", file, sqlite3_errmsg(bench->plain_db));
    exit(2);
  }
}

static OnrArchive *open_archive(const char *dir) {
  GError *error = NULL;
  OnrArchive *archive = onr_archive_open(dir, ONR_OPEN_READ, &error);
  check(error);
  return archive;
}

static void open_written(Bench *bench, const char *file) {
  bench->written = fopen(file, "w");
  if (!bench->written) {
    perror(file);
    exit(2);
  }
}

static void close_written(Bench *bench) {
  if (bench->written && fclose(bench->written) != 0) {
    perror("bench_query");
    exit(2);
  }
}

/* Words without options; ends the program where they are not as they must be. */
static void parse(int *argc, char ***argv, char **texts, char **written) {
  GError *error = NULL;
  const GOptionEntry options[] = {
      {"texts", 0, 0, G_OPTION_ARG_FILENAME, texts, "pick words from another archive", "ARCHIVE_DIR"},
      {"write", 0, 0, G_OPTION_ARG_FILENAME, written, "write the queries and their hits", "FILE"},
      G_OPTION_ENTRY_NULL};
  GOptionContext *context = g_option_context_new("ARCHIVE_DIR PLAIN_FILE [QUERIES [REPEATS [KIND]]]");
  g_option_context_add_main_entries(context, options, NULL);
  g_option_context_parse(context, argc, argv, &error);
  check(error);
  if (*argc < 3 || *argc > 6) {
    g_autofree char *help = g_option_context_get_help(context, TRUE, NULL);
    fprintf(stderr, "%s", help);
    exit(2);
  }
  g_option_context_free(context);
}

static void free_words(Bench *bench) {
  for (guint i = 0; i < bench->words->len; i++)
    g_free(g_array_index(bench->words, Word, i).word);
  g_array_unref(bench->words);
  g_hash_table_unref(bench->frequencies);
}

int main(int argc, char **argv) {
  GError *error = NULL;
  g_autofree char *texts = NULL, *written = NULL;
  parse(&argc, &argv, &texts, &written);
  Bench bench = {.n_queries = argc > 3 ? (guint)strtoul(argv[3], NULL, 10) : DEFAULT_QUERIES,
                 .n_repeats = argc > 4 ? (guint)strtoul(argv[4], NULL, 10) : DEFAULT_REPEATS,
                 .kind = argc > 5 ? argv[5] : ""};
  bench.archive = open_archive(argv[1]);
  bench.texts = texts ? open_archive(texts) : bench.archive;
  bench.engine_class = onr_archive_engine_class(bench.archive);
  bench.engine = onr_archive_engine(bench.archive);
  bench.maker = onr_term_maker_new(onr_archive_language(bench.texts), &error);
  check(error);
  if (strcmp(argv[2], "-"))
    open_plain(&bench, argv[2]);
  if (written)
    open_written(&bench, written);
  read_words(&bench);
  run_all(&bench);
  close_written(&bench);
  free_words(&bench);
  sqlite3_finalize(bench.plain);
  sqlite3_close(bench.plain_db);
  onr_term_maker_free(bench.maker);
  if (bench.texts != bench.archive)
    onr_archive_close(bench.texts);
  onr_archive_close(bench.archive);
  return 0;
}
