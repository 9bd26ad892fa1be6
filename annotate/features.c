/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/features.h"

#include "annotate/model.h"

#include <string.h>

/* Tags beyond a paragraph's ends, behind those of OnrTag. */
#define TAG_BEFORE 30
#define TAG_BEHIND 31
#define LABEL_BEFORE 8
#define LABEL_BEHIND 9
/* Keys of marks and of what is beyond: small numbers, that no word's key is. */
#define KEY_BEFORE 1
#define KEY_BEHIND 2
#define KEY_OF_TAG 0x100

void onr_features_init(OnrFeatures *f) {
  memset(f, 0, sizeof *f);
  f->groups = ONR_FEATURES_ALL;
}

void onr_features_clear(OnrFeatures *f) {
  g_free(f->rules);
  g_free(f->construction);
  g_free(f->cue_before);
  g_free(f->cue_behind);
  g_free(f->sentence);
  g_free(f->near);
  g_free(f->rules_of_sentence);
  memset(f, 0, sizeof *f);
}

static void grow(OnrFeatures *f, guint32 n) {
  if (n <= f->capacity)
    return;
  f->capacity = n + n / 2;
  f->rules = g_realloc(f->rules, f->capacity);
  f->construction = g_realloc(f->construction, f->capacity);
  f->rules_of_sentence = g_realloc(f->rules_of_sentence, f->capacity); /* a sentence has a token or more */
  f->cue_before = g_renew(guint32, f->cue_before, f->capacity);
  f->cue_behind = g_renew(guint32, f->cue_behind, f->capacity);
  f->sentence = g_renew(guint32, f->sentence, f->capacity);
  f->near = g_renew(OnrNearCues, f->near, f->capacity);
}

static void put(OnrFeatures *f, OnrSpan span, OnrLabel label, OnrConstruction construction) {
  for (guint32 i = span.begin; i < span.end; i++) {
    f->rules[i] = (guint8)(i == span.begin ? label : label + 1);
    f->construction[i] = (guint8)(1 + construction);
  }
}

/* Contents first: a cue or a source inside another's content stays seen. */
static void set_rules(OnrFeatures *f, const OnrAttributions *a) {
  memset(f->rules, ONR_LABEL_NONE, f->reading->n);
  memset(f->construction, 0, f->reading->n);
  for (guint32 k = 0; k < a->pieces->len; k++) {
    const OnrPiece *piece = &g_array_index(a->pieces, OnrPiece, k);
    put(f, piece->tokens, ONR_LABEL_CONTENT, onr_attributions_get(a, piece->attribution)->construction);
  }
  for (guint32 k = 0; k < a->items->len; k++) {
    const OnrAttribution *item = onr_attributions_get(a, k);
    put(f, item->source, ONR_LABEL_SOURCE, item->construction);
    put(f, item->cue, ONR_LABEL_CUE, item->construction);
  }
}

static gboolean can_be_cue(const OnrWord *w) {
  return w->cue && w->forms;
}

static void set_sentences(OnrFeatures *f) {
  const OnrDocument *doc = f->reading->doc;
  for (guint32 k = 0; k < doc->n_sentences; k++) {
    const OnrSentence *s = &doc->sentences[k];
    guint32 last = 0, labels = 0;
    for (guint32 i = s->first_token; i < s->end_token; i++) {
      f->sentence[i] = k;
      labels |= 1u << f->rules[i];
      f->cue_before[i] = last;
      last = can_be_cue(&f->reading->words[i]) ? i + 1 : last;
    }
    f->rules_of_sentence[k] = (guint8)labels;
    last = 0;
    for (guint32 i = s->end_token; i-- > s->first_token;) {
      f->cue_behind[i] = last;
      last = can_be_cue(&f->reading->words[i]) ? i + 1 : last;
    }
  }
}

void onr_features_set(OnrFeatures *f, const OnrAttributions *rules) {
  f->reading = rules->reading;
  grow(f, f->reading->n);
  if (!f->reading->n)
    return;
  set_rules(f, rules);
  set_sentences(f);
}

guint32 onr_distance_step(guint32 d) {
  static const guint8 steps[] = {0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6};
  return d < G_N_ELEMENTS(steps) ? steps[d] : d <= 21 ? 7 : 8;
}

/* --- looking at neighbours --- */

typedef struct {
  const OnrFeatures *f;
  const OnrWord *words;
  OnrSpan paragraph;
  guint32 *rows;
  guint32 n;
} Writer;

