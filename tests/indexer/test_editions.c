/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several items with one id: versions, corrections, kills. Whatever the order and the number of runs in which
   they come, the archive is what one run over the same files makes. */
#include "inputs.h"

#include "support/support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

ONR_SUITE(editions);

static const char *const V1 = "{\"id\": \"s\", \"version\": 1, \"title\": \"Ferry late\", \"body\": \"\\\"It "
                              "is late,\\\" said Ada Moor.\"}\n";
static const char *const V2 = "{\"id\": \"s\", \"version\": 2, \"title\": \"Ferry early\", \"body\": "
                              "\"\\\"It is early,\\\" said Ada Moor.\"}\n";
static const char *const KILL =
    "{\"id\": \"s\", \"version\": 3, \"pubstatus\": \"canceled\", \"ednote\": \"There is no ferry.\"}\n";
static const char *const V1_AGAIN =
    "{\"id\": \"t\", \"title\": \"Other\"}\n"
    "{\"id\": \"s\", \"version\": 1, \"title\": \"Ferry late\", \"body\": \"Reprinted.\"}\n";

static const char *const CONTENTS[] = {V1, V2, KILL, V1_AGAIN};
static const char *const NAMES[] = {"a.json", "b.json", "c.json", "d.jsonl"};
#define N_FILES G_N_ELEMENTS(NAMES)

/* Files are old, each change with another time, so that no run compares hashes alone. */
static void put(OnrTestArchive *t, const char *name, const char *content) {
  static const time_t first = 1000000000;
  g_autofree char *path = onr_test_write(t->input, name, content, -1);
  time_t when = first + (time_t)(g_str_hash(content) % 100000000);
  struct utimbuf times = {when, when};
  cr_assert_eq(utime(path, &times), 0);
}

static void drop(OnrTestArchive *t, const char *name) {
  g_autofree char *path = g_build_filename(t->input, name, NULL);
  cr_assert_eq(g_remove(path), 0);
}

static gboolean add_row(const OnrSource *source, gpointer data) {
  g_autofree char *name = g_path_get_basename(source->path);
  g_autofree char *reason = onr_source_explain(source);
  g_string_append_printf(data, "%s:%s %s %s %s %" G_GINT64_FORMAT ": %s\n", name, source->member,
                         onr_source_status_name(source->status),
                         source->article_id ? source->article_id : "-", source->format, source->version,
                         reason);
  return TRUE;
}

static gboolean add_file(const OnrSource *source, gpointer data) {
  g_autofree char *name = g_path_get_basename(source->path);
  g_string_append_printf(data, "%s %u %s\n", name, source->n_articles,
                         source->size_bytes < 0 ? "open" : "read");
  return TRUE;
}

/* All that is stored, and all that is said of what is not. */
static char *state(OnrTestArchive *t) {
  g_autofree char *articles = onr_test_dump(t);
  OnrRecord *record = onr_archive_record(t->archive);
  GString *out = g_string_new(articles);
  cr_assert_neq(onr_record_each_skipped(record, add_row, out, NULL), FALSE);
  cr_assert_neq(onr_record_each_source(record, NULL, add_file, out, NULL), FALSE);
  g_autofree char *folder = g_strconcat(t->input, "/", NULL);
  g_string_replace(out, folder, "", 0);
  return g_string_free(out, FALSE);
}

/* What one run makes of the files in MASK. */
static const char *wanted(guint mask, GPtrArray *known) {
  if (!known->pdata[mask]) {
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    put(t, "z.txt", "Nothing\n");
    for (guint i = 0; i < N_FILES; i++)
      if (mask & 1u << i)
        put(t, NAMES[i], CONTENTS[i]);
    OnrIndexOptions options = {.n_jobs = 1};
    onr_test_index(t, &options);
    onr_test_check(t);
    known->pdata[mask] = state(t);
  }
  return known->pdata[mask];
}

static GPtrArray *new_known(void) {
  GPtrArray *known = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_set_size(known, 1 << N_FILES);
  return known;
}

