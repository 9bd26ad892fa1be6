/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/names.h"

#include "annotate/kinds.h"
#include "annotate/phrases.h"
#include "annotate/roles.h"
#include "annotate/shapes.h"

#include <string.h>

/* Words of a name that its key is made of; a longer one is a table or a shout. */
#define WORDS_MAX 16
/* Tokens before a name in which titles are looked for: "Former Deputy Assistant Secretary of State". */
#define TITLE_REACH 10
/* Tokens, or letters, of a name that an acronym stands for. */
#define EXPANSION_REACH 12

static guint64 classes(const OnrReading *r, guint32 i) {
  return r->words[i].classes;
}

static gboolean is_junior(const OnrReading *r, guint32 i) {
  return onr_reading_equals_any(r, i, "jr sr ii iii iv jnr snr");
}

static gboolean is_abbreviation_stop(const OnrReading *r, guint32 i, guint32 end) {
  return i < end && onr_reading_is_mark(r, i, '.') && r->words[i].tag == ONR_TAG_OTHER;
}

static gboolean ends_name(const OnrReading *r, guint32 i) {
  return onr_reading_token(r, i)->possessive != 0 || onr_shape_head(r, i) != 0;
}

static OnrGender gender_of(guint64 c) {
  gboolean male = (c & (ONR_WORD_GIVEN_MALE | ONR_WORD_MALE)) != 0,
           female = (c & (ONR_WORD_GIVEN_FEMALE | ONR_WORD_FEMALE)) != 0;
  return male == female ? ONR_GENDER_UNKNOWN : male ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
}

/* The key of the last token's word, of the name's part where the token goes on. */
static guint64 word_key(const OnrReading *r, const OnrName *name, guint32 i) {
  return name->head && i + 1 == name->end ? onr_shape_head_key(r, i, name->head) : r->words[i].key;
}

static void set_keys(const OnrReading *r, OnrName *name) {
  for (guint32 i = name->begin; i < name->end; i++) {
    guint64 key = word_key(r, name, i);
    if (!key || name->n_words == WORDS_MAX)
      continue;
    name->key = name->n_words++ ? onr_phrase_key(name->key, key) : key;
    name->first_key = name->first_key ? name->first_key : key;
    name->last_key = !name->last_key || !is_junior(r, i) ? key : name->last_key;
  }
}

/* --- titles --- */

/* The end of the titles at I ("Foreign Minister", "Sen.", "Secretary of State"), I where there are none; they
 * need a role or an honorific. */
static guint32 titles_end(const OnrReading *r, guint32 i, guint32 end) {
  guint32 j = i;
  gboolean is_title = FALSE;
  while (j < end) {
    const OnrLexeme *entry = NULL;
    guint32 n = onr_reading_match(r, j, end, ONR_WORD_TITLE, &entry);
    if (!n || ends_name(r, j + n - 1))
      break;
    is_title = is_title || entry->classes & (ONR_WORD_ROLE | ONR_WORD_MALE | ONR_WORD_FEMALE);
    j += n;
    if (is_abbreviation_stop(r, j, end))
      j++;
    if (is_title && j + 1 < end && onr_reading_equals(r, j, "of"))
      j += onr_reading_equals(r, j + 1, "the") && j + 2 < end ? 3 : 2; /* Minister of the Interior */
  }
  return is_title ? j : i;
}

/* Where the titles before the name at BEGIN begin; BEGIN where there are none. */
static guint32 titles_begin(const OnrReading *r, guint32 lower, guint32 begin) {
  guint32 first = begin > lower + TITLE_REACH ? begin - TITLE_REACH : lower;
  for (guint32 i = first; i < begin; i++)
    if (onr_reading_is_capital(r, i) && titles_end(r, i, begin) == begin)
      return i;
  return begin;
}

