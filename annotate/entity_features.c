/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/entity_features.h"

#include "annotate/kinds.h"
#include "annotate/results.h"
#include "text/model_file.h"

#include <string.h>

/* Small words and marks in a row that an entity's name may hold: Bank of the West. */
#define LINK_REACH 3
/* Tokens of one stretch: a longer one, a table or a shout, goes on in the next. */
#define STRETCH_MAX 200
#define CLASS_BITS_MAX 6 /* of one token, the lowest ones */

#define TAG_BEYOND 30
#define LABEL_BEYOND 7
/* Keys of marks and of what is beyond: small numbers, that no word's key is. */
#define KEY_BEFORE 1
#define KEY_BEHIND 2
#define KEY_OF_TAG 0x100
#define SHAPE_BEYOND 1
#define NOTHING_ELSEWHERE 255
#define CLASS_BEYOND (ONR_WORD_CLASS_NONE + 1)

#define LINK                                                                                                 \
  (ONR_WORD_PREPOSITION | ONR_WORD_DETERMINER | ONR_WORD_COORDINATOR | ONR_WORD_PARTICLE | ONR_WORD_TO)
#define SEEN                                                                                                 \
  (ONR_WORD_TITLE | ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_BODY | ONR_WORD_GIVEN_MALE |                  \
   ONR_WORD_GIVEN_FEMALE | ONR_WORD_GIVEN | ONR_WORD_PLACE | ONR_WORD_STATE | ONR_WORD_ORG |                 \
   ONR_WORD_DEMONYM | ONR_WORD_GEO | ONR_WORD_SUFFIX | ONR_WORD_PARTICLE | ONR_WORD_CALENDAR |               \
   ONR_WORD_THING | ONR_WORD_WORK | ONR_WORD_DOCUMENT)
#define LISTED (ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_DEMONYM)

void onr_entity_features_init(OnrEntityFeatures *f) {
  memset(f, 0, sizeof *f);
  f->counts = g_array_new(FALSE, TRUE, sizeof(OnrLabelCounts));
  f->stretches = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
}

void onr_entity_features_clear(OnrEntityFeatures *f) {
  if (f->counts)
    g_array_unref(f->counts);
  if (f->stretches)
    g_array_unref(f->stretches);
  onr_keys_clear(&f->words);
  g_free(f->items);
  g_free(f->density);
  g_free(f->word_classes);
  memset(f, 0, sizeof *f);
}

static const OnrToken *token(const OnrEntityFeatures *f, guint32 i) {
  return onr_reading_token(f->reading, i);
}

/* --- stretches --- */

/* Chechnya, al-Assad, d'Ivoire, 7-Eleven */
static gboolean has_capital(const OnrEntityFeatures *f, guint32 i) {
  const OnrToken *t = token(f, i);
  const char *text = f->reading->doc->text;
  if (t->flags & ONR_TOKEN_CAPITAL)
    return t->kind == ONR_TOKEN_WORD;
  if (!(t->flags & ONR_TOKEN_JOINED) && !(t->end > t->begin + 2 && text[t->begin + 1] == '\''))
    return FALSE;
  for (guint32 p = t->begin; p < t->end; p++)
    if (g_ascii_isupper(text[p]))
      return TRUE;
  return FALSE;
}

static gboolean is_link(const OnrEntityFeatures *f, guint32 i) {
  const OnrToken *t = token(f, i);
  if (t->kind == ONR_TOKEN_MARK)
    return t->end == t->begin + 1 && strchr("&.'-/!", f->reading->doc->text[t->begin]);
  return t->kind == ONR_TOKEN_NUMBER || f->reading->words[i].classes & LINK;
}

/* The end of the stretch whose first capital is at I, before END. */
static guint32 stretch_end(const OnrEntityFeatures *f, guint32 i, guint32 end) {
  guint32 last = i;
  for (guint32 k = i + 1; k < end && k <= last + 1 + LINK_REACH && k < i + STRETCH_MAX; k++) {
    if (has_capital(f, k))
      last = k;
    else if (!is_link(f, k))
      break;
  }
  gboolean has_number = last + 1 < end && token(f, last + 1)->kind == ONR_TOKEN_NUMBER;
  return last + (has_number ? 2 : 1);
}

