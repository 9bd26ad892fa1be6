/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A rule at a time, by what stands before and after the mark. The lists are our own; what a newsroom
 * abbreviates is in any style book. */
#include "text/sentence.h"

#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MAX_ABBREVIATION 8 /* bytes with a terminator */

typedef struct {
  const char *text;
  const OnrToken *items;
  guint32 end;
} Tokens;

typedef enum {
  TITLE, /* a name follows: never ends a sentence */
  SHORT, /* ends one when the next word is one that begins sentences */
  COUNT, /* no end before a number: No. 10, Feb. 6, p. 3 */
} AbbreviationKind;

typedef struct {
  char word[MAX_ABBREVIATION];
  guint8 kind;
} Abbreviation;

/* Sorted by bytes. A capital stands for itself, so that "Mar." is March and "mar." none; all capitals are
 * read as the capitalised form. Initialisms stand here with their full stops. */
static const Abbreviation abbreviations[] = {
    {"Abp", TITLE},    {"Adm", TITLE},    {"Ala", SHORT},    {"Ald", TITLE},    {"Alta", SHORT},
    {"Amb", TITLE},    {"Approx", TITLE}, {"Apr", COUNT},    {"Apt", COUNT},    {"Ariz", SHORT},
    {"Ark", SHORT},    {"Art", COUNT},    {"Assn", SHORT},   {"Asst", TITLE},   {"Atty", TITLE},
    {"Aug", COUNT},    {"Ave", SHORT},    {"Bldg", SHORT},   {"Blvd", SHORT},   {"Bp", TITLE},
    {"Brig", TITLE},   {"Bros", SHORT},   {"Calif", SHORT},  {"Capt", TITLE},   {"Cdr", TITLE},
    {"Cf", TITLE},     {"Ch", COUNT},     {"Chap", COUNT},   {"Cllr", TITLE},   {"Cmdr", TITLE},
    {"Co", SHORT},     {"Col", TITLE},    {"Colo", SHORT},   {"Cols", TITLE},   {"Conn", SHORT},
    {"Corp", SHORT},   {"Coun", TITLE},   {"Cpl", TITLE},    {"Cpt", TITLE},    {"Ct", SHORT},
    {"Dec", COUNT},    {"Del", SHORT},    {"Dept", SHORT},   {"Det", TITLE},    {"Dist", TITLE},
    {"Dr", TITLE},     {"Drs", TITLE},    {"Esq", SHORT},    {"Feb", COUNT},    {"Fig", COUNT},
    {"Figs", COUNT},   {"Fla", SHORT},    {"Fr", TITLE},     {"Fri", COUNT},    {"Ft", TITLE},
    {"Ga", SHORT},     {"Gen", TITLE},    {"Gens", TITLE},   {"Gov", TITLE},    {"Govs", TITLE},
    {"Hon", TITLE},    {"Hwy", COUNT},    {"Ill", SHORT},    {"Inc", SHORT},    {"Ind", SHORT},
    {"Insp", TITLE},   {"Intl", SHORT},   {"Jan", COUNT},    {"Jr", SHORT},     {"Jul", COUNT},
    {"Jun", COUNT},    {"Kan", SHORT},    {"Ky", SHORT},     {"La", SHORT},     {"Lieut", TITLE},
    {"Lt", TITLE},     {"Ltd", SHORT},    {"Lts", TITLE},    {"Maj", TITLE},    {"Mar", COUNT},
    {"Mass", SHORT},   {"Md", SHORT},     {"Messrs", TITLE}, {"Mfg", SHORT},    {"Mgr", TITLE},
    {"Mich", SHORT},   {"Minn", SHORT},   {"Miss", SHORT},   {"Mlle", TITLE},   {"Mme", TITLE},
    {"Mo", SHORT},     {"Mon", COUNT},    {"Mont", SHORT},   {"Mr", TITLE},     {"Mrs", TITLE},
    {"Ms", TITLE},     {"Msgr", TITLE},   {"Mt", TITLE},     {"Mx", TITLE},     {"Natl", SHORT},
    {"Neb", SHORT},    {"Nev", SHORT},    {"No", COUNT},     {"Nos", COUNT},    {"Nov", COUNT},
    {"Oct", COUNT},    {"Okla", SHORT},   {"Ont", SHORT},    {"Ore", SHORT},    {"Pa", SHORT},
    {"Para", COUNT},   {"Pfc", TITLE},    {"Ph", TITLE},     {"Pkwy", SHORT},   {"Pres", TITLE},
    {"Prof", TITLE},   {"Profs", TITLE},  {"Pt", COUNT},     {"Pvt", TITLE},    {"Que", SHORT},
    {"Rd", SHORT},     {"Rep", TITLE},    {"Reps", TITLE},   {"Rev", TITLE},    {"Revs", TITLE},
    {"Rt", TITLE},     {"Sask", SHORT},   {"Sat", COUNT},    {"Sc", SHORT},     {"Sec", COUNT},
    {"Sect", COUNT},   {"Secy", TITLE},   {"Sen", TITLE},    {"Sens", TITLE},   {"Sep", COUNT},
    {"Sept", COUNT},   {"Sgt", TITLE},    {"Sgts", TITLE},   {"Sir", SHORT},    {"Spc", TITLE},
    {"Sr", SHORT},     {"Sra", TITLE},    {"Srta", TITLE},   {"St", TITLE},     {"Ste", TITLE},
    {"Sun", COUNT},    {"Supt", TITLE},   {"Tenn", SHORT},   {"Tex", SHORT},    {"Thu", COUNT},
    {"Thurs", COUNT},  {"Treas", TITLE},  {"Tue", COUNT},    {"Tues", COUNT},   {"Univ", SHORT},
    {"Va", SHORT},     {"Vol", COUNT},    {"Vs", TITLE},     {"Vt", SHORT},     {"Wash", SHORT},
    {"Wed", COUNT},    {"Wis", SHORT},    {"Wyo", SHORT},    {"a.k.a.", TITLE}, {"al", SHORT},
    {"approx", TITLE}, {"bros", SHORT},   {"ca", COUNT},     {"cf", TITLE},     {"co", SHORT},
    {"corp", SHORT},   {"dept", SHORT},   {"e.g.", TITLE},   {"ed", SHORT},     {"eds", SHORT},
    {"est", SHORT},    {"etc", SHORT},    {"ft", SHORT},     {"i.e.", TITLE},   {"inc", SHORT},
    {"jr", SHORT},     {"lb", SHORT},     {"lbs", SHORT},    {"ltd", SHORT},    {"mph", SHORT},
    {"no", COUNT},     {"nos", COUNT},    {"oz", SHORT},     {"p", COUNT},      {"pp", COUNT},
    {"sec", COUNT},    {"sq", TITLE},     {"sr", SHORT},     {"v", TITLE},      {"viz", TITLE},
    {"vol", COUNT},    {"vs", TITLE},
};

