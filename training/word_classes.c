/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/word_classes.h"

#include "training/lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OFTEN 5 /* times that a word must stand in the text */
#define ROUNDS 6
#define FEW 200 /* one word in so many: when fewer move, it is done */

/* Two words, and two classes, that are no others': a sentence's begin, and all that are too rare. */
enum { WORD_BEGIN, WORD_RARE, N_OWN_WORDS };
#define N_CLASSES (ONR_N_WORD_CLASSES + N_OWN_WORDS)

struct OnrWordStream {
  OnrLexicon *lexicon;
  OnrDocument *doc;
  OnrReading reading;
  GHashTable *numbers; /* of guint64 keys, each owned: N_OWN_WORDS + index into keys */
  GArray *keys;        /* guint64 */
  GArray *words;       /* guint32: numbers of words in text order, WORD_BEGIN before each sentence */
};

OnrWordStream *onr_word_stream_new(void) {
  OnrWordStream *s = g_new0(OnrWordStream, 1);
  s->lexicon = onr_lexicon_new();
  s->doc = onr_document_new();
  onr_reading_init(&s->reading, s->lexicon);
  s->numbers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  s->keys = g_array_new(FALSE, FALSE, sizeof(guint64));
  s->words = g_array_new(FALSE, FALSE, sizeof(guint32));
  return s;
}

void onr_word_stream_free(OnrWordStream *s) {
  if (!s)
    return;
  g_array_unref(s->words);
  g_array_unref(s->keys);
  g_hash_table_unref(s->numbers);
  onr_reading_clear(&s->reading);
  onr_document_free(s->doc);
  onr_lexicon_free(s->lexicon);
  g_free(s);
}

static guint32 number_of(OnrWordStream *s, guint64 key) {
  gpointer known = g_hash_table_lookup(s->numbers, &key);
  if (known)
    return GPOINTER_TO_UINT(known);
  guint32 number = N_OWN_WORDS + s->keys->len;
  g_hash_table_insert(s->numbers, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(number));
  g_array_append_val(s->keys, key);
  return number;
}

static gboolean take(const json_t *item, gpointer data) {
  OnrWordStream *s = data;
  const char *body = json_string_value(json_object_get(item, "body"));
  if (!body)
    return FALSE;
  OnrArticleHeader header = {.title = NULL};
  onr_document_set_text(s->doc, body, strlen(body));
  onr_reading_set(&s->reading, s->doc, &header);
  for (guint32 k = 0; k < s->doc->n_sentences; k++) {
    guint32 number = WORD_BEGIN;
    g_array_append_val(s->words, number);
    for (guint32 i = s->doc->sentences[k].first_token; i < s->doc->sentences[k].end_token; i++) {
      number = number_of(s, onr_word_class_key(&s->reading, i));
      g_array_append_val(s->words, number);
    }
  }
  return TRUE;
}

gboolean onr_word_stream_read(OnrWordStream *stream, const char *path, GError **error) {
  return onr_lines_read(path, take, stream, "\"body\"", error);
}

/* --- neighbours --- */

/* A word beside another, so many times. */
typedef struct {
  guint32 word, n;
} Beside;

/* Of each word those behind it, or before it: items first[word] to first[word + 1]. */
typedef struct {
  Beside *items;
  guint32 *first;
} Neighbours;

typedef struct {
  guint32 n_words;
  gint64 *often; /* how often each word stands in the text */
  Neighbours behind, before;
  guint32 *class;             /* a member a word */
  gint64 (*pairs)[N_CLASSES]; /* of a class before a class */
  gint64 of_class[N_CLASSES];
} Exchange;

/* Words by how often they stand in the text, those before which are equally often first; the rare ones are
 * WORD_RARE. NUMBERS gets the new number of each. */
