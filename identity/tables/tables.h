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
/* Formal names of countries; rows of places of which there are several. Made by make_places.py. */
extern const char *const onr_countries[], *const onr_shared_places[];

/* Is WORD, which is not empty, one of those in LIST, with blanks between? */
static inline gboolean onr_is_listed(const char *list, const char *word) {
  gsize n = strlen(word);
  for (const char *p = strstr(list, word); p && n; p = strstr(p + n, word))
    if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
      return TRUE;
  return FALSE;
}

G_END_DECLS
