/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/results.h"

#include "annotate/kinds.h"
#include "annotate/phrases.h"

/* Digits of a score or of a place in the standings. */
#define SCORE_DIGITS 3

/* A plain number of a few digits. */
static gboolean is_score(const OnrReading *r, guint32 i, guint32 upper) {
  if (i >= upper)
    return FALSE;
  const OnrToken *t = onr_reading_token(r, i);
  if (t->kind != ONR_TOKEN_NUMBER || t->end - t->begin > SCORE_DIGITS)
    return FALSE;
  for (guint32 p = t->begin; p < t->end; p++)
    if (!g_ascii_isdigit(r->doc->text[p]))
      return FALSE;
  return TRUE;
}

/* What may follow a score: the next team, the next figure, a bracket, the line's end. */
static gboolean closes_score(const OnrReading *r, guint32 i, guint32 upper) {
  if (i >= upper || onr_reading_token(r, i)->flags & ONR_TOKEN_LINE_BEFORE ||
      onr_reading_token(r, i)->kind == ONR_TOKEN_NUMBER || onr_reading_is_capital(r, i))
    return TRUE;
  return onr_reading_is_mark(r, i, '(') || onr_reading_is_mark(r, i, '-') || onr_reading_is_mark(r, i, '.');
}

static gboolean is_named(const OnrReading *r, guint32 i) {
  return onr_reading_token(r, i)->kind == ONR_TOKEN_WORD && onr_reading_is_capital(r, i) &&
         !(r->words[i].classes & (ONR_WORD_CALENDAR | ONR_WORD_DOCUMENT | ONR_WORD_TIME | ONR_WORD_NUMBER));
}

static gboolean has_score(const OnrReading *r, guint32 end, guint32 upper) {
  return is_score(r, end, upper) && closes_score(r, end + 1, upper);
}

/* Is token I what stands between two opponents, "v", or "AT" where the line is in capitals? */
static gboolean is_versus(const OnrReading *r, guint32 i, OnrSpan sentence) {
  if (i <= sentence.begin || i + 1 >= sentence.end)
    return FALSE;
  const OnrToken *t = onr_reading_token(r, i);
  guint32 n = t->end - t->begin;
  const char *p = r->doc->text + t->begin;
  gboolean is_word = (n == 1 && *p == 'v') || (n == 2 && p[0] == 'A' && p[1] == 'T');
  return is_word && is_named(r, i - 1) && is_named(r, i + 1);
}

gboolean onr_results_is_line(const OnrReading *r, OnrSpan sentence, gboolean goes_on) {
  guint32 n = goes_on ? 1 : 0;
  for (guint32 i = sentence.begin + 1; i < sentence.end && n < 2; i++) {
    if (r->words[i].tag == ONR_TAG_NUMBER && is_named(r, i - 1) && has_score(r, i, sentence.end))
      n += is_score(r, i + 1, sentence.end) ? 2 : 1; /* a row of figures is a line of the standings */
    else if (is_versus(r, i, sentence))
      n++;
  }
  return n > 1;
}

gboolean onr_results_is_team(const OnrReading *r, OnrSpan sentence, OnrSpan name) {
  guint64 first = r->words[name.begin].classes;
  gboolean is_several = onr_span_length(name) > 1;
  if (is_several && (onr_reading_is_initial(r, name.begin) ||
                     (first & ONR_WORD_GIVEN && !(r->words[name.end - 1].classes & ONR_WORD_PLACE))))
    return FALSE;
  return has_score(r, name.end, sentence.end) || is_versus(r, name.end, sentence) ||
         (name.begin > sentence.begin && is_versus(r, name.begin - 1, sentence));
}