/* Words with a capital that the article has without one as well. */
static void find_small(OnrEntityFeatures *f) {
  for (guint32 i = 0; i < f->reading->n; i++) {
    guint64 key = f->reading->words[i].key;
    if (!key || onr_reading_is_capital(f->reading, i))
      continue;
    guint32 k = onr_keys_get(&f->words, key);
    if (k != ONR_KEYS_NONE)
      g_array_index(f->counts, OnrLabelCounts, k).is_small = TRUE;
  }
}

static OnrLabelCounts *counts_of(const OnrEntityFeatures *f, guint32 i) {
  guint64 key = f->reading->words[i].key;
  guint32 k = key ? onr_keys_get(&f->words, key) : ONR_KEYS_NONE;
  return k == ONR_KEYS_NONE ? NULL : &g_array_index(f->counts, OnrLabelCounts, k);
}

/* What the words and the neighbours of RUN say: a number below 64. */
static guint8 kind_of(const OnrEntityFeatures *f, OnrSpan sentence, OnrSpan run) {
  const OnrReading *r = f->reading;
  guint8 strength;
  OnrEntityType kind = onr_span_length(run) == 1 ? onr_kind_of_word(r, sentence, run.begin, &strength)
                                                 : onr_kind_of_words(r, sentence, run, &strength);
  guint team = f->is_results && onr_results_is_team(r, sentence, run) ? 2
               : onr_kind_is_team(r, sentence, run.end)               ? 1
                                                                      : 0;
  return (guint8)((kind * 3u + strength) * 3u + team);
}

/* The runs of capitals in STRETCH. */
static void set_runs(OnrEntityFeatures *f, OnrSpan sentence, OnrSpan stretch) {
  for (guint32 i = stretch.begin, end; i < stretch.end; i = end) {
    gboolean is_capital = onr_reading_is_capital(f->reading, i) && token(f, i)->kind == ONR_TOKEN_WORD;
    for (end = i + 1; is_capital && end < stretch.end && onr_reading_is_capital(f->reading, end) &&
                      token(f, end)->kind == ONR_TOKEN_WORD && !token(f, end - 1)->possessive;)
      end++;
    OnrSpan run = {i, is_capital ? end : i};
    guint8 kind = is_capital ? (guint8)(1 + kind_of(f, sentence, run)) : 0;
    for (guint32 k = i; k < end; k++) {
      f->items[k].run = run;
      f->items[k].kind = kind;
    }
  }
}

static void set_listed(OnrEntityFeatures *f, OnrSpan stretch) {
  const OnrLexeme *entry = NULL;
  for (guint32 i = stretch.begin; i < stretch.end; i++) {
    guint32 n = onr_reading_match(f->reading, i, stretch.end, LISTED, &entry);
    for (guint32 k = i; k < i + n; k++)
      if (!f->items[k].listed) {
        f->items[k].listed = entry->classes;
        f->items[k].listed_words = (guint8)n;
        f->items[k].listed_offset = (guint8)(k - i);
      }
  }
}

static void add_stretch(OnrEntityFeatures *f, guint32 sentence, OnrSpan stretch) {
  const OnrSentence *s = &f->reading->doc->sentences[sentence];
  if (!f->stretches->len ||
      f->items[g_array_index(f->stretches, OnrSpan, f->stretches->len - 1).begin].sentence != sentence)
    for (guint32 i = s->first_token; i < s->end_token; i++)
      f->word_classes[i] = (guint16)onr_word_class(f->classes, f->reading, i);
  g_array_append_val(f->stretches, stretch);
  memset(f->items + stretch.begin, 0, sizeof *f->items * onr_span_length(stretch));
  for (guint32 i = stretch.begin; i < stretch.end; i++) {
    guint64 key = f->reading->words[i].key;
    f->items[i].sentence = sentence;
    if (!key || !onr_reading_is_capital(f->reading, i) || onr_keys_get(&f->words, key) != ONR_KEYS_NONE)
      continue;
    onr_keys_set(&f->words, key, f->counts->len);
    g_array_set_size(f->counts, f->counts->len + 1);
  }
  set_runs(f, (OnrSpan){s->first_token, s->end_token}, stretch);
  set_listed(f, stretch);
}

