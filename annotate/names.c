/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/names.h"

#include "annotate/phrases.h"
#include "annotate/roles.h"

#include <string.h>

/* Words of one run; a longer one is a table or a shout. */
#define RUN_MAX 16
/* Words of a person's name: "Maria del Carmen de la Cruz" */
#define PERSON_WORDS 6

#define NAMED (ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_DEMONYM)
#define CLOSED                                                                                               \
  (ONR_WORD_DETERMINER | ONR_WORD_POSSESSIVE | ONR_WORD_PRONOUN | ONR_WORD_OBJECT | ONR_WORD_PREPOSITION |   \
   ONR_WORD_COORDINATOR | ONR_WORD_SUBORDINATOR | ONR_WORD_THAT | ONR_WORD_WH | ONR_WORD_BE |                \
   ONR_WORD_HAVE | ONR_WORD_DO | ONR_WORD_TO | ONR_WORD_NOT | ONR_WORD_CONTRACTED)
/* What a word is when a capital at a sentence's begin proves nothing. */
#define ORDINARY                                                                                             \
  (ONR_WORD_COMMON | ONR_WORD_ADVERB | ONR_WORD_VERB | ONR_WORD_CUE_NOUN | ONR_WORD_CUE_ADJECTIVE |          \
   ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_DOCUMENT | ONR_WORD_BODY | ONR_WORD_TIME | ONR_WORD_NUMBER |   \
   ONR_WORD_WORK | ONR_WORD_VENUE | ONR_WORD_MODAL | ONR_WORD_SUFFIX | ONR_WORD_GEO | ONR_WORD_GREETING |    \
   ONR_WORD_CALENDAR)

/* What names nothing, capital or not, when it stands alone: "the West", "Yes", "his Press". */
#define NO_NAME                                                                                              \
  (ORDINARY &                                                                                                \
   ~(ONR_WORD_VERB | ONR_WORD_BODY | ONR_WORD_SUFFIX | ONR_WORD_GEO | ONR_WORD_WORK | ONR_WORD_GREETING))

typedef struct {
  const OnrReading *r;
  GArray *names;
  guint32 begin, end; /* of the sentence */
  gboolean is_headline;
  guint32 role_begin; /* where the chain of titles before the next person begins; NO_ROLE for none */
} Scanner;

#define NO_ROLE G_MAXUINT32

static guint64 classes(const OnrReading *r, guint32 i) {
  return r->words[i].classes;
}

static const OnrToken *token(const OnrReading *r, guint32 i) {
  return onr_reading_token(r, i);
}

/* al-Assad: the capital stands behind the hyphen. */
static gboolean has_inner_capital(const OnrReading *r, guint32 i) {
  const OnrToken *t = token(r, i);
  if (!(t->flags & ONR_TOKEN_JOINED))
    return FALSE;
  const char *dash = memchr(r->doc->text + t->begin, '-', t->end - t->begin);
  return dash && dash + 1 < r->doc->text + t->end && dash - (r->doc->text + t->begin) <= 3 &&
         g_ascii_isupper(dash[1]);
}

static gboolean is_shouted(const OnrReading *r, guint32 i) {
  return (token(r, i)->flags & ONR_TOKEN_ALL_CAPS) != 0;
}

/* R-Texas, D-Vt: party and state of a legislator. */
static gboolean is_party_tag(const OnrReading *r, guint32 i) {
  const OnrToken *t = token(r, i);
  return t->flags & ONR_TOKEN_JOINED && t->end - t->begin > 2 && r->doc->text[t->begin + 1] == '-' &&
         strchr("RDI", r->doc->text[t->begin]) && onr_reading_is_capital(r, i);
}

/* June Osborn, but neither "in June Congress" nor "Sunday Mass". */
static gboolean is_calendar_name(const OnrReading *r, guint32 i) {
  return classes(r, i) & ONR_WORD_GIVEN && onr_reading_equals_any(r, i, "april june may august jan") &&
         i + 1 < r->n && onr_reading_is_capital(r, i + 1) &&
         !(i > 0 && onr_tag(r, i - 1) == ONR_TAG_PREPOSITION);
}

