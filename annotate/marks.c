/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quotation marks, repaired one paragraph at a time. Newsroom text mixes straight, curly and TeX marks, turns
   them the wrong way, loses one and doubles another; a pairing that ran over the whole article would invert
   everything after the first fault. Within a paragraph a mark's place decides before its shape: after a space
   and before a letter it opens, the other way round it closes, and only where its place says nothing does the
   shape count. */
#include "annotate/cues.h"
#include "annotate/reading.h"

#include <string.h>

typedef enum { MARK_NONE, MARK_DOUBLE, MARK_SINGLE } MarkLevel;
typedef enum { TURN_NONE, TURN_OPEN, TURN_CLOSE } MarkTurn;

typedef struct {
  MarkLevel level;
  MarkTurn turn; /* by its shape */
} MarkShape;

/* How far a single mark looks for its partner, in tokens: longer than nearly all sentences. */
#define SINGLE_REACH 400
/* Words between a comma and the cue in “…, the minister of state said: more is no clause of attribution. */
#define CLAUSE_REACH 6

static MarkShape shape_of(const OnrReading *r, guint32 i) {
  static const struct {
    const char *bytes;
    MarkShape shape;
  } shapes[] = {
      {"\"", {MARK_DOUBLE, TURN_NONE}},  {"“", {MARK_DOUBLE, TURN_OPEN}},  {"”", {MARK_DOUBLE, TURN_CLOSE}},
      {"„", {MARK_DOUBLE, TURN_OPEN}},   {"‟", {MARK_DOUBLE, TURN_OPEN}},  {"«", {MARK_DOUBLE, TURN_OPEN}},
      {"»", {MARK_DOUBLE, TURN_CLOSE}},  {"``", {MARK_DOUBLE, TURN_OPEN}}, {"''", {MARK_DOUBLE, TURN_NONE}},
      {"″", {MARK_DOUBLE, TURN_NONE}},   {"＂", {MARK_DOUBLE, TURN_NONE}}, {"‘‘", {MARK_DOUBLE, TURN_OPEN}},
      {"’’", {MARK_DOUBLE, TURN_CLOSE}}, {"'", {MARK_SINGLE, TURN_NONE}},  {"‘", {MARK_SINGLE, TURN_OPEN}},
      {"’", {MARK_SINGLE, TURN_CLOSE}},  {"`", {MARK_SINGLE, TURN_OPEN}},  {"‚", {MARK_SINGLE, TURN_OPEN}},
      {"‛", {MARK_SINGLE, TURN_OPEN}},   {"‹", {MARK_SINGLE, TURN_OPEN}},  {"›", {MARK_SINGLE, TURN_CLOSE}},
  };
  const OnrToken *t = onr_reading_token(r, i);
  const char *p = r->doc->text + t->begin;
  gsize n = t->end - t->begin;
  if (t->kind != ONR_TOKEN_MARK || (n == 1 && *p != '"' && *p != '\'' && *p != '`'))
    return (MarkShape){MARK_NONE, TURN_NONE};
  for (guint s = 0; s < G_N_ELEMENTS(shapes); s++) {
    gsize length = strlen(shapes[s].bytes);
    if (length == n && memcmp(p, shapes[s].bytes, n) == 0)
      return shapes[s].shape;
  }
  if (n > 1 && (*p == '"' || *p == '\'')) /* a run of straight marks counts as one */
    return (MarkShape){MARK_DOUBLE, TURN_NONE};
  return (MarkShape){MARK_NONE, TURN_NONE};
}

static gboolean has_space_before(const OnrReading *r, guint32 i) {
  return (onr_reading_token(r, i)->flags & (ONR_TOKEN_SPACE_BEFORE | ONR_TOKEN_LINE_BEFORE)) != 0;
}

