/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/kinds.h"

#include "annotate/acronyms.h"
#include "annotate/phrases.h"

#include <string.h>

/* Words of a person's name: "Maria del Carmen de la Cruz" */
#define PERSON_WORDS 6
/* Letters of an acronym that stands for a body even if the article has it once. */
#define ACRONYM_MIN 3
#define ACRONYM_MAX 4

static guint64 classes(const OnrReading *r, guint32 i) {
  return r->words[i].classes;
}

gboolean onr_reading_any(const OnrReading *r, guint32 begin, guint32 end, guint64 c) {
  for (guint32 i = begin; i < end; i++)
    if (classes(r, i) & c)
      return TRUE;
  return FALSE;
}

gboolean onr_reading_is_initial(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  guint32 n = t->end - t->begin;
  return onr_reading_is_capital(r, i) && (n == 1 || (n == 2 && r->doc->text[t->end - 1] == '.'));
}

static gboolean is_shouted(const OnrReading *r, guint32 i) {
  return (onr_reading_token(r, i)->flags & ONR_TOKEN_ALL_CAPS) != 0;
}

/* --- neighbours --- */

/* Nikolaus van der Berg */
static gboolean has_small_particle(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++)
    if (classes(r, i) & ONR_WORD_PARTICLE && !onr_reading_is_capital(r, i))
      return TRUE;
  return FALSE;
}

/* What only a company or a body has: "Halden shares", "Halden's profit". */
static gboolean is_owned_by_body(const OnrReading *r, guint32 i, guint32 upper) {
  return i < upper && !onr_reading_is_capital(r, i) &&
         onr_reading_equals_any(
             r, i,
             "shares stock shareholders bonds profit profits earnings revenue revenues sales dividend "
             "turnover subsidiary subsidiaries unit plant plants factory factories stores executives "
             "employees analyst analysts economist economists traders bureau newsroom");
}

/* "shares of X", "chairman of X", "analysts at X", "economist with X": what a body only can follow. */
static gboolean is_inside_body(const OnrReading *r, guint32 lower, guint32 begin) {
  guint32 p = begin;
  if (p > lower + 1 && onr_tag(r, p - 1) == ONR_TAG_DETERMINER)
    p--;
  if (p < lower + 2 || (p > lower + 2 && onr_reading_is_capital(r, p - 2)))
    return FALSE;
  if (onr_reading_equals_any(r, p - 1, "of in"))
    return onr_reading_equals_any(r, p - 2, "shares stake stakes stock") ||
           (onr_reading_equals(r, p - 1, "of") &&
            onr_reading_equals_any(r, p - 2,
                                   "unit subsidiary division chairman chairwoman ceo executive director "
                                   "founder co-founder president vice-president treasurer editor "
                                   "shareholders employees members"));
  return onr_reading_equals_any(r, p - 1, "at with for") &&
         onr_reading_equals_any(r, p - 2,
                                "analyst analysts economist economists strategist strategists trader "
                                "traders dealer dealers broker researcher researchers professor director "
                                "attorney fellow scholar spokesman spokeswoman spokesperson");
}

/* Says NAME of itself that it is a thing: "Halden said it", "Halden, which"? */
static gboolean is_neuter(const OnrReading *r, guint32 upper, guint32 end, gboolean is_several) {
  guint32 i = end;
  if (i + 1 < upper && r->words[i].tag == ONR_TAG_COMMA && onr_reading_equals(r, i + 1, "which"))
    return TRUE;
  if (is_several || i + 1 >= upper || !r->words[i].cue)
    return FALSE;
  i += onr_reading_equals(r, i + 1, "that") ? 2 : 1;
  return i < upper && onr_reading_equals_any(r, i, "it its");
}

/* "Norland Harbour Board (NHB)": are the letters in brackets behind the name its initials? */
static gboolean is_abbreviated(const OnrReading *r, OnrSpan sentence, OnrSpan name) {
  guint32 i = name.end + 1;
  if (i + 1 >= sentence.end || !onr_reading_is_mark(r, name.end, '(') || !onr_reading_is_mark(r, i + 1, ')'))
    return FALSE;
  guint64 letters = onr_acronym_key(r, i);
  return letters && letters == onr_initials_key(r, name, FALSE);
}