/* The Nth order of four. */
static void order_of(guint n, guint order[N_FILES]) {
  guint left[N_FILES] = {0, 1, 2, 3};
  for (guint i = 0; i < N_FILES; i++) {
    guint choices = N_FILES - i, at = n % choices;
    n /= choices;
    order[i] = left[at];
    memmove(left + at, left + at + 1, (choices - at - 1) * sizeof *left);
  }
}

#define N_ORDERS 24

static void expect_state(OnrTestArchive *t, guint mask, GPtrArray *known, guint n, const char *when) {
  onr_test_check(t);
  g_autofree char *found = state(t);
  cr_assert_str_eq(found, wanted(mask, known), "order %u, %s, files %x:\n%s\nbut wanted:\n%s", n, when, mask,
                   found, wanted(mask, known));
}

static void expect_line(guint mask, GPtrArray *known, const char *line) {
  cr_expect_not_null(strstr(wanted(mask, known), line), "no '%s' in:\n%s", line, wanted(mask, known));
}

Test(editions, one_run_says_what_holds) {
  g_autoptr(GPtrArray) known = new_known();
  expect_line(1, known, "s (a.json:)");
  expect_line(3, known, "s (b.json:)");
  expect_line(3, known, "a.json: replaced s json 1: replaced by version 2 in 'b.json'\n");
  expect_line(9, known, "d.jsonl:2 duplicate s jsonl 1: id 's' is that of an article in 'a.json'\n");
  expect_line(11, known, "d.jsonl:2 replaced s jsonl 1: replaced by version 2 in 'b.json'\n");
  expect_line(15, known, "a.json: killed s json 1: killed by 'c.json': There is no ferry.\n");
  expect_line(15, known, "b.json: killed s json 2: killed by 'c.json': There is no ferry.\n");
  expect_line(15, known, "c.json: kill s json 3: kill of 's', version 3: There is no ferry.\n");
  expect_line(15, known, "c.json 0 read\n");
  cr_expect_null(strstr(wanted(15, known), "s (b.json:)"));
}

/* Each order in which the files may come, cut into one to four runs. */
Test(editions, the_same_in_any_order_and_number_of_runs, .timeout = 300) {
  g_autoptr(GPtrArray) known = new_known();
  for (guint n = 0; n < N_ORDERS; n++)
    for (guint cuts = 0; cuts < 1 << (N_FILES - 1); cuts++) {
      g_autoptr(OnrTestArchive) t = onr_test_archive_new();
      OnrIndexOptions options = {.n_jobs = 1 + cuts % 2};
      guint order[N_FILES], mask = 0;
      order_of(n, order);
      put(t, "z.txt", "Nothing\n");
      for (guint i = 0; i < N_FILES; i++) {
        put(t, NAMES[order[i]], CONTENTS[order[i]]);
        mask |= 1u << order[i];
        if (i + 1 < N_FILES && !(cuts & 1u << i))
          continue;
        onr_test_index(t, &options);
        expect_state(t, mask, known, n, "coming");
      }
    }
}

/* And each order in which they may go. */
Test(editions, the_same_whichever_goes, .timeout = 300) {
  g_autoptr(GPtrArray) known = new_known();
  OnrIndexOptions options = {.n_jobs = 1};
  for (guint n = 0; n < N_ORDERS; n++) {
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    guint order[N_FILES], mask = (1 << N_FILES) - 1;
    order_of(n, order);
    put(t, "z.txt", "Nothing\n");
    for (guint i = 0; i < N_FILES; i++)
      put(t, NAMES[i], CONTENTS[i]);
    onr_test_index(t, &options);
    for (guint i = 0; i < N_FILES; i++) {
      drop(t, NAMES[order[i]]);
      mask &= ~(1u << order[i]);
      onr_test_index(t, &options);
      expect_state(t, mask, known, n, "going");
    }
  }
}

/* --- what items say --- */