static gboolean is_one_of(const OnrReading *r, guint32 i, const char *ascii) {
  const OnrToken *t = onr_reading_token(r, i);
  return t->kind == ONR_TOKEN_MARK && (guchar)r->doc->text[t->begin] < 0x80 &&
         strchr(ascii, r->doc->text[t->begin]);
}

static gboolean is_dash(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  const char *p = r->doc->text + t->begin;
  return t->kind == ONR_TOKEN_MARK && (*p == '-' || g_str_has_prefix(p, "—") || g_str_has_prefix(p, "–"));
}

/* Which way the mark at I turns by its place between its neighbours; by its shape where the place leaves it
 * open. */
static MarkTurn turn_of(const OnrReading *r, guint32 i, const OnrParagraph *paragraph, MarkTurn shape) {
  gboolean left = i == paragraph->first_token || has_space_before(r, i) || is_one_of(r, i - 1, "([{/") ||
                  is_dash(r, i - 1) || shape_of(r, i - 1).turn == TURN_OPEN;
  gboolean right = i + 1 >= paragraph->end_token || has_space_before(r, i + 1) ||
                   is_one_of(r, i + 1, ",.;:!?)]}") || is_dash(r, i + 1);
  if (left == right && i + 1 < paragraph->end_token && i > paragraph->first_token)
    right = shape_of(r, i + 1).turn == TURN_CLOSE ? TRUE : right;
  if (left != right)
    return left ? TURN_OPEN : TURN_CLOSE;
  return shape;
}

/* Where a closing mark was lost: the token after the comma in "…, he said", or 0 when there is no such place
 * in [BEGIN, END). */
static guint32 lost_close(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin + 2; i < end; i++) {
    if (!is_one_of(r, i - 1, ",?!"))
      continue;
    for (guint32 j = i; j < end && j < i + CLAUSE_REACH; j++) {
      const OnrWord *w = &r->words[j];
      gboolean is_cue = j > i && w->cue && w->forms & (ONR_FORM_PAST | ONR_FORM_S) &&
                        strchr(onr_cue_verbs[w->cue - 1].frames, 'p');
      if (is_cue)
        return i;
      if (!(w->classes & (ONR_WORD_PRONOUN | ONR_WORD_TITLE)) && !onr_reading_is_capital(r, j) &&
          !is_one_of(r, j, "."))
        break;
      if (w->classes & ONR_WORD_FIRST) /* “We won, I said so” is still the speaker's own words */
        break;
    }
  }
  return 0;
}

typedef struct {
  OnrReading *r;
  const OnrParagraph *paragraph;
  guint32 index; /* of the paragraph */
  guint32 begin; /* of the stretch that is being read */
  gboolean is_in;
  gboolean has_lost; /* a stray closing mark has been looked into and was none that opens the paragraph */
  guint32 searched;  /* lost_close has seen everything before; keeps repeated searches linear */
} Pairing;

static void push(Pairing *p, guint32 end, gboolean is_single, gboolean is_open, gboolean is_repaired) {
  OnrQuoted q = {.begin = p->begin,
                 .end = end,
                 .paragraph = p->index,
                 .is_single = is_single,
                 .is_open = is_open,
                 .is_repaired = is_repaired};
  if (end > p->begin + 1)
    g_array_append_val(p->r->quoted, q);
  p->is_in = FALSE;
}

/* The next double mark at or after I, or the paragraph's end. */
static guint32 next_double(const Pairing *p, guint32 i) {
  while (i < p->paragraph->end_token && shape_of(p->r, i).level != MARK_DOUBLE)
    i++;
  return i;
}

static MarkTurn double_turn(const Pairing *p, guint32 i) {
  return i < p->paragraph->end_token ? turn_of(p->r, i, p->paragraph, shape_of(p->r, i).turn) : TURN_NONE;
}

static guint32 search_lost_close(Pairing *p, guint32 end) {
  guint32 from = MAX(p->begin, p->searched);
  p->searched = end;
  return lost_close(p->r, from, end);
}