static void put_row(Writer *w, guint32 template, guint64 a, guint64 b) {
  w->rows[w->n++] = onr_feature_row(template, a, b, ONR_TAG_BITS);
}

static guint32 bit(gboolean is_set) {
  return is_set ? 1 : 0;
}

static gboolean is_before(const Writer *w, gint64 i) {
  return i < (gint64)w->paragraph.begin;
}

static gboolean is_behind(const Writer *w, gint64 i) {
  return i >= (gint64)w->paragraph.end;
}

static guint64 key_at(const Writer *w, gint64 i) {
  if (is_before(w, i))
    return KEY_BEFORE;
  if (is_behind(w, i))
    return KEY_BEHIND;
  return w->words[i].key ? w->words[i].key : KEY_OF_TAG + (guint64)w->words[i].tag;
}

static guint32 tag_at(const Writer *w, gint64 i) {
  return is_before(w, i) ? TAG_BEFORE : is_behind(w, i) ? TAG_BEHIND : w->words[i].tag;
}

static guint32 label_at(const Writer *w, const guint8 *labels, gint64 i) {
  return is_before(w, i) ? LABEL_BEFORE : is_behind(w, i) ? LABEL_BEHIND : labels[i];
}

static gboolean is_quoted_at(const Writer *w, gint64 i) {
  return !is_before(w, i) && !is_behind(w, i) && w->words[i].quoted;
}

/* Tags are below 32, labels below 16: several in one number. */
static guint32 two_tags(guint32 a, guint32 b) {
  return a * 32 + b;
}

static guint32 two_labels(guint32 a, guint32 b) {
  return a * 16 + b;
}

/* The last LENGTH bytes of a word, in lower case. */
static guint64 ending(const Writer *w, guint32 i, guint32 length) {
  const OnrToken *t = onr_reading_token(w->f->reading, i);
  const char *text = w->f->reading->doc->text;
  guint32 end = onr_token_bare_end(t);
  guint64 h = 0;
  for (guint32 k = 1; k <= length && end >= t->begin + k; k++)
    h = h << 8 | (guint8)g_ascii_tolower(text[end - k]);
  return h;
}

/* --- groups --- */

static void put_words(Writer *w, gint64 i) {
  guint64 key = key_at(w, i), before = key_at(w, i - 1), behind = key_at(w, i + 1);
  guint32 tag = tag_at(w, i);
  put_row(w, 1, key, 0);
  put_row(w, 2, behind, 0);
  put_row(w, 3, before, 0);
  put_row(w, 4, key_at(w, i + 2), 0);
  put_row(w, 5, key_at(w, i - 2), 0);
  put_row(w, 6, key, before);
  put_row(w, 7, key, behind);
  put_row(w, 8, key, tag_at(w, i + 1));
  put_row(w, 9, key, tag_at(w, i - 1) + 32);
  put_row(w, 11, ending(w, (guint32)i, 3), 0);
  put_row(w, 12, ending(w, (guint32)i, 2), tag);
}

static void put_tags(Writer *w, gint64 i) {
  guint32 tag = tag_at(w, i), before = tag_at(w, i - 1), behind = tag_at(w, i + 1);
  put_row(w, 14, two_tags(behind, tag), 0);
  put_row(w, 15, two_tags(before, tag), 0);
  put_row(w, 16, two_tags(before, tag), behind);
  put_row(w, 17, two_tags(tag, behind), tag_at(w, i + 2));
  put_row(w, 18, two_tags(tag_at(w, i - 2), before), tag);
}

static void put_shapes(Writer *w, gint64 i) {
  const OnrWord *word = &w->words[i];
  const OnrToken *t = onr_reading_token(w->f->reading, (guint32)i);
  const OnrSentence *s = &w->f->reading->doc->sentences[w->f->sentence[i]];
  guint32 shape = (guint32)(t->flags & 7) | (guint32)t->kind << 4;
  put_row(w, 20, shape, word->tag);
  put_row(w, 21, word->classes & 0xffffff, 0);
  put_row(w, 22, word->classes >> 24, word->tag);
  put_row(w, 23, onr_distance_step((guint32)i - s->first_token), word->tag);
  put_row(w, 24, onr_distance_step(s->end_token - (guint32)i), word->tag);
  put_row(w, 25, bit(w->f->reading->n_headline > (guint32)i), word->tag);
}