gboolean onr_kind_is_team(const OnrReading *r, OnrSpan sentence, guint32 end) {
  return end < sentence.end && !onr_reading_token(r, end - 1)->possessive &&
         !onr_reading_is_capital(r, end) &&
         onr_reading_equals_any(r, end,
                                "striker strikers defender defenders midfielder midfielders goalkeeper "
                                "winger fullback pitcher pitchers catcher shortstop outfielder infielder "
                                "baseman quarterback linebacker lineman cornerback fly-half flyhalf "
                                "scrumhalf");
}

static gboolean is_body_by_context(const OnrReading *r, OnrSpan sentence, OnrSpan name) {
  if (name.begin > sentence.begin && r->words[name.begin - 1].tag == ONR_TAG_NOUN &&
      !(onr_reading_token(r, name.begin - 1)->possessive) &&
      !(onr_reading_token(r, name.begin - 1)->flags & ONR_TOKEN_JOINED) &&
      classes(r, name.begin - 1) & ONR_WORD_BODY)
    return TRUE;
  return is_owned_by_body(r, name.end, sentence.end) || is_inside_body(r, sentence.begin, name.begin) ||
         is_neuter(r, sentence.end, name.end, onr_span_length(name) > 1) ||
         onr_kind_is_team(r, sentence, name.end);
}

static gboolean is_person_by_context(const OnrReading *r, OnrSpan sentence, OnrSpan name) {
  guint32 begin = name.begin, end = name.end, verb = end;
  while (verb < sentence.end && verb < end + 3 &&
         (r->words[verb].tag == ONR_TAG_AUXILIARY || r->words[verb].tag == ONR_TAG_ADVERB))
    verb++;
  gboolean is_plain = !onr_reading_any(r, begin, end, ONR_WORD_ORDINARY & ~(ONR_WORD_VERB | ONR_WORD_COMMON));
  if (is_plain && verb < sentence.end && r->words[verb].cue &&
      (r->words[verb].tag == ONR_TAG_VERB || r->words[verb].tag == ONR_TAG_PARTICIPLE))
    return TRUE;
  if (begin > sentence.begin && r->words[begin - 1].tag == ONR_TAG_NOUN &&
      !onr_reading_token(r, begin - 1)->possessive && classes(r, begin - 1) & ONR_WORD_ROLE)
    return TRUE;
  if (begin == sentence.begin && end < sentence.end && r->words[end].tag == ONR_TAG_COLON) /* SMITH: */
    return TRUE;
  if (end + 1 < sentence.end && r->words[end].tag == ONR_TAG_COMMA &&
      onr_reading_token(r, end + 1)->kind == ONR_TOKEN_NUMBER)
    return TRUE;
  return end < sentence.end && onr_reading_equals_any(r, end, "who whose");
}

/* "Marenport, Norland", "the town of Marenport", "the mayor of Marenport", "in Marenport" */
static gboolean is_place_by_context(const OnrReading *r, OnrSpan sentence, OnrSpan name) {
  guint32 begin = name.begin, end = name.end;
  if (onr_reading_token(r, end - 1)->possessive)
    return FALSE;
  if (end + 1 < sentence.end && r->words[end].tag == ONR_TAG_COMMA && onr_reading_is_capital(r, end + 1) &&
      classes(r, end + 1) & ONR_WORD_PLACE && !(classes(r, end + 1) & ONR_WORD_GIVEN) &&
      !(begin > sentence.begin && r->words[begin - 1].tag == ONR_TAG_COMMA))
    return TRUE;
  if (begin > sentence.begin + 1 && onr_reading_equals(r, begin - 1, "of") &&
      onr_reading_equals_any(
          r, begin - 2,
          "town city village province district county island region port capital suburb "
          "settlement council mayor governor bishop archbishop sheriff bishopric outskirts"))
    return TRUE;
  return begin > sentence.begin && onr_reading_equals_any(r, begin - 1, "in near from outside across");
}

/* Words around an unknown name that tell what it is. */
static OnrEntityType kind_by_context(const OnrReading *r, OnrSpan sentence, OnrSpan name, guint8 *strength) {
  *strength = 1;
  if (is_body_by_context(r, sentence, name))
    return ONR_ENTITY_ORG;
  if (is_place_by_context(r, sentence, name))
    return ONR_ENTITY_PLACE;
  if (is_person_by_context(r, sentence, name))
    return ONR_ENTITY_PERSON;
  *strength = 0;
  return ONR_ENTITY_MISC;
}

/* --- one word --- */

