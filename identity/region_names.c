/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/region_names.h"

#include "text/name.h"
#include "text/tables/tables.h"

#include <string.h>

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

const char *onr_region_named(const char *words) {
  return g_hash_table_lookup(tables()->regions, words);
}

/* --- towns --- */

const char *onr_large_town_row(const char *name) {
  return g_hash_table_lookup(tables()->towns, name);
}

const char *onr_town_row(const char *name) {
  const char *row = onr_large_town_row(name);
  return row ? row : g_hash_table_lookup(tables()->small, name);
}

const char *onr_town_first_region(const char *row) {
  const char *begin = strchr(row, ' ') + 1;
  g_autofree char *name = g_strndup(begin, strcspn(begin, " "));
  const char *region = onr_region_named(name);
  return region ? region : begin;
}

/* --- in a text --- */

#define PLACE "place"

/* The words from BEGIN to END as the id of a place; behind its type they are as the tables have them. The
   caller frees it. */
static char *id_of(const char *begin, const char *end) {
  g_autofree char *name = g_strndup(begin, (gsize)(end - begin));
  return onr_name_id(PLACE, name);
}

/* What the words from BEGIN to END are among NAMES; NULL where they are none. */
static const char *named_by(GHashTable *names, const char *begin, const char *end) {
  g_autofree char *id = id_of(begin, end);
  return g_hash_table_lookup(names, id + strlen(PLACE ":"));
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
  for (guint n = 0; n < ONR_REGION_WORDS && p < end && g_ascii_isupper(*p); n++) {
    const char *word = onr_region_word_end(p, end), *region = named(names, begin, word);
    if (region) {
      found = region;
      *behind = word;
    }
    p = onr_skip_blanks(word, end);
  }
  return found;
}

const char *onr_region_behind_town(const char *p, const char *end, const char **behind) {
  return longest_at(named_by, tables()->behind, p, end, behind);
}

const char *onr_region_at(const char *p, const char *end, const char **behind) {
  return longest_at(named_in_full, tables()->regions, p, end, behind);
}

const char *onr_region_between(const char *begin, const char *end) {
  return named_in_full(tables()->regions, begin, end);
}

const char *onr_region_of_town_between(const char *begin, const char *end) {
  g_autofree char *id = id_of(begin, end);
  const char *row = onr_town_row(id + strlen(PLACE ":"));
  gboolean is_one = row && strchr(row, ' ') && strchr(row, ' ') == strrchr(row, ' ');
  return is_one || (row && *row == '+') ? onr_town_first_region(row) : NULL;
}

gboolean onr_region_is_capital(const char *p, const char *end) {
  static const char name[] = "Washington", state[] = " state";
  gsize n = strlen(name);
  gboolean is_state =
      (gsize)(end - p) >= n + strlen(state) && !g_ascii_strncasecmp(p + n, state, strlen(state));
  return (gsize)(end - p) >= n && !memcmp(p, name, n) && !is_state;
}

void onr_regions_read(const char *text, gsize length, GArray *out) {
  const char *end = text + length, *behind, *ignored;
  for (const char *p = text; p < end; p++) {
    const char *region =
        g_ascii_isupper(*p) && (p == text || !g_ascii_isalpha(p[-1])) ? onr_region_at(p, end, &behind) : NULL;
    if (!region)
      continue;
    OnrRegionName name = {.begin = (guint32)(p - text),
                          .end = (guint32)(behind - text),
                          .region = region,
                          .state = longest_at(named_in_full, tables()->behind, p, end, &ignored),
                          .is_capital = onr_region_is_capital(p, end)};
    g_array_append_val(out, name);
  }
}