/* May the token stand in a name? */
static gboolean is_name_word(const OnrReading *r, guint32 i) {
  if (is_party_tag(r, i))
    return FALSE;
  if (token(r, i)->kind != ONR_TOKEN_WORD || (!onr_reading_is_capital(r, i) && !has_inner_capital(r, i)))
    return FALSE;
  if (classes(r, i) & ONR_WORD_CALENDAR)
    return is_calendar_name(r, i);
  if (r->words[i].tag == ONR_TAG_NAME)
    return TRUE;
  if (is_shouted(r, i) && classes(r, i) & ONR_WORD_OBJECT)
    return TRUE; /* US */
  return !(classes(r, i) & CLOSED);
}

static gboolean is_explained(const Scanner *s, guint32 i) {
  if (s->is_headline || i == s->begin)
    return TRUE;
  const OnrWord *before = &s->r->words[i - 1];
  return before->tag == ONR_TAG_COLON || before->tag == ONR_TAG_STOP ||
         (before->tag == ONR_TAG_DASH && i == s->begin + 1) ||
         (before->tag == ONR_TAG_QUOTE && before->quoted == s->r->words[i].quoted);
}

/* A sentence's first word that is no name by itself. */
static gboolean is_ordinary(const Scanner *s, guint32 i) {
  guint64 c = classes(s->r, i);
  if (!is_explained(s, i))
    return FALSE;
  if (c & ONR_WORD_STARTS_PHRASE && onr_reading_match(s->r, i, s->end, NAMED, NULL) > 1)
    return FALSE; /* South Africa */
  if (c & (NAMED | ONR_WORD_TITLE))
    return FALSE;
  if (c & ONR_WORD_GIVEN)
    return c & (ONR_WORD_VERB | ONR_WORD_COMMON | ONR_WORD_MODAL | ONR_WORD_TIME) &&
           !(i + 1 < s->end && is_name_word(s->r, i + 1));
  return (c & ORDINARY) != 0 || s->r->words[i].forms != 0;
}

static gboolean is_abbreviation_stop(const Scanner *s, guint32 i) {
  return i < s->end && onr_reading_is_mark(s->r, i, '.') && s->r->words[i].tag == ONR_TAG_OTHER;
}

/* The word behind I, over the full stop of an abbreviation. */
static guint32 next_word(const Scanner *s, guint32 i) {
  return is_abbreviation_stop(s, i + 1) ? i + 2 : i + 1;
}

static gboolean ends_run(const OnrReading *r, guint32 i) {
  return token(r, i)->possessive != 0;
}

static gboolean may_take_of(const OnrReading *r, guint32 i) {
  return (classes(r, i) & (ONR_WORD_SUFFIX | ONR_WORD_BODY)) != 0 && onr_reading_is_capital(r, i);
}

/* The end of the run of name words that begins at I. */
static guint32 run_end(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 end = i + 1;
  gboolean has_of = FALSE;
  for (guint32 n = 1; n < RUN_MAX && end < s->end && !ends_run(r, end - 1); n++) {
    guint32 j = next_word(s, end - 1);
    if (j >= s->end)
      break;
    if (is_name_word(r, j) && (!r->words[j].quoted || r->words[j].quoted == r->words[i].quoted)) {
      end = j + 1;
      continue;
    }
    guint32 after = j;
    while (after < s->end && after < j + 3 && classes(r, after) & ONR_WORD_PARTICLE &&
           !onr_reading_is_capital(r, after))
      after++;
    gboolean particle =
        after > j && after < s->end && is_name_word(r, after) && !(classes(r, end - 1) & ONR_WORD_TITLE);
    gboolean of = may_take_of(r, end - 1) && onr_reading_equals_any(r, j, "of for on &") && j + 1 < s->end;
    guint32 k = of && onr_reading_equals_any(r, j + 1, "the a") ? j + 2 : j + 1;
    /* Secretary of State Jane Doe */
    of = of ||
         (classes(r, end - 1) & ONR_WORD_TITLE && onr_reading_equals(r, j, "of") && k + 1 < s->end &&
          onr_reading_equals_any(
              r, k,
              "state defense defence commerce labor agriculture energy education transportation treasury "
              "interior health") &&
          is_name_word(r, k + 1));
    /* Office of Management and Budget */
    gboolean joins = has_of && onr_reading_equals(r, j, "and") && j + 1 < s->end && is_name_word(r, j + 1) &&
                     !(classes(r, j + 1) & (NAMED | ONR_WORD_GIVEN | ONR_WORD_TITLE | ONR_WORD_BODY));
    has_of = has_of || of;
    if (joins)
      end = j + 2;
    else if (particle)
      end = after + 1;
    else if (of && k < s->end && is_name_word(r, k))
      end = k + 1;
    else
      break;
  }
  return end;
}

