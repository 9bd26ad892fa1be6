/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/region.h"

#include "text/known_names.h"
#include "text/name.h"
#include "text/tables/tables.h"

#include <string.h>

#define WHOLE_COUNTRY "us" /* "Washington, U.S.": where a town is by its state, not said */
#define MAX_WORDS 3        /* of a region's name behind a town: "British Columbia", "Northwest Territories" */

#define LETTER_BITS 5

typedef struct {
  GHashTable *regions;                   /* name, also of people and cities → usual name */
  guint8 begins[1 << (3 * LETTER_BITS)]; /* of those: not 0 where one has these first letters */
  GHashTable *behind;                    /* of those the names that stand behind a town */
  GHashTable *towns;                     /* name, without its "+", → row of onr_towns */
  GHashTable *small;                     /* the same of onr_small_towns */
  GStringChunk *words;
} Tables;

/* The first three letters, as far as there are, of the word at P. */
static guint first_letters(const char *p, const char *end) {
  guint letters = 0, n = 0;
  for (; p < end && n < 3 && (g_ascii_isalpha(*p) || *p == '.'); p++)
    if (*p != '.') {
      letters = letters << LETTER_BITS | (guint)(g_ascii_tolower(*p) - 'a' + 1);
      n++;
    }
  return letters << (LETTER_BITS * (3 - n));
}

static void note_beginnings(Tables *t) {
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, t->regions);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    t->begins[first_letters(name, (const char *)name + strlen(name))] = 1;
}

static GHashTable *by_town(const char *const *rows, GStringChunk *words) {
  GHashTable *out = g_hash_table_new(g_str_hash, g_str_equal);
  for (; *rows; rows++) {
    const char *name = *rows + (**rows == '+');
    g_autofree char *first = g_strndup(name, strcspn(name, " "));
    g_hash_table_insert(out, g_string_chunk_insert_const(words, first), (gpointer)*rows);
  }
  return out;
}

static gpointer make_tables(gpointer data) {
  (void)data;
  Tables *t = g_new0(Tables, 1);
  t->words = g_string_chunk_new(1 << 14);
  t->regions = g_hash_table_new(g_str_hash, g_str_equal);
  t->behind = g_hash_table_new(g_str_hash, g_str_equal);
  const char *const *const lists[] = {onr_countries, onr_regions};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    onr_tables_add(t->regions, t->words, lists[i], FALSE);
    onr_tables_add(t->behind, t->words, lists[i], TRUE);
  }
  note_beginnings(t);
  t->towns = by_town(onr_towns, t->words);
  t->small = by_town(onr_small_towns, t->words);
  return t;
}

static const Tables *tables(void) {
  static GOnce once = G_ONCE_INIT;
  return g_once(&once, make_tables, NULL);
}

/* The usual name of a country, or of a state, province or nation of one, that WORDS (as ids have them:
   "w-va") are; NULL where they are none. */
static const char *region_named(const char *words) {
  return g_hash_table_lookup(tables()->regions, words);
}

/* "charleston" of "place:charleston"; a site may have been taken for a body. */
static const char *name_of(const char *id) {
  return strchr(id, ':') + 1;
}

gboolean onr_region_is_town(const char *name) {
  return g_hash_table_contains(tables()->towns, name);
}

gboolean onr_region_is_shared(const char *id) {
  const char *town = name_of(id);
  return g_str_has_prefix(id, "place:") &&
         (onr_region_is_town(town) || (!onr_known_place(town) && !onr_region_is_named(town)));
}

gboolean onr_region_is_named(const char *name) {
  return region_named(name) != NULL;
}

/* Each state may have a county of any name. */
static const char counties[] = "county alabama alaska arizona arkansas california colorado connecticut "
                               "delaware florida georgia hawaii idaho "
                               "illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts "
                               "michigan minnesota mississippi "
                               "missouri montana nebraska nevada new-hampshire new-jersey new-mexico "
                               "new-york-state north-carolina north-dakota "
                               "ohio oklahoma oregon pennsylvania rhode-island south-carolina south-dakota "
                               "tennessee texas utah vermont virginia "
                               "west-virginia wisconsin wyoming";

