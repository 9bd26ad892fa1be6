/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/phrases.h"

#include "text/tables/tables.h"

#include <string.h>

/* Longest noun phrase that is followed to either side, in tokens; a longer one is a list or a parsing fault,
 * and the bound keeps every search short. */
#define PHRASE_REACH 40
/* Auxiliaries and adverbs before a verb: "has not yet even been publicly" */
#define GROUP_REACH 10

gboolean onr_reading_equals(const OnrReading *r, guint32 i, const char *word) {
  if (i >= r->n)
    return FALSE;
  const OnrToken *t = onr_reading_token(r, i);
  gsize n = strlen(word);
  return t->end - t->begin == n && g_ascii_strncasecmp(r->doc->text + t->begin, word, n) == 0;
}

/* Bytes of the longest word that is asked for. */
#define WORD_MAX 31

gboolean onr_reading_equals_any(const OnrReading *r, guint32 i, const char *words) {
  if (i >= r->n || !words)
    return FALSE;
  const OnrToken *t = onr_reading_token(r, i);
  gsize length = t->end - t->begin;
  char word[WORD_MAX + 1];
  if (length > WORD_MAX)
    return FALSE;
  for (gsize k = 0; k < length; k++)
    word[k] = g_ascii_tolower(r->doc->text[t->begin + k]);
  word[length] = '\0';
  return onr_is_listed(words, word);
}

