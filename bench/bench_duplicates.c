/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What scripts/measure duplicates runs:
     bench_duplicates signatures N   memory and time of finding pairs among N made-up sketches, of which 4 of
   10 are like another bench_duplicates sketches FILE  CPU time of the sketches of articles, JSON Lines with a
   "body" bench_duplicates compare FILE   how alike two texts are: JSON Lines with "a" and "b", and "title_a"
   and "title_b" or not */
#include "text/document.h"
#include "text/likeness.h"
#include "text/sketch.h"
#include "text/sketch_pairs.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double cpu_seconds(void) {
  return (double)clock() / CLOCKS_PER_SEC;
}

static double peak_mib(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024;
}

/* --- signatures --- */

#define LIKE_OTHERS 4 /* of 10 */
#define KEPT 18       /* elements of the one that is like it */

static guint32 draw(guint64 *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (guint32)(*state * 0x2545f4914f6cdd1du >> 32);
}

/* All of them in one block, as an archive that has just been indexed has them. */
static guint32 *make_signatures(guint32 n, guint32 *n_like) {
  guint64 state = 88172645463325252u;
  guint32 *all = g_new(guint32, (gsize)n * ONR_SKETCH_MOST);
  for (guint32 i = 0; i < n; i++) {
    guint32 *elements = all + (gsize)i * ONR_SKETCH_MOST;
    gboolean is_like = i > 0 && draw(&state) % 10 < LIKE_OTHERS;
    guint32 other = is_like ? draw(&state) % i : 0;
    for (guint k = 0; k < ONR_SKETCH_MOST; k++)
      elements[k] = is_like && k < KEPT ? all[(gsize)other * ONR_SKETCH_MOST + k] : draw(&state);
    *n_like += is_like ? 1 : 0;
  }
  return all;
}

static gboolean count_pair(guint32 item G_GNUC_UNUSED, guint32 other G_GNUC_UNUSED,
                           guint n_shared G_GNUC_UNUSED, gpointer data) {
  ++*(guint64 *)data;
  return TRUE;
}

static int run_signatures(guint32 n) {
  guint32 n_like = 0;
  guint64 n_pairs = 0;
  g_autofree guint32 *all = make_signatures(n, &n_like);
  double start = cpu_seconds();
  g_autoptr(OnrPairFinder) finder = onr_pair_finder_new((gsize)n * ONR_SKETCH_MOST);
  for (guint32 i = 0; i < n; i++)
    onr_pair_finder_note(finder, all + (gsize)i * ONR_SKETCH_MOST, ONR_SKETCH_MOST);
  for (guint32 i = 0; i < n; i++)
    onr_pair_finder_add(finder, i, all + (gsize)i * ONR_SKETCH_MOST, ONR_SKETCH_MOST);
  onr_pair_finder_find(finder, n, 2, count_pair, &n_pairs);
  printf("%u signatures, %u made like another: %" G_GUINT64_FORMAT " pairs, %.0f MiB, %.1f s of CPU\n", n,
         n_like, n_pairs, peak_mib(), cpu_seconds() - start);
  return 0;
}

/* --- files --- */

typedef void (*ItemFunc)(json_t *item, gpointer data);

static gboolean each_item(const char *path, ItemFunc each, gpointer data) {
  FILE *file = fopen(path, "r");
  char *line = NULL;
  size_t capacity = 0;
  ssize_t n;
  if (!file)
    return FALSE;
  while ((n = getline(&line, &capacity, file)) > 0) {
    json_t *item = json_loadb(line, (size_t)n, 0, NULL);
    each(item, data);
    json_decref(item);
  }
  free(line);
  fclose(file);
  return TRUE;
}

typedef struct {
  OnrTermMaker *maker;
  OnrDocument *doc;
  OnrPostings postings;
  GArray *words;
  double seconds;
  gsize n_articles, n_bytes;
  guint64 sum; /* keeps the compiler from leaving work out */
} Sketches;

static void sketch_item(json_t *item, gpointer data) {
  Sketches *s = data;
  const char *body = json_string_value(json_object_get(item, "body"));
  OnrSketch sketch;
  if (!body)
    return;
  onr_document_set_text(s->doc, body, strlen(body));
  onr_postings_reset(&s->postings);
  onr_terms_post(s->maker, body, &s->doc->tokens, 0, s->doc->tokens.n, "", &s->postings);
  double start = cpu_seconds();
  g_array_set_size(s->words, 0);
  onr_sketch_add_words(&s->postings, s->words);
  onr_sketch_make((const guint64 *)(gconstpointer)s->words->data, s->words->len, &sketch);
  s->seconds += cpu_seconds() - start;
  s->sum += sketch.hash;
  s->n_articles++;
  s->n_bytes += strlen(body);
}

static int run_sketches(const char *path) {
  Sketches s = {.maker = onr_term_maker_new("english", NULL),
                .doc = onr_document_new(),
                .words = g_array_new(FALSE, FALSE, sizeof(guint64))};
  gboolean is_read = each_item(path, sketch_item, &s);
  if (is_read && s.n_articles)
    printf("%" G_GSIZE_FORMAT " articles: %.1f us of CPU each, %.0f MB/s (%" G_GINT64_MODIFIER "x)\n",
           s.n_articles, s.seconds * 1e6 / (double)s.n_articles, (double)s.n_bytes / 1e6 / s.seconds, s.sum);
  onr_term_maker_free(s.maker);
  onr_document_free(s.doc);
  onr_postings_clear(&s.postings);
  g_array_unref(s.words);
  return is_read ? 0 : 2;
}

static OnrWording *wording_of(json_t *item, const char *text, const char *title) {
  const char *body = json_string_value(json_object_get(item, text));
  return onr_wording_new(json_string_value(json_object_get(item, title)), body ? body : "",
                         body ? strlen(body) : 0);
}

static void compare_item(json_t *item, gpointer data) {
  static const char *const names[] = {
      [ONR_LIKENESS_NONE] = "none", [ONR_LIKENESS_SIMILAR] = "similar", [ONR_LIKENESS_SAME] = "same"};
  g_autoptr(OnrWording) a = wording_of(item, "a", "title_a"), b = wording_of(item, "b", "title_b");
  OnrLikenessFigures f;
  double start = cpu_seconds();
  OnrLikeness likeness = onr_likeness(a, b, 0, &f);
  *(double *)data += cpu_seconds() - start;
  printf("%s\t%u\t%u\t%u\t%u\t%u\t%u\t%u\n", names[likeness], f.n_shared, f.n_shorter, f.n_longer, f.n_facts,
         f.n_gone, f.n_edits, f.n_cut);
}

int main(int argc, char **argv) {
  double seconds = 0;
  if (argc == 3 && !strcmp(argv[1], "signatures"))
    return run_signatures((guint32)strtoul(argv[2], NULL, 10));
  if (argc == 3 && !strcmp(argv[1], "sketches"))
    return run_sketches(argv[2]);
  if (argc == 3 && !strcmp(argv[1], "compare") && each_item(argv[2], compare_item, &seconds)) {
    fprintf(stderr, "%.2f s of CPU\n", seconds);
    return 0;
  }
  fprintf(stderr, "usage: bench_duplicates signatures N | sketches FILE | compare FILE\n");
  return 2;
}