/* --- one name --- */

static guint64 key_of(const OnrReading *r, guint32 begin, guint32 end, guint8 *n_words) {
  guint64 key = 0;
  guint8 n = 0;
  for (guint32 i = begin; i < end; i++)
    if (r->words[i].key && n < RUN_MAX)
      key = n++ ? onr_phrase_key(key, r->words[i].key) : r->words[i].key;
  *n_words = n;
  return key;
}

static gboolean is_junior(const OnrReading *r, guint32 i) {
  return onr_reading_equals_any(r, i, "jr sr ii iii iv jnr snr");
}

static OnrGender gender_of(guint64 c) {
  gboolean male = (c & (ONR_WORD_GIVEN_MALE | ONR_WORD_MALE)) != 0,
           female = (c & (ONR_WORD_GIVEN_FEMALE | ONR_WORD_FEMALE)) != 0;
  return male == female ? ONR_GENDER_UNKNOWN : male ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
}

static OnrName *push(Scanner *s, guint32 begin, guint32 end, OnrEntityType type, guint8 strength) {
  const OnrReading *r = s->r;
  OnrName name = {.begin = begin, .end = end, .type = (guint8)type, .strength = strength};
  name.key = key_of(r, begin, end, &name.n_words);
  guint32 last = end - 1;
  while (last > begin && (is_junior(r, last) || !r->words[last].key))
    last--;
  name.first_key = r->words[begin].key;
  name.last_key = r->words[last].key;
  name.is_doubtful = TRUE;
  for (guint32 i = begin; i < end; i++)
    if (onr_reading_is_capital(r, i) && !is_explained(s, i))
      name.is_doubtful = FALSE;
  if (type == ONR_ENTITY_PERSON)
    name.gender = (guint8)gender_of(classes(r, begin) & (ONR_WORD_GIVEN_MALE | ONR_WORD_GIVEN_FEMALE));
  g_array_append_val(s->names, name);
  return &g_array_index(s->names, OnrName, s->names->len - 1);
}

static void push_person(Scanner *s, guint32 begin, guint32 end, guint8 strength, guint32 title_begin) {
  const OnrReading *r = s->r;
  OnrName *name = push(s, begin, end, ONR_ENTITY_PERSON, strength);
  if (title_begin < begin) {
    name->has_title = TRUE;
    name->is_doubtful = FALSE;
    guint64 c = 0;
    for (guint32 i = title_begin; i < begin; i++)
      c |= classes(r, i) & (ONR_WORD_MALE | ONR_WORD_FEMALE | ONR_WORD_ROLE);
    if (gender_of(c & (ONR_WORD_MALE | ONR_WORD_FEMALE)) != ONR_GENDER_UNKNOWN)
      name->gender = (guint8)gender_of(c & (ONR_WORD_MALE | ONR_WORD_FEMALE));
    gboolean is_honorific =
        begin - title_begin <= 2 && onr_reading_equals_any(r, title_begin, "dr prof doctor professor");
    if (c & ONR_WORD_ROLE && !is_honorific)
      name->role = (OnrSpan){s->role_begin < title_begin ? s->role_begin : title_begin, begin};
  }
  if (name->role.begin == name->role.end)
    name->role = onr_role_before(r, s->begin, begin);
  if (name->role.begin == name->role.end && !ends_run(r, end - 1))
    name->role = onr_role_behind(r, end, s->end);
}

