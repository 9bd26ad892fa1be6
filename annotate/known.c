/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/known.h"

#include "annotate/annotation.h"
#include "annotate/phrases.h"
#include "text/known_names.h"
#include "text/name.h"

#include <string.h>

/* Words of a body's name from which it may have commas: not "told Procter, Gamble said". */
#define COMMA_WORDS 4
#define LIST_COMMAS 2 /* in what is labelled as one place, from which it is a list of places */

typedef struct {
  const OnrReading *r;
  guint8 *labels, *goes_on;
  guint32 first, end; /* of the sentence */
  GString *name;
} Scanner;

static gboolean is_word(const OnrReading *r, guint32 i) {
  return onr_reading_token(r, i)->kind != ONR_TOKEN_MARK;
}

/* May a name begin with the token at I? An article is none of it. */
static gboolean may_begin(const OnrReading *r, guint32 i) {
  return (onr_reading_is_capital(r, i) && onr_tag(r, i) != ONR_TAG_DETERMINER) ||
         onr_reading_token(r, i)->kind == ONR_TOKEN_NUMBER;
}

/* Marks that stand inside names: a comma before a further capital, the apostrophe of Workers’, the stop of
 * St. */
static gboolean is_inner_mark(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrToken *before = onr_reading_token(r, i - 1), *t = onr_reading_token(r, i);
  if (i + 1 >= s->end)
    return FALSE;
  if (onr_tag(r, i) == ONR_TAG_COMMA)
    return onr_reading_is_capital(r, i + 1);
  if (onr_reading_is_mark(r, i, '.'))
    return before->end - before->begin <= 4;
  gboolean is_apostrophe =
      onr_reading_is_mark(r, i, '\'') || !strncmp(r->doc->text + t->begin, "’", t->end - t->begin);
  return is_apostrophe && t->begin == before->end && r->doc->text[before->end - 1] == 's';
}

/* The end of the longest known name at I, and its label; I where there is none. */
static guint32 known_end(const Scanner *s, guint32 i, guint8 *label) {
  guint32 best = i, n_words = 0;
  gboolean has_comma = FALSE;
  g_string_truncate(s->name, 0);
  for (guint32 k = i; k < s->end; k++) {
    const OnrToken *t = onr_reading_token(s->r, k);
    has_comma = has_comma || onr_tag(s->r, k) == ONR_TAG_COMMA;
    if (k > i && !is_word(s->r, k) && is_inner_mark(s, k))
      continue;
    if (!is_word(s->r, k))
      break;
    onr_name_id_append(s->name, s->r->doc->text + t->begin, onr_token_bare_end(t) - t->begin);
    n_words++;
    gboolean is_body = onr_known_body(s->name->str) && (!has_comma || n_words >= COMMA_WORDS);
    gboolean is_place =
        onr_known_place(s->name->str) && !has_comma; /* Washington, D.C.: a town and where it is */
    if ((is_body || is_place) && onr_reading_is_capital(s->r, k)) {
      best = k + 1;
      *label = 1 + (is_body ? ONR_ENTITY_ORG : ONR_ENTITY_PLACE);
    }
    if (!onr_known_begins(s->name->str))
      break;
  }
  return best;
}

/* Are the tokens I - 1 and I of one name, as they are labelled? */
static gboolean is_linked(const Scanner *s, guint32 i) {
  return s->labels[i] && s->labels[i] == s->labels[i - 1] && !onr_known_ends(s->r, s->goes_on, i - 1);
}

/* The last token of the name that is labelled at I. */
static guint32 last_of(const Scanner *s, guint32 i) {
  while (i + 1 < s->end && is_linked(s, i + 1))
    i++;
  return i;
}

/* Does the name that is labelled at I begin there, articles not counted? */
static gboolean begins(const Scanner *s, guint32 i) {
  return i == s->first || !is_linked(s, i) || onr_tag(s->r, i - 1) == ONR_TAG_DETERMINER;
}

static gboolean is_thing(const Scanner *s, guint32 i) {
  return s->labels[i] && s->labels[i] != 1 + ONR_ENTITY_PERSON;
}

/* Is [BEGIN, END) in pieces, not all of them persons, of which none reaches beyond it? */
static gboolean is_in_pieces(const Scanner *s, guint32 begin, guint32 end) {
  gboolean has_thing = is_thing(s, begin), is_one = TRUE;
  for (guint32 i = begin + 1; i < end; i++) {
    has_thing = has_thing || is_thing(s, i);
    is_one = is_one && is_linked(s, i);
  }
  return has_thing && !is_one && begins(s, begin) && !(end < s->end && is_linked(s, end));
}

