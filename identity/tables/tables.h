/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that are known to be one's, or several's, before any archive is read. Written as ids have them (text/name.h): folded words joined by
   hyphens. A row of names is one string: the usual name, then blanks and the others. NULL-terminated. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const char *const onr_bodies[];        /* organisations: written for this project */
extern const char *const onr_places[];        /* countries, states and cities under other names: written for this project */
extern const char *const onr_countries[];     /* formal names; made by make_places.py */
extern const char *const onr_shared_places[]; /* rows of places of which there are several; made by make_places.py */

G_END_DECLS