/* Where the token stands in a stretch in marks, and how long that is; 0 outside. */
static guint32 quotation_state(const Writer *w, gint64 i) {
  if (!w->words[i].quoted)
    return 0;
  const OnrQuoted *q = &g_array_index(w->f->reading->quoted, OnrQuoted, w->words[i].quoted - 1);
  guint32 length = q->end - q->begin;
  guint32 size = length <= 3 ? 0 : length <= 6 ? 1 : length <= 12 ? 2 : 3;
  return 1 + bit(i == (gint64)q->begin) + 2 * bit(i + 1 == (gint64)q->end) + 4 * size;
}

static void put_marks(Writer *w, gint64 i) {
  guint32 state = quotation_state(w, i), tag = tag_at(w, i);
  guint32 around = state * 4 + 2 * bit(is_quoted_at(w, i - 1)) + bit(is_quoted_at(w, i + 1));
  guint32 wider = 8 * bit(is_quoted_at(w, i - 3)) + 4 * bit(is_quoted_at(w, i - 2)) +
                  2 * bit(is_quoted_at(w, i + 2)) + bit(is_quoted_at(w, i + 3));
  put_row(w, 26, state, tag);
  put_row(w, 27, around, tag_at(w, i - 1));
  put_row(w, 28, key_at(w, i), state);
  put_row(w, 30, wider, state);
  put_row(w, 31, bit(i == (gint64)w->paragraph.begin), state);
}

/* The nearest word of the sentence that can be a cue, before the token or behind it. */
static void put_near_cue(Writer *w, guint32 template, gint64 i, guint32 cue, gint64 next_to_cue) {
  if (!cue)
    return;
  gint64 c = (gint64)cue - 1;
  guint32 tag = tag_at(w, i), step = onr_distance_step((guint32)(c < i ? i - c : c - i));
  put_row(w, template, w->words[c].cue, step);
  put_row(w, template + 1, w->words[c].cue, tag);
  put_row(w, template + 2, two_tags(w->words[c].tag, tag), step);
  put_row(w, template + 3, w->words[c].cue, bit(w->words[i].quoted != 0));
  put_row(w, template + 4, tag_at(w, next_to_cue), tag * 16 + step);
}

static void put_cues(Writer *w, gint64 i) {
  const OnrWord *word = &w->words[i];
  guint32 before = w->f->cue_before[i], behind = w->f->cue_behind[i];
  put_row(w, 32, word->cue, 0);
  put_row(w, 33, bit(word->cue > 0), two_tags(word->tag, tag_at(w, i + 1)));
  put_row(w, 34, word->cue, 1 + (guint64)word->forms);
  put_near_cue(w, 35, i, before, (gint64)before);     /* the word behind the cue before */
  put_near_cue(w, 40, i, behind, (gint64)behind - 2); /* the word before the cue behind */
}

static void put_entities(Writer *w, gint64 i) {
  const OnrWord *word = &w->words[i];
  guint32 type = word->mention ? 1u + word->entity_type : 0;
  put_row(w, 45, type, word->tag);
  put_row(w, 46, type, two_tags(tag_at(w, i - 1), tag_at(w, i + 1)));
}

static void put_rules(Writer *w, gint64 i) {
  const guint8 *rules = w->f->rules;
  guint32 label = rules[i], before = label_at(w, rules, i - 1), behind = label_at(w, rules, i + 1);
  guint32 before2 = label_at(w, rules, i - 2), behind2 = label_at(w, rules, i + 2);
  guint32 tag = tag_at(w, i), construction = w->f->construction[i],
          set = w->f->rules_of_sentence[w->f->sentence[i]];
  guint64 key = key_at(w, i);
  put_row(w, 50, label, 0);
  put_row(w, 53, two_labels(before, label), behind);
  put_row(w, 54, key, label);
  put_row(w, 58, two_labels(label, behind), two_tags(tag_at(w, i + 1), tag));
  put_row(w, 59, two_labels(before, label), two_tags(tag_at(w, i - 1), tag));
  put_row(w, 60, two_labels(before2, before), two_labels(label, behind));
  put_row(w, 61, two_labels(label, behind), behind2);
  put_row(w, 62, label, construction);
  put_row(w, 63, construction, two_labels(label, behind));
  put_row(w, 64, key_at(w, i + 1), label);
  put_row(w, 65, key_at(w, i - 1), label);
  put_row(w, 66, set, label);
  put_row(w, 67, set, tag);
}

