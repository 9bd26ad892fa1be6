/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dictionary against a map that knows no runs: batches by chance that add and take away, merges,
   look-ups, prefixes and forms of stems. */
#include "fixture.h"

#include "archive/database.h"
#include "archive/fts5/dictionary.h"

#include <string.h>

ONR_SUITE(engine_dictionary);

#define N_WORDS 30000
#define MAX_RUNS 8

typedef struct {
  gint64 n_items, n_postings;
} Counts;

typedef struct {
  char *dir;
  OnrRecord *record;
  OnrDictionary *dictionaries[2];
  GRand *rand;
  GPtrArray *items;  /* OnrPostings of what is there */
  GHashTable *terms; /* the map: char * → Counts, those above 0 */
  GHashTable *stems; /* form → stem */
} World;

static void postings_free(gpointer postings) {
  onr_postings_clear(postings);
  g_free(postings);
}

static World *world_new(guint32 seed) {
  GError *error = NULL;
  World *world = g_new0(World, 1);
  world->dir = onr_test_make_dir();
  g_autofree char *file = g_build_filename(world->dir, ONR_RECORD_FILE, NULL);
  world->record = onr_record_open(file, ONR_OPEN_CREATE, &error);
  fixture_no_error(error);
  onr_record_begin(world->record, &error);
  fixture_no_error(error);
  onr_dictionary_create(onr_record_database(world->record), &error);
  fixture_no_error(error);
  for (int t = 0; t < 2; t++)
    world->dictionaries[t] = onr_dictionary_new(world->record, (OnrTable)t);
  world->rand = g_rand_new_with_seed(seed);
  world->items = g_ptr_array_new_with_free_func(postings_free);
  world->terms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  world->stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return world;
}