/* --- the parts of a run --- */

static gboolean has_class(const OnrReading *r, guint32 begin, guint32 end, guint64 c) {
  for (guint32 i = begin; i < end; i++)
    if (classes(r, i) & c)
      return TRUE;
  return FALSE;
}

/* The end of the titles at I ("Foreign Minister", "Sen."), I where there are none; they need a role or an
 * honorific and a name behind. */
static guint32 title_end(const Scanner *s, guint32 i, guint32 end) {
  const OnrReading *r = s->r;
  guint32 j = i;
  gboolean is_title = FALSE;
  while (j < end) {
    const OnrLexeme *entry = NULL;
    guint32 n = onr_reading_match(r, j, end, ONR_WORD_TITLE, &entry);
    if (!n || (classes(r, j) & ONR_WORD_GIVEN && n == 1 && j + 1 == end))
      break;
    is_title =
        (entry->classes & (ONR_WORD_ROLE | ONR_WORD_MALE | ONR_WORD_FEMALE)) != 0 || (is_title && n == 0);
    if (ends_run(r, j + n - 1))
      return i;
    j += n;
    if (is_abbreviation_stop(s, j))
      j++;
    /* Secretary of State, Minister of the Interior */
    if (is_title && j + 1 < end && onr_reading_equals(r, j, "of") && !(classes(r, j + 1) & ONR_WORD_GIVEN))
      j += onr_reading_equals(r, j + 1, "the") && j + 2 < end ? 3 : 2;
  }
  gboolean is_body =
      j < end && classes(r, j) & (ONR_WORD_BODY | ONR_WORD_SUFFIX) && !(classes(r, j) & ONR_WORD_GIVEN);
  return is_title && j < end && !is_body ? j : i; /* Justice Department is no Justice */
}

static gboolean is_initial(const OnrReading *r, guint32 i) {
  const OnrToken *t = token(r, i);
  guint32 n = t->end - t->begin;
  return onr_reading_is_capital(r, i) && (n == 1 || (n == 2 && r->doc->text[t->end - 1] == '.'));
}

static gboolean is_acronym(const OnrReading *r, guint32 i) {
  const OnrToken *t = token(r, i);
  guint32 n = onr_token_bare_end(t) - t->begin;
  if (!(t->flags & (ONR_TOKEN_ALL_CAPS | ONR_TOKEN_DOTTED)) || n < 2 || n > 7 ||
      t->flags & ONR_TOKEN_NON_ASCII)
    return FALSE;
  if (classes(r, i) & ONR_WORD_ORG)
    return TRUE;
  return !r->words[i].forms && !(classes(r, i) & (ONR_WORD_COMMON | ONR_WORD_TIME | ONR_WORD_GIVEN |
                                                  ONR_WORD_NUMBER | ONR_WORD_ADVERB));
}

/* Nikolaus van der Berg */
static gboolean has_small_particle(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++)
    if (classes(r, i) & ONR_WORD_PARTICLE && !onr_reading_is_capital(r, i))
      return TRUE;
  return FALSE;
}