/* Words that begin sentences and seldom names, for the full stop of an abbreviation that may end one. Sorted.
 */
static const char *const starters[] = {
    "A",        "About",   "According", "After",   "All",       "Also",      "Although",  "Among",
    "An",       "And",     "Another",   "Any",     "Anyone",    "As",        "Asked",     "At",
    "Because",  "Before",  "Between",   "Both",    "But",       "By",        "Critics",   "Despite",
    "During",   "Each",    "Earlier",   "Even",    "Every",     "Everybody", "Everyone",  "Everything",
    "Few",      "Finally", "Following", "For",     "From",      "Given",     "He",        "Her",
    "Here",     "His",     "How",       "However", "I",         "If",        "In",        "Instead",
    "Is",       "It",      "Its",       "Last",    "Later",     "Many",      "Meanwhile", "More",
    "Moreover", "Most",    "My",        "Neither", "No",        "Nobody",    "None",      "Nor",
    "Not",      "Nothing", "Now",       "Of",      "Officials", "On",        "Once",      "One",
    "Only",     "Or",      "Other",     "Others",  "Our",       "People",    "Perhaps",   "Several",
    "She",      "Since",   "So",        "Some",    "Someone",   "Still",     "Such",      "That",
    "The",      "Their",   "Then",      "There",   "These",     "They",      "This",      "Those",
    "Though",   "Three",   "Through",   "Thus",    "To",        "Together",  "Two",       "Under",
    "Until",    "Was",     "We",        "What",    "When",      "Where",     "Whether",   "Which",
    "While",    "Who",     "Why",       "With",    "Without",   "Yes",       "Yet",       "You",
    "Your",
};