/* --- behind the town --- */

static const char *skip_blanks(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\n'))
    p++;
  return p;
}

/* The end of the word at P: letters, and dots between or behind them. */
static const char *word_end(const char *p, const char *end) {
  while (p < end && (g_ascii_isalpha(*p) || *p == '.' || (guchar)*p >= 0x80))
    p++;
  return p;
}

/* What the words from BEGIN to END are among NAMES; NULL where they are none. */
static const char *named_by(GHashTable *names, const char *begin, const char *end) {
  g_autofree char *name = g_strndup(begin, (gsize)(end - begin));
  g_autofree char *id = onr_name_id("place", name);
  return g_hash_table_lookup(names, id + strlen("place:"));
}

#define FULL_NAME 5 /* letters of a name that is no short form, "Mass", "Miss", of one */

/* What the words from BEGIN to END, in full, are among NAMES. */
static const char *named_in_full(GHashTable *names, const char *begin, const char *end) {
  const char *region = named_by(names, begin, end);
  gsize length = (gsize)(end - begin);
  return region && (length >= FULL_NAME ||
                    (length == strlen(region) && strcmp(region, "washington-state") != 0))
             ? region
             : NULL;
}

typedef const char *(*NamedFunc)(GHashTable *names, const char *begin, const char *end);

/* Most words begin no region's name; those with other than ASCII letters may. */
static gboolean may_begin_region(const char *p, const char *end) {
  gboolean is_ascii = TRUE;
  for (const char *q = p; q < end && q < p + 3; q++)
    is_ascii = is_ascii && !((guchar)*q & 0x80);
  return !is_ascii || tables()->begins[first_letters(p, end)];
}

/* The longest region that the one to three capitalised words at P are among NAMES, by NAMED; its end in
 *BEHIND where there is one. */
static const char *longest_at(NamedFunc named, GHashTable *names, const char *p, const char *end,
                              const char **behind) {
  const char *begin = p, *found = NULL;
  if (!may_begin_region(p, end))
    return NULL;
  for (guint n = 0; n < MAX_WORDS && p < end && g_ascii_isupper(*p); n++) {
    const char *word = word_end(p, end), *region = named(names, begin, word);
    if (region) {
      found = region;
      *behind = word;
    }
    p = skip_blanks(word, end);
  }
  return found;
}

static gboolean is_listed_in(const char *row, const char *region) {
  return row && strchr(row, ' ') && onr_is_listed(strchr(row, ' ') + 1, region);
}

/* Are the town at BEGIN and the region that ends at END members of a list: "Oregon, Washington, Idaho",
   "Washington, Oregon and Utah"? */
static gboolean is_in_list(const char *text, gsize length, guint32 begin, guint32 end) {
  while (begin && (text[begin - 1] == ' ' || text[begin - 1] == '\n'))
    begin--;
  return (begin && strchr(",:;", text[begin - 1])) || (length - end > 5 && !memcmp(text + end, " and ", 5));
}

/* Does a region that ends at END end there: "Washington, Iowa, a pastor", not "Washington, China denounced"?
 */
static gboolean is_closed(const char *text, gsize length, guint32 end) {
  const char *p = skip_blanks(text + end, text + length);
  return text[end - 1] == '.' || p == text + length || strchr(",;)", *p);
}

/* What a town that everybody knows (ROW begins with "+") is said to be by REGION, none of ROW's, behind it,
   which ends at END: in REGION, or one of a list of states, or nothing. */
static const char *doubtful_region(const char *text, gsize length, OnrSpan town, const char *name,
                                   const char *region, guint32 end) {
  if (is_in_list(text, length, town.begin, end))
    return onr_is_listed(counties, region) ? region_named(name) : NULL;
  return is_closed(text, length, end) ? region : NULL;
}