/* "Former", "Acting": part of a role, of no title. */
static gboolean is_before_title(const OnrReading *r, guint32 i) {
  const guint64 part = ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_DEMONYM | ONR_WORD_ROLE | ONR_WORD_BODY;
  return onr_reading_is_capital(r, i) && onr_reading_token(r, i)->kind == ONR_TOKEN_WORD &&
         !ends_name(r, i) &&
         (classes(r, i) & part ||
          onr_reading_equals_any(
              r, i,
              "former ex acting deputy vice interim assistant incoming outgoing retired late presumptive"));
}

static void set_person(const OnrReading *r, OnrName *name, guint32 lower, guint32 upper) {
  guint32 title = titles_begin(r, lower, name->begin);
  name->gender = (guint8)gender_of(classes(r, name->begin) & (ONR_WORD_GIVEN_MALE | ONR_WORD_GIVEN_FEMALE));
  if (title < name->begin) {
    name->has_title = TRUE;
    guint64 c = 0;
    for (guint32 i = title; i < name->begin; i++)
      c |= classes(r, i) & (ONR_WORD_MALE | ONR_WORD_FEMALE | ONR_WORD_ROLE);
    if (gender_of(c) != ONR_GENDER_UNKNOWN)
      name->gender = (guint8)gender_of(c);
    gboolean is_honorific =
        name->begin - title <= 2 && onr_reading_equals_any(r, title, "dr prof doctor professor");
    if (c & ONR_WORD_ROLE && !is_honorific) {
      while (title > lower && is_before_title(r, title - 1))
        title--;
      name->role = (OnrSpan){title, name->begin};
    }
  }
  if (name->role.begin == name->role.end)
    name->role = onr_role_before(r, lower, name->begin);
  if (name->role.begin == name->role.end && !ends_name(r, name->end - 1))
    name->role = onr_role_behind(r, name->end, upper);
}

/* --- names --- */

typedef struct {
  const OnrRecogniser *recogniser;
  const OnrReading *r;
  guint32 sentence;
  OnrSpan bounds; /* of the sentence */
  GArray *names;
} Scanner;

/* R-Texas, D-Vt: party and state of a legislator. */
static gboolean is_party_tag(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  return t->flags & ONR_TOKEN_JOINED && t->end - t->begin > 2 && r->doc->text[t->begin + 1] == '-' &&
         strchr("RDI", r->doc->text[t->begin]) && onr_reading_is_capital(r, i);
}

/* "the Trump campaign", "the Obama administration": an organisation, though its name ends in a small letter.
 */
static gboolean is_body_of(const Scanner *s, const OnrName *name) {
  const OnrReading *r = s->r;
  return name->begin > s->bounds.begin && r->words[name->begin - 1].tag == ONR_TAG_DETERMINER &&
         name->end < s->bounds.end && name->n_words == 1 && !ends_name(r, name->end - 1) &&
         !(classes(r, name->begin) & (ONR_WORD_NAMED | ONR_WORD_SUFFIX)) &&
         onr_reading_equals_any(r, name->end, "campaign administration");
}

/* Before a person: a verb at the sentence's begin, "Said Dorn"; in a headline any everyday word, "Corners
 * Dorn". */
static gboolean is_before_person(const Scanner *s, guint32 i) {
  const OnrWord *w = &s->r->words[i];
  gboolean is_verb = i == s->bounds.begin && w->cue && w->forms;
  gboolean is_word = s->r->headlines[s->sentence] && w->classes & ONR_WORD_ORDINARY;
  return (is_verb || is_word) && !(w->classes & ONR_WORD_GIVEN);
}

/* "Mr Dorn", "Justice Dorn", of which all is labelled; but Pope Francis, and Prince alone. */
static gboolean is_title_of(const OnrReading *r, OnrSpan name) {
  guint32 i = name.begin;
  return i + 1 < name.end && classes(r, i) & ONR_WORD_TITLE && !(classes(r, i) & ONR_WORD_GIVEN) &&
         !onr_reading_equals_any(r, i, "pope king queen prince princess st saint lord lady sheikh mullah");
}

