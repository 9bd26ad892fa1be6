/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One reading a token, from left to right: closed classes by list, verbs by their form and what stands before
   and after, the rest is a noun. No probabilities: what the rules below need is where a noun phrase ends and
   whether a word that can be a cue is a verb here ("Republicans plan to") or a noun ("the plan to"). */
#include "annotate/reading.h"

#include <string.h>

#define ORDINARY                                                                                             \
  (ONR_WORD_COMMON | ONR_WORD_ADVERB | ONR_WORD_CUE_NOUN | ONR_WORD_CUE_ADJECTIVE | ONR_WORD_ROLE |          \
   ONR_WORD_PEOPLE | ONR_WORD_DOCUMENT | ONR_WORD_TIME | ONR_WORD_MODAL | ONR_WORD_BE | ONR_WORD_HAVE |      \
   ONR_WORD_DO | ONR_WORD_PRONOUN)

/* Adverbs and marks that are looked through for the word before. */
#define LEFT_REACH 8

typedef struct {
  OnrReading *r;
  guint32 begin, end; /* of the sentence */
  guint32 n_capitals; /* words with a capital, and words at all: headlines capitalise nearly all */
  guint32 n_words;
  guint32 n_small_verbs; /* a finite verb in small letters: no headline */
  guint32 n_ordinary;    /* words with a capital that is no name's */
} Sentence;

static OnrTag mark_tag(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  const char *p = r->doc->text + t->begin;
  const OnrWord *w = &r->words[i];
  if (w->quoted) {
    const OnrQuoted *q = &g_array_index(r->quoted, OnrQuoted, w->quoted - 1);
    if ((i == q->begin || i + 1 == q->end) && (*p == '"' || *p == '\'' || *p == '`' || (guchar)*p >= 0x80) &&
        !g_str_has_prefix(p, "…") && !g_str_has_prefix(p, "—") && !g_str_has_prefix(p, "–"))
      return ONR_TAG_QUOTE;
  }
  switch (*p) {
  case ',':
    return ONR_TAG_COMMA;
  case ':':
    return ONR_TAG_COLON;
  case '.':
  case '?':
  case '!':
  case ';':
    return ONR_TAG_STOP;
  case '-':
    return ONR_TAG_DASH;
  case '(':
  case '[':
  case '{':
    return ONR_TAG_OPEN;
  case ')':
  case ']':
  case '}':
    return ONR_TAG_CLOSE;
  case '&':
    return ONR_TAG_COORDINATOR;
  default:
    if (g_str_has_prefix(p, "—") || g_str_has_prefix(p, "–") || g_str_has_prefix(p, "―"))
      return ONR_TAG_DASH;
    return g_str_has_prefix(p, "…") ? ONR_TAG_STOP : ONR_TAG_OTHER;
  }
}

/* A full stop behind an abbreviation ends nothing: "Sen. Cruz", "McConnell, R-Ky., said". */
static gboolean is_abbreviation_stop(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  if (i == s->begin || i + 1 >= s->end || !onr_reading_is_mark(r, i, '.'))
    return FALSE;
  const OnrToken *before = onr_reading_token(r, i - 1), *next = onr_reading_token(r, i + 1);
  if (before->kind != ONR_TOKEN_WORD || before->end != onr_reading_token(r, i)->begin)
    return FALSE;
  return next->kind != ONR_TOKEN_MARK || onr_reading_is_mark(r, i + 1, ',') ||
         onr_reading_is_mark(r, i + 1, ')');
}

/* Index of the nearest token before I in the sentence that is no adverb and no mark of quotation; I itself
 * when there is none. */
static guint32 left_of(const Sentence *s, guint32 i) {
  for (guint32 j = i; j > s->begin && i - j < LEFT_REACH;) {
    guint8 tag = s->r->words[--j].tag;
    if (tag != ONR_TAG_ADVERB && tag != ONR_TAG_QUOTE)
      return j;
  }
  return i;
}

/* May the word after a verb's form I open a complement? What follows a noun is rather a preposition or a
 * stop. */
static gboolean opens_complement(const Sentence *s, guint32 i) {
  guint32 j = i + 1;
  if (j >= s->end)
    return FALSE;
  const OnrReading *r = s->r;
  const OnrWord *w = &r->words[j];
  if (w->classes & (ONR_WORD_THAT | ONR_WORD_DETERMINER | ONR_WORD_POSSESSIVE | ONR_WORD_PRONOUN |
                    ONR_WORD_OBJECT | ONR_WORD_TO | ONR_WORD_WH))
    return TRUE;
  if (onr_reading_token(r, j)->kind == ONR_TOKEN_NUMBER || w->classes & ONR_WORD_NUMBER)
    return TRUE;
  if (w->quoted && w->quoted != r->words[i].quoted)
    return TRUE;
  return onr_reading_is_capital(r, j) && !(w->classes & ONR_WORD_CALENDAR);
}

