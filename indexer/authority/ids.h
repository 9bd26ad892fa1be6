/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ids of an authority file: what is remembered of its lines, and what they say of each other. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct OnrAuthorityIds OnrAuthorityIds;

OnrAuthorityIds *onr_authority_ids_new(void);
void onr_authority_ids_free(OnrAuthorityIds *ids);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrAuthorityIds, onr_authority_ids_free)

/* The line in which ID is there already; 0 where it is new, and from now on it stands in LINE. */
guint64 onr_authority_ids_add(OnrAuthorityIds *ids, const char *id, guint64 line);
/* ID, which stands in LINE and was added once, is the same as SAME_AS, which need not be there. */
void onr_authority_ids_join(OnrAuthorityIds *ids, const char *id, const char *same_as, guint64 line);

/* Calls EACH for every circle of same_as, in the order of their first lines: CIRCLE is "a → b → a", shortened
   where it is long. */
void onr_authority_ids_find_circles(const OnrAuthorityIds *ids,
                                    void (*each)(guint64 line, const char *circle, gpointer data),
                                    gpointer data);

G_END_DECLS
