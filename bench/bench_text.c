/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How fast text becomes tokens, sentences and terms: bench_text FILE [RUNS]. Each way is run over the whole
   file, the ways taking turns, and the median of MB (10^6 bytes) per CPU second is printed, with its ratio to
   utf8proc alone doing a category look-up and a lower-casing for each code point. */
#include "text/document.h"
#include "text/fold.h"
#include "text/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

#define DEFAULT_RUNS 9
#define MAX_RUNS 101
#define PIECE_BYTES 6000 /* an article's length */

typedef struct {
  const char *text;
  gsize length;
  OnrTokens tokens;
  OnrDocument *doc;
  OnrTermMaker *maker;
  OnrPostings postings;
  GString *folded;
  gsize sum; /* keeps the compiler from leaving work out */
  gsize n_tokens, n_sentences, n_words;
} Bench;

static void run_utf8proc(Bench *b, const char *text, gsize length) {
  utf8proc_int32_t c;
  for (gsize at = 0; at < length;) {
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &c);
    if (n < 1)
      break;
    b->sum += (gsize)utf8proc_category(c) + (gsize)utf8proc_tolower(c);
    at += (gsize)n;
  }
}

static void run_scan(Bench *b, const char *text, gsize length) {
  onr_tokens_scan(text, length, &b->tokens);
  b->n_tokens += b->tokens.n;
}

static void run_scan_and_fold(Bench *b, const char *text, gsize length) {
  onr_tokens_scan(text, length, &b->tokens);
  for (guint32 i = 0; i < b->tokens.n; i++) {
    const OnrToken *t = &b->tokens.items[i];
    if (t->kind == ONR_TOKEN_MARK)
      continue;
    g_string_truncate(b->folded, 0);
    onr_fold(text + t->begin, onr_token_bare_end(t) - t->begin, b->folded);
    b->sum += b->folded->len;
  }
}

static void run_sentences(Bench *b, const char *text, gsize length) {
  onr_document_set_text(b->doc, text, length);
  b->n_sentences += b->doc->n_sentences;
}

static void run_terms(Bench *b, const char *text, gsize length) {
  onr_tokens_scan(text, length, &b->tokens);
  onr_postings_reset(&b->postings);
  onr_terms_post(b->maker, text, &b->tokens, 0, b->tokens.n, "", &b->postings);
  b->n_words += b->postings.n_forms;
}

static const struct {
  const char *name;
  void (*run)(Bench *b, const char *text, gsize length);
} ways[] = {
    {"utf8proc category + lower", run_utf8proc},
    {"tokens", run_scan},
    {"tokens + folding", run_scan_and_fold},
    {"tokens + sentences", run_sentences},
    {"terms (tokens, folding, stems, packing)", run_terms},
};

static void run_pieces(Bench *b, guint way) {
  for (gsize at = 0; at < b->length;) {
    gsize n = MIN(PIECE_BYTES, b->length - at);
    const char *line_end = memchr(b->text + at + n - 1, '\n', b->length - at - n + 1);
    n = line_end ? (gsize)(line_end + 1 - b->text) - at : b->length - at;
    ways[way].run(b, b->text + at, n);
    at += n;
  }
}

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, guint n) {
  qsort(values, n, sizeof *values, compare_doubles);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void measure(Bench *b, guint n_runs) {
  double rates[G_N_ELEMENTS(ways)][MAX_RUNS];
  for (guint run = 0; run <= n_runs; run++) {
    for (guint way = 0; way < G_N_ELEMENTS(ways); way++) {
      double start = cpu_seconds();
      run_pieces(b, way);
      if (run > 0) /* the first warms memory and caches */
        rates[way][run - 1] = (double)b->length / 1e6 / (cpu_seconds() - start);
    }
  }
  double base = median(rates[0], n_runs);
  printf("%-42s %8s %8s\n", "one core, median of runs", "MB/s", "ratio");
  for (guint way = 0; way < G_N_ELEMENTS(ways); way++) {
    double rate = median(rates[way], n_runs);
    printf("%-42s %8.1f %8.2f\n", ways[way].name, rate, rate / base);
  }
}

int main(int argc, char **argv) {
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  Bench b = {0};
  guint64 n_runs = DEFAULT_RUNS;
  if (argc < 2 || argc > 3 ||
      (argc == 3 && !g_ascii_string_to_unsigned(argv[2], 10, 1, MAX_RUNS, &n_runs, NULL))) {
    fprintf(stderr, "usage: bench_text FILE [RUNS]\n");
    return 2;
  }
  if (!g_file_get_contents(argv[1], &text, &b.length, &error) ||
      !(b.maker = onr_term_maker_new("english", &error))) {
    fprintf(stderr, "bench_text: %s\n", error->message);
    return 2;
  }
  if (b.length == 0 || b.length > G_MAXUINT32 || !g_utf8_validate(text, (gssize)b.length, NULL)) {
    fprintf(stderr, "bench_text: \"%s\" is not a UTF-8 text of up to 4 GiB\n", argv[1]);
    return 2;
  }
  b.text = text;
  b.doc = onr_document_new();
  b.folded = g_string_new(NULL);
  measure(&b, (guint)n_runs);
  printf("%.1f MB, %" G_GSIZE_FORMAT " tokens, %" G_GSIZE_FORMAT " sentences, %" G_GSIZE_FORMAT " words\n",
         (double)b.length / 1e6, b.n_tokens / (n_runs + 1), b.n_sentences / (n_runs + 1),
         b.n_words / (n_runs + 1));
  onr_tokens_clear(&b.tokens);
  onr_document_free(b.doc);
  onr_term_maker_free(b.maker);
  onr_postings_clear(&b.postings);
  g_string_free(b.folded, TRUE);
  return b.sum == 0;
}