/* What is none of the name: marks, "for", "the" but in The Hague, "anti-" words. */
static gboolean is_before_name(const Scanner *s, OnrSpan name, guint8 type) {
  guint32 i = name.begin;
  gboolean is_the = type != ONR_ENTITY_PLACE && onr_reading_equals(s->r, i, "the");
  gboolean is_link = classes(s->r, i) & (ONR_WORD_PREPOSITION | ONR_WORD_COORDINATOR) &&
                     !(classes(s->r, i) & ONR_WORD_PARTICLE) && !onr_reading_is_capital(s->r, i);
  return !s->r->words[i].key || is_the || is_link || onr_shape_is_no_name(s->r, i) ||
         (type == ONR_ENTITY_PERSON && i + 1 < name.end &&
          (is_before_person(s, i) || is_title_of(s->r, name)));
}

/* Is token I two words in one, the first of which is the one word at FIRST again: "Quill Ada Jane QuillTown"?
 */
static gboolean repeats(const OnrReading *r, guint32 first, guint32 i) {
  const OnrToken *t = onr_reading_token(r, first), *glued = onr_reading_token(r, i);
  guint32 length = onr_token_bare_end(t) - t->begin;
  return i > first + 1 && onr_shape_is_glued(r, i) && glued->end - glued->begin > length &&
         !memcmp(r->doc->text + glued->begin, r->doc->text + t->begin, length);
}

/* Where a person's name ends: in a page that lost its layout before the same word again, "Ada Quill Ada Jane
 * Quill", and before two words in one, "QuillTown"; behind its first word where that is what those begin
 * with, "Quill Ada Jane QuillTown"; in a headline before a verb, "Ada Quill Backs Dorn". */
static guint32 person_end(const Scanner *s, OnrSpan name) {
  const OnrReading *r = s->r;
  for (guint32 i = name.begin + 1; i <= name.end && i < s->bounds.end; i++)
    if (repeats(r, name.begin, i))
      return name.begin + 1;
  for (guint32 i = name.begin + 1; i < name.end; i++) {
    gboolean is_verb = s->r->headlines[s->sentence] && i > name.begin + 1 && r->words[i].forms &&
                       classes(r, i) & ONR_WORD_ORDINARY && !(classes(r, i) & ONR_WORD_GIVEN);
    if (onr_shape_is_glued(r, i) || is_verb ||
        (i > name.begin + 1 && r->words[i].key == r->words[name.begin].key))
      return i;
  }
  return name.end;
}

static guint8 label_at(const Scanner *s, guint32 i) {
  return i < s->bounds.end ? s->recogniser->run.labels[i] : 0;
}

static gboolean is_name_word(const OnrReading *r, guint32 i) {
  return onr_reading_token(r, i)->kind == ONR_TOKEN_WORD && onr_reading_is_capital(r, i);
}

/* Bryan English, said of a person rather than of a people. */
static gboolean is_surname_behind(const Scanner *s, guint32 i) {
  gboolean is_alone = i + 1 >= s->bounds.end || !is_name_word(s->r, i + 1);
  return label_at(s, i) == 1 + ONR_ENTITY_MISC && is_name_word(s->r, i) && is_alone;
}

/* The end of what is labelled as LABEL from I on. */
static guint32 label_end(const Scanner *s, guint32 i, guint8 label) {
  while (label_at(s, i) == label &&
         (i == s->bounds.begin || !onr_known_ends(s->r, s->recogniser->goes_on, i - 1)))
    i++;
  return i;
}

/* Where a person's name begins of which only the last word is labelled: Amelize | Dorn. */
static guint32 begin_of_person(const Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  const guint64 other = ONR_WORD_ORDINARY | ONR_WORD_TITLE | ONR_WORD_NAMED | ONR_WORD_SUFFIX;
  guint32 i = begin - 1;
  gboolean is_short = end == begin + 1 && begin > s->bounds.begin && !r->headlines[s->sentence];
  return is_short && !label_at(s, i) && is_name_word(r, i) && !ends_name(r, i) && r->words[i].key &&
                 !onr_shape_is_no_name(r, i) && !(classes(r, i) & other) &&
                 (r->words[i].tag == ONR_TAG_NAME || r->words[i].tag == ONR_TAG_NOUN)
             ? i
             : begin;
}