static guint32 rank_words(const OnrWordStream *s, guint32 *numbers, GArray *kept) {
  guint32 n = N_OWN_WORDS + s->keys->len;
  g_autofree guint32 *often = g_new0(guint32, n);
  for (guint k = 0; k < s->words->len; k++)
    often[g_array_index(s->words, guint32, k)]++;
  guint32 most = 0;
  for (guint32 w = N_OWN_WORDS; w < n; w++)
    most = MAX(most, often[w]);
  /* the words of each count, as chains */
  g_autofree guint32 *head = g_new0(guint32, (gsize)most + 1), *next = g_new0(guint32, n);
  for (guint32 w = n; w-- > N_OWN_WORDS;) {
    next[w] = head[often[w]];
    head[often[w]] = w;
    numbers[w] = WORD_RARE;
  }
  for (guint32 count = most; count >= OFTEN; count--)
    for (guint32 w = head[count]; w && kept->len < ONR_WORD_CLASS_WORDS_MAX; w = next[w]) {
      numbers[w] = N_OWN_WORDS + kept->len;
      g_array_append_val(kept, w);
    }
  return N_OWN_WORDS + kept->len;
}

static int compare_pairs(const void *a, const void *b) {
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return x < y ? -1 : x > y;
}

static void neighbours_init(Neighbours *n, guint32 n_words, guint n_pairs) {
  n->items = g_new(Beside, n_pairs);
  n->first = g_new0(guint32, (gsize)n_words + 1);
}

static void neighbours_clear(Neighbours *n) {
  g_free(n->items);
  g_free(n->first);
}

/* Counts what stands beside what in WORDS, numbers of words. */
static void count_neighbours(Exchange *x, const guint32 *words, guint n) {
  g_autofree guint64 *pairs = g_new(guint64, MAX(n, 1));
  for (guint k = 0; k + 1 < n; k++)
    pairs[k] = (guint64)words[k] << 32 | words[k + 1];
  n = n ? n - 1 : 0;
  qsort(pairs, n, sizeof *pairs, compare_pairs);
  neighbours_init(&x->behind, x->n_words, n);
  neighbours_init(&x->before, x->n_words, n);
  guint32 m = 0;
  for (guint k = 0, end; k < n; k = end, m++) {
    for (end = k + 1; end < n && pairs[end] == pairs[k];)
      end++;
    x->behind.items[m] = (Beside){(guint32)pairs[k], end - k};
    x->behind.first[(pairs[k] >> 32) + 1]++;
    x->before.first[(guint32)pairs[k] + 1]++;
  }
  for (guint32 w = 0; w < x->n_words; w++) {
    x->behind.first[w + 1] += x->behind.first[w];
    x->before.first[w + 1] += x->before.first[w];
  }
  g_autofree guint32 *place = g_memdup2(x->before.first, sizeof *place * x->n_words);
  for (guint32 w = 0; w < x->n_words; w++)
    for (guint32 k = x->behind.first[w]; k < x->behind.first[w + 1]; k++) {
      Beside b = x->behind.items[k];
      x->before.items[place[b.word]++] = (Beside){w, b.n};
    }
}

/* --- exchange --- */

#define TABLE (1 << 20)

/* N log N: what a pair of classes with that count is worth. */
static double worth(const double *table, gint64 n) {
  return n < TABLE ? table[n] : (double)n * log((double)n);
}

/* The classes beside one word, but for its own places: how often each stands there. */
typedef struct {
  gint64 n[N_CLASSES];
  guint32 classes[N_CLASSES]; /* those that do */
  guint32 n_classes;
} Side;

static void look(const Exchange *x, const Neighbours *n, guint32 word, Side *side, gint64 *self) {
  for (guint32 k = 0; k < side->n_classes; k++)
    side->n[side->classes[k]] = 0;
  side->n_classes = 0;
  *self = 0;
  for (guint32 k = n->first[word]; k < n->first[word + 1]; k++) {
    Beside b = n->items[k];
    guint32 class = x->class[b.word];
    if (b.word == word) {
      *self = b.n;
      continue;
    }
    if (!side->n[class])
      side->classes[side->n_classes++] = class;
    side->n[class] += b.n;
  }
}

/* Puts a word with these sides into CLASS, or takes it out where SIGN is -1. */
static void put(Exchange *x, guint32 class, const Side *before, const Side *behind, gint64 self, gint64 often,
                gint64 sign) {
  for (guint32 k = 0; k < behind->n_classes; k++)
    x->pairs[class][behind->classes[k]] += sign * behind->n[behind->classes[k]];
  for (guint32 k = 0; k < before->n_classes; k++)
    x->pairs[before->classes[k]][class] += sign * before->n[before->classes[k]];
  x->pairs[class][class] += sign * self;
  x->of_class[class] += sign * often;
}