/* "…, South Carolina": the longest of one to three capitalised words behind a comma. */
static const char *region_behind(const char *name, const char *row, const char *text, gsize length,
                                 OnrSpan town) {
  const char *end = text + length, *p = skip_blanks(text + town.end, end), *found_end = NULL;
  if (p >= end || *p != ',')
    return NULL;
  const char *found = longest_at(named_by, tables()->behind, skip_blanks(p + 1, end), end, &found_end);
  if (!found || !strcmp(found, WHOLE_COUNTRY))
    return NULL;
  return row && *row == '+' && !is_listed_in(row, found)
             ? doubtful_region(text, length, town, name, found, (guint32)(found_end - text))
             : found;
}

/* "Washington state". */
static const char *region_itself(const char *town, const char *text, gsize length, guint32 offset) {
  static const char *const marks[] = {" state", " State"};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
    if (length - offset > strlen(marks[i]) && !memcmp(text + offset, marks[i], strlen(marks[i])) &&
        !g_ascii_isalpha(text[offset + strlen(marks[i])]))
      return region_named(town);
  return NULL;
}

/* --- elsewhere in the article --- */

/* Bytes before and behind a town in which regions are looked for; fewer where its name alone says which it
   is, and only what stands beside it may say another. */
#define FAR 3000
#define NEAR 120
/* Washington, at P, is the capital where nobody says that it is the state. */
static gboolean is_capital(const char *p, const char *end) {
  static const char name[] = "Washington", state[] = " state";
  gsize n = strlen(name);
  gboolean is_state =
      (gsize)(end - p) >= n + strlen(state) && !g_ascii_strncasecmp(p + n, state, strlen(state));
  return (gsize)(end - p) >= n && !memcmp(p, name, n) && !is_state;
}

/* The longest region at the word at P, one that ROW lists. Of a town whose name alone says where it is,
   people and cities near it say nothing. */
static const char *listed_at(const char *row, const char *p, const char *end) {
  GHashTable *names = *row == '+' ? tables()->behind : tables()->regions;
  const char *behind, *found = longest_at(named_in_full, names, p, end, &behind);
  return found && is_listed_in(row, found) && !is_capital(p, end) ? found : NULL;
}

/* The nearest of the regions that ROW lists and the text names within WINDOW of SPAN; *LEAST is how near one
   was found before. */
static void find_near(const char *row, const char *text, gsize length, OnrSpan span, guint32 window,
                      const char **found, guint32 *least) {
  guint32 first = span.begin > window ? span.begin - window : 0,
          last = (guint32)MIN(span.end + window, length);
  for (const char *p = text + first; p < text + last; p++) {
    guint32 at = (guint32)(p - text), distance = at < span.begin ? span.begin - at : at - span.begin;
    if (!g_ascii_isupper(*p) || (p > text && g_ascii_isalpha(p[-1])) || (at >= span.begin && at < span.end) ||
        distance >= *least)
      continue;
    const char *region = listed_at(row, p, text + length);
    if (!region)
      continue;
    *found = region;
    *least = distance;
  }
}

/* The region that a name alone says. */
static const char *first_of(const char *row) {
  const char *begin = strchr(row, ' ') + 1;
  g_autofree char *name = g_strndup(begin, strcspn(begin, " "));
  const char *region = region_named(name);
  return region ? region : begin;
}

static const char *row_of(const char *town) {
  const char *row = g_hash_table_lookup(tables()->towns, town);
  row = row ? row : g_hash_table_lookup(tables()->small, town);
  return !row && g_str_has_suffix(town, "-county") ? counties : row;
}

/* --- bodies --- */

/* Where the word before P begins; P where none stands directly before. */
static const char *word_before(const char *text, const char *p) {
  const char *end = p;
  while (end > text && (end[-1] == ' ' || end[-1] == '\n'))
    end--;
  const char *begin = end;
  while (begin > text &&
         (g_ascii_isalpha(begin[-1]) || begin[-1] == '.' || (guchar)begin[-1] >= 0x80 || begin[-1] == '\''))
    begin--;
  return begin < end ? begin : p;
}