static void expect_notes(OnrTestArchive *t, const char *id, const char *expected) {
  g_autoptr(OnrArticle) article = onr_test_load(t, id);
  cr_assert_not_null(article, "%s", id);
  g_autoptr(GString) found = g_string_new(NULL);
  for (guint i = 0; i < article->notes->len; i++) {
    const OnrNote *note = &g_array_index(article->notes, OnrNote, i);
    g_string_append_printf(found, "%s=%s;", note->name, note->value);
  }
  cr_expect_str_eq(found->str, expected, "%s: %s", id, found->str);
}

Test(editions, notes_of_json) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl",
      "{\"id\": 1, \"title\": \"A\", \"dateModified\": \"6 February 2022\", \"version\": 3}\n"
      "{\"id\": 2, \"title\": \"A\", \"updated_at\": 1644142500, \"version\": \"3\"}\n"
      "{\"id\": 3, \"title\": \"A\", \"updated\": \"soon\", \"version\": 0, \"pubstatus\": \"usable\"}\n"
      "{\"id\": 4, \"title\": \"A\", \"version\": -1, \"ednote\": \"Check\\n names.\", \"pubstatus\": 7}\n");
  onr_test_index(t, NULL);
  expect_notes(t, "1", "updated=2022-02-06;version=3;");
  expect_notes(t, "2", "updated=2022-02-06T10:15:00Z;");
  expect_notes(t, "3", "");
  expect_notes(t, "4", "editors=Check names.;");
}

/* Text and header are the same: what was noted is new all the same. */
Test(editions, an_item_with_other_notes_is_another) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.json", "{\"id\": \"a\", \"title\": \"A\", \"ednote\": \"One.\"}");
  onr_test_index(t, NULL);
  put(t, "a.json", "{\"id\": \"a\", \"title\": \"A\", \"ednote\": \"Two.\"}");
  onr_test_index(t, NULL);
  expect_notes(t, "a", "editors=Two.;");
}

/* A kill goes with its file when that is forgotten, and stays when only its article's file is. */
Test(editions, forgetting) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  for (guint i = 0; i < 3; i++)
    put(t, NAMES[i], CONTENTS[i]);
  onr_test_index(t, NULL);
  g_autofree char *story = g_build_filename(t->input, "b.json", NULL),
                  *kill = g_build_filename(t->input, "c.json", NULL);
  guint64 n = 0;
  cr_assert_neq(onr_forget(t->archive, story, &n, NULL), FALSE);
  onr_test_index(t, NULL);
  cr_expect_null(onr_test_load(t, "s"));
  onr_test_check(t);
  drop(t, "c.json");
  cr_assert_neq(onr_forget(t->archive, kill, &n, NULL), FALSE);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  cr_assert_neq(onr_archive_check(t->archive, findings, NULL), FALSE);
  cr_expect_eq(findings->len, 0, "%s", findings->len ? (char *)findings->pdata[0] : "");
  onr_test_index(t, NULL);
  g_autoptr(OnrArticle) article = onr_test_load(t, "s");
  cr_assert_not_null(article);
  cr_expect_str_eq(article->title, "Ferry early");
  onr_test_check(t);
}

/* What the system does not give keeps what it said. */
Test(editions, a_kill_that_cannot_be_read_holds) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  for (guint i = 0; i < 3; i++)
    put(t, NAMES[i], CONTENTS[i]);
  onr_test_index(t, NULL);
  g_autofree char *kill = g_build_filename(t->input, "c.json", NULL);
  drop(t, "c.json");
  cr_assert_eq(symlink("c.json", kill), 0); /* leads nowhere */
  OnrIndexOptions keep = {.keep_missing = TRUE};
  onr_test_index(t, &keep);
  cr_expect_null(onr_test_load(t, "s"));
  onr_test_check(t);
  drop(t, "c.json");
  onr_test_index(t, NULL);
  g_autoptr(OnrArticle) article = onr_test_load(t, "s");
  cr_assert_not_null(article, "the kill is gone");
  onr_test_check(t);
}

/* --- many items, at random --- */

#define N_NAMES 5
#define N_IDS 4

/* Up to six items: ids, versions, times, corrections and kills drawn at random; none is plain, since of plain
 * items the first that came stays. */