/* "Ken Dorn, Sr. Vice President": a short form before a role or a name. */
static gboolean is_before_role(const Scanner *s, guint32 i) {
  i += i < s->bounds.end && onr_reading_is_mark(s->r, i, '.');
  return i < s->bounds.end && (onr_reading_is_capital(s->r, i) || classes(s->r, i) & ONR_WORD_ROLE);
}

/* Behind a person's name that ends at END: Jr., with or without its comma; III. */
static guint32 generation_end(const Scanner *s, guint32 end) {
  const OnrReading *r = s->r;
  if (ends_name(r, end - 1) || end >= s->bounds.end)
    return end;
  if (onr_tag(r, end) != ONR_TAG_COMMA)
    return onr_reading_is_capital(r, end) && is_junior(r, end) ? end + 1 : end;
  guint32 i = end + 1;
  gboolean is_one = i < s->bounds.end && onr_reading_is_capital(r, i) &&
                    onr_reading_equals_any(r, i, "jr sr jnr snr") && !is_before_role(s, i + 1);
  return is_one ? i + 1 : end;
}

/* "Gerald R." with more of the name behind. */
static gboolean ends_with_initial(const Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  const OnrToken *last = onr_reading_token(r, end - 1);
  return end > begin + 1 && end < s->bounds.end && last->end - last->begin == 2 &&
         r->doc->text[last->end - 1] == '.' && is_name_word(r, end) &&
         !(classes(r, end) & ONR_WORD_DETERMINER);
}

/* The end of a person's name that goes on behind END: George “Jay” Keyworth, Bryan English. */
static guint32 end_of_person(const Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  if (ends_with_initial(s, begin, end))
    return end + 1;
  gboolean is_given = end == begin + 1 && classes(r, begin) & ONR_WORD_GIVEN && !ends_name(r, begin);
  if (!is_given || end >= s->bounds.end)
    return end;
  if (is_surname_behind(s, end))
    return end + 1;
  guint8 open = r->words[end].tag, close = open == ONR_TAG_OPEN ? ONR_TAG_CLOSE : ONR_TAG_QUOTE;
  gboolean is_nickname = (open == ONR_TAG_QUOTE || open == ONR_TAG_OPEN) && end + 3 < s->bounds.end &&
                         is_name_word(r, end + 1) && r->words[end + 2].tag == close &&
                         label_at(s, end + 3) == 1 + ONR_ENTITY_PERSON;
  return is_nickname ? label_end(s, end + 3, 1 + ONR_ENTITY_PERSON) : end;
}

/* Committee | for a Responsible Budget */
static guint32 end_behind_of(const Scanner *s, guint32 end) {
  const OnrReading *r = s->r;
  if (!onr_reading_takes_of(r, end - 1) || !onr_reading_equals_any(r, end, "of for on"))
    return end;
  guint32 next = onr_reading_equals_any(r, end + 1, "the a") ? end + 2 : end + 1;
  guint8 label = label_at(s, next);
  return label > 1 + ONR_ENTITY_PERSON && is_name_word(r, next) ? label_end(s, next, label) : end;
}

/* Securities | and Exchange Commission */
static guint32 end_behind_and(const Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  const guint64 apart = ONR_WORD_NAMED | ONR_WORD_GIVEN | ONR_WORD_TITLE;
  if (label_at(s, end + 1) != 1 + ONR_ENTITY_ORG || !onr_reading_equals(r, end, "and"))
    return end;
  guint32 last = label_end(s, end + 1, 1 + ONR_ENTITY_ORG);
  gboolean is_body = last > end + 2 && classes(r, last - 1) & (ONR_WORD_SUFFIX | ONR_WORD_BODY) &&
                     !onr_reading_any(r, end + 1, last - 1, apart & ~ONR_WORD_NAMED);
  gboolean is_whole = onr_reading_any(r, begin, end, apart & ~ONR_WORD_DEMONYM) ||
                      classes(r, end - 1) & (ONR_WORD_BODY | ONR_WORD_DEMONYM | ONR_WORD_SUFFIX);
  return is_body && !is_whole ? last : end;
}

