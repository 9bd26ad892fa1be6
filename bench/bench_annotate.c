/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How fast articles are annotated: bench_annotate FILE [RUNS], FILE in JSON Lines with a "body" (and "title")
   a line. All bodies are cut into tokens and annotated RUNS times; printed is the median of MB (10^6 bytes)
   per CPU second for each step. */
#include "annotate/annotate.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEFAULT_RUNS 5
#define MAX_RUNS 101

typedef struct {
  GPtrArray *bodies, *titles; /* char *, owned */
  gsize n_bytes;
} Articles;

static gboolean read_articles(const char *path, Articles *out) {
  FILE *file = fopen(path, "r");
  if (!file)
    return FALSE;
  char *line = NULL;
  size_t capacity = 0;
  ssize_t n;
  while ((n = getline(&line, &capacity, file)) > 0) {
    json_t *item = json_loadb(line, (size_t)n, 0, NULL);
    const char *body = json_string_value(json_object_get(item, "body"));
    const char *title = json_string_value(json_object_get(item, "title"));
    if (body) {
      g_ptr_array_add(out->bodies, g_strdup(body));
      g_ptr_array_add(out->titles, g_strdup(title));
      out->n_bytes += strlen(body);
    }
    json_decref(item);
  }
  free(line);
  fclose(file);
  return out->bodies->len > 0;
}

static double cpu_seconds(void) {
  return (double)clock() / CLOCKS_PER_SEC;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int n) {
  qsort(values, (size_t)n, sizeof *values, by_value);
  return values[n / 2];
}

static void run(const Articles *articles, int n_runs) {
  g_autoptr(OnrAnnotator) annotator = onr_annotator_new(NULL);
  g_autoptr(OnrAnnotation) found = onr_annotation_new();
  g_autoptr(OnrDocument) doc = onr_document_new();
  double cut[MAX_RUNS], annotated[MAX_RUNS];
  gsize n_quotes = 0, n_mentions = 0;
  for (int k = 0; k < n_runs; k++) {
    double s_cut = 0, s_annotated = 0;
    n_quotes = n_mentions = 0;
    for (guint i = 0; i < articles->bodies->len; i++) {
      const char *body = articles->bodies->pdata[i];
      OnrArticleHeader header = {.title = articles->titles->pdata[i]};
      double start = cpu_seconds();
      onr_document_set_text(doc, body, strlen(body));
      double middle = cpu_seconds();
      onr_annotate(annotator, doc, &header, found);
      s_annotated += cpu_seconds() - middle;
      s_cut += middle - start;
      n_quotes += found->quotes->len;
      n_mentions += found->mentions->len;
    }
    cut[k] = (double)articles->n_bytes / 1e6 / s_cut;
    annotated[k] = (double)articles->n_bytes / 1e6 / s_annotated;
  }
  printf("%u articles, %.1f MB, %zu quotes, %zu mentions, median of %d runs\n", articles->bodies->len,
         (double)articles->n_bytes / 1e6, n_quotes, n_mentions, n_runs);
  printf("tokens and sentences  %8.1f MB/s\nannotation            %8.1f MB/s\n", median(cut, n_runs),
         median(annotated, n_runs));
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: bench_annotate FILE [RUNS]\n");
    return 2;
  }
  int n_runs = argc > 2 ? (int)g_ascii_strtoll(argv[2], NULL, 10) : DEFAULT_RUNS;
  Articles articles = {g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free), 0};
  gboolean read = read_articles(argv[1], &articles);
  if (read)
    run(&articles, CLAMP(n_runs, 1, MAX_RUNS));
  else
    fprintf(stderr, "bench_annotate: no articles in %s\n", argv[1]);
  g_ptr_array_unref(articles.bodies);
  g_ptr_array_unref(articles.titles);
  return read ? 0 : 2;
}