/* An opening mark inside a stretch: the mark that should have closed it was lost, or this one is nested, or
 * astray. Returns the token to go on from. */
static guint32 open_again(Pairing *p, guint32 i) {
  guint32 lost = search_lost_close(p, i);
  if (lost) {
    push(p, lost, FALSE, FALSE, TRUE);
    p->begin = i;
    p->is_in = TRUE;
    return i + 1;
  }
  guint32 a = next_double(p, i + 1);
  guint32 b = double_turn(p, a) == TURN_CLOSE ? next_double(p, a + 1) : a;
  return b > a && double_turn(p, b) == TURN_CLOSE ? a + 1 : i + 1;
}

static void read_double(Pairing *p, guint32 i, MarkTurn turn) {
  OnrReading *r = p->r;
  if (p->is_in) {
    push(p, i + 1, FALSE, FALSE, FALSE);
  } else if (turn != TURN_CLOSE) {
    p->begin = i;
    p->is_in = TRUE;
  } else {
    /* A closing mark without an opening one quotes the paragraph so far, where that can be somebody's words.
     */
    guint32 first = p->paragraph->first_token;
    gboolean is_fresh =
        r->quoted->len == 0 || g_array_index(r->quoted, OnrQuoted, r->quoted->len - 1).end <= first;
    if (is_fresh && i > first + 2 && is_one_of(r, i - 1, ",.?!") && !p->has_lost) {
      p->begin = first;
      p->has_lost = search_lost_close(p, i) != 0;
      if (!p->has_lost)
        push(p, i + 1, FALSE, FALSE, TRUE);
    }
  }
}

static gboolean opens_with_double(const OnrReading *r, guint32 paragraph) {
  if (paragraph >= r->doc->n_paragraphs)
    return FALSE;
  const OnrParagraph *next = &r->doc->paragraphs[paragraph];
  return next->first_token < next->end_token && shape_of(r, next->first_token).level == MARK_DOUBLE &&
         turn_of(r, next->first_token, next, TURN_NONE) == TURN_OPEN;
}

/* The paragraph ends within a stretch. */
static void end_unclosed(Pairing *p) {
  OnrReading *r = p->r;
  guint32 end = p->paragraph->end_token;
  if (opens_with_double(r, p->index + 1) && !lost_close(r, MAX(p->begin, p->searched), end)) {
    push(p, end, FALSE, TRUE, FALSE);
    return;
  }
  guint32 lost = search_lost_close(p, end);
  gboolean begins_speech = p->begin == p->paragraph->first_token || is_one_of(r, p->begin - 1, ",:");
  if (lost)
    push(p, lost, FALSE, FALSE, TRUE);
  else if (begins_speech)
    push(p, end, FALSE, FALSE, TRUE);
  p->is_in = FALSE;
}

static void pair_doubles(Pairing *p) {
  const OnrParagraph *paragraph = p->paragraph;
  guint32 i = next_double(p, paragraph->first_token);
  while (i < paragraph->end_token) {
    MarkTurn turn = double_turn(p, i);
    guint32 next = i + 1;
    if (p->is_in && turn == TURN_OPEN)
      next = open_again(p, i);
    else
      read_double(p, i, turn);
    i = next_double(p, next);
  }
  if (p->is_in)
    end_unclosed(p);
}

/* 'em, '90s, ’tis: an apostrophe, though it stands where a mark would open. */
static gboolean is_elision(const OnrReading *r, guint32 i) {
  static const char *const words[] = {"em", "til", "tis", "twas", "cause", "n", "bout", "round", "cuz"};
  const OnrToken *t = onr_reading_token(r, i + 1);
  if (t->kind == ONR_TOKEN_NUMBER)
    return TRUE;
  gsize n = t->end - t->begin;
  for (guint w = 0; w < G_N_ELEMENTS(words); w++)
    if (strlen(words[w]) == n && g_ascii_strncasecmp(r->doc->text + t->begin, words[w], n) == 0)
      return TRUE;
  return FALSE;
}

