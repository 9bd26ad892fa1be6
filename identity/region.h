/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of the towns of one name an article speaks of: by the state or country that stands behind it ("Charleston,
   W.Va."), else by the nearest of those that have such a town. */
#pragma once

#include "text/span.h"

G_BEGIN_DECLS

/* May ID ("place:charleston") be a town or county of several? Any place that the tables do not know as the one of its name
   may. */
gboolean onr_region_is_shared(const char *id);

/* Is NAME ("charleston") a town of several, or one that everybody knows? */
gboolean onr_region_is_town(const char *name);

/* Is NAME ("russian", "w-va") a state's or country's, or that of its people? */
gboolean onr_region_is_named(const char *name);

/* The region ("west-virginia") of the town or county with ID, which stands at N SPANS of TEXT; NULL where it cannot be
   told. Static. */
const char *onr_region_of(const char *id, const char *text, gsize length, const OnrSpan *spans, guint n);

/* Whose a body at N SPANS is, that many states have under its name: the state or country that stands directly before it
   ("the Russian Foreign Ministry", "Ohio's Supreme Court") or behind it ("the Supreme Court of Ohio"), where it does so first;
   "a-state" where IS_USUAL, the one of its name that is meant by far most often, and it is said to be a state's ("the state
   Department of Justice"); NULL where none does: what is named nearby is oftener what the body speaks of. Static. */
const char *onr_region_of_body(const char *text, gsize length, const OnrSpan *spans, guint n, gboolean is_usual);

/* The one country, or state of one, that TEXT is about: that it names, with its people and cities, often, and far oftener
   than any other; NULL where there is none. Static. */
const char *onr_region_of_text(const char *text, gsize length);

G_END_DECLS