static gboolean is_nominal(const OnrReading *r, guint32 i) {
  switch (onr_tag(r, i)) {
  case ONR_TAG_NOUN:
  case ONR_TAG_NAME:
  case ONR_TAG_NUMBER:
  case ONR_TAG_OTHER:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Prepositions that tie a phrase to the noun before it. */
static gboolean is_tie(const OnrReading *r, guint32 i) {
  return onr_tag(r, i) == ONR_TAG_PREPOSITION &&
         onr_reading_equals_any(
             r, i, "of for in at from with on by to behind within against near about among between");
}

static gboolean begins_phrase(const OnrReading *r, guint32 i) {
  OnrTag tag = onr_tag(r, i);
  return tag == ONR_TAG_DETERMINER || tag == ONR_TAG_POSSESSIVE || tag == ONR_TAG_PRONOUN ||
         tag == ONR_TAG_OBJECT;
}

/* Closes a bracketed insertion that ends before END: "Corker (R-Tenn.)"; END where there is none. */
static guint32 skip_bracket_left(const OnrReading *r, guint32 lower, guint32 end) {
  if (end <= lower || onr_tag(r, end - 1) != ONR_TAG_CLOSE)
    return end;
  for (guint32 i = end - 1; i > lower && end - i < 12; i--)
    if (onr_tag(r, i - 1) == ONR_TAG_OPEN)
      return i - 1;
  return end;
}

/* One phrase without what ties others to it. */
static guint32 simple_begin(const OnrReading *r, guint32 lower, guint32 end) {
  guint32 i = skip_bracket_left(r, lower, end);
  guint32 noun_end = i;
  while (i > lower && end - i < PHRASE_REACH) {
    OnrTag tag = onr_tag(r, i - 1);
    gboolean inner_adverb = tag == ONR_TAG_ADVERB && i < noun_end; /* "a deeply worried man" */
    gboolean scare = tag == ONR_TAG_QUOTE && i < noun_end;
    gboolean is_inner =
        (inner_adverb || scare) && i - 1 > lower && (is_nominal(r, i - 2) || begins_phrase(r, i - 2));
    if (!is_inner && !is_nominal(r, i - 1))
      break;
    i--;
  }
  if (i > lower && begins_phrase(r, i - 1)) {
    i--;
    if (i > lower && i + 1 < noun_end && onr_tag(r, i - 1) == ONR_TAG_DETERMINER) /* all the, both his */
      i--;
  }
  while (i < noun_end && (onr_tag(r, i) == ONR_TAG_ADVERB || onr_tag(r, i) == ONR_TAG_QUOTE ||
                          onr_tag(r, i) == ONR_TAG_OTHER))
    i++;
  return i < noun_end ? i : end;
}

gboolean onr_is_clause_edge(const OnrReading *r, guint32 lower, guint32 i) {
  if (i <= lower)
    return TRUE;
  switch (onr_tag(r, i - 1)) {
  case ONR_TAG_COMMA:
  case ONR_TAG_COLON:
  case ONR_TAG_STOP:
  case ONR_TAG_DASH:
  case ONR_TAG_THAT:
  case ONR_TAG_SUBORDINATOR:
  case ONR_TAG_COORDINATOR:
  case ONR_TAG_QUOTE:
  case ONR_TAG_WH:
  case ONR_TAG_ADVERB:
  case ONR_TAG_CLOSE:
    return TRUE;
  default:
    return FALSE;
  }
}

guint32 onr_noun_phrase_begin(const OnrReading *r, guint32 lower, guint32 end) {
  guint32 begin = simple_begin(r, lower, end);
  if (begin == end)
    return end;
  guint32 best = begin;
  for (guint32 i = begin; i > lower + 1 && end - i < PHRASE_REACH;) {
    OnrTag before = onr_tag(r, i - 1);
    gboolean ties = is_tie(r, i - 1);
    gboolean joins = before == ONR_TAG_COORDINATOR && !onr_reading_equals(r, i - 1, "but");
    if (!ties && !joins)
      break;
    guint32 next = simple_begin(r, lower, i - 1);
    if (next == i - 1)
      break;
    i = next;
    /* "X and Y said" joins two subjects only where a clause can begin before X; "met X and Y said" does not.
     */
    if (ties || onr_is_clause_edge(r, lower, i))
      best = i;
  }
  return best;
}

guint32 onr_bare_phrase_end(const OnrReading *r, guint32 begin, guint32 upper) {
  guint32 i = begin;
  upper = MIN(upper, begin + PHRASE_REACH);
  if (i < upper && (onr_tag(r, i) == ONR_TAG_PRONOUN || onr_tag(r, i) == ONR_TAG_OBJECT))
    return i + 1;
  while (i < upper && (onr_tag(r, i) == ONR_TAG_DETERMINER || onr_tag(r, i) == ONR_TAG_POSSESSIVE))
    i++;
  guint32 first = i;
  if (i < upper && onr_tag(r, i) == ONR_TAG_OTHER)
    return begin;
  while (i < upper) {
    OnrTag tag = onr_tag(r, i);
    gboolean goes_on =
        is_nominal(r, i) || ((tag == ONR_TAG_ADVERB || tag == ONR_TAG_QUOTE || tag == ONR_TAG_PARTICIPLE) &&
                             i + 1 < upper && is_nominal(r, i + 1) && !r->words[i].quoted);
    if (!goes_on)
      break;
    i++;
  }
  if (i < upper && i > first && onr_tag(r, i) == ONR_TAG_OPEN)
    for (guint32 j = i; j < upper && j < i + 10; j++)
      if (onr_tag(r, j) == ONR_TAG_CLOSE)
        return j + 1;
  return i > first ? i : begin;
}

guint32 onr_noun_phrase_end(const OnrReading *r, guint32 begin, guint32 upper) {
  guint32 end = onr_bare_phrase_end(r, begin, upper);
  upper = MIN(upper, begin + PHRASE_REACH);
  while (end > begin && end + 1 < upper) {
    gboolean ties =
        is_tie(r, end) || (onr_tag(r, end) == ONR_TAG_COORDINATOR && !onr_reading_equals(r, end, "but"));
    guint32 next = ties ? onr_bare_phrase_end(r, end + 1, upper) : end + 1;
    if (!ties || next == end + 1)
      break;
    end = next;
  }
  return end;
}

guint32 onr_verb_group_begin(const OnrReading *r, guint32 lower, guint32 v) {
  guint32 i = v;
  lower = MAX(lower, v > GROUP_REACH ? v - GROUP_REACH : 0);
  while (i > lower && (onr_tag(r, i - 1) == ONR_TAG_AUXILIARY || onr_tag(r, i - 1) == ONR_TAG_ADVERB))
    i--;
  /* A leading adverb belongs to what stands before: "On Monday, however, said". */
  while (i < v && onr_tag(r, i) == ONR_TAG_ADVERB && (i == lower || onr_tag(r, i - 1) == ONR_TAG_COMMA))
    i++;
  return i;
}

static gboolean is_time(const OnrReading *r, guint32 i, guint32 upper) {
  if (i >= upper)
    return FALSE;
  if (r->words[i].classes & ONR_WORD_TIME)
    return !(r->words[i].classes & ONR_WORD_MODAL) || onr_reading_is_capital(r, i);
  return onr_reading_equals_any(r, i, "last this next early late that earlier later") && i + 1 < upper &&
         r->words[i + 1].classes & ONR_WORD_TIME;
}

static gboolean is_adverbial_preposition(const OnrReading *r, guint32 i) {
  return onr_tag(r, i) == ONR_TAG_PREPOSITION &&
         onr_reading_equals_any(
             r, i,
             "in on at to during after before from via through by with since following upon over under");
}

guint32 onr_skip_adverbials(const OnrReading *r, guint32 i, guint32 upper) {
  upper = MIN(upper, i + PHRASE_REACH);
  while (i < upper) {
    guint32 next = i;
    if (onr_tag(r, i) == ONR_TAG_ADVERB) {
      next = i + 1;
    } else if (is_time(r, i, upper)) {
      next = i + 1;
      while (next < upper && (is_time(r, next, upper) || onr_tag(r, next) == ONR_TAG_NUMBER))
        next++;
    } else if (is_adverbial_preposition(r, i) ||
               (onr_tag(r, i) == ONR_TAG_TO && i + 1 < upper && onr_tag(r, i + 1) != ONR_TAG_VERB)) {
      next = onr_bare_phrase_end(r, i + 1, upper);
      next = next == i + 1 ? i : next;
      while (next > i && next + 1 < upper && onr_tag(r, next) == ONR_TAG_PREPOSITION &&
             onr_reading_equals_any(r, next, "of for with")) {
        guint32 more = onr_bare_phrase_end(r, next + 1, upper);
        if (more == next + 1)
          break;
        next = more;
      }
    }
    if (next == i)
      break;
    i = next;
  }
  return i;
}

gboolean onr_has_finite_verb(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++) {
    const OnrWord *w = &r->words[i];
    if (w->tag == ONR_TAG_STOP || w->tag == ONR_TAG_COLON)
      return FALSE;
    if (w->tag == ONR_TAG_AUXILIARY || (w->tag == ONR_TAG_PRONOUN && w->classes & ONR_WORD_CONTRACTED))
      return TRUE;
    if (w->tag == ONR_TAG_VERB && !(i > begin && onr_tag(r, i - 1) == ONR_TAG_TO))
      return TRUE;
  }
  return FALSE;
}

static guint32 frames_of(const char *letters) {
  static const char all[] = "ctnwgoOpqx";
  guint32 frames = 0;
  for (; *letters; letters++)
    frames |= 1u << (strchr(all, *letters) - all);
  return frames;
}

static void use_row(const OnrCueRow *row, guint32 begin, guint32 end, OnrCueUse *out) {
  *out = (OnrCueUse){.begin = begin,
                     .end = end,
                     .frames = frames_of(row->frames),
                     .prepositions = row->prepositions,
                     .act = row->act};
}

/* End of PARTICLE's words from I on, or 0 where they do not stand there. */
static guint32 match_particle(const OnrReading *r, guint32 i, guint32 upper, const char *particle) {
  for (const char *p = particle; *p;) {
    gsize n = strcspn(p, " ");
    const OnrToken *t = i < upper ? onr_reading_token(r, i) : NULL;
    if (!t || t->end - t->begin != n || g_ascii_strncasecmp(r->doc->text + t->begin, p, n) != 0)
      return 0;
    i++;
    p += n + (p[n] == ' ');
  }
  return i;
}

gboolean onr_cue_use_verb(const OnrReading *r, guint32 i, guint32 upper, OnrCueUse *out) {
  guint16 cue = r->words[i].cue;
  if (!cue)
    return FALSE;
  const char *lemma = onr_cue_verbs[cue - 1].lemma;
  for (guint k = cue - 1u; k < onr_n_cue_verbs && strcmp(onr_cue_verbs[k].lemma, lemma) == 0; k++) {
    const OnrCueRow *row = &onr_cue_verbs[k];
    guint32 end = row->particle ? match_particle(r, i + 1, upper, row->particle) : i + 1;
    if (end) {
      use_row(row, i, end, out);
      return TRUE;
    }
  }
  return FALSE;
}

static const OnrCueRow *find_row(const OnrCueRow *rows, guint n, const char *word, gsize length) {
  guint low = 0, high = n;
  while (low < high) {
    guint mid = (low + high) / 2;
    int order = g_ascii_strncasecmp(rows[mid].lemma, word, length);
    if (order == 0 && strlen(rows[mid].lemma) > length)
      order = 1;
    if (order == 0)
      return &rows[mid];
    if (order < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return NULL;
}

gboolean onr_cue_use_noun(const OnrReading *r, guint32 i, OnrCueUse *out) {
  if (!(r->words[i].classes & ONR_WORD_CUE_NOUN))
    return FALSE;
  const OnrToken *t = onr_reading_token(r, i);
  const char *word = r->doc->text + t->begin;
  gsize n = onr_token_bare_end(t) - t->begin;
  const OnrCueRow *row = find_row(onr_cue_nouns, onr_n_cue_nouns, word, n);
  char singular[32];
  if (!row && n > 1 && n < sizeof singular && word[n - 1] == 's') {
    row = find_row(onr_cue_nouns, onr_n_cue_nouns, word, n - 1);
    if (!row && n > 3 && word[n - 2] == 'e' && word[n - 3] == 'i') { /* worries */
      memcpy(singular, word, n - 3);
      singular[n - 3] = 'y';
      row = find_row(onr_cue_nouns, onr_n_cue_nouns, singular, n - 2);
    }
  }
  if (!row)
    return FALSE;
  use_row(row, i, i + 1, out);
  out->is_noun = TRUE;
  return TRUE;
}

gboolean onr_cue_use_adjective(const OnrReading *r, guint32 i, OnrCueUse *out) {
  if (!(r->words[i].classes & ONR_WORD_CUE_ADJECTIVE))
    return FALSE;
  const OnrToken *t = onr_reading_token(r, i);
  const OnrCueRow *row =
      find_row(onr_cue_adjectives, onr_n_cue_adjectives, r->doc->text + t->begin, t->end - t->begin);
  if (!row)
    return FALSE;
  use_row(row, i, i + 1, out);
  out->is_adjective = TRUE;
  return TRUE;
}