#define ACRONYM_MIN 3 /* letters of an acronym that is no word which is shouted */

/* Is the sentence a headline or a table in capitals, where they tell nothing? */
static gboolean is_shouted(const Scanner *s) {
  guint32 n_words = 0, n_shouted = 0;
  for (guint32 i = s->first; i < s->end; i++) {
    const OnrToken *t = onr_reading_token(s->r, i);
    n_words += t->kind == ONR_TOKEN_WORD;
    n_shouted += t->kind == ONR_TOKEN_WORD && t->flags & ONR_TOKEN_ALL_CAPS && t->end - t->begin > 1;
  }
  return 2 * n_shouted > n_words;
}

/* Is the token at I, which nothing labels, an acronym that is known? */
static gboolean is_known_acronym(const Scanner *s, guint32 i) {
  const OnrToken *t = onr_reading_token(s->r, i);
  return !s->labels[i] && t->flags & ONR_TOKEN_ALL_CAPS && onr_token_bare_end(t) - t->begin >= ACRONYM_MIN &&
         !is_shouted(s);
}

static void label_known(Scanner *s) {
  for (guint32 i = s->first; i < s->end;) {
    guint8 label = 0;
    guint32 end = may_begin(s->r, i) && begins(s, i) ? known_end(s, i, &label) : i;
    if (end > i + 1 && is_in_pieces(s, i, end)) {
      memset(s->labels + i, label, end - i);
      memset(s->goes_on + i, 1, end - i - 1);
    } else if (end == i + 1 && is_known_acronym(s, i)) {
      s->labels[i] = label;
    }
    i = MAX(end, i + 1);
  }
}

/* "Sheriff’s Office", "Workers’ Party": whose it is says no name, and what is theirs is a body. */
static void link_bodies(Scanner *s) {
  const guint8 org = 1 + ONR_ENTITY_ORG;
  for (guint32 i = s->first; i + 1 < s->end; i++) {
    gboolean is_whose = onr_reading_token(s->r, i)->possessive && s->labels[i] == org &&
                        s->labels[i + 1] == org &&
                        onr_reading_is(s->r, i, ONR_WORD_PEOPLE | ONR_WORD_ROLE | ONR_WORD_COMMON);
    if (is_whose && onr_reading_is(s->r, last_of(s, i + 1), ONR_WORD_BODY))
      s->goes_on[i] = 1;
  }
}

/* Is what is known from BEGIN to END the press, by its form: NPR, NBC News? */
static gboolean may_have_desks(const OnrReading *r, guint32 begin, guint32 end) {
  return end > begin + 1 || onr_reading_token(r, begin)->flags & ONR_TOKEN_ALL_CAPS;
}

/* "NPR Justice correspondent": what the correspondent is for is none of the body's name. */
static void cut_desks(Scanner *s) {
  const guint8 org = 1 + ONR_ENTITY_ORG;
  for (guint32 i = s->first; i + 1 < s->end; i++) {
    if (s->labels[i] != org || !begins(s, i) || !may_begin(s->r, i))
      continue;
    guint32 end = last_of(s, i) + 1;
    if (end == s->end ||
        !onr_reading_equals_any(s->r, end,
                                "correspondent reporter columnist contributor anchor analyst producer"))
      continue;
    guint8 label = 0;
    guint32 known = known_end(s, i, &label);
    if (label == org && known < end && may_have_desks(s->r, i, known))
      memset(s->labels + known, 0, end - known);
  }
}

/* "Cuba, Cyprus, Denmark" in one. */
static void cut_lists(Scanner *s) {
  const guint8 place = 1 + ONR_ENTITY_PLACE;
  for (guint32 i = s->first; i < s->end; i++) {
    guint32 end = i, n_commas = 0;
    for (; end < s->end && s->labels[end] == place && !s->goes_on[end]; end++)
      n_commas += onr_tag(s->r, end) == ONR_TAG_COMMA;
    for (guint32 k = i; n_commas >= LIST_COMMAS && k < end; k++)
      if (onr_tag(s->r, k) == ONR_TAG_COMMA)
        s->labels[k] = 0;
    i = MAX(end, i);
  }
}

void onr_known_label(const OnrReading *r, guint8 *labels, guint8 *goes_on) {
  g_autoptr(GString) name = g_string_new(NULL);
  Scanner s = {.r = r, .labels = labels, .goes_on = goes_on, .name = name};
  for (guint32 k = 0; k < r->doc->n_sentences; k++) {
    s.first = r->doc->sentences[k].first_token;
    s.end = r->doc->sentences[k].end_token;
    label_known(&s);
    link_bodies(&s);
    cut_desks(&s);
    cut_lists(&s);
  }
}