static void read_sentence(OnrEntityFeatures *f, guint32 k) {
  const OnrSentence *s = &f->reading->doc->sentences[k];
  f->is_results = onr_results_is_line(f->reading, (OnrSpan){s->first_token, s->end_token}, f->is_results);
  guint32 n_numbers = 0, n = s->end_token - s->first_token;
  for (guint32 i = s->first_token; i < s->end_token; i++)
    n_numbers += token(f, i)->kind == ONR_TOKEN_NUMBER;
  f->density[k] = (guint8)(n ? MIN(n_numbers * 8 / n, 7) : 0);
  for (guint32 i = s->first_token, end; i < s->end_token; i = end) {
    end = i + 1;
    if (!has_capital(f, i))
      continue;
    end = stretch_end(f, i, s->end_token);
    gboolean has_number = i > s->first_token && token(f, i - 1)->kind == ONR_TOKEN_NUMBER;
    gboolean is_taken =
        f->stretches->len && g_array_index(f->stretches, OnrSpan, f->stretches->len - 1).end >= i;
    add_stretch(f, k, (OnrSpan){has_number && !is_taken ? i - 1 : i, end});
  }
}

void onr_entity_features_set(OnrEntityFeatures *f, const OnrReading *reading) {
  f->reading = reading;
  g_array_set_size(f->stretches, 0);
  g_array_set_size(f->counts, 0);
  onr_keys_reset(&f->words);
  if (reading->n > f->capacity) {
    f->capacity = reading->n + reading->n / 2;
    f->items = g_renew(OnrEntityToken, f->items, f->capacity);
    f->word_classes = g_renew(guint16, f->word_classes, f->capacity);
    f->density = g_renew(guint8, f->density, f->capacity); /* a sentence has a token or more */
  }
  f->is_results = FALSE;
  for (guint32 k = 0; k < reading->doc->n_sentences; k++)
    read_sentence(f, k);
  find_small(f);
  for (guint k = 0; k < f->stretches->len; k++) {
    OnrSpan stretch = g_array_index(f->stretches, OnrSpan, k);
    for (guint32 i = stretch.begin; i < stretch.end; i++) {
      const OnrLabelCounts *counts = counts_of(f, i);
      f->items[i].is_small = counts && counts->is_small;
    }
  }
}

/* --- looking at neighbours --- */

typedef struct {
  const OnrEntityFeatures *f;
  const OnrWord *words;
  OnrSpan sentence;
  guint32 *rows;
  guint32 n;
} Writer;

static void put_row(Writer *w, guint32 template, guint64 a, guint64 b) {
  w->rows[w->n++] = onr_feature_row(template, a, b, ONR_ENTITY_BITS);
}

static gboolean is_inside(const Writer *w, gint64 i) {
  return i >= (gint64)w->sentence.begin && i < (gint64)w->sentence.end;
}

static guint64 key_at(const Writer *w, gint64 i) {
  if (!is_inside(w, i))
    return i < (gint64)w->sentence.begin ? KEY_BEFORE : KEY_BEHIND;
  return w->words[i].key ? w->words[i].key : KEY_OF_TAG + (guint64)w->words[i].tag;
}

static guint32 tag_at(const Writer *w, gint64 i) {
  return is_inside(w, i) ? w->words[i].tag : TAG_BEYOND;
}

static guint64 classes_at(const Writer *w, gint64 i) {
  return is_inside(w, i) ? w->words[i].classes & SEEN : 0;
}

/* Capitals, small letters, digits and other characters, no more than MOST of a kind in a row: a number. */
static guint32 shape_at(const Writer *w, gint64 i, guint most) {
  if (!is_inside(w, i))
    return SHAPE_BEYOND;
  const OnrToken *t = token(w->f, (guint32)i);
  const char *text = w->f->reading->doc->text;
  guint32 h = t->kind + 2u;
  char last = 0;
  guint n = 0;
  for (guint32 p = t->begin; p < onr_token_bare_end(t); p++) {
    char c = text[p];
    char kind = g_ascii_isupper(c) ? 'A' : g_ascii_isdigit(c) ? '0' : g_ascii_isalpha(c) || c < 0 ? 'a' : c;
    n = kind == last ? n + 1 : 1;
    last = kind;
    if (n <= most)
      h = h * 31 + (guint8)kind;
  }
  return h * 2 + (t->possessive ? 1 : 0);
}