static gboolean is_plural(const OnrReading *r, guint32 i) {
  if (r->words[i].classes & ONR_WORD_PLURAL)
    return TRUE;
  const OnrToken *t = onr_reading_token(r, i);
  guint32 end = t->end;
  return t->kind == ONR_TOKEN_WORD && !t->possessive && end - t->begin > 3 && r->doc->text[end - 1] == 's' &&
         r->doc->text[end - 2] != 's' && r->words[i].tag != ONR_TAG_NAME;
}

static gboolean has_possessive(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  return t->possessive && !(r->words[i].classes & ONR_WORD_CONTRACTED);
}

/* Does a preposition stand a few words before I? */
static gboolean is_inside_phrase(const Sentence *s, guint32 i) {
  for (guint32 n = 0; n < 4 && i > s->begin; n++)
    if (s->r->words[--i].tag == ONR_TAG_PREPOSITION)
      return TRUE;
  return FALSE;
}

/* After a noun or name: the s-form wants a singular before it, the base form a plural, and a form that is
 * rather a noun wants a complement behind it. */
static OnrTag form_after_noun(const Sentence *s, guint32 i, guint32 left) {
  const OnrReading *r = s->r;
  const OnrWord *w = &r->words[i];
  if (has_possessive(r, left))
    return ONR_TAG_NOUN;
  gboolean opens = opens_complement(s, i);
  gboolean plural = is_plural(r, left), name = r->words[left].tag == ONR_TAG_NAME;
  gboolean fits = w->forms & ONR_FORM_S ? !plural || name : plural || (name && w->cue);
  /* "an average of polls shows", "supporters of the plan claim": the head stands farther left; "data show
   * that" */
  if (!fits && w->cue && opens)
    fits = is_inside_phrase(s, left) || r->words[i + 1].classes & ONR_WORD_THAT;
  if (!fits)
    return ONR_TAG_NOUN;
  return !(w->classes & ONR_WORD_NOUN) || opens ? ONR_TAG_VERB : ONR_TAG_NOUN;
}

static OnrTag plain_form_tag(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrWord *w = &r->words[i];
  guint32 left = left_of(s, i);
  if (left == i)
    return i == s->begin && !(w->classes & ONR_WORD_NOUN) ? ONR_TAG_VERB : ONR_TAG_NOUN;
  switch ((OnrTag)r->words[left].tag) {
  case ONR_TAG_TO:
  case ONR_TAG_WH:
    return w->forms & ONR_FORM_BASE || r->words[left].tag == ONR_TAG_WH ? ONR_TAG_VERB : ONR_TAG_NOUN;
  case ONR_TAG_AUXILIARY:
    return r->words[left].classes & (ONR_WORD_MODAL | ONR_WORD_DO) && w->forms & ONR_FORM_BASE ? ONR_TAG_VERB
                                                                                               : ONR_TAG_NOUN;
  case ONR_TAG_PRONOUN:
    if (r->words[left].classes & ONR_WORD_CONTRACTED)
      return w->forms & ONR_FORM_BASE ? ONR_TAG_VERB : ONR_TAG_NOUN;
    return ONR_TAG_VERB;
  case ONR_TAG_NOUN:
  case ONR_TAG_NAME:
    return form_after_noun(s, i, left);
  case ONR_TAG_ING: /* recent polling shows */
  case ONR_TAG_THAT:
    return w->forms & ONR_FORM_S && opens_complement(s, i) ? ONR_TAG_VERB : ONR_TAG_NOUN;
  case ONR_TAG_COORDINATOR:
    return opens_complement(s, i) || (left > s->begin && r->words[left - 1].tag == ONR_TAG_VERB)
               ? ONR_TAG_VERB
               : ONR_TAG_NOUN;
  case ONR_TAG_COMMA:
  case ONR_TAG_CLOSE:
  case ONR_TAG_DASH:
  case ONR_TAG_OTHER:
    return !(w->classes & ONR_WORD_NOUN) || opens_complement(s, i) ? ONR_TAG_VERB : ONR_TAG_NOUN;
  case ONR_TAG_STOP:
    return left + 1 < i ? ONR_TAG_VERB : ONR_TAG_NOUN; /* “…!” says she */
  default:
    return ONR_TAG_NOUN;
  }
}