/* The region of the town that the words from BEGIN to END are, where its name alone says it. */
static const char *region_of_town_named(const char *begin, const char *end) {
  const char *row = named_by(tables()->towns, begin, end);
  row = row ? row : named_by(tables()->small, begin, end);
  gboolean is_one = row && strchr(row, ' ') && strchr(row, ' ') == strrchr(row, ' ');
  return is_one || (row && *row == '+') ? first_of(row) : NULL;
}

/* "Russian", "Ohio’s", "South Korean", "Cairo’s", directly before P. */
static const char *region_before(const char *text, const char *p) {
  const char *begin = p, *found = NULL;
  for (guint n = 0; n < MAX_WORDS; n++) {
    const char *word = word_before(text, begin);
    if (word == begin || !g_ascii_isupper(*word))
      break;
    begin = word;
    const char *region = named_in_full(tables()->regions, begin, p);
    region = region ? region : region_of_town_named(begin, p);
    found = region ? region : found;
  }
  return found;
}

/* Of the town whose name, of one to three words, begins at P: the region behind it ("Bedminster, N.J."), else
   the one that has such a town. */
static const char *region_of_town(const char *p, const char *end) {
  const char *begin = p, *found = NULL, *behind;
  for (guint n = 0; n < MAX_WORDS && p < end && g_ascii_isupper(*p); n++) {
    const char *word = word_end(p, end), *alone = region_of_town_named(begin, word);
    found = alone ? alone : found;
    p = skip_blanks(word, end);
    const char *said = p < end && *p == ','
                           ? longest_at(named_by, tables()->behind, skip_blanks(p + 1, end), end, &behind)
                           : NULL;
    if (said)
      return said;
  }
  return found;
}

static gboolean begins_with(const char *p, const char *end, const char *words) {
  gsize n = strlen(words);
  return (gsize)(end - p) >= n && !memcmp(p, words, n);
}

/* "Ohio", "Bedminster, N.J.", at P; Washington is the capital there IS_PLACE. */
static const char *region_at(const char *p, const char *end, gboolean is_place) {
  const char *behind, *region = longest_at(named_in_full, tables()->regions, p, end, &behind);
  return region && !(is_place && is_capital(p, end)) ? region : region_of_town(p, end);
}

/* "of Ohio", "of the United Kingdom", "in Bedminster, N.J.", directly behind P. */
static const char *region_linked(const char *p, const char *end) {
  enum { OF_THE, OF, IN };
  static const char *const links[] = {[OF_THE] = " of the ", [OF] = " of ", [IN] = " in "};
  p += begins_with(p, end, " building") ? strlen(" building") : 0; /* the Capitol building in Madison */
  for (guint i = 0; i < G_N_ELEMENTS(links); i++)
    if (begins_with(p, end, links[i]))
      return region_at(p + strlen(links[i]), end, i == IN);
  return NULL;
}

#define LONG_SENTENCE 300 /* bytes before a name in which its sentence begins */

/* Where the sentence with P begins: behind a line's end, or a full stop that a capital follows. */
static const char *sentence_begin(const char *text, const char *p) {
  const char *least = p - text > LONG_SENTENCE ? p - LONG_SENTENCE : text;
  for (; p > least; p--)
    if (p[-1] == '\n' ||
        (p - text > 3 && g_ascii_isupper(*p) && p[-1] == ' ' && p[-2] == '.' && g_ascii_islower(p[-3])))
      return p;
  return p;
}

/* "In Lansing, Michigan, drivers passed the Capitol": where the sentence says that it plays. */
static const char *setting(const char *text, gsize length, OnrSpan span) {
  const char *begin = sentence_begin(text, text + span.begin);
  return begin < text + span.begin && begins_with(begin, text + length, "In ")
             ? region_at(begin + strlen("In "), text + span.begin, TRUE)
             : NULL;
}