static int compare_abbreviation(const void *key, const void *entry) {
  return strcmp(key, ((const Abbreviation *)entry)->word);
}

static int compare_word(const void *key, const void *entry) {
  return strcmp(key, *(const char *const *)entry);
}

/* Copies token T into WORD when it is short and plain. */
static gboolean copy_word(const Tokens *s, const OnrToken *t, char *word, gsize size) {
  guint32 n = t->end - t->begin;
  if (n >= size || t->flags & ONR_TOKEN_NON_ASCII)
    return FALSE;
  memcpy(word, s->text + t->begin, n);
  word[n] = '\0';
  if (t->flags & ONR_TOKEN_ALL_CAPS)
    for (guint32 i = 1; i < n; i++)
      word[i] = g_ascii_tolower(word[i]);
  return TRUE;
}

static const Abbreviation *find_abbreviation(const Tokens *s, const OnrToken *t) {
  char word[MAX_ABBREVIATION];
  if (t->kind != ONR_TOKEN_WORD || !copy_word(s, t, word, sizeof word))
    return NULL;
  return bsearch(word, abbreviations, G_N_ELEMENTS(abbreviations), sizeof *abbreviations,
                 compare_abbreviation);
}

static gboolean is_starter(const Tokens *s, const OnrToken *t) {
  char word[12];
  if (!(t->flags & ONR_TOKEN_CAPITAL) || !copy_word(s, t, word, sizeof word))
    return FALSE;
  return bsearch(word, starters, G_N_ELEMENTS(starters), sizeof *starters, compare_word) != NULL;
}

static gint32 mark_of(const Tokens *s, const OnrToken *t) {
  guint n;
  return t->kind == ONR_TOKEN_MARK ? onr_utf8_get(s->text + t->begin, s->text + t->end, &n) : 0;
}

typedef enum { NO_STOP, FULL_STOP, ELLIPSIS, EXCLAIM, WIDE_STOP } Stop;

static Stop stop_of(const Tokens *s, const OnrToken *t) {
  if (t->flags & ONR_TOKEN_DOTTED && s->text[t->end - 1] == '.')
    return FULL_STOP;
  switch (mark_of(s, t)) {
  case '.':
    return t->end - t->begin > 1 ? ELLIPSIS : FULL_STOP;
  case '!':
  case '?':
  case 0x203c: /* ‼ ⁇ ⁈ ⁉ */
  case 0x2047:
  case 0x2048:
  case 0x2049:
  case 0x61f: /* Arabic question mark */
    return EXCLAIM;
  case 0x2026:
    return ELLIPSIS;
  case 0x3002: /* ideographic full stop, fullwidth ! . ?, danda */
  case 0xff01:
  case 0xff0e:
  case 0xff1f:
  case 0xff61:
  case 0x964:
  case 0x965:
    return WIDE_STOP;
  default:
    return NO_STOP;
  }
}

/* A quotation mark or bracket that closes: curly by its shape, straight ones by standing next to what they
 * close. */