/* The first or last LENGTH bytes of a word, in lower case. */
static guint64 affix(const Writer *w, guint32 i, guint32 length, gboolean is_ending) {
  const OnrToken *t = token(w->f, i);
  const char *text = w->f->reading->doc->text;
  guint32 end = onr_token_bare_end(t);
  guint64 h = 0;
  for (guint32 k = 0; k < length && t->begin + k < end; k++)
    h = h << 8 | (guint8)g_ascii_tolower(text[is_ending ? end - 1 - k : t->begin + k]);
  return h;
}

/* --- groups --- */

typedef struct {
  gint64 i;
  guint64 key, before, behind;
  guint32 shape;
} Here;

static void put_words(Writer *w, const Here *h) {
  put_row(w, 0, 0, 0);
  put_row(w, 1, h->key, 0);
  put_row(w, 2, h->before, 0);
  put_row(w, 3, h->behind, 0);
  put_row(w, 4, key_at(w, h->i - 2), 0);
  put_row(w, 5, key_at(w, h->i + 2), 0);
  put_row(w, 6, h->key, h->before);
  put_row(w, 7, h->key, h->behind);
  put_row(w, 8, h->key, h->shape);
  put_row(w, 9, h->before, h->shape);
  put_row(w, 10, h->behind, h->shape);
}

static void put_shapes(Writer *w, const Here *h) {
  guint32 before = shape_at(w, h->i - 1, 1), behind = shape_at(w, h->i + 1, 1), tag = tag_at(w, h->i);
  put_row(w, 11, h->shape, 0);
  put_row(w, 12, shape_at(w, h->i, 3), 0);
  put_row(w, 13, h->shape, behind);
  put_row(w, 14, h->shape, before);
  put_row(w, 15, (guint64)before << 32 | h->shape, behind);
  put_row(w, 16, tag, 0);
  put_row(w, 17, tag * 32 + tag_at(w, h->i + 1), tag_at(w, h->i - 1));
  for (guint32 n = 1; n <= 4; n++) {
    put_row(w, 20 + n, affix(w, (guint32)h->i, n, FALSE), 0);
    put_row(w, 25 + n, affix(w, (guint32)h->i, n, TRUE), 0);
  }
  put_row(w, 31, affix(w, (guint32)h->i, 3, TRUE), h->shape);
}

static void put_classes(Writer *w, const Here *h) {
  for (gint d = -2; d <= 2; d++) {
    guint64 classes = classes_at(w, h->i + d);
    guint32 place = (guint32)(d + 2);
    put_row(w, 32 + place, classes, 0);
    put_row(w, 37 + place, classes, h->shape);
    for (guint n = 0; classes && n < CLASS_BITS_MAX; n++, classes &= classes - 1)
      put_row(w, 42 + place, (guint64)g_bit_nth_lsf((gulong)classes, -1), tag_at(w, h->i) == ONR_TAG_NAME);
  }
}

static guint32 class_at(const Writer *w, gint64 i) {
  return is_inside(w, i) ? w->f->word_classes[i] : CLASS_BEYOND;
}

static void put_word_classes(Writer *w, const Here *h) {
  guint32 class = class_at(w, h->i), before = class_at(w, h->i - 1), behind = class_at(w, h->i + 1);
  OnrSpan run = w->f->items[h->i].run;
  put_row(w, 100, class, 0);
  put_row(w, 101, before, 0);
  put_row(w, 102, behind, 0);
  put_row(w, 103, class_at(w, h->i - 2), 0);
  put_row(w, 104, class_at(w, h->i + 2), 0);
  put_row(w, 105, class, before);
  put_row(w, 106, class, behind);
  put_row(w, 107, before, behind);
  if (run.begin == run.end)
    return;
  put_row(w, 108, class_at(w, (gint64)run.begin - 1), 0);
  put_row(w, 109, class_at(w, run.end), 0);
  put_row(w, 110, class_at(w, (gint64)run.end - 1), MIN(onr_span_length(run), 6));
}

