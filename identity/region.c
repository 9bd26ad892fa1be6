/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/region.h"

#include "text/name.h"
#include "text/tables/tables.h"

#include <string.h>

#define MAX_WORDS 3 /* of a region's name behind a town: "British Columbia", "Northwest Territories" */

typedef struct {
  GHashTable *regions; /* name → usual name */
  GHashTable *towns;   /* name → row of onr_towns, behind its "+" */
  GStringChunk *words;
} Tables;

static gpointer make_tables(gpointer data) {
  (void)data;
  Tables *t = g_new0(Tables, 1);
  t->words = g_string_chunk_new(1 << 14);
  t->regions = g_hash_table_new(g_str_hash, g_str_equal);
  t->towns = g_hash_table_new(g_str_hash, g_str_equal);
  const char *const *const lists[] = {onr_countries, onr_regions};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
    onr_tables_add(t->regions, t->words, lists[i]);
  for (const char *const *row = onr_towns; *row; row++) {
    const char *name = *row + (**row == '+');
    g_autofree char *first = g_strndup(name, strcspn(name, " "));
    g_hash_table_insert(t->towns, g_string_chunk_insert_const(t->words, first), (gpointer)*row);
  }
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

/* "charleston" of "place:charleston"; NULL where ID is no place's. */
static const char *town_of(const char *id) {
  return g_str_has_prefix(id, "place:") ? id + strlen("place:") : NULL;
}

gboolean onr_region_is_shared(const char *id) {
  const char *town = town_of(id);
  return town && (g_hash_table_contains(tables()->towns, town) || g_str_has_suffix(town, "-county"));
}

gboolean onr_region_is_named(const char *name) {
  return region_named(name) != NULL;
}

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

static const char *named_by(const char *begin, const char *end) {
  g_autofree char *name = g_strndup(begin, (gsize)(end - begin));
  g_autofree char *id = onr_name_id("place", name);
  return region_named(id + strlen("place:"));
}

/* "…, South Carolina": the longest of one to three capitalised words behind a comma. */
static const char *region_behind(const char *text, gsize length, guint32 offset) {
  const char *end = text + length, *p = skip_blanks(text + offset, end), *found = NULL;
  if (p >= end || *p != ',')
    return NULL;
  const char *begin = skip_blanks(p + 1, end);
  p = begin;
  for (guint n = 0; n < MAX_WORDS && p < end && g_ascii_isupper(*p); n++) {
    const char *behind = word_end(p, end), *region = named_by(begin, behind);
    found = region ? region : found;
    p = skip_blanks(behind, end);
  }
  return found;
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
#define FULL_NAME 5 /* letters of a name that is no short form, "Mass", "Miss", of one */

/* The region that the words from BEGIN to END name, or their people, in full. */
static const char *named_in_full(const char *begin, const char *end) {
  const char *region = named_by(begin, end);
  gsize length = (gsize)(end - begin);
  return region && (length >= FULL_NAME ||
                    (length == strlen(region) && strcmp(region, "washington-state") != 0))
             ? region
             : NULL;
}

/* The longest region at the word at P, one that ROW lists. */
static const char *listed_at(const char *row, const char *p, const char *end) {
  const char *found = NULL, *begin = p;
  for (guint n = 0; n < MAX_WORDS && p < end && g_ascii_isupper(*p); n++) {
    const char *behind = word_end(p, end), *region = named_in_full(begin, behind);
    found = region ? region : found;
    p = skip_blanks(behind, end);
  }
  return found && onr_is_listed(strchr(row, ' ') + 1, found) ? found : NULL;
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

static const char *row_of(const char *town) {
  const char *row = g_hash_table_lookup(tables()->towns, town);
  return !row && g_str_has_suffix(town, "-county") ? counties : row;
}

const char *onr_region_of(const char *id, const char *text, gsize length, const OnrSpan *spans, guint n) {
  const char *town = town_of(id), *found = NULL;
  for (guint i = 0; town && i < n; i++) {
    const char *region = region_behind(text, length, spans[i].end);
    region = region ? region : region_itself(town, text, length, spans[i].end);
    if (region)
      return region;
  }
  const char *row = town ? row_of(town) : NULL;
  guint32 least = G_MAXUINT32;
  if (!row || !strchr(row, ' '))
    return NULL;
  for (guint i = 0; i < n; i++)
    find_near(row, text, length, spans[i], *row == '+' ? NEAR : FAR, &found, &least);
  return found || *row != '+' ? found : first_of(row);
}

/* --- bodies --- */

#define BESIDE 200 /* bytes */

/* The region that is named at P; its end in *BEHIND. */
static const char *region_at(const char *p, const char *end, const char **behind) {
  const char *begin = p, *found = NULL;
  for (guint n = 0; n < MAX_WORDS && p < end && g_ascii_isupper(*p); n++) {
    const char *word = word_end(p, end), *region = named_in_full(begin, word);
    if (region) {
      found = region;
      *behind = word;
    }
    p = skip_blanks(word, end);
  }
  return found;
}

/* By how many bytes [BEGIN, END) is away from SPAN; of what stands behind it, more: "told Russia's". */
static guint32 distance_of(OnrSpan span, guint32 begin, guint32 end) {
  return end <= span.begin ? span.begin - end : 2 * (begin - MIN(begin, span.end));
}

const char *onr_region_of_body(const char *text, gsize length, const OnrSpan *spans, guint n) {
  const char *found = NULL;
  guint32 least = BESIDE;
  for (guint i = 0; i < n; i++) {
    guint32 first = spans[i].begin > BESIDE ? spans[i].begin - BESIDE : 0,
            last = (guint32)MIN(spans[i].end + BESIDE, length);
    for (const char *p = text + first; p < text + last;) {
      const char *behind = p + 1;
      gboolean begins = g_ascii_isupper(*p) && (p == text || !g_ascii_isalpha(p[-1]));
      guint32 at = (guint32)(p - text);
      gboolean is_inside = at >= spans[i].begin && at < spans[i].end;
      const char *region = begins && !is_inside ? region_at(p, text + length, &behind) : NULL;
      guint32 distance = distance_of(spans[i], at, (guint32)(behind - text));
      if (region && distance < least) {
        found = region;
        least = distance;
      }
      p = behind;
    }
  }
  return found;
}