/* Is the word at I the last of a mission's name, U.S. Embassy, but for General? */
static gboolean is_mission(const OnrReading *r, guint32 i) {
  return onr_reading_is_capital(r, i) && onr_reading_equals_any(r, i, "embassy consulate");
}

/* U.S. | Embassy, British | Consulate | General */
static guint32 end_of_mission(const Scanner *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  if (is_mission(r, end) &&
      onr_reading_any(r, begin, end, ONR_WORD_PLACE | ONR_WORD_STATE | ONR_WORD_DEMONYM))
    end++;
  gboolean is_general = is_mission(r, end - 1) && end < s->bounds.end && onr_reading_is_capital(r, end) &&
                        onr_reading_equals(r, end, "general");
  return is_general ? end + 1 : end;
}

/* Democratic | party, Labour | Party */
static guint32 end_of_party(const Scanner *s, guint32 end) {
  static const char names[] =
      "democratic republican labour conservative green communist socialist libertarian liberal tea";
  const OnrReading *r = s->r;
  return onr_reading_equals_any(r, end - 1, names) && onr_reading_equals(r, end, "party") ? end + 1 : end;
}

/* What the last word says, whatever the tagger did: the U.S. Embassy is no place, and Wilson County no
 * person. */
static guint8 type_of_name(const Scanner *s, OnrSpan tokens, guint8 type) {
  const OnrReading *r = s->r;
  guint32 last = tokens.end - 1;
  if (type == ONR_ENTITY_PERSON && last > tokens.begin && onr_reading_equals(r, last, "county"))
    return ONR_ENTITY_PLACE;
  last -= last > tokens.begin && onr_reading_equals(r, last, "general") ? 1 : 0;
  return last > tokens.begin && is_mission(r, last) ? ONR_ENTITY_ORG : type;
}

/* The end of a body's name that goes on behind END. */
static guint32 end_of_body(const Scanner *s, guint32 begin, guint32 end) {
  if (end + 1 >= s->bounds.end || ends_name(s->r, end - 1))
    return end;
  guint32 longer = MAX(end_of_mission(s, begin, end), end_of_party(s, end));
  if (longer > end)
    return longer;
  guint32 further = end_behind_of(s, end);
  return further > end ? further : end_behind_and(s, begin, end);
}

/* Names from token I on become part of another. */
static void forget_from(Scanner *s, guint32 i) {
  while (s->names->len && g_array_index(s->names, OnrName, s->names->len - 1).begin >= i)
    g_array_set_size(s->names, s->names->len - 1);
}

/* "Citizens for Tax Justice", of which the last words are labelled: where the body's name begins. */
static guint32 people_begin(const Scanner *s, guint32 begin) {
  gboolean is_body = begin >= s->bounds.begin + 2 && onr_reading_is_people_of(s->r, begin - 2) &&
                     onr_reading_equals(s->r, begin - 1, "for") &&
                     !(classes(s->r, begin) & (ONR_WORD_GIVEN | ONR_WORD_TITLE | ONR_WORD_NAMED));
  return is_body ? begin - 2 : begin;
}

/* Every Word Of A Headline has a capital: words of every day there name something only where the article has
 * them as a name elsewhere. */
static gboolean is_explained(const Scanner *s, const OnrName *name) {
  if (!s->r->headlines[s->sentence])
    return FALSE;
  for (guint32 i = name->begin; i < name->end; i++)
    if (onr_reading_is_capital(s->r, i) && !(classes(s->r, i) & ONR_WORD_ORDINARY))
      return FALSE;
  return TRUE;
}