static void put_sentence(Writer *w, const Here *h) {
  const OnrEntityToken *item = &w->f->items[h->i];
  guint32 begin = (guint32)h->i - w->sentence.begin, end = w->sentence.end - 1 - (guint32)h->i;
  guint32 is_first = begin == 0 ? 1 : 0, is_headline = w->f->reading->headlines[item->sentence];
  put_row(w, 50, is_first, h->shape);
  put_row(w, 51, is_headline, h->shape);
  put_row(w, 52, is_first * 2 + is_headline, h->key);
  put_row(w, 53, item->is_small, h->shape);
  put_row(w, 54, item->is_small * 2u + is_first, tag_at(w, h->i));
  put_row(w, 55, key_at(w, w->sentence.begin), MIN(begin, 3));
  put_row(w, 56, key_at(w, (gint64)w->sentence.end - 1), MIN(end, 3));
  put_row(w, 57, MIN(onr_span_length(w->sentence), 8), h->shape);
  put_row(w, 58, w->f->density[item->sentence], h->shape);
}

static void put_run(Writer *w, const Here *h) {
  OnrSpan run = w->f->items[h->i].run;
  if (run.begin == run.end)
    return;
  gint64 before = (gint64)run.begin - 1, last = (gint64)run.end - 1, behind = run.end;
  guint32 length = MIN(onr_span_length(run), 6), at = MIN((guint32)h->i - run.begin, 5),
          place = length * 8 + at;
  put_row(w, 60, place, 0);
  put_row(w, 61, key_at(w, last), 0);
  put_row(w, 62, key_at(w, run.begin), 0);
  put_row(w, 63, classes_at(w, last), place);
  put_row(w, 64, classes_at(w, run.begin), place);
  put_row(w, 65, key_at(w, behind), length);
  put_row(w, 66, key_at(w, before), length);
  put_row(w, 67, key_at(w, before), key_at(w, behind));
  put_row(w, 68, affix(w, (guint32)last, 3, TRUE), place);
  put_row(w, 69, tag_at(w, before) * 32 + tag_at(w, behind), place);
  put_row(w, 70, classes_at(w, before), at);
  put_row(w, 71, classes_at(w, behind), at);
  put_row(w, 112, w->f->items[h->i].kind, 0);
  put_row(w, 113, w->f->items[h->i].kind, place);
  put_row(w, 114, w->f->items[h->i].kind, h->shape);
}

static void put_listed(Writer *w, const Here *h) {
  const OnrEntityToken *item = &w->f->items[h->i];
  if (!item->listed)
    return;
  put_row(w, 72, item->listed & (LISTED | ONR_WORD_STATE | ONR_WORD_GIVEN),
          item->listed_words * 8u + item->listed_offset);
  put_row(w, 73, item->listed & (LISTED | ONR_WORD_STATE), (guint64)h->shape << 8 | tag_at(w, h->i - 1));
}

static Writer writer_at(const OnrEntityFeatures *f, guint32 i, guint32 *rows) {
  const OnrSentence *s = &f->reading->doc->sentences[f->items[i].sentence];
  return (Writer){f, f->reading->words, {s->first_token, s->end_token}, rows, 0};
}

static Here look(const Writer *w, guint32 i) {
  return (Here){i, key_at(w, i), key_at(w, (gint64)i - 1), key_at(w, (gint64)i + 1), shape_at(w, i, 1)};
}

static guint32 first_rows(gconstpointer seen, guint32 i, OnrSpan stretch, guint32 *rows) {
  (void)stretch;
  Writer w = writer_at(seen, i, rows);
  Here h = look(&w, i);
  put_words(&w, &h);
  put_shapes(&w, &h);
  put_classes(&w, &h);
  put_sentence(&w, &h);
  put_run(&w, &h);
  put_listed(&w, &h);
  put_word_classes(&w, &h);
  return w.n;
}

/* --- the second pass --- */

static guint32 label_at(const guint8 *labels, OnrSpan stretch, gint64 i) {
  return i < (gint64)stretch.begin || i >= (gint64)stretch.end ? LABEL_BEYOND : labels[i];
}

static gboolean is_longer(const guint8 *labels, OnrSpan stretch, guint32 i) {
  return labels[i] == label_at(labels, stretch, (gint64)i - 1) ||
         labels[i] == label_at(labels, stretch, i + 1);
}