/* What is gained by a word with these sides in CLASS. */
static double gain(const Exchange *x, const double *table, guint32 class, const Side *before,
                   const Side *behind, gint64 self, gint64 often) {
  const gint64 *row = x->pairs[class];
  double sum = 0;
  for (guint32 k = 0; k < behind->n_classes; k++) {
    guint32 c = behind->classes[k];
    if (c != class)
      sum += worth(table, row[c] + behind->n[c]) - worth(table, row[c]);
  }
  for (guint32 k = 0; k < before->n_classes; k++) {
    guint32 c = before->classes[k];
    if (c != class)
      sum += worth(table, x->pairs[c][class] + before->n[c]) - worth(table, x->pairs[c][class]);
  }
  gint64 own = before->n[class] + behind->n[class] + self;
  sum += worth(table, row[class] + own) - worth(table, row[class]);
  return sum - 2 * (worth(table, x->of_class[class] + often) - worth(table, x->of_class[class]));
}

/* Moves each word where it gains most; returns how many moved. */
static guint32 move_words(Exchange *x, const double *table, Side *before, Side *behind) {
  guint32 n_moved = 0;
  for (guint32 w = N_OWN_WORDS; w < x->n_words; w++) {
    gint64 self;
    look(x, &x->before, w, before, &self);
    look(x, &x->behind, w, behind, &self);
    guint32 old = x->class[w], best = old;
    put(x, old, before, behind, self, x->often[w], -1);
    double most = -G_MAXDOUBLE;
    for (guint32 class = N_OWN_WORDS; class < N_CLASSES; class ++) {
      double gained = gain(x, table, class, before, behind, self, x->often[w]);
      if (gained > most) {
        most = gained;
        best = class;
      }
    }
    put(x, best, before, behind, self, x->often[w], 1);
    x->class[w] = best;
    n_moved += best != old ? 1 : 0;
  }
  return n_moved;
}

static void exchange(Exchange *x) {
  g_autofree double *table = g_new0(double, TABLE);
  for (gint64 n = 2; n < TABLE; n++)
    table[n] = (double)n * log((double)n);
  g_autofree Side *before = g_new0(Side, 1), *behind = g_new0(Side, 1);
  for (guint32 w = 0; w < x->n_words; w++) {
    x->class[w] = w < N_OWN_WORDS ? w : N_OWN_WORDS + (w - N_OWN_WORDS) % ONR_N_WORD_CLASSES;
    x->of_class[x->class[w]] += x->often[w];
  }
  for (guint32 w = 0; w < x->n_words; w++)
    for (guint32 k = x->behind.first[w]; k < x->behind.first[w + 1]; k++)
      x->pairs[x->class[w]][x->class[x->behind.items[k].word]] += x->behind.items[k].n;
  for (guint round = 0; round < ROUNDS; round++)
    if (move_words(x, table, before, behind) < x->n_words / FEW)
      break;
}

guint onr_word_classes_find(const OnrWordStream *s, OnrWordClasses *out) {
  g_autofree guint32 *numbers = g_new0(guint32, N_OWN_WORDS + s->keys->len);
  g_autofree guint32 *words = g_new(guint32, s->words->len + 1);
  g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(guint32));
  Exchange x = {.n_words = rank_words(s, numbers, kept)};
  x.often = g_new0(gint64, x.n_words);
  x.class = g_new0(guint32, x.n_words);
  x.pairs = g_malloc0(sizeof *x.pairs * N_CLASSES);
  for (guint k = 0; k < s->words->len; k++) {
    words[k] = numbers[g_array_index(s->words, guint32, k)];
    x.often[words[k]]++;
  }
  count_neighbours(&x, words, s->words->len);
  exchange(&x);
  for (guint k = 0; k < kept->len; k++) {
    guint64 key = g_array_index(s->keys, guint64, g_array_index(kept, guint32, k) - N_OWN_WORDS);
    guint64 class = x.class[N_OWN_WORDS + k] - N_OWN_WORDS;
    guint32 slot = onr_word_class_slot((const OnrWordClasses *)out, key);
    if (!(*out)[slot])
      (*out)[slot] = GUINT64_TO_LE((key & ~G_GUINT64_CONSTANT(0xffff)) | (class + 1));
  }
  neighbours_clear(&x.behind);
  neighbours_clear(&x.before);
  g_free(x.pairs);
  g_free(x.class);
  g_free(x.often);
  return kept->len;
}