static OnrTag past_form_tag(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrWord *w = &r->words[i];
  guint32 left = left_of(s, i);
  if (left == i)
    return w->forms & ONR_FORM_PARTICIPLE ? ONR_TAG_PARTICIPLE : ONR_TAG_VERB;
  OnrTag before = (OnrTag)r->words[left].tag;
  if (w->forms & ONR_FORM_BASE && (before == ONR_TAG_TO || before == ONR_TAG_AUXILIARY))
    return ONR_TAG_VERB; /* put, set, read */
  if (!(w->forms & ONR_FORM_PAST) && w->forms & ONR_FORM_PARTICIPLE && before != ONR_TAG_DETERMINER &&
      before != ONR_TAG_POSSESSIVE)
    return ONR_TAG_PARTICIPLE; /* known, shown */
  if (!(w->forms & ONR_FORM_PARTICIPLE))
    return before == ONR_TAG_DETERMINER || before == ONR_TAG_POSSESSIVE ? ONR_TAG_NOUN : ONR_TAG_VERB;
  if (before == ONR_TAG_AUXILIARY ||
      (before == ONR_TAG_PRONOUN && r->words[left].classes & ONR_WORD_CONTRACTED))
    return ONR_TAG_PARTICIPLE;
  switch (before) {
  case ONR_TAG_DETERMINER:
  case ONR_TAG_POSSESSIVE:
  case ONR_TAG_PREPOSITION:
  case ONR_TAG_NUMBER:
  case ONR_TAG_TO:
  case ONR_TAG_VERB:
  case ONR_TAG_ING:
    return ONR_TAG_NOUN;
  default:
    break;
  }
  if (has_possessive(r, left))
    return ONR_TAG_NOUN;
  gboolean by = i + 1 < s->end && r->words[i + 1].key == onr_word_key("by", 2);
  return by ? ONR_TAG_PARTICIPLE : ONR_TAG_VERB;
}

static OnrTag ing_form_tag(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 left = left_of(s, i);
  if (left == i)
    return ONR_TAG_ING;
  OnrTag before = (OnrTag)r->words[left].tag;
  gboolean is_noun = before == ONR_TAG_DETERMINER || before == ONR_TAG_POSSESSIVE || has_possessive(r, left);
  return is_noun ? ONR_TAG_NOUN : ONR_TAG_ING;
}

static OnrTag verb_tag(const Sentence *s, guint32 i) {
  const OnrWord *w = &s->r->words[i];
  if (w->forms == ONR_FORM_ING)
    return ing_form_tag(s, i);
  if (w->forms & (ONR_FORM_PAST | ONR_FORM_PARTICIPLE))
    return past_form_tag(s, i);
  return plain_form_tag(s, i);
}

/* Does a noun phrase go on at I, so that the word before is no phrase of its own? */
static gboolean is_noun_like(const Sentence *s, guint32 i) {
  if (i >= s->end)
    return FALSE;
  const OnrToken *t = onr_reading_token(s->r, i);
  const OnrWord *w = &s->r->words[i];
  if (t->kind == ONR_TOKEN_MARK)
    return w->quoted != 0;
  return !(w->classes &
           (ONR_WORD_PRONOUN | ONR_WORD_OBJECT | ONR_WORD_PREPOSITION | ONR_WORD_COORDINATOR |
            ONR_WORD_SUBORDINATOR | ONR_WORD_THAT | ONR_WORD_WH | ONR_WORD_MODAL | ONR_WORD_BE |
            ONR_WORD_HAVE | ONR_WORD_DO | ONR_WORD_TO | ONR_WORD_DETERMINER | ONR_WORD_POSSESSIVE)) ||
         w->classes & ONR_WORD_NUMBER;
}

static gboolean is_subject_pronoun(const Sentence *s, guint32 i) {
  return i < s->end && s->r->words[i].classes & ONR_WORD_PRONOUN &&
         !(s->r->words[i].classes & (ONR_WORD_DETERMINER | ONR_WORD_NUMBER));
}

static gboolean is_verb_next(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 stop = MIN(s->end, i + LEFT_REACH);
  while (i < stop && r->words[i].classes & (ONR_WORD_ADVERB | ONR_WORD_NOT))
    i++;
  return i < s->end && (r->words[i].classes & (ONR_WORD_MODAL | ONR_WORD_BE | ONR_WORD_HAVE | ONR_WORD_DO) ||
                        (r->words[i].forms & (ONR_FORM_PAST | ONR_FORM_S | ONR_FORM_BASE) &&
                         !(r->words[i].classes & ONR_WORD_NOUN)));
}