/* The label of most of N, OWN of which is left out, from label FROM on; TOTAL is how many there are. */
static guint32 most_of(const guint32 *n, guint32 from, guint32 own, guint32 *total) {
  guint32 best = from, most = 0;
  *total = 0;
  for (guint32 label = from; label < ONR_N_ENTITY_LABELS; label++) {
    guint32 others = n[label] - (label == own ? 1 : 0);
    *total += others;
    if (others > most) {
      best = label;
      most = others;
    }
  }
  return best;
}

static void set_elsewhere(OnrEntityFeatures *f, const guint8 *labels, OnrSpan stretch, guint32 i) {
  const OnrLabelCounts *counts = counts_of(f, i);
  OnrEntityToken *item = &f->items[i];
  item->most = item->longer = NOTHING_ELSEWHERE;
  if (!counts)
    return;
  gboolean is_capital = onr_reading_is_capital(f->reading, i);
  guint32 total, none = ONR_N_ENTITY_LABELS,
                 label = most_of(counts->of, 0, is_capital ? labels[i] : none, &total);
  gboolean is_always = counts->of[label] - (is_capital && label == labels[i] ? 1 : 0) == total;
  if (total)
    item->most = (guint8)(label * 8 + MIN(total, 3) * 2 + (is_always ? 1 : 0));
  gboolean is_own = is_capital && is_longer(labels, stretch, i);
  label = most_of(counts->longer, 1, is_own ? labels[i] : none, &total);
  if (total)
    item->longer = (guint8)(label * 4 + MIN(total, 3));
}

static void take_in(gpointer seen, const guint8 *labels) {
  OnrEntityFeatures *f = seen;
  for (guint k = 0; k < f->counts->len; k++)
    memset(&g_array_index(f->counts, OnrLabelCounts, k), 0, G_STRUCT_OFFSET(OnrLabelCounts, is_small));
  for (guint k = 0; k < f->stretches->len; k++) {
    OnrSpan stretch = g_array_index(f->stretches, OnrSpan, k);
    for (guint32 i = stretch.begin; i < stretch.end; i++) {
      OnrLabelCounts *counts = onr_reading_is_capital(f->reading, i) ? counts_of(f, i) : NULL;
      if (!counts)
        continue;
      counts->of[labels[i]]++;
      counts->longer[labels[i]] += is_longer(labels, stretch, i) ? 1 : 0;
    }
  }
  for (guint k = 0; k < f->stretches->len; k++) {
    OnrSpan stretch = g_array_index(f->stretches, OnrSpan, k);
    for (guint32 i = stretch.begin; i < stretch.end; i++)
      set_elsewhere(f, labels, stretch, i);
  }
}

static guint32 second_rows(gconstpointer seen, guint32 i, OnrSpan stretch, const guint8 *labels,
                           guint32 *rows) {
  const OnrEntityFeatures *f = seen;
  Writer w = writer_at(f, i, rows);
  Here h = look(&w, i);
  const OnrEntityToken *item = &f->items[i];
  guint32 label = labels[i], before = label_at(labels, stretch, (gint64)i - 1),
          behind = label_at(labels, stretch, (gint64)i + 1);
  guint32 before2 = label_at(labels, stretch, (gint64)i - 2),
          behind2 = label_at(labels, stretch, (gint64)i + 2);
  put_row(&w, 80, label, 0);
  put_row(&w, 81, label * 8 + before, behind);
  put_row(&w, 82, label * 8 + before, before2);
  put_row(&w, 83, label * 8 + behind, behind2);
  put_row(&w, 84, label, h.key);
  put_row(&w, 85, label, h.shape);
  put_row(&w, 86, label, item->most);
  put_row(&w, 87, item->most, h.shape);
  put_row(&w, 88, label, item->longer);
  put_row(&w, 89, item->longer, h.shape);
  put_row(&w, 90, item->most * 256u + item->longer, label * 2 + (i == w.sentence.begin ? 1 : 0));
  put_row(&w, 91, label * 8 + behind, h.behind);
  put_row(&w, 92, label * 8 + before, h.before);
  put_row(&w, 93, label, key_at(&w, item->run.end > item->run.begin ? (gint64)item->run.end - 1 : i));
  return w.n;
}

const OnrLabelTask onr_entity_task = {
    .n_labels = ONR_N_ENTITY_LABELS,
    .step = 8,
    .goes_on = 0,
    .first = first_rows,
    .between = take_in,
    .second = second_rows,
};