/* Words around an unknown name that tell what it is. */
static OnrEntityType guess_by_context(const Scanner *s, guint32 begin, guint32 end, guint8 *strength) {
  const OnrReading *r = s->r;
  *strength = 1;
  guint32 verb = end;
  while (verb < s->end && verb < end + 3 &&
         (r->words[verb].tag == ONR_TAG_AUXILIARY || r->words[verb].tag == ONR_TAG_ADVERB))
    verb++;
  gboolean is_plain = !has_class(r, begin, end, ORDINARY & ~(ONR_WORD_VERB | ONR_WORD_COMMON));
  if (is_plain && verb < s->end && r->words[verb].cue &&
      (r->words[verb].tag == ONR_TAG_VERB || r->words[verb].tag == ONR_TAG_PARTICIPLE))
    return ONR_ENTITY_PERSON;
  if (begin > s->begin && r->words[begin - 1].tag == ONR_TAG_NOUN && !token(r, begin - 1)->possessive) {
    if (classes(r, begin - 1) & ONR_WORD_ROLE)
      return ONR_ENTITY_PERSON;
    if (classes(r, begin - 1) & ONR_WORD_BODY)
      return ONR_ENTITY_ORG;
  }
  if (begin > s->begin && onr_reading_equals_any(r, begin - 1, "in near from outside across") &&
      !ends_run(r, end - 1))
    return ONR_ENTITY_PLACE;
  if (begin == s->begin && end < s->end && r->words[end].tag == ONR_TAG_COLON) /* SMITH: */
    return ONR_ENTITY_PERSON;
  if (end + 1 < s->end && r->words[end].tag == ONR_TAG_COMMA && token(r, end + 1)->kind == ONR_TOKEN_NUMBER)
    return ONR_ENTITY_PERSON;
  if (end < s->end && onr_reading_equals_any(r, end, "who whose"))
    return ONR_ENTITY_PERSON;
  *strength = 0;
  return ONR_ENTITY_MISC;
}

/* The type of several words by the first and the last of them. */
static OnrEntityType guess_by_ends(const Scanner *s, guint32 begin, guint32 end, guint8 *strength) {
  const OnrReading *r = s->r;
  guint64 first = classes(r, begin), last = classes(r, end - 1);
  *strength = 2;
  if (last & ONR_WORD_GEO && !(last & ONR_WORD_SUFFIX))
    return ONR_ENTITY_PLACE;
  gboolean is_body =
      last & (ONR_WORD_SUFFIX | ONR_WORD_BODY) && !(last & ONR_WORD_GIVEN && first & ONR_WORD_GIVEN);
  if (is_body || (may_take_of(r, begin) && has_class(r, begin + 1, end, ONR_WORD_PREPOSITION)))
    return ONR_ENTITY_ORG;
  if (last & ONR_WORD_GEO || onr_reading_equals_any(r, begin, "lake mount port fort cape"))
    return ONR_ENTITY_PLACE;
  gboolean is_short = end - begin <= PERSON_WORDS;
  if (is_short &&
      (first & ONR_WORD_GIVEN || is_initial(r, begin) || (end - begin == 3 && is_initial(r, begin + 1))))
    return ONR_ENTITY_PERSON;
  *strength = 1;
  if (is_short && has_small_particle(r, begin + 1, end))
    return ONR_ENTITY_PERSON;
  OnrEntityType type = guess_by_context(s, begin, end, strength);
  gboolean may_be_person =
      end - begin <= 3 && !has_class(r, begin, end, (ORDINARY & ~ONR_WORD_VERB) | NAMED | ONR_WORD_TITLE);
  if (type != ONR_ENTITY_MISC || !may_be_person) {
    *strength = type == ONR_ENTITY_PERSON && may_be_person ? 2 : *strength;
    return type;
  }
  *strength = 1;
  return ONR_ENTITY_PERSON;
}

static OnrEntityType guess_single(const Scanner *s, guint32 i, guint8 *strength) {
  const OnrReading *r = s->r;
  gboolean is_label = i == s->begin && i + 1 < s->end && r->words[i + 1].tag == ONR_TAG_COLON;
  *strength = 2;
  if (is_shouted(r, i) && classes(r, i) & ONR_WORD_OBJECT)
    return ONR_ENTITY_PLACE; /* the US */
  *strength = 1;
  if (is_acronym(r, i) && !is_label)
    return ONR_ENTITY_ORG;
  if (classes(r, i) & ONR_WORD_GIVEN)
    return ONR_ENTITY_PERSON;
  return classes(r, i) & (ONR_WORD_BODY | ONR_WORD_SUFFIX) && !(classes(r, i) & ONR_WORD_GEO)
             ? ONR_ENTITY_ORG
             : guess_by_context(s, i, i + 1, strength);
}

