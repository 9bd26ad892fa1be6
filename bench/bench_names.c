/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long `quotes speaker:"NAME"` takes, in process, warm, from the query's text to the ten best and the
   count: bench_names ARCHIVE_DIR [REPEATS [ID…]]. Names are those of the most quoted, of the next hundreds
   and of all the rest, evenly; or the identities with these IDs. Of each the median of REPEATS (default 5)
   counts.

   A table a group: how many names, hits of the one in the middle, and milliseconds: of all names the median,
   the ninth tenth and the most. */
#include "query/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_REPEATS 5
#define N_NAMES 100 /* of each group */
#define N_HITS 10

typedef struct {
  OnrArchive *archive;
  guint n_repeats;
} Bench;

static void check(const GError *error) {
  if (!error)
    return;
  fprintf(stderr, "bench_names: %s\n", error->message);
  exit(2);
}

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_time(gconstpointer a, gconstpointer b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The Q-th quantile of TIMES, which it sorts. */
static double quantile(GArray *times, double q) {
  g_array_sort(times, by_time);
  return times->len ? g_array_index(times, double, (guint)(q * (times->len - 1) + 0.5)) : 0;
}

/* Milliseconds of TEXT, the median; *N_MATCHES gets its hits. */
static double ask(const Bench *bench, const char *text, guint64 *n_matches) {
  const OnrQueryOptions options = {.all_acts = TRUE};
  const OnrRunSpec spec = {.limit = N_HITS};
  g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint i = 0; i < bench->n_repeats; i++) {
    GError *error = NULL;
    double begin = now_ms();
    g_autoptr(OnrQuery) query = onr_query_new(bench->archive, ONR_TABLE_QUOTES, text, &options, &error);
    check(error);
    g_autoptr(OnrResults) results = onr_query_run(query, &spec, &error);
    check(error);
    double ms = now_ms() - begin;
    *n_matches = results->n_matches;
    g_array_append_val(times, ms);
  }
  return quantile(times, 0.5);
}

/* Appends their times to ALL, which may be NULL. */
static void print_group(const Bench *bench, const char *what, const GPtrArray *names, GArray *all) {
  g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double)),
                    hits = g_array_new(FALSE, FALSE, sizeof(double));
  double most = 0;
  const char *slowest = "";
  for (guint i = 0; i < names->len; i++) {
    guint64 n;
    g_autofree char *text = g_strdup_printf("speaker:\"%s\"", (char *)names->pdata[i]);
    double ms = ask(bench, text, &n), n_hits = (double)n;
    g_array_append_val(times, ms);
    g_array_append_val(hits, n_hits);
    if (all)
      g_array_append_val(all, ms);
    if (ms > most) {
      most = ms;
      slowest = names->pdata[i];
    }
  }
  printf("%-24s %6u %9.0f %9.3f %9.3f %9.3f  %s\n", what, names->len, quantile(hits, 0.5),
         quantile(times, 0.5), quantile(times, 0.9), most, slowest);
}

/* Every STEP-th of SPEAKERS (OnrFacet, most quoted first) from FIRST on. */
static void print_range(const Bench *bench, const char *what, const GArray *speakers, guint first, guint step,
                        GArray *all) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = first; i < speakers->len && names->len < N_NAMES; i += step)
    g_ptr_array_add(names, g_array_index(speakers, OnrFacet, i).name);
  print_group(bench, what, names, all);
}

static void facet_clear(gpointer facet) {
  onr_facet_clear(facet);
}

int main(int argc, char **argv) {
  GError *error = NULL;
  if (argc < 2) {
    fprintf(stderr, "usage: bench_names ARCHIVE_DIR [REPEATS [ID…]]\n");
    return 2;
  }
  g_autoptr(OnrArchive) archive = onr_archive_open(argv[1], ONR_OPEN_READ, &error);
  check(error);
  Bench bench = {archive, argc > 2 ? (guint)strtoul(argv[2], NULL, 10) : DEFAULT_REPEATS};
  printf("%-24s %6s %9s %9s %9s %9s  %s\n", onr_archive_engine_class(archive)->name, "names", "hits",
         "p50 ms", "p90 ms", "most ms", "the slowest");
  if (argc > 3) {
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (int i = 3; i < argc; i++)
      g_ptr_array_add(ids, argv[i]);
    print_group(&bench, "given", ids, NULL);
    return 0;
  }
  g_autoptr(GArray) speakers = g_array_new(FALSE, TRUE, sizeof(OnrFacet)),
                    all = g_array_new(FALSE, FALSE, sizeof(double));
  guint64 n;
  g_array_set_clear_func(speakers, facet_clear);
  onr_query_facets(archive, NULL, ONR_FACET_SPEAKER, 0, 0, speakers, &n, &error);
  check(error);
  print_range(&bench, "the most quoted", speakers, 0, 1, all);
  print_range(&bench, "the next thousand", speakers, N_NAMES, 10, all);
  print_range(&bench, "all, evenly", speakers, 0, MAX(speakers->len / N_NAMES, 1), all);
  printf("%-24s %6u %9s %9.3f %9.3f\n", "all of these", all->len, "", quantile(all, 0.5), quantile(all, 0.9));
  return 0;
}