/* Halden-led: of the place or body that a list knows, or of what the article names elsewhere. */
static void set_head(const OnrReading *r, OnrName *name) {
  const OnrLexeme *entry = onr_lexicon_find(r->lexicon, name->key);
  guint64 c = entry && entry->n_words == name->n_words ? entry->classes : 0;
  name->type = c & ONR_WORD_ORG ? ONR_ENTITY_ORG : c & ONR_WORD_PLACE ? ONR_ENTITY_PLACE : ONR_ENTITY_MISC;
  name->is_loose = name->type == ONR_ENTITY_MISC;
}

/* Mr. English: a people's name too, but not behind that. */
static gboolean is_behind_honorific(const Scanner *s, OnrSpan tokens) {
  const guint64 who = ONR_WORD_MALE | ONR_WORD_FEMALE;
  guint32 i = tokens.begin;
  if (i > s->bounds.begin && is_abbreviation_stop(s->r, i - 1, i))
    i--;
  return tokens.end == tokens.begin + 1 && i > s->bounds.begin && classes(s->r, i - 1) & ONR_WORD_TITLE &&
         classes(s->r, i - 1) & who && !(classes(s->r, i - 1) & ONR_WORD_ROLE) &&
         onr_reading_is_capital(s->r, i - 1);
}

static void add_name(Scanner *s, OnrSpan tokens, guint8 type) {
  const OnrReading *r = s->r;
  while (tokens.begin < tokens.end && is_before_name(s, tokens, type))
    tokens.begin++;
  if (tokens.begin == tokens.end || (tokens.begin + 1 == tokens.end && is_party_tag(r, tokens.begin)))
    return;
  if (is_behind_honorific(s, tokens))
    type = ONR_ENTITY_PERSON;
  if (type == ONR_ENTITY_PERSON)
    tokens.end = person_end(s, tokens);
  guint32 people =
      type == ONR_ENTITY_PERSON || type == ONR_ENTITY_PLACE ? tokens.begin : people_begin(s, tokens.begin);
  type = people < tokens.begin ? ONR_ENTITY_ORG : type;
  OnrName name = {
      .begin = people, .end = tokens.end, .type = type, .in_headline = r->headlines[s->sentence] != 0};
  name.head = onr_shape_head(r, name.end - 1);
  set_keys(r, &name);
  if (name.head && type == ONR_ENTITY_MISC)
    set_head(r, &name); /* the whole of London-based is labelled as misc */
  if (is_body_of(s, &name)) {
    name = (OnrName){.begin = name.begin, .end = name.end + 1, .type = ONR_ENTITY_ORG};
    set_keys(r, &name);
  }
  if (name.type == ONR_ENTITY_PERSON)
    set_person(r, &name, s->bounds.begin, s->bounds.end);
  name.is_loose = name.is_loose || is_explained(s, &name);
  g_array_append_val(s->names, name);
}

/* --- what is not labelled --- */

/* A poll's name: Reuters/Ipsos, ABC News/Washington Post, Associated Press-GfK, before "poll". Returns its
 * end, I where there is none. */
static guint32 pollster_end(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  gboolean has_slash = FALSE;
  guint32 end = i;
  for (; end < s->bounds.end && end - i < WORDS_MAX && is_name_word(r, end); end++) {
    const char *p = r->doc->text + onr_reading_token(r, end)->begin;
    gsize length = onr_reading_token(r, end)->end - onr_reading_token(r, end)->begin;
    const char *slash = memchr(p, '/', length), *dash = memchr(p, '-', length);
    has_slash = has_slash || (slash && g_ascii_isupper(slash[1])) ||
                (end > i && dash && dash > p + 1 && dash + 1 < p + length && g_ascii_isupper(dash[1]));
  }
  guint32 poll = end;
  while (has_slash && poll < s->bounds.end && poll - end < 2 && onr_tag(r, poll) == ONR_TAG_NOUN &&
         !onr_reading_equals_any(r, poll, "poll survey"))
    poll++;
  return has_slash && poll < s->bounds.end && onr_reading_equals_any(r, poll, "poll survey polls surveys")
             ? end
             : i;
}