/* A unit that no list names: by its titles, its words, its shape, its neighbours. */
static void push_unit(Scanner *s, guint32 begin, guint32 end, guint32 title_begin) {
  if (title_begin < begin && end - begin <= PERSON_WORDS) {
    push_person(s, begin, end, 2, title_begin);
    return;
  }
  guint64 c = classes(s->r, begin);
  if (end == begin + 1 && c & NO_NAME && !(c & (NAMED | ONR_WORD_GIVEN)))
    return;
  guint8 strength;
  OnrEntityType type =
      end == begin + 1 ? guess_single(s, begin, &strength) : guess_by_ends(s, begin, end, &strength);
  if (type == ONR_ENTITY_PERSON)
    push_person(s, begin, end, strength, begin);
  else
    push(s, begin, end, type, strength);
}

static gboolean is_title_ahead(const Scanner *s, guint32 i, guint32 end) {
  return i < end && title_end(s, i, end) > i;
}

/* Where the unit that begins at I ends: before the titles of a person that follow it. */
static guint32 unit_end(const Scanner *s, guint32 i, guint32 end) {
  for (guint32 j = i + 1; j < end; j++)
    if (classes(s->r, j) & ONR_WORD_ROLE && is_title_ahead(s, j, end) && !is_initial(s->r, j - 1))
      return j;
  return end;
}

static gboolean is_plural_word(const OnrReading *r, guint32 i) {
  const OnrToken *t = token(r, i);
  return t->end - t->begin > 4 && r->doc->text[onr_token_bare_end(t) - 1] == 's';
}

static OnrEntityType listed_type(guint64 c) {
  if (c & ONR_WORD_ORG)
    return ONR_ENTITY_ORG;
  return c & ONR_WORD_PLACE ? ONR_ENTITY_PLACE : ONR_ENTITY_MISC;
}

/* A listed name at I; returns its end, or I where it is rather a part of something longer. */
static guint32 push_listed(Scanner *s, guint32 i, guint32 end) {
  const OnrReading *r = s->r;
  const OnrLexeme *entry = NULL;
  guint32 n = onr_reading_match(r, i, end, NAMED, &entry);
  if (!n)
    return i;
  guint32 stop = i + n;
  gboolean is_demonym = !(entry->classes & (ONR_WORD_ORG | ONR_WORD_PLACE));
  if (stop < end && !is_title_ahead(s, stop, end)) {
    guint32 rest = unit_end(s, stop, end);
    gboolean is_given = n == 1 && classes(r, i) & ONR_WORD_GIVEN &&
                        !(classes(r, stop) & (NAMED | ONR_WORD_SUFFIX | ONR_WORD_GEO | ONR_WORD_BODY));
    gboolean is_longer = has_class(r, stop, rest, ONR_WORD_SUFFIX | ONR_WORD_GEO) &&
                         !(classes(r, stop) & (ONR_WORD_GIVEN | ONR_WORD_ROLE)) &&
                         !has_class(r, stop, rest, ONR_WORD_GIVEN_MALE | ONR_WORD_GIVEN_FEMALE);
    if (is_given || is_longer)
      return i;
    /* the Oakland Athletics, the Halden Angler */
    gboolean has_the = i > s->begin && r->words[i - 1].tag == ONR_TAG_DETERMINER;
    gboolean is_team = entry->classes & ONR_WORD_PLACE && rest == stop + 1 && rest == end &&
                       !classes(r, stop) && (has_the || is_plural_word(r, stop));
    if (is_team) {
      push(s, i, end, ONR_ENTITY_ORG, 1);
      return end;
    }
  }
  gboolean is_single_given = n == 1 && classes(r, i) & (ONR_WORD_GIVEN_MALE | ONR_WORD_GIVEN_FEMALE) &&
                             !(entry->classes & ONR_WORD_STATE);
  if (is_single_given && !(entry->classes & ONR_WORD_ORG) && i > s->begin &&
      !onr_reading_equals_any(r, i - 1, "in from to at near of"))
    return i;
  push(s, i, stop, listed_type(entry->classes), is_demonym ? 1 : 2)->is_doubtful = FALSE;
  return stop;
}

/* "the Trump campaign", "the Obama administration": an organisation, though its name ends in a small letter.
 */
