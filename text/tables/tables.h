/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that are known to be one's, or several's, before any archive is read. Written as ids have them
   (text/name.h): folded words joined by hyphens. A row of names is one string: the usual name, then blanks
   and the others. NULL-terminated. */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Organisations; places under other names. Written for this project. */
extern const char *const onr_bodies[], *const onr_places[];
/* States, provinces and countries, as they stand behind a town; behind a bar, "|", their people and large cities. Written for this project. */
extern const char *const onr_regions[];
/* Formal names of countries; towns with the regions that have one of that name, behind a "+" where the name alone says which it is; those
   of the United States that are not among them, as small as 1,000 people, with their states. Made by make_places.py. */
extern const char *const onr_countries[], *const onr_towns[], *const onr_small_towns[];

/* Adds each name of ROWS to NAMES, with the usual name, TO_BAR only those before its bar; WORDS owns both. Names that are there already become the later row's. */
void onr_tables_add(GHashTable *names, GStringChunk *words, const char *const *rows, gboolean to_bar);

/* Is WORD, which is not empty, one of those in LIST, with blanks between? */
static inline gboolean onr_is_listed(const char *list, const char *word) {
  gsize n = strlen(word);
  for (const char *p = strstr(list, word); p && n; p = strstr(p + n, word))
    if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
      return TRUE;
  return FALSE;
}

G_END_DECLS