static OnrTag pronoun_tag(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  guint64 classes = r->words[i].classes;
  if (classes & ONR_WORD_CONTRACTED)
    return ONR_TAG_PRONOUN;
  if (classes & (ONR_WORD_DETERMINER | ONR_WORD_NUMBER))
    return is_noun_like(s, i + 1) && !is_verb_next(s, i + 1)
               ? (classes & ONR_WORD_NUMBER ? ONR_TAG_NUMBER : ONR_TAG_DETERMINER)
               : ONR_TAG_PRONOUN;
  guint32 left = left_of(s, i);
  if (left == i || is_verb_next(s, i + 1))
    return ONR_TAG_PRONOUN;
  gboolean either = r->words[i].key == onr_word_key("it", 2) || r->words[i].key == onr_word_key("you", 3);
  OnrTag before = (OnrTag)r->words[left].tag;
  return either && (before == ONR_TAG_VERB || before == ONR_TAG_PREPOSITION || before == ONR_TAG_ING ||
                    before == ONR_TAG_PARTICIPLE)
             ? ONR_TAG_OBJECT
             : ONR_TAG_PRONOUN;
}

static OnrTag that_tag(const Sentence *s, guint32 i) {
  guint32 left = left_of(s, i);
  OnrTag before = (OnrTag)s->r->words[left].tag;
  if (left == i || before == ONR_TAG_PREPOSITION || before == ONR_TAG_COORDINATOR)
    return is_noun_like(s, i + 1) && !is_verb_next(s, i + 1) ? ONR_TAG_DETERMINER : ONR_TAG_THAT;
  return ONR_TAG_THAT;
}

static OnrTag preposition_tag(const Sentence *s, guint32 i) {
  guint64 classes = s->r->words[i].classes;
  if (classes & ONR_WORD_SUBORDINATOR)
    return is_subject_pronoun(s, i + 1) || !(classes & ONR_WORD_PREPOSITION) ? ONR_TAG_SUBORDINATOR
                                                                             : ONR_TAG_PREPOSITION;
  return ONR_TAG_PREPOSITION;
}

/* A list of names has many capitals as well: a headline capitalises ordinary words. */
static gboolean is_headline(const Sentence *s) {
  return s->n_words > 3 && s->n_capitals * 10 > s->n_words * 7 && s->n_ordinary > 1 && !s->n_small_verbs;
}

/* A capital that a sentence's beginning, a headline or an opening mark explains. */
static gboolean is_capital_explained(const Sentence *s, guint32 i) {
  if (is_headline(s) || i == s->begin)
    return TRUE;
  guint8 before = s->r->words[i - 1].tag;
  gboolean opens = before == ONR_TAG_QUOTE && s->r->words[i].quoted == s->r->words[i - 1].quoted;
  return opens || before == ONR_TAG_COLON || before == ONR_TAG_STOP ||
         (before == ONR_TAG_OPEN && !onr_reading_is_capital(s->r, i)) ||
         (before == ONR_TAG_DASH && i == s->begin + 1);
}

static gboolean is_name(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrWord *w = &r->words[i];
  if (!onr_reading_is_capital(r, i))
    return FALSE;
  if (onr_reading_token(r, i)->flags & (ONR_TOKEN_ALL_CAPS | ONR_TOKEN_DOTTED) && !is_headline(s) &&
      w->classes & ONR_WORD_OBJECT)
    return TRUE; /* US */
  if (!is_capital_explained(s, i))
    return TRUE;
  if (w->classes & (ONR_WORD_GIVEN | ONR_WORD_PLACE | ONR_WORD_ORG) && !(w->classes & ONR_WORD_VERB))
    return TRUE;
  return !w->classes && !w->forms;
}