/* Of what stands at SPAN: "Baghdad's Tahrir Square", "Trump Tower in Chicago". */
static const char *region_beside(const char *text, gsize length, OnrSpan span) {
  const char *region = region_before(text, text + span.begin);
  region = region ? region : region_linked(text + span.end, text + length);
  return region ? region : setting(text, length, span);
}

/* "the state Department of Justice" */
static gboolean is_of_a_state(const char *text, const char *p) {
  const char *word = word_before(text, p);
  return p - word >= 5 && !strncmp(word, "state", 5) && !g_ascii_isalpha(word[5]);
}

/* The state that is named nearest to SPAN; "a-state" where none is near. */
static const char *nearest_state(const char *text, gsize length, OnrSpan span) {
  const char *found = NULL;
  guint32 least = G_MAXUINT32;
  find_near(counties, text, length, span, FAR, &found, &least);
  return found ? found : "a-state";
}

const char *onr_region_of_body(const char *text, gsize length, const OnrSpan *spans, guint n,
                               gboolean is_usual) {
  for (guint i = 0; i < n; i++) {
    const char *region = region_beside(text, length, spans[i]);
    if (region)
      return strcmp(region, WHOLE_COUNTRY) != 0 ? region : NULL;
    if (is_usual && is_of_a_state(text, text + spans[i].begin))
      return nearest_state(text, length, spans[i]);
  }
  return NULL;
}

/* --- towns --- */

const char *onr_region_of(const char *id, const char *text, gsize length, const OnrSpan *spans, guint n) {
  const char *town = name_of(id), *row = row_of(town), *found = NULL;
  for (guint i = 0; i < n; i++) {
    const char *region = region_behind(town, row, text, length, spans[i]);
    region = region ? region : region_itself(town, text, length, spans[i].end);
    if (!region)
      region = !row          ? region_beside(text, length, spans[i])
               : *row != '+' ? region_linked(text + spans[i].end, text + length)
                             : NULL;
    if (region)
      return region;
  }
  guint32 least = G_MAXUINT32;
  if (!row || !strchr(row, ' '))
    return NULL;
  for (guint i = 0; i < n; i++)
    find_near(row, text, length, spans[i], *row == '+' ? NEAR : FAR, &found, &least);
  return found || *row != '+' ? found : first_of(row);
}

/* --- what a text is about --- */

#define MANY_TIMES 4  /* that a text names what it is about, at least, … */
#define FAR_OFTENER 3 /* … and as often as anything else */

static guint times_of(GHashTable *times, const char *region) {
  return GPOINTER_TO_UINT(g_hash_table_lookup(times, region));
}

const char *onr_region_of_text(const char *text, gsize length) {
  g_autoptr(GHashTable) times = g_hash_table_new(g_str_hash, g_str_equal);
  const char *end = text + length, *most = NULL, *behind = text;
  for (const char *p = text; p < end; p++) {
    if (!g_ascii_isupper(*p) || p < behind || (p > text && g_ascii_isalpha(p[-1])))
      continue;
    const char *region = longest_at(named_in_full, tables()->regions, p, end, &behind);
    if (!region)
      continue;
    g_hash_table_insert(times, (gpointer)region, GUINT_TO_POINTER(times_of(times, region) + 1));
    most = !most || times_of(times, region) > times_of(times, most) ? region : most;
  }
  GHashTableIter iter;
  gpointer region;
  g_hash_table_iter_init(&iter, times);
  while (most && g_hash_table_iter_next(&iter, &region, NULL))
    if (strcmp(region, most) != 0 && FAR_OFTENER * times_of(times, region) > times_of(times, most))
      return NULL;
  return most && times_of(times, most) >= MANY_TIMES && strcmp(most, WHOLE_COUNTRY) != 0 ? most : NULL;
}