static guint32 first_rows(gconstpointer seen, guint32 i, OnrSpan paragraph, guint32 *rows) {
  const OnrFeatures *f = seen;
  Writer w = {f, f->reading->words, paragraph, rows, 0};
  put_row(&w, 0, 0, 0);
  if (f->groups & ONR_FEATURES_WORDS)
    put_words(&w, i);
  if (f->groups & ONR_FEATURES_TAGS)
    put_tags(&w, i);
  if (f->groups & ONR_FEATURES_SHAPES)
    put_shapes(&w, i);
  if (f->groups & ONR_FEATURES_MARKS)
    put_marks(&w, i);
  if (f->groups & ONR_FEATURES_CUES)
    put_cues(&w, i);
  if (f->groups & ONR_FEATURES_ENTITIES)
    put_entities(&w, i);
  if (f->groups & ONR_FEATURES_RULES)
    put_rules(&w, i);
  return w.n;
}

/* --- the second pass --- */

static void set_near_cues(OnrFeatures *f, const guint8 *labels, OnrSpan paragraph) {
  guint32 last = 0;
  for (guint32 i = paragraph.begin; i < paragraph.end; i++) {
    f->near[i].before = last;
    last = labels[i] == ONR_LABEL_CUE ? i + 1 : last;
  }
  last = 0;
  for (guint32 i = paragraph.end; i-- > paragraph.begin;) {
    f->near[i].behind = last;
    last = labels[i] == ONR_LABEL_CUE ? i + 1 : last;
  }
}

static void take_in(gpointer seen, const guint8 *labels) {
  OnrFeatures *f = seen;
  for (guint32 p = 0; p < f->reading->doc->n_paragraphs; p++)
    set_near_cues(f, labels, onr_paragraph_tokens(f->reading->doc, p));
}

static void put_found_cue(Writer *w, guint32 template, gint64 i, guint32 cue, guint32 label) {
  if (!cue)
    return;
  gint64 c = (gint64)cue - 1;
  guint32 tag = tag_at(w, i), step = onr_distance_step((guint32)(c < i ? i - c : c - i));
  put_row(w, template, w->words[c].key, step);
  put_row(w, template + 1, w->words[c].cue, tag * 16 + step);
  put_row(w, template + 2, w->words[c].key, label);
  put_row(w, template + 3, w->words[c].tag, tag * 16 + step);
}

static guint32 second_rows(gconstpointer seen, guint32 token, OnrSpan paragraph, const guint8 *labels,
                           guint32 *rows) {
  const OnrFeatures *f = seen;
  if (!(f->groups & ONR_FEATURES_LABELS))
    return 0;
  Writer w = {f, f->reading->words, paragraph, rows, 0};
  OnrNearCues near = f->near[token];
  gint64 i = token;
  guint32 label = labels[i], before = label_at(&w, labels, i - 1), behind = label_at(&w, labels, i + 1);
  guint32 before2 = label_at(&w, labels, i - 2), behind2 = label_at(&w, labels, i + 2);
  guint32 tag = tag_at(&w, i), around = two_labels(before, behind) * 16 + label;
  put_row(&w, 83, around, 0);
  put_row(&w, 84, around, 1 + before2);
  put_row(&w, 85, around, 32 + behind2);
  put_row(&w, 86, label, tag);
  put_row(&w, 87, two_labels(label, behind), two_tags(tag, tag_at(&w, i + 1)));
  put_row(&w, 88, two_labels(before, label), two_tags(tag_at(&w, i - 1), tag));
  put_row(&w, 89, key_at(&w, i), label);
  put_row(&w, 90, two_labels(behind, behind2), label_at(&w, labels, i + 3));
  put_row(&w, 91, two_labels(before, before2), label_at(&w, labels, i - 3));
  put_row(&w, 92, two_labels(label, f->rules[i]), label_at(&w, f->rules, i + 1));
  put_row(&w, 93, two_labels(label, before), two_labels(f->rules[i], label_at(&w, f->rules, i - 1)));
  put_found_cue(&w, 94, i, near.before, label);
  put_found_cue(&w, 98, i, near.behind, label);
  put_row(&w, 102, 2 * bit(near.before != 0) + bit(near.behind != 0), two_labels(label, 0) * 32 + tag);
  return w.n;
}

const OnrLabelTask onr_attribution_task = {
    .n_labels = ONR_N_LABELS,
    .step = 16,
    .goes_on = 1 << ONR_LABEL_CONTENT_ON | 1 << ONR_LABEL_SOURCE_ON | 1 << ONR_LABEL_CUE_ON,
    .first = first_rows,
    .between = take_in,
    .second = second_rows,
};