static gboolean is_acronym(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  guint32 n = onr_token_bare_end(t) - t->begin;
  if (!(t->flags & (ONR_TOKEN_ALL_CAPS | ONR_TOKEN_DOTTED)) || t->flags & ONR_TOKEN_NON_ASCII)
    return FALSE;
  if (classes(r, i) & ONR_WORD_ORG)
    return TRUE;
  const guint64 meant = ONR_WORD_OBJECT | ONR_WORD_PLACE | ONR_WORD_SUFFIX | ONR_WORD_TITLE;
  gboolean is_short = n >= ACRONYM_MIN && n <= (t->flags & ONR_TOKEN_DOTTED ? 2 * ACRONYM_MAX : ACRONYM_MAX);
  return is_short && !r->words[i].forms && !(classes(r, i) & ~meant) &&
         strspn(r->doc->text + t->begin, "IVX") < n; /* VII */
}

/* COVID-19, B-52 */
static gboolean has_digit(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  for (guint32 p = t->begin; p < t->end; p++)
    if (g_ascii_isdigit(r->doc->text[p]))
      return TRUE;
  return FALSE;
}

OnrEntityType onr_kind_of_word(const OnrReading *r, OnrSpan sentence, guint32 i, guint8 *strength) {
  gboolean is_label = i == sentence.begin && i + 1 < sentence.end && r->words[i + 1].tag == ONR_TAG_COLON;
  *strength = 2;
  if (is_shouted(r, i) && classes(r, i) & ONR_WORD_OBJECT)
    return ONR_ENTITY_PLACE; /* the US */
  *strength = 0;
  if (has_digit(r, i))
    return ONR_ENTITY_MISC;
  OnrEntityType type = kind_by_context(r, sentence, (OnrSpan){i, i + 1}, strength);
  gboolean is_introduced =
      i > sentence.begin && (onr_tag(r, i - 1) == ONR_TAG_DETERMINER || onr_tag(r, i - 1) == ONR_TAG_OPEN);
  if (is_acronym(r, i) && !is_label) {
    *strength = is_introduced || type == ONR_ENTITY_ORG || classes(r, i) & ONR_WORD_ORG ? 1 : 0;
    return ONR_ENTITY_ORG;
  }
  if (classes(r, i) & ONR_WORD_GIVEN) {
    *strength = type == ONR_ENTITY_PERSON ? 1 : 0;
    return ONR_ENTITY_PERSON;
  }
  if (classes(r, i) & (ONR_WORD_BODY | ONR_WORD_SUFFIX) && !(classes(r, i) & ONR_WORD_GEO)) {
    *strength = is_introduced || type == ONR_ENTITY_ORG ? 1 : 0; /* the Senate, but Public Works */
    return ONR_ENTITY_ORG;
  }
  return type;
}

/* --- several words --- */

static gboolean is_all_shouted(const OnrReading *r, OnrSpan name) {
  for (guint32 i = name.begin; i < name.end; i++)
    if (r->words[i].key && !is_shouted(r, i))
      return FALSE;
  return TRUE;
}

/* San Franciscans, Social Darwinists: many people, no one's name. */
static gboolean is_kind_of_people(const OnrReading *r, guint32 i) {
  static const char *const endings[] = {"ans", "ists", "ites", "crats"};
  const OnrToken *t = onr_reading_token(r, i);
  const char *end = r->doc->text + onr_token_bare_end(t);
  guint32 n = onr_token_bare_end(t) - t->begin;
  for (guint k = 0; k < G_N_ELEMENTS(endings); k++) {
    gsize length = strlen(endings[k]);
    if (n >= length + 4 && memcmp(end - length, endings[k], length) == 0)
      return end[-(gssize)length - 1] != 'm'; /* Timmermans */
  }
  return FALSE;
}

/* "the Eviction Lab": no person's name has an article when nothing follows that it could belong to. */
static gboolean heads_phrase_with_article(const OnrReading *r, OnrSpan sentence, OnrSpan name) {
  if (name.begin == sentence.begin || !onr_reading_equals(r, name.begin - 1, "the"))
    return FALSE;
  OnrTag next = name.end < sentence.end ? onr_tag(r, name.end) : ONR_TAG_STOP;
  return next != ONR_TAG_NOUN && next != ONR_TAG_NAME;
}