static gboolean is_closer(const Tokens *s, const OnrToken *t) {
  if (t->flags & ONR_TOKEN_SPACE_BEFORE)
    return FALSE;
  switch (mark_of(s, t)) {
  case '"':
  case '\'': /* and '' */
  case ')':
  case ']':
  case '}':
  case 0xbb:   /* » */
  case 0x2019: /* ’ */
  case 0x201d: /* ” */
  case 0x203a: /* › */
  case 0x300d: /* 」 */
  case 0x300f: /* 』 */
  case 0xff09:
  case 0xff02:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean is_opener(const Tokens *s, const OnrToken *t) {
  switch (mark_of(s, t)) {
  case '"':
  case '\'':
  case '`':
  case '(':
  case '[':
  case '{':
  case 0xab:   /* « */
  case 0x2018: /* ‘ */
  case 0x201a:
  case 0x201c: /* “ */
  case 0x201e:
  case 0x2039:
  case 0x300c:
  case 0x300e:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean is_lower_word(const OnrToken *t) {
  return t->kind == ONR_TOKEN_WORD &&
         !(t->flags & (ONR_TOKEN_CAPITAL | ONR_TOKEN_UNSPACED | ONR_TOKEN_NON_ASCII));
}

/* The first word or number from token I on, past opening marks; S->end when something else stands there. */
static guint32 word_after_openers(const Tokens *s, guint32 i) {
  while (i < s->end && is_opener(s, &s->items[i]))
    i++;
  return i < s->end && s->items[i].kind != ONR_TOKEN_MARK ? i : s->end;
}

/* After a full stop that belongs to an abbreviation of KIND: does the sentence end before token NEXT? */
static gboolean ends_after_abbreviation(const Tokens *s, AbbreviationKind kind, guint32 next) {
  guint32 word = word_after_openers(s, next);
  if (kind == TITLE || word == s->end)
    return FALSE;
  const OnrToken *t = &s->items[word];
  if (kind == COUNT)
    return t->kind != ONR_TOKEN_NUMBER && is_starter(s, t);
  /* a quotation mark begins anew, a bracket does not: "Reno, Nev. (AP)" */
  gboolean is_quoted =
      word > next && mark_of(s, &s->items[next]) != '(' && mark_of(s, &s->items[next]) != '[';
  return is_starter(s, t) || (is_quoted && t->flags & ONR_TOKEN_CAPITAL);
}

/* NEXT stands right behind a full stop: "done.Next", not "www.Example.org". */
static gboolean is_lost_space(const Tokens *s, guint32 next) {
  const OnrToken *n = &s->items[next];
  gboolean has_next_dot = next + 2 < s->end && mark_of(s, n + 1) == '.' &&
                          !(n[1].flags & ONR_TOKEN_SPACE_BEFORE) && !(n[2].flags & ONR_TOKEN_SPACE_BEFORE);
  return n->flags & ONR_TOKEN_CAPITAL && !(n->flags & ONR_TOKEN_ALL_CAPS) && !has_next_dot;
}

/* STOP is a single full stop, plain or of an initialism, closed by nothing. */
static gboolean ends_at_full_stop(const Tokens *s, guint32 stop, guint32 next) {
  const OnrToken *t = &s->items[stop], *n = &s->items[next];
  if (t->kind != ONR_TOKEN_MARK) { /* U.S., J., e.g. */
    const Abbreviation *initialism = find_abbreviation(s, t);
    return ends_after_abbreviation(s, initialism ? initialism->kind : SHORT, next);
  }
  gboolean is_attached = stop > 0 && !(t->flags & ONR_TOKEN_SPACE_BEFORE);
  const OnrToken *before = is_attached ? t - 1 : NULL;
  if (!(n->flags & ONR_TOKEN_SPACE_BEFORE))
    return before && is_lower_word(before) && is_lost_space(s, next);
  const Abbreviation *short_form = before ? find_abbreviation(s, before) : NULL;
  if (!short_form)
    return TRUE;
  /* "no" ends sentences far more often than it counts */
  if (short_form->kind == COUNT && n->kind != ONR_TOKEN_NUMBER && g_ascii_islower(short_form->word[0]))
    return TRUE;
  if (!strcmp(short_form->word, "No") && n->kind != ONR_TOKEN_NUMBER)
    return TRUE;
  return ends_after_abbreviation(s, short_form->kind, next);
}

/* Verbs that name the speaker after a quote. */
static const char *const speech_verbs[] = {
    "added",    "adds",    "asked", "asks",    "began",    "continued", "cried",   "demanded",  "exclaimed",
    "insisted", "joked",   "mused", "quipped", "recalled", "remarked",  "replied", "responded", "said",
    "says",     "shouted", "told",  "tweeted", "wondered", "wrote",     "yelled",
};

/* After “Why?” or “Never!”: a name of at most four words and a verb of saying, as in “Why?” Ada Novak asked.
 */
static gboolean names_speaker(const Tokens *s, guint32 i) {
  guint32 limit = MIN(s->end, i + 8);
  if (is_starter(s, &s->items[i])) /* “Go!” She went. */
    return FALSE;
  for (guint n_names = 0; i < limit; i++) {
    const OnrToken *t = &s->items[i];
    char word[12];
    if (t->kind == ONR_TOKEN_WORD && t->flags & ONR_TOKEN_CAPITAL && ++n_names <= 4)
      continue;
    if (mark_of(s, t) == '.' && n_names > 0 && find_abbreviation(s, t - 1))
      continue;
    return n_names > 0 && is_lower_word(t) && copy_word(s, t, word, sizeof word) &&
           bsearch(word, speech_verbs, G_N_ELEMENTS(speech_verbs), sizeof *speech_verbs, compare_word);
  }
  return FALSE;
}

/* A comma or a closing bracket goes on; a dash does after anything but a full stop, where it is a bullet. */
static gboolean goes_on(gint32 mark, Stop kind) {
  if (strchr(",;:)]", mark < 0x80 ? mark : ' '))
    return TRUE;
  return kind != FULL_STOP && (mark == '-' || mark == 0x2013 || mark == 0x2014);
}

/* STOP closes with the marks before token NEXT, which is of the same paragraph. */
static gboolean ends_before(const Tokens *s, guint32 stop, Stop kind, gboolean is_closed, guint32 next) {
  const OnrToken *n = &s->items[next];
  if (kind == WIDE_STOP)
    return TRUE;
  if (is_lower_word(n) || (n->kind == ONR_TOKEN_MARK && goes_on(mark_of(s, n), kind)))
    return FALSE;
  if (kind == ELLIPSIS) {
    guint32 word = word_after_openers(s, next);
    return word == s->end || !is_lower_word(&s->items[word]);
  }
  if (kind == EXCLAIM && is_closed && names_speaker(s, next))
    return FALSE;
  if (kind == EXCLAIM)
    return n->flags & ONR_TOKEN_SPACE_BEFORE || is_closed || n->flags & ONR_TOKEN_CAPITAL;
  return is_closed || ends_at_full_stop(s, stop, next);
}

/* The end of the row of stops that token I begins: "?!", "...!", and ". . ." with its spaces. *KIND gets what
 * the row is. */
static guint32 end_of_stops(const Tokens *s, guint32 i, Stop *kind) {
  gint32 first = mark_of(s, &s->items[i]);
  for (i++; i < s->end; i++) {
    const OnrToken *t = &s->items[i];
    gboolean is_spaced = (t->flags & ONR_TOKEN_SPACE_BEFORE) != 0;
    Stop next = t->kind == ONR_TOKEN_MARK ? stop_of(s, t) : NO_STOP;
    if (next == NO_STOP || (is_spaced && (first != '.' || mark_of(s, t) != '.')))
      break;
    *kind = is_spaced ? ELLIPSIS : next;
  }
  return i;
}

guint32 onr_sentence_end(const char *text, const OnrTokens *tokens, guint32 first, guint32 end) {
  Tokens s = {.text = text, .items = tokens->items, .end = end};
  for (guint32 i = first; i < end; i++) {
    const OnrToken *t = &s.items[i];
    if (t->kind != ONR_TOKEN_MARK && !(t->flags & ONR_TOKEN_DOTTED))
      continue;
    Stop kind = stop_of(&s, t);
    if (kind == NO_STOP)
      continue;
    guint32 next = end_of_stops(&s, i, &kind);
    guint32 stop = next - 1;
    while (next < end && is_closer(&s, &s.items[next]))
      next++;
    if (next == end || ends_before(&s, stop, kind, next > stop + 1, next))
      return next;
    i = next - 1;
  }
  return end;
}
