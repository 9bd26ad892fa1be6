/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Organisations and places that are known before any text is read (text/tables/), each by all of its names.
   Names are as ids have them (text/name.h): folded words joined by hyphens, "people-liberation-army". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The usual name of the organisation, or of the place, that NAME is; NULL where none is known. Static. */
const char *onr_known_body(const char *name);
const char *onr_known_place(const char *name);

/* Is NAME the first words of a known name that has more? */
gboolean onr_known_begins(const char *name);

G_END_DECLS