/* FC Halden, OM Marenport: letters that no list knows before a town. */
static gboolean is_letters_and_town(const OnrReading *r, OnrSpan name) {
  const OnrToken *t = onr_reading_token(r, name.begin);
  guint32 n = t->end - t->begin;
  return onr_span_length(name) == 2 && is_shouted(r, name.begin) && !is_shouted(r, name.end - 1) && n >= 2 &&
         n <= ACRONYM_MAX && !classes(r, name.begin) && classes(r, name.end - 1) & ONR_WORD_PLACE;
}

static gboolean is_body_by_words(const OnrReading *r, OnrSpan name) {
  guint64 first = classes(r, name.begin), last = classes(r, name.end - 1);
  if (last & (ONR_WORD_SUFFIX | ONR_WORD_BODY) && !(last & ONR_WORD_GIVEN && first & ONR_WORD_GIVEN))
    return TRUE;
  if (is_letters_and_town(r, name) || onr_reading_equals_any(r, name.end - 1, "research polling strategies"))
    return TRUE; /* Edison Research */
  for (guint32 i = name.begin + 1; i < name.end; i++)
    if (onr_reading_is_mark(r, i, '&'))
      return TRUE;
  for (guint32 i = name.begin + 1; i < name.end; i++)
    if (classes(r, i) & ONR_WORD_PREPOSITION &&
        (onr_reading_takes_of(r, i - 1) || onr_reading_is_people_of(r, i - 1)))
      return TRUE; /* Halden University of Arts */
  return FALSE;
}

/* "the Ana Torvel Show": what bears a person's name. */
static gboolean is_thing_after_person(const OnrReading *r, OnrSpan sentence, OnrSpan name) {
  gboolean has_article = name.begin > sentence.begin && (onr_tag(r, name.begin - 1) == ONR_TAG_DETERMINER ||
                                                         onr_tag(r, name.begin - 1) == ONR_TAG_POSSESSIVE);
  return (has_article || onr_span_length(name) > 2) &&
         classes(r, name.end - 1) & (ONR_WORD_THING | ONR_WORD_WORK | ONR_WORD_DOCUMENT);
}

static OnrEntityType kind_by_default(const OnrReading *r, OnrSpan sentence, OnrSpan name, guint8 *strength) {
  gboolean may_be_person = onr_span_length(name) <= 3 && !is_kind_of_people(r, name.end - 1) &&
                           !is_all_shouted(r, name) && !has_digit(r, name.end - 1) &&
                           !onr_reading_any(r, name.begin, name.end,
                                            (ONR_WORD_ORDINARY & ~ONR_WORD_VERB) | ONR_WORD_THING |
                                                ONR_WORD_NAMED | ONR_WORD_TITLE);
  OnrEntityType type = kind_by_context(r, sentence, name, strength);
  if (type != ONR_ENTITY_MISC || !may_be_person) {
    *strength = type == ONR_ENTITY_PERSON && may_be_person ? 2 : *strength;
    return type;
  }
  *strength = 1;
  return heads_phrase_with_article(r, sentence, name) ? ONR_ENTITY_ORG : ONR_ENTITY_PERSON;
}

OnrEntityType onr_kind_of_words(const OnrReading *r, OnrSpan sentence, OnrSpan name, guint8 *strength) {
  guint64 first = classes(r, name.begin), last = classes(r, name.end - 1);
  *strength = 2;
  if (is_abbreviated(r, sentence, name) && !(last & ONR_WORD_THING))
    return ONR_ENTITY_ORG;
  if (last & ONR_WORD_GEO && !(last & ONR_WORD_SUFFIX))
    return ONR_ENTITY_PLACE;
  if (is_body_by_words(r, name))
    return ONR_ENTITY_ORG;
  if (last & ONR_WORD_GEO || onr_reading_equals_any(r, name.begin, "lake mount port fort cape"))
    return ONR_ENTITY_PLACE;
  gboolean is_short = onr_span_length(name) <= PERSON_WORDS && !is_thing_after_person(r, sentence, name);
  if (is_short && (first & ONR_WORD_GIVEN || onr_reading_is_initial(r, name.begin) ||
                   (onr_span_length(name) == 3 && onr_reading_is_initial(r, name.begin + 1))))
    return ONR_ENTITY_PERSON;
  *strength = 1;
  if (is_short && has_small_particle(r, name.begin + 1, name.end))
    return ONR_ENTITY_PERSON;
  return kind_by_default(r, sentence, name, strength);
}