/* "Fields later wrote", "Price’s aides": is the word at I what the verb behind it is about? */
static gboolean begins_clause(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  if (i + 1 >= s->bounds.end)
    return FALSE;
  OnrTag next = onr_tag(r, i + 1);
  gboolean is_thing = classes(r, i + 1) & ONR_WORD_BE; /* Price is what matters */
  return !is_thing && (onr_reading_token(r, i)->possessive || next == ONR_TAG_VERB ||
                       next == ONR_TAG_AUXILIARY || next == ONR_TAG_ADVERB);
}

/* May the word at I, no entity's, name what the article names elsewhere? Dorn, in a headline; Halden of
 * Halden-led; an everyday word where it begins a clause and the article never has it without its capital. */
static gboolean is_loose_name(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  const guint64 never =
      ONR_WORD_PRONOUN | ONR_WORD_DETERMINER | ONR_WORD_PEOPLE | ONR_WORD_ROLE | ONR_WORD_NUMBER;
  if (onr_reading_token(r, i)->kind != ONR_TOKEN_WORD || !onr_reading_is_capital(r, i))
    return FALSE;
  if (onr_shape_head(r, i))
    return TRUE;
  if (onr_shape_is_no_name(r, i) || is_party_tag(r, i) || classes(r, i) & never)
    return FALSE;
  if (classes(r, i) & ONR_WORD_ORDINARY)
    return begins_clause(s, i) && !s->r->headlines[s->sentence] && !s->recogniser->features.items[i].is_small;
  return r->words[i].tag == ONR_TAG_NAME || r->words[i].tag == ONR_TAG_NOUN;
}

static void add_loose_name(Scanner *s, guint32 i) {
  OnrName name = {.begin = i, .end = i + 1, .type = ONR_ENTITY_MISC, .head = onr_shape_head(s->r, i)};
  set_keys(s->r, &name);
  name.is_loose = TRUE;
  if (name.head)
    set_head(s->r, &name);
  g_array_append_val(s->names, name);
}

/* The name that the acronym at I, in brackets, stands for: the words before whose capitals are its letters;
 * empty where they are others. "the Alliance to Reclaim Our Schools (AROS)" */
static OnrSpan expansion_of(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrToken *t = onr_reading_token(r, i);
  OnrSpan none = {0, 0};
  guint32 k = i - 1;
  for (guint32 p = t->end; p > t->begin; p--) {
    char letter = r->doc->text[p - 1];
    if (!g_ascii_isupper(letter))
      return none;
    do {
      if (k == s->bounds.begin || i - k > EXPANSION_REACH)
        return none;
      k--;
      if (onr_reading_token(r, k)->kind != ONR_TOKEN_WORD)
        return none;
    } while (!onr_reading_is_capital(r, k));
    if (r->doc->text[onr_reading_token(r, k)->begin] != letter)
      return none;
  }
  return (OnrSpan){k, i - 1};
}

/* Names that were found in pieces become the one that the acronym at I, behind it, stands for. */
static void read_acronym(Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  const OnrToken *t = onr_reading_token(r, i);
  guint32 length = t->end - t->begin;
  if (i < s->bounds.begin + 3 || i + 1 >= s->bounds.end || !(t->flags & ONR_TOKEN_ALL_CAPS) || length < 3 ||
      length > EXPANSION_REACH || onr_tag(r, i - 1) != ONR_TAG_OPEN || onr_tag(r, i + 1) != ONR_TAG_CLOSE)
    return;
  OnrSpan span = expansion_of(s, i);
  if (span.begin == span.end)
    return;
  forget_from(s, span.begin);
  if (s->names->len && g_array_index(s->names, OnrName, s->names->len - 1).end > span.begin)
    return;
  add_name(s, span, ONR_ENTITY_ORG);
}

/* Is I the first of a run of capitals, "A" and "The" not counted? */
static gboolean begins_run(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  return is_name_word(r, i) && !(classes(r, i) & ONR_WORD_DETERMINER) &&
         (i == s->bounds.begin || !is_name_word(r, i - 1) || classes(r, i - 1) & ONR_WORD_DETERMINER);
}