static void world_free(World *world) {
  for (int t = 0; t < 2; t++)
    onr_dictionary_free(world->dictionaries[t]);
  onr_record_close(world->record);
  onr_test_remove_dir(world->dir);
  g_free(world->dir);
  g_rand_free(world->rand);
  g_ptr_array_unref(world->items);
  g_hash_table_unref(world->terms);
  g_hash_table_unref(world->stems);
  g_free(world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

/* --- words --- */

/* The form of word N: low ones come most often. Words share beginnings, and six a stem. */
static char *form_of(guint n) {
  static const char *const endings[] = {"", "s", "ing", "ed", "er", "ers"};
  static const char *const fields[] = {"", "", "", "", "S"};
  guint root = n / G_N_ELEMENTS(endings);
  return g_strdup_printf("%s%c%x%s", fields[root % G_N_ELEMENTS(fields)], 'a' + root % 26, root * 7919,
                         endings[n % G_N_ELEMENTS(endings)]);
}

static char *stem_of(guint n) {
  g_autofree char *root = form_of(n - n % 6);
  return *root == 'S' ? g_strconcat("SZ", root + 1, NULL) : g_strconcat("Z", root, NULL);
}

static void post(OnrPostings *postings, guint8 flags, const char *term) {
  guint8 head[] = {flags, (guint8)strlen(term)};
  if (!postings->bytes)
    postings->bytes = g_byte_array_new();
  g_byte_array_append(postings->bytes, head, sizeof head);
  g_byte_array_append(postings->bytes, (const guint8 *)term, head[1]);
}

static OnrPostings *random_item(World *world, guint n_words) {
  OnrPostings *postings = g_new0(OnrPostings, 1);
  for (guint i = 0; i < n_words; i++) {
    double u = g_rand_double(world->rand);
    guint n = (guint)(u * u * u * N_WORDS);
    char *form = form_of(n), *stem = stem_of(n);
    post(postings, 0, form);
    post(postings, 3, stem);
    g_hash_table_replace(world->stems, form, stem);
  }
  return postings;
}

/* --- counting on both sides --- */

static void count_in_map(World *world, const OnrTermCounts *counts, int sign) {
  for (guint i = 0; i < counts->terms->len; i++) {
    const OnrTermCount *count = &g_array_index(counts->terms, OnrTermCount, i);
    g_autofree char *term = g_strndup(count->term, count->length);
    Counts *sum = g_hash_table_lookup(world->terms, term);
    if (!sum) {
      sum = g_new0(Counts, 1);
      g_hash_table_insert(world->terms, g_strdup(term), sum);
    }
    sum->n_items += sign * (gint64)count->n_items;
    sum->n_postings += sign * (gint64)count->n_postings;
    if (!sum->n_items)
      g_hash_table_remove(world->terms, term);
  }
}

static void count_item(World *world, const OnrPostings *postings, int sign) {
  g_auto(OnrTermCounts) counts = {0};
  onr_term_counts_reset(&counts);
  onr_term_counts_begin_item(&counts);
  onr_term_counts_add(&counts, postings, 2);
  onr_dictionary_count(world->dictionaries[ONR_TABLE_ARTICLES], &counts, sign);
  count_in_map(world, &counts, sign);
}

static void add_items(World *world, guint n) {
  for (guint i = 0; i < n; i++) {
    OnrPostings *postings = random_item(world, (guint)g_rand_int_range(world->rand, 1, 400));
    count_item(world, postings, 1);
    g_ptr_array_add(world->items, postings);
  }
}

static void remove_items(World *world, guint n) {
  for (; n > 0 && world->items->len; n--) {
    guint i = (guint)g_rand_int_range(world->rand, 0, (gint32)world->items->len);
    count_item(world, world->items->pdata[i], -1);
    g_ptr_array_remove_index_fast(world->items, i);
  }
}

static void flush(World *world) {
  GError *error = NULL;
  onr_dictionary_flush(world->dictionaries[ONR_TABLE_ARTICLES], &error);
  fixture_no_error(error);
}

static void optimise(World *world) {
  GError *error = NULL;
  onr_dictionary_optimise(world->dictionaries[ONR_TABLE_ARTICLES], &error);
  fixture_no_error(error);
}

static gint64 query_int(World *world, const char *sql) {
  GError *error = NULL;
  gint64 n = 0;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(onr_record_database(world->record), sql, &error);
  fixture_no_error(error);
  onr_step_int(s, 0, &n, &error);
  fixture_no_error(error);
  return n;
}

/* --- comparing --- */

static int compare_strings(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *live_terms(World *world) {
  GPtrArray *live = g_ptr_array_new();
  GHashTableIter iter;
  gpointer term;
  g_hash_table_iter_init(&iter, world->terms);
  while (g_hash_table_iter_next(&iter, &term, NULL))
    g_ptr_array_add(live, term);
  g_ptr_array_sort(live, compare_strings);
  return live;
}

static GPtrArray *live_forms(World *world, const char *stem) {
  GPtrArray *forms = g_ptr_array_new();
  GHashTableIter iter;
  gpointer form, its_stem;
  g_hash_table_iter_init(&iter, world->stems);
  while (g_hash_table_iter_next(&iter, &form, &its_stem))
    if (!strcmp(its_stem, stem) && g_hash_table_contains(world->terms, form))
      g_ptr_array_add(forms, form);
  g_ptr_array_sort(forms, compare_strings);
  return forms;
}

static void compare_lists(const GPtrArray *found, const GPtrArray *expected, guint n, const char *what) {
  cr_assert_eq(found->len, n, "%s: %u strings, not %u", what, found->len, n);
  for (guint i = 0; i < n; i++)
    cr_assert_str_eq(found->pdata[i], expected->pdata[i], "%s", what);
}

static void compare_term(World *world, const char *term) {
  GError *error = NULL;
  guint64 n_items, n_postings;
  onr_dictionary_find(world->dictionaries[0], term, &n_items, &n_postings, &error);
  fixture_no_error(error);
  const Counts *expected = g_hash_table_lookup(world->terms, term);
  cr_assert_eq((gint64)n_items, expected ? expected->n_items : 0, "'%s'", term);
  cr_assert_eq((gint64)n_postings, expected ? expected->n_postings : 0, "'%s'", term);
}

static void compare_forms(World *world, const char *stem) {
  GError *error = NULL;
  g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
  onr_dictionary_forms(world->dictionaries[0], stem, forms, &error);
  fixture_no_error(error);
  g_autoptr(GPtrArray) expected = live_forms(world, stem);
  compare_lists(forms, expected, expected->len, stem);
}

static void compare_expansion(World *world, const GPtrArray *live, const char *prefix, guint limit) {
  GError *error = NULL;
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  onr_dictionary_expand(world->dictionaries[0], prefix, limit, terms, &error);
  fixture_no_error(error);
  g_autoptr(GPtrArray) expected = g_ptr_array_new();
  for (guint i = 0; i < live->len; i++)
    if (g_str_has_prefix(live->pdata[i], prefix))
      g_ptr_array_add(expected, live->pdata[i]);
  compare_lists(terms, expected, MIN(expected->len, limit + 1), prefix);
}

/* All that the dictionary holds, in order. */
static void compare_cursor(World *world, const GPtrArray *live) {
  GError *error = NULL;
  g_autoptr(OnrDictionaryCursor) cursor = onr_dictionary_cursor_new(world->dictionaries[0], &error);
  fixture_no_error(error);
  OnrDictionaryEntry entry;
  guint n = 0, n_forms = 0;
  while (onr_dictionary_cursor_next(cursor, &entry, &error) == ONR_STEP_ROW) {
    const Counts *counts = g_hash_table_lookup(world->terms, entry.form ? entry.form : entry.term);
    cr_assert_not_null(counts, "'%s' is gone", entry.term);
    cr_assert_eq(entry.n_items, counts->n_items, "'%s'", entry.term);
    cr_assert_eq(entry.n_postings, entry.form ? 0 : counts->n_postings, "'%s'", entry.term);
    if (entry.form)
      cr_assert_str_eq(g_hash_table_lookup(world->stems, entry.form), entry.term);
    else
      cr_assert_lt(n, live->len);
    n_forms += entry.form != NULL;
    cr_assert_str_eq(entry.term, live->pdata[entry.form ? n - 1 : n]);
    n += !entry.form;
  }
  fixture_no_error(error);
  cr_assert_eq(n, live->len);
  guint n_live_forms = 0;
  for (guint i = 0; i < live->len; i++)
    n_live_forms += !onr_term_is_stem(live->pdata[i]);
  cr_assert_eq(n_forms, n_live_forms);
}

static void compare(World *world) {
  g_autoptr(GPtrArray) live = live_terms(world);
  compare_cursor(world, live);
  for (guint i = 0; i < 150; i++) {
    guint n = (guint)g_rand_int_range(world->rand, 0, N_WORDS);
    g_autofree char *form = form_of(n), *stem = stem_of(n);
    compare_term(world, form);
    compare_term(world, stem);
    if (i % 5 == 0)
      compare_forms(world, stem);
    g_autofree char *prefix = g_strndup(i % 2 ? form : stem, (gsize)g_rand_int_range(world->rand, 0, 6));
    compare_expansion(world, live, prefix, (guint)g_rand_int_range(world->rand, 0, 1000));
  }
  GError *error = NULL;
  onr_dictionary_check(world->dictionaries[0], &error);
  fixture_no_error(error);
  cr_assert_leq(query_int(world, "SELECT count(*) FROM fts5_term_run"), MAX_RUNS);
}

Test(engine_dictionary, agrees_with_a_map_through_batches_and_merges) {
  g_autoptr(World) world = world_new(17);
  compare(world);
  for (guint batch = 0; batch < 30; batch++) {
    /* From a single item to as many as fill dozens of blocks. */
    guint n = 1u << g_rand_int_range(world->rand, 0, 8);
    add_items(world, n);
    remove_items(world, batch % 9 == 8 ? 400 : n / 3);
    flush(world);
    if (batch == 20)
      optimise(world);
    if (batch % 4 == 3 || batch == 29)
      compare(world);
  }
}

Test(engine_dictionary, of_nothing_any_more_has_no_run) {
  g_autoptr(World) world = world_new(5);
  add_items(world, 30);
  flush(world);
  remove_items(world, 30);
  flush(world);
  compare(world);
  optimise(world);
  compare(world);
  static const char *const tables[] = {"SELECT count(*) FROM fts5_term_run",
                                       "SELECT count(*) FROM fts5_term_block",
                                       "SELECT count(*) FROM fts5_term_first"};
  for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
    cr_assert_eq(query_int(world, tables[i]), 0, "%s", tables[i]);
}

Test(engine_dictionary, optimised_is_one_run) {
  g_autoptr(World) world = world_new(6);
  for (guint n = 1000; n > 8; n /= 10) {
    add_items(world, n);
    flush(world);
  }
  cr_assert_gt(query_int(world, "SELECT count(*) FROM fts5_term_run"), 1, "there is nothing to merge");
  optimise(world);
  cr_assert_eq(query_int(world, "SELECT count(*) FROM fts5_term_run"), 1);
  compare(world);
}

Test(engine_dictionary, forgets_what_was_not_flushed) {
  g_autoptr(World) world = world_new(7);
  add_items(world, 5);
  flush(world);
  add_items(world, 5);
  for (guint i = 0; i < 5; i++) {
    g_auto(OnrTermCounts) counts = {0};
    onr_term_counts_reset(&counts);
    onr_term_counts_begin_item(&counts);
    onr_term_counts_add(&counts, world->items->pdata[world->items->len - 1], 2);
    count_in_map(world, &counts, -1);
    g_ptr_array_set_size(world->items, (gint)world->items->len - 1);
  }
  onr_dictionary_forget(world->dictionaries[0]);
  flush(world);
  compare(world);
  add_items(world, 5);
  flush(world);
  compare(world);
}

/* Articles and quotes share tables and nothing else. */
Test(engine_dictionary, of_quotes_is_another) {
  g_autoptr(World) world = world_new(8);
  add_items(world, 20);
  flush(world);
  GError *error = NULL;
  g_autoptr(OnrDictionaryCursor) cursor = onr_dictionary_cursor_new(world->dictionaries[1], &error);
  fixture_no_error(error);
  OnrDictionaryEntry entry;
  cr_assert_eq(onr_dictionary_cursor_next(cursor, &entry, &error), ONR_STEP_DONE);
}

/* --- damage --- */

static void expect_answer_or_damage(gboolean is_answered, GError **error) {
  cr_assert_eq(is_answered, *error == NULL);
  if (*error)
    cr_assert_neq(g_error_matches(*error, ONR_ERROR, ONR_ERROR_CORRUPT), 0, "%s", (*error)->message);
  g_clear_error(error);
}

static void look_up_all(World *world) {
  GError *error = NULL;
  OnrDictionary *dictionary = world->dictionaries[0];
  for (guint n = 0; n < N_WORDS; n += N_WORDS / 20) {
    g_autofree char *form = form_of(n), *stem = stem_of(n);
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    guint64 n_items, n_postings;
    expect_answer_or_damage(onr_dictionary_find(dictionary, form, &n_items, &n_postings, &error), &error);
    expect_answer_or_damage(onr_dictionary_forms(dictionary, stem, terms, &error), &error);
    form[1] = '\0';
    expect_answer_or_damage(onr_dictionary_expand(dictionary, form, 500, terms, &error), &error);
  }
  expect_answer_or_damage(onr_dictionary_check(dictionary, &error), &error);
}

static void store_block(World *world, gint64 id, const guint8 *bytes, gsize n) {
  GError *error = NULL;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(
      onr_record_database(world->record), "UPDATE fts5_term_block SET entries = ?2 WHERE id = ?1", &error);
  fixture_no_error(error);
  onr_bind_int(s, 1, id);
  onr_bind_blob(s, 2, bytes, n);
  onr_run(s, &error);
  fixture_no_error(error);
}

/* A few bytes changed, now and then the block cut short. Returns its new length. */
static gsize scramble(GRand *rand, guint8 *bytes, gsize n) {
  for (gint32 k = g_rand_int_range(rand, 1, 4); k > 0; k--)
    bytes[g_rand_int_range(rand, 0, (gint32)n)] = (guint8)g_rand_int(rand);
  return g_rand_int_range(rand, 0, 8) ? n : (gsize)g_rand_int_range(rand, 0, (gint32)n);
}

static void look_up_over_scrambled(World *world, gint32 block) {
  GError *error = NULL;
  g_autofree char *sql = g_strdup_printf("SELECT id, entries FROM fts5_term_block LIMIT 1 OFFSET %d", block);
  OnrOwnStatement *s = onr_database_prepare(onr_record_database(world->record), sql, &error);
  fixture_no_error(error);
  cr_assert_eq(onr_step(s, &error), ONR_STEP_ROW);
  gint64 id = onr_column_int(s, 0);
  gsize n = (gsize)sqlite3_column_bytes(s, 1);
  g_autofree guint8 *whole = g_memdup2(sqlite3_column_blob(s, 1), n);
  g_autofree guint8 *broken = g_memdup2(whole, n);
  onr_own_statement_free(s);
  store_block(world, id, broken, scramble(world->rand, broken, n));
  look_up_all(world);
  g_assert(onr_database_exec(onr_record_database(world->record), "SAVEPOINT merging", NULL));
  expect_answer_or_damage(onr_dictionary_optimise(world->dictionaries[0], &error), &error);
  g_assert(
      onr_database_exec(onr_record_database(world->record), "ROLLBACK TO merging; RELEASE merging", NULL));
  store_block(world, id, whole, n);
}

Test(engine_dictionary, scrambled_blocks_do_no_harm) {
  g_autoptr(World) world = world_new(9);
  for (guint n = 64; n > 2; n /= 4) {
    add_items(world, n);
    flush(world);
  }
  gint32 n_blocks = (gint32)query_int(world, "SELECT count(*) FROM fts5_term_block");
  for (gint32 i = 0; i < 120; i++)
    look_up_over_scrambled(world, i % n_blocks);
  compare(world);
}

/* Every way in which runs, blocks and first keys may contradict each other. */
Test(engine_dictionary, contradictions_between_its_tables_are_found) {
  static const char *const damages[] = {
      "UPDATE fts5_term_block SET entries = substr(entries, 1, length(entries) - 1) WHERE id & 1",
      "UPDATE fts5_term_block SET entries = zeroblob(5000) WHERE id & 1",
      "UPDATE fts5_term_block SET entries = x'' WHERE id & 1",
      "DELETE FROM fts5_term_block WHERE id & 1",
      "DELETE FROM fts5_term_first WHERE id & 1",
      "DELETE FROM fts5_term_first",
      "UPDATE fts5_term_first SET id = id + 1 WHERE id & 1",
      "UPDATE fts5_term_first SET first = CAST(first || x'01' AS BLOB) WHERE id & 1",
      "UPDATE fts5_term_run SET n_blocks = n_blocks + 1",
      "UPDATE fts5_term_run SET n_blocks = n_blocks - 1",
      "UPDATE fts5_term_block SET entries = x'000161020200016202' WHERE id & 1"};
  g_autoptr(World) world = world_new(10);
  add_items(world, 100);
  flush(world);
  sqlite3 *db = onr_record_database(world->record);
  for (guint i = 0; i < G_N_ELEMENTS(damages); i++) {
    g_autoptr(GError) error = NULL;
    g_assert(onr_database_exec(db, "SAVEPOINT damage", NULL));
    cr_assert_eq(onr_database_exec(db, damages[i], NULL), TRUE, "%s", damages[i]);
    cr_assert_gt(sqlite3_changes(db), 0, "%s changed nothing", damages[i]);
    look_up_all(world);
    cr_assert_eq(onr_dictionary_check(world->dictionaries[0], &error), FALSE, "%s", damages[i]);
    cr_assert_not_null(strstr(error->message, "of the article terms is damaged"), "%s", error->message);
    g_assert(onr_database_exec(db, "ROLLBACK TO damage; RELEASE damage", NULL));
  }
  compare(world);
}
