/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/names.h"

#include "annotate/kinds.h"
#include "annotate/phrases.h"
#include "annotate/results.h"
#include "annotate/roles.h"
#include "annotate/shapes.h"

#include <string.h>

/* Tokens of a quoted title; a longer stretch is speech. */
#define TITLE_REACH 24
/* Words of one run; a longer one is a table or a shout. */
#define RUN_MAX 16

#define CLOSED                                                                                               \
  (ONR_WORD_DETERMINER | ONR_WORD_POSSESSIVE | ONR_WORD_PRONOUN | ONR_WORD_OBJECT | ONR_WORD_PREPOSITION |   \
   ONR_WORD_COORDINATOR | ONR_WORD_SUBORDINATOR | ONR_WORD_THAT | ONR_WORD_WH | ONR_WORD_BE |                \
   ONR_WORD_HAVE | ONR_WORD_DO | ONR_WORD_TO | ONR_WORD_NOT | ONR_WORD_CONTRACTED)
/* What names nothing, capital or not, when it stands alone: "the West", "Yes", "his Press". */
#define NO_NAME                                                                                              \
  (ONR_WORD_ORDINARY &                                                                                       \
   ~(ONR_WORD_VERB | ONR_WORD_BODY | ONR_WORD_SUFFIX | ONR_WORD_GEO | ONR_WORD_WORK | ONR_WORD_GREETING))

typedef struct {
  const OnrReading *r;
  GArray *names;
  guint32 begin, end; /* of the sentence */
  gboolean is_headline;
  gboolean is_results; /* a line of scores */
  struct {
    guint32 quoted; /* the quoted stretch that was judged last */
    gboolean is_title;
  } title;
  guint32 role_begin; /* where the chain of titles before the next person begins; NO_ROLE for none */
} Scanner;

#define NO_ROLE G_MAXUINT32
/* Tokens, or letters, of a name that an acronym stands for. */
#define EXPANSION_REACH 12
/* Sets the key of a team apart from that of its town; any number does. */
#define TEAM_KEY G_GUINT64_CONSTANT(0x7465616d)

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
  if (token(r, i)->kind != ONR_TOKEN_WORD || (!onr_reading_is_capital(r, i) && !has_inner_capital(r, i)))
    return FALSE;
  if (is_party_tag(r, i) || onr_shape_is_no_name(r, i))
    return FALSE;
  if (classes(r, i) & ONR_WORD_CALENDAR)
    return is_calendar_name(r, i);
  if (r->words[i].tag == ONR_TAG_NAME)
    return TRUE;
  if (is_shouted(r, i) && classes(r, i) & ONR_WORD_OBJECT)
    return TRUE; /* US */
  return !(classes(r, i) & CLOSED);
}

static OnrSpan sentence_of(const Scanner *s) {
  return (OnrSpan){s->begin, s->end};
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
  if (c & ONR_WORD_STARTS_PHRASE && onr_reading_match(s->r, i, s->end, ONR_WORD_NAMED, NULL) > 1)
    return FALSE; /* South Africa */
  if (c & (ONR_WORD_NAMED | ONR_WORD_TITLE))
    return FALSE;
  if (c & ONR_WORD_GIVEN)
    return c & (ONR_WORD_VERB | ONR_WORD_COMMON | ONR_WORD_MODAL | ONR_WORD_TIME) &&
           !(i + 1 < s->end && is_name_word(s->r, i + 1));
  if (c & ONR_WORD_ORDINARY)
    return TRUE;
  /* an ending alone makes no verb of Lebed */
  return s->r->words[i].forms && i + 1 < s->end && is_name_word(s->r, i + 1);
}

static gboolean is_abbreviation_stop(const Scanner *s, guint32 i) {
  return i < s->end && onr_reading_is_mark(s->r, i, '.') && s->r->words[i].tag == ONR_TAG_OTHER;
}