static char *draw_content(GRand *random) {
  GString *lines = g_string_new(NULL);
  for (int n = g_rand_int_range(random, 1, 7); n > 0; n--) {
    gboolean is_kill = g_rand_int_range(random, 0, 5) == 0;
    g_string_append_printf(lines, "{\"id\": \"i%d\"", g_rand_int_range(random, 0, N_IDS));
    int version = g_rand_int_range(random, 0, 4);
    if (version)
      g_string_append_printf(lines, ", \"version\": %d", version);
    if (!version || g_rand_boolean(random))
      g_string_append_printf(lines, ", \"updated\": \"2024-01-0%d\"", g_rand_int_range(random, 1, 4));
    if (g_rand_boolean(random))
      g_string_append_printf(lines, ", \"date\": \"2024-01-0%d\"", g_rand_int_range(random, 1, 4));
    g_string_append_printf(lines, ", \"title\": \"T%d\"", g_rand_int_range(random, 0, 3));
    if (is_kill)
      g_string_append(lines, ", \"pubstatus\": \"canceled\"");
    g_string_append(lines, "}\n");
  }
  return g_string_free(lines, FALSE);
}

static void change_some(OnrTestArchive *t, char **contents, GRand *random) {
  for (int n = g_rand_int_range(random, 1, 4); n > 0; n--) {
    int which = g_rand_int_range(random, 0, N_NAMES);
    g_autofree char *name = g_strdup_printf("%c.jsonl", 'a' + which);
    if (contents[which] && g_rand_int_range(random, 0, 3) == 0) {
      drop(t, name);
      g_clear_pointer(&contents[which], g_free);
      continue;
    }
    g_free(contents[which]);
    contents[which] = draw_content(random);
    put(t, name, contents[which]);
  }
}

static char *state_of_fresh(char **contents) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "z.txt", "Nothing\n");
  for (guint i = 0; i < N_NAMES; i++) {
    g_autofree char *name = g_strdup_printf("%c.jsonl", 'a' + (int)i);
    if (contents[i])
      put(t, name, contents[i]);
  }
  OnrIndexOptions options = {.n_jobs = 1};
  onr_test_index(t, &options);
  return state(t);
}

static gboolean stop_after(const OnrIndexProgress *progress, gpointer data) {
  return progress->n_items < *(const guint *)data;
}

/* A run that is stopped, as by a kill, after some item; each item is a batch. */
static void cut_short(OnrTestArchive *t, GRand *random) {
  const char *const paths[] = {t->input, NULL};
  guint n = (guint)g_rand_int_range(random, 0, 8);
  OnrIndexOptions options = {
      .progress = stop_after, .progress_ms = -1, .data = &n, .batch_bytes = 1, .n_jobs = 1};
  g_autoptr(GError) error = NULL;
  onr_index(t->archive, paths, &options, &t->report, &error);
}

Test(editions, as_in_one_run_after_many_changes, .timeout = 300) {
  for (guint32 seed = 0; seed < 8; seed++) {
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    char *contents[N_NAMES] = {NULL};
    put(t, "z.txt", "Nothing\n");
    for (guint step = 0; step < 10; step++) {
      change_some(t, contents, random);
      OnrIndexOptions options = {.n_jobs = 1 + step % 2, .batch_bytes = step % 3 ? 0 : 1};
      if (step % 2)
        cut_short(t, random);
      onr_test_index(t, &options);
      onr_test_check(t);
      g_autofree char *found = state(t), *expected = state_of_fresh(contents);
      g_autoptr(GString) files = g_string_new(NULL);
      for (guint i = 0; i < N_NAMES; i++)
        g_string_append_printf(files, "--- %c\n%s", 'a' + (int)i, contents[i] ? contents[i] : "");
      cr_assert_str_eq(found, expected, "seed %u, step %u:\n%s\nbut wanted:\n%s\n%s", seed, step, found,
                       expected, files->str);
    }
    for (guint i = 0; i < N_NAMES; i++)
      g_free(contents[i]);
  }
}