static gboolean opens_single(const OnrReading *r, guint32 i, const OnrParagraph *paragraph) {
  if (i + 1 >= paragraph->end_token || shape_of(r, i).level != MARK_SINGLE || r->words[i].quoted)
    return FALSE;
  MarkTurn turn = turn_of(r, i, paragraph, shape_of(r, i).turn);
  if (turn != TURN_OPEN || has_space_before(r, i + 1))
    return FALSE;
  return onr_reading_token(r, i + 1)->kind == ONR_TOKEN_WORD ? !is_elision(r, i)
                                                             : shape_of(r, i).turn == TURN_OPEN;
}

/* The closing mark of the single mark at I, or 0. One after punctuation is surest, one after a plural's s
 * least sure. */
static guint32 close_of_single(const OnrReading *r, guint32 i, const OnrParagraph *paragraph) {
  guint32 end = MIN(paragraph->end_token, i + SINGLE_REACH), weak = 0, weakest = 0;
  for (guint32 j = i + 2; j < end && !r->words[j].quoted; j++) {
    if (shape_of(r, j).level != MARK_SINGLE)
      continue;
    if (opens_single(r, j, paragraph))
      break;
    if (has_space_before(r, j) || turn_of(r, j, paragraph, TURN_CLOSE) != TURN_CLOSE)
      continue;
    const OnrToken *before = onr_reading_token(r, j - 1);
    if (before->kind == ONR_TOKEN_MARK)
      return j;
    gboolean plural = r->doc->text[before->end - 1] == 's' && j + 1 < end && has_space_before(r, j + 1);
    if (plural && !weakest)
      weakest = j;
    else if (!plural && !weak)
      weak = j;
  }
  return weak ? weak : weakest;
}

static void pair_singles(Pairing *p) {
  for (guint32 i = p->paragraph->first_token; i < p->paragraph->end_token; i++) {
    if (!opens_single(p->r, i, p->paragraph))
      continue;
    guint32 close = close_of_single(p->r, i, p->paragraph);
    if (close) {
      p->begin = i;
      push(p, close + 1, TRUE, FALSE, FALSE);
      i = close;
    }
  }
}

static gint by_begin(gconstpointer a, gconstpointer b) {
  guint32 x = ((const OnrQuoted *)a)->begin, y = ((const OnrQuoted *)b)->begin;
  return x < y ? -1 : x > y;
}

static void set_quoted(OnrReading *r, guint first) {
  for (guint k = first; k < r->quoted->len; k++) {
    const OnrQuoted *q = &g_array_index(r->quoted, OnrQuoted, k);
    for (guint32 i = q->begin; i < q->end; i++)
      r->words[i].quoted = k + 1;
  }
}

static void mark_continuations(OnrReading *r) {
  for (guint k = 1; k < r->quoted->len; k++) {
    const OnrQuoted *before = &g_array_index(r->quoted, OnrQuoted, k - 1);
    OnrQuoted *q = &g_array_index(r->quoted, OnrQuoted, k);
    q->is_continued = before->is_open && q->paragraph == before->paragraph + 1 &&
                      q->begin == r->doc->paragraphs[q->paragraph].first_token;
  }
}

void onr_reading_find_marks(OnrReading *r) {
  g_array_set_size(r->quoted, 0);
  for (guint32 k = 0; k < r->doc->n_paragraphs; k++) {
    Pairing p = {.r = r, .paragraph = &r->doc->paragraphs[k], .index = k};
    guint first = r->quoted->len;
    pair_doubles(&p);
    set_quoted(r, first);
    guint n_double = r->quoted->len;
    pair_singles(&p);
    if (r->quoted->len > n_double) {
      qsort(&g_array_index(r->quoted, OnrQuoted, first), r->quoted->len - first, sizeof(OnrQuoted), by_begin);
      set_quoted(r, first);
    }
  }
  mark_continuations(r);
}