static gboolean is_short_for_mount(const OnrReading *r, guint32 i) {
  return onr_reading_equals_any(r, i, "mt mt. ft ft.");
}

/* Where the name of a mountain or a fort begins that was found from I on: "Mt. Vernon", "Ft. Worth"; I: it is
 * none. */
static guint32 begin_of_mount(const Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 k = i;
  if (k > s->bounds.begin && onr_reading_is_mark(r, k - 1, '.'))
    k--;
  gboolean is_short = k > s->bounds.begin && onr_reading_is_capital(r, k - 1) && is_short_for_mount(r, k - 1);
  return is_short ? k - 1 : i;
}

/* "Mt. Vernon" whole, and no body's name: "Mt. Sinai Hospital" */
static gboolean is_mount(const OnrReading *r, OnrSpan name) {
  return onr_span_length(name) > 1 && is_short_for_mount(r, name.begin) &&
         !onr_reading_is(r, name.end - 1, ONR_WORD_BODY);
}

/* "Image copyright AFP Image caption": the name that begins so is AFP. */
static guint32 end_before_caption(const Scanner *s, OnrSpan name) {
  gboolean is_caption = onr_span_length(name) > 1 && onr_reading_equals(s->r, name.end - 1, "image") &&
                        name.end < s->r->n && onr_reading_equals(s->r, name.end, "caption");
  return is_caption ? name.end - 1 : name.end;
}

/* The name at token I, labelled or not; returns its end, I where there is none. */
static guint32 read_name(Scanner *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 end = begins_run(s, i) && !r->headlines[s->sentence] ? pollster_end(s, i) : i;
  if (end > i) {
    OnrName name = {.begin = i, .end = end, .type = ONR_ENTITY_ORG};
    set_keys(r, &name);
    g_array_append_val(s->names, name);
    return end;
  }
  guint8 label = label_at(s, i);
  guint32 mount = begin_of_mount(s, i), next = i;
  if (!label && mount < i && is_name_word(r, i)) {
    forget_from(s, mount);
    add_name(s, (OnrSpan){mount, i + 1}, ONR_ENTITY_PLACE);
    return i + 1;
  }
  if (!label)
    return i;
  OnrSpan tokens = onr_recogniser_next(s->recogniser, &next, &label);
  if (mount < i) {
    tokens.begin = mount;
    forget_from(s, tokens.begin);
  }
  if (mount < i || is_mount(r, tokens))
    label = 1 + ONR_ENTITY_PLACE;
  if (label == 1 + ONR_ENTITY_PERSON) {
    tokens.begin = begin_of_person(s, tokens.begin, tokens.end);
    tokens.end = generation_end(s, end_of_person(s, tokens.begin, tokens.end));
    forget_from(s, tokens.begin);
  } else
    tokens.end = end_of_body(s, tokens.begin, tokens.end);
  guint32 behind = tokens.end;
  tokens.end = end_before_caption(s, tokens);
  gboolean is_longer = label != 1 + ONR_ENTITY_PERSON && tokens.end > next;
  add_name(s, tokens, is_longer ? ONR_ENTITY_ORG : type_of_name(s, tokens, (guint8)(label - 1)));
  return behind;
}

static void read_sentence(Scanner *s) {
  for (guint32 i = s->bounds.begin; i < s->bounds.end;) {
    read_acronym(s, i);
    guint32 end = read_name(s, i);
    if (end == i && is_loose_name(s, i))
      add_loose_name(s, i);
    i = MAX(end, i + 1);
  }
}

void onr_names_find(const OnrRecogniser *recogniser, GArray *names) {
  Scanner s = {.recogniser = recogniser, .r = recogniser->features.reading, .names = names};
  for (s.sentence = 0; s.sentence < s.r->doc->n_sentences; s.sentence++) {
    s.bounds =
        (OnrSpan){s.r->doc->sentences[s.sentence].first_token, s.r->doc->sentences[s.sentence].end_token};
    read_sentence(&s);
  }
}