/* The word behind I, over the full stop of an abbreviation. */
static guint32 next_word(const Scanner *s, guint32 i) {
  return is_abbreviation_stop(s, i + 1) ? i + 2 : i + 1;
}

static gboolean ends_run(const OnrReading *r, guint32 i) {
  return token(r, i)->possessive != 0 || onr_shape_head(r, i) != 0;
}

/* The end of a body's name that goes on behind "and": Securities | and Exchange Commission. J where it does
 * not. */
static guint32 end_behind_and(const Scanner *s, guint32 begin, guint32 j) {
  const OnrReading *r = s->r;
  const guint64 apart = ONR_WORD_NAMED | ONR_WORD_GIVEN | ONR_WORD_TITLE;
  guint32 end = j + 1;
  while (end < s->end && end < j + 5 && is_name_word(r, end) && !ends_run(r, end))
    end++;
  gboolean is_body = end > j + 2 && classes(r, end - 1) & (ONR_WORD_SUFFIX | ONR_WORD_BODY) &&
                     !onr_reading_any(r, j + 1, end - 1, apart & ~ONR_WORD_NAMED);
  guint64 ends = ONR_WORD_BODY | ONR_WORD_DEMONYM | (j > begin + 1 ? ONR_WORD_SUFFIX : 0);
  gboolean is_whole =
      onr_reading_any(r, begin, j, apart & ~ONR_WORD_DEMONYM) || (classes(r, j - 1) & ends) != 0;
  return is_body && !is_whole ? end : j;
}

static gboolean is_department(const Scanner *s, guint32 k) {
  return k + 1 < s->end &&
         onr_reading_equals_any(s->r, k,
                                "state defense defence commerce labor agriculture energy education "
                                "transportation treasury interior health") &&
         is_name_word(s->r, k + 1);
}

/* The end of the run that ends before J when small words there carry it on: "van der", "of", "and", "&"; J
 * where they do not. HAS_OF says whether an "of" was seen already. */