static guint32 extend_to_body(const Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  gboolean is_named = begin > s->begin && r->words[begin - 1].tag == ONR_TAG_DETERMINER;
  return is_named && end < s->end && end == begin + 1 && !ends_run(r, end - 1) &&
                 !(classes(r, begin) & (NAMED | ONR_WORD_SUFFIX)) &&
                 onr_reading_equals_any(r, end, "campaign administration")
             ? end + 1
             : end;
}

/* "Former", "Acting" before something longer: part of a role, of no name. */
static gboolean is_loose_title(const Scanner *s, guint32 i, guint32 end) {
  return i + 1 < end &&
         onr_reading_equals_any(
             s->r, i,
             "former ex acting deputy vice interim assistant incoming outgoing retired late presumptive");
}

static void read_run(Scanner *s, guint32 begin, guint32 end) {
  s->role_begin = NO_ROLE;
  for (guint32 i = begin; i < end;) {
    if (s->r->words[i].key == 0) {
      i++;
      continue;
    }
    guint32 name = title_end(s, i, end);
    if (name > i) {
      guint32 stop = unit_end(s, name, end);
      if (s->role_begin == NO_ROLE)
        s->role_begin = i;
      push_unit(s, name, stop, i);
      i = stop;
      s->role_begin = NO_ROLE;
      continue;
    }
    guint32 listed = push_listed(s, i, end);
    if (listed > i) {
      s->role_begin = s->role_begin == NO_ROLE ? i : s->role_begin;
      i = listed;
      continue;
    }
    if (is_loose_title(s, i, end)) { /* Former Governor, Republican */
      s->role_begin = s->role_begin == NO_ROLE ? i : s->role_begin;
      i++;
      continue;
    }
    guint32 stop = unit_end(s, i, end);
    gboolean is_role_alone =
        !has_class(s->r, i, stop, ONR_WORD_SUFFIX | ONR_WORD_GIVEN) &&
        (classes(s->r, stop - 1) & (ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_TITLE)) != 0;
    guint32 body = extend_to_body(s, i, stop);
    if (body > stop)
      push(s, i, body, ONR_ENTITY_ORG, 2);
    else if (!is_role_alone || stop - i > 3)
      push_unit(s, i, stop, i);
    s->role_begin = s->role_begin == NO_ROLE ? i : s->role_begin;
    i = MAX(stop, body);
  }
}

/* In a headline every word is capitalised: only what a list names, or a given name with a word behind it, is
 * taken, and all of it has to be found again in the text. */
static guint32 read_headline_word(Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrLexeme *entry = NULL;
  guint32 n = onr_reading_match(r, i, s->end, NAMED, &entry);
  gboolean pair = i + 1 < s->end && is_name_word(r, i + 1) && !is_ordinary(s, i + 1) && !ends_run(r, i);
  if (n > 1 || (n == 1 && !(classes(r, i) & ONR_WORD_GIVEN && pair))) {
    push(s, i, i + n, listed_type(entry->classes), 1)->is_doubtful =
        entry->classes & ONR_WORD_GIVEN ? TRUE : FALSE;
    return i + n;
  }
  if (classes(r, i) & ONR_WORD_GIVEN && pair) {
    push(s, i, i + 2, ONR_ENTITY_PERSON, 1);
    return i + 2;
  }
  push(s, i, i + 1, ONR_ENTITY_MISC, 0);
  return i + 1;
}

void onr_names_find(const OnrReading *r, GArray *names) {
  for (guint32 k = 0; k < r->doc->n_sentences; k++) {
    const OnrSentence *sentence = &r->doc->sentences[k];
    Scanner s = {.r = r,
                 .names = names,
                 .begin = sentence->first_token,
                 .end = sentence->end_token,
                 .role_begin = NO_ROLE};
    s.is_headline = r->headlines[k];
    for (guint32 i = s.begin; i < s.end;) {
      if (!is_name_word(r, i) || is_ordinary(&s, i)) {
        i++;
      } else if (s.is_headline) {
        i = read_headline_word(&s, i);
      } else {
        guint32 end = run_end(&s, i);
        read_run(&s, i, end);
        i = end;
      }
    }
  }
}
