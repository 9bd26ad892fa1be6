/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of regions (states and countries, parts of them, their people, their large cities) and of towns, as
   the tables have them (text/tables/tables.h), and where a text has them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_REGION_US "us"
#define ONR_REGION_WORDS 3 /* of a name, at most: "British Columbia", "Northwest Territories" */

/* The usual name of the region that WORDS, as ids have them ("w-va"), are; NULL where they are none. Static,
   as all names here are. */
const char *onr_region_named(const char *words);

/* The row of the town NAME in onr_towns; NULL where it is not there. */
const char *onr_large_town_row(const char *name);
/* The same, or else in onr_small_towns. */
const char *onr_town_row(const char *name);
/* Of a row the first region: that which the name alone says, where the row begins with "+". */
const char *onr_town_first_region(const char *row);

static inline const char *onr_skip_blanks(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\n'))
    p++;
  return p;
}

/* The end of the word at P: letters, and dots between or behind them. */
static inline const char *onr_region_word_end(const char *p, const char *end) {
  while (p < end && (g_ascii_isalpha(*p) || *p == '.' || (guchar)*p >= 0x80))
    p++;
  return p;
}

/* The longest region that the one to three capitalised words at P are, as it stands behind a town: short
   forms, no people, no cities. Its end in *BEHIND where there is one. */
const char *onr_region_behind_town(const char *p, const char *end, const char **behind);

/* What the words from BEGIN to END, in full ("Mass" may be another word), are. */
const char *onr_region_between(const char *begin, const char *end);

/* Of the town that they are, where its name alone says it. */
const char *onr_region_of_town_between(const char *begin, const char *end);

/* Is Washington, the capital, at P: not said to be the state? */
gboolean onr_region_is_capital(const char *p, const char *end);

/* The longest region at P, in full. */
const char *onr_region_at(const char *p, const char *end, const char **behind);

/* A region that a text names in full. */
typedef struct {
  guint32 begin, end;
  const char *region;
  const char *state; /* the longest there that is no people's or city's name; or NULL */
  gboolean is_capital;
} OnrRegionName;

/* Appends all that TEXT names to OUT (OnrRegionName), by their begin; those may lie in each other: New York,
 * York. */
void onr_regions_read(const char *text, gsize length, GArray *out);

G_END_DECLS