static guint32 end_behind_link(const Scanner *s, guint32 begin, guint32 j, gboolean *has_of) {
  const OnrReading *r = s->r;
  guint32 after = j;
  while (after < s->end && after < j + 3 && classes(r, after) & ONR_WORD_PARTICLE &&
         !onr_reading_is_capital(r, after))
    after++;
  gboolean is_titled = (classes(r, j - 1) & ONR_WORD_TITLE) != 0;
  if (after > j && after < s->end && is_name_word(r, after) && !is_titled)
    return after + 1;
  if (j + 1 >= s->end)
    return j;
  if (onr_reading_is_mark(r, j, '&') && is_name_word(r, j + 1))
    return j + 2;
  if (onr_reading_equals(r, j, "and")) {
    /* Office of Management and Budget */
    gboolean joins =
        *has_of && is_name_word(r, j + 1) &&
        !(classes(r, j + 1) & (ONR_WORD_NAMED | ONR_WORD_GIVEN | ONR_WORD_TITLE | ONR_WORD_BODY));
    return joins ? j + 2 : end_behind_and(s, begin, j);
  }
  gboolean of = (onr_reading_takes_of(r, j - 1) || onr_reading_is_people_of(r, j - 1)) &&
                onr_reading_equals_any(r, j, "of for on");
  guint32 k = of && onr_reading_equals_any(r, j + 1, "the a") ? j + 2 : j + 1;
  of = of || (is_titled && onr_reading_equals(r, j, "of") && is_department(s, k));
  *has_of = *has_of || of;
  return of && k < s->end && is_name_word(r, k) ? k + 1 : j;
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
    if (s->is_results && onr_results_is_versus(r, j, sentence_of(s)))
      break;
    gboolean goes_on =
        is_name_word(r, j) && (!r->words[j].quoted || r->words[j].quoted == r->words[i].quoted);
    guint32 next = goes_on ? j + 1 : end_behind_link(s, i, j, &has_of);
    if (next == j)
      break;
    end = next;
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

/* The end of the titles at I ("Foreign Minister", "Sen."), I where there are none; they need a role or an
 * honorific and a name behind. */
static guint32 title_end(const Scanner *s, guint32 i, guint32 end) {
  const OnrReading *r = s->r;
  guint32 j = i;
  gboolean is_title = FALSE;
  while (j < end) {
    const OnrLexeme *entry = NULL;
    guint32 n = onr_reading_match(r, j, end, ONR_WORD_TITLE, &entry);
    gboolean is_dean = j == i && j + 2 == end && onr_reading_equals(r, j, "dean"); /* Dean Baker */
    if (!n || is_dean || (classes(r, j) & ONR_WORD_GIVEN && n == 1 && j + 1 == end))
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

static OnrEntityType listed_type(guint64 c) {
  if (c & ONR_WORD_ORG)
    return ONR_ENTITY_ORG;
  return c & ONR_WORD_PLACE ? ONR_ENTITY_PLACE : ONR_ENTITY_MISC;
}

/* What lists name within a run of capitals that is no name as a whole; FALSE where there is nothing. */
static gboolean push_pieces(Scanner *s, guint32 begin, guint32 end) {
  gboolean any = FALSE;
  for (guint32 i = begin; i < end;) {
    const OnrLexeme *entry = NULL;
    guint32 n = onr_reading_match(s->r, i, end, ONR_WORD_NAMED, &entry);
    if (n && !(n == 1 && classes(s->r, i) & ONR_WORD_GIVEN)) {
      push(s, i, i + n, listed_type(entry->classes), 1);
      any = TRUE;
    }
    i += MAX(n, 1);
  }
  return any;
}

/* "Photo", "Update", "Always" before a name are none of it. */
static gboolean is_lead(const OnrReading *r, guint32 i) {
  return classes(r, i) & (ONR_WORD_GREETING | ONR_WORD_ADVERB) &&
         !(classes(r, i) & (ONR_WORD_NAMED | ONR_WORD_GIVEN | ONR_WORD_TITLE | ONR_WORD_SUFFIX |
                            ONR_WORD_BODY | ONR_WORD_NUMBER));
}

/* A capitalised word of every day: the surname of somebody whom the article names in full, or nothing. */
static void push_surname(Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  gboolean is_kind = i > s->begin && onr_tag(r, i - 1) == ONR_TAG_DETERMINER; /* the West */
  if (is_kind || s->is_headline ||
      classes(r, i) & (CLOSED | ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_NUMBER))
    return;
  OnrName *name = push(s, i, i + 1, ONR_ENTITY_PERSON, 0);
  name->is_loose = name->is_doubtful = name->is_surname = TRUE;
}

/* A unit that no list names: by its titles, its words, its shape, its neighbours. */
static void push_unit(Scanner *s, guint32 begin, guint32 end, guint32 title_begin) {
  if (title_begin < begin && end - begin <= ONR_PERSON_WORDS) {
    push_person(s, begin, end, 2, title_begin);
    return;
  }
  while (begin + 1 < end && is_lead(s->r, begin))
    begin++;
  guint64 c = classes(s->r, begin);
  if (end == begin + 1 && c & NO_NAME && !(c & (ONR_WORD_NAMED | ONR_WORD_GIVEN))) {
    push_surname(s, begin);
    return;
  }
  for (guint32 i = begin; i < end && end > begin + 1; i++)
    if (onr_shape_is_glued(s->r, i))
      return;
  guint8 strength;
  OnrEntityType type = end == begin + 1
                           ? onr_kind_of_word(s->r, sentence_of(s), begin, &strength)
                           : onr_kind_of_words(s->r, sentence_of(s), (OnrSpan){begin, end}, &strength);
  if (type == ONR_ENTITY_PERSON)
    push_person(s, begin, end, strength, begin);
  else if (strength || end == begin + 1 || !push_pieces(s, begin, end))
    push(s, begin, end, type, strength);
}

static gboolean is_title_ahead(const Scanner *s, guint32 i, guint32 end) {
  return i < end && title_end(s, i, end) > i;
}

/* "Budget Office Douglas Holt", "Officers Brian Rolf": does a person's name begin at J behind a word that is
 * part of none? */
static gboolean is_person_ahead(const OnrReading *r, guint32 j, guint32 end) {
  const guint64 body = ONR_WORD_SUFFIX | ONR_WORD_GEO | ONR_WORD_BODY;
  return j + 1 < end && classes(r, j) & (ONR_WORD_GIVEN_MALE | ONR_WORD_GIVEN_FEMALE) &&
         classes(r, j - 1) & ONR_WORD_ORDINARY & ~ONR_WORD_MODAL && !(classes(r, j - 1) & ONR_WORD_GIVEN) &&
         !onr_reading_any(r, j + 1, end, body);
}

/* Where the unit that begins at I ends: before the titles of a person that follow it, before a person's name,
 * before the same given name again. */
static guint32 unit_end(const Scanner *s, guint32 i, guint32 end) {
  const OnrReading *r = s->r;
  for (guint32 j = i + 1; j < end; j++) {
    gboolean is_title =
        classes(r, j) & ONR_WORD_ROLE && is_title_ahead(s, j, end) && !onr_reading_is_initial(r, j - 1);
    gboolean is_again = j > i + 1 && r->words[j].key == r->words[i].key && classes(r, j) & ONR_WORD_GIVEN;
    if (is_title || is_again || is_person_ahead(r, j, end))
      return j;
  }
  return end;
}

static gboolean is_plural_word(const OnrReading *r, guint32 i) {
  const OnrToken *t = token(r, i);
  return t->end - t->begin > 4 && r->doc->text[onr_token_bare_end(t) - 1] == 's';
}

/* The team of a town, which is another than the town. */
static void push_team(Scanner *s, guint32 begin, guint32 end) {
  OnrName *name = push(s, begin, end, ONR_ENTITY_ORG, 2);
  name->key = name->first_key = name->last_key = onr_phrase_key(name->key, TEAM_KEY);
  name->is_doubtful = FALSE;
}

/* A listed name at I; returns its end, or I where it is rather a part of something longer. */
static guint32 push_listed(Scanner *s, guint32 i, guint32 end) {
  const OnrReading *r = s->r;
  const OnrLexeme *entry = NULL;
  guint32 n = onr_reading_match(r, i, end, ONR_WORD_NAMED, &entry);
  if (!n)
    return i;
  guint32 stop = i + n;
  if (entry->classes & ONR_WORD_ORG && stop < end &&
      onr_reading_equals_any(r, stop, "reports research polling"))
    stop++; /* Rasmussen Reports, though "reports" is a word */
  gboolean is_demonym = !(entry->classes & (ONR_WORD_ORG | ONR_WORD_PLACE));
  if (stop < end && !is_title_ahead(s, stop, end)) {
    guint32 rest = unit_end(s, stop, end);
    gboolean is_given =
        n == 1 && classes(r, i) & ONR_WORD_GIVEN &&
        !(classes(r, stop) & (ONR_WORD_NAMED | ONR_WORD_SUFFIX | ONR_WORD_GEO | ONR_WORD_BODY));
    gboolean is_role = classes(r, stop) & ONR_WORD_ROLE && /* but the General Assembly */
                       !(stop + 1 < rest && classes(r, rest - 1) & (ONR_WORD_BODY | ONR_WORD_SUFFIX));
    gboolean is_longer = onr_reading_any(r, stop, rest, ONR_WORD_SUFFIX | ONR_WORD_GEO) &&
                         !(classes(r, stop) & ONR_WORD_GIVEN) && !is_role &&
                         !onr_reading_any(r, stop, rest, ONR_WORD_GIVEN_MALE | ONR_WORD_GIVEN_FEMALE);
    if (is_given || is_longer)
      return i;
    /* the Oakland Athletics, the Halden Angler */
    gboolean has_the = i > s->begin && r->words[i - 1].tag == ONR_TAG_DETERMINER;
    gboolean is_team = entry->classes & ONR_WORD_PLACE && rest == end &&
                       ((rest == stop + 1 && !classes(r, stop) && (has_the || is_plural_word(r, stop))) ||
                        (rest == stop + 2 && classes(r, stop) == ONR_WORD_COMMON && !classes(r, stop + 1)));
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
  if (listed_type(entry->classes) == ONR_ENTITY_PLACE && !(entry->classes & ONR_WORD_STATE) &&
      onr_kind_is_team(r, sentence_of(s), stop)) {
    push_team(s, i, stop);
    return stop;
  }
  push(s, i, stop, listed_type(entry->classes), is_demonym ? 1 : 2)->is_doubtful = FALSE;
  return stop;
}

/* "the Trump campaign", "the Obama administration": an organisation, though its name ends in a small letter.
 */
static guint32 extend_to_body(const Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  gboolean is_named = begin > s->begin && r->words[begin - 1].tag == ONR_TAG_DETERMINER;
  return is_named && end < s->end && end == begin + 1 && !ends_run(r, end - 1) &&
                 !(classes(r, begin) & (ONR_WORD_NAMED | ONR_WORD_SUFFIX)) &&
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

/* In a headline every word is capitalised: only what a list names, or a given name with a word behind it, is
 * taken, and all of it has to be found again in the text. */
static guint32 read_headline_word(Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrLexeme *entry = NULL;
  guint32 n = onr_reading_match(r, i, s->end, ONR_WORD_NAMED, &entry);
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

static void read_run(Scanner *s, guint32 begin, guint32 end);

/* A run whose last token goes on behind the name: "San Marcos-based". What a list knows is a mention of it,
 * whatever else has to be named elsewhere in the article. */
static void read_tail(Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  guint32 last = end - 1, head = onr_shape_head(r, last);
  guint64 last_key = onr_shape_head_key(r, last, head);
  for (guint32 i = begin; i < end; i++) {
    guint8 n = 0;
    guint64 key = i < last ? key_of(r, i, last, &n) : 0;
    key = i < last ? onr_phrase_key(key, last_key) : last_key;
    const OnrLexeme *entry = onr_lexicon_find(r->lexicon, key);
    gboolean is_listed = entry && entry->n_words == n + 1 && entry->classes & ONR_WORD_NAMED;
    if (!is_listed && i > begin)
      continue;
    if (is_listed && i > begin)
      read_run(s, begin, i);
    OnrName *name =
        push(s, i, end, is_listed ? listed_type(entry->classes) : ONR_ENTITY_MISC, is_listed ? 1 : 0);
    name->key = key;
    name->last_key = last_key;
    name->first_key = i < last ? name->first_key : last_key;
    name->head = head;
    name->is_loose = !is_listed;
    name->is_doubtful = FALSE;
    if (is_listed)
      return;
  }
}

/* Of The In A Run: the title of a work, a headline within the text. */
static gboolean is_title_case(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin + 1; i + 1 < end; i++)
    if (classes(r, i) & (ONR_WORD_PREPOSITION | ONR_WORD_DETERMINER | ONR_WORD_COORDINATOR | ONR_WORD_TO) &&
        onr_reading_is_capital(r, i) &&
        !(classes(r, i) & (ONR_WORD_PARTICLE | ONR_WORD_GIVEN | ONR_WORD_OBJECT)))
      return TRUE;
  return FALSE;
}

static gboolean read_special_run(Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  if (is_title_case(r, begin, end)) {
    gboolean is_headline = s->is_headline;
    s->is_headline = TRUE;
    for (guint32 i = begin; i < end;)
      i = !is_name_word(r, i) || is_ordinary(s, i) ? i + 1 : read_headline_word(s, i);
    s->is_headline = is_headline;
    return TRUE;
  }
  if (onr_shape_head(r, end - 1)) {
    read_tail(s, begin, end);
    return TRUE;
  }
  const OnrLexeme *entry = NULL;
  gboolean is_land = s->is_results && onr_reading_match(r, begin, end, ONR_WORD_STATE, &entry) == end - begin;
  if (s->is_results && !is_land && onr_results_is_team(r, sentence_of(s), (OnrSpan){begin, end})) {
    push_team(s, begin, end);
    return TRUE;
  }
  return FALSE;
}

static void read_run(Scanner *s, guint32 begin, guint32 end) {
  s->role_begin = NO_ROLE;
  if (read_special_run(s, begin, end))
    return;
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
        !onr_reading_any(s->r, i, stop, ONR_WORD_SUFFIX | ONR_WORD_GIVEN) &&
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

/* “The Long Way to the Sea”: are most words of the quoted stretch capitalised, ordinary ones as well? */
static gboolean is_quoted_title(const OnrReading *r, guint32 quoted) {
  const OnrQuoted *q = &g_array_index(r->quoted, OnrQuoted, quoted - 1);
  guint32 n = 0, n_capitals = 0, n_ordinary = 0;
  if (q->end - q->begin > TITLE_REACH)
    return FALSE;
  for (guint32 i = q->begin; i < q->end; i++) {
    if (token(r, i)->kind != ONR_TOKEN_WORD || classes(r, i) & CLOSED)
      continue;
    n++;
    n_capitals += onr_reading_is_capital(r, i) ? 1 : 0;
    n_ordinary += onr_reading_is_capital(r, i) && classes(r, i) & ONR_WORD_ORDINARY ? 1 : 0;
  }
  return n > 1 && n_ordinary > 0 && n_capitals == n;
}

/* Northern Lights Power Co: a body's name may begin with a word that begins the sentence as well. */
static gboolean begins_body(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  if (!s->is_headline && i + 2 < s->end && onr_reading_is_people_of(r, i) &&
      onr_reading_equals(r, i + 1, "for") && is_name_word(r, i + 2) &&
      !(classes(r, i + 2) & (ONR_WORD_GIVEN | ONR_WORD_TITLE | ONR_WORD_NAMED)))
    return TRUE; /* Citizens for Tax Justice */
  if (s->is_headline || i != s->begin || !(classes(r, i) & ONR_WORD_COMMON) || i + 2 >= s->end ||
      !is_name_word(r, i + 1) || classes(r, i + 1) & (ONR_WORD_NAMED | ONR_WORD_TITLE | ONR_WORD_GIVEN))
    return FALSE;
  return (classes(r, run_end(s, i) - 1) & ONR_WORD_SUFFIX) != 0;
}

/* A poll's name: Reuters/Ipsos, ABC News/Washington Post, Associated Press-GfK, before "poll". Returns its
 * end, I where there is none. */
static guint32 pollster_end(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  gboolean has_slash = FALSE;
  guint32 end = i;
  while (end < s->end && end - i < RUN_MAX && is_name_word(r, end)) {
    const char *p = r->doc->text + token(r, end)->begin;
    gsize length = token(r, end)->end - token(r, end)->begin;
    const char *slash = memchr(p, '/', length), *dash = memchr(p, '-', length);
    has_slash = has_slash || (slash && g_ascii_isupper(slash[1])) ||
                (end > i && dash && dash > p + 1 && dash + 1 < p + length && g_ascii_isupper(dash[1]));
    end++;
  }
  guint32 poll = end;
  while (poll < s->end && poll - end < 2 && onr_tag(r, poll) == ONR_TAG_NOUN &&
         !onr_reading_equals_any(r, poll, "poll survey"))
    poll++;
  return has_slash && poll < s->end && onr_reading_equals_any(r, poll, "poll survey polls surveys") ? end : i;
}

/* "Fields later wrote", "Price’s aides": is the word at I what the verb behind it is about? */
static gboolean begins_clause(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  if (i + 1 >= s->end)
    return FALSE;
  OnrTag next = onr_tag(r, i + 1);
  gboolean is_thing = classes(r, i + 1) & ONR_WORD_BE; /* Price is what matters */
  return !is_thing && (token(r, i)->possessive || next == ONR_TAG_VERB || next == ONR_TAG_AUXILIARY ||
                       next == ONR_TAG_ADVERB);
}

static guint32 read_names(Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 pollster = token(r, i)->flags & ONR_TOKEN_CAPITAL && !s->is_headline ? pollster_end(s, i) : i;
  if (pollster > i) {
    push(s, i, pollster, ONR_ENTITY_ORG, 2)->is_doubtful = FALSE;
    return pollster;
  }
  if (!is_name_word(r, i) || (s->is_results && onr_results_is_versus(r, i, sentence_of(s))))
    return i + 1;
  if (is_ordinary(s, i) && !begins_body(s, i)) {
    if (begins_clause(s, i))
      push_surname(s, i);
    return i + 1;
  }
  guint32 quoted = r->words[i].quoted;
  if (quoted && quoted != s->title.quoted) {
    s->title.quoted = quoted;
    s->title.is_title = is_quoted_title(r, quoted);
  }
  if (s->is_headline || (quoted && s->title.is_title))
    return read_headline_word(s, i);
  guint32 end = run_end(s, i);
  read_run(s, i, end);
  return end;
}

/* --- acronyms in brackets --- */

/* The name that the acronym at I, in brackets, stands for: the words before whose capitals are its letters;
 * empty where they are others. "the Alliance to Reclaim Our Schools (AROS)" */
static OnrSpan expansion_of(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrToken *t = token(r, i);
  OnrSpan none = {0, 0};
  guint32 k = i - 1;
  for (guint32 p = t->end; p > t->begin; p--) {
    char letter = r->doc->text[p - 1];
    if (!g_ascii_isupper(letter))
      return none;
    do {
      if (k == s->begin || i - k > EXPANSION_REACH)
        return none;
      k--;
      if (token(r, k)->kind != ONR_TOKEN_WORD)
        return none;
    } while (!onr_reading_is_capital(r, k));
    if (r->doc->text[token(r, k)->begin] != letter)
      return none;
  }
  return (OnrSpan){k, i - 1};
}

/* Names that were found in pieces become the one that an acronym behind it stands for. */
static void read_acronym(Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 length = token(r, i)->end - token(r, i)->begin;
  if (i < s->begin + 3 || i + 1 >= s->end || !is_shouted(r, i) || length < 3 || length > EXPANSION_REACH ||
      onr_tag(r, i - 1) != ONR_TAG_OPEN || onr_tag(r, i + 1) != ONR_TAG_CLOSE)
    return;
  OnrSpan span = expansion_of(s, i);
  if (span.begin == span.end)
    return;
  guint n = s->names->len;
  while (n > 0 && g_array_index(s->names, OnrName, n - 1).begin >= span.begin)
    n--;
  if (n > 0 && g_array_index(s->names, OnrName, n - 1).end > span.begin)
    return;
  g_array_set_size(s->names, n);
  push(s, span.begin, span.end, ONR_ENTITY_ORG, 2);
}

void onr_names_find(const OnrReading *r, GArray *names) {
  gboolean is_results = FALSE;
  for (guint32 k = 0; k < r->doc->n_sentences; k++) {
    const OnrSentence *sentence = &r->doc->sentences[k];
    Scanner s = {.r = r,
                 .names = names,
                 .begin = sentence->first_token,
                 .end = sentence->end_token,
                 .role_begin = NO_ROLE};
    s.is_headline = r->headlines[k];
    s.is_results = is_results = onr_results_is_line(r, sentence_of(&s), is_results);
    for (guint32 i = s.begin; i < s.end;) {
      read_acronym(&s, i);
      i = read_names(&s, i);
    }
  }
}