static OnrTag closed_tag(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  guint64 c = r->words[i].classes;
  gboolean is_inner_capital = onr_reading_is_capital(r, i) && !is_capital_explained(s, i);
  if (is_inner_capital && i + 1 < s->end && c & (ONR_WORD_MODAL | ONR_WORD_CALENDAR) &&
      !(c & ONR_WORD_ADVERB))
    return ONR_TAG_NAME; /* Will Smith, May 9 */
  if (is_inner_capital && i > s->begin && r->words[i - 1].tag == ONR_TAG_NAME &&
      c & (ONR_WORD_DETERMINER | ONR_WORD_POSSESSIVE) && i + 1 < s->end && onr_reading_is_capital(r, i + 1))
    return ONR_TAG_NAME; /* CBS This Morning */
  if (c & ONR_WORD_NOT)
    return ONR_TAG_ADVERB;
  if (c & ONR_WORD_TO)
    return ONR_TAG_TO;
  if (c & ONR_WORD_THAT)
    return that_tag(s, i);
  if (c & (ONR_WORD_MODAL | ONR_WORD_BE | ONR_WORD_HAVE | ONR_WORD_DO))
    return ONR_TAG_AUXILIARY;
  if (c & ONR_WORD_WH)
    return c & ONR_WORD_CONTRACTED ? ONR_TAG_PRONOUN : ONR_TAG_WH;
  if (c & ONR_WORD_POSSESSIVE)
    return !(c & ONR_WORD_OBJECT) || (is_noun_like(s, i + 1) && !(r->words[i + 1].classes & ONR_WORD_TIME))
               ? ONR_TAG_POSSESSIVE
               : ONR_TAG_OBJECT;
  if (c & ONR_WORD_PRONOUN)
    return pronoun_tag(s, i);
  if (c & ONR_WORD_OBJECT)
    return ONR_TAG_OBJECT;
  if (c & ONR_WORD_DETERMINER)
    return ONR_TAG_DETERMINER;
  if (c & ONR_WORD_COORDINATOR)
    return ONR_TAG_COORDINATOR;
  if (c & (ONR_WORD_PREPOSITION | ONR_WORD_SUBORDINATOR) && !is_inner_capital)
    return preposition_tag(s, i);
  return ONR_TAG_OTHER;
}

static OnrTag word_tag(const Sentence *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrWord *w = &r->words[i];
  if (onr_reading_token(r, i)->kind == ONR_TOKEN_NUMBER)
    return ONR_TAG_NUMBER;
  gboolean is_name_here = is_name(s, i);
  if (!(is_name_here && onr_reading_token(r, i)->flags & ONR_TOKEN_ALL_CAPS &&
        w->classes & ONR_WORD_OBJECT)) {
    OnrTag closed = closed_tag(s, i);
    if (closed != ONR_TAG_OTHER)
      return closed;
  }
  if (is_name_here)
    return ONR_TAG_NAME;
  if (w->classes & ONR_WORD_NUMBER)
    return ONR_TAG_NUMBER;
  if (w->forms) {
    OnrTag tag = verb_tag(s, i);
    if (tag != ONR_TAG_NOUN || !(w->classes & ONR_WORD_ADVERB))
      return tag;
  }
  return w->classes & ONR_WORD_ADVERB ? ONR_TAG_ADVERB : ONR_TAG_NOUN;
}

static void count_capitals(Sentence *s) {
  for (guint32 i = s->begin; i < s->end; i++) {
    const OnrToken *t = onr_reading_token(s->r, i);
    gboolean is_small = (s->r->words[i].classes & (ONR_WORD_DETERMINER | ONR_WORD_PREPOSITION |
                                                   ONR_WORD_COORDINATOR | ONR_WORD_TO)) != 0;
    if (t->kind != ONR_TOKEN_WORD || is_small)
      continue;
    s->n_words++;
    const OnrWord *w = &s->r->words[i];
    if (!(t->flags & ONR_TOKEN_CAPITAL)) {
      s->n_small_verbs += w->forms & (ONR_FORM_S | ONR_FORM_PAST) && !(w->classes & ONR_WORD_NOUN);
      continue;
    }
    s->n_capitals++;
    s->n_ordinary += i > s->begin && (w->forms || w->classes & ORDINARY) &&
                     !(w->classes & (ONR_WORD_GIVEN | ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_DEMONYM |
                                     ONR_WORD_TITLE | ONR_WORD_CALENDAR));
  }
}

void onr_reading_tag(OnrReading *r) {
  if (r->doc->n_sentences > r->n_headlines) {
    r->n_headlines = r->doc->n_sentences + r->doc->n_sentences / 2;
    g_free(r->headlines);
    r->headlines = g_malloc(r->n_headlines);
  }
  for (guint32 k = 0; k < r->doc->n_sentences; k++) {
    const OnrSentence *sentence = &r->doc->sentences[k];
    Sentence s = {.r = r, .begin = sentence->first_token, .end = sentence->end_token};
    count_capitals(&s);
    r->headlines[k] = is_headline(&s) ? 1 : 0;
    for (guint32 i = s.begin; i < s.end; i++) {
      OnrWord *w = &r->words[i];
      if (onr_reading_token(r, i)->kind != ONR_TOKEN_MARK)
        w->tag = (guint8)word_tag(&s, i);
      else
        w->tag = (guint8)(is_abbreviation_stop(&s, i) ? ONR_TAG_OTHER : mark_tag(r, i));
    }
  }
}
